import { NEWSLETTER } from "../newsletter/issue.ts";
import { MORE_CONSENT_TEXTS } from "./consent-texts-more.ts";
import { VOICE_QUESTIONS } from "./voice-questions.ts";

/** In English and German, and those of the records that have no language. */
const OWN_TEXTS = {
  /** Of courses that send letters. */
  "sign-up-4":
    "By signing up you ask [owner] to email you this course: a welcome, [lessons] lessons, answers to your replies, a look back at your own words now and then, your journal at the end, and, where that announces it, a letter with your own words long after. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Unsubscribe at any time with one click; download or erase everything from your page.",
  "sign-up-3":
    "By signing up you ask [owner] to email you this course: a welcome, [lessons] lessons, answers to your replies, a look back at your own words now and then, and your journal at the end. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "sign-up-2":
    "By signing up you ask [owner] to email you this course: a welcome, [lessons] lessons, and answers to your replies. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "sign-up-1":
    "By signing up you ask [owner] to email you this course: a welcome, twelve lessons, and answers to your replies. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "privacy-1":
    "We keep your address, your settings and what you write: to run the course, and for nothing else. [author] and the person who runs this system can read replies. There are no tracking pixels, and clicks are not counted. The email that a reply came in is removed after [inboxDays] days, a sign-up that is not confirmed after [unconfirmedDays]. From your own page, linked in every email, you can download or erase everything.",
  "newsletter-1": "Also send me the newsletter, now and then. You can leave it on its own.",
  "confirm-1": "Yes, start the course",
  "newsletter-alone-1":
    "By signing up you ask [owner] to email you the newsletter “[title]”, now and then, and nothing else. We keep your address, your settings and what you write. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "newsletter-privacy-1":
    "We keep your address, your settings and what you write: to send the newsletter, and for nothing else. [author] and the person who runs this system can read replies. There are no tracking pixels, and clicks are not counted. The email that a reply came in is removed after [inboxDays] days, a sign-up that is not confirmed after [unconfirmedDays]. From your own page, linked in every email, you can download or erase everything.",
  "newsletter-confirm-1": "Yes, send me the newsletter",
  "sign-up-4-de":
    "Mit der Anmeldung bitten Sie [owner], Ihnen diesen Kurs per E-Mail zu senden: eine Begrüßung, [lessons] Lektionen, Antworten auf das, was Sie schreiben, hin und wieder einen Rückblick auf Ihre eigenen Worte, am Ende Ihr Tagebuch und, wenn es darin angekündigt ist, lange danach einen Brief mit Ihren eigenen Worten. Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben, um den Kurs zu betreiben. Was Sie schreiben, können [author] und die Person lesen, die dieses System betreibt, sonst niemand; nichts wird verkauft. Abmelden können Sie sich jederzeit mit einem Klick; auf Ihrer Seite können Sie alles herunterladen oder löschen.",
  "sign-up-3-de":
    "Mit der Anmeldung bitten Sie [owner], Ihnen diesen Kurs per E-Mail zu senden: eine Begrüßung, [lessons] Lektionen, Antworten auf das, was Sie schreiben, hin und wieder einen Rückblick auf Ihre eigenen Worte und am Ende Ihr Tagebuch. Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben, um den Kurs zu betreiben. Was Sie schreiben, können [author] und die Person lesen, die dieses System betreibt, sonst niemand; nichts wird verkauft. Abmelden können Sie sich jederzeit mit einem Klick; auf Ihrer Seite können Sie alles herunterladen oder löschen.",
  "sign-up-2-de":
    "Mit der Anmeldung bitten Sie [owner], Ihnen diesen Kurs per E-Mail zu senden: eine Begrüßung, [lessons] Lektionen und Antworten auf das, was Sie schreiben. Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben, um den Kurs zu betreiben. Was Sie schreiben, können [author] und die Person lesen, die dieses System betreibt, sonst niemand; nichts wird verkauft. Abmelden können Sie sich jederzeit mit einem Klick; auf Ihrer Seite können Sie alles herunterladen oder löschen.",
  "privacy-1-de":
    "Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben: um den Kurs zu betreiben, und für nichts anderes. [author] und die Person, die dieses System betreibt, können Antworten lesen. Es gibt keine Zählpixel, und Klicks werden nicht gezählt. Die E-Mail, in der eine Antwort kam, wird nach [inboxDays] Tagen entfernt, eine Anmeldung, die nicht bestätigt wird, nach [unconfirmedDays]. Auf Ihrer eigenen Seite, zu der jede E-Mail führt, können Sie alles herunterladen oder löschen.",
  "newsletter-1-de": "Senden Sie mir hin und wieder auch den Newsletter. Er lässt sich einzeln abbestellen.",
  "confirm-1-de": "Ja, den Kurs beginnen",
  "newsletter-alone-1-de":
    "Mit der Anmeldung bitten Sie [owner], Ihnen hin und wieder den Newsletter „[title]“ per E-Mail zu senden, und sonst nichts. Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben. Was Sie schreiben, können [author] und die Person lesen, die dieses System betreibt, sonst niemand; nichts wird verkauft. Abmelden können Sie sich jederzeit mit einem Klick; auf Ihrer Seite können Sie alles herunterladen oder löschen.",
  "newsletter-privacy-1-de":
    "Wir speichern Ihre Adresse, Ihre Einstellungen und was Sie schreiben: um den Newsletter zu senden, und für nichts anderes. [author] und die Person, die dieses System betreibt, können Antworten lesen. Es gibt keine Zählpixel, und Klicks werden nicht gezählt. Die E-Mail, in der eine Antwort kam, wird nach [inboxDays] Tagen entfernt, eine Anmeldung, die nicht bestätigt wird, nach [unconfirmedDays]. Auf Ihrer eigenen Seite, zu der jede E-Mail führt, können Sie alles herunterladen oder löschen.",
  "newsletter-confirm-1-de": "Ja, den Newsletter bekommen",
  "undo-1": "Undo, within 30 minutes, of a leaving by mistake",
  "page-1": "A button on the reader's own page",
  "address-1": "Yes, send my emails to this address",
  "address-1-de": "Ja, meine E-Mails an diese Adresse senden",
  "voice-back-1": "Take it back: others may not read it any more",
  "address-back-1": "Back to this address: the button of the mail that told of the change",
  "owner-1": "Done by the owner, for the reason in the record's evidence",
  "leave-1": "Leave, by the link or the button of a mail, or on the reader's own page",
  "import-1":
    "What was agreed to elsewhere, before the owner moved the list here: the record's evidence has the words",
} as const;

