import * as z from "zod/mini";
import { LEAVE_REASONS } from "../people/leave-reason.ts";
import { DISPATCH_KINDS } from "../sending/mail-kinds.ts";
import { TOLD_REPLIES } from "./told-replies.ts";

/*
 * What is told to other tools of what happens to a reader. The types are these schemas', docs/EVENTS.md is made from them,
 * and what comes to the webhooks' sender is read by them. An event names its reader by the random id, and never holds a
 * word that a reader wrote.
 */

const described = <T extends z.core.$ZodType>(schema: T, description: string): T => {
  z.globalRegistry.add(schema, { description });
  return schema;
};

const reader = described(
  z.string(),
  "The reader's random id. It stays the same whatever they change, and is nobody else's.",
);
const address = z.optional(
  described(
    z.string(),
    "Where the reader's mail went when the event was told. Only where the stage tells addresses.",
  ),
);
const who = { reader, address };
const list = described(
  z.string(),
  "A course's slug, `newsletter`, `account` (mail about the reader's own data), or `everything`.",
);
const course = described(z.string(), "The course's slug.");
const run = described(
  z.int().check(z.positive()),
  "1 for the first time through the course; starting again counts up.",
);
const by = described(
  z.enum(["self", "owner", "import", "mail-system"]),
  "Who did it: the reader, the owner, an import of the owner's, or a mail system that bounced or complained.",
);
const inCourse = { ...who, course, run };
const mail = {
  ...who,
  list,
  run,
  kind: described(z.enum(DISPATCH_KINDS as [string, ...string[]]), "What mail it is."),
  slug: described(
    z.string(),
    "The lesson, the part, the issue or the occasion; where there is none, the kind.",
  ),
  dispatch: described(
    z.string(),
    "The mail's own name, the same in all events about it and in no other mail's.",
  ),
};

/** What is known of each type of event, besides its id and its moment. */
const EVENT_DATA = {
  "reader.asked": described(
    z.object({ ...who, list, by }),
    "Someone asked for a list. They are not on it before they confirm, and it may not have been them.",
  ),
  "reader.confirmed": described(
    z.object({
      ...who,
      list,
      by,
      newsletter: z.optional(
        described(z.literal(true), "With the course they also began to get the newsletter."),
      ),
    }),
    "They pressed the button, or the owner proved their consent: they are on the list. Also when they take leaving back.",
  ),
  "reader.left": described(
    z.object({
      ...who,
      list,
      by,
      because: described(
        z.enum(["asked", "never", "bounce", "complaint", "owner"]),
        "`asked`: they left. `never`: they want no confirmation either. `bounce`, `complaint`: the mail system said so. `owner`: the owner stopped them.",
      ),
      why: z.optional(described(z.enum(LEAVE_REASONS), "What they clicked when they were asked why.")),
    }),
    "They are off the list; `everything` ends all of them. Nothing more is sent for it.",
  ),
  "reader.erased": described(
    z.object({ reader }),
    "All that was kept of them is gone. Delete what you hold under this id, and ignore what still comes for it.",
  ),
  "reader.replied": described(
    z.object({
      ...inCourse,
      slug: described(z.string(), "The lesson, or what else was replied to."),
      dispatch: described(z.string(), "The name of the mail that was replied to."),
      reply: described(z.string(), "The reply's own id, by which the owner's console shows it."),
      kind: described(
        z.enum(TOLD_REPLIES as unknown as [string, ...string[]]),
        "What the reply was taken for. What a person must answer with care is told as `reflection`. A machine's answer is not told.",
      ),
    }),
    "They wrote back, by mail or on the page. Their words stay with the course.",
  ),
  "course.began": described(
    z.object(inCourse),
    "The course begins for them, or begins anew with the next run.",
  ),
  "course.paused": described(
    z.object({
      ...inCourse,
      until: z.optional(described(z.string(), "When it goes on by itself, if they said so (ISO 8601).")),
    }),
    "No lessons until they resume.",
  ),
  "course.resumed": described(z.object(inCourse), "Lessons come again."),
  "course.finished": described(z.object(inCourse), "The last mail of the course was sent to them."),
  "course.move": described(
    z.object({
      ...inCourse,
      lesson: described(z.string(), "The slug of the lesson whose move it is."),
      outcome: described(
        z.enum(["made", "notYet", "noMoment", "takenBack"]),
        "What they said became of the lesson's one small move; `takenBack`: nothing any more.",
      ),
    }),
    "They said what became of a lesson's move. The last one counts.",
  ),
  "mail.sent": described(z.object(mail), "SES has taken the mail."),
  "mail.delivered": described(z.object(mail), "The reader's mail server has taken it."),
  "mail.bounced": described(
    z.object(mail),
    "It came back. If for good, `reader.left` of `everything` follows.",
  ),
  "mail.complained": described(
    z.object(mail),
    "The reader called it spam. `reader.left` of `everything` follows.",
  ),
  "mail.rejected": described(z.object(mail), "SES took the mail and did not send it: it found a virus."),
  "webhook.test": described(
    z.object({ reader: z.literal("nobody") }),
    "Nothing has happened: `console webhooks test` sends it, to webhooks alone.",
  ),
} as const;

export type EventType = keyof typeof EVENT_DATA;
export const EVENT_TYPES = Object.keys(EVENT_DATA) as EventType[];

const makeSchema = <T extends EventType>(type: T) =>
  z.object({
    id: described(z.string(), "Names the event, and it alone. It may be told twice under it, which is once."),
    type: z.literal(type),
    timestamp: described(z.string(), "When it happened (ISO 8601, UTC), which is not when it was told."),
    data: EVENT_DATA[type],
  });

/** An event as it is on the bus (its `detail`) and in the body of a webhook. */
export type EventOf<T extends EventType> = {
  id: string;
  type: T;
  timestamp: string;
  data: z.infer<(typeof EVENT_DATA)[T]>;
};
export type ReaderEvent = { [T in EventType]: EventOf<T> }[EventType];

/** The schema of each type. */
export const EVENT_SCHEMAS = Object.fromEntries(EVENT_TYPES.map((type) => [type, makeSchema(type)])) as {
  [T in EventType]: ReturnType<typeof makeSchema<T>>;
};

export const isEventType = (word: string): word is EventType => Object.hasOwn(EVENT_DATA, word);
