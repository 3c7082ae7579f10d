import type { Instant } from "./time.ts";

/** What a reply turned out to be. Reflection, very short and question stand in the journal. */
export type ReplyKind =
  | "reflection"
  | "very-short"
  | "question"
  | "unsubscribe"
  | "command"
  | "auto-reply"
  | "out-of-office"
  | "delivery-report"
  | "loop"
  | "virus"
  | "spam"
  | "foreign-sender"
  | "unmatched"
  | "unparsed";

/** A reader's own words in reply to a lesson. */
export interface Reflection {
  kind: "reflection";
  /** Hash of the reply's RFC Message-ID: the same mail, however often it comes, is the same reflection. */
  id: string;
  subscriber: string;
  course: string;
  run: number;
  /** The lesson, or the slug of whatever dispatch was replied to. */
  lesson: string;
  /** The dispatch that was replied to. */
  inReplyTo: string;
  receivedAt: Instant;
  replyKind: ReplyKind;
  /** Why it was taken for that kind, in words. */
  reason: string;
  ownWords: string;
  subject: string;
  /** Of the reader's mail, with angle brackets: our answer threads by them (RFC 5322 §3.6.4). */
  messageId: string;
  references: string[];
  attachments: { name: string; type: string; size: number }[];
  /** Key of the raw mail in the inbox bucket. */
  raw: string;
}

export const inJournal = (reflection: Reflection): boolean =>
  ["reflection", "very-short", "question"].includes(reflection.replyKind);
