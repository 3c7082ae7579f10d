import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readApiKey } from "../../functions/domain/api/keys.ts";
import { deploymentOf, typed } from "../support/console.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
let world: World;
beforeEach(async () => {
  world = await startWorld(plainContent(aCourse()), NOW);
});
afterEach(() => world.stop());

const run = (...words: string[]) => typed(deploymentOf(world), "api-keys", ...words);

describe("console api-keys", () => {
  it("says that the API is not there while there is no key", async () => {
    expect((await run()).out).toContain("so the API answers nobody");
  });

  it("makes one that it shows once, and keeps no more of than a hash", async () => {
    const { out = "" } = await run("make", "the shop", "--yes");
    const [shown = ""] = out.split("\n");
    const read = readApiKey(`Bearer ${shown}`);
    expect(read).toBeDefined();
    const list = (await run()).out ?? "";
    expect(list).toContain(
      "the shop: sign-ups:write, subscribers:read, subscribers:write; made 2026-06-01T09:00:00.000Z, never used",
    );
    expect(list).not.toContain(read?.secret ?? "");
    expect(JSON.stringify(await world.services.store.apiKeys())).not.toContain(read?.secret ?? "");
  });

  it.each([
    [["make", "x", "--scopes", "everything"], '"everything" is no scope; there are sign-ups:write,'],
    [["make", " "], "A key's name has 1 to 60 characters"],
    [["make", "a\u202eb"], "A key's name has 1 to 60 characters"],
    [["revoke", "the shop"], 'There is no key "the shop"'],
  ])("refuses %j and says why", async (words, says) => {
    expect((await run(...words, "--yes")).error).toContain(says);
    expect(await world.services.store.apiKeys()).toEqual([]);
  });

  it("ends one by its name, once; the name is free for another then", async () => {
    await run("make", "the shop", "--scopes", "sign-ups:write", "--yes");
    expect((await run("make", "the shop", "--yes")).error).toContain('There is a key named "the shop"');
    expect((await run("revoke", "the shop", "--yes")).out).toContain("is refused from now on");
    expect((await run()).out).toContain("revoked 2026-06-01T09:00:00.000Z");
    const [{ id = "" } = {}] = await world.services.store.apiKeys();
    expect((await run("revoke", id, "--yes")).out).toContain("was revoked");
    expect((await run("make", "the shop", "--yes")).error).toBe("");
  });
});
