import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  withAdvance,
  withCadence,
  withLeft,
} from "../../../functions/domain/course/enrolment.ts";
import { beginOfDay } from "../../../functions/domain/course/schedule.ts";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import {
  confirmToken,
  personalToken,
  READER_LINK_LIFE,
  readerToken,
  undoToken,
} from "../../../functions/links/links.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { find } from "../../support/pages.ts";
import { aReflection } from "../../support/reflections.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

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
const reflection = (ownWords: string): Reflection =>
  aReflection(id, T0, { course: COURSE, lesson: "headwinds-inside", ownWords });

describe("a reader's own page", () => {
  it("shows where they are, and their address only masked", async () => {
    const { body } = await show();
    expect(body).toContain("Your first lesson is still ahead of you.");
    expect(body).toContain("j•••@acme.example");
    expect(body).not.toContain("josephine");
  });

  it("shows the lessons they had with their dates, and the next with its day and hour on their clock", async () => {
    const [first] = site.services.content.courses[0]?.lessons ?? [];
    const slug = first?.slug ?? "";
    const id1 = `${id}_${COURSE}_1_lesson_${slug}`;
    await site.services.store.recordSent({
      dispatch: id1,
      messageId: "m",
      sentAt: T0,
      state: "sent",
      stateAt: T0,
    });
    await site.services.store.change(await enrolment(), (current) => ({
      ...withCadence(current, { ...current.cadence, zone: "Asia/Tokyo", time: "06:15" }, T0),
      done: [slug],
    }));
    const { body } = await show();
    expect(body).toMatch(new RegExp(`<a href="/reader/[a-z2-7]+/managing-up-leading-down/${slug}">`));
    expect(body).toContain("24 November 2026</span>");
    expect(body).toMatch(/Next: \w+day, 06:15 \(\d+ November 2026\)/);
    expect(body).toContain("· </span>next");
  });

  it("holds nothing that a reader wrote: this link gets forwarded", async () => {
    await site.services.store.keepReflection(reflection("my own words"));
    expect((await show()).body).not.toContain("my own words");
  });

  it("sends the next lesson now only when the button is pressed, not when the mail's link is followed", async () => {
    const before = (await enrolment()).agenda.lesson?.dueAt;
    const shown = (await show({ do: "next-lesson" })).body;
    expect(shown).toContain("<button autofocus>Send the next lesson now");
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(before);
    const nudges = site.nudged.length;
    await press({ do: "next-lesson", lesson: find(shown, /name="lesson" value="([^"]+)"/) });
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(T0);
    expect(site.nudged.length).toBe(nudges + 1);
  });

  it("sends one lesson for a form that is sent again after that lesson has left", async () => {
    const lesson = find((await show()).body, /name="lesson" value="([^"]+)"/);
    await press({ do: "next-lesson", lesson });
    const course = site.services.content.courses[0] as Course;
    await site.services.store.change(await enrolment(), (current) =>
      withAdvance(current, "lesson", lesson, course, T0, {}),
    );
    const planned = (await enrolment()).agenda.lesson?.dueAt ?? 0;
    expect((await press({ do: "next-lesson", lesson })).body).toContain("is sent, or on its way");
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(planned);
    expect(planned).toBeGreaterThan(T0 + DAY);
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
    const form = { weekday: "4", time: "18:05", zone: "Asia/Tokyo", pace: "workdays" };
    expect((await press({ do: "settings", ...form })).body).toContain("Saved.");
    expect((await enrolment()).cadence).toEqual({
      weekday: 4,
      time: "18:05",
      zone: "Asia/Tokyo",
      pace: "workdays",
    });
    expect((await site.services.store.subscriber(id))?.zone).toBe("Asia/Tokyo");
  });

  it.each([
    [{ weekday: "6" }, "weekday"],
    [{ time: "25:00" }, "24-hour"],
    [{ zone: "Mars/Base" }, "time zone"],
    [{ pace: "hourly" }, "choose how often lessons come"],
  ])("refuses %j with a sentence and changes nothing", async (wrong, says) => {
    const before = await enrolment();
    const form = { weekday: "4", time: "18:05", zone: "Asia/Tokyo", pace: "weekly", ...wrong };
    expect((await press({ do: "settings", ...form })).body).toContain(says);
    expect(await enrolment()).toEqual(before);
  });

  it("pauses for weeks or until a day on the reader's calendar, and resumes", async () => {
    await press({ do: "pause", weeks: "2" });
    expect((await enrolment()).agenda.resume?.dueAt).toBe(T0 + 14 * DAY);
    await press({ do: "pause", until: "2026-12-24" });
    const { cadence } = await enrolment();
    expect((await enrolment()).agenda.resume?.dueAt).toBe(beginOfDay(cadence, "2026-12-24"));
    expect((await show()).body).toContain("Paused until 24 December 2026.");
    await press({ do: "resume" });
    expect((await enrolment()).status).toBe("active");
  });

  it.each(["2026-11-24", "2026-02-30", "2028-01-01", "soon", ""])(
    "does not pause until “%s”, which is no day of the coming half year",
    async (until) => {
      expect((await press({ do: "pause", until })).body).toContain("choose how long");
      expect((await enrolment()).status).toBe("active");
    },
  );

  it("names the field of a form that does not say what to do", async () => {
    expect((await press({})).body).toContain("“do”");
    expect((await press({ do: "constructor" })).body).toContain("Nothing was changed");
  });

  it("starts the course again as a new run, once, however often the form is sent", async () => {
    await site.services.store.change(await enrolment(), (current) => ({
      ...current,
      done: ["headwinds-inside"],
    }));
    const run = find((await show()).body, /name="run" value="(\d+)"/);
    await press({ do: "again", run });
    await press({ do: "again", run });
    expect(await enrolment()).toMatchObject({ run: 2, done: [], status: "active" });
  });

  it("gives three mails a day, in whosever hands a forwarded link is, and says so", async () => {
    const asked: string[] = [];
    for (let time = 1; time <= 13; time++) {
      const { run, agenda } = await enrolment();
      await site.services.store.change(await enrolment(), (current) => ({ ...current, agenda: {} }));
      asked.push((await press({ do: "again", run: String(run) })).body);
      expect([time, (await enrolment()).run]).toEqual([time, time <= 3 ? run + 1 : run]);
      await site.services.store.change(await enrolment(), (current) => ({ ...current, agenda }));
    }
    expect(asked[3]).toContain("that is the most. Please come back tomorrow.");
    const lesson = find((await show()).body, /name="lesson" value="([^"]+)"/);
    expect((await press({ do: "next-lesson", lesson })).body).toContain("Please come back tomorrow.");
    site.clock.set(T0 + DAY);
    await press({ do: "again", run: "4" });
    expect((await enrolment()).run).toBe(5);
  });

  it("counts no attempt that was cut off before its mail was asked for", async () => {
    const lesson = find((await show()).body, /name="lesson" value="([^"]+)"/);
    const { change } = site.services.store;
    site.services.store.change = () => Promise.reject(new Error("killed"));
    for (let time = 0; time < 4; time++) await press({ do: "next-lesson", lesson }).catch(() => undefined);
    site.services.store.change = change;
    expect((await press({ do: "next-lesson", lesson })).body).not.toContain("Please come back tomorrow.");
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(T0);
  });

  it("after leaving shows no rating, no next lesson, and no way back but signing up", async () => {
    await site.services.store.change(await enrolment(), withLeft);
    const { body } = await show();
    expect(body).not.toContain("Before you start");
    expect(body).not.toContain("· </span>next");
    expect(body).toContain('To come back, <a href="/">sign up again</a>');
    await press({ do: "resume" });
    await press({ do: "rating", rating: "3" });
    await press({ do: "again", run: "1" });
    expect(await enrolment()).toMatchObject({ status: "left", ratings: {}, run: 1 });
  });
});

