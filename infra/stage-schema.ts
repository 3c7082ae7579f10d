import { z } from "zod";
import { SettingsError } from "../cli/settings-error.ts";
import { isZone } from "../functions/domain/course/schedule.ts";
import { EVENT_TYPES, type EventType } from "../functions/domain/events/reader-event.ts";
import { isLetInEntry } from "../functions/domain/people/limits.ts";
import { REHEARSAL_LOCAL_PART } from "../functions/domain/people/rehearsal.ts";
import { REPORTS_LOCAL_PART } from "../functions/domain/sending/dmarc.ts";
import { thanksProblem } from "../functions/domain/thanks.ts";
import { findUrl } from "../functions/domain/url.ts";
import { RECEIVING_REGIONS, RECEIVING_REGIONS_AS_OF } from "./receiving-regions.ts";

/** Readers write to these, so the sender cannot be one of them. */
export const INBOUND_LOCAL_PARTS = ["reply", "relay", "unsubscribe", "postmaster", "abuse"] as const;

const domain = z
  .string()
  .regex(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
    "must be a domain name in lower case, such as course.yourdomain.org",
  );

const mailbox = z.email("must be an email address");

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be a slug: lower-case letters, digits, hyphens");

const thanksAddress = z
  .string()
  .superRefine((address, { addIssue }) => {
    const message = thanksProblem(address);
    if (message) addIssue({ code: "custom", message });
  })
  .optional();

/** `http://localhost` is for trying on one machine. */
function mayBeCalled(text: string): boolean {
  const url = findUrl(text);
  if (!url || url.username || url.password || url.hash) return false;
  if (url.protocol === "http:") return url.hostname === "localhost";
  return url.protocol === "https:" && /\.[a-z][a-z0-9-]*$/i.test(url.hostname);
}

const oneLine = z.string().regex(/^[^\r\n]{10,200}$/, "must be one line of 10 to 200 characters");

