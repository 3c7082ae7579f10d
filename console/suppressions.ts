import { ArgumentError } from "../cli/arguments.ts";
import { iso } from "../functions/domain/time.ts";
import type { Suppression } from "../functions/ports.ts";
import { type Group, verb } from "./command.ts";
import { type Deployment, STAGE_FLAG } from "./connect.ts";
import { addressShown, countInWords, JSON_FLAG, SHOW_FLAG } from "./shown.ts";
import { STOPPED } from "./subscribers/stop.ts";

const REASONS = ["reader", "never", "owner", "bounce", "complaint"] as const;
const FLAGS = {
  ...STAGE_FLAG,
  reason: { value: REASONS.join("|"), says: "only those" },
  ...SHOW_FLAG,
  ...JSON_FLAG,
} as const;

/** Addresses are kept in a suppression as a keyed hash only; those of people who are on the list are known besides. */
export const SUPPRESSIONS: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "each with when and why; the address of those who are still on the list",
      onlyReads: true,
      flags: FLAGS,
      async *run({ reach, flags }) {
        const reason = REASONS.find((one) => one === flags.reason);
        if (flags.reason !== undefined && !reason)
          throw new ArgumentError(`--reason ${flags.reason}? It is one of ${REASONS.join(", ")}.`);
        yield* listSuppressions(await reach(), { ...flags, reason });
      },
    }),
    export: verb({
      says: "as CSV, with addresses in full where they are known; write it to a file with “> FILE”",
      flags: STAGE_FLAG,
      async *run({ reach }) {
        yield* exportSuppressions(await reach());
      },
    }),
  },
};

interface Listing {
  reason?: (typeof REASONS)[number] | undefined;
  "show-addresses"?: true;
  json?: true;
}

async function* listSuppressions(deployment: Deployment, flags: Listing): AsyncGenerator<string> {
  let count = 0;
  for await (const one of withAddresses(deployment)) {
    if (flags.reason && one.reason !== flags.reason) continue;
    count++;
    const address = one.address && addressShown(one.address, flags["show-addresses"]);
    yield flags.json
      ? JSON.stringify({ ...plain(one), address })
      : `${iso(one.at)}  ${one.reason.padEnd(9)}  ${one.addressHash}  ${one.subscriber ?? ""}  ${address ?? ""}`.trimEnd();
  }
  if (flags.json) return;
  const which = flags.reason ? `, ${STOPPED[flags.reason]}` : "";
  yield `${countInWords(count, "suppression")}${which} (${deployment.place})`;
}

/** An address cannot begin like a formula of a spreadsheet, except with + - or =: such a cell is quoted as text. */
async function* exportSuppressions(deployment: Deployment): AsyncGenerator<string> {
  yield "address_hash,reason,at,subscriber,address";
  for await (const one of withAddresses(deployment)) {
    const cells = [one.addressHash, one.reason, iso(one.at), one.subscriber ?? "", one.address ?? ""];
    yield cells.map(cell).join(",");
  }
}

const cell = (text: string): string => (/^[=+\-@]/.test(text) ? `"'${text}"` : text);

interface KnownSuppression extends Suppression {
  subscriber?: string;
  address?: string;
}

async function* withAddresses({ allPeople, services }: Deployment): AsyncGenerator<KnownSuppression> {
  for await (const { addressHash, reason, at } of allPeople.suppressions()) {
    const id = await services.store.findSubscriber(addressHash);
    const subscriber = id === undefined ? undefined : await services.store.subscriber(id);
    yield { addressHash, reason, at, subscriber: subscriber?.id, address: subscriber?.address };
  }
}

const plain = ({ addressHash, reason, at, subscriber }: KnownSuppression) => ({
  addressHash,
  reason,
  at: iso(at),
  subscriber,
});
