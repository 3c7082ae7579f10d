import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../../functions/domain/time.ts";
import { webContent } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const content = webContent();
const courses = content.courses.map((course) => ({
  ...course,
  starts: { dates: ["2027-01-12"], afterTheLast: "closed" as const },
}));

let site: Site;
let id: string;
let page: string;
beforeAll(async () => {
  site = await openSite({ ...content, courses });
});
afterAll(() => site.stop());

const landing = async () => (await site.request("GET /")).body;

/* In the order in which one reader meets it. */
describe("a course that begins on a day", () => {
  it("says the day on its landing page, and takes sign-ups", async () => {
    const body = await landing();
    expect(body).toContain("The course begins on 12 January 2027.");
    expect(body).toContain('action="/sign-up"');
  });

  it("says it to who confirms, and sends the welcome alone", async () => {
    await site.signUp({ email: "jo@acme.example", zone: "America/Chicago" });
    id = (await site.personAt("jo@acme.example"))?.id ?? "";
    const token = await site.confirmLink(id);
    const confirmed = await site.request("POST /confirm/{token}", { token });
    expect(confirmed.body).toContain("The course begins on 12 January 2027:");
    expect(confirmed.body).not.toContain("next day on which lessons come");
    page = /action="\/reader\/([^"]+)"/.exec(confirmed.body)?.[1] ?? "";
    await deliverUntil(site.services, site.clock, id, T0 + 5 * DAY);
    const sent = site.ses.sent.filter(({ dispatch }) => dispatch.includes(COURSE));
    expect(sent.map(({ dispatch }) => dispatch.split("_")[3])).toEqual(["welcome"]);
  });

  it("offers no lesson before, on the reader's page neither", async () => {
    const shown = await site.request("GET /reader/{token}", { token: page });
    expect(shown.body).toContain("(12 January 2027)");
    expect(shown.body).not.toContain('value="next-lesson"');
    const lesson = courses[0]?.lessons[0]?.slug ?? "";
    const form = { do: "next-lesson", lesson, course: COURSE };
    const pressed = await site.request("POST /reader/{token}", { token: page }, { form });
    expect(pressed.body).toContain("The course begins on its day");
  });

  it("takes nobody after its last day where its owner closes it then, and says so", async () => {
    site.clock.set(Date.UTC(2027, 0, 12, 12));
    const body = await landing();
    expect(body).toContain("it takes no sign-ups any more");
    expect(body).not.toContain('action="/sign-up"');
    const late = await site.signUp({ email: "late@acme.example", zone: "UTC" });
    expect([late.status, late.body.includes("takes no sign-ups")]).toEqual([410, true]);
    expect(await site.personAt("late@acme.example")).toBeUndefined();
  });
});
