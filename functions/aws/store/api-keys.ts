import { ANSWER_KEPT, type Answered, IN_PROGRESS_FOR } from "../../domain/api/idempotency.ts";
import type { ApiKey } from "../../domain/api/keys.ts";
import { HOUR } from "../../domain/time.ts";
import type { ApiStore, Clock } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { answeredKey, apiKeyKey } from "../keys.ts";
import type { Table } from "../table.ts";

/** Keys of the HTTP API in one partition: they are few. Answers stand alone, and fade after a day. */
export function openApiKeys(table: Table, clock: Clock): ApiStore {
  const read = (item: Record<string, unknown> | undefined) => fromItem<ApiKey>(item, clock.now());
  return {
    apiKey: async (id) => read(await table.get(apiKeyKey(id))),
    async apiKeys() {
      const items = await table.partition(apiKeyKey("").pk);
      return items.flatMap((item) => read(item) ?? []);
    },
    async keepApiKey(key) {
      await table.put(toItem(apiKeyKey(key.id), key));
    },
    async noteApiKeyUse({ id, usedAt }) {
      const now = clock.now();
      if (usedAt !== undefined && now - usedAt < HOUR) return;
      await table.update(apiKeyKey(id), "SET usedAt = :now", {
        expression: "attribute_exists(pk)",
        values: { ":now": now },
      });
    },
    async beginAnswer(name, request) {
      const begunAt = clock.now();
      const begun: Answered = { request, begunAt };
      const isFirst = await table.put(toItem(answeredKey(name), begun, begunAt + ANSWER_KEPT), {
        // What has expired may stand there for days.
        expression:
          "attribute_not_exists(pk) OR begunAt < :forgotten OR (attribute_not_exists(answer) AND begunAt < :dead)",
        values: { ":dead": begunAt - IN_PROGRESS_FOR, ":forgotten": begunAt - ANSWER_KEPT },
      });
      return isFirst ? undefined : fromItem<Answered>(await table.get(answeredKey(name)), begunAt);
    },
    async keepAnswer(name, request, answer) {
      const begunAt = clock.now();
      const kept: Answered = { request, begunAt, answer };
      await table.put(toItem(answeredKey(name), kept, begunAt + ANSWER_KEPT));
    },
    async forgetAnswer(name) {
      await table.remove(answeredKey(name));
    },
  };
}
