import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listOffered } from "../../functions/consent/voices.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import {
  COURSE,
  closeConversation,
  comes,
  idOf,
  NOW,
  openConversation,
  replyTo,
  SUBSCRIBER,
  sent,
  services,
  WORDS,
  type Writes,
} from "../support/conversation.ts";
import { addAuthor, addVoice } from "../support/voices.ts";

beforeEach(openConversation);
afterEach(closeConversation);

const jane = async () => (await services.store.subscriber(SUBSCRIBER)) as Subscriber;
const offered = async () => listOffered(services, await jane());
const notices = async () =>
  Object.keys(((await services.store.enrolment(SUBSCRIBER, COURSE)) as Enrolment).agenda)
    .filter((key) => key.startsWith("notice_"))
    .map((key) => key.split("-")[0]);
const kinds = async () =>
  (await services.store.reflections(SUBSCRIBER)).map(({ replyKind }) => replyKind).sort();

/** Jane has answered a lesson, and its prompt has left, which asks whether others may read the answer. */
async function prompted(words = WORDS, slug = "one"): Promise<void> {
  await comes({ recipients: [await replyTo(slug)], words });
  await sent("prompt", slug);
}
const answers = async (words: string, more: Partial<Writes> = {}, slug = "one") =>
  comes({ recipients: [await replyTo(slug, "prompt")], words, ...more });

