import type { Clock, Log } from "../ports.ts";

/**
 * One JSON line an event on standard output; counts in CloudWatch's embedded metric format.
 * @param stage metrics carry it: two stages of one account must not raise each other's alarms
 */
export function openLog(
  clock: Clock,
  stage: string,
  write: (line: string) => void = (line) => console.log(line),
): Log {
  const line = (level: string, event: string, fields: object = {}) =>
    write(JSON.stringify({ level, event, at: new Date(clock.now()).toISOString(), ...fields }));
  const measure = (metric: string, value: number, unit: string) =>
    line("metric", metric, {
      [metric]: value,
      Stage: stage,
      _aws: {
        Timestamp: clock.now(),
        CloudWatchMetrics: [
          { Namespace: "Coursepost", Dimensions: [["Stage"]], Metrics: [{ Name: metric, Unit: unit }] },
        ],
      },
    });
  return {
    info: (event, fields) => line("info", event, fields),
    warn: (event, fields) => line("warn", event, fields),
    count: (metric, by = 1) => measure(metric, by, "Count"),
    measure,
  };
}
