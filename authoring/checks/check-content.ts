import { posix } from "node:path";
import type { Content } from "../../functions/domain/content.ts";
import { compileSources } from "../compile/compile.ts";
import { readTranslated } from "../compile/compile-translations.ts";
import { isOfIssueOrLesson } from "../compile/outline.ts";
import { CONTENT, ContentError, openSources, type Problem, type Sources } from "../compile/sources.ts";
import { findFields } from "../compile/yaml.ts";
import { composeSample, makeSamples, SAMPLE_READERS, type Sample, type SampleReader } from "../samples.ts";
import { chooseStyle, mildestStyle } from "../style-rules.ts";
import { findMisheardChoices } from "./choices.ts";
import { checkCopiedWords } from "./copied-words.ts";
import { checkFigures } from "./figures.ts";
import { type Finding, inOrder } from "./finding.ts";
import { checkLessonShape, checkLetterQuestions } from "./lesson-shape.ts";
import { checkPageLinks, checkWrittenLink, findLinks, type WrittenLink } from "./links.ts";
import { checkMail, checkTemplates, weighPictures } from "./mail.ts";
import { checkTemplateFields, checkWrittenFields } from "./merge-fields.ts";
import { checkMould } from "./mould.ts";
import { type Authored, findAuthored } from "./passages.ts";
import { findPlaceholders } from "./placeholders.ts";
import { checkReadability, courseVocabulary } from "./readability.ts";
import { joinSources, readSource, type Source } from "./source.ts";
import { findAuthor, inCommon, isEnglish, readStyles, withWeights } from "./style-choice.ts";
import { checkTemplateWords } from "./template-words.ts";
import { findUntranslated } from "./translations.ts";
import { checkTypedNumbers, checkVoice } from "./voice.ts";
import { checkWording } from "./wording.ts";

/** What the checks have to say about a content folder. */
export interface Findings {
  /** By file and line. */
  findings: Finding[];
  counted: {
    lessons: number;
    issues: number;
    mails: number;
    /** The mail whose pictures weigh most, in bytes; undefined where no mail shows any. */
    heaviest?: { mail: string; pictures: number };
  };
  /** External ones can be asked for: see checkReachable. */
  links: WrittenLink[];
}

/**
 * Checks everything that an author wrote, the templates, and every mail that the two make. Reads files only.
 * @param root the folder that holds `templates/`
 * @param folder what is checked in the place of `content/`, as a path from `root`
 */
export async function checkContent(root: string, folder = CONTENT): Promise<Findings> {
  const sources = openSources(root);
  const authored = findAuthored(sources, folder);
  const written = authored.length === 0 ? [] : checkAuthored(sources, authored);
  const built = await tryBuild(sources, folder);
  const samples = built ? makeSamples(built) : [];
  const mails = built ? checkMails(sources, built, samples, folder) : [];
  const findings = inOrder([
    ...sources.problems.map(fromBuild),
    ...written,
    ...findPlaceholders(sources, folder),
    ...checkPageLinks(sources),
    ...withWeights(checkTemplateWords(sources), () => mildestStyle(readStyles(sources, folder))),
    ...mails,
    ...(built ? [...findUntranslated(built, folder), ...findMisheardChoices(sources, built, folder)] : []),
  ]);
  const count = (kind: Authored["kind"]): number =>
    authored.filter((one) => one.kind === kind && !readTranslated(posix.basename(one.file, ".md"))).length;
  return {
    findings,
    counted: {
      ...{ lessons: count("lesson"), issues: count("issue"), mails: samples.length },
      ...findHeaviest(samples),
    },
    links: authored.flatMap(findLinks),
  };
}

function findHeaviest(samples: readonly Sample[]): Pick<Findings["counted"], "heaviest"> {
  let heaviest = { mail: "", pictures: 0 };
  for (const sample of samples) {
    const pictures = weighSample(sample);
    if (pictures > heaviest.pictures) heaviest = { mail: sample.name, pictures };
  }
  return heaviest.pictures > 0 ? { heaviest } : {};
}

/** As the first sample reader gets it: it is weighed and checked. */
const composed = new WeakMap<Sample, ReturnType<typeof composeSample>>();

