import { createHash } from "node:crypto";
import { ArgumentError, type Given, readMoment } from "../../cli/arguments.ts";
import { type Content, findCourse, firstCourse } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { listLanguages } from "../../functions/domain/course/translations.ts";
import { iso } from "../../functions/domain/time.ts";
import type { Watching } from "../command.ts";
import { type Deployment, REACH_FLAGS } from "../connect.ts";
import { type Columns, readColumns } from "./columns.ts";
import { type DayOrder, readDateFormat } from "./dates.ts";
import { decodeFile, ENCODINGS, type Encoding, readEncoding } from "./decode.ts";
import type { Evidence, ImportAim } from "./imported.ts";
import { readCsv } from "./read-csv.ts";
import { openRejects, type Rejects } from "./rejects.ts";
import { type ImportOrder, runOrder } from "./run.ts";
import { surveyColumns } from "./survey.ts";
import { fileOnDisk, type TextFile } from "./text-file.ts";

export const FLAGS = {
  ...REACH_FLAGS,
  source: { value: "WHERE", says: "where these people agreed, for example “the form on example.com”" },
  date: {
    value: "DAY",
    says: "when they agreed, where a row does not say: 2024-05-01, on the clock where the stage is",
  },
  words: { value: "WORDS", says: "what they agreed to, word for word" },
  map: { value: "FIELD=COLUMN,…", says: "which column is which, for a file of another tool's form" },
  "date-format": {
    value: "DMY|MDY|YMD",
    says: "what comes first in dates like 03/04/2024, where the column does not tell",
  },
  newsletter: { says: "the words cover the newsletter: they get its issues" },
  confirm: { says: "ask each by mail whether they want the course: they are in the list once they say yes" },
  "per-hour": { value: "N", says: "with --confirm: so many mails an hour, 250 otherwise" },
  "start-course": { says: "the words cover the course: it begins at once" },
  course: { value: "SLUG", says: "with --confirm or --start-course: another than the stage's first" },
  rejects: { value: "FILE", says: "where to list who is not added; beside the file otherwise" },
  encoding: { value: ENCODINGS.join("|"), says: "of the file, where it cannot be told" },
  "dry-run": { says: "say what would be done, and end there" },
} as const;
export type ImportFlags = Given<typeof FLAGS>;

/** What the import did, or would do. Everything that can be wrong with the command is found before anything is read. */
export const runImport = (
  path: string,
  deployment: Deployment,
  flags: ImportFlags,
  watching: Watching,
): Promise<string> =>
  importFile(
    { file: () => fileOnDisk(path), rejects: () => openRejects(rejectsPath(path, flags)) },
    deployment,
    flags,
    watching,
  );

/** A file, and where those are listed who are not added. */
export interface ImportPlace {
  /** Throws an ArgumentError if it is not there. */
  file(): TextFile;
  rejects(): Rejects;
}

export async function importFile(
  place: ImportPlace,
  deployment: Deployment,
  flags: ImportFlags,
  watching: Watching,
): Promise<string> {
  return runOrder(await readOrder(place, deployment, flags), deployment, watching);
}

const rejectsPath = (file: string, { rejects }: ImportFlags): string =>
  rejects ?? `${file.replace(/\.[^./\\]*$/, "")}.rejects.csv`;

const LONGEST_SOURCE = 200;
const LONGEST_WORDS = 500;
const DEFAULT_PER_HOUR = 250;
const MOST_PER_HOUR = 20_000;

async function readOrder(
  place: ImportPlace,
  { services }: Deployment,
  flags: ImportFlags,
): Promise<ImportOrder> {
  const aim = readAim(flags);
  const course = courseAsked(services.content, services, flags);
  const perHour = readPerHour(flags);
  const encoding = readEncoding(flags.encoding);
  const { defaultZone } = services.settings;
  const said = evidenceWords(flags, services.clock.now(), defaultZone);
  const file = place.file();
  const columns = await readMapping(file, encoding, {
    ...{ map: flags.map, dateFormat: readOrderOfDays(flags), questions: course.questions },
  });
  const newsletter = flags.newsletter === true;
  if (aim === "list" && !newsletter && !columns.places.has("newsletter"))
    throw new ArgumentError(
      "What did they agree to? Add --newsletter, --start-course, or --confirm to ask them by mail.",
    );
  const evidence: Evidence = {
    import: await importName(file, [aim, newsletter, course.slug, said.source, said.words, iso(said.date)]),
    source: said.source,
    words: said.words,
  };
  return {
    file,
    encoding,
    terms: {
      columns,
      evidence,
      aim,
      date: said.date,
      newsletter,
      course: course.slug,
      courses: services.settings.courses,
      defaultZone: services.settings.defaultZone,
      languages: spokenLanguages(services),
      mailDomain: services.settings.mailDomain,
    },
    import: { evidence, aim, course },
    rejects: place.rejects,
    perHour,
    dryRun: flags["dry-run"] === true,
    yes: flags.yes,
  };
}

