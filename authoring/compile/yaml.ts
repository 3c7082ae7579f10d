import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type * as z from "zod";
import type { Problem, Sources } from "./sources.ts";

/** A file's fields once they are right, and where each of them stands. */
export interface Checked<Value> {
  value: Value;
  /** The line of a field in the file, or of the nearest field around it. */
  lineOf(...path: Path): number;
}
type Path = (string | number)[];

/**
 * A file's YAML by a schema, or undefined and what is wrong with it reported.
 * @param yaml the file's text, or the part of it that is YAML
 * @param firstLine the line of the file on which the YAML begins
 */
export function readYaml<Value>(
  sources: Sources,
  file: string,
  yaml: string,
  schema: z.ZodType<Value>,
  firstLine = 1,
): Checked<Value> | undefined {
  const { document, lineAt, lineOf } = parse(yaml, firstLine);
  if (document.errors.length > 0) {
    sources.report(
      ...document.errors.map(({ pos, message }) => ({ file, line: lineAt(pos[0]), todo: message })),
    );
    return undefined;
  }
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { value: result.data, lineOf };
  sources.report(...result.error.issues.flatMap((issue) => listProblems(file, issue, lineOf)));
  return undefined;
}

/** Whatever fields YAML has, for those who look at a file before it is right; undefined if it cannot be read at all. */
export function findFields(yaml: string, firstLine = 1): Checked<Record<string, unknown>> | undefined {
  const { document, lineOf } = parse(yaml, firstLine);
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { value: value as Record<string, unknown>, lineOf }
    : undefined;
}

function parse(yaml: string, firstLine: number) {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number): number => counter.linePos(offset).line + firstLine - 1;
  const lineOf = (...path: Path): number => lineAt(findOffset(document.contents, path));
  return { document, lineAt, lineOf };
}

/** A Markdown file, its fields read by a schema. */
export interface Written<Value> {
  fields: Checked<Value> | undefined;
  body: string;
  /** The line on which the body begins. */
  bodyLine: number;
}

/** A Markdown file that must begin with front matter; undefined, and reported, if it does not or is not there. */
export function readMarkdown<Value>(
  sources: Sources,
  file: string,
  schema: z.ZodType<Value>,
): Written<Value> | undefined {
  const source = sources.required(file, "is missing");
  const split = splitFrontMatter(source ?? "");
  if (split)
    return {
      fields: readYaml(sources, file, split.yaml, schema, 2),
      body: split.body,
      bodyLine: split.bodyLine,
    };
  if (source !== undefined)
    sources.report({
      file,
      line: 1,
      todo: "has no front matter; begin the file with --- and end it with ---",
    });
  return undefined;
}

/** Splits a Markdown file into its front matter and body, and says on which line the body begins. */
export function splitFrontMatter(
  source: string,
): { yaml: string; body: string; bodyLine: number } | undefined {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(source);
  if (!match) return undefined;
  const [whole, yaml = ""] = match;
  return { yaml, body: source.slice(whole.length), bodyLine: whole.split("\n").length };
}

/** Where the deepest field of a path that is there begins. */
function findOffset(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function listProblems(file: string, issue: z.core.$ZodIssue, lineOf: (...path: Path) => number): Problem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      file,
      line: lineOf(...path, key),
      field: [...path, key].join("."),
      todo: "is not a field this file has; remove it, or correct its spelling",
    }));
  }
  return [{ file, line: lineOf(...path), field: path.join("."), todo: whatToDo(issue) }];
}

function whatToDo(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  if (issue.message.endsWith("received undefined")) return "is missing; add it";
  return issue.message.startsWith("Invalid input")
    ? `is not ${ARTICLE[issue.expected] ?? issue.expected}`
    : issue.message;
}

const ARTICLE: Record<string, string> = {
  string: "text; put it in quotes",
  array: "a list; write one item a line, each after a dash",
  object: "a group of fields; indent them below it",
};
