import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { ROOT } from "../../../cli/root.ts";
import { startBroadcast } from "../../../console/issue/start-broadcast.ts";
import { HOUR, MINUTE, SECOND } from "../../../functions/domain/time.ts";
import { formToken } from "../../../functions/links/links.ts";
import { findForm, formOfOwnSite } from "../../../local/demo/web-form.ts";
import { findLink, type Letter, readLetter } from "../../../local/mailbox/letter.ts";
import { addNewsletterReader, anIssue } from "../../support/audience.ts";
import { find } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const ORIGIN = "https://web.example";
const ADDRESS = "jo@acme.example";
const english = await loadContent(ROOT);
const german = await loadContent(ROOT, "tests/fixtures/german-course");

let site: Site;
beforeEach(async () => {
  site = await openSite(english);
});
afterEach(() => site.stop());

const jo = () => site.personAt(ADDRESS);
const letters = (): Promise<Letter[]> =>
  Promise.all(site.ses.sent.map(({ raw, to, dispatch }) => readLetter({ raw, to: [to], dispatch } as never)));
const until = async (end: number) => deliverUntil(site.services, site.clock, (await jo())?.id ?? "", end);
const mailsNow = async (): Promise<Letter[]> => {
  await until(site.clock.now() + MINUTE);
  return letters();
};

/** A link of a mail, as the HTTP API finds it. */
function press(url: string, method: "GET" | "POST", form: Record<string, string> = {}) {
  const [page, token = "", course] = new URL(url, ORIGIN).pathname.slice(1).split("/");
  const route = `${method} /${page}/{token}${course ? "/{course}" : ""}`;
  return site.request(route, course ? { token, course } : { token }, { form });
}

async function ask(form: Record<string, string> = {}) {
  const page = await site.request("GET /subscribe");
  const fields = findForm(page.body, "/sign-up")?.fields ?? {};
  site.clock.set(site.clock.now() + 10 * SECOND);
  return site.request("POST /sign-up", {}, { form: { ...fields, email: ADDRESS, ...form } });
}

async function confirm(): Promise<string> {
  const link = findLink((await mailsNow()).at(-1) as Letter, `${ORIGIN}/confirm/`) as string;
  return (await press(link, "POST")).body;
}

async function publish(slug: string): Promise<void> {
  await addNewsletterReader(site.services, "kim@reader.example", { zone: "UTC" });
  const start = { issue: anIssue(slug), audience: {}, asked: "everybody", when: { from: site.clock.now() } };
  await startBroadcast({ ...site.services, allPeople: site.allPeople }, start);
}

