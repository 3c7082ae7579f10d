import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";
import { dateInWords, slotInWords } from "../../../functions/domain/course/dates-in-words.ts";
import { say, splitParagraphs, type Words } from "../../../functions/domain/words/words.ts";
import { WORDS_IN_MAILS } from "../../../functions/domain/words/words-in-mails.ts";
import { WORDS_ON_PAGES } from "../../../functions/domain/words/words-on-pages.ts";
import { english, german } from "../../support/words.ts";

const FUNCTIONS = join(ROOT, "functions");

/** Every string and template that stands in the sources, but for the lists of words themselves. */
function literals(): string[] {
  const files = readdirSync(FUNCTIONS, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/words-(in-mails|on-pages)\.ts$/.test(file),
  );
  // Each by itself, since a string may stand in a template's gap.
  const each = [/"([^"\n]*)"/g, /`([^`\n]*)`/g, /^ {2}([\w-]+): /gm];
  return files.flatMap((file) => {
    const source = readFileSync(join(FUNCTIONS, file), "utf8");
    return each.flatMap((pattern) => [...source.matchAll(pattern)].map(([, text]) => text ?? ""));
  });
}

/** The words of a list that no source names, whole or by a template whose gap a source fills in. */
function unsaid(keys: string[], all: string[]): string[] {
  const plain = new Set(all);
  const patterns = all
    .filter((text) => /^[\w${}]+\..*\$\{/.test(text))
    .map((text) => new RegExp(`^${text.replace(/\./g, "\\.").replace(/\$\{[^}]*\}/g, "(.+)")}$`));
  return keys.filter((key) => {
    if (plain.has(key)) return false;
    return !patterns.some((pattern) => {
      const gaps = pattern.exec(key)?.slice(1);
      return gaps?.every((gap) => plain.has(gap) || /^\d+$/.test(gap));
    });
  });
}

describe("the words that the code says", () => {
  it("are listed only as long as it says them", () => {
    const all = literals();
    const listed = Object.keys({ ...WORDS_IN_MAILS, ...WORDS_ON_PAGES });
    expect(unsaid(listed, all)).toEqual([]);
    // The control: what nobody says is found, also where a template comes near it.
    expect(unsaid(["left.farewell", "acts.danced", "left.because.bored"], all)).toHaveLength(3);
  });

  it("are filled in, once, whatever stands in what they are filled with", () => {
    expect(say(english, "progress.some", { had: "{of}", of: 12 })).toBe("You have had {of} of 12 lessons.");
  });

  it("come in the plural form of the number", () => {
    expect(say(english, "progress.all", { count: 1 })).toBe("You have had the one lesson.");
    expect(say(english, "progress.all", { count: 12 })).toBe("You have had all 12 lessons.");
  });

  it("come as paragraphs where the file has a list", () => {
    expect(splitParagraphs(say(english, "notices.help.says"))).toHaveLength(5);
    expect(splitParagraphs(say(english, "undo.done"))).toHaveLength(1);
  });

  it("name days and months, in the order of the language", () => {
    const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
    const moment = Date.UTC(2026, 10, 24, 6, 30);
    expect(slotInWords(english, cadence, moment)).toBe("Tuesday, 07:30");
    expect(dateInWords(english, cadence, moment)).toBe("24 November 2026");
    expect(slotInWords(german, cadence, moment)).toBe("Dienstag, 07:30 Uhr");
    expect(dateInWords(german, cadence, moment)).toBe("24. November 2026");
    const american: Words = { ...english, date: "{month} {day}, {year}" };
    expect(dateInWords(american, cadence, moment)).toBe("November 24, 2026");
  });

  it("fail loudly when they are not there", () => {
    expect(() => say({ ...english, texts: {} }, "undo.done")).toThrow('the words of "en" have no undo.done');
  });
});
