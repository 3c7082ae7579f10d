import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { emptyFolder } from "../infra/fixture.ts";
import { readInProcess } from "./fuzz.ts";
import { listBeginnings, mutatedMail } from "./mutations.ts";
import { describeFault, measureReading } from "./verdict.ts";

const VERDICT = join(ROOT, "tests/fuzz/verdict.ts");
const MAIL = Buffer.from("From: jane@acme.example\r\n\r\nhi\r\n");

/** What is told of a process that runs this source. */
async function told(source: string) {
  const file = join(emptyFolder(), "reader.mjs");
  writeFileSync(file, source);
  const lines: object[] = [];
  await readInProcess([file], (line) => lines.push(line), { mostSilence: 1_000 });
  return lines;
}

describe("a mail of the fuzz", () => {
  it("is the same for the same seed and number, and another for another", () => {
    const beginnings = listBeginnings();
    const make = (seed: string, number: number) => mutatedMail(seed, number, beginnings);
    expect(make("1", 3)).toEqual(make("1", 3));
    expect(make("1", 3)).not.toEqual(make("1", 4));
    expect(make("1", 3)).not.toEqual(make("2", 3));
  });

  it("begins with the fixtures' mails as well as with the hostile families", () => {
    expect(listBeginnings().length).toBeGreaterThan(77 + 150);
  });
});

describe("what is at fault", () => {
  const judge = async (read: (mail: Buffer) => Promise<void>) =>
    describeFault(await measureReading(MAIL, read));

  it("is no mail that is read at once", async () => {
    expect(await judge(async () => {})).toBeUndefined();
  });

  it("is one that takes more than half a second of processor", async () => {
    const busy = async () => {
      for (const until = process.cpuUsage().user + 600_000; process.cpuUsage().user < until; );
    };
    expect(await judge(busy)).toMatch(/takes \d+ ms of processor/);
  });

  it("is one that takes more than 50 MB, given back or not", () => {
    // In a process of its own: what other tests have left behind in this one is given back while it is measured.
    const source = `
      import { describeFault, measureReading } from ${JSON.stringify(pathToFileURL(VERDICT).href)};
      const large = async () => void Buffer.alloc(120 * 1024 * 1024, 1);
      const { mb } = await measureReading(Buffer.from("hi"), large);
      console.log(describeFault({ ms: 0, mb }));`;
    const given = ["--import", "tsx", "--input-type=module", "--eval", source];
    expect(execFileSync(process.execPath, given, { cwd: ROOT, encoding: "utf8" })).toMatch(/takes \d+ MB/);
  });

  it("is one that fails", async () => {
    const failing = async () => Promise.reject(new TypeError("undefined is not a function"));
    expect(await judge(failing)).toContain("crashes: TypeError: undefined is not a function");
  });

  it("is one that never ends, or ends the process; what was read before it is no fault", async () => {
    const begun = 'console.log(`{"number":6}`); console.log(`{"begun":7,"bytes":9}`);';
    expect(await told(`${begun} setTimeout(() => { for (;;); }, 100);`)).toEqual([
      { number: 6 },
      { number: 7, bytes: 9, fault: "does not end within 1 s" },
    ]);
    expect(await told(`${begun} setTimeout(() => process.abort(), 100);`)).toEqual([
      { number: 6 },
      { number: 7, bytes: 9, fault: "ends the process" },
    ]);
  });
});
