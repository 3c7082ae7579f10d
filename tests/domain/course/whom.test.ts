import { describe, expect, it } from "vitest";
import { inertEnrolment } from "../../../functions/domain/course/enrolment.ts";
import {
  type Facts,
  isFor,
  NOTHING_KNOWN,
  readFacts,
  type When,
} from "../../../functions/domain/course/whom.ts";

const cadence = { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" } as const;
const enrolment = inertEnrolment("reader", "course", cadence, 0);
const known = (more: Partial<Facts>): Facts => ({ ...NOTHING_KNOWN, ...more });
const managers: When = { answer: "role", is: ["managers"] };

describe("a lesson for some readers", () => {
  it("is for who answered so, and for nobody who answered otherwise or not at all", () => {
    const of = (role?: string) => isFor({ when: managers }, known({ answers: role ? { role } : {} }));
    expect([of("managers"), of("sellers"), of()]).toEqual([true, false, false]);
    expect(isFor({ when: { answer: "role" } }, known({ answers: { role: "anything" } }))).toBe(true);
    expect(isFor({}, NOTHING_KNOWN)).toBe(true);
  });

  it("is judged by tags, the first rating, moves, replies, silence and how they are here", () => {
    const facts = readFacts(
      {
        ...{ ...enrolment, run: 2, silent: 3, ratings: { before: 4 as const } },
        ...{ moves: { one: "notYet" as const }, prompted: { "first-name-of-two": "r1" } },
      },
      { tags: ["alumni"], newsletter: true },
    );
    const of = (when: When) => isFor({ when }, facts);
    expect([of({ tag: "alumni" }), of({ tag: "alum" })]).toEqual([true, false]);
    expect([of({ rating: [4, 5] }), of({ rating: [1] })]).toEqual([true, false]);
    expect([of({ move: ["one"], is: ["made"] }), of({ move: ["one"], is: ["notYet"] })]).toEqual([
      false,
      true,
    ]);
    expect([of({ replied: "any" }), of({ replied: ["one"] })]).toEqual([true, false]);
    expect(of({ replied: ["two", "first-name-of-two"] })).toBe(true);
    expect([of({ silent: 3 }), of({ silent: 4 })]).toEqual([true, false]);
    expect([of({ state: "again" }), of({ state: "newsletter" })]).toEqual([true, true]);
  });

  it("is for nobody by what is not known of them, and by its contrary for all of those", () => {
    const conditions: When[] = [
      ...[managers, { tag: "alumni" }, { rating: [1, 2, 3, 4, 5] }, { move: ["one"], is: ["made"] }],
      ...([{ replied: "any" }, { silent: 1 }, { state: "again" }, { state: "newsletter" }] as const),
    ];
    for (const when of conditions) {
      expect(isFor({ when }, readFacts(enrolment, {})), JSON.stringify(when)).toBe(false);
      expect(isFor({ when: { not: when } }, readFacts(enrolment, {}))).toBe(true);
    }
  });

  it("joins what must hold", () => {
    const facts = known({ answers: { role: "managers" }, tags: { vip: true } });
    expect(isFor({ when: { every: [managers, { not: { tag: "vip" } }] } }, facts)).toBe(false);
    expect(isFor({ when: { some: [{ tag: "other" }, managers] } }, facts)).toBe(true);
    expect(isFor({ when: { every: [] } }, facts)).toBe(true);
    expect(isFor({ when: { some: [] } }, facts)).toBe(false);
  });
});
