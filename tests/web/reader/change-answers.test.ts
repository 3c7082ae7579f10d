import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Question } from "../../../functions/domain/course/questions.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { webContent } from "../../support/pages.ts";
import { openSite, type Site } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const role: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: true },
  options: [
    { slug: "managers", label: "Managers" },
    { slug: "sellers", label: "Sellers" },
  ],
};
const size: Question = {
  ...role,
  ...{ slug: "size", label: "How many are you?", isNeeded: false },
  options: [
    { slug: "few", label: "Ten or fewer" },
    { slug: "many", label: "More" },
  ],
};
const goal: Question = { slug: "goal", kind: "text", label: "What should be different?", isNeeded: false };
const content = webContent();
const asking = {
  ...content,
  courses: content.courses.map((course) => ({ ...course, questions: [role, size, goal] })),
};

let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite(asking);
  ({ id, page } = await site.join("jo@acme.example", {
    "answer-role": "sellers",
    "answer-goal": "Fewer calls",
  }));
});
afterEach(() => site.stop());

const answers = async () => (await site.services.store.enrolment(id, COURSE))?.answers;
const press = (form: Record<string, string>) =>
  site.request("POST /reader/{token}", { token: page }, { form: { do: "answers", course: COURSE, ...form } });
const show = async () => (await site.request("GET /reader/{token}", { token: page })).body;

describe("the answers of a sign-up, on its reader's page", () => {
  it("show what was chosen, and not what was written: mails with this link get forwarded", async () => {
    const body = await show();
    expect(body).toContain('name="answer-role" value="sellers" checked');
    expect(body).toContain('name="answer-size" value="none" checked');
    expect(body).toContain(
      '<input id="answer-goal" name="answer-goal" type="text" maxlength="100" aria-describedby',
    );
    expect(body).toContain("Your answer is kept.");
    expect(body).not.toContain("Fewer calls");
  });

  it("are changed by a press: what was left empty stays as it was, and no answer is one", async () => {
    const { body } = await press({ "answer-role": "managers", "answer-size": "many", "answer-goal": "" });
    expect(body).toContain("Your answers are kept. They count from the next email on.");
    expect(await answers()).toEqual({ role: "managers", size: "many", goal: "Fewer calls" });
    await press({ "answer-size": "none", "answer-goal": "Calmer\r\nweeks" });
    expect(await answers()).toEqual({ role: "managers", goal: "Calmer weeks" });
    await press({ "no-answer-goal": "yes", "answer-role": "none" });
    expect(await answers()).toEqual({ role: "managers" });
  });

  it("are none that the course does not know, and the page says which", async () => {
    expect((await press({ "answer-role": "owners", "answer-size": "many" })).body).toContain(
      "Whom do you lead? Please choose one of these.",
    );
    expect((await press({ "answer-goal": "https://x.example" })).body).toContain(
      "An answer cannot hold a link.",
    );
    expect(await answers()).toEqual({ role: "sellers", goal: "Fewer calls" });
  });

  it("are changed ten times a day at most; what changes nothing is not counted, and is no write", async () => {
    const version = async () => (await site.services.store.enrolment(id, COURSE))?.version;
    await press({ "answer-role": "sellers" });
    const before = await version();
    for (let time = 0; time < 12; time++) await press({ "answer-role": "sellers" });
    expect(await version()).toBe(before);
    for (let time = 0; time < 10; time++) await press({ "answer-role": time % 2 ? "sellers" : "managers" });
    expect((await press({ "answer-role": "managers" })).body).toContain("changed ten times today");
    expect(await answers()).toMatchObject({ role: "sellers" });
    site.clock.set(site.clock.now() + DAY);
    await press({ "answer-role": "managers" });
    expect(await answers()).toMatchObject({ role: "managers" });
  });

  it("are not asked of who has left the course, nor by a course without questions", async () => {
    const current = await site.services.store.enrolment(id, COURSE);
    if (current)
      await site.services.store.change(current, (one) => ({ ...one, status: "left", leftFrom: "active" }));
    expect(await show()).not.toContain("answer-role");
    expect((await press({ "answer-role": "managers" })).body).toContain("You are not in the course now");
    await site.stop();
    site = await openSite(content);
    ({ id, page } = await site.join("jo@acme.example"));
    expect(await show()).not.toContain("Your answers");
  });

  it("stand in the data that its reader can take along, with what they are for", async () => {
    const items = (await site.services.store.personPage(id)).items;
    expect(items.find(({ sk }) => String(sk).startsWith("enrolment"))).toMatchObject({
      answers: { role: "sellers", goal: "Fewer calls" },
    });
  });
});
