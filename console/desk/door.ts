import { timingSafeEqual } from "node:crypto";
import type { Random } from "../../functions/ports.ts";

/** One browser at the desk. It is kept in memory, and ends with the desk's program. */
export interface Session {
  /**
   * Its pages stand below this: "/~…". A browser gives a cookie to every port of this machine, also to those of other
   * users; not to a path that they cannot name.
   */
  below: string;
  /** Stands in each of its forms: a foreign page does not know it. */
  formToken: string;
  /** What the last act did, until a page has shown it. */
  notice?: Notice;
  /** Answers that are not sent yet, by what they answer. */
  drafts: Map<string, string>;
}

export interface Notice {
  says: string;
  bad?: true;
  undo?: { says: string; path: string; fields: Readonly<Record<string, string>> };
}

const TOKEN_BYTES = 20;
/** Of the link, which people may have to copy: 80 bits, once. */
const LINK_BYTES = 10;
/**
 * Of real time. A link that nobody has used is not made anew before: another program of this machine that asks for
 * links fills no window, and takes no link away from its owner.
 */
const LINK_STANDS_MS = 20_000;
/** More browsers than one owner has; the oldest ends. */
const MOST_SESSIONS = 20;

/** Who may come in: whoever has the link that the owner's terminal shows, once. */
export class Door {
  readonly #random: Random;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  #link: { token: string; madeAt: number; to: string } | undefined;

  /** @param now in ms, of real time */
  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /**
   * A fresh link's token; the one before it is dead. Undefined where that one was made just now and waits for its owner.
   * @param to the page of the desk that it leads to
   */
  makeLink(to = "/"): string | undefined {
    const madeAt = this.#now();
    if (this.#link && madeAt - this.#link.madeAt < LINK_STANDS_MS) return undefined;
    const token = this.#random(LINK_BYTES);
    this.#link = { token, madeAt, to };
    return token;
  }

  isOpen(token: string): boolean {
    return this.#link !== undefined && isSame(token, this.#link.token);
  }

  /** Begins a session for who has the link, and takes the link away; undefined for a wrong or used link. */
  enter(token: string): { id: string; to: string } | undefined {
    if (!this.#link || !this.isOpen(token)) return undefined;
    const { to } = this.#link;
    this.#link = undefined;
    const id = this.#random(TOKEN_BYTES);
    const below = `/~${this.#random(LINK_BYTES)}`;
    this.#sessions.set(id, { below, formToken: this.#random(TOKEN_BYTES), drafts: new Map() });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return { id, to };
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }
}

/** In constant time for tokens of the same length. */
export function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
