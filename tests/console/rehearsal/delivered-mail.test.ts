import { describe, expect, it } from "vitest";
import {
  type Expected,
  lookAt,
  oneClickTarget,
  readDelivered,
} from "../../../console/rehearsal/delivered-mail.ts";
import { openDkimSigner } from "../../../local/aws/dkim.ts";

const NOW = Date.UTC(2026, 10, 30);
const DOMAIN = "mail.course.example";
const signer = openDkimSigner();
const records = signer.records(DOMAIN);

const FIELDS: Record<string, string> = {
  From: `A course <course@${DOMAIN}>`,
  To: "rehearsal+x@mail.course.example",
  Subject: "Lesson 1",
  "List-Unsubscribe": `<https://web.example/unsubscribe/t>, <mailto:unsubscribe+t@${DOMAIN}?subject=unsubscribe>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  "List-Id": `A course <course.${DOMAIN}>`,
  "List-Post": "NO",
  "MIME-Version": "1.0",
  "Content-Type": 'multipart/alternative; boundary="b"',
  "Message-ID": "<0102@eu-west-1.amazonses.com>",
  Date: "Mon, 30 Nov 2026 00:00:00 +0000",
};
const RECEIVED = [
  `Return-Path: <0102@bounce.${DOMAIN}>`,
  "Authentication-Results: amazonses.com; spf=pass (spfCheck: ok) client-ip=1.2.3.4;",
  ` dkim=pass header.i=@${DOMAIN}; dmarc=pass header.from=${DOMAIN};`,
].join("\r\n");
const part = (type: string, text: string) => `--b\r\nContent-Type: text/${type}\r\n\r\n${text}\r\n`;
const BODY = `${part("plain", "Hello.")}${part("html", "<p>Hello.</p>")}--b--\r\n`;

interface Changes {
  /** Fields with other values; undefined: without it. */
  fields?: Record<string, string | undefined>;
  /** Lines that stand twice. */
  more?: string;
  body?: string;
  /** What SES's inbound puts above it. */
  received?: string;
  /** Whose key signs. */
  domain?: string;
  expected?: Partial<Expected>;
}

/** Looks at a lesson that SES has signed as it is changed, so that the change alone can be wrong. */
async function look({
  fields,
  more = "",
  body = BODY,
  received = RECEIVED,
  domain = DOMAIN,
  expected,
}: Changes) {
  const head = Object.entries({ ...FIELDS, ...fields }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const unsigned = Buffer.from(`${head.join("\r\n")}${more}\r\n\r\n${body}`);
  const signed = signer.sign(unsigned, domain, NOW);
  const mail = await readDelivered("key", Buffer.concat([Buffer.from(`${received}\r\n`), signed]));
  return lookAt(mail, {
    settings: { mailDomain: DOMAIN, senderLocalPart: "course" },
    webOrigin: "https://web.example",
    txt: async (name) => (name in records ? [records[name] as string] : []),
    now: NOW,
    messageId: "<0102@eu-west-1.amazonses.com>",
    isOfList: true,
    ...expected,
  });
}

describe("a delivered lesson", () => {
  it("holds as SES delivers it, and the one click is found in it", async () => {
    expect(await look({})).toEqual([
      "“Lesson 1”, 3 KB, <0102@eu-west-1.amazonses.com>",
      expect.stringMatching(
        /^DKIM 2048 bit by \w+\._domainkey\.mail\.course\.example, over from, list-unsubscribe, list-unsubscribe-post$/,
      ),
      "SES's own judgement: spf, dkim and dmarc pass; SPF by bounce.mail.course.example",
    ]);
    const raw = Buffer.from(`List-Unsubscribe: ${FIELDS["List-Unsubscribe"]}\r\n\r\n`);
    expect(oneClickTarget(await readDelivered("key", raw))).toBe("https://web.example/unsubscribe/t");
  });

  it.each<[string, Changes, RegExp]>([
    [
      "another From",
      { fields: { From: "x@mail.course.example" } },
      /From is course@mail.course.example, alone/,
    ],
    [
      "a signature of another domain alone",
      { domain: "x.example" },
      /it is signed by x\.example, amazonses\.com/,
    ],
    ["no key in the DNS", { expected: { txt: async () => [] } }, /no key at/],
    ["no SPF", { received: RECEIVED.replace("spf=pass", "spf=softfail") }, /spf=pass; it says softfail/],
    [
      "no DKIM by SES",
      { received: RECEIVED.replace("dkim=pass", "dkim=permerror") },
      /dkim=pass; it says permerror/,
    ],
    ["no DMARC", { received: RECEIVED.replace(/dmarc=[^;]*;/, "") }, /dmarc=pass; it says nothing/],
    [
      "SES's own return path, because MAIL FROM has no MX",
      { received: RECEIVED.replace("bounce.mail.course.example", "eu-west-1.amazonses.com") },
      /SPF aligns with From; the envelope's sender is at eu-west-1.amazonses.com/,
    ],
    ["another Message-ID", { fields: { "Message-ID": "<x@y>" } }, /Message-ID is <0102@.*>; it is <x@y>/],
    ["no HTML", { body: `${part("plain", "Hello.")}--b--\r\n` }, /a text and an HTML part/],
    [
      "more than Gmail shows",
      { body: BODY.replace("Hello.", "Hello. ".repeat(20_000)) },
      /Gmail cuts it off/,
    ],
    [
      "no List-Unsubscribe",
      { fields: { "List-Unsubscribe": undefined } },
      /covers From and the way to leave; not list-unsubscribe$/,
    ],
    [
      "no List-Unsubscribe-Post",
      { fields: { "List-Unsubscribe-Post": undefined } },
      /covers From and the way to leave; not list-unsubscribe-post$/,
    ],
    [
      "a link to elsewhere",
      { fields: { "List-Unsubscribe": "<https://else.example/u>, <mailto:unsubscribe+t@x.example>" } },
      /one web address of ours and one to mail; it is <https:\/\/else/,
    ],
    [
      "mail alone",
      { fields: { "List-Unsubscribe": "<mailto:unsubscribe+t@x.example>" } },
      /one web address of ours/,
    ],
    [
      "two ways to leave",
      { more: "\r\nList-Unsubscribe: <https://web.example/unsubscribe/u>" },
      /it is missing, or there are several/,
    ],
    ["another post", { fields: { "List-Unsubscribe-Post": "yes" } }, /List-Unsubscribe=One-Click; it is yes/],
    ["no List-Id", { fields: { "List-Id": undefined } }, /List-Id names the list; it is missing/],
    ["no List-Post", { fields: { "List-Post": undefined } }, /List-Post is NO; it is missing/],
  ])("does not hold with %s (control)", async (_, changes, why) => {
    await expect(look(changes)).rejects.toThrow(why);
  });

  it("needs no way to leave where it is a confirmation", async () => {
    const none = { "List-Unsubscribe": undefined, "List-Unsubscribe-Post": undefined };
    expect(await look({ fields: none, expected: { isOfList: false } })).toHaveLength(3);
  });
});
