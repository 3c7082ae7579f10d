/** The end of what is still going on. */
export const OPEN = Number.POSITIVE_INFINITY;

/** A span between a person's request and its answer: what they asked for became true somewhere in it. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** A mail that is owed: not before `from`, and due from `by` on. `by` is open for one that may come or not. */
export interface Owed {
  from: number;
  by: number;
  /** The lesson that it asks about, as at the beginning of the course. */
  about?: string;
}
