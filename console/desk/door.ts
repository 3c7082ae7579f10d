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
/** More browsers than one owner has; the oldest ends. */
const MOST_SESSIONS = 20;

/** Who may come in: whoever has the link that the owner's terminal shows, once. */
export class Door {
  readonly #random: Random;
  readonly #sessions = new Map<string, Session>();
  #link: string | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A fresh link's token; the one before it is dead. */
  makeLink(): string {
    this.#link = this.#random(LINK_BYTES);
    return this.#link;
  }

  isOpen(token: string): boolean {
    return this.#link !== undefined && isSame(token, this.#link);
  }

  /** Begins a session for who has the link, and takes the link away. Its id; undefined for a wrong or used link. */
  enter(token: string): string | undefined {
    if (!this.isOpen(token)) return undefined;
    this.#link = undefined;
    const id = this.#random(TOKEN_BYTES);
    const below = `/~${this.#random(LINK_BYTES)}`;
    this.#sessions.set(id, { below, formToken: this.#random(TOKEN_BYTES), drafts: new Map() });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return id;
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
