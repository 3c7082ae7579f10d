import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTemplates } from "../../../authoring/compile/compile-templates.ts";
import { readLook } from "../../../authoring/compile/look.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { readWords } from "../../../authoring/compile/words-file.ts";
import {
  IN_HTML_MAILS,
  IN_TEXT_MAILS,
  listWordUses,
  ON_PAGES,
  withWords,
} from "../../../authoring/compile/words-in-templates.ts";
import { ROOT } from "../../../cli/root.ts";

const EN = "templates/words/en.yaml";
const LEFT = "templates/pages/left.hbs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coursepost-words-"));
  cpSync(join(ROOT, "templates"), join(folder, "templates"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sourceOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const lineOf = (file: string, part: string): number => sourceOf(file).split(part)[0]?.split("\n").length ?? 0;

/** What the build says when a file is changed, or another made of it. */
function complaints(file: string, edit: (source: string) => string, as = file): string[] {
  const edited = edit(sourceOf(file));
  writeFileSync(join(folder, as), edited);
  const sources = openSources(folder);
  readWords(sources, listWordUses(sources, readTemplates(sources, readLook(sources))));
  if (existsSync(join(ROOT, as))) writeFileSync(join(folder, as), sourceOf(as));
  else rmSync(join(folder, as));
  return sources.problems.map(inWords);
}

describe("a file of words", () => {
  it("that ships has every word that is said, and no other", () => {
    expect(complaints(EN, (source) => source)).toEqual([]);
  });

  it.each<[string, string, (source: string) => string]>([
    [
      "a word that a template says and the file has not",
      `${EN}:${lineOf(EN, "\nleft:") + 1}: left.thanks: is missing; ${LEFT}:${lineOf(LEFT, "words.left.thanks")} says it`,
      (source) => source.replace(/^ {2}thanks: .*\n/m, ""),
    ],
    [
      "a word that the code says and the file has not",
      `${EN}:${lineOf(EN, "\nundo:") + 1}: undo.notOurs: is missing; the code says it`,
      (source) => source.replace(/^ {2}notOurs: .*\n/m, ""),
    ],
    [
      "a word that nobody says",
      `${EN}:${lineOf(EN, "  whyHint:")}: left.goodbye: is said nowhere; take it out, or correct its name`,
      (source) => source.replace("  whyHint:", '  goodbye: "Goodbye."\n  whyHint:'),
    ],
    [
      "a slot that is left out",
      `${EN}:${lineOf(EN, "  from:")}: answer.from: leaves out {owner}; write it where it belongs; templates/emails/answer.`,
      (source) => source.replace('from: "{owner} wrote', 'from: "Somebody wrote'),
    ],
    [
      "a slot that nothing fills in",
      `${EN}:${lineOf(EN, "  thanks:")}: left.thanks: has {name}, which nothing fills in; take it out; ${LEFT}:`,
      (source) => source.replace("thanks: Thank you.", "thanks: Thank you {name}."),
    ],
    [
      "a link that the template leads nowhere",
      `left.thanks: has {home}, which nothing fills in`,
      (source) => source.replace("thanks: Thank you.", "thanks: Thank you, [again](home)."),
    ],
    [
      "no plural form where the language has one",
      'progress.all: lacks the plural form "one"; the code says it',
      (source) => source.replace(/^ {4}one: You have had .*\n/m, ""),
    ],
    [
      "a plural form that the language has not",
      'progress.all: has "few", which is no plural form of this language; the code says it',
      (source) => source.replace(/^ {4}one: You have had /m, "    few: You have had three.\n$&"),
    ],
    [
      "plural forms in a template",
      "left.thanks: has plural forms; only a word that the code says with {count} can have them",
      (source) => source.replace(/thanks: .*/, "thanks:\n    one: Thank you.\n    other: Thank you all."),
    ],
    [
      "mark-up where the code says it",
      "left.title: has *, [ ]( ) or ` in it, which only a template's word can have; the code says it",
      (source) => source.replace("title: You are unsubscribed", "title: You are *unsubscribed*"),
    ],
    ["nothing", "left.thanks: is empty; write it", (source) => source.replace(/thanks: .*/, 'thanks: ""')],
    [
      "a number",
      "left.thanks: is not words; write them",
      (source) => source.replace(/thanks: .*/, "thanks: 7"),
    ],
    [
      "lines without a list",
      "left.thanks: runs over several lines; make it a list",
      (source) => source.replace(/thanks: .*/, 'thanks: "Thank you.\\nIt is counted."'),
    ],
    [
      "a phrase that names two commands",
      'commands.next: has "resume", which commands.resume has, too; a phrase means one thing',
      (source) => source.replace(/(resume: resume\n {2}next: )next/, "$1[next, resume]"),
    ],
    [
      "a command that is a wish to leave",
      'commands.help: has "stop", which is read as a wish to leave; choose another',
      (source) => source.replace(/^ {2}help: help$/m, "  help: [help, stop]"),
    ],
    [
      "a pause whose number has no place",
      'commands.pauseWeeks: has "pause a week" without {weeks}',
      (source) => source.replace("- pause {weeks} week\n", "- pause a week\n"),
    ],
    ["a locale that does not exist", "dates: is not a locale", (source) => source.replace("en-GB", "en_GB")],
    ["what is no YAML", `${EN}:`, (source) => `${source}\n  a: [`],
  ])("is refused by file, line and name for %s", (_, says, edit) => {
    expect(complaints(EN, edit)).toContainEqual(expect.stringContaining(says));
  });

  it("has the name of a language", () => {
    const found = complaints(EN, (source) => source, "templates/words/english words.yaml");
    expect(found).toEqual([expect.stringContaining("words.yaml:1: is not named by a language")]);
  });

  it("is held to what the others are: in a second language, too, nothing may be missing", () => {
    const found = complaints(
      EN,
      (source) => source.replace(/^ {2}thanks: .*\n/m, ""),
      "templates/words/cy.yaml",
    );
    expect(found).toContainEqual(expect.stringContaining("templates/words/cy.yaml"));
    expect(found).toContainEqual(expect.stringContaining("left.thanks: is missing"));
    // Welsh has six plural forms, of which English shows two.
    expect(found).toContainEqual(expect.stringContaining('progress.all: lacks the plural form "few"'));
  });
});

describe("a template", () => {
  it("that says a word which there is not is told where", () => {
    const [found] = complaints(LEFT, (source) => source.replace("words.left.thanks", "words.left.thankYou"));
    expect(found).toContain(`is said nowhere`);
    expect(
      complaints(LEFT, (source) => source.replace("words.left.thanks", "words.left.thankYou")),
    ).toContainEqual(
      expect.stringMatching(/left\.thankYou: is missing; templates\/pages\/left\.hbs:\d+ says it$/),
    );
  });

  it.each([["{{#if words.left.thanks}}x{{/if}}"], ["{{{words.left.thanks}}}"], ["{{words.left.thanks 7}}"]])(
    "that says a word in a way which the build does not read is refused: %s",
    (use) => {
      expect(complaints(LEFT, (source) => `${source}\n${use}`)).toContainEqual(
        expect.stringContaining("is not said as the build reads it"),
      );
    },
  );

  const words = {
    language: "de",
    texts: new Map([
      ["a.b", "Fünf {n} & *mehr*, [hier](to), `so`"],
      ["a.c", "Groß {n}"],
    ]),
  };

  it("gets its words as HTML, as plain text, and in capitals", () => {
    const use = '<p>{{words.a.b n=one.two to="/x"}}</p>';
    expect(withWords(use, words, ON_PAGES)).toBe(
      '<p>Fünf {{one.two}} &amp; <em>mehr</em>, <a href="/x">hier</a>, <code>so</code></p>',
    );
    expect(withWords(use, words, IN_HTML_MAILS)).toContain("Fünf {{one.two}} &amp; <em>");
    expect(withWords(use, words, IN_TEXT_MAILS)).toBe("<p>Fünf {{one.two}} & mehr, hier </x>, so</p>");
    expect(withWords('{{words.a.c n=n case="upper"}}', words, IN_TEXT_MAILS)).toBe("GROSS {{n}}");
  });

  it("keeps a slot whose value has the slot's own name", () => {
    expect(withWords("{{words.a.c n=n}}", words, ON_PAGES)).toBe("Groß {{n}}");
  });
});
