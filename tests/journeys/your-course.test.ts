import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, parseDocument } from "yaml";
import { checkContent } from "../../authoring/checks/check-content.ts";
import { loadContent } from "../../authoring/compile/compile.ts";
import { samplePages } from "../../authoring/preview/sample-pages.ts";
import { SAMPLE_READERS } from "../../authoring/samples.ts";
import { ROOT } from "../../cli/root.ts";
import { newCourse } from "../../console/course/new.ts";
import { plan } from "../../console/plan/plan.ts";
import { runDemo } from "../../local/demo/run-demo.ts";
import { inThisThread } from "../support/cloud.ts";

const FIXTURE = join(ROOT, "tests/fixtures/sample-courses/courses/clear-ask");
const COMMAND = /^```sh\n([\s\S]*?)\n```\n(?:\n```\n([\s\S]*?)\n```\n)?/gm;
const FILE = /^`((?:lessons|texts)\/[^`\n]+)`:\n\n```\w*\n([\s\S]*?)\n```$/gm;

/** A command of the page, and what it says is printed. */
interface Shown {
  command: string;
  lines: string[];
}

describe("docs/YOUR-COURSE.md, step by step", () => {
  let root: string;
  let page: string;
  let shown: Shown[];
  const course = () => join(root, "content", "courses", "clear-ask");
  const command = (start: string): Shown => {
    const found = shown.find((one) => one.command.startsWith(start));
    if (!found) throw new Error(`the page has no command that begins with ${start}`);
    return found;
  };

  beforeAll(async () => {
    page = (await readFile(join(ROOT, "docs/YOUR-COURSE.md"), "utf8")).split("\n## 6. ")[1] ?? "";
    shown = [...page.matchAll(COMMAND)].map(([, line = "", says = ""]) => ({
      command: line.replaceAll(/\\\n */g, ""),
      lines: says.split("\n").filter((each) => each !== "" && each !== "[ … ]"),
    }));
    root = await mkdtemp(join(tmpdir(), "your-course-"));
    for (const folder of ["content", "templates"])
      await cp(join(ROOT, folder), join(root, folder), { recursive: true });
    await make();
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  /** As whoever follows the page does. */
  async function make(): Promise<void> {
    const [, slug = "", title = "", author = ""] =
      /course new (\S+) --title "([^"]*)" --author "([^"]*)"/.exec(page) ?? [];
    await newCourse(root, slug, { title, author });
    for (const name of await readdir(join(course(), "lessons"))) await rm(join(course(), "lessons", name));
    const [, changes = ""] = /```yaml\n([\s\S]*?)\n```/.exec(page) ?? [];
    const file = parseDocument(await readFile(join(course(), "course.yaml"), "utf8"));
    for (const [name, value] of Object.entries(parse(changes))) file.set(name, value);
    await writeFile(join(course(), "course.yaml"), file.toString());
    for (const [, name = "", text] of page.matchAll(FILE)) await writeFile(join(course(), name), `${text}\n`);
  }

  /** Each line that the page shows is printed, in that order; an ellipsis stands for anything. */
  function expectPrinted({ lines }: Shown, printed: string): void {
    expect(lines.length).toBeGreaterThan(0);
    const said = printed.split("\n");
    let from = 0;
    for (const line of lines) {
      const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      const at = said.findIndex(
        (one, place) => place >= from && new RegExp(`^${parts.join(".*")}$`).test(one),
      );
      expect(at, `${line}\nis not printed behind line ${from} of\n${printed}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
  }

  async function demo(start: string): Promise<void> {
    const one = command(start);
    const answers = /--answers "([^"]*)"/.exec(one.command)?.[1];
    const lines: string[] = [];
    const given = [
      "--course",
      course(),
      "--out",
      join(root, "out"),
      ...(answers ? ["--answers", answers] : []),
    ];
    expect(await runDemo(given, (text) => void lines.push(text), inThisThread())).toBe(0);
    expectPrinted(one, lines.join("\n"));
  }

  it("makes the sample course that branches, file for file", async () => {
    for (const folder of ["lessons", "texts"]) {
      const names = (await readdir(join(FIXTURE, folder))).sort();
      expect((await readdir(join(course(), folder))).sort()).toEqual(names);
      expect(names.length).toBeGreaterThan(5);
      for (const name of names) {
        const [made, kept] = [course(), FIXTURE].map((one) => readFile(join(one, folder, name), "utf8"));
        expect(await made, `${folder}/${name}`).toBe(await kept);
      }
    }
    const [made, kept] = [course(), FIXTURE].map((one) => readFile(join(one, "course.yaml"), "utf8"));
    expect(parse((await made) ?? "")).toEqual(parse((await kept) ?? ""));
  });

  it("has nothing said against it by the check", async () => {
    const { findings, counted } = await checkContent(ROOT, relative(ROOT, join(root, "content")));
    expect(findings.filter(({ file }) => file.includes("clear-ask"))).toEqual([]);
    const { lines } = command("npm run check:content");
    expect(lines.at(-1)).toMatch(
      new RegExp(`^${counted.lessons} lessons, ${counted.issues} issues, … mails, 0 errors`),
    );
  });

  it("shows the pages of it in the preview", async () => {
    const { courses, ...rest } = await loadContent(root);
    const own = { ...rest, courses: courses.filter(({ slug }) => slug === "clear-ask") };
    const pages = await samplePages(own, SAMPLE_READERS[0]);
    expect(pages.get("landing")?.html).toContain("Whom do you ask for things most often?");
    expect(pages.get("landing")?.html).not.toContain("How do you mostly ask?");
  });

  it("walks a reader through the demo who takes each first option", () =>
    demo("npm run demo -- --course clear-ask"));

  it("and one who leads, writes, and leaves an answer out", () =>
    demo("npm run demo -- --course clear-ask --answers"));

  it("gives each of many readers what is theirs", async () => {
    const one = command("npm run simulate");
    const given =
      one.command.split(" -- ")[1]?.replace("content/courses/clear-ask", course()).split(" ") ?? [];
    const program = ["--import", "tsx", "local/simulation/main.ts", ...given];
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT });
    expectPrinted(one, stdout);
  });

  it("says whom a change concerns", async () => {
    const before = join(root, "before");
    await mkdir(before);
    for (const folder of ["content", "templates"])
      await cp(join(root, folder), join(before, folder), { recursive: true });
    const lesson = join(course(), "lessons", "the-one-beside.md");
    const text = await readFile(lesson, "utf8");
    const narrower = text
      .replace(/^when: .*$/m, "when: ask = beside")
      .replace(/^:::when ask = led\n[\s\S]*?\n:::\n/m, "");
    await writeFile(lesson, narrower);
    const one = command("npm run plan");
    expectPrinted(one, await plan(["--against", before, "--readers", "60"], root, Date.UTC(2026, 11, 1)));
    await writeFile(lesson, text);
  });

  it("control: a line that is not printed is missed", () => {
    expect(() => expectPrinted({ command: "", lines: ["b…", "a"] }, "a\nbc")).toThrow("is not printed");
  });
});
