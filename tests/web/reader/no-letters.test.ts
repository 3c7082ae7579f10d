import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import { type Enrolment, withLeft } from "../../../functions/domain/course/enrolment.ts";
import { links, unsubscribeToken } from "../../../functions/links/links.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const DAY = 86_400_000;
let site: Site;
let course: Course;
let id: string;
let page: string;
let token: string;
beforeEach(async () => {
  site = await openSite();
  course = site.services.content.courses[0] as Course;
  ({ id, page } = await site.join("jo@acme.example"));
  const agenda = {
    "letter_ninety-days-later": { dueAt: T0 + 90 * DAY, doubts: 0 },
    "letter_a-year-later": { dueAt: T0 + 365 * DAY, doubts: 0 },
  };
  await change((current) => ({ ...current, status: "completed", agenda }));
  token = await linkTo(course.slug);
});
afterEach(() => site.stop());

const enrolment = async () => (await site.services.store.enrolment(id, course.slug)) as Enrolment;
const change = async (apply: (current: Enrolment) => Enrolment) =>
  site.services.store.change(await enrolment(), apply);
async function linkTo(list: string): Promise<string> {
  const { webOrigin, settings, keyring } = site.services;
  const to = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  return to.noLettersUrl({ subscriber: id, list }).split("/").at(-1) as string;
}
const open = (of = token) => site.request("GET /no-letters/{token}", { token: of });
const press = (of = token) => site.request("POST /no-letters/{token}", { token: of });
const own = (form?: Record<string, string>) =>
  form
    ? site.request("POST /reader/{token}", { token: page }, { form: { do: "letters", ...form } })
    : site.request("GET /reader/{token}", { token: page });

describe("the page behind “No letters”", () => {
  it("changes nothing when it is opened, and ends the letters by a press", async () => {
    const before = await enrolment();
    expect((await open()).body).toContain("No letters after the course?");
    expect(await enrolment()).toEqual(before);
    expect((await press()).body).toContain("No letters come");
    expect(await enrolment()).toMatchObject({ noLetters: true, status: "completed", agenda: before.agenda });
  });

  it("says the same when it is pressed again, writes nothing more, and offers no second undo", async () => {
    expect((await press()).body).toContain('action="/undo/');
    const { version } = await enrolment();
    const again = await press();
    expect([again.status, again.body.includes('action="/undo/')]).toEqual([200, false]);
    expect((await enrolment()).version).toBe(version);
    expect((await open()).body).toContain("No letters come");
  });

  it("is undone within half an hour, and not after it", async () => {
    const before = await enrolment();
    const undo = find((await press()).body, /action="\/undo\/([^"]+)"/);
    await site.request("POST /undo/{token}", { token: undo });
    expect({ ...(await enrolment()), version: before.version }).toEqual(before);
    const late = find((await press()).body, /action="\/undo\/([^"]+)"/);
    site.clock.set(T0 + 31 * 60_000);
    expect((await site.request("POST /undo/{token}", { token: late })).status).toBe(410);
    expect((await enrolment()).noLetters).toBe(true);
  });

  it("works years later, also for who has left the course", async () => {
    await change(withLeft);
    site.clock.set(T0 + 3 * 365 * DAY);
    expect((await press()).status).toBe(200);
    expect(await enrolment()).toMatchObject({ noLetters: true, status: "left" });
  });

  it("is nobody's for another course, and no page at all for a link of another kind", async () => {
    expect((await press(await linkTo("another-course"))).status).toBe(410);
    const unsubscribe = unsubscribeToken(await site.services.keyring.keys(), {
      ...{ subscriber: id, list: course.slug },
    });
    for (const wrong of [unsubscribe, page, "x", `${token}a`]) expect((await press(wrong)).status).toBe(403);
    expect((await site.request("POST /unsubscribe/{token}", { token })).status).toBe(403);
    expect((await enrolment()).noLetters).toBeUndefined();
    // The control: the link itself does.
    expect((await press()).status).toBe(200);
  });
});

describe("a reader's own page", () => {
  it("names the days of the letters that come, and ends them by a button that can be undone", async () => {
    const { body } = await own();
    expect(body).toContain("on 22 February 2027 and 24 November 2027, a letter brings");
    const ended = await own({ letters: "no", once: "a" });
    expect(ended.body).toContain("No letters come. Nothing else was changed.");
    expect((await enrolment()).noLetters).toBe(true);
    const undo = find(ended.body, /name="undo" value="([^"]+)"/);
    await site.request("POST /reader/{token}", { token: page }, { form: { do: "undo", undo } });
    expect((await enrolment()).noLetters).toBeUndefined();
  });

  it("brings them back after all, but none that should have come meanwhile", async () => {
    await own({ letters: "no", once: "a" });
    expect((await own()).body).toContain("You asked for no letters after the course");
    site.clock.set(T0 + 80 * DAY);
    await own({ letters: "yes", once: "b" });
    expect(Object.keys((await enrolment()).agenda)).toHaveLength(2);
    await own({ letters: "no", once: "c" });
    await change((current) => ({
      ...current,
      agenda: { ...current.agenda, "letter_ninety-days-later": { dueAt: T0 + 79 * DAY, doubts: 0 } },
    }));
    await own({ letters: "yes", once: "d" });
    expect(Object.keys((await enrolment()).agenda)).toEqual(["letter_a-year-later"]);
  });

  it("says nothing of letters to who is told of none", async () => {
    await change((current) => ({ ...current, agenda: {} }));
    expect((await own()).body).not.toContain('id="letters"');
    await change(withLeft);
    expect((await own({ letters: "no", once: "e" })).body).toContain("You are not in the course now");
  });
});
