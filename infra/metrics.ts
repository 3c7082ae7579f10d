import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { CountedMetric, MeasuredMetric, ShownMetric } from "../functions/domain/metrics.ts";

/** What the functions of one stage write to their logs in CloudWatch's embedded metric format. */
export interface StageMetrics {
  /** How often something happened in five minutes. */
  counted(metricName: ShownMetric & CountedMetric): Metric;
  /** How something stood; the worst of five minutes. */
  measured(metricName: ShownMetric & MeasuredMetric): Metric;
}

/** Another stage of the account has metrics of the same names: the dimension keeps them apart. */
export function stageMetrics(stage: string): StageMetrics {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: "Coursepost",
      metricName,
      dimensionsMap: { Stage: stage },
      statistic,
      period: Duration.minutes(5),
    });
  return {
    counted: (metricName) => metric(metricName, "Sum"),
    measured: (metricName) => metric(metricName, "Maximum"),
  };
}

/** SES's own figures about the whole account, hourly at the least. */
export const reputation = (metricName: string): Metric =>
  new Metric({ namespace: "AWS/SES", metricName, statistic: "Average", period: Duration.hours(1) });
