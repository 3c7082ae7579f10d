import { defineConfig } from "vitest/config";

/** A process of its own for each file, first of all: minutes of one thread each, and much memory. */
const LONG = ["tests/simulation/**/*.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    // The default leaves a core idle, which on two cores is half of them.
    maxWorkers: "100%",
    // For a busy machine: what waits for ever is found, and what is slow is not failed.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // A test that asserts nothing, as one whose loop has nothing to go through, fails.
    expect: { poll: { timeout: 30_000 }, requireAssertions: true },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    projects: [
      {
        extends: true,
        test: { name: "long", include: LONG },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["tests/**/*.test.ts"],
          exclude: LONG,
          // They leave nothing behind, so that what they import is loaded once for all of them.
          isolate: false,
          globalSetup: "tests/support/assembled.ts",
        },
      },
    ],
  },
});
