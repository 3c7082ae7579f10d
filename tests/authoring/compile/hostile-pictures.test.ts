import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { richText } from "../../../authoring/compile/markdown.ts";
import { drawPictures, readAlbum } from "../../../authoring/compile/pictures.ts";
import { inWords, openSources } from "../../../authoring/compile/sources.ts";

const LESSON = "content/courses/c/lessons/one.md";
/** The line of the lesson at which its words begin, as behind its front matter. */
const FIRST_LINE = 7;

let bench: string;
beforeAll(() => {
  bench = mkdtempSync(join(tmpdir(), "coursepost-hostile-"));
});
afterAll(() => rmSync(bench, { recursive: true, force: true }));

/** A folder of content; paths are read from the lesson's. */
function folderWith(files: Record<string, Buffer | string>): string {
  const root = mkdtempSync(join(bench, "content-"));
  for (const [name, bytes] of Object.entries({ "one.md": "", ...files })) {
    const path = join(root, dirname(LESSON), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return root;
}

/** What becomes of a lesson with these words. @param meanwhile what somebody does when the files have been read */
async function lessonOf(root: string, body: string, meanwhile = () => {}) {
  const sources = openSources(root);
  await readAlbum(sources, "content");
  meanwhile();
  const text = richText(sources, LESSON, { body, bodyLine: FIRST_LINE });
  const pictures = await drawPictures(sources);
  return { html: text?.html ?? "", pictures, complaints: sources.problems.map(inWords) };
}

const colourOf = async (bytes: Uint8Array | undefined) =>
  (await sharp(bytes).stats()).channels.slice(0, 3).map(({ mean }) => Math.round(mean));

const BLUE = "#0000ff";
const png = (width = 40, height = 40, background = "#ff0000") =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
const svg = (inside: string, { size = 'width="60" height="30"', before = "" } = {}) =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`;
const SHAPE = '<path fill="#00f" d="M0 0h60v30h-60z"/>';

/** The sum that ends each part of a PNG (its specification, annex D). */
function sumOf(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function pngPart(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(sumOf(named));
  return Buffer.concat([length, named, sum]);
}

/** Black, a bit a dot. @param said what its head says that it measures */
function blackPng(side: number, said = side): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(said, 0);
  head.writeUInt32BE(said, 4);
  head[8] = 1;
  const rows = Buffer.alloc((Math.ceil(side / 8) + 1) * side);
  const parts = [pngPart("IHDR", head), pngPart("IDAT", deflateSync(rows)), pngPart("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

/** A small file that unpacks to 900 million dots. */
const BOMB = blackPng(30_000);

describe("a file that is made to do harm is refused where it is named", () => {
  it("control: the bomb is small, and a picture made the same way is taken", async () => {
    expect(BOMB.length).toBeLessThan(200_000);
    const { complaints, pictures } = await lessonOf(folderWith({ "a.png": blackPng(40) }), "![A](a.png)");
    expect(complaints).toEqual([]);
    expect(await colourOf(pictures[0]?.bytes)).toEqual([0, 0, 0]);
  });

  const drawing = (inside: string, more = {}) => ({ "a.svg": svg(inside, more) });
  it.each<[what: string, says: string, files: () => Record<string, Buffer | string>]>([
    ["a bomb of 900 million dots", "holds 900 million dots", () => ({ "a.png": BOMB })],
    ["a head that says more than there is", "cannot be drawn", () => ({ "a.png": blackPng(40, 7_000) })],
    ["a picture cut in two", "cannot be drawn", () => ({ "a.png": blackPng(900).subarray(0, 90) })],
    [
      "an entity of a file",
      "defines entities",
      () =>
        drawing("<text>&x;</text>", { before: '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' }),
    ],
    [
      "entities that multiply",
      "defines entities",
      () => drawing("<text>&b;</text>", { before: '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' }),
    ],
    [
      "a picture on the web",
      "holds a picture within",
      () => drawing('<image href="http://127.0.0.1:9/x.png"/>'),
    ],
    [
      "a file of the machine",
      "holds a picture within",
      () => drawing('<svg:image xlink:href="file:///etc/x.png"/>'),
    ],
    [
      "a bomb within",
      "holds a picture within",
      () => drawing(`<image href="data:image/png;base64,${BOMB.toString("base64")}"/>`),
    ],
    [
      "a picture in a filter",
      "holds a picture within",
      () => drawing('<filter><feImage href="x.png"/></filter>'),
    ],
    ["HTML within", "holds HTML", () => drawing("<foreignObject><p>Hello</p></foreignObject>")],
    ["a part of another drawing", "a part of another file", () => drawing('<use xlink:href="b.svg#x"/>')],
    [
      "a style from elsewhere",
      "a part of another file",
      () => drawing('<style>@import "http://127.0.0.1:9/x";</style>'),
    ],
    [
      "a fill from elsewhere",
      "a part of another file",
      () => drawing(`<path fill="url('http://127.0.0.1:9/x#y')" d=""/>`),
    ],
    [
      "a sheet of styles",
      "a part of another file",
      () => drawing(SHAPE, { before: '<?xml-stylesheet type="text/css" href="x.css"?>' }),
    ],
    ["another encoding", "is not UTF-8", () => ({ "a.svg": Buffer.from(`\ufeff${svg(SHAPE)}`, "utf16le") })],
    [
      "an encoding that hides signs",
      "says that it is not UTF-8",
      () => drawing("+ADw-image/+AD4-", { before: '<?xml version="1.0" encoding="UTF-7"?>' }),
    ],
    ["a packed drawing", "is packed", () => ({ "a.svg": gzipSync(svg(SHAPE)) })],
    [
      "a drawing without end",
      "cannot be drawn",
      () => drawing(SHAPE, { size: 'viewBox="0 0 1000000000 1000000000"' }),
    ],
    ["a drawing as a thread", "limit of a side", () => drawing(SHAPE, { size: 'viewBox="0 0 1 100000"' })],
    [
      "a drawing without size",
      "no SVG that can be read",
      () => drawing(SHAPE, { size: 'width="-5" height="0"' }),
    ],
    ["a drawing in the name of a PNG", "which its name does not say", () => ({ "a.png": svg(SHAPE) })],
  ])("%s: %s", async (_, says, files) => {
    const made = files();
    const { complaints } = await lessonOf(folderWith(made), `One.\n\n![A](${Object.keys(made)[0]})`);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(`${LESSON}:${FIRST_LINE + 2}: shows a.`);
    expect(complaints[0]).toContain(says);
  });

  it("one that a mail would never end below is refused, and one as high as five screens is taken", async () => {
    const files = { "high.png": await png(10, 3_001), "fits.png": await png(10, 3_000) };
    const { complaints } = await lessonOf(folderWith(files), "![A](high.png)\n\n![B](fits.png)");
    expect(complaints).toEqual([
      expect.stringContaining(":7: shows high.png, which is 3001 pixels high in a mail; 3000 are the limit"),
    ]);
  });
});

describe("what a drawing may hold", () => {
  it.each([
    ["a script, which nothing runs", `<script>location = "http://127.0.0.1:9/"</script>${SHAPE}`],
    ["a link, which leads nowhere in a mail", `<a xlink:href="https://x.example/">${SHAPE}</a>`],
    ["its own parts by name", `<defs><g id="p">${SHAPE}</g></defs><use xlink:href="#p"/>`],
    [
      "its own colours by name",
      `<linearGradient id="g"><stop stop-color="#00f"/></linearGradient><rect fill="url(#g)" width="60" height="30"/>`,
    ],
  ])("%s", async (_, inside) => {
    const { complaints, pictures } = await lessonOf(folderWith({ "a.svg": svg(inside) }), "![A](a.svg)");
    expect(complaints).toEqual([]);
    expect(pictures[0]?.type).toBe("image/png");
    expect(Buffer.from(pictures[0]?.bytes ?? []).includes("script")).toBe(false);
    expect(await colourOf(pictures[0]?.bytes)).toEqual([0, 0, 255]);
  });

  it("a picture that carries something behind its end is mailed without it", async () => {
    const carrier = Buffer.concat([await png(), Buffer.from("<script>alert(1)</script>")]);
    const { complaints, pictures } = await lessonOf(folderWith({ "a.png": carrier }), "![A](a.png)");
    expect(complaints).toEqual([]);
    expect(Buffer.from(pictures[0]?.bytes ?? []).includes("script")).toBe(false);
  });
});

describe("the name of a picture", () => {
  it.each([
    ["blanks as a browser writes them", "![A](my%20team.png)", "my team.png"],
    ["blanks as they are", "![A](<my team.png>)", "my team.png"],
    [
      "an umlaut as a keyboard writes it, on a Mac's disk",
      "![A](Gr\u00fc\u00dfe.png)",
      "Gru\u0308\u00dfe.png",
    ],
    ["an umlaut as a Mac writes it", "![A](Gru\u0308\u00dfe.png)", "Gr\u00fc\u00dfe.png"],
    ["a percent sign that means none", "![A](50%.png)", "50%.png"],
    ["a folder above, within the course", "![A](%2e%2e/team.png)", "../team.png"],
  ])("may hold %s, and is no part of its address", async (_, markdown, file) => {
    const { complaints, pictures, html } = await lessonOf(folderWith({ [file]: await png() }), markdown);
    expect(complaints).toEqual([]);
    expect(pictures.map(({ name }) => name)).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.png$/)]);
    expect(html).toContain(`/pictures/${pictures[0]?.name}"`);
  });

  it.each([
    ["is outside of content/courses/c/", "%2e%2e/%2e%2e/%2e%2e/newsletter/a.png"],
    ["is outside of content/courses/c/", "..%2F..%2Fc2%2Fa.png"],
    ["is not there", "%252e%252e/%252e%252e/a.png"],
    ["is not there", "a%00.png"],
    ["has no ending of a picture", "a.png?size=1"],
  ])("leads nowhere else: %s, %s", async (says, href) => {
    const files = {
      "a.png": await png(),
      "../../../newsletter/a.png": await png(),
      "../../c2/a.png": await png(),
    };
    const { complaints } = await lessonOf(folderWith(files), `![A](${href})`);
    expect(complaints).toEqual([
      expect.stringContaining(`${LESSON}:${FIRST_LINE}: shows ${href}, which ${says}`),
    ]);
  });

  it("is no link out of the folder, to a file or through a folder", async () => {
    const root = folderWith({});
    const elsewhere = mkdtempSync(join(bench, "elsewhere-"));
    writeFileSync(join(elsewhere, "secret.png"), await png());
    symlinkSync(join(elsewhere, "secret.png"), join(root, dirname(LESSON), "a.png"));
    symlinkSync(elsewhere, join(root, dirname(LESSON), "b"));
    const { complaints, pictures } = await lessonOf(root, "![A](a.png)\n\n![B](b/secret.png)");
    expect(pictures).toEqual([]);
    expect(complaints).toEqual([
      expect.stringContaining(`${LESSON}:7: shows a.png, which is no file but a link`),
      expect.stringContaining(`${LESSON}:9: shows b/secret.png, which is no file but a link`),
    ]);
  });
});

