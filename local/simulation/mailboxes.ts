import { OPEN, type TimeSpan } from "./window.ts";

const MINUTE = 60_000;
/** What was claimed before a change may leave within the claim's minute, and SES be slow to take it. */
const ON_ITS_WAY = 2 * MINUTE;

interface SimulatedMailbox {
  address: string;
  /** Where mail went before, and until when some may still come. */
  former: { address: string; until: number } | undefined;
}

/** Where readers get their mail. In the simulation the first address of each is their name, whatever they change it to. */
export class Mailboxes {
  readonly #readers = new Map<string, string>();
  readonly #mailboxes = new Map<string, SimulatedMailbox>();

  /** By the first address of whose it is; the address itself where it is nobody's second. */
  findReader(address: string): string {
    return this.#readers.get(address) ?? address;
  }

  current(reader: string): string {
    return this.#mailboxes.get(reader)?.address ?? reader;
  }

  /** They have it, and may ask for their mail there. */
  has(reader: string, address: string): void {
    this.#readers.set(address, reader);
  }

  /** They change to another address: while that lasts (`to` open) mail may go to either. */
  changes(reader: string, address: string, { to }: TimeSpan): void {
    const { address: before, former } = this.#mailboxes.get(reader) ?? { address: reader, former: undefined };
    const left = before === address ? former?.address : before;
    if (left === undefined) return;
    const until = to === OPEN ? OPEN : to + ON_ITS_WAY;
    this.#mailboxes.set(reader, { address, former: { address: left, until } });
  }

  /** Why a mail must not have gone to an address; undefined where it may. */
  objection(reader: string, address: string, now: number): string | undefined {
    const { address: current, former } = this.#mailboxes.get(reader) ?? { address: reader };
    if (address === current || (address === former?.address && now <= former.until)) return undefined;
    return `it went to ${address}, and they are at ${current}`;
  }
}
