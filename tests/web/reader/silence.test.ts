import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { PERSONAL_LINK_LIFE, personalToken, unsubscribeToken } from "../../../functions/links/links.ts";
import { find } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("jo@acme.example"));
});
afterEach(() => site.stop());

const enrolment = async () => (await site.services.store.enrolment(id, COURSE)) as Enrolment;
const through = (days: number) => deliverUntil(site.services, site.clock, id, T0 + days * DAY);
const press = (form: Record<string, string>) =>
  site.request("POST /reader/{token}", { token: page }, { form: { course: COURSE, ...form } });
const noticesSent = () =>
  site.ses.sent.filter(({ dispatch }) => dispatch.includes("_notice_silence-")).length;

describe("a sign of life", () => {
  beforeEach(() => through(22));

  it("is not that a page is opened: scanners do that", async () => {
    expect((await enrolment()).silent).toBe(4);
    for (const query of [{}, { do: "pause" }, { do: "here" }, { do: "rating", rating: "3" }])
      await site.request("GET /reader/{token}", { token: page }, { query: query as Record<string, string> });
    expect((await enrolment()).silent).toBe(4);
  });

  it.each([
    ["a rating", { do: "rating", rating: "4" }],
    ["a pause", { do: "pause", weeks: "1" }],
    ["the newsletter", { do: "newsletter", newsletter: "yes" }],
    ["asking for the journal", { do: "personal" }],
    ["the button of the reminder", { do: "here" }],
    ["a press that changes nothing", { do: "resume" }],
  ])("is %s", async (_, form) => {
    await press(form as unknown as Record<string, string>);
    expect((await enrolment()).silent).toBeUndefined();
  });

  it("is a press on the page about their own data", async () => {
    const expiresAt = site.clock.now() + PERSONAL_LINK_LIFE;
    const token = personalToken(await site.services.keyring.keys(), { subscriber: id, expiresAt });
    await site.request("POST /personal/{token}", { token }, { form: { do: "name", name: "Jo" } });
    expect((await enrolment()).silent).toBeUndefined();
  });

  it("is pausing instead of leaving, and coming back by the undo", async () => {
    const keys = await site.services.keyring.keys();
    const token = unsubscribeToken(keys, { subscriber: id, list: COURSE });
    const leave = (form: Record<string, string>) =>
      site.request("POST /unsubscribe/{token}", { token }, { form: { page: "yes", ...form } });
    const { body } = await leave({});
    await site.request("POST /undo/{token}", { token: find(body, /action="\/undo\/([^"]+)"/) });
    expect((await enrolment()).silent).toBeUndefined();
    await site.services.store.change(await enrolment(), (current) => ({ ...current, silent: 5 }));
    await leave({ instead: "pause" });
    expect((await enrolment()).silent).toBeUndefined();
  });

  it("costs no write of its own where the press writes anyway", async () => {
    const { version } = await enrolment();
    await press({ do: "rating", rating: "4" });
    expect((await enrolment()).version).toBe(version + 1);
  });
});

describe("a reader who is silent throughout", () => {
  it("has every lesson and no other mail for it", async () => {
    await through(100);
    const { done, status, silent } = await enrolment();
    expect([done.length, status, silent, noticesSent()]).toEqual([12, "completed", 12, 0]);
  });

  it("where the owner wishes it: has one mail, two more lessons, then a pause that one press ends", async () => {
    site.services.settings.pauseSilentReaders = true;
    await through(150);
    const paused = await enrolment();
    expect([paused.done.length, paused.status, noticesSent()]).toEqual([9, "paused", 1]);
    const { body } = await site.request("GET /reader/{token}", { token: page }, { query: { do: "here" } });
    // The link is older than 90 days by then: a fresh one is asked for.
    expect(body).toContain("Links to your page work for 90 days");
  });

  it("who presses the reminder's button goes on to the end", async () => {
    site.services.settings.pauseSilentReaders = true;
    await through(75);
    expect([(await enrolment()).status, noticesSent()]).toEqual(["paused", 1]);
    const asked = await site.request("GET /reader/{token}", { token: page }, { query: { do: "here" } });
    expect(asked.body).toContain("Paused, as nothing was heard from you for a while.");
    const { body } = await press({ do: "here", once: "a" });
    expect(body).toContain("Good to know. The course goes on.");
    await through(150);
    expect([(await enrolment()).status, noticesSent()]).toEqual(["completed", 1]);
  });
});
