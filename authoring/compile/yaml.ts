import { decodeHTMLStrict } from "entities";
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
} from "yaml";
import type * as z from "zod";
import type { Problem, Sources } from "./sources.ts";
import { findUnseen } from "./unseen.ts";

/** A file's fields once they are right, and where each of them stands. */
export interface Checked<Value> {
  value: Value;
  /** The line of a field in the file, or of the nearest field around it. */
  findLine(...path: FieldPath): number;
}
type FieldPath = (string | number)[];

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
  const { parsed, unreadable, readFields } = readLatest(file, yaml);
  const { findLineAtOffset, findLine } = linesFrom(parsed, firstLine);
  if (unreadable.length > 0) {
    sources.report(
      ...unreadable.map(({ at, ...problem }) => ({ file, line: findLineAtOffset(at), ...problem })),
    );
    return undefined;
  }
  const result = schema.safeParse(readFields() ?? {}, { reportInput: true });
  if (result.success) return { value: result.data, findLine };
  sources.report(...result.error.issues.flatMap((issue) => listProblems(file, issue, findLine)));
  return undefined;
}

interface Latest {
  yaml: string;
  parsed: Parsed;
  unreadable: readonly Trap[];
  /** Its values, made once. */
  readFields(): unknown;
}

/** The latest of each file: a preview and a check read all of them again where one has changed. */
const latest = new Map<string, Latest>();

function readLatest(file: string, yaml: string): Latest {
  const known = latest.get(file);
  if (known?.yaml === yaml) return known;
  const parsed = parse(yaml);
  const { document } = parsed;
  const unreadable = [...document.errors.map(brokenYaml), ...findTraps(document, yaml, file.endsWith(".md"))];
  let fields: unknown;
  const readFields = () => {
    fields ??= document.toJS();
    return fields;
  };
  const fresh = { yaml, parsed, unreadable, readFields };
  latest.set(file, fresh);
  return fresh;
}

/** Whatever fields YAML has, for those who look at a file before it is right; undefined if it cannot be read at all. */
export function findFields(yaml: string, firstLine = 1): Checked<Record<string, unknown>> | undefined {
  const { parsed, value } = lookAt(yaml);
  const { findLine } = linesFrom(parsed, firstLine);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { value: value as Record<string, unknown>, findLine }
    : undefined;
}

interface LookedAt {
  parsed: Parsed;
  /** Undefined if it cannot be read. */
  value: unknown;
}

/** By text: each check of each file asks what the file has in common with others, which stands in one. */
const lookedAt = new Map<string, LookedAt>();
/** Several times the files of a course. */
const MOST_LOOKED_AT = 512;

function lookAt(yaml: string): LookedAt {
  const known = lookedAt.get(yaml);
  if (known) return known;
  const parsed = parse(yaml);
  const { document } = parsed;
  const isReadable = document.errors.length === 0 && findTraps(document, yaml).length === 0;
  const fresh = { parsed, value: isReadable ? (document.toJS() as unknown) : undefined };
  if (lookedAt.size >= MOST_LOOKED_AT) lookedAt.clear();
  lookedAt.set(yaml, fresh);
  return fresh;
}

interface Trap {
  /** Offset in the YAML. */
  at: number;
  field?: string;
  todo: string;
}

const brokenYaml = ({ pos, message }: { pos: [number, number]; message: string }): Trap => ({
  at: pos[0],
  todo: `is not YAML (${message}); put it in quotes if it is words`,
});

/**
 * What YAML reads as something else than an author has written, without a word: a comment behind words, anchors, aliases
 * and tags, letters that a backslash stands for, and characters that nobody can see. Numbers and the like are the
 * schema's to refuse.
 */
function findTraps(document: Document, yaml: string, isFrontMatter = false): Trap[] {
  const traps: Trap[] = [];
  // YAML 1.1 takes yes and no, and 07:30, for something else than words.
  if (document.directives?.yaml.explicit)
    traps.push({ at: 0, todo: "chooses a version of YAML; take the line that begins with % out" });
  visit(document, {
    Node(_, node, ancestors) {
      const todo = trapInWords(node, { yaml, isFrontMatter });
      const field = ancestors.flatMap((one) => (isPair(one) ? [String(one.key)] : [])).join(".");
      if (todo) traps.push({ at: node.range?.[0] ?? 0, ...(field && { field }), todo });
    },
  });
  return traps;
}

