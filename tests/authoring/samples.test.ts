import { beforeAll, describe, expect, it } from "vitest";
import { composeSample, makeSamples, SAMPLE_READERS, type Sample } from "../../authoring/samples.ts";
import { EMAILS } from "../../functions/domain/content.ts";
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
});
