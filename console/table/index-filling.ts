import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { fromHolderItem, fromReflectionItem } from "../../functions/aws/items.ts";
import { enrolmentPrefix, type ItemKey, personKey, reflectionPrefix } from "../../functions/aws/keys.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import { available, type Item } from "../../functions/aws/table.ts";
import {
  type DeskPlace,
  holderDeskPlace,
  replyDeskPlace,
  waitsForOwner,
} from "../../functions/domain/desk-place.ts";
import { type Reflection, withAnswer, withDone } from "../../functions/domain/replies/reflection.ts";
import type { Holder } from "../../functions/domain/sending/holder.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";
import type { Clock } from "../../functions/ports.ts";

/*
 * Items that were written before the owner's index existed are not in it. Filling reads the table once and gives each its
 * place, by the same rules as every write since. It notes how far it has come, so that a filling that was cut off goes on
 * from there; done twice it changes nothing.
 */

/** Of the rules by which items get their place. With other rules, a table is filled once more. */
const FORM = 1;
const MARK: ItemKey = { pk: "desk-index", sk: "-" };
/** A table of so few items is filled without being asked. */
const FEW = 500;
/** What nobody dealt with in this time was dealt with in some other way, or never will be. */
const OLD_NEWS = 28 * DAY;
const PEOPLE_BETWEEN_MARKS = 200;
const SUBSCRIBER = "subscriber";

interface Mark {
  form: number;
  isFilled: boolean;
  /** The key of the last item that has its place. */
  upTo?: ItemKey;
}

export interface IndexFilling {
  isFilled(): Promise<boolean>;
  /** The table is small enough to be filled at once. */
  isSmall(): Promise<boolean>;
  /** @returns how many items got a place that they did not have. @param tell told how many were looked at */
  fill(tell?: (looked: number) => void): Promise<number>;
}

export function openIndexFilling(
  TableName: string,
  clock: Clock,
  client = new DynamoDBClient({}),
): IndexFilling {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let isKnownToBe = false;

  async function mark(): Promise<Mark | undefined> {
    const { Item } = await available(
      documents.send(new GetCommand({ TableName, Key: MARK, ConsistentRead: true })),
    );
    return Item?.form === FORM ? (Item as unknown as Mark) : undefined;
  }

  const note = (isFilled: boolean, upTo?: ItemKey) =>
    available(documents.send(new PutCommand({ TableName, Item: { ...MARK, form: FORM, isFilled, upTo } })));

  /** False if the item was written meanwhile: by a function, which gave it its place. */
  async function send(command: UpdateCommand): Promise<boolean> {
    try {
      await available(documents.send(command).catch(unlessRefused));
      return true;
    } catch (error) {
      if (error === REFUSED) return false;
      throw error;
    }
  }

  async function placeAll(items: readonly Item[]): Promise<number> {
    let placed = 0;
    const answered = findAnswered(items, clock.now());
    for (const item of items) {
      const missing = missingPlace(item, answered, clock.now());
      if (missing && (await send(writePlace(TableName, item, missing)))) placed++;
    }
    return placed;
  }

  return {
    async isFilled() {
      isKnownToBe ||= (await mark())?.isFilled ?? false;
      return isKnownToBe;
    },
    async isSmall() {
      let looked = 0;
      for await (const _ of scanItems(client, { TableName, ProjectionExpression: "pk" }))
        if (++looked > FEW) return false;
      return true;
    },
    async fill(tell = () => {}) {
      const begun = await mark();
      if (begun?.isFilled) return 0;
      let [looked, placed, people] = [0, 0, 0];
      const items = scanPlaced(client, TableName, begun?.upTo);
      for await (const own of byPartition(items)) {
        placed += await placeAll(own);
        looked += own.length;
        tell(looked);
        const { pk, sk } = own.at(-1) as unknown as ItemKey;
        if (++people % PEOPLE_BETWEEN_MARKS === 0) await note(false, { pk, sk });
      }
      await note(true);
      return placed;
    },
  };
}

