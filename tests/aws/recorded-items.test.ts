import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { fromHolderItem, toHolderItem } from "../../functions/aws/items.ts";
import { rhythmName } from "../../functions/domain/course/cadence.ts";
import { startAwaited } from "../../functions/domain/course/cohort.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import {
  type Enrolment,
  enrolmentDue,
  withAdvance,
  withCadence,
  withLeft,
  withPause,
  withResumption,
  withReturn,
} from "../../functions/domain/course/enrolment.ts";
import { DAY } from "../../functions/domain/time.ts";
import { aCourse, aLesson, aLetter } from "../support/course.ts";

/* Written by the code of 1 December 2026, in the middle of a course, and never to be written anew. */
const FILE = join(ROOT, "tests/fixtures/recorded-items/enrolments.json");
type Item = Record<string, unknown>;
const NOW = Date.UTC(2026, 11, 1);
const items = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, Item>;

const course: Course = {
  ...aCourse(),
  lessons: [aLesson("one"), aLesson("two", { after: 3 }), aLesson("three")],
  letters: [aLetter("soon", 90)],
};
function read(name: string): Enrolment {
  const found = fromHolderItem<Enrolment>(items[name], NOW);
  if (!found) throw new Error(`no item is recorded of a reader who ${name}`);
  return found;
}
const onClock = ({ agenda, cadence }: Enrolment) =>
  Temporal.Instant.fromEpochMilliseconds(agenda.lesson?.dueAt ?? Number.NaN)
    .toZonedDateTimeISO(cadence.zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
const had = (enrolment: Enrolment, slug: string) =>
  withAdvance(enrolment, "lesson", slug, course, enrolment.agenda.lesson?.dueAt ?? 0, {});

describe("a reader in the middle of a course, as the code before wrote them", () => {
  it.each(Object.keys(items))("is written again as they were read: %s", (name) => {
    const { by: _, ...before } = items[name] as Item;
    const { by: __, version: ___, ...again } = toHolderItem(read(name), "another");
    expect({ ...before, version: 0 }).toMatchObject({ ...again, version: 0 });
  });

  it("waits as long as their lesson's author let it, whatever they change, and goes on by the pace", () => {
    const waiting = read("waits for the second lesson, by its author's word");
    const changed = withCadence(waiting, { ...waiting.cadence, time: "18:00" }, Date.UTC(2026, 10, 26));
    expect([onClock(waiting), onClock(changed)].map((at) => at.slice(11))).toEqual(["07:30", "18:00"]);
    expect(onClock(changed).slice(0, 10)).toBe(onClock(waiting).slice(0, 10));
    expect(had(waiting, "two")).toMatchObject({ done: ["one", "two"], status: "active" });
  });

  it("begins on the day of their cohort, on a set of weekdays from Sunday to Thursday", () => {
    const waiting = read("waits for a cohort, from Sunday to Thursday");
    expect([onClock(waiting), startAwaited(waiting)]).toEqual([
      "2027-01-12T07:30",
      waiting.agenda.lesson?.dueAt,
    ]);
    expect(rhythmName(waiting.cadence)).toBe("days-247");
    expect(onClock(withResumption(withPause(waiting), Date.UTC(2026, 11, 1)))).toBe("2027-01-12T07:30");
    // The second lesson waits three days: Tuesday, and then Sunday, since none comes on Friday.
    expect(onClock(had(waiting, "one"))).toBe("2027-01-17T07:30");
  });

  it("gets a lesson every two weeks, and keeps their rating and what they told of a move", () => {
    const slow = read("every two weeks, with a move told and a rating");
    expect([rhythmName(slow.cadence), slow.ratings, slow.moves]).toEqual([
      "every-two-weeks",
      { before: 2 },
      { one: "made" },
    ]);
    expect(had(slow, "three").agenda.completion).toBeDefined();
  });

  it("gets the letter that was announced, and nothing else, or none who wanted none", () => {
    const finished = read("has finished, and waits for a letter");
    expect(enrolmentDue(finished)?.dueAt).toBe(finished.agenda.letter_soon?.dueAt);
    expect(enrolmentDue(read("wants no letters"))).toBeUndefined();
  });

  it("comes back to where they were", () => {
    const left = read("has left in mid-course");
    expect(withReturn(left)).toMatchObject({ status: "active", done: ["one", "two"] });
    expect(read("held, for who is away").hold?.until).toBeGreaterThan(left.startedAt);
  });

  it("control: an item without its agenda is not taken for one that waits", () => {
    const name = "waits for a cohort, from Sunday to Thursday";
    const { agenda: _, ...bare } = items[name] as Item;
    expect(() => onClock(fromHolderItem<Enrolment>(bare, NOW) as Enrolment)).toThrow();
  });
});

describe("a field that this code does not know, as the code of a deploy that was rolled back wrote it", () => {
  it("is kept by all that is done to its reader, and nothing is done for it", () => {
    const { agenda, ...item } = items["has finished, and waits for a letter"] as Item;
    const strange = { dueAt: Date.UTC(2026, 11, 1), doubts: 0 };
    const found = fromHolderItem<Enrolment>(
      {
        ...item,
        ...{ agenda: { ...(agenda as object), lesson: { ...strange, how: "new" } }, hears: ["all"] },
      },
      NOW,
    ) as Enrolment;
    expect(enrolmentDue(found)?.dueAt).toBe(found.agenda.letter_soon?.dueAt);
    const now = Date.UTC(2027, 0, 5);
    const touched = withCadence(withReturn(withLeft(found)), { ...found.cadence, time: "09:00" }, now + DAY);
    const { hears, agenda: kept } = toHolderItem(touched, "us") as { hears: unknown; agenda: Item };
    expect([hears, kept.lesson]).toEqual([["all"], { ...strange, how: "new", dueAt: expect.any(Number) }]);
  });
});
