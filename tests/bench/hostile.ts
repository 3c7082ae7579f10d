import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readWordsOfAll } from "../../authoring/compile/words-file.ts";
import { ROOT } from "../../cli/root.ts";
import { OperationalError } from "../../functions/errors.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import type { Circumstances } from "../../functions/reply/read-reply.ts";
import { readReply } from "../../functions/reply/read-reply.ts";
import { PASS } from "../support/verdicts.ts";
import { SENT } from "./replies.ts";

/**
 * Mails that try to keep a reader busy: families of them at several sizes, through all that reads a reply (parts, charsets, own
 * words, kind, day of return). Each family runs in a process of its own, so that its memory is its own.
 */
const KB = 1024;
const SIZES = [64 * KB, 256 * KB, 1024 * KB];
const LARGEST = 40 * 1024 * KB;

const CRLF = "\r\n";
const filled = (pattern: string, length: number): Buffer =>
  Buffer.alloc(Math.max(0, length), pattern, "latin1");
const mail = (head: string, pattern: string, size: number): Buffer => {
  const start = Buffer.from(
    `From: jane@acme.example${CRLF}Subject: Re: x${CRLF}${head}${CRLF}${CRLF}`,
    "latin1",
  );
  return Buffer.concat([start, filled(pattern, size - start.length)]);
};
const text =
  (pattern: string, more = "") =>
  (size: number) =>
    mail(`Content-Type: text/plain; charset=utf-8${more}`, pattern, size);
/** In the midst of a sentence, where no trimming takes them away. */
const between = (pattern: string) => (size: number) =>
  Buffer.concat([text(`Hello there. This`)(100), filled(pattern, size - 120), Buffer.from("is an end.\r\n")]);
const html = (pattern: string) => (size: number) =>
  mail("Content-Type: text/html; charset=utf-8", pattern, size);
const encoded = (encoding: string, pattern: string) =>
  text(pattern, `${CRLF}Content-Transfer-Encoding: ${encoding}`);
const charset = (label: string, pattern: string) => (size: number) =>
  mail(`Content-Type: text/plain; charset=${label}`, pattern, size);
const parts = (type: string, pattern: string) => (size: number) =>
  mail(`Content-Type: multipart/mixed; ${type}`, pattern, size);
/** In the header itself: each pattern is a field, or goes on with one. */
const fields = (first: string, pattern: string) => (size: number) =>
  Buffer.concat([
    Buffer.from(first, "latin1"),
    filled(pattern, size - first.length),
    Buffer.from(`${CRLF}${CRLF}x`),
  ]);
/** Written in place: what making the mail leaves behind would be taken for what reading it takes. */
const numbered = (first: string, pattern: (index: number) => string) => (size: number) => {
  const end = `${CRLF}${CRLF}x`;
  const whole = Buffer.alloc(size + LONGEST_PIECE + end.length);
  let length = whole.write(first, "latin1");
  for (let index = 0; length < size; index++) length += whole.write(pattern(index), length, "latin1");
  return whole.subarray(0, length + whole.write(end, length, "latin1"));
};
const LONGEST_PIECE = 1_024;
const OURS = "Managing Up, Leading Down <a@in.course.example>";

/** Words that requests are made of in a dozen languages, in an order of their own each time: each is nearly one. */
const REQUEST_WORDS =
  "please unsubscribe me list mails no more stop sending pause until weeks would want keine mehr abmelden bitte kurs nicht plus desinscrire merci baja correos lista gracias cancellare voglio iscrizione parar emails quero geen uitschrijven graag inga fler avsluta ikke flere tack lopettaa enaa wypisac prosze odhlasit leiratkozas torolni dezabonare abonelik".split(
    " ",
  );
const pickWords = (index: number, count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `${REQUEST_WORDS[(index * 7 + at * (3 + (index % 11))) % REQUEST_WORDS.length]} `,
  ).join("");