/** All that has a place in the index: people, their courses and their replies, from behind a key on. */
function scanPlaced(client: DynamoDBClient, TableName: string, upTo?: ItemKey): AsyncIterable<Item> {
  return scanItems(client, {
    TableName,
    ConsistentRead: true,
    ExclusiveStartKey: upTo && { ...upTo },
    FilterExpression:
      "begins_with(pk, :person) AND (sk = :subscriber OR begins_with(sk, :course) OR begins_with(sk, :reply))",
    ExpressionAttributeValues: {
      ":person": personKey(""),
      ":subscriber": SUBSCRIBER,
      ":course": enrolmentPrefix,
      ":reply": reflectionPrefix,
    },
  });
}

/** Writes an item's place, if the item is still the one that was read. */
function writePlace(TableName: string, item: Item, places: Partial<DeskPlace> & Item): UpdateCommand {
  const fields = Object.entries(places);
  const sets = fields.filter(([, value]) => value !== undefined);
  const removes = fields.filter(([, value]) => value === undefined);
  const update = [
    ...(sets.length > 0 ? [`SET ${sets.map(([name]) => `#${name} = :${name}`).join(", ")}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.map(([name]) => `#${name}`).join(", ")}`] : []),
  ];
  const isCounted = item.version !== undefined;
  return new UpdateCommand({
    TableName,
    Key: { pk: item.pk, sk: item.sk },
    UpdateExpression: update.join(" "),
    ConditionExpression: isCounted ? "#was = :was" : "attribute_exists(pk) AND attribute_not_exists(#was)",
    ExpressionAttributeNames: {
      "#was": "version",
      ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...(isCounted && { ":was": item.version }),
      ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
    },
  });
}

const REFUSED = Symbol("refused");
const unlessRefused = (error: unknown): never => {
  if (error instanceof ConditionalCheckFailedException) throw REFUSED;
  throw error;
};

/** A scan gives all items of a partition one after the other. */
async function* byPartition(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let own: Item[] = [];
  for await (const item of items) {
    if (own[0] && own[0].pk !== item.pk) {
      yield own;
      own = [];
    }
    own.push(item);
  }
  if (own.length > 0) yield own;
}

/** When the owner last answered each reply of a person. */
function findAnswered(items: readonly Item[], now: Instant): ReadonlyMap<string, Instant> {
  const answers = items
    .filter(({ sk }) => (sk as string).startsWith(reflectionPrefix))
    .map((item) => fromReflectionItem(item, now))
    .filter((one) => one?.answers !== undefined) as (Reflection & { answers: string })[];
  return new Map(answers.map(({ answers: reply, receivedAt }) => [reply, receivedAt]));
}

/** What an item lacks, or has otherwise; undefined if its place is right. */
function missingPlace(
  item: Item,
  answered: ReadonlyMap<string, Instant>,
  now: Instant,
): (Partial<DeskPlace> & Item) | undefined {
  const wanted: Item = findPlace(item, answered, now);
  const changed = ["desk", "deskOrder", "deskFind", "deskLesson", "answeredAt", "doneAt"].filter(
    (name) => (name in wanted || name.startsWith("desk")) && item[name] !== wanted[name],
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

function findPlace(item: Item, answered: ReadonlyMap<string, Instant>, now: Instant): Item {
  const sk = item.sk as string;
  if (sk === SUBSCRIBER || sk.startsWith(enrolmentPrefix)) {
    const holder = fromHolderItem<Holder>(item, now);
    return { ...(holder && holderDeskPlace(holder)) };
  }
  const reply = sk.startsWith(reflectionPrefix) ? fromReflectionItem(item, now) : undefined;
  if (!reply) return {};
  const dealtWith = withWhatWasDone(reply, answered.get(reply.id), now);
  const { answeredAt, doneAt } = dealtWith;
  return {
    ...replyDeskPlace(dealtWith),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(doneAt !== undefined && { doneAt }),
  };
}

/** Before the index, answers stood beside what they answered, and old questions waited for ever. */
function withWhatWasDone(reply: Reflection, answeredAt: Instant | undefined, now: Instant): Reflection {
  const told =
    answeredAt === undefined || reply.answeredAt !== undefined ? reply : withAnswer(reply, answeredAt);
  return waitsForOwner(told) && told.receivedAt < now - OLD_NEWS ? withDone(told, now) : told;
}
