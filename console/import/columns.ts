import { basename } from "node:path";
import { ArgumentError } from "../../cli/arguments.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { ANSWER_COLUMN } from "../answers.ts";
import { type DateOrder, type DayOrder, orderTold } from "./dates.ts";
import { fold, splitWords } from "./split-words.ts";
import {
  type Barred,
  type HeadingKind,
  readHeading,
  type StandingColumn,
  type StandingKind,
} from "./standing.ts";
import { type ColumnSurvey, emptySurvey, MOST_VALUES } from "./survey.ts";
import { ANY_TOOL, type ImportField, TOOLS, type Tool } from "./tools.ts";

/** Fields that `--map` gives a column. The others are known by the headings of a tool. */
export const MAPPABLE = [
  "email",
  "first-name",
  "zone",
  "language",
  "tags",
  "joined",
  "newsletter",
  "course",
  "status",
  "left",
] as const;

/** A file whose form is known: which cells tell what. The first of several that is not empty counts. */
export interface Columns {
  /** Whose export it is, for people; `mapped` where the owner said which column is which. */
  form: string;
  count: number;
  headings: readonly string[];
  places: ReadonlyMap<ImportField, readonly number[]>;
  /** Columns that answer a question of the import's course. */
  answers: readonly AnswerColumn[];
  /** Columns that say who may not be written to: read whatever else is asked for. */
  standings: readonly StandingColumn[];
  /** It is as a tool exports it: a state that is empty is none. */
  isExport: boolean;
  dateOrder: DateOrder;
  /** What `inactive` says of somebody. */
  inactive: Barred["reason"];
  /** The file's own name says that nobody in it is subscribed. */
  nobody?: Barred;
  /** Headings of which nothing is taken. */
  unread: readonly string[];
}

interface AnswerColumn {
  question: Question;
  place: number;
}

const EXAMPLE = "--map email=E-mail,first-name=Vorname";

/**
 * Tells by its headings whose export a file is, or takes the owner's word for it. Throws an ArgumentError.
 * @param surveys what the columns hold, where it was looked at
 * @param dateFormat the order of days and months, where the owner said it
 * @param questions of the course that the import is for
 */
export function readColumns(
  file: string,
  headings: readonly string[],
  map: string | undefined,
  surveys: readonly ColumnSurvey[] = headings.map(emptySurvey),
  dateFormat?: DayOrder,
  questions: readonly Question[] = [],
): Columns {
  const names = headings.map((heading) => heading.trim());
  const tool = findTool(names);
  const mapped = map === undefined ? [] : splitMap(map);
  const isAnswer = ([name]: MapPart) => name.startsWith(ANSWER_COLUMN);
  const places =
    map === undefined
      ? toolPlaces(file, names, tool)
      : mappedPlaces(
          file,
          names,
          mapped.filter((part) => !isAnswer(part)),
        );
  const answers =
    map === undefined
      ? answersByHeading(file, names, questions)
      : mapped.filter(isAnswer).map((part) => mappedAnswer(file, names, part, questions));
  const form = map === undefined ? (tool?.name as string) : "mapped";
  const standings =
    form === "Coursepost" ? [] : findStandings(file, names, { surveys, places, answers, tool });
  const others = [...standings, ...answers].map(({ place }) => place);
  const read = new Set([...places.values(), others].flat());
  const nobody = standings.some((column) => isByRow(column, surveys))
    ? undefined
    : findBarredByName(file, tool);
  return {
    form,
    count: headings.length,
    headings: names,
    places,
    answers,
    standings,
    isExport: tool !== undefined && tool !== ANY_TOOL,
    dateOrder: { said: dateFormat, told: orderOfColumns(places.get("joined") ?? [], surveys) },
    inactive: tool?.inactive ?? "gone",
    ...(nobody && { nobody }),
    unread: names.filter((name, place) => name !== "" && !read.has(place) && surveys[place]?.filled !== 0),
  };
}

