import type { Cloud } from "./cloud.ts";
import type { TableItem, Value } from "./expressions.ts";
import type { WireRequest, WireResponse } from "./request.ts";

/** What AWS bills, as far as a course uses it. */
export interface Metered {
  /** DynamoDB: a strongly consistent read of 4 KB is one unit, another half of one. */
  readUnits: number;
  /** A write of 1 KB, of the table and of each index whose entry it changes. */
  writeUnits: number;
  /** …of them, those of indexes, by name. */
  indexWriteUnits: Record<string, number>;
  dynamodbRequests: number;
  sesMessages: number;
  sesBytes: number;
  /** SES's events: each is one publish; its way into a queue costs a request of SQS. */
  snsPublishes: number;
  sqsRequests: number;
  s3Puts: number;
  s3Gets: number;
  /** By the beginning of the function's name. */
  invocations: Record<string, number>;
  /** Records that queues handed to functions. */
  records: number;
  logBytes: number;
  secretReads: number;
}

const NOTHING: Metered = {
  readUnits: 0,
  writeUnits: 0,
  indexWriteUnits: {},
  dynamodbRequests: 0,
  sesMessages: 0,
  sesBytes: 0,
  snsPublishes: 0,
  sqsRequests: 0,
  s3Puts: 0,
  s3Gets: 0,
  invocations: {},
  records: 0,
  logBytes: 0,
  secretReads: 0,
};

const KB = 1_024;

/** A meter on a cloud's emulators. It must be there before the first item is written: old sizes count, too. */
interface Meter {
  /** All that was counted since the last reading. */
  read(): Metered;
}

/** An index, as a template has it. */
interface SecondaryIndex {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
  Projection: { NonKeyAttributes?: string[] };
}

/**
 * Counts what AWS would bill (DynamoDB developer guide, "Read and write operations"; item sizes there, too).
 * @param indexes of the table
 */
export function meter(
  cloud: Pick<Cloud, "wire" | "lambda" | "logs">,
  indexes: readonly SecondaryIndex[],
): Meter {
  let counted = structuredClone(NOTHING);
  let linesRead = cloud.logs().length;
  const items = new Map<string, TableItem>();
  cloud.wire.watch((request, answer) => {
    if (request.service === "dynamodb") countTable(counted, { items, indexes }, request, answer);
    if (request.service === "ses" && request.action === "SendRawEmail" && answer) {
      counted.sesMessages++;
      counted.sesBytes += request.body.length;
    }
    if (request.service === "sqs") counted.sqsRequests++;
    if (request.service === "secretsmanager") counted.secretReads++;
    if (request.service === "s3") counted[request.method === "GET" ? "s3Gets" : "s3Puts"]++;
  });
  const { lambda } = cloud;
  const invoke = lambda.invoke.bind(lambda);
  lambda.invoke = (name, event) => {
    countInvocation(counted, name, event);
    return invoke(name, event);
  };
  return {
    read() {
      const lines = cloud.logs().slice(linesRead);
      linesRead += lines.length;
      counted.logBytes += lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + LOG_OVERHEAD, 0);
      const read = counted;
      counted = structuredClone(NOTHING);
      return read;
    },
  };
}

/** CloudWatch Logs bills this many bytes more for each line. */
const LOG_OVERHEAD = 26;

function countInvocation(counted: Metered, name: string, event: unknown): void {
  const kind = name.replace(/[A-Z0-9]{8}$/, "");
  counted.invocations[kind] = (counted.invocations[kind] ?? 0) + 1;
  const records = (event as { Records?: { body: string }[] } | null)?.Records;
  if (!records) return;
  counted.records += records.length;
  // Lambda receives a batch and deletes it: two requests. That each message came in was one more.
  counted.sqsRequests += 2 + records.length;
  counted.snsPublishes += records.filter(({ body }) => body.includes("eventType")).length;
}

interface TableCall {
  TableName: string;
  Key?: TableItem;
  Item?: TableItem;
  ConsistentRead?: boolean;
  RequestItems?: Record<string, { DeleteRequest?: { Key: TableItem }; PutRequest?: { Item: TableItem } }[]>;
}

