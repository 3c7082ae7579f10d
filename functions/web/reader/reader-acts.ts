import { mailLink } from "../../consent/errands/mail-link.ts";
import { leave } from "../../consent/leave.ts";
import { listOffered, takeBackVoice } from "../../consent/voices.ts";
import { findLanguage } from "../../domain/content.ts";
import { foresee, isLast } from "../../domain/course/branches.ts";
import { startAwaited } from "../../domain/course/cohort.ts";
import { type Course, lessonBySlug, nextLesson, wasHad } from "../../domain/course/course.ts";
import {
  type Enrolment,
  wantsLessonNow,
  withCadence,
  withNewRun,
  withPause,
  withResumption,
} from "../../domain/course/enrolment.ts";
import { withLaterLessons, withoutLaterLessons } from "../../domain/course/later-lessons.ts";
import { withLettersAgain, withoutLetters } from "../../domain/course/letters.ts";
import { findMove, readMoveOutcome, withMove } from "../../domain/course/moves.ts";
import { beginOfDay, defaultCadence } from "../../domain/course/schedule.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import { listLanguages } from "../../domain/course/translations.ts";
import { keepSchedule, readUndo, type Undo, writeUndo } from "../../domain/course/undo.ts";
import { type PersonFacts, readFacts } from "../../domain/course/whom.ts";
import { consentRecord, LEAVE_TEXT, readOrigin, shown } from "../../domain/people/consent.ts";
import { asksForLink, type Subscriber } from "../../domain/people/subscriber.ts";
import { DAY, type Instant } from "../../domain/time.ts";
import { type PlainKey, say } from "../../domain/words/words.ts";
import { NEWSLETTER } from "../../links/links.ts";
import { readCadence, readRating } from "../sign-up/choices.ts";
import type { Acting, Said } from "./act.ts";
import { changeAnswers, choose } from "./change-answers.ts";
import { isEnoughToday } from "./enough-today.ts";
import { undoOnPage } from "./undo-button.ts";

type ReaderAct = (acting: Acting) => Promise<Said>;

const WEEK = 7 * DAY;
const MOST_WEEKS = 26;

/** What the buttons of a reader's own page do, by the value of their field `do`. Leaving is a link of its own. */
export const ACTS: ReadonlyMap<string, ReaderAct> = new Map([
  ["begin", begin],
  ["settings", saveSettings],
  ["language", chooseLanguage],
  ["pause", pause],
  ["resume", resume],
  ["next-lesson", sendNextLesson],
  ["rating", rate],
  ["move", tellMove],
  ["answers", changeAnswers],
  ["choose", choose],
  ["letters", chooseLetters],
  ["later", chooseLaterLessons],
  ["again", startAgain],
  ["newsletter", chooseNewsletter],
  ["personal", askForPersonalLink],
  ["here", stillHere],
  ["take-back", takeBack],
  ["undo", undoOnPage],
]);

type ActWord = PlainKey extends infer Key ? (Key extends `acts.${infer Name}` ? Name : never) : never;
const notice = ({ words }: Acting, name: ActWord): Said => ({ notice: say(words, `acts.${name}`) });
const problem = ({ words }: Acting, name: ActWord): Said => ({ problem: say(words, `acts.${name}`) });

/** The page after the confirmation: the cadence, and the rating if one was given. */
async function begin(acting: Acting): Promise<Said> {
  const saved = await saveSettings(acting);
  if (saved.problem) return saved;
  if (acting.request.form.rating) await rate(acting);
  return saved;
}

async function saveSettings(acting: Acting): Promise<Said> {
  const { services, subscriber, enrolment, course, request } = acting;
  const cadence = readCadence(
    request.form,
    course,
    enrolment?.cadence ?? defaultCadence(course, subscriber.zone),
  );
  if ("problem" in cadence) return { problem: say(acting.words, cadence.problem) };
  const undo = await reschedule(acting, (current, now) => withCadence(current, cadence, now));
  await services.store.change(subscriber, (current) =>
    current.zone === cadence.zone ? current : { ...current, zone: cadence.zone },
  );
  return { ...notice(acting, "saved"), undo };
}

