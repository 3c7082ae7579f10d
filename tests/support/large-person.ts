import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { toItem } from "../../functions/aws/items.ts";
import { reflectionKey } from "../../functions/aws/keys.ts";
import { T0 } from "./web.ts";

const BATCH = 25;

/** Adds replies of a person, each with a raw mail, straight to the table: the mails' keys, `raw/0` and on. */
export async function addReplies(
  table: DynamoDBClient,
  subscriber: string,
  count: number,
  { course, letters }: { course: string; letters: number },
): Promise<string[]> {
  const make = (number: number) => ({
    ...toItem(reflectionKey(subscriber, `r${number}`), {
      ...{ kind: "reflection", id: `r${number}`, subscriber, course, run: 1, lesson: "headwinds-inside" },
      ...{
        inReplyTo: "x",
        receivedAt: T0 + number,
        replyKind: "reflection",
        reason: "",
        subject: "Re: mine",
      },
      ...{ ownWords: `entry ${number} "${"what only I know ".repeat(letters / 17)}"`, references: [] },
      ...{ messageId: `<${number}@b.example>`, attachments: [], raw: `raw/${number}` },
    }),
  });
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at);
    const RequestItems = { table: numbers.map((one) => ({ PutRequest: { Item: marshall(make(one)) } })) };
    await table.send(new BatchWriteItemCommand({ RequestItems }));
  }
  return Array.from({ length: count }, (_, number) => `raw/${number}`);
}
