import { describe, expect, it } from "vitest";
import { openLog } from "../../functions/aws/log.ts";

const clock = { now: () => Date.UTC(2026, 10, 24), sleep: async () => {} };

/** What a line of the log says, where the stage has a dashboard or none. */
function lineOf(hasMetrics: boolean, metric: "Replies" | "SignUpDropped"): Record<string, unknown> {
  const lines: string[] = [];
  openLog(clock, { stage: "dev", hasMetrics }, (line) => lines.push(line)).count(metric);
  return JSON.parse(lines.join("\n")) as Record<string, unknown>;
}

describe("a figure", () => {
  it("stands in the log, and is a metric where a dashboard shows it", () => {
    expect(lineOf(true, "Replies")).toMatchObject({
      ...{ level: "metric", event: "Replies", Replies: 1, Stage: "dev" },
      _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: "Replies", Unit: "Count" }] }] },
    });
  });

  it("costs nothing as a metric where no dashboard shows it", () => {
    expect(lineOf(false, "Replies")).toMatchObject({ Replies: 1 });
    expect(lineOf(false, "Replies")).not.toHaveProperty("_aws");
    expect(lineOf(true, "SignUpDropped")).toMatchObject({ SignUpDropped: 1 });
    expect(lineOf(true, "SignUpDropped")).not.toHaveProperty("_aws");
  });
});
