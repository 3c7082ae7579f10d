import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { runConsole } from "../../console/commands.ts";

const FIXTURES = join(ROOT, "tests/fixtures/replies");
const TOKEN = "aeagcyltmvzxi2lom52ha43ume4tsmzqgezdgnbvgy3tqojqgez";
const OUR = `reply+${TOKEN}@in.course.example`;
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coursepost-console-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function mailFile(name: string, headers: string[], body: string): string {
  const path = join(folder, name);
  const always = [
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
  ];
  writeFileSync(path, [...headers, ...always, "", body].join("\r\n"));
  return path;
}

const replyHeaders = (changes: { from?: string; to?: string } = {}): string[] => [
  `From: Jane Doe <${changes.from ?? "jane@acme.example"}>`,
  `To: <${changes.to ?? OUR}>`,
  "Subject: Re: Never ask without an example",
  "Message-ID: <one@acme.example>",
  "In-Reply-To: <0100@email.amazonses.com>",
];
const reply = (body: string, changes?: { from?: string; to?: string }): string =>
  mailFile("reply.eml", replyHeaders(changes), body);
const sent = (): string =>
  mailFile(
    "sent.eml",
    [
      'From: "Managing Up, Leading Down" <course@in.course.example>',
      `Reply-To: <${OUR}>`,
      "To: <jane@acme.example>",
      "Subject: Never ask without an example",
    ],
    fixture("sent.txt"),
  );

async function json(...given: string[]) {
  const { exitCode, out, error } = await runConsole(["parse-reply", "--json", ...given]);
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
  return JSON.parse(out);
}

