import { readAnswer } from "../../functions/domain/course/answers.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { factsKnown, nameAsked } from "../../functions/domain/course/foreseen.ts";
import { labelIn, type Question } from "../../functions/domain/course/questions.ts";
import type { Condition, Facts, When } from "../../functions/domain/course/whom.ts";

/*
 * As whom an author looks at a course: what is known of the reader, chosen in a form and kept in the address of each page. It
 * asks what the course itself can ask: its questions, and whatever else its conditions name.
 */

/** One thing that can be known of a reader. */
export interface WhomField {
  /** Of the field, and in the address. */
  name: string;
  label: string;
  /** Undefined where anything can be written. */
  values?: { value: string; says: string }[];
}

/** What was chosen of a reader. */
export interface Whom {
  /** Of an address that chooses the same: `&as=one&answer+role=managers`. */
  query: string;
  /** What was chosen under a name; empty: nothing is known. */
  chosen(name: string): string;
  factsIn(course: Course): Facts;
}

/** Beside what is known. */
const OTHERS: readonly string[] = ["reader", "version"];
/** Nobody chooses more, and an address holds no more. */
const MOST_KNOWN = 60;

/** As whom an address looks; undefined where it names nobody. */
export function readWhom(address: URLSearchParams): Whom | undefined {
  if (!address.has("as")) return undefined;
  const known = [...address]
    .filter(([name, value]) => !OTHERS.includes(name) && value !== "")
    .slice(0, MOST_KNOWN);
  const params = new URLSearchParams(known);
  const chosen = (name: string) => params.get(name) ?? "";
  return { query: `&${params}`, chosen, factsIn: (course) => readFactsChosen(course, chosen) };
}

/** All that a course can ask of its readers; none where it is the same for everybody. */
export function listFields(course: Course): WhomField[] {
  const asked = new Map(
    course.questions.map((question) => [`answer ${question.slug}`, answerField(course, question)]),
  );
  for (const [name, conditions] of groupConditions(course))
    if (!asked.has(name))
      asked.set(name, { name, label: name.replace(/^state /, ""), values: listValues(conditions) });
  return [...asked.values()];
}

const answerField = ({ language }: Course, question: Question): WhomField => ({
  name: `answer ${question.slug}`,
  label: labelIn(question, language),
  ...(question.options && {
    values: [
      { value: "", says: "no answer" },
      ...question.options.map((option) => ({ value: option.slug, says: labelIn(option, language) })),
    ],
  }),
});

/** By what they ask. */
function groupConditions({ lessons }: Course): Map<string, Condition[]> {
  const whens = lessons.flatMap(({ when, passages = [] }) => [
    ...(when ? [when] : []),
    ...passages.map((one) => one.when),
  ]);
  const groups = new Map<string, Condition[]>();
  for (const condition of whens.flatMap(listConditions))
    groups.set(nameAsked(condition), [...(groups.get(nameAsked(condition)) ?? []), condition]);
  return groups;
}

function listConditions(when: When): Condition[] {
  if ("every" in when) return when.every.flatMap(listConditions);
  if ("some" in when) return when.some.flatMap(listConditions);
  return "not" in when ? listConditions(when.not) : [when];
}

/** The first is that nothing is known. */
function listValues(conditions: readonly Condition[]): NonNullable<WhomField["values"]> {
  const [first] = conditions;
  if (first && "move" in first) return [{ value: "", says: "not told" }, ...MOVES];
  if (first && "rating" in first)
    return ["", "1", "2", "3", "4", "5"].map((value) => ({ value, says: value || "none" }));
  if (!first || !("silent" in first))
    return [
      { value: "", says: "no" },
      { value: "yes", says: "yes" },
    ];
  const counts = conditions.flatMap((one) => ("silent" in one ? one.silent : []));
  const each = [...new Set(counts)].toSorted((one, other) => one - other);
  return [{ value: "", says: "0" }, ...each.map(String).map((value) => ({ value, says: value }))];
}

/** As they are kept, and as an author writes them. */
const MOVES = [
  { value: "made", says: "made" },
  { value: "notYet", says: "not-yet" },
  { value: "noMoment", says: "no-moment" },
];

/** Chosen is only what the course can ask; anything else in an address is passed over. */
function readFactsChosen(course: Course, chosen: (name: string) => string): Facts {
  const known = new Map<string, string | number | boolean>();
  for (const { name, values } of listFields(course)) {
    const value = values
      ? values.find((one) => one.value === chosen(name))?.value
      : readText(course, name, chosen(name));
    if (value !== undefined && value !== "") known.set(name, readValue(name, value));
  }
  return factsKnown(known);
}

function readText({ questions }: Course, name: string, typed: string): string | undefined {
  const question = questions.find(({ slug }) => name === `answer ${slug}`);
  const read = question && readAnswer(question, typed);
  return read && "answer" in read ? read.answer : undefined;
}

function readValue(name: string, value: string): string | number | boolean {
  if (name === "rating" || name === "silent") return Number(value);
  return value === "yes" && !/^(?:answer|move) /.test(name) ? true : value;
}
