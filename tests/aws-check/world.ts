import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { VirtualClock } from "../../local/aws/clock.ts";
import { DnsServer } from "../../local/aws/dns.ts";
import { errorAnswer, sesAnswer, Wire } from "../../local/aws/endpoint.ts";
import { Gateway } from "../../local/aws/gateway.ts";
import { Lambda } from "../../local/aws/lambda.ts";
import { readMail, rewriteHead } from "../../local/aws/mail-headers.ts";
import {
  ServiceError,
  type ServiceName,
  type WireRequest,
  type WireResponse,
  type WireService,
} from "../../local/aws/request.ts";
import { makeEvent, type SentMail } from "../../local/aws/ses-events.ts";
import type { Effect, EventType } from "../../local/aws/ses-mailbox-simulator.ts";
import { type ArrivingMail, type ReceiptRule, ReceiptRules } from "../../local/aws/ses-receipt.ts";
import { readRequest } from "../../local/aws/ses-request.ts";
import type { StackTemplate } from "../../local/aws/template.ts";
import { isAllowed, listAsks, type Statement } from "./policies.ts";
import { ACCOUNT, makeStack, REGION, type Stack, type StackFunction } from "./stack.ts";

const SERVICES: ServiceName[] = ["dynamodb", "ses", "sns", "sqs", "s3", "secretsmanager", "events"];
/** A Wednesday morning. */
const START = Date.UTC(2026, 2, 4, 9);

/** A request that a function made, and what moto answered. */
export interface Recorded {
  by: string;
  request: WireRequest;
  answer: WireResponse;
}

