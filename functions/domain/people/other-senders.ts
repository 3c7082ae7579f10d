import { type Agenda, mailKey } from "../sending/agenda.ts";
import { DAY, type Instant } from "../time.ts";

/** Another address from which somebody replied to a person's mail. The person is asked once whether it was them. */
export interface OtherSender {
  /** Keyed: the address itself is kept nowhere but in the raw mail. */
  addressHash: string;
  /** `j•••@acme.example`: enough for its owner to know it. */
  masked: string;
  askedAt: Instant;
  /** The reply that they were asked about. */
  reflection: string;
  /** They said, at the address that we know, that it is theirs: what comes from there counts as theirs. */
  confirmedAt?: Instant;
}

/** A token that came into many hands must not fill a person's item. */
const MOST_OTHER_SENDERS = 20;
/** …nor their mailbox: this many questions, from however many addresses the replies come. */
export const SENDER_QUESTION_LIMIT = { most: 3, windowMs: 30 * DAY };

/** In the slug of a notice: it asks whether a reply from elsewhere was its reader's. */
const SENDER_OCCASION = "sender";

interface Senders {
  otherSenders?: OtherSender[];
}
/** A subscriber, as much of one as is changed here. */
interface PersonWithSenders extends Senders {
  status: string;
  agenda: Agenda;
}

export const findSender = ({ otherSenders = [] }: Senders, addressHash: string): OtherSender | undefined =>
  otherSenders.find((one) => one.addressHash === addressHash);

/** The address that they were asked about for this reply. */
export const findSenderAsked = (
  { otherSenders = [] }: Senders,
  reflection: string,
): OtherSender | undefined => otherSenders.find((one) => one.reflection === reflection);

export const isConfirmedSender = (subscriber: Senders, addressHash: string): boolean =>
  findSender(subscriber, addressHash)?.confirmedAt !== undefined;

/**
 * The subscriber with the one question on their agenda. Unchanged for an address that they were asked about before, and
 * for someone who is not active: nobody is written to who has left.
 */
export function withSenderQuestion<P extends PersonWithSenders>(subscriber: P, sender: OtherSender): P {
  if (subscriber.status !== "active" || findSender(subscriber, sender.addressHash)) return subscriber;
  const key = mailKey("notice", `${SENDER_OCCASION}-${sender.reflection}`);
  const agenda: Agenda = {
    ...subscriber.agenda,
    [key]: { dueAt: sender.askedAt, doubts: 0, reflection: sender.reflection },
  };
  return { ...subscriber, agenda, otherSenders: withRoom([...(subscriber.otherSenders ?? []), sender]) };
}

/** Those that were confirmed stay; of the others the oldest goes. */
function withRoom(senders: OtherSender[]): OtherSender[] {
  if (senders.length <= MOST_OTHER_SENDERS) return senders;
  const least = Math.max(
    0,
    senders.findIndex(({ confirmedAt }) => confirmedAt === undefined),
  );
  return senders.filter((_, place) => place !== least);
}

/** They pressed the button for this reply: its address is theirs. Pressed again it changes nothing. */
export function withSenderConfirmed<P extends PersonWithSenders>(
  subscriber: P,
  reflection: string,
  now: Instant,
): P {
  const asked = findSenderAsked(subscriber, reflection);
  if (!asked || asked.confirmedAt !== undefined || subscriber.status !== "active") return subscriber;
  return withSender(subscriber, { ...asked, confirmedAt: now });
}

/** They took it back. That they were asked stays: they are not asked again. */
export function withoutSender<P extends PersonWithSenders>(subscriber: P, addressHash: string): P {
  const { confirmedAt, ...asked } = findSender(subscriber, addressHash) ?? {};
  if (confirmedAt === undefined) return subscriber;
  return withSender(subscriber, asked as OtherSender);
}

const withSender = <P extends PersonWithSenders>(subscriber: P, changed: OtherSender): P => ({
  ...subscriber,
  otherSenders: (subscriber.otherSenders ?? []).map((one) =>
    one.addressHash === changed.addressHash ? changed : one,
  ),
});
