import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { DESK_ATTRIBUTES } from "../../functions/domain/desk-place.ts";
import { METRICS, SHOWN_METRICS } from "../../functions/domain/metrics.ts";
import { ADDRESS_ROUTES, API_ROUTES, OTHER_API_PATHS } from "../../functions/domain/routes.ts";
import { SECOND } from "../../functions/domain/time.ts";
import { addUp, STANDING, standingLines } from "../../functions/report/cost.ts";
import { ANSWER_FLOOR } from "../../functions/web/even-answers.ts";
import { ENTRIES } from "../../infra/bundle.ts";
import { STAGES } from "../../infra/stages.ts";
import {
  ALL_FUNCTIONS,
  DEPLOYED_WITHOUT_ASKING,
  members,
  resources,
  stageWith,
  templateOf,
} from "./fixture.ts";

/** The sources of the functions, to look metric names up in. */
const sourcesOfFunctions = readdirSync("functions", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join("functions", path), "utf8"))
  .join("\n");

const dev = templateOf(STAGES.dev);
const production = templateOf(STAGES.production);

const one = (type: string, template = dev) => {
  const [first, ...others] = resources(template, type);
  if (!first || others.length > 0)
    throw new Error(`${type}: not exactly one, but ${others.length + (first ? 1 : 0)}`);
  return first[1];
};
const receiptRule = (name: string) =>
  resources(dev, "AWS::SES::ReceiptRule")
    .map(([, { Properties }]) => Properties?.Rule as Record<string, unknown> | undefined)
    .find((rule) => rule?.Name === `coursepost-dev-${name}`);
const alarmTexts = () =>
  resources(dev, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => String(Properties?.AlarmDescription));
const functionIds = () => resources(dev, "AWS::Lambda::Function").map(([id]) => id);
const routes = () =>
  resources(dev, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => String(Properties?.RouteKey));
/** What a function's role allows: `action on resource`. */
const allowed = (name: string) =>
  resources(ALL_FUNCTIONS, "AWS::IAM::Policy")
    .filter(([id]) => id.startsWith(`${name}Role`))
    .flatMap(([, policy]) => members(policy.Properties?.PolicyDocument?.Statement))
    .flatMap(({ Action, Resource }) =>
      members(Action).map((action) => `${action} on ${JSON.stringify(Resource)}`),
    );

/** A stage that has asked for the page of graphs, and the metrics of ours on it. */
const withDashboard = templateOf(stageWith({ dashboard: true }));
const dashboardPage = () =>
  JSON.stringify(one("AWS::CloudWatch::Dashboard", withDashboard).Properties?.DashboardBody).replaceAll(
    '\\"',
    '"',
  );
/** How a function writes a metric. */
const writing = (name: string, unit: string): RegExp =>
  new RegExp(`log\\.${unit === "Count" ? "count" : "measure"}\\("${name}"`);
const shownMetrics = (stage = "dev") =>
  [...dashboardPage().matchAll(/"Coursepost","(\w+)","Stage","(\w+)"/g)]
    .filter(([, , shown]) => shown === stage)
    .map(([, name = ""]) => name);

describe("What a function may do with what is kept", () => {
  const rights = (name: string) =>
    allowed(name)
      .map((right) => right.split(" on ")[0])
      .filter((action) => /^(dynamodb|secretsmanager|s3):/.test(action ?? ""))
      .sort();
  const PEOPLE = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"];
  const LINKS = "secretsmanager:GetSecretValue";
  const [DELETE, BATCH] = ["dynamodb:DeleteItem", "dynamodb:BatchWriteItem"];

  it.each([
    ["Feedback", [LINKS, DELETE]],
    ["Unsubscribe", [LINKS]],
    ["Receive", [LINKS, DELETE, "dynamodb:Query", "s3:GetObject", "s3:ListBucket"]],
    ["Web", [LINKS, DELETE, BATCH, "s3:DeleteObject"]],
    ["Nudge", [LINKS, DELETE, BATCH, "dynamodb:Query"]],
    ["Lane", [LINKS, DELETE, BATCH, "dynamodb:Query"]],
  ])("is what its verb does, and no more: %s", (name, more) => {
    expect(rights(name)).toEqual([...PEOPLE, ...more].sort());
  });
});

