import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reflectionId } from "../../functions/consent/reflection-id.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { FOLLOWS, type Follows } from "../../functions/domain/replies/follows.ts";
import { inJournal, type ReplyKind } from "../../functions/domain/replies/reflection.ts";
import { type DispatchId, readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { HOUR } from "../../functions/domain/time.ts";
import {
  COURSE,
  closeConversation,
  comes,
  JANE,
  NOW,
  openConversation,
  replyTo,
  SUBSCRIBER,
  sent,
  services,
  to,
  unmatched,
  WORDS,
  type Writes,
  world,
} from "../support/conversation.ts";

const ARCHITECTURE = join(import.meta.dirname, "../../docs/ARCHITECTURE.md");

/** A row of the table of what follows from a reply. */
interface Row {
  name: string;
  kind: ReplyKind;
  follows: Follows;
  mail: string;
  owner: string;
  journal: string;
}

function readRows(docs: string): Row[] {
  const section = docs.slice(docs.indexOf("## What follows from a reply"));
  const table = section.slice(
    section.indexOf("| --- |"),
    section.indexOf("\n\n", section.indexOf("| --- |")),
  );
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .map(([, kind, when, follows, mail, owner, journal]) => ({
      name: `${kind}: ${when}`,
      kind: kind as ReplyKind,
      follows: follows as Follows,
      mail: mail ?? "",
      owner: owner ?? "",
      journal: journal ?? "",
    }));
}
const ROWS = readRows(readFileSync(ARCHITECTURE, "utf8"));

// ---- The reply of each row ----

const LONG_AGO = "I learnt from your lesson that a date is worth more than a promise.";
const toOne = async (writes: Omit<Writes, "recipients">): Promise<Writes> => ({
  recipients: [await replyTo("one")],
  ...writes,
});
const says =
  (words: string, more: Partial<Writes> = {}) =>
  () =>
    toOne({ words, ...more });

/** The rating before the course is asked for by the welcome. */
async function figureForWelcome(): Promise<Writes> {
  await sent("welcome", "welcome");
  return { recipients: [await replyTo("welcome", "welcome")], words: "3" };
}
async function secondReply(): Promise<Writes> {
  await comes(await toOne({ words: LONG_AGO }));
  await mailToReader();
  world.ses.sent.length = 0;
  return toOne({ words: WORDS });
}
async function replyToAnswer(): Promise<Writes> {
  await sent("answer", "a1");
  return { recipients: [await replyTo("a1", "answer")], words: WORDS };
}
async function ownersAnswer(): Promise<Writes> {
  await comes(await toOne({ words: "Was it wrong to ask twice, do you think?", id: "asked" }));
  const relay = { subscriber: SUBSCRIBER, reflection: reflectionId("<asked@acme.example>") };
  return {
    recipients: [(await to()).relayAddress(relay)],
    from: "owner@office.example",
    words: "It was not. Ask a third time.",
  };
}

const GRAVE = "My father died on Sunday.";
const EXAMPLES: Record<string, () => Promise<Writes>> = {
  "unsubscribe: one word, whatever name or footer is below it": says("Stop\n\nJane\n\nSent from my iPhone"),
  "unsubscribe: in more words": says("Please take me off your list.\n\nJane"),
  "unsubscribe: of one of the two, course and newsletter": says(
    "Please stop the newsletter, I want to keep the lessons.",
  ),
  "unsubscribe: with other words beside it": says(
    "Please take me off your list.\n\nLast month we quoted a job on day six.",
  ),
  "unsubscribe: with grave news beside it": says(`Please take me off your list. ${GRAVE}`),
  "command: a request": says("Could you pause this for two weeks, please? Thanks, Jane"),
  "command: two requests": says("Faster please. And send me my journal."),
  "command: a figure, where one was asked for": figureForWelcome,
  "command: with other words beside it": says("pause 2 weeks\n\nLast month we quoted a job on day six."),
  "command: with a question beside it": says("pause 2 weeks\n\nCould you write to me about the workshop?"),
  "command: with grave news beside it": says("Please pause until 10 January, I am in hospital."),
  "command: the next lesson, of a sender who is not proven": says("next lesson please", {
    verdicts: { dmarc: "GRAY" },
  }),
  "reflection: the first to a lesson": says(WORDS),
  "reflection: any more to the same lesson": secondReply,
  "reflection: to the owner's answer, or to the newsletter": replyToAnswer,
  "very-short: the first to a lesson": says("A second estimator."),
  "question: the first to a lesson": says("Was it wrong to ask twice, do you think?"),
  "unclear-leaving: leaving is spoken of": says("Maybe I should unsubscribe."),
  "unclear-command: nearly a request": says("Please pause until after our offsite.\n\nJane"),
  "unclear-command: nearly a request, and a question": says("How long can I pause for, if I wanted to?"),
  "grave: death, illness, dismissal, harm, a crisis": says(`${GRAVE} I have not read your lesson.`),
  "foreign-sender: from an address that we do not know": says(WORDS, { from: "jane.doe@home.example" }),
  "foreign-sender: with grave news, or where DMARC failed": says(GRAVE, { from: "jane.doe@home.example" }),
  "unparsed: there are no words to read": says(""),
  "unmatched: it belongs to nobody known": async () => ({ recipients: ["lessons@course.example"] }),
  "owner-answer: the owner's reply to what was passed on": ownersAnswer,
  "delivery-report: a mail came back": says("Delivery has failed.", {
    source: "",
    from: "mailer-daemon@acme.example",
  }),
  "out-of-office: an absence; a day of return holds the course": says("I am away until 7 December 2026.", {
    headers: ["Auto-Submitted: auto-replied", "X-Autoreply: yes"],
  }),
  "auto-reply: another machine's answer": says("Your request (12345) has been received.", {
    headers: ["Auto-Submitted: auto-replied"],
  }),
  "loop: from an address of ours": says(WORDS, { from: "lessons@course.example" }),
  "virus: kept without its words": says(WORDS, { verdicts: { virus: "FAIL" } }),
  "spam: what SES took for it": says(WORDS, { verdicts: { spam: "FAIL" } }),
};

// ---- What followed ----

/** Nothing else is due: what is mailed is an answer to the reply. */
async function openQuietly(): Promise<void> {
  await openConversation();
  const { store } = services;
  await store.change((await store.enrolment(SUBSCRIBER, COURSE)) as Enrolment, (now) => ({
    ...now,
    agenda: {},
  }));
  await store.change((await store.subscriber(SUBSCRIBER)) as Subscriber, (now) => ({ ...now, agenda: {} }));
}

/** What has reached her: `notice_left`, `prompt (substantial)`. */
async function mailToReader(): Promise<string[]> {
  world.clock.set(NOW + HOUR);
  const planned = (await services.store.enrolment(SUBSCRIBER, COURSE))?.agenda ?? {};
  for (const key of [{ subscriber: SUBSCRIBER, course: COURSE }, { subscriber: SUBSCRIBER }])
    await deliver(services, key, openSlots(services, "urgent"), NOW + 2 * HOUR);
  return world.ses.sent.map(({ to: address, dispatch }) => {
    expect(address).toBe(JANE);
    const { kind, slug } = readDispatchId(dispatch as DispatchId) ?? { kind: "?", slug: "" };
    if (kind === "prompt") return `prompt (${planned[`prompt_${slug}`]?.answers})`;
    return kind === "notice" ? `notice_${slug.slice(0, slug.lastIndexOf("-"))}` : kind;
  });
}

/** When the owner hears of the reply: by a mail of its own, in the digest, or by the tray of unmatched mails. */
async function ownerHears(id: string): Promise<string> {
  const { agenda } = await services.store.owner();
  const noted = await services.store.notedForDigest();
  const ways = [
    agenda[`relay_${id}`] && "at once",
    noted.some(({ reflection }) => reflection === id) && "digest",
    unmatched.length > 0 && "tray",
  ];
  return ways.filter(Boolean).join(", ") || "never";
}

const kept = () => services.store.reflections(SUBSCRIBER);

describe("the table of what follows from a reply", () => {
  it("has each kind that there is, and no other", () => {
    expect(new Set(ROWS.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FOLLOWS)));
  });

  it("has a reply for each row, and each of them a row", () => {
    expect(Object.keys(EXAMPLES)).toEqual(ROWS.map(({ name }) => name));
  });

  it("says of each kind what the code does", () => {
    expect(ROWS.filter(({ kind, follows }) => FOLLOWS[kind] !== follows)).toEqual([]);
  });

  it("passes nothing on to no one, and lets a machine's mail reach nobody", () => {
    const passedOn = ROWS.filter(({ follows }) => follows === "passed on");
    expect(passedOn.filter(({ mail, owner }) => owner === "never" && mail !== "answer")).toEqual([]);
    const machines = ROWS.filter(({ follows }) => follows === "machine");
    expect(
      machines.filter(({ mail, owner, journal }) => `${mail} ${owner} ${journal}` !== "none never no"),
    ).toEqual([]);
  });
});

describe("a reply of each row", () => {
  beforeEach(openQuietly);
  afterEach(closeConversation);

  it.each(ROWS)("is followed by what the docs say: $name", async (row) => {
    const writes = (await EXAMPLES[row.name]?.()) as Writes;
    const before = (await kept()).map(({ id }) => id);
    await comes(writes);
    const reply = (await kept()).find(({ id }) => !before.includes(id));
    const followed = {
      kind: reply?.replyKind ?? "unmatched",
      mail: (await mailToReader()).join(", ") || "none",
      owner: await ownerHears(reply?.id ?? ""),
      journal: reply && inJournal(reply) ? (reply.besides === undefined ? "yes" : "beside") : "no",
    };
    const { kind, mail, owner, journal } = row;
    expect(followed).toEqual({ kind, mail, owner, journal });
  });
});
