import { readFileSync } from "node:fs";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { verb } from "../command.ts";
import { isAllowed, REACH_FLAGS } from "../connect.ts";
import { blankOut, decide, requireVoice, setText } from "./choose-voice.ts";
import { requireVoiceKey } from "./voice-name.ts";

const TEXT_FLAGS = {
  ...REACH_FLAGS,
  words: { value: "TEXT", says: "their words, with … where something is left out" },
  from: { value: "FILE", says: "a text file with them; - for what is typed or piped in" },
} as const;

export const SHORTEN = verb({
  takes: ["VOICE"],
  says: "leave something of an answer out: the text must be theirs, with … where something is missing",
  flags: TEXT_FLAGS,
  async run({ words: [name = ""], reach, flags }) {
    const key = requireVoiceKey(name);
    const text = readText(flags);
    const deployment = await reach();
    if (!(await isAllowed(`Shorten ${name}`, deployment, flags.yes))) return "Nothing was changed.";
    const voice = await setText(deployment, key, text);
    return `Others read of it${voice.standing === "accepted" ? "" : ", once you accept it"}:\n${voice.words}`;
  },
});

function readText({ words, from }: Given<typeof TEXT_FLAGS>): string {
  if ((words === undefined) === (from === undefined))
    throw new ArgumentError('Which text? --words "…", or --from FILE (- for what you type), one of the two.');
  try {
    return words ?? readFileSync(from === "-" || from === undefined ? 0 : from, "utf8");
  } catch (error) {
    throw new ArgumentError(`--from ${from} cannot be read: ${(error as Error).message}`);
  }
}

const MARKS: Readonly<Record<string, string>> = {
  blank: "▢",
  name: "[name]",
  company: "[company]",
  figure: "[figure]",
  place: "[place]",
};

export const BLANK = verb({
  takes: ["VOICE", "[PIECE…]"],
  says: "blank out pieces of an answer, wherever they stand in it; without a piece, all that the rules propose",
  flags: {
    ...REACH_FLAGS,
    as: { value: "WHAT", says: `what it was: ${Object.keys(MARKS).join(", ")}; ▢ otherwise` },
  },
  async run({ words: [name = "", ...pieces], reach, flags }) {
    const key = requireVoiceKey(name);
    const mark = MARKS[flags.as ?? "blank"];
    if (!mark) throw new ArgumentError(`--as ${flags.as}? It is one of ${Object.keys(MARKS).join(", ")}.`);
    const deployment = await reach();
    if (!(await isAllowed(`Blank out parts of ${name}`, deployment, flags.yes)))
      return "Nothing was changed.";
    const voice = await blankOut(deployment, key, pieces.length > 0 ? { pieces, mark } : "proposals");
    return `Others read of it${voice.standing === "accepted" ? "" : ", once you accept it"}:\n${voice.words}`;
  },
});

export const ACCEPT = verb({
  takes: ["VOICE"],
  says: "let others who answer the same question read it, once three are accepted for the lesson",
  flags: REACH_FLAGS,
  async run({ words: [name = ""], reach, flags }) {
    const key = requireVoiceKey(name);
    const deployment = await reach();
    const { voice } = await requireVoice(deployment, key);
    if (!(await isAllowed(`Show others: ${voice.words}\nAccept ${name}`, deployment, flags.yes)))
      return "Nothing was changed.";
    await decide(deployment, key, "accepted");
    return "It is accepted: once there are three of a lesson, readers who answer it get one.";
  },
});

export const REFUSE = verb({
  takes: ["VOICE"],
  says: "show it to nobody; its author is not told, and you can accept it later",
  flags: REACH_FLAGS,
  async run({ words: [name = ""], reach, flags }) {
    const key = requireVoiceKey(name);
    const deployment = await reach();
    if (!(await isAllowed(`Refuse ${name}`, deployment, flags.yes))) return "Nothing was changed.";
    await decide(deployment, key, "refused");
    return `It is refused: nobody reads it. To accept it after all: voices accept ${name}`;
  },
});