describe("docs/DEPLOY-ORDER.md", () => {
  const page = readFileSync("docs/DEPLOY-ORDER.md", "utf8");
  const own = (actions: string[]) =>
    [...new Set(actions)].filter((action) => !action.startsWith("logs:")).sort();
  const named = (name: string, text = page) =>
    own(
      [
        ...(new RegExp(`^\\| \`${name}\`(?: \\(.*?\\))? \\| (.*) \\|$`, "m").exec(text)?.[1] ?? "").matchAll(
          /\w+:\w+/g,
        ),
      ].flat(),
    );
  const granted = (name: string) =>
    own(allowed(name[0]?.toUpperCase() + name.slice(1)).map((right) => right.split(" on ")[0] ?? ""));

  it.each(Object.keys(ENTRIES))("names all that the role of %s allows, and nothing else", (name) => {
    expect(named(name)).toEqual(granted(name));
  });

  it("control: an action too few is found", () => {
    expect(named("lane", page.replace("`ses:GetSendQuota` ", ""))).not.toEqual(granted("lane"));
  });
});

describe("What is kept", () => {
  it("is in one table that costs nothing when idle and can be put back to any second", () => {
    dev.hasResourceProperties("AWS::DynamoDB::Table", {
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "due",
          KeySchema: [
            { AttributeName: "shard", KeyType: "HASH" },
            { AttributeName: "dueAt", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
        {
          IndexName: "desk",
          KeySchema: [
            { AttributeName: "desk", KeyType: "HASH" },
            { AttributeName: "deskOrder", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...DESK_ATTRIBUTES] },
        },
      ],
    });
  });

  it("has an index for the owner that only the API's function may read, and that holds no words of a reply", () => {
    const policies = resources(dev, "AWS::IAM::Policy").map(([id, policy]) => ({
      id,
      text: JSON.stringify(policy),
    }));
    const reading = (index: string) =>
      policies.filter(({ text }) => text.includes(index)).map(({ id }) => id);
    expect(reading("/index/due").length).toBeGreaterThan(1);
    expect(reading("/index/desk")).toEqual([expect.stringMatching(/^ApiRole/)]);
    expect(reading("/index/*")).toEqual([]);
    for (const words of ["ownWords", "besides", "subject", "wordsBefore"])
      expect(DESK_ATTRIBUTES).not.toContain(words);
    expect(DESK_ATTRIBUTES.length, "DynamoDB takes twenty").toBeLessThanOrEqual(20);
  });

  it("survives the stack in production", () => {
    production.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  it("is not left behind by a first deploy that was rolled back, and would be in the next one's way", () => {
    const kept = Object.entries(production.toJSON().Resources as Record<string, { DeletionPolicy?: string }>)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith("Retain"))
      .map(([id, { DeletionPolicy }]) => `${id.slice(0, -8)} ${DeletionPolicy}`);
    expect(kept.sort()).toEqual([
      "PicturesBucket RetainExceptOnCreate",
      "StorageDmarc RetainExceptOnCreate",
      "StorageInbox RetainExceptOnCreate",
      "StorageKeyring RetainExceptOnCreate",
      "StorageRehearsals RetainExceptOnCreate",
      "StorageTable RetainExceptOnCreate",
    ]);
  });

  it("has a keyring that is never generated anew, or every mailed link would die", () => {
    for (const template of [dev, production]) {
      template.hasResource("AWS::SecretsManager::Secret", {
        DeletionPolicy: "RetainExceptOnCreate",
        UpdateReplacePolicy: "Retain",
        Properties: {
          GenerateSecretString: {
            SecretStringTemplate: '{"version":1}',
            GenerateStringKey: "root",
            PasswordLength: 64,
            ExcludePunctuation: true,
          },
        },
      });
      expect(resources(template, "AWS::SecretsManager::Secret").map(([id]) => id)).toEqual([
        "StorageKeyring278D0EB7",
      ]);
    }
  });

  it("takes mail into each bucket from its own receipt rule alone", () => {
    for (const [bucket, rule] of [
      ["StorageInbox", ":receipt-rule/coursepost-dev-replies"],
      ["StorageRehearsals", ":receipt-rule/coursepost-dev-rehearsal"],
    ] as const) {
      const [[, policy] = []] = resources(dev, "AWS::S3::BucketPolicy").filter(([id]) =>
        id.startsWith(bucket),
      );
      const allowed = members(policy?.Properties?.PolicyDocument?.Statement).filter(
        (statement) => String(statement.Effect) === "Allow" && JSON.stringify(statement).includes("ses."),
      );
      expect(allowed, bucket).toHaveLength(1);
      const conditions = JSON.stringify(allowed[0]?.Condition);
      expect(conditions).toContain("aws:SourceAccount");
      expect(conditions).toContain(rule);
    }
  });

  it("has an inbox that nobody reads from outside, and that forgets after 90 days", () => {
    dev.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90, Status: "Enabled" })] },
    });
    dev.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        ]),
      },
    });
  });

  it("keeps logs for 30 days, and no longer", () => {
    for (const [, log] of resources(dev, "AWS::Logs::LogGroup"))
      expect(log.Properties?.RetentionInDays).toBe(30);
    expect(resources(dev, "AWS::Logs::LogGroup")).toHaveLength(DEPLOYED_WITHOUT_ASKING.length + 1);
  });
});

