import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { nextMoment } from "../../../functions/domain/course/schedule.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { READER_LINK_LIFE } from "../../../functions/links/links.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const THURSDAY = { weekday: 4, time: "17:00", minutes: 15 } as const;

describe("the moment of a move", () => {
  it("is the next time that the reader's own clock shows it, in winter and in summer", () => {
    expect(nextMoment("Europe/Berlin", THURSDAY, T0)).toBe(Date.UTC(2026, 10, 26, 16));
    expect(nextMoment("America/New_York", THURSDAY, T0)).toBe(Date.UTC(2026, 10, 26, 22));
    expect(nextMoment("Europe/Berlin", THURSDAY, Date.UTC(2026, 6, 1))).toBe(Date.UTC(2026, 6, 2, 15));
    expect(nextMoment("Asia/Kathmandu", THURSDAY, T0)).toBe(Date.UTC(2026, 10, 26, 11, 15));
  });

  it("is that of the week after, once it has passed; and follows the clocks when they change in between", () => {
    expect(nextMoment("Europe/Berlin", THURSDAY, Date.UTC(2026, 10, 26, 16))).toBe(
      Date.UTC(2026, 10, 26, 16),
    );
    expect(nextMoment("Europe/Berlin", THURSDAY, Date.UTC(2026, 10, 26, 16, 1))).toBe(
      Date.UTC(2026, 11, 3, 16),
    );
    expect(nextMoment("Europe/Berlin", THURSDAY, Date.UTC(2026, 2, 27))).toBe(Date.UTC(2026, 3, 2, 15));
  });

  it("moves forward by the gap where the clocks skip it", () => {
    const skipped = { weekday: 7, time: "02:30", minutes: 15 } as const;
    expect(nextMoment("Europe/Berlin", skipped, Date.UTC(2026, 2, 28))).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });
});

describe("put it in my calendar", () => {
  let site: Site;
  let course: Course;
  let id: string;
  let page: string;
  beforeEach(async () => {
    site = await openSite();
    course = site.services.content.courses[0] as Course;
    ({ id, page } = await site.join("jo@acme.example"));
    await had(["before-you-are-asked", "headwinds-inside"]);
  });
  afterEach(() => site.stop());

  const enrolment = async () => (await site.services.store.enrolment(id, course.slug)) as Enrolment;
  const had = async (done: string[]) =>
    site.services.store.change(await enrolment(), (current) => ({ ...current, done }));
  const fetched = (slug: string, token = page) =>
    site.request("GET /reader/{token}/{course}/{slug}/move.ics", { token, course: course.slug, slug });
  const field = (body: string, name: string) => new RegExp(`^${name}:(.*)\\r$`, "m").exec(body)?.[1];

  it("is a file for the reader's calendar, at their own hour, that nobody keeps on the way", async () => {
    const { status, headers, body } = await fetched("before-you-are-asked");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'inline; filename="move.ics"',
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
    });
    const { zone } = (await enrolment()).cadence;
    const moment = course.lessons.find(({ slug }) => slug === "before-you-are-asked")?.moment;
    if (!moment) throw new Error("the lesson has no moment any more: name another");
    const at = nextMoment(zone, moment, site.clock.now());
    expect(field(body, "DTSTART")).toBe(new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, ""));
    expect(field(body, "SUMMARY")).toBe("Before you are asked");
  });

  it("is the same appointment when it is fetched again, and another's is another", async () => {
    const uid = field((await fetched("before-you-are-asked")).body, "UID");
    site.clock.set(site.clock.now() + DAY);
    expect(field((await fetched("before-you-are-asked")).body, "UID")).toBe(uid);
    const other = await site.join("sam@acme.example");
    ({ id } = other);
    await had(["before-you-are-asked"]);
    expect(field((await fetched("before-you-are-asked", other.page)).body, "UID")).not.toBe(uid);
  });

  it("tells nothing of whose it is, and leads nowhere", async () => {
    const flat = (await fetched("before-you-are-asked")).body.replace(/\r\n /g, "");
    for (const secret of [id, page, "jo@", "acme", "http", "/reader/"]) expect(flat).not.toContain(secret);
  });

  it("changes nothing: programs that look through mail follow links", async () => {
    const before = await enrolment();
    await fetched("before-you-are-asked");
    expect(await enrolment()).toEqual(before);
  });

  it("is there only for a lesson that they have had, and whose move has a time of the week", async () => {
    for (const slug of ["who-is-in", "headwinds-inside", "no-such-lesson"])
      expect((await fetched(slug)).status, slug).toBe(404);
  });

  it("is refused like the page by a link that is not ours, or too old", async () => {
    // Another letter with another first bit: a token's last bits may stand for nothing.
    const other = /[q-z2-7]$/.test(page) ? "a" : "q";
    expect((await fetched("before-you-are-asked", page.slice(0, -1) + other)).status).toBe(403);
    site.clock.set(T0 + READER_LINK_LIFE + DAY);
    expect((await fetched("before-you-are-asked")).status).toBe(410);
  });
});
