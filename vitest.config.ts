import { defineConfig } from "vitest/config";
import { PROCESS } from "./tests/process.ts";

/** A process of its own for each file: many seconds of one thread, and much memory. */
const SIMULATED = ["simulation", "planted-bugs", "sample-courses"].map(
  (name) => `tests/simulation/${name}.test.ts`,
);

export default defineConfig({
  test: {
    pool: "forks",
    execArgv: [...PROCESS],
    // The default leaves a core idle, which on two cores is half of them.
    maxWorkers: "100%",
    // For a busy machine: what waits for ever is found, and what is slow is not failed.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // A test that asserts nothing, as one whose loop has nothing to go through, fails.
    expect: { poll: { timeout: 30_000 }, requireAssertions: true },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    // They run in the order of their names: the longest files first, so that no core waits for them at the end.
    projects: [
      {
        extends: true,
        test: { name: "simulated", include: SIMULATED, globalSetup: "tests/simulation/editions.ts" },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: ["tests/**/*.test.ts"],
          // Minutes: `npm run test:long`.
          exclude: [...SIMULATED, "tests/long/**"],
          // They leave nothing behind, so that what they import is loaded once for all of them.
          isolate: false,
          globalSetup: "tests/support/assembled.ts",
        },
      },
    ],
  },
});