function composeOnce(sample: Sample): ReturnType<typeof composeSample> {
  const mail = composed.get(sample) ?? composeSample(sample);
  composed.set(sample, mail);
  return mail;
}

/** Nothing for a mail that cannot be composed: checkSample says so. */
function weighSample(sample: Sample): number {
  try {
    return weighPictures(sample, composeOnce(sample));
  } catch {
    return 0;
  }
}

/** The same of one issue and its mail. What is wrong elsewhere is said only where it keeps the mail from being made. */
export async function checkIssue(root: string, slug: string, folder = CONTENT): Promise<Finding[]> {
  return (await checkIssues(root, [slug], folder)).get(slug) ?? [];
}

/** The same of several, which are read and built once. */
export async function checkIssues(
  root: string,
  slugs: readonly string[],
  folder = CONTENT,
): Promise<Map<string, Finding[]>> {
  const sources = openSources(root);
  const asked = new Set(slugs.map((slug) => posix.join(folder, `newsletter/${slug}.md`)));
  const authored = checkAuthored(sources, findAuthored(sources, folder), ({ file }) => asked.has(file));
  const built = await tryBuild(sources, folder, isOfIssueOrLesson);
  const samples = built ? makeSamples(built) : [];
  const ofIssue = (slug: string): Finding[] => {
    const words = `newsletter/${slug}.md`;
    const file = posix.join(folder, words);
    const problems = sources.problems.filter(
      (one) => one.file === file || !(built || isOfIssueOrLesson(one)),
    );
    const mails = samples
      .filter((sample) => sample.words === words)
      .flatMap((sample) => checkSample(sample, SAMPLE_READERS[0], folder));
    const written = authored.filter((one) => one.file === file);
    return inOrder([...problems.map(fromBuild), ...written, ...mails]);
  };
  return new Map(slugs.map((slug) => [slug, ofIssue(slug)]));
}

/** What the build makes of the content; undefined if anything is wrong with it that is not spared. */
async function tryBuild(
  sources: Sources,
  folder: string,
  isSpared?: (problem: Problem) => boolean,
): Promise<Content | undefined> {
  try {
    return await compileSources(sources, folder, isSpared);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return undefined;
  }
}

