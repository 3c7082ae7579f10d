import type { SentMail } from "../../aws/ses-events.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A mail may leave this much later than the slot it took: its claim died, or SES was closed. */
const JITTER = HOUR;

/** Where strangers' own mails come from. */
export const STRANGERS_DOMAIN = "strangers.example";

/** An address that strangers type: whose mailbox it reaches, by whoever typed it and not by the product's rules. */
export interface TypedAddress {
  mailbox: string;
  /** Undefined where the same address is typed from several. */
  network?: string;
  domain: string;
}

interface CountedLimit {
  what: string;
  most: number;
  windowMs: number;
}

/** Notices that a page's buttons bring, by how their names begin. Windows are fixed, so two of them can meet. */
const NOTICES: Record<string, CountedLimit> = {
  join: { what: "mails that ask about the newsletter", most: 6, windowMs: DAY },
  page: { what: "links", most: 6, windowMs: DAY },
  personal: { what: "links", most: 6, windowMs: DAY },
  sender: { what: "questions about a reply from elsewhere", most: 6, windowMs: 30 * DAY },
};

/** What strangers may cause to be mailed, reckoned from THREATS.md and not from the code that keeps it. */
export class StrangersLimits {
  readonly #typed = new Map<string, TypedAddress>();
  readonly #times = new Map<string, number[]>();

  /** Addresses whose mails come back. */
  readonly bouncing = new Set<string>();

  /** By its Message-ID: a mail that a stranger wrote. */
  isTheirs(messageId: string): boolean {
    return messageId.endsWith(`@${STRANGERS_DOMAIN}>`);
  }

  types(address: string, typed: TypedAddress): void {
    this.#typed.set(address, typed);
  }

  isTyped(address: string): boolean {
    return this.#typed.has(address);
  }

  /** A confirmation to an address that a stranger typed: what limit it is above, or undefined. */
  confirms(mail: SentMail): string | undefined {
    const typed = this.#typed.get(mail.destinations[0] as string);
    if (!typed) return undefined;
    const { mailbox, network, domain } = typed;
    return (
      this.#meets(`rest ${mailbox}`, mail.at, {
        what: "confirmations to one mailbox",
        most: 1,
        windowMs: DAY,
      }) ??
      this.#meets(`mailbox ${mailbox}`, mail.at, {
        what: "confirmations to one mailbox",
        most: 3,
        windowMs: 30 * DAY,
      }) ??
      this.#meets(`domain ${domain}`, mail.at, {
        what: "confirmations to one company",
        most: 40,
        windowMs: 2 * HOUR,
      }) ??
      (network &&
        this.#meets(network, mail.at, {
          what: "confirmations for one network",
          most: 10,
          windowMs: 2 * HOUR,
        }))
    );
  }

  /** A notice that answers no mail: what limit it is above, or undefined. */
  notifies(address: string, slug: string, at: number): string | undefined {
    const limit = NOTICES[slug.split("-")[0] as string];
    return limit && this.#meets(`${limit.what} ${address}`, at, limit);
  }

  #meets(key: string, at: number, { what, most, windowMs }: CountedLimit): string | undefined {
    const since = at - windowMs + JITTER;
    const times = (this.#times.get(key) ?? []).filter((time) => time > since);
    times.push(at);
    this.#times.set(key, times);
    return times.length > most
      ? `${times.length} ${what} in ${windowMs / HOUR} hours, where ${most} may come`
      : undefined;
  }
}
