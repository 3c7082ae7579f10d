import type { Instant } from "../time.ts";
import type { Claim } from "./claim.ts";
import { doubtEnds } from "./claim.ts";
import type { AgendaKey } from "./dispatch.ts";

export interface AgendaEntry {
  dueAt: Instant;
  /** How often a claim for it died without a word in the ledger. The second doubt parks the entry. */
  doubts: number;
  /** Parked: not sent until a person looks at it. Holds what comes behind it. */
  parked?: boolean;
  /** Prompt, notice: the reflection that it answers. Look-back: the reflection that it quotes. */
  reflection?: string;
  /** Answer: what the owner wrote. */
  answer?: string;
  /** Relay: whose reflection it is, and where. */
  about?: { subscriber: string; list: string; run: number };
  /** Prompt: which of the lesson's prompts. */
  answers?: "substantial" | "very-short" | "question";
}

/** What is to happen when; the earliest entry is the item's place in the `due` index. */
export type Agenda = Record<AgendaKey, AgendaEntry>;

export const LESSON_KEY = "lesson";
export const RESUME_KEY = "resume";
/** Mail that somebody waits for, or that answers them: it goes before the week's lessons. */
const URGENT = /^(confirmation|notice|welcome|prompt|answer|relay|digest|report|test|finish-stop)/;

export type Priority = "urgent" | "lesson";
export const entryPriority = (key: AgendaKey): Priority => (URGENT.test(key) ? "urgent" : "lesson");

/** Entries that wait for a person to look at them. */
export const parkedKeys = (agenda: Agenda): AgendaKey[] =>
  Object.keys(agenda).filter((key) => agenda[key]?.parked);

/** A person has looked at a parked entry: it is due now. If it is in doubt again, it is parked again. */
export function withUnparked(agenda: Agenda, key: AgendaKey, now: Instant): Agenda {
  const entry = agenda[key];
  if (!entry?.parked) return agenda;
  const { parked: _, ...free } = entry;
  return { ...agenda, [key]: { ...free, dueAt: now } };
}

export interface Next {
  key: AgendaKey;
  entry: AgendaEntry;
}

/** The earliest entry that may act; ties go to the smaller key, so that every reader of an item agrees. */
export function earliest(agenda: Agenda, may: (key: AgendaKey) => boolean = () => true): Next | undefined {
  let first: Next | undefined;
  for (const [key, entry] of Object.entries(agenda)) {
    if (entry.parked || !may(key)) continue;
    const before =
      !first || entry.dueAt < first.entry.dueAt || (entry.dueAt === first.entry.dueAt && key < first.key);
    if (before) first = { key, entry };
  }
  return first;
}

/** Where an item stands in the `due` index: which lane's shards, and from when on. */
export interface DuePlace {
  lane: Priority;
  dueAt: Instant;
}

/**
 * The place of an item in the index. While a claim is held nothing else of the item can go: a claim in doubt
 * waits for its grace, and one that is alive leaves the item where it stood (moving it would cost a write).
 */
export function duePlace(
  agenda: Agenda,
  claim: Claim | undefined,
  may: (key: AgendaKey) => boolean,
): DuePlace | undefined {
  if (claim) {
    const entry = agenda[claim.key];
    return {
      lane: entryPriority(claim.key),
      dueAt: claim.inDoubt ? doubtEnds(claim) : (entry?.dueAt ?? claim.until),
    };
  }
  const next = earliest(agenda, may);
  return next && { lane: entryPriority(next.key), dueAt: next.entry.dueAt };
}

const ISSUE = "issue_";

/** An issue's entry on a subscriber's agenda. It is there only while it is being sent, or is in doubt. */
export const issueKey = (slug: string): string => `${ISSUE}${slug}`;

export const isIssueKey = (key: string): boolean => key.startsWith(ISSUE);

export function withoutEntry(agenda: Agenda, drop: (key: AgendaKey) => boolean): Agenda {
  return Object.fromEntries(Object.entries(agenda).filter(([key]) => !drop(key)));
}
