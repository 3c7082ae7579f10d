import { findAnswer } from "../../domain/course/answers.ts";
import type { Course } from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { findMove, findMoveAsked } from "../../domain/course/moves.ts";
import { paceInWords } from "../../domain/course/pace-in-words.ts";
import { progressInWords } from "../../domain/course/progress.ts";
import { answerInWords, findQuestion } from "../../domain/course/questions.ts";
import type { Facts } from "../../domain/course/whom.ts";
import { type Occasion, PLAINLY } from "../../domain/replies/command.ts";
import { listCommands, type Reflection, type ReplyKind } from "../../domain/replies/reflection.ts";
import { readDispatchId } from "../../domain/sending/dispatch.ts";
import { say, splitParagraphs, type Words } from "../../domain/words/words.ts";
import type { MailLinks } from "./composition.ts";

/** What a notice is written from. */
interface NoticeFacts {
  words: Words;
  course: Course;
  enrolment: Enrolment;
  /** What is known of its reader. */
  facts: Facts;
  /** That asked for it. */
  reflection?: Reflection;
  readerUrl: string;
  unsubscribeUrl: string;
}

/** A short mail about something that was asked for. */
export interface NoticeWords {
  heading: string;
  preview: string;
  paragraphs: string[];
  button: string;
  url: string;
}

/** The journal is a mail of its own. */
type AnsweredOccasion = Exclude<Occasion, "journal">;

/** Each command's outcome has its notice; some tell the pace that lessons come at now. */
const ANSWERS: Record<AnsweredOccasion, "plain" | "tells-pace"> = {
  paused: "plain",
  resumed: "plain",
  running: "plain",
  next: "plain",
  tomorrow: "plain",
  waits: "plain",
  slower: "tells-pace",
  faster: "tells-pace",
  slowest: "tells-pace",
  fastest: "tells-pace",
  over: "plain",
  rated: "plain",
  move: "plain",
  chosen: "plain",
  noletters: "plain",
  later: "plain",
  offered: "plain",
  offerproof: "plain",
  takenback: "plain",
  help: "plain",
  confirm: "plain",
  unsure: "plain",
  how: "plain",
};

/**
 * Our answer to what was asked for: all that happened, where things stand now, and how to undo it. Where things stand is
 * read when the mail is written, so it stays true if something else was asked for in between. Beside grave news it is
 * one line.
 */
export function answerToCommands(occasions: readonly string[], facts: NoticeFacts): NoticeWords | undefined {
  const { words } = facts;
  const answered = occasions.filter(isAnswered);
  const [first] = answered;
  if (first === undefined) return undefined;
  const asks = answered.find(isAsking);
  const isOne = answered.length === 1;
  const said = answered.flatMap((occasion) => splitParagraphs(whatHappened(occasion, facts)));
  const stands = progressInWords(words, facts.course, facts.enrolment, facts.facts).sentence;
  const isPlain = occasions.includes(PLAINLY);
  const undo = [
    ...(isOne ? [] : [say(words, "notices.several.undo")]),
    ...(isOne || asks ? [say(words, `notices.${asks ?? first}.undo`)] : []),
  ];
  const lead = asks ?? (isOne ? first : "several");
  return {
    heading: say(words, `notices.${lead}.heading`),
    preview: said[0] ?? "",
    paragraphs: isPlain
      ? [stands, ...(asks ? [whatHappened(asks, facts)] : [])]
      : [...said, stands, ...undo, automaticLine(words, lead)],
    button: buttonLabel(words, asks),
    url: chooseUrl(asks ?? first, facts),
  };
}

/** Nothing was read as a request where it was only nearly one. */
const automaticLine = (words: Words, lead: AnsweredOccasion | "several"): string =>
  say(words, lead === "unsure" || lead === "how" ? "notices.automaticUnsure" : "notices.automatic");

function buttonLabel(words: Words, asks: "confirm" | "unsure" | undefined): string {
  return say(words, asks ? `notices.${asks}.button` : "notices.page");
}