describe("Mail going out", () => {
  it("tells what became of it, and never whether it was opened or clicked", () => {
    const { EventDestination } = one("AWS::SES::ConfigurationSetEventDestination").Properties ?? {};
    expect(EventDestination?.MatchingEventTypes).toEqual([
      "send",
      "delivery",
      "bounce",
      "complaint",
      "reject",
      "deliveryDelay",
    ]);
  });

  it("is signed, and bounces to a domain of its own that nothing else uses", () => {
    dev.hasResourceProperties("AWS::SES::EmailIdentity", {
      EmailIdentity: "mail.dev.course.example",
      MailFromAttributes: {
        MailFromDomain: "bounce.mail.dev.course.example",
        BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
      FeedbackAttributes: { EmailForwardingEnabled: false },
    });
    expect(one("AWS::SES::EmailIdentity").Properties?.DkimAttributes?.SigningEnabled).not.toBe(false);
  });

  it("goes by our own suppressions only", () => {
    dev.hasResourceProperties("AWS::SES::ConfigurationSet", {
      SuppressionOptions: { SuppressedReasons: [] },
    });
  });

  it("leaves as the stage's From alone, from the two functions that send", () => {
    const sends = (name: string) => allowed(name).filter((line) => line.startsWith("ses:SendRawEmail"));
    expect(
      functionIds()
        .map((id) => id.replace(/Function.*/, ""))
        .filter((name) => sends(name).length > 0)
        .sort(),
    ).toEqual(["Lane", "Nudge"]);
    dev.hasResourceProperties("AWS::IAM::Policy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Action: "ses:SendRawEmail",
            Effect: "Allow",
            Condition: { StringEquals: { "ses:FromAddress": "course@mail.dev.course.example" } },
            // In the sandbox SES asks for the recipient's identity as well.
            Resource: [
              { "Fn::Join": ["", Match.arrayWith([Match.stringLikeRegexp(":identity/\\*$")])] },
              { "Fn::Join": ["", Match.arrayWith([Match.stringLikeRegexp(":configuration-set/")])] },
            ],
          },
        ]),
      },
    });
  });
});

