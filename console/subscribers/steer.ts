import { outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { findCourse } from "../../functions/domain/content.ts";
import type { Course, Lesson } from "../../functions/domain/course/course.ts";
import { lessonBySlug, nextLesson } from "../../functions/domain/course/course.ts";
import { type Enrolment, withPause, withResumption } from "../../functions/domain/course/enrolment.ts";
import { beginOfDay } from "../../functions/domain/course/schedule.ts";
import { withSignOfLife } from "../../functions/domain/course/silence.ts";
import { type PersonFacts, readFacts } from "../../functions/domain/course/whom.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { COMPLETION_KEY, LESSON_KEY } from "../../functions/domain/sending/agenda.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { momentShown } from "../shown.ts";
import { type NoPlace, type Placement, withPlace } from "./place.ts";
import { COURSE_FLAG, findEnrolment, requireCourse, requireReader } from "./reader.ts";

const PAUSE_FLAGS = {
  ...REACH_FLAGS,
  ...COURSE_FLAG,
  until: { value: "DAY", says: "the day on which the course goes on: 2026-04-14; until resumed otherwise" },
} as const;
const PLACE_FLAGS = {
  ...REACH_FLAGS,
  ...COURSE_FLAG,
  again: { says: "send what they have had from there on once more, as a new run" },
} as const;
const RESUME_FLAGS = { ...REACH_FLAGS, ...COURSE_FLAG } as const;

export const PAUSE = verb({
  takes: ["READER"],
  says: "no lessons and no look-backs until they, you or the day resumes; answers to replies still leave",
  flags: PAUSE_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) =>
    pause(await reach(() => outlineHere()), reader, flags),
});

export const RESUME = verb({
  takes: ["READER"],
  says: "go on after a pause, at the reader's next slot",
  flags: RESUME_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) =>
    resume(await reach(() => outlineHere()), reader, flags),
});

export const PLACE = verb({
  takes: ["READER", "LESSON"],
  says: "which lesson comes next; what was had is not sent again unless --again",
  flags: PLACE_FLAGS,
  run: async ({ words: [reader = "", lesson = ""], reach, flags }) =>
    placeReader(await reach(() => outlineHere()), reader, lesson, flags),
});

async function pause(
  deployment: Deployment,
  reader: string,
  flags: Given<typeof PAUSE_FLAGS>,
): Promise<string> {
  const { enrolment } = await running(deployment, reader, flags.course);
  const until = pauseEnd(enrolment, flags.until, deployment.services.clock.now());
  const length =
    until === undefined ? "until it is resumed" : `until ${momentShown(until, enrolment.cadence.zone)}`;
  const asks = `Pause ${enrolment.course} for ${enrolment.subscriber} ${length}`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  return changeEnrolment(deployment, enrolment, (current) => withPause(current, until));
}

function pauseEnd({ cadence }: Enrolment, day: string | undefined, now: number): number | undefined {
  if (day === undefined) return undefined;
  const until = beginOfDay(cadence, day);
  if (until === undefined) throw new ArgumentError(`--until ${day} is no day. Write it like 2026-04-14.`);
  if (until <= now) throw new ArgumentError(`--until ${day} has begun already for this reader.`);
  return until;
}

async function resume(
  deployment: Deployment,
  reader: string,
  flags: Given<typeof RESUME_FLAGS>,
): Promise<string> {
  const { person, enrolment } = await running(deployment, reader, flags.course);
  if (enrolment.status === "active")
    return `${enrolment.course} was not paused: ${place(deployment, person, enrolment)}`;
  const asks = `Resume ${enrolment.course} for ${enrolment.subscriber}`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  const now = deployment.services.clock.now();
  // The owner has heard of them: what a mail announced for their silence does not follow.
  return changeEnrolment(deployment, enrolment, (current) => withSignOfLife(withResumption(current, now)));
}

async function running(
  deployment: Deployment,
  reader: string,
  course: string | undefined,
): Promise<{ person: Subscriber; enrolment: Enrolment }> {
  const person = await requireReader(deployment, reader);
  const enrolment = await findEnrolment(deployment, person, course);
  if (enrolment.status !== "active" && enrolment.status !== "paused")
    throw new ArgumentError(
      `${enrolment.subscriber}'s course ${enrolment.course} is ${enrolment.status}: nothing of it is sent.`,
    );
  return { person, enrolment };
}