describe("an act on a reader's page", () => {
  const undoIn = (body: string) => find(body, /name="undo" value="([^"]+)"/);
  const settings = { do: "settings", weekday: "4", time: "18:05", zone: "Asia/Tokyo", pace: "workdays" };
  const acts: Record<string, string>[] = [
    { do: "pause", weeks: "4" },
    { do: "next-lesson", lesson: "headwinds-inside" },
    { do: "rating", rating: "4" },
    { do: "again", run: "1" },
    settings,
  ];

  it.each(acts)("is taken back whole by its undo: %j", async (form) => {
    const first = find((await show()).body, /name="lesson" value="([^"]+)"/);
    const whole = { ...form, ...(form.lesson && { lesson: first }) };
    const before = await enrolment();
    const { body } = await press(whole);
    expect(essence(await enrolment())).not.toEqual(essence(before));
    expect((await press({ do: "undo", undo: undoIn(body) })).body).toContain("Undone.");
    expect(essence(await enrolment())).toEqual(essence(before));
    expect((await site.services.store.subscriber(id))?.zone).toBe(before.cadence.zone);
  });

  const taken: { form: Record<string, string>; sent: string }[] = [
    { form: { do: "next-lesson" }, sent: "a lesson" },
    { form: { do: "pause", weeks: "4" }, sent: "a lesson that was on its way" },
    { form: { do: "again", run: "1" }, sent: "the welcome" },
  ];
  it.each(taken)("is not said to be as it was where $sent has left meanwhile: $form", async ({ form }) => {
    const lesson = find((await show()).body, /name="lesson" value="([^"]+)"/);
    const { body } = await press({ ...form, lesson });
    await site.services.store.change(
      await enrolment(),
      ({ agenda: { welcome: _, ...agenda }, ...current }) => ({
        ...current,
        agenda,
        done: [...current.done, lesson],
      }),
    );
    const undone = await press({ do: "undo", undo: undoIn(body) });
    expect(undone.body).toContain("had already been sent, and cannot be called back");
    expect(undone.body).not.toContain("Undone. Everything");
  });

  it("that is sent twice is done once, and its undo still leads to where it began", async () => {
    const before = await enrolment();
    await press({ do: "pause", weeks: "4", once: "abc" });
    site.clock.set(T0 + MINUTE);
    const second = await press({ do: "pause", weeks: "4", once: "abc" });
    expect((await enrolment()).agenda.resume?.dueAt).toBe(T0 + 28 * DAY);
    await press({ do: "undo", undo: undoIn(second.body) });
    expect(essence(await enrolment())).toEqual(essence(before));
  });

  it("cannot be undone after 30 minutes, by another person, or by a token of another purpose", async () => {
    const undo = undoIn((await press({ do: "pause", weeks: "4" })).body);
    const keys = await site.services.keyring.keys();
    const other = await site.join("eve@acme.example");
    const foreign = { token: other.page };
    const middle = Math.floor(undo.length / 2);
    const changed = undo[middle] === "a" ? "b" : "a";
    const forms = [
      { do: "undo", undo: undo.slice(0, middle) + changed + undo.slice(middle + 1) },
      { do: "undo", undo: page },
      { do: "undo", undo: personalToken(keys, { subscriber: id, expiresAt: T0 + DAY }) },
    ];
    for (const form of forms) expect((await press(form)).body).toContain("not for this page");
    const stolen = await site.request("POST /reader/{token}", foreign, { form: { do: "undo", undo } });
    expect(stolen.body).toContain("not for this page");
    site.clock.set(T0 + 30 * MINUTE);
    expect((await press({ do: "undo", undo })).body).toContain("more than 30 minutes ago");
    expect((await enrolment()).status).toBe("paused");
  });

  it("takes an undo of the size that the largest act makes", async () => {
    const { body } = await press(settings);
    expect(undoIn(body).length).toBeLessThan(700);
  });
});

