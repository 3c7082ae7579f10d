import { afterEach, beforeEach, expect, it } from "vitest";
import type { Services } from "../../../functions/ports.ts";
import { forgetReflection } from "../../../functions/web/reader/forget-reflection.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { aReflection } from "../../support/reflections.ts";
import { startWorld, type World } from "../../support/services.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const READER = "abcdefgh234567ab";
let world: World;
let services: Services;
let removed: string[];
beforeEach(async () => {
  world = await startWorld(plainContent(aCourse("one")), NOW);
  removed = [];
  const remove = async (keys: string[]) => void removed.push(...keys);
  services = { ...world.services, inbox: { ...world.services.inbox, remove } };
  await services.store.keepReflection(REFLECTION);
  await services.store.keepReflection({ ...REFLECTION, id: "r2", raw: "raw/2" });
});
afterEach(() => world.stop());

const REFLECTION = aReflection(READER, NOW, { ownWords: "Words to take back." });
const kept = async () => (await services.store.reflections(READER)).map(({ id }) => id);

it("a reader takes one reflection back: its words and its raw mail are gone, the others stay", async () => {
  expect(await forgetReflection(services, READER, "r1")).toBe(true);
  expect([await kept(), removed]).toEqual([["r2"], ["raw/1"]]);
  expect(await forgetReflection(services, READER, "r1")).toBe(false);
});

it("nobody takes back somebody else's", async () => {
  expect(await forgetReflection(services, "zzzzzzzzzzzzzzzz", "r1")).toBe(false);
  expect([await kept(), removed]).toEqual([["r1", "r2"], []]);
});

it("what was cut short can be asked for again", async () => {
  const crash = new Error("killed");
  const forget = async () => {
    throw crash;
  };
  const dying = { ...services, store: { ...services.store, forgetReflection: forget } };
  await expect(forgetReflection(dying, READER, "r1")).rejects.toBe(crash);
  expect(await kept()).toEqual(["r1", "r2"]);
  expect(await forgetReflection(services, READER, "r1")).toBe(true);
  expect(await kept()).toEqual(["r2"]);
});
