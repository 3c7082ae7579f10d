/** A time of day, a year, or a date in figures: what an introduction of a quoted mail has. */
export const hasDate = (text: string): boolean => findDate(text) >= 0;

/** Where the first of them stands; −1 where there is none. */
export const findDate = (text: string): number =>
  text.search(/\d{1,2}[:.h]\d{2}|\b2[05]\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d年|\d년/);
