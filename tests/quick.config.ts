import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { PROCESS } from "./process.ts";

const ROOT = join(import.meta.dirname, "..");
/** Whole systems, a browser, other processes, and minutes of one thread. */
const LONG_FOLDERS = /^tests\/(journeys|browser|simulation|long|bench|mutation|fuzz)\//;
/** What a file imports tells what it starts: another program, a cloud with its functions, a synthesis, a preview. */
const STARTS =
  /node:child_process|support\/(cloud|synth|writing|assembled)|openOwnersCloud|openRehearsedCloud|local\/assemble|infra\/(synthesis|bundle)|"aws-cdk-lib|\binject\(/;

const isQuick = (file: string): boolean =>
  !LONG_FOLDERS.test(file) && !STARTS.test(readFileSync(join(ROOT, file), "utf8"));

/** `npm run test:quick`: what can be asked after each change. `npm test` runs all. */
export default defineConfig({
  root: ROOT,
  test: {
    include: readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
      .map((name) => `tests/${name.replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules/"))
      .filter(isQuick),
    pool: "forks",
    execArgv: [...PROCESS],
    maxWorkers: "100%",
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 }, requireAssertions: true },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
