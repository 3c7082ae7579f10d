import { decodeWords } from "postal-mime";
import { withoutSteering } from "../../domain/controls.ts";
import { decodeText, withWindows1252 } from "./charsets.ts";
import { joinFlowed } from "./flowed.ts";
import { htmlText } from "./html-text.ts";
import { isSignedMail, isText, type MimePart, readMimeTree } from "./mime-tree.ts";
import { readOneMailbox } from "./one-mailbox.ts";
import { signedContent } from "./signed-mail.ts";

/** Of In-Reply-To and References: the first ids and the last ones tell the thread (RFC 5322 §3.6.4). */
const MOST_IDS = 20;
const LONGEST_ID_FIELD = 8_192;
const LONGEST_SUBJECT = 998;
/** With its encoded words: each takes at most three times what it says. */
const LONGEST_FIELD = 8_192;
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
  /** Its text was longer than what is read. */
  wasCut: boolean;
  /** A text part is in a charset that nothing here can read: the label, as written. Its text is missing. */
  unreadableCharset: string | undefined;
}

/**
 * Parses a raw mail of any size: its text parts wherever they stand, together up to 1 MB. Everything else is listed
 * and not decoded, messages attached to it too. What an S/MIME signature encloses is read as the mail itself.
 * Throws `mail-unreadable` on more than 100 parts, 30 levels or 128 KB of headers, and on what cannot be parsed.
 */
export async function parseInbound(raw: Uint8Array): Promise<InboundMail> {
  const outer = await readMimeTree(raw);
  const signed = await readSigned(outer.root);
  const body = signed ?? outer;
  const headers = outer.root.headers.map(({ key, value }) => ({ name: key, value }));
  const field = (name: string): string => headers.find((header) => header.name === name)?.value ?? "";
  const from = readAuthor(headers);
  const texts: Texts = { bodies: [], attachments: [], unreadable: undefined };
  collect(body.root, texts);
  return {
    headers,
    from: from?.address,
    fromName: from?.name,
    subject: oneLine(decodeField(field("subject")), LONGEST_SUBJECT),
    messageId: messageIds(field("message-id"))[0],
    inReplyTo: messageIds(field("in-reply-to")),
    references: messageIds(field("references")),
    text: joinText(texts.bodies),
    html: joinHtml(texts.bodies),
    attachments: texts.attachments.slice(0, MOST_ATTACHMENTS),
    wasCut: body.wasCut,
    unreadableCharset: texts.unreadable,
  };
}

async function readSigned(root: MimePart): Promise<Awaited<ReturnType<typeof readMimeTree>> | undefined> {
  if (!isSignedMail(root) || !root.content) return undefined;
  const content = signedContent(new Uint8Array(root.content));
  return content && readMimeTree(content);
}

/** Windows-1252 is put right in encoded words too: some versions of Node decode them as Latin-1. */
const decodeField = (value: string): string => withWindows1252(decodeWords(value.slice(0, LONGEST_FIELD)));

/** The header fields of a name, in lower case. */
export const headersNamed = (headers: readonly Header[], name: string): string[] =>
  headers.filter((header) => header.name === name).map((header) => header.value);

/** One representation of a part of the text, or two that say the same. */
interface Body {
  plain?: string;
  html?: string;
}
interface Texts {
  bodies: Body[];
  attachments: InboundMail["attachments"];
  unreadable: string | undefined;
}

function collect(part: MimePart, into: Texts): void {
  if (isText(part)) collectText(part, into);
  else if (part.contentType.multipart === "alternative") collectAlternative(part, into);
  else if (part.contentType.multipart) for (const child of part.childNodes) collect(child, into);
  else if (part.content) into.attachments.push(describe(part));
}

function collectText({ content, contentType: { parsed } }: MimePart, into: Texts): void {
  const { charset, format = "", delsp = "" } = parsed.params;
  const text = decodeText(new Uint8Array(content ?? new ArrayBuffer(0)), charset);
  if (text === undefined) into.unreadable ??= oneLine(charset ?? "unknown", LONGEST_NAME);
  else if (parsed.value === "text/html") into.bodies.push({ html: text });
  else if (!/^flowed$/i.test(format)) into.bodies.push({ plain: text });
  else into.bodies.push({ plain: joinFlowed(text, /^yes$/i.test(delsp) ? "spaces go" : "spaces stay") });
}

/** What its parts say is said once, in the forms that they have. */
function collectAlternative(part: MimePart, into: Texts): void {
  const inside: Texts = { bodies: [], attachments: into.attachments, unreadable: undefined };
  for (const child of part.childNodes) collect(child, inside);
  into.unreadable ??= inside.bodies.length === 0 ? inside.unreadable : undefined;
  const plain = inside.bodies.flatMap((body) => body.plain ?? []);
  const html = inside.bodies.flatMap((body) => body.html ?? []);
  if (plain.length + html.length > 0)
    into.bodies.push({
      ...(plain.length > 0 && { plain: plain.join("\n") }),
      ...(html.length > 0 && { html: html.join("\n") }),
    });
}

/** Undefined where no part is plain text. */
function joinText(bodies: readonly Body[]): string | undefined {
  if (bodies.every(({ plain }) => plain === undefined)) return undefined;
  return bodies.map(({ plain, html }) => plain ?? htmlText(html ?? "")).join("\n");
}

function joinHtml(bodies: readonly Body[]): string | undefined {
  if (bodies.every(({ html }) => html === undefined)) return undefined;
  return bodies.map(({ plain, html }) => html ?? `<pre>${escapeHtml(plain ?? "")}</pre>`).join("\n");
}

const escapeHtml = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Exactly one mailbox in exactly one From field, or nobody's (RFC 5322 §3.6.2: more would need a Sender). */
function readAuthor(headers: readonly Header[]): { address: string; name: string | undefined } | undefined {
  const fields = headersNamed(headers, "from");
  const [value = ""] = fields;
  if (fields.length !== 1 || value.length > LONGEST_FIELD) return undefined;
  const only = readOneMailbox(value);
  return (
    only && { address: only.address, name: oneLine(decodeField(only.phrase), LONGEST_NAME) || undefined }
  );
}

function messageIds(field: string): string[] {
  const ids = field.slice(0, LONGEST_ID_FIELD).match(/<[^<>\s@]{1,250}@[^<>\s@]{1,250}>/g) ?? [];
  if (ids.length <= MOST_IDS) return ids;
  return [...ids.slice(0, MOST_IDS / 2), ...ids.slice(-MOST_IDS / 2)];
}

function describe({
  contentDisposition,
  contentType,
  size,
  content,
}: MimePart): Texts["attachments"][number] {
  const name = contentDisposition.parsed.params.filename ?? contentType.parsed.params.name ?? "";
  return {
    name: oneLine(decodeField(name), LONGEST_NAME),
    type: oneLine(contentType.parsed.value, LONGEST_NAME),
    size: size ?? content?.byteLength ?? 0,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f\u2028\u2029]+/g;
const oneLine = (text: string, longest: number): string =>
  withoutSteering(text.slice(0, longest).replace(CONTROLS, " ")).trim();
