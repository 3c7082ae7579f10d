import { describe, expect, it } from "vitest";
import { decodeText, withWindows1252 } from "../../../functions/mail/inbound/charsets.ts";
import { parseInbound } from "../../../functions/mail/inbound/inbound.ts";

const bytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes);
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");

describe("a text", () => {
  const PUNCTUATION = Array.from({ length: 32 }, (_, index) => 0x80 + index);
  /** The table of the Encoding Standard, index-windows-1252. */
  const MEANT =
    "20ac 81 201a 192 201e 2026 2020 2021 2c6 2030 160 2039 152 8d 17d 8f 90 2018 2019 201c 201d 2022 2013 2014 2dc 2122 161 203a 153 9d 17e 178";

  it("in windows-1252 has all 32 characters that Latin-1 lacks, on every Node", () => {
    const text = [...(decodeText(bytes(...PUNCTUATION), "Windows-1252") ?? "")];
    expect(text.map((character) => character.charCodeAt(0).toString(16)).join(" ")).toBe(MEANT);
    for (const label of ["iso-8859-1", "us-ascii", "cp1252", "latin1"])
      expect(decodeText(latin1("don\x92t"), label)).toBe("don’t");
  });

  it("that was decoded rightly is not changed by the table", () => {
    for (const text of ["don’t € 500 – “now”…", "Größe", "売上 🙂", ""])
      expect(withWindows1252(text)).toBe(text);
  });

  it.each([
    ["iso-8859-1"],
    ["us-ascii"],
    ["unknown-8bit"],
    ["x-unknown"],
    ["windows-1251"],
    ["utf8mb4"],
    [undefined],
  ])("that is UTF-8 is read as that under the label %s", (label) => {
    expect(decodeText(utf8("Größe – 売上"), label)).toBe("Größe – 売上");
  });

  it.each([
    ["cp850", bytes(0x47, 0x72, 0x94, 0xe1, 0x65), "Größe"],
    ["IBM850", bytes(0x47, 0x72, 0x94, 0xe1, 0x65), "Größe"],
    ["cp858", bytes(0xd5), "€"],
    ["cp437", bytes(0x47, 0x72, 0x94, 0xe1, 0x65), "Größe"],
    ["cp852", bytes(0xab, 0x65, 0x6e, 0x61), "źena"],
    ["cp949", bytes(0xb0, 0xdf, 0xc0, 0xfb), "견적"],
    ["ks_c_5601-1987", bytes(0xb0, 0xdf, 0xc0, 0xfb), "견적"],
    ["cp932", bytes(0x94, 0x84, 0x8f, 0xe3), "売上"],
    ["gbk", bytes(0xb1, 0xa8, 0xbc, 0xdb), "报价"],
    ["hz-gb-2312", latin1("A ~{1(<[~} B ~~"), "A 报价 B ~"],
    ["iso-2022-kr", bytes(0x1b, 0x24, 0x29, 0x43, 0x0a, 0x0e, 0x30, 0x5f, 0x40, 0x7b, 0x0f, 0x21), "\n견적!"],
    ["iso-2022-cn", bytes(0x1b, 0x24, 0x29, 0x41, 0x0e, 0x31, 0x28, 0x3c, 0x5b, 0x0f), "报价"],
    ["iso-2022-jp", bytes(0x1b, 0x24, 0x42, 0x47, 0x64, 0x3e, 0x65, 0x1b, 0x28, 0x42), "売上"],
    ["utf-7", latin1("Gr+APYA3w-e 1 +- 1"), "Größe 1 + 1"],
    ["koi8-r", bytes(0xc4, 0xc1), "да"],
    ["windows-1251", bytes(0xe4, 0xe0), "да"],
    ["iso-8859-15", bytes(0xa4), "€"],
    ["utf-16le", bytes(0x61, 0x00, 0xfc, 0x00), "aü"],
  ])("in %s is read", (label, source, text) => {
    expect(decodeText(source, label)).toBe(text);
  });

  it("under a label that nobody knows is read if it looks like Western text, and is else said to be unreadable", () => {
    expect(decodeText(latin1("Grüße aus Köln, don\x92t"), "x-none")).toBe("Grüße aus Köln, don’t");
    expect(decodeText(bytes(0x94, 0x84, 0x8f, 0xe3, 0x82, 0xcc, 0x90, 0x94), "x-none")).toBeUndefined();
    expect(decodeText(bytes(0xc8, 0xc5, 0xd3, 0xd3, 0xd6), "ebcdic-int")).toBeUndefined();
  });

  it("that cannot be read is missing from its mail, which names the label", async () => {
    const raw = Buffer.concat([
      latin1("Content-Type: text/plain; charset=ebcdic\r\n\r\n"),
      bytes(0xc8, 0xc5, 0xd3, 0xd3, 0xd6),
    ]);
    expect(await parseInbound(raw)).toMatchObject({ text: undefined, unreadableCharset: "ebcdic" });
  });

  it("of a subject or a name is put right too", async () => {
    const mail = await parseInbound(
      latin1(
        "From: =?windows-1252?q?O=92Hara?= <o@a.example>\r\nSubject: =?windows-1252?q?don=92t?=\r\n\r\nx",
      ),
    );
    expect(mail).toMatchObject({ subject: "don’t", fromName: "O’Hara" });
  });
});
