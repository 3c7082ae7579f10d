import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { fontConfiguration } from "./fonts.ts";

/** A browser, or one line that says why there is none here. */
export type Found = { browser: Browser } | { missing: string };

/** A browser that is slow to start on a busy machine is not a missing one. */
const timeout = 120_000;

/**
 * Starts a real Chromium without downloading one: the one that comes as an npm package on Linux x64, an installed
 * Chrome elsewhere. The npm one is given fonts from packages too, so that pictures are the same everywhere.
 */
export async function findBrowser(): Promise<Found> {
  const onLinux = process.platform === "linux" && process.arch === "x64";
  try {
    return { browser: onLinux ? await fromPackage() : await chromium.launch({ channel: "chrome", timeout }) };
  } catch (error) {
    return { missing: `Skipped in a real browser: no Chromium starts here (${firstLine(error)})` };
  }
}

async function fromPackage(): Promise<Browser> {
  const executablePath = await sparticuz.executablePath();
  const args = ["--no-sandbox", "--no-zygote", "--font-render-hinting=none"];
  const env = { ...process.env, FONTCONFIG_PATH: fontConfiguration(join(tmpdir(), "fonts")) };
  try {
    return await chromium.launch({ executablePath, args, env, timeout });
  } catch (error) {
    if (!/shared librar/.test(String(error))) throw error;
    return await chromium.launch({
      executablePath,
      args,
      timeout,
      env: { ...env, LD_LIBRARY_PATH: unpackLibraries() },
    });
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

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
