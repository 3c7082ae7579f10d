import { CONFLICT, retryConflict } from "../conflict.ts";
import { withAnswers } from "../domain/course/answers.ts";
import type { Cadence } from "../domain/course/cadence.ts";
import { findStart } from "../domain/course/cohort.ts";
import type { Course } from "../domain/course/course.ts";
import { type Enrolment, inertEnrolment, withActivation } from "../domain/course/enrolment.ts";
import type { Answers } from "../domain/course/questions.ts";
import { latestConsent, type Subscriber } from "../domain/people/subscriber.ts";
import type { Instant } from "../domain/time.ts";
import type { AddressStore, HolderStore, Needs } from "../ports.ts";

/**
 * Someone confirmed: they begin, with the next cohort if there is one, or go on where they were. Someone who is in the
 * course stays as they are: what a form says of them is anybody's word.
 * @param answers of the sign-up that was confirmed
 */
export const beginCourse = (
  services: Needs<HolderStore & AddressStore, "nudge" | "log" | "clock">,
  subscriber: Subscriber,
  course: Course,
  cadence: Cadence,
  answers: Answers = {},
): Promise<void> =>
  enterCourse(services, subscriber, course, cadence, (enrolment, now) => {
    const begun = withActivation(enrolment, now, findStart(course, enrolment.cadence, now));
    return begun === enrolment ? enrolment : withAnswers(begun, course, answers);
  });

/**
 * Written inert, then read again whether it may begin, then activated at the version that was read before: a stop
 * that comes between either is seen here, or changes the enrolment so that the activation fails and looks again.
 * @param enter how the enrolment becomes active again
 */
export function enterCourse(
  services: Needs<HolderStore & AddressStore, "nudge" | "log" | "clock">,
  subscriber: Subscriber,
  course: Course,
  cadence: Cadence,
  enter: (enrolment: Enrolment, now: Instant) => Enrolment,
): Promise<void> {
  const { store, nudge, log, clock } = services;
  return retryConflict("enrolment", async () => {
    const now = clock.now();
    const inert = inertEnrolment(subscriber.id, course.slug, cadence, now);
    const kept = (await store.enrolment(subscriber.id, course.slug)) ?? (await store.save(inert));
    if (!kept) return CONFLICT;
    if (!(await mayBegin(services, subscriber, course))) return undefined;
    const begun = enter(kept, now);
    if (begun !== kept && !(await store.save(begun, kept))) return CONFLICT;
    log.info("enrolled", { subscriber: subscriber.id, course: course.slug });
    return nudge.send({ subscriber: subscriber.id, course: course.slug }, 0);
  });
}

/** Their latest word about this course is yes, and nothing suppresses the address. */
async function mayBegin(
  { store }: Needs<HolderStore & AddressStore>,
  { id, addressHash }: Subscriber,
  course: Course,
): Promise<boolean> {
  const suppression = await store.suppression(addressHash);
  const subscriber = await store.subscriber(id);
  if (suppression || subscriber?.status !== "active") return false;
  return latestConsent(subscriber, course.slug)?.event === "confirmed";
}
