import { isUtf8 } from "node:buffer";

/** A text whose bytes nothing here can read is undefined: shown as another's characters, it would be nobody's words. */
export function decodeText(bytes: Uint8Array, label: string | undefined): string | undefined {
  const name = normalizeLabel(label);
  const isPlain = isAscii(bytes);
  if (isPlain && !SHIFTED.has(name)) return latin1(bytes);
  if (!isPlain && isUtf8(bytes) && !DENSE.has(name) && !name.startsWith("utf16")) return utf8(bytes);
  const own = OWN_DECODERS.get(name)?.(bytes);
  if (own !== undefined) return own;
  const decoded = decodeByRuntime(bytes, name, label);
  if (decoded !== undefined) return isMostlyReplaced(decoded.slice(0, SAMPLE)) ? otherwise(bytes) : decoded;
  return otherwise(bytes);
}

/** Labels are written with and without `x-`, dashes and case. */
const normalizeLabel = (label: string | undefined): string =>
  (label ?? "")
    .slice(0, 60)
    .toLowerCase()
    .replace(/^(?:x-|cs)/, "")
    .replace(/[^a-z0-9]/g, "");

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin1 = (bytes: Uint8Array): string => asBuffer(bytes).toString("latin1");
const utf8 = (bytes: Uint8Array): string =>
  asBuffer(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");

/** Seven bits that mean other characters. */
const SHIFTED = new Set([
  "iso2022jp",
  "iso2022jp1",
  "iso2022jp2",
  "iso2022kr",
  "iso2022cn",
  "iso2022cnext",
  "hz",
  "hzgb2312",
  "utf7",
  "unicode11utf7",
  "cp50220",
  "cp50221",
  "cp50222",
  "utf16",
  "utf16le",
  "utf16be",
  "ucs2",
  "unicode",
]);
/** Two bytes a character: a short text of them may look like UTF-8 by chance. */
const DENSE = new Set([
  "gbk",
  "gb2312",
  "gb18030",
  "cp936",
  "big5",
  "big5hkscs",
  "cp950",
  "shiftjis",
  "sjis",
  "mskanji",
  "windows31j",
  "cp932",
  "eucjp",
  "euckr",
  "cp949",
  "uhc",
  "ksc56011987",
  "ksc5601",
  "windows949",
]);

/** WHATWG's windows-1252, 0x80 to 0x9F: Node 20.19 to 20.20 and 24 up to 24.12 decode them as Latin-1 (nodejs/node #60888). */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Characters that no text has, as windows-1252 means them. Changes nothing where they were decoded as that. */
export const withWindows1252 = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] as string);

/** A character a byte, the upper half by a table: in one buffer, as a replacement at a time costs more than the text. */
function byTable(bytes: Uint8Array, upper: string): string {
  const codes = Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 ? byte : upper.charCodeAt(byte - 0x80),
  );
  const out = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) out[at] = codes[bytes[at] as number] as number;
  return Buffer.from(out.buffer).toString("utf16le");
}

const LATIN1 = Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join("");
const windows1252 = (bytes: Uint8Array): string => byTable(bytes, `${WINDOWS_1252}${LATIN1}`);

/** By the upper half of a code page of DOS, which some mailers and gateways still name. */
const CODE_PAGES: Record<string, string> = {
  "437":
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  "850":
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  "852":
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
};
CODE_PAGES["858"] = (CODE_PAGES["850"] as string).replace("ı", "€");

const byCodePage =
  (upper: string) =>
  (bytes: Uint8Array): string =>
    byTable(bytes, upper);

type Decoder = (bytes: Uint8Array) => string | undefined;

const OWN_DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ...[
    "windows1252",
    "cp1252",
    "iso88591",
    "latin1",
    "l1",
    "isolatin1",
    "isoir100",
    "cp819",
    "ibm819",
    "ascii",
    "usascii",
    "ansix341968",
  ].map((name): [string, Decoder] => [name, windows1252]),
  ...Object.entries(CODE_PAGES).flatMap(([page, upper]): [string, Decoder][] =>
    ["cp", "ibm", "pc", ""].map((prefix) => [`${prefix}${page}`, byCodePage(upper)]),
  ),
  ["hz", hz],
  ["hzgb2312", hz],
  ["iso2022kr", (bytes) => decodeShifted(bytes, "euc-kr")],
  ["iso2022cn", (bytes) => decodeShifted(bytes, "gbk")],
  ["iso2022cnext", (bytes) => decodeShifted(bytes, "gbk")],
  ["utf7", utf7],
  ["unicode11utf7", utf7],
]);