describe("the newsletter without a course", () => {
  it("says its title once in the browser's tab", async () => {
    const { body } = await site.request("GET /subscribe");
    const [, tab] = /<title>(.*)<\/title>/.exec(body) ?? [];
    expect(tab).toBe(site.services.content.newsletter?.title);
  });

  it("comes once the button in its own mail was pressed, with one welcome that leads to the latest issue", async () => {
    await publish("first");
    expect((await ask()).body).toContain("the newsletter comes");
    const [question, ...more] = await mailsNow();
    expect(more).toEqual([]);
    expect(question?.subject).toBe("Please confirm: the newsletter");
    expect(question?.text).not.toContain("course");
    const link = findLink(question as Letter, `${ORIGIN}/confirm/`) as string;
    expect((await press(link, "GET")).body).toContain("Yes, send me the newsletter");
    expect((await jo())?.status).toBe("unconfirmed");
    expect((await press(link, "POST")).body).toContain("A welcome is on its way");
    expect(await jo()).toMatchObject({ status: "active", newsletter: true });
    expect(await site.services.store.enrolments((await jo())?.id ?? "")).toEqual([]);
    const welcome = (await mailsNow()).at(-1);
    expect(welcome?.subject).toBe("Welcome to the newsletter");
    expect(welcome?.text).toContain(`${ORIGIN}/newsletter/first`);
    expect(welcome?.headers.get("list-unsubscribe")).toContain(`${ORIGIN}/unsubscribe/`);
    for (const method of ["GET", "POST"] as const)
      expect((await press(link, method)).body).toContain("You will get the newsletter");
    expect(await mailsNow()).toHaveLength(2);
  });

  it("leads to the reader's own page where no issue is public, and is steered and left there", async () => {
    site.services.settings.archive = false;
    await ask();
    await confirm();
    const welcome = (await mailsNow()).at(-1) as Letter;
    expect(welcome.text).not.toContain(`${ORIGIN}/newsletter`);
    const page = findLink(welcome, `${ORIGIN}/reader/`) as string;
    const shown = (await press(page, "GET")).body;
    expect(shown).toContain("<h1>Your newsletter</h1>");
    expect(shown).not.toMatch(/Where you are|Pause/);
    const left = await press(page, "POST", { do: "newsletter", newsletter: "no" });
    expect(left.body).toContain("You will not get the newsletter any more");
    await press(page, "POST", { do: "undo", undo: find(left.body, /name="undo" value="([^"]+)"/) });
    expect((await jo())?.newsletter).toBe(true);
    await press(findLink(welcome, `${ORIGIN}/unsubscribe/`) as string, "POST");
    expect(await jo()).toMatchObject({ status: "active", newsletter: false });
  });

  it("has words of consent of its own, and the records name their versions, in English and in German", async () => {
    for (const [content, suffix, words] of [
      [english, "", "to email you the newsletter “Notes on managing up and leading down”"],
      [german, "-de", "hin und wieder den Newsletter „"],
    ] as const) {
      await site.stop();
      site = await openSite(content);
      const page = await site.request("GET /subscribe");
      expect(page.body).toContain(words);
      await ask();
      await confirm();
      const records = (await jo())?.consents.map(({ event, list, text, notice, form, locale }) => {
        return { event, list, text, notice, form, locale };
      });
      const locale = content === english ? "en" : "de";
      expect(records).toEqual([
        {
          ...{ event: "requested", list: "newsletter", text: `newsletter-alone-1${suffix}` },
          ...{ notice: `newsletter-privacy-1${suffix}`, form: "subscribe-5", locale },
        },
        { event: "confirmed", list: "newsletter", text: `newsletter-confirm-1${suffix}`, locale },
      ]);
    }
  });

  it("is guarded as a course's form is: a trap, a domain that takes no mail, a form that was sent too fast", async () => {
    expect((await ask({ "leave-empty": "x" })).body).toContain("One more press");
    expect((await ask({ email: "jo@nowhere.invalid" })).status).toBe(422);
    const form = formToken(await site.services.keyring.keys(), site.clock.now() + 9 * SECOND);
    expect((await ask({ form })).body).toContain("faster than a person types");
    expect(await jo()).toBeUndefined();
    expect((await ask()).body).toContain("One more step");
    expect(await jo()).toBeDefined();
  });

  it("answers the same whoever asks, and whoever has it already is mailed nothing", async () => {
    const first = (await ask()).body;
    await confirm();
    await mailsNow();
    const sent = site.ses.sent.length;
    const plain = (body: string) => body.replaceAll(/nonce="[^"]*"/g, "");
    expect(plain((await ask()).body)).toBe(plain(first));
    expect(await mailsNow()).toHaveLength(sent);
  });

  it("is one person with the course that is taken later, and the other way round", async () => {
    await ask();
    await confirm();
    const id = (await jo())?.id ?? "";
    site.clock.set(site.clock.now() + 25 * HOUR);
    await site.signUp({ email: ADDRESS });
    expect(await confirm()).toContain("You are in");
    expect(await jo()).toMatchObject({ id, newsletter: true });
    expect(await site.services.store.enrolments(id)).toHaveLength(1);
    await site.stop();

    site = await openSite(english);
    await site.signUp({ email: ADDRESS });
    await confirm();
    const reader = await jo();
    expect(reader?.newsletter).toBe(false);
    site.clock.set(site.clock.now() + 25 * HOUR);
    await ask();
    expect(await confirm()).toContain("A welcome is on its way");
    expect(await jo()).toMatchObject({ id: reader?.id, newsletter: true });
    expect((await site.services.store.enrolments(reader?.id ?? ""))[0]?.status).toBe("active");
  });

  it("is asked for with a form on the owner's own site, whose record names the site", async () => {
    const page = await site.request("GET /form", {}, { query: { newsletter: "" } });
    const form = formOfOwnSite(page.body) ?? "";
    expect(findForm(form, `${ORIGIN}/sign-up`)?.fields).toMatchObject({ course: "newsletter" });
    expect(form).toContain("to email you the newsletter");
    expect(form).not.toContain('type="checkbox"');
    const script = (await site.request("GET /form/script")).body;
    const { consentLines, form: shown } = JSON.parse(find(script, /\((\{"action".*\})\);\n$/));
    expect(consentLines.newsletter).toContain("to email you the newsletter");
    site.clock.set(T0 + 10 * SECOND);
    const fields = { ...findForm(form, `${ORIGIN}/sign-up`)?.fields, email: ADDRESS, form: shown };
    const headers = { origin: "https://www.owner.example" };
    await site.request("POST /sign-up", {}, { form: fields, headers });
    expect((await jo())?.consents[0]).toMatchObject({
      list: "newsletter",
      source: "/sign-up on https://www.owner.example",
    });
  });

  it("is led to by the landing page, the archive, its feed and each issue, and not where there is none", async () => {
    await publish("first");
    const pages = async () =>
      Promise.all([
        site.request("GET /"),
        site.request("GET /newsletter"),
        site.request("GET /newsletter/{slug}", { slug: "first" }),
        site.request("GET /newsletter/feed.xml"),
      ]);
    for (const { body } of await pages()) expect(body).toContain("/subscribe");
    const { newsletter, ...without } = english;
    site.services.content = without;
    for (const { body } of await pages()) expect(body).not.toContain("/subscribe");
    expect((await site.request("GET /subscribe")).status).toBe(404);
    expect((await ask({ course: "newsletter" })).status).toBe(404);
  });
});

describe("a stage that has only a newsletter", () => {
  beforeEach(async () => {
    await site.stop();
    site = await openSite({ ...english, courses: [] });
  });

  it("has its form at the front door, and is asked for, confirmed, welcomed and left", async () => {
    const front = (await site.request("GET /")).body;
    expect(front).toContain('value="newsletter"');
    expect(front).toContain("to email you the newsletter");
    await ask();
    await confirm();
    const welcome = (await mailsNow()).at(-1) as Letter;
    expect(welcome.subject).toContain("Welcome to");
    const left = await press(findLink(welcome, `${ORIGIN}/unsubscribe/`) as string, "POST", { page: "yes" });
    expect(left.body).toContain("You are unsubscribed from the newsletter");
    expect((await jo())?.newsletter).toBe(false);
  });

  it("answers on every public page", async () => {
    for (const route of ["GET /privacy", "GET /newsletter", "GET /form", "GET /picture.png"])
      expect((await site.request(route)).status, route).toBe(200);
    expect((await site.request("GET /lesson/{slug}", { slug: "one" })).status).toBe(404);
  });
});

describe("the first lesson on the landing page", () => {
  it("shows an emphasized word without the signs that it has in a mail's text, and a name with signs as it is", async () => {
    const opening = "What was _meant_, and what *is not*: snake_case_name, 2 * 3 * 4.";
    const [course] = english.courses;
    if (!course) throw new Error("no course");
    const [first, ...others] = course.lessons;
    const lessons = [{ ...first, body: { html: `<p>${opening}</p>`, text: opening } }, ...others];
    const written = await openSite({ ...english, courses: [{ ...course, lessons } as typeof course] });
    const { body } = await written.request("GET /");
    expect(body).toContain("<p>What was meant, and what is not: snake_case_name, 2 * 3 * 4.</p>");
    await written.stop();
  });
});
