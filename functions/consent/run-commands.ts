import { findCourse } from "../domain/content.ts";
import { offeredRhythms } from "../domain/course/cadence.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { findMoveAsked } from "../domain/course/moves.ts";
import { withSignOfLife } from "../domain/course/silence.ts";
import { PAGE_MAIL_LIMIT, personalLimit } from "../domain/people/limits.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import {
  type Command,
  isToBeTold,
  readRatingRequest,
  type Unsure,
  withCommands,
} from "../domain/replies/command.ts";
import { bringsGraveNews, type Reflection, type RepliedTo } from "../domain/replies/reflection.ts";
import { DAY } from "../domain/time.ts";
import type { HolderStore, LimitStore, Needs } from "../ports.ts";

/** More commands than these a day are carried out in silence: no two machines shall talk to each other through us. */
const MOST_NOTICES_A_DAY = 10;

/** What is known of the order beside what it asks for. */
interface Manner {
  /** False where From may be forged. */
  isProven: boolean;
  /** By a mail; else the page says it on which it was pressed. */
  isToldByMail: boolean;
}

/**
 * Carries out what was asked for and asks for one confirmation of all of it, in one write on the enrolment. What
 * someone sends who has left, or never began, is kept and that is all.
 */
export async function runCommands(
  services: Needs<HolderStore & LimitStore, "clock" | "content" | "settings" | "nudge" | "log">,
  bound: RepliedTo,
  reflection: Reflection,
  commands: readonly (Command | Unsure)[],
  { isProven, isToldByMail }: Manner,
): Promise<void> {
  const { store, clock, nudge } = services;
  const enrolment = bound.subscriber.status === "active" ? await enrolmentMeant(services, bound) : undefined;
  const course = findCourse(services, enrolment?.course);
  if (!enrolment || !course || commands.length === 0) return;
  const isOfThisRun = enrolment.course === bound.dispatch.list && enrolment.run === bound.dispatch.run;
  const order = {
    commands,
    reflection: reflection.id,
    receivedAt: reflection.receivedAt,
    now: clock.now(),
    asksMoveOf: isOfThisRun ? findMoveAsked(course, enrolment.done, bound.dispatch) : undefined,
    asks: isOfThisRun ? readRatingRequest(course, enrolment.done, bound.dispatch) : undefined,
    isConfirmed: isToldByMail && (await mayConfirm(services, enrolment, reflection)),
    questions: course.questions,
    paces: offeredRhythms(course),
    isProven,
    isPlain: bringsGraveNews(reflection),
  };
  const changed = await store.change(enrolment, (current) => withCommands(withSignOfLife(current), order));
  const holder = { subscriber: enrolment.subscriber, course: enrolment.course };
  if (changed && (!isToldByMail || isToBeTold(changed, reflection.id))) await nudge.send(holder, 0);
}

/** The course that was replied to; to a mail of no course, the only one that the person is in. */
async function enrolmentMeant(
  { store }: Needs<HolderStore>,
  bound: RepliedTo,
): Promise<Enrolment | undefined> {
  const enrolments = await store.enrolments(bound.subscriber.id);
  const named = enrolments.find(({ course }) => course === bound.dispatch.list);
  return named ?? (enrolments.length === 1 ? enrolments[0] : undefined);
}

/** Not counted again for a mail that was obeyed already. */
async function mayConfirm(
  { store, log }: Needs<LimitStore, "log">,
  enrolment: Enrolment,
  reflection: Reflection,
): Promise<boolean> {
  if (enrolment.obeyed?.includes(reflection.id)) return false;
  if (isRehearsal(enrolment.subscriber)) return true;
  const key = personalLimit("notices", enrolment.subscriber);
  // Whoever has a forwarded link has no more mails by what they write on a page than by its buttons.
  const most = reflection.isFromPage ? PAGE_MAIL_LIMIT.most : MOST_NOTICES_A_DAY;
  const isOverLimit = await store.count({ key, most, windowMs: DAY });
  if (isOverLimit !== undefined) log.warn("notices-limited", { subscriber: enrolment.subscriber });
  return isOverLimit === undefined;
}
