import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateReceiptRuleCommand,
  CreateReceiptRuleSetCommand,
  type EventType,
  type ReceiptRule,
  SESClient,
  SetActiveReceiptRuleSetCommand,
  VerifyDomainIdentityCommand,
} from "@aws-sdk/client-ses";
import { SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  type Physical,
  type Resource,
  type StackTemplate,
  TemplateReader,
} from "../../local/aws/template.ts";
import type { Statement } from "./policies.ts";
import { WEBHOOK } from "./webhook.ts";

export const REGION = "eu-west-1";
/** moto's own. */
export const ACCOUNT = "123456789012";

/** What moto's CloudFormation makes of our template; the rest is made by the services' own calls below, or by cfn-lint judged. */
const BY_CLOUDFORMATION = new Set([
  "AWS::DynamoDB::Table",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
]);

/** A deployed function, as the template has it. */
export interface StackFunction {
  /** The beginning of its logical id, in lower case: `lane`. */
  name: string;
  handler: string;
  /** Folder of its code, from the assembly's. */
  asset: string;
  timeout: number;
  environment: Record<string, string>;
  statements: Statement[];
  keys: Keys;
}

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface Stack {
  reader: TemplateReader;
  functions: StackFunction[];
  /** May do everything: for the check's own calls. */
  keys: Keys;
}

/** Makes the synthesized stack in moto, with a role's keys for each function; from then on moto checks actions and signatures. */
export async function makeStack(moto: string, template: StackTemplate): Promise<Stack> {
  const made = new Map<string, Physical>();
  const physical = (id: string): Physical =>
    made.get(id) ?? { ref: id, attributes: { Arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}` } };
  const pseudo = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "coursepost",
  };
  const reader = new TemplateReader(template, pseudo, physical);
  const set = { endpoint: moto, region: REGION, credentials: TESTING };
  await makeNamed(reader, made, set);
  await makeByCloudFormation(reader, template, made, set);
  for (const [id, { Type }] of Object.entries(template.Resources))
    if (Type === "AWS::CloudFront::Distribution")
      made.set(id, { ref: id, attributes: { DomainName: "pictures.course.example" } });
  await connectTopics(reader, set);
  await makeSes(reader, set);
  const keys = await keysOfDriver(moto);
  const functions = await listFunctions(reader, moto);
  await fetch(`${moto}/moto-api/reset-auth`, { method: "POST", body: "0" });
  return { reader, functions, keys };
}

const TESTING = { accessKeyId: "testing", secretAccessKey: "testing" };
type Settings = { endpoint: string; region: string; credentials: Keys };

/** What others refer to and CloudFormation here does not make. */
async function makeNamed(reader: TemplateReader, made: Map<string, Physical>, set: Settings): Promise<void> {
  const secrets = new SecretsManagerClient(set);
  for (const { id, properties } of reader.all<SecretProperties>("AWS::SecretsManager::Secret")) {
    const { SecretStringTemplate, GenerateStringKey, PasswordLength } = properties.GenerateSecretString;
    const root = "k".repeat(PasswordLength);
    const SecretString = JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: root });
    const { ARN = "" } = await secrets.send(new CreateSecretCommand({ Name: id, SecretString }));
    made.set(id, { ref: ARN, attributes: {} });
  }
  const SecretString = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  await secrets.send(new CreateSecretCommand({ Name: WEBHOOK.secretName, SecretString }));
  const buses = new EventBridgeClient(set);
  for (const { id, properties } of reader.all<{ Name: string }>("AWS::Events::EventBus")) {
    const { EventBusArn: Arn = "" } = await buses.send(new CreateEventBusCommand({ Name: properties.Name }));
    made.set(id, { ref: properties.Name, attributes: { Arn } });
  }
  for (const { id, properties } of reader.all<{ Name: string }>("AWS::SES::ConfigurationSet"))
    made.set(id, { ref: properties.Name, attributes: {} });
  for (const { id, properties } of reader.all<{ EmailIdentity: string }>("AWS::SES::EmailIdentity")) {
    const tokens = [1, 2, 3].flatMap((n) => [
      [`DkimDNSTokenName${n}`, `t${n}._domainkey.${properties.EmailIdentity}`],
      [`DkimDNSTokenValue${n}`, `t${n}.dkim.amazonses.com`],
    ]);
    made.set(id, { ref: properties.EmailIdentity, attributes: Object.fromEntries(tokens) });
  }
  for (const { id, properties } of reader.all<{ RuleSetName: string }>("AWS::SES::ReceiptRuleSet"))
    made.set(id, { ref: properties.RuleSetName, attributes: {} });
  for (const { id } of reader.all("AWS::ApiGatewayV2::Api"))
    made.set(id, { ref: id, attributes: { ApiEndpoint: "https://course.example" } });
}

interface SecretProperties {
  GenerateSecretString: { SecretStringTemplate: string; GenerateStringKey: string; PasswordLength: number };
}

async function makeByCloudFormation(
  reader: TemplateReader,
  template: StackTemplate,
  made: Map<string, Physical>,
  set: Settings,
): Promise<void> {
  const part = Object.entries(template.Resources).filter(([, { Type }]) => BY_CLOUDFORMATION.has(Type));
  const inPart = new Set(part.map(([id]) => id));
  const Resources = Object.fromEntries(
    part.map(([id, resource]) => [id, literal({ ...resource, ...forMoto(resource) }, reader, inPart)]),
  );
  const client = new CloudFormationClient(set);
  const StackName = "coursepost";
  const TemplateBody = JSON.stringify({ Resources });
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ["CAPABILITY_IAM"] }));
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  const missing = [...inPart].filter((id) => !StackResources.some((one) => one.LogicalResourceId === id));
  if (missing.length > 0) throw new Error(`moto's CloudFormation did not make ${missing.join(", ")}`);
  for (const { LogicalResourceId = "", PhysicalResourceId = "", ResourceType } of StackResources)
    made.set(LogicalResourceId, {
      ref: PhysicalResourceId,
      attributes: attributesOf(ResourceType ?? "", PhysicalResourceId),
    });
}

/** moto knows neither resources nor conditions of a policy: `policies.ts` asks for those, for every request. */
function forMoto({ Type, Properties }: Resource): Partial<Resource> {
  const bare = { Metadata: undefined, DependsOn: undefined };
  if (Type !== "AWS::IAM::Policy") return bare;
  const { PolicyDocument, ...rest } = Properties as { PolicyDocument: { Statement: Statement[] } };
  const Statement = PolicyDocument.Statement.map(({ Action, Effect }) => ({ Action, Effect, Resource: "*" }));
  return { ...bare, Properties: { ...rest, PolicyDocument: { ...PolicyDocument, Statement } } };
}

/** References to what is outside of the part, as what they are. */
function literal(node: unknown, reader: TemplateReader, inPart: Set<string>): unknown {
  if (Array.isArray(node)) return node.map((one) => literal(one, reader, inPart));
  if (typeof node !== "object" || node === null) return node;
  const { Ref, "Fn::GetAtt": attribute } = node as { Ref?: string; "Fn::GetAtt"?: [string, string] };
  const named = Ref ?? attribute?.[0];
  if (named !== undefined && !named.startsWith("AWS::") && !inPart.has(named)) return reader.resolve(node);
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, literal(value, reader, inPart)]),
  );
}

