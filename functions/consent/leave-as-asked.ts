import { findCourse } from "../domain/content.ts";
import { LEAVE_TEXT, shown } from "../domain/people/consent.ts";
import type { Consent, Subscriber } from "../domain/people/subscriber.ts";
import type { LeaveRequest } from "../domain/replies/asks/asks.ts";
import type { Instant } from "../domain/time.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import type { HolderStore, Needs } from "../ports.ts";
import { leave } from "./leave.ts";

/** What a reply asks to leave, and on which list the mail was that it answers. */
interface LeaveAsked {
  request: Pick<LeaveRequest, "isAll" | "keeps"> | undefined;
  list: string;
  at: Instant;
}

/**
 * Leaves the course that was replied to and the newsletter, or everything, at once. Asked again at the same moment it
 * leaves the same.
 * @returns of the two, the one that was left alone, because they keep the other
 */
export async function leaveAsAsked(
  services: Needs<HolderStore, "content" | "log">,
  subscriber: Subscriber,
  asked: LeaveAsked,
): Promise<"course" | "newsletter" | undefined> {
  const { request, at } = asked;
  const hasNewsletter = getsNewsletter(subscriber, at);
  const keeps = hasNewsletter ? request?.keeps : undefined;
  const courses = keeps === "course" ? [] : await listCourses(services, subscriber, asked.list);
  const newsletter = hasNewsletter && keeps !== "newsletter" ? [NEWSLETTER] : [];
  for (const list of request?.isAll ? [EVERYTHING] : [...courses, ...newsletter])
    await leave(services, subscriber.id, makeMailedWithdrawal(list, at));
  if (keeps === undefined) return undefined;
  return keeps === "course" ? "newsletter" : "course";
}

/** They get it, or left it by this very request. Who keeps "the course" of what is all that they get, keeps nothing. */
function getsNewsletter({ newsletter, consents }: Subscriber, at: Instant): boolean {
  const last = consents.findLast(({ list }) => list === NEWSLETTER);
  return newsletter || (last?.event === "withdrawn" && last.at === at);
}

/** The course that was replied to; to an issue or a mail about the account, all of theirs. */
async function listCourses(
  services: Needs<HolderStore, "content">,
  { id }: Subscriber,
  list: string,
): Promise<string[]> {
  if (list !== NEWSLETTER && findCourse(services, list)) return [list];
  return (await services.store.enrolments(id)).map(({ course }) => course);
}

/** The record of a leaving by mail. A mail that is delivered again makes the same one. */
export const makeMailedWithdrawal = (list: string, receivedAt: Instant): Consent => ({
  ...{ event: "withdrawn", at: receivedAt, list, ...shown(LEAVE_TEXT) },
  ...{ source: "reply", actor: "self" },
});
