import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConversation } from "../../../console/replies/read-conversation.ts";
import { replyName } from "../../../console/replies/reply-name.ts";
import { answerReader } from "../../../functions/consent/answer-reader.ts";
import { erase } from "../../../functions/consent/erase.ts";
import { type Enrolment, withLeft } from "../../../functions/domain/course/enrolment.ts";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { aConsent } from "../../support/consents.ts";
import { NOW, openReplies, type RepliesWorld } from "./world.ts";

const JANE = "janejanejanejan2";
const TOM = "tomtomtomtomtom2";
const ANSWER = "Then it is the best example there is. Bring the date and the amount.";

let desk: RepliesWorld;
beforeEach(async () => {
  desk = await openReplies();
  await desk.reader(JANE);
  await desk.reader(TOM, "Tom");
});
afterEach(() => desk.stop());

const holder = (subscriber = JANE) => ({ subscriber, course: desk.course });
const answers = (reply: Reflection, words = ANSWER) =>
  answerReader(desk.services, { subscriber: reply.subscriber, reflection: reply.id, words });

describe("replies list", () => {
  it("shows what people wrote, newest first, whose it is and to which lesson; machines' mails where they are asked for", async () => {
    await desk.wrote(JANE, { ownWords: "The first thing." });
    await desk.wrote(TOM, { ownWords: "Is it so?", replyKind: "question" });
    await desk.wrote(TOM, { ownWords: "I am away.", replyKind: "out-of-office" });
    const said = await desk.run("replies");
    expect(said).toMatch(
      /^tomtomtomtomtom2\/reply\d+ {2}t•••@acme.example .* question, to lesson 1 of \S+ {2}waits for you\n {4}Is it so\?\njanejanejanejan2\/.*\n {4}The first thing\.\n2 replies/,
    );
    expect(said).not.toContain("Tom");
    expect(await desk.run("replies", "list", "--show-addresses")).toContain(
      "Jane janejanejanejan2@acme.example",
    );
    expect(await desk.run("replies", "list", "--kind", "out-of-office")).toContain("I am away.");
  });

  it.each([["list"], ["list", "--json"], ["show"], ["show", "--json"]])(
    "lets no reader steer the terminal or turn what stands beside: replies %s %s",
    async (verb, ...flags) => {
      const steering = "Red \u009b31m, \u001b[2J, \u202egnp.exe\u2066";
      const reply = await desk.wrote(JANE, { ownWords: steering, reason: `In charset ${steering}` });
      const said = await desk.run("replies", verb, ...(verb === "show" ? [replyName(reply)] : []), ...flags);
      expect(said).toContain("Red");
      expect(["\u009b", "\u001b[2J", "\u202e", "\u2066"].filter((one) => said.includes(one))).toEqual([]);
      if (flags.length > 0 && verb === "list") expect(JSON.parse(said)).toMatchObject({ words: steering });
    },
  );

  it("is narrowed by course, lesson, kind, reader and what is unanswered, and goes on page by page", async () => {
    const [, second = ""] = desk.lessons;
    await desk.wrote(JANE, { ownWords: "To the second.", lesson: second });
    await desk.wrote(JANE, { ownWords: "A question?", replyKind: "question" });
    await desk.wrote(TOM, { ownWords: "Already answered.", answeredAt: NOW });
    const words = async (...flags: string[]) =>
      (await desk.run("replies", "list", ...flags)).split("\n").filter((line) => line.startsWith("    "));
    expect(await words("--lesson", second)).toEqual(["    To the second."]);
    expect(await words("--kind", "question")).toEqual(["    A question?"]);
    expect(await words("--course", "another")).toEqual([]);
    expect(await words("--reader", TOM)).toEqual(["    Already answered."]);
    expect(await words("--reader", JANE, "--unanswered")).toHaveLength(2);
    expect(await words("--unanswered")).toEqual(["    A question?", "    To the second."]);
    expect(await words("--waiting")).toEqual(["    A question?"]);
    const first = await desk.run("replies", "list", "--limit", "2");
    const [, before = ""] = /--before "([^"]+)"/.exec(first) ?? [];
    expect(await words("--limit", "2", "--before", before)).toEqual(["    To the second."]);
    expect(await desk.refusal("replies", "list", "--kind", "nonsense")).toContain(
      "It is one of unsubscribe, command, reflection",
    );
    expect(await desk.refusal("replies", "list", "--limit", "0")).toContain("from 1 to 500");
  });

  it("leaves out a reader who was erased, and a reply that was taken back", async () => {
    const taken = await desk.wrote(TOM);
    await desk.wrote(JANE);
    await desk.services.store.forgetReflection(TOM, taken.id);
    await erase(desk.services, JANE);
    expect(await desk.run("replies", "list")).toMatch(/^0 replies/);
  });
});