/** RFC 1843: `~{` begins GB 2312 in seven bits, `~}` ends it, `~~` is a tilde. */
function hz(bytes: Uint8Array): string {
  const out: number[] = [];
  let isDense = false;
  for (let at = 0; at < bytes.length; at++) {
    const [byte, next] = [bytes[at] as number, bytes[at + 1]];
    if (byte === 0x0a) isDense = false;
    if (byte !== 0x7e) out.push(isDense && byte > 0x20 ? byte | 0x80 : byte);
    else {
      at++;
      if (next === 0x7b || next === 0x7d) isDense = next === 0x7b;
      else if (next === 0x7e) out.push(0x7e);
    }
  }
  return new TextDecoder("gbk").decode(Uint8Array.from(out));
}

/** RFC 1557 and 1922: SO and SI shift between ASCII and two bytes of seven bits; escape sequences name the set. */
function decodeShifted(bytes: Uint8Array, charset: string): string {
  const out: number[] = [];
  let isDense = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x1b && bytes[at + 1] === 0x24) at += 3;
    else if (byte === 0x0e || byte === 0x0f) isDense = byte === 0x0e;
    else {
      if (byte === 0x0a) isDense = false;
      out.push(isDense && byte > 0x20 ? byte | 0x80 : byte);
    }
  }
  return new TextDecoder(charset).decode(Uint8Array.from(out));
}

/** RFC 2152: `+` begins UTF-16 in base64, `-` or any other character ends it, `+-` is a plus. */
function utf7(bytes: Uint8Array): string {
  return latin1(bytes).replace(/\+([A-Za-z0-9+/]*)-?/g, (_, encoded: string) => {
    if (encoded === "") return "+";
    const words = Buffer.from(encoded, "base64");
    return words
      .subarray(0, words.length & ~1)
      .swap16()
      .toString("utf16le");
  });
}

/** Names that TextDecoder does not know, and means (Encoding Standard, "Names and labels"). */
const ALIASES: Record<string, string> = {
  cp936: "gbk",
  cp932: "shift_jis",
  mskanji: "shift_jis",
  windows31j: "shift_jis",
  shiftjis: "shift_jis",
  eucjp: "euc-jp",
  euckr: "euc-kr",
  cp949: "euc-kr",
  uhc: "euc-kr",
  windows949: "euc-kr",
  ksc5601: "euc-kr",
  ksc56011987: "euc-kr",
  cp950: "big5",
  cp874: "windows-874",
  tis620: "windows-874",
  iso885911: "windows-874",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  cp50222: "iso-2022-jp",
  iso2022jp: "iso-2022-jp",
  iso2022jp1: "iso-2022-jp",
  iso2022jp2: "iso-2022-jp",
  iso88598i: "iso-8859-8",
  iso88598e: "iso-8859-8",
  macroman: "macintosh",
  maccyrillic: "x-mac-cyrillic",
  utf16: "utf-16le",
  unicode: "utf-16le",
  ucs2: "utf-16le",
};

function decodeByRuntime(bytes: Uint8Array, name: string, label: string | undefined): string | undefined {
  const asNumbered = name.replace(/^(?:cp|windows|ms|ibm)(125\d|874|866)$/, (_, page: string) =>
    page === "866" ? "ibm866" : `windows-${page}`,
  );
  for (const candidate of [ALIASES[name], label, asNumbered, name]) {
    if (candidate === undefined || candidate === "") continue;
    try {
      return new TextDecoder(candidate).decode(bytes);
    } catch {
      // Not a label of the runtime's: the next spelling.
    }
  }
  return undefined;
}

/** A guess is made by the beginning. */
const SAMPLE = 20_000;

/** Under a label that is wrong, unknown or missing: UTF-8, or else Western text, if it looks like one. */
function otherwise(bytes: Uint8Array): string | undefined {
  if (isUtf8(bytes)) return utf8(bytes);
  const text = windows1252(bytes);
  return looksWestern(text.slice(0, SAMPLE)) ? text : undefined;
}

/** Most of its characters are ASCII, and those beside it letters or marks of Western text. */
function looksWestern(text: string): boolean {
  const upper = text.match(/[\u0080-\u009f\u00a1-\uffff]/g) ?? [];
  const rare = upper.filter(
    (character) =>
      !/[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸ€‘’“”„‚–—…•«»°§´¿¡ªº£©®™]/.test(character),
  );
  const said = text.replace(/\s/g, "").length;
  return upper.length <= said * MOST_UPPER && rare.length <= Math.max(1, upper.length * MOST_RARE);
}
const MOST_UPPER = 0.5;
const MOST_RARE = 0.15;

/** Every fifth character and more could not be read. */
function isMostlyReplaced(text: string): boolean {
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  return replaced > 0 && replaced * 5 >= text.replace(/\s/g, "").length;
}