function findTool(names: readonly string[]): Tool | undefined {
  const folded = new Set(names.map(fold));
  const matches = ({ all = [], none = [], some, fields }: Tool) =>
    all.every((name) => folded.has(name)) &&
    !none.some((name) => folded.has(name)) &&
    (!some || some.of.filter((name) => folded.has(name)).length >= some.least) &&
    (fields.email?.some((name) => folded.has(name)) || folded.has("leid") || folded.has("euid"));
  const known = TOOLS.find(matches);
  if (known) return known;
  const hasStanding = names.some((name) => !SAYS_NOTHING.includes(readHeading(name)));
  return hasStanding && matches(ANY_TOOL) ? ANY_TOOL : undefined;
}

function toolPlaces(
  file: string,
  names: readonly string[],
  tool: Tool | undefined,
): Map<ImportField, number[]> {
  if (!tool)
    throw new ArgumentError(
      `${file} is not as ${TOOLS.map(({ name }) => name).join(", ")} export it: its headings are ${quoteNames(names)}. Say which is which, for example: ${EXAMPLE}.`,
    );
  const folded = names.map(fold);
  const places = new Map<ImportField, number[]>();
  for (const [field, aliases] of Object.entries(tool.fields)) {
    const found = aliases
      .map((name) => columnIndex(file, folded, name))
      .filter((place) => place !== undefined);
    if (found.length > 0) places.set(field as ImportField, found);
  }
  if (!places.has("email")) places.set("email", [ownNameOfEmail(folded)]);
  return places;
}

/** An owner can call a field as they like: what sounds like a mail, else the first column, where Mailchimp has it. */
const ownNameOfEmail = (folded: readonly string[]): number =>
  Math.max(
    0,
    folded.findIndex((name) => /mail|correo|courriel/.test(name)),
  );

type MapPart = [field: string, column: string, typed: string];

/** A comma belongs to a column's name unless another field follows it. */
const splitMap = (map: string): MapPart[] =>
  map.split(/,(?=[a-z][a-z0-9.-]*=)/).map((typed) => {
    const [, name = "", column = ""] = /^([^=]*)=(.+)$/.exec(typed) ?? [];
    return [name, column.trim(), typed];
  });

/** As our own export heads them. */
const answersByHeading = (
  file: string,
  names: readonly string[],
  questions: readonly Question[],
): AnswerColumn[] =>
  questions.flatMap((question) => {
    const heading = fold(`${ANSWER_COLUMN}${question.slug}`);
    const place = columnIndex(file, names.map(fold), heading);
    return place === undefined ? [] : [{ question, place }];
  });

function mappedAnswer(
  file: string,
  names: readonly string[],
  [name, column, typed]: MapPart,
  questions: readonly Question[],
): AnswerColumn {
  const question = questions.find(({ slug }) => `${ANSWER_COLUMN}${slug}` === name);
  if (!question) {
    const asked = questions.map(({ slug }) => `${ANSWER_COLUMN}${slug}=COLUMN`).join(",");
    throw new ArgumentError(
      `--map ${typed}: the course asks nothing of that name. ${asked ? `It takes ${asked}.` : "It asks nothing at all."}`,
    );
  }
  const place = columnIndex(file, names, column);
  if (place === undefined)
    throw new ArgumentError(
      `--map ${typed}: ${file} has no column "${column}". It has ${quoteNames(names)}.`,
    );
  return { question, place };
}

