import type { SentMail } from "../aws/ses-events.ts";
import type { Counts } from "./counts.ts";
import type { Observer } from "./observer.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Which of SES's mails a doubt is about is known after its claim's death and a quarter of an hour. */
const GRACE = 15 * MINUTE;

/** Which mails SES has taken: once is enough, unless its answer was lost and no event came. */
export class Once {
  readonly #taken = new Map<string, { at: number; messageId: string }>();
  readonly #sight: Observer;
  readonly #counts: Counts;

  constructor({ sight, counts }: { sight: Observer; counts: Counts }) {
    this.#sight = sight;
    this.#counts = counts;
  }

  /** False for a mail that comes first, true for one that comes again and is excused; else what is wrong with it. */
  meets(key: string, id: string, { at, messageId }: SentMail): boolean | string {
    const before = this.#taken.get(key);
    this.#taken.set(key, { at, messageId });
    if (!before) return false;
    if (at - before.at >= GRACE && this.#sight.wasLost(before.messageId, id, before.at, at)) {
      this.#counts.count("twice-by-lost-answer");
      return true;
    }
    return `${withoutPerson(id)} was sent ${ago(at - before.at)} before`;
  }
}

/** A dispatch's id without the random id of its person. */
export const withoutPerson = (id: string): string => id.slice(id.indexOf("_") + 1);

export const ago = (ms: number): string =>
  ms >= DAY ? `${(ms / DAY).toFixed(1)} days` : `${(ms / SECOND).toFixed(1)} s`;
