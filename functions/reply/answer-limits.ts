import { isRehearsal } from "../domain/people/rehearsal.ts";
import { isMailKey } from "../domain/sending/agenda.ts";
import { readDispatchId } from "../domain/sending/dispatch.ts";
import { DAY } from "../domain/time.ts";
import type { HolderStore, LedgerStore, LimitStore, Needs } from "../ports.ts";

/** A person gets at most this many automatic answers a day, however many lessons they reply to. */
const MOST_PROMPTS_A_DAY = 3;
/** All readers together: more than that is a loop or an attack, and an alarm tells the owner. */
const MOST_ANSWERS_A_DAY = 2_000;

/**
 * True if one more automatic answer may be planned for a person. What they got is counted in the ledger and on
 * their agendas, not by tries: one that failed and is made again takes no other answer's place.
 */
export async function hasRoomForAnswer(
  { store, clock, log, alarms }: Needs<HolderStore & LedgerStore & LimitStore, "clock" | "log" | "alarms">,
  subscriber: string,
): Promise<boolean> {
  if (isRehearsal(subscriber)) return true;
  const since = clock.now() - DAY;
  const [ledger, enrolments] = await Promise.all([store.ledger(subscriber), store.enrolments(subscriber)]);
  const sent = ledger.filter(
    ({ dispatch, sentAt }) => sentAt > since && readDispatchId(dispatch)?.kind === "prompt",
  );
  const waiting = enrolments.flatMap(({ agenda }) =>
    Object.keys(agenda).filter((key) => isMailKey("prompt", key)),
  );
  if (sent.length + waiting.length >= MOST_PROMPTS_A_DAY) {
    log.warn("prompts-limited", { subscriber });
    return false;
  }
  if ((await store.count({ key: "answers", most: MOST_ANSWERS_A_DAY, windowMs: DAY })) === undefined)
    return true;
  log.warn("answers-held", { most: MOST_ANSWERS_A_DAY });
  log.count("AnswersHeld");
  await alarms.see("answers-held");
  return false;
}
