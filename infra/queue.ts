import { Duration } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type Alarms, atOnce } from "./alarms.ts";
import type { DeployedFunction } from "./function.ts";

interface WatchedQueueProps {
  /** Of the function that drains it; a message stays invisible for six times as long (AWS's advice). */
  functionTimeout: Duration;
  /** Who is hurt by a message that could not be processed. */
  failureMeans: string;
  /** Tries of a message before it is set aside; five if left out. */
  tries?: number;
  alarms: Alarms;
}

interface Feeding {
  /** Invocations at a time. Two is the least that Lambda takes for a limit. */
  atMost: number;
  /** Messages go to the function one by one: one that kills it takes no other along. */
  oneByOne?: true;
  /** What is not waited for is gathered for so long: one message alone costs three requests and an invocation, as ten do. */
  gather?: Duration;
}

/** Tries of a message before it is set aside. */
const MOST_TRIES = 5;
/** The longest that SQS keeps anything. */
const KEPT = Duration.days(14);
const BATCH = 10;

/** A queue for one purpose, with a dead-letter queue, and an alarm when something lands there. */
export class WatchedQueue extends Construct {
  readonly queue: Queue;
  /** Where messages go that could not be processed. */
  readonly setAside: Queue;
  /** How many are there. */
  readonly deadLetters: Metric;

  constructor(scope: Construct, id: string, props: WatchedQueueProps) {
    super(scope, id);
    this.setAside = new Queue(this, "DeadLetters", { enforceSSL: true, retentionPeriod: KEPT });
    this.queue = new Queue(this, "Queue", {
      enforceSSL: true,
      retentionPeriod: KEPT,
      visibilityTimeout: Duration.seconds(6 * props.functionTimeout.toSeconds()),
      deadLetterQueue: { queue: this.setAside, maxReceiveCount: props.tries ?? MOST_TRIES },
    });
    this.deadLetters = this.setAside.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: "Maximum",
    });
    props.alarms.when(this, "SetAside", {
      ...atOnce(this.deadLetters),
      hurts: `${props.failureMeans} The message is kept for 14 days; see docs/WHEN-THINGS-GO-WRONG.md to put it back.`,
    });
  }

  /**
   * Messages go to the function by tens; those of a batch that fail come back alone. A new account has ten
   * invocations in all, of which the queues take seven at the most, and leave three to the lanes and the pages.
   */
  feeds(target: DeployedFunction, { atMost, oneByOne, gather }: Feeding): void {
    target.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: oneByOne ? 1 : BATCH,
        reportBatchItemFailures: true,
        maxConcurrency: atMost,
        ...(gather && { maxBatchingWindow: gather }),
      }),
    );
  }
}
