import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** A reader's reply to lesson `one` of `course`, as it is kept. What a test is about, it says itself. */
export const aReflection = (
  subscriber: string,
  receivedAt: Instant,
  change: Partial<Reflection> = {},
): Reflection => ({
  kind: "reflection",
  id: "r1",
  subscriber,
  course: "course",
  run: 1,
  lesson: "one",
  inReplyTo: "x",
  receivedAt,
  replyKind: "reflection",
  reason: "own words",
  ownWords: "My words",
  subject: "Re: one",
  messageId: "<a@b.example>",
  references: [],
  attachments: [],
  raw: "raw/1",
  ...change,
});
