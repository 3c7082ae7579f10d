import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { isAnswerToRequest } from "../../functions/domain/people/confirmations.ts";
import type { Consent, Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, type Instant, iso } from "../../functions/domain/time.ts";
import type { PersonRecord } from "../table/people.ts";

/** A week as it is counted, from Monday to Sunday, UTC. */
export interface WeekOfStats {
  /** Its Monday: `2026-03-02`. */
  from: string;
  signUps: number;
  confirmations: number;
  /** Enrolments that had begun and were neither finished nor left when the week ended, or as it stands now. */
  inCourse: number;
  finished: number;
  left: number;
}

const WEEK = 7 * DAY;
/** The first Monday of the epoch was the fifth day of 1970. */
const FIRST_MONDAY = 4 * DAY;

const weekNumber = (moment: Instant): number => Math.floor((moment - FIRST_MONDAY) / WEEK);
const weekBegin = (week: number): Instant => FIRST_MONDAY + week * WEEK;

/** The latest weeks, the present one last, with nothing counted yet. */
interface Weeks {
  add(personRecord: PersonRecord): void;
  all(): WeekOfStats[];
}

export function openWeeks(count: number, now: Instant): Weeks {
  const first = weekNumber(now) - count + 1;
  const weeks: WeekOfStats[] = Array.from({ length: count }, (_, at) => ({
    from: iso(weekBegin(first + at)).slice(0, "2026-03-02".length),
    signUps: 0,
    confirmations: 0,
    inCourse: 0,
    finished: 0,
    left: 0,
  }));
  /** A person counts once a week for each, as in the owner's mail of that week. */
  const note = (what: Exclude<keyof WeekOfStats, "from">, moments: Instant[]) => {
    for (const number of new Set(moments.map(weekNumber))) {
      const week = weeks[number - first];
      if (week) week[what]++;
    }
  };
  return {
    add({ subscriber, enrolments }) {
      const { consents } = subscriber;
      const moments = (is: (consent: Consent) => boolean) => consents.filter(is).map(({ at }) => at);
      note(
        "signUps",
        moments(({ event }) => event === "requested"),
      );
      note(
        "confirmations",
        moments((consent) => isAnswerToRequest(consents, consent)),
      );
      for (const enrolment of enrolments) {
        if (enrolment.status === "inert") continue;
        const leftAt = leftWhen(enrolment, subscriber);
        note("finished", listDefined(enrolment.completedAt));
        note("left", listDefined(leftAt));
        const over = Math.min(
          enrolment.completedAt ?? Number.POSITIVE_INFINITY,
          leftAt ?? Number.POSITIVE_INFINITY,
        );
        for (const [place, week] of weeks.entries()) {
          const end = Math.min(weekBegin(first + place + 1) - 1, now);
          if (enrolment.startedAt <= end && over > end) week.inCourse++;
        }
      }
    },
    all: () => weeks,
  };
}

const listDefined = (at: Instant | undefined): Instant[] => (at === undefined ? [] : [at]);

/** When a course was left: its reader's word about it, or what else stopped all mail. */
function leftWhen(
  { status, course, startedAt, lastLessonAt }: Enrolment,
  { consents }: Subscriber,
): Instant | undefined {
  if (status !== "left") return undefined;
  const word = consents.findLast(
    ({ event, list }) => event === "withdrawn" && (list === course || list === "everything"),
  );
  // A record falls out behind twenty others: then at least this long they had stayed.
  return word?.at ?? lastLessonAt ?? startedAt;
}
