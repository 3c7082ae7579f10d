import { Duration, Stack } from "aws-cdk-lib";
import { ComparisonOperator } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { COUNTED_AT } from "../functions/domain/report.ts";
import type { Alarms } from "./alarms.ts";
import type { DeployedFunction } from "./function.ts";

/** Wakes every lane each minute, and calls the owner when none has woken. */
export class Schedule extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { lane: DeployedFunction; lanes: number; alarms: Alarms },
  ) {
    super(scope, id);
    const { lane, lanes, alarms } = props;
    const role = roleToInvoke(this, lane);
    // The Scheduler invokes asynchronously, and Lambda would try a failed pass again for hours.
    lane.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    for (let number = 0; number < lanes; number++) this.wake(lane, role, number);
    alarms.when(this, "Asleep", {
      metric: lane.lambda.metricInvocations({ period: Duration.minutes(5) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      silenceIsBad: true,
      hurts: "No lane has run for ten minutes. No reader gets a lesson until one does; nothing is lost.",
    });
  }

  private wake(lane: DeployedFunction, role: Role, number: number): void {
    const schedule = new CfnSchedule(this, `Lane${number}`, {
      description: `Lane ${number}: delivers what is due`,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: lane.lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ lane: number }),
        // The next minute is the retry.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    // The role's policy is a resource of its own; the Scheduler must not begin before it is there.
    schedule.node.addDependency(role);
  }
}

/** Has the week counted, early on Monday by the clock of the stage's default zone. */
export class Mondays extends Construct {
  constructor(scope: Construct, id: string, props: { report: DeployedFunction; zone: string }) {
    super(scope, id);
    const { report, zone } = props;
    const role = roleToInvoke(this, report);
    // Counting a week again gives the same mail. Lambda tries twice more, and the Scheduler for a day.
    report.lambda.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6) });
    const schedule = new CfnSchedule(this, "Report", {
      description: "Counts the week for the owner",
      scheduleExpression: `cron(${COUNTED_AT.minute} ${COUNTED_AT.hour} ? * MON *)`,
      scheduleExpressionTimezone: zone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: report.lambda.functionArn,
        roleArn: role.roleArn,
        input: "{}",
        retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      },
    });
    schedule.node.addDependency(role);
  }
}

/** Has told each minute what has happened to readers. */
export class EachMinute extends Construct {
  constructor(scope: Construct, id: string, { events }: { events: DeployedFunction }) {
    super(scope, id);
    const role = roleToInvoke(this, events);
    // The next minute is the retry.
    events.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const schedule = new CfnSchedule(this, "Events", {
      description: "Tells what has happened to readers",
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: events.lambda.functionArn,
        roleArn: role.roleArn,
        input: "{}",
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    schedule.node.addDependency(role);
  }
}

/** Has the reports of mail hosts read each day, when those of the day before have come. */
export class EachDay extends Construct {
  constructor(scope: Construct, id: string, props: { dmarc: DeployedFunction; zone: string }) {
    super(scope, id);
    const { dmarc, zone } = props;
    const role = roleToInvoke(this, dmarc);
    // What was not read today is read tomorrow.
    dmarc.lambda.configureAsyncInvoke({ retryAttempts: 1, maxEventAge: Duration.hours(6) });
    const schedule = new CfnSchedule(this, "Dmarc", {
      description: "Reads what mail hosts report of the mail domain",
      scheduleExpression: "cron(40 5 ? * * *)",
      scheduleExpressionTimezone: zone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: dmarc.lambda.functionArn,
        roleArn: role.roleArn,
        input: "{}",
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 3_600 },
      },
    });
    schedule.node.addDependency(role);
  }
}

/** A role by which the Scheduler of this account, and of no other, invokes one function. */
function roleToInvoke(scope: Construct, target: DeployedFunction): Role {
  const role = new Role(scope, "Role", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.lambda.functionArn] }),
  );
  return role;
}
