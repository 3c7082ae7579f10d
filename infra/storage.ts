import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { DESK_ATTRIBUTES } from "../functions/domain/desk-place.ts";
import { OUTBOX_ATTRIBUTES } from "../functions/domain/events/outbox.ts";
import { COUNTED_ATTRIBUTES } from "../functions/domain/report.ts";
import { OWNER_ID } from "../functions/domain/sending/owner.ts";
import type { DeployedFunction } from "./function.ts";
import type { StageSettings } from "./stage-schema.ts";

const DUE_INDEX = "due";
/** The owner's console reads it, with the owner's own rights; and the one function that answers the owner's programs. */
const DESK_INDEX = "desk";
/** Of stages that tell what happens to readers. */
const OUTBOX_INDEX = "outbox";

/** Survives the stack. What a first deploy made that was rolled back does not: it was never used, and it would be in the way. */
const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** What is kept: the table, the raw mails, the keyring. */
export class Storage extends Construct {
  readonly table: Table;
  readonly inbox: Bucket;
  readonly rehearsals: Bucket;
  /** What mail hosts report of the mail domain. */
  readonly dmarc: Bucket;
  readonly keyring: Secret;

  constructor(scope: Construct, id: string, stage: StageSettings) {
    super(scope, id);
    this.table = table(this, stage);
    this.inbox = inbox(this, stage);
    this.rehearsals = rehearsals(this);
    this.dmarc = dmarcMails(this);
    this.keyring = keyring(this);
  }

  /** Every verb reads and writes people's items. */
  grantPeople(to: DeployedFunction): void {
    to.may(
      ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      [this.table.tableArn],
    );
  }

  /** Checks or signs links, and hashes addresses. */
  grantLinks(to: DeployedFunction): void {
    to.may(["secretsmanager:GetSecretValue"], [this.keyring.secretArn]);
  }

  /** Takes back single items: a suppression that its reader ends, strikes against an address. */
  grantTakeBack(to: DeployedFunction): void {
    to.may(["dynamodb:DeleteItem"], [this.table.tableArn]);
  }

  /** Erases all items of a person; the lanes do it once more an hour later. */
  grantErasePeople(to: DeployedFunction): void {
    to.may(["dynamodb:DeleteItem", "dynamodb:BatchWriteItem"], [this.table.tableArn]);
  }

  /** Finds what is due, and the answers of readers that may be shown: who sends, and who reads a reply to a mail that showed one. */
  grantDue(to: DeployedFunction): void {
    to.may(["dynamodb:Query"], [`${this.table.tableArn}/index/${DUE_INDEX}`]);
  }

  /** Lists people: for the owner's programs alone. */
  grantPeopleIndex(to: DeployedFunction): void {
    to.may(["dynamodb:Query"], [`${this.table.tableArn}/index/${DESK_INDEX}`]);
  }

  /** Takes off items what was told, and touches nothing else of them. @param withPeople reads addresses too */
  grantTell(to: DeployedFunction, withPeople: boolean): void {
    to.may(["dynamodb:Query"], [`${this.table.tableArn}/index/${OUTBOX_INDEX}`]);
    to.may(["dynamodb:UpdateItem"], [this.table.tableArn], {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": OUTBOX_ATTRIBUTES },
    });
    if (withPeople) to.may(["dynamodb:GetItem"], [this.table.tableArn]);
  }

  /**
   * Counts everybody without reading who they are: a scan must name its attributes, and an address, a name and a
   * reader's words are none of them. What it writes stands with the owner.
   */
  grantSurvey(to: DeployedFunction): void {
    to.may(["dynamodb:Scan"], [this.table.tableArn], {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": COUNTED_ATTRIBUTES },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
    });
    this.grantOwnersItems(to, "dynamodb:GetItem", "dynamodb:PutItem");
  }

  /** Reads raw mails. Listing makes S3 say "no such key" for a missing one instead of "access denied". */
  grantRead(to: DeployedFunction): void {
    to.may(["s3:GetObject"], [this.inbox.arnForObjects("*")]).may(["s3:ListBucket"], [this.inbox.bucketArn]);
    this.acknowledgeObjects(
      to,
      "A mail's key is the random id that SES gives it; no narrower pattern fits all mails.",
    );
  }

