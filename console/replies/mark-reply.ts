import { type Reflection, withDone, withoutDone } from "../../functions/domain/replies/reflection.ts";
import type { Deployment } from "../connect.ts";
import type { ReplyKey } from "./reply-name.ts";

/**
 * Puts a reply aside as dealt with, or lets it wait again. Done twice it changes nothing. Undefined if it is not there any
 * more.
 */
export async function markReply(
  { services: { store, clock } }: Pick<Deployment, "services">,
  { subscriber, id }: ReplyKey,
  as: "done" | "waiting",
): Promise<Reflection | undefined> {
  const reply = await store.reflection(subscriber, id);
  if (!reply) return undefined;
  return store.changeReflection(reply, (current) =>
    as === "done" ? withDone(current, clock.now()) : withoutDone(current),
  );
}
