import type { SentMail } from "../aws/ses-events.ts";
import type { Violation } from "./counts.ts";
import { OPEN, type TimeSpan } from "./window.ts";

/*
 * Whose words a prompt shows, and whether they may stand in it: told by a mark that each simulated reader puts into
 * what they write, and by what they did. Nothing of the product's own writings is read.
 */

/** A claim lives for a minute: what was claimed before somebody took their words back may still leave within it. */
const CLAIM_LIFE = 60_000;

/** What one reader wrote, once. */
interface WrittenVoice {
  author: number;
  /** From when on others may have been let read it; undefined as long as they were not. */
  offeredFrom?: number;
  /** When the taking back was answered; undefined while others may read it. */
  takenBackAt?: number | undefined;
}

/** In the words of a reply: who wrote it, and which of theirs it is. */
export const markOf = (author: number, ordinal: number): string => `n${author}o${ordinal}`;
const MARK = /\bn\d+o\d+\b/g;

/** Some work in the same company: their first addresses have one domain. */
export const firstAddress = (reader: number): string =>
  `reader${reader}@mail${reader % 6 === 5 ? reader - 1 : reader}.example`;
const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

type Breaks = (violation: Violation, address: string, how: string) => void;

interface WatchedVoices {
  breaks: Breaks;
  /** Told of each that a mail showed. */
  shows: () => void;
  /** Where a reader gets their mail now. */
  addressOf: (reader: number) => string;
  /** The most that two clocks may differ. */
  skew: number;
}

export class VoicesWatch {
  readonly #written = new Map<string, WrittenVoice>();
  readonly #breaks: Breaks;
  readonly #shows: () => void;
  readonly #addressOf: (reader: number) => string;
  readonly #skew: number;

  constructor({ breaks, shows, addressOf, skew }: WatchedVoices) {
    this.#breaks = breaks;
    this.#shows = shows;
    this.#addressOf = addressOf;
    this.#skew = skew;
  }

  writes(author: number, ordinal: number): void {
    this.#written.set(markOf(author, ordinal), { author });
  }

  /** Others may read it. Told when it begins (`to` open), and when it was answered. */
  offers(mark: string, { from }: TimeSpan): void {
    const written = this.#written.get(mark);
    if (!written) return;
    written.offeredFrom = Math.min(written.offeredFrom ?? OPEN, from);
    written.takenBackAt = undefined;
  }

  takesBack(mark: string, at: number): void {
    const written = this.#written.get(mark);
    if (written) written.takenBackAt = at;
  }

  /** All of theirs: they have erased everything. */
  erases(author: number, at: number): void {
    for (const written of this.#written.values())
      if (written.author === author && written.takenBackAt === undefined) written.takenBackAt = at;
  }

  /** A prompt has left to a reader. It quotes nothing of their own, so whatever mark stands in it is another's. */
  judge(mail: SentMail, reader: number): void {
    const [address = ""] = mail.destinations;
    for (const mark of new Set(asText(mail.raw).match(MARK) ?? [])) {
      this.#shows();
      const written = this.#written.get(mark);
      const { author = -1, offeredFrom = OPEN, takenBackAt = OPEN } = written ?? {};
      if (offeredFrom > mail.at) this.#breaks("voice-without-consent", address, mark);
      else if (mail.at > takenBackAt + CLAIM_LIFE + this.#skew)
        this.#breaks("voice-after-taking-back", address, mark);
      if (author === reader) this.#breaks("voice-to-its-author", address, mark);
      else if (domainOf(this.#addressOf(author)) === domainOf(address))
        this.#breaks("voice-to-a-colleague", address, mark);
    }
  }
}

/** As it stands in the mail, without the soft line ends of quoted-printable. */
const asText = (raw: Uint8Array): string => Buffer.from(raw).toString("latin1").replace(/=\r\n/g, "");
