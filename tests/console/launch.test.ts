import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";

const SAYS_BUILT = "The console's code is new here: it is built once, in a few seconds.\n";

describe("one of the owner's programs", () => {
  let root = "";
  beforeEach(() => {
    root = freshClone();
  });

  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** The launcher as it is, with small programs to launch. */
  function freshClone(): string {
    const folder = mkdtempSync(join(tmpdir(), "coursepost-launch-"));
    folders.push(folder);
    cpSync(join(ROOT, "console", "launch"), join(folder, "console", "launch"), { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(ROOT, "node_modules", "esbuild"), join(folder, "node_modules", "esbuild"), "junction");
    for (const [path, text] of Object.entries(CLONE)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const commandOf = (program: string, words: string[]) => ["console/launch/main.mjs", program, ...words];
  function run(program: string, ...words: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, commandOf(program, words), {
      cwd: root,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it("is built when it is first run, which is said, and then only run; each has its own words", () => {
    expect(run("console", "a", "--b")).toEqual({
      status: 0,
      stdout: "dev, draft, a --b\n",
      stderr: SAYS_BUILT,
    });
    expect(run("console")).toEqual({ status: 0, stdout: "dev, draft, \n", stderr: "" });
    expect(run("plan", "c")).toEqual({ status: 0, stdout: "plan: c\n", stderr: "" });
  });

  it("notices that a source has changed, or coursepost.config.ts, and reads content anew each time", () => {
    run("console");
    write("console/said.ts", "export const said = (words: string[]) => words.length;");
    expect(run("console", "x")).toEqual({ status: 0, stdout: "dev, draft, 1\n", stderr: SAYS_BUILT });
    write("coursepost.config.ts", 'export default { stage: "mine" };');
    expect(run("console", "x")).toEqual({ status: 0, stdout: "mine, draft, 1\n", stderr: SAYS_BUILT });
    write("content/issue.md", "final");
    expect(run("console", "x")).toEqual({ status: 0, stdout: "mine, final, 1\n", stderr: "" });
  });

  it("notices that packages were installed, that a source is gone, and that its cache was deleted", () => {
    run("console");
    write("node_modules/.package-lock.json", "{}");
    expect(run("console").stderr).toBe(SAYS_BUILT);
    rmSync(join(root, ".cache"), { recursive: true });
    expect(run("console").stderr).toBe(SAYS_BUILT);
    rmSync(join(root, "console/said.ts"));
    const { status, stderr } = run("console");
    expect(status).toBe(1);
    expect(stderr).toContain('Could not resolve "./said.ts"');
  });

  it("tells a mistake in a source by file and line, with status 1", () => {
    write("console/said.ts", "\nexport const said = = 1;");
    const { status, stdout, stderr } = run("console");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/cannot be built:[\s\S]+console\/said\.ts:2:20/);
  });

  it("shows where an error came from in the sources, not in the bundle", () => {
    const { status, stderr } = run("doctor");
    expect(status).toBe(1);
    expect(stderr).toContain("Error: no thermometer");
    expect(stderr).toMatch(/at \S*measure .*console[/\\]doctor[/\\]main\.ts:4:/);
    expect(stderr).not.toMatch(/\.cache[/\\]\S+\.mjs:\d/);
  });

  it("is built by two commands at once, and both run; nothing half-written stays", async () => {
    const children = ["x", "y", "z"].map((word) => {
      const child = spawn(process.execPath, commandOf("console", [word]), {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      return Promise.all([once(child.stdout, "data"), once(child, "close")]);
    });
    const printed = (await Promise.all(children)).map(([[data]]) => String(data));
    expect(printed).toEqual(["x", "y", "z"].map((word) => `dev, draft, ${word}\n`));
    expect(readdirSync(join(root, ".cache")).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  it("goes on with its own code while a newer one is built beside it", async () => {
    run("console");
    const desk = spawn(process.execPath, commandOf("desk", []), {
      cwd: root,
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(desk.stdout, "data");
    appendFileSync(join(root, "console/desk/late.ts"), '\nconsole.log("a newer one");');
    expect(run("console").stderr).toBe(SAYS_BUILT);
    desk.stdin.end();
    const [late] = await once(desk.stdout, "data");
    expect(String(late)).toBe("late\n");
  });
});

const CLONE: Record<string, string> = {
  "package.json": '{ "type": "module" }',
  "coursepost.config.ts": 'export default { stage: "dev" as string };',
  "content/issue.md": "draft",
  "cli/root.ts":
    'import { resolve } from "node:path";\nexport const ROOT = resolve(import.meta.dirname, "..");',
  "console/said.ts": 'export const said = (words: string[]): string => words.join(" ");',
  "console/main.ts": `import { readFileSync } from "node:fs";
import { ROOT } from "../cli/root.ts";
import config from "../coursepost.config.ts";
import { said } from "./said.ts";
const issue = readFileSync(\`\${ROOT}/content/issue.md\`, "utf8");
console.log(\`\${config.stage}, \${issue}, \${said(process.argv.slice(2))}\`);`,
  "console/desk/main.ts":
    'console.log("open");\nprocess.stdin.on("end", () => import("./late.ts")).resume();',
  "console/desk/late.ts": 'console.log("late");',
  "console/doctor/main.ts": `type Measured = number;

function measure(): Measured {
  throw new Error("no thermometer");
}
setTimeout(measure);`,
  "console/plan/main.ts": "console.log('plan:', ...process.argv.slice(2));",
};

describe("what a command reads before it begins", () => {
  let inputs: Metafile["inputs"] = {};
  beforeAll(async () => {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: ["console/main.ts"],
      outdir: "unwritten",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      packages: "external",
      metafile: true,
      write: false,
    });
    inputs = metafile.inputs;
  });

  /** All that a file needs at once, our own and packages: not what it imports when it is needed. */
  function closure(...entries: string[]): Set<string> {
    const seen = new Set(entries);
    for (const path of seen)
      for (const { path: next, kind } of inputs[path]?.imports ?? [])
        if (kind !== "dynamic-import") seen.add(next);
    return seen;
  }
  const packagesOf = (...entries: string[]): string[] =>
    [...closure(...entries)].filter((path) => !inputs[path] && !path.startsWith("node:"));
  const commands = () =>
    (inputs["console/commands.ts"]?.imports ?? [])
      .filter(({ kind }) => kind === "dynamic-import")
      .map(({ path }) => path);

  it("is no package for help but the one that reads moments", () => {
    expect(packagesOf("console/main.ts")).toEqual(["temporal-polyfill"]);
    expect(packagesOf("console/connect.ts"), "control").toContain("@aws-sdk/client-dynamodb");
  });

  it("is no library of plots, of mails' templates or of pictures for any command: they are read where one is made", () => {
    const heavy = /^(echarts|mjml|handlebars|sharp|esbuild)/;
    expect(commands().length).toBeGreaterThan(20);
    for (const path of commands())
      expect(
        packagesOf(path).filter((name) => heavy.test(name)),
        path,
      ).toEqual([]);
    expect(
      packagesOf("console/stats/page.ts").some((name) => heavy.test(name)),
      "control",
    ).toBe(true);
    expect(packagesOf("authoring/compile/compile.ts"), "control").toContain("mjml");
  });
});
