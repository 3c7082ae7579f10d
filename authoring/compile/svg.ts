import { isUtf8 } from "node:buffer";

/*
 * An SVG may name other files, hold pictures of any size and define its own abbreviations. The library that draws it
 * leaves out what is elsewhere without a word, and unpacks what is inside without a limit: a drawing of 100 KB took it
 * 4 GB. So a drawing holds lines, shapes and words only, and is told what else it holds.
 */

/** The first bytes of a file that is packed by gzip, as `.svgz` is. */
const PACKED = Buffer.from([0x1f, 0x8b]);

const HOLDS: readonly (readonly [RegExp, string])[] = [
  [/<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])/i, "says that it is not UTF-8; save it as UTF-8"],
  [/<!ENTITY\b/i, "defines entities of its own; save it as plain SVG, without them"],
  [
    /<(?:[\w.-]+:)?(?:image|feImage)\b/i,
    "holds a picture within the drawing; save the whole as PNG, or draw it with lines and shapes",
  ],
  [
    /<(?:[\w.-]+:)?foreignObject\b/i,
    "holds HTML, which is not drawn (foreignObject); write its words as text, or save the whole as PNG",
  ],
  [
    /<(?!(?:[\w.-]+:)?a\s)[^\s<>]+\s[^<>]*\bhref\s*=\s*["'](?!\s*#)|\burl\(\s*["']?(?!["']?\s*#)|@import\b/i,
    "shows a part of another file, which is not drawn; put that part into the drawing itself",
  ],
];

/** What a drawing holds that is not drawn, or not within measure, and what to do; undefined of one that is right. */
export function findSvgFault(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, PACKED.length).equals(PACKED)) return "is packed; save it as plain SVG, unpacked";
  if (!isUtf8(bytes)) return "is not UTF-8; save it as UTF-8";
  const text = bytes.toString("utf8");
  return HOLDS.find(([sign]) => sign.test(text))?.[1];
}
