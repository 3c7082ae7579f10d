import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/root.ts";

const PAGE = readFileSync(join(ROOT, "docs", "THREATS.md"), "utf8");
const SCRIPTS = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts as Record<
  string,
  string
>;
/** `[name](../path "a test's title")` */
const LINK = /\[[^\]]+\]\(\.\.\/(tests\/[^)\s]+)(?: "([^"]+)")?\)/g;
const CELLS = ["who wants what", "what stops them", "what is left", "test"];

interface Threat {
  who: string;
  stops: string;
  tests: { file: string; title: string | undefined }[];
  scripts: string[];
}

/** The rows of all tables, each with what its last cell names. */
function readThreats(page: string): Threat[] {
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  return rows
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first = ""]) => first !== CELLS[0] && !/^-+$/.test(first))
    .map(([who = "", stops = "", , tests = ""]) => ({
      who,
      stops,
      tests: [...tests.matchAll(LINK)].map(([, file = "", title]) => ({ file, title })),
      scripts: [...tests.matchAll(/`npm run ([\w:-]+)`/g)].map(([, script = ""]) => script),
    }));
}

/** What of a threat's proof is not there. */
function listMissing({ who, stops, tests, scripts }: Threat): string[] {
  const missing = tests.filter(({ file, title }) => {
    const text = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : "";
    return text === "" || (title !== undefined && !text.includes(title));
  });
  return [
    ...missing.map(({ file, title }) => `${who}: ${file} ${title ?? ""}`),
    ...scripts.filter((script) => !SCRIPTS[script]).map((script) => `${who}: npm run ${script}`),
    ...(stops === "" ? [`${who}: nothing stops them`] : []),
    ...(tests.some(({ title }) => title !== undefined) ? [] : [`${who}: no test is named by its title`]),
  ];
}

describe("docs/THREATS.md", () => {
  it("names for each threat what stops it, and a test that is there, by its title", () => {
    const threats = readThreats(PAGE);
    expect(threats.length).toBeGreaterThan(25);
    expect(threats.flatMap(listMissing)).toEqual([]);
  });

  it.each([
    ["a file", '| to x | y | | [a](../tests/nowhere.test.ts "t") |'],
    ["a title", '| to x | y | | [a](../tests/threats.test.ts "is not a title h\u0065re") |'],
    ["a script", '| to x | y | | `npm run nothing`, [a](../tests/threats.test.ts "docs/THREATS.md") |'],
    ["any title", "| to x | y | | [a](../tests/threats.test.ts) |"],
    ["what stops it", '| to x | | | [a](../tests/threats.test.ts "docs/THREATS.md") |'],
  ])("control: %s that is not there is found", (_, row) => {
    expect(readThreats(row).flatMap(listMissing)).toHaveLength(1);
  });

  it("says how limits are chosen, and what the owner does about each kind of trouble", () => {
    expect(PAGE).toContain("## How the limits are chosen");
    const [, owner = ""] = PAGE.split("## What the owner does");
    for (const trouble of [
      "Sign-ups are dropped",
      "Confirmations are held",
      "flood",
      "no confirmation comes",
      "set aside",
      "keyring",
    ])
      expect(owner).toContain(trouble);
    expect(readFileSync(join(ROOT, "SECURITY.md"), "utf8")).toContain("(docs/THREATS.md)");
  });
});