function mappedPlaces(
  file: string,
  names: readonly string[],
  parts: readonly MapPart[],
): Map<ImportField, number[]> {
  const places = new Map<ImportField, number[]>();
  for (const [name, column, part] of parts) {
    const field = MAPPABLE.find((known) => known === name);
    if (!field)
      throw new ArgumentError(
        `--map does not know "${part}". It takes ${MAPPABLE.map((known) => `${known}=COLUMN`).join(",")}.`,
      );
    if (places.has(field)) throw new ArgumentError(`--map names ${field} twice. One column tells it.`);
    const place = columnIndex(file, names, column);
    if (place === undefined)
      throw new ArgumentError(
        `--map ${part}: ${file} has no column "${column}". It has ${quoteNames(names)}.`,
      );
    places.set(field, [place]);
  }
  if (!places.has("email"))
    throw new ArgumentError(`--map does not say which column is the address: add email=COLUMN.`);
  return places;
}

/** What is read beside who is who: a heading of these says nothing else about its people. */
const READ_OTHERWISE: readonly ImportField[] = ["first-name", "zone", "language", "joined", "course"];

/** Every column that says who has left: as it was mapped, by its heading, or by what stands in it. */
function findStandings(
  file: string,
  names: readonly string[],
  {
    surveys,
    places,
    answers,
    tool,
  }: {
    surveys: readonly ColumnSurvey[];
    places: ReadonlyMap<ImportField, readonly number[]>;
    answers: readonly AnswerColumn[];
    tool: Tool | undefined;
  },
): StandingColumn[] {
  const isOne = (field: ImportField, place: number) => places.get(field)?.includes(place) === true;
  return names.flatMap((heading, place) => {
    const survey = surveys[place] ?? emptySurvey();
    if (isOne("email", place) || tool?.money?.includes(fold(heading))) return [];
    const kind =
      (["status", "left"] as const).find((field) => isOne(field, place)) ??
      (tool?.status?.includes(fold(heading)) ? "status" : undefined);
    if (kind) return [{ kind, heading, place }];
    const read = readHeading(heading);
    if (isOne("tags", place)) return [{ kind: "tags", heading, place }];
    const isRead =
      READ_OTHERWISE.some((field) => isOne(field, place)) || answers.some((one) => one.place === place);
    if (isRead && SAYS_NOTHING.includes(read)) return [];
    // What is below the newsletter's own heading is about the newsletter, and says nothing about the course.
    if (isOne("newsletter", place) && SAYS_NOTHING.includes(read)) return [];
    if (read === "unclear" && survey.filled > 0) throw unclear(file, heading);
    const own = kindByCells(heading, read, survey);
    return own ? [{ kind: own, heading, place }] : [];
  });
}

/** Kinds of headings that alone say nothing about who is in. */
const SAYS_NOTHING: readonly HeadingKind[] = ["topic", "unsaid", "void", "perhaps", "mentions"];

const unclear = (file: string, heading: string): ArgumentError =>
  new ArgumentError(
    `${file}, line 1: the column "${heading}" seems to tell who has left, and not how. Nothing is read before it is clear: with --map, left=${heading} (whoever has more than a no there is not added) or status=${heading} says it, beside email=COLUMN; if it tells nothing of the kind, take it out of the file.`,
  );

/** What a heading leaves open, the cells below it tell. */
function kindByCells(heading: string, read: HeadingKind, survey: ColumnSurvey): StandingKind | undefined {
  const isAnswered = survey.answers > 0 || survey.states > 0 || survey.dates.days > 0;
  switch (read) {
    case "perhaps":
      return survey.states > 0 ? "status" : undefined;
    case "topic":
      return kindByTopic(heading, survey);
    case "may-agree":
      return isAnswered ? "agreed" : undefined;
    case "may-since":
      return isAnswered ? "since" : undefined;
    case "may-confirm":
      return isAnswered ? "confirmed" : undefined;
    case "unsaid":
      return kindByStates(survey);
    case "unclear":
    case "void":
      return undefined;
    default:
      return read;
  }
}

/** Below `Newsletter` an empty cell is no yes; below `Abo`, where words for who is in and out stand, it is nothing. */
function kindByTopic(heading: string, { states, answers, numbers }: ColumnSurvey): StandingKind | undefined {
  const isAnswered = answers > 0 && numbers === 0;
  if (states > 0) return isAnswered || /newsletter/i.test(heading) ? "agreed" : "found";
  return isAnswered ? "agreed" : undefined;
}