/** For all that they get: a course that does not speak it keeps its own. */
async function chooseLanguage(acting: Acting): Promise<Said> {
  const { services, subscriber, course, request } = acting;
  const language = listLanguages(course).find((one) => one === request.form.language);
  if (language === undefined) return problem(acting, "badLanguage");
  await services.store.change(subscriber, (current) =>
    current.language === language ? current : { ...current, language },
  );
  const { words } = findLanguage(services.content, { language });
  return { notice: say(words, "acts.languageKept") };
}

async function pause(acting: Acting): Promise<Said> {
  const { services, enrolment, request } = acting;
  if (!isRunning(enrolment)) return problem(acting, "notEnrolled");
  const until = pauseEnd(enrolment, request.form, services.clock.now());
  if (until === undefined) return problem(acting, "badPause");
  const undo = await reschedule(acting, (current) => withPause(current, until));
  return { ...notice(acting, "paused"), undo };
}

/** By weeks, or by the day on which the pause ends; undefined for what is neither. */
function pauseEnd({ cadence }: Enrolment, form: Record<string, string>, now: Instant): Instant | undefined {
  const weeks = Number(form.weeks ?? "");
  const until = form.weeks === undefined ? beginOfDay(cadence, form.until ?? "") : now + weeks * WEEK;
  const isFit = until !== undefined && until > now && until <= now + MOST_WEEKS * WEEK;
  return isFit && (form.weeks === undefined || Number.isInteger(weeks)) ? until : undefined;
}

async function resume(acting: Acting): Promise<Said> {
  if (!isRunning(acting.enrolment)) return problem(acting, "notEnrolled");
  const undo = await reschedule(acting, withResumption);
  if (!undo) return notice(acting, "notPaused");
  return { ...notice(acting, "resumed"), undo };
}

/** The form names its lesson: sent twice, it does not bring the one behind it as well. */
async function sendNextLesson(acting: Acting): Promise<Said> {
  const { services, subscriber, enrolment, course, request } = acting;
  if (!isRunning(enrolment)) return problem(acting, "notEnrolled");
  if (startAwaited(enrolment) !== undefined) return problem(acting, "startsLater");
  const asked = request.form.lesson;
  const isNextOf = (current: Enrolment) =>
    nextLesson(course, current, readFacts(current, subscriber))?.slug === asked;
  if (isNextOf(enrolment) && (await isEnough(acting, enrolment))) return problem(acting, "enoughToday");
  const undo = await reschedule(acting, (current, now) =>
    isNextOf(current) ? wantsLessonNow(current, now) : current,
  );
  if (!undo) return notice(acting, "lessonGone");
  await services.nudge.send({ subscriber: enrolment.subscriber, course: enrolment.course }, 0);
  return { ...notice(acting, "lessonSent"), undo };
}

/** Before the last lesson it is the first rating, afterwards the second. */
async function rate(acting: Acting): Promise<Said> {
  const { subscriber, enrolment, course, request } = acting;
  const rating = readRating(request.form.rating);
  if (!rating) return problem(acting, "badRating");
  if (!enrolment || enrolment.status === "left") return problem(acting, "notEnrolled");
  const undo = await changeEnrolment(
    acting,
    (current) => {
      const moment = ratingMoment(current, course, subscriber);
      return {
        act: "rating",
        course: course.slug,
        run: current.run,
        moment,
        rating: current.ratings[moment],
      };
    },
    (current) => {
      const moment = ratingMoment(current, course, subscriber);
      if (current.ratings[moment] === rating) return current;
      return { ...current, ratings: { ...current.ratings, [moment]: rating } };
    },
  );
  return { ...notice(acting, "rated"), undo };
}

/** Which of the two ratings is asked for now. */
export const ratingMoment = (
  enrolment: Enrolment,
  course: Course,
  person: PersonFacts,
): "before" | "after" =>
  isLast(foresee(course, enrolment, readFacts(enrolment, person))) ? "after" : "before";

