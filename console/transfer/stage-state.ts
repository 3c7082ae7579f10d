import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { governorKey, holderKey, incidentsKey, laneKey, troubleKey } from "../../functions/aws/keys.ts";
import { isRehearsal } from "../../functions/domain/people/rehearsal.ts";
import { OWNER_KEY } from "../../functions/domain/sending/owner.ts";
import type { Deployment } from "../connect.ts";

/** An item as DynamoDB's own JSON has it, so that nothing is lost on the way: numbers, sets and bytes too. */
export type StoredItem = Record<string, AttributeValue>;

/** All of a stage that makes its mails what they are. */
export interface StageState {
  /** In no order. Without what is the account's own: lanes, rates, incidents. */
  items(): AsyncIterable<StoredItem>;
  /** Writes an item that is not there. */
  put(item: StoredItem): Promise<Placed>;
  mailKeys(): AsyncIterable<string>;
  readMail(key: string): Promise<Uint8Array>;
  putMail(key: string, raw: Uint8Array): Promise<void>;
  keyring(): Promise<string>;
  putKeyring(keyring: string): Promise<void>;
}

/** `different`: another item stands there, and was left. */
export type Placed = "written" | "same" | "different";

const OF_THE_ACCOUNT = [governorKey.pk, incidentsKey.pk, troubleKey("").pk];
const OWNERS = holderKey(OWNER_KEY);
const LANES = laneKey(0).pk.slice(0, -1);

export function openStageState(
  { outputs }: Pick<Deployment, "outputs">,
  clients = { table: new DynamoDBClient({}), s3: new S3Client({}), secrets: new SecretsManagerClient({}) },
): StageState {
  const { table, s3, secrets } = clients;
  const named = (output: string): string => {
    const value = outputs[output];
    if (value === undefined) throw new Error(`The stack does not tell its ${output}: deploy it once more`);
    return value;
  };
  const [TableName, Bucket, SecretId] = [named("TableName"), named("InboxBucket"), named("KeyringSecret")];
  return {
    async *items() {
      for await (const { Items = [] } of paginateScan({ client: table }, { TableName, ConsistentRead: true }))
        yield* Items.filter(isOfReaders);
    },
    async put(item) {
      try {
        const ConditionExpression = "attribute_not_exists(pk)";
        await table.send(new PutItemCommand({ TableName, Item: item, ConditionExpression }));
        return "written";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      const Key = { pk: item.pk as AttributeValue, sk: item.sk as AttributeValue };
      const { Item } = await table.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      if (Item && inOrder(Item) === inOrder(item)) return "same";
      if (!Item || !isIdleOwner(Item)) return "different";
      // A stage that ran for some days has mailed its owner; what waits for the owner in the file must not be lost for that.
      await table.send(new PutItemCommand({ TableName, Item: item }));
      return "written";
    },
    async *mailKeys() {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
        yield* Contents.flatMap(({ Key }) => Key ?? []);
    },
    async readMail(key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },
    async putMail(key, raw) {
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: raw }));
    },
    keyring: async () => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? "",
    async putKeyring(keyring) {
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: keyring }));
    },
  };
}

function isOfReaders({ pk }: StoredItem): boolean {
  const key = pk?.S ?? "";
  return !OF_THE_ACCOUNT.includes(key) && !key.startsWith(LANES) && !isRehearsal(key.slice("S#".length));
}

/** The owner's item, with no mail to them waiting on it. */
const isIdleOwner = ({ pk, sk, agenda, claim }: StoredItem): boolean =>
  pk?.S === OWNERS.pk &&
  sk?.S === OWNERS.sk &&
  Object.keys(agenda?.M ?? {}).length === 0 &&
  claim === undefined;

/** An item's words with its fields in a lasting order. */
const inOrder = (item: StoredItem): string =>
  JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
