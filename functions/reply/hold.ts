import { pausedForAbsence } from "../domain/course/hold.ts";
import type { HolderStore, Needs } from "../ports.ts";
import type { Binding } from "./match-reply.ts";

/**
 * The course that was replied to waits for a reader who is away. Nothing is answered: the next mail tells them, and
 * how to undo it. In a run that was started again since, the note is not about these lessons.
 * @param lastDay `2026-11-30`
 */
export async function hold(
  { store, clock, log }: Needs<HolderStore, "clock" | "log">,
  bound: Binding,
  lastDay: string,
): Promise<void> {
  const { subscriber, dispatch } = bound;
  const enrolment = await store.enrolment(subscriber.id, dispatch.list);
  if (!enrolment || enrolment.run !== dispatch.run) return;
  const now = clock.now();
  const changed = await store.change(enrolment, (current) => pausedForAbsence(current, lastDay, now));
  if (changed?.hold?.since === now) log.info("course-held", { subscriber: subscriber.id, until: lastDay });
}
