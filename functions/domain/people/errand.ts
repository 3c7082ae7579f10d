import type { Answers } from "../course/questions.ts";
import type { VoiceVerdict } from "../replies/voices/verdict.ts";
import type { Instant } from "../time.ts";
import type { Consent, Subscriber } from "./subscriber.ts";

/**
 * What an answer about an address has left to be done once it was given: how long that takes would tell what is known
 * about the address. It goes over a queue, which may deliver it twice, late, or out of order.
 */
export type Errand = { at: Instant } & (
  | ({ does: "sign-up" } & SignUpErrand)
  | ({ does: "confirm-again" } & ConfirmAgainErrand)
  | ({ does: "mail-link" } & MailLinkErrand)
  | ({ does: "change-address" } & ChangeAddressErrand)
  | ({ does: "judge-voice" } & JudgeVoiceErrand)
);

/** A form that was filled in. */
export interface SignUpErrand {
  /** As typed. */
  address: string;
  canonical: string;
  firstName?: string | undefined;
  zone: string;
  newsletter: boolean;
  /** Chosen, of a course that speaks several; absent of any other. */
  language?: string | undefined;
  course: string;
  /** To the course's questions; absent where there are none. */
  answers?: Answers | undefined;
  /** When the form was shown. */
  shownAt: Instant;
  /** The rehearsal that it is for. */
  run?: string | undefined;
  /** What they agreed to; that of the newsletter is a record of its own beside a course. */
  consent: Consent;
  newsletterConsent?: Consent | undefined;
  /** Of the request, for the limits. */
  network: string;
}

/** One more confirmation, from the page of a link that has expired. */
export interface ConfirmAgainErrand {
  subscriber: string;
  network: string;
  /** What asks, as it would ask again: a keyed hash, since the link itself must not lie in a queue. */
  asking: string;
}

/** A fresh link to a reader's page, or to what is kept about them. */
export interface MailLinkErrand {
  subscriber: string;
  occasion: "page" | "personal";
}

/** The mail that asks at another address whether a reader's mail shall come there. */
export interface ChangeAddressErrand {
  subscriber: string;
  /** As typed. */
  address: string;
  canonical: string;
  network: string;
  asking: string;
}

/** What somebody who got another reader's answer thinks of it. */
export interface JudgeVoiceErrand {
  /** Who got it. */
  subscriber: string;
  /** Its own id: whose it is, the page does not know. */
  voice: string;
  verdict: VoiceVerdict;
}

/** The names of all errands, for who reads one from a queue. */
export const ERRANDS: ReadonlySet<string> = new Set([
  "sign-up",
  "confirm-again",
  "mail-link",
  "change-address",
  "judge-voice",
] satisfies Errand["does"][]);

/** They have left, or changed it otherwise, since it was asked for: their later word holds, however late the errand is run. */
export const isOvertaken = ({ consents }: Pick<Subscriber, "consents">, list: string, at: Instant): boolean =>
  consents.some((consent) => {
    const isAboutIt = consent.list === list || consent.list === "everything";
    return isAboutIt && OVERTAKES.has(consent.event) && consent.at > at;
  });
const OVERTAKES: ReadonlySet<string> = new Set(["withdrawn", "changed"] satisfies Consent["event"][]);
