/** What must never happen, by DESIGN's promises. */
export const VIOLATIONS = [
  "lost",
  "duplicated",
  "out-of-order",
  "lesson-for-others",
  "lesson-passed-over",
  "passage-for-others",
  "passage-kept-back",
  "false-total",
  "other-language",
  "early",
  "late",
  "mailed-after-leaving",
  "answered-a-machine",
  "second-answer",
  "answered-grave-news",
  "prompted-a-request",
  "request-not-done",
  "request-not-told",
  "booked-above-rate",
  "sent-above-ramp",
  "unaccounted",
  "sent-above-portion",
  "welcomed-elsewhere",
  "one-person-twice",
  "kept-after-erasing",
  "kept-after-removing",
  "mailed-above-a-limit",
  "kept-above-a-limit",
  "held-by-a-stranger",
  "late-by-strangers",
  "held-too-long",
  "somebody-elses-word",
  "told-to-strangers",
  "later-to-who-did-not-ask",
  "letter-to-the-untold",
  "letter-after-no",
  "letter-with-grave-news",
  "to-another-address",
  "voice-without-consent",
  "voice-after-taking-back",
  "voice-to-a-colleague",
  "voice-to-its-author",
  "event-lost",
  "event-that-did-not-happen",
] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** What a run did, for the report. */
const EVENTS = [
  "signed-up",
  "confirmed",
  "mails",
  "lessons",
  "began-with-cohort",
  "lessons-that-waited",
  "answered-at-sign-up",
  "changed-answers",
  "choices",
  "lessons-for-some",
  "passages-for-some",
  "places-without-total",
  "mails-in-other-languages",
  "chose-language",
  "completed",
  "replies",
  "answered-on-page",
  "removed-answers",
  "machine-replies",
  "asked-by-reply",
  "told",
  "moves-told",
  "voices-offered",
  "voices-shown",
  "voices-taken-back",
  "grave-news",
  "answers",
  "look-backs",
  "asked-for-later",
  "later-lessons",
  "letters-announced",
  "letters",
  "refused-letters",
  "relayed",
  "broadcasts",
  "issues",
  "asked-for-newsletter",
  "welcomed-to-newsletter",
  "joined-newsletter",
  "left-newsletter",
  "paused",
  "resumed",
  "chose-pace",
  "left",
  "left-by-reply",
  "returned",
  "returned-by-reply",
  "wrote-from-elsewhere",
  "told-of-address",
  "changed-address",
  "took-address-back",
  "erased",
  "bounced",
  "complained",
  "twice-by-lost-answer",
  "parked-by-two-doubts",
  "parked-by-rejection",
  "put-back",
  "held-by-breaker",
  "mailed-to-strangers",
  "confirmations-held",
  "events-told",
] as const;
export type CountedEvent = (typeof EVENTS)[number];

/** Every count of a run, or of several. */
export interface SeedTally {
  violations: Record<Violation, number>;
  events: Record<CountedEvent, number>;
  /** Acts of strangers by their kind. */
  strangers: Record<string, number>;
  /** Injected faults by name. */
  faults: Record<string, number>;
  /** Steps at which functions were killed: `lane before PutItem enrolment`. */
  kills: Record<string, number>;
}

export class Counts implements SeedTally {
  readonly violations = zeros(VIOLATIONS);
  readonly events = zeros(EVENTS);
  readonly strangers: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
  readonly kills: Record<string, number> = {};

  count(event: CountedEvent): void {
    this.events[event]++;
  }

  fault(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1;
  }

  acted(kind: string): void {
    this.strangers[kind] = (this.strangers[kind] ?? 0) + 1;
  }

  broken(): number {
    return Object.values(this.violations).reduce((sum, count) => sum + count, 0);
  }
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** What several runs came to. */
export function sumCounts(tallies: readonly SeedTally[]): SeedTally {
  const sum = new Counts();
  for (const tally of tallies)
    for (const part of ["violations", "events", "strangers", "faults", "kills"] as const) {
      const into = sum[part] as Record<string, number>;
      for (const [name, count] of Object.entries(tally[part])) into[name] = (into[name] ?? 0) + count;
    }
  return sum;
}
