import { readFileSync } from "node:fs";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { answerReader } from "../../functions/consent/answer-reader.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { countInWords } from "../shown.ts";
import { requireReplyKey } from "./reply-name.ts";

const FLAGS = {
  ...REACH_FLAGS,
  words: { value: "TEXT", says: "what you answer" },
  from: { value: "FILE", says: "a text file with what you answer; - for what is typed or piped in" },
} as const;

export const ANSWER = verb({
  takes: ["REPLY"],
  says: "answer a reader in their own thread; neither of you sees the other's address",
  flags: FLAGS,
  async run({ words: [name = ""], reach, flags }) {
    requireReplyKey(name);
    const words = readWords(flags);
    return answer(await reach(), name, words, flags.yes);
  },
});

function readWords({ words, from }: Given<typeof FLAGS>): string {
  if (words !== undefined && from !== undefined)
    throw new ArgumentError("An answer is given by --words or by --from, not by both.");
  if (words !== undefined) return words;
  if (from === undefined)
    throw new ArgumentError('What do you answer? --words "…", or --from FILE (- for what you type).');
  try {
    return readFileSync(from === "-" ? 0 : from, "utf8");
  } catch (error) {
    throw new ArgumentError(`--from ${from} cannot be read: ${(error as Error).message}`);
  }
}

async function answer(
  deployment: Deployment,
  name: string,
  words: string,
  yes: true | undefined,
): Promise<string> {
  const { subscriber, id } = requireReplyKey(name);
  const count = words.split(/\s+/).filter(Boolean).length;
  if (!(await isAllowed(`Send ${countInWords(count, "word")} to ${subscriber}`, deployment, yes)))
    return "Nothing was sent.";
  const outcome = await answerReader(deployment.services, { subscriber, reflection: id, words });
  switch (outcome.is) {
    case "refused":
      throw new ArgumentError(`It was not sent. ${outcome.because}`);
    case "sent-before":
      return "These words were sent to them before: nothing is sent again.";
    default:
      return "Your answer leaves within a minute, in their thread.";
  }
}
