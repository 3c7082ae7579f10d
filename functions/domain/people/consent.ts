import { createHash } from "node:crypto";
import type { Course } from "../course/course.ts";
import type { Settings } from "../settings.ts";
import type { Instant } from "../time.ts";
import { toNetwork } from "./address.ts";
import type { Consent } from "./subscriber.ts";

/**
 * The words that people agreed to, by the name that their consent record keeps. A text is never edited: a change
 * of words is a new name, so that a record of years ago can still be shown in full (GDPR art. 7(1)).
 * What stands in brackets is filled in from the stage and the course; the record keeps a hash of the whole.
 */
export const CONSENT_TEXTS = {
  "sign-up-2":
    "By signing up you ask [owner] to email you this course: a welcome, [lessons] lessons, and answers to your replies. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "sign-up-1":
    "By signing up you ask [owner] to email you this course: a welcome, twelve lessons, and answers to your replies. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "privacy-1":
    "We keep your address, your settings and what you write: to run the course, and for nothing else. [author] and the person who runs this system can read replies. There are no tracking pixels, and clicks are not counted. The email that a reply came in is removed after [inboxDays] days, a sign-up that is not confirmed after [unconfirmedDays]. From your own page, linked in every email, you can download or erase everything.",
  "newsletter-1": "Also send me the newsletter, now and then. You can leave it on its own.",
  "confirm-1": "Yes, start the course",
  "sign-up-2-de":
    "Mit der Anmeldung bitten Sie [owner], Ihnen diesen Kurs per E-Mail zu senden: eine Begrüßung, [lessons] Lektionen und Antworten auf das, was Sie schreiben. Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben, um den Kurs zu betreiben. Was Sie schreiben, können [author] und die Person lesen, die dieses System betreibt, sonst niemand; nichts wird verkauft. Abmelden können Sie sich jederzeit mit einem Klick; auf Ihrer Seite können Sie alles herunterladen oder löschen.",
  "privacy-1-de":
    "Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben: um den Kurs zu betreiben, und für nichts anderes. [author] und die Person, die dieses System betreibt, können Antworten lesen. Es gibt keine Zählpixel, und Klicks werden nicht gezählt. Die E-Mail, in der eine Antwort kam, wird nach [inboxDays] Tagen entfernt, eine Anmeldung, die nicht bestätigt wird, nach [unconfirmedDays]. Auf Ihrer eigenen Seite, zu der jede E-Mail führt, können Sie alles herunterladen oder löschen.",
  "newsletter-1-de": "Senden Sie mir hin und wieder auch den Newsletter. Er lässt sich einzeln abbestellen.",
  "confirm-1-de": "Ja, den Kurs beginnen",
  "undo-1": "Undo, within 30 minutes, of a leaving by mistake",
  "page-1": "A button on the reader's own page",
  "owner-1": "Done by the owner, for the reason in the record's evidence",
  "leave-1": "Leave, by the link or the button of a mail, or on the reader's own page",
  "import-1":
    "What was agreed to elsewhere, before the owner moved the list here: the record's evidence has the words",
} as const;
type ConsentText = keyof typeof CONSENT_TEXTS;

/** What a page shows and records where somebody agrees. */
interface Agreeing {
  signUp: ConsentText;
  privacy: ConsentText;
  newsletter: ConsentText;
  confirm: ConsentText;
}

/** By language, as they stand now. A course can only be in a language of which there are these words. */
const AGREEING = {
  en: { signUp: "sign-up-2", privacy: "privacy-1", newsletter: "newsletter-1", confirm: "confirm-1" },
  de: {
    signUp: "sign-up-2-de",
    privacy: "privacy-1-de",
    newsletter: "newsletter-1-de",
    confirm: "confirm-1-de",
  },
} as const satisfies Record<string, Agreeing>;

export const CONSENT_LANGUAGES: readonly string[] = Object.keys(AGREEING);

/** @param language of the page on which it is agreed */
export const agreementText = (language: string | undefined): Agreeing =>
  (AGREEING as Record<string, Agreeing>)[language ?? "en"] ?? AGREEING.en;

/** What is recorded of a button that is not an agreement. It is about the words, and not in them. */
export const LEAVE_TEXT: ConsentText = "leave-1";
export const UNDO_TEXT: ConsentText = "undo-1";
const OWNER_TEXT: ConsentText = "owner-1";

/** Who asks for the consent, on whose stage. */
export interface Asking {
  settings: Pick<Settings, "ownerName" | "retention">;
  course: Pick<Course, "attribution" | "lessons">;
}

/** A consent text in full, as it is shown. Most name nobody. */
export function consentText(name: ConsentText, asking?: Asking): string {
  if (!asking) return CONSENT_TEXTS[name];
  const { settings, course } = asking;
  const { inboxDays, unconfirmedDays } = settings.retention;
  return CONSENT_TEXTS[name]
    .replaceAll("[owner]", settings.ownerName)
    .replaceAll("[author]", course.attribution.author)
    .replaceAll("[lessons]", String(course.lessons.length))
    .replaceAll("[inboxDays]", String(inboxDays))
    .replaceAll("[unconfirmedDays]", String(unconfirmedDays));
}

/** What was read before a button was pressed. */
export type Shown = Pick<Consent, "text" | "notice" | "textHash">;

/** The words of a button or a line. @param notice the privacy notice, where one stood beside it */
export function shown(text: ConsentText, asking?: Asking, notice?: ConsentText): Shown {
  const words = [text, ...(notice ? [notice] : [])].map((name) => consentText(name, asking));
  const textHash = createHash("sha256").update(words.join("\n")).digest("hex");
  return { text, ...(notice && { notice }), textHash };
}

const LONGEST_USER_AGENT = 200;

/** What a record needs besides the event: where it was pressed, from which network, with what. */
export interface Origin extends Pick<Consent, "source" | "form" | "locale"> {
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
export const LANDING_FORM = "landing-1";
export const OWN_SITE_FORM = "own-site-1";
/** A form from before they said it. */
const UNVERSIONED_FORM = "unversioned";
const FORM_VERSION = /^(landing|own-site)-[1-9]\d{0,2}$/;

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
  words: Shown,
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