describe("parse-reply shows an owner what becomes of a reply", () => {
  it("tells the kind, the reason and the reader's own words with their places", async () => {
    const body = fixture("gmail-en.reply.txt");
    const report = await json(reply(body), "--sent", sent());
    expect(report.ownWords.text).toBe(fixture("gmail-en.own.txt").trimEnd());
    expect(report).toMatchObject({
      kind: "reflection",
      reason: "Own words of a person",
      assumed: [expect.any(String)],
    });
    for (const { line, start, end, text } of report.ownWords.lines) {
      expect(body.split("\n")[line - 1]).toBe(text);
      expect(body.slice(start, end)).toBe(text);
    }
  });

  it("tells what follows from it: an answer, a command, or a wait for a reader who is away", async () => {
    expect((await json(reply("A second estimator, and a say in the price that he quotes."))).does).toBe(
      "one automatic answer, if the lesson has had none",
    );
    expect((await json(reply("pause 3 weeks\n\nJane"))).does).toBe(
      'carries out "pause" for 3 weeks, and says so in the thread',
    );
    expect((await json(reply("stop"))).does).toContain("leaves the course and the newsletter");
    const headers = ["Auto-Submitted: auto-replied", "Date: Tue, 24 Nov 2026 09:00:00 +0100"];
    const away = (text: string) => mailFile("away.eml", [...replyHeaders(), ...headers], text);
    expect((await json(away("Ich bin bis 30.11. nicht im Büro."))).does).toContain(
      "holds the course until the day after 2026-11-30",
    );
    expect((await json(away("Ich bin nicht im Büro."))).does).toBe("nothing: it is kept");
  });

  it.each([
    ["A second estimator, and a say in the price that he quotes.", { kind: "reflection" }, []],
    ["How do you price the second hour?", { kind: "question" }, []],
    ["stop", { kind: "unsubscribe", command: "leave", leaves: "list" }, ["not answered"]],
    [
      "Please take me off your list, I have changed jobs.",
      { kind: "unsubscribe", command: "leave", leaves: "list" },
      ["one mail says so"],
    ],
    ["Please delete all my data.", { kind: "unsubscribe", command: "leave", leaves: "everything" }, []],
    ["pause 3 weeks", { kind: "command", command: "pause", weeks: 3 }, ["for 3 weeks"]],
    [
      "Please pause until 10 January 2027.",
      { kind: "command", command: "pause", until: "2027-01-10" },
      ["until 2027-01-10"],
    ],
    [
      "next\nslower",
      { kind: "command", command: "next", commands: [{ name: "next" }, { name: "slower" }] },
      ['"next" and "slower"'],
    ],
    ["My father died on Sunday.", { kind: "grave", isGrave: true }, ["no automatic answer"]],
    ["Maybe I should unsubscribe.", { kind: "unclear-leaving" }, ["changes nothing"]],
  ])("says of %j what is asked for", async (words, fields, does) => {
    const report = await json(reply(words), "--sent", sent());
    expect(report).toMatchObject({ ...fields, ownWords: { text: words } });
    for (const says of does) expect(report.does).toContain(says);
    const asked = ["command", "commands", "weeks", "until", "leaves", "isGrave", "awayUntil"];
    const shown = Object.keys(report).filter((field) => asked.includes(field));
    expect(shown.filter((field) => field !== "commands" && !(field in fields))).toEqual([]);
  });

  it("says until which day a mailbox tells that its reader is away, and nothing of the kind for a notice of failure", async () => {
    const headers = [...replyHeaders(), "Auto-Submitted: auto-replied"];
    const dated = [...headers, "Date: Tue, 24 Nov 2026 09:00:00 +0100"];
    const away = mailFile("dated.eml", dated, "I am out of the office until 30 November.");
    expect(await json(away)).toMatchObject({ kind: "out-of-office", awayUntil: "2026-11-30" });
    const failed = [...headers, "Content-Language: en", "X-Failed-Recipients: jane@acme.example"];
    const notice = await json(mailFile("failed.eml", failed, "Your message could not be delivered."));
    expect([notice.awayUntil, notice.command, notice.does]).toEqual([
      undefined,
      undefined,
      "nothing: it is kept",
    ]);
  });

  it("finds the answer inside our letter only when it is given that letter", async () => {
    const file = reply(fixture("outlook-answers-inside-original.reply.txt"));
    const own = fixture("outlook-answers-inside-original.own.txt").trimEnd();
    expect((await json(file, "--sent", sent())).ownWords.text).toBe(own);
    expect((await json(file)).ownWords.text).not.toBe(own);
  });

  it("names the token that the reply came with, and that it was not checked", async () => {
    const { boundBy } = await json(reply("A second estimator."));
    expect(boundBy.tokens).toEqual([TOKEN]);
    expect(boundBy.note).toContain("no keyring");
  });

  it("falls back on the thread, and on nothing, as the deployed function does", async () => {
    const { boundBy } = await json(reply("A second estimator.", { to: "course@in.course.example" }));
    expect(boundBy).toMatchObject({ tokens: [], thread: ["<0100@email.amazonses.com>"] });
    const alone = mailFile(
      "alone.eml",
      ["From: <jane@acme.example>", "To: <course@in.course.example>"],
      "Hello.",
    );
    expect((await json(alone)).boundBy.note).toContain("unmatched tray");
  });

  it("tells a foreign sender by the mail that was replied to", async () => {
    const file = reply("A second estimator.", { from: "somebody@else.example" });
    expect((await json(file, "--sent", sent())).kind).toBe("foreign-sender");
    expect((await json(file)).kind).toBe("very-short");
  });

  it("tells a loop by our address", async () => {
    const file = reply("A second estimator.", { from: "course@in.course.example", to: "x@other.example" });
    expect((await json(file, "--our", "reply@in.course.example")).kind).toBe("loop");
    expect((await json(file)).kind).toBe("very-short");
  });

  it("goes by the verdicts that SES wrote into the mail", async () => {
    const verdicts = ["X-SES-Spam-Verdict: PASS", "X-SES-Virus-Verdict: FAIL"];
    const file = mailFile("virus.eml", [...verdicts, ...replyHeaders()], "A second estimator.");
    expect((await json(file)).kind).toBe("virus");
    const forged = [
      "Authentication-Results: amazonses.com; spf=pass; dkim=none; dmarc=fail header.from=acme.example;",
    ];
    expect((await json(mailFile("forged.eml", [...forged, ...replyHeaders()], "Hello."))).kind).toBe(
      "foreign-sender",
    );
  });

  it("tells a machine by its empty return path", async () => {
    const file = mailFile("away.eml", ["Return-Path: <>", ...replyHeaders()], "I am on holiday.");
    expect((await json(file)).kind).toBe("out-of-office");
  });

  it("keeps what cannot be parsed as unparsed", async () => {
    const parts = Array.from({ length: 200 }, () => "--b\r\n\r\nx").join("\r\n");
    const headers = ["From: <jane@acme.example>", 'Content-Type: multipart/mixed; boundary="b"', "", ""];
    const file = join(folder, "broken.eml");
    writeFileSync(file, headers.join("\r\n") + parts);
    expect(await json(file)).toMatchObject({ kind: "unparsed", ownWords: { lines: [] } });
  });

  it("prints for people: attachments by name, and nothing that could steer a terminal", async () => {
    const file = join(folder, "attached.eml");
    const body = [
      ...replyHeaders(),
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain; charset=utf-8",
      "",
      "One.",
      "",
      "Red \u001b[31m two.",
      "--b",
      'Content-Type: application/pdf; name="offer.pdf"',
      'Content-Disposition: attachment; filename="offer.pdf"',
      "",
      "12345",
      "--b--",
      "",
    ];
    writeFileSync(file, body.join("\r\n"));
    const { out } = await runConsole(["parse-reply", file]);
    expect(out).toMatch(/^Kind {9}reflection$/m);
    expect(out).toMatch(/^Attachments +offer\.pdf, application\/pdf, \d+ bytes$/m);
    expect(out).toMatch(/^ {4}1 {2}0–4 +\| One\.$/m);
    expect(out).toMatch(/^ {4}3 {2}6–\d+ +\| Red \ufffd\[31m two\.$/m);
    expect(out).not.toContain("\u001b");
  });
});

describe("the console speaks to a person who mistyped", () => {
  it.each([
    ["no file", ["parse-reply"], "parse-reply needs FILE.eml"],
    ["a file that is not there", ["parse-reply", "nowhere.eml"], 'There is no file "nowhere.eml".'],
    ["a folder", ["parse-reply", ROOT], "is a folder, not a mail"],
    ["two files", ["parse-reply", "a.eml", "b.eml"], '"b.eml" is too much'],
    ["an unknown flag", ["parse-reply", "a.eml", "--jsn"], "Did you mean --json?"],
    ["a flag without its value", ["parse-reply", "a.eml", "--sent"], "--sent needs a value"],
    ["an address that is none", ["parse-reply", "a.eml", "--our", "us"], "--our us is not an address"],
    ["an unknown command", ["parse"], 'There is no command "parse"; there are api-keys, course, '],
  ])("on %s", async (_, given, says) => {
    const { exitCode, out, error } = await runConsole(given);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(error).toContain(says);
  });

  it("lists its commands on `help`, and on nothing at all", async () => {
    expect(await runConsole(["help"])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("parse-reply"),
    });
    expect(await runConsole([])).toEqual(await runConsole(["help"]));
    expect((await runConsole(["parse-reply", "--help"])).out).toContain("--sent SENT.eml");
  });

  it("runs as `npm run console` does", () => {
    const arguments_ = ["--import", "tsx", "console/main.ts", "parse-reply", reply("A second estimator.")];
    const out = execFileSync(process.execPath, arguments_, { cwd: ROOT, encoding: "utf8" });
    expect(out).toContain("very-short");
  });
});
