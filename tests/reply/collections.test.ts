import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCircumstances } from "../../console/mail-file.ts";
import { machine } from "../../functions/domain/replies/machine.ts";
import type { ReplyKind } from "../../functions/domain/replies/reflection.ts";
import { type InboundMail, parseInbound } from "../../functions/mail/inbound/inbound.ts";
import { type Reading, readReply } from "../../functions/reply/read-reply.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const MACHINES = join(FIXTURES, "machines");
const MAILS = join(FIXTURES, "replies/mails");
const parse = (...path: string[]): Promise<InboundMail> => parseInbound(readFileSync(join(...path)));
const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), "utf8"));

async function readMail(mail: InboundMail, sent?: InboundMail): Promise<Reading> {
  return readReply(mail, readCircumstances(mail, { sent, our: undefined }).circumstances);
}

const MACHINE_KINDS: ReplyKind[] = ["out-of-office", "auto-reply", "delivery-report", "loop"];
const ANSWERED_KINDS: ReplyKind[] = ["reflection", "very-short", "question", "command"];
const spoken = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");

interface Entry {
  file: string;
  is: "machine" | "person";
  awayUntil?: string | null;
}
/** As for the replies: the half that mended the rules, and the half that was counted first and read later. */
const isHeldBack = ({ file }: Entry): boolean =>
  Number.parseInt(createHash("sha1").update(file.split(".", 1).join("")).digest("hex").slice(0, 1), 16) >= 8;

/** A date further ahead than the longest hold is cut to it. */
const LONGEST_HOLD = 27;
function cut(date: string, mail: InboundMail): string {
  const sent = Date.parse(mail.headers.find(({ name }) => name === "date")?.value ?? "");
  const latest = new Date(sent + LONGEST_HOLD * 86_400_000).toISOString().slice(0, 10);
  return date < latest ? date : latest;
}

interface Found extends Entry {
  mail: InboundMail;
  reading: Reading;
}

async function readAll(isWanted: (entry: Entry) => boolean): Promise<Found[]> {
  const entries = json<Entry[]>(MACHINES, "index.json").filter(isWanted);
  return Promise.all(
    entries.map(async (entry) => {
      const mail = await parse(MACHINES, entry.file);
      return { ...entry, mail, reading: await readMail(mail) };
    }),
  );
}

const kindOf = ({ reading }: Found): ReplyKind => reading.classification.kind;

describe("machines and people that were written without a look at the rules", () => {
  it("are all listed", () => {
    const files = readdirSync(MACHINES).filter((name) => name.endsWith(".eml"));
    expect(
      json<Entry[]>(MACHINES, "index.json")
        .map(({ file }) => file)
        .sort(),
    ).toEqual(files.sort());
    expect(files.length).toBeGreaterThan(140);
  });

  it("are told apart in the half that mended the rules", async () => {
    const found = await readAll((entry) => !isHeldBack(entry));
    const machines = found.filter(({ is }) => is === "machine");
    expect(machines.length).toBeGreaterThan(30);
    expect(machines.filter((one) => !MACHINE_KINDS.includes(kindOf(one))).map(({ file }) => file)).toEqual(
      [],
    );
    const people = found.filter(({ is }) => is === "person");
    expect(people.length).toBeGreaterThan(20);
    expect(people.filter((one) => MACHINE_KINDS.includes(kindOf(one))).map(({ file }) => file)).toEqual([]);
  });

  it("are told apart in the half that was held back at first, but for one person without a return path", async () => {
    const found = await readAll(isHeldBack);
    const answered = found.filter((one) => one.is === "machine" && ANSWERED_KINDS.includes(kindOf(one)));
    const taken = found.filter((one) => one.is === "person" && MACHINE_KINDS.includes(kindOf(one)));
    expect(found.length).toBeGreaterThan(70);
    expect(answered.map(({ file }) => file)).toEqual([]);
    expect(taken.length).toBeLessThanOrEqual(1);
  });

  it("say when they are back, and none says a wrong day", async () => {
    const found = await readAll(() => true);
    const dated = found.filter(({ awayUntil }) => typeof awayUntil === "string");
    const isRight = ({ awayUntil, mail, reading }: Found) => reading.awayUntil === cut(awayUntil ?? "", mail);
    expect(dated.length).toBeGreaterThan(40);
    expect(dated.filter(isRight).length / dated.length).toBeGreaterThanOrEqual(0.88);
    const wrong = found.filter((one) => one.reading.awayUntil !== undefined && !isRight(one));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe("signs of machines that a person's mail bears as well", () => {
  const facts = (subject: string, ownWords: string, headers: [string, string][] = []) => ({
    source: "dana@reader.example",
    from: "dana@reader.example",
    subject,
    ownWords,
    headers: headers.map(([name, value]) => ({ name, value })),
  });

  it.each<[string, string, [string, string][]]>([
    [
      "Re: Bring the example",
      "I was on leave when the press broke. I want a second estimator.",
      [["precedence", "bulk"]],
    ],
    ["Am I a member?", "You wrote that I am not a member. Why?", []],
    ["Re: Out of office", "A second estimator. The brewery waited five weeks.", []],
    ["Re: Bring the example", "Please contact my boss; I no longer work with the press.", []],
    ["Re: Bring the example", "A second estimator.", [["x-auto-response-suppress", "DR, OOF, AutoReply"]]],
    ["Re: Bring the example", "A second estimator.", [["x-autoreply", "no"]]],
  ])("make nobody a machine: %s, %s", (subject, words, headers) => {
    expect(machine(facts(subject, words, headers))).toBeUndefined();
  });

  it.each<[string, string, [string, string][]]>([
    ["Abwesend: Bring the example", "Ich bin ab 7.12. wieder da.", []],
    ["Fora do escritório: Bring the example", "Volto em 7 de dezembro", []],
    ["Fuori ufficio: Bring the example", "Torno lunedì", []],
    ["Automatická odpoveď: Bring the example", "Ďakujem", []],
    ["Support Ticket Opened [#551230]", "A request for support has been created and assigned #551230.", []],
    ["[Acme] Re: Bring the example", "Your request (12345) has been received.", []],
    ["Bring the example", "Non lavoro più in Acme, contattare info@acme.example", []],
    ["Bring the example", "Thanks", [["x-yahoo-autoreply", "1"]]],
    ["Bring the example", "Thanks", [["x-auto-response", "yes"]]],
    ["You dana@reader.example are not member (example ML)", "You are not a member.", []],
    ["Your message to Letters awaits moderator approval", "Is being held", []],
  ])("tell a machine where its words or its own fields do: %s, %s", (subject, words, headers) => {
    expect(machine(facts(subject, words, headers))).toBeDefined();
  });
});

interface Case {
  file: string;
  expected: { own?: string; kind?: string; answered?: boolean; away?: string };
}

describe("mails that were read wrongly once", () => {
  it.each(json<Case[]>(MAILS, "cases.json"))(
    "are read as they were meant: $file",
    async ({ file, expected }) => {
      const mail = await parse(MAILS, file);
      const { classification, words, awayUntil } = await readMail(mail, await parse(MAILS, "sent.eml"));
      const { kind } = classification;
      if (expected.own !== undefined) expect(spoken(words?.text ?? "")).toBe(spoken(expected.own));
      if (expected.answered !== undefined) expect(ANSWERED_KINDS.includes(kind)).toBe(expected.answered);
      if (expected.kind === "not-machine") expect(MACHINE_KINDS).not.toContain(kind);
      else if (expected.kind !== undefined) expect(kind).toBe(expected.kind);
      if (expected.away !== undefined) expect(awayUntil).toBe(expected.away);
    },
  );
});
