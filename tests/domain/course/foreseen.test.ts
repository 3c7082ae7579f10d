import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anything,
  canHold,
  countTrue,
  findFacts,
  type Possible,
  whatMayCome,
} from "../../../functions/domain/course/foreseen.ts";
import { type Facts, isFor, NOTHING_KNOWN, type When } from "../../../functions/domain/course/whom.ts";

const OPTIONS = ["managers", "sellers"];
const possible = anything((question) => (question === "role" ? OPTIONS : undefined));
const managers: When = { answer: "role", is: ["managers"] };
const sellers: When = { answer: "role", is: ["sellers"] };
const of = (...whens: When[]) => canHold(whens, possible);

describe("what can be true of a reader", () => {
  it("is one answer at a time, and none is one of them", () => {
    expect(of(managers)).toBe(true);
    expect(of(managers, sellers)).toBe(false);
    expect(of({ not: managers }, { not: sellers })).toBe(true);
    expect(of({ not: managers }, { not: sellers }, { answer: "role", is: OPTIONS })).toBe(false);
  });

  it("is a reply to any lesson where there was one to some", () => {
    expect(of({ replied: ["one"] }, { not: { replied: "any" } })).toBe(false);
    expect(of({ not: { replied: "any" } }, { replied: ["one"] })).toBe(false);
    expect(of({ replied: "any" }, { not: { replied: ["one"] } })).toBe(true);
  });

  it("is a count of silent lessons that is one number", () => {
    expect(of({ silent: 3 }, { not: { silent: 2 } })).toBe(false);
    expect(of({ silent: 2 }, { not: { silent: 3 } })).toBe(true);
  });

  it("can come to be where nothing was said yet, and not where something else was", () => {
    const may = (when: When, facts: Partial<Facts>) =>
      canHold([when], whatMayCome({ ...NOTHING_KNOWN, ...facts }, possible));
    expect([may(managers, {}), may(managers, { answers: { role: "sellers" } })]).toEqual([true, false]);
    expect([may({ tag: "vip" }, {}), may({ tag: "vip" }, { tags: { vip: true } })]).toEqual([false, true]);
    expect([may({ rating: [1] }, {}), may({ rating: [1] }, { rating: 2 })]).toEqual([true, false]);
    expect(may({ not: { replied: "any" } }, { hasReplied: true })).toBe(false);
    expect([may({ silent: 9 }, {}), may({ not: { silent: 1 } }, { silent: 4 })]).toEqual([true, true]);
  });
});

describe("how many are true at once", () => {
  it("is the same for all where one is always the contrary of the other", () => {
    expect(countTrue([managers, { not: managers }], possible)).toEqual({ least: 1, most: 1 });
    expect(countTrue([managers, sellers], possible)).toEqual({ least: 0, most: 1 });
    expect(countTrue([managers, { tag: "vip" }, { tag: "other" }], possible)).toEqual({ least: 0, most: 3 });
    expect(countTrue([], possible)).toEqual({ least: 0, most: 0 });
  });
});

/** Every reader that there can be, as far as these conditions can tell them apart. */
function everyReader(): Facts[] {
  const answers: Facts["answers"][] = [{}, { role: "managers" }, { role: "sellers" }];
  const readers: Facts[] = [];
  for (const answer of answers)
    for (const tags of [{}, { vip: true }] as Facts["tags"][])
      for (const rating of [undefined, 1, 2, 3, 4, 5])
        for (const told of [undefined, "made", "notYet", "noMoment"])
          for (const silent of [0, 1, 2, 3])
            for (const replied of [{}, { one: true }, { other: true }] as Facts["replied"][])
              readers.push({
                ...{ ...NOTHING_KNOWN, answers: answer, tags, rating, silent, replied },
                ...{ moves: told ? { one: told } : {}, hasReplied: Object.keys(replied).length > 0 },
              });
  return readers;
}
const READERS = everyReader();

const conditions: fc.Arbitrary<When> = fc.letrec<{ when: When }>((tie) => ({
  when: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<When>(managers, sellers, { tag: "vip" }, { rating: [1, 2] }, { rating: [3] }),
    fc.constantFrom<When>({ move: ["one"], is: ["made"] }, { replied: ["one"] }, { replied: "any" }),
    fc.constantFrom<When>({ silent: 1 }, { silent: 3 }),
    tie("when").map((not) => ({ not })),
    fc.array(tie("when"), { maxLength: 3 }).map((every) => ({ every })),
    fc.array(tie("when"), { maxLength: 3 }).map((some) => ({ some })),
  ),
})).when;

const upToThree: Possible = (asked) =>
  possible(asked).filter((value) => !("silent" in asked.condition) || Number(value) <= 3);

describe("conditions of every kind", () => {
  it("can hold where they hold for one of all readers, and are counted as they are over all of them", () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 3 }), (whens) => {
        const true_ = READERS.map((facts) => whens.filter((when) => isFor({ when }, facts)).length);
        expect(canHold(whens, upToThree)).toBe(true_.includes(whens.length));
        const counted = { least: Math.min(...true_), most: Math.max(...true_) };
        expect(countTrue(whens, upToThree)).toEqual(counted);
      }),
      { numRuns: 150 },
    );
  });

  it("hold for the reader who is found for them, and one is found where there is one", () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 3 }), (whens) => {
        const found = findFacts(whens, upToThree);
        expect(found !== undefined).toBe(canHold(whens, upToThree));
        for (const when of found ? whens : []) expect(isFor({ when }, found as Facts)).toBe(true);
      }),
      { numRuns: 150 },
    );
    // Control: they do not hold for just anybody, and somebody is found of whom they ask something.
    expect(isFor({ when: managers }, NOTHING_KNOWN)).toBe(false);
    expect(findFacts([managers, { tag: "vip" }, { replied: ["one"] }], upToThree)).toEqual({
      ...NOTHING_KNOWN,
      ...{ answers: { role: "managers" }, tags: { vip: true }, replied: { one: true }, hasReplied: true },
    });
  });
});
