import { defineConfig } from "vitest/config";

/** What opens a cloud, starts a browser or is a program: a process of its own for each file. The longest come first. */
const CLOUD = ["tests/{browser,console,journeys,simulation}/**/*.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    // The default leaves a core idle, which on two cores is half of them.
    maxWorkers: "100%",
    // For a busy machine: what waits for ever is found, and what is slow is not failed.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    projects: [
      {
        extends: true,
        test: { name: "cloud", include: CLOUD, globalSetup: "tests/support/assembled.ts" },
      },
      {
        extends: true,
        // They leave nothing behind, so that what they import is loaded once for all of them.
        test: { name: "parts", include: ["tests/**/*.test.ts"], exclude: CLOUD, isolate: false },
      },
    ],
  },
});
