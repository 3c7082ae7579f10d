import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readColumns } from "../../../console/import/columns.ts";
import { decodeFile, type Encoding } from "../../../console/import/decode.ts";
import { type CsvRow, readCsv } from "../../../console/import/read-csv.ts";
import { Seen } from "../../../console/import/seen.ts";
import { fileOnDisk } from "../../../console/import/text-file.ts";

const PLAIN =
  'email,name\r\nä@x.example,Ärger\r\n\r\nb@x.example,"B\r\nC"\r\nc@x.example,"He said ""no"""\r\n';
const RECORDS: CsvRow[] = [
  { line: 1, cells: ["email", "name"] },
  { line: 2, cells: ["ä@x.example", "Ärger"] },
  { line: 4, cells: ["b@x.example", "B\nC"] },
  { line: 6, cells: ["c@x.example", 'He said "no"'] },
];

const utf16 = (text: string, order: "le" | "be"): Buffer => {
  const bytes = Buffer.from(text, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
};

describe("a CSV file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "csv-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = async (content: string | Buffer, encoding?: Encoding): Promise<CsvRow[]> => {
    const file = join(folder, "list.csv");
    writeFileSync(file, content);
    const rows: CsvRow[] = [];
    for await (const row of readCsv("list.csv", decodeFile(fileOnDisk(file), encoding))) rows.push(row);
    return rows;
  };

  it.each([
    ["UTF-8", Buffer.from(PLAIN)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${PLAIN}`)],
    ["UTF-16 LE with a byte order mark", utf16(`\ufeff${PLAIN}`, "le")],
    ["UTF-16 BE with a byte order mark", utf16(`\ufeff${PLAIN}`, "be")],
    ["lines that end in LF", Buffer.from(PLAIN.replaceAll("\r\n", "\n"))],
    ["lines that end in CR", Buffer.from(PLAIN.replaceAll("\r\n", "\r"))],
    ["no end of its last line", Buffer.from(PLAIN.trimEnd())],
    ["semicolons", Buffer.from(PLAIN.replaceAll(",", ";"))],
    ["tabs", Buffer.from(PLAIN.replaceAll(",", "\t"))],
  ])("is read as it is meant in %s", async (_, bytes) => {
    expect(await read(bytes)).toEqual(RECORDS);
  });

  it("is read in UTF-16 without a byte order mark, in a named encoding, and where a spreadsheet names its delimiter", async () => {
    const ascii = "email,name\r\na@x.example,A\r\n";
    for (const order of ["le", "be"] as const)
      expect((await read(utf16(ascii, order)))[1]).toEqual({ line: 2, cells: ["a@x.example", "A"] });
    const latin = Buffer.from("email,name\na@x.example,\xc4\n", "latin1");
    expect((await read(latin, "windows-1252"))[1]?.cells).toEqual(["a@x.example", "Ä"]);
    expect(await read("sep=|\r\nemail|name\r\na@x.example|A\r\n")).toEqual([
      { line: 2, cells: ["email", "name"] },
      { line: 3, cells: ["a@x.example", "A"] },
    ]);
  });

  it("is the same wherever the pieces of the file are cut", async () => {
    // The stream brings 64 KB at a time: line ends and letters of several bytes lie on every cut in turn.
    for (let shift = 0; shift < 8; shift++) {
      const lines = ["x".repeat(65_520 + shift), ...Array.from({ length: 8 }, () => "ä")];
      const rows = await read(`h\r\n${lines.join("\r\n")}\r\n`);
      expect(rows.slice(1)).toEqual(lines.map((text, at) => ({ line: at + 2, cells: [text] })));
    }
  });

  it.each([
    [
      "a quote that is never closed",
      'email\na\n"b\nc\n',
      "list.csv, line 3: a quote in this row is never closed",
    ],
    ["a quote within a cell", 'email\na\nb"c\n', "list.csv, line 3: a quote stands in the middle"],
    ["text behind a closed quote", 'email\na\n"b"c\n', "list.csv, line 3: a quote stands in the middle"],
    [
      "a row of ten megabytes",
      `email\na\n${"b".repeat(10_000_000)}\n`,
      "list.csv, line 3: this row is longer than",
    ],
    [
      "a quote that swallows the file",
      `email\n"a\n${"b\n".repeat(100_000)}`,
      "list.csv, line 2: this row is longer than",
    ],
    ["a NUL byte", "email\na\nb\0c\n", "line 3 holds a NUL byte"],
    [
      "bytes that are no UTF-8",
      Buffer.from("email\na\n\xc4\n", "latin1"),
      "line 3: that is not utf-8. Save the file as UTF-8",
    ],
  ])("is refused with its line for %s", async (_, content, says) => {
    await expect(read(content)).rejects.toThrow(says);
    await expect(read(content)).rejects.toMatchObject({ name: "ArgumentError" });
  });

  it("that is empty has no rows", async () => {
    expect(await read("")).toEqual([]);
    expect(await read("\n\n")).toEqual([]);
  });
});

describe("the headings of a file", () => {
  const refusal = (headings: string[], map?: string) => () => readColumns("list.csv", headings, map);

  it("tell whose export it is, in whatever case and order", () => {
    expect(readColumns("f", ["Status", "created_at", "EMAIL", "first_name"], undefined)).toMatchObject({
      form: "Kit",
      places: new Map([
        ["email", [2]],
        ["first-name", [3]],
        ["joined", [1]],
      ]),
      standings: [{ kind: "status", heading: "Status", place: 0 }],
    });
    const mailchimp = readColumns("f", ["Email Address", "OPTIN_TIME", "CONFIRM_TIME", "LEID"], undefined);
    expect(mailchimp.form).toBe("Mailchimp");
    expect(mailchimp.places.get("joined")).toEqual([2, 1]);
  });

  it("that nobody knows, or that do not say which, are refused with what to type", () => {
    expect(refusal(["Anna", "anna@x.example"])).toThrow(
      'list.csv is not as Coursepost, Mailchimp, Substack, Ghost, listmonk, Buttondown, MailerLite, Sendy, Beehiiv, Kit export it: its headings are "Anna", "anna@x.example". Say which is which, for example: --map email=',
    );
    expect(refusal(["email", "first_name", "created_at", "state", "email"])).toThrow(
      'line 1: the heading "email" stands twice, in columns 1 and 5',
    );
    expect(refusal(["a", "b"], "email=c")).toThrow(
      '--map email=c: list.csv has no column "c". It has "a", "b"',
    );
    expect(refusal(["a", "b"], "mail=a")).toThrow('--map does not know "mail=a"');
    expect(refusal(["a", "b"], "email=a,email=b")).toThrow("--map names email twice");
    expect(refusal(["a", "b"], "zone=a")).toThrow("add email=COLUMN");
  });
});

describe("addresses that were seen", () => {
  it("are known by their first line among a hundred thousand", () => {
    const seen = new Seen();
    const hash = (at: number) => createHash("sha256").update(String(at)).digest("hex");
    for (let at = 1; at <= 100_000; at++) expect(seen.firstLine(hash(at), at)).toBeUndefined();
    for (let at = 1; at <= 100_000; at += 997) expect(seen.firstLine(hash(at), 7)).toBe(at);
    expect(seen.firstLine("ffffffffffffffff", 7)).toBeUndefined();
  });
});
