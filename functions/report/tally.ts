import { isAnswerToRequest } from "../domain/people/confirmations.ts";
import { type Consent, latestConsent } from "../domain/people/subscriber.ts";
import { inJournal } from "../domain/replies/reflection.ts";
import type { Week, WeekReport } from "../domain/report.ts";
import { parkedKeys } from "../domain/sending/agenda.ts";
import { DAY, type Instant } from "../domain/time.ts";
import type { SurveyRow } from "../ports.ts";

/** A question of longer ago was answered in some other way, or never will be. */
const QUESTIONS_WAIT_FOR = 28 * DAY;

/** What can be counted of the table alone. */
type CountedWeek = Omit<WeekReport, "cost" | "waiting"> & {
  waiting: Omit<WeekReport["waiting"], "deadLetters">;
};

export interface WeekTally {
  add(row: SurveyRow): void;
  counted(): CountedWeek;
}

/** Counts a week, row by row, in whatever order they come. It keeps numbers, and who asked what is unanswered yet. */
export function openTally(week: Week): WeekTally {
  const count: CountedWeek = {
    monday: week.monday,
    ...{ signedUp: 0, confirmed: 0, imported: 0, completed: 0, left: 0, bounced: 0, complained: 0 },
    ...{ replies: 0, mails: 0 },
    now: { active: 0, inCourse: 0, paused: 0, newsletter: 0, unconfirmed: 0 },
    waiting: { questions: 0, parked: 0, unmatched: 0 },
  };
  const questions = openQuestions(week);
  const isThen = (at: Instant): boolean => at >= week.from && at < week.until;

  return {
    add(row) {
      if ("agenda" in row) count.waiting.parked += parkedKeys(row.agenda).length;
      switch (row.kind) {
        case "subscriber":
          addPerson(count, row, isThen);
          break;
        case "enrolment":
          count.now.inCourse += Number(row.status === "active" || row.status === "paused");
          count.now.paused += Number(row.status === "paused");
          count.completed += Number(row.completedAt !== undefined && isThen(row.completedAt));
          break;
        case "reflection":
          count.replies += Number(inJournal(row) && isThen(row.receivedAt));
          questions.add(row);
          break;
        case "mail":
          count.mails += Number(isThen(row.sentAt));
          break;
        case "unmatched":
          count.waiting.unmatched += 1;
          break;
      }
    },
    counted: () => ({ ...count, waiting: { ...count.waiting, questions: questions.unanswered() } }),
  };
}

type SubscriberRow = Extract<SurveyRow, { kind: "subscriber" }>;

function addPerson(count: CountedWeek, person: SubscriberRow, isThen: (at: Instant) => boolean): void {
  const { consents, status, stoppedBy, liftedFrom = stoppedBy, newsletter } = person;
  const then = consents.filter(({ at }) => isThen(at));
  const has = (is: (consent: Consent) => boolean): number => Number(then.some(is));
  count.signedUp += has(({ event }) => event === "requested");
  count.confirmed += has((consent) => isAnswerToRequest(consents, consent));
  count.imported += has(({ event, actor }) => event === "confirmed" && actor === "import");
  const ended = has(
    ({ event, list }) => event === "withdrawn" && latestConsent(person, list)?.event === event,
  );
  const isByMail = liftedFrom === "bounce" || liftedFrom === "complaint";
  count.bounced += liftedFrom === "bounce" ? ended : 0;
  count.complained += liftedFrom === "complaint" ? ended : 0;
  count.left += isByMail ? 0 : ended;
  count.now.active += Number(status === "active");
  count.now.newsletter += Number(status === "active" && newsletter);
  count.now.unconfirmed += Number(status === "unconfirmed");
}

/** A question is answered by whatever the owner writes to its reader after it. */
function openQuestions({ until }: Week) {
  const asked: { by: string; at: Instant }[] = [];
  const answered = new Map<string, Instant>();
  return {
    add({ subscriber, replyKind, receivedAt }: Extract<SurveyRow, { kind: "reflection" }>) {
      if (receivedAt < until - QUESTIONS_WAIT_FOR) return;
      if (replyKind === "question") asked.push({ by: subscriber, at: receivedAt });
      if (replyKind === "owner-answer")
        answered.set(subscriber, Math.max(receivedAt, answered.get(subscriber) ?? 0));
    },
    unanswered: () => asked.filter(({ by, at }) => (answered.get(by) ?? 0) < at).length,
  };
}
