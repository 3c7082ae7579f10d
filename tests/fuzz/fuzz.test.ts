import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../infra/fixture.ts";
import { readInProcess } from "./fuzz.ts";
import { listBeginnings, mutatedMail } from "./mutations.ts";
import { describeFault, measureReading } from "./verdict.ts";

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

  it("is one that takes more than 50 MB, given back or not", async () => {
    const large = async () => void Buffer.alloc(120 * 1024 * 1024, 1);
    // What tests before this one have left behind must not be given back while it is measured.
    setFlagsFromString("--expose-gc");
    (runInNewContext("gc") as () => void)();
    const { mb } = await measureReading(MAIL, large);
    expect(describeFault({ ms: 0, mb })).toMatch(/takes \d+ MB/);
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
