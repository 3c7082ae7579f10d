import type { Promises } from "./model.ts";
import * as timetable from "./timetable.ts";
import { OPEN, type Owed } from "./window.ts";

const MINUTE = 60_000;
/** A course whose state changed so shortly before may stand otherwise in the table than to its reader. */
const UNSETTLED = 2 * 60 * MINUTE;
/** A mail of a paused issue that is in doubt stands on its reader's own agenda, and is looked at again this often. */
const LOOKED_AT_EVERY = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** So long before SES took it a mail was composed, at the most. */
const COMPOSED_BEFORE = 5 * MINUTE;
/** Portions that a killed lane took and did not use. */
const LOST_PORTIONS = 2;

/** How the owner sends an issue. */
export interface IssueTerms {
  from: number;
  /** `08:00`, for each reader's own clock. */
  local?: string;
  isToMidCourse: boolean;
  /** The most of it that may leave in 24 hours. */
  perDay?: number;
}

interface Mailing {
  terms: IssueTerms;
  gatheredAt: number;
  /** Since when nothing of it may be claimed. */
  shutAt: number;
  isCancelled: boolean;
  /** No mail is late before: open while it is paused, or the owner is about to cancel it. */
  heldUntil: number;
  /** When the owner began to call it back. */
  calledBackFrom: number;
  /** When SES took the first of it, and how many it has taken. */
  firstLeftAt: number;
  left: number;
  /** How many it was owed to when the audience stood. */
  readers: number;
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
    const open = { gatheredAt: OPEN, shutAt: OPEN, calledBackFrom: OPEN, firstLeftAt: OPEN };
    this.#mailings.set(slug, { terms, ...open, isCancelled: false, heldUntil: 0, left: 0, readers: 0 });
    for (const { newsletter } of this.#readers())
      if (newsletter.isOn) newsletter.owed.set(slug, { from: terms.from, by: OPEN });
  }

  /** The audience stands, as it was at some time since the beginning. */
  gathered(slug: string, at: number): void {
    const mailing = this.#of(slug);
    mailing.gatheredAt = at;
    for (const promises of this.#readers()) {
      this.#owe(slug, mailing, promises);
      if (promises.newsletter.owed.has(slug)) mailing.readers++;
    }
    mailing.heldUntil = Math.max(mailing.heldUntil, lastPortion(mailing, at));
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
    const mailing = this.#of(slug);
    mailing.heldUntil = Math.max(at + LOOKED_AT_EVERY, lastPortion(mailing, at));
  }

  /** The owner is about to cancel it: who has not got it may get it or not. */
  mayNotCome(slug: string, at: number): void {
    const mailing = this.#of(slug);
    mailing.heldUntil = OPEN;
    mailing.calledBackFrom = at;
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

  /** SES has taken one more of it. What is above its portions, if it is: each is 24 hours, the first not before it began. */
  hasLeft(slug: string, at: number, skew: number): string | undefined {
    const mailing = this.#mailings.get(slug);
    if (!mailing) return undefined;
    mailing.firstLeftAt = Math.min(mailing.firstLeftAt, at);
    mailing.left++;
    const { perDay, from } = mailing.terms;
    if (perDay === undefined) return undefined;
    const portions = Math.floor((at + skew - from) / DAY) + 1;
    return mailing.left > portions * perDay
      ? `${mailing.left} of ${slug} in ${portions} portions of ${perDay}`
      : undefined;
  }

  /** What speaks against its being the latest that everybody may read, in a mail that SES took then; none by undefined. */
  objectionAsLatest(slug: string | undefined, at: number): string | undefined {
    const composedFrom = at - COMPOSED_BEFORE;
    const isSure = ({ firstLeftAt, calledBackFrom }: Mailing) =>
      firstLeftAt < composedFrom && calledBackFrom > at;
    const named = slug === undefined ? undefined : this.#mailings.get(slug);
    if (slug !== undefined && !named) return `${slug} is led to, which nobody sent`;
    if (named && (named.terms.from > at || (named.isCancelled && named.shutAt < composedFrom)))
      return `${slug} is led to, which nobody may read`;
    const later = [...this.#mailings].find(
      ([, other]) => isSure(other) && (!named || other.terms.from > named.firstLeftAt),
    );
    return later && `${slug ?? "no issue"} is led to, and ${later[0]} is later`;
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

/** When the last of it may leave that goes on then. At an hour of each reader's clock, a portion may wait a day for it. */
function lastPortion({ terms: { perDay, local }, readers }: Mailing, at: number): number {
  if (perDay === undefined) return 0;
  return at + (Math.ceil(readers / perDay) + LOST_PORTIONS) * (local === undefined ? 1 : 2) * DAY;
}

const listDue = ({ from, local }: IssueTerms, zone: string): number =>
  local === undefined ? from : timetable.clockShows(zone, local, from);
