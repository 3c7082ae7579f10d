import { walkThrough } from "../../authoring/walk-through.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Enrolment, isGoingOn } from "../../functions/domain/course/enrolment.ts";
import { defaultCadence, firstLessonTime, nextLessonTime } from "../../functions/domain/course/schedule.ts";
import { NOTHING_KNOWN, type PersonFacts, readFacts } from "../../functions/domain/course/whom.ts";
import { LESSON_KEY } from "../../functions/domain/sending/agenda.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { scanHolders } from "../table/scan.ts";
import type { MidCourse } from "./paths.ts";

/** Readers in mid-course, and those who want what a course gets later, by the slug of their course. */
export type Readers = Map<string, MidCourse[]>;

/** Those of a deployment, by a scan of the table. */
export async function readReaders({ services, outputs }: Deployment): Promise<Readers> {
  const persons = new Map<string, Person>();
  const enrolments: Enrolment[] = [];
  for await (const holder of scanHolders(outputs.TableName as string, services.clock.now())) {
    if (holder.kind === "subscriber")
      persons.set(holder.id, {
        facts: { tags: holder.tags, newsletter: holder.newsletter },
        language: holder.language,
      });
    if (holder.kind === "enrolment" && (isGoingOn(holder) || wantsLater(holder))) enrolments.push(holder);
  }
  const readers: Readers = new Map();
  for (const enrolment of enrolments) {
    const reader = midCourse(enrolment, persons.get(enrolment.subscriber) ?? NOBODY);
    const others = readers.get(enrolment.course);
    if (others) others.push(reader);
    else readers.set(enrolment.course, [reader]);
  }
  return readers;
}

const wantsLater = ({ status, laterLessons }: Enrolment): boolean =>
  status === "completed" && laterLessons === true;

interface Person {
  facts: PersonFacts;
  language: string | undefined;
}
const NOBODY: Person = { facts: {}, language: undefined };

function midCourse(enrolment: Enrolment, person: Person): MidCourse {
  const { done, cadence, agenda } = enrolment;
  const { dueAt: nextAt, notBefore: startsOn } = agenda[LESSON_KEY] ?? {};
  const facts = readFacts(enrolment, person.facts);
  return {
    ...{ done, cadence, facts, nextAt },
    ...(person.language !== undefined && { language: person.language }),
    ...(wantsLater(enrolment) && { wantsLater: true as const }),
    ...(startsOn !== undefined && { startsOn }),
  };
}

/**
 * How many are made up for each course, spread evenly over it, from before the first lesson to after the last, and at each place
 * over what can be answered.
 */
export function simulatedReaders(courses: Course[], count: number, now: Instant): Readers {
  return new Map(courses.map((course) => [course.slug, spread(course, count, now)]));
}

function spread(course: Course, count: number, now: Instant): MidCourse[] {
  const cadence = defaultCadence(course, "UTC");
  const places = course.lessons.length + 1;
  return Array.from({ length: count }, (_, reader) => {
    const passed = Math.floor((reader * places) / count);
    const ofPlace = reader - Math.ceil((passed * count) / places);
    const isOver = passed === course.lessons.length;
    const next =
      passed === 0
        ? firstLessonTime(cadence, now)
        : nextLessonTime(cadence, now - 3 * DAY, course.lessons[passed]?.after);
    const all = { ...NOTHING_KNOWN, answers: makeUpAnswers(course, ofPlace) };
    return {
      ...walkThrough(course, passed, all),
      cadence,
      nextAt: isOver ? undefined : next,
    };
  });
}

/** The answers of one of many: any so many in a row have given all that there are, one question after the other. */
function makeUpAnswers({ questions }: Course, number: number): Record<string, string> {
  let rest = number;
  const answers: Record<string, string> = {};
  for (const { slug, options, isNeeded } of questions) {
    const values = [
      ...(options?.map((option) => option.slug) ?? [SOME_WORDS]),
      ...(isNeeded ? [] : [undefined]),
    ];
    const answer = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    if (answer !== undefined) answers[slug] = answer;
  }
  return answers;
}
const SOME_WORDS = "some words";
