import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCircumstances } from "../../../console/mail-file.ts";
import { parseInbound } from "../../../functions/mail/inbound/inbound.ts";
import { ownWords } from "../../../functions/mail/inbound/own-words.ts";
import { readReply } from "../../../functions/reply/read-reply.ts";
import {
  accuracy,
  compareWords,
  onceMisreadSamples,
  STRANGERS_MAILS,
  STRANGERS_SENT,
  samples,
  secondStrangersSamples,
  strangersCases,
  strangersSamples,
} from "../../bench/replies.ts";
import { NOTHING } from "../../bench/reply-tools.ts";

const MACHINES = ["out-of-office", "auto-reply", "delivery-report", "loop"];
const UNKNOWN = { ...STRANGERS_SENT, text: "" };

describe("mails by somebody who had seen neither the parser nor its other samples", () => {
  it.each([
    ["known", STRANGERS_SENT],
    ["unknown", UNKNOWN],
  ])("have exactly their readers' words kept, our mail being %s", async (_, sent) => {
    const found = accuracy(await strangersSamples(sent), undefined, compareWords);
    expect(found).toEqual({ replies: 68, exact: 68, lost: [], leaked: [] });
  });

  it("control: with all of them kept, hardly one is exact", async () => {
    const found = accuracy(await strangersSamples(), NOTHING.parse, compareWords);
    expect([found.exact < 3, found.leaked.length > 60]).toEqual([true, true]);
  });

  it("are people's or machines' as they are, and no person is silenced", async () => {
    const wrong: string[] = [];
    for (const { file, kind } of strangersCases()) {
      const mail = await parseInbound(readFileSync(join(STRANGERS_MAILS, file)));
      const { circumstances } = readCircumstances(mail, {
        sent: undefined,
        our: "lesson@in.course.example",
      });
      const read = readReply(mail, { ...circumstances, sent: STRANGERS_SENT }).classification.kind;
      if (MACHINES.includes(read) !== (kind === "machine") || read === "grave") wrong.push(`${file} ${read}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("mails by one more hand", () => {
  it.each([true, false])(
    "have exactly their readers' words kept, our mail being known: %s",
    async (isKnown) => {
      const found = accuracy(await secondStrangersSamples(isKnown), undefined, compareWords);
      expect(found).toEqual({ replies: 34, exact: 34, lost: [], leaked: [] });
    },
  );
});

describe("all collections together", () => {
  it("are more than 400 replies, 97 of 100 exact and none with lost words, our mail being known", async () => {
    const all = [
      ...(["first", "working half", "held-back half"] as const).flatMap((name) => samples(name)),
      ...(await onceMisreadSamples()),
      ...(await strangersSamples()),
    ];
    const { replies, exact, lost } = accuracy(all, undefined, compareWords);
    expect(replies).toBeGreaterThan(600);
    expect(lost).toEqual([]);
    expect(exact / replies).toBeGreaterThanOrEqual(0.97);
  });
});

const ANSWER = "My answer is no.";
const OURS = { addresses: ["@in.course.example"], name: "Managing Up", subject: "Say it first" };
const written = (text: string, sent = ""): string =>
  ownWords({ text, html: undefined, writer: "Sami Reader", sent: { ...OURS, text: sent } }).text;
const LETTER =
  "Most bosses do not fear bad news. They fear the second they hear it from somebody else.\n\nUntil Tuesday,\nDana";
const marked = (text: string): string => text.replace(/^/gm, "> ");
const WROTE = "On Tue, 24 Nov 2026 at 08:00, Managing Up <x@in.course.example> wrote:";
const FIELDS =
  "From: Managing Up <x@in.course.example>\nSent: 24 November 2026\nTo: Sami\nSubject: Say it first";

describe("a short line above our first paragraph", () => {
  const greetings = [
    "Hallo Sami,",
    "Bonjour,",
    "Hei Sami!",
    "こんにちは、",
    "Dobrý den,",
    "Lesson 3",
    "Merhaba,",
  ];
  it.each(greetings)("is ours as what follows is: %s", (greeting) => {
    const letter = `${greeting}\n\n${LETTER}`;
    const replies = [
      `${ANSWER}\n\n${WROTE}\n${marked(letter)}`,
      `${WROTE}\n${marked(letter)}\n\n${ANSWER}`,
      `${ANSWER}\n\n${FIELDS}\n\n${letter}`,
    ];
    expect(replies.map((reply) => written(reply, letter))).toEqual([ANSWER, ANSWER, ANSWER]);
  });

  it("is the reader's where our mail has another one there", () => {
    const reply = `${WROTE}\n\n${ANSWER}\n\n${marked(`Hi,\n\n${LETTER}`)}`;
    expect(written(reply, `Hi,\n\n${LETTER}`)).toBe(ANSWER);
  });
});

describe("a quotation that has its attribution inside", () => {
  it("is ours below an answer too, when our mail is not known", () => {
    const reply = `${marked(`${WROTE}\n\nMost bosses do not fear it.`)}\n\n${ANSWER}\n\n> Until Tuesday`;
    expect(written(reply)).toBe(ANSWER);
  });
});

describe("a mail that is passed on", () => {
  it.each([
    "---------- Forwarded message ---------\nFrom: A B <a@b.example>\nDate: Thu, Nov 26, 2026\nSubject: Re: x",
    "---------- Weitergeleitete Nachricht ---------\nVon: A B <a@b.example>\nDatum: 26. Nov. 2026\nBetreff: x",
    "Début du message transféré :\n\nDe: A <a@b.example>\nObjet: x\nDate: 26 novembre 2026",
    "---------- Przekazana wiadomość ---------\nOd: A B <a@b.example>\nData: czw., 26 lis 2026\nTemat: x",
    "Inizio messaggio inoltrato:\n\nDa: A <a@b.example>\nOggetto: x\nData: 26 novembre 2026",
    "-------- Välitetty viesti --------\nAihe: x\nPäiväys: 26.11.2026\nLähettäjä: A <a@b.example>",
    "---------- 转发的邮件 ---------\n发件人: A <a@b.example>\n日期: 2026年11月26日\n主题: x",
  ])("is none of the words above it: %j", (head) => {
    expect(written(`${ANSWER}\n\n${head}\n\nThis is how I want them.`)).toBe(ANSWER);
  });

  it.each([
    "I got a forwarded message\n\nFrom: my boss\nThen nothing.",
    "---------- Forwarded message ---------\nFrom: A B <a@b.example>\nDate: Thu, Nov 26, 2026\nSubject: Re: x\n\nWords.",
  ])("is kept where it is told of, or where nothing stands above it: %j", (reply) => {
    expect(written(reply)).toBe(reply);
  });
});

describe("what a client writes above a mail, whoever wrote that", () => {
  it.each([
    "-----Original Message-----",
    "----- Ursprüngliche Nachricht -----",
    "*-------- Message d’origine --------*",
  ])("ends the words above it: %s", (mark) => {
    expect(written(`${ANSWER}\n\n${mark}\n\n${LETTER}`)).toBe(ANSWER);
    expect(written(`${ANSWER}\n\n${mark}\n\n${LETTER}`, LETTER)).toBe(ANSWER);
  });

  it("keeps what was typed between lines of ours, and a mark that stands alone", () => {
    const mark = "-----Original Message-----";
    const [first, last] = LETTER.split("\n\n");
    const between = `${mark}\n\n${first}\n\nNot mine.\n\n${last}`;
    expect(written(`${ANSWER}\n\n${between}`, LETTER)).toBe(`${ANSWER}\n\nNot mine.`);
    expect(written(`${mark}\n\nWords.`)).toBe(`${mark}\n\nWords.`);
    expect(written(`${ANSWER}\n\n--- original message by my boss ---\nNo.`)).toContain("No.");
  });

  it("goes with the marked lines below it, and what is typed behind those stays", () => {
    const passed = "> From: A B <a@b.example>\n> Subject: x\n>\n> Words.";
    expect(written(`${ANSWER}\n\nBegin forwarded message:\n\n${passed}\n\nMore of mine.`)).toMatch(
      /^My answer is no\.\n+More of mine\.$/,
    );
  });

  it("names our address and no day", () => {
    expect(written(`${ANSWER}\n\nManaging Up <x@in.course.example> wrote:\n${marked(LETTER)}`)).toBe(ANSWER);
    expect(written("I wrote to x@in.course.example: no answer.")).toBe(
      "I wrote to x@in.course.example: no answer.",
    );
  });
});

describe("a mail of ours that quoted another", () => {
  it("began with a greeting, which is none of the reader's", () => {
    const letter =
      "On 1 March 2026, Sami Reader <s@r.example> wrote:\n> My first answer.\n\nYou can say it first.";
    const quoted = `Hi,\n${letter}`;
    expect(written(`${ANSWER}\n\n${WROTE}\n${marked(quoted)}`, letter)).toBe(ANSWER);
  });
});

describe("what lists and gateways put under a mail", () => {
  it.each([
    "__\nour-readers mailing list\nour-readers@lists.example\nhttps://lists.example/our-readers",
    "Disclaimer\n\nThe information contained in this communication is confidential. If you are not the recipient, any disclosure is strictly prohibited.\n\nThis email has been scanned for viruses and malware, and may have been automatically archived by Example Ltd.",
  ])("is not the reader's: %j", (footer) => {
    expect(written(`${ANSWER}\n\n\n${footer}`)).toBe(ANSWER);
  });

  it("control: a reader's own line of underscores stays", () => {
    expect(written(`${ANSWER}\n__\nMy second answer is yes.`)).toContain("My second answer is yes.");
  });
});

describe("what a company puts under a mail", () => {
  it.each([
    "Harbour Works Ltd, registered in England and Wales no. 0123456, registered office: 1 Quay St, Hull",
    "Muster GmbH · Amtsgericht Köln HRB 12345 · Geschäftsführer: A. Muster",
    "Société Exemple SARL au capital de 10 000 €, RCS Paris 123 456 789",
    "Esempio S.p.A. - Sede legale: Via Roma 1, Milano - P.IVA 01234567890",
    "Przykład Sp. z o.o., siedziba: Kraków, KRS 0000123456, NIP 6760000000",
  ])("is not the reader's: %s", (imprint) => {
    const below = `${ANSWER}\n\n${FIELDS}\n\n${LETTER}\n\n${imprint}`;
    expect([written(`${ANSWER}\n\n${imprint}`), written(below, LETTER)]).toEqual([ANSWER, ANSWER]);
  });

  it.each([
    "We moved the seat of the GmbH to Köln, HRB 12345, and I told my boss first.",
    "The new Ltd has no registered office yet.",
    "The GmbH, HRB 12345, was his whole life, and she told him on Monday.",
  ])("is the reader's where they tell of it: %s", (words) => {
    expect(written(`${ANSWER}\n\n${words}`)).toBe(`${ANSWER}\n\n${words}`);
  });
});

describe("the place of a picture", () => {
  it.each(["[cid:image001.png@01DB3E4C.9A1B2C30]", "[image: chart.png]", "[Bild]", "<image001.png>"])(
    "is no line of the reader's: %s",
    (place) => {
      expect(written(`${ANSWER}\n\n${place}\n\nSee above.`)).toMatch(/^My answer is no\.\n+See above\.$/);
    },
  );

  it("is theirs as part of a sentence", () => {
    expect(written("I wrote [image: none] under the text.")).toBe("I wrote [image: none] under the text.");
  });
});

interface WholeMail {
  file: string;
  want: string;
  own?: string;
  weeks?: number;
  until?: string;
  machine?: string;
  awayUntil?: string;
  grave?: boolean;
}

const UNCLEAR = { leaving: "unclear", steering: "unclear-steering" };

/** What is made of a mail, in the words of `cases.json`. */
async function readWhole(folder: string, { file }: WholeMail) {
  const parse = (name: string) => parseInbound(readFileSync(join(STRANGERS_MAILS, "..", folder, name)));
  const mail = await parse(file);
  const { circumstances } = readCircumstances(mail, { sent: await parse("sent.eml"), our: undefined });
  const theirs = { ...circumstances, isFromSubscriber: true, isFromSubscribersDomain: true };
  const { classification, asks, words, awayUntil } = readReply(mail, theirs);
  const unknown = readReply(mail, { ...theirs, sent: { ...theirs.sent, text: "" } });
  const commands = (asks?.commands ?? []).map((command) =>
    command.name === "pause"
      ? [command.name, command.weeks, command.until].filter(Boolean).join(":")
      : command.name,
  );
  const unclear = asks?.unclear && UNCLEAR[asks.unclear];
  const asked = asks?.leave ? "leave" : commands.sort().join("+") || (unclear ?? "not-leave");
  const isMachine = MACHINES.includes(classification.kind);
  return {
    said: isMachine ? "machine" : asked,
    kind: classification.kind,
    isGrave: asks?.isGrave ?? false,
    own: [words?.text ?? "", unknown.words?.text ?? ""],
    awayUntil,
  };
}

const wanted = ({ want, weeks, until }: WholeMail): string =>
  want
    .split("+")
    .map((one) => (one === "pause" ? [one, weeks, until].filter(Boolean).join(":") : one))
    .sort()
    .join("+");

describe.each([
  // A tool at work is cancelled, and the reader is asked what they mean; a note that names two days.
  ["third-stranger", 150, ["057.eml"], ["140.eml"]],
  ["third-stranger-more", 83, [], []],
])("whole mails of a third hand, in %s", (folder, count, askedBack, wrongDay) => {
  const cases = JSON.parse(
    readFileSync(join(STRANGERS_MAILS, "..", folder, "cases.json"), "utf8"),
  ) as WholeMail[];

  it("ask what is heard, are grave where they are, and are people's or machines' as they are", async () => {
    const wrong: string[] = [];
    const wrongDays: string[] = [];
    for (const one of cases) {
      const { said, kind, isGrave, own, awayUntil } = await readWhole(folder, one);
      const isPerson = one.want !== "machine";
      const isRight =
        said === wanted(one) &&
        (isPerson ? isGrave === Boolean(one.grave) : kind === one.machine) &&
        own.every((words) => !isPerson || compareWords(one.own ?? "", words).isExact);
      if (!isRight) wrong.push(one.file);
      if (one.awayUntil !== undefined && awayUntil !== one.awayUntil) wrongDays.push(one.file);
    }
    expect(cases.length).toBe(count);
    expect(wrong).toEqual(askedBack);
    expect(wrongDays).toEqual(wrongDay);
  });
});

interface MachineRow {
  id: string;
  from: string;
  subject: string;
  headers: Record<string, string>;
  body: string;
  machine: string;
  awayUntil?: string;
}

/** A date further ahead is cut to it: four weeks, but a day. */
const LONGEST_HOLD = "2026-12-21";

/** A mail of 24 November 2026 that answers a lesson. */
const asMail = ({ id, from, subject, headers, body }: MachineRow): Buffer =>
  Buffer.from(
    [
      `From: ${from}`,
      "To: Managing Up <reply+token@in.course.example>",
      `Subject: ${subject}`,
      "Date: Tue, 24 Nov 2026 12:00:00 +0100",
      `Message-ID: <${id}@firma.example>`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
      "",
      body,
      "",
    ].join("\r\n"),
  );

describe("machines of a fifth hand", () => {
  const rows = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../fixtures/asks/machines.third-stranger.json"), "utf8"),
  ) as MachineRow[];

  it.each(rows)("are told: $subject ($id)", async (row) => {
    const mail = await parseInbound(asMail(row));
    const { circumstances } = readCircumstances(mail, { sent: undefined, our: "lesson@in.course.example" });
    const { classification, awayUntil } = readReply(mail, { ...circumstances, sent: STRANGERS_SENT });
    const until = row.awayUntil && row.awayUntil > LONGEST_HOLD ? LONGEST_HOLD : row.awayUntil;
    expect([classification.kind, awayUntil]).toEqual([row.machine, until]);
  });
});
