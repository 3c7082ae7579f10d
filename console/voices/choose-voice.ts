import { ArgumentError } from "../../cli/arguments.ts";
import { findCourse } from "../../functions/domain/content.ts";
import { type Course, type Lesson, lessonBySlug } from "../../functions/domain/course/course.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { withBlank } from "../../functions/domain/replies/voices/cut-and-blanked.ts";
import { withProposals } from "../../functions/domain/replies/voices/proposals.ts";
import {
  acceptedShelf,
  findTextProblem,
  OFFERED_SHELF,
  type TextProblem,
  type Voice,
  type VoiceKey,
  withDecision,
  withText,
} from "../../functions/domain/replies/voices/voice.ts";
import type { OnShelf } from "../../functions/ports.ts";
import type { Deployment } from "../connect.ts";
import { voiceName } from "./voice-name.ts";

/** What the owner does about answers that readers let others read: the same for commands and the desk. */

/** A voice beside its lesson. The lesson is gone where a deploy has taken it away. */
export interface ListedVoice {
  name: string;
  voice: Voice;
  author: Subscriber;
  course: Course | undefined;
  lesson: Lesson | undefined;
}

/** Which are looked for: those that wait for a choice, or those that were accepted. */
export type VoicesWanted = "waiting" | "accepted";

/** More in one answer would be read by nobody. */
const MOST = 200;

/** In the order in which they came, or in which they will be shown. */
export async function listVoices(deployment: Deployment, wanted: VoicesWanted): Promise<ListedVoice[]> {
  const shelves = wanted === "waiting" ? [OFFERED_SHELF] : listAcceptedShelves(deployment);
  const rows: OnShelf[] = [];
  for (const shelf of shelves) rows.push(...(await readShelf(deployment, shelf, MOST - rows.length)));
  const listed = await Promise.all(rows.map((row) => findVoice(deployment, row)));
  return listed.filter((one) => one !== undefined).filter(({ voice }) => isWanted(voice, wanted));
}

const isWanted = ({ standing }: Voice, wanted: VoicesWanted): boolean =>
  standing === (wanted === "waiting" ? "offered" : "accepted");

const listAcceptedShelves = ({ services: { content } }: Deployment): string[] =>
  content.courses.flatMap(({ slug, lessons }) =>
    lessons.flatMap((lesson) => [lesson.slug, ...lesson.was].map((name) => acceptedShelf(slug, name))),
  );

async function readShelf({ services }: Deployment, shelf: string, most: number): Promise<OnShelf[]> {
  const { store, clock } = services;
  const rows: OnShelf[] = [];
  for (let page = await store.shelf(shelf, clock.now()); page.length > 0 && rows.length < most; ) {
    rows.push(...page);
    page = await store.shelf(shelf, clock.now(), page.at(-1));
  }
  return rows;
}

/** Undefined if it is not there (any more), was taken back, or its author is gone. */
export async function findVoice({ services }: Deployment, key: VoiceKey): Promise<ListedVoice | undefined> {
  const { store, content } = services;
  const [voice, author] = await Promise.all([store.voice(key), store.subscriber(key.subscriber)]);
  if (!voice || !author || voice.standing === "withdrawn") return undefined;
  const course = findCourse({ content }, voice.course);
  return {
    name: voiceName(voice),
    voice,
    author,
    course,
    lesson: course && lessonBySlug(course, voice.lesson),
  };
}

/** As findVoice. Throws an ArgumentError if there is none. */
export async function requireVoice(deployment: Deployment, key: VoiceKey): Promise<ListedVoice> {
  const found = await findVoice(deployment, key);
  if (!found)
    throw new ArgumentError(
      `There is no voice "${voiceName(key)}" on ${deployment.place}: its author took it back or was erased, or it never was.`,
    );
  return found;
}

const WHY_NOT: Record<TextProblem, string> = {
  empty: "There are no words left in it. To show none of it, refuse it.",
  rewritten:
    "That is not what they wrote. Leave something out and put … in its place, or blank something out with ▢, [name], [company] or [figure]; nothing else may differ.",
  address: "It names an address of the web or of mail: others would be led there. Blank it out first.",
  "too-long": "It is too long to stand in another mail: 1,500 characters at the most. Shorten it first.",
};

/** Why others may not read it as it is; undefined if they may. */
export function whyNotShown({ original, words }: Pick<Voice, "original" | "words">): string | undefined {
  const problem = findTextProblem(original, words);
  return problem && WHY_NOT[problem];
}

/** Sets what others read of it. Throws an ArgumentError where it would not be their words any more. */
export async function setText(deployment: Deployment, key: VoiceKey, text: string): Promise<Voice> {
  const words = text.replaceAll("\r\n", "\n").trim();
  return change(deployment, key, (voice) => {
    const problem = findTextProblem(voice.original, words);
    const isBlocked = problem === "rewritten" || problem === "empty" || voice.standing === "accepted";
    if (problem && isBlocked) throw new ArgumentError(WHY_NOT[problem]);
    return withText(voice, words);
  });
}

/** Blanks out what is named, wherever it stands; or all that the rules propose. */
export async function blankOut(
  deployment: Deployment,
  key: VoiceKey,
  what: { pieces: readonly string[]; mark: string } | "proposals",
): Promise<Voice> {
  const { voice } = await requireVoice(deployment, key);
  const { words, proposals, language } = voice;
  if (what === "proposals") return setText(deployment, key, withProposals(words, proposals, language));
  const missing = what.pieces.filter((piece) => withBlank(words, piece, what.mark) === words);
  if (missing.length > 0) throw new ArgumentError(`These words do not stand in it: ${missing.join(", ")}.`);
  const text = what.pieces.reduce((rest, piece) => withBlank(rest, piece, what.mark), words);
  return setText(deployment, key, text);
}

/** The owner's decision. Decided twice, it is decided once. Throws an ArgumentError where it cannot be shown as it is. */
export async function decide(
  deployment: Deployment,
  key: VoiceKey,
  standing: "accepted" | "refused",
): Promise<Voice> {
  const now = deployment.services.clock.now();
  return change(deployment, key, (voice) => {
    const why = standing === "accepted" ? whyNotShown(voice) : undefined;
    if (why) throw new ArgumentError(why);
    return withDecision(voice, standing, now);
  });
}

async function change(deployment: Deployment, key: VoiceKey, apply: (voice: Voice) => Voice): Promise<Voice> {
  await requireVoice(deployment, key);
  const changed = await deployment.services.store.changeVoice(key, (voice) =>
    voice.standing === "withdrawn" ? voice : apply(voice),
  );
  if (!changed || changed.standing === "withdrawn")
    throw new ArgumentError("Its author has taken it back meanwhile: nothing was changed.");
  return changed;
}