/** One cell that says who is out makes a status of a column with few words; in notes it says it of its own row. */
function kindByStates({ filled, states, barring, values }: ColumnSurvey): StandingKind | undefined {
  if (barring === 0) return undefined;
  if (states === filled) return "status";
  return values.size <= MOST_VALUES ? "found" : "mentions";
}

/** Several columns of one file are written by one tool. */
function orderOfColumns(places: readonly number[], surveys: readonly ColumnSurvey[]): DayOrder | undefined {
  const dates = places.flatMap((place) => surveys[place]?.dates ?? []);
  return orderTold({
    dayFirst: dates.reduce((sum, { dayFirst }) => sum + dayFirst, 0),
    monthFirst: dates.reduce((sum, { monthFirst }) => sum + monthFirst, 0),
  });
}

/** Words of a file's name that say who is in it; `cleaned` is Mailchimp's, and elsewhere a list that was tidied up. */
const GONE_BY_NAME =
  /^(unsubscri|optout|\w*bounc|donotmail|inacti[vf]|inaktiv|complain|spam|suppress|blacklist|blocklist|cancel|churn|abgemeld|abmeld|abbestell|gekundigt|gekuendigt|desabon|desinscri|desuscri|bajas?$|descadastr|disiscri|afgemeld|uitgeschreven)/;
const NEVER_BY_NAME = /^(nonsubscri|nonabon|unconfirm|unbest|nonconfirm|onbevestig|pending$)/;
/** `list-without-bounces.csv`, `unsubscribed removed.csv` */
const NOT_BY_NAME =
  /^(not?|non|without|ohne|sans|sin|sem|senza|zonder|minus|excl\w*|except|remov\w*|delet\w*|entfernt|bereinigt|nicht|keine?|and|und|et|y|e)$/;

/** It tells the file's people apart, so the name of the file does not have to. */
function isByRow({ kind, place }: StandingColumn, surveys: readonly ColumnSurvey[]): boolean {
  const { rows, filled, states, barring } = surveys[place] ?? emptySurvey();
  if (kind === "left") return filled > 0 && filled < rows;
  return (kind === "status" || kind === "either") && barring > 0 && barring < states;
}

/** Some tools export a file for each kind of contact, and nothing in it tells them apart. */
function findBarredByName(file: string, tool: Tool | undefined): Barred | undefined {
  const name = basename(file).replace(/\.\w+$/, "");
  const words = splitWords(name.replace(/\bnon[ _-]?(?=subscri|abon|confirm)/gi, "non"));
  const isGone = (word: string) =>
    GONE_BY_NAME.test(word) || (tool?.name === "Mailchimp" && word === "cleaned");
  const telling = words.find((word) => isGone(word) || NEVER_BY_NAME.test(word));
  if (telling === undefined || words.some((word) => NOT_BY_NAME.test(word))) return undefined;
  return {
    reason: isGone(telling) ? "gone" : "unconfirmed",
    says: `by its name the file holds those who are "${telling}" there; rename it if that is not so`,
  };
}

/** Undefined if there is no such heading. One that stands twice could be either. */
function columnIndex(file: string, names: readonly string[], name: string): number | undefined {
  const first = names.indexOf(name);
  const second = names.indexOf(name, first + 1);
  if (first >= 0 && second >= 0)
    throw new ArgumentError(
      `${file}, line 1: the heading "${name}" stands twice, in columns ${first + 1} and ${second + 1}. Rename one of them.`,
    );
  return first < 0 ? undefined : first;
}

const MOST_NAMED = 12;
export const quoteNames = (names: readonly string[]): string =>
  names
    .slice(0, MOST_NAMED)
    .map((name) => `"${name.slice(0, 40)}"`)
    .join(", ") + (names.length > MOST_NAMED ? ", …" : "");
