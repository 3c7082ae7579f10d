const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A mail whose slot was booked before midnight may reach SES so long after it: a claim's minute, and clocks that differ. */
const ACROSS_MIDNIGHT = 70_000;
/** From this share of a day's mails on, what is due may have to wait for the next day: issues stop at a half. */
const MAY_WAIT_FROM = 0.3;
/** The lanes come by each minute, and begin where they had stopped. */
const BEGINS_AGAIN = 3 * MINUTE;

/** From so many mails on the first day, a factor more each day. */
export interface RampTerms {
  from: number;
  factor: number;
}

/** What is made of it. */
interface RampHears {
  /** More mails have left on a day than the ramp allows. */
  above: (how: string) => void;
  /** What is due may wait this long. */
  mayWait: (ms: number) => void;
}

/** Counts SES's mails against the ramp of a young domain, by the days of UTC. It knows nothing of what the governor counts. */
export class Ramp {
  readonly #terms: RampTerms;
  readonly #hears: RampHears;
  readonly #days = new Map<number, number>();
  /** The same as SES's clock has it, without what was on its way at midnight. */
  readonly #asTaken = new Map<number, number>();
  #firstDay: number | undefined;

  constructor(terms: RampTerms, hears: RampHears) {
    this.#terms = terms;
    this.#hears = hears;
  }

  /** SES has taken a mail. */
  sends(at: number): void {
    const today = Math.floor(at / DAY);
    this.#firstDay ??= today;
    const isYesterdays = at - today * DAY < ACROSS_MIDNIGHT && this.#hasRoom(today - 1);
    const day = isYesterdays ? today - 1 : today;
    const count = (this.#days.get(day) ?? 0) + 1;
    this.#days.set(day, count);
    const most = this.#most(day);
    if (count > most)
      this.#hears.above(`${count} mails on day ${day - this.#firstDay + 1}, which has ${most}`);
    const taken = (this.#asTaken.get(today) ?? 0) + 1;
    this.#asTaken.set(today, taken);
    if (taken === Math.ceil(this.#most(today) * MAY_WAIT_FROM))
      this.#hears.mayWait((today + 1) * DAY + BEGINS_AGAIN - at);
  }

  #hasRoom(day: number): boolean {
    return day >= (this.#firstDay ?? day + 1) && (this.#days.get(day) ?? 0) < this.#most(day);
  }

  #most(day: number): number {
    const { from, factor } = this.#terms;
    return Math.floor(from * factor ** (day - (this.#firstDay ?? day)));
  }
}
