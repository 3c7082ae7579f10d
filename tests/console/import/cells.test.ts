import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emptyDateSurvey,
  orderTold,
  readDate,
  readDateFormat,
  surveyDate,
} from "../../../console/import/dates.ts";
import { readTagsCell, tagsCell } from "../../../console/import/tags-cell.ts";
import { canonicalZone } from "../../../functions/domain/course/zones.ts";

/** Reads a column as an import does. */
function readColumn(cells: readonly string[], format?: string): (string | undefined)[] {
  const survey = emptyDateSurvey();
  for (const cell of cells) surveyDate(survey, cell);
  const order = { said: format === undefined ? undefined : readDateFormat(format), told: orderTold(survey) };
  return cells.map((cell) => {
    const read = readDate(cell, order);
    return typeof read === "number" ? new Date(read).toISOString().slice(0, 19) : undefined;
  });
}

describe("a date as people's tools write it", () => {
  it.each([
    ["2024-01-10", "2024-01-10T00:00:00"],
    ["2024-01-01 7:05", "2024-01-01T07:05:00"],
    ["2024/1/10 07:05:09", "2024-01-10T07:05:09"],
    ["2024-01-10T07:05:09.123Z", "2024-01-10T07:05:09"],
    ["2024-01-10 07:05:09.123456+00", "2024-01-10T07:05:09"],
    ["2024-01-10 07:05:09 +0100", "2024-01-10T06:05:09"],
    ["2024-01-10 07:05:09 UTC", "2024-01-10T07:05:09"],
    ["2024-01-10 07:05:09 +0000 UTC", "2024-01-10T07:05:09"],
    ["12.02.2018 17:59", "2018-02-12T17:59:00"],
    ["12.2.18", "2018-02-12T00:00:00"],
    ["12. Februar 2018, 17:59 Uhr", "2018-02-12T17:59:00"],
    ["2/13/2018 9:06", "2018-02-13T09:06:00"],
    ["2/13/2018, 9:06:05 PM", "2018-02-13T21:06:05"],
    ["2/13/2018 12:06\u202fAM", "2018-02-13T00:06:00"],
    ["13/2/2018", "2018-02-13T00:00:00"],
    ["5/5/2018", "2018-05-05T00:00:00"],
    ["Jan 10, 2024", "2024-01-10T00:00:00"],
    ["January 10th, 2024 at 7:05 am", "2024-01-10T07:05:00"],
    ["10 Jan 2024 07:05", "2024-01-10T07:05:00"],
    ["10-Jan-24", "2024-01-10T00:00:00"],
    ["Wed, 10 Jan 2024 07:05:09 +0100", "2024-01-10T06:05:09"],
    ["Wed Jan 10 2024 07:05:09 GMT+0100 (Central European Standard Time)", "2024-01-10T06:05:09"],
    ["3. März 2024", "2024-03-03T00:00:00"],
    ["14 août 2023", "2023-08-14T00:00:00"],
    ["10 de enero de 2024", "2024-01-10T00:00:00"],
    ["1704870309", "2024-01-10T07:05:09"],
    ["1704870309000", "2024-01-10T07:05:09"],
  ])("%s is %s", (written, moment) => {
    expect(readColumn([written])).toEqual([moment]);
  });

  it.each([
    "2024-02-30",
    "2023-02-29",
    "31.04.2024",
    "31/4/2024",
    "Feb 30, 2024",
    "2024-13-01",
    "2024-01-10 25:00",
    "2024-01-10 13:00 PM",
    "2.13.2018",
    "18-02-12",
    "yesterday",
    "10 Foo 2024",
    "03/04/2024",
  ])("%s is none, or could be two", (written) => {
    expect(readColumn([written])).toEqual([undefined]);
  });

  it("has the order that the whole column tells, dots by themselves, or the one that is said", () => {
    expect(readColumn(["03/04/2024", "13/04/2024"])).toEqual(["2024-04-03T00:00:00", "2024-04-13T00:00:00"]);
    expect(readColumn(["03/04/2024", "04/13/2024"])).toEqual(["2024-03-04T00:00:00", "2024-04-13T00:00:00"]);
    expect(readColumn(["12.02.2018 17:59", "2/13/2018 9:06", "2024-01-01 7:05"])).toEqual([
      "2018-02-12T17:59:00",
      "2018-02-13T09:06:00",
      "2024-01-01T07:05:00",
    ]);
    // The column contradicts itself: what is clear alone is read, what is not is refused.
    expect(readColumn(["03/04/2024", "13/04/2024", "04/13/2024"])[0]).toBeUndefined();
    expect(readColumn(["03/04/2024", "04/13/2024"], "DD/MM/YYYY")).toEqual([
      "2024-04-03T00:00:00",
      undefined,
    ]);
    expect(readColumn(["03/04/2024"], "mdy")).toEqual(["2024-03-04T00:00:00"]);
    expect(readDateFormat("%d.%m.%Y %H:%M")).toBe("dmy");
    expect(readDateFormat("YYYY-MM-DD HH:mm")).toBe("ymd");
    expect(readDateFormat("european")).toBeUndefined();
  });
});

