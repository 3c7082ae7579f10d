import { ArgumentError } from "../../cli/arguments.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { countInWords } from "../shown.ts";
import { markReply } from "./mark-reply.ts";
import { requireReplyKey } from "./reply-name.ts";

const FLAGS = { ...REACH_FLAGS, undo: { says: "let them wait again" } } as const;

export const DONE = verb({
  takes: ["REPLY…"],
  says: "put replies aside as dealt with; nobody is told",
  flags: FLAGS,
  async run({ words, reach, flags }) {
    for (const name of words) requireReplyKey(name);
    return done(await reach(), words, flags);
  },
});

async function done(
  deployment: Deployment,
  names: readonly string[],
  { undo, yes }: { undo?: true | undefined; yes?: true | undefined },
): Promise<string> {
  const what = countInWords(names.length, "reply", "replies");
  const asks = undo ? `Let ${what} wait again` : `Put ${what} aside`;
  if (!(await isAllowed(asks, deployment, yes))) return "Nothing was changed.";
  const marked = await Promise.all(
    names.map(async (name) => ({
      name,
      reply: await markReply(deployment, requireReplyKey(name), undo ? "waiting" : "done"),
    })),
  );
  const gone = marked.filter(({ reply }) => reply === undefined).map(({ name }) => name);
  if (gone.length > 0)
    throw new ArgumentError(
      `There is no reply ${gone.join(", ")} on ${deployment.place}. The others were marked.`,
    );
  return undo ? `${what} as before: what a person must see waits again.` : `${what} put aside.`;
}
