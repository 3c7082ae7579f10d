import { isMailKey, LESSON_KEY, mailKey, withoutEntry } from "../sending/agenda.ts";
import type { AgendaKey } from "../sending/dispatch.ts";
import type { Settings } from "../settings.ts";
import type { Instant } from "../time.ts";
import { type Enrolment, withPause } from "./enrolment.ts";
import { timeTomorrow } from "./schedule.ts";

/*
 * Readers are not watched: whether a mail was opened is not known, so a reader of whom nothing is heard is a reader. Lessons
 * are counted since the last sign of life. The seventh asks in one line whether the course is still useful. Only where
 * the owner's settings say so, a mail follows it that announces a pause, and after two more lessons the course pauses.
 */

/** After this many lessons without a sign of life, the next one asks whether they are still useful. */
const SILENT_LESSONS = 6;
/** How many more come after the mail that announces a pause. */
const LESSONS_AFTER_NOTICE = 2;
const isNotice = (key: AgendaKey): boolean => isMailKey("notice", key, "silence-");

type Policy = Pick<Settings, "pauseSilentReaders">;

/**
 * Something was heard of the reader: a reply, a rating, a press on a page. A GET is no sign: scanners follow links.
 * The enrolment itself where there was nothing to forget, so that nothing is written.
 */
export function withSignOfLife(enrolment: Enrolment): Enrolment {
  const { silent, toldOfSilence, ...rest } = enrolment;
  if (silent === undefined && toldOfSilence === undefined) return enrolment;
  return { ...rest, agenda: withoutEntry(enrolment.agenda, isNotice) };
}

/** What a lesson says of it: asks whether it is useful, or that the course pauses with it. */
export type Silence = "asks" | "pauses";

/** What a lesson that leaves now says of the silence. */
export function silenceToTell(enrolment: Enrolment, policy: Policy): Silence | undefined {
  const { silent = 0, status } = enrolment;
  // Who has finished asked for each lesson that comes.
  if (status === "completed") return undefined;
  if (pausesAfterNext(enrolment, policy)) return "pauses";
  return silent > 0 && silent % SILENT_LESSONS === 0 ? "asks" : undefined;
}

function pausesAfterNext({ silent = 0, toldOfSilence }: Enrolment, { pauseSilentReaders }: Policy): boolean {
  return (
    pauseSilentReaders && toldOfSilence !== undefined && silent + 1 >= toldOfSilence + LESSONS_AFTER_NOTICE
  );
}

/** The enrolment once a mail has left and the next one is planned: one more lesson in silence, and what follows from it. */
export function silenceWithLesson(
  enrolment: Enrolment,
  key: AgendaKey,
  sentAt: Instant,
  policy: Policy,
): Enrolment {
  if (isNotice(key)) return { ...enrolment, toldOfSilence: enrolment.silent ?? 0 };
  if (key !== LESSON_KEY) return enrolment;
  const silent = (enrolment.silent ?? 0) + 1;
  const counted: Enrolment = { ...enrolment, silent };
  const goesOn = counted.status === "active" && counted.agenda[LESSON_KEY] !== undefined;
  if (!policy.pauseSilentReaders || !goesOn) return counted;
  if (pausesAfterNext(enrolment, policy)) return withPause(counted);
  return silent > SILENT_LESSONS && counted.toldOfSilence === undefined
    ? withNotice(counted, sentAt)
    : counted;
}

/** At the reader's hour on the day after the lesson that asked. One waits at a time. */
function withNotice(enrolment: Enrolment, sentAt: Instant): Enrolment {
  if (Object.keys(enrolment.agenda).some(isNotice)) return enrolment;
  const dueAt = timeTomorrow(enrolment.cadence, sentAt);
  const key = mailKey("notice", `silence-${sentAt}`);
  return { ...enrolment, agenda: { ...enrolment.agenda, [key]: { dueAt, doubts: 0 } } };
}
