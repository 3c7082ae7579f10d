import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CustomResource, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket, BucketPolicy } from "aws-cdk-lib/aws-s3";
import { type IReceiptRuleSet, ReceiptRule, ReceiptRuleSet } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { REHEARSAL_LOCAL_PART } from "../functions/domain/people/rehearsal.ts";
import { REPORTS_LOCAL_PART } from "../functions/domain/sending/dmarc.ts";
import type { WatchedQueue } from "./queue.ts";
import { INBOUND_LOCAL_PARTS, type StageSettings } from "./stage-schema.ts";
import { senderAddress } from "./stages.ts";

interface ReceivingProps {
  stage: StageSettings;
  inbox: Bucket;
  replies: WatchedQueue;
  /** Mail to a rehearsal's reader; nobody is told of it. */
  rehearsals: Bucket;
  /** Mail to `dmarc@`; a function reads it once a day. */
  dmarc: Bucket;
}

/** Mail coming in: SES puts it in the bucket, then tells the queue about it. */
export class Receiving extends Construct {
  readonly ruleSetName: string;

  constructor(scope: Construct, id: string, props: ReceivingProps) {
    super(scope, id);
    const { stage, inbox, replies, rehearsals, dmarc } = props;
    this.ruleSetName = stage.joinRuleSet ?? `coursepost-${stage.stage}`;
    const ruleName = `coursepost-${stage.stage}-replies`;
    const topic = this.addTopic(ruleName, replies);
    const ruleSet = this.ruleSet(stage);
    const rule = new ReceiptRule(this, "Rule", {
      ruleSet,
      receiptRuleName: ruleName,
      recipients: recipients(stage),
      scanEnabled: true,
      // Of the action itself: S3's own events would carry neither the envelope nor SES's verdicts.
      actions: [{ bind: () => ({ s3Action: { bucketName: inbox.bucketName, topicArn: topic.topicArn } }) }],
    });
    // SES tries the bucket when the rule is made.
    rule.node.addDependency(this.letSesPut(inbox, ruleName));
    // SES tries the topic when the rule is made.
    rule.node.addDependency(topic);
    const storing = (what: string, localPart: string, bucket: Bucket) =>
      this.addStoringRule(what, `${localPart}@${stage.mailDomain}`, bucket, { stage: stage.stage, ruleSet });
    const rehearsal = storing("Rehearsal", REHEARSAL_LOCAL_PART, rehearsals);
    const reports = storing("Dmarc", REPORTS_LOCAL_PART, dmarc);
    if (stage.activateRuleSet) this.activate(rule, rehearsal, reports);
  }

  /**
   * Stores what comes for an address and tells no queue: for `rehearsal+<run>@`, which nothing of the course ever reads, and
   * for `dmarc@`, which is read once a day.
   */
  private addStoringRule(
    what: string,
    recipient: string,
    bucket: Bucket,
    { stage, ruleSet }: { stage: string; ruleSet: IReceiptRuleSet },
  ): ReceiptRule {
    const ruleName = `coursepost-${stage}-${what.toLowerCase()}`;
    const rule = new ReceiptRule(this, what, {
      ruleSet,
      receiptRuleName: ruleName,
      recipients: [recipient],
      scanEnabled: true,
      actions: [{ bind: () => ({ s3Action: { bucketName: bucket.bucketName } }) }],
    });
    rule.node.addDependency(this.letSesPut(bucket, ruleName));
    return rule;
  }

  /** Of all the rules of all accounts only this one may put mail there. */
  private letSesPut(bucket: Bucket, ruleName: string): BucketPolicy {
    const statement = new PolicyStatement({
      principals: [new ServicePrincipal("ses.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [bucket.arnForObjects("*")],
      conditions: {
        StringEquals: {
          "aws:SourceAccount": Stack.of(this).account,
          "aws:SourceArn": this.ruleArn(ruleName),
        },
      },
    });
    bucket.addToResourcePolicy(statement);
    if (!bucket.policy) throw new Error("The bucket has no policy");
    return bucket.policy;
  }

  private ruleArn(ruleName: string): string {
    return Stack.of(this).formatArn({
      service: "ses",
      resource: "receipt-rule-set",
      resourceName: `${this.ruleSetName}:receipt-rule/${ruleName}`,
    });
  }

  /** A topic with a policy of its own loses the default one, by which SES could publish in the same account. */
  private addTopic(ruleName: string, replies: WatchedQueue): Topic {
    const stack = Stack.of(this);
    const topic = new Topic(this, "Arrived", { enforceSSL: true });
    topic.addSubscription(new SqsSubscription(replies.queue));
    const rule = this.ruleArn(ruleName);
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("ses.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": rule } },
      }),
    );
    return topic;
  }

  private ruleSet(stage: StageSettings): IReceiptRuleSet {
    return stage.joinRuleSet
      ? ReceiptRuleSet.fromReceiptRuleSetName(this, "RuleSet", stage.joinRuleSet)
      : new ReceiptRuleSet(this, "RuleSet", { receiptRuleSetName: this.ruleSetName });
  }

  /**
   * CloudFormation can make a rule set, not make it the active one. An account has one per region, so this
   * replaces whatever is active: the owner asks for it. When the stack goes, ours is active no more.
   */
  private activate(...rules: ReceiptRule[]): void {
    const handler = new LambdaFunction(this, "ActivationFunction", {
      description: "Makes the receipt rule set the active one; runs at deploys only",
      code: Code.fromInline(readFileSync(join(import.meta.dirname, "rule-set-activation.cjs"), "utf8")),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.minutes(1),
      logGroup: new LogGroup(this, "ActivationLog", {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      role: new Role(this, "ActivationRole", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") }),
    });
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ["ses:SetActiveReceiptRuleSet", "ses:DescribeActiveReceiptRuleSet"],
        resources: ["*"],
      }),
    );
    handler.logGroup.grantWrite(handler);
    Validations.of(this).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "The active receipt rule set is the account's; SES defines no resource for it.",
    });
    const activation = new CustomResource(this, "Activation", {
      serviceToken: handler.functionArn,
      properties: { RuleSetName: this.ruleSetName },
    });
    activation.node.addDependency(...rules, handler.role as Role);
  }
}

/** Replies, mailed unsubscribes, answers to From, and the two mailboxes that RFC 2142 asks of every mail domain. */
function recipients(stage: StageSettings): string[] {
  // SES matches `reply+<token>@` by `reply@`.
  return [...INBOUND_LOCAL_PARTS.map((local) => `${local}@${stage.mailDomain}`), senderAddress(stage)];
}
