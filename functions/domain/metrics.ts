import type { LeaveReason } from "./people/leave-reason.ts";

interface Metric {
  unit: "Count" | "Percent" | "Seconds";
  /** The others stand in the log only: CloudWatch asks $0.30 a month for each name that is a metric. */
  isShown: boolean;
}

/** What the functions count and measure, and whether the dashboard shows it. */
export const METRICS = {
  AnswerSent: { unit: "Count", isShown: true },
  DeliveryFailed: { unit: "Count", isShown: true },
  DispatchParked: { unit: "Count", isShown: true },
  InDoubt: { unit: "Count", isShown: true },
  OldestDue: { unit: "Seconds", isShown: true },
  QuotaUse: { unit: "Percent", isShown: true },
  Replies: { unit: "Count", isShown: true },
  RepliesUnmatched: { unit: "Count", isShown: true },
  SendNotAccepted: { unit: "Count", isShown: true },
  SendThrottled: { unit: "Count", isShown: true },
  AnswersHeld: { unit: "Count", isShown: false },
  ConfirmationsHeld: { unit: "Count", isShown: false },
  EraseUnfinished: { unit: "Count", isShown: false },
  ForeignRepliesDropped: { unit: "Count", isShown: false },
  OwnerMailRefused: { unit: "Count", isShown: false },
  RelaysLimited: { unit: "Count", isShown: false },
  SendingClosed: { unit: "Count", isShown: false },
  SendingHeld: { unit: "Count", isShown: false },
  SendingPaused: { unit: "Count", isShown: false },
  SignUpDropped: { unit: "Count", isShown: false },
} as const satisfies Record<string, Metric>;

type NamedMetric = keyof typeof METRICS;
type NamedBy<Fields> = {
  [Name in NamedMetric]: (typeof METRICS)[Name] extends Fields ? Name : never;
}[NamedMetric];

/** How often something happened. Why readers leave has a name for each reason, and is not shown. */
export type CountedMetric = NamedBy<{ unit: "Count" }> | `LeftBecause-${LeaveReason}`;
/** How something stands. */
export type MeasuredMetric = Exclude<NamedMetric, NamedBy<{ unit: "Count" }>>;
export type ShownMetric = NamedBy<{ isShown: true }>;

const byName: Readonly<Record<string, Metric>> = METRICS;
export const findMetric = (name: CountedMetric | MeasuredMetric): Metric =>
  byName[name] ?? { unit: "Count", isShown: false };

export const SHOWN_METRICS: readonly string[] = Object.entries(METRICS).flatMap(([name, { isShown }]) =>
  isShown ? [name] : [],
);