/** Nothing was done of it yet: a button asks once more. What is asked leads the mail, whatever else was done. */
const isAsking = (occasion: AnsweredOccasion): occasion is "confirm" | "unsure" =>
  occasion === "confirm" || occasion === "unsure";

/** Where the button leads: to leave, to ask once more for the lesson, or to the reader's page. */
function chooseUrl(occasion: AnsweredOccasion, { readerUrl, unsubscribeUrl }: NoticeFacts): string {
  if (occasion === "unsure") return unsubscribeUrl;
  return occasion === "confirm" ? `${readerUrl}?do=next-lesson` : readerUrl;
}

const isAnswered = (occasion: string): occasion is AnsweredOccasion => Object.hasOwn(ANSWERS, occasion);

type TellsPace = "slower" | "faster" | "slowest" | "fastest";
const tellsPace = (occasion: AnsweredOccasion): occasion is TellsPace => ANSWERS[occasion] === "tells-pace";

function whatHappened(occasion: AnsweredOccasion, facts: NoticeFacts): string {
  const { words, enrolment } = facts;
  if (occasion === "move") return whatBecameOfMove(facts);
  if (occasion === "chosen") return whatWasChosen(facts);
  if (!tellsPace(occasion)) return say(words, `notices.${occasion}.says`);
  return say(words, `notices.${occasion}.says`, {
    pace: paceInWords(words, enrolment.cadence),
  });
}

/** As it stands when the mail is written. Of a lesson that a deploy has taken away, the course is named. */
function whatBecameOfMove({ words, course, enrolment, reflection }: NoticeFacts): string {
  const about = readDispatchId(reflection?.inReplyTo ?? "");
  const lesson = about && findMoveAsked(course, enrolment.done, about);
  const asked = reflection && listCommands(reflection).find(({ name }) => name === "move");
  const said = asked?.name === "move" ? asked.outcome : "made";
  const outcome = (lesson && findMove(enrolment, lesson)) ?? said;
  const of = { lesson: lesson?.title ?? course.title, outcome: say(words, `moves.${outcome}`) };
  return say(words, "notices.move.says", of);
}

/** As it stands when the mail is written; of what a deploy has taken away, by the name that it had. */
function whatWasChosen({ words, course, enrolment, reflection }: NoticeFacts): string {
  const asked = reflection && listCommands(reflection).find(({ name }) => name === "choose");
  const { question: slug, option } = asked?.name === "choose" ? asked : { question: "", option: "" };
  const question = findQuestion(course, slug);
  const answer = findAnswer(course, enrolment, slug) ?? option;
  const says = question ? answerInWords(question, answer, words.language) : answer;
  return say(words, "notices.chosen.says", { answer: says });
}

/** The journal that someone asked for in mid-course, with what else they asked for and had. */
export const journalSoFar = (words: Words, others: readonly string[]) => ({
  heading: say(words, "notices.journal.heading"),
  preview: say(words, "notices.journal.preview"),
  paragraphs: [...others, ...splitParagraphs(say(words, "notices.journal.says"))],
  automatic: say(words, "notices.automatic"),
});

/** Where the owner lets the course pause for silent readers: one mail before, after which two more lessons come. */
export const reminder = (words: Words) => ({
  heading: say(words, "notices.silence.heading"),
  preview: say(words, "notices.silence.preview"),
  paragraphs: splitParagraphs(say(words, "notices.silence.says")),
  button: say(words, "notices.silence.button"),
});

/**
 * Where a mailed link leads, by the occasion: to a reader's page, when their address was changed or they ask for it,
 * to what they wrote and what is kept about them, or to the button that joins the newsletter. Anyone with a forwarded link can ask for one: it goes to the
 * reader alone.
 */
const LINKS = {
  address: (links: MailLinks) => links.readerUrl,
  page: (links: MailLinks) => links.readerUrl,
  personal: (links: MailLinks) => links.personalUrl,
  join: (links: MailLinks) => links.joinUrl,
};
type MailedLink = keyof typeof LINKS;

