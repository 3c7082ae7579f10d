import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../functions/deliver/deliver.ts";
import { openSlots } from "../../../functions/deliver/governor.ts";
import { findCourse } from "../../../functions/domain/content.ts";
import type { Course, Lesson } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import type { Consent, StopReason } from "../../../functions/domain/people/subscriber.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import { PERSONAL_LINK_LIFE, personalToken } from "../../../functions/links/links.ts";
import { find } from "../../support/pages.ts";
import { aReflection } from "../../support/reflections.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const WORDS = '<script>alert("1")</script> & <b>mine</b>';
let site: Site;
let id: string;
let page: string;
let token: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("josephine@acme.example", { name: "Jo" }));
  const expiresAt = T0 + PERSONAL_LINK_LIFE;
  token = personalToken(await site.services.keyring.keys(), { subscriber: id, expiresAt });
  await site.services.store.keepReflection(reflection(id));
});
afterEach(() => site.stop());

const show = () => site.request("GET /personal/{token}", { token });
const press = (form: Record<string, string>) => site.request("POST /personal/{token}", { token }, { form });
const words = async () => (await site.services.store.reflection(id, "r1"))?.ownWords;
const undoIn = (body: string) => find(body, /name="undo" value="([^"]+)"/);
const notices = async () =>
  Object.keys((await site.services.store.subscriber(id))?.agenda ?? {}).filter((key) =>
    key.startsWith("notice_"),
  );
const reflection = (subscriber: string) =>
  aReflection(subscriber, T0, { course: COURSE, lesson: "headwinds-inside", ownWords: WORDS });

describe("the page about a reader's own words and data", () => {
  it("shows the journal as text, whatever stands in it, and keeps the address masked", async () => {
    await site.services.store.change(await theReader(), (jo) => ({ ...jo, firstName: '"><img src=x>' }));
    const { body, headers } = await show();
    expect(body).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;mine&lt;/b&gt;");
    expect(body).not.toMatch(/<script|<img|<b>mine/);
    expect(body).not.toContain("josephine");
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow" });
  });

  it("does not open after 30 minutes, or by the link of a reader's page, and changes nothing then", async () => {
    expect((await site.request("GET /personal/{token}", { token: page })).status).toBe(403);
    expect((await site.request("GET /reader/{token}", { token })).status).toBe(403);
    site.clock.set(T0 + PERSONAL_LINK_LIFE);
    expect((await show()).body).toContain("Email me a fresh link");
    expect((await press({ do: "words", reflection: "r1", words: "other" })).status).toBe(410);
    expect(await words()).toBe(WORDS);
  });

  it("gives the journal as Markdown, in which the reader's marks are only marks", async () => {
    const answer = await press({ do: "markdown", course: COURSE });
    expect(answer.headers?.["content-type"]).toBe("text/markdown; charset=utf-8");
    expect(answer.headers?.["content-disposition"]).toContain("journal.md");
    expect(answer.body).toContain("mine");
    expect(answer.body).not.toContain("<script>");
  });

  it("gives the journal, moves and ratings as JSON, word for word", async () => {
    const { store, content } = site.services;
    const course = findCourse({ content }, COURSE) as Course;
    const enrolment = (await store.enrolment(id, COURSE)) as Enrolment;
    const [lesson] = course.lessons as [Lesson];
    await store.change(enrolment, (current) => ({
      ...current,
      ratings: { before: 2 },
      moves: { [lesson.slug]: "notYet" },
    }));
    const answer = await press({ do: "json", course: COURSE });
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "content-disposition": 'attachment; filename="journal.json"',
      "cache-control": "no-store",
    });
    const file = JSON.parse(answer.body ?? "");
    expect(file.entries).toMatchObject([{ words: WORDS, writtenOn: "email" }]);
    expect(file.moves).toEqual([
      { lesson: lesson.slug, heading: `Lesson 1: ${lesson.title}`, move: lesson.move, outcome: "notYet" },
    ]);
    expect(file.ratings).toEqual({ question: course.ratingQuestion, before: 2 });
    expect(answer.body).not.toContain("josephine");
    expect((await press({ do: "markdown", course: COURSE })).body).toContain("- Before: 2 of 5");
    expect((await show()).body).toContain("<li>Before: 2 of 5</li>");
  });

  it("mails the journal to the reader, once however often it is pressed", async () => {
    await press({ do: "send-journal", course: COURSE });
    await press({ do: "send-journal", course: COURSE });
    const agenda = Object.keys((await site.services.store.enrolment(id, COURSE))?.agenda ?? {});
    expect(agenda.filter((key) => key.startsWith("notice_journal-"))).toHaveLength(1);
  });

  it("changes a reflection, and undoes it", async () => {
    const { body } = await press({ do: "words", reflection: "r1", words: "put otherwise" });
    expect(await words()).toBe("put otherwise");
    await press({ do: "undo", undo: undoIn(body) });
    expect(await words()).toBe(WORDS);
    expect((await press({ do: "words", reflection: "r1", words: "  " })).body).toContain("no words left");
    expect((await press({ do: "words", reflection: "none", words: "x" })).body).toContain(
      "not there any more",
    );
  });

  it("deletes one reflection for good, when it is meant", async () => {
    expect((await press({ do: "forget", reflection: "r1" })).body).toContain("tick the box");
    expect(await words()).toBe(WORDS);
    await press({ do: "forget", reflection: "r1", sure: "yes" });
    expect(await words()).toBeUndefined();
    await press({ do: "words", reflection: "r1", words: "back again" });
    expect(await words()).toBeUndefined();
  });

  it("changes the name, and undoes it", async () => {
    const { body } = await press({ do: "name", name: "Josie" });
    expect((await theReader()).firstName).toBe("Josie");
    await press({ do: "undo", undo: undoIn(body) });
    expect((await theReader()).firstName).toBe("Jo");
    await press({ do: "name", name: "" });
    expect((await theReader()).firstName).toBeUndefined();
  });

  it("touches nothing of somebody else, whatever id the form names", async () => {
    const eve = await site.join("eve@acme.example");
    await site.services.store.keepReflection({ ...reflection(eve.id), id: "r2" });
    await press({ do: "forget", reflection: "r2", sure: "yes" });
    await press({ do: "words", reflection: "r2", words: "forged" });
    expect((await site.services.store.reflection(eve.id, "r2"))?.ownWords).toBe(WORDS);
  });
});

