import { withSignOfLife } from "../domain/course/silence.ts";
import { withSenderConfirmed } from "../domain/people/other-senders.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import {
  confirmedReply,
  findLeaveRequest,
  listCommands,
  type Reflection,
  type RepliedTo,
} from "../domain/replies/reflection.ts";
import { readDispatchId } from "../domain/sending/dispatch.ts";
import type { Services } from "../ports.ts";
import { leaveAsAsked } from "./leave-as-asked.ts";
import { returnByReply, saysLeft } from "./return-by-reply.ts";
import { runCommands } from "./run-commands.ts";
import { obeyVoiceWord } from "./voice-by-reply.ts";

/**
 * A reader pressed the button of a mail to their own address: the reply is theirs. The address that it came from counts as
 * theirs from now on, what it asks for is done, and its words stand in their journal. It gets no prompt: the mail that asked
 * was its answer. Pressed again, or cut short and pressed again, it does the same once.
 * @returns the reply as it stands now; undefined if it is not there any more
 */
export async function acceptReply(
  services: Services,
  subscriber: Subscriber,
  id: string,
): Promise<Reflection | undefined> {
  const { store, clock, log } = services;
  await store.change(subscriber, (current) => withSenderConfirmed(current, id, clock.now()));
  const reply = await store.reflection(subscriber.id, id);
  const dispatch = readDispatchId(reply?.inReplyTo ?? "");
  if (!reply?.awaits || !dispatch) return reply;
  const theirs = confirmedReply(reply);
  await carryOut(services, { subscriber, dispatch }, theirs);
  await store.changeReflection(reply, confirmedReply);
  log.info("reply-accepted", { subscriber: subscriber.id, kind: theirs.replyKind });
  return theirs;
}

async function carryOut(services: Services, about: RepliedTo, reply: Reflection): Promise<void> {
  const { subscriber, dispatch } = about;
  const { receivedAt: at } = reply;
  if (reply.replyKind === "command" && saysLeft(dispatch)) return returnByReply(services, about, reply);
  if (subscriber.status !== "active") return;
  if (reply.replyKind === "unsubscribe") {
    await leaveAsAsked(services, subscriber, { request: findLeaveRequest(reply), list: dispatch.list, at });
    return;
  }
  const manner = { isProven: true, isToldByMail: false };
  if (reply.replyKind === "command") {
    await obeyVoiceWord(services, about, reply, manner);
    return runCommands(services, about, reply, listCommands(reply), manner);
  }
  const enrolment = await services.store.enrolment(subscriber.id, dispatch.list);
  if (enrolment?.silent !== undefined) await services.store.change(enrolment, withSignOfLife);
}
