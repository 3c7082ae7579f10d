import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findUntranslated } from "../../../authoring/checks/translations.ts";
import { readCourses } from "../../../authoring/compile/compile-courses.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { COURSE, LESSON_IN_ENGLISH, twoLanguages } from "../../support/two-languages.ts";

const { folder } = twoLanguages();
cpSync("templates/words", join(folder, "templates/words"), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const YAML = `${COURSE}/course.yaml`;
const TRANSLATION = `${COURSE}/lessons/mehl-und-wasser.en.md`;

/** What the build says of one file more, or changed. */
function complaints(file: string, text: string): string[] {
  const path = join(folder, file);
  const before = file === YAML || file === TRANSLATION ? readFileSync(path) : undefined;
  writeFileSync(path, text);
  const sources = openSources(folder);
  readCourses(sources, ".");
  if (before) writeFileSync(path, before);
  else rmSync(path);
  return sources.problems.map(inWords);
}

const yaml = readFileSync(join(folder, YAML), "utf8");

describe("a translated lesson", () => {
  it("that is right is said nothing of", () => {
    expect(complaints(TRANSLATION, LESSON_IN_ENGLISH)).toEqual([]);
  });

  it.each([
    [
      `${COURSE}/lessons/no-such-lesson.en.md`,
      LESSON_IN_ENGLISH,
      /no-such-lesson\.en\.md:1: translates lessons\/no-such-lesson\.md, which the course does not have/,
    ],
    [
      `${COURSE}/lessons/fuettern.fr.md`,
      LESSON_IN_ENGLISH,
      /fuettern\.fr\.md:1: is in "fr", which the course does not speak; write languages: \[de, en, fr\]/,
    ],
    [
      `${COURSE}/lessons/fuettern.de.md`,
      LESSON_IN_ENGLISH,
      /fuettern\.de\.md:1: is in de, the course's own language; call it fuettern\.md/,
    ],
    [`${COURSE}/texts/nothing.en.md`, "Nothing", /nothing\.en\.md:1: translates texts\/nothing\.md/],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace(/question: Where.*\n/, ""),
      /mehl-und-wasser\.en\.md:\d+: question: is missing/,
    ],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace(/title: .*\n/, ""),
      /mehl-und-wasser\.en\.md:\d+: title: is missing/,
    ],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace("title:", "part: ansetzen\ntitle:"),
      /mehl-und-wasser\.en\.md:2: part: /,
    ],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace("title:", "after: 3 days\ntitle:"),
      /mehl-und-wasser\.en\.md:2: after: /,
    ],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace("lookBack:", "wordsToUse: [Here you are.]\nlookBack:"),
      /wordsToUse: has 1 lines where the lesson itself has none/,
    ],
    [
      TRANSLATION,
      LESSON_IN_ENGLISH.replace("Take rye", "::: when state: active\nTake rye").replace(
        "wheat.",
        "wheat.\n:::",
      ),
      /mehl-und-wasser\.en\.md:\d+: /,
    ],
    [
      YAML,
      yaml.replace("[de, en]", "[en, fr]"),
      /course\.yaml:4: languages: leaves out de, the course's own/,
    ],
    [
      YAML,
      yaml.replace("[de, en]", "[de, en, xx]"),
      /course\.yaml:\d+: language: is a language that there are no words of; write templates\/words\/xx\.yaml/,
    ],
    [
      YAML,
      yaml.replace("[de, en]", "[de, en, en]"),
      /course\.yaml:\d+: languages\.2: names en a second time/,
    ],
  ])("is refused by file and line: %s", (file, text, says) => {
    expect(complaints(file, text)).toContainEqual(expect.stringMatching(says));
  });

  it("that is not there is named once, with those of its language", () => {
    const sources = openSources(folder);
    const findings = findUntranslated({ courses: readCourses(sources, "."), languages: {} }, "content");
    expect(findings.map(({ says, severity }) => [says, severity])).toEqual([
      ['Who chose "en" gets 3 of 4 lessons in "de": fuettern, den-teig-lesen, in-den-ofen', "warning"],
    ]);
  });
});
