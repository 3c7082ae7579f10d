import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LimitedAccount, untilTaken } from "./account-limits.ts";
import { VirtualClock } from "./clock.ts";
import { openDkimSigner } from "./dkim.ts";
import { DnsServer } from "./dns.ts";
import { DynamoDb, type TableProperties, writesTable } from "./dynamodb.ts";
import { Wire } from "./endpoint.ts";
import { EventBuses, type RuleTarget } from "./events.ts";
import type { Faults } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { type FunctionRuntime, Lambda, type LogLine } from "./lambda.ts";
import { readLookTimes } from "./looked-at.ts";
import type { CloudPlace } from "./request.ts";
import { objectHeaders, S3 } from "./s3.ts";
import { Scheduler } from "./scheduler.ts";
import { type GenerateSecretString, type Pick as PickNumber, Secrets } from "./secrets.ts";
import { type SendLimits, Ses } from "./ses.ts";
import type { SentMail } from "./ses-events.ts";
import { type ArrivingMail, type Receipt, type ReceiptRule, ReceiptRules } from "./ses-receipt.ts";
import { SmtpPort } from "./smtp.ts";
import { Sns } from "./sns.ts";
import { type Arrivals, Sqs } from "./sqs.ts";
import { type Physical, type Resource, type StackTemplate, TemplateReader } from "./template.ts";
import { TokenBucket } from "./token-bucket.ts";
import type { ToldEvent, World } from "./world.ts";

export interface CloudOptions {
  /** The synthesized template, and the folder of its assets. */
  template: unknown;
  outdir: string;
  region: string;
  /** Virtual time to begin at, epoch milliseconds. */
  startAt: number;
  /** Where state is kept between runs; without it everything is in memory. */
  stateFolder?: string;
  /** A free port is taken where one is busy; 0 for any. */
  webPort?: number;
  smtpPort?: number;
  limits?: Partial<SendLimits>;
  /** Ticks of the Scheduler are left out while nothing is due; off only to show that this changes nothing. */
  skipIdleMinutes?: boolean;
  /**
   * Invocations at a time, of all functions together; any number if left out. A new account has 10. With it the limits of the
   * API's routes hold as well.
   */
  concurrency?: number;
  /** How its functions run where they are threads. */
  functions?: ConstructorParameters<typeof Lambda>[2];
  /** What runs its functions instead of threads. */
  runtime?: Machinery["lambda"];
  /** Another engine than the embedded database, which keeps nothing in `stateFolder`. */
  table?: TableEngine;
  /** What it is made of if not of threads, ports and the embedded database. */
  machinery?: Machinery;
}

/** A DynamoDB behind our wire. */
type TableEngine = Pick<DynamoDb, "handle" | "createTable" | "peekDue" | "holdsAny" | "start" | "stop">;

/** The parts of a cloud that lives in one thread, where the same seed makes the same world. */
interface Machinery {
  lambda(clock: VirtualClock, wire: Wire, dns: DnsServer): FunctionRuntime;
  table: TableEngine;
  /** Where the pages would be. */
  webOrigin: string;
  uuid: () => string;
  pick: PickNumber;
  arrivals: Arrivals;
}

/** The whole of Coursepost on this machine. */
export interface Cloud extends World {
  clock: VirtualClock;
  faults: Faults;
  ses: Ses;
  sqs: Sqs;
  s3: S3;
  wire: Wire;
  gateway: Gateway;
  dns: DnsServer;
  /** What was put on event buses. */
  events: EventBuses;
  secrets: Secrets;
  lambda: FunctionRuntime;
  dynamodb: TableEngine;
  tableName: string;
  /** What a console needs to reach this cloud as it would reach an account. */
  deployment: StackDeployment;
  onMail(listener: (mail: SentMail) => void): void;
  receive(mail: ArrivingMail): Receipt;
  advanceBy(ms: number): Promise<void>;
  /** Queues by the logical ids of the template, for those who look into them. */
  queueNames(): string[];
  stop(): Promise<void>;
}