function attributesOf(type: string, ref: string): Record<string, string> {
  const name = ref.split(/[/:]/).at(-1) ?? ref;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  switch (type) {
    case "AWS::SQS::Queue":
      return { Arn: arn("sqs", name), QueueName: name };
    case "AWS::SNS::Topic":
      return { TopicArn: ref, TopicName: name };
    case "AWS::DynamoDB::Table":
      return { Arn: arn("dynamodb", `table/${ref}`) };
    case "AWS::S3::Bucket":
      return { Arn: `arn:aws:s3:::${ref}`, RegionalDomainName: `${ref}.s3.${REGION}.amazonaws.com` };
    case "AWS::IAM::Role":
      return { Arn: `arn:aws:iam::${ACCOUNT}:role/${ref}` };
    default:
      return { Arn: arn("logs", `log-group:${ref}:*`) };
  }
}

async function connectTopics(reader: TemplateReader, set: Settings): Promise<void> {
  const [sns, sqs] = [new SNSClient(set), new SQSClient(set)];
  for (const { properties } of reader.all<Policy & { Queues: string[] }>("AWS::SQS::QueuePolicy")) {
    const Attributes = { Policy: JSON.stringify(properties.PolicyDocument) };
    for (const QueueUrl of properties.Queues)
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
  for (const { properties } of reader.all<Policy & { Topics: string[] }>("AWS::SNS::TopicPolicy")) {
    const AttributeValue = JSON.stringify(properties.PolicyDocument);
    for (const TopicArn of properties.Topics)
      await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
  }
  for (const { properties } of reader.all<Subscription>("AWS::SNS::Subscription")) {
    const { TopicArn, Protocol, Endpoint } = properties;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
  }
}

interface Policy {
  PolicyDocument: object;
}
interface Subscription {
  TopicArn: string;
  Protocol: string;
  Endpoint: string;
}

async function makeSes(reader: TemplateReader, set: Settings): Promise<void> {
  const ses = new SESClient(set);
  for (const { properties } of reader.all<{ Name: string }>("AWS::SES::ConfigurationSet"))
    await ses.send(new CreateConfigurationSetCommand({ ConfigurationSet: { Name: properties.Name } }));
  for (const { properties } of reader.all<{ EmailIdentity: string }>("AWS::SES::EmailIdentity"))
    await ses.send(new VerifyDomainIdentityCommand({ Domain: properties.EmailIdentity }));
  for (const { properties } of reader.all<Destination>("AWS::SES::ConfigurationSetEventDestination")) {
    const { MatchingEventTypes, SnsDestination } = properties.EventDestination;
    await ses.send(
      new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: properties.ConfigurationSetName,
        EventDestination: { Name: "events", MatchingEventTypes, SNSDestination: SnsDestination },
      }),
    );
  }
  for (const { properties } of reader.all<{ RuleSetName: string }>("AWS::SES::ReceiptRuleSet"))
    await ses.send(new CreateReceiptRuleSetCommand({ RuleSetName: properties.RuleSetName }));
  for (const { properties } of reader.all<{ RuleSetName: string; Rule: ReceiptRule }>(
    "AWS::SES::ReceiptRule",
  )) {
    await ses.send(new CreateReceiptRuleCommand(properties));
    await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: properties.RuleSetName }));
  }
}

