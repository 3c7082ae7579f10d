import { isUtf8 } from "node:buffer";
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { OperationalError } from "../../errors.ts";

/** Read for text: what comes behind it in a raw mail is attachments, which are listed and not kept. */
const MOST_PARSED_BYTES = 1024 * 1024;
const MOST_PARTS = 100;
const MOST_NESTING = 30;
const MOST_HEADER_BYTES = 256 * 1024;
/** Of In-Reply-To and References: the first ids and the last ones tell the thread (RFC 5322 §3.6.4). */
const MOST_IDS = 20;
const LONGEST_ID_FIELD = 8_192;
const LONGEST_SUBJECT = 998;
const LONGEST_NAME = 200;
const MOST_ATTACHMENTS = 50;

export interface Header {
  /** Lower case. */
  name: string;
  value: string;
}

/** A mail that came in, decoded. Nothing in it is to be trusted; its HTML is never to be shown. */
export interface InboundMail {
  /** In the order of the mail, repeated ones too. */
  headers: Header[];
  /** The address in From, as written; undefined if there is none, or more than one. */
  from: string | undefined;
  /** How From names its writer, beside the address. */
  fromName: string | undefined;
  subject: string;
  /** With angle brackets; undefined if the mail has none that deserves the name. */
  messageId: string | undefined;
  /** With angle brackets, oldest first. */
  inReplyTo: string[];
  references: string[];
  text: string | undefined;
  html: string | undefined;
  attachments: { name: string; type: string; size: number }[];
  /** The mail was longer than what is parsed: its last attachments are missing from the list. */
  wasCut: boolean;
}

/**
 * Parses a raw mail, its first 1 MB only. Messages attached to it are listed as attachments.
 * Throws `mail-unreadable` on more than 100 parts, 30 levels or 256 KB of headers, and on what cannot be parsed.
 */
export async function parseInbound(raw: Uint8Array): Promise<InboundMail> {
  const source = readable(raw.subarray(0, MOST_PARSED_BYTES));
  refuseTooManyParts(source);
  const flow = readFlow(source);
  const email = await parsed(Buffer.from(flow ? source.replace(FLOWED, "$1format=fixed") : source, "latin1"));
  return {
    headers: email.headers.map(({ key, value }) => ({ name: key, value })),
    from: onlyAddress(email),
    fromName: oneLine(email.from?.name ?? "", LONGEST_NAME) || undefined,
    subject: oneLine(email.subject ?? "", LONGEST_SUBJECT),
    messageId: messageIds(email.messageId)[0],
    inReplyTo: messageIds(email.inReplyTo),
    references: messageIds(email.references),
    text: flow && email.text ? joinFlowed(email.text, flow) : email.text,
    html: email.html,
    attachments: email.attachments.slice(0, MOST_ATTACHMENTS).map(describeAttachments),
    wasCut: raw.length > MOST_PARSED_BYTES,
  };
}

/** The header fields of a name, in lower case. */
export const headersNamed = (headers: readonly Header[], name: string): string[] =>
  headers.filter((header) => header.name === name).map((header) => header.value);

async function parsed(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: MOST_NESTING,
      maxHeadersSize: MOST_HEADER_BYTES,
    });
  } catch (error) {
    throw new OperationalError("mail-unreadable", "MIME structure", error);
  }
}

/**
 * The parser limits how deep parts lie, not how many there are. A part begins with its boundary on a line of
 * its own, so counting those lines is an upper bound; one pass, no backtracking.
 */
function refuseTooManyParts(source: string): void {
  const boundaries = new Set<string>();
  for (const match of source.matchAll(/boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi)) {
    boundaries.add((match[1] ?? match[2]) as string);
    if (boundaries.size > MOST_PARTS)
      throw new OperationalError("mail-unreadable", "more than 100 boundaries");
  }
  let parts = 0;
  for (const match of source.matchAll(/^--([^\r\n]{1,200})/gm)) {
    if (boundaries.has((match[1] as string).trimEnd())) parts++;
    if (parts > MOST_PARTS) throw new OperationalError("mail-unreadable", "more than 100 parts");
  }
}

/**
 * The bytes as Latin-1 text, one character a byte. 8-bit text of old clients that name no charset is taken for
 * Latin-1 where it is not UTF-8.
 */
function readable(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (isUtf8(bytes) || /charset/i.test(source)) return source;
  return Buffer.from(source, "utf8").toString("latin1");
}

const FLOWED = /^(content-type:[^\r\n]{0,500}|[ \t][^\r\n]{0,500})format="?flowed"?/gim;
type Flow = "spaces stay" | "spaces go";

function readFlow(source: string): Flow | undefined {
  if (source.search(FLOWED) < 0) return undefined;
  return /delsp="?yes/i.test(source) ? "spaces go" : "spaces stay";
}

/**
 * Joins the lines that the reader's client had broken (RFC 3676). Done here because the parser would join
 * a line of the reader's own to the quoted one below it.
 */
function joinFlowed(text: string, flow: Flow): string {
  const lines: string[] = [];
  let goesOn = false;
  for (const line of text.split(/\r?\n/)) {
    const isQuoted = line.startsWith(">");
    const plain = line.startsWith(" ") ? line.slice(1) : line;
    if (goesOn && !isQuoted) lines.push(`${withoutUnsafe(lines.pop() ?? "", flow)}${plain}`);
    else lines.push(plain);
    goesOn = plain.endsWith(" ") && plain !== "-- " && !isQuoted;
  }
  return lines.join("\n");
}

const withoutUnsafe = (line: string, flow: Flow): string => (flow === "spaces go" ? line.slice(0, -1) : line);

function onlyAddress(email: Email): string | undefined {
  const fields = email.headers.filter((header) => header.key === "from");
  return fields.length === 1 ? mailbox(email.from) : undefined;
}

function mailbox(address: Address | undefined): string | undefined {
  const written = address?.address?.trim();
  return written ? written : undefined;
}

function messageIds(field: string | undefined): string[] {
  const ids = (field ?? "").slice(0, LONGEST_ID_FIELD).match(/<[^<>\s@]{1,250}@[^<>\s@]{1,250}>/g) ?? [];
  if (ids.length <= MOST_IDS) return ids;
  return [...ids.slice(0, MOST_IDS / 2), ...ids.slice(-MOST_IDS / 2)];
}

function describeAttachments(attachment: Attachment): InboundMail["attachments"][number] {
  const { content } = attachment;
  return {
    name: oneLine(attachment.filename ?? "", LONGEST_NAME),
    type: oneLine(attachment.mimeType, LONGEST_NAME),
    size: typeof content === "string" ? Buffer.byteLength(content) : content.byteLength,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f\u2028\u2029]+/g;
const oneLine = (text: string, longest: number): string =>
  text.slice(0, longest).replace(CONTROLS, " ").trim();