export interface StackDeployment {
  /** The stack's outputs that begin with `Deployed`, without it. */
  outputs: Record<string, string>;
  /** The environment in which AWS's SDK finds this cloud. */
  environment: Record<string, string>;
  /** What the DNS would answer of the mail domains: TXT records by name. */
  txtRecords: Record<string, string>;
}

/** Types that mean nothing here: nothing on this machine is permitted, watched or encrypted by them. */
const WITHOUT_MEANING_HERE = [
  "AWS::ApiGatewayV2::Stage",
  "AWS::CDK::Metadata",
  "AWS::CloudFront::OriginAccessControl",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::S3::BucketPolicy",
  "AWS::SES::ReceiptRuleSet",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
];
const EMULATED = [
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::CloudFront::Distribution",
  "Custom::PictureCopies",
  "AWS::DynamoDB::Table",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SES::ConfigurationSet",
  "AWS::SES::ConfigurationSetEventDestination",
  "AWS::SES::EmailIdentity",
  "AWS::SES::ReceiptRule",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::Scheduler::Schedule",
  "AWS::SecretsManager::Secret",
];
const ACCOUNT = "111111111111";
/** Names of hosts that answer in an account; here, the gateway does. */
const CLOUDFRONT_HOST = "pictures.cloudfront.test";
const S3_HOST = "s3.test";
const DAY_SECONDS = 86_400;
/** A port that is closed. An address and not a name, before which S3's client would put the bucket's. */
const NO_PORT = "http://127.0.0.1:1";

/** Starts every emulator, makes in them what the template has, and wires them as it says. There is no second wiring. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const parts = await startParts(options);
  try {
    return await furnish(parts, options);
  } catch (error) {
    // Ports that stay open would keep the process alive that has just failed.
    await stopParts(parts);
    throw error;
  }
}

async function furnish(parts: CloudParts, options: CloudOptions): Promise<Cloud> {
  const reader = stackReader(options, parts);
  reader.refuseUnknown(new Set([...WITHOUT_MEANING_HERE, ...EMULATED]));
  const tableName = await makeStorage(reader, parts);
  copyPictures(reader, parts, options);
  makeDistributions(reader, parts);
  makeQueues(reader, parts);
  makeTopics(reader, parts);
  makeBuses(reader, parts);
  makeSes(reader, parts);
  makeFunctions(reader, parts, options);
  makeRoutes(reader, parts, options.concurrency !== undefined);
  mapQueues(reader, parts);
  const scheduler = makeSchedules(reader, parts, tableName, options.skipIdleMinutes ?? true);
  const deployment: StackDeployment = {
    ...{ outputs: reader.outputs("Deployed"), environment: functionEnvironment(parts) },
    // Asked for, they make SES's keys.
    get txtRecords() {
      return readTxtRecords(reader);
    },
  };
  return { ...makeCloud(parts, scheduler, tableName), deployment };
}

/** As an owner has created them: the keys of DKIM, SPF of the MAIL FROM domain, and a policy for DMARC. */
function readTxtRecords(reader: TemplateReader): Record<string, string> {
  const all = reader
    .all<IdentityProperties>("AWS::SES::EmailIdentity")
    .map(({ properties: { EmailIdentity: domain, MailFromAttributes } }) => ({
      ...openDkimSigner().records(domain),
      [MailFromAttributes?.MailFromDomain ?? domain]: "v=spf1 include:amazonses.com ~all",
      [`_dmarc.${domain}`]: "v=DMARC1; p=none",
    }));
  return Object.assign({}, ...all);
}

async function stopParts({ gateway, smtp, lambda, wire, dynamodb, dns }: CloudParts): Promise<void> {
  await gateway.close();
  await smtp.close();
  await lambda.stop();
  await wire.close();
  await dns.close();
  await dynamodb.stop();
}