describe("an answer of the owner's from the console", () => {
  it("reaches the reader in their own thread, and neither sees the other's address", async () => {
    const reply = await desk.wrote(JANE, { replyKind: "question" });
    expect(await desk.run("replies", "answer", replyName(reply), "--words", ANSWER, "--yes")).toContain(
      "within a minute",
    );
    expect(desk.nudged).toEqual([{ ...holder(), afterMs: 0 }]);
    await desk.deliverDue(holder());
    const [mail, ...more] = await desk.inboxOf(`${JANE}@acme.example`);
    expect(more).toEqual([]);
    expect(mail?.kind).toBe("answer");
    expect(mail?.text).toContain("Bring the date and the amount.");
    expect(mail?.inReplyTo).toEqual([reply.messageId]);
    expect(mail?.raw).not.toContain("owner@office.example");
    expect(await desk.run("replies", "list", "--waiting")).toMatch(/^0 replies/);
    expect(await desk.run("replies", "list")).toContain("answered");
  });

  it("can go to any reply at any time, also where an automatic answer has gone, and silences one that waits", async () => {
    const reply = await desk.wrote(JANE);
    const enrolment = (await desk.services.store.enrolment(JANE, desk.course)) as Enrolment;
    const key = `prompt_${reply.lesson}`;
    await desk.services.store.change(enrolment, (current) => ({
      ...current,
      prompted: { [reply.lesson]: reply.id },
      agenda: { [key]: { dueAt: NOW + HOUR, doubts: 0, reflection: reply.id } },
    }));
    expect(await answers(reply)).toMatchObject({ is: "on-its-way" });
    expect((await desk.services.store.enrolment(JANE, desk.course))?.agenda).not.toHaveProperty(key);
    await desk.deliverDue(holder());
    expect((await desk.inboxOf(`${JANE}@acme.example`)).map(({ kind }) => kind)).toEqual(["answer"]);
  });

  it("leaves once: pressed twice, by two at once, and again after it has left", async () => {
    const reply = await desk.wrote(JANE);
    const both = await Promise.all([answers(reply), answers(reply, `\n${ANSWER}\r\n`)]);
    expect(both.map(({ is }) => is)).toEqual(["on-its-way", "on-its-way"]);
    await desk.deliverDue(holder());
    expect(await answers(reply)).toMatchObject({ is: "sent-before" });
    await desk.deliverDue(holder());
    expect(await desk.inboxOf(`${JANE}@acme.example`)).toHaveLength(1);
    expect(await desk.run("replies", "answer", replyName(reply), "--words", ANSWER, "--yes")).toContain(
      "sent to them before",
    );
    expect(await answers(reply, "And one thing more."), "control: other words").toMatchObject({
      is: "on-its-way",
    });
    await desk.deliverDue(holder());
    expect(await desk.inboxOf(`${JANE}@acme.example`)).toHaveLength(2);
  });

  it("that was cut short is made good by the next press: sent once, and marked as answered", async () => {
    const reply = await desk.wrote(JANE, { replyKind: "question" });
    const { store } = desk.services;
    const killed = { ...store, changeReflection: async () => Promise.reject(new Error("killed")) };
    const words = { subscriber: JANE, reflection: reply.id, words: ANSWER };
    await expect(answerReader({ ...desk.services, store: killed }, words)).rejects.toThrow("killed");
    await desk.deliverDue(holder());
    expect((await store.reflection(JANE, reply.id))?.answeredAt).toBeUndefined();
    expect(await answers(reply)).toMatchObject({ is: "sent-before" });
    expect((await store.reflection(JANE, reply.id))?.answeredAt).toBe(NOW);
    expect(await desk.inboxOf(`${JANE}@acme.example`)).toHaveLength(1);
  });

  it("is refused, with the reason, for who has left, bounced, complained, was erased, and for what a machine wrote", async () => {
    const { store } = desk.services;
    const reply = await desk.wrote(JANE);
    const because = async (one = reply) => {
      const outcome = await answers(one);
      return outcome.is === "refused" ? outcome.because : outcome.is;
    };
    expect(await because(await desk.wrote(TOM, { replyKind: "auto-reply" }))).toContain("A machine wrote it");
    expect(await because(await desk.wrote(TOM, { replyKind: "foreign-sender" }))).toContain(
      "another address than the reader's",
    );
    expect((await answers(reply, "  \n ")).is).toBe("refused");
    expect((await answers(reply, "x".repeat(20_001))).is).toBe("refused");
    const enrolment = (await store.enrolment(JANE, desk.course)) as Enrolment;
    await store.change(enrolment, withLeft);
    expect(await because()).toBe("The reader has left the course.");
    await store.stopEverything(JANE, "bounce", aConsent("withdrawn", "everything", NOW));
    expect(await because()).toContain("does not take any");
    await store.stopEverything(JANE, "complaint", aConsent("withdrawn", "everything", NOW));
    expect(await because()).toContain("called a mail spam");
    expect(await desk.refusal("replies", "answer", replyName(reply), "--words", ANSWER, "--yes")).toContain(
      "It was not sent. The reader called a mail spam",
    );
    await erase(desk.services, JANE);
    expect(await because()).toContain("erased");
    const nobody = { subscriber: JANE, reflection: "none", words: ANSWER };
    expect((await answerReader(desk.services, nobody)).is).toBe("refused");
    expect(desk.ses.sent).toEqual([]);
  });

  it("is asked for by words or by a file, and not without", async () => {
    const name = replyName(await desk.wrote(JANE));
    expect(await desk.refusal("replies", "answer", name, "--yes")).toContain("--from FILE");
    expect(await desk.refusal("replies", "answer", name, "--words", "a", "--from", "b")).toContain(
      "not by both",
    );
    expect(await desk.refusal("replies", "answer", name, "--from", "/nowhere.txt")).toContain(
      "cannot be read",
    );
    expect(await desk.refusal("replies", "answer", "Jane", "--words", "a")).toContain("READER/REPLY");
  });
});

