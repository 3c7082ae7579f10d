import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../authoring/compile/compile.ts";
import { samplePages } from "../../authoring/preview/sample-pages.ts";
import { type Looked, sampleFaults } from "../../authoring/sample-faults.ts";
import { lookAtSample, makeSamples, SAMPLE_READERS, type SampleReader } from "../../authoring/samples.ts";
import type { Content } from "../../functions/domain/content.ts";
import { shippedContent } from "../mail/composition.ts";

const [PLAIN] = SAMPLE_READERS;
const fixture = (name: string) => loadContent(join(import.meta.dirname, "../.."), `tests/fixtures/${name}`);
const CONTENTS: [string, () => Promise<Content>][] = [
  ["the shipped course", shippedContent],
  ["a course in German", () => fixture("german-course")],
  ["an owner's own course", () => fixture("own-course")],
  ["a course of two lessons", () => fixture("second-course")],
];
/** Of the same pages and mails: one reader is enough. */
const SHAPES: [string, () => Promise<Content>][] = [
  ["a course that branches", () => sampleCourse("clear-ask")],
  ["a cohort that is closed after its last day", () => sampleCourse("the-handover")],
  ["a daily course with waits", () => sampleCourse("a-sharp-knife")],
];

/** One of the courses that have a shape of their own, alone. */
async function sampleCourse(slug: string): Promise<Content> {
  const content = await fixture("sample-courses");
  return { ...content, courses: content.courses.filter((course) => course.slug === slug) };
}

const mailsTo = (content: Content, reader: SampleReader): Map<string, Looked> =>
  new Map(
    makeSamples(content).map((sample) => [`${sample.list}/${sample.name}`, lookAtSample(sample, reader)]),
  );

describe.each(CONTENTS)("of %s", (_, load) => {
  let content: Content;
  beforeAll(async () => {
    content = await load();
  });

  it.each(SAMPLE_READERS)(
    "each sample page shows what its name says, and no two are alike: $name",
    async (reader) => {
      const pages = await samplePages(content, reader);
      expect(pages.size).toBeGreaterThan(40);
      expect(sampleFaults(pages)).toEqual([]);
    },
  );

  it.each(SAMPLE_READERS)(
    "each sample mail shows what its name says, and no two are alike: $name",
    (reader) => {
      const mails = mailsTo(content, reader);
      expect(mails.size).toBeGreaterThan(30);
      expect(sampleFaults(mails)).toEqual([]);
    },
  );
});

describe("of a course with a shape of its own", () => {
  it.each(SHAPES)("each sample shows what its name says, and no two are alike: %s", async (_, load) => {
    const content = await load();
    expect([
      ...sampleFaults(await samplePages(content, PLAIN)),
      ...sampleFaults(mailsTo(content, PLAIN)),
    ]).toEqual([]);
  });
});

describe("control: it is told", () => {
  let pages: ReadonlyMap<string, Looked>;
  let mails: ReadonlyMap<string, Looked>;
  beforeAll(async () => {
    const content = await shippedContent();
    pages = await samplePages(content, PLAIN);
    mails = mailsTo(content, PLAIN);
  });
  /** The samples as they would be if `name` had come out as `other` did. */
  const mistaken = (samples: ReadonlyMap<string, Looked>, name: string, other: string) => {
    const [own, instead] = [samples.get(name), samples.get(other)];
    if (!own || !instead) throw new Error(`there is no sample ${name} or ${other}`);
    return sampleFaults(new Map([...samples, [name, { ...instead, shows: own.shows }]]));
  };

  it("when a reader's page is the page of somebody who is erased", () => {
    expect(mistaken(pages, "reader-paused", "reader-erased")).toEqual([
      '"reader-paused" is headed "There is nothing here any more", not "Your course"',
      '"reader-paused" does not show "Paused. Answers to your replies still come; lessons do not."',
      '"reader-erased" and "reader-paused" are alike',
    ]);
  });

  it("when one state of a page stands for another", () => {
    expect(mistaken(pages, "confirmed-again", "confirm-again")).toEqual([
      '"confirmed-again" does not show "name="do" value="begin""',
      '"confirmed-again" and "confirm-again" are alike',
      // Then nothing is left that "confirm-again" could be told from.
      'what "confirm-again" should show is shown by every sample headed "You are in already"',
    ]);
    expect(mistaken(pages, "landing", "landing-with-mistakes")).toContain('"landing" shows "role="alert""');
  });

  it("when one mail stands for another", () => {
    const [prompt, other] = ["headwinds-inside-very-short", "headwinds-inside-substantial"];
    const list = "managing-up-leading-down/prompt-";
    const faults = mistaken(mails, list + prompt, list + other);
    expect(faults).toContain(`"${list}${prompt}" and "${list}${other}" are alike`);
    expect(faults[0]).toMatch(
      /^"managing-up-leading-down\/prompt-headwinds-inside-very-short" does not show "/,
    );
  });

  it("when what a sample says of itself is true of all the others too", () => {
    const [welcome, other] = ["welcome", "welcome-lesson-on-its-way"].map(
      (name) => mails.get(`managing-up-leading-down/${name}`) as Looked,
    );
    const vague = { ...welcome, shows: { heading: welcome?.shows.heading, fact: "Managing Up" } } as Looked;
    expect(
      sampleFaults(
        new Map([
          ["welcome", vague],
          ["other", other as Looked],
        ]),
      ),
    ).toEqual([`what "welcome" should show is shown by every sample headed "${vague.shows.heading}"`]);
  });
});
