import * as z from "zod/mini";

/*
 * What goes in and out of the API. Bodies are read by these schemas, and the OpenAPI document is made from them. What is not
 * named here is refused, so that a misspelt field is not taken for nothing.
 */

const MOST_TAGS = 50;
const LONGEST = 300;

/** @param more what the document says besides: a form, an example */
const described = <T extends z.core.$ZodType>(
  schema: T,
  description: string,
  more: Record<string, unknown> = {},
): T => {
  z.globalRegistry.add(schema, { description, ...more });
  return schema;
};

/** Half of a character of two halves, which JSON can hold and neither DynamoDB nor a mail takes. */
const HALF = /\p{Surrogate}/u;
const text = (error = "is not a text") =>
  z.string(error).check(
    z.maxLength(LONGEST, "is too long"),
    z.refine((given) => !HALF.test(given), "holds half a character"),
  );
const answers = z.record(
  text(),
  text("is not a text: the slug of an option, or a short text"),
  "is not an object of answers",
);

export const signUpBody = z.strictObject({
  email: described(text("is missing, or not a text"), "The address, as its owner typed it.", {
    examples: ["ann@acme.example"],
  }),
  list: z.optional(
    described(text(), "A course's slug, or `newsletter`; the first course, unless told.", {
      examples: ["newsletter"],
    }),
  ),
  firstName: z.optional(text()),
  zone: z.optional(
    described(text(), "IANA time zone; the stage's own, unless told.", { examples: ["Europe/Berlin"] }),
  ),
  language: z.optional(described(text(), "One of the list's languages, by its tag.")),
  newsletter: z.optional(
    described(z.boolean("is not true or false"), "Whether the newsletter is asked for beside a course."),
  ),
  answers: z.optional(described(answers, "By the slug of a question of the list.")),
  network: z.optional(
    described(
      text(),
      "The address (IPv4 or IPv6) of the reader's own machine. Limits count by its network; without it all who sign up by your server share yours.",
      { examples: ["203.0.113.7"] },
    ),
  ),
  source: z.optional(
    described(text(), "Where they asked, for the record of consent: the path or the name of your form."),
  ),
});

export const searchBody = z.strictObject({
  email: described(text("is missing, or not a text"), "Any spelling of it that its owner might type.", {
    examples: ["ann@acme.example"],
  }),
});

const STATUSES = ["unconfirmed", "active", "stopped"] as const;

export const listQuery = z.strictObject({
  limit: z.optional(
    described(
      z.string().check(z.regex(/^([1-9]|[1-4][0-9]|50)$/, "is no number from 1 to 50")),
      "How many; 20, unless told.",
      // A query is text; what it says is a number.
      { type: "integer", minimum: 1, maximum: 50, pattern: undefined },
    ),
  ),
  cursor: z.optional(described(text(), "`next` of the page before.")),
  status: z.optional(z.enum(STATUSES, `is none of ${STATUSES.join(", ")}`)),
  tag: z.optional(text()),
});

export const patchBody = z.strictObject({
  firstName: z.optional(described(z.nullable(text("is not a text or null")), "null takes it away.")),
  language: z.optional(described(text(), "One that one of your courses speaks, by its tag.")),
  tags: z.optional(
    described(
      z
        .array(text("is not a text"), "is not a list")
        .check(z.maxLength(MOST_TAGS, `is more than ${MOST_TAGS} tags`)),
      "All of them: those that are not named are taken away.",
    ),
  ),
  answers: z.optional(
    described(
      z.record(
        text(),
        z.record(text(), z.nullable(text("is not a text or null")), "is not an object of answers"),
        "is not an object of courses",
      ),
      "By course and question; null takes an answer away.",
    ),
  ),
});

export const leaveBody = z.strictObject({
  list: described(text("is missing, or not a text"), "A course's slug, `newsletter`, or `everything`."),
});

const instant = described(z.string(), "ISO 8601, UTC.");
const course = z.object({
  course: z.string(),
  status: z.enum(["inert", "active", "paused", "completed", "left"]),
  run: z.number(),
  startedAt: instant,
  completedAt: z.optional(instant),
  lessonsHad: z.number(),
  answers: z.record(z.string(), z.string()),
});

export const subscriberView = z.object({
  id: described(z.string(), "Random; it stays the same whatever they change."),
  email: z.string(),
  firstName: z.nullable(z.string()),
  status: z.enum(STATUSES),
  stoppedBy: z.nullable(z.enum(["reader", "never", "bounce", "complaint", "owner"])),
  newsletter: z.boolean(),
  language: z.nullable(z.string()),
  zone: z.string(),
  tags: z.array(z.string()),
  createdAt: instant,
  courses: z.array(course),
});

export const subscribersView = z.object({
  subscribers: z.array(subscriberView),
  next: described(z.nullable(z.string()), "The cursor of the next page; null on the last."),
});

const lesson = z.object({ slug: z.string(), title: z.string(), sentAt: z.nullable(instant) });
export const progressView = z.object({
  courses: z.array(
    z.object({
      course: z.string(),
      status: course.shape.status,
      run: z.number(),
      had: z.array(lesson),
      next: z.nullable(z.object({ slug: z.string(), title: z.string(), dueAt: z.nullable(instant) })),
      of: described(
        z.nullable(z.number()),
        "How many lessons the run has in all; null where answers can still change it.",
      ),
    }),
  ),
});

const question = z.object({
  slug: z.string(),
  label: z.string(),
  kind: z.enum(["choice", "text"]),
  isNeeded: z.boolean(),
  options: z.array(z.object({ slug: z.string(), label: z.string() })),
});
export const listsView = z.object({
  lists: z.array(
    z.object({
      list: z.string(),
      title: z.string(),
      languages: z.array(z.string()),
      agreement: described(
        z.string(),
        "What is agreed to: show it beside your form's button. It is recorded as what was shown.",
      ),
      newsletterAgreement: z.nullable(z.string()),
      questions: z.array(question),
    }),
  ),
});

export const askedView = z.object({
  status: described(
    z.enum(["asked"]),
    "A confirmation is on its way, if the address may get one. The same for every address.",
  ),
});
