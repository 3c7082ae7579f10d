import { personalLimitKeys } from "../../domain/people/limits.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import { type Consent, markedErased, type Subscriber } from "../../domain/people/subscriber.ts";
import { DAY } from "../../domain/time.ts";
import type { Clock, ConsentProof, ErasureStore, HolderStore } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import {
  addressKey,
  DIGEST,
  holderKey,
  type ItemKey,
  limitKey,
  personKey,
  proofKey,
  strikesKey,
} from "../keys.ts";
import type { Table } from "../table.ts";
import { ownerCondition } from "./addresses.ts";

type Proven = ConsentProof["consents"][number];
type ErasureStores = Pick<HolderStore, "holder" | "change">;

/** After the end of a subscription, consent can be asked to be proven for three years. */
const PROOF_KEPT_FOR = 3 * 365 * DAY;
const MOST_PROOF = 100;

/** Everything about one person at once: it knows the keys of the other topics. */
export function openErasure(table: Table, clock: Clock, store: ErasureStores): ErasureStore {
  const subscriber = async (id: string) => (await store.holder({ subscriber: id })) as Subscriber | undefined;
  const proof = async (addressHash: string) =>
    fromItem<ConsentProof>(await table.get(proofKey(addressHash)), clock.now());

  return {
    personPage: (id, after) => table.page(personKey(id), "", after),
    async entomb(id) {
      const found = await subscriber(id);
      if (!found || found.erasedAt !== undefined) return;
      const { addressHash, consents } = found;
      const kept = { consents: withProof((await proof(addressHash))?.consents ?? [], consents) };
      // A rehearsal agreed to nothing that could ever be asked for.
      if (!isRehearsal(id))
        await table.put(toItem(proofKey(addressHash), kept, clock.now() + PROOF_KEPT_FOR));
      await store.change(found, (current) => markedErased(current, clock.now()));
    },
    async removeItems(id, items) {
      const tombstone = holderKey({ subscriber: id }).sk;
      await table.removeAll(items.filter(({ sk }) => sk !== tombstone).map(toKey));
    },
    async removeTraces(id) {
      const found = await subscriber(id);
      let after: string | undefined;
      do {
        const page = await table.page(DIGEST, "", after);
        // With those that have expired: DynamoDB may take two days to sweep them, and their keys name the person.
        await table.removeAll(page.items.filter((entry) => entry.subscriber === id).map(toKey));
        after = page.after;
      } while (after !== undefined);
      await table.removeAll(personalLimitKeys(id).map(limitKey));
      if (!found) return;
      // A person who signed up anew within the hour has the address now.
      for (const hash of [found.addressHash, found.otherAddressHash])
        if (hash !== undefined) await table.remove(addressKey(hash), ownerCondition(id));
      await table.remove(strikesKey(found.addressHash));
    },
    async removeTombstone(id) {
      await table.remove(holderKey({ subscriber: id }), { expression: "attribute_exists(erasedAt)" });
    },
  };
}

const toKey = ({ pk, sk }: Record<string, unknown>): ItemKey => ({ pk: pk as string, sk: sk as string });

/** What an earlier erasing kept, and what came since, without network and browser. */
function withProof(earlier: Proven[], consents: Consent[]): Proven[] {
  const isSame = (one: Proven, other: Proven) =>
    one.at === other.at && one.list === other.list && one.event === other.event;
  const fresh = consents.map(leastProof).filter((one) => !earlier.some((other) => isSame(one, other)));
  return [...earlier, ...fresh].slice(-MOST_PROOF);
}

/** What proves a consent without telling who it was. */
const leastProof = ({ event, at, list, text, notice, textHash, actor }: Consent): Proven => ({
  ...{ event, at, list, text, actor },
  ...(notice && { notice }),
  ...(textHash && { textHash }),
});