/** The real bundles, each under its own role, before an AWS that is moto. */
export interface CheckedWorld {
  clock: VirtualClock;
  wire: Wire;
  stack: Stack;
  lambda: Lambda;
  /** What the table is called in moto. */
  table: string;
  recorded: Recorded[];
  /** Requests that the caller's role does not allow, in words. */
  denied: string[];
  /** Mail that SES took, oldest first. */
  mails: SentMail[];
  invoke(name: string, event: unknown): Promise<unknown>;
  /** A request to the pages, by the template's routes. */
  browse(
    method: string,
    url: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; page: string }>;
  /** A request of another program's to the HTTP API, with a key or without one. */
  ask(method: string, path: string, body?: object, key?: string): Promise<{ status: number; body: string }>;
  /** The owner's console writes an item. */
  keep(item: Record<string, unknown>): Promise<void>;
  /** A mail comes in: stored and told of as SES does, by moto's S3 and SNS. */
  receive(mail: ArrivingMail): Promise<void>;
  /** SES tells of a mail that it took. */
  tell(mail: SentMail, eventType: EventType, effect?: Partial<Effect>): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Takes all that waits in a queue, as Lambda's poller does; returns how many messages failed. */
  drain(queue: string, name: string): Promise<{ taken: number; failed: number }>;
  delayed(queue: string): Promise<number>;
  /** Puts a message into a queue, as a rule of the bus does. */
  queue(queue: string, message: object): Promise<void>;
  items(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Makes the stack in moto and stands ready to invoke its functions. */
export async function openWorld(
  moto: string,
  template: StackTemplate,
  outdir: string,
): Promise<CheckedWorld> {
  const stack = await makeStack(moto, template);
  const clock = new VirtualClock(START);
  const wire = new Wire(clock);
  const recorded: Recorded[] = [];
  const denied: string[] = [];
  const mails: SentMail[] = [];
  const byKey = new Map(stack.functions.map((one) => [one.keys.accessKeyId, one]));
  const handle = async (request: WireRequest): Promise<WireResponse> => {
    const caller = byKey.get(/Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (!caller) throw new Error(`${request.action}: by nobody's keys`);
    const refused = findRefused(caller.statements, request);
    if (refused) {
      denied.push(`${caller.name} may not ${refused.action} on ${refused.resource}`);
      return denial(request, refused);
    }
    const answer = await (MISSING_IN_MOTO[request.action] ?? forward)(moto, request);
    recorded.push({ by: caller.name, request, answer });
    noteMail(request, answer, clock.now(), mails);
    return answer;
  };
  const service: WireService = { handle };
  for (const name of SERVICES) wire.serve(name, service);
  const endpoint = await wire.listen();
  const dns = new DnsServer();
  await dns.listen();
  const lambda = new Lambda(clock, wire);
  for (const one of stack.functions)
    lambda.deploy(deployed(one, outdir, moto, { AWS_ENDPOINT_URL: endpoint, DNS_SERVERS: dns.address() }));

  const set = { endpoint: moto, region: REGION, credentials: stack.keys };
  const clients = {
    sqs: new SQSClient({ ...set, useQueueUrlAsEndpoint: false }),
    sns: new SNSClient(set),
    s3: new S3Client({ ...set, forcePathStyle: true }),
    table: new DynamoDBClient(set),
  };
  const named = (type: string, name: string): string => {
    const id = new RegExp(`^${name}[0-9A-F]{8}$`);
    const found = stack.reader.all(type).find((one) => id.test(one.id));
    if (!found) throw new Error(`The template has no ${type} called ${name}`);
    return found.ref;
  };
  const queueUrl = (queue: string) => named("AWS::SQS::Queue", `${queue}Queue`);
  const table = named("AWS::DynamoDB::Table", "StorageTable");

  // What SES does by itself goes to moto one after the other.
  let told: Promise<unknown> = Promise.resolve();
  const later = (step: () => Promise<unknown>) => {
    told = told.then(step);
  };
  const publish = (TopicArn: string, Message: string, Subject?: string) =>
    later(() => clients.sns.send(new PublishCommand({ TopicArn, Message, Subject })));
  const place = { region: REGION, account: ACCOUNT };
  const receipts = new ReceiptRules({
    ...{ clock, place, publish, isVerified: () => true },
    store: (Bucket, Key, Body) => later(() => clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
  });
  for (const { properties } of stack.reader.all<{ Rule: ReceiptRule }>("AWS::SES::ReceiptRule"))
    receipts.addRule(properties.Rule);
  await told;
  let requests = 0;
  const gateway = openGateway(stack, clock, lambda);

  return {
    ...{ clock, wire, stack, lambda, table, recorded, denied, mails },
    invoke: (name, event) => lambda.answer(name, event),
    async browse(method, url, form) {
      const type = form && { "content-type": "application/x-www-form-urlencoded" };
      // Each request from another network: sign-ups from one are limited.
      requests += 1;
      const headers = { ...type, "x-forwarded-for": `10.${requests >> 8}.${requests & 255}.1` };
      const body = Buffer.from(form ? new URLSearchParams(form).toString() : "");
      const { pathname, search } = new URL(url, "https://course.example");
      const answer = await gateway.answer({ method, url: pathname + search, headers, body });
      return { status: answer.statusCode ?? 0, page: answer.body ?? "" };
    },
    async ask(method, path, given, key) {
      const headers = {
        ...(given && { "content-type": "application/json" }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      };
      const body = Buffer.from(given ? JSON.stringify(given) : "");
      const answer = await gateway.answer({ method, url: `/api/v1${path}`, headers, body });
      return { status: answer.statusCode ?? 0, body: answer.body ?? "" };
    },
    async keep(item) {
      const asked = { TableName: table, Item: marshall(item) };
      await clients.table.send(new PutItemCommand(asked));
      recorded.push(ofOwner("PutItem", asked));
    },
    async receive(mail) {
      const receipt = receipts.receive(mail);
      if (!receipt.accepted) throw new Error(`SES's rules do not take it: ${receipt.reply}`);
      await told;
    },
    async tell(mail, eventType, effect = {}) {
      const topic = named("AWS::SNS::Topic", "SendingFeedback");
      const moment = { now: clock.now(), place, feedbackId: "0102-feedback" };
      publish(
        topic,
        JSON.stringify(makeEvent(mail, eventType, effect, moment)),
        "Amazon SES Email Event Notification",
      );
      await told;
    },
    pass: (ms) => clock.advanceUntil(clock.now() + ms, () => lambda.quiet()),
    async drain(queue, name) {
      const QueueUrl = queueUrl(queue);
      let [taken, failed] = [0, 0];
      for (;;) {
        const { Messages = [] } = await clients.sqs.send(
          new ReceiveMessageCommand({
            ...{ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 },
            MessageSystemAttributeNames: ["ApproximateReceiveCount"],
          }),
        );
        if (Messages.length === 0) return { taken, failed };
        const Records = Messages.map(({ MessageId, Body, ReceiptHandle, Attributes }) => ({
          ...{ messageId: MessageId, body: Body, receiptHandle: ReceiptHandle, attributes: Attributes },
        }));
        const { batchItemFailures } = (await lambda.answer(name, { Records })) as {
          batchItemFailures: unknown[];
        };
        taken += Messages.length;
        failed += batchItemFailures.length;
        for (const { ReceiptHandle } of Messages)
          await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    },
    async queue(queue, message) {
      await clients.sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody: JSON.stringify(message) }),
      );
    },
    async delayed(queue) {
      const asked = { QueueUrl: queueUrl(queue), AttributeNames: ["All" as const] };
      const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand(asked));
      return Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0);
    },
    async items() {
      const { Items = [] } = await clients.table.send(new ScanCommand({ TableName: table }));
      return Items.map((item) => unmarshall(item));
    },
    async stop() {
      await told;
      for (const client of Object.values(clients)) client.destroy();
      await lambda.stop();
      await wire.close();
      await dns.close();
    },
  };
}

/** Among what is replayed: the functions find what the owner has written. */
const ofOwner = (action: string, asked: object): Recorded => ({
  by: "the owner",
  request: {
    ...{ service: "dynamodb", action, method: "POST", path: "/", query: new URLSearchParams(), headers: {} },
    body: Buffer.from(JSON.stringify(asked)),
  },
  answer: { status: 200, body: "{}" },
});

/** The first thing about a request that a role does not allow. */
const findRefused = (statements: Statement[], request: WireRequest) =>
  listAsks(request, { region: REGION, account: ACCOUNT, isSandbox: false }).find(
    (ask) => !isAllowed(statements, ask),
  );

function denial(
  request: WireRequest,
  { action, resource }: { action: string; resource: string },
): WireResponse {
  const message = `User \`arn:aws:sts::${ACCOUNT}:assumed-role/role/function' is not authorized to perform \`${action}' on resource \`${resource}'`;
  const isQuery = request.service === "ses" || request.service === "s3";
  const error = isQuery
    ? new ServiceError("AccessDenied", message, 403)
    : new ServiceError("AccessDeniedException", message, 400);
  return errorAnswer(request.service, error);
}

const SQS = `https://sqs.${REGION}.amazonaws.com`;

function deployed(
  one: StackFunction,
  outdir: string,
  moto: string,
  platform: { AWS_ENDPOINT_URL: string; DNS_SERVERS: string },
) {
  const endpoint = platform.AWS_ENDPOINT_URL;
  // A queue's address is also where its client goes: by the wire, like all else.
  const variables = Object.entries(one.environment).map(([name, value]) => [
    name,
    value.replaceAll(moto, endpoint).replaceAll(SQS, endpoint),
  ]);
  return {
    name: one.name,
    code: join(outdir, one.asset),
    handler: one.handler,
    timeoutSeconds: one.timeout,
    environment: {
      ...Object.fromEntries(variables),
      AWS_REGION: REGION,
      ...platform,
      AWS_ACCESS_KEY_ID: one.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: one.keys.secretAccessKey,
      AWS_SESSION_TOKEN: one.keys.sessionToken ?? "",
      AWS_LAMBDA_FUNCTION_NAME: one.name,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
  };
}

/** What moto has no answer for. */
const MISSING_IN_MOTO: Record<string, typeof forward> = {
  GetAccountSendingEnabled: async () => sesAnswer("GetAccountSendingEnabled", "<Enabled>true</Enabled>"),
};

/** Real time's date in an answer would look to the SDK like a clock that is wrong. */
const NOT_FORWARDED = new Set(["date", "connection", "transfer-encoding", "content-length", "keep-alive"]);

function forward(moto: string, { method, path, query, headers, body }: WireRequest): Promise<WireResponse> {
  const { hostname, port } = new URL(moto);
  const search = query.size > 0 ? `?${query}` : "";
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, method, path: path + search, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const kept = Object.entries(answer.headers).filter(([name]) => !NOT_FORWARDED.has(name));
        const told = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
        resolve({ status: answer.statusCode ?? 0, headers: told, body: Buffer.concat(chunks) });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** As SES's emulator keeps it: with the Message-ID that SES gives. */
function noteMail(request: WireRequest, answer: WireResponse, at: number, mails: SentMail[]): void {
  if (request.action !== "SendRawEmail" || answer.status !== 200) return;
  const messageId = /<MessageId>([^<]+)/.exec(String(answer.body))?.[1] ?? "";
  const asked = readRequest(request.body);
  const value = `<${messageId}@${REGION}.amazonses.com>`;
  const raw = rewriteHead(readMail(asked.raw), new Set(["message-id"]), [{ name: "Message-ID", value }]);
  mails.push({
    ...{ messageId, at, raw, source: asked.source, destinations: asked.destinations, headers: asked.headers },
    ...(asked.configurationSet && { configurationSet: asked.configurationSet }),
    tags: Object.fromEntries(asked.tags.map(({ name, value: text }) => [name, [text]])),
  });
}

/** The template's routes, to the functions that it names. */
function openGateway({ reader, functions }: Stack, clock: VirtualClock, lambda: Lambda): Gateway {
  const gateway = new Gateway(() => clock.now());
  const integrations = reader.all<{ IntegrationUri: string }>("AWS::ApiGatewayV2::Integration");
  for (const { properties } of reader.all<{ RouteKey: string; Target: string }>("AWS::ApiGatewayV2::Route")) {
    const id = properties.Target.split("/").at(-1);
    const uri = integrations.find((one) => one.id === id)?.properties.IntegrationUri ?? "";
    const target = functions.find(({ name }) =>
      uri.split(":").at(-1)?.toLowerCase().startsWith(`${name}function`),
    );
    if (!target) throw new Error(`The route ${properties.RouteKey} leads to no function`);
    gateway.add({ key: properties.RouteKey, invoke: (event) => lambda.answer(target.name, event) });
  }
  return gateway;
}
