import { lessonBySlug } from "../../domain/course/course.ts";
import type { Rating } from "../../domain/course/enrolment.ts";
import { findMove } from "../../domain/course/moves.ts";
import { quotable } from "../../domain/replies/reflection.ts";
import { iso } from "../../domain/time.ts";
import { entryHeading, type Journal, readJournal } from "./journal-text.ts";

/** What a reader takes along of one course, for other programs. Times are ISO 8601, in UTC. */
interface JournalFile {
  explanation: string;
  course: { slug: string; title: string; language: string };
  /** In the order of the course; what answers no lesson, such as a look-back's reply, comes last. */
  entries: {
    /** The lesson's slug, or what else was answered. */
    about: string;
    heading: string;
    question?: string;
    writtenAt: string;
    writtenOn: "page" | "email";
    /** Its mail provider did not prove who wrote it. */
    isUnproven?: true;
    /** Without the signature that ends them all. */
    words: string;
  }[];
  /** What became of the move of each lesson of which something was said. */
  moves: { lesson: string; heading: string; move: string; outcome: "made" | "notYet" | "noMoment" }[];
  /** Of 1 to 5. */
  ratings: { question: string; before?: Rating; after?: Rating };
  /** There are older entries than fit into a download. */
  isCut?: true;
}

const EXPLANATION =
  "Your journal of one course: what you wrote, what became of the moves, and how you rated yourself, from 1 to 5. Times are in UTC.";

/** The journal, moves and ratings as a JSON text. @param isCut older entries are left out */
export function journalJson(journal: Journal, isCut: boolean): string {
  const { words, course, reflections, done, ratings = {} } = journal;
  const theirs = quotable(reflections);
  const file: JournalFile = {
    explanation: EXPLANATION,
    course: { slug: course.slug, title: course.title, language: course.language },
    entries: readJournal(journal).map((reflection) => {
      const question = lessonBySlug(course, reflection.lesson)?.question;
      return {
        about: reflection.lesson,
        heading: entryHeading(words, course, reflection.lesson, done),
        ...(question !== undefined && { question }),
        writtenAt: iso(reflection.receivedAt),
        writtenOn: reflection.isFromPage ? "page" : "email",
        ...(reflection.isUnproven && { isUnproven: true as const }),
        words: theirs(reflection),
      };
    }),
    moves: course.lessons.flatMap((lesson) => {
      const outcome = findMove(journal, lesson);
      const heading = entryHeading(words, course, lesson.slug, done);
      return outcome ? [{ lesson: lesson.slug, heading, move: lesson.move, outcome }] : [];
    }),
    ratings: { question: course.ratingQuestion, ...ratings },
    ...(isCut && { isCut: true }),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