describe("Mail coming in", () => {
  it("is scanned, kept, and told of by the action's own topic", () => {
    const rule = receiptRule("replies");
    expect(rule).toMatchObject({ Enabled: true, ScanEnabled: true });
    expect(rule?.Actions).toEqual([
      {
        S3Action: {
          BucketName: { Ref: expect.stringContaining("Inbox") },
          TopicArn: { Ref: expect.stringContaining("Arrived") },
        },
      },
    ]);
  });

  it("reaches the course at every address that a reader may answer to", () => {
    const domain = "mail.dev.course.example";
    expect(receiptRule("replies")?.Recipients).toEqual(
      ["reply", "relay", "unsubscribe", "postmaster", "abuse", "course"].map((local) => `${local}@${domain}`),
    );
  });

  it("for a rehearsal's reader is scanned and stored in a bucket of its own, and no queue is told", () => {
    const rule = receiptRule("rehearsal");
    expect(rule).toMatchObject({ Enabled: true, ScanEnabled: true });
    expect(rule?.Recipients).toEqual(["rehearsal@mail.dev.course.example"]);
    expect(rule?.Actions).toEqual([
      { S3Action: { BucketName: { Ref: expect.stringContaining("Rehearsals") } } },
    ]);
    dev.hasResourceProperties("AWS::S3::Bucket", {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 1, Status: "Enabled" })] },
    });
    for (const [id, { Properties }] of resources(dev, "AWS::IAM::Policy"))
      expect(JSON.stringify(Properties), `${id} knows nothing of it`).not.toContain("Rehearsals");
    expect(() => stageWith({ senderLocalPart: "rehearsal" })).toThrow("is taken by the course itself");
  });

  it("leaves the account's active rule set alone, and says how to change it", () => {
    dev.resourceCountIs("AWS::CloudFormation::CustomResource", 0);
    dev.hasOutput("ActivateReceiving", {
      Value: Match.stringLikeRegexp("set-active-receipt-rule-set.*coursepost-dev"),
    });
  });

  it("takes the account's mail over if the owner asks for it", () => {
    const activated = templateOf(stageWith({ activateRuleSet: true }));
    activated.hasResourceProperties("AWS::CloudFormation::CustomResource", { RuleSetName: "coursepost-dev" });
    activated.hasResourceProperties("AWS::Lambda::Function", {
      Code: { ZipFile: Match.stringLikeRegexp("SetActiveReceiptRuleSetCommand") },
    });
    activated.resourceCountIs("AWS::SES::ReceiptRuleSet", 1);
  });

  it("joins a rule set that is active already if the owner names it", () => {
    const joined = templateOf(stageWith({ joinRuleSet: "theirs" }));
    joined.resourceCountIs("AWS::SES::ReceiptRuleSet", 0);
    joined.hasResourceProperties("AWS::SES::ReceiptRule", { RuleSetName: "theirs" });
    expect(JSON.stringify(joined.toJSON())).toContain(":receipt-rule-set/theirs:receipt-rule/");
  });
});

describe("Topics", () => {
  it("use no key of AWS's own, which SES and alarms could not publish under", () => {
    for (const [, topic] of resources(dev, "AWS::SNS::Topic"))
      expect(topic.Properties ?? {}).not.toHaveProperty("KmsMasterKeyId");
  });

  it.each([
    ["SendingFeedback", "ses.amazonaws.com"],
    ["ReceivingArrived", "ses.amazonaws.com"],
    ["AlarmsTopic", "cloudwatch.amazonaws.com"],
  ])("let in whom they are for: %s", (topic, service) => {
    const policy = resources(dev, "AWS::SNS::TopicPolicy").find(([id]) => id.startsWith(topic))?.[1];
    const allows = members(policy?.Properties?.PolicyDocument?.Statement).filter(
      ({ Effect }) => String(Effect) === "Allow",
    );
    expect(allows).toMatchObject([{ Action: "sns:Publish", Principal: { Service: service } }]);
    expect(JSON.stringify(allows[0]?.Condition)).toMatch(/source ?account/i);
  });
});