function readAim(flags: ImportFlags): ImportAim {
  if (flags.confirm && flags["start-course"])
    throw new ArgumentError("--confirm asks first, --start-course does not: give one of them.");
  if (flags["per-hour"] && !flags.confirm)
    throw new ArgumentError("--per-hour is how fast confirmations leave: it needs --confirm.");
  if (flags.confirm) return "confirm";
  return flags["start-course"] ? "course" : "list";
}

function courseAsked(content: Content, site: Deployment["services"], flags: ImportFlags): Course {
  if (flags.course === undefined) return firstCourse(site);
  if (!flags.confirm && !flags["start-course"])
    throw new ArgumentError("--course names what begins: it needs --confirm or --start-course.");
  const course = findCourse({ content }, flags.course);
  if (!course || !site.settings.courses.includes(flags.course))
    throw new ArgumentError(
      `There is no course "${flags.course}" on this stage; it has ${site.settings.courses.join(", ")}.`,
    );
  return course;
}

/** By any course of the stage: whoever chose one keeps it through all of them. */
const spokenLanguages = ({ content, settings }: Deployment["services"]): string[] => [
  ...new Set(
    settings.courses.flatMap((slug) => {
      const course = findCourse({ content }, slug);
      return course ? listLanguages(course) : [];
    }),
  ),
];

function readPerHour({ "per-hour": typed }: ImportFlags): number {
  if (typed === undefined) return DEFAULT_PER_HOUR;
  const perHour = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  if (perHour < 1 || perHour > MOST_PER_HOUR)
    throw new ArgumentError(`--per-hour ${typed}? It is a number from 1 to ${MOST_PER_HOUR}.`);
  return perHour;
}

function readOrderOfDays({ "date-format": typed }: ImportFlags): DayOrder | undefined {
  const order = typed === undefined ? undefined : readDateFormat(typed);
  if (typed !== undefined && !order)
    throw new ArgumentError(
      `--date-format ${typed}? It is the order of day, month and year: DMY, MDY or YMD, or like DD.MM.YYYY.`,
    );
  return order;
}

interface SaidEvidence {
  source: string;
  words: string;
  date: number;
}

/**
 * The evidence, as the owner gives it. Without it there is no proof that these people agreed.
 * @param zone of the stage: a day is meant by its clock
 */
function evidenceWords({ source, date, words }: ImportFlags, now: number, zone: string): SaidEvidence {
  const missing = Object.entries({ source, date, words }).filter(([, value]) => !value?.trim());
  if (missing.length > 0)
    throw new ArgumentError(
      `Consent is to be proven: ${missing.map(([name]) => `--${name}`).join(", ")} ${missing.length > 1 ? "are" : "is"} missing. Say where they agreed (--source), when (--date) and to which words (--words).`,
    );
  const moment = readMoment("date", date as string, zone);
  if (moment > now)
    throw new ArgumentError(`--date ${date} is in the future. It is the day on which they agreed.`);
  return {
    source: oneLine("source", source as string, LONGEST_SOURCE),
    words: oneLine("words", words as string, LONGEST_WORDS),
    date: moment,
  };
}

function oneLine(name: string, text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length > most)
    throw new ArgumentError(
      `--${name} has ${line.length} characters; the record of each reader takes ${most}. Shorten it, or name the document that has it in full.`,
    );
  return line;
}

async function readMapping(
  file: TextFile,
  encoding: Encoding | undefined,
  {
    map,
    dateFormat,
    questions,
  }: {
    map: string | undefined;
    dateFormat: DayOrder | undefined;
    questions: readonly Question[];
  },
): Promise<Columns> {
  const rows = readCsv(file.name, decodeFile(file, encoding));
  const heading = await rows.next();
  if (!heading.done) {
    const { cells } = heading.value;
    // What is wrong with the headings is said before the whole file is read.
    readColumns(file.name, cells, map, undefined, dateFormat, questions);
    const surveys = await surveyColumns(rows, cells.length);
    return readColumns(file.name, cells, map, surveys, dateFormat, questions);
  }
  throw new ArgumentError(`${file.name} is empty. Its first line is to be the heading of the columns.`);
}

/** The same file with the same evidence has the same name: what a first run added, a second one knows. */
async function importName(file: TextFile, terms: readonly unknown[]): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(terms));
  for await (const bytes of file.bytes()) hash.update(bytes);
  return hash.digest("hex").slice(0, 12);
}
