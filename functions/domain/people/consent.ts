import { createHash } from "node:crypto";
import { lessonsOffered } from "../course/branches.ts";
import type { Course } from "../course/course.ts";
import type { Settings } from "../settings.ts";
import type { Instant } from "../time.ts";
import { toNetwork } from "./address.ts";
import { CONSENT_TEXTS, type ConsentText } from "./consent-texts.ts";
import type { Consent } from "./subscriber.ts";

/** What is recorded of a button that is not an agreement. It is about the words, and not in them. */
export const LEAVE_TEXT: ConsentText = "leave-1";
export const UNDO_TEXT: ConsentText = "undo-1";
export const UNDO_VOICE_TEXT: ConsentText = "voice-back-1";
const OWNER_TEXT: ConsentText = "owner-1";
export const ADDRESS_BACK_TEXT: ConsentText = "address-back-1";
/** In the records of consent: what was changed is no list. */
export const ADDRESS = "address";
/** …nor is what others may read of one's answers. */
export const VOICE = "voice";

/** Who asks for the consent, on whose stage. */
export interface ConsentAsker {
  settings: Pick<Settings, "ownerName" | "retention">;
  course: Pick<Course, "attribution" | "lessons" | "questions" | "title">;
}

/** A consent text in full, as it is shown. Most contain no name. */
export function consentText(name: ConsentText, asking?: ConsentAsker): string {
  if (!asking) return CONSENT_TEXTS[name];
  const { settings, course } = asking;
  const { inboxDays, unconfirmedDays } = settings.retention;
  return CONSENT_TEXTS[name]
    .replaceAll("[owner]", settings.ownerName)
    .replaceAll("[title]", course.title)
    .replaceAll("[author]", course.attribution.author)
    .replaceAll("[lessons]", lessonsOffered(course))
    .replaceAll("[inboxDays]", String(inboxDays))
    .replaceAll("[unconfirmedDays]", String(unconfirmedDays));
}

/** What was read before a button was pressed. */
export type ShownConsent = Pick<Consent, "text" | "notice" | "textHash">;

/** The words of a button or a line. @param notice the privacy notice, where one stood beside it */
export function shown(text: ConsentText, asking?: ConsentAsker, notice?: ConsentText): ShownConsent {
  const words = [text, ...(notice ? [notice] : [])].map((name) => consentText(name, asking));
  const textHash = createHash("sha256").update(words.join("\n")).digest("hex");
  return { text, ...(notice && { notice }), textHash };
}

const LONGEST_USER_AGENT = 200;

/** What a record needs besides the event: where it was pressed, from which network, with what. */
export interface Origin extends Pick<Consent, "source" | "form" | "locale" | "from" | "referrer"> {
  network: string;
  userAgent: string | undefined;
}

/**
 * What a request tells for the record.
 * @param source the page on which the button was
 * @param course what that page was about: it speaks the course's language
 */
export function readOrigin(
  request: { ip: string; headers: Record<string, string> },
  source: string,
  course: Pick<Course, "language">,
): Origin {
  const userAgent = request.headers["user-agent"];
  return { source, network: toNetwork(request.ip), userAgent, locale: course.language };
}

/** The sign-up forms say which they are, in a hidden field: one on the owner's own site may be years old. */
export const LANDING_FORM = "landing-6";
export const OWN_SITE_FORM = "own-site-4";
export const SUBSCRIBE_FORM = "subscribe-5";
/** A form from before they said it. */
const UNVERSIONED_FORM = "unversioned";
const FORM_VERSION = /^(landing|own-site|subscribe)-[1-9]\d{0,2}$/;

export const formVersion = (claimed: string | undefined): string =>
  claimed !== undefined && FORM_VERSION.test(claimed) ? claimed : UNVERSIONED_FORM;

const LONGEST_ORIGIN = 100;

/** The path of a form, and the site that it stood on if that was another than ours. */
export function sourceOfForm(
  path: string,
  { headers }: { headers: Record<string, string> },
  webOrigin: string,
): string {
  const from = headers.origin ?? "";
  const isAnotherSite = /^https?:\/\/[\w.:-]+$/.test(from) && from !== webOrigin;
  return isAnotherSite && from.length <= LONGEST_ORIGIN ? `${path} on ${from}` : path;
}

/** A record of what was agreed to or withdrawn. @param at UTC */
export function consentRecord(
  event: Consent["event"],
  list: string,
  words: ShownConsent,
  at: Instant,
  origin: Origin,
): Consent {
  const { userAgent, ...where } = origin;
  const record: Consent = { event, at, list, ...words, ...where, actor: "self" };
  return userAgent ? { ...record, userAgent: printable(userAgent) } : record;
}

/** Header values are the caller's to choose: only printable ASCII of them is kept, and not much. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "").slice(0, LONGEST_USER_AGENT);

/** A record of what the owner did at the console, and why. */
export const ownersRecord = (
  event: Consent["event"],
  list: string,
  evidence: string,
  at: Instant,
): Consent => ({ event, at, list, ...shown(OWNER_TEXT), source: "console", actor: "owner", evidence });