interface CloudParts {
  place: CloudPlace;
  clock: VirtualClock;
  wire: Wire;
  dns: DnsServer;
  dynamodb: TableEngine;
  ses: Ses;
  sns: Sns;
  sqs: Sqs;
  s3: S3;
  secrets: Secrets;
  events: EventBuses;
  receipts: ReceiptRules;
  lambda: FunctionRuntime;
  gateway: Gateway;
  smtp: SmtpPort;
  webOrigin: string;
  smtpPort: number;
}

async function startParts(options: CloudOptions): Promise<CloudParts> {
  const { region, startAt, stateFolder: folder, limits, machinery } = options;
  const place = { region, account: ACCOUNT };
  const clock = new VirtualClock(startAt);
  const wire = new Wire(clock, machinery && NO_PORT);
  const dynamodb = options.table ?? machinery?.table ?? new DynamoDb({ folder });
  const sns = new Sns({ clock, uuid: machinery?.uuid });
  const publish = (topic: string, message: string, subject?: string) => sns.publish(topic, message, subject);
  const ses = new Ses({
    ...{ clock, place, publish, limits, folder },
    // The keys are random, and the same seed makes the same world.
    ...(machinery === undefined && { dkim: openDkimSigner() }),
    exchange: (mail) =>
      mail.recipients.some((one) => receipts.leadHere(one)) ? receipts.receive(mail) : undefined,
  });
  const sqs = new Sqs({ clock, place, endpoint: () => wire.endpoint(), folder, ...machinery });
  const s3 = new S3({ clock, folder });
  const secrets = new Secrets({ folder, pick: machinery?.pick });
  const events = new EventBuses({
    ...{ clock, place, uuid: machinery?.uuid },
    deliver: (queue, body) => void sqs.send(queue, body),
  });
  const receipts = new ReceiptRules({
    clock,
    place,
    store: (bucket, key, body) => s3.put(bucket, key, body),
    publish,
    isVerified: (address) => ses.isVerified(address),
  });
  const services = { dynamodb, ses, sns, sqs, s3, secretsmanager: secrets, events } as const;
  for (const [name, service] of Object.entries(services)) wire.serve(name as keyof typeof services, service);
  const dns = new DnsServer();
  const { concurrency, runtime = machinery?.lambda } = options;
  const unlimited = runtime?.(clock, wire, dns) ?? new Lambda(clock, wire, options.functions);
  const lambda = concurrency === undefined ? unlimited : new LimitedAccount(unlimited, clock, concurrency);
  const gateway = new Gateway(() => clock.now());
  // All that reads the kept state comes first: what is damaged in it is told before any port is open.
  if (!machinery) await wire.listen();
  if (!machinery) await dns.listen();
  await dynamodb.start();
  const webOrigin = machinery?.webOrigin ?? `http://localhost:${await gateway.listen(options.webPort ?? 0)}`;
  const smtp = new SmtpPort(
    (recipient) => receipts.accepts(recipient),
    (mail) => receipts.receive(mail),
  );
  const smtpPort = machinery ? 0 : await smtp.listen(options.smtpPort ?? 0);
  return {
    place,
    clock,
    wire,
    dns,
    dynamodb,
    ses,
    sns,
    sqs,
    s3,
    secrets,
    events,
    receipts,
    lambda,
    gateway,
    smtp,
    webOrigin,
    smtpPort,
  };
}

