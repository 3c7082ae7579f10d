import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import { CLOSING } from "../../functions/mail/inbound/own-words/closings.ts";
import type { Reply } from "../../functions/mail/inbound/own-words/sent-mail.ts";
import { ownWords } from "../../functions/mail/inbound/own-words.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/replies");
const read = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const LONGEST = 20_000;
const LONGEST_HTML = 200_000;

/** The mail that the collections reply to. */
export const SENT: Reply["sent"] = {
  addresses: ["@in.course.example", "@mail.course.example"],
  name: "Managing Up, Leading Down",
  subject: "Never ask without an example",
  text: read("sent.txt"),
};
export const NOTHING_KNOWN: Reply["sent"] = { ...SENT, text: "" };

/** The parser was mended by all three; the third was counted before it was read (tests/fixtures/replies/README.md). */
type Collection = "first" | "working half" | "held-back half";

export interface Sample {
  name: string;
  reply: Reply;
  /** What its reader wrote. */
  own: string;
}

/** By the name alone, so that nobody chooses. */
const isHeldBack = (name: string): boolean =>
  Number.parseInt(createHash("sha1").update(name).digest("hex").slice(0, 1), 16) >= 8;

export function samples(collection: Collection, sent: Reply["sent"] = SENT): Sample[] {
  const folder = collection === "first" ? "" : "blind/";
  const names = readdirSync(join(FOLDER, folder)).filter((file) => file.includes(".reply."));
  return names
    .map((file) => ({ file, name: file.split(".", 1).join("") }))
    .filter(({ name }) => collection === "first" || isHeldBack(name) === (collection === "held-back half"))
    .map(({ file, name }) => ({
      name,
      own: read(`${folder}${name}.own.txt`).trimEnd(),
      reply: { ...readBody(`${folder}${file}`), sent, ...(collection === "first" ? {} : WRITER) },
    }));
}

/** As the From of the second collection's mails names them. */
const WRITER = { writer: "Dana Reader" };

const readBody = (file: string): Pick<Reply, "text" | "html"> =>
  file.endsWith(".html") ? { text: undefined, html: read(file) } : { text: read(file), html: undefined };

/** What a collection of whole mails says of each. */
export interface MailCase {
  file: string;
  own: string;
  /** `reflection`, `question`, `rating`, `command` or `machine`. */
  kind: string;
}

export const STRANGERS_MAILS = join(FOLDER, "stranger");
export const STRANGERS_SENT: Reply["sent"] = {
  addresses: ["@in.course.example"],
  name: "Dana Reyes, Managing Up",
  subject: "Lesson 3: Say it before they ask",
  text: read("stranger/sent.txt"),
};

export const strangersCases = (): MailCase[] => JSON.parse(read("stranger/cases.json")) as MailCase[];

/** The people's mails of another hand's collection. */
export async function secondStrangersSamples(isKnown: boolean): Promise<Sample[]> {
  const cases = JSON.parse(read("second-stranger/cases.json")) as MailCase[];
  const text = isKnown ? read("second-stranger/sent.txt") : "";
  const people = cases.filter(({ kind }) => kind !== "machine");
  return Promise.all(
    people.map(({ file, own }) => mailSample(`second-stranger/${file}`, own, { ...STRANGERS_SENT, text })),
  );
}

/** The people's mails of the collection that a stranger to the rules wrote. */
export async function strangersSamples(sent: Reply["sent"] = STRANGERS_SENT): Promise<Sample[]> {
  const people = strangersCases().filter(({ kind }) => kind !== "machine");
  return Promise.all(people.map(({ file, own }) => mailSample(`stranger/${file}`, own, sent)));
}

/** The mails that were read wrongly once. */
export async function onceMisreadSamples(): Promise<Sample[]> {
  const sentMail = await parseInbound(readFileSync(join(FOLDER, "mails/sent.eml")));
  const sent = { ...SENT, subject: sentMail.subject, text: sentMail.text ?? "" };
  const cases = JSON.parse(read("mails/cases.json")) as { file: string; expected: { own?: string } }[];
  const told = cases.flatMap(({ file, expected: { own } }) => (own === undefined ? [] : [{ file, own }]));
  return Promise.all(told.map(({ file, own }) => mailSample(`mails/${file}`, own, sent)));
}

async function mailSample(path: string, own: string, sent: Reply["sent"]): Promise<Sample> {
  const { text, html, fromName } = await parseInbound(readFileSync(join(FOLDER, path)));
  return { name: path, own, reply: { text, html, writer: fromName, sent } };
}

export interface Accuracy {
  replies: number;
  /** Replies of which exactly the reader's own words are kept, blank lines aside. */
  exact: number;
  /** Names of replies of which a line of the reader's own is missing, and of those of which another line is kept. */
  lost: string[];
  leaked: string[];
}

/** How well the reader's own words are told apart in a collection of replies. */
export function accuracyOfOwnWords(
  sent: Reply["sent"] = SENT,
  collection: Collection = "first",
  parse: (reply: Reply) => string = (reply) => ownWords(reply).text,
): Accuracy {
  return accuracy(samples(collection, sent), parse);
}

interface Difference {
  isExact: boolean;
  isLost: boolean;
  isLeaked: boolean;
}

/** The same of any samples. */
export function accuracy(
  all: readonly Sample[],
  parse: (reply: Reply) => string = (reply) => ownWords(reply).text,
  compare: (own: string, got: string) => Difference = compareLines,
): Accuracy {
  const found: Accuracy = { replies: 0, exact: 0, lost: [], leaked: [] };
  for (const { name, reply, own } of all) {
    const { isExact, isLost, isLeaked } = compare(own, parse(reply));
    found.replies++;
    if (isExact) found.exact++;
    if (isLost) found.lost.push(name);
    if (isLeaked) found.leaked.push(name);
  }
  return found;
}