/** What became of a move. The form names its lesson: an old mail's link is about the lesson that it named. */
async function tellMove(acting: Acting): Promise<Said> {
  const { enrolment, course, request } = acting;
  const outcome = readMoveOutcome(request.form.move);
  if (!outcome) return problem(acting, "badMove");
  if (!enrolment || enrolment.status === "left") return problem(acting, "notEnrolled");
  const lesson = lessonBySlug(course, request.form.lesson ?? "");
  if (!lesson || !wasHad(lesson, enrolment.done)) return problem(acting, "noSuchMove");
  const undo = await changeEnrolment(
    acting,
    (current) => {
      const before = findMove(current, lesson);
      const of = { act: "move" as const, course: course.slug, run: current.run, lesson: lesson.slug };
      return { ...of, ...(before && { outcome: before }) };
    },
    (current) => (wasHad(lesson, current.done) ? withMove(current, lesson, outcome) : current),
  );
  return { ...notice(acting, "moveKept"), undo };
}

/** No letters after the course; or they come after all. */
async function chooseLetters(acting: Acting): Promise<Said> {
  const { services, enrolment, course, request } = acting;
  if (!enrolment || enrolment.status === "left") return problem(acting, "notEnrolled");
  const isWanted = request.form.letters === "yes";
  const now = services.clock.now();
  const undo = await changeEnrolment(
    acting,
    (current) => ({ act: "letters", course: course.slug, noLetters: current.noLetters === true }),
    (current) => (isWanted ? withLettersAgain(current, now) : withoutLetters(current)),
  );
  return { ...notice(acting, isWanted ? "letters" : "noLetters"), undo };
}

/** Lessons that the course gets after its end: for who has finished, and asks for them. */
async function chooseLaterLessons(acting: Acting): Promise<Said> {
  const { services, enrolment, course, request } = acting;
  if (enrolment?.status !== "completed") return problem(acting, "notEnrolled");
  const isWanted = request.form.later === "yes";
  const now = services.clock.now();
  const undo = await changeEnrolment(
    acting,
    (current) => ({ act: "later", course: course.slug, isWanted: current.laterLessons === true }),
    (current) => (isWanted ? withLaterLessons(current, now) : withoutLaterLessons(current)),
  );
  return { ...notice(acting, isWanted ? "later" : "noLater"), undo };
}

async function startAgain(acting: Acting): Promise<Said> {
  const { services, enrolment, course, request, subscriber } = acting;
  if (subscriber.status !== "active") return problem(acting, "leftEverything");
  if (!enrolment || enrolment.status === "left") return problem(acting, "notEnrolled");
  // The form names the run that it ends, so that sending it twice starts once.
  if (String(enrolment.run) !== request.form.run) return notice(acting, "startedAlready");
  if (await isEnough(acting, enrolment)) return problem(acting, "enoughToday");
  const now = services.clock.now();
  const undo = await changeEnrolment(
    acting,
    (current) => ({ act: "again", course: course.slug, run: withNewRun(current, now).run }),
    (current) => (String(current.run) === request.form.run ? withNewRun(current, now) : current),
  );
  if (!undo) return problem(acting, "leaving");
  await services.nudge.send({ subscriber: enrolment.subscriber, course: enrolment.course }, 0);
  return { ...notice(acting, "started"), undo };
}

/** @param changed by what is asked for: an attempt that was cut off before that, and the next one, take one place */
const isEnough = (
  { services, subscriber, course, request }: Acting,
  changed: Pick<Subscriber | Enrolment, "version">,
): Promise<boolean> =>
  isEnoughToday(services, subscriber, `${request.form.do} ${course.slug} ${changed.version}`);

/** To the mail that asks silent readers: any press would do; this one does nothing else. */
async function stillHere(acting: Acting): Promise<Said> {
  if (!isRunning(acting.enrolment)) return problem(acting, "notEnrolled");
  const undo = await reschedule(acting, (current, now) =>
    current.toldOfSilence === undefined ? current : withResumption(current, now),
  );
  return { ...notice(acting, "goesOn"), undo };
}

