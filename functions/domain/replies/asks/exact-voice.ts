import type { Commands } from "../../words/command-phrases.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/** What the mail that was replied to lets its reader say of their answer by a word. */
export interface VoiceAsked {
  /** It asks whether others may read it. */
  mayOffer: boolean;
  /** Others may read something of theirs: that can be taken back. */
  mayTakeBack: boolean;
}

/** What is said of it, where nothing stands in the reply but the words that the mails name. */
export function readExactVoice(
  sentences: readonly Sentence[],
  commands: Commands,
  asked: VoiceAsked,
): "offer" | "take-back" | undefined {
  const isSpoken = ({ isFrame, raw }: Sentence) =>
    !isFrame || readVoiceWord(raw, commands, asked) !== undefined;
  const [only, ...others] = sentences.filter(isSpoken);
  if (!only || only.isQuestion || others.length > 0) return undefined;
  return readVoiceWord(only.raw, commands, asked) ?? readVoiceWord(only.bare, commands, asked);
}

/** What a line is, and nothing else. */
export function readVoiceWord(
  line: string,
  commands: Commands,
  { mayOffer, mayTakeBack }: VoiceAsked,
): "offer" | "take-back" | undefined {
  const said = foldCase(line);
  if (mayOffer && commands.offer.includes(said)) return "offer";
  return mayTakeBack && commands.takeBack.includes(said) ? "take-back" : undefined;
}
