import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Question } from "../../../functions/domain/course/questions.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { NEWSLETTER, rehearsalFormToken } from "../../../functions/links/links.ts";
import { findForm, formOfOwnSite } from "../../../local/demo/web-form.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { webContent } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const questions: Question[] = [
  {
    ...{ slug: "role", kind: "choice", label: "Whom do you <lead>?", isNeeded: true },
    options: [
      { slug: "managers", label: "Managers" },
      { slug: "sellers", label: "Sellers" },
    ],
  },
  {
    ...{ slug: "size", kind: "choice", label: "How many are you?", isNeeded: false },
    options: [
      { slug: "few", label: "Ten or fewer" },
      { slug: "many", label: "More" },
    ],
  },
  { slug: "goal", kind: "text", label: "What should be different?", isNeeded: false },
];
const content = webContent();
const asking = { ...content, courses: content.courses.map((course) => ({ ...course, questions })) };

let site: Site;
beforeEach(async () => {
  site = await openSite(asking);
});
afterEach(() => site.stop());

const enrolment = (id: string) => site.services.store.enrolment(id, COURSE);
async function signUp(email: string, answers: Record<string, string>) {
  site.clock.set(site.clock.now() + HOUR);
  const { status } = await site.signUp({ email, zone: "UTC", ...answers });
  const person = await site.personAt(email);
  return { status, person, id: person?.id ?? "" };
}
const press = async (id: string) =>
  site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });

describe("the questions of a course", () => {
  it("stand in its form: a choice in a group with its question, the needed ones marked, what is written escaped", async () => {
    const { body } = await site.request("GET /");
    expect(body).toContain("<legend>Whom do you &lt;lead&gt;?</legend>");
    expect(body).toContain('<input type="radio" name="answer-role" value="managers" required>');
    expect(body).toContain('<legend>How many are you? <span class="soft">(optional)</span></legend>');
    expect(body).toContain('<input type="radio" name="answer-size" value="" checked> <span>No answer</span>');
    expect(body).toContain(
      '<input id="answer-goal" name="answer-goal" type="text" maxlength="100" value="">',
    );
    expect(body.match(/id="answer-goal/g)).toHaveLength(2);
    expect(body).toContain('id="answer-goal-again"');
  });

  it("stand in the form for the owner's own site, with nothing chosen", async () => {
    const form = formOfOwnSite((await site.request("GET /form")).body) ?? "";
    expect(form).toContain("<legend>Whom do you &lt;lead&gt;?</legend>");
    expect(form).toContain(
      '<label><input name="answer-role" type="radio" value="managers" required> Managers</label>',
    );
    expect(form).toContain('<input name="answer-goal" type="text" maxlength="100">');
    expect(form).not.toContain("checked");
    expect(form).not.toMatch(/\n\s*\n/);
  });

  it("are not asked by a course that has none, nor for the newsletter alone", async () => {
    expect((await site.request("GET /subscribe")).body).not.toContain("answer-");
    await site.stop();
    site = await openSite(content);
    expect((await site.request("GET /")).body).not.toContain("answer-");
    expect(
      (await signUp("jo@acme.example", { "answer-role": "managers" })).person?.answersWaiting,
    ).toBeUndefined();
  });

  it("are asked again beside the field where an answer is missing or is none, and what was typed is kept", async () => {
    const form = { email: "jo@acme.example", "answer-size": "many", "answer-goal": 'https://"x".example' };
    const { status, body } = await site.signUp(form);
    expect(status).toBe(422);
    expect(body).toContain(
      '<fieldset role="radiogroup" aria-required="true" aria-invalid="true" aria-describedby="answer-role-wrong">',
    );
    expect(body).toContain('<p class="wrong" id="answer-role-wrong">Please answer this, too.</p>');
    expect(body).toContain('<p class="wrong" id="answer-goal-wrong">An answer cannot hold a link.</p>');
    expect(body).toContain('name="answer-size" value="many" checked');
    expect(body).toContain('value="https://&quot;x&quot;.example"');
    expect(body).toContain('value="jo@acme.example"');
    expect(body.match(/class="wrong"/g)).toHaveLength(2);
    expect(await site.personAt("jo@acme.example")).toBeUndefined();
    const unknown = await site.signUp({ email: "jo@acme.example", "answer-role": "<b>owners" });
    expect(unknown.body).toContain("Please choose one of these.");
    expect(unknown.body).not.toContain("<b>owners");
  });
});

describe("an answer of a sign-up", () => {
  it("waits for the button of the confirmation, and stands on the enrolment from then on", async () => {
    const { person, id } = await signUp("jo@acme.example", {
      "answer-role": "sellers",
      "answer-goal": "Fewer  calls",
    });
    expect(person?.answersWaiting).toEqual({ [COURSE]: { role: "sellers", goal: "Fewer calls" } });
    expect(await enrolment(id)).toBeUndefined();
    await press(id);
    expect((await enrolment(id))?.answers).toEqual({ role: "sellers", goal: "Fewer calls" });
    expect((await site.services.store.subscriber(id))?.answersWaiting).toBeUndefined();
    const before = await everythingAbout(site.services.store, id);
    await press(id);
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
  });

  it("is found by the second press where the first was cut short before the course began", async () => {
    const { id } = await signUp("jo@acme.example", { "answer-role": "sellers" });
    const { store } = site.services;
    const { save } = store;
    store.save = async (holder) => {
      if (holder.kind === "enrolment") throw new Error("cut short");
      return save(holder);
    };
    await expect(press(id)).rejects.toThrow("cut short");
    store.save = save;
    await press(id);
    expect((await enrolment(id))?.answers).toEqual({ role: "sellers" });
  });

  it("is the latest form's, whole: half of another form's would be nobody's word", async () => {
    await signUp("jo@acme.example", { "answer-role": "sellers", "answer-goal": "Fewer calls" });
    const { person } = await signUp("jo@acme.example", { "answer-role": "managers" });
    expect(person?.answersWaiting).toEqual({ [COURSE]: { role: "managers" } });
  });

  it("does not change what a reader of the course has answered, whoever typed it, and whatever is pressed", async () => {
    const { id } = await signUp("jo@acme.example", { "answer-role": "sellers" });
    await press(id);
    const before = await enrolment(id);
    const { person } = await signUp("jo@acme.example", {
      "answer-role": "managers",
      "answer-goal": "A stranger's",
    });
    expect(person?.answersWaiting).toBeUndefined();
    await press(id);
    expect(await enrolment(id)).toEqual(before);
  });

  it("does not change it for who has left before they press the button; then it does", async () => {
    const { id } = await signUp("jo@acme.example", {
      "answer-role": "sellers",
      "answer-goal": "Fewer calls",
    });
    await press(id);
    const { store } = site.services;
    const begun = await enrolment(id);
    if (!begun) throw new Error("not enrolled");
    await store.change(begun, (current) => ({ ...current, status: "left", leftFrom: "active" }));
    await signUp("jo@acme.example", { "answer-role": "managers" });
    expect((await enrolment(id))?.answers).toEqual({ role: "sellers", goal: "Fewer calls" });
    await press(id);
    expect((await enrolment(id))?.answers).toEqual({ role: "managers", goal: "Fewer calls" });
  });

  it("is forgotten with a stop of everything, with erasing, and with a sign-up that nobody confirms", async () => {
    const { id } = await signUp("jo@acme.example", { "answer-role": "sellers" });
    site.clock.set(T0 + 20 * DAY);
    expect(await site.services.store.subscriber(id)).toBeUndefined();
    const again = await signUp("kim@acme.example", { "answer-role": "sellers" });
    await site.request(
      "POST /confirm/{token}",
      { token: await site.confirmLink(again.id) },
      { form: { do: "never" } },
    );
    expect(await site.services.store.subscriber(again.id)).toMatchObject({ status: "stopped" });
    expect((await site.services.store.subscriber(again.id))?.answersWaiting).toBeUndefined();
  });

  it("stays with its own course where another list is asked for beside it", async () => {
    await signUp("jo@acme.example", { "answer-role": "sellers" });
    const { person, id } = await signUp("jo@acme.example", { course: NEWSLETTER, "answer-role": "managers" });
    expect(person?.answersWaiting).toEqual({ [COURSE]: { role: "sellers" } });
    await site.request("POST /confirm/{token}/{course}", {
      token: await site.confirmLink(id),
      course: COURSE,
    });
    expect((await enrolment(id))?.answers).toEqual({ role: "sellers" });
  });
});

describe("whoever fills in the form for us", () => {
  it("answers what it demands: the demo and the simulation find it in the page", async () => {
    const { body } = await site.request("GET /");
    const form = findForm(body, "/sign-up");
    expect(form?.fields).toMatchObject({ "answer-role": "managers", "answer-size": "", "answer-goal": "" });
    site.clock.set(site.clock.now() + HOUR);
    const { status } = await site.signUp({ ...form?.fields, email: "jo@acme.example" });
    expect(status).toBe(200);
  });

  it("is asked nothing where it is the rehearsal, which is nobody", async () => {
    const { keyring, settings, clock } = site.services;
    const rehearsal = rehearsalFormToken(await keyring.keys(), { shownAt: clock.now(), run: "abcd2345" });
    const email = `rehearsal+abcd2345@${settings.mailDomain}`;
    const post = (token: string) => site.request("POST /sign-up", {}, { form: { rehearsal: token, email } });
    expect((await post(rehearsal)).status).toBe(200);
    expect((await post("forged")).status).toBe(400);
  });
});