/** What things are called here. An ARN ends in the logical id, which is how the emulators know each other. */
function stackReader({ template, region }: CloudOptions, { sqs, webOrigin }: CloudParts): TemplateReader {
  const pseudo = {
    "AWS::Region": region,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "coursepost-local",
  };
  const arn = (service: string, id: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${id}`;
  const physical = (id: string, { Type, Properties }: Resource): Physical => {
    switch (Type) {
      case "AWS::SQS::Queue":
        return { ref: sqs.url(id), attributes: { Arn: sqs.arn(id), QueueName: id } };
      case "AWS::Events::EventBus":
        return {
          ref: String(Properties?.Name),
          attributes: { Arn: arn("events", `event-bus/${Properties?.Name}`) },
        };
      case "AWS::SNS::Topic":
        return { ref: arn("sns", id), attributes: { TopicName: id, TopicArn: arn("sns", id) } };
      case "AWS::SecretsManager::Secret":
        return { ref: arn("secretsmanager", `secret:${id}`), attributes: {} };
      case "AWS::S3::Bucket":
        return {
          ref: id.toLowerCase(),
          attributes: {
            Arn: `arn:aws:s3:::${id.toLowerCase()}`,
            RegionalDomainName: `${id.toLowerCase()}.${S3_HOST}`,
          },
        };
      case "AWS::CloudFront::OriginAccessControl":
        return { ref: id, attributes: { Id: id } };
      case "AWS::CloudFront::Distribution":
        return { ref: id, attributes: { DomainName: CLOUDFRONT_HOST } };
      case "AWS::Lambda::Function":
        return { ref: id, attributes: { Arn: arn("lambda", `function:${id}`) } };
      case "AWS::SES::ConfigurationSet":
        return { ref: (Properties?.Name as string | undefined) ?? id, attributes: {} };
      case "AWS::ApiGatewayV2::Api":
        return { ref: id, attributes: { ApiEndpoint: webOrigin } };
      default:
        return { ref: id, attributes: { Arn: arn("local", id) } };
    }
  };
  const origins = { [`https://${CLOUDFRONT_HOST}`]: webOrigin };
  return new TemplateReader(template as StackTemplate, pseudo, physical, origins);
}

async function makeStorage(reader: TemplateReader, { dynamodb, s3, secrets }: CloudParts): Promise<string> {
  const [table, ...others] = reader.all<TableProperties>("AWS::DynamoDB::Table");
  if (!table || others.length > 0) throw new Error("The local cloud expects one table in the template");
  await dynamodb.createTable(table.ref, table.properties);
  for (const { ref, properties } of reader.all<BucketProperties>("AWS::S3::Bucket")) {
    const days = properties.LifecycleConfiguration?.Rules.find(
      (rule) => rule.ExpirationInDays,
    )?.ExpirationInDays;
    s3.createBucket(ref, days === undefined ? {} : { expireAfterDays: days });
  }
  for (const { ref, properties } of reader.all<SecretProperties>("AWS::SecretsManager::Secret")) {
    secrets.create(ref, properties);
  }
  return table.ref;
}

/** What a deploy's custom resource does in an account: pictures of the assembly are put where they are served. */
function copyPictures(reader: TemplateReader, { s3 }: CloudParts, { outdir }: CloudOptions): void {
  for (const { properties } of reader.all<CopyProperties>("Custom::PictureCopies"))
    for (const { Key, AssetKey, ContentType } of properties.Pictures) {
      const body = readFileSync(join(outdir, `asset.${AssetKey}`));
      s3.put(properties.Bucket, Key, body, ContentType, properties.CacheControl);
    }
}

interface CopyProperties {
  Bucket: string;
  CacheControl: string;
  Pictures: { Key: string; AssetKey: string; ContentType: string }[];
}

/** A distribution's bucket is read at the website's own address: one port is enough on one machine. */
function makeDistributions(reader: TemplateReader, { gateway, s3 }: CloudParts): void {
  for (const { properties } of reader.all<DistributionProperties>("AWS::CloudFront::Distribution"))
    for (const { DomainName } of properties.DistributionConfig.Origins) {
      const bucket = DomainName.slice(0, -`.${S3_HOST}`.length);
      gateway.addFiles((path) => {
        const object = s3.get(bucket, path.slice(1));
        if (!object) return undefined;
        const body = Buffer.from(object.body).toString("base64");
        return { statusCode: 200, headers: objectHeaders(object), body, isBase64Encoded: true };
      });
    }
}

interface DistributionProperties {
  DistributionConfig: { Origins: { DomainName: string }[] };
}

interface BucketProperties {
  LifecycleConfiguration?: { Rules: { ExpirationInDays?: number }[] };
}
interface SecretProperties {
  SecretString?: string;
  GenerateSecretString?: GenerateSecretString;
}
interface QueueTemplate {
  VisibilityTimeout?: number;
  DelaySeconds?: number;
  MessageRetentionPeriod?: number;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
}

const lastPart = (arn: string): string => arn.split(":").at(-1) ?? "";

function makeQueues(reader: TemplateReader, { sqs }: CloudParts): void {
  for (const { id, properties } of reader.all<QueueTemplate>("AWS::SQS::Queue")) {
    const { RedrivePolicy } = properties;
    sqs.createQueue(id, {
      visibilityTimeout: properties.VisibilityTimeout,
      delay: properties.DelaySeconds,
      retention: properties.MessageRetentionPeriod ?? 4 * DAY_SECONDS,
      ...(RedrivePolicy && {
        redrive: {
          deadLetterQueue: lastPart(RedrivePolicy.deadLetterTargetArn),
          maxReceiveCount: RedrivePolicy.maxReceiveCount,
        },
      }),
    });
  }
}

function makeTopics(reader: TemplateReader, { sns, sqs }: CloudParts): void {
  for (const { ref } of reader.all("AWS::SNS::Topic")) sns.createTopic(ref);
  for (const { properties } of reader.all<SubscriptionProperties>("AWS::SNS::Subscription")) {
    // Alarms go to a mailbox that is not on this machine.
    if (properties.Protocol !== "sqs") continue;
    const queue = lastPart(properties.Endpoint);
    sns.subscribe(properties.TopicArn, {
      raw: properties.RawMessageDelivery ?? false,
      deliver: (body) => void sqs.send(queue, body),
    });
  }
}

/** Rules that lead to queues: no others are ours. */
function makeBuses(reader: TemplateReader, { events }: CloudParts): void {
  for (const { ref } of reader.all("AWS::Events::EventBus")) events.createBus(ref);
  for (const { properties } of reader.all<RuleProperties>("AWS::Events::Rule"))
    for (const target of properties.Targets)
      events.addRule(properties.EventBusName, {
        pattern: properties.EventPattern,
        queue: lastPart(target.Arn),
        input: target.InputTransformer,
      });
}

interface RuleProperties {
  EventBusName: string;
  EventPattern: Record<string, string[]>;
  Targets: RuleTarget[];
}

interface SubscriptionProperties {
  Protocol: string;
  Endpoint: string;
  TopicArn: string;
  RawMessageDelivery?: boolean;
}

function makeSes(reader: TemplateReader, { ses, receipts }: CloudParts): void {
  for (const { ref } of reader.all("AWS::SES::ConfigurationSet")) ses.createConfigurationSet(ref);
  for (const { properties } of reader.all<IdentityProperties>("AWS::SES::EmailIdentity")) {
    ses.verifyIdentity(properties.EmailIdentity, properties.MailFromAttributes?.MailFromDomain);
  }
  for (const { properties } of reader.all<DestinationProperties>(
    "AWS::SES::ConfigurationSetEventDestination",
  )) {
    const { MatchingEventTypes, SnsDestination } = properties.EventDestination;
    ses.addEventDestination(properties.ConfigurationSetName, {
      matchingEventTypes: MatchingEventTypes,
      topicArn: SnsDestination.TopicARN,
    });
  }
  for (const { properties } of reader.all<{ Rule: ReceiptRule }>("AWS::SES::ReceiptRule")) {
    receipts.addRule(properties.Rule);
  }
}

interface IdentityProperties {
  EmailIdentity: string;
  MailFromAttributes?: { MailFromDomain?: string };
}

interface DestinationProperties {
  ConfigurationSetName: string;
  EventDestination: { MatchingEventTypes: string[]; SnsDestination: { TopicARN: string } };
}

function makeFunctions(reader: TemplateReader, parts: CloudParts, { outdir }: CloudOptions): void {
  const platform = functionEnvironment(parts);
  for (const { id, properties, resource } of reader.all<FunctionTemplate>("AWS::Lambda::Function")) {
    // Written into the template, it runs at deploys only.
    if (properties.Code?.ZipFile !== undefined) continue;
    const asset = resource.Metadata?.["aws:asset:path"];
    if (typeof asset !== "string") throw new Error(`The template does not say where the code of ${id} is`);
    parts.lambda.deploy({
      name: id,
      code: join(outdir, asset),
      handler: properties.Handler,
      environment: { ...platform, ...properties.Environment?.Variables, AWS_LAMBDA_FUNCTION_NAME: id },
      timeoutSeconds: properties.Timeout ?? 3,
    });
  }
}

/** What AWS's platform tells a program of its account and region: here, where the emulators listen. */
const functionEnvironment = ({ place, wire, dns }: CloudParts): Record<string, string> => ({
  AWS_REGION: place.region,
  AWS_ENDPOINT_URL: wire.endpoint(),
  DNS_SERVERS: dns.address(),
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});

interface FunctionTemplate {
  Handler: string;
  Code?: { ZipFile?: string };
  Timeout?: number;
  Environment?: { Variables: Record<string, string> };
}

type RouteSettings = Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>;

function makeRoutes(reader: TemplateReader, parts: CloudParts, isThrottled: boolean): void {
  const [stage] = reader.all<{ RouteSettings?: RouteSettings }>("AWS::ApiGatewayV2::Stage");
  const findThrottle = (key: string): TokenBucket | undefined => {
    const settings = isThrottled ? stage?.properties.RouteSettings?.[key] : undefined;
    return settings && new TokenBucket(settings.ThrottlingRateLimit, settings.ThrottlingBurstLimit);
  };
  const integrations = reader.all<{ IntegrationUri: string }>("AWS::ApiGatewayV2::Integration");
  for (const { properties } of reader.all<{ RouteKey: string; Target: string }>("AWS::ApiGatewayV2::Route")) {
    const integration = integrations.find(({ id }) => properties.Target === `integrations/${id}`);
    if (!integration) throw new Error(`The route ${properties.RouteKey} has no integration`);
    const target = lastPart(integration.properties.IntegrationUri);
    const invoke = (event: unknown) => parts.lambda.answer(target, event);
    parts.gateway.add({ key: properties.RouteKey, invoke, throttle: findThrottle(properties.RouteKey) });
  }
}

function mapQueues(reader: TemplateReader, { clock, lambda, sqs }: CloudParts): void {
  for (const { properties } of reader.all<MappingProperties>("AWS::Lambda::EventSourceMapping")) {
    const target = lastPart(properties.FunctionName);
    const queue = lastPart(properties.EventSourceArn);
    sqs.map({
      queue,
      batchSize: properties.BatchSize,
      batchingWindow: properties.MaximumBatchingWindowInSeconds,
      reportBatchItemFailures: properties.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
      concurrency: properties.ScalingConfig?.MaximumConcurrency,
      invoke: (event) => untilTaken(clock, sqs.hiddenMs(queue), () => lambda.invoke(target, event)),
    });
  }
}

interface MappingProperties {
  FunctionName: string;
  EventSourceArn: string;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency: number };
}