  /** Removes raw mails: a reader who asks to be erased is erased here too. */
  grantErase(to: DeployedFunction): void {
    to.may(["s3:DeleteObject"], [this.inbox.arnForObjects("*")]);
    this.acknowledgeObjects(
      to,
      "Erasing a reader removes their raw mails, whose keys are random ids that SES gave.",
    );
  }

  /** What stands with the owner, and nobody else's. */
  private grantOwnersItems(to: DeployedFunction, ...actions: string[]): void {
    to.may(actions, [this.table.tableArn], {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [`S#${OWNER_ID}`] },
    });
  }

  /** Reads reports and removes what was read; keeps their sums with the owner, and sees nobody. */
  grantDmarc(to: DeployedFunction): void {
    to.may(["s3:ListBucket"], [this.dmarc.bucketArn]).may(
      ["s3:GetObject", "s3:DeleteObject"],
      [this.dmarc.arnForObjects("*")],
    );
    this.acknowledgeObjects(to, "A report's key is the random id that SES gives its mail.", this.dmarc);
    this.grantOwnersItems(to, "dynamodb:PutItem");
  }

  private acknowledgeObjects(to: DeployedFunction, reason: string, of = this.inbox): void {
    const bucket = Stack.of(this).getLogicalId(of.node.defaultChild as CfnBucket);
    Validations.of(to).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`, reason });
  }
}

/** On demand: a course is idle all week and busy on Tuesday at half past seven. */
function table(scope: Construct, stage: StageSettings): Table {
  const made = new Table(scope, "Table", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: "expiresAt",
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.production,
    removalPolicy: stage.production ? KEPT : RemovalPolicy.DESTROY,
  });
  made.addGlobalSecondaryIndex({
    indexName: DUE_INDEX,
    partitionKey: { name: "shard", type: AttributeType.STRING },
    sortKey: { name: "dueAt", type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  made.addGlobalSecondaryIndex({
    indexName: DESK_INDEX,
    partitionKey: { name: "desk", type: AttributeType.STRING },
    sortKey: { name: "deskOrder", type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...DESK_ATTRIBUTES],
  });
  if (stage.events)
    made.addGlobalSecondaryIndex({
      indexName: OUTBOX_INDEX,
      partitionKey: { name: "outbox", type: AttributeType.STRING },
      sortKey: { name: "outboxOrder", type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["untold"],
    });
  return made;
}

/** Mail to a rehearsal's reader. The rehearsal removes it, and S3 what one that was cut off has left. */
function rehearsals(scope: Construct): Bucket {
  const bucket = mailBucket(scope, "Rehearsals", Duration.days(1));
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Only SES writes to it, and only the owner's console reads it: mail of the stage to itself, kept for a day at the most.",
  });
  return bucket;
}

/** Mail to `dmarc@`. What was read is removed; what is no report, and whatever else strangers mail there, forgets itself. */
function dmarcMails(scope: Construct): Bucket {
  const bucket = mailBucket(scope, "Dmarc", Duration.days(30));
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Only SES writes to it, and only one function reads: reports of mail hosts, which name no reader.",
  });
  return bucket;
}

/** Raw inbound mail, as it came. Not versioned: what a reader has erased must be gone. */
function inbox(scope: Construct, stage: StageSettings): Bucket {
  const bucket = mailBucket(scope, "Inbox", Duration.days(stage.retention.inboxDays));
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Only SES writes to it and only two functions read or delete, each with a role of its own; a server access log would itself be a record of who wrote when, and would outlive an erasure.",
  });
  return bucket;
}

/** Nobody reads it from outside, and it forgets. Kept when the stack goes: CloudFormation deletes no bucket that holds anything. */
const mailBucket = (scope: Construct, id: string, expiration: Duration): Bucket =>
  new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: KEPT,
  });

/**
 * The keyring: one root, from which the functions derive the first signing key and the key of address hashes.
 * Never change how it is generated: CloudFormation would generate it anew, and every link in every mail that was
 * ever sent, every unsubscribe link among them, would die. Retained when the stack goes, for the same reason.
 */
function keyring(scope: Construct): Secret {
  const secret = new Secret(scope, "Keyring", {
    description:
      "Coursepost: signs links and hashes addresses. Deleting or regenerating it breaks every mailed link.",
    generateSecretString: {
      secretStringTemplate: '{"version":1}',
      generateStringKey: "root",
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: KEPT,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "Rotating the root would break every mailed link and the hashes of suppressed addresses. The owner rotates by adding a signing key to the secret; old keys go on verifying.",
  });
  return secret;
}
