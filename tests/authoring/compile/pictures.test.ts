import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent } from "../../../authoring/checks/check-content.ts";
import { compileContent, loadContent } from "../../../authoring/compile/compile.ts";
import { composeSample, makeSamples, SAMPLE_READERS } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Picture } from "../../../functions/domain/pictures.ts";
import { openSite } from "../../support/web.ts";

const COURSE = "content/courses/managing-up-leading-down";
const LESSON = `${COURSE}/lessons/bring-the-example.md`;
const YAML = `${COURSE}/course.yaml`;
const ISSUE = "content/newsletter/the-roads-to-ceo.md";

let bench: string;
beforeAll(() => {
  bench = mkdtempSync(join(tmpdir(), "coursepost-pictures-"));
});
afterAll(() => rmSync(bench, { recursive: true, force: true }));

/** A copy of what an author edits, in which these files are added or, by a function, changed. */
function copyWith(files: Record<string, Buffer | string | ((source: string) => string)>): string {
  const folder = mkdtempSync(join(bench, "copy-"));
  for (const name of ["content", "templates"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const [file, made] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof made === "function" ? made(readFileSync(path, "utf8")) : made);
  }
  return folder;
}

const ending = (more: string) => (source: string) => `${source.trimEnd()}\n\n${more}\n`;
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#8f3a1f" } });
/** Grey dots that no program can pack, the same for the same seed: about a byte each as PNG or GIF. */
function noise(width: number, height: number, seed = 1) {
  const dots = Buffer.alloc(width * height);
  let state = seed;
  for (let at = 0; at < dots.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    dots[at] = state >>> 24;
  }
  return sharp(dots, { raw: { width, height, channels: 1 } });
}
const complaintOf = (folder: string): Promise<string> =>
  compileContent(folder).then(
    () => "",
    (error: Error) => error.message,
  );
/** The last line of the lesson, where a test adds its picture. */
const lineOf = (folder: string) => readFileSync(join(folder, LESSON), "utf8").trimEnd().split("\n").length;

async function mailOf(folder: string, name = "lesson-bring-the-example") {
  const content = await loadContent(folder);
  const sample = makeSamples(content).find((one) => one.name === name) ?? expect.fail(`no ${name}`);
  return { mail: composeSample(sample, SAMPLE_READERS[0]), pictures: content.pictures ?? [] };
}

const sizeOf = async ({ bytes }: Picture) => {
  const { width, height, format, pages } = await sharp(Buffer.from(bytes)).metadata();
  return { width, height, format, ...(pages && { pages }) };
};
const drawnFrom = (pictures: readonly Picture[], file: string) =>
  pictures.find((one) => one.file.endsWith(file)) ?? expect.fail(`${file} was not drawn`);

