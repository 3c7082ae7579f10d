import { type Course, lessonBySlug } from "../../course/course.ts";
import { recipientDomain } from "../../people/address.ts";
import { LARGE_PROVIDERS } from "../../people/limits.ts";
import { isRehearsal } from "../../people/rehearsal.ts";
import type { Consent, Subscriber } from "../../people/subscriber.ts";
import { isSamePerson } from "../../people/twins.ts";
import type { Instant } from "../../time.ts";
import { bringsGraveNews, type Reflection } from "../reflection.ts";
import { wordCount } from "../reply.ts";
import { isCutAndBlanked } from "./cut-and-blanked.ts";
import { namesAddress, type Proposal } from "./proposals.ts";
import type { VoiceVerdict } from "./verdict.ts";

/*
 * Whoever answers a lesson may let others who answer it read their words, without their name. The words are a voice: the
 * owner chooses which are shown, and a prompt shows one.
 *
 * All that is known of a voice is one item, among those of its author: what they agreed to, the words, how far it has
 * come. So an author who takes it back or erases everything does it by one write, and there is no second place in which a
 * copy could be forgotten. The mail that shows a voice keeps its id in the ledger of who got it, which leads to nobody.
 */

/** What a reader lets others read. */
export interface Voice {
  kind: "voice";
  /** Its own: it says nothing of its author, nor of what they wrote. */
  id: string;
  /** Its author. */
  subscriber: string;
  reflection: string;
  course: string;
  lesson: string;
  /** Of the course when it was offered. */
  language: string;
  standing: VoiceStanding;
  /** Every yes and every taking back, oldest first. */
  consents: Consent[];
  offeredAt: Instant;
  /** When the owner accepted or refused it. */
  decidedAt?: Instant;
  /** As its author wrote it, without their signature. Empty once it is taken back. */
  original: string;
  /** As others read it: cut and blanked out, and otherwise the same. */
  words: string;
  /** What simple rules would blank out. */
  proposals: Proposal[];
  /** How often it was shown; never to whom. */
  shown: number;
  shownAt?: Instant;
  /** How many of those who got it said that it was not useful, or that it should not be there. */
  notUseful: number;
  objections: number;
  /** It waits for the owner to look once more: somebody has said that it should not be there. */
  objectedAt?: Instant;
  version: number;
}

/** withdrawn: its author has taken it back. What is left of it is the proof of what they had agreed to. */
type VoiceStanding = "offered" | "accepted" | "refused" | "withdrawn";

export type VoiceKey = Pick<Voice, "subscriber" | "id">;

// ---- Offering ----

/** A line of fewer words says too little to somebody else. */
const FEWEST_WORDS = 8;
/** In characters: more is a mail of its own inside a mail. The owner may shorten what is longer. */
const LONGEST_SHOWN = 1_500;
const LONGEST_OFFERED = 10_000;

/** Whether a reader is asked about a reflection. Grave news is nobody else's; a rehearsal's words are nobody's at all. */
export function mayOffer(
  reflection: Pick<
    Reflection,
    "subscriber" | "replyKind" | "isGrave" | "awaits" | "besides" | "ownWords" | "lesson"
  >,
  course: Course,
): boolean {
  const { subscriber, replyKind, awaits, ownWords, lesson } = reflection;
  if (course.voices === false || isRehearsal(subscriber) || bringsGraveNews(reflection)) return false;
  if (replyKind !== "reflection" || awaits || !lessonBySlug(course, lesson)) return false;
  return wordCount(ownWords) >= FEWEST_WORDS && ownWords.length <= LONGEST_OFFERED;
}

/** What of a reflection is offered. */
interface Offer extends Pick<Voice, "id" | "course" | "lesson" | "language" | "proposals"> {
  reflection: Pick<Reflection, "id" | "subscriber">;
  /** Without the signature that their replies teach. */
  words: string;
  consent: Consent;
}

/** A voice as it is when its author has said yes. The owner has not seen it. */
export const offeredVoice = ({ reflection, words, consent, ...of }: Offer): Voice => ({
  kind: "voice",
  ...of,
  subscriber: reflection.subscriber,
  reflection: reflection.id,
  standing: "offered",
  consents: [consent],
  offeredAt: consent.at,
  original: words,
  words,
  shown: 0,
  notUseful: 0,
  objections: 0,
  version: 0,
});

/** Offered once more, after it was taken back: the owner looks at it anew. What was counted stays. */
export function withOffer(voice: Voice, again: Voice): Voice {
  if (voice.standing !== "withdrawn") return voice;
  const { shown, shownAt, notUseful, objections, version } = voice;
  const consents = [...voice.consents, ...again.consents].slice(-MOST_CONSENTS);
  return { ...again, consents, shown, ...(shownAt && { shownAt }), notUseful, objections, version };
}
const MOST_CONSENTS = 20;

/** Taken back by its author: the words are gone. A second time changes nothing. */
export function withWithdrawal(voice: Voice, consent: Consent): Voice {
  if (voice.standing === "withdrawn") return voice;
  const { decidedAt: _, objectedAt: __, ...kept } = voice;
  const consents = [...voice.consents, consent].slice(-MOST_CONSENTS);
  return { ...kept, standing: "withdrawn", consents, original: "", words: "", proposals: [] };
}

/** Its author may be told of it, and take it back. */
export const isOffered = ({ standing }: Pick<Voice, "standing">): boolean => standing !== "withdrawn";

// ---- The owner chooses ----

/** Why a text may not be shown in the place of what its author wrote; undefined if it may. */
export type TextProblem = "empty" | "rewritten" | "address" | "too-long";