describe("a picture", () => {
  it("named twice is one file at one address, whatever its names", async () => {
    const files = { "a.png": await png(), "copy of a.png": await png(), "b.png": await png(40, 40, BLUE) };
    const body = "![One](a.png)\n\n![Two](a.png)\n\n![Three](<copy of a.png>)\n\n![Other](b.png)";
    const { html, pictures } = await lessonOf(folderWith(files), body);
    expect(pictures).toHaveLength(2);
    const addresses = [...html.matchAll(/<img src="([^"]+)"/g)].map(([, src]) => src);
    expect(addresses).toHaveLength(4);
    expect(new Set(addresses.slice(0, 3)).size).toBe(1);
    expect(addresses[3]).not.toBe(addresses[0]);
  });

  it("has words that end neither its tag nor its attribute", async () => {
    const words = 'A" onerror="alert(1) <script>alert(2)</script> <b>';
    const { html, complaints } = await lessonOf(folderWith({ "a.png": await png() }), `![${words}](a.png)`);
    expect(complaints).toEqual([]);
    expect(html.match(/<img [^<>]*>/g)).toHaveLength(1);
    expect(html).toContain(
      'alt="A&quot; onerror=&quot;alert(1) &lt;script&gt;alert(2)&lt;/script&gt; &lt;b&gt;"',
    );
    expect(html).not.toContain("<script");
  });

  it("that is saved anew, or taken away, while it is read is the one that was read, and has its address", async () => {
    const root = folderWith({ "a.png": await png(), "b.png": await png(20, 20, BLUE) });
    const at = (name: string) => join(root, dirname(LESSON), name);
    const red = await png();
    const still = await lessonOf(folderWith({ "a.png": red }), "![A](a.png)");
    const blue = await png(40, 40, BLUE);
    const read = await lessonOf(root, "![A](a.png)\n\n![B](b.png)", () => {
      writeFileSync(at("a.png"), blue);
      unlinkSync(at("b.png"));
    });
    expect(read.complaints).toEqual([]);
    expect(await colourOf(read.pictures[0]?.bytes)).toEqual([255, 0, 0]);
    expect(await colourOf(read.pictures[1]?.bytes)).toEqual([0, 0, 255]);
    expect(read.pictures[0]?.name).toBe(still.pictures[0]?.name);
    const anew = await lessonOf(root, "![A](a.png)");
    expect(anew.pictures[0]?.name).not.toBe(read.pictures[0]?.name);
    expect(await colourOf(anew.pictures[0]?.bytes)).toEqual([0, 0, 255]);
  });
});
