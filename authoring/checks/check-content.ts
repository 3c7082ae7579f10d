import { posix } from "node:path";
import type { Content } from "../../functions/domain/content.ts";
import { ContentError, loadContent } from "../compile/compile.ts";
import { CONTENT, readText } from "../compile/files.ts";
import { courseSchema, type Problem, readYaml } from "../compile/schema.ts";
import { composeSample, makeSamples, SAMPLE_READERS, type Sample, type SampleReader } from "../samples.ts";
import { checkCopiedWords } from "./copied-words.ts";
import { checkFigures } from "./figures.ts";
import { type Finding, inOrder } from "./finding.ts";
import { checkLessonShape } from "./lesson-shape.ts";
import { checkPageLinks, checkWrittenLink, findLinks, type WrittenLink } from "./links.ts";
import { checkMail, checkTemplates } from "./mail.ts";
import { checkTemplateFields, checkWrittenFields } from "./merge-fields.ts";
import { type Authored, findAuthored } from "./passages.ts";
import { checkReadability, courseVocabulary } from "./readability.ts";
import { joined, readSource, type Source } from "./source.ts";
import { checkTemplateWords } from "./template-words.ts";
import { checkWording } from "./wording.ts";

/** What the checks have to say about a content folder. */
export interface Findings {
  /** By file and line. */
  findings: Finding[];
  counted: { lessons: number; issues: number; mails: number };
  /** External ones can be asked for: see checkReachable. */
  links: WrittenLink[];
}

/**
 * Checks everything that an author wrote, the templates, and every mail that the two make. Reads files only.
 * @param root the folder that holds `templates/`
 * @param folder what is checked in the place of `content/`, as a path from `root`
 */
export async function checkContent(root: string, folder = CONTENT): Promise<Findings> {
  const problems: Problem[] = [];
  const authored = findAuthored(root, folder);
  const written = authored.length === 0 ? [] : checkAuthored(root, authored, problems);
  const built = await tryBuild(root, folder, problems);
  const samples = built ? makeSamples(built) : [];
  const mails = built ? checkMails(root, built, samples) : [];
  const findings = inOrder([
    ...problems.map(fromBuild),
    ...written,
    ...checkPageLinks(root),
    ...checkTemplateWords(root),
    ...mails,
  ]);
  const count = (kind: Authored["kind"]): number => authored.filter((one) => one.kind === kind).length;
  return {
    findings,
    counted: { lessons: count("lesson"), issues: count("issue"), mails: samples.length },
    links: authored.flatMap(findLinks),
  };
}

/** What the build makes of the content, or undefined and its problems. */
async function tryBuild(root: string, folder: string, problems: Problem[]): Promise<Content | undefined> {
  try {
    return await loadContent(root, folder);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function fromBuild({ file, line, field, todo }: Problem): Finding {
  const rule = file.startsWith("templates/") ? "template" : "front-matter";
  return {
    file,
    line,
    rule: todo.startsWith("is lost in MJML") ? "lost-token" : rule,
    says: `${field ? `\`${field}\`` : "It"} is not as the build needs it`,
    doThis: todo,
    severity: "error",
  };
}

function checkAuthored(root: string, authored: readonly Authored[], problems: Problem[]): Finding[] {
  const courses = [...new Set(authored.flatMap(({ course }) => course ?? []))];
  const sources = new Map(courses.map((course) => [course, readSource(root, course, problems)]));
  const known = new Map(courses.map((course) => [course, courseVocabulary(root, course, problems)]));
  const everySource = [...sources.values()].flatMap((source) => source ?? []);
  const anySource = everySource.length > 0 ? joined(everySource) : undefined;
  const allKnown = new Set([...known.values()].flatMap((words) => [...words]));
  const withoutSource = courses
    .filter((course) => !sources.get(course) && !restsOnNothing(root, course))
    .map(noSource);
  const findings = authored.flatMap((one) => [
    ...checkWording(one),
    ...checkWrittenFields(one),
    ...findLinks(one).flatMap(checkWrittenLink),
    ...(one.kind === "lesson" ? checkLessonShape(one) : []),
    ...(one.kind === "course" || !isEnglish(root, one)
      ? []
      : checkReadability(one, one.course ? (known.get(one.course) ?? new Set()) : allKnown)),
    ...againstSource(one, one.course ? sources.get(one.course) : anySource),
  ]);
  return [...withoutSource, ...findings];
}

/** The formula of the reading grade is one for English. */
function isEnglish(root: string, { file, course }: Authored): boolean {
  const inCommon = posix.join(course ?? posix.dirname(file), course ? "course.yaml" : "newsletter.yaml");
  const language = /^language:\s*["']?([\w-]+)/m.exec(readText(root, inCommon, [], "") ?? "")?.[1];
  return language === undefined || /^en\b/.test(language);
}

const againstSource = (authored: Authored, source: Source | undefined): Finding[] =>
  source ? [...checkCopiedWords(authored, source), ...checkFigures(authored, source.figures)] : [];

/** The course says that its words are its author's own. What is wrong with its file, the build tells. */
const restsOnNothing = (root: string, course: string): boolean => {
  const file = posix.join(course, "course.yaml");
  const read = readYaml(file, readText(root, file, [], "") ?? "", courseSchema);
  return "value" in read && read.value.attribution.restsOn === "own";
};

const noSource = (course: string): Finding => ({
  file: posix.join(course, "course.yaml"),
  line: 1,
  rule: "no-source",
  says: "There is no source.yaml, so neither copied words nor figures are checked",
  doThis: `Make it: npm run content:source -- ARTICLE.txt ${course}; or say \`restsOn: own\` under \`attribution\``,
  severity: "warning",
});

function checkMails(root: string, content: Content, samples: readonly Sample[]): Finding[] {
  const fields = checkTemplateFields(root, content, samples);
  return [...fields, ...samples.flatMap((sample) => checkSample(sample))];
}

/** The verdict on one mail as a sample reader gets it; also for the preview. */
export function checkSample(sample: Sample, reader: SampleReader = SAMPLE_READERS[0]): Finding[] {
  try {
    return checkMail(sample, composeSample(sample, reader));
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
