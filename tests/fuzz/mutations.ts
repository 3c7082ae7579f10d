import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Chance } from "../../local/simulation/random.ts";
import { FAMILIES } from "../bench/hostile.ts";

const KB = 1024;
/** Most mails are small, so that many are tried; a few are as large as what SES takes. */
const SIZES = [2 * KB, 16 * KB, 64 * KB, 256 * KB, 1024 * KB];
const LARGEST = 40 * 1024 * KB;
const LARGEST_ONE_OF = 400;
const MOST_CHANGES = 6;

const FIXTURES = join(import.meta.dirname, "../fixtures");

/** Where mails begin: one that somebody's program writes, or one of a hostile family, of about this size. */
type Beginning = (size: number) => Buffer;

/** Every mail among the fixtures, and every hostile family. */
export function listBeginnings(): Beginning[] {
  const mails = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(FIXTURES, name)));
  return [...mails.map((mail) => () => mail), ...Object.values(FAMILIES)];
}

/** What a parser of mail looks for: its own words in the wrong places are what surprises it. */
const TOKENS = [
  ...[
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "\r\n ",
    "\t",
    " ",
    "\0",
    ":",
    ";",
    ",",
    "=",
    '"',
    "\\",
    "(",
    ")",
    "<",
    ">",
  ],
  ...["--", "--b", "--b--", "-- \r\n", "> ", ">> >", "_____", "From: ", "To: ", "Subject: ", "Sent: "],
  ...["Content-Type: text/plain\r\n", "Content-Type: text/html; charset=utf-8\r\n\r\n"],
  ...[
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    "Content-Type: multipart/alternative; boundary=b",
  ],
  ...["Content-Type: message/rfc822\r\n\r\n", "Content-Transfer-Encoding: base64\r\n\r\n"],
  ...[
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "; format=flowed; delsp=yes",
    "; name*0*=utf-8''%41",
  ],
  ...["; charset=utf-16", "; charset=iso-2022-jp", "; charset=utf-7", "=?utf-8?b?", "=?utf-8?q?=41?=", "?="],
  ...[
    "=\r\n",
    "=3D",
    "=C3",
    "YQ==",
    "begin 644 a\r\n",
    "<a@b.example>",
    "a@b.example",
    "On 24/11/2026 7:30 ",
  ],
  ...[
    "Managing Up, Leading Down <a@in.course.example> wrote:\r\n",
    "Picture a regional manager at a label printer.",
  ],
  ...[
    "<div>",
    "</div>",
    "<blockquote>",
    "</blockquote>",
    "<table><tr><td>",
    "<pre>",
    "<!--",
    "-->",
    "<style>",
    "<a href='",
  ],
  ...["<p style='display:none'>", "<br>", "&", "&amp;", "&#x", "&#0;", "<![CDATA[", "<script>", "</", "<"],
  ...["\u200b", "\u00ad", "\u202e", "é", "\ufeff", "👩🏽‍🚀", "stop", "unsubscribe me please", "pause until "],
  ...[
    "until 24 November 2026 ",
    "my father died ",
    "more slowly ",
    "Auto-Submitted: auto-replied\r\n",
    "Sent from my ",
  ],
];

interface Drawing {
  chance: Chance;
  beginnings: readonly Beginning[];
  size: number;
}
type Change = (mail: Buffer, drawing: Drawing) => Buffer;

const place = (mail: Buffer, chance: Chance): number => chance.between(0, mail.length);
const spliced = (mail: Buffer, from: number, to: number, inserted: Uint8Array): Buffer =>
  Buffer.concat([mail.subarray(0, from), inserted, mail.subarray(to)]);
const token = (chance: Chance): Buffer => Buffer.from(chance.one(TOKENS));

/** A short run of the mail, as it stands: a line, a tag, a field. */
function slice(mail: Buffer, chance: Chance): Buffer {
  const from = place(mail, chance);
  return mail.subarray(from, Math.min(mail.length, from + chance.between(1, chance.one([4, 40, 400]))));
}

