import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { composeSample, makeSamples } from "../../authoring/samples.ts";
import {
  addUp,
  type CostLine,
  PICTURES_OF_A_MAIL,
  reckonCost,
  reckonMonth,
  standingLines,
  weeklyLessons,
} from "../../functions/report/cost.ts";
import { shippedContent } from "../mail/composition.ts";

const SETTINGS = { lanes: 4, dashboard: false };
const monthOf = (readers: number) => reckonMonth({ ...weeklyLessons(readers), settings: SETTINGS });
const usd = (lines: CostLine[], which?: "usdWithFree") => addUp(lines, which).toFixed(2);
const page = (path: string) => readFileSync(path, "utf8");

describe("what a month costs", () => {
  it("is at most three dollars where nobody reads, and four and a half for two thousand weekly readers", () => {
    expect(addUp(standingLines(SETTINGS))).toBeLessThanOrEqual(3);
    expect(addUp(monthOf(2_000))).toBeLessThanOrEqual(4.5);
  });

  it("leaves nothing out that costs: each part has a price and a use", () => {
    const names = monthOf(2_000).map(({ name }) => name);
    expect(names).toEqual([
      ...["lanes, each minute", "empty polling", "alarms of CloudWatch", "secret", "Lambda's logs"],
      ...["table and recovery", "SES", "around the mails", "pictures"],
    ]);
    for (const { name, usd: price, usdWithFree, buys } of monthOf(2_000)) {
      expect(price, name).toBeGreaterThan(0);
      expect(usdWithFree, name).toBeLessThanOrEqual(price);
      expect(buys.length, name).toBeGreaterThan(5);
    }
    expect(standingLines({ ...SETTINGS, dashboard: true }).map(({ name }) => name)).toContain("dashboard");
  });

  it("counts the pictures that the heaviest mail of the shipped course shows", async () => {
    const { pictures = [], ...content } = await shippedContent();
    const shown = makeSamples(content).map((sample) => {
      const { html } = composeSample(sample);
      // A reader's program asks for the light one or the dark one.
      const asked = pictures.filter(({ name }) =>
        html.includes(`<img src="https://pictures.course.example/pictures/${name}"`),
      );
      return { requests: asked.length, bytes: asked.reduce((sum, { bytes }) => sum + bytes.length, 0) };
    });
    expect(Math.max(...shown.map(({ requests }) => requests))).toBe(PICTURES_OF_A_MAIL.requests);
    const bytes = Math.max(...shown.map((one) => one.bytes));
    expect(bytes).toBeLessThanOrEqual(PICTURES_OF_A_MAIL.bytes);
    expect(bytes).toBeGreaterThan(PICTURES_OF_A_MAIL.bytes / 2);
  });

  it("has what it costs to tell other tools, where a stage tells them: $6.52 a million mails, $0.20 a month with none", () => {
    const telling = { ...SETTINGS, events: true };
    const more = (mails: number) =>
      addUp(reckonMonth({ mails, readers: 0, settings: telling })) -
      addUp(reckonMonth({ mails, readers: 0, settings: SETTINGS }));
    expect(more(0).toFixed(1)).toBe("0.2");
    expect((more(1_000_000) - more(0)).toFixed(2)).toBe("6.52");
    expect(page("docs/EVENTS.md")).toContain("**$6.52 a million mails**");
    const week = reckonCost(2_000, telling);
    expect(week.around - reckonCost(2_000, SETTINGS).around).toBeCloseTo((2_000 / 1_000_000) * 6.52, 6);
    expect(week.standing).toBeGreaterThan(reckonCost(2_000, SETTINGS).standing);
  });

  it("grows with lanes, mails and readers", () => {
    expect(addUp(standingLines({ ...SETTINGS, lanes: 8 }))).toBeGreaterThan(addUp(standingLines(SETTINGS)));
    expect(addUp(monthOf(4_000))).toBeGreaterThan(addUp(monthOf(2_000)));
  });

  it("is what the Monday mail tells of a week", () => {
    const { sending, around, standing } = reckonCost(2_000, SETTINGS);
    const { sending: ses, around: rest } = reckonCost(weeklyLessons(2_000).mails, SETTINGS);
    expect(standing * (52 / 12)).toBeCloseTo(addUp(standingLines(SETTINGS)), 6);
    expect(sending + around).toBeCloseTo((ses + rest) / (52 / 12), 6);
  });

  it("is what README, DEPLOY and BENCHMARKS say", () => {
    const idle = standingLines(SETTINGS);
    expect(page("README.md")).toContain(
      `costs $${usd(idle)} a month, two thousand weekly readers $${usd(monthOf(2_000))}`,
    );
    expect(page("docs/BENCHMARKS.md")).toContain(
      `costs $${usd(idle)}, with free tiers $${usd(idle, "usdWithFree")}`,
    );
    const cell = (lines: CostLine[]) => `${usd(lines)} (${usd(lines, "usdWithFree")})`;
    const nobody = monthOf(0);
    for (const [at, { name }] of nobody.entries()) {
      const row = [0, 2_000, 50_000].map((readers) => cell([monthOf(readers)[at] as CostLine])).join(" | ");
      expect(page("docs/DEPLOY.md")).toContain(`| ${name} | ${row} |`);
    }
    expect(page("docs/DEPLOY.md")).toContain(
      `| all | ${[0, 2_000, 50_000].map((readers) => cell(monthOf(readers))).join(" | ")} |`,
    );
  });

  it("control: another price would not stand there", () => {
    expect(page("README.md")).not.toContain(`two thousand weekly readers $${usd(monthOf(3_000))}`);
  });
});
