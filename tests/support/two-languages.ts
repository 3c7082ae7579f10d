import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "../../cli/root.ts";

const FIXTURE = join(ROOT, "tests/fixtures/german-course");
export const COURSE = "courses/vier-tage-brot";
export const LESSON_IN_ENGLISH = `---
title: Flour and water
subject: Flour and water
preview: "The beginning takes nothing more."
pullQuote: "The dough has time"
question: Where in your kitchen is it warm all day?
move: "Tonight I stir three spoons of flour and three of water, and cover the jar."
prompts:
  substantial: When in the day do you pass it anyway?
  veryShort: Which shelf would it be?
  question: What would you try first?
lookBack: Is the jar still there?
---

A sourdough begins with flour and water. The flour brings all the rest.

Take rye if you have some. It rises more easily than wheat.

Put the jar in a warm place. Marta says of it: "The dough has time".
`;

/** The German course, spoken in English too: lesson 1 and the welcome are translated, the others are not. */
export function twoLanguages(): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), "coursepost-two-languages-"));
  cpSync(FIXTURE, folder, { recursive: true });
  const course = join(folder, COURSE, "course.yaml");
  const yaml = readFileSync(course, "utf8");
  writeFileSync(course, yaml.replace("language: de\n", "language: de\nlanguages: [de, en]\n"));
  writeFileSync(join(folder, COURSE, "lessons/mehl-und-wasser.en.md"), LESSON_IN_ENGLISH);
  writeFileSync(
    join(folder, COURSE, "texts/welcome.en.md"),
    "---\nsubject: Welcome to four days of bread\npreview: The first lesson comes tomorrow morning.\n---\n\nGood that you are here.\n",
  );
  return { folder, path: relative(ROOT, folder) };
}
