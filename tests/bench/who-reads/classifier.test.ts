import { describe, expect, it } from "vitest";
import { Chance } from "../../../local/simulation/random.ts";
import { distanceFromChance, type Pair, type Seen, tellApart } from "./classifier.ts";

/** Answers a little after their floor, as late as chance has it. */
function pairs(plant: (answer: Seen, isKnown: boolean, chance: Chance) => Seen): Pair[] {
  const chance = new Chance("who reads");
  const answer = (isKnown: boolean) =>
    plant({ ms: 1_000 + 20 * chance.fraction() * chance.fraction(), shown: "200" }, isKnown, chance);
  return Array.from({ length: 2_000 }, () => ({ known: answer(true), unknown: answer(false) }));
}
const distance = (plant: Parameters<typeof pairs>[0]) => distanceFromChance(tellApart(pairs(plant)));

describe("the classifier of answers", () => {
  it("is within 5 % of chance where answers about readers are as all others", () => {
    expect(distance((answer) => answer)).toBeLessThan(0.05);
  });

  it.each<[string, Parameters<typeof pairs>[0]]>([
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
