import { enterCourse } from "../../functions/consent/begin-course.ts";
import { withAnswers } from "../../functions/domain/course/answers.ts";
import { findStart } from "../../functions/domain/course/cohort.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Enrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import type { Answers } from "../../functions/domain/course/questions.ts";
import { defaultCadence } from "../../functions/domain/course/schedule.ts";
import { makeSubscriberId } from "../../functions/domain/people/rehearsal.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import {
  askedByImport,
  type Evidence,
  type ImportAim,
  type Imported,
  importConsent,
  inertImport,
  isOfImport,
  joinedByImport,
} from "./imported.ts";

/** What all people of an import have in common. */
export interface Import {
  evidence: Evidence;
  aim: ImportAim;
  course: Course;
}

/** What became of a person of an import. A person who is not added is left as they were. */
type ImportOutcome = "added" | "known" | "suppressed";

/**
 * Adds a person out of a file. They are written down inert, then it is looked whether their address is suppressed,
 * then they are active, or asked: a suppression that comes between is seen, or stops them. Done twice, or cut off
 * and done again, it is done once.
 * @param askAt when they are asked, if that is what the import is for
 */
export async function importPerson(
  services: Services,
  person: Imported,
  { evidence, aim, course }: Import,
  askAt: Instant,
): Promise<ImportOutcome> {
  const { store, clock, settings } = services;
  const keptFor = settings.retention.unconfirmedDays * DAY;
  const id = await store.bindAddress(person.addressHash, makeSubscriberId(services.random));
  const known = await store.subscriber(id);
  const written = known ?? (await store.save(inertImport(id, person, evidence, aim, clock.now(), keptFor)));
  const subscriber = written ?? (await store.subscriber(id));
  if (!subscriber || !isOfImport(subscriber, evidence)) return "known";
  if (person.stoppedBy) return keepStopped(services, person, subscriber, evidence);
  if (await store.suppression(person.addressHash)) return "suppressed";
  const current = await store.change<Subscriber>(subscriber, (one) =>
    aim === "confirm" ? askedByImport(one, askAt, keptFor) : joinedByImport(one),
  );
  if (aim === "course" && current) await startCourse(services, current, course, person.answers);
  return "added";
}

/** Who had stopped all mail elsewhere is kept as stopped, so that no later file brings them back. */
async function keepStopped(
  { store, clock }: Services,
  { stoppedBy, addressHash }: Imported,
  subscriber: Subscriber,
  evidence: Evidence,
): Promise<ImportOutcome> {
  if (stoppedBy && !(await store.suppression(addressHash)))
    await store.stopEverything(
      subscriber.id,
      stoppedBy,
      importConsent("withdrawn", "everything", clock.now(), evidence),
    );
  return "added";
}

/** Only who has not been in the course: an import that goes on must not bring back a person who has left meanwhile. */
async function startCourse(
  services: Services,
  subscriber: Subscriber,
  course: Course,
  answers: Answers = {},
): Promise<void> {
  const cadence = defaultCadence(course, subscriber.zone);
  const begin = (enrolment: Enrolment, now: Instant) =>
    enrolment.status === "inert"
      ? withAnswers(
          withActivation(enrolment, now, findStart(course, enrolment.cadence, now)),
          course,
          answers,
        )
      : enrolment;
  // A nudge each would ask for thousands of mails at once: the lanes find them, at their own rate.
  const unhurried = { ...services, nudge: { send: async () => {} } };
  await enterCourse(unhurried, subscriber, course, cadence, begin);
}
