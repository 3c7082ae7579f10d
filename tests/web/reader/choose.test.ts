import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import type { Question } from "../../../functions/domain/course/questions.ts";
import { dispatchId } from "../../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../../functions/domain/time.ts";
import {
  personalToken,
  READER_LINK_LIFE,
  readerToken,
  replyToken,
  unsubscribeToken,
} from "../../../functions/links/links.ts";
import { webContent } from "../../support/pages.ts";
import { openSite, type Site } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const role: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: false, isAskedInLesson: true },
  options: [
    { slug: "managers", label: "I lead <managers>" },
    { slug: "sellers", label: "I lead sellers" },
  ],
};
const content = webContent();
const [shipped] = content.courses;
const ASKING = shipped?.lessons[1]?.slug ?? "";
const asking = {
  ...content,
  courses: content.courses.map((course) => ({
    ...course,
    questions: [role],
    lessons: course.lessons.map((lesson) =>
      lesson.slug === ASKING ? { ...lesson, choice: "role" } : lesson,
    ),
  })),
};

let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite(asking);
  ({ id, page } = await site.join("jo@acme.example", { "answer-role": "sellers" }));
});
afterEach(() => site.stop());

const enrolment = async () => (await site.services.store.enrolment(id, COURSE)) as Enrolment;
const answers = async () => (await enrolment()).answers;
const change = async (changes: Partial<Enrolment>) =>
  site.services.store.change(await enrolment(), (current) => ({ ...current, ...changes }));
const hasHad = async () => change({ done: (shipped?.lessons ?? []).slice(0, 2).map(({ slug }) => slug) });
const open = (query: Record<string, string>) =>
  site.request("GET /reader/{token}", { token: page }, { query });
const press = async (answer: string, question = "role") =>
  (
    await site.request(
      "POST /reader/{token}",
      { token: page },
      { form: { do: "choose", course: COURSE, question, answer } },
    )
  ).body;
const LINK = { do: "choose", question: "role", answer: "managers" };