function makeSchedules(reader: TemplateReader, parts: CloudParts, table: string, skips: boolean): Scheduler {
  const { clock, dynamodb, lambda, wire } = parts;
  const tells = hasIndex(reader, "outbox");
  // What waits to be told is due at once, whatever moment its place names.
  const findDue = async () =>
    tells && (await dynamodb.holdsAny(table, "outbox")) ? clock.now() : dynamodb.peekDue(table);
  const nextDue = skips ? { nextDue: findDue } : {};
  const scheduler = new Scheduler({ clock, ...nextDue });
  for (const { id, properties } of reader.all<ScheduleProperties>("AWS::Scheduler::Schedule")) {
    const target = lastPart(properties.Target.Arn);
    const oldest = oldestEvent(reader, target);
    scheduler.add({
      name: id,
      expression: properties.ScheduleExpression,
      zone: properties.ScheduleExpressionTimezone,
      input: JSON.parse(properties.Target.Input ?? "{}"),
      // What it threw is in the function's log.
      invoke: (input) =>
        void untilTaken(clock, oldest, () => lambda.invoke(target, input)).catch(() => undefined),
    });
  }
  wire.watch((request) => {
    if (writesTable(request)) scheduler.wake();
    for (const at of readLookTimes(request, clock.now())) scheduler.look(at);
  });
  return scheduler;
}