export const isMailedLink = (occasion: string): occasion is MailedLink => Object.hasOwn(LINKS, occasion);

/** A mail with a link that someone asked for. */
export const mailedLink = (words: Words, occasion: MailedLink, links: MailLinks) => ({
  heading: say(words, `notices.links.${occasion}.heading`),
  preview: say(words, `notices.links.${occasion}.preview`),
  paragraphs: splitParagraphs(say(words, `notices.links.${occasion}.says`)),
  button: say(words, `notices.links.${occasion}.button`),
  url: LINKS[occasion](links),
});

/** Of the course and the newsletter, the one that was left where the other is kept. */
type LeftAlone = "course" | "newsletter";
export const isLeftAlone = (occasion: string): occasion is LeftAlone =>
  occasion === "course" || occasion === "newsletter";

interface Left {
  isPlain: boolean;
  only: LeftAlone | undefined;
  /** Titles of the courses that go on. */
  goesOn: readonly string[];
}

/** The one mail after leaving, where it was asked for in more than a word. Beside grave news it is one line. */
export function leftNotice(words: Words, { isPlain, only, goesOn }: Left) {
  const titles = goesOn.join(", ");
  const kept = only ? say(words, `notices.left.only.${only}`) : undefined;
  const also = titles === "" ? undefined : say(words, "notices.left.also", { titles });
  const stays = [kept, also].filter((one) => one !== undefined).join(" ");
  const preview = stays || say(words, "notices.left.preview");
  const [last = "", ...ofCourse] = splitParagraphs(say(words, "notices.left.says"));
  const wayBack = only === "newsletter" ? [say(words, "notices.left.newsletterBack")] : ofCourse;
  return {
    heading: say(words, "notices.left.heading"),
    preview,
    paragraphs: isPlain ? [preview] : [stays || last, ...wayBack, say(words, "notices.automatic")],
    button: say(words, "notices.left.button"),
  };
}

/** The mails that ask whether a reply was its reader's, because it came from elsewhere, or may be forged. */
const OWN_REPLY_QUESTIONS = ["sender", "back"] as const;
type OwnReplyQuestion = (typeof OWN_REPLY_QUESTIONS)[number];
export const isOwnReplyQuestion = (occasion: string): occasion is OwnReplyQuestion =>
  OWN_REPLY_QUESTIONS.some((one) => one === occasion);

/** "Was it you?": what pressing the button does depends on what the reply asks for. */
export const senderQuestion = (words: Words, { awaits }: Reflection, address: string) => ({
  heading: say(words, "notices.sender.heading"),
  preview: say(words, "notices.sender.preview"),
  paragraphs: [
    say(words, "notices.sender.says", { address }),
    say(words, `notices.sender.asks.${whatItAsks(awaits?.replyKind)}`),
    ...splitParagraphs(say(words, "notices.sender.undo")),
  ],
  button: say(words, "notices.sender.button"),
});

/** What a reply asks for, as far as it can be said without its words. */
export function whatItAsks(kind: ReplyKind | undefined): "leave" | "change" | "words" {
  if (kind === "unsubscribe") return "leave";
  return kind === "command" ? "change" : "words";
}

/** To who has left, and may want to come back. */
export const returnQuestion = (words: Words) => ({
  heading: say(words, "notices.back.heading"),
  preview: say(words, "notices.back.preview"),
  paragraphs: splitParagraphs(say(words, "notices.back.says")),
  button: say(words, "notices.back.button"),
});

/** What was done for them, in whole sentences. */
export const whatElseHappened = (occasions: readonly string[], facts: NoticeFacts): string[] =>
  occasions.filter(isAnswered).flatMap((occasion) => splitParagraphs(whatHappened(occasion, facts)));

/** What a notice can be about: the first word of its dispatch's slug. */
export const NOTICE_OCCASIONS: readonly string[] = [
  ...Object.keys(LINKS),
  "journal",
  "silence",
  "left",
  ...OWN_REPLY_QUESTIONS,
  ...Object.keys(ANSWERS),
];
