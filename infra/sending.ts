import { Stack, Validations } from "aws-cdk-lib";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { DeployedFunction } from "./function.ts";
import type { WatchedQueue } from "./queue.ts";
import type { StageSettings } from "./stage-schema.ts";
import { senderAddress } from "./stages.ts";

/**
 * What happened to a mail. Named one by one: without a list, SES would also rewrite every link and add a pixel
 * to report opens and clicks.
 */
const EVENTS = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
];

/** Mail going out: the identity it is signed by, and the events that come back about it. */
export class Sending extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  /** The envelope sender's domain. SES demands that nothing else sends or receives there. */
  readonly mailFromDomain: string;
  private readonly sender: string;

  constructor(scope: Construct, id: string, props: { stage: StageSettings; feedback: WatchedQueue }) {
    super(scope, id);
    const { stage, feedback } = props;
    this.sender = senderAddress(stage);
    this.mailFromDomain = `bounce.${stage.mailDomain}`;
    this.configurationSet = new ConfigurationSet(this, "ConfigurationSet", {
      configurationSetName: `coursepost-${stage.stage}`,
      // SES's list knows bounces and complaints only, and not who came back; the table is the one truth.
      disableSuppressionList: true,
      reputationMetrics: true,
      // "Require" would lose the readers whose servers speak no TLS.
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
    });
    this.identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(stage.mailDomain),
      configurationSet: this.configurationSet,
      mailFromDomain: this.mailFromDomain,
      // A mistake in the MX record must not stop the course; the DKIM signature still aligns.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
      // Events tell of bounces; a copy by mail would land in the course's own inbox.
      feedbackForwarding: false,
    });
    this.publishEvents(feedback);
  }

  /**
   * Allows sending as the stage's own From, and as no other. To whom is no matter: in the sandbox SES asks for the
   * recipient's identity as well, so a role that names ours alone sends nothing there (aws-sdk-js 3641, terraform-aws-ses 40).
   */
  grantSend(to: DeployedFunction): void {
    const stack = Stack.of(this);
    const set = stack.formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: this.configurationSet.configurationSetName,
    });
    const anyIdentity = stack.formatArn({ service: "ses", resource: "identity", resourceName: "*" });
    to.may(["ses:SendRawEmail"], [anyIdentity, set], {
      StringEquals: { "ses:FromAddress": this.sender },
    });
    Validations.of(to).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:${stack.region}:<AWS::AccountId>:identity/*]`,
      reason:
        "In the sandbox SES asks the role for the recipient's identity too, and readers' are not known before. The condition allows one From and no other.",
    });
  }

  /** Allows asking how much SES grants. */
  grantQuota(to: DeployedFunction): void {
    to.may(["ses:GetSendQuota", "ses:GetAccountSendingEnabled"], ["*"]);
    Validations.of(to).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason:
        "GetSendQuota and GetAccountSendingEnabled read two figures of the account; SES defines no resource for them.",
    });
  }

  /** SES's own EventBridge route is best effort; a topic and a queue lose nothing. No KMS: SES could not use AWS's key. */
  private publishEvents(feedback: WatchedQueue): void {
    const topic = new Topic(this, "Feedback", { enforceSSL: true });
    topic.addSubscription(new SqsSubscription(feedback.queue));
    this.configurationSet.addEventDestination("Events", {
      destination: EventDestination.snsTopic(topic),
      events: EVENTS,
    });
  }
}
