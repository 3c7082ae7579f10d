/** Kinds of replies that are told of: what a person wrote, and is known to be the reader's. */
export const TOLD_REPLIES = [
  ...["reflection", "very-short", "question", "command"],
  ...["unsubscribe", "unclear-leaving", "unclear-command", "unparsed"],
] as const;
