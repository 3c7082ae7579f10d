import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvLine, readCell, safeCell } from "../../../console/cells.ts";
import { runExport } from "../../../console/export/export.ts";
import { headings, toCells } from "../../../console/export/person.ts";
import { readRow } from "../../../console/import/candidate.ts";
import { readColumns } from "../../../console/import/columns.ts";
import { type Import, importPerson } from "../../../console/import/import-person.ts";
import type { Imported } from "../../../console/import/imported.ts";
import { inertImport, joinedByImport } from "../../../console/import/imported.ts";
import { type ImportFlags, runImport } from "../../../console/import/order.ts";
import { readCsv } from "../../../console/import/read-csv.ts";
import type { PersonRecord } from "../../../console/table/people.ts";
import { canonicalZone } from "../../../functions/domain/course/zones.ts";
import { readAddress, readFirstName } from "../../../functions/domain/people/address.ts";
import type { StopReason, Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { readTags } from "../../../functions/domain/people/tags.ts";
import { addressHash } from "../../../functions/links/links.ts";

import { ALONE, deploymentOf } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { hasSecondEngine, startDynalite, startDynoxide } from "../../support/engines.ts";
import { startWorld, type World } from "../../support/services.ts";
import { allItems } from "../../support/whole-table.ts";

const NOW = Date.UTC(2026, 2, 4, 9);
const EVIDENCE = { source: "our own list", date: "2026-01-01", words: "As before" } as const;
/** What an import can be for. */
const AIMS: readonly ImportFlags[] = [{}, { newsletter: true }, { "start-course": true }, { confirm: true }];
const IMPORT: Import = {
  evidence: { import: "a", source: "elsewhere", words: "Yes" },
  aim: "list",
  course: aCourse("one"),
};

/** What a sign-up or an import can have left in the table: any script, and what spreadsheets trip over. */
const nasty = fc.constantFrom(
  "=1+1",
  "+49",
  "-",
  "@x",
  "'",
  "'=",
  '"',
  ";",
  ",",
  "\t",
  "\n",
  "Ü",
  "李",
  "ע",
  "👩🏽‍🚀",
);
const words = fc
  .array(fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 5 })
  .map((all) => all.join(""));
const name = words.map(readFirstName).map((read) => ("problem" in read ? undefined : read.firstName));
const localPart = fc.stringMatching(/^[A-Za-z0-9+='!_-]{1,12}$/);
const address = fc
  .tuple(localPart, fc.constantFrom("x.example", "müller.example", "例え.example"))
  .map(([local, domain]) => readAddress(`${local}@${domain}`))
  .filter((read) => !("problem" in read))
  .map((read) => (read as { entered: string }).entered);
const person = fc.record({
  address,
  firstName: name,
  zone: fc
    .constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC")
    .map((name) => canonicalZone(name) as string),
  language: fc.option(fc.constantFrom("en", "de", "pt-BR"), { nil: undefined }),
  tags: fc.array(words, { maxLength: 4 }).map(readTags),
  joinedAt: fc.integer({ min: 0, max: NOW }),
  newsletter: fc.boolean(),
  stoppedBy: fc.option(fc.constantFrom<StopReason>("reader", "bounce", "complaint", "owner"), {
    nil: undefined,
  }),
});
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never;

const asImported = ({ firstName, language, stoppedBy, ...rest }: Person, hash: string): Imported => ({
  ...rest,
  addressHash: hash,
  course: "course",
  ...(language !== undefined && { language }),
  ...(firstName !== undefined && { firstName }),
  ...(stoppedBy && { stoppedBy }),
});

const findSubscriber = (one: Person): Subscriber => {
  const joined = joinedByImport(inertImport("id", asImported(one, "hash"), IMPORT.evidence, "list", NOW, 1));
  return one.stoppedBy
    ? { ...joined, status: "stopped", stoppedBy: one.stoppedBy, newsletter: false }
    : joined;
};

const personRecord = (subscriber: Subscriber): PersonRecord => ({
  subscriber,
  enrolments: [],
  ledger: [],
  reflections: [],
});

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}

describe("a cell of an export", () => {
  it("begins no formula in a spreadsheet, and is the same again when it is read", () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: "binary" })), (text) => {
        expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r]/);
        expect(readCell(safeCell(text))).toBe(text);
      }),
    );
    expect(safeCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
    expect(safeCell("O'Neill")).toBe("O'Neill");
  });

  it("of any person says to an import what it said of them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 5 }), async (people) => {
        const csv =
          csvLine(headings([])) +
          people.map((one) => csvLine(toCells(personRecord(findSubscriber(one)), []))).join("");
        const rows = [];
        for await (const row of readCsv("f", textOf(csv.replaceAll("\r\n", "\n")))) rows.push(row);
        const columns = readColumns("f", rows[0]?.cells ?? [], undefined);
        const read = rows.slice(1).map((row) => readRow(row, columns, NOW));
        const expected = people.map(({ firstName, language, stoppedBy, newsletter, ...one }) => ({
          ...one,
          course: "course",
          newsletter: newsletter && !stoppedBy,
          ...(language !== undefined && { language }),
          ...(firstName !== undefined && { firstName }),
          ...(stoppedBy && { stoppedBy }),
        }));
        expect(read).toEqual(expected.map((one) => expect.objectContaining(one)));
        expect(read.map((one) => "firstName" in one)).toEqual(expected.map((one) => "firstName" in one));
      }),
      { numRuns: 60 },
    );
  });
});

const engines = [startDynalite, ...(hasSecondEngine() ? [startDynoxide] : [])];

