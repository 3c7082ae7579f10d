import { outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { heading } from "../../cli/terminal.ts";
import { iso } from "../../functions/domain/time.ts";
import { verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { addressShown, JSON_FLAG, momentShown, SHOW_FLAG, safe, shownAsJson } from "../shown.ts";
import { type Conversation, readConversation, type Turn } from "./read-conversation.ts";
import { requireReplyKey } from "./reply-name.ts";

const FLAGS = { ...STAGE_FLAG, ...SHOW_FLAG, ...JSON_FLAG } as const;

export const SHOW_REPLY = verb({
  takes: ["REPLY"],
  says: "the whole conversation around a reply: lesson, reply, automatic answer, yours, what came back",
  onlyReads: true,
  flags: FLAGS,
  async *run({ words: [name = ""], reach, flags }) {
    requireReplyKey(name);
    yield* show(await reach(() => outlineHere()), name, flags);
  },
});

/** As readConversation. Throws an ArgumentError if there is none. */
async function requireConversation(deployment: Deployment, name: string): Promise<Conversation> {
  const found = await readConversation(deployment, requireReplyKey(name));
  if (!found)
    throw new ArgumentError(
      `There is no reply "${name}" on ${deployment.place}: its reader was erased or took it back, or it never was.`,
    );
  return found;
}

async function* show(
  deployment: Deployment,
  name: string,
  flags: Given<typeof FLAGS>,
): AsyncGenerator<string> {
  const conversation = await requireConversation(deployment, name);
  if (flags.json) return yield* conversationJson(conversation, flags["show-addresses"]);
  const { reader, refusal } = conversation;
  const inFull = flags["show-addresses"];
  const who = [reader.id, addressShown(reader.address, inFull), inFull ? safe(reader.firstName ?? "") : ""];
  yield heading(who.filter(Boolean).join("  "));
  for (const turn of conversation.turns) yield* turnLines(turn, reader.zone);
  yield "";
  yield refusal === undefined
    ? `Answer it with: replies answer ${name} --words "…"`
    : `It cannot be answered: ${refusal}`;
}

const WHO: Record<Turn["who"], string> = { course: "✉", reader: "↩", machine: "⚙", owner: "✎" };

function* turnLines(
  { at, who, says, because, words, state, isAsked }: Turn,
  zone: string,
): Generator<string> {
  yield "";
  const mark = isAsked ? " ←" : "";
  yield `${WHO[who]} ${momentShown(at, zone)}  ${safe(says)}${because ? `: ${safe(because)}` : ""}${state ? `: ${state}` : ""}${mark}`;
  if (words) yield* words.split("\n").map((line) => `    | ${safe(line)}`);
}

function* conversationJson(conversation: Conversation, inFull: true | undefined): Generator<string> {
  const { name, reader, isWaiting, refusal } = conversation;
  const address = addressShown(reader.address, inFull);
  yield shownAsJson({ name, reader: reader.id, address, isWaiting, ...(refusal && { refusal }) });
  for (const { at, ...turn } of conversation.turns) yield shownAsJson({ at: iso(at), ...turn });
}