describe("a reply that is dealt with", () => {
  it("is put aside, twice is once, and waits again when that is taken back", async () => {
    const reply = await desk.wrote(JANE, { replyKind: "question" });
    const name = replyName(reply);
    expect(await desk.run("replies", "done", name, "--yes")).toBe("1 reply put aside.");
    const first = await desk.services.store.reflection(JANE, reply.id);
    desk.clock.set(NOW + DAY);
    await desk.run("replies", "done", name, "--yes");
    expect(await desk.services.store.reflection(JANE, reply.id)).toEqual(first);
    expect(await desk.run("replies", "list", "--waiting")).toMatch(/^0 replies/);
    await desk.run("replies", "done", name, "--undo", "--yes");
    expect(await desk.run("replies", "list", "--waiting")).toMatch(/\n1 reply /);
    expect(await desk.refusal("replies", "done", `${JANE}/nothing`, "--yes")).toContain("no reply");
  });

  it("keeps the reader's own change of their words, made at the same time", async () => {
    const reply = await desk.wrote(JANE, { replyKind: "question" });
    const { store } = desk.services;
    await desk.run("replies", "done", replyName(reply), "--yes");
    // The reader's page read it before the owner's mark.
    await store.changeReflection(reply, (current) => ({ ...current, ownWords: "Better words." }));
    expect(await store.reflection(JANE, reply.id)).toMatchObject({ ownWords: "Better words.", doneAt: NOW });
  });
});