describe.each(engines)("an export over %o", (engine) => {
  let from: World;
  let to: World;
  let folder: string;
  const people = fc.sample(
    fc.uniqueArray(person, { selector: (one) => one.address.toLowerCase(), minLength: 25, maxLength: 25 }),
    {
      seed: 7,
      numRuns: 1,
    },
  )[0] as Person[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "export-"));
    [from, to] = await Promise.all(
      [1, 2].map(() =>
        startWorld(plainContent({ ...aCourse("one"), languages: ["en", "de", "pt-BR"] }), NOW, engine),
      ) as [Promise<World>, Promise<World>],
    );
    const keys = await from.services.keyring.keys();
    for (const one of people) {
      const hash = addressHash(keys, one.address.toLowerCase());
      await importPerson(from.services, asImported(one, hash), IMPORT, NOW);
    }
  });
  afterAll(async () => {
    await Promise.all([from.stop(), to.stop()]);
    rmSync(folder, { recursive: true });
  });

  const path = (name: string) => join(folder, name);
  /** The rows, without what is counted or drawn anew in another place. */
  const listOf = (file: string) => {
    const [heading, ...rows] = readFileSync(file, "utf8").trimEnd().split("\r\n");
    expect(heading).toContain('"email","first_name"');
    return rows.map((row) => row.replace(/,"[a-z2-7]{16}"$/, "")).sort();
  };

  it("that is imported elsewhere gives the same list there, the stopped among it, and mails nobody", async () => {
    expect(
      await runExport(deploymentOf(from), "csv", path("list.csv"), { ...ALONE, isForced: false }),
    ).toContain("25 people of this machine");
    if (process.platform !== "win32") expect(statSync(path("list.csv")).mode & 0o777).toBe(0o600);
    const said = await runImport(path("list.csv"), deploymentOf(to), { ...EVIDENCE, yes: true }, ALONE);
    expect(said).toMatch(/^Added +25 people$/m);
    await runExport(deploymentOf(to), "csv", path("again.csv"), { ...ALONE, isForced: false });
    const withoutConfirmed = (rows: string[]) =>
      rows.map((row) => row.split('","').toSpliced(10, 1).join('","')).sort();
    expect(withoutConfirmed(listOf(path("again.csv")))).toEqual(withoutConfirmed(listOf(path("list.csv"))));
    const stopped = people.filter(({ stoppedBy }) => stoppedBy);
    expect(stopped.length).toBeGreaterThan(0);
    const keys = await to.services.keyring.keys();
    for (const { address: typed, stoppedBy } of stopped)
      expect(await to.services.store.suppression(addressHash(keys, typed.toLowerCase()))).toMatchObject({
        reason: stoppedBy,
      });
    expect(await runImport(path("list.csv"), deploymentOf(to), { ...EVIDENCE, yes: true }, ALONE)).toContain(
      "nobody to add",
    );
  });

  // Another engine may give an item's fields in another order each time.
  it.runIf(engine === startDynalite)(
    "that is imported again where it is of changes nothing, whatever for, and mails nobody",
    async () => {
      await runExport(deploymentOf(from), "csv", path("own.csv"), { ...ALONE, isForced: false });
      const before = await allItems(from.table, "table");
      expect(before.length).toBeGreaterThan(25);
      for (const aim of AIMS) {
        const flags = { ...EVIDENCE, ...aim, yes: true as const };
        expect(await runImport(path("own.csv"), deploymentOf(from), flags, ALONE)).toContain("nobody to add");
        expect(await allItems(from.table, "table")).toEqual(before);
      }
      expect(from.ses.sent).toEqual([]);
      // Control: elsewhere the same file changes the table.
      const elsewhere = await allItems(to.table, "table");
      const [heading = "", first = ""] = readFileSync(path("own.csv"), "utf8").split("\r\n");
      const other = first
        .replace(/"[^"]+@[^"]+"/, '"one-more@x.example"')
        .replace(',"stopped",', ',"active",');
      writeFileSync(path("more.csv"), `${heading}\r\n${other}\r\n`);
      await runImport(
        path("more.csv"),
        deploymentOf(to),
        { ...EVIDENCE, newsletter: true, yes: true },
        ALONE,
      );
      expect(await allItems(to.table, "table")).not.toEqual(elsewhere);
    },
  );

  it("in JSON lines holds everything that is kept", async () => {
    await runExport(deploymentOf(from), "jsonl", path("list.jsonl"), { ...ALONE, isForced: false });
    const lines = readFileSync(path("list.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(25);
    for (const { subscriber, ...rest } of lines) {
      expect(rest).toEqual({ enrolments: [], ledger: [], reflections: [] });
      expect(await from.services.store.subscriber(subscriber.id)).toEqual(subscriber);
    }
  });

  it("writes over no file unless told to, and leaves none that is cut off", async () => {
    writeFileSync(path("mine.csv"), "mine");
    await expect(
      runExport(deploymentOf(from), "csv", path("mine.csv"), { ...ALONE, isForced: false }),
    ).rejects.toThrow("is there already");
    expect(readFileSync(path("mine.csv"), "utf8")).toBe("mine");
    async function* broken(): AsyncGenerator<PersonRecord> {
      for await (const one of from.allPeople.personRecords()) {
        yield one;
        throw new Error("killed");
      }
    }
    const allPeople = { ...from.allPeople, personRecords: broken };
    await expect(
      runExport({ ...deploymentOf(from), allPeople, place: "" }, "csv", path("mine.csv"), {
        ...ALONE,
        isForced: true,
      }),
    ).rejects.toThrow("killed");
    expect(readFileSync(path("mine.csv"), "utf8")).toBe("mine");
    await runExport(deploymentOf(from), "csv", path("mine.csv"), { ...ALONE, isForced: true });
    expect(listOf(path("mine.csv"))).toHaveLength(25);
  });
});