describe("a link to a reader's page", () => {
  const request = (route: string, token: string, form = {}) => site.request(route, { token }, { form });

  it("is refused in the same words and changes nothing if it is forged or was made for something else", async () => {
    const keys = await site.services.keyring.keys();
    const dated = { subscriber: id, expiresAt: T0 + DAY };
    const before = await everythingAbout(site.services.store, id);
    const tokens = [
      "x",
      `${page.slice(0, -3)}abc`,
      confirmToken(keys, dated),
      personalToken(keys, dated),
      undoToken(keys, dated, "{}"),
    ];
    const answers = await Promise.all(
      tokens.map((token) => request("POST /reader/{token}", token, { do: "pause", weeks: "1" })),
    );
    const bare = answers.map(({ status, body }) => `${status}${body.replaceAll(/nonce="[^"]+"/g, "")}`);
    expect(new Set(bare).size).toBe(1);
    expect(bare[0]).toMatch(/^403/);
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
  });

  it("that is ninety days old offers to mail a fresh one, in the same words for everybody", async () => {
    await site.services.store.change(await enrolment(), (current) => ({ ...current, agenda: {} }));
    const keys = await site.services.keyring.keys();
    const nobody = readerToken(keys, { subscriber: "aaaaaaaaaaaaaaaa", expiresAt: T0 });
    site.clock.set(T0 + READER_LINK_LIFE);
    const answer = await show();
    expect([answer.status, answer.body.includes("Email me a fresh link")]).toEqual([410, true]);
    const here = await request("POST /fresh-link/{token}", page);
    const there = await request("POST /fresh-link/{token}", nobody);
    const bare = (body: string) => body.replaceAll(/nonce="[^"]+"/g, "");
    expect(bare(here.body)).toBe(bare(there.body));
    const agenda = Object.keys((await site.services.store.subscriber(id))?.agenda ?? {});
    expect(agenda).toContain(`notice_page-${T0 + READER_LINK_LIFE}`);
  });
});

const essence = ({ status, cadence, done, ratings, run, agenda }: Enrolment) => ({
  status,
  cadence,
  done,
  ratings,
  run,
  agenda,
});
