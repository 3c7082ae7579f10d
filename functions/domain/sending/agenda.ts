import type { Instant } from "../time.ts";
import type { Claim } from "./claim.ts";
import { doubtEnds } from "./claim.ts";
import type { AgendaKey, Dispatch } from "./dispatch.ts";
import { ACTS, type DispatchKind, isMailKind, mailKind, type Priority } from "./mail-kinds.ts";

export interface AgendaEntry {
  dueAt: Instant;
  /** How often a claim for it died without a word in the ledger. The second doubt parks the entry. */
  doubts: number;
  /** How often SES answered instead that it was out of service, and no word came that it took the mail. */
  outages?: number;
  /** Parked: not sent until a person looks at it. Holds what comes behind it. */
  parked?: boolean;
  /** Prompt, notice: the reflection that it answers. Look-back: the one that it quotes; letter: the one that it quoted when it was claimed. */
  reflection?: string;
  /** Answer: what the owner wrote. */
  answer?: string;
  /** Relay: whose reflection it is, and where. */
  about?: { subscriber: string; list: string; run: number };
  /** Where it goes, if that is not its person's own address: to one that they want to have, or had. */
  to?: string;
  /** Lesson: the days that it waits after the one before, where its author says so; else the pace counts. */
  after?: number;
  /** Lesson 1 of a cohort: the day on which the course begins, `2027-01-12` on the reader's clock. */
  notBefore?: string;
  /** Prompt: which of the lesson's prompts. */
  answers?: "substantial" | "very-short" | "question";
  /** Completion: the letters that it announced when it was claimed, by their slugs. */
  announces?: string[];
}

/** What a mail says that must be known once it has left. It is written with the claim, on the entry that the mail is of. */
export type SaidInMail = Pick<AgendaEntry, "announces" | "reflection">;

/** It was claimed before and may have left. */
export const wasTried = ({ doubts, outages = 0 }: AgendaEntry): boolean => doubts + outages > 0;

/** What is to happen when; the earliest entry is the item's place in the `due` index. */
export type Agenda = Record<AgendaKey, AgendaEntry>;

export const LESSON_KEY = "lesson" satisfies DispatchKind;
export const WELCOME_KEY = "welcome" satisfies DispatchKind;
export const COMPLETION_KEY = "completion" satisfies DispatchKind;
export const RESUME_KEY = "resume" satisfies keyof typeof ACTS;
export const FINISH_STOP_KEY = "finish-stop" satisfies keyof typeof ACTS;
export const FORGET_ADDRESS_KEY = "forget-address" satisfies keyof typeof ACTS;
export const ERASE_AGAIN_KEY = "erase-again" satisfies keyof typeof ACTS;

/** The key of a mail that has a slug: `prompt_<lesson>`. */
export const mailKey = (kind: DispatchKind, slug: string): AgendaKey => `${kind}_${slug}`;

/** True for the key of a mail of this kind; where `slug` is given, of one whose slug begins with it. */
export const isMailKey = (kind: DispatchKind, key: AgendaKey, slug = ""): boolean =>
  key.startsWith(mailKey(kind, slug));

/** A mail by its kind and slug; whom it goes to is told by the item whose agenda it stands on. */
export type MailName = Pick<Dispatch, "kind" | "slug">;

/** The mail that a key is about: a kind without a slug is its own slug. Undefined for an act. */
export function readKey(key: AgendaKey): MailName | undefined {
  const [kind = "", slug = kind] = key.split("_");
  return isMailKind(kind) ? { kind, slug } : undefined;
}

/** How soon an entry leaves. Bulk shards hold pages of readers only: an issue on one reader's agenda goes with the lessons. */
function entryPriority(key: AgendaKey): Exclude<Priority, "bulk"> {
  if (Object.hasOwn(ACTS, key)) return ACTS[key as keyof typeof ACTS];
  const read = readKey(key);
  return read && mailKind(read.kind).priority === "urgent" ? "urgent" : "lesson";
}

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

export interface NextEntry {
  key: AgendaKey;
  entry: AgendaEntry;
}

/** The earliest entry that may act; ties go to the smaller key, so that every reader of an item agrees. */
export function earliest(
  agenda: Agenda,
  may: (key: AgendaKey) => boolean = () => true,
): NextEntry | undefined {
  let first: NextEntry | undefined;
  for (const [key, entry] of Object.entries(agenda)) {
    if (entry.parked || !may(key)) continue;
    const before =
      !first || entry.dueAt < first.entry.dueAt || (entry.dueAt === first.entry.dueAt && key < first.key);
    if (before) first = { key, entry };
  }
  return first;
}

/** Where an item stands in the `due` index: in the shards of which priority, and from when on. */
export interface DuePlace {
  priority: Exclude<Priority, "bulk">;
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
      priority: entryPriority(claim.key),
      dueAt: claim.inDoubt ? doubtEnds(claim) : (entry?.dueAt ?? claim.until),
    };
  }
  const next = earliest(agenda, may);
  return next && { priority: entryPriority(next.key), dueAt: next.entry.dueAt };
}

export function withoutEntry(agenda: Agenda, drop: (key: AgendaKey) => boolean): Agenda {
  return Object.fromEntries(Object.entries(agenda).filter(([key]) => !drop(key)));
}
