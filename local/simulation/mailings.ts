import type { Promises } from "./model.ts";
import * as timetable from "./timetable.ts";
import { OPEN, type Owed } from "./window.ts";

const MINUTE = 60_000;
/** A course whose state changed so shortly before may stand otherwise in the table than to its reader. */
const UNSETTLED = 2 * 60 * MINUTE;
/** A mail of a paused issue that is in doubt stands on its reader's own agenda, and is looked at again this often. */
const LOOKED_AT_EVERY = 5 * MINUTE;

/** How the owner sends an issue. */
export interface IssueTerms {
  from: number;
  /** `08:00`, for each reader's own clock. */
  local?: string;
  isToMidCourse: boolean;
}

interface Mailing {
  terms: IssueTerms;
  gatheredAt: number;
  /** Since when nothing of it may be claimed. */
  shutAt: number;
  isCancelled: boolean;
  /** No mail is late before: open while it is paused, or the owner is about to cancel it. */
  heldUntil: number;
}

/** The issues that the owner sends, and to whom each is owed: told by what the owner asked for and was answered. */
export class Mailings {
  readonly #mailings = new Map<string, Mailing>();
  readonly #readers: () => Iterable<Promises>;

  constructor(readers: () => Iterable<Promises>) {
    this.#readers = readers;
  }

  /** From now on it may come to everyone who gets the newsletter. */
  begins(slug: string, terms: IssueTerms): void {
    this.#mailings.set(slug, { terms, gatheredAt: OPEN, shutAt: OPEN, isCancelled: false, heldUntil: 0 });
    for (const { newsletter } of this.#readers())
      if (newsletter.isOn) newsletter.owed.set(slug, { from: terms.from, by: OPEN });
  }

  /** The audience stands, as it was at some time since the beginning. */
  gathered(slug: string, at: number): void {
    const mailing = this.#of(slug);
    mailing.gatheredAt = at;
    for (const promises of this.#readers()) this.#owe(slug, mailing, promises);
  }

  #owe(slug: string, { terms, gatheredAt }: Mailing, promises: Promises): void {
    const { newsletter, wishes } = promises;
    const wasOn = newsletter.isOn || newsletter.changedAt >= terms.from;
    const isCourseSettled = !promises.isHeld && promises.isSettledSince(terms.from - UNSETTLED);
    const isAtWork = promises.course === "active";
    if (!wasOn || (!terms.isToMidCourse && isAtWork && isCourseSettled)) {
      newsletter.owed.delete(slug);
      return;
    }
    const isSure =
      newsletter.isOn &&
      newsletter.changedAt < terms.from &&
      promises.chosenAt < terms.from &&
      (terms.isToMidCourse || (isCourseSettled && !isAtWork));
    // One that has come already is owed no more.
    if (isSure && !newsletter.owed.has(slug)) return;
    const due = listDue(terms, wishes.zone);
    const owed = isSure ? { from: due, by: Math.max(due, gatheredAt) } : { from: terms.from, by: OPEN };
    newsletter.owed.set(slug, owed);
  }

  /** A pause was answered. */
  pauses(slug: string, at: number): void {
    const mailing = this.#of(slug);
    mailing.shutAt = at;
    mailing.heldUntil = OPEN;
  }

  /** The owner asks for it to go on: from now on it may. */
  opens(slug: string): void {
    this.#of(slug).shutAt = OPEN;
  }

  /** That was answered. */
  resumes(slug: string, at: number): void {
    this.#of(slug).heldUntil = at + LOOKED_AT_EVERY;
  }

  /** The owner is about to cancel it: who has not got it may get it or not. */
  mayNotCome(slug: string): void {
    this.#of(slug).heldUntil = OPEN;
  }

  /** That was answered. */
  cancels(slug: string, at: number): void {
    const mailing = this.#of(slug);
    mailing.shutAt = at;
    mailing.isCancelled = true;
  }

  /** Issues whose sending the owner has not been told the end of. */
  unfinished(): string[] {
    return [...this.#mailings].filter(([, { gatheredAt }]) => gatheredAt === OPEN).map(([slug]) => slug);
  }

  /** A reader's debt of it, as late as the owner has made it. */
  heldBack(slug: string, owed: Owed): Owed {
    return { ...owed, by: Math.max(owed.by, this.#of(slug).heldUntil) };
  }

  /** What speaks against a mail of it that SES takes now; `slack`: how long what was claimed may take. */
  objection(slug: string, at: number, slack: number): string | undefined {
    const mailing = this.#mailings.get(slug);
    if (!mailing) return "nobody sent this issue";
    if (at > mailing.shutAt + slack) return mailing.isCancelled ? "it is cancelled" : "it is paused";
    return undefined;
  }

  isGathering = (slug: string): boolean => this.#mailings.get(slug)?.gatheredAt === OPEN;

  #of(slug: string): Mailing {
    const mailing = this.#mailings.get(slug);
    if (!mailing) throw new Error(`The owner has not sent ${slug}`);
    return mailing;
  }
}

const listDue = ({ from, local }: IssueTerms, zone: string): number =>
  local === undefined ? from : timetable.clockShows(zone, local, from);
