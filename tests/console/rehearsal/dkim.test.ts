import { generateKeyPairSync } from "node:crypto";
import { createTransport } from "nodemailer";
import { describe, expect, it } from "vitest";
import { type TxtLookup, verifyDkim } from "../../../console/rehearsal/dkim.ts";
import { openDkimSigner } from "../../../local/aws/dkim.ts";

const NOW = Date.UTC(2026, 10, 30);
const lookup =
  (records: Record<string, string>): TxtLookup =>
  async (name) =>
    name in records ? [records[name] as string] : [];

/** RFC 8463, appendix A: its rsa-sha256 signature, relaxed/relaxed. */
const RFC_KEY = {
  "test._domainkey.football.example.com":
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
};
const RFC_MAIL = [
  "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
  " d=football.example.com; i=@football.example.com;",
  " q=dns/txt; s=test; t=1528637909; h=from : to : subject :",
  " date : message-id : from : subject : date;",
  " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
  " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3",
  " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz",
  " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=",
  "From: Joe SixPack <joe@football.example.com>",
  "To: Suzie Q <suzie@shopping.example.net>",
  "Subject: Is dinner ready?",
  "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
  "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
  "",
  "Hi.",
  "",
  "We lost the game.  Are you hungry yet?",
  "",
  "Joe.",
  "",
].join("\r\n");

const judge = async (mail: string, records: Record<string, string>) =>
  (await verifyDkim(Buffer.from(mail, "latin1"), lookup(records), NOW))[0];

describe("a signature that others made", () => {
  it("verifies: the example of RFC 8463", async () => {
    const judged = await judge(RFC_MAIL, RFC_KEY);
    expect(judged).toMatchObject({ domain: "football.example.com", selector: "test", keyBits: 1024 });
    expect(judged?.problem).toBeUndefined();
  });

  it("verifies: nodemailer's, of a mail with list fields, folded and in UTF-8", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
    const { message } = await transport.sendMail({
      from: { name: "Zoë, the author", address: "course@mail.example" },
      to: "reader@x.example",
      subject: "A subject that is long enough to be folded, and then some words more — with a dash",
      text: "Words.  And two spaces.\n\n\nMore.\n\n\n",
      headers: {
        "List-Unsubscribe": "<https://x.example/u>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      dkim: { domainName: "mail.example", keySelector: "s1", privateKey: pem },
    });
    const p = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    const judged = await judge(Buffer.from(message as Buffer).toString("latin1"), {
      "s1._domainkey.mail.example": `p=${p}`,
    });
    expect(judged).toMatchObject({ domain: "mail.example", keyBits: 2048 });
    expect(judged?.problem).toBeUndefined();
    expect(judged?.covers).toContain("list-unsubscribe");
  });

  it.each<[string, (mail: string) => string, string]>([
    ["a word of the body", (mail) => mail.replace("hungry", "angry"), "the body is not what was signed"],
    [
      "a word of the subject",
      (mail) => mail.replace("dinner", "lunch"),
      "the header fields are not what was signed",
    ],
    [
      "the From",
      (mail) => mail.replace("Joe SixPack", "Jo SixPack"),
      "the header fields are not what was signed",
    ],
    [
      "a second From above",
      (mail) => mail.replace("From: Joe", "From: a@b.example\r\nFrom: Joe"),
      "the header fields",
    ],
    [
      "a letter of b=",
      (mail) => mail.replace("F45dVWDf", "F45dVWDg"),
      "the header fields are not what was signed",
    ],
    [
      "what is signed",
      (mail) => mail.replace("h=from : to", "h=x-from : to").replace(": from :", ": x :"),
      "h= does not name From",
    ],
    ["the algorithm", (mail) => mail.replace("rsa-sha256", "rsa-sha1"), "a=rsa-sha1 is not rsa-sha256"],
    ["a length", (mail) => mail.replace("q=dns/txt;", "q=dns/txt; l=5;"), "l= signs only a part of the body"],
    ["an end", (mail) => mail.replace("q=dns/txt;", "q=dns/txt; x=1528637910;"), "x= has passed"],
    ["an agent elsewhere", (mail) => mail.replace("i=@football", "i=@soccer"), "i= is no part of d="],
    ["the version", (mail) => mail.replace("v=1;", "v=2;"), "v= is not 1"],
  ])("does not verify when %s is another", async (_, change, problem) => {
    expect(change(RFC_MAIL)).not.toBe(RFC_MAIL);
    expect((await judge(change(RFC_MAIL), RFC_KEY))?.problem).toContain(problem);
  });

  it.each<[string, Record<string, string>, string]>([
    ["is not in the DNS", {}, "no key at test._domainkey.football.example.com"],
    ["is revoked", { "test._domainkey.football.example.com": "v=DKIM1; p=" }, "is revoked"],
    ["is no key", { "test._domainkey.football.example.com": "p=aaaa" }, "is no key"],
    ["is of another kind", { "test._domainkey.football.example.com": "k=ed25519; p=aaaa" }, "k=ed25519"],
  ])("does not verify when its key %s", async (_, records, problem) => {
    expect((await judge(RFC_MAIL, records))?.problem).toContain(problem);
  });

  it("is none where a mail has none, or nothing at all", async () => {
    expect(await verifyDkim(Buffer.from("From: a@b.example\r\n\r\nHi.\r\n"), lookup({}), NOW)).toEqual([]);
    expect(await verifyDkim(Buffer.from(""), lookup({}), NOW)).toEqual([]);
  });
});

describe("the signature of the emulator of SES", () => {
  const signer = openDkimSigner();
  const MAIL = [
    "From: A course <course@mail.example>",
    "To: r@x.example",
    "Subject: Lesson",
    "List-Unsubscribe: <https://x.example/u>,",
    " <mailto:u@mail.example>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "Message-ID: <0102@eu-west-1.amazonses.com>",
    "Date: Mon, 30 Nov 2026 00:00:00 +0000",
    "Feedback-ID: 1.eu-west-1.x:AmazonSES",
    "",
    "Words.  Two spaces, and a trailing one. ",
    "",
    "",
    "",
  ].join("\r\n");
  const signed = () => signer.sign(Buffer.from(MAIL, "latin1"), "mail.example", NOW).toString("latin1");
  const all = (mail: string) =>
    verifyDkim(Buffer.from(mail, "latin1"), lookup(signer.records("mail.example")), NOW);

  it("is the domain's and SES's own, and both verify", async () => {
    const judged = await all(signed());
    expect(judged.map(({ domain, problem, keyBits }) => [domain, problem, keyBits])).toEqual([
      ["mail.example", undefined, 2048],
      ["amazonses.com", undefined, 2048],
    ]);
    expect(judged[0]?.covers).toEqual(
      "from to subject list-unsubscribe list-unsubscribe-post message-id date".split(" "),
    );
  });

  it("does not verify when the mail is changed on its way: simple for the body, relaxed for the head", async () => {
    const problems = async (mail: string) => (await all(mail)).map(({ problem }) => problem !== undefined);
    expect(await problems(signed().replace("Two spaces", "Three spaces"))).toEqual([true, true]);
    expect(await problems(signed().replace("Words.  ", "Words. "))).toEqual([true, true]);
    expect(await problems(signed().replace("=One-Click", "=Two-Clicks"))).toEqual([true, true]);
    expect(await problems(signed().replace("Subject: Lesson", "SUBJECT:  Lesson"))).toEqual([false, false]);
    expect(await problems(signed().replace(",\r\n <mailto", ", <mailto"))).toEqual([false, false]);
  });
});