describe("the choice in which a lesson ends, on its reader's page", () => {
  it("is none that a sign-up takes, nor one that the page shows before the lesson came", async () => {
    expect(await answers()).toBeUndefined();
    const { body } = await open(LINK);
    expect(body).not.toContain("Whom do you lead?");
    expect(body).toContain("No lesson of yours asks this any more.");
    expect(await press("managers")).toContain("No lesson of yours asks this any more.");
    expect(await answers()).toBeUndefined();
  });

  it("is chosen by the mail's link, and kept by a press alone", async () => {
    await hasHad();
    const { body } = await open(LINK);
    expect(body).toContain("Whom do you lead?");
    expect(body).toContain('name="answer" value="managers" checked');
    expect(body).toContain("I lead &lt;managers&gt;");
    expect(await answers(), "who looks at mail for its reader follows links").toBeUndefined();
    expect(await press("managers")).toContain("It is kept: “I lead &lt;managers&gt;”.");
    expect(await answers()).toEqual({ role: "managers" });
  });

  it("stands among the answers from then on, where it is changed as they are; what was said last counts", async () => {
    await hasHad();
    await press("managers");
    const { body } = await open({});
    expect(body).toContain('name="answer-role" value="managers" checked');
    await press("sellers");
    expect(await answers()).toEqual({ role: "sellers" });
  });

  it("is asked in the copy on the web as in the mail: by links that take a press, while the lesson is theirs", async () => {
    await hasHad();
    const path = { token: page, course: COURSE, slug: ASKING };
    const copy = async () => {
      const { body } = await site.request("GET /reader/{token}/{course}/{slug}", path);
      return body.replaceAll("&#x3D;", "=");
    };
    const link = `/reader/${page}/${COURSE}?do=choose&amp;question=role&amp;answer=managers`;
    expect(await copy()).toContain(`<a href="${link}">I lead &lt;managers&gt;</a>`);
    await press("managers");
    expect(await copy()).toContain(`<a href="${link}" aria-current="true">`);
    await change({ status: "left", agenda: {} });
    expect(await copy()).not.toContain("do=choose");
  });

  it("is a sign of life, and no write where it says what is known", async () => {
    await hasHad();
    await change({ silent: 3 });
    await press("managers");
    const { silent, version } = await enrolment();
    expect(silent).toBeUndefined();
    await press("managers");
    expect((await enrolment()).version).toBe(version);
  });

  it("is one of its options: of a question or an option that is not there, the page says so", async () => {
    await hasHad();
    expect(await press("owners")).toContain("Please choose one of them.");
    expect(await press("__proto__")).toContain("Please choose one of them.");
    expect(await press("managers", "constructor")).toContain("No lesson of yours asks this any more.");
    expect(await press("")).toContain("Please choose one of them.");
    const { body } = await open({ ...LINK, answer: "owners" });
    expect(body).not.toContain("checked> <span>I lead");
    // The link of an old mail, before anything is pressed.
    expect(body).toContain("Please choose one of them.");
    expect((await open({ ...LINK, question: "gone" })).body).toContain(
      "No lesson of yours asks this any more.",
    );
    expect((await open(LINK)).body).not.toMatch(/Please choose one of them|No lesson of yours/);
    expect(await answers()).toBeUndefined();
  });

  it("is nothing to who has left", async () => {
    await hasHad();
    await change({ status: "left", agenda: {} });
    expect((await open(LINK)).body).not.toContain("Whom do you lead?");
    expect(await press("managers")).toContain("You are not in the course now");
    expect(await answers()).toBeUndefined();
  });

  it("is its reader's alone: no token of another purpose, of another reader or of another time chooses", async () => {
    await hasHad();
    const keys = await site.services.keyring.keys();
    const expiresAt = site.clock.now() + READER_LINK_LIFE;
    const dispatch = dispatchId({ subscriber: id, list: COURSE, run: 1, kind: "lesson", slug: ASKING });
    const pressWith = (token: string) =>
      site.request("POST /reader/{token}", { token }, { form: { ...LINK, course: COURSE } });
    const others = [
      personalToken(keys, { subscriber: id, expiresAt }),
      unsubscribeToken(keys, { subscriber: id, list: COURSE }),
      replyToken(keys, { subscriber: id, dispatch }),
      `${page.slice(0, -1)}${page.endsWith("a") ? "e" : "a"}`,
      page.slice(0, 20),
      "",
    ];
    for (const token of others) expect((await pressWith(token)).status, token).toBe(403);
    expect(
      (await pressWith(readerToken(keys, { subscriber: id, expiresAt: site.clock.now() - 1 }))).status,
    ).toBe(410);
    const other = await site.join("bo@acme.example");
    expect((await pressWith(other.page)).body).toContain("No lesson of yours asks this any more.");
    expect(await answers()).toBeUndefined();
    // Control: the reader's own link does.
    await pressWith(page);
    expect(await answers()).toEqual({ role: "managers" });
  });

  it("is not put into a course that its reader is not in, nor into one that is not there", async () => {
    await hasHad();
    for (const course of ["no-such-course", "__proto__", "newsletter"]) {
      await site.request("POST /reader/{token}", { token: page }, { form: { ...LINK, course } });
      const all = await site.services.store.enrolments(id);
      expect(all.map((one) => one.course)).toEqual([COURSE]);
    }
  });

  it("is not kept of what no form of ours sends: a body too large, one of no form, an answer of a megabyte", async () => {
    await hasHad();
    for (const bodyProblem of ["too-large", "not-a-form"] as const) {
      const form = { ...LINK, course: COURSE };
      const sent = await site.request("POST /reader/{token}", { token: page }, { form, bodyProblem });
      expect(sent.body).not.toContain("It is kept");
    }
    const huge = await press("managers".repeat(130_000));
    expect(huge).toContain("Please choose one of them.");
    expect(huge.length, "it is not shown again").toBeLessThan(100_000);
    expect(await press("managers", "role".repeat(250_000))).toContain(
      "No lesson of yours asks this any more.",
    );
    expect(await answers()).toBeUndefined();
  });

  it("is gone with its reader: erased, the link is nobody's", async () => {
    await hasHad();
    await press("managers");
    const keys = await site.services.keyring.keys();
    const token = personalToken(keys, { subscriber: id, expiresAt: site.clock.now() + DAY });
    await site.request("POST /personal/{token}", { token }, { form: { do: "erase", sure: "yes" } });
    expect((await open(LINK)).status).toBe(410);
    await press("sellers");
    expect(await site.services.store.enrolments(id)).toEqual([]);
  });

  it("is changed ten times a day at most, with the other answers", async () => {
    await hasHad();
    for (let time = 0; time < 10; time++) await press(time % 2 ? "sellers" : "managers");
    expect(await press("managers")).toContain("ten times today");
    expect(await answers()).toEqual({ role: "sellers" });
    site.clock.set(site.clock.now() + DAY + 1);
    expect(await press("managers")).toContain("It is kept");
  });
});
