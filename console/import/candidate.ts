import { inEnglish } from "../../authoring/in-english.ts";
import { readAnswer } from "../../functions/domain/course/answers.ts";
import type { Answers, Question } from "../../functions/domain/course/questions.ts";
import { canonicalZone } from "../../functions/domain/course/zones.ts";
import { readAddress, readFirstName } from "../../functions/domain/people/address.ts";
import type { StopReason } from "../../functions/domain/people/subscriber.ts";
import { readTags } from "../../functions/domain/people/tags.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { PlainKey } from "../../functions/domain/words/words.ts";
import { ANSWER_COLUMN } from "../answers.ts";
import { readCell } from "../cells.ts";
import { LIFTED } from "../export/person.ts";
import type { Columns } from "./columns.ts";
import { type DateOrder, readDate } from "./dates.ts";
import type { CsvRow } from "./read-csv.ts";
import { fold, withoutUnseen } from "./split-words.ts";
import { type Barred, findBar, findNestedBar, isNo, isYes } from "./standing.ts";
import { readState } from "./states.ts";
import { readTagsCell } from "./tags-cell.ts";
import type { ImportField } from "./tools.ts";

/** Why a row adds no person. */
export const REASONS = {
  malformed: "malformed",
  doubled: "doubled in the file",
  known: "known already",
  suppressed: "suppressed here",
  gone: "left, bounced or complained there",
  unconfirmed: "never confirmed there",
  nothing: "agreed to nothing of this",
  ours: "an address of this course itself",
} as const;
export type Reason = keyof typeof REASONS;

export interface Reject {
  line: number;
  /** The address as the file has it. */
  given: string;
  reason: Reason;
  says: string;
  /** The canonical address of who has left: no other row brings them back. */
  gone?: string;
}

/** What a row says about a person, read and found good. */
export interface Candidate {
  line: number;
  given: string;
  address: string;
  canonical: string;
  firstName?: string;
  /** As given; undefined where it is no zone that this runtime knows. */
  zone?: string;
  /** As given: which of them the stage's courses speak is not looked at. */
  language?: string;
  tags: string[];
  joinedAt?: Instant;
  /** Undefined where no column tells it. */
  newsletter?: boolean;
  course?: string;
  stoppedBy?: StopReason;
  /** To the questions of the import's course. */
  answers?: Answers;
}

const STOPS: readonly StopReason[] = ["reader", "never", "bounce", "complaint", "owner"];

