import type { Course } from "../../functions/domain/course/course.ts";
import { inJournal } from "../../functions/domain/replies/reflection.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import type { PersonRecord } from "../table/people.ts";

/** What became of a letter after the course, all runs of all readers together. */
export interface LetterCount {
  slug: string;
  subject: string;
  /** Announced to readers to whom it is still to come, as they stand now. */
  waiting: number;
  /** Of readers who wanted none after that. */
  refused: number;
  sent: number;
  /** Answered at least once in the reader's own words. */
  replied: number;
}

export interface Letters {
  add(personRecord: PersonRecord): void;
  all(): LetterCount[];
}

/** Counts by letter, in the order of the course as it is now; what is gone does not count. */
export function openLetters(course: Course): Letters {
  const counts = new Map(
    (course.letters ?? []).map(({ slug, subject }): [string, LetterCount] => [
      slug,
      { slug, subject, waiting: 0, refused: 0, sent: 0, replied: 0 },
    ]),
  );
  return {
    add({ enrolments, ledger, reflections }) {
      for (const { dispatch } of ledger) {
        const { kind, list, slug = "" } = readDispatchId(dispatch) ?? {};
        const count = kind === "letter" && list === course.slug ? counts.get(slug) : undefined;
        if (!count) continue;
        count.sent++;
        if (reflections.some((one) => one.inReplyTo === dispatch && inJournal(one))) count.replied++;
      }
      for (const { course: slug, status, agenda, noLetters } of enrolments) {
        if (slug !== course.slug || status !== "completed") continue;
        for (const count of counts.values())
          if (agenda[mailKey("letter", count.slug)]) count[noLetters ? "refused" : "waiting"]++;
      }
    },
    all: () => [...counts.values()],
  };
}
