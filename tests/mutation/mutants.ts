import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, it, vi } from "vitest";
import type { Covered, Plan, Verdict } from "./plan.ts";

/** What the switches in the instrumented source read and write: Stryker's names. */
interface Switches {
  activeMutant?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  currentTestId?: string | undefined;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

const ROOT = join(import.meta.dirname, "../..");
const plan: Plan = JSON.parse(readFileSync(process.env.COURSEPOST_MUTATION ?? "", "utf8"));
const global = globalThis as { __stryker__?: Switches };
global.__stryker__ ??= {};
const switches = global.__stryker__;
// The same cases for each mutant, and no search for the smallest that fails.
fc.configureGlobal({ seed: 1, endOnFailure: true });

const write = (result: Covered | Verdict): void =>
  appendFileSync(plan.results, `${JSON.stringify(result)}\n`);

/** All tests once more, over sources that are loaded anew: what runs while they are loaded is broken as well. */
async function loadTests(): Promise<void> {
  vi.resetModules();
  for (const file of plan.tests) await import(join(ROOT, file));
}

const nameOf = (task: { fullTestName: string }, under: string): string =>
  task.fullTestName.slice(task.fullTestName.indexOf(under) + under.length);

if (plan.mutants.length === 0) {
  describe("nothing is broken", async () => {
    const failing: string[] = [];
    beforeEach(({ task, onTestFailed }) => {
      const name = nameOf(task, "nothing is broken");
      switches.currentTestId = name;
      onTestFailed(() => {
        failing.push(name);
      });
    });
    afterAll(() => {
      const { static: whileLoading = {}, perTest = {} } = switches.mutantCoverage ?? {};
      write({ static: whileLoading, perTest, failing });
    });
    await loadTests();
  });
}

for (const { id, tests, mostHits } of plan.mutants) {
  const title = `mutant ${id} `;
  describe(title.trim(), async () => {
    const shown = tests && new Set(tests);
    let isKilled = false;
    let begun = 0;
    beforeAll(() => {
      Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: mostHits });
    });
    beforeEach(({ task, skip, onTestFailed }) => {
      if (isKilled || (shown && !shown.has(nameOf(task, title.trim())))) skip();
      begun++;
      onTestFailed(() => {
        isKilled = true;
      });
    });
    afterAll(() => {
      // Where what comes before a test fails, the test never begins.
      const isMissed = !isKilled && begun >= (shown?.size ?? 1);
      write({ id, outcome: isMissed ? "survived" : "killed" });
    });
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: mostHits });
    try {
      await loadTests();
    } catch {
      isKilled = true;
      it("cannot be loaded", () => undefined);
    }
  });
}
