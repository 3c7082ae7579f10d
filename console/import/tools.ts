/** What a column can tell about a person. */
export type ImportField =
  | "email"
  | "first-name"
  | "zone"
  | "language"
  | "tags"
  | "joined"
  | "newsletter"
  | "course"
  | "status"
  | "stopped-by"
  | "left";

/** A tool whose exports are known by their headings, each folded (`Email Address` is `email_address`). */
export interface Tool {
  name: string;
  /** It is this tool's if all of these are there, … */
  all?: string[];
  /** … none of these … */
  none?: string[];
  /** … and at least so many of those. */
  some?: { of: string[]; least: number };
  fields: Partial<Record<ImportField, string[]>>;
  /** Headings that are its people's state, whatever stands below them. */
  status?: string[];
  /** Headings that are about what somebody pays, though they sound of leaving. */
  money?: string[];
  /** What `inactive` says of somebody there. */
  inactive?: "unconfirmed";
}

const EMAIL_HEADINGS = [
  "email",
  "email_address",
  "e_mail",
  "e_mail_address",
  "subscriber_email",
  "emailadresse",
  "email_adresse",
  "e_mail_adresse",
  "adresse_e_mail",
  "adresse_email",
  "adresse_electronique",
  "courriel",
  "correo_electronico",
  "direccion_de_correo_electronico",
  "direccion_de_email",
  "correo",
];
const FIRST_NAMES = ["first_name", "fname", "firstname", "given_name", "vorname", "prenom", "nombre"];
const ZONES = ["timezone", "time_zone", "zeitzone", "fuseau_horaire", "zona_horaria"];
/** A full name is kept whole, as the one by which its reader is greeted. */
const NAMES = [...FIRST_NAMES, "name", "full_name"];

/** What the exports of all tools call their columns. */
const COMMON: Tool["fields"] = {
  email: EMAIL_HEADINGS,
  "first-name": NAMES,
  zone: ZONES,
  tags: ["tags", "labels", "groups"],
  joined: [
    "confirmed_at",
    "created_at",
    "created",
    "creation_date",
    "joined",
    "joined_at",
    "subscribed_at",
    "subscribe_date",
    "signup_date",
    "sign_up_date",
    "date_added",
    "timestamp",
  ],
};

/** In this order: the first whose headings are there. */
export const TOOLS: readonly Tool[] = [
  {
    name: "Coursepost",
    all: ["email", "status", "stopped_by", "newsletter", "joined"],
    fields: {
      email: ["email"],
      "first-name": ["first_name"],
      zone: ["zone"],
      language: ["language"],
      tags: ["tags"],
      joined: ["joined"],
      newsletter: ["newsletter"],
      course: ["course"],
      status: ["status"],
      "stopped-by": ["stopped_by"],
    },
  },
  {
    // The headings of the person's own fields are in the owner's language; these are the same in all.
    name: "Mailchimp",
    some: {
      of: ["member_rating", "optin_time", "confirm_time", "leid", "euid", "unsub_time", "clean_time"],
      least: 2,
    },
    fields: { ...COMMON, "first-name": FIRST_NAMES, joined: ["confirm_time", "optin_time"] },
  },
  {
    name: "Substack",
    all: ["email_disabled"],
    // Ghost has both.
    none: ["subscribed_to_emails"],
    fields: { ...COMMON, joined: [...(COMMON.joined ?? []), "start_date"] },
    money: ["active_subscription", "cancel_date", "expiry"],
  },
  { name: "Ghost", all: ["subscribed_to_emails"], fields: COMMON },
  {
    name: "listmonk",
    all: ["uuid", "status"],
    some: { of: ["attributes", "attribs", "updated_at", "lists"], least: 1 },
    fields: COMMON,
  },
  {
    name: "Buttondown",
    some: {
      of: [
        "type",
        "subscriber_type",
        "creation_date",
        "secondary_id",
        "referrer_url",
        "unsubscription_date",
        "undeliverability_date",
        "churn_date",
      ],
      least: 2,
    },
    fields: COMMON,
    status: ["type", "subscriber_type"],
  },
  {
    name: "MailerLite",
    some: {
      of: [
        "subscriber",
        "subscribed",
        "subscribed_at",
        "subscribe_date",
        "unsubscribed_at",
        "unsubscribe_date",
        "opted_in_at",
        "optin_ip",
        "sent",
        "opens",
        "clicks",
        "opens_count",
        "clicks_count",
      ],
      least: 2,
    },
    fields: {
      ...COMMON,
      email: [...EMAIL_HEADINGS, "subscriber"],
      joined: ["opted_in_at", "subscribed_at", "subscribed", "subscribe_date", ...(COMMON.joined ?? [])],
    },
  },
  {
    name: "Sendy",
    all: ["name"],
    some: {
      of: [
        "last_activity",
        "last_campaign",
        "bounce_soft",
        "unsubscribed",
        "bounced",
        "complaint",
        "confirmed",
        "double_opt_in",
        "gdpr",
      ],
      least: 2,
    },
    fields: COMMON,
  },
  {
    name: "Beehiiv",
    all: ["status"],
    some: {
      of: [
        "subscription_tier",
        "subscription_premium_tier_names",
        "subscription_premium_tiers",
        "referring_site",
        "referral_code",
        "referral_count",
        "acquisition_source",
        "utm_channel",
        "utm_source",
        "utm_medium",
        "utm_campaign",
      ],
      least: 2,
    },
    fields: COMMON,
  },
  {
    name: "Kit",
    some: { of: ["first_name", "created_at", "state", "status"], least: 3 },
    fields: COMMON,
    status: ["state", "status"],
    inactive: "unconfirmed",
  },
];

/** A list of any tool whose headings say who is who, and who may be written to. */
export const ANY_TOOL: Tool = { name: "its headings say", fields: COMMON };
