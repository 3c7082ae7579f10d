import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import sparticuz from "@sparticuz/chromium";
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from "playwright-core";
import { fontConfiguration } from "./fonts.ts";

/** A browser, or one line that says why there is none here. */
export type Found = { browser: Browser } | { missing: string };

/** A browser that is slow to start on a busy machine is not a missing one. */
const timeout = 120_000;
const ON_LINUX = process.platform === "linux" && process.arch === "x64";
const IS_NEEDED = ON_LINUX && process.env.CI !== undefined;

/**
 * Starts a real Chromium without downloading one: the one that comes as an npm package on Linux x64, an installed
 * Chrome elsewhere. The npm one is given fonts from packages too, so that pictures are the same everywhere.
 */
export async function findBrowser(): Promise<Found> {
  try {
    return { browser: await started((options) => chromium.launch(options)) };
  } catch (error) {
    return { missing: whyMissing(error, IS_NEEDED) };
  }
}

/** The same for several processes, each of which connects to it. */
export async function findBrowserServer(): Promise<{ server: BrowserServer } | { missing: string }> {
  try {
    return { server: await started((options) => chromium.launchServer(options)) };
  } catch (error) {
    return { missing: whyMissing(error, IS_NEEDED) };
  }
}

async function started<Started>(launch: (options: LaunchOptions) => Promise<Started>): Promise<Started> {
  if (!ON_LINUX) return launch({ channel: "chrome", timeout });
  const executablePath = await sparticuz.executablePath();
  const args = ["--no-sandbox", "--no-zygote", "--font-render-hinting=none"];
  const env = { ...process.env, FONTCONFIG_PATH: fontConfiguration(join(tmpdir(), "fonts")) };
  const options = { executablePath, args, env, timeout };
  try {
    return await launch(options);
  } catch (error) {
    if (!/shared librar/.test(String(error))) throw error;
    return await launch({ ...options, env: { ...env, LD_LIBRARY_PATH: unpackLibraries() } });
  }
}

/** A bare container lacks NSS and expat; the package carries them for Lambda's machines, which do too. */
function unpackLibraries(): string {
  const folder = join(tmpdir(), "coursepost-chromium");
  if (existsSync(join(folder, "lib"))) return join(folder, "lib");
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const archive = readFileSync(join(dirname(entry), "../../bin/al2023.tar.br"));
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-x", "-C", folder], { input: brotliDecompressSync(archive) });
  return join(folder, "lib");
}

/** @param isNeeded on the machine that decides on a change: skipped, all that browsers look at would pass unseen there */
export function whyMissing(error: unknown, isNeeded: boolean): string {
  if (isNeeded) throw error;
  return `Skipped in a real browser: no Chromium starts here (${firstLine(error)})`;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