interface Destination {
  ConfigurationSetName: string;
  EventDestination: { MatchingEventTypes: EventType[]; SnsDestination: { TopicARN: string } };
}

/** A call of the query protocol, before moto checks who calls. */
async function query(moto: string, service: string, form: Record<string, string>): Promise<string> {
  const scope = `${REGION}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260101/${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(moto, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { authorization },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto: ${form.Action}: ${text}`);
  return text;
}

const tag = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)<`).exec(xml)?.[1] ?? "";

function readKeys(xml: string): Keys {
  const sessionToken = tag(xml, "SessionToken");
  const keys = { accessKeyId: tag(xml, "AccessKeyId"), secretAccessKey: tag(xml, "SecretAccessKey") };
  return sessionToken ? { ...keys, sessionToken } : keys;
}

async function keysOfDriver(moto: string): Promise<Keys> {
  const Version = "2010-05-08";
  const UserName = "driver";
  const Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await query(moto, "iam", { Action: "CreateUser", Version, UserName });
  await query(moto, "iam", { Action: "PutUserPolicy", Version, UserName, PolicyName: "all", PolicyDocument });
  return readKeys(await query(moto, "iam", { Action: "CreateAccessKey", Version, UserName }));
}

async function listFunctions(reader: TemplateReader, moto: string): Promise<StackFunction[]> {
  const policies = reader.all<{ Roles: string[]; PolicyDocument: { Statement: Statement[] } }>(
    "AWS::IAM::Policy",
  );
  const functions: StackFunction[] = [];
  for (const { id, properties, resource } of reader.all<LambdaProperties>("AWS::Lambda::Function")) {
    // Written into the template, it runs at deploys only: tests/infra/pictures.test.ts.
    if (properties.Code.ZipFile !== undefined) continue;
    const role = properties.Role.split("/").at(-1) ?? "";
    const assumed = await query(moto, "sts", {
      ...{ Action: "AssumeRole", Version: "2011-06-15" },
      ...{ RoleArn: properties.Role, RoleSessionName: id },
    });
    functions.push({
      name: id.replace(/Function[0-9A-F]{8}$/, "").toLowerCase(),
      handler: properties.Handler,
      asset: String(resource.Metadata?.["aws:asset:path"]),
      timeout: properties.Timeout,
      environment: properties.Environment.Variables,
      statements: policies
        .filter(({ properties: { Roles } }) => Roles.includes(role))
        .flatMap(({ properties: { PolicyDocument } }) => PolicyDocument.Statement),
      keys: readKeys(assumed),
    });
  }
  return functions;
}

interface LambdaProperties {
  Code: { ZipFile?: string };
  Handler: string;
  Role: string;
  Timeout: number;
  Environment: { Variables: Record<string, string> };
}