/** A problem says what is wrong, then what to do, with a semicolon between them. */
function fromBuild({ file, line, field, todo }: Problem): Finding {
  const rule = file.startsWith("templates/") ? "template" : "front-matter";
  const [, wrong = todo, doThis = "correct it"] = /^(.*?); (.*)$/s.exec(todo) ?? [];
  return {
    file,
    line,
    rule: todo.startsWith("is lost in MJML") ? "lost-token" : rule,
    says: `${field ? `\`${field}\`` : "The file"} ${wrong}`,
    doThis: /^\w+\.\w/.test(doThis) ? doThis : doThis.charAt(0).toUpperCase() + doThis.slice(1),
    severity: "error",
  };
}

/**
 * What is wrong with what an author wrote, before anything is built of it.
 * @param isAsked of which files the findings are wanted; what they are compared with is read in all of them
 */
export function checkAuthored(
  sources: Sources,
  authored: readonly Authored[],
  isAsked: (one: Authored) => boolean = () => true,
): Finding[] {
  const courses = [...new Set(authored.flatMap(({ course }) => course ?? []))];
  const articles = new Map(courses.map((course) => [course, readSource(sources, course)]));
  const known = new Map(courses.map((course) => [course, courseVocabulary(sources, course)]));
  const everyArticle = [...articles.values()].flatMap((article) => article ?? []);
  const anyArticle = everyArticle.length > 0 ? joinSources(everyArticle) : undefined;
  const allKnown = new Set([...known.values()].flatMap((words) => [...words]));
  const withoutSource = courses.filter((course) => lacksSource(sources, course)).map(noSource);
  const moulds = courses.flatMap((course) => checkCourseMould(sources, course, authored));
  const findings = authored
    .filter(isAsked)
    .flatMap((one) => [
      ...checkWording(one),
      ...checkWrittenFields(one, one.course === undefined ? [] : listAsked(sources, one.course)),
      ...findLinks(one).flatMap(checkWrittenLink),
      ...checkStyle(one, isEnglish(sources, one), findAuthor(sources, one)),
      ...(one.kind === "course" || !isEnglish(sources, one)
        ? []
        : checkReadability(one, one.course ? (known.get(one.course) ?? new Set()) : allKnown)),
      ...againstSource(one, one.course ? articles.get(one.course) : anyArticle),
    ]);
  const choices = new Map(authored.map((one) => [one.file, chooseStyle(inCommon(sources, one).checks)]));
  return [...withoutSource, ...withWeights([...findings, ...moulds], ({ file }) => choices.get(file))];
}

/** The names of a course's questions, as far as they can be made out. */
function listAsked(sources: Sources, course: string): string[] {
  const { questions } = findFields(sources.text(posix.join(course, "course.yaml")) ?? "")?.value ?? {};
  return Array.isArray(questions)
    ? questions.flatMap((one: unknown) =>
        typeof one === "object" && one !== null && "slug" in one ? String(one.slug) : [],
      )
    : [];
}

/** What is for lessons and issues; a course's other texts speak of the course, of its author and of lessons. */
function checkStyle(one: Authored, english: boolean, author: string | undefined): Finding[] {
  const isLesson = one.kind === "lesson";
  const speaks = english && (isLesson || one.kind === "issue");
  return [
    ...(isLesson ? [...checkLessonShape(one, english), ...checkTypedNumbers(one)] : []),
    ...(one.kind === "course" ? checkLetterQuestions(one, english) : []),
    ...(speaks ? checkVoice(one, author) : []),
  ];
}

/** The lessons of a course in its order. */
function checkCourseMould(sources: Sources, course: string, authored: readonly Authored[]): Finding[] {
  const file = posix.join(course, "course.yaml");
  const fields = findFields(sources.text(file) ?? "");
  const names = Array.isArray(fields?.value.lessons) ? fields.value.lessons : [];
  const lessons = names.flatMap(
    (name) => authored.find((one) => one.file === posix.join(course, "lessons", `${name}.md`)) ?? [],
  );
  return checkMould(lessons, { file, line: fields?.findLine("lessons") ?? 1 });
}

const againstSource = (authored: Authored, source: Source | undefined): Finding[] =>
  source ? [...checkCopiedWords(authored, source), ...checkFigures(authored, source.figures)] : [];

/** The course rests on an article that the checks do not know. A file that cannot be read says neither. */
function lacksSource(sources: Sources, course: string): boolean {
  const yaml = sources.text(posix.join(course, "course.yaml"));
  const fields = yaml === undefined ? undefined : findFields(yaml)?.value;
  const { restsOn = "article" } = (fields?.attribution ?? {}) as { restsOn?: unknown };
  return fields !== undefined && restsOn === "article" && !sources.has(posix.join(course, "source.yaml"));
}

const noSource = (course: string): Finding => ({
  file: posix.join(course, "course.yaml"),
  line: 1,
  rule: "no-source",
  says: "There is no source.yaml, so neither copied words nor figures are checked",
  doThis: `Make it: npm run content:source -- ARTICLE.txt ${course}; or say \`restsOn: own\` under \`attribution\``,
  severity: "warning",
});

function checkMails(
  sources: Sources,
  content: Content,
  samples: readonly Sample[],
  folder: string,
): Finding[] {
  const fields = checkTemplateFields(sources, content, samples);
  return [...fields, ...samples.flatMap((sample) => checkSample(sample, SAMPLE_READERS[0], folder))];
}

/** The verdict on one mail as a sample reader gets it; also for the preview. */
export function checkSample(
  sample: Sample,
  reader: SampleReader = SAMPLE_READERS[0],
  folder = CONTENT,
): Finding[] {
  try {
    const mail = reader === SAMPLE_READERS[0] ? composeOnce(sample) : composeSample(sample, reader);
    return checkMail(sample, mail, folder);
  } catch (error) {
    const says = `The mail ${sample.name} cannot be composed: ${(error as Error).message}`;
    const [file = ""] = checkTemplates(sample);
    return [
      {
        file,
        line: 1,
        rule: "unknown-field",
        says,
        doThis: "Correct the field's name in the template",
        severity: "error",
      },
    ];
  }
}
