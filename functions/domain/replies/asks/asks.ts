import type { Instant } from "../../time.ts";
import type { Commands } from "../../words/command-phrases.ts";
import type { Command } from "../command.ts";
import { readAfterTheEnd, readAfterTheEndLine } from "./after-the-end.ts";
import { listReturnWishes } from "./coming-back.ts";
import { type ChoiceAsked, readChoiceWords, readExactChoice } from "./exact-choice.ts";
import { isExactLeave } from "./exact-leave.ts";
import { readExactMove, readMoveWord } from "./exact-move.ts";
import { readExactVoice, readVoiceWord, type VoiceAsked } from "./exact-voice.ts";
import { isGrave, type OwnGraveWords } from "./grave.ts";
import { type Kept, readKeeping } from "./keeping.ts";
import { isLeavingLine, readLeaving } from "./leaving.ts";
import { isSteeringLine, readSteering, type Steering } from "./steering.ts";
import { readSentences, type Sentence } from "./text.ts";

/** What a reply asks for, in its own words or its subject, and what stands beside it. */
export interface Asks {
  /** Undefined if nobody asks to leave. */
  leave: LeaveRequest | undefined;
  /** What is asked of the course, in order. Empty where leaving is asked for. */
  commands: Command[];
  /** Leaving, or steering, is spoken of, and what is wanted is not certain. */
  unclear: "leaving" | "steering" | undefined;
  /** The words speak of death, illness, dismissal, harm or a crisis. */
  isGrave: boolean;
  /** The words beside what is asked for, for a person to read. Empty if there are none. */
  besides: string;
}

export interface LeaveRequest {
  name: "leave";
  /** Every list, not only the course that was replied to and the newsletter. */
  isAll: boolean;
  /** One of the words that are obeyed in silence, with nothing beside it. */
  isExact: boolean;
  /** Of the course and the newsletter, the one that they want to keep. */
  keeps?: Kept;
}

/** What is kept of a request that was carried out. */
export type Request = Command | LeaveRequest;

export interface Asked {
  ownWords: string;
  /** What its writer wrote into the subject; undefined where it is ours. */
  ownSubject: string | undefined;
  commands: Commands;
  grave: OwnGraveWords;
  received: { receivedAt: Instant; zone: string };
  /** What the mail asked that it answers; nothing, unless told. */
  mailAsked?: MailAsked;
}

/** What a mail asks its reader beside its question: some words are heard only in reply to what asks for them. */
export interface MailAsked {
  /** It says that its reader has left: in reply to it a wish to come back is heard. */
  isToFarewell?: boolean;
  /** What became of a move. */
  asksForMove?: boolean;
  /** It is the last mail of a course, or a letter. */
  isAboutLetters?: boolean;
  /** What it lets its reader say of an answer that others may read. */
  voiceAsked?: VoiceAsked | undefined;
  /** The choice in which the lesson ends. */
  choiceAsked?: ChoiceAsked | undefined;
}

const MOST_COMMANDS = 4;
/** A rest of fewer words is a name, or a word of courtesy that nobody listed. */
const FEWEST_WORDS_BESIDES = 3;

