import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { imports, type Source, sources } from "../support/sources.ts";

const TELLS = "cli/tell-settings-error.ts";
const ROOMS = ["authoring", "infra", "local", "console", "cli", "functions"];
const FILES = new Map(ROOMS.flatMap(sources).map((source) => [source.path, source]));

/** The programs of package.json and cdk.json that Node begins with, in TypeScript. */
const PROGRAMS = ["package.json", "cdk.json"]
  .flatMap((file) => [...readFileSync(join(ROOT, file), "utf8").matchAll(/--import tsx (\S+\.ts)/g)])
  .map(([, path]) => path as string)
  .filter((path) => FILES.has(path));

/** Whether a program reads the settings as it is loaded. */
function readsSettings(path: string, seen = new Set<string>()): boolean {
  const source = FILES.get(path);
  if (!source || seen.has(path)) return false;
  seen.add(path);
  return imports(atLoading(source)).some((next) => next === "infra/stages.ts" || readsSettings(next, seen));
}

/** Without types, and without what is loaded later. */
const atLoading = ({ path, text }: Source): Source => ({
  path,
  text: text.replace(/^(import|export) type [^;]*;/gm, "").replace(/\bimport\(/g, ""),
});

/** Runs a small program that throws as it is loaded, as a wrong setting does. */
function load(error: string) {
  const program = `import ${JSON.stringify(`./${TELLS}`)};
    import { SettingsError } from "./cli/settings-error.ts";
    throw new ${error}("coursepost.config.ts: local.ownerMailbox: must be an email address");`;
  const given = ["--import", "tsx", "--input-type=module", "--eval", program];
  return spawnSync(process.execPath, given, { cwd: ROOT, encoding: "utf8" });
}

describe("a setting that cannot be meant", () => {
  it("is said by file and field, without a trace, before anything is started", () => {
    const { status, stderr } = load("SettingsError");
    expect(stderr).toBe("coursepost.config.ts: local.ownerMailbox: must be an email address\n");
    expect(status).toBe(1);
  });

  it("control: what is a mistake of ours keeps its trace", () => {
    const { status, stderr } = load("Error");
    expect(stderr).toMatch(/ownerMailbox[\s\S]*\n +at /);
    expect(status).toBe(1);
  });

  it("is said so by each program that reads the settings as it is loaded", () => {
    const reading = PROGRAMS.filter((path) => readsSettings(path));
    expect(reading).toEqual(
      expect.arrayContaining(["local/main.ts", "local/simulation/main.ts", "infra/app.ts"]),
    );
    const first = (path: string) => imports(FILES.get(path) as Source)[0];
    expect(reading.filter((path) => first(path) !== TELLS)).toEqual([]);
  });
});
