import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { RehearsalReport } from "./report.ts";

/** What a stage's last rehearsal told, and when it ended. Holds nothing of a reader: its own came and went with it. */
export interface KeptReport {
  at: Instant;
  report: RehearsalReport;
}

const FOLDER = join(ROOT, "out", "rehearsals");

/** Keeps it on this machine, in place of the one before, for the desk. */
export function keepReport(kept: KeptReport, folder = FOLDER): void {
  const file = place(kept.report.stage, folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Undefined where this stage was never rehearsed from this machine. */
export function readKeptReport(stage: string, folder = FOLDER): KeptReport | undefined {
  try {
    return JSON.parse(readFileSync(place(stage, folder), "utf8")) as KeptReport;
  } catch {
    return undefined;
  }
}

const place = (stage: string, folder: string): string => join(folder, `${stage}.json`);
