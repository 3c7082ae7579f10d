import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { reputation } from "./metrics.ts";
import type { StageSettings } from "./stage-schema.ts";

interface AlarmProps {
  metric: IMetric;
  threshold: number;
  comparison?: ComparisonOperator;
  /** Periods that must be bad before anybody is called. */
  periods?: number;
  /** Silence is bad too. */
  silenceIsBad?: boolean;
  /** Who is hurt, and how; what the owner reads in the alarm's mail. */
  hurts: string;
}

/** One is one too many. */
export const atOnce = (metric: IMetric): Pick<AlarmProps, "metric" | "threshold"> => ({
  metric,
  threshold: 1,
});

/**
 * The owner's alarms: one topic, one mailbox, and texts that say who is hurt. What the functions see (late, parked,
 * refused …) they tell the topic themselves (functions/domain/incidents.ts). CloudWatch's alarms cost $0.10 a month each
 * and are for what they cannot see: that they crash, that nothing runs, what the queues gave up, how AWS judges the account.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, stage: StageSettings) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", {
      displayName: `Coursepost ${stage.stage} alarms`,
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(stage.alarmMailbox));
    this.letCloudWatchPublish();
    this.watchReputation();
  }

  /** An alarm, under the construct that it watches. */
  when(scope: Construct, id: string, props: AlarmProps): Alarm {
    const alarm = new Alarm(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: props.hurts,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  /** A topic with a policy of its own loses the default one, by which the account's alarms could publish. */
  private letCloudWatchPublish(): void {
    const { account, partition, region } = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
  }

  /** AWS reviews an account from 5 % bounces and 0.1 % complaints on; we speak up before. */
  private watchReputation(): void {
    this.when(this, "Bounces", {
      metric: reputation("Reputation.BounceRate"),
      threshold: 0.03,
      hurts:
        "More than 3 % of mails bounce; from 5 % on AWS may stop the account, and then no reader gets anything.",
    });
    this.when(this, "Complaints", {
      metric: reputation("Reputation.ComplaintRate"),
      threshold: 0.0008,
      hurts:
        "More than 0.08 % of readers call the mail spam; from 0.1 % on AWS may stop the account, and then no reader gets anything.",
    });
  }
}