const hasIndex = (reader: TemplateReader, index: string): boolean =>
  reader
    .all<TableProperties>("AWS::DynamoDB::Table")
    .some(({ properties: { GlobalSecondaryIndexes = [] } }) =>
      GlobalSecondaryIndexes.some(({ IndexName }) => IndexName === index),
    );

/** How long (ms) Lambda tries to begin a function for an event; six hours if it is not told. */
function oldestEvent(reader: TemplateReader, target: string): number {
  const configured = reader
    .all<EventInvokeProperties>("AWS::Lambda::EventInvokeConfig")
    .find(({ properties }) => properties.FunctionName === target);
  return (configured?.properties.MaximumEventAgeInSeconds ?? DAY_SECONDS / 4) * 1_000;
}

interface EventInvokeProperties {
  FunctionName: string;
  MaximumEventAgeInSeconds?: number;
}

interface ScheduleProperties {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  Target: { Arn: string; Input?: string };
}

function makeCloud(parts: CloudParts, scheduler: Scheduler, tableName: string): Omit<Cloud, "deployment"> {
  const { clock, ses, sqs, s3, dns, events, lambda, dynamodb, receipts } = parts;
  const { secrets, wire, gateway, webOrigin, smtpPort } = parts;
  const left: SentMail[] = ses.mails().filter((mail) => mail.deliveredAt !== undefined);
  ses.onDelivered((mail) => left.push(mail));
  const quiet = () => lambda.quiet();
  const deadLetters = (): LogLine[] =>
    sqs
      .deadLetterQueues()
      .flatMap((where) => sqs.bodies(where).map((text) => ({ at: clock.now(), where, text })));
  const advanceTo = (time: number) => clock.advanceUntil(time, quiet);
  return {
    clock,
    faults: wire.faults,
    ses,
    sqs,
    s3,
    wire,
    gateway,
    dns,
    events,
    secrets,
    lambda,
    dynamodb,
    tableName,
    webOrigin,
    smtpPort,
    now: () => clock.now(),
    mails: () =>
      left.map((mail) => ({
        messageId: mail.messageId,
        at: mail.deliveredAt ?? mail.at,
        from: mail.source,
        to: mail.destinations,
        raw: mail.raw,
      })),
    onMail: (listener) => ses.onDelivered(listener),
    receive: (mail) => receipts.receive(mail),
    bounce: async (messageId) => ses.bounce(messageId),
    complain: async (messageId) => ses.complaint(messageId),
    outOfOffice: async (messageId) => ses.outOfOffice(messageId),
    nextEventAt: () => clock.pending(),
    advanceTo,
    advanceBy: (ms) => advanceTo(clock.now() + ms),
    logs: () => lambda.logs,
    told: () => (events.hasBus() ? events.latest().map(({ detail }) => detail as ToldEvent) : undefined),
    deadLetters,
    queueNames: () => sqs.queueNames(),
    async stop() {
      scheduler.stop();
      await stopParts(parts);
      for (const kept of [ses, sqs, s3]) kept.save();
    },
  };
}
