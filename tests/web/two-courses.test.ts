import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../authoring/compile/compile.ts";
import { readCourses } from "../../authoring/compile/compile-courses.ts";
import { openSources } from "../../authoring/compile/sources.ts";
import { ROOT } from "../../cli/root.ts";
import { erase } from "../../functions/consent/erase.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { DAY, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { findForm } from "../../local/demo/web-form.ts";
import { findLink, type Letter, readLetter } from "../../local/mailbox/letter.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { find } from "../support/pages.ts";
import { deliverUntil } from "../support/postman.ts";
import { PASS } from "../support/verdicts.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

const FIRST = "managing-up-leading-down";
const SECOND_ONE = "small-steps";
const ADDRESS = "jo@acme.example";
const ORIGIN = "https://web.example";

let site: Site;
let services: Services;
let id: string;
const inbox = new Map<string, string>();

/** One person, in the shipped course and in a small one, with the mails that ship. */
beforeAll(async () => {
  const content = await loadContent(ROOT);
  const small = readCourses(openSources(ROOT), "tests/fixtures/second-course");
  site = await openSite({ ...content, courses: [...content.courses, ...small] });
  services = {
    ...site.services,
    inbox: { read: async (key) => Buffer.from(inbox.get(key) ?? ""), remove: async () => undefined },
  };
});
afterAll(() => site.stop());

const enrolment = async (course: string) => (await services.store.enrolment(id, course)) as Enrolment;
const person = async () => {
  const found = await services.store.subscriber(id);
  if (!found) throw new Error("Jo is not there");
  return found;
};

const until = (end: number) => deliverUntil(services, site.clock, id, end);

const letters = (): Promise<Letter[]> =>
  Promise.all(site.ses.sent.map(({ raw, to, dispatch }) => readLetter({ raw, to: [to], dispatch } as never)));
async function newest(subject: RegExp): Promise<Letter> {
  const found = (await letters()).findLast((letter) => subject.test(letter.subject));
  if (!found) throw new Error(`No mail says ${subject}`);
  return found;
}

/** The route and its parameters, as the HTTP API finds them. */
function press(url: string, method: "GET" | "POST", form: Record<string, string> = {}) {
  const [page, token = "", course] = new URL(url, ORIGIN).pathname.slice(1).split("/");
  const route = `${method} /${page}/{token}${course ? "/{course}" : ""}`;
  return site.request(route, course ? { token, course } : { token }, { form });
}

async function signUpOn(path: string): Promise<void> {
  const page = await (path === "/"
    ? site.request("GET /")
    : site.request("GET /courses/{course}", { course: path.split("/").at(-1) as string }));
  const fields = findForm(page.body, "/sign-up")?.fields ?? {};
  site.clock.set(site.clock.now() + 10 * SECOND);
  await site.request("POST /sign-up", {}, { form: { ...fields, email: ADDRESS, zone: "Europe/Berlin" } });
  id = (await site.personAt(ADDRESS))?.id ?? "";
}

const reader = async (course: string) => {
  const lesson = await newest(course === FIRST ? /hardest headwind/ : /The first step/);
  const [page] = new RegExp(`${ORIGIN}/reader/[a-z2-7]+/[a-z-]+(?=\\?)`).exec(lesson.text) ?? [];
  return page as string;
};

