import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readAggregate } from "../../functions/dmarc/read-aggregate.ts";
import { readReportMail } from "../../functions/dmarc/report-mail.ts";
import { unpackXml } from "../../functions/dmarc/unpack.ts";
import { keptDmarcReport } from "../../functions/domain/sending/dmarc.ts";
import { FORMS, MONDAY, OURS, reportXml, type SampleRow, withText } from "./sample-report.ts";

const BOMB = Buffer.alloc(60 * 1024 * 1024);

describe("a report of a mail host", () => {
  it.each(Object.entries(FORMS))("is read as %s sends it", async (name, form) => {
    const report = await readReportMail(form(reportXml({ id: `of-${name}`, rows: [{ count: 12 }] })));
    expect(report).toMatchObject({
      id: `of-${name}`,
      from: MONDAY,
      policy: "none",
      rows: [{ count: 12, isAligned: true }],
    });
    expect(report.reporter).toContain(".");
  });

  it("is known by who is proven to have mailed it, whatever it says of itself", async () => {
    const raw = FORMS.yahoo(reportXml());
    expect((await readReportMail(raw)).reporter).toBe("dmarc.yahoo.com");
  });

  it.each([
    [
      "a stranger's, in a host's name",
      withText("google.com", "text/plain", "x", "application/gzip", gzipSync(reportXml()), "fail"),
    ],
    [
      "one without SES's findings",
      Buffer.from(
        FORMS.plain(reportXml())
          .toString()
          .replace(/^X-SES[\s\S]*?(?=From:)/, ""),
      ),
    ],
    [
      "one that wrote its own findings below",
      Buffer.from(
        FORMS.plain(reportXml())
          .toString()
          .replace("dmarc=pass", "dmarc=fail")
          .replace("From:", "Authentication-Results: amazonses.com; dmarc=pass\r\nFrom:"),
      ),
    ],
  ])("is not believed: %s", async (_, raw) => {
    await expect(readReportMail(raw)).rejects.toThrow("it is not proven to be of the domain in From");
  });

  it.each([
    [
      "a mail of words alone",
      Buffer.from(
        FORMS.plain("")
          .toString()
          .replace(/--b\r\nContent-Type: text\/xml[\s\S]*?(?=--b--)/, ""),
      ),
      "nothing is attached",
    ],
    [
      "a picture",
      withText("h.example", "text/plain", "x", "image/png", Buffer.from([0x89, 0x50, 0x4e, 0x47])),
      "no <feedback>",
    ],
    [
      "a gzip of 60 MB",
      withText("h.example", "text/plain", "x", "application/gzip", gzipSync(BOMB)),
      "unpacked, it is larger than a report is",
    ],
    [
      "a zip of 60 MB",
      withText("h.example", "text/plain", "x", "application/zip", zipSync({ "a.xml": BOMB })),
      "unpacked, it is larger than a report is",
    ],
    [
      "a zip of no XML",
      withText("h.example", "text/plain", "x", "application/zip", zipSync({ "a.txt": BOMB.subarray(0, 9) })),
      "its zip holds no XML",
    ],
    [
      "half a gzip",
      withText("h.example", "text/plain", "x", "application/gzip", gzipSync(reportXml()).subarray(0, 200)),
      "its gzip cannot be read",
    ],
    [
      "half a report",
      withText("h.example", "text/plain", "x", "text/xml", Buffer.from(reportXml().slice(0, 700))),
      "its XML breaks off",
    ],
  ])("is none: %s", async (_, raw, because) => {
    await expect(readReportMail(raw)).rejects.toThrow(because);
  });
});

it("a zip that lies about its size is unpacked no further than it says", () => {
  const zip = Buffer.from(zipSync({ "a.xml": BOMB }));
  const directory = zip.readUInt32LE(zip.length - 22 + 16);
  zip.writeUInt32LE(1_000, directory + 24);
  expect(unpackXml(zip).length).toBe(1_000);
});

it("a gzip with a line end behind it is read, as one of the hosts sends it", () => {
  const xml = reportXml();
  expect(unpackXml(Buffer.concat([gzipSync(xml), Buffer.from("\r\n")]))).toBe(xml);
});

it.each([
  ["with names in another namespace", reportXml().replaceAll(/<(\/?)(\w)/g, "<$1n:$2")],
  [
    "inside a schema's element that is never closed",
    reportXml({ root: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">' }),
  ],
  ["with PASS in capitals", reportXml().replaceAll(">pass<", ">PASS<")],
  [
    "with an entity of its own, which is not looked at",
    reportXml({ root: '<!DOCTYPE x [<!ENTITY y "z">]>' }),
  ],
])("an aggregate report is read %s", (_, xml) => {
  expect(readAggregate(xml, "host.example")).toMatchObject({
    id: "17",
    rows: [{ source: "192.0.2.1", isAligned: true }],
  });
});

it("entities that grow are not followed", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${"x".repeat(999)}"><!ENTITY b "${"&a;".repeat(999)}">]>`;
  const { id } = readAggregate(reportXml({ root: bomb, id: "&b;" }), "host.example");
  expect(id.length).toBeLessThan(10);
});

it.each([
  ["elements without end", `<feedback>${"<record>".repeat(500_000)}`],
  ["elements beside one another without end", `<feedback>${"<a/>".repeat(500_000)}</feedback>`],
])("%s are no report", (_, xml) => {
  expect(() => readAggregate(xml, "host.example")).toThrow("it is larger than a report is");
});

describe("mails of a source are", () => {
  const standing = (row: SampleRow) =>
    keptDmarcReport(readAggregate(reportXml({ rows: [{ count: 5, ...row }] }), "h.example"), OURS).mails;
  const failing = { dkim: "fail", spf: "fail" } as const;

  it.each([
    ["ours where DKIM stands for us", { spf: "fail" }, "aligned"],
    ["ours where SPF stands for us", { dkim: "fail" }, "aligned"],
    ["forwarded where a host says so", { ...failing, signed: [], reason: "forwarded" }, "forwarded"],
    [
      "forwarded where a list is known",
      { ...failing, signed: [["list.example", "pass"]], reason: "mailing_list" },
      "forwarded",
    ],
    [
      "forwarded where ARC vouches",
      { ...failing, signed: [], reason: "local_policy", comment: "arc=pass as.0" },
      "forwarded",
    ],
    ["forwarded where our own signature was broken", { ...failing, signed: [[OURS, "fail"]] }, "forwarded"],
    ["not ours without any of it", { ...failing, signed: [["evil.example", "pass"]] }, "forged"],
    [
      "not ours for a policy alone",
      { ...failing, signed: [], reason: "local_policy", comment: "x" },
      "forged",
    ],
  ] as [string, SampleRow, string][])("%s", (_, row, expected) => {
    expect(standing(row)).toEqual({ aligned: 0, forwarded: 0, forged: 0, [expected]: 5 });
  });

  it("counted by source where they are not simply ours, fifty at the most", () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({
      ip: `198.51.100.${at}`,
      count: at + 1,
      ...failing,
      signed: [],
    }));
    const { sources, mails } = keptDmarcReport(
      readAggregate(reportXml({ rows: [...rows, { count: 9 }] }), "h.example"),
      OURS,
    );
    expect(sources.length).toBe(50);
    expect(sources[0]).toEqual({ ip: "198.51.100.59", forwarded: 0, forged: 60 });
    expect(mails).toEqual({ aligned: 9, forwarded: 0, forged: (60 * 61) / 2 });
  });
});
