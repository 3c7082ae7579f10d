import { Duration, Validations } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { EVENT_SOURCE } from "../functions/domain/events/outbox.ts";
import type { StageSettings } from "./stage-schema.ts";

/** What nobody looks at within an hour is forgotten. */
const LATEST_KEPT = Duration.hours(1);

/** The bus on which other tools hear what happens to readers, and what was told last, for the owner to look at. */
export class Events extends Construct {
  readonly bus: EventBus;
  readonly latest: Queue;

  constructor(scope: Construct, id: string, stage: StageSettings) {
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
  }
}
