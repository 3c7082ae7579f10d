import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerReader } from "../../../functions/consent/answer-reader.ts";
import { erase } from "../../../functions/consent/erase.ts";
import { exportText } from "../../../functions/consent/export.ts";
import { deliver } from "../../../functions/deliver/deliver.ts";
import { openSlots } from "../../../functions/deliver/governor.ts";
import { PAGE_ANSWER_LIMIT } from "../../../functions/domain/people/limits.ts";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { MOST_WRITTEN } from "../../../functions/domain/replies/written.ts";
import { dispatchId } from "../../../functions/domain/sending/dispatch.ts";
import { OWNER_KEY } from "../../../functions/domain/sending/owner.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { READER_LINK_LIFE, removalToken } from "../../../functions/links/links.ts";
import type { WebResponse } from "../../../functions/ports.ts";
import { relay } from "../../../functions/reply/relay.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const LESSON = "headwinds-inside";
const ROUTE = "POST /reader/{token}/{course}/{slug}";
const WORDS = "My boss waits for numbers that only finance has, and finance waits for my boss.";
let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("jo@acme.example"));
  await deliverUntil(site.services, site.clock, id, T0 + 2 * DAY);
});
afterEach(() => site.stop());

const path = (slug = LESSON) => ({ token: page, course: COURSE, slug });
const lessonPage = (slug = LESSON): Promise<WebResponse> =>
  site.request("GET /reader/{token}/{course}/{slug}", path(slug));
const write = (answer: string, { slug = LESSON, once = "a" } = {}): Promise<WebResponse> =>
  site.request(ROUTE, path(slug), { form: { answer, once } });
const kept = (): Promise<Reflection[]> => site.services.store.reflections(id);
const enrolment = () => site.services.store.enrolment(id, COURSE);
const text = (mail: { raw: Uint8Array }): string =>
  Buffer.from(mail.raw).toString().replaceAll("=\r\n", "").replaceAll("=3D", "=");
const mails = (kind: string) =>
  site.ses.sent.filter(({ dispatch }) => dispatch.includes(`_${kind}_`)).map(text);
const later = (ms: number) => deliverUntil(site.services, site.clock, id, site.clock.now() + ms);
const removal = async (reflection: string) => ({
  token: removalToken(await site.services.keyring.keys(), {
    ...{ subscriber: id, reflection, expiresAt: T0 + READER_LINK_LIFE },
  }),
});

