/** What must never happen, by DESIGN's promises. */
export const VIOLATIONS = [
  "lost",
  "duplicated",
  "out-of-order",
  "early",
  "late",
  "mailed-after-leaving",
  "answered-a-machine",
  "second-answer",
  "booked-above-rate",
  "unaccounted",
] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** What a run did, for the report. */
export const EVENTS = [
  "signed-up",
  "confirmed",
  "mails",
  "lessons",
  "completed",
  "replies",
  "machine-replies",
  "answers",
  "look-backs",
  "relayed",
  "paused",
  "resumed",
  "left",
  "returned",
  "bounced",
  "complained",
  "twice-by-lost-answer",
  "parked-by-two-doubts",
  "parked-by-rejection",
  "put-back",
  "held-by-breaker",
] as const;
export type Counted = (typeof EVENTS)[number];

export class Counts {
  readonly violations = zeros(VIOLATIONS);
  readonly events = zeros(EVENTS);
  /** Injected faults by name. */
  readonly faults: Record<string, number> = {};
  /** Steps at which functions were killed: `lane before PutItem enrolment`. */
  readonly kills: Record<string, number> = {};

  count(event: Counted): void {
    this.events[event]++;
  }

  fault(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1;
  }

  broken(): number {
    return Object.values(this.violations).reduce((sum, count) => sum + count, 0);
  }
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