async function chooseNewsletter(acting: Acting): Promise<Said> {
  if (acting.subscriber.status !== "active") return problem(acting, "leftEverything");
  return acting.request.form.newsletter === "yes" ? askToJoinNewsletter(acting) : leaveNewsletter(acting);
}

/** This page may be in other hands, which must not join its reader to anything: a button is mailed to the reader. */
async function askToJoinNewsletter(acting: Acting): Promise<Said> {
  const { services, subscriber } = acting;
  if (subscriber.newsletter) return notice(acting, "newsletter");
  if (await isEnough(acting, subscriber)) return problem(acting, "enoughToday");
  const now = services.clock.now();
  await services.store.change(subscriber, (current) => asksForLink(current, "join", now));
  await services.nudge.send({ subscriber: subscriber.id }, 0);
  return notice(acting, "newsletterAsked");
}

/** Its undo joins again: only who was in gets one. */
async function leaveNewsletter(acting: Acting): Promise<Said> {
  const { services, subscriber, request } = acting;
  const said = notice(acting, "noNewsletter");
  if (!subscriber.newsletter) return said;
  const origin = readOrigin(request, "/reader", acting.course);
  const record = consentRecord("withdrawn", NEWSLETTER, shown(LEAVE_TEXT), services.clock.now(), origin);
  await leave(services, subscriber.id, record);
  return { ...said, undo: { act: "newsletter", newsletter: true } };
}

/** Whoever has this page may do it: nobody is hurt by it, and the mail that had asked offers it again. */
async function takeBack(acting: Acting): Promise<Said> {
  const { services, subscriber, course, request } = acting;
  const id = request.form.voice ?? "";
  const isTheirs = (await listOffered(services, subscriber)).some((voice) => voice.id === id);
  if (!isTheirs) return problem(acting, "voiceGone");
  await takeBackVoice(services, { subscriber: subscriber.id, id }, readOrigin(request, "/reader", course));
  return notice(acting, "voiceTakenBack");
}

/** What a reader wrote and what is kept about them take a link that is mailed anew: this page may be in other hands. */
async function askForPersonalLink(acting: Acting): Promise<Said> {
  const { services, subscriber } = acting;
  const due = await mailLink(services, {
    subscriber: subscriber.id,
    occasion: "personal",
    at: services.clock.now(),
  });
  if (due !== undefined) await services.nudge.send({ subscriber: due }, 0);
  return notice(acting, "linkAskedFor");
}

const isRunning = (enrolment: Enrolment | undefined): enrolment is Enrolment =>
  enrolment?.status === "active" || enrolment?.status === "paused";

function reschedule(
  acting: Acting,
  apply: (current: Enrolment, now: Instant) => Enrolment,
): Promise<Undo | undefined> {
  const now = acting.services.clock.now();
  return changeEnrolment(
    acting,
    (current) => {
      const before = keepSchedule(current);
      return before && { act: "schedule", course: current.course, before };
    },
    (current) => apply(current, now),
  );
}

/**
 * Changes the enrolment, and returns what takes the change back; undefined if nothing changed. A form that is sent
 * twice, or again from the history of the browser, is known by its field `once`: it changes nothing more, and its
 * undo is still the first one's.
 */
async function changeEnrolment(
  { services, enrolment, request }: Acting,
  undoOf: (before: Enrolment) => Undo | undefined,
  apply: (current: Enrolment) => Enrolment,
): Promise<Undo | undefined> {
  if (!enrolment) return undefined;
  const once = request.form.once?.slice(0, LONGEST_ONCE);
  let undo: Undo | undefined;
  await services.store.change(enrolment, (current) => {
    const isRepeated = once !== undefined && current.lastForm?.once === once;
    undo = isRepeated ? readUndo(current.lastForm?.undo ?? "") : undefined;
    const acted = isRepeated ? current : apply(current);
    if (acted === current) return withSignOfLife(current);
    undo = undoOf(current);
    const after = withSignOfLife(acted);
    return once && undo ? { ...after, lastForm: { once, undo: writeUndo(undo) } } : after;
  });
  return undo;
}
const LONGEST_ONCE = 20;
