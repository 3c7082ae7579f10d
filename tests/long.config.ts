import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { PROCESS } from "./process.ts";

/** `npm run test:long`: each planted bug, and simulations that take minutes. For whoever changes what it looks at, and before a release. */
export default defineConfig({
  root: join(import.meta.dirname, ".."),
  test: {
    include: ["tests/long/**/*.test.ts"],
    globalSetup: "tests/simulation/editions.ts",
    pool: "forks",
    execArgv: [...PROCESS],
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { requireAssertions: true },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
