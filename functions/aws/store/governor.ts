import { CONFLICT, retryConflict } from "../../conflict.ts";
import { DAY, type Instant, iso, SECOND } from "../../domain/time.ts";
import type { Clock, Governor, GovernorStore, Trouble, TroubleSource } from "../../ports.ts";
import { fromItem, toItem } from "../items.ts";
import { governorKey, troubleKey } from "../keys.ts";
import { NEW, type Table } from "../table.ts";

const TROUBLE_KEPT_FOR = 2 * DAY;
/** `2026-11-24T07:31`: a minute. What was noted in the minute of a resume counts once more, what came before it does not. */
const minuteSlot = (at: Instant): string => iso(at).slice(0, 16);
/** Before the first quota is read: SES's sandbox. */
const SANDBOX: Governor = {
  version: 0,
  bookedUntil: 0,
  rate: 1,
  closedUntil: 0,
  quota: 200,
  sent24h: 0,
  asOf: 0,
};

/** One item that all senders share, and the counts that its breaker judges by. */
export function openGovernor(table: Table, clock: Clock): GovernorStore {
  const governor = async (): Promise<Governor> =>
    fromItem<Governor>(await table.get(governorKey), clock.now()) ?? SANDBOX;

  const saveGovernor = (governor: Governor): Promise<boolean> =>
    table.put(
      toItem(governorKey, { ...governor, version: governor.version + 1 }),
      governor.version === 0
        ? NEW
        : { expression: "version = :version", values: { ":version": governor.version } },
    );

  return {
    governor,
    saveGovernor,
    changeGovernor: (apply) =>
      retryConflict("governor", async () => {
        const current = await governor();
        const changed = apply(current);
        if (changed === current) return false;
        return (await saveGovernor(changed)) || CONFLICT;
      }),

    async noteTrouble(trouble, source) {
      const expires = Math.ceil((clock.now() + TROUBLE_KEPT_FOR) / SECOND);
      await table.update(troubleKey(minuteSlot(clock.now())), "ADD #trouble :one SET expiresAt = :expires", {
        names: { "#trouble": ATTRIBUTE[source][trouble] },
        values: { ":one": 1, ":expires": expires },
      });
    },
    async troubles(since) {
      const from = minuteSlot(since);
      const noted = (await table.partition(troubleKey("").pk)).filter((item) => (item.sk as string) >= from);
      const sum = (attribute: string) =>
        noted.reduce((total, item) => total + ((item[attribute] as number | undefined) ?? 0), 0);
      const sums = ({ bounces, complaints }: Record<Trouble, string>) => ({
        bounces: sum(bounces),
        complaints: sum(complaints),
      });
      return {
        others: sums(ATTRIBUTE.others),
        confirmations: sums(ATTRIBUTE.confirmations),
        waited: sums(ATTRIBUTE.waited),
      };
    },
  };
}

/** What was noted before causes were told apart counts as the readers' own. */
const ATTRIBUTE: Record<TroubleSource, Record<Trouble, string>> = {
  others: { bounces: "bounces", complaints: "complaints" },
  confirmations: { bounces: "confirmationBounces", complaints: "confirmationComplaints" },
  waited: { bounces: "waitedBounces", complaints: "waitedComplaints" },
};
