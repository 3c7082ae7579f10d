import type { Question } from "../../functions/domain/course/questions.ts";
import { findArrival, originInWords } from "../../functions/domain/people/arrival.ts";
import { inJournal } from "../../functions/domain/replies/reflection.ts";
import { iso } from "../../functions/domain/time.ts";
import { ANSWER_COLUMN, findAnswers } from "../answers.ts";
import { tagsCell } from "../import/tags-cell.ts";
import type { PersonRecord } from "../table/people.ts";

/** Behind what the owner has lifted. */
export const LIFTED = ", lifted";

/** A column of the export: what it is called, and what a person has in it. The first ones an import takes back. */
const COLUMNS: Record<string, (person: PersonRecord) => string> = {
  email: ({ subscriber }) => subscriber.address,
  first_name: ({ subscriber }) => subscriber.firstName ?? "",
  zone: ({ subscriber }) => subscriber.zone,
  language: ({ subscriber }) => subscriber.language ?? "",
  status: ({ subscriber }) => subscriber.status,
  stopped_by: ({ subscriber: { stoppedBy = "", liftedFrom } }) =>
    liftedFrom ? `${liftedFrom}${LIFTED}` : stoppedBy,
  newsletter: ({ subscriber }) => (subscriber.newsletter ? "yes" : "no"),
  course: ({ subscriber }) => subscriber.asksFor.course,
  tags: ({ subscriber }) => tagsCell(subscriber.tags ?? []),
  joined: ({ subscriber }) => iso(subscriber.createdAt),
  confirmed: ({ subscriber }) =>
    formatMoment(subscriber.consents.find(({ event }) => event === "confirmed")?.at),
  came_from: ({ subscriber }) => originInWords(findArrival(subscriber)),
  courses: ({ enrolments }) => enrolments.map(({ course, status }) => `${course}=${status}`).join(" "),
  lessons: ({ enrolments }) => String(enrolments.reduce((sum, { done }) => sum + done.length, 0)),
  mails: ({ ledger }) => String(ledger.length),
  replies: ({ reflections }) => String(reflections.filter(inJournal).length),
  id: ({ subscriber }) => subscriber.id,
};

const formatMoment = (at: number | undefined): string => (at === undefined ? "" : iso(at));

/** The questions that the courses ask have a column each. */
export const headings = (questions: readonly Question[]): string[] => [
  ...Object.keys(COLUMNS),
  ...questions.map(({ slug }) => `${ANSWER_COLUMN}${slug}`),
];

/** A person as one row of the CSV export. */
export const toCells = (person: PersonRecord, questions: readonly Question[]): string[] => [
  ...Object.values(COLUMNS).map((cell) => cell(person)),
  ...questions.map(({ slug }) => findAnswers(latestFirst(person), slug)[0] ?? ""),
];

/** An import gives one course to each: the one that was asked for last. */
const latestFirst = ({ subscriber: { asksFor }, enrolments }: PersonRecord) =>
  enrolments.toSorted(
    (one, other) => Number(other.course === asksFor.course) - Number(one.course === asksFor.course),
  );

/** A person as one line of the JSON export: everything that is kept. */
export const toLine = (person: PersonRecord): string => `${JSON.stringify(person)}\n`;
