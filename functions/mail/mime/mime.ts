import { createHash } from "node:crypto";

/** An address with the name that is shown for it. The address is ASCII: SES takes no other. */
export interface Mailbox {
  name?: string;
  address: string;
}

/** A mail before it becomes bytes. */
export interface MailParts {
  from: Mailbox;
  to: Mailbox;
  replyTo: Mailbox;
  subject: string;
  /** Further header fields in order, as name and value; values are ASCII words and addresses, folded here. */
  headers: [name: string, value: string][];
  text: string;
  html: string;
}

const CRLF = "\r\n";
/** RFC 5322 §2.1.1: a line should have no more characters than this, and must have no more than 998. */
const SOFT_LIMIT = 78;
/** RFC 2047 §2: one encoded word. */
const ENCODED_WORD_LIMIT = 75;
/** RFC 2045 §6.7: a line of quoted-printable with its closing `=`. */
const QP_LIMIT = 76;

/**
 * The bytes of a mail: `multipart/alternative`, text before HTML, both quoted-printable (RFC 5322, 2045–2047).
 * Whatever its parts hold, no header field can break out of its line: control characters become spaces.
 * Message-ID and Date are left out, because SES writes its own. The same parts always make the same bytes.
 * @param boundary between the parts; must hold `=_`, which no body can
 */
export function mimeMessage(mail: MailParts, boundary = makeBoundary(mail)): Uint8Array {
  const lines = [
    addressField("From", mail.from),
    addressField("To", mail.to),
    addressField("Reply-To", mail.replyTo),
    unstructuredField("Subject", mail.subject),
    ...mail.headers.map(([name, value]) => foldedField(fieldName(name), oneLine(value).split(" "))),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;${CRLF} boundary="${boundary}"`,
    "",
    `--${boundary}`,
    ...part("text/plain", mail.text),
    `--${boundary}`,
    ...part("text/html", mail.html),
    `--${boundary}--`,
    "",
  ];
  return Buffer.from(lines.join(CRLF), "latin1");
}

/** `=_` cannot stand in quoted-printable, so no body can hold the boundary. */
const makeBoundary = ({ text, html }: MailParts): string =>
  `=_${createHash("sha256").update(text).update("\0").update(html).digest("hex").slice(0, 32)}`;

const part = (type: string, body: string): string[] => [
  `Content-Type: ${type}; charset=utf-8`,
  "Content-Transfer-Encoding: quoted-printable",
  "",
  quotedPrintable(body),
];

/** Control characters, and the separators that some readers take for line ends, as one space each run. */
const oneLine = (value: string): string => value.replace(/[\0-\x20\x7f-\x9f\u2028\u2029]+/g, " ").trim();

function fieldName(name: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(name)) throw new Error(`"${name}" is not the name of a header field`);
  return name;
}

/** Puts words on lines of at most 78 characters; a word that is longer has a line to itself. */
function foldedField(name: string, words: string[]): string {
  let line = `${name}:`;
  const lines: string[] = [];
  for (const word of words) {
    const fits = line.length + 1 + word.length <= SOFT_LIMIT;
    if (!fits && line.trim() !== `${name}:`) {
      lines.push(line);
      line = "";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join(CRLF);
}

function unstructuredField(name: string, value: string): string {
  const clean = oneLine(value);
  return foldedField(name, isPlain(clean) ? clean.split(" ") : encodedWords(clean));
}

/** Printable ASCII that no reader takes for an encoded word, and that can be folded at its spaces. */
const isPlain = (value: string): boolean =>
  /^[\x20-\x7e]*$/.test(value) && !value.includes("=?") && !/\S{70}/.test(value) && !value.includes("  ");

/** A field of one mailbox, folded, without its line end. Throws if the address cannot stand in a header. */
export function addressField(name: string, { name: shown, address }: Mailbox): string {
  if (!/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(address) || /[<>,;"()\\]/.test(address))
    throw new Error(`${name}: not an address that can stand in a header`);
  const clean = oneLine(shown ?? "");
  return foldedField(name, clean === "" ? [address] : [...phrase(clean), `<${address}>`]);
}

const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;

/** A display name: as it is, in quotation marks, or as encoded words (RFC 5322 §3.2.5, RFC 2047 §5). */
function phrase(name: string): string[] {
  if (!isPlain(name)) return encodedWords(name);
  if (ATOMS.test(name)) return name.split(" ");
  return `"${name.replace(/["\\]/g, "\\$&")}"`.split(" ");
}