describe("a reply to the mail that asks whether others may read an answer", () => {
  it.each(["yes", "Yes!", "Yes, please.", "Hi,\n\nYES\n\nBest regards,\nJane", "yes they may"])(
    "that is a yes and nothing else lets them: %j",
    async (words) => {
      await prompted();
      await answers(words);
      expect(await offered()).toMatchObject([
        { standing: "offered", lesson: "one", original: WORDS, shown: 0 },
      ]);
      expect(await kinds()).toEqual(["command", "reflection"]);
      expect(await notices()).toEqual(["notice_offered"]);
    },
  );

  it("keeps when and to which words they said so", async () => {
    await prompted();
    await answers("yes");
    const [voice] = await offered();
    expect(voice?.consents).toMatchObject([
      { event: "confirmed", list: "voice", text: "voice-1", source: "reply", actor: "self", at: NOW },
    ]);
    expect(voice?.consents[0]?.textHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("brought twice, or said twice, is one yes", async () => {
    await prompted();
    await answers("yes", { id: "same" });
    await answers("yes", { id: "same" });
    await answers("yes");
    expect(await offered()).toHaveLength(1);
    expect((await offered())[0]?.consents).toHaveLength(1);
  });

  it.each([
    "Yes, and then finance wanted a fourth signature as well.",
    "yes?",
    "No",
    "Yes we can",
    "not yes",
  ])("that says anything else lets nobody, and is kept as what it is: %j", async (words) => {
    await prompted();
    await answers(words);
    expect(await offered()).toEqual([]);
    expect(await kinds()).not.toContain("command");
  });

  it("from elsewhere, or whose From may be forged, lets nobody", async () => {
    await prompted();
    await answers("yes", { from: "someone@other.example" });
    await answers("yes", { verdicts: { dmarc: "FAIL" } });
    await answers("yes", { verdicts: { dmarc: "GRAY" } });
    expect(await offered()).toEqual([]);
    expect(await notices()).toEqual(["notice_offerproof"]);
  });

  it("is none where the mail did not ask: a lesson, a few words, grave news, a course that has it switched off", async () => {
    await comes({ recipients: [await replyTo("two")], words: "yes" });
    await prompted("Finance, three weeks.", "three");
    await answers("yes", {}, "three");
    await prompted("My father died on Sunday, and I will read this later on.", "four");
    await answers("yes", {}, "four");
    expect(await offered()).toEqual([]);
    await prompted();
    const [course] = services.content.courses;
    services.content.courses[0] = { ...course, voices: false } as never;
    await answers("yes");
    expect(await offered()).toEqual([]);
  });

  it("leaves their signature out, once it is known", async () => {
    const signature = "\n\nJane Whitfield\nRegional Manager, Acme";
    await prompted(`${WORDS}${signature}`);
    await comes({
      recipients: [await replyTo("two")],
      words: `Something else happened to us in May.${signature}`,
    });
    await answers("yes");
    expect((await offered())[0]?.original).toBe(WORDS);
  });
});

describe("a reader who has let others read an answer", () => {
  beforeEach(async () => {
    await prompted();
    await answers("yes");
    const holder = { subscriber: SUBSCRIBER, course: COURSE };
    await deliver(services, holder, openSlots(services, "urgent"), NOW + MINUTE);
  });
  const noticeOf = async () => {
    const [said] = (await services.store.reflections(SUBSCRIBER)).filter(({ asked }) => asked);
    await sent("notice", `offered-${said?.id}`);
    return replyTo(`offered-${said?.id}`, "notice");
  };

  it.each(["take it back", "Take it back!", "Please take it back", "Hello,\ntake it back.\nThanks, Jane"])(
    "takes it back by a reply to the mail that told of it: %j",
    async (words) => {
      await comes({ recipients: [await noticeOf()], words });
      expect(await offered()).toEqual([]);
      const [voice] = await services.store.voices(SUBSCRIBER);
      expect(voice).toMatchObject({ standing: "withdrawn", original: "", words: "" });
      expect(voice?.consents.map(({ event }) => event)).toEqual(["confirmed", "withdrawn"]);
      expect(await notices()).toContain("notice_takenback");
    },
  );

  it("takes back what belongs to the lesson that the mail is about; by a reply to any other mail, all of it", async () => {
    await prompted(WORDS.replace("second", "third"), "two");
    await answers("yes", {}, "two");
    expect(await offered()).toHaveLength(2);
    await answers("take it back", {}, "two");
    expect((await offered()).map(({ lesson }) => lesson)).toEqual(["one"]);
    await comes({ recipients: [await replyTo("four")], words: "take it back" });
    expect(await offered()).toEqual([]);
  });

  it("may do so where From is not proven: nobody is hurt by it", async () => {
    await answers("take it back", { verdicts: { dmarc: "GRAY" } });
    expect(await offered()).toEqual([]);
  });

  it("may not be taken back by somebody else", async () => {
    await answers("take it back", { from: "someone@other.example" });
    expect(await offered()).toHaveLength(1);
  });

  it("writes a reflection where the words stand in one", async () => {
    await comes({
      recipients: [await replyTo("two")],
      words: "I wanted to take it back, and finance would not let me.",
    });
    expect(await offered()).toHaveLength(1);
  });

  it("control: who has offered nothing writes words like any other", async () => {
    await answers("take it back");
    await comes({ recipients: [await replyTo("two")], words: "take it back" });
    expect(await kinds()).toContain("very-short");
  });
});

describe("a reply that quotes the mail with another reader's answer", () => {
  const OTHERS = "Finance waited for sales, and sales for finance, until the week was over.";
  const quotation = (...lines: string[]) =>
    [
      "And they signed on Friday.",
      "",
      "On Tue 24 Nov 2026, 09:00, A course <course@course.example> wrote:",
      "",
    ]
      .concat(lines.map((line) => `> ${line}`))
      .join("\n");

  it("keeps what its own writer says, and nothing of what the other wrote or we asked", async () => {
    await comes({ recipients: [await replyTo("one")], words: WORDS });
    const voice = await addVoice(services, await addAuthor(services, "ann@mill.example"), OTHERS);
    const left = { messageId: "0100-prompt", sentAt: NOW, state: "delivered", stateAt: NOW } as const;
    await services.store.recordSent({ dispatch: idOf("prompt", "one"), ...left, voice: voice.id });
    // Lines of ours around one that we do not know would be an answer that was written between them.
    const ours = Object.values(services.content.courses[0]?.texts ?? {}).flatMap(({ text }) =>
      text.split("\n"),
    );
    await answers(quotation(...ours, "", OTHERS, "", ...ours));
    const words = (await services.store.reflections(SUBSCRIBER)).map(({ ownWords }) => ownWords);
    expect(words.join("\n")).toContain("they signed on Friday");
    expect(words.join("\n")).not.toContain("until the week was over");
  });
});
