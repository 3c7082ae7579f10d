import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "../../functions/mail/inbound/own-words/sent-mail.ts";
import { ownWords } from "../../functions/mail/inbound/own-words.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/replies");
const read = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const LONGEST = 20_000;
const LONGEST_HTML = 200_000;

/** The mail that the collection replies to. */
export const SENT: Reply["sent"] = {
  addresses: ["@in.course.example"],
  name: "Managing Up, Leading Down",
  subject: "Never ask without an example",
  text: read("sent.txt"),
};

export interface Accuracy {
  replies: number;
  /** Replies of which exactly the reader's own words are kept. */
  exact: number;
  /** Names of replies of which a line of the reader's own is missing, and of those of which another line is kept. */
  lost: string[];
  leaked: string[];
}

/** How well the reader's own words are told apart in the collection of replies. */
export function accuracyOfOwnWords(sent: Reply["sent"] = SENT): Accuracy {
  const found: Accuracy = { replies: 0, exact: 0, lost: [], leaked: [] };
  for (const file of readdirSync(FOLDER).filter((name) => name.includes(".reply."))) {
    const [name = ""] = file.split(".", 1);
    const body = file.endsWith(".html")
      ? { text: undefined, html: read(file) }
      : { text: read(file), html: undefined };
    const kept = ownWords({ ...body, sent }).text;
    const own = read(`${name}.own.txt`).trimEnd();
    const [wanted, got] = [spoken(own), spoken(kept)];
    found.replies++;
    if (kept === own) found.exact++;
    if (wanted.some((line) => !got.includes(line))) found.lost.push(name);
    if (got.some((line) => !wanted.includes(line))) found.leaked.push(name);
  }
  return found;
}

const spoken = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

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