/** Reads what a reply asks for. Deterministic, bounded, never throws. */
export function readAsks({ mailAsked = {}, ...asked }: Asked): Asks {
  const {
    isToFarewell = false,
    asksForMove = false,
    isAboutLetters = false,
    voiceAsked = NOT_ASKED,
    choiceAsked = NO_CHOICE,
  } = mailAsked;
  const { ownWords, ownSubject, commands, grave, received } = asked;
  const isMoveLine = (line: string) => asksForMove && readMoveWord(line, commands) !== undefined;
  const isOfTheEnd = (line: string) => isAboutLetters && readAfterTheEndLine(line, commands) !== undefined;
  const isVoiceLine = (line: string) => readVoiceWord(line, commands, voiceAsked) !== undefined;
  const isChoiceLine = (line: string) => readChoiceWords(line, choiceAsked) !== undefined;
  const isNamedWord = (line: string) =>
    isMoveLine(line) || isOfTheEnd(line) || isVoiceLine(line) || isChoiceLine(line);
  const isRequest = (line: string) => isLeavingLine(line) || isSteeringLine(line) || isNamedWord(line);
  const sentences = readSentences(ownWords, isRequest);
  const afterTheEnd = isAboutLetters ? readAfterTheEnd(sentences, commands) : undefined;
  if (afterTheEnd) return { ...NOTHING_ELSE, commands: [{ name: afterTheEnd }] };
  const isWord = isExactLeave(sentences, ownSubject);
  const leaving = readLeaving(sentences, ownSubject);
  const isAsked = isWord || leaving.says === "asked";
  const steering = isAsked
    ? { asks: [], sentences: [], isNearly: false }
    : withReturn(readSteering(sentences, ownSubject, commands, received), isToFarewell ? sentences : []);
  const keeping =
    isAsked && !isWord && !leaving.isAll
      ? readKeeping(sentences, leaving.sentences, isLeavingLine)
      : undefined;
  const keeps = keeping?.keeps;
  const asking = isAsked ? [...leaving.sentences, ...(keeping?.sentences ?? [])] : steering.sentences;
  const besides = !isWord && (isAsked || steering.asks.length > 0) ? beside(sentences, asking) : "";
  const asksNothing = !isAsked && steering.asks.length === 0;
  const outcome = asksNothing && asksForMove ? readExactMove(sentences, commands) : undefined;
  const voice = asksNothing ? readExactVoice(sentences, commands, voiceAsked) : undefined;
  const option = asksNothing ? readExactChoice(sentences, choiceAsked) : undefined;
  const exact = outcome
    ? { name: "move" as const, outcome }
    : option !== undefined
      ? { name: "choose" as const, question: choiceAsked.question, option }
      : voice && { name: voice };
  const isUnclear = asksNothing && exact === undefined;
  return {
    leave: isAsked
      ? { name: "leave", isAll: leaving.isAll, isExact: isWord, ...(keeps && { keeps }) }
      : undefined,
    commands: exact ? [exact] : steering.asks.slice(0, MOST_COMMANDS).map(toCommand),
    unclear: isUnclear
      ? leaving.says === "mentioned"
        ? "leaving"
        : steering.isNearly
          ? "steering"
          : undefined
      : undefined,
    isGrave: isGrave(sentences, grave),
    besides,
  };
}

const NOTHING_ELSE = { leave: undefined, unclear: undefined, isGrave: false, besides: "" } as const;
const NO_CHOICE: ChoiceAsked = { question: "", options: [] };
const NOT_ASKED: VoiceAsked = { mayOffer: false, mayTakeBack: false };

/** Of one who has left: what brings them back is `resume`, as the word is that the mail names. */
function withReturn(steering: Steering, sentences: readonly Sentence[]): Steering {
  const wishes = listReturnWishes(sentences.filter(({ isFrame }) => !isFrame));
  if (wishes.length === 0 || steering.asks.some(({ name }) => name === "resume")) return steering;
  return { asks: [{ name: "resume" }], sentences: wishes, isNearly: false };
}

const toCommand = (steer: ReturnType<typeof readSteering>["asks"][number]): Command =>
  steer.name === "pause"
    ? { name: "pause", weeks: steer.weeks, ...(steer.until !== undefined && { until: steer.until }) }
    : steer;

function beside(sentences: readonly Sentence[], asking: readonly Sentence[]): string {
  const rest = sentences.filter((one) => !one.isFrame && !asking.includes(one)).map(({ raw }) => raw);
  const text = rest.join("\n");
  const count = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const isDense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{4}/u.test(text);
  return count >= FEWEST_WORDS_BESIDES || isDense ? text : "";
}

const REPLY_PREFIX =
  /^\s*(?:(?:re|aw|antw|antwort|sv|vs|odp|r|res|rv|ynt|rif|ref|fw|fwd|wg|tr|vl|doorst|回复|回覆|答复|返信|轉寄|vá|απ|απάντηση|ответ|відповідь|בע|رد)\s*(?:\[\d+\])?\s*[.:：]\s*)+/iu;

/** What a reply's writer wrote into its subject; undefined where it is the subject that we sent. */
export function findOwnSubject(subject: string, sent: string): string | undefined {
  const written = subject
    .replace(REPLY_PREFIX, "")
    .replace(/\s+[-–—]\s+(?:re|aw|sv|antw)\s*:.*$/iu, "")
    .trim();
  const ours = sent.replace(REPLY_PREFIX, "").trim();
  const isReply = REPLY_PREFIX.test(subject);
  if (written === "" || (isReply && ours === "")) return undefined;
  return written.toLowerCase() === ours.toLowerCase() ? undefined : written;
}