describe("the conversation around a reply", () => {
  it("has the lesson and its question, the reply, the prompt, the owner's answer, and what came back, in order", async () => {
    const reply = await desk.wrote(JANE, { ownWords: "My first words.", receivedAt: NOW - DAY });
    const { store } = desk.services;
    const enrolment = (await store.enrolment(JANE, desk.course)) as Enrolment;
    await store.change(enrolment, (current) => ({ ...current, prompted: { [reply.lesson]: reply.id } }));
    await store.recordSent({
      ...{ dispatch: `${JANE}_${desk.course}_1_prompt_${reply.lesson}`, messageId: "p" },
      ...{ sentAt: NOW - HOUR, state: "delivered", stateAt: NOW - HOUR },
    });
    const outcome = await answers(reply);
    const answer = outcome.is === "refused" ? "" : outcome.answer;
    await desk.wrote(JANE, {
      ownWords: "Thank you!",
      receivedAt: NOW + HOUR,
      inReplyTo: `${JANE}_${desk.course}_1_answer_${answer}`,
      lesson: answer,
    });
    const conversation = await readConversation(desk.deployment, { subscriber: JANE, id: reply.id });
    expect(conversation?.turns.map(({ who, state, words }) => [who, state, words?.slice(0, 15)])).toEqual([
      ["course", "delivered", conversation?.lesson?.question.slice(0, 15)],
      ["reader", undefined, "My first words."],
      ["machine", "delivered", conversation?.lesson?.prompts.substantial.slice(0, 15)],
      ["owner", "waits", ANSWER.slice(0, 15)],
      ["reader", undefined, "Thank you!"],
    ]);
    const said = await desk.run("replies", "show", replyName(reply));
    expect(said).toMatch(/✉ .* Lesson 1: .*: delivered\n {4}\| .*\n[\s\S]*↩ .*←\n {4}\| My first words\./);
    expect(said).toContain("    | Thank you!");
    expect(said).toContain(`replies answer ${replyName(reply)} --words`);
    expect(await desk.refusal("replies", "show", `${JANE}/none`)).toContain("There is no reply");
  });

  it("has the look-back that quoted the words, and what was answered to it; and nothing of another lesson", async () => {
    const reply = await desk.wrote(JANE, { receivedAt: NOW - DAY });
    await desk.wrote(JANE, { lesson: desk.lessons[1] as string, ownWords: "Of another lesson." });
    const { store } = desk.services;
    const enrolment = (await store.enrolment(JANE, desk.course)) as Enrolment;
    await store.change(enrolment, (current) => ({ ...current, lookedBack: { part1: reply.id } }));
    const dispatch = `${JANE}_${desk.course}_1_look-back_part1`;
    await store.recordSent({ dispatch, messageId: "l", sentAt: NOW, state: "sent", stateAt: NOW });
    const more = { inReplyTo: dispatch, follows: reply.id, lesson: "part1", receivedAt: NOW + HOUR };
    await desk.wrote(JANE, { ...more, ownWords: "I see it otherwise now." });
    const conversation = await readConversation(desk.deployment, { subscriber: JANE, id: reply.id });
    expect(conversation?.turns.map(({ who }) => who)).toEqual(["course", "reader", "machine", "reader"]);
    expect(conversation?.turns.at(-1)?.words).toBe("I see it otherwise now.");
  });
});
