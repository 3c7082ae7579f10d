import { findFields, splitFrontMatter } from "../compile/yaml.ts";
import type { Finding } from "./finding.ts";
import { wrong } from "./lesson-shape.ts";
import type { Authored, Passage } from "./passages.ts";
import { splitWords } from "./sentences.ts";

/** Fewer lessons have no mould that a reader could tire of. */
const FEWEST_LESSONS = 6;
const TIRED_OPENINGS = ["picture", "imagine"];

/** An example of a lesson, and what its author says of it. */
interface Example {
  at: Passage;
  firstWord: string;
  form: unknown;
  ends: unknown;
}

/**
 * What a course's lessons are together: no mould twice in a row.
 * @param lessons in the order of the course
 * @param course where `lessons` stands in course.yaml
 */
export function checkMould(lessons: readonly Authored[], course: Pick<Passage, "file" | "line">): Finding[] {
  const examples = lessons.flatMap((lesson) => findExample(lesson) ?? []);
  return [
    ...examples.flatMap((example, place) => checkAgainst(example, examples[place - 1])),
    ...checkTiredOpenings(examples, course),
    ...(lessons.length < FEWEST_LESSONS ? [] : checkCounts(lessons, examples, course)),
  ];
}

function findExample({ body, source }: Authored): Example | undefined {
  const at = body.find(({ isExample }) => isExample);
  if (!at) return undefined;
  const { example } = findFields(splitFrontMatter(source)?.yaml ?? "")?.value ?? {};
  const { form, ends } = (example ?? {}) as { form?: unknown; ends?: unknown };
  const [firstWord = ""] = splitWords(at.text);
  return { at, firstWord: firstWord.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""), form, ends };
}

function checkAgainst({ at, form, firstWord }: Example, before: Example | undefined): Finding[] {
  if (form === undefined)
    return [
      wrong(
        at,
        "same-mould",
        "The example does not say its form",
        "Write `example:` with form, ends and trade",
      ),
    ];
  if (form === before?.form)
    return [
      wrong(
        at,
        "same-mould",
        `The example before is of the same form: ${form}`,
        "Tell one of them otherwise",
      ),
    ];
  if (firstWord !== before?.firstWord) return [];
  return [
    wrong(
      at,
      "same-mould",
      `The example before begins with "${firstWord}", too`,
      "Begin one of them otherwise",
    ),
  ];
}

function checkTiredOpenings(examples: readonly Example[], course: Pick<Passage, "file" | "line">): Finding[] {
  const tired = examples.filter(({ firstWord }) => TIRED_OPENINGS.includes(firstWord));
  const most = Math.floor(examples.length / 3);
  if (tired.length <= Math.max(1, most)) return [];
  const says = `${tired.length} of ${examples.length} examples begin with Picture or Imagine; ${most} are the most`;
  return [wrong(course, "example-openings", says, "Begin some of them in their midst")];
}

function checkCounts(
  lessons: readonly Authored[],
  examples: readonly Example[],
  course: Pick<Passage, "file" | "line">,
): Finding[] {
  const quotes = lessons.filter(({ fields }) => fields.some(({ field }) => field === "pullQuote")).length;
  const open = examples.filter(({ ends }) => ends === "badly" || ends === "open").length;
  const [twoThirds, threeQuarters, most] = [2 / 3, 3 / 4, 5 / 6].map((share) => share * lessons.length) as [
    number,
    number,
    number,
  ];
  const findings: Finding[] = [];
  if (quotes < Math.ceil(twoThirds) || quotes > Math.floor(most))
    findings.push(
      wrong(
        course,
        "pull-quotes",
        `${quotes} of ${lessons.length} lessons have a pull-quote; ${Math.ceil(twoThirds)} to ${Math.floor(most)} would`,
        "Keep those that earn their place",
      ),
    );
  if (examples.length < Math.ceil(threeQuarters) || examples.length > Math.floor(most))
    findings.push(
      wrong(
        course,
        "examples",
        `${examples.length} of ${lessons.length} lessons have an example; ${Math.ceil(threeQuarters)} to ${Math.floor(most)} would`,
        "Show it where it helps, in a block > [!example], and leave it out where it is the mould",
      ),
    );
  if (open < Math.ceil(lessons.length / 3))
    findings.push(
      wrong(
        course,
        "endings",
        `${open} examples end badly or stay open; ${Math.ceil(lessons.length / 3)} would be believed`,
        "Let some go wrong, and say so under `example:` as `ends`",
      ),
    );
  return findings;
}
