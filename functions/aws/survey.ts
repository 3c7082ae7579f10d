import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Content } from "../domain/content.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { COUNTED_ATTRIBUTES } from "../domain/report.ts";
import type { Instant } from "../domain/time.ts";
import type { Clock, Services, Survey, SurveyRow } from "../ports.ts";
import { type Config, readConfig } from "./config.ts";
import { openDeadLetters } from "./dead-letters.ts";
import { fromItem } from "./items.ts";
import { dispatchPrefix, OWNER_HOLDER, reflectionPrefix, subscriberOfKey, unmatchedKey } from "./keys.ts";
import { clock, openServices } from "./runtime.ts";
import { scanItems } from "./scan.ts";
import type { Item } from "./table.ts";

const NAMES = Object.fromEntries(COUNTED_ATTRIBUTES.map((name) => [`#${name}`, name]));
const UNMATCHED = unmatchedKey("").pk;

/**
 * All items, a page at a time, without what the report must not read: the role of its function allows no other
 * attribute. Eventually consistent, so half a read unit for each 4 KB that are kept.
 */
export function openSurvey(
  config: Pick<Config, "table" | "deadLetterUrls">,
  time: Clock,
  client = new DynamoDBClient({}),
): Survey {
  return {
    async *rows() {
      const items = scanItems(client, {
        TableName: config.table,
        Select: "SPECIFIC_ATTRIBUTES",
        ProjectionExpression: Object.keys(NAMES).join(", "),
        ExpressionAttributeNames: NAMES,
      });
      for await (const item of items) {
        const row = toRow(item, time.now());
        if (row) yield row;
      }
    },
    async deadLetters() {
      const waiting = await Promise.all(
        config.deadLetterUrls.map((url) => openDeadLetters(url, url).waiting()),
      );
      return waiting.reduce((sum, count) => sum + count, 0);
    },
  };
}

/** The services of the report's function. */
export function openSurveying(content: Content): Services & { survey: Survey } {
  const config = readConfig();
  return { ...openServices(content, undefined, config), survey: openSurvey(config, clock) };
}

/**
 * What is counted of an item; undefined for what has no part in a report: an expired one, a tombstone, a rehearsal's, our own
 * notes.
 */
function toRow(item: Item, now: Instant): SurveyRow | undefined {
  const { pk, sk } = item as { pk: string; sk: string };
  const found = fromItem<SurveyRow & { erasedAt?: Instant }>(item, now);
  if (!found || found.erasedAt !== undefined || isRehearsal(subscriberOfKey(pk))) return undefined;
  if (pk === UNMATCHED) return { kind: "unmatched" };
  if (sk.startsWith(dispatchPrefix)) return { ...found, kind: "mail" } as SurveyRow;
  if (sk === OWNER_HOLDER) return { ...found, kind: "owner" } as SurveyRow;
  if (sk.startsWith(reflectionPrefix))
    return "replyKind" in found
      ? { ...found, kind: "reflection", subscriber: subscriberOfKey(pk) }
      : undefined;
  return found.kind === "subscriber" || found.kind === "enrolment" ? found : undefined;
}
