import { loadContent } from "../../authoring/compile/compile.ts";
import { withInlinePictures } from "../../authoring/inline-pictures.ts";
import { samplePages } from "../../authoring/preview/sample-pages.ts";
import { composeSample, makeSamples, SAMPLE_READERS } from "../../authoring/samples.ts";
import { ROOT } from "../../cli/root.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { shippedContent } from "../mail/composition.ts";

/** HTML by name. A name ends with the sample reader's where it is not the plain one's. */
export type Documents = Map<string, string>;

const [PLAIN] = SAMPLE_READERS;
/** Pages that show what someone typed or wrote. */
const PERSONAL = ["landing-with-mistakes", "personal", "personal-saved"];
/** German words are longer, and what they stand in is the same: a few documents stand for all. */
const PAGES_IN_GERMAN = ["landing", "reader-in-mid-course", "lesson", "personal"];
const MAILS_IN_GERMAN = ["confirmation", "welcome", "lesson-den-teig-lesen", "notice-help"];

/** A course that asks, branches and shows a picture: what is otherwise there. */
const PAGES_THAT_ASK = ["landing", "landing-with-mistakes", "reader-in-mid-course", "reader-asked-to-choose"];
const MAILS_THAT_BRANCH = ["lesson-one-sentence", "lesson-by-when", "lesson-the-answer"];

/** The sample course that branches, alone. */
async function branchingContent(): Promise<Content> {
  const content = await loadContent(ROOT, "tests/fixtures/sample-courses");
  return { ...content, courses: content.courses.filter(({ slug }) => slug === "clear-ask") };
}

const germanContent = () => loadContent(ROOT, "tests/fixtures/german-course");

/** Every mail, to every sample reader to whom it looks different. */
export async function everyMail(): Promise<Documents> {
  const mails: Documents = new Map();
  const seen = new Set<string>();
  const content = await shippedContent();
  const { pictures } = content;
  for (const sample of makeSamples(content)) {
    for (const reader of SAMPLE_READERS) {
      const { html } = composeSample(sample, reader);
      if (!seen.has(html)) mails.set(nameFor(sample.name, reader), withInlinePictures(html, pictures));
      seen.add(html);
    }
  }
  const german = new Map(makeSamples(await germanContent()).map((sample) => [sample.name, sample]));
  for (const [name, sample] of pick(german, MAILS_IN_GERMAN))
    mails.set(`${name}-in-german`, composeSample(sample).html);
  const branching = await branchingContent();
  const samples = new Map(makeSamples(branching).map((sample) => [sample.name, sample]));
  for (const [name, sample] of pick(samples, MAILS_THAT_BRANCH))
    mails.set(`${name}-that-branches`, withInlinePictures(composeSample(sample).html, branching.pictures));
  return mails;
}

/** Every page, and those that show what a reader wrote, of every sample reader. */
export async function everyPage(): Promise<Documents> {
  const pages: Documents = new Map();
  const content = await shippedContent();
  for (const reader of SAMPLE_READERS) {
    const all = await samplePages(content, reader);
    const chosen = reader === PLAIN ? all : pick(all, PERSONAL);
    for (const [name, { html }] of chosen)
      pages.set(nameFor(name, reader), withInlinePictures(html, content.pictures));
  }
  const german = await samplePages(withQuestions(await germanContent()), PLAIN);
  for (const [name, { html }] of pick(german, PAGES_IN_GERMAN)) pages.set(`${name}-in-german`, html);
  const asking = await samplePages(await branchingContent(), PLAIN);
  for (const [name, { html }] of pick(asking, PAGES_THAT_ASK)) pages.set(`${name}-that-asks`, html);
  return pages;
}

const nameFor = (name: string, reader: (typeof SAMPLE_READERS)[number]): string =>
  reader === PLAIN ? name : `${name}-to-${reader.name.replaceAll(" ", "-")}`;

/** Of the kinds that there are; the longest word that somebody could put on a button would not fit a phone. */
const QUESTIONS: Question[] = [
  {
    ...{ slug: "household", kind: "choice", label: "Für wie viele backen Sie?", isNeeded: false },
    options: [
      { slug: "one", label: "Nur für mich" },
      { slug: "many", label: "Mehrpersonenhaushaltsgemeinschaftsküchengruppe" },
    ],
  },
  { slug: "goal", kind: "text", label: "Wofür?", isNeeded: false },
];
const withQuestions = (content: Content): Content => ({
  ...content,
  courses: content.courses.map((course) => ({ ...course, questions: QUESTIONS })),
});

/** Samples by their names. Throws where one of the names is no sample's, so that none is left out unseen. */
function pick<Sample>(samples: ReadonlyMap<string, Sample>, names: readonly string[]): [string, Sample][] {
  return names.map((name) => {
    const sample = samples.get(name);
    if (!sample) throw new Error(`There is no sample "${name}": see tests/browser/documents.ts`);
    return [name, sample];
  });
}

/** Prompts and look-backs differ from lesson to lesson in their words only; those of one stand for all. */
export const differsInWords = (name: string): boolean =>
  /^(prompt|look-back)-(?!headwinds-inside)/.test(name);