describe("Queues", () => {
  it("give back the messages that failed, one by one, and set them aside after five tries, a mail after two", () => {
    const mappings = resources(dev, "AWS::Lambda::EventSourceMapping");
    expect(mappings).toHaveLength(3);
    for (const [, { Properties }] of mappings)
      expect(Properties?.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    const tries = resources(dev, "AWS::SQS::Queue").map(
      ([, { Properties }]) => Properties?.RedrivePolicy?.maxReceiveCount,
    );
    expect(tries.filter(Boolean)).toEqual([5, 2, 5]);
  });

  it("hand mails over one by one, all else by tens", () => {
    const batches = resources(dev, "AWS::Lambda::EventSourceMapping").map(([id, { Properties }]) => [
      id.replace(/SqsEvent.*/, ""),
      Properties?.BatchSize,
    ]);
    expect(batches).toEqual([
      ["NudgeFunction", 10],
      ["ReceiveFunction", 1],
      ["FeedbackFunction", 10],
    ]);
  });

  it("leave three of a new account's ten invocations to the lanes and the pages", () => {
    const most = resources(dev, "AWS::Lambda::EventSourceMapping").map(([, { Properties }]) =>
      Number(Properties?.ScalingConfig?.MaximumConcurrency),
    );
    expect(most.reduce((sum, one) => sum + one, 0)).toBe(7);
  });

  it("hide a message for longer than its function can take", () => {
    const hidden = resources(dev, "AWS::SQS::Queue").flatMap(
      ([, { Properties }]) => Properties?.VisibilityTimeout ?? [],
    );
    const longest = 2 * 60;
    expect(hidden).toEqual([6 * longest, 6 * longest, 6 * longest]);
  });

  it("call the owner when something is set aside, and say who is hurt", () => {
    const texts = resources(dev, "AWS::CloudWatch::Alarm").filter(([id]) => id.includes("SetAside"));
    expect(texts.map(([, { Properties }]) => Properties?.AlarmDescription)).toEqual([
      expect.stringContaining("A sign-up"),
      expect.stringContaining("reader's reply"),
      expect.stringContaining("must not be mailed"),
    ]);
  });
});

describe("Functions", () => {
  it("are exactly those that the build makes, on Node 24 and arm64", () => {
    expect(functionIds()).toHaveLength(DEPLOYED_WITHOUT_ASKING.length);
    dev.allResourcesProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
    });
  });

  it("reserve no concurrency: a new account has ten in all", () => {
    for (const [, { Properties }] of resources(dev, "AWS::Lambda::Function")) {
      expect(Properties).not.toHaveProperty("ReservedConcurrentExecutions");
    }
  });

  it("each call the owner when they fail, and say who is hurt: those of the pages by the API's alarm", () => {
    const failing = resources(dev, "AWS::CloudWatch::Alarm").filter(([id]) => id.includes("Failing"));
    const watched = failing.map(([, { Properties }]) => String(Properties?.Dimensions?.[0]?.Value?.Ref));
    const byApi = functionIds().filter((id) => /^(Web|Unsubscribe|Api)Function/.test(id));
    // What mail hosts report waits for 30 days, and the doctor says how old the latest is.
    const byDoctor = functionIds().filter((id) => /^DmarcFunction/.test(id));
    expect([...watched, ...byApi, ...byDoctor].sort()).toEqual(functionIds().sort());
    for (const [, { Properties }] of failing)
      expect(String(Properties?.AlarmDescription)).toMatch(/ fails\. [A-Z].{20,}/);
    const broken = resources(dev, "AWS::CloudWatch::Alarm").find(([id]) => id.includes("Broken"))?.[1];
    expect(String(broken?.Properties?.AlarmDescription)).toMatch(/^web or unsubscribe fails/);
    // The pages' functions are reached by the API alone, so it sees each of their failures.
    const callers = resources(dev, "AWS::Lambda::Permission").map(([, { Properties }]) =>
      String(Properties?.Principal),
    );
    expect(new Set(callers)).toEqual(new Set(["apigateway.amazonaws.com"]));
  });

  it("are told about the world by the same eleven variables", () => {
    for (const [id, { Properties }] of resources(dev, "AWS::Lambda::Function")) {
      if (/^(Report|Dmarc)/.test(id)) continue;
      expect(Object.keys(Properties?.Environment?.Variables ?? {}).sort()).toEqual([
        "ALARM_TOPIC",
        "CONFIGURATION_SET",
        "INBOX_BUCKET",
        "KEYRING_SECRET",
        "MESSAGE_ID_DOMAIN",
        "NUDGE_QUEUE_URL",
        "PICTURE_ORIGIN",
        "REPLY_QUEUE_URL",
        "SETTINGS",
        "TABLE_NAME",
        "WEB_ORIGIN",
      ]);
    }
  });

  it("may do no more than their work: only receiving reads raw mail, only who erases people removes it, only who sends reads what is due, and who tells apart what was sent", () => {
    const who = (action: RegExp) =>
      functionIds()
        .map((id) => id.replace(/Function.*/, ""))
        .filter((name) => allowed(name).some((line) => action.test(line)))
        .sort();
    expect(who(/^s3:GetObject .*Inbox/)).toEqual(["Receive"]);
    expect(who(/^s3:GetObject .*Dmarc/)).toEqual(["Dmarc"]);
    expect(who(/^s3:DeleteObject .*Inbox/)).toEqual(["Api", "Web"]);
    expect(who(/^s3:DeleteObject .*Dmarc/)).toEqual(["Dmarc"]);
    expect(who(/^dynamodb:Query on .*index\/due/)).toEqual(["Lane", "Nudge", "Receive"]);
    expect(who(/^ses:GetSendQuota/)).toEqual(["Lane"]);
    expect(who(/^sqs:SendMessage/)).toEqual(["Api", "Receive", "Web"]);
    expect(who(/^dynamodb:(\*|DeleteTable)/)).toEqual([]);
    expect(who(/^dynamodb:Scan/)).toEqual(["Report"]);
  });
});

