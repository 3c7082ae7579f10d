import { readFile } from "node:fs/promises";
import { ArgumentError, type Given } from "../cli/arguments.ts";
import type { Asks, LeaveRequest } from "../functions/domain/replies/asks/asks.ts";
import { type Command, readRating } from "../functions/domain/replies/command.ts";
import { isAnswerable } from "../functions/domain/replies/reply.ts";
import { OperationalError } from "../functions/errors.ts";
import { type InboundMail, parseInbound } from "../functions/mail/inbound/inbound.ts";
import type { OwnWords } from "../functions/mail/inbound/own-words.ts";
import { findTokens } from "../functions/reply/addressee.ts";
import { type Reading, readReply, UNREADABLE } from "../functions/reply/read-reply.ts";
import { verb } from "./command.ts";
import { type Circumscribed, findAddresses, readCircumstances } from "./mail-file.ts";
import { shownAsJson } from "./shown.ts";

const FLAGS = {
  sent: { value: "SENT.eml", says: "the mail that was replied to: its text is told from the reader's" },
  our: { value: "ADDRESS", says: "our address that was replied to; SENT.eml or the reply's To otherwise" },
  json: { says: "the same as JSON" },
} as const;

/** Prints what would be made of a reply, by the code that is deployed. Sends, stores and changes nothing. */
export const PARSE_REPLY = verb({
  takes: ["FILE.eml"],
  flags: FLAGS,
  run: ({ words: [file = ""], flags }) => parseReply(file, flags),
});

async function parseReply(file: string, { sent, our, json }: Given<typeof FLAGS>): Promise<string> {
  if (our !== undefined && !our.includes("@"))
    throw new ArgumentError(`--our ${our} is not an address. Write it like reply@mail.example.`);
  const reply = await parsedOrUndefined(await readBytes(file));
  const sentMail = sent === undefined ? undefined : await parsedFile(sent);
  const report = makeReport(reply, reply && readCircumstances(reply, { sent: sentMail, our }));
  return json ? shownAsJson(report, 2) : printReport(report);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new ArgumentError(`There is no file "${file}".`);
    if (code === "EISDIR") throw new ArgumentError(`"${file}" is a folder, not a mail.`);
    throw new ArgumentError(`"${file}" cannot be read (${code}).`);
  }
}

/** Undefined for a mail whose structure cannot be read, as for the deployed function. */
async function parsedOrUndefined(raw: Uint8Array): Promise<InboundMail | undefined> {
  try {
    return await parseInbound(raw);
  } catch (error) {
    if (error instanceof OperationalError) return undefined;
    throw error;
  }
}

async function parsedFile(file: string): Promise<InboundMail> {
  const mail = await parsedOrUndefined(await readBytes(file));
  if (!mail) throw new ArgumentError(`"${file}" is not a mail whose structure can be read.`);
  return mail;
}

interface ParseReport {
  kind: string;
  reason: string;
  ownWords: {
    text: string;
    from: "text" | "html" | "nothing";
    wasCut: boolean;
    /** `line` counts from 1; `start` and `end` are UTF-16 units of the body, end exclusive. */
    lines: { line: number; start: number; end: number; text: string }[];
  };
  /** What would follow from it beside its being kept. */
  does: string;
  /** `leave`, or the first of `commands`, with a pause's weeks or the day on which it ends (`2027-01-10`). */
  command?: string;
  weeks?: number;
  until?: string;
  /** All that is asked of the course, in order. */
  commands?: Command[];
  leaves?: "everything" | "list";
  /** The words beside what is asked for. */
  besides?: string;
  isGrave?: boolean;
  /** The last day of an absence that a mailbox tells of. */
  awayUntil?: string;
  boundBy: { tokens: string[]; thread: string[]; note: string };
  attachments: InboundMail["attachments"];
  /** What the mail itself does not tell. */
  assumed: string[];
}

function makeReport(reply: InboundMail | undefined, known: Circumscribed | undefined): ParseReport {
  const reading = reply && known ? readReply(reply, known.circumstances) : UNREADABLE;
  const { classification, words } = reading;
  return {
    ...classification,
    does: describeConsequence(reading),
    ...describeAsked(reading),
    ownWords: reportOwnWords(words),
    boundBy: matchWay(reply),
    attachments: reply?.attachments ?? [],
    assumed: known?.assumed ?? [],
  };
}

function describeConsequence({ classification: { kind }, awayUntil, asks }: Reading): string {
  if (awayUntil !== undefined)
    return `holds the course until the day after ${awayUntil}; the next mail says so`;
  const beside = asks && asks.besides !== "" ? "; the other words are read by a person" : "";
  switch (kind) {
    case "unsubscribe":
      return `${describeLeaving(asks?.leave)}${beside}`;
    case "command":
      return `carries out ${describeRequests(asks)}, and says so in the thread${beside}`;
    case "unclear-leaving":
      return "changes nothing: one mail shows the button to leave, and the owner hears of it at once";
    case "unclear-command":
      return "changes nothing: one mail says what a reply can ask for";
    case "grave":
      return "no automatic answer; the owner hears of it at once";
    case "foreign-sender":
      return "nothing is changed or answered; the owner gets it, and the reader is asked once whether it was them";
    case "unparsed":
      return "nothing is answered; the owner gets it";
    default:
      return isAnswerable(kind) ? "one automatic answer, if the lesson has had none" : "nothing: it is kept";
  }
}

