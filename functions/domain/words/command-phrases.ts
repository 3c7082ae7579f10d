import type { MoveOutcome } from "../course/enrolment.ts";

export type PlainCommand = (typeof PLAIN)[number];

/** Of the mails that ask whether others may read an answer: yes, and not any more. */
type VoiceWord = "offer" | "takeBack";

/**
 * How commands are written: in a language and in English, which is understood everywhere. Each phrase is folded; those
 * of `pauseWeeks` have `{weeks}` in the place of a number.
 */
export type Commands = Readonly<
  Record<
    PlainCommand | MoveOutcome | "noLetters" | "laterLessons" | VoiceWord | "pause" | "pauseWeeks",
    readonly string[]
  >
>;

/** The names of all, each with its slots. */
export const COMMANDS = {
  pause: "",
  pauseWeeks: "weeks",
  resume: "",
  next: "",
  slower: "",
  faster: "",
  journal: "",
  help: "",
  made: "",
  notYet: "",
  noMoment: "",
  noLetters: "",
  laterLessons: "",
  offer: "",
  takeBack: "",
} as const satisfies Record<keyof Commands, string>;

export const PLAIN = ["resume", "next", "slower", "faster", "journal", "help"] as const;
