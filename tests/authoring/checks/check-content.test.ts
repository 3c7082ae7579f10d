import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent, type Findings } from "../../../authoring/checks/check-content.ts";
import { type Finding, formatFinding } from "../../../authoring/checks/finding.ts";
import { ROOT } from "../../../cli/root.ts";

const COURSE = "content/courses/managing-up-leading-down";
const lesson = (slug: string): string => `${COURSE}/lessons/${slug}.md`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of what an author edits. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "coursepost-checks-"));
  folders.push(folder);
  for (const name of ["content", "templates"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

/** A fault that is put into a copy, and the finding that must name it. */
interface Fault {
  file: string;
  /** What is replaced, and by what; nothing where the edit of the fault before makes two. */
  edit?: [from: string | RegExp, to: string];
  rule: string;
  /** A part of what the finding says or tells to do. */
  tells: string;
  /** Words that stand on the line that the finding must name; the file's first line otherwise. */
  on?: string;
  severity?: Finding["severity"];
}

const LONG = `${"We went to see the customer and then ".repeat(5)}stopped.`;
const COPIED = "what keeps sales leaders up at night. That's why it";
/** Faults of an author that the build lets through. Each lesson has its own, so that none hides another. */
const AUTHORS_FAULTS: Fault[] = [
  {
    file: lesson("a-better-number"),
    edit: [/^question: .*/m, "question: Which number? Whose?"],
    rule: "one-question",
    tells: "has 2 question marks",
    on: "question: Which",
  },
  {
    file: lesson("before-you-are-asked"),
    edit: [/^question: .*/m, "question: Tell us which number."],
    rule: "one-question",
    tells: "has 0 question marks",
    on: "question: Tell",
  },
  {
    file: lesson("bring-the-example"),
    edit: ["You ask for one more person", "Hi, you ask for one more person"],
    rule: "banned-opening",
    tells: 'opens with "hi"',
    on: "Hi, you ask",
  },
  {
    file: lesson("from-cost-to-growth"),
    edit: ["it pays for the next press.", "it pays for the next press!"],
    rule: "exclamation-mark",
    tells: "it pays for the next press!",
    on: "next press!",
  },
  {
    file: lesson("telling-or-listening"),
    edit: [/^lookBack: .*/m, `lookBack: ${LONG}`],
    rule: "long-sentence",
    tells: "has 41 words; 35 are the most",
    on: "lookBack: We went",
  },
  {
    file: lesson("where-your-boss-came-from"),
    edit: [/^A road is a hint.*/m, `A short one.\nAnother.\n${LONG}`],
    rule: "long-sentence",
    tells: '"We went to see the customer …" has 41 words',
    on: "We went to see",
  },
  {
    file: lesson("room-to-use-their-skills"),
    edit: [/^That is a real price[^\n]*/m, `${COPIED} is so critical.`],
    rule: "copied-words",
    tells: "words in a row are the source's: \"what keeps sales leaders up at night",
    on: "what keeps sales leaders",
  },
  {
    file: lesson("where-your-boss-came-from"),
    edit: ["approximately 30% of", "approximately 35% of"],
    rule: "unknown-percentage",
    tells: "35% is not in the source",
    on: "35%",
  },
  {
    file: lesson("where-your-boss-came-from"),
    edit: ["In the 1980s and 1990s came", "In the 1970s and 1990s came"],
    rule: "unknown-year",
    tells: "1970s is not in the source",
    on: "1970s",
  },
  {
    file: lesson("where-your-boss-came-from"),
    edit: ["In manufacturing, operations comes first.", "In manufacturing, operations is #2."],
    rule: "unknown-rank",
    tells: "#2 is not in the source",
    on: "#2",
  },
  {
    file: lesson("what-they-expect-now"),
    edit: ["Some people will say", "Some 17 people will say"],
    rule: "unknown-amount",
    tells: "move it into the block that is marked > [!example]",
    on: "Some 17 people",
  },
  {
    file: lesson("before-you-are-asked"),
    // Amounts are free in an example; percentages are not.
    edit: ["The site calls.", "The site calls, 12% late."],
    rule: "unknown-percentage",
    tells: "12% is not in the source",
    on: "12% late",
  },
  {
    file: lesson("the-anti-process-process"),
    edit: ["A calm answer can also", "A calm answer, {{firstName}}, says [Author], can also"],
    rule: "unknown-field",
    tells: "Nothing fills in {{firstName}}",
    on: "{{firstName}}",
  },
  {
    file: lesson("the-anti-process-process"),
    rule: "unknown-field",
    tells: "Nothing fills in [Author]",
    on: "[Author]",
  },
  { file: "templates/emails/lesson.mjml", rule: "unfilled-field", tells: '"{{firstName}}" is left' },
  { file: "templates/emails/lesson.txt.hbs", rule: "unfilled-field", tells: '"{{firstName}}" is left' },
  {
    file: `${COURSE}/course.yaml`,
    edit: ["attribution:", "attribution:\n  url: https://saleswisdom"],
    rule: "dead-link",
    tells: "The link https://saleswisdom leads nowhere",
    on: "url: https",
  },
  {
    file: "content/newsletter/declining-a-number-with-grace.md",
    edit: [
      /\*\*First, ask\.\*\*[\s\S]*$/,
      `${"Organizational accountability necessitates comprehensive interdepartmental collaboration. ".repeat(8)}\n`,
    ],
    rule: "reading-grade",
    tells: "10 is the most",
    on: "Organizational",
  },
  {
    file: "templates/pages/own-site.hbs",
    edit: ['home="/"', 'home="/somewhere"'],
    rule: "dead-link",
    tells: "answers nothing at /somewhere",
    on: "/somewhere",
  },
  {
    file: "templates/pages/landing.hbs",
    edit: ['href="/privacy"', 'href="#joined"'],
    rule: "dead-link",
    tells: "#joined is not on the page",
    on: "#joined",
  },
  {
    file: "templates/pages/check-inbox.hbs",
    edit: ["</h1>", "</h1>\n<p>Nearly there.</p>"],
    rule: "words-in-template",
    tells: 'words of its own: "Nearly there. …"',
    on: "Nearly there.",
  },
  {
    file: "templates/words/en.yaml",
    edit: ["Nothing else is sent until you press that button.", "Press that button!"],
    rule: "exclamation-mark",
    tells: "Press that button!",
    on: "Press that button!",
  },
  {
    file: "templates/emails/welcome.txt.hbs",
    edit: ["{{else if firstLesson}}", "{{else if firstLessson}}"],
    rule: "unknown-field",
    tells: "Nothing fills in {{firstLessson}}",
    on: "firstLessson",
  },
  {
    file: "templates/partials/rating.mjml",
    edit: ["{{#if says}}: {{says}}", "{{#if says}}: {{#if sais}}{{says}}{{/if}}"],
    rule: "unknown-field",
    tells: "Nothing fills in {{sais}}",
    on: "{{#if sais}}",
  },
];
/** Faults that the build refuses. */
const REFUSED_FAULTS: Fault[] = [
  {
    file: `${COURSE}/course.yaml`,
    edit: ["slug: a-year-later", "slug: who-is-in"],
    rule: "front-matter",
    tells: "`letters.1.slug` is the name of something else of the course, who-is-in. Choose another",
    on: "slug: who-is-in",
  },
  {
    file: `${COURSE}/course.yaml`,
    edit: ["days: 365", "days: 80"],
    rule: "front-matter",
    tells: "`letters.1.days` is no later than the letter before, 90",
    on: "days: 80",
  },
  {
    file: lesson("a-better-number"),
    edit: [/^lookBack:.*\n/m, ""],
    rule: "front-matter",
    tells: "`lookBack` is missing. Add it",
    on: "title: Offer",
  },
  {
    file: lesson("before-you-are-asked"),
    edit: ["  substantial:", "  substantiell:"],
    rule: "front-matter",
    tells: "`prompts.substantial` is missing",
    on: "prompts:",
  },
  {
    file: lesson("bring-the-example"),
    edit: [/^subject: .*/m, `subject: ${"long ".repeat(12)}`],
    rule: "front-matter",
    tells: "is longer than 45 characters",
    on: "subject: long",
  },
  {
    file: lesson("who-is-in"),
    edit: [/^question: (.*)/m, "question: $1\nquestion: One more?"],
    rule: "front-matter",
    tells: "unique",
    on: "question: One more",
  },
  {
    file: lesson("headwinds-inside"),
    edit: ["The rest deserves", "[The rest](http://plain.example) deserves"],
    rule: "front-matter",
    tells: "begins with https://",
    on: "[The rest]",
  },
  {
    file: "templates/emails/notice.mjml",
    edit: [/^/, "{{aside}}\n"],
    rule: "lost-token",
    tells: "`{{aside}}` is lost in MJML",
    on: "{{aside}}",
  },
];

/** Refused before the lessons are read: they fall back on the course's prompts. */
const REFUSED_COURSE: Fault = {
  file: `${COURSE}/course.yaml`,
  edit: [/^ {2}veryShort:.*\n/m, ""],
  rule: "front-matter",
  tells: "`prompts.veryShort` is missing",
  on: "prompts:",
};

function plant(folder: string, { file, edit }: Pick<Fault, "file" | "edit">): void {
  if (!edit) return;
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(...(edit as [string, string]));
  expect(after, `the fault planted in ${file}`).not.toBe(before);
  writeFileSync(path, after);
}

/** The line of the first place at which a file in a folder has these words. */
function lineIn(folder: string, file: string, words: string): number {
  const before = readFileSync(join(folder, file), "utf8").split(words);
  expect(before.length, `${file} has ${words}`).toBeGreaterThan(1);
  return before[0]?.split("\n").length ?? 0;
}

function expectFinding({ findings }: Findings, folder: string, fault: Fault): void {
  const line = fault.on === undefined ? 1 : lineIn(folder, fault.file, fault.on);
  const same = findings.filter(({ file, rule }) => file === fault.file && rule === fault.rule);
  const found = same.find((one) => formatFinding(one).includes(fault.tells));
  expect(found && formatFinding(found), same.map(formatFinding).join("\n")).toBeDefined();
  expect(found).toMatchObject({ line, severity: fault.severity ?? "error" });
  expect(found?.doThis.length).toBeGreaterThan(5);
}

const titled = (faults: Fault[]): [string, Fault][] =>
  faults.map((fault) => [`${fault.rule}: ${fault.tells} in ${fault.file.split("/").at(-1)}`, fault]);

describe("the content that ships", () => {
  it("passes, without a warning", async () => {
    const { findings, counted } = await checkContent(ROOT);
    expect(findings.map(formatFinding)).toEqual([]);
    expect(counted).toMatchObject({ lessons: 12, issues: 3 });
    expect(counted.mails).toBeGreaterThan(60);
  });
});

describe("a fault in the content", () => {
  let folder: string;
  let found: Findings;
  beforeAll(async () => {
    folder = copy();
    for (const fault of AUTHORS_FAULTS) plant(folder, fault);
    found = await checkContent(folder);
  });

  it.each(titled(AUTHORS_FAULTS))("is told by file and line, with what to do: %s", (_, fault) => {
    expectFinding(found, folder, fault);
  });

  it("is told once, and nothing else is", () => {
    const told = found.findings.map(({ file, rule, line }) => `${file}:${line}: ${rule}`);
    const planted = AUTHORS_FAULTS.map(
      ({ file, rule, on }) => `${file}:${on ? lineIn(folder, file, on) : 1}: ${rule}`,
    );
    expect(new Set(told)).toEqual(new Set(planted));
  });
});

describe("a fault that the build refuses", () => {
  let folder: string;
  let found: Findings;
  beforeAll(async () => {
    folder = copy();
    for (const fault of REFUSED_FAULTS) plant(folder, fault);
    found = await checkContent(folder);
  });

  it.each(titled(REFUSED_FAULTS))("is told by file and line, with what to do: %s", (_, fault) => {
    expectFinding(found, folder, fault);
  });
});

describe("a prompt that neither the lesson nor its course has", () => {
  it("is told at the course", async () => {
    const folder = copy();
    plant(folder, REFUSED_COURSE);
    expectFinding(await checkContent(folder), folder, REFUSED_COURSE);
  });

  it("does not hide that the course rests on no article", async () => {
    const folder = copy();
    plant(folder, REFUSED_COURSE);
    rmSync(join(folder, COURSE, "source.yaml"));
    const rules = async (): Promise<string[]> =>
      (await checkContent(folder)).findings.map(({ rule }) => rule);
    expect(await rules()).toContain("no-source");
    const yaml = join(folder, COURSE, "course.yaml");
    const own = readFileSync(yaml, "utf8").replace("\nattribution:\n", "$&  restsOn: own\n");
    writeFileSync(yaml, own);
    expect(own).toContain("restsOn");
    expect(await rules()).not.toContain("no-source");
    writeFileSync(yaml, "title: [");
    expect(await rules()).not.toContain("no-source");
  });
});

describe("npm run check:content", () => {
  const run = (...given: string[]) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "authoring/checks/main.ts", ...given], {
      cwd: ROOT,
    }).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      ({ code, stdout, stderr }) => ({ code, out: `${stdout}${stderr}` }),
    );

  it("checks another folder, ends with counts, and fails on an error but not on a warning", async () => {
    const folder = copy();
    rmSync(join(folder, COURSE, "source.yaml"));
    const warned = await run("--content", join(folder, "content"));
    expect(warned.code).toBe(0);
    expect(warned.out).toMatch(/course\.yaml:1: warning no-source: There is no source\.yaml/);
    expect(warned.out).toMatch(/\n12 lessons, 3 issues, \d+ mails, 0 errors, 1 warning\n$/);
    plant(folder, { file: lesson("who-is-in"), edit: ["So take one sentence", "Now! So take one sentence"] });
    const failed = await run("--content", join(folder, "content"), "--json");
    expect(failed.code).toBe(1);
    const { lessons, errors, warnings, findings } = JSON.parse(failed.out);
    expect({ lessons, errors, warnings }).toEqual({ lessons: 12, errors: 1, warnings: 1 });
    expect(findings).toContainEqual(expect.objectContaining({ rule: "exclamation-mark", severity: "error" }));
  });

  it("says what it takes when it is asked for something else", async () => {
    const { code, out } = await run("--contents", "x");
    expect(code).toBe(2);
    expect(out).toContain("Did you mean --content?");
  });
});