const WORD_HEAD = "=?UTF-8?Q?";
const WORD_TAIL = "?=";
const ROOM = ENCODED_WORD_LIMIT - WORD_HEAD.length - WORD_TAIL.length - 16;
/** RFC 2047 §5 (3): what may stand as itself in an encoded word of a phrase. */
const SAFE_IN_WORD = /^[A-Za-z0-9!*+/-]$/;

/** Encoded words of at most 75 characters; none ends inside a character. */
function encodedWords(value: string): string[] {
  const words: string[] = [];
  let current = "";
  for (const character of value) {
    const encoded = inEncodedWord(character);
    if (current.length + encoded.length > ROOM) {
      words.push(current);
      current = "";
    }
    current += encoded;
  }
  return [...words, current].map((word) => `${WORD_HEAD}${word}${WORD_TAIL}`);
}

function inEncodedWord(character: string): string {
  if (SAFE_IN_WORD.test(character)) return character;
  if (character === " ") return "_";
  return [...Buffer.from(character, "utf8")].map(octet).join("");
}

const octet = (byte: number): string => `=${HEX[byte >> 4]}${HEX[byte & 15]}`;
const HEX = "0123456789ABCDEF";

const LINE_END = 0x0a;
const SPACE = 0x20;
const DOT = 0x2e;
/** 1 for the bytes that may stand as they are: printable ASCII but `=`. */
const STAYS = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte <= 0x7e && byte !== 0x3d),
);

/**
 * UTF-8 as quoted-printable, lines of at most 76 characters, with CRLF between them.
 *
 * Bytes are written into a buffer, one after the other. Characters beyond ASCII were entities once, as a line of plain
 * ASCII was quicker to encode than one that grew byte by byte in a string; this is quicker than either was, and the
 * HTML is a third of its size where it is Cyrillic.
 */
export function quotedPrintable(body: string): string {
  const bytes = Buffer.from(body.replace(/\r\n?/g, "\n"), "utf8");
  const out = Buffer.allocUnsafe(largest(bytes.length));
  let written = 0;
  let from = 0;
  while (from <= bytes.length) {
    const found = bytes.indexOf(LINE_END, from);
    const to = found < 0 ? bytes.length : found;
    written = writeLine(bytes, from, to, out, written);
    from = to + 1;
    if (from <= bytes.length) written += out.write(CRLF, written, "latin1");
  }
  return out.toString("latin1", 0, written);
}

/** Three bytes for each, and a soft line end behind every 73 of these at the latest. */
const largest = (bytes: number): number => bytes * 3 + Math.ceil((bytes * 3) / 73) * SOFT_END.length + 3;
const SOFT_END = `=${CRLF}`;

/** Writes one line, and returns where the next byte goes. */
function writeLine(bytes: Buffer, from: number, to: number, out: Buffer, at: number): number {
  let column = 0;
  for (let index = from; index < to; index++) {
    const byte = bytes[index] as number;
    // A space at a line's end is lost on the way, and a dot at its beginning may end an SMTP dialogue.
    const stays = STAYS[byte] === 1 && !(byte === SPACE && index === to - 1);
    if (column + (stays ? 1 : 3) >= QP_LIMIT) {
      at += out.write(SOFT_END, at, "latin1");
      column = 0;
    }
    if (stays && !(byte === DOT && column === 0)) {
      out[at++] = byte;
      column++;
    } else {
      out[at++] = 0x3d;
      out[at++] = HEX_BYTES[byte >> 4] as number;
      out[at++] = HEX_BYTES[byte & 15] as number;
      column += 3;
    }
  }
  return at;
}

const HEX_BYTES = Buffer.from(HEX, "latin1");
