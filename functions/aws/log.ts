import { type CountedMetric, findMetric, type MeasuredMetric } from "../domain/metrics.ts";
import type { Clock, Log } from "../ports.ts";

interface LogSettings {
  /** Metrics carry it: two stages of one account are not to be added up. */
  stage: string;
  /** Whether there is a dashboard: the figures that it shows become metrics. All stand in the log either way. */
  hasMetrics: boolean;
}

/** One JSON line an event on standard output; figures in CloudWatch's embedded metric format, if they are to be metrics. */
export function openLog(
  clock: Clock,
  { stage, hasMetrics }: LogSettings,
  write: (line: string) => void = (line) => console.log(line),
): Log {
  const line = (level: string, event: string, fields: object = {}) =>
    write(JSON.stringify({ level, event, at: new Date(clock.now()).toISOString(), ...fields }));
  const figure = (metric: CountedMetric | MeasuredMetric, value: number) => {
    const { unit, isShown } = findMetric(metric);
    line("metric", metric, { [metric]: value, ...(hasMetrics && isShown && metricFields(metric, unit)) });
  };
  const metricFields = (metric: string, unit: string) => ({
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
    count: (metric, by = 1) => figure(metric, by),
    measure: figure,
  };
}