/** Reads a row. A zone that is not known is no reason to refuse a person; anything else that is wrong is. */
export function readRow(row: CsvRow, columns: Columns, now: Instant): Candidate | Reject {
  const cell = (field: ImportField): string => {
    const cells = columns.places.get(field)?.map((place) => readCell(row.cells[place] ?? "").trim()) ?? [];
    return cells.find((text) => text !== "") ?? "";
  };
  const given = cell("email");
  const reject = (reason: Reason, says: string): Reject => ({ line: row.line, given, reason, says });
  const address = readAddress(given);
  if (row.cells.length !== columns.count) {
    const broken = reject(
      "malformed",
      `it has ${row.cells.length} cells, and the heading has ${columns.count}`,
    );
    // Which cell is which cannot be told; that one of them says "unsubscribed" can.
    const isGone = "canonical" in address && row.cells.some((text) => readState(text.trim()) === "gone");
    return isGone ? { ...broken, gone: address.canonical } : broken;
  }
  if ("problem" in address) return reject("malformed", inEnglish(address.problem));
  const stoppedBy = columns.form === "Coursepost" ? readStop(cell("status"), cell("stopped-by")) : undefined;
  const barred = columns.nobody ?? findBarred(row, columns, cell("status"));
  // Before anything else that may be wrong: a row that says that somebody left says it of their other rows, too.
  if (barred && !stoppedBy)
    return {
      ...reject(barred.reason, barred.says),
      ...(barred.reason === "gone" && { gone: address.canonical }),
    };
  const name = readFirstName(cell("first-name"));
  if ("problem" in name) return reject("malformed", inEnglish(name.problem));
  const joinedAt = readJoined(cell("joined"), columns.dateOrder);
  if (typeof joinedAt === "object")
    return reject("malformed", `its date "${cell("joined")}" is ${joinedAt.problem}`);
  if ((joinedAt ?? 0) > now) return reject("malformed", `its date "${cell("joined")}" is in the future`);
  const newsletter = readYes(columns.places.has("newsletter") ? cell("newsletter") : undefined);
  if (newsletter === "unreadable")
    return reject("malformed", `its newsletter "${cell("newsletter")}" is neither yes nor no`);
  const zone = canonicalZone(cell("zone"));
  const answers = readAnswerCells(row, columns);
  if (typeof answers === "string") return reject("malformed", answers);
  return {
    line: row.line,
    given,
    address: address.entered,
    canonical: address.canonical,
    ...(name.firstName !== undefined && { firstName: name.firstName }),
    ...(zone !== undefined && { zone }),
    ...(cell("language") !== "" && { language: cell("language") }),
    tags: readTags(readTagsCell(cell("tags"))),
    ...(joinedAt !== undefined && { joinedAt }),
    ...(newsletter !== undefined && { newsletter }),
    ...(cell("course") !== "" && { course: cell("course") }),
    ...(stoppedBy && { stoppedBy }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
}

/** An option by its name or by its words. An empty cell is no answer, needed or not; what is none is said in words. */
function readAnswerCells(row: CsvRow, { answers }: Columns): Answers | string {
  const read: Record<string, string> = {};
  for (const { question, place } of answers) {
    const typed = readCell(row.cells[place] ?? "").trim();
    if (typed === "") continue;
    const found = readAnswer(question, findOption(question, typed) ?? typed);
    if ("problem" in found)
      return `its ${ANSWER_COLUMN}${question.slug} "${typed}": ${whyNot(question, found.problem)}`;
    if (found.answer !== undefined) read[question.slug] = found.answer;
  }
  return read;
}

const whyNot = ({ options }: Question, problem: PlainKey): string =>
  options ? `it is one of ${options.map(({ slug }) => slug).join(", ")}` : inEnglish(problem);

const findOption = ({ options = [] }: Question, typed: string): string | undefined =>
  options.find(({ label, labels = {} }) =>
    [label, ...Object.values(labels)].some((one) => fold(one) === fold(typed)),
  )?.slug;

/** Who was stopped and then freed by the owner comes back as who left does. */
function readStop(status: string, text: string): StopReason | undefined {
  if (status !== "stopped") return undefined;
  return text.endsWith(LIFTED) ? "reader" : (STOPS.find((reason) => reason === text) ?? "owner");
}

/** The first thing that any of its cells says against a person. */
function findBarred(
  row: CsvRow,
  { form, headings, standings, inactive, isExport }: Columns,
  status: string,
): Barred | undefined {
  const meaning = { inactive, isExport };
  if (form === "Coursepost") return findBar({ kind: "status", heading: "status", place: 0 }, status, meaning);
  for (const column of standings) {
    const bar = findBar(column, withoutUnseen(readCell(row.cells[column.place] ?? "")).trim(), meaning);
    if (bar) return bar;
  }
  for (const [place, cell] of row.cells.entries()) {
    const bar = findNestedBar(readCell(cell), headings[place] ?? "");
    if (bar) return bar;
  }
  return undefined;
}

function readYes(text: string | undefined): boolean | undefined | "unreadable" {
  if (text === undefined) return undefined;
  const state = readState(text);
  if (isYes(text) || state === "in") return true;
  return isNo(text) || state ? false : "unreadable";
}

const readJoined = (text: string, order: DateOrder): Instant | undefined | { problem: string } =>
  text === "" ? undefined : readDate(text, order);
