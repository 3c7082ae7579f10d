import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Enrolment, withLeft } from "../../functions/domain/course/enrolment.ts";
import { withLaterLessons, withoutLaterLessons } from "../../functions/domain/course/later-lessons.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const READERS = ["asked", "silent", "took-it-back", "left", "midway"] as const;
type Reader = (typeof READERS)[number];
const course = (...slugs: string[]): Course => ({
  ...aCourse(),
  parts: [{ slug: "up", title: "Up" }],
  lessons: slugs.map((slug) => aLesson(slug, { part: "up" })),
});

describe("a lesson that is added behind the end", () => {
  let world: World;
  let ids: Record<Reader, string>;
  beforeEach(async () => {
    world = await startWorld(plainContent(course("one", "two")), NOW);
    const signed: [Reader, string][] = [];
    for (const name of READERS.filter((one) => one !== "midway"))
      signed.push([name, (await addReader(world, `${name}@x.example`)).id]);
    ids = Object.fromEntries(signed) as typeof ids;
    await pass(4);
    ids.midway = (await addReader(world, "midway@x.example")).id;
    await pass(1);
  });
  afterEach(() => world.stop());

  const enrolment = async (name: Reader) =>
    (await world.services.store.enrolment(ids[name], "course")) as Enrolment;
  const change = async (name: Reader, how: (current: Enrolment) => Enrolment) =>
    void (await world.services.store.change(await enrolment(name), how));
  /** As a deploy does, while nothing is at work. */
  const deploy = (...slugs: string[]) => {
    world.services.content = plainContent(course(...slugs));
  };

  /** Lets weeks pass, looking at each reader twice a day. */
  async function pass(weeks: number): Promise<void> {
    for (const end = world.clock.now() + weeks * 7 * DAY; world.clock.now() < end; ) {
      world.clock.set(world.clock.now() + 12 * HOUR);
      for (const subscriber of Object.values(ids)) {
        const slots = openSlots(world.services, "urgent");
        await deliver(world.services, { subscriber, course: "course" }, slots, world.clock.now() + MINUTE);
      }
    }
  }

  /** Who got it, and what each got of it: a mail each. */
  const whoGot = (slug: string) =>
    world.ses.sent
      .map(({ dispatch }) => readDispatchId(dispatch))
      .filter((dispatch) => dispatch?.slug === slug)
      .map((dispatch) => READERS.find((name) => ids[name] === dispatch?.subscriber));

  it("reaches those who finished and had asked, once and within a week or so, and whoever is on the way; nobody else", async () => {
    expect(whoGot("completion")).toEqual(["asked", "silent", "took-it-back", "left"]);
    for (const name of ["asked", "took-it-back", "left"] as const)
      await change(name, (current) => withLaterLessons(current, world.clock.now()));
    await change("took-it-back", withoutLaterLessons);
    await change("left", withLeft);
    deploy("one", "two", "three");
    await pass(2);
    expect(whoGot("three").filter((name) => name !== "midway")).toEqual(["asked"]);
    await pass(6);
    expect(whoGot("three").sort()).toEqual(["asked", "midway"]);
    expect((await enrolment("asked")).status).toBe("completed");
    // They have had the course's last mail before: there is no second one.
    expect(whoGot("completion").filter((name) => name === "asked")).toHaveLength(1);
  });

  it("and each that comes after it: what was asked for stays asked for", async () => {
    await change("asked", (current) => withLaterLessons(current, world.clock.now()));
    deploy("one", "two", "three");
    await pass(3);
    deploy("one", "two", "three", "four");
    await pass(3);
    expect(whoGot("three").slice(0, 1)).toEqual(["asked"]);
    expect(whoGot("four").filter((name) => name !== "midway")).toEqual(["asked"]);
  });

  it("control: who asks for it after it was added gets it as well", async () => {
    deploy("one", "two", "three");
    await pass(2);
    expect(whoGot("three").filter((name) => name !== "midway")).toEqual([]);
    await change("silent", (current) => withLaterLessons(current, world.clock.now()));
    await pass(2);
    expect(whoGot("three").filter((name) => name !== "midway")).toEqual(["silent"]);
  });
});