function describeLeaving(request: LeaveRequest | undefined): string {
  const lists = request?.isAll ? "leaves everything" : describeLists(request?.keeps);
  return request?.isExact ? `${lists}; not answered` : `${lists}; one mail says so, and how to come back`;
}

function describeLists(keeps: LeaveRequest["keeps"]): string {
  if (keeps === "course") return "leaves the newsletter and keeps the course, if they get both";
  return keeps === "newsletter"
    ? "leaves the course and keeps the newsletter"
    : "leaves the course and the newsletter";
}

const describeRequests = (asks: Asks | undefined): string =>
  asks && asks.commands.length > 0 ? asks.commands.map(inWords).join(" and ") : "the rating";

function inWords(command: Command): string {
  if (command.name === "rate") return `the rating ${command.rating}`;
  if (command.name !== "pause") return `"${command.name}"`;
  if (command.until !== undefined) return `"pause" until ${command.until}`;
  return command.weeks ? `"pause" for ${command.weeks} weeks` : `"pause"`;
}

/** The first of what is asked for, and all of it: `"pause"` with `weeks` or `until`, `"leave"` with what is left. */
function describeAsked({ classification: { kind }, asks, words, awayUntil }: Reading): Partial<ParseReport> {
  const rating =
    kind === "command" && asks?.commands.length === 0 ? readRating(words?.text ?? "") : undefined;
  const commands: Command[] =
    kind !== "command" ? [] : rating === undefined ? (asks?.commands ?? []) : [{ name: "rate", rating }];
  const [first] = commands;
  return {
    ...(first && { command: first.name, ...pauseLength(first), commands }),
    ...(kind === "unsubscribe" && { command: "leave" }),
    ...(kind === "unsubscribe" && asks?.leave && { leaves: asks.leave.isAll ? "everything" : "list" }),
    ...(asks && asks.besides !== "" && { besides: asks.besides }),
    ...(asks?.isGrave && { isGrave: true }),
    ...(awayUntil !== undefined && { awayUntil }),
  };
}

const pauseLength = (command: Command): Pick<ParseReport, "weeks" | "until"> =>
  command.name !== "pause"
    ? {}
    : {
        ...(command.weeks !== undefined && { weeks: command.weeks }),
        ...(command.until !== undefined && { until: command.until }),
      };

function reportOwnWords(words: Reading["words"]): ParseReport["ownWords"] {
  if (!words) return { text: "", from: "nothing", wasCut: false, lines: [] };
  const { text, from, wasCut } = words;
  return { text, from, wasCut, lines: numberLines(words) };
}

function numberLines({ body, lines }: OwnWords): ParseReport["ownWords"]["lines"] {
  let line = 1;
  let at = 0;
  return lines.map(({ start, end }) => {
    for (; at < start; at++) if (body[at] === "\n") line++;
    return { line, start, end, text: body.slice(start, end) };
  });
}

function matchWay(reply: InboundMail | undefined): ParseReport["boundBy"] {
  const tokens = findTokens("mail", reply ? findAddresses(reply, ["delivered-to", "to", "cc"]) : []);
  const thread = [...(reply?.inReplyTo ?? []), ...(reply?.references.toReversed() ?? [])];
  return { tokens: [...new Set(tokens)], thread: [...new Set(thread)], note: footnote(tokens, thread) };
}

function footnote(tokens: string[], thread: string[]): string {
  if (tokens.length > 0)
    return "by its token; there is no keyring here, so whether we signed it was not checked";
  if (thread.length > 0)
    return "by its thread, if one of these ids is in the ledger, which is not at hand here; no token was found";
  return "by nothing: it would go to the unmatched tray";
}

// ---- For people ----

function printReport({ kind, reason, does, ownWords, boundBy, attachments, assumed }: ParseReport): string {
  const cut = ownWords.wasCut ? ", which was too long and was cut" : "";
  const rows = [
    `Kind         ${kind}`,
    `Reason       ${reason}`,
    `Does         ${does}`,
    `Bound        ${boundBy.note}`,
    ...boundBy.tokens.map((token) => `  token      ${token}`),
    ...(boundBy.tokens.length > 0 ? [] : boundBy.thread.map((id) => `  id         ${id}`)),
    ...listRows(
      "Attachments",
      attachments.map(({ name, type, size }) => `${name || "(no name)"}, ${type}, ${size} bytes`),
    ),
    ...listRows("Assumed", assumed),
    ownWords.lines.length === 0 ? "Own words    none" : `Own words    from the ${ownWords.from}${cut}`,
    ...ownWords.lines.map(({ line, start, end, text }) => `${place(line, start, end)} | ${text}`),
  ];
  return rows.map(shown).join("\n");
}

const listRows = (title: string, rows: string[]): string[] =>
  rows.map((row, at) => `${(at === 0 ? title : "").padEnd(12)} ${row}`);

const place = (line: number, start: number, end: number): string =>
  `${String(line).padStart(5)}  ${`${start}–${end}`.padEnd(11)}`;

/** A mail may hold characters that steer a terminal. */
const shown = (row: string): string => row.replace(/\p{Cc}/gu, "\ufffd").trimEnd();
