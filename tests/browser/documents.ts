import { loadContent } from "../../authoring/compile/compile.ts";
import { samplePages } from "../../authoring/preview/sample-pages.ts";
import { composeSample, makeSamples, SAMPLE_READERS } from "../../authoring/samples.ts";
import { ROOT } from "../../cli/root.ts";
import { shippedContent } from "../mail/composition.ts";

/** HTML by name. A name ends with the sample reader's where it is not the plain one's. */
export type Documents = Map<string, string>;

const [PLAIN] = SAMPLE_READERS;
/** Pages that show what somebody typed or wrote. */
const PERSONAL = ["landing-with-mistakes", "reader-with-journal"];

const nameFor = (name: string, reader: (typeof SAMPLE_READERS)[number]): string =>
  reader === PLAIN ? name : `${name}-to-${reader.name.replaceAll(" ", "-")}`;

/** Every mail, to every sample reader to whom it looks different. */
export async function everyMail(): Promise<Documents> {
  const mails: Documents = new Map();
  const seen = new Set<string>();
  for (const sample of makeSamples(await shippedContent())) {
    for (const reader of SAMPLE_READERS) {
      const { html } = composeSample(sample, reader);
      if (!seen.has(html)) mails.set(nameFor(sample.name, reader), html);
      seen.add(html);
    }
  }
  for (const sample of makeSamples(await germanContent()))
    if (IN_GERMAN.has(sample.name)) mails.set(`${sample.name}-in-german`, composeSample(sample).html);
  return mails;
}

/** German words are longer, and what they stand in is the same: a few documents stand for all. */
const IN_GERMAN = new Set([
  ...["landing", "reader-in-mid-course", "lesson", "personal"],
  ...["confirmation", "welcome", "lesson-den-teig-lesen", "notice-help"],
]);
const germanContent = () => loadContent(ROOT, "tests/fixtures/german-course");

/** Every page, and those that show what a reader wrote, of every sample reader. */
export async function everyPage(): Promise<Documents> {
  const pages: Documents = new Map();
  const content = await shippedContent();
  for (const reader of SAMPLE_READERS) {
    for (const [name, html] of await samplePages(content, reader))
      if (reader === PLAIN || PERSONAL.includes(name)) pages.set(nameFor(name, reader), html);
  }
  for (const [name, html] of await samplePages(await germanContent(), PLAIN))
    if (IN_GERMAN.has(name)) pages.set(`${name}-in-german`, html);
  return pages;
}

/** Prompts and look-backs differ from lesson to lesson in their words only; those of one stand for all. */
export const differsInWords = (name: string): boolean =>
  /^(prompt|look-back)-(?!headwinds-inside)/.test(name);
