import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Deployment } from "../../../console/connect.ts";
import { exportStage } from "../../../console/transfer/export.ts";
import {
  readTransfer,
  requirePassphrase,
  type TransferLine,
  writeTransfer,
} from "../../../console/transfer/file.ts";
import { requireRoom } from "../../../console/transfer/import.ts";
import type { StageState } from "../../../console/transfer/stage-state.ts";
import { ALONE, typed } from "../../support/console.ts";

const folder = mkdtempSync(join(tmpdir(), "coursepost-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** Work that takes no time. */
const LOCKED = { passphrase: "five words chosen by dice", work: 8 };
const BEFORE: TransferLine[] = [
  { transfer: 1, from: "production", at: "2026-12-01T05:00:00.000Z" },
  { keyring: "{}" },
  { item: { pk: { S: "S#a" }, sk: { S: "subscriber" } } },
  { mail: "raw/1", raw: "SGVsbG8=" },
];
const sum = (lines: TransferLine[]) =>
  createHash("sha256")
    .update(lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
    .digest("hex");
const END: TransferLine = { end: { items: 1, mails: 1 }, sha256: sum(BEFORE) };

async function* all(lines: TransferLine[]) {
  yield* lines;
}
let count = 0;
async function written(...lines: TransferLine[]): Promise<string> {
  const file = join(folder, `${++count}`);
  await writeTransfer(file, all(lines), LOCKED);
  return file;
}
async function read(file: string, locked = LOCKED): Promise<TransferLine[]> {
  const lines: TransferLine[] = [];
  for await (const line of readTransfer(file, locked)) lines.push(line);
  return lines;
}

describe("the file of a stage", () => {
  it("gives back each line, and shows none of it from outside", async () => {
    const file = await written(...BEFORE, END);
    expect(await read(file)).toEqual([...BEFORE, END]);
    expect(readFileSync(file).toString("latin1")).not.toContain("subscriber");
  });

  it.each([
    [
      "another passphrase",
      async () => read(await written(...BEFORE, END), { ...LOCKED, passphrase: "five other words by dice" }),
      "is the passphrase right",
    ],
    [
      "a file that was cut off",
      async () => read(broken(await written(...BEFORE, END), (bytes) => bytes.subarray(0, -20))),
      "does not open",
    ],
    [
      "one whose bytes were changed",
      async () =>
        read(
          broken(await written(...BEFORE, END), (bytes) =>
            bytes.map((byte, at) => (at === bytes.length - 30 ? byte ^ 1 : byte)),
          ),
        ),
      "does not open",
    ],
    ["one that ends too early", async () => read(await written(...BEFORE)), "has no end: it was cut off"],
    [
      "one that lacks an item",
      async () => read(await written(...BEFORE.filter((line) => !("item" in line)), END)),
      "It says 1 items and 1 mails, and has 0 and 1",
    ],
    [
      "one whose line was changed by who knows the passphrase",
      async () =>
        read(await written(...BEFORE.map((line) => ("mail" in line ? { ...line, raw: "" } : line)), END)),
      "it was changed",
    ],
    [
      "one of a later version",
      async () => read(await written({ transfer: 2, from: "x", at: "x" }, END)),
      "It is of version 2; this Coursepost reads version 1",
    ],
    [
      "one of something else",
      async () => read(await written({ keyring: "x" }, END)),
      "It is no transfer of a stage",
    ],
    ["none", async () => read(join(folder, "none")), "There is no file"],
  ])("is not taken: %s", async (_, attempt, says) => {
    await expect(attempt()).rejects.toThrow(says);
  });

  it("is not there before it is whole", async () => {
    const file = join(folder, "half");
    async function* failing(): AsyncGenerator<TransferLine> {
      yield* BEFORE;
      throw new Error("The table is away");
    }
    await expect(writeTransfer(file, failing(), LOCKED)).rejects.toThrow("The table is away");
    await expect(read(file)).rejects.toThrow("There is no file");
    await expect(read(`${file}.part`)).rejects.toThrow("There is no file");
  });

  it("asks for a passphrase that is not guessed in a day, before it reaches any stage", async () => {
    expect(() => requirePassphrase(" short ")).toThrow("has 5 letters; it needs 16");
    expect((await typed({} as never, "transfer", "export", "x")).error).toContain(
      "name a file with --passphrase FILE",
    );
    expect(
      (await typed({} as never, "transfer", "export", "x", "--passphrase", join(folder, "no"))).error,
    ).toContain("cannot be read");
  });
});

function broken(file: string, change: (bytes: Uint8Array) => Uint8Array): string {
  writeFileSync(file, change(readFileSync(file)));
  return file;
}

describe("a stage", () => {
  const state = (keyring: string, ...sks: string[]) =>
    ({
      keyring: async () => keyring,
      async *items() {
        for (const sk of sks) yield { pk: { S: "S#a" }, sk: { S: sk } };
      },
    }) as unknown as StageState;

  it("that has readers of its own is not written over: their links would die", async () => {
    await expect(requireRoom(state("own", "owner", "subscriber"), "other")).rejects.toThrow(
      "has readers of its own",
    );
    await expect(requireRoom(state("own", "owner", "report#1"), "other")).resolves.toBeUndefined();
    await expect(requireRoom(state("same", "subscriber"), "same"), "gone on with").resolves.toBeUndefined();
  });
});

it("a stage is not written down while a mail is on its way, which might be mailed twice; held it is already", async () => {
  const now = Date.UTC(2026, 11, 1);
  const held: unknown[] = [];
  const services = {
    clock: { now: () => now },
    store: { changeGovernor: async (change: (governor: object) => object) => held.push(change({})) > 0 },
  };
  const exported = (until: number) => {
    const claimed = {
      pk: { S: "S#a" },
      sk: { S: "enrolment#c" },
      claim: { M: { until: { N: `${until}` } } },
    };
    const state = {
      keyring: async () => "{}",
      async *items() {
        yield claimed;
      },
      async *mailKeys() {},
    } as unknown as StageState;
    const deployment = { stage: "local", place: "this machine", services } as unknown as Deployment;
    return exportStage(deployment, state, join(folder, "held"), LOCKED, ALONE);
  };
  await expect(exported(now + 30_000)).rejects.toThrow(
    "A mail is on its way. All mail is held now: export again in three minutes.",
  );
  expect(held).toEqual([{ held: { why: "owner", since: now } }]);
  // One whose sender died long ago is in doubt there as it is here.
  await expect(exported(now - 3_600_000)).resolves.toContain("1 item, 0 raw mails");
});
