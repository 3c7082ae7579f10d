import { OPEN, type TimeSpan } from "./window.ts";

/** An answer, or a language; nothing where there is none. */
export type Said = string | undefined;

/** What a reader has said of themselves, and when: while a change is on its way, what stood before may count still. */
export class Sayings {
  readonly #changes = new Map<string, (TimeSpan & { value: Said })[]>();

  /** Told when they begin to say it (`to` open), and again when it was answered. */
  says(what: string, value: Said, { from, to }: TimeSpan): void {
    const changes = this.#changes.get(what) ?? [];
    const last = changes.at(-1);
    if (last && last.to === OPEN && last.value === value) last.to = to;
    else changes.push({ value, from, to });
    this.#changes.set(what, changes);
  }

  /** All that it may have been in a span. */
  between(what: string, from: number, to: number): Said[] {
    let possible: Said[] = [undefined];
    for (const { value, from: began, to: ended } of this.#changes.get(what) ?? []) {
      if (began > to) break;
      possible = ended <= from ? [value] : [...possible, value];
    }
    return possible;
  }
}
