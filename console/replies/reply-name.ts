import { ArgumentError } from "../../cli/arguments.ts";
import type { IndexRow } from "../../functions/aws/desk-rows.ts";
import { reflectionPrefix } from "../../functions/aws/keys.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";

/** Whose reply, and which: how commands, mails to the owner and the desk name one, as `<reader>/<reply>`. */
export type ReplyKey = Pick<Reflection, "subscriber" | "id">;

export const replyName = ({ subscriber, id }: ReplyKey): string => `${subscriber}/${id}`;

/** Undefined for what is no name of a reply. */
export function readReplyName(name: string): ReplyKey | undefined {
  const [, subscriber, id] = /^([a-z2-7]{1,60})\/([\w-]{1,60})$/.exec(name.trim()) ?? [];
  return subscriber !== undefined && id !== undefined ? { subscriber, id } : undefined;
}

/** As readReplyName. Throws an ArgumentError that shows the form. */
export function requireReplyKey(name: string): ReplyKey {
  const key = readReplyName(name);
  if (!key)
    throw new ArgumentError(
      `"${name}" names no reply. Its name is READER/REPLY, as "replies list" and the emails to you have it.`,
    );
  return key;
}

export const toReplyKey = ({ subscriber, sk }: IndexRow): ReplyKey => ({
  subscriber,
  id: sk.slice(reflectionPrefix.length),
});
