import { Duration, Validations } from "aws-cdk-lib";
import { EventBus, EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { EVENT_SOURCE } from "../functions/domain/events/outbox.ts";
import { MOST_ATTEMPTS } from "../functions/domain/events/webhook.ts";
import type { Alarms } from "./alarms.ts";
import { WatchedQueue } from "./queue.ts";
import type { StageSettings } from "./stage-schema.ts";

/** What nobody looks at within an hour is forgotten. */
const LATEST_KEPT = Duration.hours(1);

/** One attempt at ten receivers side by side. */
export const A_CALL = Duration.seconds(30);

/** The bus on which other tools hear what happens to readers, and what was told last, for the owner to look at. */
export class Events extends Construct {
  readonly bus: EventBus;
  readonly latest: Queue;
  /** What is to be sent to webhooks, one event for one of them; none without any. */
  readonly webhooks: WatchedQueue | undefined;

  constructor(scope: Construct, id: string, { stage, alarms }: { stage: StageSettings; alarms: Alarms }) {
    super(scope, id);
    this.bus = new EventBus(this, "Events", {
      eventBusName: `coursepost-${stage.stage}`,
      description: "Coursepost: what happens to readers (docs/EVENTS.md)",
    });
    this.latest = new Queue(this, "Latest", { enforceSSL: true, retentionPeriod: LATEST_KEPT });
    Validations.of(this.latest).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "Holds copies of the last hour's events for `console events tail`: what is not looked at is meant to go.",
    });
    new Rule(this, "All", {
      eventBus: this.bus,
      description: "Keeps the last hour's events for `console events tail`",
      eventPattern: { source: [EVENT_SOURCE] },
      targets: [new SqsQueue(this.latest)],
    });
    this.webhooks = stage.webhooks?.length ? this.leadToWebhooks(stage.webhooks, alarms) : undefined;
  }

  private leadToWebhooks(webhooks: NonNullable<StageSettings["webhooks"]>, alarms: Alarms): WatchedQueue {
    const queue = new WatchedQueue(this, "WebhookQueue", {
      functionTimeout: A_CALL,
      tries: MOST_ATTEMPTS,
      failureMeans:
        "A webhook took an event at none of eight attempts in a day: its receiver does not know what happened.",
      alarms,
    });
    for (const [place, { url, events }] of webhooks.entries())
      new Rule(this, `Webhook${place}`, {
        eventBus: this.bus,
        description: "Leads events to a webhook of coursepost.config.ts",
        eventPattern: { source: [EVENT_SOURCE], ...(events.length > 0 && { detailType: events }) },
        targets: [
          new SqsQueue(queue.queue, {
            message: RuleTargetInput.fromObject({ webhook: url, event: EventField.fromPath("$.detail") }),
            deadLetterQueue: queue.setAside,
          }),
        ],
      });
    return queue;
  }
}