interface YamlPlace {
  yaml: string;
  isFrontMatter: boolean;
}

function trapInWords(node: Node, { yaml, isFrontMatter }: YamlPlace): string | undefined {
  if (isAlias(node)) return `begins with *, which YAML takes for the name of something else; ${IN_QUOTES}`;
  const { anchor, tag } = node as Scalar;
  if (anchor) return `loses "&${anchor}", which YAML takes for a name; ${IN_QUOTES}`;
  if (tag) return `loses "${tag}", which YAML takes for a type; ${IN_QUOTES}`;
  if (!isScalar(node)) return undefined;
  const comment = findComment(node, yaml);
  // `ink: "#2d2a26" # the words` is plain in a list of settings; below a subject, words that are lost are mailed to nobody.
  const isPlain = String(node.type).startsWith("QUOTE") && !isFrontMatter && /^#\s/.test(comment ?? "");
  if (comment !== undefined && !isPlain)
    return `loses "${comment}", which YAML takes for a comment; ${IN_QUOTES}, or write a comment on a line of its own`;
  if (typeof node.value !== "string") return undefined;
  if (INVISIBLE.test(node.value) || findUnseen(node.value))
    return "holds a character that cannot be seen; within double quotes, write two backslashes for one";
  const [written] = node.type === "QUOTE_DOUBLE" ? (ESCAPE.exec(sourceText(node, yaml)) ?? []) : [];
  if (written)
    return `reads ${written} as something else; write the letter itself, or two backslashes for one`;
  const entity = node.value.match(ENTITY)?.find((one) => decodeHTMLStrict(one) !== one);
  return entity && `holds ${entity}, which is mailed as it stands; write ${decodeHTMLStrict(entity)} instead`;
}

/** A comment behind words, on their line; or behind the sign of a block, `|-`. */
function findComment(node: Scalar, yaml: string): string | undefined {
  const [begin, end] = node.range ?? [0, 0];
  const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  const [line = ""] = yaml.slice(isBlock ? begin : end).split("\n", 1);
  return /(?:^|[ \t])(#.*)$/.exec(isBlock ? line : line.replace(/^[ \t]*[^ \t#].*$/, ""))?.[1];
}

const IN_QUOTES = "put it in quotes";
const sourceText = (node: Scalar, yaml: string): string => yaml.slice(node.range?.[0], node.range?.[1]);
/** Backslashes in double quotes but those before a quote, a backslash, an `n` or the line's end. */
const ESCAPE = /(?<=^[^\\]*(?:\\[\s\S][^\\]*)*)\\(?:x\w{2}|u\w{4}|U\w{8}|[^"\\n\r\n])/;
const ENTITY = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi;
/** Control characters but line ends. Some come of a backslash in double quotes: `"C:\\temp"`. */
const INVISIBLE = /[^\P{Cc}\n]/u;

interface Parsed {
  document: Document.Parsed;
  counter: LineCounter;
}

function parse(yaml: string): Parsed {
  const counter = new LineCounter();
  return { counter, document: parseDocument(yaml, { lineCounter: counter, prettyErrors: false }) };
}

function linesFrom({ document, counter }: Parsed, firstLine: number) {
  const findLineAtOffset = (offset: number): number => counter.linePos(offset).line + firstLine - 1;
  const findLine = (...path: FieldPath): number => findLineAtOffset(findOffset(document.contents, path));
  return { findLineAtOffset, findLine };
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
  const match = /^---\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(source);
  if (!match) return undefined;
  const [whole, yaml = ""] = match;
  return { yaml, body: source.slice(whole.length), bodyLine: whole.split("\n").length };
}

/** Where the deepest field of a path that is there begins. */
function findOffset(root: Node | null, path: FieldPath): number {
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

function listProblems(
  file: string,
  issue: z.core.$ZodIssue,
  findLine: (...path: FieldPath) => number,
): Problem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      file,
      line: findLine(...path, key),
      field: [...path, key].join("."),
      todo: "is not a field this file has; remove it, or correct its spelling",
    }));
  }
  return [{ file, line: findLine(...path), field: path.join("."), todo: whatToDo(issue) }];
}

function whatToDo(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.input === null) return "is empty; write it";
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
