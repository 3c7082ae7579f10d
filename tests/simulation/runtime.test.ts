import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../local/aws/clock.ts";
import { Chance } from "../../local/simulation/random.ts";
import { OneThread } from "../../local/simulation/runtime.ts";

const MINUTE = 60_000;

describe("a program that a simulation runs", () => {
  let code: string;
  beforeEach(async () => {
    code = await mkdtemp(join(tmpdir(), "program-test-"));
  });
  afterEach(() => rm(code, { recursive: true, force: true }));

  /** Two hours in which the function is invoked each minute, as a schedule does, which hears of no failure. */
  async function runsFor(program: string): Promise<number> {
    await writeFile(join(code, "index.mjs"), program);
    const clock = new VirtualClock(0);
    const unasked = undefined as never;
    const runtime = new OneThread({ clock, wire: unasked, dns: unasked, chance: new Chance("a program") });
    runtime.deploy({ name: "Web", code, handler: "index.handler", environment: {}, timeoutSeconds: 3 });
    let runs = 0;
    for (let minute = 1; minute <= 120; minute++)
      clock.at(minute * MINUTE, "a schedule", () => {
        runs++;
        void runtime.invoke("Web", {}).catch(() => undefined);
      });
    const end = clock.advanceUntil(121 * MINUTE, () => runtime.quiet());
    return end.then(
      () => runs,
      (error: Error) => Promise.reject(new Error(`run ${runs}: ${error.message}`)),
    );
  }

  it("ends it at the first run, by the compiler's word and place, where it does not compile", async () => {
    const program = "const fine=1;\nconst =2;\nexport{fine as handler};";
    await expect(runsFor(program)).rejects.toThrow(
      /^run 1: Web cannot begin: .*index\.mjs:2: SyntaxError: Unexpected/,
    );
  });

  it("ends it at the first run where it throws while it is loaded, and where it has no handler", async () => {
    await expect(runsFor('throw new TypeError("no settings");')).rejects.toThrow(
      "run 1: Web cannot begin: TypeError: no settings",
    );
    await expect(runsFor("const handler=1;\nexport{handler as other};")).rejects.toThrow(
      'run 1: Web cannot begin: Error: The bundle exports no "handler"',
    );
  });

  it("control: what a run throws is the run's alone, as Lambda has it", async () => {
    const program = 'const run=async()=>{throw new Error("a bad mail")};\nexport{run as handler};';
    expect(await runsFor(program)).toBe(120);
  });
});