describe("the mail that leads there", () => {
  const ask = () => site.request("POST /reader/{token}", { token: page }, { form: { do: "personal" } });
  const say = (body: string) => find(body, /role="status"><p>([^<]+)</);
  const send = () =>
    deliver(site.services, { subscriber: id }, openSlots(site.services, "urgent"), site.clock.now() + MINUTE);

  it("is asked for once at a time and three times a day, in the same words each time", async () => {
    const said = new Set<string>();
    for (let asked = 0; asked < 5; asked++) {
      said.add(say((await ask()).body));
      site.clock.set(T0 + asked);
    }
    expect(await notices()).toHaveLength(1);
    expect(said.size).toBe(1);
    let sent = 0;
    for (let asked = 0; asked < 5; asked++) {
      site.clock.set(T0 + DAY * 2 + asked * MINUTE);
      await ask();
      if ((await send()) === "sent") sent += 1;
    }
    expect(sent).toBeLessThanOrEqual(3);
    expect(sent).toBeGreaterThan(1);
  });

  it.each([
    ["reader", 1],
    ["owner", 0],
    ["bounce", 0],
    ["complaint", 0],
  ] as [StopReason, number][])("goes to somebody stopped by %s %i times", async (reason, mails) => {
    const consent: Consent = {
      event: "withdrawn",
      at: T0,
      list: "everything",
      text: reason,
      source: "test",
      actor: "self",
    };
    const before = say((await ask()).body);
    await site.services.store.stopEverything(id, reason, consent);
    site.clock.set(T0 + 2 * DAY);
    const answer = await ask();
    if (reason === "bounce" || reason === "complaint")
      expect(answer.body).toContain("No link can be emailed");
    expect(say(answer.body)).toBe(before);
    expect(await notices()).toHaveLength(mails);
    expect(await send()).toBe(mails === 1 ? "sent" : "idle");
  });
});

async function theReader() {
  const found = await site.services.store.subscriber(id);
  if (!found) throw new Error("not there");
  return found;
}
