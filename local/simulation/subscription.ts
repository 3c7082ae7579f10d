import { OPEN, type Owed, type TimeSpan } from "./window.ts";

/** What one reader was promised of the newsletter: each issue once, and none after they left it. */
export class Subscription {
  isOn = false;
  /** When leaving it was last answered: what was claimed before may still come. */
  closedAt = 0;
  /** When it last changed whether they get it; open while they are at it. */
  changedAt = 0;
  /** Issues that are owed, by their slugs; `by` is open for one that may come or not. */
  readonly owed = new Map<string, Owed>();
  /** The one mail that greets who asked for the newsletter alone. */
  welcome: Owed | undefined;

  /** Told when they begin to ask for it (`to` open), and again when it was answered. */
  joins({ to }: TimeSpan): void {
    if (this.isOn && this.changedAt !== OPEN) return;
    this.isOn = true;
    this.changedAt = to;
  }

  /** The same by the button of a confirmation that asked about nothing else. */
  joinsAlone(span: TimeSpan): void {
    const isNew = !this.isOn || this.changedAt === OPEN;
    this.joins(span);
    // It may come before the answer does.
    const hasCome = span.to !== OPEN && !this.welcome;
    if (isNew && !hasCome) this.welcome = { from: span.from, by: span.to };
  }

  /** Should they come back while it is still being sent, they may get what they were gathered for. */
  leaves(at: number): void {
    this.isOn = false;
    this.closedAt = at;
    this.changedAt = at;
    this.welcome = undefined;
    for (const owed of this.owed.values()) owed.by = OPEN;
  }
}