/**
 * The words that people agreed to, by the name that their consent record keeps. A text is never edited: a change
 * of words is a new name, so that a record of years ago can still be shown in full (GDPR art. 7(1)).
 * What stands in brackets is filled in from the stage and the course; the record keeps a hash of the whole.
 */
export const CONSENT_TEXTS = /* @__PURE__ */ (() => ({
  ...OWN_TEXTS,
  ...VOICE_QUESTIONS,
  ...MORE_CONSENT_TEXTS,
}))();
export type ConsentText = keyof typeof CONSENT_TEXTS;

/** What a page shows and records where someone asks for a list, and confirms it. */
interface AgreeingToList {
  signUp: ConsentText;
  privacy: ConsentText;
  confirm: ConsentText;
}

/** Of courses; the newsletter is agreed to beside one, or alone. */
interface Agreeing extends AgreeingToList {
  /** Of a course that sends letters after its end. */
  signUpWithLetters: ConsentText;
  newsletter: ConsentText;
  /** The button at a new address. */
  address: ConsentText;
  /** Beneath a prompt: whether others may read the answer. */
  voice: ConsentText;
  newsletterAlone: AgreeingToList;
}

/** Languages other than English, in which each text has its language at the end of its name. */
const SUFFIXED = ["de", "es", "fr", "pt-BR", "nl"] as const;
type Suffixed = (typeof SUFFIXED)[number];

const ENGLISH = {
  signUp: "sign-up-3",
  signUpWithLetters: "sign-up-4",
  privacy: "privacy-1",
  newsletter: "newsletter-1",
  address: "address-1",
  voice: "voice-1",
  confirm: "confirm-1",
  newsletterAlone: {
    signUp: "newsletter-alone-1",
    privacy: "newsletter-privacy-1",
    confirm: "newsletter-confirm-1",
  },
} as const satisfies Agreeing;

const agreeingIn = (language: Suffixed): Agreeing => ({
  signUp: `sign-up-3-${language}`,
  signUpWithLetters: `sign-up-4-${language}`,
  privacy: `privacy-1-${language}`,
  newsletter: `newsletter-1-${language}`,
  address: `address-1-${language}`,
  voice: `voice-1-${language}`,
  confirm: `confirm-1-${language}`,
  newsletterAlone: {
    signUp: `newsletter-alone-1-${language}`,
    privacy: `newsletter-privacy-1-${language}`,
    confirm: `newsletter-confirm-1-${language}`,
  },
});

/** By language, as they stand now. A course can only be in a language of which there are these words. */
const AGREEING: Readonly<Record<string, Agreeing>> = /* @__PURE__ */ (() => ({
  en: ENGLISH,
  ...Object.fromEntries(SUFFIXED.map((language) => [language, agreeingIn(language)])),
}))();

export const CONSENT_LANGUAGES: readonly string[] = ["en", ...SUFFIXED];

/** @param language of the page on which it is agreed */
export const agreementText = (language: string | undefined): Agreeing =>
  AGREEING[language ?? "en"] ?? ENGLISH;

/** What is agreed to where a course, or the newsletter alone, is asked for. */
export function agreementToList({ slug, language, letters = [] }: AgreedList): AgreeingToList {
  const agreeing = agreementText(language);
  if (slug === NEWSLETTER) return agreeing.newsletterAlone;
  return letters.length > 0 ? { ...agreeing, signUp: agreeing.signUpWithLetters } : agreeing;
}

/** A course, or the newsletter as one. */
interface AgreedList {
  slug: string;
  language: string | undefined;
  letters?: readonly unknown[];
}
