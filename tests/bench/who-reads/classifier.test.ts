import { describe, expect, it } from "vitest";
import { Chance } from "../../../local/simulation/random.ts";
import { distanceFromChance, findableDelay, type Pair, type Seen, tellApart } from "./classifier.ts";

type Plant = (answer: Seen, isKnown: boolean, chance: Chance) => Seen;

/** Answers a little after their floor, as late as chance has it; on a busy machine both of a pair later, by up to a second. */
function pairs(plant: Plant, busy = 0): Pair[] {
  const chance = new Chance("who reads");
  const answer = (isKnown: boolean, held: number) =>
    plant({ ms: 1_000 + held + 20 * chance.fraction() * chance.fraction(), shown: "200" }, isKnown, chance);
  return Array.from({ length: 2_000 }, () => {
    const held = busy * chance.fraction();
    return { known: answer(true, held), unknown: answer(false, held) };
  });
}
const distance = (plant: Plant, busy?: number) => distanceFromChance(tellApart(pairs(plant, busy)));

describe("the classifier of answers", () => {
  it("is within 5 % of chance where answers about readers are as all others", () => {
    expect(distance((answer) => answer)).toBeLessThan(0.05);
  });

  it("is so on a busy machine, too, and finds there what is five milliseconds later", () => {
    expect(distance((answer) => answer, 1_000)).toBeLessThan(0.05);
    const later: Plant = (answer, isKnown) => ({ ...answer, ms: answer.ms + (isKnown ? 5 : 0) });
    expect(distance(later, 1_000)).toBeGreaterThan(0.05);
  });

  it("says how much later answers would have to be, to be told apart", () => {
    const even = pairs((answer) => answer, 1_000);
    expect(findableDelay(even, [0.01, 5, 50], 0.05)).toBe(5);
    expect(findableDelay(even, [0.01], 0.05)).toBeUndefined();
  });

  it.each<[string, Plant]>([
    ["two milliseconds more", (answer, isKnown) => ({ ...answer, ms: answer.ms + (isKnown ? 2 : 0) })],
    [
      "two milliseconds less, as half of them are",
      (answer, isKnown, chance) => ({ ...answer, ms: answer.ms - (isKnown && chance.happens(0.5) ? 2 : 0) }),
    ],
    [
      "neither sooner nor later, but more alike",
      (answer, isKnown, chance) => ({ ...answer, ms: isKnown ? 1_004 + chance.fraction() : answer.ms }),
    ],
    ["one letter more", (answer, isKnown) => ({ ...answer, shown: isKnown ? "2000" : "200" })],
    [
      "another answer in one of eight",
      (answer, isKnown, chance) => ({ ...answer, shown: isKnown && chance.happens(0.125) ? "302" : "200" }),
    ],
  ])("control: it finds %s", (_, plant) => {
    expect(distance(plant)).toBeGreaterThan(0.05);
  });
});
