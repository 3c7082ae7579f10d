import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listTemplateFiles } from "../../../authoring/compile/compile-templates.ts";
import { contrastRatio } from "../../../authoring/compile/contrast.ts";
import { inLook, LOOK, readLook, unknownLooks, withLook } from "../../../authoring/compile/look.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";
import { ROOT } from "../../../cli/root.ts";

/** The build's own HTML: of an author's Markdown. */
const IN_HTML = ["authoring/compile/markdown.ts", "authoring/compile/table.ts"];

describe("the look of mails and pages", () => {
  let root: string;
  let shipped: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "look-"));
    await mkdir(join(root, "templates"));
    shipped = await readFile(join(ROOT, LOOK), "utf8");
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  /** What is said of the shipped look with one thing put otherwise. */
  async function problemsOf(from: string, to: string): Promise<string[]> {
    expect(shipped).toContain(from);
    await writeFile(join(root, LOOK), shipped.replace(from, to));
    const sources = openSources(root);
    readLook(sources);
    return sources.problems.map(inWords);
  }

  it("ships with colours that can be read on each other", () => {
    const sources = openSources(ROOT);
    expect(readLook(sources).get("dark.accent")).toMatch(/^#/);
    expect(sources.problems).toEqual([]);
  });

  it.each([
    ['ink: "#2d2a26" ', 'ink: "#b0a8a0" ', /look\.yaml:\d+: light\.ink: has a contrast of .* on `paper`/],
    ['soft: "#b5aa9a"', 'soft: "#3a3733"', /look\.yaml:\d+: dark\.soft: has a contrast of .* on `sheet`/],
    ['accent: "#8f3a1f"', 'accent: "red"', /light\.accent: is not a colour; write # and six of 0-9 and a-f/],
    ['wrong: "#ff9d94"', "", /dark\.wrong: is missing/],
    ['line: "#4a433b"', 'line: "#4a433b"\n  lines: "#4a433b"', /dark\.lines: is not a field this file has/],
    ["mails: \"Georgia, 'Iowan", "mails: \"Georgia; 'Iowan", /faces\.mails: is not a list of faces/],
  ])("says where it is wrong: %s → %s", async (from, to, why) => {
    expect((await problemsOf(from, to)).join("\n")).toMatch(why);
  });

  it("is put into templates and into an author's HTML, and a name it does not have is told with its line", () => {
    const look = new Map([
      ["ink", "#123456"],
      ["faces.pages", 'A, "B C"'],
    ]);
    expect(inLook("a{color:{{look.ink}}}", look)).toBe("a{color:#123456}");
    expect(withLook({ html: "x {{look.faces.pages}}" }, look)).toEqual({ html: 'x A, "B C"' });
    expect(unknownLooks("t.hbs", "one\n{{look.inc}}", look)).toEqual([
      { file: "t.hbs", line: 2, field: "{{look.inc}}", todo: expect.stringContaining("it has ink, faces") },
    ]);
  });

  it("has nothing that no template uses", async () => {
    const used = (
      await Promise.all(
        [...listTemplateFiles(openSources(ROOT)), ...IN_HTML].map((file) =>
          readFile(join(ROOT, file), "utf8"),
        ),
      )
    ).join("");
    const unused = [...readLook(openSources(ROOT)).keys()].filter((key) => !used.includes(`{{look.${key}}}`));
    expect(unused).toEqual([]);
  });

  it("reckons contrast as WCAG does", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});
