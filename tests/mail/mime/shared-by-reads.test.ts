import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openShared } from "../../../functions/mail/mime/shared-by-reads.ts";

interface Given {
  whole: { words: string };
  fact: { a?: number; b?: number };
  list: { n: number }[];
  unread?: number;
}

/** Every way to learn something of what is given, each as words. */
const WAYS: ((given: Given) => unknown)[] = [
  ({ fact }) => fact.a,
  ({ fact: { b } }) => b,
  ({ fact: { a, ...rest } }) => rest,
  ({ fact }) => ({ ...fact }),
  ({ fact }) => Object.keys(fact),
  ({ fact }) => Object.entries(fact),
  ({ fact }) => "a" in fact,
  ({ fact }) => Object.hasOwn(fact, "b"),
  ({ fact }) => Object.getOwnPropertyDescriptors(fact).a?.value,
  ({ fact }) => JSON.stringify(fact),
  ({ list }) => list.length,
  ({ list }) => list[0]?.n,
  ({ list }) => list.at(-1)?.n,
  ({ list }) => [...list].map(({ n }) => n),
  ({ list }) => list.filter(({ n }) => n > 0).length,
  ({ list }) => list.findLast(({ n }) => n < 1)?.n,
  ({ list: [, second] }) => second?.n,
  ({ list }) => list.toSorted((one, other) => one.n - other.n)[0]?.n,
  ({ whole }) => whole.words,
];

const few = fc.nat(2);
const maybe = fc.option(few, { nil: undefined, freq: 2 });
const WHOLES = [{ words: "these" }, { words: "those" }] as const;
const given: fc.Arbitrary<Given> = fc.record({
  whole: fc.constantFrom(...WHOLES),
  fact: fc.record({ a: maybe, b: few }, { requiredKeys: [], noNullPrototype: true }),
  list: fc.array(few, { maxLength: 3 }).map((all) => all.map((n) => ({ n }))),
});
/** What is asked next depends on what was learnt. */
type Program = [way: number, ifLong: number[], ifShort: number[]];
const ways = fc.array(fc.nat(WAYS.length - 1), { maxLength: 4 });
const program: fc.Arbitrary<Program> = fc.tuple(fc.nat(WAYS.length - 1), ways, ways);

const learnt = (way: number, from: Given): string => JSON.stringify(WAYS[way]?.(from)) ?? "nothing";
function run([first, ifLong, ifShort]: Program, from: Given): string {
  const begun = learnt(first, from);
  return [begun, ...(begun.length > 3 ? ifLong : ifShort).map((way) => learnt(way, from))].join(" ");
}

const open = (most = 100) => openShared<Given, { words: string }>(most, ["whole"]);
const through = (shared: ReturnType<typeof open>, from: Given, how: (given: Given) => string): string =>
  (shared.find(from) ?? shared.make(from, (watched) => ({ words: how(watched) }))).words;

describe("what was made for one", () => {
  it("is what would have been made for the other, whatever was asked and in whichever way", () => {
    const property = fc.property(program, fc.array(given, { minLength: 2, maxLength: 30 }), (asks, all) => {
      const shared = open();
      for (const each of all)
        expect(through(shared, each, (watched) => run(asks, watched))).toBe(run(asks, each));
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it("is handed to all who differ in nothing that was asked", () => {
    const property = fc.property(program, given, few, (asks, one, unread) => {
      const shared = open();
      shared.make(one, (watched) => ({ words: run(asks, watched) }));
      expect(shared.find({ ...structuredClone(one), whole: one.whole, unread })?.words).toBe(run(asks, one));
    });
    fc.assert(property);
  });

  const someone = (b: number): Given => ({ whole: WHOLES[0], fact: { b }, list: [] });
  const tellsB = ({ fact }: Given) => String(fact.b);

  it("is forgotten when there are too many, the oldest first", () => {
    const shared = open(2);
    for (const b of [1, 2, 3]) through(shared, someone(b), tellsB);
    expect([1, 2, 3].map((b) => shared.find(someone(b))?.words)).toEqual([undefined, "2", "3"]);
  });

  it("is kept for nobody if it went by more than it was given", () => {
    const shared = open();
    through(shared, someone(1), tellsB);
    const other = { ...someone(2), fact: { a: 3, b: 2 } };
    expect(through(shared, other, ({ fact }) => String(fact.a))).toBe("3");
    expect([2, 3].map((b) => shared.find(someone(b)))).toEqual([undefined, undefined]);
  });
});
