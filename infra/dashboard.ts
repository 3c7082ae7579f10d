import { Duration } from "aws-cdk-lib";
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { reputation, stageMetrics } from "./metrics.ts";
import type { StageSettings } from "./stage-schema.ts";

/** A graph takes half of the page. */
const SIZE = { width: 12, height: 6 };
const DAY_OF_REPUTATION = 86_400;

/** How sending stands, on one page: what an owner looks at first when an alarm's mail has come. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: { stage: StageSettings; deadLetters: IMetric[] }) {
    super(scope, id);
    const { stage, deadLetters } = props;
    const { counted, measured } = stageMetrics(stage.stage);
    const graph = (title: string, left: IMetric[], limit?: { value: number; label: string }) =>
      new GraphWidget({ title, left, leftAnnotations: limit && [limit], leftYAxis: { min: 0 }, ...SIZE });
    const page = new CloudWatchDashboard(this, "Page", {
      dashboardName: `coursepost-${stage.stage}`,
      defaultInterval: Duration.days(1),
    });
    page.addWidgets(
      graph("Seconds that the oldest mail has been due", [measured("OldestDue")], {
        value: 900,
        label: "late",
      }),
      graph("Mails taken by SES, and answers among them", [sesCount("Send"), counted("AnswerSent")]),
    );
    page.addWidgets(
      graph("Not taken, in doubt, parked, failed", [
        counted("SendThrottled"),
        counted("SendNotAccepted"),
        counted("InDoubt"),
        counted("DispatchParked"),
        counted("DeliveryFailed"),
      ]),
      graph("Set aside by the queues", deadLetters),
    );
    page.addWidgets(
      graph("Bounces (SES reviews at 0.05)", [slow("Reputation.BounceRate")], {
        value: 0.035,
        label: "held",
      }),
      graph("Complaints (SES reviews at 0.001)", [slow("Reputation.ComplaintRate")], {
        value: 0.0007,
        label: "held",
      }),
    );
    page.addWidgets(
      graph("The day's quota, used to %", [measured("QuotaUse")], { value: 97, label: "lessons wait" }),
      graph("Replies, and those that belong to nothing we know", [
        counted("Replies"),
        counted("RepliesUnmatched"),
      ]),
    );
  }
}

const sesCount = (metricName: string): Metric =>
  new Metric({ namespace: "AWS/SES", metricName, statistic: "Sum", period: Duration.minutes(5) });

/** SES writes its reputation figures now and then; a day's latest stands. */
const slow = (metricName: string): IMetric =>
  reputation(metricName).with({ period: Duration.seconds(DAY_OF_REPUTATION) });
