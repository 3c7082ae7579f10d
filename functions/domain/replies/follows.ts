import type { ReplyKind } from "./reflection.ts";

/**
 * acted: what was asked for is done, and its reader is told (an exact word to leave is obeyed in silence). answered: one
 * automatic mail, at most. passed on: the owner gets it, and no machine answers. machine: nobody wrote it, or nobody
 * should read it; it is kept, and nothing is sent.
 */
export type Follows = "acted" | "answered" | "passed on" | "machine";

/** What follows from each kind of reply: exactly one. `docs/ARCHITECTURE.md` says the same for people. */
export const FOLLOWS: Readonly<Record<ReplyKind, Follows>> = {
  unsubscribe: "acted",
  command: "acted",
  reflection: "answered",
  "very-short": "answered",
  question: "answered",
  "unclear-leaving": "answered",
  "unclear-command": "answered",
  grave: "passed on",
  "foreign-sender": "passed on",
  unparsed: "passed on",
  unmatched: "passed on",
  "owner-answer": "passed on",
  "delivery-report": "machine",
  "out-of-office": "machine",
  "auto-reply": "machine",
  loop: "machine",
  virus: "machine",
  spam: "machine",
};
