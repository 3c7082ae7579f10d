import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { openSources } from "../../../authoring/compile/sources.ts";
import { ROOT } from "../../../cli/root.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { formToken } from "../../../functions/links/links.ts";
import { type Letter, readLetter } from "../../../local/mailbox/letter.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const FIRST = "managing-up-leading-down";
const OTHER = "small-steps";
const NEWSLETTER = "newsletter";
const ADDRESS = "jo@acme.example";
const content = await loadContent(ROOT);
const small = readCourses(openSources(ROOT), "tests/fixtures/second-course");

let site: Site;
beforeEach(async () => {
  site = await openSite({ ...content, courses: [...content.courses, ...small] });
});
afterEach(() => site.stop());

const jo = async () => {
  const found = await site.personAt(ADDRESS);
  if (!found) throw new Error("Jo is not there");
  return found;
};
const asks = (course: string) => site.signUp({ email: ADDRESS, course });
const until = async (end: number) => deliverUntil(site.services, site.clock, (await jo()).id, end);
const questions = async (): Promise<Letter[]> => {
  const all = await Promise.all(
    site.ses.sent.map(({ raw, to, dispatch }) => readLetter({ raw, to: [to], dispatch } as never)),
  );
  return all.filter(({ subject }) => subject.includes("confirm"));
};
/** The links to confirm that a mail holds, by their list. */
function buttons({ text }: Letter): Map<string, string> {
  const links = text.matchAll(/https:\/\/web\.example\/confirm\/([a-z2-7]+)\/([a-z-]+)/g);
  return new Map([...links].map(([, token = "", list = ""]) => [list, token]));
}
const press = (token = "", course = "", method: "GET" | "POST" = "POST") =>
  site.request(`${method} /confirm/{token}/{course}`, { token, course });
const courses = async () =>
  (await site.services.store.enrolments((await jo()).id))
    .filter(({ status }) => status === "active")
    .map(({ course }) => course)
    .sort();

describe("who asks for several lists before confirming any", () => {
  it("gets one mail with a button for each, and each begins by its own", async () => {
    await asks(FIRST);
    await asks(OTHER);
    await asks(NEWSLETTER);
    await until(T0 + MINUTE);
    const [mail, ...more] = await questions();
    expect(more).toEqual([]);
    const links = buttons(mail as Letter);
    expect([...links.keys()]).toEqual([NEWSLETTER, FIRST, OTHER]);
    await press(links.get(OTHER), OTHER);
    expect([await courses(), (await jo()).newsletter]).toEqual([[OTHER], false]);
    await press(links.get(FIRST), FIRST);
    expect([await courses(), (await jo()).newsletter]).toEqual([[FIRST, OTHER], false]);
    await press(links.get(NEWSLETTER), NEWSLETTER);
    expect(await jo()).toMatchObject({ newsletter: true, requests: 0 });
  });

  it("is asked about the first once more in the second's mail, if they have not pressed its button by then", async () => {
    await asks(FIRST);
    await until(T0 + MINUTE);
    await asks(OTHER);
    await until(T0 + 2 * DAY);
    const mails = await questions();
    expect(mails.map((mail) => [...buttons(mail).keys()])).toEqual([[FIRST], [OTHER, FIRST]]);
    // Control: once it is pressed, nothing asks about it again.
    await press(buttons(mails[0] as Letter).get(FIRST), FIRST);
    await asks(NEWSLETTER);
    await until(T0 + 4 * DAY);
    expect([...buttons((await questions()).at(-1) as Letter).keys()]).toEqual([NEWSLETTER, OTHER]);
  });

  it("has no button of its own for the newsletter that was ticked beside a course", async () => {
    await site.signUp({ email: ADDRESS, course: FIRST, newsletter: "yes" });
    await until(T0 + MINUTE);
    const links = buttons((await questions())[0] as Letter);
    expect([...links.keys()]).toEqual([FIRST]);
    await press(links.get(FIRST), FIRST);
    expect(await jo()).toMatchObject({ newsletter: true, requests: 0 });
  });
});

describe("the link of a second list, too late", () => {
  it.each([OTHER, NEWSLETTER])("offers a fresh one to who is in the course already: %s", async (list) => {
    await asks(FIRST);
    await until(T0 + MINUTE);
    await press(buttons((await questions())[0] as Letter).get(FIRST), FIRST);
    await until(T0 + 2 * DAY);
    await asks(list);
    await until(T0 + 2 * DAY + MINUTE);
    const token = buttons((await questions()).at(-1) as Letter).get(list) ?? "";
    await until(T0 + 9 * DAY + HOUR);
    const late = await press(token, list, "GET");
    expect([late.status, late.body.includes(`action="/new-link/${token}"`)]).toEqual([410, true]);
    expect((await press(token, list)).body).toContain("/new-link/");
    await site.request("POST /new-link/{token}", { token });
    await until(site.clock.now() + MINUTE);
    const fresh = buttons((await questions()).at(-1) as Letter).get(list) ?? "";
    expect(fresh).not.toBe(token);
    await press(fresh, list);
    if (list === NEWSLETTER) expect((await jo()).newsletter).toBe(true);
    else expect(await courses()).toContain(list);
    // Control: that of a list which was confirmed says so, and asks for nothing.
    const before = (await questions()).length;
    expect((await press(token, list, "GET")).body).toContain("some time ago");
    await site.request("POST /new-link/{token}", { token });
    await until(site.clock.now() + 2 * DAY);
    expect(await questions()).toHaveLength(before);
  });
});

describe("who reads the newsletter already and sends the course's form twice", () => {
  it("is asked once: its answer was lost, or its button was pressed again", async () => {
    await asks(NEWSLETTER);
    await until(T0 + MINUTE);
    await press(buttons((await questions())[0] as Letter).get(NEWSLETTER), NEWSLETTER);
    site.clock.set(T0 + 2 * DAY);
    const shown = formToken(await site.services.keyring.keys(), site.clock.now() - MINUTE);
    const send = () =>
      site.request("POST /sign-up", {}, { form: { form: shown, email: ADDRESS, course: FIRST } });
    await send();
    await until(T0 + 2 * DAY + MINUTE);
    const asked = await jo();
    expect([asked.status, (await questions()).length]).toEqual(["active", 2]);
    await send();
    expect(await jo()).toEqual(asked);
    // Control: a form that was shown anew asks anew.
    site.clock.set(T0 + 4 * DAY);
    await asks(FIRST);
    expect((await jo()).requests).toBeGreaterThan(asked.requests);
  });
});
