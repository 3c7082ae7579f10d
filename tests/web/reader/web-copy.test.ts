import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startBroadcast } from "../../../console/issue/start-broadcast.ts";
import type { Course, Lesson } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { issueDispatch } from "../../../functions/domain/newsletter/broadcast.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { DAY } from "../../../functions/domain/time.ts";
import type { WebResponse } from "../../../functions/ports.ts";
import { anIssue } from "../../support/audience.ts";
import { webContent } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("jo@acme.example"));
  await deliverUntil(site.services, site.clock, id, T0 + 2 * DAY);
});
afterEach(() => site.stop());

const copy = (slug: string, course = COURSE, token = page): Promise<WebResponse> =>
  site.request("GET /reader/{token}/{course}/{slug}", { token, course, slug });
const issueSent = async (slug: string, to = id) => {
  const sent = { messageId: "m", sentAt: T0, state: "sent" as const, stateAt: T0 };
  await site.services.store.recordSent({ dispatch: issueDispatch(to, slug), ...sent });
};

describe("the copy of a mail on the web", () => {
  it("is the lesson as it was sent, linked from the reader's page", async () => {
    const { status, body } = await copy("headwinds-inside");
    expect(status).toBe(200);
    for (const words of [
      "Lesson 1 of 12",
      "The headwind inside the building",
      "This week’s move",
      "No names needed",
    ])
      expect(body).toContain(words);
    expect(body).not.toContain("Forwarded to you?");
    const own = await site.request("GET /reader/{token}", { token: page });
    expect(own.body).toContain(`href="/reader/${page}/${COURSE}/headwinds-inside"`);
    expect(own.body).not.toContain("/where-your-boss-came-from");
  });

  it("shows a passage for some to its reader, and not on the page that everybody may open", async () => {
    const content = webContent();
    const [course] = content.courses as [Course];
    const [first, ...others] = course.lessons as [Lesson, ...Lesson[]];
    const body = { html: "<p>For who is tagged.</p>", text: "For who is tagged." };
    const lessons = [{ ...first, passages: [{ when: { tag: "vip" }, before: 1, body }] }, ...others];
    Object.assign(site.services, { content: { ...content, courses: [{ ...course, lessons }] } });
    expect((await copy("headwinds-inside")).body).not.toContain("For who is tagged.");
    const reader = (await site.services.store.subscriber(id)) as Subscriber;
    await site.services.store.change(reader, (current) => ({ ...current, tags: ["vip"] }));
    expect((await copy("headwinds-inside")).body).toContain("For who is tagged.");
    const forAll = await site.request("GET /lesson/{slug}", { slug: "headwinds-inside" });
    expect([forAll.status, forAll.body.includes("For who is tagged.")]).toEqual([200, false]);
  });

  it("is kept from caches, search engines, frames and other people's scripts", async () => {
    const { headers } = await copy("headwinds-inside");
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow" });
    expect(headers?.["content-security-policy"]).toContain("default-src 'none'");
  });

  it("is there also for what was had in an earlier run", async () => {
    const current = (await site.services.store.enrolment(id, COURSE)) as Enrolment;
    await site.services.store.save({ ...current, done: [], run: 2 });
    expect((await copy("headwinds-inside")).status).toBe(200);
  });

  it("does not show what was not sent: a later lesson, another course, a name that is none", async () => {
    for (const answer of [
      await copy("who-is-in"),
      await copy("headwinds-inside", "another-course"),
      await copy("none"),
      await copy("constructor"),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain("This week’s move");
    }
  });

  it("of an issue shows its words to those who got it, and to nobody who guesses its name", async () => {
    const issue = anIssue("the-first-issue", "Words of the first issue.");
    const asked = { issue, audience: {}, asked: "everybody", when: { from: T0 + 2 * DAY } };
    await startBroadcast({ ...site.services, allPeople: site.allPeople }, asked);
    expect((await copy("the-first-issue", "newsletter")).status).toBe(404);
    await issueSent("the-first-issue");
    const { status, body } = await copy("the-first-issue", "newsletter");
    expect([status, body.includes("Words of the first issue.")]).toEqual([200, true]);
    const other = await site.join("bo@acme.example");
    expect((await copy("the-first-issue", "newsletter", other.page)).status).toBe(404);
  });

  it("opens with the reader's own link only, and for as long as that", async () => {
    expect((await copy("headwinds-inside", COURSE, "forged")).status).toBe(403);
    site.clock.set(T0 + 91 * DAY);
    const old = await copy("headwinds-inside");
    expect([old.status, old.body.includes("/fresh-link/")]).toEqual([410, true]);
  });
});
