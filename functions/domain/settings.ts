import * as z from "zod/mini";

/** What an owner sets per stage and the functions need. Checked once, where the environment is read. */
export const stageSchema = z.object({
  stage: z.string(),
  /** Carries From, Reply-To and the inbound MX. */
  mailDomain: z.string(),
  /** The local part of From; the display name is the course's. */
  senderLocalPart: z.string(),
  ownerName: z.string(),
  ownerMailbox: z.string(),
  /** In every mail (CAN-SPAM §7704(a)(5)); one line. */
  postalAddress: z.string(),
  /** IANA zone for readers whose browser did not tell one. */
  defaultZone: z.string(),
  lanes: z.int(),
  /** Slugs of those that can be signed up for; the first has the front door. */
  courses: z.array(z.string()),
  promptDelayMinutes: z.int(),
  /** What happens to readers is told on the stage's bus; without it nothing is written for that. */
  events: z.optional(z.boolean()),
  /** …with their addresses. */
  eventsWithAddresses: z.optional(z.boolean()),
  /** Whether a course pauses for a reader of whom nothing is heard; else it only asks whether it is useful. */
  pauseSilentReaders: z.boolean(),
  /** Issues of the newsletter can be read on the web by everybody, once they have begun to leave. */
  archive: z.boolean(),
  /** Confirmations are at most this share of what SES grants in a day. */
  confirmationShare: z.number(),
  /** Pages of the owner's own after the form, and after the first confirmation of a list: paths of the site, or https addresses. */
  thanks: z.optional(z.object({ asked: z.optional(z.string()), confirmed: z.optional(z.string()) })),
  /** A young domain's ramp: mails on its first day, and how many times as many on each day after. */
  warmUp: z.optional(z.object({ from: z.int(), factor: z.number() })),
  /** Networks, domains and addresses whose sign-ups have no limit of their own. */
  letIn: z.array(z.string()),
  /** A page of graphs in CloudWatch, and the metrics for it. */
  dashboard: z.boolean(),
  /** In days. Said to readers where they agree; the table forgets by the last, the buckets and logs by the others. */
  retention: z.object({ logDays: z.int(), inboxDays: z.int(), unconfirmedDays: z.int() }),
});

/** …and what is only known once it is deployed. */
export const settingsSchema = z.extend(stageSchema, {
  /** Where its pictures answer: `https://…` without a trailing slash. */
  pictureOrigin: z.string(),
});
export type Settings = z.infer<typeof settingsSchema>;
