import { findHeader, mailboxes, readAddress, readMail } from "../../local/aws/mail-headers.ts";
import type { WireRequest } from "../../local/aws/request.ts";

/** A statement of a role's policy, with its references resolved. */
export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What AWS asks a role about one request. */
export interface Ask {
  action: string;
  resource: string;
  /** Values of condition keys. */
  context: Record<string, string[]>;
}

export interface Where {
  region: string;
  account: string;
  /** In the sandbox SES asks for the recipient's identity as well. */
  isSandbox: boolean;
}

/** Whether a role's statements allow it. They deny nothing: what is not allowed is refused. */
export const isAllowed = (statements: readonly Statement[], ask: Ask): boolean =>
  statements.some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === "Allow" &&
      list(Action).some((pattern) => matchesGlob(pattern, ask.action)) &&
      list(Resource).some((pattern) => matchesGlob(pattern, ask.resource)) &&
      holds(Condition ?? {}, ask.context),
  );

const list = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

function matchesGlob(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(value);
}

/** The operators that our roles use. Another one is a mistake of this check's, not of the role. */
function holds(condition: NonNullable<Statement["Condition"]>, context: Ask["context"]): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const values = context[key];
      if (operator === "ForAllValues:StringEquals")
        return (values ?? []).every((value) => list(wanted).includes(value as string));
      if (operator === "StringEquals")
        return (values ?? [undefined]).every((value) => list(wanted).includes(value as string));
      throw new Error(`tests/aws-check/policies.ts does not know the condition operator ${operator}`);
    }),
  );
}

/** What AWS asks the caller's role about a request (Service Authorization Reference, by service). */
export function listAsks(request: WireRequest, where: Where): Ask[] {
  switch (request.service) {
    case "dynamodb":
      return asksOfTable(request, where);
    case "ses":
      return asksOfSes(request, where);
    case "s3":
      return asksOfBucket(request);
    case "sqs": {
      const queue = String(JSON.parse(request.body.toString()).QueueUrl).split("/").at(-1);
      return [ask(`sqs:${request.action}`, `arn:aws:sqs:${where.region}:${where.account}:${queue}`)];
    }
    case "events": {
      const { Entries } = JSON.parse(request.body.toString()) as { Entries: { EventBusName: string }[] };
      const buses = [...new Set(Entries.map(({ EventBusName }) => EventBusName))];
      return buses.map((bus) =>
        ask(`events:${request.action}`, `arn:aws:events:${where.region}:${where.account}:event-bus/${bus}`),
      );
    }
    case "sns": {
      const topic = new URLSearchParams(request.body.toString()).get("TopicArn") ?? "";
      return [ask(`sns:${request.action}`, topic)];
    }
    case "secretsmanager": {
      const { SecretId } = JSON.parse(request.body.toString()) as { SecretId: string };
      // By its name alone; AWS looks at the ARN, which ends in six letters.
      const named = `arn:aws:secretsmanager:${where.region}:${where.account}:secret:${SecretId}-abcdef`;
      return [ask(`secretsmanager:${request.action}`, SecretId.startsWith("arn:") ? SecretId : named)];
    }
    default:
      return [ask(`${request.service}:${request.action}`, "*")];
  }
}

const ask = (action: string, resource: string, context: Ask["context"] = {}): Ask => ({
  action,
  resource,
  context,
});

type Item = Record<string, { S?: string }>;
interface TableRequest {
  TableName: string;
  IndexName?: string;
  Key?: Item;
  Item?: Item;
  Select?: string;
  ExpressionAttributeNames?: Record<string, string>;
  RequestItems?: Record<string, { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]>;
  [expression: `${string}Expression`]: string | undefined;
}

function asksOfTable(request: WireRequest, { region, account }: Where): Ask[] {
  const asked = JSON.parse(request.body.toString()) as TableRequest;
  const table = (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  if (asked.RequestItems)
    return Object.entries(asked.RequestItems).map(([name, writes]) =>
      ask("dynamodb:BatchWriteItem", table(name), {
        "dynamodb:LeadingKeys": writes.map(
          ({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)?.pk?.S ?? "",
        ),
      }),
    );
  const { TableName, IndexName, Key, Item, Select } = asked;
  const leading = (Key ?? Item)?.pk?.S;
  const context: Ask["context"] = {
    "dynamodb:Attributes": [...namesIn(asked), ...Object.keys(Item ?? {}), ...Object.keys(Key ?? {})],
    ...(leading !== undefined && { "dynamodb:LeadingKeys": [leading] }),
    ...(Select !== undefined && { "dynamodb:Select": [Select] }),
  };
  return [
    ask(`dynamodb:${request.action}`, table(TableName) + (IndexName ? `/index/${IndexName}` : ""), context),
  ];
}

const WORDS_OF_EXPRESSIONS =
  /^(SET|ADD|REMOVE|DELETE|AND|OR|NOT|BETWEEN|IN|attribute_(not_)?exists|attribute_type|begins_with|contains|size|if_not_exists|list_append)$/i;

/** Attributes that a request's expressions name. */
function namesIn(asked: TableRequest): string[] {
  const text = Object.entries(asked)
    .filter(([name]) => name.endsWith("Expression"))
    .map(([, expression]) => String(expression).replace(/:\w+/g, ""))
    .join(" ");
  const words = text.match(/#?[A-Za-z_]\w*/g) ?? [];
  return words
    .filter((word) => !WORDS_OF_EXPRESSIONS.test(word))
    .map((word) => (word.startsWith("#") ? (asked.ExpressionAttributeNames?.[word] ?? word) : word));
}

function asksOfSes(request: WireRequest, { region, account, isSandbox }: Where): Ask[] {
  if (request.action !== "SendRawEmail") return [ask(`ses:${request.action}`, "*")];
  const form = new URLSearchParams(request.body.toString("latin1"));
  const { headers } = readMail(Buffer.from(form.get("RawMessage.Data") ?? "", "base64"));
  const from = readAddress(mailboxes(findHeader(headers, "from"))[0] ?? "");
  const recipients = [...form].filter(([name]) => name.startsWith("Destinations.member")).map(([, to]) => to);
  const arn = (resource: string) => `arn:aws:ses:${region}:${account}:${resource}`;
  const context = { "ses:FromAddress": [from], "ses:Recipients": recipients };
  const identities = [from.split("@")[1] ?? "", ...(isSandbox ? recipients : [])];
  return [
    ...identities.map((identity) => ask("ses:SendRawEmail", arn(`identity/${identity}`), context)),
    ask("ses:SendRawEmail", arn(`configuration-set/${form.get("ConfigurationSetName")}`), context),
  ];
}

function asksOfBucket({ action, path, body }: WireRequest): Ask[] {
  const [bucket = "", ...key] = path.split("/").filter(Boolean);
  const object = (name: string) => `arn:aws:s3:::${bucket}/${name}`;
  if (action === "DeleteObjects")
    return [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = ""]) =>
      ask("s3:DeleteObject", object(name)),
    );
  if (action === "ListObjectsV2") return [ask("s3:ListBucket", `arn:aws:s3:::${bucket}`)];
  return [ask(`s3:${action}`, object(key.join("/")))];
}
