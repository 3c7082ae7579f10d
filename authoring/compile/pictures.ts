import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Sharp, SharpOptions } from "sharp";
import { findPictureType, type Picture, pictureUrl } from "../../functions/domain/pictures.ts";
import { type Drawing, ELSEWHERE, isElsewhere, type PictureFile, type PlacedPicture } from "./album.ts";
import type { Problem, Sources } from "./sources.ts";
import { findSvgFault } from "./svg.ts";
import { escapeHtml } from "./table.ts";

/*
 * The way of a picture from an author's folder into a mail:
 *
 *   readAlbum      opens each picture file of the content, once, before any text is read
 *   placePicture   a text names one: what is wrong with it is told where it is named; its address and size are settled
 *   drawPictures   what was named is drawn at the size of a mail, at twice its density
 *
 * An address is made of the author's file and of how it is drawn, not of the bytes that came out: another machine may
 * draw another pixel, and must still name the same file. It says nothing of who opens it.
 */

/** What stands between the two edges of a mail (600 px), less its gutters. */
const WIDTH_IN_MAIL = 504;
/** Screens that show two or three dots for a pixel are most of those that mails are read on. */
const DENSITY = 2;
/** Bytes of a file as its author has it. */
const LARGEST_FILE = 10_000_000;
/** Dots of a whole file, all its frames. A small file can unpack to more than a machine holds. */
const MOST_DOTS = 50_000_000;
/** Dots of one side. The library that draws SVG stops at 32,767, and a drawing is made at twice its size. */
const LONGEST_SIDE = 16_000;
/** Pixels as a mail shows it: five screens of a phone. */
const HIGHEST_IN_MAIL = 3_000;
/** Bytes of a picture as it is mailed. A reader on a train waits two seconds for it. */
const LARGEST_DRAWN = 400_000;
/** Changes with how pictures are drawn, so that an address never stands for another picture. */
const RECIPE = "1";

const FORMATS: Record<string, string> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".gif": "gif",
  ".svg": "svg",
};
const ENDINGS = Object.keys(FORMATS).join(", ");

/** Opens every picture below the folder. What is wrong with one is told where a text names it. */
export async function readAlbum(sources: Sources, folder: string): Promise<void> {
  for (const path of sources.files(folder)) {
    const ending = posix.extname(path).toLowerCase();
    const bytes = FORMATS[ending] ? sources.bytes(path) : undefined;
    if (bytes) sources.album.files.set(oneSpelling(path), await readPicture(bytes, ending));
  }
}

/** A Mac's disk has ü as u and two dots, a keyboard as one letter. */
const oneSpelling = (path: string): string => path.normalize("NFC");

/** Loaded where there is a picture, as it takes a tenth of a second. */
async function openImage(bytes: Buffer, options: SharpOptions = {}): Promise<Sharp> {
  const { default: sharp } = await import("sharp");
  return sharp(bytes, { limitInputPixels: MOST_DOTS, ...options });
}

async function readPicture(bytes: Buffer, ending: string): Promise<PictureFile | string> {
  if (bytes.length > LARGEST_FILE)
    return `has ${inMegabytes(bytes.length)} MB; ${inMegabytes(LARGEST_FILE)} are the limit, save it smaller`;
  const fault = ending === ".svg" ? findSvgFault(bytes) : undefined;
  if (fault) return fault;
  try {
    // Only its head is read here, so that what is too large can be told from what is broken.
    const read = await (await openImage(bytes, { limitInputPixels: false })).metadata();
    const { format, pages = 1 } = read;
    const { width, height } = read.autoOrient;
    if (width * height * pages > MOST_DOTS)
      return `holds ${Math.round((width * height * pages) / 1_000_000)} million dots; ${MOST_DOTS / 1_000_000} million are the limit, save it smaller or with fewer frames`;
    if (Math.max(width, height) > LONGEST_SIDE)
      return `measures ${width} × ${height} dots; ${LONGEST_SIDE} are the limit of a side, cut it`;
    if (format !== FORMATS[ending])
      return `is a ${format.toUpperCase()}, which its name does not say; name it .${format}, or save it as ${ending.slice(1)}`;
    return { bytes, format, width, height, isAnimated: pages > 1 };
  } catch {
    return `is no ${(FORMATS[ending] ?? "").toUpperCase()} that can be read, whatever its name says; save it anew`;
  }
}

const inMegabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);

/** What a text, or a field of a file, asks for. */
interface PictureAsked {
  /** Where it is named; a path is read from its folder. */
  at: Pick<Problem, "file" | "line" | "field">;
  href: string;
  /** The widest that it may be shown, in pixels. */
  room?: number;
}