/** Repeated to about the drawn size: what is read more than once for each time it stands there is found by this. */
function repeated(piece: Buffer, { size }: Drawing): Buffer {
  return piece.length === 0 ? piece : Buffer.alloc(size, piece);
}

/** Where a line begins, near a drawn place: most of what a parser looks for stands there. */
function lineStart(mail: Buffer, chance: Chance): number {
  const at = mail.indexOf(10, place(mail, chance));
  return at < 0 ? mail.length : at + 1;
}

const CHANGES: Record<string, Change> = {
  "a byte is another": (mail, { chance }) => {
    const changed = Buffer.from(mail);
    for (let times = chance.between(1, 20); times > 0 && mail.length > 0; times--)
      changed[chance.below(mail.length)] = chance.below(256);
    return changed;
  },
  "a word of a parser's stands there": (mail, { chance }) => {
    const at = place(mail, chance);
    return spliced(mail, at, at, token(chance));
  },
  "a line of a parser's words": (mail, { chance }) => {
    const at = lineStart(mail, chance);
    return spliced(mail, at, at, Buffer.concat([token(chance), token(chance), Buffer.from("\r\n")]));
  },
  "a word, over and over": (mail, drawing) => {
    const at = place(mail, drawing.chance);
    return spliced(mail, at, at, repeated(token(drawing.chance), drawing));
  },
  "two words in turn": (mail, drawing) => {
    const at = lineStart(mail, drawing.chance);
    const both = Buffer.concat([token(drawing.chance), token(drawing.chance)]);
    return spliced(mail, at, at, repeated(both, drawing));
  },
  "a piece of its own, over and over": (mail, drawing) => {
    const at = place(mail, drawing.chance);
    return spliced(mail, at, at, repeated(slice(mail, drawing.chance), drawing));
  },
  "a piece is missing": (mail, { chance }) => {
    const from = place(mail, chance);
    return spliced(mail, from, Math.min(mail.length, from + chance.between(1, 2_000)), Buffer.alloc(0));
  },
  "the rest is another mail's": (mail, { chance, beginnings, size }) => {
    const other = chance.one(beginnings)(size);
    return Buffer.concat([mail.subarray(0, place(mail, chance)), other.subarray(place(other, chance))]);
  },
  "its body is another's": (mail, { chance, beginnings, size }) => {
    const other = chance.one(beginnings)(size);
    const end = mail.indexOf("\r\n\r\n");
    return Buffer.concat([mail.subarray(0, end < 0 ? mail.length : end + 4), other]);
  },
  "it is a part of another": (mail, { chance }) => {
    const kind = chance.one(["mixed", "alternative", "related", "digest", "report", "signed"]);
    const head = `From: jane@acme.example\r\nContent-Type: multipart/${kind}; boundary=q\r\n\r\n`;
    const part = Buffer.concat([Buffer.from("--q\r\n"), mail, Buffer.from("\r\n")]);
    return Buffer.concat([Buffer.from(head), ...Array.from({ length: chance.between(1, 5) }, () => part)]);
  },
  "it is in base64": (mail, { chance }) => {
    const type = chance.one(["text/plain", "text/html", "application/pkcs7-mime", "message/rfc822"]);
    const head = `From: jane@acme.example\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    return Buffer.from(head + mail.toString("base64"));
  },
};

/** The mail of a seed and a number: always the same. @param made a note of what was done to it, for the report */
export function mutatedMail(
  seed: string,
  number: number,
  beginnings: readonly Beginning[],
): { mail: Buffer; made: string[] } {
  const chance = new Chance(`${seed}/${number}`);
  const size = chance.below(LARGEST_ONE_OF) === 0 ? LARGEST : chance.one(SIZES);
  const at = chance.below(beginnings.length);
  const made = [`beginning ${at} at ${size / KB} KB`];
  let mail = (beginnings[at] as Beginning)(size);
  for (let times = chance.between(1, MOST_CHANGES); times > 0; times--) {
    const [name, change] = chance.one(Object.entries(CHANGES)) as [string, Change];
    mail = change(mail, { chance, beginnings, size }).subarray(0, LARGEST);
    made.push(name);
  }
  return { mail, made };
}