describe("The report's function", () => {
  const statements = () =>
    resources(dev, "AWS::IAM::Policy")
      .filter(([id]) => id.startsWith("ReportRole"))
      .flatMap(([, { Properties }]) => members(Properties?.PolicyDocument?.Statement));
  const about = (action: string) =>
    statements().find(({ Action }) => JSON.stringify(Action).includes(`"${action}"`));

  it("counts all items, but may read no address, name or word of theirs", () => {
    const scan = about("dynamodb:Scan");
    expect(scan?.Condition).toMatchObject({ StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } });
    const attributes = JSON.stringify(scan?.Condition?.["ForAllValues:StringEquals"]);
    expect(attributes).toContain('"consents"');
    expect(attributes).not.toMatch(/address|firstName|ownWords|subject|raw/);
  });

  it("writes nothing but what stands with the owner, and has no keyring, no SES and no raw mail", () => {
    expect(about("dynamodb:PutItem")?.Condition).toEqual({
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["S#owner"] },
    });
    const actions = statements().flatMap(({ Action }) => members(Action).map(String));
    expect(actions.filter((action) => !action.startsWith("logs:")).sort()).toEqual([
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Scan",
      "sqs:GetQueueAttributes",
    ]);
  });

  it("runs on Mondays by the clock of the stage's zone, and is begun again if it fails", () => {
    dev.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "cron(30 6 ? * MON *)",
      ScheduleExpressionTimezone: "Europe/London",
      Target: { RetryPolicy: { MaximumRetryAttempts: 185 } },
    });
    dev.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 2 });
  });
});

describe("What a month costs although nobody gets a mail", () => {
  it("is reckoned with what the stack has", () => {
    const count = (type: string) => resources(production, type).length;
    expect(STANDING).toMatchObject({
      alarms: count("AWS::CloudWatch::Alarm"),
      secrets: count("AWS::SecretsManager::Secret"),
      queues: count("AWS::Lambda::EventSourceMapping"),
    });
    expect(count("AWS::CloudWatch::Dashboard")).toBe(0);
  });

  it("has an alarm for one metric each, as they are priced", () => {
    for (const [, { Properties }] of resources(production, "AWS::CloudWatch::Alarm"))
      expect(Properties).not.toHaveProperty("Metrics");
  });

  it("reckons with as many metrics as a dashboard shows of ours", () => {
    expect(new Set(shownMetrics()).size).toBe(STANDING.dashboardMetrics);
  });

  it("is within three dollars, and what a dashboard adds is told", () => {
    const idle = addUp(standingLines(STAGES.production));
    expect(idle).toBeLessThanOrEqual(3);
    expect(idle).toBeGreaterThan(2);
    expect(addUp(standingLines({ ...STAGES.production, dashboard: true })) - idle).toBeGreaterThan(3);
  });
});

/** The schedules that wake the lanes. */
const lanesOf = (template: Template) =>
  resources(template, "AWS::Scheduler::Schedule")
    .map(([, { Properties }]) => Properties)
    .filter((schedule) => String(schedule?.Target?.Input).includes("lane"));

describe("The schedule", () => {
  it("wakes each lane every minute", () => {
    const schedules = lanesOf(dev);
    expect(schedules.map((schedule) => schedule?.Target?.Input)).toEqual(
      [0, 1, 2, 3].map((lane) => `{"lane":${lane}}`),
    );
    for (const schedule of schedules) {
      expect(schedule).toMatchObject({
        ScheduleExpression: "rate(1 minute)",
        FlexibleTimeWindow: { Mode: "OFF" },
      });
    }
    expect(lanesOf(templateOf(stageWith({ lanes: 1 })))).toHaveLength(1);
  });

  it("leaves repeating to the next minute", () => {
    dev.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0 });
  });

  it("calls the owner when no lane wakes", () => {
    expect(alarmTexts()).toContainEqual(expect.stringContaining("No lane has run for ten minutes"));
  });
});