export function findTextProblem(original: string, text: string): TextProblem | undefined {
  if (wordCount(text) === 0) return "empty";
  if (!isCutAndBlanked(original, text)) return "rewritten";
  if (namesAddress(text)) return "address";
  return text.length > LONGEST_SHOWN ? "too-long" : undefined;
}

/** Other words to show, which the owner has seen: where they were accepted already, others read these from now on. */
export function withText(voice: Voice, text: string): Voice {
  if (voice.standing === "withdrawn" || findTextProblem(voice.original, text) === "rewritten") return voice;
  return voice.words === text ? voice : { ...voice, words: text };
}

/** The owner's decision. Of what was taken back there is none. */
export function withDecision(voice: Voice, standing: "accepted" | "refused", now: Instant): Voice {
  if (voice.standing === "withdrawn" || voice.standing === standing) return voice;
  if (standing === "accepted" && findTextProblem(voice.original, voice.words) !== undefined) return voice;
  const { objectedAt: _, ...kept } = voice;
  return { ...kept, standing, decidedAt: now };
}

// ---- Showing ----

/** So many have to be chosen for a lesson before any is shown: of one or two, a reader could guess whose they are. */
const FEWEST_ACCEPTED = 3;

/** Who is to read one. */
export interface VoiceReader {
  id: string;
  address: string;
  /** Ids of all that were shown to them. */
  seen: ReadonlySet<string>;
  lesson: Pick<Course, "slug" | "language"> & { names: readonly string[] };
}

export interface WithAuthor {
  voice: Voice;
  /** Undefined for one who is not there any more. */
  author: Pick<Subscriber, "id" | "address" | "status"> | undefined;
}

/**
 * The voice that a reader gets: of those accepted for the lesson the first that may be shown to them.
 * @param shelf in the order in which they are to be tried: the one that was not shown for the longest time first
 */
export function chooseVoice(shelf: readonly WithAuthor[], reader: VoiceReader): Voice | undefined {
  const accepted = shelf.filter(({ voice }) => isAcceptedFor(voice, reader));
  if (accepted.length < FEWEST_ACCEPTED) return undefined;
  return accepted.find((one) => maySee(one, reader))?.voice;
}

const isAcceptedFor = ({ standing, course, lesson }: Voice, reader: VoiceReader): boolean =>
  standing === "accepted" && course === reader.lesson.slug && reader.lesson.names.includes(lesson);

/** Never one's own, never one twice, never a colleague's, and none of somebody who has left everything. */
function maySee({ voice, author }: WithAuthor, { id, address, seen, lesson }: VoiceReader): boolean {
  if (!author || !mayBeShown(voice, author) || voice.language !== lesson.language) return false;
  if (author.id === id || seen.has(voice.id)) return false;
  return !isSamePerson(author.address, address) && !areColleagues(author.address, address);
}

/** As far as its author and the owner have a say. It is asked again right before a mail leaves. */
export const mayBeShown = (
  voice: Voice | undefined,
  author: Pick<Subscriber, "id" | "status"> | undefined,
): boolean => voice?.standing === "accepted" && author?.status === "active" && author.id === voice.subscriber;

/** Two addresses of one company: those of a provider at which everybody may be say nothing. */
export function areColleagues(one: string, other: string): boolean {
  const [domain, another] = [recipientDomain(one), recipientDomain(other)].map(companyDomain);
  return (
    domain === another && !LARGE_PROVIDERS.has(domain ?? "") && !LARGE_PROVIDERS.has(recipientDomain(one))
  );
}

/** `sales.acme.example` and `acme.example` are one company; `acme.co.uk` and `other.co.uk` are two. */
function companyDomain(domain: string): string {
  const labels = domain.split(".");
  const [last = "", second = ""] = labels.toReversed();
  const isBelowCountry = last.length === 2 && second.length <= LONGEST_BELOW_COUNTRY;
  return labels.slice(isBelowCountry ? -3 : -2).join(".");
}
/** `co.uk`, `com.au`, `or.at`, `gov.pl`. */
const LONGEST_BELOW_COUNTRY = 3;

/** It was shown once more. */
export const withShowing = (voice: Voice, now: Instant): Voice =>
  voice.standing === "withdrawn"
    ? { ...voice, shown: voice.shown + 1 }
    : { ...voice, shown: voice.shown + 1, shownAt: now };

/** What should not be there is shown to nobody more before the owner has looked at it. */
export function withVerdict(voice: Voice, verdict: VoiceVerdict, now: Instant): Voice {
  if (verdict === "not-useful") return { ...voice, notUseful: voice.notUseful + 1 };
  const objected = { ...voice, objections: voice.objections + 1 };
  return voice.standing === "accepted" ? { ...objected, standing: "offered", objectedAt: now } : objected;
}

// ---- Where it stands ----

/** All that wait for the owner. */
export const OFFERED_SHELF = "voices-offered";
/** Those that were accepted for a lesson. */
export const acceptedShelf = (course: string, lesson: string): string => `voices ${course} ${lesson}`;

/** The place of a voice in the index: among those that wait, by when they were offered; among a lesson's, by when it was shown last. */
export function voicePlace(
  voice: Pick<Voice, "standing" | "course" | "lesson" | "offeredAt" | "objectedAt" | "shownAt">,
): { shard: string; dueAt: Instant } | undefined {
  const { standing, course, lesson, offeredAt, objectedAt = offeredAt, shownAt = 0 } = voice;
  if (standing === "offered") return { shard: OFFERED_SHELF, dueAt: objectedAt };
  return standing === "accepted" ? { shard: acceptedShelf(course, lesson), dueAt: shownAt } : undefined;
}
