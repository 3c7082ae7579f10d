import fc from "fast-check";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { type MailParts, mimeMessage, quotedPrintable } from "../../../functions/mail/mime/mime.ts";

const PLAIN: MailParts = {
  from: { name: "Managing Up, Leading Down", address: "lessons@course.example" },
  to: { address: "dana@printer.example" },
  replyTo: { name: "Managing Up, Leading Down", address: "reply+abc@course.example" },
  subject: "Bring the example",
  headers: [],
  text: "Hello\n",
  html: "<p>Hello</p>",
};
const rawOf = (changes: Partial<MailParts>): string =>
  Buffer.from(mimeMessage({ ...PLAIN, ...changes })).toString("latin1");
const headOf = (raw: string): string => raw.slice(0, raw.indexOf("\r\n\r\n"));

/** Words in many scripts, with all that a hostile form could hold besides. */
const SCRIPTS = [
  "Dana",
  "Ägidius Öz",
  "Дарья",
  "大翔",
  "김하늘",
  "عَلِيّ",
  "नेहा",
  "👩‍👩‍👧 Wu",
  "שָׁרָה",
  "ﷺ",
  "a\u0301",
];
const hostile = fc.constantFrom(
  "\r\nBcc: victim@example.com",
  "\n\n<script>",
  "\u2028Subject: x",
  "=?UTF-8?Q?=0D=0ABcc:_a@b.c?=",
  '"<evil@example.com>, "',
  "\\",
  "(comment)",
  ";",
  "\0",
);
const anyWords = fc
  .array(fc.oneof(fc.constantFrom(...SCRIPTS), hostile, fc.string({ unit: "binary" }), fc.string()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(" "));
/** What must come back: control characters are spaces, and runs of space are one. */
const asShown = (value: string): string =>
  Buffer.from(value, "utf8")
    .toString("utf8")
    .replace(/[\0-\x20\x7f-\x9f\u2028\u2029]+/g, " ")
    .trim();

describe("a mail's bytes", () => {
  it("bring every subject and name back, in any script, by two parsers", async () => {
    await fc.assert(
      fc.asyncProperty(anyWords, anyWords, async (subject, name) => {
        const raw = mimeMessage({ ...PLAIN, subject, from: { ...PLAIN.from, name } });
        const postal = await PostalMime.parse(raw);
        expect(squeezed(postal.subject)).toBe(squeezed(asShown(subject)));
        expect(postal.from?.address).toBe("lessons@course.example");
        expect(squeezed(postal.from?.name)).toBe(squeezed(asShown(name)));
        const mailparser = await simpleParser(Buffer.from(raw));
        expect(mailparser.from?.value[0]?.address).toBe("lessons@course.example");
        expect(squeezed(mailparser.subject)).toBe(squeezed(asShown(subject)));
      }),
      { numRuns: 150 },
    );
  });

  it("never let a subject or a name add a header field", () => {
    const clean = headOf(rawOf({})).split(/\r\n(?![ \t])/).length;
    fc.assert(
      fc.property(anyWords, anyWords, (subject, name) => {
        const raw = rawOf({
          subject,
          to: { name, address: "dana@printer.example" },
          from: { ...PLAIN.from, name },
        });
        expect(headOf(raw).split(/\r\n(?![ \t])/)).toHaveLength(clean);
      }),
    );
  });

  it("refuse an address that would carry more than itself", () => {
    for (const address of ["a@b.c\r\nBcc: d@e.f", "a@b.c, d@e.f", "<a@b.c>", "Ä@b.c", "nobody"]) {
      expect(() => rawOf({ to: { address } })).toThrow("not an address");
    }
  });

  it("bring both parts back, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(anyWords, fc.string({ unit: "grapheme", maxLength: 400 }), async (text, html) => {
        const postal = await PostalMime.parse(
          mimeMessage({ ...PLAIN, text: `t${text}.`, html: `h${html}.` }),
        );
        expect(unixLines(postal.text)).toBe(unixLines(Buffer.from(`t${text}.`).toString()));
        expect(unixLines(postal.html)).toBe(unixLines(Buffer.from(`h${html}.`).toString()));
      }),
      { numRuns: 100 },
    );
  });

  it("keep lines to 76 characters in the body and 78 in the head, in ASCII, with CRLF alone", () => {
    fc.assert(
      fc.property(anyWords, anyWords, (subject, text) => {
        const raw = rawOf({ subject, text: text.repeat(4), from: { ...PLAIN.from, name: subject } });
        const head = headOf(raw);
        expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
        expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        for (const line of head.split("\r\n")) expect(line.length).toBeLessThanOrEqual(78);
        for (const line of raw.slice(head.length).split("\r\n")) expect(line.length).toBeLessThanOrEqual(76);
        for (const [word] of head.matchAll(/=\?UTF-8\?Q\?[^?]*\?=/g))
          expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  it("never split a character between two encoded words", () => {
    const words = [
      ...headOf(rawOf({ subject: "読書👩‍👩‍👧".repeat(30) })).matchAll(/=\?UTF-8\?Q\?([^?]*)\?=/g),
    ];
    expect(words.length).toBeGreaterThan(3);
    for (const [, word = ""] of words) {
      const bytes = Buffer.from(
        word.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      );
      expect(bytes.toString("utf8")).not.toContain("\ufffd");
    }
  });

  it("fold a long list of links without touching them, and leave Message-ID and Date to SES", async () => {
    const token = "a".repeat(60);
    const links = `<https://learn.course.example/unsubscribe/${token}>, <mailto:unsubscribe+${token}@course.example?subject=unsubscribe>`;
    const raw = rawOf({ headers: [["List-Unsubscribe", links]] });
    const { headers } = await PostalMime.parse(raw);
    expect(headers.find(({ key }) => key === "list-unsubscribe")?.value).toBe(links);
    expect(raw).not.toMatch(/^(message-id|date):/im);
  });

  it("put the text before the HTML, and both in quoted-printable", () => {
    const raw = rawOf({});
    expect(raw).toContain("multipart/alternative");
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(raw.match(/Content-Transfer-Encoding: quoted-printable/g)).toHaveLength(2);
  });

  it("guard the spaces and dots that mail servers eat", () => {
    expect(quotedPrintable("-- \n.\na=b")).toBe("--=20\r\n=2E\r\na=3Db");
  });
});

/** Parsers differ about spaces at the border of quoted strings; that is not what these tests are about. */
const squeezed = (value = ""): string => value.replace(/\s+/g, "");
const unixLines = (value = ""): string => value.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