describe("How sending stands", () => {
  it("is on one page, where the owner asks for it, with what the queues have set aside", () => {
    for (const shown of ["OldestDue", "SendNotAccepted", "InDoubt", "QuotaUse", "AnswerSent", "DeadLetters"])
      expect(dashboardPage()).toContain(shown);
    dev.resourceCountIs("AWS::CloudWatch::Dashboard", 0);
  });

  it("is told by the metrics that their table calls shown, by all of them, and of this stage only", () => {
    expect(shownMetrics("other")).toEqual([]);
    expect(new Set(shownMetrics("dev"))).toEqual(new Set(SHOWN_METRICS));
    expect(SHOWN_METRICS).toContain("OldestDue");
    expect(SHOWN_METRICS).not.toContain("SignUpDropped");
  });

  it("is written by a function, each metric of the table in its own way", () => {
    for (const [name, { unit }] of Object.entries(METRICS))
      expect(sourcesOfFunctions).toMatch(writing(name, unit));
    expect(sourcesOfFunctions, "control").not.toMatch(writing("Repl", "Count"));
    expect(sourcesOfFunctions, "control").not.toMatch(writing("OldestDue", "Count"));
  });

  it("becomes metrics only where the stage has a dashboard", () => {
    const settings = resources(withDashboard, "AWS::Lambda::Function").map(([, { Properties }]) =>
      String(Properties?.Environment?.Variables?.SETTINGS),
    );
    expect(settings.length).toBeGreaterThan(0);
    for (const one of settings) expect(one).toContain('"dashboard":true');
  });

  it("is told to the owner by the functions that see it, and by no other", () => {
    const tellers = functionIds()
      .map((id) => id.replace(/Function.*/, ""))
      .filter((name) => allowed(name).some((one) => one.startsWith("sns:Publish")));
    expect(tellers.sort()).toEqual(["Lane", "Nudge", "Receive", "Unsubscribe"]);
  });

  it("is watched by CloudWatch where the functions cannot see it, and nowhere else", () => {
    const watched = resources(dev, "AWS::CloudWatch::Alarm").map(([, { Properties }]) =>
      String(Properties?.Namespace),
    );
    expect([...new Set(watched)].sort()).toEqual(["AWS/ApiGateway", "AWS/Lambda", "AWS/SES", "AWS/SQS"]);
  });
});