it("a date keeps its thousandths of a second", () => {
  expect(readDate("2024-01-10T07:05:09.123456Z", {})).toBe(Date.UTC(2024, 0, 10, 7, 5, 9, 123));
});

describe("tags in a cell", () => {
  it.each([
    ["VIP, customer", ["VIP", "customer"]],
    ['"VIP","a, b"', ["VIP", "a, b"]],
    ['"VIP" gold', ['"VIP" gold']],
    ['["x", "y"]', ["x", "y"]],
    ["['x', 'it\\'s']", ["x", "it's"]],
    ["[x, y z]", ["x", "y z"]],
    ['{x,"y z"}', ["x", "y z"]],
    ['[{"name":"x"},{"name":"y"}]', ["x", "y"]],
    ['a,"b', ["a", '"b']],
    ['a"b,c', ['a"b', "c"]],
    ['"a""b",c', ['a"b', "c"]],
    ['"a, b', ['"a', "b"]],
    ["[broken", ["[broken"]],
    ["", []],
  ])("%s are read", (cell, tags) => {
    expect(readTagsCell(cell)).toEqual(tags);
  });

  it("are never a reason to end, and an export's are what they were", () => {
    const sign = fc.constantFrom('"', "'", ",", "[", "]", "{", "}", "\\", ":", "a", " ");
    fc.assert(fc.property(fc.string({ unit: sign }), (cell) => Array.isArray(readTagsCell(cell))));
    const tag = fc.string({ unit: sign, minLength: 1 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        expect(readTagsCell(tagsCell(tags))).toEqual(tags);
      }),
    );
  });
});

describe("the name of a zone", () => {
  it("is the one that counts, whatever its case and age", () => {
    expect(canonicalZone("europe/zurich")).toBe("Europe/Zurich");
    expect(canonicalZone("America/New York")).toBe("America/New_York");
    for (const name of ["Europe/Zurich\u200b", "\ufeffEurope/Zurich", "EUROPE / ZURICH"])
      expect(canonicalZone(name)).toBe("Europe/Zurich");
    expect(canonicalZone("US/Pacific")).toBe("America/Los_Angeles");
    for (const name of ["Asia/Calcutta", "Asia/Kolkata"]) expect(canonicalZone(name)).toBe("Asia/Kolkata");
    for (const name of ["Europe/Kiev", "Europe/Kyiv"]) expect(canonicalZone(name)).toBe("Europe/Kyiv");
    for (const name of ["utc", "Etc/UTC", "GMT", "Z"])
      expect([undefined, "UTC"]).toContain(canonicalZone(name));
    for (const name of ["", "+02:00", "Mars/Olympus", "nowhere"]) expect(canonicalZone(name)).toBeUndefined();
  });

  it("is its own name", () => {
    for (const name of Intl.supportedValuesOf("timeZone")) {
      const canonical = canonicalZone(name) as string;
      expect(canonicalZone(canonical), name).toBe(canonical);
    }
  });
});
