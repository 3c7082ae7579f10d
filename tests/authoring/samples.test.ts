import { beforeAll, describe, expect, it } from "vitest";
import { sampleFaults } from "../../authoring/sample-faults.ts";
import {
  composeSample,
  lookAtSample,
  makeSamples,
  SAMPLE_READERS,
  type Sample,
} from "../../authoring/samples.ts";
import { EMAILS } from "../../functions/domain/content.ts";
import type { Passage } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import type { Facts, When } from "../../functions/domain/course/whom.ts";
import { NOTICE_OCCASIONS } from "../../functions/mail/compose/notices.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";

let samples: Sample[];
beforeAll(async () => {
  samples = makeSamples(await shippedContent());
});

describe("the sample mails, which are checked and previewed", () => {
  it("cover every kind of mail, every lesson and its prompts, and every notice", async () => {
    const { lessons } = theCourse(await shippedContent());
    const names = new Set(samples.map(({ name }) => name));
    expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(EMAILS));
    for (const { slug } of lessons) {
      const answers = ["substantial", "very-short", "question"].map((kind) => `prompt-${slug}-${kind}`);
      for (const name of [`lesson-${slug}`, `look-back-${slug}`, ...answers])
        expect(names, `no sample ${name}`).toContain(name);
    }
    for (const name of ["completion-full", "completion-empty", ...NOTICE_OCCASIONS.map((o) => `notice-${o}`)])
      expect(names, `no sample ${name}`).toContain(name);
  });

  it("of notices that come after the end show a reader who has had all, and of one before a start somebody who has had none", async () => {
    const { lessons } = theCourse(await shippedContent());
    const textOf = (name: string) =>
      composeSample(samples.find((sample) => sample.name === `notice-${name}`) as Sample).text.replace(
        /\s+/g,
        " ",
      );
    const all = `all ${lessons.length} lessons`;
    for (const name of ["over", "later", "noletters"]) expect(textOf(name), name).toContain(all);
    expect(textOf("waits")).toContain(lessons[0]?.title);
    // Control: who is in the midst of it has not had all.
    expect(textOf("rated")).not.toContain(all);
  });

  it("have a name each", () => {
    const names = samples.map(({ list, name }) => `${list}/${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of samples) expect(name).toMatch(/^[a-z0-9-]+$/);
  });

  it("have a name each where there are two courses, by their courses; an issue is of none", async () => {
    const content = await shippedContent();
    const other = { ...theCourse(content), slug: "other", title: "Another course" };
    const ofBoth = makeSamples({ ...content, courses: [...content.courses, other] });
    const names = ofBoth.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(["welcome@other", "welcome@managing-up-leading-down", "issue-the-roads-to-ceo"]),
    );
    const welcome = ofBoth.find(({ name }) => name === "welcome@other");
    expect(welcome && composeSample(welcome).html).toContain("Another course");
  });

  it("are composed for every reader, with or without a name", () => {
    for (const reader of SAMPLE_READERS) {
      for (const sample of samples) {
        const mail = composeSample(sample, reader);
        const to = sample.kind === "address" ? "dana@paper.example" : reader.subscriber.address;
        expect(mail.to.address, sample.name).toBe(to);
        expect(mail.html.length, sample.name).toBeGreaterThan(1_000);
        expect(mail.text.length, sample.name).toBeGreaterThan(100);
      }
    }
  });

  describe("of a lesson with passages for some", () => {
    const passage = (when: When, words: string): Passage => ({
      ...{
        when,
        before: 1,
        body: { html: `<p><strong>{{answers.role or You}}</strong> ${words}</p>`, text: words },
      },
    });
    const passages = [
      passage({ answer: "role", is: ["managers"] }, "lead managers."),
      passage({ not: { tag: "vip" } }, "came by yourself."),
      passage({ every: [{ tag: "vip" }, { answer: "role", is: ["managers"] }] }, "are our guest."),
      passage({ answer: "role", is: ["managers"] }, "lead managers, once more."),
    ];

    async function samplesOf(when?: When): Promise<Sample[]> {
      const content = await shippedContent();
      const shipped = theCourse(content);
      const lessons = shipped.lessons.map((one, at) =>
        at === 3 ? { ...one, passages, ...(when && { when }) } : one,
      );
      const courses = [{ ...shipped, questions: [ROLE], lessons }];
      return makeSamples({ ...content, courses }, ["lesson"]).filter(({ slug }) => slug === lessons[3]?.slug);
    }
    const lookAtAll = (all: Sample[]) => new Map(all.map((one) => [one.name, lookAtSample(one)]));

    it("show each passage to somebody whom it is for, by as few mails as that takes", async () => {
      const all = await samplesOf();
      const endings = all.map(({ name, slug }) => name.replace(`lesson-${slug}`, ""));
      expect(endings).toEqual(["", "-passage-1", "-passage-3"]);
      const mails = [...lookAtAll(all).values()].map(({ html }) => html);
      for (const { body } of passages)
        expect(
          mails.some((html) => html.includes(body.text)),
          body.text,
        ).toBe(true);
      expect(sampleFaults(lookAtAll(all))).toEqual([]);
      // Control: the plain sample alone, which was all that there was, shows one of the four.
      const shown = passages.filter(({ body }) => mails[0]?.includes(body.text));
      expect(shown.map(({ body }) => body.text)).toEqual(["came by yourself."]);
    });

    it("go to readers of the lesson, where it is itself for some", async () => {
      const when: When = { tag: "vip" };
      const facts = (await samplesOf(when)).map(
        (one) => one.makeComposition(SAMPLE_READERS[0]).facts as Facts,
      );
      expect(facts.map(({ tags }) => tags)).toEqual([{ vip: true }, { vip: true }]);
      expect(facts.map(({ answers }) => answers)).toEqual([{}, { role: "managers" }]);
    });
  });
});

const ROLE: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: false },
  options: [
    { slug: "managers", label: "Managers" },
    { slug: "sellers", label: "Sellers" },
  ],
};