describe("The website", () => {
  it("has the pages that mails and people lead to, what programs ask, and nothing else", () => {
    expect(routes().sort()).toEqual(
      [
        ...API_ROUTES,
        OTHER_API_PATHS,
        "GET /",
        "POST /sign-up",
        "GET /confirm/{token}",
        "POST /confirm/{token}",
        "GET /confirm/{token}/{course}",
        "POST /confirm/{token}/{course}",
        "GET /courses/{course}",
        "GET /courses/{course}/{slug}",
        "GET /reader/{token}/{course}",
        "GET /reader/{token}/{course}/{slug}",
        "GET /reader/{token}/{course}/{slug}/move.ics",
        "GET /subscribe",
        "POST /new-link/{token}",
        "GET /reader/{token}",
        "POST /reader/{token}",
        "POST /reader/{token}/{course}/{slug}",
        "GET /privacy",
        "GET /picture.png",
        "GET /test-mail",
        "POST /test-mail",
        "GET /newsletter",
        "GET /newsletter/feed.xml",
        "GET /newsletter/{slug}",
        "GET /form",
        "GET /form/script",
        "GET /lesson/{slug}",
        "GET /personal/{token}",
        "POST /personal/{token}",
        "GET /no-letters/{token}",
        "POST /no-letters/{token}",
        "GET /join/{token}",
        "POST /join/{token}",
        "POST /undo/{token}",
        "POST /fresh-link/{token}",
        "POST /change-address/{token}",
        "GET /new-address/{token}",
        "POST /new-address/{token}",
        "GET /old-address/{token}",
        "POST /old-address/{token}",
        "GET /own-reply/{token}",
        "GET /remove-answer/{token}",
        "POST /own-reply/{token}",
        "POST /remove-answer/{token}",
        "GET /offer/{token}",
        "POST /offer/{token}",
        "GET /voice/{token}",
        "POST /voice/{token}",
        "GET /unsubscribe/{token}",
        "POST /unsubscribe/{token}",
        "GET /accessibility",
        "GET /favicon.ico",
        "GET /robots.txt",
        "$default",
      ].sort(),
    );
  });

  it("shows the newsletter to nobody where the owner did not ask for it", () => {
    const paths = (template: typeof dev) =>
      resources(template, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) =>
        String(Properties?.RouteKey),
      );
    expect(
      paths(templateOf(stageWith({ archive: false }))).filter((path) => /newsletter/.test(path)),
    ).toEqual([]);
    expect(paths(dev).filter((path) => /newsletter/.test(path))).toHaveLength(3);
  });

  it("throttles every page but unsubscribing, and sign-up the most", () => {
    const stage = one("AWS::ApiGatewayV2::Stage").Properties;
    const throttled = Object.keys(stage?.RouteSettings ?? {});
    expect(
      routes()
        .filter((route) => !throttled.includes(route))
        .sort(),
    ).toEqual(["GET /unsubscribe/{token}", "POST /unsubscribe/{token}"]);
    expect(stage).not.toHaveProperty("DefaultRouteSettings");
    expect(stage?.RouteSettings?.["POST /sign-up"]).toEqual({
      ThrottlingRateLimit: 3,
      ThrottlingBurstLimit: 20,
    });
  });

  it("lets answers that wait for their floor hold half of a new account's ten invocations, and no more", () => {
    const settings = one("AWS::ApiGatewayV2::Stage").Properties?.RouteSettings ?? {};
    const aSecond = ADDRESS_ROUTES.map((route) => Number(settings[route]?.ThrottlingRateLimit));
    const held = (aSecond.reduce((sum, one) => sum + one) * ANSWER_FLOOR) / SECOND;
    expect(held).toBeLessThanOrEqual(5);
  });

  it("takes what readers write at a person's pace: a flood of it leaves an invocation of ten to anybody else", () => {
    const settings = one("AWS::ApiGatewayV2::Stage").Properties?.RouteSettings ?? {};
    for (const route of ["POST /reader/{token}/{course}/{slug}", "POST /remove-answer/{token}"])
      expect(Number(settings[route]?.ThrottlingRateLimit), route).toBeLessThanOrEqual(5);
  });

  it("logs by route key: a path holds a token, an address tells who came", () => {
    const format = String(one("AWS::ApiGatewayV2::Stage").Properties?.AccessLogSettings?.Format);
    expect(format).toContain("$context.routeKey");
    expect(format).not.toMatch(
      /\$context\.(path|identity|domainName|authorizer)|\$request|userAgent|sourceIp/i,
    );
  });

  it("has one origin: the web domain in production, else the API's own address", () => {
    production.hasResourceProperties("AWS::ApiGatewayV2::Api", { DisableExecuteApiEndpoint: true });
    production.allResourcesProperties("AWS::Lambda::Function", {
      Environment: { Variables: { WEB_ORIGIN: "https://www.course.example" } },
    });
    dev.allResourcesProperties("AWS::Lambda::Function", {
      Environment: { Variables: { WEB_ORIGIN: { "Fn::GetAtt": [Match.anyValue(), "ApiEndpoint"] } } },
    });
  });
});

describe("A deploy", () => {
  const printed = (template = production) => JSON.stringify(template.findOutputs("*"));

  it("prints every DNS record to create", () => {
    for (const name of ["DnsDkim1", "DnsDkim2", "DnsDkim3", "DnsWeb"])
      production.hasOutput(name, Match.anyValue());
    production.hasOutput("DnsMailFromMx", {
      Value: "bounce.mail.course.example MX 10 feedback-smtp.eu-west-1.amazonses.com",
    });
    production.hasOutput("DnsMailFromTxt", {
      Value: 'bounce.mail.course.example TXT "v=spf1 include:amazonses.com ~all"',
    });
    production.hasOutput("DnsInbound", {
      Value: "mail.course.example MX 10 inbound-smtp.eu-west-1.amazonaws.com",
    });
    production.hasOutput("DnsDmarc", {
      Value: '_dmarc.mail.course.example TXT "v=DMARC1; p=none; rua=mailto:dmarc@mail.course.example"',
    });
    expect(printed()).not.toContain("pct=");
  });

  it("sends alarms to the alarm mailbox", () => {
    dev.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "alarms@owner.example",
    });
    for (const [, { Properties }] of resources(dev, "AWS::CloudWatch::Alarm")) {
      expect(Properties?.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
    }
  });

  it("knows how SES writes a Message-ID in each region", () => {
    const elsewhere = templateOf(stageWith({ region: "us-east-1" }));
    const domainIn = (template: typeof dev) =>
      resources(template, "AWS::Lambda::Function")[0]?.[1].Properties?.Environment?.Variables
        ?.MESSAGE_ID_DOMAIN;
    expect([domainIn(dev), domainIn(elsewhere)]).toEqual(["eu-west-1.amazonses.com", "email.amazonses.com"]);
  });
});
