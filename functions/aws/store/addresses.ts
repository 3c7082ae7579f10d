import { CONFLICT, retryConflict } from "../../conflict.ts";
import { DAY, SECOND } from "../../domain/time.ts";
import type { AddressStore, Clock, Suppression } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { addressKey, strikesKey, suppressionKey } from "../keys.ts";
import { type Condition, NEW, type Table } from "../table.ts";
import { GRAVITY } from "./gravity.ts";

const STRIKES_COUNT_FOR = 30 * DAY;

/** Items by an address's keyed hash: whose it is, its suppression, its soft bounces. */
export function openAddresses(table: Table, clock: Clock): AddressStore {
  return {
    async findSubscriber(addressHash) {
      const item = await table.get(addressKey(addressHash));
      return fromItem<{ subscriber: string }>(item, clock.now())?.subscriber;
    },
    async bindAddress(addressHash, subscriber) {
      const key = addressKey(addressHash);
      return retryConflict("address", async () => {
        if (await table.put(toItem(key, { subscriber }), NEW)) return subscriber;
        // Absent: it was freed in between.
        return ((await table.get(key)) as { subscriber: string } | undefined)?.subscriber ?? CONFLICT;
      });
    },
    async freeAddress(addressHash, subscriber) {
      await table.remove(addressKey(addressHash), ownerCondition(subscriber));
    },

    async suppression(addressHash) {
      return fromItem<Suppression>(await table.get(suppressionKey(addressHash)), clock.now());
    },
    async suppress(addressHash, reason) {
      const gravity = GRAVITY[reason];
      await table.put(
        toItem(suppressionKey(addressHash), { addressHash, reason, at: clock.now(), gravity }),
        {
          expression: "attribute_not_exists(pk) OR gravity < :gravity",
          values: { ":gravity": gravity },
        },
      );
    },
    async liftSuppression(addressHash, reason = "reader") {
      await table.remove(suppressionKey(addressHash), {
        expression: "attribute_not_exists(pk) OR gravity = :own",
        values: { ":own": GRAVITY[reason] },
      });
    },

    async strike(addressHash, day) {
      const expires = Math.ceil((clock.now() + STRIKES_COUNT_FOR) / SECOND);
      const struck = await table.update(strikesKey(addressHash), "ADD #days :day SET expiresAt = :expires", {
        names: { "#days": "days" },
        values: { ":day": new Set([day]), ":expires": expires },
      });
      const earliest = new Date(clock.now() - STRIKES_COUNT_FOR).toISOString().slice(0, day.length);
      const days = (struck?.days as Set<string> | undefined) ?? new Set<string>();
      return [...days].filter((other) => other >= earliest);
    },
    async clearStrikes(addressHash) {
      await table.remove(strikesKey(addressHash));
    },
  };
}

/** The address is still this subscriber's. */
export const ownerCondition = (subscriber: string): Condition => ({
  expression: "subscriber = :own",
  values: { ":own": subscriber },
});
