import { inEnglish } from "../../authoring/in-english.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { type AddressChange, changeAddress } from "../../functions/consent/change-address.ts";
import { type Address, isAtMailDomain, readAddress } from "../../functions/domain/people/address.ts";
import { withoutAddressChanges } from "../../functions/domain/people/address-change.ts";
import { ADDRESS, ownersRecord } from "../../functions/domain/people/consent.ts";
import { isRehearsal } from "../../functions/domain/people/rehearsal.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { BECAUSE_FLAG, because, requireReader } from "./reader.ts";

const FLAGS = { ...REACH_FLAGS, ...BECAUSE_FLAG } as const;

export const CHANGE_ADDRESS = verb({
  takes: ["READER", "ADDRESS"],
  says: "mail goes to another address from now on, because the reader asked you; a mail there says so",
  flags: FLAGS,
  run: async ({ words: [reader = "", address = ""], reach, flags }) =>
    changeReadersAddress(await reach(), reader, address, flags),
});

async function changeReadersAddress(
  deployment: Deployment,
  word: string,
  typed: string,
  flags: Given<typeof FLAGS>,
): Promise<string> {
  const why = because(flags.because, "change-address");
  const address = readAddress(typed);
  if ("problem" in address)
    throw new ArgumentError(`"${typed}" is no address. ${inEnglish(address.problem)}`);
  const { mailDomain } = deployment.services.settings;
  if (isAtMailDomain(address.canonical, mailDomain))
    throw new ArgumentError(
      `${address.entered} is an address of this course itself: mail to ${mailDomain} comes back to it. Nothing was changed.`,
    );
  const reader = await requireReader(deployment, word);
  if (isRehearsal(reader.id))
    throw new ArgumentError(
      `${reader.id} is a rehearsal's reader, whom no limit holds, so they have no other address. Nothing was changed.`,
    );
  const asks = `Mail ${reader.id} at ${address.entered} from now on`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  const change = await changeAddress(deployment.services, reader.id, ownersChange(deployment, address, why));
  switch (change.outcome) {
    case "changed":
      return change.subscriber.status === "active"
        ? `${reader.id} gets mail at the new address, and one there says so.`
        : `${reader.id} has the new address. Nothing is sent there: they are ${change.subscriber.status}, and come back by signing up.`;
    case "same":
      return `${reader.id} has this address already: nothing was changed.`;
    case "gone":
      throw new ArgumentError(`${reader.id} is not there any more.`);
    case "changed-otherwise":
      throw new ArgumentError(
        `Somebody else is changing the address of ${reader.id}: look at it and try again.`,
      );
    case "suppressed":
      throw new ArgumentError(
        `${address.entered} must not be mailed: "subscribers unsuppress" says why. Nothing was changed.`,
      );
    case "taken":
      throw new ArgumentError(
        `${address.entered} is the address of ${change.by} already. Nothing was changed; if both are one person, erase one.`,
      );
  }
}

/** One mail to the new address says so: a person who did not ask for this can leave from there. */
function ownersChange({ services }: Deployment, to: Address, why: string): AddressChange {
  const now = services.clock.now();
  return {
    to,
    record: ownersRecord("changed", ADDRESS, why, now),
    complete: (changed, before) =>
      changed.addressHash === before.addressHash ? changed : withNotice(withoutAddressChanges(changed), now),
  };
}

function withNotice(subscriber: Subscriber, now: Instant): Subscriber {
  if (subscriber.status !== "active") return subscriber;
  const notice = { [mailKey("notice", `address-${now}`)]: { dueAt: now, doubts: 0 } };
  return { ...subscriber, agenda: { ...subscriber.agenda, ...notice } };
}
