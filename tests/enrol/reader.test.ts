import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reflection } from "../../functions/domain/reflection.ts";
import { DAY } from "../../functions/domain/time.ts";
import { READER_LINK_LIFE } from "../../functions/mail/links.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

const COURSE = "managing-up-leading-down";
let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("josephine@acme.example"));
});
afterEach(() => site.stop());

const press = (form: Record<string, string>) =>
  site.request("POST /reader/{token}", { token: page }, { form });
const show = (query: Record<string, string> = {}) =>
  site.request("GET /reader/{token}", { token: page }, { query });
const enrolment = async () => {
  const found = await site.services.store.enrolment(id, COURSE);
  if (!found) throw new Error("not enrolled");
  return found;
};
const reflection = (ownWords: string): Reflection => ({
  kind: "reflection",
  id: "r1",
  subscriber: id,
  course: COURSE,
  run: 1,
  lesson: "headwinds-inside",
  inReplyTo: "x",
  receivedAt: T0,
  replyKind: "reflection",
  reason: "own words",
  ownWords,
  subject: "Re: lesson",
  messageId: "<a@b.example>",
  references: [],
  attachments: [],
  raw: "raw/1",
});

describe("a reader's own page", () => {
  it("shows where they are, and their address only masked", async () => {
    const { body } = await show();
    expect(body).toContain("Your first lesson is still ahead of you.");
    expect(body).toContain("j•••@acme.example");
    expect(body).not.toContain("josephine");
  });

  it("sends lesson 1 now only when the button is pressed, not when the mail's link is followed", async () => {
    const before = (await enrolment()).agenda.lesson?.dueAt;
    expect((await show({ do: "first-lesson" })).body).toContain("<button autofocus>Send lesson 1 now");
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(before);
    const nudges = site.nudged.length;
    await press({ do: "first-lesson" });
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(T0);
    expect(site.nudged.length).toBe(nudges + 1);
  });

  it("keeps a rating when it is sent, not when the mail's link is followed", async () => {
    expect((await show({ rating: "4" })).body).toContain('name="rating" value="4" checked');
    expect((await enrolment()).ratings).toEqual({});
    await press({ do: "rating", rating: "4" });
    expect((await enrolment()).ratings).toEqual({ before: 4 });
    expect((await press({ do: "rating", rating: "9" })).body).toContain("one of the five");
  });

  it("keeps the second rating beside the first when all lessons are done", async () => {
    await press({ do: "rating", rating: "2" });
    const all = site.services.content.courses[0]?.lessons.map(({ slug }) => slug) ?? [];
    await site.services.store.change(await enrolment(), (current) => ({ ...current, done: all }));
    await press({ do: "rating", rating: "5" });
    expect((await enrolment()).ratings).toEqual({ before: 2, after: 5 });
  });

  it("moves the lessons to another day, hour, zone and pace", async () => {
    const form = { weekday: "4", time: "18:05", zone: "Asia/Tokyo", pace: "twice-weekly" };
    expect((await press({ do: "settings", ...form })).body).toContain("Saved.");
    expect((await enrolment()).cadence).toEqual({
      weekday: 4,
      time: "18:05",
      zone: "Asia/Tokyo",
      pace: "twice-weekly",
    });
    expect((await site.services.store.subscriber(id))?.zone).toBe("Asia/Tokyo");
  });

  it.each([
    [{ weekday: "6" }, "weekday"],
    [{ time: "25:00" }, "24-hour"],
    [{ zone: "Mars/Base" }, "time zone"],
    [{ pace: "hourly" }, "twice a week"],
  ])("refuses %j with a sentence and changes nothing", async (wrong, says) => {
    const before = await enrolment();
    const form = { weekday: "4", time: "18:05", zone: "Asia/Tokyo", pace: "weekly", ...wrong };
    expect((await press({ do: "settings", ...form })).body).toContain(says);
    expect(await enrolment()).toEqual(before);
  });

  it("pauses for weeks or without an end, and resumes", async () => {
    await press({ do: "pause", weeks: "2" });
    expect((await enrolment()).agenda.resume?.dueAt).toBe(T0 + 14 * DAY);
    await press({ do: "pause", weeks: "0" });
    expect(await enrolment()).toMatchObject({ status: "paused" });
    expect((await enrolment()).agenda.resume).toBeUndefined();
    await press({ do: "resume" });
    expect((await enrolment()).status).toBe("active");
  });

  it("shows the journal in the reader's own words, as text", async () => {
    await site.services.store.keepReflection(reflection("<script>alert(1)</script> & so on"));
    const { body } = await show();
    expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on");
  });

  it("names the field of a form that does not say what to do", async () => {
    expect((await press({})).body).toContain("“do”");
    expect((await press({ do: "constructor" })).body).toContain("Nothing was changed");
  });

  it("leads to erasure only by a mail, which is asked for once at a time and three times a day", async () => {
    for (let asked = 0; asked < 4; asked++) await press({ do: "erase" });
    const agenda = Object.keys((await site.services.store.subscriber(id))?.agenda ?? {});
    expect(agenda).toEqual([`notice_erase-${T0}`]);
    expect((await press({ do: "erase" })).body).toContain("three times today");
    expect(await site.services.store.subscriber(id)).toBeDefined();
  });

  it("can be joined to the newsletter, which is recorded", async () => {
    await press({ do: "newsletter" });
    const jo = await site.services.store.subscriber(id);
    expect(jo?.newsletter).toBe(true);
    expect(jo?.consents.at(-1)).toMatchObject({ event: "confirmed", list: "newsletter" });
  });

  it("brings back somebody who left the course", async () => {
    const link =
      /action="(\/unsubscribe\/[^"]+)"[^>]*><input type="hidden" name="page" value="yes"><button class="quiet">Leave this course/;
    const token =
      link
        .exec((await show()).body)?.[1]
        ?.split("/")
        .at(-1) ?? "";
    await site.request("POST /unsubscribe/{token}", { token });
    expect((await enrolment()).status).toBe("left");
    expect((await show()).body).toContain("Come back to the course");
    await press({ do: "return" });
    expect((await enrolment()).status).toBe("active");
  });

  it("does not open with a link that is sixty days old", async () => {
    site.clock.set(T0 + READER_LINK_LIFE);
    const answer = await show();
    expect([answer.status, answer.body.includes("too old")]).toEqual([410, true]);
  });
});
