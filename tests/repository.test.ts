import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../cli/root.ts";

const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const manifest = JSON.parse(text("package.json"));

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<
    string,
    {
      environment?: string;
      needs?: string;
      permissions?: Record<string, string>;
      steps: Step[];
      "timeout-minutes"?: number;
    }
  >;
}
const WORKFLOWS = readdirSync(join(ROOT, ".github/workflows"));
const workflow = (name: string): Workflow => parse(text(`.github/workflows/${name}`));
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

/** Actions that a tag could swap for others. */
const unpinned = (steps: Step[]): string[] =>
  steps.flatMap(({ uses }) => (uses && !/@[0-9a-f]{40}$/.test(uses) ? [uses] : []));

/** Symbolic links in the output of `git ls-files --stage`: their mode is 120000. */
const links = (entries: string): string[] =>
  [...entries.matchAll(/^120000 .*\t(.+)$/gm)].map(([, path]) => path as string);

const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "local/aws/README.md"],
  ...readdirSync(join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

const TRACKED = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n");
const ROOMS = "authoring|cli|console|content|docs|functions|infra|local|templates|tests";
const IN_ROOM = new RegExp(`\`((?:${ROOMS})/[^\`\\s]*)\``, "g");
const BARE = /`([a-z][\w.-]*\.(?:ts|mjs|cjs|hbs|mjml))`/g;
const listNamed = (words: string, form: RegExp): string[] =>
  [...words.matchAll(form)].map(([, path]) => path as string);

/** Whether files are there; `*` and `<tag>` stand for any name. */
function isThere(path: string): boolean {
  if (!/[*<]/.test(path)) return existsSync(join(ROOT, path));
  const any = path
    .split(/\*|<\w+>/)
    .map((part) => part.replace(/[.+]/g, "\\$&"))
    .join("[^/]+");
  return TRACKED.some((file) => new RegExp(`^${any}$`).test(file));
}

/**
 * Files and folders that a page names, in backticks from the root or by their name alone, or in links from itself, and
 * that are not there. `SLUG` stands for any.
 */
function missing(page: string, words: string): string[] {
  const prose = words.replace(/```[\s\S]*?```/g, "");
  const bare = listNamed(prose, BARE).filter(
    (name) => !TRACKED.some((file) => `/${file}`.endsWith(`/${name}`)),
  );
  const inTicks = listNamed(words, IN_ROOM);
  const linked = [
    ...words.replace(/```[\s\S]*?```|`[^`\n]*`/g, "").matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g),
  ].map(([, path]) => path as string);
  return [
    ...inTicks.filter((path) => !/[A-Z]{3,}/.test(path) && !isThere(path)),
    ...bare,
    ...linked.filter((path) => !existsSync(join(ROOT, dirname(page), path))),
  ].map((path) => `${page}: ${path}`);
}

describe("the habits of the repository", () => {
  it.each(WORKFLOWS)("pin what %s runs of others, give it least rights, and end it", (name) => {
    const found = workflow(name);
    expect(unpinned(stepsOf(found))).toEqual([]);
    expect(found.permissions.contents).toBe("read");
    for (const job of Object.values(found.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(text(`.github/workflows/${name}`)).not.toMatch(/secrets\.|access-key/);
  });

  it("control: an action by its tag is found", () => {
    expect(unpinned([{ uses: "actions/checkout@v6" }, { run: "npm ci" }])).toEqual(["actions/checkout@v6"]);
  });

  it("run the same on a push and before a deploy: .ci/run", () => {
    for (const name of WORKFLOWS)
      expect(stepsOf(workflow(name)).map(({ run }) => run)).toContain("bash .ci/run");
    const scripts = [...text(".ci/run").matchAll(/^npm (?:run )?(\S+)$/gm)].map(([, script]) => script);
    expect(scripts).toContain("test");
    for (const script of scripts) expect(manifest.scripts).toHaveProperty([script as string]);
  });

  it("deploy on a tag only, after the tests, which run without the right to ask for credentials", () => {
    const deploy = workflow("deploy.yml") as Workflow & { on: object };
    expect(deploy.on).toEqual({ push: { tags: ["v*"] } });
    expect(deploy.permissions).toEqual({ contents: "read" });
    const { tests, production } = deploy.jobs;
    if (!tests || !production) throw new Error("deploy.yml has no job tests, or no job production");
    expect(tests.permissions).toBeUndefined();
    expect(tests.steps.map(({ run }) => run)).toContain("bash .ci/run");
    expect(production).toMatchObject({ needs: "tests", environment: "production" });
    expect(production.permissions).toEqual({ contents: "read", "id-token": "write" });
    const { steps } = production;
    expect(steps.map(({ run }) => run).filter(Boolean)).toEqual([
      "npm ci --ignore-scripts",
      "npm run deploy -- -c stage=production --require-approval never",
    ]);
    const at = (is: (step: Step) => boolean) => steps.findIndex(is);
    expect(at(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@") ?? false)).toBe(
      steps.length - 2,
    );
  });

  it("hold back the updates that are known to break", () => {
    const { updates } = parse(text(".github/dependabot.yml"));
    const ignored = updates[0].ignore.map((entry: { "dependency-name": string }) => entry["dependency-name"]);
    expect(ignored).toEqual(["aws-cdk", "@biomejs/biome", "vitest", "@types/node"]);
    for (const name of ignored) expect(manifest.devDependencies).toHaveProperty([name]);
    expect(manifest.devDependencies["aws-cdk"]).toMatch(/^2\./);
  });

  it("indent and break lines in an editor as Biome does", () => {
    const { formatter } = JSON.parse(text("biome.json"));
    const [all = ""] = text(".editorconfig").split("[*.md]");
    expect(all).toContain(`indent_style = ${formatter.indentStyle}`);
    expect(all).toContain(`indent_size = ${formatter.indentWidth}`);
    expect(all).toContain(`max_line_length = ${formatter.lineWidth}`);
  });

  it("promise the same versions of Node wherever they are named, and try each", () => {
    expect(manifest.engines.node).toBe("^20.19 || ^22.16 || >=24");
    const { whole } = workflow("ci.yml").jobs as Record<
      string,
      { strategy?: { matrix: { node: string[] } } }
    >;
    expect(whole?.strategy?.matrix.node).toEqual(["20.19", "22.16", "24"]);
    for (const page of ["README.md", "CONTRIBUTING.md", "docs/DEPLOY.md"])
      expect(text(page), page).toContain("Node 20.19, 22.16 or 24 (or newer)");
  });

  it("name only files that are there, in all pages", () => {
    const named = PAGES.flatMap((page) => missing(page, text(page)));
    expect(named, "the file was moved or renamed: say where it is now").toEqual([]);
    expect(
      missing("docs/X.md", "`functions/gone.ts`, [gone](gone.md), `local/`, [here](../README.md)"),
    ).toEqual(["docs/X.md: functions/gone.ts", "docs/X.md: gone.md"]);
    expect(
      missing("docs/X.md", "`templates/words/*.yaml`, `templates/words/<tag>.yml`, `issue.ts`, `gone.ts`"),
    ).toEqual(["docs/X.md: templates/words/<tag>.yml", "docs/X.md: gone.ts"]);
  });

  it("list the files of nine common changes", () => {
    const rows = text("CONTRIBUTING.md")
      .split("\n")
      .filter((line) => /^\| an? \*\*/.test(line));
    expect(rows).toHaveLength(9);
    for (const row of rows) expect(listNamed(row, IN_ROOM).length, row).toBeGreaterThan(1);
  });

  it("name, where they say what a language needs, every file that has something for each of them", () => {
    const row = text("CONTRIBUTING.md").match(/^\| a \*\*language\*\*.*$/m)?.[0] ?? "";
    const isNamed = (file: string) =>
      row.includes(`${basename(file)}\``) || row.includes(`\`${dirname(file)}/\``);
    const speaks = (code: string) => /^(?! *(\*|\/\/)).*(pt-BR"|^ +nl: )/m.test(code);
    const files = TRACKED.filter((file) => /^(?!tests\/).*\.ts$/.test(file) && speaks(text(file)));
    expect(files).toContain("functions/domain/people/voice-questions.ts");
    expect(files.filter((file) => !isNamed(file))).toEqual([]);
    expect(isNamed("functions/domain/course/cadence.ts"), "control").toBe(false);
  });

  it("keep no symbolic link: `git add` of a linked node_modules would delete the folder of who checks it out", () => {
    const entries = execFileSync("git", ["ls-files", "--stage"], { cwd: ROOT, encoding: "utf8" });
    expect(links(entries)).toEqual([]);
    expect(links("120000 abc 0\tnode_modules\n100644 abc 0\tREADME.md\n"), "control").toEqual([
      "node_modules",
    ]);
  });

  it("start every script without a shell of one system", () => {
    for (const [name, command] of Object.entries<string>(manifest.scripts))
      expect(command, name).toMatch(
        /^(node (--[\w-]+(=\S+)? )*--import tsx \S+\.ts|node console\/launch\/main\.mjs [a-z]+|vitest run( --config \S+)?|cdk deploy|tsc -p \S+|biome check \.|knip)$/,
      );
  });
});