function compareLines(own: string, parsed: string): Difference {
  const [wanted, got] = [spoken(own), spoken(parsed)];
  return {
    isExact: got.join("\n") === wanted.join("\n"),
    isLost: wanted.some((line) => !got.includes(line)),
    isLeaked: got.some((line) => !wanted.includes(line)),
  };
}

const spoken = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/**
 * Line breaks and spaces aside: mail programs break lines, and undo breaks. A closing with a name is compared by
 * nobody: some keep it and some do not, and both have reasons.
 */
export function compareWords(own: string, parsed: string): Difference {
  const [wanted, got] = [withoutClosing(spoken(own)), withoutClosing(spoken(parsed))];
  const [allWanted, allGot] = [flat(wanted), flat(got)];
  return {
    isExact: allWanted === allGot,
    isLost: wanted.some((line) => !allGot.includes(flat([line]))),
    isLeaked: got.some((line) => !allWanted.includes(flat([line]))),
  };
}

const flat = (lines: readonly string[]): string => lines.join("").replace(/\s/g, "");

function withoutClosing(lines: string[]): string[] {
  const from = Math.max(1, lines.length - MOST_CLOSING_LINES);
  const closing = lines.findIndex((line, at) => at >= from && (CLOSING.test(line) || isName(lines, at)));
  return closing < 0 || !lines.slice(closing + 1).every(isShortLine) ? lines : lines.slice(0, closing);
}
const MOST_CLOSING_LINES = 3;
const isShortLine = (line: string): boolean => line.length < 40 && !/[.?!]$/.test(line);
/** The last line is one or two words that begin with a capital. */
const isName = (lines: string[], at: number): boolean =>
  at === lines.length - 1 && /^\/?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,2}$/u.test(lines[at] as string);

/** What has made other parsers of replies hang, and what could make this one slow. */
const HOSTILE: Record<string, string> = {
  "one letter": "a",
  spaces: " ",
  "spaces and line ends": " \n",
  "line ends": "\n",
  "On a b": "On a b ",
  "On a b, lines": "On a b \n",
  dashes: "-",
  "rules that do not end": `${"-- a ".repeat(20)}\n`,
  colons: ":",
  "quotation marks": "> ",
  "quoted lines": "> a\n",
  "field names": "From: Sent: To: \n",
  "fields of our mail": "From: Managing Up, Leading Down\n",
  "angle brackets": "Sent from my <",
  "lines of angle brackets": "Sent from my <<<<<<<<<<\n",
  "times of day": "7:30 ",
  "attributions that do not end": "On 24/11/2026 7:30 Managing Up, Leading Down\n",
  attributions: "On 24/11/2026 7:30 Managing Up, Leading Down <a@in.course.example> wrote:\n",
  addresses: "a@in.course.example",
  signatures: "-- \na\n",
  "invisible characters": "\u200b",
  "a word and invisible characters": "a\u200b\u00ad",
  "words of the mail that was sent": "Picture a regional manager at a label printer. ",
  "quotations in quotations": "<blockquote>a",
  "elements in an attribution": "<div class=gmail_attr>",
  "elements inside a quotation": "<blockquote><blockquote><div>a",
  tables: "<table><tr><td>a",
  "closing tags": "</div>a",
  "preformatted text": "<pre>a\n",
  "hidden elements": "<style>a</style>",
  "comments that do not end": "<!-- ",
  "tags that do not end": "<a ",
  "character references": "&#x3c;",
};

interface Hostile {
  inputs: number;
  worstMs: number;
  /** The input of the worst time. */
  worst: string;
  medianMs: number;
}

/**
 * Milliseconds of processor that the own words of hostile replies take: each pattern as 20 KB of text, alone and with an ordinary
 * line before and behind, and as 200 KB of HTML, which is the most that is read of it. The worst is the slowest of
 * all runs, after one that is not counted.
 */
export function timeOfHostileReplies(runs: number): Hostile {
  const inputs = Object.entries(HOSTILE).flatMap(([name, pattern]) => variants(name, pattern));
  for (const { reply } of inputs) ownWords(reply);
  const times = inputs
    .flatMap(({ name, reply }) => Array.from({ length: runs }, () => ({ name, ms: timed(reply) })))
    .sort((one, other) => one.ms - other.ms);
  const [worst, middle] = [times.at(-1), times[Math.floor(times.length / 2)]];
  return {
    inputs: inputs.length,
    worstMs: worst?.ms ?? Number.NaN,
    worst: worst?.name ?? "",
    medianMs: middle?.ms ?? Number.NaN,
  };
}

function variants(name: string, pattern: string): { name: string; reply: Reply }[] {
  const alone = filled(pattern, LONGEST);
  const between = `A line.\n${filled(pattern, LONGEST - 100)}\nAnother line.`;
  return [
    { name, reply: { text: alone, html: undefined, sent: SENT } },
    { name: `${name}, between lines`, reply: { text: between, html: undefined, sent: SENT } },
    { name: `${name}, as HTML`, reply: { text: undefined, html: filled(pattern, LONGEST_HTML), sent: SENT } },
  ];
}

const filled = (pattern: string, length: number): string =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

/** Of processor, in ms: on a shared machine the clock on the wall also counts the others. */
function timed(reply: Reply): number {
  const begun = process.cpuUsage();
  ownWords(reply);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}