describe("one person in two courses", () => {
  it("signs up for each on its own page, which links to the other", async () => {
    const front = await site.request("GET /");
    const other = find(front.body, /href="(\/courses\/[^"]+)">Small Steps/);
    await signUpOn("/");
    await until(T0 + MINUTE);
    await signUpOn(other);
    await until(T0 + 2 * DAY);
    const asked = (await person()).consents.map(({ event, list }) => `${event} ${list}`);
    expect(asked).toEqual([`requested ${FIRST}`, `requested ${SECOND_ONE}`]);
    expect((await site.request("GET /courses/{course}", { course: "none" })).status).toBe(404);
    expect(
      (await site.request("POST /sign-up", {}, { form: { email: "x@x.example", course: "none" } })).status,
    ).toBe(404);
  });

  it("confirms each by the button of its own mail: the first does not confirm the second", async () => {
    const first = findLink(await newest(/confirm: Managing/), `${ORIGIN}/confirm/`) as string;
    expect((await press(first, "GET")).body).toContain("Managing Up, Leading Down</title>");
    await press(first, "POST");
    expect((await services.store.enrolments(id)).map(({ course }) => course)).toEqual([FIRST]);
    const second = findLink(await newest(/confirm: Small/), `${ORIGIN}/confirm/`) as string;
    expect((await press(second, "GET")).body).toContain("Small Steps</title>");
    await press(second, "POST");
    expect((await services.store.enrolments(id)).map(({ course }) => course).sort()).toEqual(
      [FIRST, SECOND_ONE].sort(),
    );
  });

  it("cannot be brought into a course that they did not ask for by another name in the link", async () => {
    const first = findLink(await newest(/confirm: Managing/), `${ORIGIN}/confirm/`) as string;
    const { token } = { token: new URL(first).pathname.split("/")[2] as string };
    const before = await everythingAbout(services.store, id);
    const answer = await site.request("POST /confirm/{token}/{course}", { token, course: "another" });
    expect(answer.status).toBe(410);
    expect(await everythingAbout(services.store, id)).toEqual(before);
  });

  it("gets the lessons of each at the hour of each", async () => {
    await until(T0 + 8 * DAY);
    const sent = (await services.store.ledger(id)).filter(({ dispatch }) => dispatch.includes("_lesson_"));
    const hours = (course: string) =>
      sent
        .filter(({ dispatch }) => dispatch.includes(course))
        .map(({ sentAt }) => new Date(sentAt).toISOString().slice(11, 16));
    expect(new Set(hours(FIRST))).toEqual(new Set(["06:30"]));
    expect(new Set(hours(SECOND_ONE))).toEqual(new Set(["17:15"]));
  });

  it("opens the page of the course that a mail belongs to", async () => {
    for (const course of [FIRST, SECOND_ONE]) {
      const url = await reader(course);
      expect(url.split("/").at(-1)).toBe(course);
      const { body } = await press(url, "GET");
      const title = course === FIRST ? "Managing Up, Leading Down" : "Small Steps";
      expect(body).toContain(`<title>Your course · ${title}</title>`);
      expect(body).toContain("Your other courses");
    }
  });

  it("pauses one, changes its hour, rates it and starts it again: the other is as it was", async () => {
    const other = await enrolment(FIRST);
    const page = (await reader(SECOND_ONE)).replace(`/${SECOND_ONE}`, "");
    const act = (form: Record<string, string>) => press(page, "POST", { course: SECOND_ONE, ...form });
    await act({ do: "settings", weekday: "5", time: "09:00", zone: "Asia/Tokyo", pace: "weekly" });
    await act({ do: "rating", rating: "2" });
    await act({ do: "again", run: "1" });
    await act({ do: "pause", weeks: "2" });
    const changed = await enrolment(SECOND_ONE);
    expect(changed).toMatchObject({ status: "paused", run: 2, cadence: { zone: "Asia/Tokyo", weekday: 5 } });
    expect(await enrolment(FIRST)).toEqual(other);
    await act({ do: "resume" });
  });

  it("replies to a lesson, and the words stand in the journal of its course, also under a slug that both have", async () => {
    for (const [course, words] of [
      [FIRST, "Finance was too far away to see what the trial was worth to us."],
      [SECOND_ONE, "The smallest step I can take is to write the first line."],
    ] as const) {
      const lesson = await newest(course === FIRST ? /hardest headwind/ : /The first step/);
      const to = /<?(reply\+[^>]+)>?/.exec(lesson.headers.get("reply-to") ?? "")?.[1] as string;
      const raw = [
        `From: ${ADDRESS}`,
        `To: ${to}`,
        `Subject: Re: ${lesson.subject}`,
        `Message-ID: <${course}@acme.example>`,
      ];
      inbox.set(course, [...raw, "", words].join("\r\n"));
      await receive(services, {
        ...{ sesMessageId: course, key: course, source: ADDRESS, recipients: [to] },
        ...{ verdicts: PASS, receivedAt: site.clock.now() },
      });
    }
    const kept = await services.store.reflections(id);
    expect(kept.map(({ course, lesson }) => `${course} ${lesson}`).sort()).toEqual(
      [`${FIRST} headwinds-inside`, `${SECOND_ONE} the-first-step`].sort(),
    );
    expect(Object.keys((await enrolment(FIRST)).prompted)).toEqual(["headwinds-inside"]);
    // Its second run has not had the lesson; the words belong to the run in which it was sent.
    expect(kept.find(({ course }) => course === SECOND_ONE)?.run).toBe(1);
  });

  it("leaves one by the link in its mail, and stays in the other", async () => {
    const lesson = await newest(/The first step/);
    const link = findLink(lesson, `${ORIGIN}/unsubscribe/`) as string;
    const other = await enrolment(FIRST);
    await press(link, "POST", { "List-Unsubscribe": "One-Click" });
    expect((await enrolment(SECOND_ONE)).status).toBe("left");
    const old = findLink(await newest(/confirm: Small/), `${ORIGIN}/confirm/`) as string;
    const answer = await press(old, "POST");
    expect([answer.status, (await enrolment(SECOND_ONE)).status]).toEqual([410, "left"]);
    expect(await enrolment(FIRST)).toEqual(other);
    const had = site.ses.sent.filter(({ dispatch }) => dispatch.includes(FIRST)).length;
    const small = site.ses.sent.filter(({ dispatch }) => dispatch.includes(SECOND_ONE)).length;
    await until(site.clock.now() + 15 * DAY);
    expect(site.ses.sent.filter(({ dispatch }) => dispatch.includes(FIRST)).length).toBeGreaterThan(had);
    expect(site.ses.sent.filter(({ dispatch }) => dispatch.includes(SECOND_ONE))).toHaveLength(small);
  });

  it("erases both at once", async () => {
    await erase(services, id);
    expect(await services.store.enrolments(id)).toEqual([]);
    expect(await services.store.reflections(id)).toEqual([]);
  });
});