describe("a picture in a lesson", () => {
  it("is mailed as wide as a mail, at twice its density, with both of its measures and its words", async () => {
    const folder = copyWith({
      [`${COURSE}/lessons/team.png`]: await blank(2000, 1000).png().toBuffer(),
      [LESSON]: ending('![Six people around a "press"](team.png)'),
    });
    const { mail, pictures } = await mailOf(folder);
    const team = drawnFrom(pictures, "lessons/team.png");
    expect(await sizeOf(team)).toEqual({ width: 1008, height: 504, format: "png" });
    expect(mail.html).toContain(
      `<img src="https://pictures.course.example/pictures/${team.name}" width="504" height="252" alt="Six people around a &quot;press&quot;"`,
    );
    expect(mail.html).not.toContain("pictures.invalid");
  });

  it("is its words in the plain text, and its link where it has one", async () => {
    const folder = copyWith({
      [`${COURSE}/lessons/team.png`]: await blank(100, 100).png().toBuffer(),
      [LESSON]: ending("![Six people](team.png)\n\n[![The same people](team.png)](https://x.example/them)"),
    });
    const { mail } = await mailOf(folder);
    expect(mail.text).toMatch(/^\[Six people\]$/m);
    expect(mail.text).toMatch(/\[The same people\] \[\d+\]/);
    expect(mail.html).toMatch(/<a href="https:\/\/x\.example\/them"[^>]*><img /);
  });

  it("is never drawn larger than its author has it, but for a drawing, which has no largest size", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><path d="M0 0h60v30z"/></svg>';
    const folder = copyWith({
      [`${COURSE}/pictures/small.jpg`]: await blank(300, 150).jpeg().toBuffer(),
      [`${COURSE}/pictures/drawn.svg`]: svg,
      [LESSON]: ending("![A](../pictures/small.jpg)\n\n![B](../pictures/drawn.svg)"),
    });
    const { mail, pictures } = await mailOf(folder);
    expect(await sizeOf(drawnFrom(pictures, "small.jpg"))).toMatchObject({ width: 300, format: "jpeg" });
    expect(await sizeOf(drawnFrom(pictures, "drawn.svg"))).toMatchObject({ width: 120, format: "png" });
    expect(mail.html).toContain('width="300" height="150" alt="A"');
    expect(mail.html).toContain('width="60" height="30" alt="B"');
  });

  it("has a dark variant by its name, for programs that know of dark screens", async () => {
    const folder = copyWith({
      [`${COURSE}/lessons/chart.png`]: await blank(600, 300).png().toBuffer(),
      [`${COURSE}/lessons/chart.dark.png`]: await blank(602, 301).negate().png().toBuffer(),
      [LESSON]: ending("![Sales by decade](chart.png)"),
    });
    const { mail, pictures } = await mailOf(folder);
    const dark = drawnFrom(pictures, "chart.dark.png").name;
    const light = drawnFrom(pictures, "lessons/chart.png").name;
    expect(mail.html).toMatch(
      new RegExp(
        `<picture><source srcset="[^"]*${dark}" media="\\(prefers-color-scheme: dark\\)"><img src="[^"]*${light}"`,
      ),
    );
  });

  it("leaves what a camera wrote beside it, such as where it was, and stands upright", async () => {
    const taken = await blank(400, 200)
      .withExif({
        IFD0: { Copyright: "somebody" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif, "control").toBeDefined();
    const folder = copyWith({ [`${COURSE}/lessons/a.jpg`]: taken, [LESSON]: ending("![A](a.jpg)") });
    const { mail, pictures } = await mailOf(folder);
    expect((await sharp(Buffer.from(drawnFrom(pictures, "a.jpg").bytes)).metadata()).exif).toBeUndefined();
    expect(mail.html).toContain('width="200" height="400" alt="A"');
  });

  it("moves where it moved, and stands still in a bundle's name: the same for every reader and at every build", async () => {
    const frames = [0, 1, 2].map((at) =>
      blank(40, 40)
        .tint({ r: at * 80, g: 0, b: 0 })
        .png()
        .toBuffer(),
    );
    const gif = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const folder = copyWith({ [`${COURSE}/lessons/a.gif`]: gif, [LESSON]: ending("![A](a.gif)") });
    const [one, two] = [await mailOf(folder), await mailOf(folder)];
    const drawn = drawnFrom(one.pictures, "a.gif");
    expect(await sizeOf(drawn)).toMatchObject({ format: "gif", pages: 3 });
    expect(drawn.name).toBe(drawnFrom(two.pictures, "a.gif").name);
    expect(drawn.name).toMatch(/^[0-9a-f]{32}\.gif$/);
  });

  it("can stand in an issue as well, though no bundle holds its words", async () => {
    const folder = copyWith({
      "content/newsletter/map.png": await blank(80, 80).png().toBuffer(),
      [ISSUE]: ending("![A map](map.png)"),
    });
    const { module, pictures } = await compileContent(folder);
    expect(module).not.toContain(drawnFrom(pictures, "newsletter/map.png").name);
  });
});

describe("a picture that a mail cannot show is refused where it is named", () => {
  const png = () => blank(40, 40).png().toBuffer();
  it.each<[says: string, markdown: string, files: () => Promise<Record<string, Buffer | string>>]>([
    ["shows gone.png, which is not there", "![A](gone.png)", async () => ({})],
    [
      "which is not there; put it there, or correct its name",
      "![A](Team.png)",
      async () => ({ "lessons/team.png": await png() }),
    ],
    ["without words; say in [ ] what it shows", "![](a.png)", async () => ({ "lessons/a.png": await png() })],
    [
      "which is a JPEG, which its name does not say",
      "![A](a.png)",
      async () => ({ "lessons/a.png": await blank(9, 9).jpeg().toBuffer() }),
    ],
    [
      "which is no PNG that can be read",
      "![A](a.png)",
      async () => ({ "lessons/a.png": "<html>404</html>" }),
    ],
    ["which is no PNG that can be read", "![A](a.png)", async () => ({ "lessons/a.png": "" })],
    [
      "which has no ending of a picture",
      "![A](a.webp)",
      async () => ({ "lessons/a.webp": await blank(9, 9).webp().toBuffer() }),
    ],
    [
      "which has 11 MB; 10 are the limit",
      "![A](a.png)",
      async () => ({ "lessons/a.png": Buffer.alloc(11_000_000) }),
    ],
    [
      "KB as it is mailed; 400 are the limit",
      "![A](a.png)",
      async () => ({ "lessons/a.png": await noise(650, 650).png().toBuffer() }),
    ],
    ["which is outside of", "![A](../../../newsletter/a.png)", async () => ({})],
    ["which is outside of", "![A](/etc/passwd.png)", async () => ({})],
    ["which is outside of", "![A](..%2f..%2f..%2f..%2fa.png)", async () => ({})],
    ["which is on the web; save it beside the text", "![A](https://x.example/a.png)", async () => ({})],
    ["which is on the web; save it beside the text", "![A](data:image/png;base64,AAAA)", async () => ({})],
    [
      "whose dark variant a.dark.png has another shape",
      "![A](a.png)",
      async () => ({
        "lessons/a.png": await png(),
        "lessons/a.dark.png": await blank(40, 60).png().toBuffer(),
      }),
    ],
  ])("%s: %s", async (says, markdown, files) => {
    const added = Object.entries(await files()).map(([name, bytes]) => [`${COURSE}/${name}`, bytes] as const);
    const folder = copyWith({ ...Object.fromEntries(added), [LESSON]: ending(markdown) });
    const complaint = await complaintOf(folder);
    expect(complaint).toContain(says);
    expect(complaint).toContain(`${LESSON}:${lineOf(folder)}: `);
  });

  it("is told to take out frames where they are what weighs", async () => {
    const frames = [1, 2].map((seed) => noise(470, 470, seed).png().toBuffer());
    const gif = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif({ effort: 1 })
      .toBuffer();
    const folder = copyWith({ [`${COURSE}/lessons/a.gif`]: gif, [LESSON]: ending("![A](a.gif)") });
    expect(await complaintOf(folder)).toMatch(/bring-the-example\.md:\d+: shows a\.gif, .* take out frames/);
  });

  it("in a field of course.yaml too, with its line", async () => {
    const wrong = copyWith({ [YAML]: (source) => source.replace("file: mark.svg", "file: marc.svg") });
    expect(await complaintOf(wrong)).toMatch(
      /course\.yaml:\d+: logo\.file: shows marc\.svg, which is not there/,
    );
    const mute = copyWith({ [YAML]: (source) => source.replace(/, alt: "[^"]*"/, "") });
    expect(await complaintOf(mute)).toMatch(/course\.yaml:\d+: logo\.alt: is missing/);
  });

  it("control: the same lesson with a picture that is right is taken", async () => {
    const folder = copyWith({ [`${COURSE}/lessons/a.png`]: await png(), [LESSON]: ending("![A](a.png)") });
    expect(await complaintOf(folder)).toBe("");
  });
});

describe("a portrait", () => {
  const FACE = `portrait: { file: face.jpg, alt: 'Mark, a "printer"' }\n`;
  const withFace = (files: Record<string, Buffer>, field = FACE) =>
    copyWith({ ...files, [YAML]: (source) => `${source.trimEnd()}\n${field}` });
  const face = (name: string, width = 900, height = 1200) =>
    blank(width, height)
      .jpeg()
      .toBuffer()
      .then((bytes) => ({ [`${COURSE}/${name}`]: bytes }));
  const landingOf = async (folder: string) => {
    const content = await loadContent(folder);
    const site = await openSite(content);
    const { body, headers } = await site.request("GET /");
    await site.stop();
    return { body, policy: headers?.["content-security-policy"] ?? "", pictures: content.pictures ?? [] };
  };

  it("stands on the landing page with both of its measures and its words, and its page lets it in", async () => {
    const { body, policy, pictures } = await landingOf(withFace(await face("face.jpg")));
    const drawn = drawnFrom(pictures, "face.jpg");
    expect(await sizeOf(drawn)).toEqual({ width: 320, height: 427, format: "jpeg" });
    const [shown = "", src = ""] = /<p class="portrait"><img src="([^"]+)"[^>]*>/.exec(body) ?? [];
    expect(shown).toContain('width="160" height="213" alt="Mark, a &quot;printer&quot;"');
    expect(shown).not.toContain("style=");
    expect(src).toMatch(new RegExp(`^https://[^/]+/pictures/${drawn.name}$`));
    expect(policy).toMatch(new RegExp(`img-src[^;]*${new URL(src).origin}`));
  });

  it("has a dark variant by its name", async () => {
    const files = { ...(await face("face.jpg")), ...(await face("face.dark.jpg")) };
    files[`${COURSE}/face.dark.jpg`] = await blank(900, 1200).negate().jpeg().toBuffer();
    const { body, pictures } = await landingOf(withFace(files));
    const dark = drawnFrom(pictures, "face.dark.jpg").name;
    expect(body).toMatch(
      new RegExp(
        `<p class="portrait"><picture><source srcset="[^"]*/${dark}" media="\\(prefers-color-scheme: dark\\)"><img `,
      ),
    );
  });

  it("that is not there, or says nothing, is refused with its line; a course without one has no place for it", async () => {
    const line = readFileSync(join(ROOT, YAML), "utf8").trimEnd().split("\n").length + 1;
    expect(await complaintOf(withFace({}))).toBe(
      `${YAML}:${line}: portrait.file: shows face.jpg, which is not there; put it there, or correct its name (a capital is another letter)`,
    );
    const mute = withFace(await face("face.jpg"), "portrait: { file: face.jpg }\n");
    expect(await complaintOf(mute)).toMatch(/course\.yaml:\d+: portrait\.alt: is missing/);
    const { body } = await landingOf(copyWith({}));
    expect(body).toContain('<figure class="inbox"');
    expect(body).not.toContain('class="portrait"');
  });
});

describe("the weight of a mail's pictures", () => {
  it("is told, warned of and refused by check:content, all of them together", async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const photos = await Promise.all(seeds.map((seed) => noise(620, 600, seed).jpeg().toBuffer()));
    const shown = (count: number) =>
      ending(
        seeds
          .slice(0, count)
          .map((seed) => `![Photo](p${seed}.jpg)`)
          .join("\n\n"),
      );
    const lesson = (name: string) => `${COURSE}/lessons/${name}.md`;
    const folder = copyWith({
      ...Object.fromEntries(photos.map((bytes, at) => [`${COURSE}/lessons/p${seeds[at]}.jpg`, bytes])),
      [lesson("a-better-number")]: shown(1),
      [lesson("bring-the-example")]: shown(4),
      [lesson("headwinds-inside")]: shown(6),
    });
    const { findings, counted } = await checkContent(folder);
    const weighed = findings.filter(({ rule }) => rule === "pictures-weight");
    expect(weighed.map(({ severity, file }) => `${severity} ${file}`).sort()).toEqual([
      `error ${lesson("headwinds-inside")}`,
      `warning ${lesson("bring-the-example")}`,
    ]);
    expect(counted.heaviest).toMatchObject({ mail: "lesson-headwinds-inside" });
  }, 120_000);
});
