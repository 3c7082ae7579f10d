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

/** Which characters of a line may stand as they are: printable ASCII but `=`. */
const NEEDS_ENCODING = /[^\x20-\x3c\x3e-\x7e]/;

/** UTF-8 as quoted-printable, lines of at most 76 characters, with CRLF between them. */
export function quotedPrintable(body: string): string {
  return body
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line.length < QP_LIMIT && !NEEDS_ENCODING.test(line) ? guardLine(line) : encodedLine(line),
    )
    .join(CRLF);
}

/** A space at a line's end is lost on the way, and a lone dot ends an SMTP dialogue. */
function guardLine(line: string): string {
  if (line === ".") return "=2E";
  return line.endsWith(" ") ? `${line.slice(0, -1)}=20` : line;
}

function encodedLine(line: string): string {
  const bytes = Buffer.from(line, "utf8");
  let out = "";
  let column = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    const isLast = index === bytes.length - 1;
    const stays = (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || (byte === 0x20 && !isLast);
    const token = stays && !(column === 0 && byte === 0x2e) ? String.fromCharCode(byte) : octet(byte);
    if (column + token.length >= QP_LIMIT) {
      out += `=${CRLF}`;
      column = 0;
    }
    out += token;
    column += token.length;
  }
  return out;
}
