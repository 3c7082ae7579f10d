import { beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { samplePages } from "../../../authoring/preview/sample-pages.ts";
import { composeSample, makeSamples, SAMPLE_READERS, type Sample } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Content } from "../../../functions/domain/content.ts";
import { htmlText } from "../../../functions/mail/inbound/html-text.ts";
import { englishPieces } from "../../support/words.ts";

/** In English, as all that owners read. */
const TO_THE_OWNER: readonly string[] = ["relay", "digest", "report"];
let content: Content;
const pages = new Map<string, string>();
let samples: Sample[];
const pieces = englishPieces("de");
beforeAll(async () => {
  content = await loadContent(ROOT, "tests/fixtures/german-course");
  for (const [name, { html }] of await samplePages(content, SAMPLE_READERS[0])) pages.set(name, html);
  samples = makeSamples(content).filter(({ kind }) => !TO_THE_OWNER.includes(kind));
});

const left = (text: string): string[] => {
  const plain = text.replace(/\s+/g, " ");
  return pieces.filter((piece) => plain.includes(piece));
};

describe("a course in German", () => {
  it("has its words in its bundle, and no others", () => {
    expect(Object.keys(content.languages)).toEqual(["de"]);
  });

  it("leaves no word of the English file on any page, and says its language on each", () => {
    expect(pages.size).toBeGreaterThan(30);
    for (const [name, page] of pages) {
      if (!page.startsWith("<!doctype")) continue;
      expect([name, left(htmlText(page.replace(/<style[\s\S]*?<\/style>/g, "")))]).toEqual([name, []]);
      expect([name, page.includes('<html lang="de">')]).toEqual([name, true]);
    }
  });

  it("leaves none in any mail to its readers, in either part", () => {
    expect(samples.length).toBeGreaterThan(40);
    for (const sample of samples) {
      const { html, text, subject, headers } = composeSample(sample);
      expect([sample.name, left(`${htmlText(html)} ${text} ${subject}`)]).toEqual([sample.name, []]);
      expect(html).toContain('<html lang="de"');
      expect(headers).toContainEqual(["Content-Language", "de"]);
    }
  });

  it("control: one that is left is found, on a page and in a mail", () => {
    const page = pages.get("left") ?? "";
    expect(left(htmlText(page.replace("</main>", "<p>Would you say why?</p></main>")))).toEqual([
      "Would you say why?",
    ]);
    const sample = samples.find(({ kind }) => kind === "lesson") as Sample;
    expect(
      left(`${composeSample(sample).text}\nOne line is enough. Just reply. No names needed.`),
    ).toHaveLength(1);
  });

  it("names days, hours and numbers as Germans do", () => {
    const welcome = composeSample(samples.find(({ kind }) => kind === "welcome") as Sample);
    expect(welcome.text).toContain("Lektion 1 kommt am Mittwoch, 07:30 Uhr.");
    const lookBack = composeSample(samples.find(({ kind }) => kind === "look-back") as Sample);
    expect(lookBack.text).toContain("Am 4. November 2026 haben Sie geschrieben:");
  });

  it("asks for consent in German, and records which words those were", () => {
    expect(pages.get("landing")).toContain("Mit der Anmeldung bitten Sie Riverside Print Academy");
    expect(pages.get("landing")).toContain("eine Begrüßung, 4 Lektionen, Antworten auf das");
    expect(pages.get("confirm")).toContain("<button autofocus>Ja, den Kurs beginnen</button>");
  });
});
