import { basename } from "node:path";
import { ArgumentError } from "../../cli/arguments.ts";
import { type DateOrder, type DayOrder, orderTold } from "./dates.ts";
import {
  type Barred,
  fold,
  mayHoldStates,
  type StandingColumn,
  type StandingKind,
  standingKind,
} from "./standing.ts";
import { type ColumnSurvey, emptySurvey } from "./survey.ts";
import { ANY_TOOL, type ImportField, TOOLS, type Tool } from "./tools.ts";

/** Fields that `--map` gives a column. The others are known by the headings of a tool. */
const MAPPABLE = [
  "email",
  "first-name",
  "zone",
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
  places: ReadonlyMap<ImportField, readonly number[]>;
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

const EXAMPLE = "--map email=E-mail,first-name=Vorname";

/**
 * Tells by its headings whose export a file is, or takes the owner's word for it. Throws an ArgumentError.
 * @param surveys what the columns hold, where it was looked at
 * @param dateFormat the order of days and months, where the owner said it
 */
export function readColumns(
  file: string,
  headings: readonly string[],
  map: string | undefined,
  surveys: readonly ColumnSurvey[] = headings.map(emptySurvey),
  dateFormat?: DayOrder,
): Columns {
  const names = headings.map((heading) => heading.trim());
  const tool = findTool(names);
  const places = map === undefined ? toolPlaces(file, names, tool) : mappedPlaces(file, names, map);
  const form = map === undefined ? (tool?.name as string) : "mapped";
  const standings =
    form === "Coursepost" ? [] : findStandings(names, { surveys, places, ofTool: tool?.status ?? [] });
  const read = new Set([...places.values(), standings.map(({ place }) => place)].flat());
  const nobody = tool?.name === "Mailchimp" ? findBarred(file) : undefined;
  return {
    form,
    count: headings.length,
    places,
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
  const isOf = ({ all = [], some, fields }: Tool) =>
    all.every((name) => folded.has(name)) &&
    (!some || some.of.filter((name) => folded.has(name)).length >= some.least) &&
    (fields.email?.some((name) => folded.has(name)) || folded.has("leid") || folded.has("euid"));
  const known = TOOLS.find(isOf);
  if (known) return known;
  const hasStanding = names.some((name) => standingKind(name) !== undefined);
  return hasStanding && isOf(ANY_TOOL) ? ANY_TOOL : undefined;
}

function toolPlaces(
  file: string,
  names: readonly string[],
  tool: Tool | undefined,
): Map<ImportField, number[]> {
  if (!tool)
    throw new ArgumentError(
      `${file} is not as ${TOOLS.map(({ name }) => name).join(", ")} export it: its headings are ${quoted(names)}. Say which is which, for example: ${EXAMPLE}.`,
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

function mappedPlaces(file: string, names: readonly string[], map: string): Map<ImportField, number[]> {
  const places = new Map<ImportField, number[]>();
  // A comma belongs to a column's name unless another field follows it.
  for (const part of map.split(/,(?=[a-z-]+=)/)) {
    const [, name = "", column = ""] = /^([^=]*)=(.+)$/.exec(part) ?? [];
    const field = MAPPABLE.find((known) => known === name);
    if (!field)
      throw new ArgumentError(
        `--map does not know "${part}". It takes ${MAPPABLE.map((known) => `${known}=COLUMN`).join(",")}.`,
      );
    if (places.has(field)) throw new ArgumentError(`--map names ${field} twice. One column tells it.`);
    const place = columnIndex(file, names, column.trim());
    if (place === undefined)
      throw new ArgumentError(`--map ${part}: ${file} has no column "${column}". It has ${quoted(names)}.`);
    places.set(field, [place]);
  }
  if (!places.has("email"))
    throw new ArgumentError(`--map does not say which column is the address: add email=COLUMN.`);
  return places;
}

/** Every column that says who has left: as it was mapped, by its heading, or by what stands in it. */
function findStandings(
  names: readonly string[],
  {
    surveys,
    places,
    ofTool,
  }: {
    surveys: readonly ColumnSurvey[];
    places: ReadonlyMap<ImportField, readonly number[]>;
    ofTool: readonly string[];
  },
): StandingColumn[] {
  const email = places.get("email") ?? [];
  return names.flatMap((heading, place) => {
    if (email.includes(place)) return [];
    const kind =
      mappedKind(places, place) ??
      (ofTool.includes(fold(heading)) ? "status" : ownKind(heading, surveys[place] ?? emptySurvey()));
    // Taken for the newsletter, a column still says who has left; but not that nobody else agreed.
    if (places.get("newsletter")?.includes(place) && kind !== "status" && kind !== "left") return [];
    return kind ? [{ kind, heading, place }] : [];
  });
}

const mappedKind = (
  places: ReadonlyMap<ImportField, readonly number[]>,
  place: number,
): "status" | "left" | undefined =>
  (["status", "left"] as const).find((field) => places.get(field)?.includes(place));

function ownKind(heading: string, { filled, states, barring }: ColumnSurvey): StandingKind | undefined {
  const kind = standingKind(heading);
  if (kind === "perhaps") return states > 0 ? "status" : undefined;
  if (kind) return kind;
  // Nothing but words for who is in and who is out: it is a status, whatever its language.
  return barring > 0 && states === filled && mayHoldStates(heading) ? "status" : undefined;
}

/** Several columns of one file are written by one tool. */
function orderOfColumns(places: readonly number[], surveys: readonly ColumnSurvey[]): DayOrder | undefined {
  const dates = places.flatMap((place) => surveys[place]?.dates ?? []);
  return orderTold({
    dayFirst: dates.reduce((sum, { dayFirst }) => sum + dayFirst, 0),
    monthFirst: dates.reduce((sum, { monthFirst }) => sum + monthFirst, 0),
  });
}

/** Mailchimp exports a file for each kind of contact, and nothing in that of the non-subscribed tells them apart. */
function findBarred(file: string): Barred | undefined {
  const [, kind] = /^(unsubscribed|cleaned|nonsubscribed)_/i.exec(basename(file)) ?? [];
  if (kind === undefined) return undefined;
  const isNever = kind.toLowerCase() === "nonsubscribed";
  return {
    reason: isNever ? "unconfirmed" : "gone",
    says: `the file holds the ${kind.toLowerCase()} of Mailchimp, by its name`,
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
export const quoted = (names: readonly string[]): string =>
  names
    .slice(0, MOST_NAMED)
    .map((name) => `"${name.slice(0, 40)}"`)
    .join(", ") + (names.length > MOST_NAMED ? ", …" : "");
