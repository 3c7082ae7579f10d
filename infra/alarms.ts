import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { metricsFor, reputation, type StageMetrics } from "./metrics.ts";
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

/** The owner's alarms: one topic, one mailbox, and texts that say who is hurt. */
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
    this.watchDelivery(metricsFor(stage.stage));
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

  private watchDelivery({ counted, measured }: StageMetrics): void {
    this.when(this, "Parked", {
      ...atOnce(counted("DispatchParked")),
      hurts:
        "One reader's course stands still: a mail of theirs was in doubt twice, so it is not sent again until you decide. See docs/WHEN-THINGS-GO-WRONG.md.",
    });
    this.when(this, "Paused", {
      ...atOnce(counted("SendingPaused")),
      hurts:
        "SES has paused sending for this account. Every reader waits; nothing is lost. Answer AWS's message.",
    });
    this.when(this, "Held", {
      ...atOnce(counted("SendingHeld")),
      hurts:
        "Sending is held: too much bounced or was called spam, or you held it yourself. Every reader waits; nothing is lost. `npm run console -- sending status` says why and until when; `sending resume` goes on at once.",
    });
    this.when(this, "ConfirmationsHeld", {
      ...atOnce(counted("ConfirmationsHeld")),
      hurts:
        "Confirmations are held: too many of them bounced or were called spam, so strangers play with the form. Who signs up waits some hours; readers get all their mail. `npm run console -- sending status` says until when.",
    });
    this.when(this, "AnswersHeld", {
      ...atOnce(counted("AnswersHeld")),
      hurts:
        "Two thousand automatic answers were planned in a day, so no more are: a loop, or an attack. Replies are kept and questions still reach you; their readers get no prompt until a day after the first of them.",
    });
    this.when(this, "SignUpsDropped", {
      metric: counted("SignUpDropped"),
      threshold: 20,
      hurts:
        "Twenty sign-ups in five minutes were over a limit, and dropped: somebody plays with the form, or an office signs up together. Who waits for a confirmation is told to write to you. `letIn` in coursepost.config.ts lets a network or a domain in.",
    });
    this.when(this, "EraseUnfinished", {
      ...atOnce(counted("EraseUnfinished")),
      hurts:
        "Somebody asked to be erased, and raw mails of theirs are still there: S3 did not remove them. They are removed when the reader presses the button once more; the log line `erase-unfinished` has their id.",
    });
    this.when(this, "Late", {
      metric: measured("OldestDue"),
      threshold: 900,
      periods: 2,
      hurts:
        "Some mail has been due for a quarter of an hour. Its readers wait; nothing is lost. See the dashboard for what SES refuses.",
    });
    this.when(this, "InDoubt", {
      metric: counted("InDoubt"),
      threshold: 5,
      hurts:
        "Several mails are in doubt: their readers wait a quarter of an hour. SES's answers are being lost, or functions die in the middle of sending.",
    });
    this.when(this, "Refused", {
      metric: counted("SendNotAccepted"),
      threshold: 50,
      hurts:
        "SES refuses mail again and again. Its readers wait; nothing is lost. The log lines `ses-refused` say what to mend.",
    });
    this.when(this, "Quota", {
      metric: measured("QuotaUse"),
      threshold: 80,
      hurts:
        "Four fifths of the day's quota are used. Lessons stop at 97 % and go on when SES has room; ask SES for a larger quota before the list grows.",
    });
    this.when(this, "Answers", {
      metric: new MathExpression({
        // Under a hundred mails in ten minutes, a handful of answers is no loop.
        expression: "IF(sent > 100, 100 * answers / sent, 0)",
        usingMetrics: {
          answers: counted("AnswerSent"),
          sent: new Metric({ namespace: "AWS/SES", metricName: "Send", statistic: "Sum" }),
        },
        period: Duration.minutes(10),
      }),
      threshold: 5,
      hurts:
        "More than 5 % of all mail is automatic answers. Either many readers reply at once, or a machine and the course answer each other.",
    });
    this.when(this, "DeliveryFailed", {
      ...atOnce(counted("DeliveryFailed")),
      hurts:
        "Some readers' mails could not be made or sent, and wait. The log of the lane function names the code of each.",
    });
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