async function changeEnrolment(
  deployment: Deployment,
  enrolment: Enrolment,
  apply: (current: Enrolment) => Enrolment,
): Promise<string> {
  const { store } = deployment.services;
  const after = await store.change(enrolment, apply);
  const person = after && (await store.subscriber(after.subscriber));
  return person ? place(deployment, person, after) : `${enrolment.subscriber} is not there any more.`;
}

/** What will be sent next, and when. */
export function place({ services }: Deployment, person: PersonFacts, enrolment: Enrolment): string {
  const { course: slug, subscriber, status, agenda, cadence } = enrolment;
  const course = findCourse(services, slug);
  const next = course && nextLesson(course, enrolment, readFacts(enrolment, person));
  const what = next ? `${next.slug} (“${next.title}”)` : "the completion";
  const entry = agenda[next ? LESSON_KEY : COMPLETION_KEY];
  if (status === "paused") {
    const until = agenda.resume ? ` until ${momentShown(agenda.resume.dueAt, cadence.zone)}` : "";
    return `${subscriber}: ${slug} is paused${until}; then comes ${what}.`;
  }
  if (status !== "active") return `${subscriber}: ${slug} is ${status}.`;
  return `${subscriber}: next comes ${what}${entry ? `, ${momentShown(entry.dueAt, cadence.zone)}` : ""}.`;
}

async function placeReader(
  deployment: Deployment,
  reader: string,
  slug: string,
  flags: Given<typeof PLACE_FLAGS>,
): Promise<string> {
  const { store, clock } = deployment.services;
  const person = await requireReader(deployment, reader);
  const enrolment = await findEnrolment(deployment, person, flags.course);
  const course = requireCourse(deployment, enrolment.course);
  const lesson = findLesson(course, slug);
  const placed = (current: Enrolment) =>
    withPlace(current, course, lesson, person, clock.now(), flags.again === true);
  const foreseen = placed(enrolment);
  if (typeof foreseen === "string") throw new ArgumentError(refusal(foreseen, enrolment, lesson));
  const asks = [...consequences(foreseen), place(deployment, person, foreseen.enrolment)].join("\n");
  if (!(await isAllowed(`${asks}\nPlace them`, deployment, flags.yes))) return "Nothing was changed.";
  let refused: NoPlace | undefined;
  const after = await store.change(enrolment, (current) => {
    // Someone has begun a new run meanwhile: what was foreseen is about another one.
    if (current.run !== enrolment.run) return current;
    const outcome = placed(current);
    refused = typeof outcome === "string" ? outcome : undefined;
    return typeof outcome === "string" ? current : isSame(current, outcome) ? current : outcome.enrolment;
  });
  if (refused) throw new ArgumentError(refusal(refused, enrolment, lesson));
  if (!after) return `${enrolment.subscriber} is not there any more.`;
  return [...consequences(foreseen), place(deployment, person, after)].join("\n");
}

/** Two consoles that place someone before the same lesson place them once: the second finds them before it, with nothing to send again. */
const isSame = (current: Enrolment, { enrolment, again }: Placement): boolean =>
  again.length === 0 && current.movedTo === enrolment.movedTo && current.status === enrolment.status;

function findLesson(course: Course, slug: string): Lesson {
  const lesson = lessonBySlug(course, slug);
  if (!lesson)
    throw new ArgumentError(
      `${course.slug} has no lesson "${slug}"; it has ${course.lessons.map((one) => one.slug).join(", ")}.`,
    );
  return lesson;
}

function refusal(why: NoPlace, { subscriber, course }: Enrolment, { slug }: Lesson): string {
  const WHY: Record<NoPlace, string> = {
    "has-left": `${subscriber} has left ${course}: only they can come back, by signing up again.`,
    "not-begun": `${course} has not begun for ${subscriber}.`,
    "mail-on-its-way": `A mail of ${course} to ${subscriber} is just leaving, or in doubt: try again in a few minutes.`,
    "not-theirs": `By what is known of ${subscriber} now, ${slug} is for others: its "when" says for whom. Nothing puts them before it but an answer or a tag.`,
    "was-had": `${subscriber} has had ${slug}: add --again to send it, and what was had behind it, once more.`,
  };
  return WHY[why];
}

const names = (lessons: Lesson[]): string => lessons.map(({ slug }) => slug).join(", ");

function consequences({ passedOver, again, ahead }: Placement): string[] {
  return [
    ...(passedOver.length > 0 ? [`Not sent any more: ${names(passedOver)}`] : []),
    again.length > 0
      ? `Sent once more, in a new run: ${names(again)}`
      : "Nothing that they have had is sent again.",
    `Still to come: ${names(ahead)}`,
  ];
}
