import { beforeAll, describe, expect, it } from "vitest";
import { checkWrittenFields } from "../../../authoring/checks/merge-fields.ts";
import type { Authored } from "../../../authoring/checks/passages.ts";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { makeSamples, SAMPLE_READERS } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Question } from "../../../functions/domain/course/questions.ts";
import { COMPOSE } from "../../../functions/mail/compose/compose.ts";
import type { Composed, Composition } from "../../../functions/mail/compose/composition.ts";
import { openShared } from "../../../functions/mail/mime/shared-by-reads.ts";
import { lessonForPage } from "../../../functions/web/lesson-for-page.ts";

const role: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: true },
  options: [
    { slug: "managers", label: "Managers & leads", labels: { de: "Führungskräfte" } },
    { slug: "sellers", label: "Sellers" },
  ],
};
const goal: Question = { slug: "goal", kind: "text", label: "What for?", isNeeded: false };
const SAYS = "To {{answers.role or your team}}, for {{answers.goal or what you set out to do}}.";
const body = { html: `<p>${SAYS}</p>`, text: SAYS };

let mail: Composition;
beforeAll(async () => {
  const content = await loadContent(ROOT);
  const sample = makeSamples(content).find(({ kind }) => kind === "lesson");
  if (!sample) throw new Error("no lesson");
  const composition = sample.makeComposition(SAMPLE_READERS[0]);
  const lessons = composition.course.lessons.map((lesson) => ({ ...lesson, body }));
  mail = { ...composition, course: { ...composition.course, questions: [role, goal], lessons } };
});
const answering = (answers: Record<string, string>): Composition => {
  const { enrolment } = mail;
  if (!enrolment) throw new Error("no enrolment");
  return { ...mail, enrolment: { ...enrolment, answers } };
};
const compose = (answers: Record<string, string>): Composed => COMPOSE.lesson(answering(answers));

describe("an answer in a mail", () => {
  it("stands in both of its parts: an option by its label, what was written as words", () => {
    const { html, text } = compose({ role: "managers", goal: '<b>"Calm" & {{answers.role or x}}' });
    expect(text).toContain('To Managers & leads, for <b>"Calm" & {{answers.role or x}}.');
    expect(html).toContain("To Managers &amp; leads, for &lt;b&gt;&quot;Calm&quot; &amp;");
    expect(html).not.toContain("<b>&quot;");
  });

  it("is other words for who has not answered, whose answer is gone, or whose mail is of no course of theirs", () => {
    expect(compose({}).text).toContain("To your team, for what you set out to do.");
    expect(compose({ role: "owners" }).text).toContain("To your team,");
  });

  it("is never in a header", () => {
    const [plain, answered] = [compose({}), compose({ goal: "Calm" })];
    expect(answered.subject).toBe(plain.subject);
    expect(JSON.stringify(answered.headers)).not.toContain("Calm");
  });

  it("is made once for all who answered the same, and never handed to another", () => {
    const shared = openShared<Composition, Composed>(10, ["content", "course", "settings"]);
    shared.make(answering({ role: "sellers" }), COMPOSE.lesson);
    expect(shared.find(answering({ role: "sellers" }))?.text).toContain("To Sellers,");
    expect(shared.find(answering({ role: "managers" }))).toBeUndefined();
    expect(shared.find(answering({ role: "sellers", goal: "Calm" }))).toBeUndefined();
    expect(shared.find(answering({}))).toBeUndefined();
  });

  it("stands on the web copy of its reader as far as it was chosen, and in no public one", () => {
    const { course, enrolment, facts } = answering({ role: "sellers", goal: "Calm" });
    if (!enrolment || !facts) throw new Error("It is nobody's");
    const lesson = course.lessons[0] as Course["lessons"][number];
    expect(lessonForPage(course, lesson, { enrolment, facts }).opening).toContain(
      "To Sellers, for what you set out to do.",
    );
    expect(lessonForPage(course, lesson).opening).toContain("To your team, for what you set out to do.");
  });
});

describe("a field for an answer, as it is written", () => {
  const find = (line: string, file = "lessons/one.md", kind: Authored["kind"] = "lesson") =>
    checkWrittenFields(
      { file, kind, source: `---\ntitle: ${line}\n---\n${line}\n`, fields: [], body: [], bodyLine: 4 },
      ["goal"],
    ).map(({ line: at, says, doThis }) => `${at} ${says}. ${doThis}`);

  it("is right in the body of a lesson, and of a text that readers of the course get", () => {
    const right = "For {{answers.goal or what you set out to do}}.";
    expect(find(right).map((one) => one.slice(0, 2))).toEqual(["2 "]);
    expect(find(right, "texts/welcome.md", "text")).toHaveLength(1);
    expect(find(right, "texts/recap-up.md", "text")).toHaveLength(1);
    expect(find(right, "texts/confirmation.md", "text")).toHaveLength(2);
    expect(find(right, "newsletter/news.md", "issue")).toHaveLength(2);
  });

  it.each([
    [
      "{{answers.goal}}",
      "Say what stands there for whoever has not answered: {{answers.goal or other words}}",
    ],
    ["{{answers.goal or  }}", "Say what stands there"],
    ["{{answers.role or you}}", 'Nothing asks "role": course.yaml has the questions goal'],
    ["{{answers.goal or *you*}}", "Take the mark-up out of its other words"],
    ["{{firstName}}", "Nothing fills in {{firstName}}"],
  ])("is wrong, with its line: %s", (field, says) => {
    expect(find(`Dear ${field}.`).at(-1)).toContain(says);
    expect(find(`Dear ${field}.`).at(-1)?.slice(0, 2)).toBe("4 ");
  });
});