const stageSchema = z
  .object({
    /** Names the stack: `coursepost-<stage>`. */
    stage: slug,
    /** Production keeps its table whatever happens to the stack, and needs a web domain of its own. */
    production: z.boolean(),
    /** 12 digits. Without it, the account of the credentials that deploy. */
    account: z
      .string()
      .regex(/^\d{12}$/, "must be 12 digits")
      .optional(),
    region: z.enum(RECEIVING_REGIONS, {
      error: `must be a region where SES receives mail: ${RECEIVING_REGIONS.join(", ")} (as of ${RECEIVING_REGIONS_AS_OF}; infra/receiving-regions.ts)`,
    }),
    /** Carries From, Reply-To and the inbound MX: a subdomain that nothing else receives mail at. */
    mailDomain: domain,
    /** The landing page, and every link in every mail. */
    webDomain: domain.optional(),
    /** ACM certificate of the web domain, in the stage's region. */
    certificateArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
        "must be the ARN of an ACM certificate",
      )
      .optional(),
    /**
     * Where the pictures of mails answer. Without it, CloudFront's own name does: it works as well, and is one that
     * readers do not know.
     */
    pictureDomain: domain.optional(),
    /** ACM certificate of the pictures' domain, in us-east-1, where CloudFront looks for all of its own. */
    pictureCertificateArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
        "must be the ARN of an ACM certificate in us-east-1, whatever the stage's region",
      )
      .optional(),
    /** The local part of From. */
    senderLocalPart: z
      .string()
      .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, "must be lower-case letters, digits, dots, hyphens"),
    ownerName: z.string().min(2),
    /** Questions of readers are relayed to it. */
    ownerMailbox: mailbox,
    /** In every mail, as CAN-SPAM asks. */
    postalAddress: oneLine,
    /** Hears when readers are hurt. AWS asks it to confirm after the first deploy. */
    alarmMailbox: mailbox,
    /** For readers whose browser did not tell a zone. */
    defaultZone: z.string().refine(isZone, "must be an IANA time zone, such as Europe/Berlin"),
    /** Deliverers; each drains about 150 mails a second, and those that SES's rate does not need stay idle. */
    lanes: z.int().min(1).max(8),
    /**
     * Slugs of folders in content/courses; the first has the front door, each has /courses/SLUG. With none, the stage has
     * its newsletter only.
     */
    courses: z.array(slug),
    /** How long a prompt waits after the reply that it answers. */
    promptDelayMinutes: z.int().min(0).max(1440),
    /** Pauses the course of readers of whom nothing is heard for nine lessons, after one mail that announces it. */
    pauseSilentReaders: z.boolean(),
    /** Shows the issues of the newsletter to everybody, at /newsletter, with a feed. */
    archive: z.boolean(),
    /**
     * Confirmations are at most this share of what SES grants in a day. A half: of a new account's 200 mails, a hundred
     * people are asked on the first day, and as many lessons leave while strangers play with the form.
     */
    confirmationShare: z.number().min(0.05).max(0.9),
    /**
     * A young domain's ramp, for the whole stage: mails on its first day, and how many times as many on each day after. It
     * ends by itself, where it has grown to what SES grants.
     */
    warmUp: z
      .strictObject({
        from: z
          .int("must be a whole number of mails")
          .min(10, "must be at least 10 mails a day")
          .max(100_000, "must be at most 100,000 mails a day"),
        factor: z
          .number()
          .min(1.05, "must be at least 1.05: a ramp grows")
          .max(3, "must be at most 3: providers distrust what grows faster"),
      })
      .optional(),
    /**
     * Pages of your own in the place of ours: after the form (it must say that an email with a button is on its way), and
     * after that button. A path of the website, or a whole https address.
     */
    thanks: z.strictObject({ asked: thanksAddress, confirmed: thanksAddress }).optional(),
    /** An office or a conference that signs up together: its network, its domain, or single addresses. */
    letIn: z.array(
      z
        .string()
        .refine(
          isLetInEntry,
          "must be an address, a domain, an IP number, or a network as /24 (IPv4) or /48 (IPv6)",
        ),
    ),
    /**
     * Languages whose words somebody who speaks them has read for you. Those of English and German were; a production
     * stage with a course in another is not deployed before.
     */
    languagesRead: z.array(z.string().min(2)),
    /** A page of graphs in CloudWatch: $3 a month beyond an account's first three, and about $3 for its metrics. */
    dashboard: z.boolean(),
    /**
     * Tells what happens to readers on an EventBridge bus of the stage, for other tools of yours (docs/EVENTS.md). Without it
     * nothing is written for that, and nothing of it is deployed.
     */
    events: z.boolean().optional(),
    /** …with the readers' addresses; without it by their random ids alone. */
    eventsWithAddresses: z.boolean().optional(),
    /**
     * Addresses of yours that are told of events, signed as Standard Webhooks says: which types (all of them if none is named),
     * and what the secret is called that you have put into Secrets Manager.
     */
    webhooks: z
      .array(
        z.strictObject({
          url: z
            .string()
            .max(500)
            .refine(mayBeCalled, "must be a whole https address with a domain name, without a user or a #"),
          events: z.array(z.enum(EVENT_TYPES as [EventType, ...EventType[]])).default([]),
          secretName: z
            .string()
            .regex(/^[A-Za-z0-9/_+=.@-]{1,200}$/, "must be the name of a secret in Secrets Manager"),
        }),
      )
      .max(5, "must be at most five: a rule of your own on the bus leads to more")
      .optional(),
    retention: z.object({
      /** Function and access logs. CloudWatch keeps such a number of days only. */
      logDays: z.literal([7, 14, 30, 60, 90]),
      /** Raw inbound mail. */
      inboxDays: z.int().min(7).max(3650),
      /** Sign-ups that are not confirmed. The confirmation's link works for seven days. */
      unconfirmedDays: z.int().min(7, "must be at least 7: a confirmation's link works for a week").max(90),
    }),
    /** Makes our receipt rule set the account's active one. It replaces the one that is active now. */
    activateRuleSet: z.boolean(),
    /** Name of a rule set that is active already: our rule is added to it, and nothing is replaced. */
    joinRuleSet: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be the name of a receipt rule set")
      .optional(),
  })
  .superRefine((stage, { addIssue }) => {
    const problem = (path: string, message: string) => addIssue({ code: "custom", path: [path], message });
    if (stage.production && !stage.webDomain)
      problem("webDomain", "is required in production: mailed links outlive an API's own address");
    if (stage.webDomain && !stage.certificateArn) problem("certificateArn", "is required with a web domain");
    if (stage.webDomain === stage.mailDomain)
      problem("webDomain", "must differ from mailDomain, which has an MX record");
    if (stage.pictureDomain && !stage.pictureCertificateArn)
      problem("pictureCertificateArn", "is required with a pictures' domain");
    if (stage.pictureCertificateArn && !stage.pictureDomain)
      problem("pictureDomain", "is required with its certificate");
    if (stage.pictureDomain && [stage.mailDomain, stage.webDomain].includes(stage.pictureDomain))
      problem("pictureDomain", "must differ from mailDomain and webDomain, which lead elsewhere");
    if (stage.certificateArn && !stage.certificateArn.includes(`:acm:${stage.region}:`))
      problem("certificateArn", `must be in the stage's region, ${stage.region}`);
    if (
      [...INBOUND_LOCAL_PARTS, REHEARSAL_LOCAL_PART, REPORTS_LOCAL_PART].some(
        (taken) => taken === stage.senderLocalPart,
      )
    )
      problem("senderLocalPart", "is taken by the course itself");
    for (const field of ["ownerMailbox", "alarmMailbox"] as const) {
      if (stage[field].toLowerCase().endsWith(`@${stage.mailDomain}`))
        problem(field, "must not be at mailDomain: its mail would come back to the course");
    }
    if (stage.eventsWithAddresses && !stage.events)
      problem("eventsWithAddresses", "tells nothing without events: true");
    if (stage.webhooks?.length && !stage.events) problem("webhooks", "are told nothing without events: true");
    if (new Set(stage.webhooks?.map(({ url }) => url)).size !== (stage.webhooks?.length ?? 0))
      problem("webhooks", "must have an address each: name all its events in one");
    if (stage.stage !== "local" && stage.webhooks?.some(({ url }) => !url.startsWith("https:")))
      problem("webhooks", "must be https: this machine's own are for the stage local alone");
    if (stage.activateRuleSet && stage.joinRuleSet)
      problem("joinRuleSet", "cannot go with activateRuleSet: join the active rule set, or replace it");
  });

/** All that an owner sets for a stage. */
export type StageSettings = z.infer<typeof stageSchema>;

/** Checks a stage's settings. Throws a SettingsError that lists every field with what to do. */
export function checkedStage(settings: z.input<typeof stageSchema>): StageSettings {
  const result = stageSchema.safeParse(settings);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) => `coursepost.config.ts: ${settings.stage}.${issue.path.join(".")}: ${issue.message}`,
  );
  throw new SettingsError(lines.join("\n"));
}

/** What coursepost.config.ts holds: the settings of each stage, by its name. */
export type Stages = Record<
  string,
  Readonly<
    Omit<z.input<typeof stageSchema>, "stage" | "courses" | "letIn" | "languagesRead" | "webhooks">
  > & {
    courses: readonly string[];
    letIn: readonly string[];
    /** Absent in a configuration of before there were several. */
    languagesRead?: readonly string[];
    webhooks?: readonly { url: string; events?: readonly EventType[]; secretName: string }[];
  }
>;
