import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/root.ts";

const VERBS = ["web", "deliver", "reply", "feedback", "report"];

interface Source {
  path: string;
  text: string;
}

function sources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, file).split(sep).join("/"), text: readFileSync(file, "utf8") };
    });
}

/** What a file imports: paths from the root for our own, package names for others. */
function imports({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s+"([^"]+)"/g)].map((match) => match[1] as string);
  return specifiers.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(path), name) : name));
}

const layerOf = (path: string): string => path.split("/")[1]?.replace(/\.ts$/, "") ?? "";
const isHandler = (path: string): boolean => path.endsWith(".handler.ts");

/** What each folder of `functions/` may import of the others. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ["domain"],
  errors: [],
  ports: ["domain"],
  mail: ["mail", "links", "domain", "errors", "ports"],
  links: ["links", "domain", "errors", "ports"],
  consent: ["consent", "domain", "mail", "links", "errors", "ports"],
  aws: ["aws", "ports", "domain", "mail", "errors"],
  ...Object.fromEntries(
    VERBS.map((verb) => [verb, [verb, "domain", "mail", "links", "consent", "ports", "errors"]]),
  ),
};

function wrongImports(source: Source): string[] {
  if (isHandler(source.path)) return [];
  const layer = layerOf(source.path);
  return imports(source)
    .filter((name) => name.startsWith("functions/"))
    .filter((name) => !MAY_IMPORT[layer]?.includes(layerOf(name)))
    .map(
      (name) => `${source.path} imports ${name}: ${layer}/ may import only ${MAY_IMPORT[layer]?.join(", ")}`,
    );
}

describe("the shape of the code", () => {
  const functions = sources("functions").filter((source) => !source.path.endsWith(".d.ts"));

  it("lets imports point inwards only", () => {
    expect(functions.flatMap(wrongImports)).toEqual([]);
  });

  it("control: a verb that imports another verb, or AWS, is found", () => {
    const planted = (line: string) => wrongImports({ path: "functions/deliver/x.ts", text: line });
    expect(planted('import { a } from "../web/sign-up/sign-up.ts";')).toHaveLength(1);
    expect(planted('import { a } from "../aws/store.ts";')).toHaveLength(1);
    expect(planted('import { a } from "../domain/time.ts";')).toHaveLength(0);
  });

  it("knows AWS in one folder", () => {
    const elsewhere = functions.filter(({ path }) => layerOf(path) !== "aws");
    expect(elsewhere.filter((source) => imports(source).some((name) => name.startsWith("@aws-sdk")))).toEqual(
      [],
    );
  });

  it("joins a verb with AWS only in handlers, and a handler is a sentence: no `if`", () => {
    const handlers = functions.filter(({ path }) => isHandler(path));
    expect(handlers.length).toBeGreaterThan(0);
    for (const { path, text } of handlers) {
      expect(text, `${path} decides something; let its verb decide`).not.toMatch(
        /\b(if|for|switch|while)\b|\?/,
      );
    }
  });

  it("reads the clock, the environment and randomness in one place each", () => {
    const reads = (pattern: RegExp) =>
      functions.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
    expect(reads(/Date\.now\(|new Date\(\)|performance\.now/)).toEqual(["functions/aws/runtime.ts"]);
    expect(reads(/process\.env/)).toEqual(["functions/aws/config.ts"]);
    expect(reads(/randomBytes|randomUUID|Math\.random/)).toEqual(["functions/aws/runtime.ts"]);
  });

  it("uses no timer that a virtual clock could not move", () => {
    const wrong = functions.filter(({ text }) => /AbortSignal\.timeout|timers\/promises/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("mocks no module in any test", () => {
    const mock = ["vi", "mock("].join(".");
    expect(
      sources("tests")
        .filter(({ text }) => text.includes(mock))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