describe("the box under a lesson's question", () => {
  it("has the question as its label, needs no script, and is empty before and after an answer", async () => {
    const { body } = await lessonPage();
    expect(body).toMatch(/<label for="answer-words"[^>]*>[^<]*\?<\/label>/);
    expect(body).toMatch(/<textarea[^>]*maxlength="20000"[^>]*><\/textarea>/);
    expect(body).not.toContain("<script");
    const taken = await write(WORDS);
    expect(taken.status).toBe(200);
    expect(taken.body).toContain("Your answer is kept");
    for (const shown of [
      taken,
      await lessonPage(),
      await site.request("GET /reader/{token}", { token: page }),
    ])
      expect(shown.body).not.toContain("waits for numbers");
    const anew = (await lessonPage()).body;
    const still = (html: string) => html.replaceAll(/nonce[-=]["']?[a-z0-9]+|name="once" value="[^"]*"/g, "");
    expect(still(anew)).toBe(still(body));
  });

  it("stands only below lessons that were had: no later lesson and no issue takes an answer", async () => {
    expect((await write(WORDS, { slug: "who-is-in" })).status).toBe(404);
    expect((await write(WORDS, { slug: "constructor" })).status).toBe(404);
    const issue = await site.request(ROUTE, { ...path(), course: "newsletter" }, { form: { answer: WORDS } });
    expect(issue.status).toBe(404);
    expect(await kept()).toEqual([]);
  });

  it("writes nothing when it is only looked at", async () => {
    const before = await enrolment();
    await lessonPage();
    expect([await kept(), await enrolment()]).toEqual([[], before]);
  });
});

describe("an answer written on the page", () => {
  it("is a reflection like one by mail, marked, and answered once in the thread of the lesson's mail", async () => {
    await write(WORDS);
    expect(await kept()).toMatchObject([
      {
        ...{ course: COURSE, run: 1, lesson: LESSON, replyKind: "reflection", ownWords: WORDS },
        ...{ isFromPage: true, receivedAt: site.clock.now() },
      },
    ]);
    await later(9 * MINUTE);
    expect(mails("prompt")).toEqual([]);
    await later(2 * MINUTE);
    const [prompt = "", ...others] = mails("prompt");
    expect(others).toEqual([]);
    const lesson = await site.services.store.ledgerEntry((await kept())[0]?.inReplyTo as never);
    expect(prompt).toContain(`In-Reply-To: <${lesson?.messageId}@email.amazonses.com>`);
    expect(prompt).toMatch(/Subject: Re: /);
    await write("Another thought, which comes much later in the day.", { once: "b" });
    await later(HOUR);
    expect([(await kept()).length, mails("prompt").length]).toEqual([2, 1]);
  });

  it("gets no automatic answer where the owner has answered meanwhile, in the same thread", async () => {
    const { id: reflection } = await written();
    const answered = await answerReader(site.services, { subscriber: id, reflection, words: "Ask finance." });
    expect(answered.is).toBe("on-its-way");
    await later(HOUR);
    expect(mails("prompt")).toEqual([]);
    expect(mails("answer")[0]).toMatch(/In-Reply-To: <id-\d+@email\.amazonses\.com>/);
  });

  it("is one reflection when it is sent twice, from the same form or from one that was opened again", async () => {
    await write(WORDS);
    await write(WORDS);
    await write(`  ${WORDS}\r\n`, { once: "another" });
    expect((await kept()).length).toBe(1);
    await later(2 * DAY);
    await write(WORDS, { once: "on another day" });
    expect((await kept()).length).toBe(2);
  });

  it("goes to the owner at once, without an automatic answer, if it brings grave news", async () => {
    await write("My mother died on Sunday and I cannot think about this.");
    expect(await kept()).toMatchObject([{ replyKind: "grave", isFromPage: true }]);
    await later(HOUR);
    expect(mails("prompt")).toEqual([]);
    expect(Object.keys((await site.services.store.owner()).agenda)).toContain(
      `relay_${(await kept())[0]?.id}`,
    );
  });

  it("is taken for a person's, whatever a machine might write", async () => {
    await write("I am out of the office until 4 January.");
    expect((await kept())[0]?.replyKind).toBe("reflection");
    expect((await enrolment())?.hold).toBeUndefined();
  });

  it.each([
    ["stop", "an exact word"],
    ["Please unsubscribe me from this course, it is not for me.", "a sentence"],
  ])("asks to leave and is heard: %j; the mail that says so brings back", async (words) => {
    await write(words);
    expect((await kept())[0]?.replyKind).toBe("unsubscribe");
    expect((await enrolment())?.status).toBe("left");
    await later(HOUR);
    expect(mails("notice").length).toBe(1);
    expect(site.ses.sent.at(-1)?.dispatch).toContain("_notice_left-");
  });

  it("asks for a pause and gets it; what cannot be undone takes a press first", async () => {
    await write("pause 2 weeks");
    expect((await enrolment())?.status).toBe("paused");
    const had = (await enrolment())?.done.length;
    await write("next", { once: "b" });
    await later(HOUR);
    expect((await enrolment())?.done.length).toBe(had);
    expect(mails("notice").length).toBe(2);
  });

  it.each([
    ["left", 0],
    ["completed", 1],
  ] as const)(
    "is kept also of a reader whose course is %s, and then has %i prompts",
    async (status, prompts) => {
      const current = await enrolment();
      if (!current) throw new Error("the reader is in no course");
      await site.services.store.save({ ...current, status, agenda: {} });
      expect((await lessonPage()).body).toContain("<textarea");
      await write(WORDS);
      await later(HOUR);
      expect([(await kept()).length, mails("prompt").length]).toEqual([1, prompts]);
    },
  );

  it("stands in the export as written on the page, and is gone when its reader erases everything", async () => {
    await written();
    let exported = "";
    for await (const piece of exportText(site.services, id)) exported += piece;
    expect(exported).toMatch(/"isFromPage": ?true/);
    await erase(site.services, id);
    expect(JSON.stringify(await everythingAbout(site.services.store, id))).not.toContain("finance");
  });
});

describe("what a forwarded link may do", () => {
  it("fills nobody's journal: ten answers a day, and the mail can still be replied to", async () => {
    const answers: WebResponse[] = [];
    for (let one = 0; one < PAGE_ANSWER_LIMIT.most + 3; one += 1)
      answers.push(await write(`The answer number ${one} of many answers.`, { once: `${one}` }));
    expect((await kept()).length).toBe(PAGE_ANSWER_LIMIT.most);
    expect(answers.at(-1)?.body).toContain("enough for one day");
    await later(HOUR);
    expect(mails("prompt").length).toBe(1);
    await later(DAY);
    await write("And on the next day it is taken again.");
    expect((await kept()).length).toBe(PAGE_ANSWER_LIMIT.most + 1);
  });

  it("brings no text that is too long, has no words, or is no form; what was typed stays in the box", async () => {
    for (const [typed, says] of [
      ["x".repeat(MOST_WRITTEN + 1), "longer than is kept"],
      ["line\n".repeat(2_001), "longer than is kept"],
      ["\u200b \n \u202e", "no words"],
      ["", "no words"],
    ] as const)
      expect((await write(typed)).body).toContain(says);
    expect((await write("line\n".repeat(2_001))).body).toContain("line\nline");
    const large = await site.request(ROUTE, path(), { form: {}, bodyProblem: "too-large" });
    expect(large.body).toContain("longer than is kept");
    expect(await kept()).toEqual([]);
  });

  it("writes no header field, no mark-up and no hidden control into anything", async () => {
    await write('Bcc: all@else.example\r\n\r\n<script>alert(1)</script>\u0000\u0008 "</textarea>');
    const [{ ownWords, subject, messageId } = {} as Reflection] = await kept();
    expect(ownWords).toBe('Bcc: all@else.example\n\n<script>alert(1)</script>   "</textarea>');
    expect(`${subject}${messageId}`).not.toContain("Bcc");
    await later(HOUR);
    expect(mails("prompt")[0]).not.toContain("Bcc");
    const shown = await write(`</textarea><script>alert(1)</script>${"x".repeat(MOST_WRITTEN)}`, {
      once: "c",
    });
    expect(shown.body).not.toContain("<script>alert");
  });

  it("tells its reader three times in thirty days that they have left, however it is said", async () => {
    for (let one = 0; one < 6; one += 1)
      await write(`${"Hello. ".repeat(one)}\n\nPlease take me off your list.`, { once: `${one}` });
    await later(HOUR);
    expect([(await enrolment())?.status, (await kept()).length]).toEqual(["left", 6]);
    expect(mails("notice").length).toBe(3);
  });

  it("makes three mails a day by asking for one thing after the other, as the page's buttons do", async () => {
    for (let one = 0; one < 8; one += 1)
      await write(one % 2 ? "resume" : `pause ${one + 1} weeks`, { once: `${one}` });
    await later(HOUR);
    expect((await kept()).map(({ replyKind }) => replyKind)).toContain("command");
    expect(mails("notice").length).toBe(3);
  });

  it("with the links of many readers, fills no owner's mailbox: forty mails a day, and one that says so", async () => {
    const { services } = site;
    const news = (one: number) => ({
      ...aWritten(),
      id: `${one}`.padStart(20, "0"),
      subscriber: `reader${one}`,
    });
    for (let one = 0; one < 50; one += 1) await relay(services, news(one));
    const waiting = () => services.store.owner().then(({ agenda }) => Object.keys(agenda).length);
    expect(await waiting()).toBe(40);
    expect(site.told.map(({ subject }) => subject)).toEqual([expect.stringContaining("kept back")]);
    // Control: what a provider proves to be a reader's has no such limit.
    const { isFromPage: _, ...byMail } = news(50);
    await relay(services, byMail);
    expect(await waiting()).toBe(41);
  });

  it("is nobody's without a token of this purpose", async () => {
    const { token } = await removal("00112233445566778899");
    const forged = page.replace(/.(?=.{9}$)/, (letter) => (letter === "a" ? "b" : "a"));
    for (const other of [token, "aaaa", forged]) {
      const answer = await site.request(ROUTE, { ...path(), token: other }, { form: { answer: WORDS } });
      expect(answer.status).toBe(403);
    }
    const stranger = await site.request("GET /remove-answer/{token}", { token: page });
    expect(stranger.status).toBe(403);
    expect(await kept()).toEqual([]);
  });
});

describe("“Was this not you? Remove it”", () => {
  it("asks first, shows none of the words, and removes by one press; pressed again it says the same", async () => {
    const { id: reflection } = await written();
    const link = await removal(reflection);
    const asked = await site.request("GET /remove-answer/{token}", link);
    expect(asked.body).toContain("Remove this answer?");
    expect(asked.body).not.toContain("numbers");
    expect((await kept()).length).toBe(1);
    for (const _press of [1, 2]) {
      const done = await site.request("POST /remove-answer/{token}", link);
      expect([done.status, done.body.includes("It is removed")]).toEqual([200, true]);
    }
    expect(await kept()).toEqual([]);
    expect((await site.request("GET /remove-answer/{token}", link)).body).toContain("It is removed");
  });

  it("takes with it the answer that waits, and does not keep its reader from writing it after all", async () => {
    const { id: reflection } = await written();
    await site.request("POST /remove-answer/{token}", await removal(reflection));
    await later(HOUR);
    expect(mails("prompt")).toEqual([]);
    await write(WORDS);
    expect(await kept()).toEqual([]);
    await write(WORDS, { once: "opened again" });
    expect((await kept()).length).toBe(1);
  });

  it("takes back what waits for the owner, where it brought grave news", async () => {
    await write("My mother died on Sunday and I cannot think about this.");
    const [{ id: reflection } = {} as Reflection] = await kept();
    await site.request("POST /remove-answer/{token}", await removal(reflection));
    expect(await mailsToOwner()).toBe(0);
    await write("My father died on Monday, too.", { once: "b" });
    expect(await mailsToOwner()).toBe(1);
  });

  it("is too old after ninety days, and says where it is removed then", async () => {
    const { id: reflection } = await written();
    site.clock.set(T0 + READER_LINK_LIFE + DAY);
    const old = await site.request("POST /remove-answer/{token}", await removal(reflection));
    expect([old.status, (await kept()).length]).toEqual([410, 1]);
  });
});

/** How many mails the owner has had, an hour later. */
async function mailsToOwner(): Promise<number> {
  await later(HOUR);
  const { services, clock, ses } = site;
  await deliver(services, OWNER_KEY, openSlots(services, "urgent"), clock.now() + MINUTE);
  return ses.sent.filter(({ to }) => to === services.settings.ownerMailbox).length;
}

async function written(): Promise<Reflection> {
  await write(WORDS);
  const [reflection] = await kept();
  if (!reflection) throw new Error("the answer was not kept");
  return reflection;
}

/** Grave news, as it is kept of a page. */
const aWritten = (): Reflection => ({
  ...{ kind: "reflection", id: "0".repeat(20), subscriber: id, course: COURSE, run: 1, lesson: LESSON },
  inReplyTo: dispatchId({ subscriber: id, list: COURSE, run: 1, kind: "lesson", slug: LESSON }),
  ...{ receivedAt: site.clock.now(), replyKind: "grave", reason: "", ownWords: "My mother died." },
  ...{ isFromPage: true, subject: "", messageId: "<a@page.invalid>", references: [], attachments: [] },
});