function countTable(
  counted: Metered,
  { items, indexes }: { items: Map<string, TableItem>; indexes: readonly SecondaryIndex[] },
  { action, body }: WireRequest,
  answer?: WireResponse,
): void {
  counted.dynamodbRequests++;
  const call = JSON.parse(body.toString()) as TableCall;
  const told =
    answer?.status === 200 ? (JSON.parse(String(answer.body)) as Record<string, unknown>) : undefined;
  const write = (key: TableItem, item: TableItem | undefined) => {
    const name = tableName(key);
    const old = items.get(name);
    counted.writeUnits += Math.ceil(Math.max(itemSize(old), itemSize(item), 1) / KB);
    // A write whose condition fails costs as much, and changes nothing.
    if (!told) return;
    for (const index of indexes) {
      const units = indexWrites(old, item, index);
      counted.writeUnits += units;
      counted.indexWriteUnits[index.IndexName] = (counted.indexWriteUnits[index.IndexName] ?? 0) + units;
    }
    if (item) items.set(name, item);
    else items.delete(name);
  };
  switch (action) {
    case "GetItem":
      counted.readUnits += readUnits([told?.Item as TableItem | undefined], call.ConsistentRead);
      return;
    case "Query":
    case "Scan":
      counted.readUnits += readUnits((told?.Items ?? []) as TableItem[], call.ConsistentRead);
      return;
    case "PutItem":
      write(call.Item as TableItem, call.Item);
      return;
    case "UpdateItem":
      write(
        call.Key as TableItem,
        (told?.Attributes as TableItem | undefined) ?? items.get(tableName(call.Key as TableItem)),
      );
      return;
    case "DeleteItem":
      write(call.Key as TableItem, undefined);
      return;
    case "BatchWriteItem":
      for (const { DeleteRequest, PutRequest } of Object.values(call.RequestItems ?? {}).flat())
        write((DeleteRequest?.Key ?? PutRequest?.Item) as TableItem, PutRequest?.Item);
  }
}

const tableName = ({ pk, sk }: TableItem): string => `${pk?.S} ${sk?.S}`;

function readUnits(found: (TableItem | undefined)[], isConsistent = false): number {
  const bytes = found.reduce((sum, item) => sum + itemSize(item), 0);
  return Math.max(1, Math.ceil(bytes / (4 * KB))) * (isConsistent ? 1 : 0.5);
}

/** A moved entry is taken out and put in; one that stays is written if something changes that the index holds of it. */
function indexWrites(old: TableItem | undefined, item: TableItem | undefined, index: SecondaryIndex): number {
  const [before, after] = [findPlace(old, index), findPlace(item, index)];
  if (before !== after) return (before ? 1 : 0) + (after ? 1 : 0);
  const held = (one: TableItem | undefined) =>
    JSON.stringify((index.Projection.NonKeyAttributes ?? []).map((name) => one?.[name]));
  return after !== undefined && held(old) !== held(item) ? 1 : 0;
}

/** Undefined for an item that is not in the index. */
function findPlace(item: TableItem | undefined, { KeySchema }: SecondaryIndex): string | undefined {
  const keys = KeySchema.map(({ AttributeName }) => item?.[AttributeName]);
  return keys.every((key) => key !== undefined) ? JSON.stringify(keys) : undefined;
}

/** What an item weighs by AWS's own count, in bytes. */
export const itemSize = (item: TableItem | undefined): number =>
  Object.entries(item ?? {}).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );

/** Names and values in UTF-8; a number takes a byte for two digits and one more; a list or map three, and one an element. */
function valueSize(value: Value): number {
  const [[type, content] = ["NULL", true]] = Object.entries(value);
  switch (type) {
    case "S":
      return Buffer.byteLength(content as string);
    case "N":
      return Math.ceil((content as string).replace(/\D/g, "").length / 2) + 1;
    case "M":
      return 3 + Object.keys(content as TableItem).length + itemSize(content as TableItem);
    case "L":
      return (content as Value[]).reduce((sum, one) => sum + 1 + valueSize(one), 3);
    case "SS":
    case "NS":
      return (content as string[]).reduce((sum, one) => sum + Buffer.byteLength(one), 0);
    default:
      return 1;
  }
}
