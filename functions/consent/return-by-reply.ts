import { shown, UNDO_TEXT } from "../domain/people/consent.ts";
import type { Consent, Subscriber } from "../domain/people/subscriber.ts";
import { listCommands, type Reflection, type RepliedTo } from "../domain/replies/reflection.ts";
import type { Dispatch } from "../domain/sending/dispatch.ts";
import { DAY } from "../domain/time.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import type { Services } from "../ports.ts";
import { comeBack } from "./come-back.ts";

/** So long a reply to the one mail after leaving brings someone back, as that mail says. */
const WAY_BACK_DAYS = 30;
const LEFT = "left-";

/** True for the mail that says that its reader has left. */
export const saysLeft = ({ kind, slug }: Pick<Dispatch, "kind" | "slug">): boolean =>
  kind === "notice" && slug.startsWith(LEFT);

/** "Back": any other request is none to come back. */
export const asksForReturn = (reflection: Pick<Reflection, "asked">): boolean =>
  listCommands(reflection).some(({ name }) => name === "resume");

/** Takes back what the mail is about that was replied to, within its time. */
export async function returnByReply(
  services: Services,
  bound: RepliedTo,
  { receivedAt }: Reflection,
): Promise<void> {
  const { store, log } = services;
  const { subscriber, dispatch } = bound;
  const request = await store.reflection(
    subscriber.id,
    dispatch.slug.slice(dispatch.slug.lastIndexOf("-") + 1),
  );
  if (!request || receivedAt - request.receivedAt > WAY_BACK_DAYS * DAY) return;
  const isAll = request.asked?.some((one) => one.name === "leave" && one.isAll) ?? false;
  const isCourse = services.content.courses.some(({ slug }) => slug === request.course);
  const courses = isCourse
    ? [request.course]
    : (await store.enrolments(subscriber.id)).map(({ course }) => course);
  const lists = isAll ? [EVERYTHING] : courses;
  for (const list of lists) await comeBack(services, subscriber, confirmation(list, receivedAt));
  if (!isAll && gotNewsletter(subscriber, request.receivedAt)) {
    const now = await store.subscriber(subscriber.id);
    if (now) await comeBack(services, now, confirmation(NEWSLETTER, receivedAt));
  }
  log.info("came-back", { subscriber: subscriber.id, lists: String(lists) });
}

/** Their last word about the newsletter before they left was yes. */
const gotNewsletter = ({ consents }: Subscriber, leftAt: number): boolean =>
  consents.findLast(({ list, at }) => list === NEWSLETTER && at < leftAt)?.event === "confirmed";

const confirmation = (list: string, at: number): Consent => ({
  event: "confirmed",
  at,
  list,
  ...shown(UNDO_TEXT),
  source: "reply",
  actor: "self",
});