/** Settles the address and size of a picture; undefined, and reported, if there is no such picture to show. */
export function placePicture(sources: Sources, asked: PictureAsked): PlacedPicture | undefined {
  const { at, href, room = WIDTH_IN_MAIL } = asked;
  const report = (todo: string): undefined => {
    sources.report({ ...at, todo: `shows ${href}, which ${todo}` });
    return undefined;
  };
  if (isElsewhere(href)) return report(ELSEWHERE);
  const path = oneSpelling(posix.join(posix.dirname(at.file), decodedPath(href)));
  const home = homeFolder(at.file);
  if (href.startsWith("/") || !path.startsWith(home))
    return report(`is outside of ${home}; put it there, so that the folder holds all that it shows`);
  if (!FORMATS[posix.extname(path).toLowerCase()])
    return report(`has no ending of a picture; there are ${ENDINGS}`);
  const file = sources.album.files.get(path);
  if (file === undefined)
    return report(
      sources.has(path)
        ? "is no file but a link to one, or a folder; put a copy of the picture there"
        : "is not there; put it there, or correct its name (a capital is another letter)",
    );
  if (typeof file === "string") return report(file);
  const width = Math.min(room, file.width);
  const height = Math.max(1, Math.round((width * file.height) / file.width));
  if (height > HIGHEST_IN_MAIL)
    return report(`is ${height} pixels high in a mail; ${HIGHEST_IN_MAIL} are the limit, cut it`);
  const src = addDrawing(sources, at, path, file, width);
  const darkSrc = placeDark(sources, asked, path, file, width);
  return { src, width, height, ...(darkSrc && { darkSrc }) };
}

function decodedPath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** The folder of a course, or of the newsletter: what is in it can be handed on whole. */
const homeFolder = (file: string): string =>
  /^(.*?\/courses\/[^/]+\/|.*?\/newsletter\/)/.exec(file)?.[1] ?? `${posix.dirname(file)}/`;

/** `chart.dark.png` beside `chart.png`: of the same shape, as both take the same place. */
function placeDark(
  sources: Sources,
  { at, href }: PictureAsked,
  path: string,
  light: PictureFile,
  width: number,
): string | undefined {
  const ending = posix.extname(path);
  const darkPath = `${path.slice(0, -ending.length)}.dark${ending}`;
  const dark = sources.album.files.get(darkPath);
  if (dark === undefined) return undefined;
  const name = posix.basename(darkPath);
  const report = (todo: string): undefined => {
    sources.report({ ...at, todo: `shows ${href}, whose dark variant ${name} ${todo}` });
    return undefined;
  };
  if (typeof dark === "string") return report(dark);
  const isOtherShape = Math.abs(dark.width / dark.height / (light.width / light.height) - 1) > MOST_STRETCH;
  if (isOtherShape) return report("has another shape; both stand in the same place, so cut it to the same");
  return addDrawing(sources, at, darkPath, dark, width);
}

const MOST_STRETCH = 0.02;

function addDrawing(
  { album }: Sources,
  at: Drawing["at"],
  path: string,
  file: PictureFile,
  shown: number,
): string {
  const dots = shown * DENSITY;
  const width = file.format === "svg" ? dots : Math.min(dots, file.width);
  const kind = file.isAnimated ? "gif" : file.format === "jpeg" ? "jpg" : "png";
  const hash = createHash("sha256").update(`${RECIPE} ${width} ${kind}\0`).update(file.bytes).digest("hex");
  const name = `${hash.slice(0, 32)}.${kind}`;
  if (!album.drawings.has(name))
    album.drawings.set(name, { path, file, width, type: findPictureType(name), at });
  return pictureUrl(name);
}

/** Drawn once in a process: a preview asks for all of them at every save. */
const drawn = new Map<string, Promise<Buffer>>();

/** Draws all that was placed. One that is too heavy is reported where it is named first. */
export async function drawPictures(sources: Sources): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const [name, drawing] of sources.album.drawings) {
    const bytes = await drawOnce(name, drawing);
    if (bytes) pictures.push({ name, type: drawing.type, bytes, file: drawing.path });
    const size = bytes?.length ?? 0;
    const frames = drawing.file.isAnimated ? "take out frames, " : "";
    const base = posix.basename(drawing.path);
    if (!bytes) sources.report({ ...drawing.at, todo: `shows ${base}, which cannot be drawn; save it anew` });
    if (size > LARGEST_DRAWN)
      sources.report({
        ...drawing.at,
        todo: `shows ${base}, which has ${Math.ceil(size / 1_000)} KB as it is mailed; ${LARGEST_DRAWN / 1_000} are the limit, ${frames}save a photo as JPEG, or cut it`,
      });
  }
  return pictures;
}

async function drawOnce(name: string, drawing: Drawing): Promise<Buffer | undefined> {
  const begun = drawn.get(name) ?? draw(drawing);
  drawn.set(name, begun);
  return begun.catch(() => undefined);
}

/** What a camera wrote beside the picture, its place on earth among it, is left out. */
async function draw({ file, width, type }: Drawing): Promise<Buffer> {
  const { bytes, format, isAnimated } = file;
  const density = format === "svg" ? { density: Math.min(2400, (72 * width) / file.width) } : {};
  const opened = await openImage(bytes, { animated: isAnimated, ...density });
  const image = opened.autoOrient().resize({ width });
  if (type === "image/jpeg") return image.jpeg({ quality: 80, mozjpeg: true }).toBuffer();
  return type === "image/gif" ? image.gif().toBuffer() : image.png({ compressionLevel: 9 }).toBuffer();
}

/**
 * The markup of a picture. Programs that do not know `<picture>` show the light one; where pictures are off, its words
 * stand in its place.
 */
export function pictureHtml({ src, darkSrc, width, height }: PlacedPicture, alt: string): string {
  const image = `<img src="${src}" width="${width}" height="${height}" alt="${escapeHtml(alt)}" style="display:block;width:${width}px;max-width:100%;height:auto;border:0;font-size:16px;line-height:1.4;font-style:italic;">`;
  if (!darkSrc) return image;
  return `<picture><source srcset="${darkSrc}" media="(prefers-color-scheme: dark)">${image}</picture>`;
}
