import { takeBackAnswer } from "../../consent/voices.ts";
import type { Services } from "../../ports.ts";

/**
 * Deletes one reflection for good, its raw mail first: killed in between, it can be asked for again. A second delivery
 * of the same mail does not bring it back. False if the reader has no such reflection.
 */
export async function forgetReflection(services: Services, subscriber: string, id: string): Promise<boolean> {
  const { store, inbox, log } = services;
  const reflection = await store.reflection(subscriber, id);
  if (!reflection) return false;
  await takeBackAnswer(services, reflection);
  await inbox.remove(reflection.raw === undefined ? [] : [reflection.raw]);
  await store.forgetReflection(subscriber, id);
  log.info("reflection-forgotten", { dispatch: reflection.inReplyTo });
  return true;
}
