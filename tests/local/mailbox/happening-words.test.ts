import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";
import type { SendOutcome } from "../../../functions/ports.ts";
import { sentenceAbout } from "../../../local/mailbox/happening-words.ts";

/** Every event that a function logs by name. */
function loggedEvents(): string[] {
  const sources = readdirSync(join(ROOT, "functions"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const texts = sources.map((file) => readFileSync(join(ROOT, "functions", file), "utf8"));
  return texts.flatMap((text) =>
    [...text.matchAll(/log\.(?:info|warn)\(\s*"([a-z-]+)"/g)].map(([, name = ""]) => name),
  );
}

describe("what happened, on the inbox's page", () => {
  it("has a sentence for every event that a function logs", () => {
    const events = loggedEvents();
    expect(events.length).toBeGreaterThan(40);
    expect(events.filter((event) => sentenceAbout(event, {}) === undefined)).toEqual([]);
    // Named by what SES answered: `ses-${outcome}`.
    const outcomes: Exclude<SendOutcome["outcome"], "accepted">[] = ["refused", "rejected", "in-doubt"];
    for (const outcome of outcomes) expect(sentenceAbout(`ses-${outcome}`, {}), outcome).toContain("SES");
    expect(sentenceAbout("no-such-event", {})).toBeUndefined();
    expect(sentenceAbout("constructor", {})).toBeUndefined();
  });

  it.each([
    [
      "sent",
      { dispatch: "rd-1_managing-up_1_lesson_headwinds-inside" },
      "The lesson “headwinds-inside” left.",
    ],
    ["sent", { dispatch: "rd-1_account_1_confirmation_first" }, "A mail (confirmation) left."],
    ["left", { list: "newsletter" }, "A reader left the newsletter."],
    ["course-held", { until: "2026-12-11" }, "An absence note came: the course waits until 2026-12-11."],
    ["feedback", { dispatch: "x", type: "Delivery" }, "SES says of a mail: Delivery."],
  ])("says of %s %o: %s", (event, fields, said) => {
    expect(sentenceAbout(event, fields as Record<string, string>)).toBe(said);
  });
});
