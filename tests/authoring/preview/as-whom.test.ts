import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { listFields, readWhom } from "../../../authoring/preview/as-whom.ts";
import { samplePages } from "../../../authoring/preview/sample-pages.ts";
import { type Preview, startPreview } from "../../../authoring/preview/server.ts";
import { sampleFaults } from "../../../authoring/sample-faults.ts";
import { SAMPLE_READERS } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Content } from "../../../functions/domain/content.ts";

const COURSE = "content/courses/managing-up-leading-down";
const QUESTIONS = `questions:
  - slug: role
    kind: choice
    asked: in a lesson
    label: Whom do you lead?
    options:
      - { slug: managers, label: I lead managers }
      - { slug: sellers, label: I lead sellers }
  - slug: team
    kind: text
    label: Who is in your team?
    needed: true
`;
const FOR_MANAGERS = "A manager hears it from you first.";
const FOR_GUESTS = "As our guest you may skip the form.";
const passage = (when: string, words: string) => `:::when ${when}\n${words}\n:::\n\n`;

/** The shipped course, as one that branches: its second lesson asks, the third is for managers, the fourth for all others. */
function makeBranching(root: string): void {
  const edit = (file: string, change: (text: string) => string) => {
    const path = join(root, COURSE, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  const inHead = (line: string) => (text: string) => text.replace("\npart:", `\n${line}\npart:`);
  edit("course.yaml", (text) => text.replace(/^parts:/m, `${QUESTIONS}parts:`));
  edit("lessons/where-your-boss-came-from.md", inHead("choice: role"));
  edit("lessons/the-anti-process-process.md", inHead("when: role = managers"));
  edit("lessons/bring-the-example.md", inHead("when: role != managers"));
  edit("lessons/before-you-are-asked.md", (text) => {
    const [, head, body = ""] = /^(---\n[\s\S]*?\n---\n\n)([\s\S]*)$/.exec(text) ?? [];
    const [opening, ...rest] = body.split("\n\n");
    const passages =
      passage("role = managers", FOR_MANAGERS) + passage("tag = vip and silent >= 2", FOR_GUESTS);
    return `${head}${opening}\n\n${passages}${rest.join("\n\n")}`;
  });
}

describe("the preview of a course that branches", () => {
  let root: string;
  let preview: Preview;
  let content: Content;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "coursepost-whom-"));
    for (const name of ["content", "templates"])
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
    makeBranching(root);
    preview = await startPreview(root, { port: 0 });
    content = await loadContent(root);
  });
  afterAll(async () => {
    await preview.close();
    rmSync(root, { recursive: true });
  });

  const asOne = (known: Record<string, string> = {}) =>
    `?reader=plain&${new URLSearchParams({ as: "one", ...known })}`;
  const MANAGER = asOne({ "answer role": "managers" });
  const SELLER = asOne({ "answer role": "sellers" });
  const get = async (path: string) => {
    const answer = await fetch(preview.origin + path);
    return { status: answer.status, text: await answer.text() };
  };
  const page = async (path: string) => (await get(path)).text;
  const mail = (lesson: string, as = "") => page(`/frame/light/mail/lesson-${lesson}${as}`);

  it("compiles, and asks as whom to look: what its questions, and its conditions, can ask", async () => {
    expect(preview.workshop.build.problems).toEqual([]);
    const shown = await page("/mail/lesson-before-you-are-asked");
    const form = /<form class="whom"[\s\S]*?<\/form>/.exec(shown)?.[0] ?? "";
    expect([...form.matchAll(/<(?:select|input) name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      ...["answer role", "answer team", "tag vip", "silent"],
    ]);
    expect(form).toContain('<option value="sellers">I lead sellers</option>');
    expect(form).toContain("Each lesson as somebody gets it whom it is for.");
  });

  it("marks the lessons that are for others, and says for whom the open one is", async () => {
    const forOthers = (list: string) =>
      [
        ...list.matchAll(/<a data-exhibit href="\/mail\/lesson-([^?"]+)[^>]*>[^<]*<span class="others">/g),
      ].map(([, name]) => name);
    expect(forOthers(await page(`/mail/welcome${MANAGER}`))).toEqual(["bring-the-example"]);
    expect(forOthers(await page(`/mail/welcome${SELLER}`))).toEqual(["the-anti-process-process"]);
    // Who has pressed nothing is led, too.
    expect(forOthers(await page(`/mail/welcome${asOne()}`))).toEqual(["the-anti-process-process"]);
    expect(forOthers(await page("/mail/welcome"))).toEqual([]);
    const open = await page(`/mail/lesson-the-anti-process-process${SELLER}`);
    expect(open).toMatch(/id="for-whom"><code>role = managers<\/code> <span class="wrong">Not this reader/);
    expect(await page(`/mail/lesson-the-anti-process-process${MANAGER}`)).not.toContain("Not this reader");
  });

  it("shows the passages that are theirs, and says which do not stand there", async () => {
    const lesson = "before-you-are-asked";
    expect(await mail(lesson, MANAGER)).toContain(FOR_MANAGERS);
    expect(await mail(lesson, SELLER)).not.toContain(FOR_MANAGERS);
    const guest = asOne({ "tag vip": "yes", silent: "2" });
    expect(await mail(lesson, guest)).toContain(FOR_GUESTS);
    expect(await mail(lesson, asOne({ "tag vip": "yes" }))).not.toContain(FOR_GUESTS);
    const open = await page(`/mail/lesson-${lesson}${MANAGER}`);
    expect(open).toContain("<li><code>role = managers</code>: shown</li>");
    expect(open).toMatch(
      /<li><code>tag = vip and silent &gt;= 2<\/code>: <span class="soft">not shown<\/span>/,
    );
    // The lesson once more for another passage is no mail of theirs.
    expect(open).not.toContain(`lesson-${lesson}-passage-`);
    expect(await page(`/mail/lesson-${lesson}`)).toContain(`lesson-${lesson}-passage-`);
  });

  it("counts the lessons on their branch alone, and knows the choice only from its lesson on", async () => {
    expect(await mail("before-you-are-asked", MANAGER)).toContain("Lesson 4 of 11");
    expect(await mail("where-your-boss-came-from", MANAGER)).toContain("I lead managers");
    const before = await mail("headwinds-inside", MANAGER);
    expect(before).toBe(await mail("headwinds-inside", SELLER));
    // Control: behind it they differ.
    expect(await mail("before-you-are-asked", MANAGER)).not.toBe(await mail("before-you-are-asked", SELLER));
  });

  it("shows the pages as theirs: what they chose, the lessons that they had, and their answers", async () => {
    const own = (name: string, as: string) => page(`/frame/light/page/${name}${as}`);
    expect(await own("reader-asked-to-choose", SELLER)).toContain('name="answer" value="sellers" checked');
    expect(await own("reader-asked-to-choose", MANAGER)).toContain('name="answer" value="managers" checked');
    const middle = await own("reader-in-mid-course", SELLER);
    expect(middle).toContain("You have had 3 of 11 lessons.");
    expect(middle).toContain("Bring the example");
    expect(middle).not.toContain("anti-process");
    const manager = await own("reader-in-mid-course", MANAGER);
    expect(manager).toContain("anti-process");
    expect(manager).toContain('name="answer-role" value="managers" checked');
  });

  it("keeps the choice in each link, until it is taken back", async () => {
    const shown = await page(`/mail/lesson-before-you-are-asked${MANAGER}`);
    const links = [...shown.matchAll(/(?:data-exhibit href|src)="([^"]+)"/g)].map(([, href = ""]) => href);
    expect(links.length).toBeGreaterThan(80);
    for (const link of links.filter((one) => !/\.(css|js)$/.test(one)))
      expect(link).toContain("answer+role=managers");
    expect(shown).toContain('<a href="/mail/lesson-before-you-are-asked?reader=plain">As anybody</a>');
  });

  it("passes over what no reader can be: another option, a text with a link, what nothing asks", async () => {
    const [course] = content.courses;
    if (!course) return expect.fail("no course");
    const whom = (known: object) => readWhom(new URLSearchParams(Object.entries({ as: "one", ...known })));
    const facts = (known: object) => whom(known)?.factsIn(course);
    const nothing = facts({});
    expect(nothing).toMatchObject({ answers: {}, tags: {}, silent: 0, isAgain: false });
    for (const known of [
      ...[
        { "answer role": "kings" },
        { "answer team": "see https://example.com" },
        { "answer nothing": "yes" },
      ],
      ...[{ "tag other": "yes" }, { silent: "7" }, { rating: "5" }, { "answer __proto__": "x" }],
    ])
      expect(facts(known), JSON.stringify(known)).toEqual(nothing);
    expect(facts({ "answer team": "Ana & Bo", "answer role": "sellers", silent: "2" })).toMatchObject({
      ...{ answers: { team: "Ana & Bo", role: "sellers" }, silent: 2 },
    });
    expect(readWhom(new URLSearchParams("reader=plain"))).toBeUndefined();
    const sharp = await page(`/mail/welcome${asOne({ "answer team": '"><script>alert(1)</script>' })}`);
    expect(sharp).not.toContain("<script>alert");
    expect(sharp).toContain("&quot;&gt;&lt;script&gt;alert(1)");
  });

  it("asks nothing of a course that is the same for everybody", async () => {
    const [course] = (await loadContent(ROOT)).courses;
    expect(course && listFields(course)).toEqual([]);
    const plain = await startPreview(ROOT, { port: 0 });
    const answer = await (await fetch(`${plain.origin}/mail/welcome`)).text();
    await plain.close();
    expect(answer).toContain("Sample readers");
    expect(answer).not.toContain('class="whom"');
  });

  it("has pages that show what they say where some questions are needed and some lessons are for some", async () => {
    const pages = await samplePages(content, SAMPLE_READERS[0]);
    expect([...pages.keys()]).toEqual(expect.arrayContaining(["reader-asked-to-choose", "reader-chose"]));
    expect(sampleFaults(pages)).toEqual([]);
  });
});