export const FAMILIES: Record<string, (size: number) => Buffer> = {
  "flowed, delsp": text("a \r\n", "; format=flowed; delsp=yes"),
  "flowed, quoted": text("> a \r\n", "; format=flowed"),
  newlines: text("\n"),
  "carriage returns": text("\r"),
  "carriage returns between words": between("\r"),
  "spaces between words": between(" "),
  "line ends between words": between("\r\n"),
  "no-break spaces between words": between("\xa0"),
  "two-character lines": text("a\r\n"),
  "quoted lines": text("> a\r\n"),
  "deep quotation marks": text(`${">".repeat(60)} a\r\n`),
  "one line": text("a"),
  spaces: text(" "),
  "part after part": parts("boundary=b", "--b\r\n\r\nhi\r\n"),
  "a boundary with spaces": parts('boundary = "b"', "--b\r\n\r\nhi\r\n"),
  "a folded boundary": parts('\r\n boundary="b"', "--b\r\n\r\nhi\r\n"),
  "a boundary in pieces": parts("boundary*0=b; boundary*1=c", "--bc\r\n\r\nhi\r\n"),
  "a quoted boundary": parts('boundary="b\\"c"', '--b"c\r\n\r\nhi\r\n'),
  "a boundary of 201 letters": parts(`boundary=${"b".repeat(201)}`, `--${"b".repeat(201)}\r\n\r\nhi\r\n`),
  "lines that begin with dashes": parts("boundary=b", "--\r\n"),
  "lines that are nearly boundaries": parts("boundary=b", "--b x\r\n"),
  "a boundary of dashes": parts("boundary=------------", "----------\r\n"),
  "deep parts": (size) =>
    numbered("", (index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`)(size),
  "deep rfc822": text("Content-Type: message/rfc822\r\n\r\n"),
  "digests of nothing": (size) => mail("Content-Type: multipart/digest; boundary=b", "--b\r\n\r\n", size),
  "RFC 2231 continuations": numbered("Content-Type: text/plain", (index) => `;\r\n name*${index}*=%41`),
  "parameters without end": numbered("Content-Type: text/plain", (index) => `; a${index}=b`),
  "RFC 2047 words": fields("Subject:", " =?utf-8?q?=41?="),
  "RFC 2047 words of labels": numbered("Subject:", (index) => ` =?x-${index}?b?QQ?=`),
  "RFC 2047 words in From": fields("From:", " =?utf-8?b?QQ==?="),
  "charset labels": numbered("", (index) => `Content-Type: text/plain; charset=x${index}\r\n`),
  "a base64 unit a line": encoded("base64", "YQ=\r\n"),
  "base64, a digit a line": encoded("base64", "Y\r\n"),
  "base64 that is none": encoded("base64", "!@#$\r\n"),
  "base64 of line ends": encoded("base64", "Cg=="),
  "soft line breaks": encoded("quoted-printable", "=\r\n"),
  "quoted-printable bytes": encoded("quoted-printable", "=3D"),
  "equals signs": encoded("quoted-printable", "="),
  "elements in elements": html("<div>a"),
  "quotations in quotations": html("<blockquote>a"),
  "closing tags": html("<b></i>"),
  "opening tags": html("<a "),
  "character references": html("&#x3c;&amp;&oelig;"),
  "character references without end": html("&notit"),
  tables: html("<table><tr><td>a"),
  comments: html("<!-- "),
  attributes: html('<p style="a" class="b" c=d>'),
  "a tag of attributes": html(' a="b"'),
  "hidden elements": html("<style>a</style><p style='display:none'>b</p>"),
  "preformatted lines": html("<pre>a\n"),
  "line breaks": html("<br>"),
  "header fields": fields("", "X: y\r\n"),
  "a header field": fields("X: ", "y"),
  "a folded header field": fields("X: y", "\r\n y"),
  "header lines without a colon": fields("", "y\r\n"),
  addresses: fields("To: ", "a@b.example, "),
  groups: fields("From: ", "a:"),
  "addresses in From": fields("From: ", "<a@b>"),
  "comments in From": fields("From: ", "("),
  "comments in a type": fields("Content-Type: text/plain", " ("),
  "message ids": fields("References:", " <a@b.example>"),
  uuencode: text("begin 644 a\r\n#0V%T\r\n"),
  armour: text("-----BEGIN PGP SIGNATURE-----\r\n"),
  attributions: text(`On 24/11/2026 7:30 ${OURS} wrote:\r\n`),
  "attributions without end": text("On 24/11/2026 7:30 Managing Up, Leading Down\r\n"),
  "attributions that differ": (size) =>
    numbered(
      `Subject: Re: x\r\n\r\n`,
      (index) => `On ${index}/11/2026 7:30 Managing Up, L${index}\r\n`,
    )(size),
  "requests that are none": (size) =>
    numbered(`Subject: Re: x\r\n\r\n`, (index) => `${pickWords(index, 12)}${index}.\r\n`)(size),
  "header blocks": text(`From: ${OURS}\r\nSent: 24/11/2026 7:30\r\n`),
  "field names": text("From: a\r\nTo: b\r\n"),
  "our own words": text("Picture a regional manager at a label printer. She wants a second\r\n"),
  "words of ours, turned": text("manager regional a Picture printer label at\r\n"),
  signatures: text("-- \r\na\r\n"),
  rules: text("_____\r\n"),
  "phones' lines": text("Sent from my iPhone\r\n"),
  disclaimers: text("This message is confidential, for the recipient; if received in error delete it.\r\n"),
  "invisible characters": (size) =>
    Buffer.concat([
      mail("Content-Type: text/plain; charset=utf-8", "", 200),
      Buffer.alloc(size - 200, "a\u200b"),
    ]),
  "dates in an absence note": (size) =>
    mail("Auto-Submitted: auto-replied\r\nContent-Type: text/plain", "until 24 November 2026 ", size),
  "UTF-7": charset("utf-7", "+AGE-"),
  HZ: charset("hz-gb-2312", "~{1(~}"),
  "ISO-2022-KR": charset("iso-2022-kr", "\x0e0_\x0f"),
  "windows-1252": charset("windows-1252", "\x92\x80"),
  "bytes of no charset": charset("x-none", "\x94\x84\x8f\xe3"),
  "a signature of signatures": (size) =>
    mail(
      "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64",
      Buffer.from([0x30, 0x80, 0xa0, 0x80]).toString("base64").slice(0, 5),
      size,
    ),
};

const CIRCUMSTANCES: Circumstances = {
  sent: SENT,
  received: { receivedAt: Date.parse("2026-11-24T09:00:00Z"), zone: "Europe/Berlin" },
  source: "jane@acme.example",
  isFromSubscriber: true,
  isFromSubscribersDomain: true,
  isByToken: true,
  mailDomain: "in.course.example",
  asksForRating: false,
  ...readWordsOfAll(ROOT),
  verdicts: PASS,
};

/** Through all that reads a reply. A mail may be refused; any other failure is thrown. */
export async function readWhole(raw: Buffer): Promise<void> {
  const inbound = await parseInbound(raw).catch((error: unknown) => {
    if (!(error instanceof OperationalError)) throw error;
  });
  if (inbound) readReply(inbound, CIRCUMSTANCES);
}

/** In ms of processor. */
export async function processorMs(family: string, size: number): Promise<number> {
  const raw = FAMILIES[family]?.(size) ?? Buffer.alloc(0);
  const begun = process.cpuUsage();
  await readWhole(raw);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}

interface Figures {
  /** Of processor, at each size. */
  ms: number[];
  /** At most, above the process that has read an ordinary mail, the mail itself left out. */
  mb: number;
}

/** An idle process has read such mails before. */
const ORDINARY = "flowed, quoted";
const MEMORY_NOW = /VmRSS:\s+(\d+)/;
const MEMORY_PEAK = /VmHWM:\s+(\d+)/;

/** Of this process, in MB. Linux tells both, and forgets a peak when asked to (proc(5), `clear_refs`). */
const memory = (which: RegExp): number =>
  Number(which.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / KB;
const forgetPeak = (): void => writeFileSync("/proc/self/clear_refs", "5");

/** Garbage of making the mail would hide what reading it takes. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

async function measure(family: string): Promise<Figures> {
  const make = FAMILIES[family] ?? (() => Buffer.alloc(0));
  for (let run = 0; run < 3; run++) await readWhole((FAMILIES[ORDINARY] as typeof make)(16 * KB));
  collectGarbage();
  const idle = memory(MEMORY_NOW);
  const figures: Figures = { ms: [], mb: 0 };
  for (const size of [...SIZES, LARGEST]) {
    const raw = make(size);
    collectGarbage();
    forgetPeak();
    const begun = process.cpuUsage();
    await readWhole(raw);
    const { user, system } = process.cpuUsage(begun);
    figures.ms.push((user + system) / 1_000);
    figures.mb = Math.max(figures.mb, memory(MEMORY_PEAK) - idle - raw.length / KB / KB);
  }
  return figures;
}

/** In a process of its own. */
export function figuresOf(family: string): Figures {
  const child = spawnSync(process.execPath, ["--import", "tsx", import.meta.filename, family], {
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`${family}: ${child.stderr.slice(-500)}`);
  return JSON.parse(child.stdout);
}

if (process.argv[1] === import.meta.filename) {
  const [, , family = ""] = process.argv;
  process.stdout.write(JSON.stringify(await measure(family)));
}
