import { ArgumentError } from "../../cli/arguments.ts";
import { runConsole } from "../commands.ts";
import type { Deployment } from "../connect.ts";

/** Values of flags; `true` for one that has none. What is empty or absent is left out. */
export type TypedFlags = Readonly<Record<string, string | true | undefined | null>>;

/**
 * Does what a command of the console does, by the same function, and returns what it says. A press is the yes that it
 * would ask for. Throws an ArgumentError with what it says against it.
 */
export async function runTyped(
  deployment: Deployment,
  words: readonly string[],
  flags: TypedFlags = {},
): Promise<string> {
  const given = Object.entries(flags).flatMap(([name, value]) => flagWords(name, value));
  const { error, out } = await runConsole([...words.map(asWord), ...given], {
    // The verb reads what it needs of the content; the stage is the desk's.
    reach: async (_stage, content) => {
      if (content === undefined) return deployment;
      const read = typeof content === "function" ? await content() : content;
      return { ...deployment, services: { ...deployment.services, content: read } };
    },
  });
  if (error !== "") throw new ArgumentError(error);
  return out;
}

const flagWords = (name: string, value: TypedFlags[string]): string[] => {
  if (value === true) return [`--${name}`];
  return value ? [`--${name}=${value}`] : [];
};

/** What a person filled in is a word, never a flag. */
function asWord(word: string): string {
  if (word.startsWith("-")) throw new ArgumentError(`“${word}” begins with a dash: that is not taken here.`);
  return word;
}
