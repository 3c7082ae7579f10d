import type { Enrolment } from "../domain/course/enrolment.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { OWNER_ID } from "../domain/sending/owner.ts";
import { iso } from "../domain/time.ts";
import type { HolderStore, Needs } from "../ports.ts";

const ID = /^[a-z2-7]{8,64}$/;

/** Whether it can be a person's: no rehearsal's, and not the owner. */
export const isSubscriberId = (id: string): boolean => ID.test(id) && id !== OWNER_ID && !isRehearsal(id);

/** A person, by the id in a path. Undefined for who is not there, was erased, or is a rehearsal. */
export async function findSubscriber(
  { store }: Needs<HolderStore>,
  id: string | undefined,
): Promise<Subscriber | undefined> {
  if (id === undefined || !isSubscriberId(id)) return undefined;
  const found = await store.subscriber(id);
  return found?.erasedAt === undefined ? found : undefined;
}

/** Changes a person, but for one who is being erased: nothing is written onto their tombstone. */
export async function changePerson(
  { store }: Needs<HolderStore>,
  subscriber: Subscriber,
  change: (current: Subscriber) => Subscriber,
): Promise<void> {
  await store.change(subscriber, (current) => (current.erasedAt === undefined ? change(current) : current));
}

/** What the API shows of a person: nothing of what they wrote in a reply. */
export async function viewSubscriber({ store }: Needs<HolderStore>, subscriber: Subscriber) {
  const { id, address, firstName, status, stoppedBy, newsletter, language, zone, tags, createdAt } =
    subscriber;
  const enrolments = await store.enrolments(id);
  return {
    id,
    email: address,
    firstName: firstName ?? null,
    status,
    stoppedBy: status === "stopped" ? (stoppedBy ?? null) : null,
    newsletter,
    language: language ?? null,
    zone,
    tags: tags ?? [],
    createdAt: iso(createdAt),
    courses: enrolments.map(viewCourse),
  };
}

const viewCourse = ({ course, status, run, startedAt, completedAt, done, answers = {} }: Enrolment) => ({
  course,
  status,
  run,
  startedAt: iso(startedAt),
  ...(completedAt !== undefined && { completedAt: iso(completedAt) }),
  lessonsHad: done.length,
  answers,
});
