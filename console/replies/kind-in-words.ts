import type { ReplyKind } from "../../functions/domain/replies/reflection.ts";

/** What a reply is, for its owner. */
export const KIND_IN_WORDS: Readonly<Record<ReplyKind, string>> = {
  reflection: "reflection",
  question: "question",
  grave: "grave news",
  "very-short": "a word or two",
  command: "a request",
  unsubscribe: "leaving",
  "unclear-leaving": "leaving, perhaps",
  "unclear-command": "a request, perhaps",
  "foreign-sender": "from elsewhere",
  unparsed: "not readable",
  unmatched: "unmatched",
  "owner-answer": "your answer",
  "delivery-report": "delivery report",
  "out-of-office": "out of office",
  "auto-reply": "automatic",
  loop: "a loop",
  virus: "virus",
  spam: "spam",
};
