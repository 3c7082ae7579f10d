import * as z from "zod";
import { contrastRatio } from "./contrast.ts";
import { unlessMissing } from "./front-matter.ts";
import type { Problem, Sources } from "./sources.ts";
import { type Checked, readYaml } from "./yaml.ts";

/** The colours and faces of all mails and pages: the one file that an owner changes to have their own. */
export const LOOK = "templates/look.yaml";

const colour = z
  .string(unlessMissing('is not a colour in quotes; write for example "#8f3a1f"'))
  .regex(/^#[0-9a-f]{6}$/, "is not a colour; write # and six of 0-9 and a-f, in quotes");
/** In mails they stand inside double quotes. */
const face = (allowed: RegExp, todo: string) => z.string(unlessMissing(todo)).regex(allowed, todo);
const colours = <Name extends string>(...names: Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, colour])) as Record<Name, typeof colour>);
/** A dark screen has no lines of its own for tables: they are seen on both. */
const IN_BOTH = ["paper", "sheet", "inset", "ink", "soft", "line", "accent", "onAccent", "wrong"] as const;
const schema = z.strictObject({
  faces: z.strictObject({
    mails: face(
      /^[\w ',-]{1,200}$/,
      "is not a list of faces; write names with commas, in single quotes if at all",
    ),
    pages: face(/^[\w "',-]{1,200}$/, "is not a list of faces; write names with commas between them"),
  }),
  light: colours(...IN_BOTH, "edge", "second"),
  dark: colours(...IN_BOTH),
});

/** What stands for `{{look.<key>}}`: `accent`, `dark.accent`, `faces.mails`. */
export type Look = ReadonlyMap<string, string>;

/** The look that all templates share; empty, and reported, if it cannot be had. */
export function readLook(sources: Sources): Look {
  const source = sources.required(LOOK, "is missing; it holds the colours of mails and pages");
  const checked = source === undefined ? undefined : readYaml(sources, LOOK, source, schema);
  if (!checked) return new Map();
  sources.report(...unreadable(checked));
  const { faces, light, dark } = checked.value;
  return new Map([
    ...Object.entries(faces).map(([name, value]) => [`faces.${name}`, value] as const),
    ...Object.entries(light).map(([name, value]) => [name, value] as const),
    ...Object.entries(dark).map(([name, value]) => [`dark.${name}`, value] as const),
  ]);
}

/** The look as a style sheet's own names, for pages that no template makes: `--accent`, and `--face` of pages. */
export function lookAsStyle(look: Look): string {
  const writeProperties = (prefix: string) =>
    [...look]
      .filter(([key]) => key.startsWith(prefix) && !key.slice(prefix.length).includes("."))
      .map(([key, value]) => `--${key.slice(prefix.length)}:${value};`)
      .join("");
  const face = look.get("faces.pages") ?? "serif";
  return `:root{--face:${face};${writeProperties("")}}@media(prefers-color-scheme:dark){:root{${writeProperties("dark.")}}}\n`;
}

/** What is read on what: text and its ground (WCAG 2.2, 1.4.3). */
const READ_ON: readonly [text: string, ground: string][] = [
  ...["ink", "soft", "accent", "wrong"].flatMap((text) =>
    ["paper", "sheet"].map((ground): [string, string] => [text, ground]),
  ),
  ["ink", "inset"],
  ["accent", "inset"],
  ["onAccent", "accent"],
];
const LEAST_CONTRAST = 4.5;

function unreadable({ value, findLine }: Checked<z.infer<typeof schema>>): Problem[] {
  return (["light", "dark"] as const).flatMap((mode) =>
    READ_ON.flatMap(([text, ground]) => {
      const of = value[mode] as Record<string, string>;
      const contrast = contrastRatio(of[text] ?? "", of[ground] ?? "");
      if (contrast >= LEAST_CONTRAST) return [];
      const todo = `has a contrast of ${contrast.toFixed(1)} on \`${ground}\`; text needs ${LEAST_CONTRAST}, so make one of them darker or lighter`;
      return [{ file: LOOK, line: findLine(mode, text), field: `${mode}.${text}`, todo }];
    }),
  );
}

const USE = /\{\{look\.([\w.]+)\}\}/g;

/** Text with the look in it. A name that the look does not have is left: `unknownLooks` tells of it. */
export const inLook = (text: string, look: Look): string =>
  text.replace(USE, (whole, key: string) => look.get(key) ?? whole);

/** The same of all texts of a value that is JSON. */
export const withLook = <Value>(value: Value, look: Look): Value =>
  JSON.parse(
    JSON.stringify(value).replace(USE, (whole, key: string) => {
      const found = look.get(key);
      return found === undefined ? whole : JSON.stringify(found).slice(1, -1);
    }),
  );

/** Names of a template that the look does not have. */
export function unknownLooks(file: string, source: string, look: Look): Problem[] {
  if (look.size === 0) return [];
  return [...source.matchAll(USE)]
    .filter(([, key = ""]) => !look.has(key))
    .map(({ 1: key = "", index }) => ({
      file,
      line: source.slice(0, index).split("\n").length,
      field: `{{look.${key}}}`,
      todo: `is not in ${LOOK}; it has ${[...look.keys()].join(", ")}`,
    }));
}
