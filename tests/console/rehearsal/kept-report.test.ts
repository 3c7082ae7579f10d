import { expect, it } from "vitest";
import { keepReport, readKeptReport } from "../../../console/rehearsal/kept-report.ts";
import type { RehearsalReport } from "../../../console/rehearsal/report.ts";
import { emptyFolder } from "../../infra/fixture.ts";

const REPORT = { stage: "dev", isHeld: true, steps: [] } as unknown as RehearsalReport;

it("a stage's last rehearsal is kept for the desk, in place of the one before", () => {
  const folder = emptyFolder();
  expect(readKeptReport("dev", folder)).toBeUndefined();
  keepReport({ at: 1, report: { ...REPORT, isHeld: false } }, folder);
  keepReport({ at: 2, report: REPORT }, folder);
  expect(readKeptReport("dev", folder)).toEqual({ at: 2, report: REPORT });
  expect(readKeptReport("production", folder), "another stage's is its own").toBeUndefined();
});
