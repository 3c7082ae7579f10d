import { anything, canHold, type Possible } from "../../functions/domain/course/foreseen.ts";
import type { When } from "../../functions/domain/course/whom.ts";
import type { Problem, Sources } from "./sources.ts";
import { readWhen, WhenProblem, type WhenTerms } from "./when.ts";

/*
 * That what an author says of for whom something is can be: not by a list of what is wrong, but by going through all that can
 * be known of a reader where it is asked (`foreseen.ts`).
 */

type At = Pick<Problem, "file" | "line" | "field">;

/** What can be known of a reader who gets the lesson at a place. */
export function whatCanBeAt({ questions, place }: Pick<WhenTerms, "questions" | "place">): Possible {
  const known = anything((slug) =>
    questions.find((one) => one.slug === slug)?.options?.map((one) => one.slug),
  );
  return (asked) => {
    const { condition } = asked;
    // Nobody is silent for more lessons than they were sent, and nobody has replied before the first.
    if ("silent" in condition) return known(asked).filter((lessons) => Number(lessons) <= place);
    return "replied" in condition && place === 0 ? [false] : known(asked);
  };
}

/** For whom a lesson is; undefined where nothing is said of it, or where what is said is reported. */
export function readLessonWhen(
  sources: Sources,
  at: At,
  written: string | undefined,
  terms: WhenTerms,
): When | undefined {
  const when = written === undefined ? undefined : readReported(sources, at, written, terms);
  if (when && isForNobody(when, terms))
    sources.report({
      ...at,
      todo: "is true of nobody, so nobody gets the lesson; correct it, or take the lesson out",
    });
  else if (when && isForNobody({ not: when }, terms))
    sources.report({ ...at, todo: "is true of everybody; take it out" });
  return when;
}

/** For whom a passage is, in a lesson that is for some or for all. */
export function readPassageWhen(
  sources: Sources,
  at: At,
  written: string,
  lesson: When | undefined,
  terms: WhenTerms,
): When | undefined {
  const when = readReported(sources, at, written, terms);
  const given = lesson ? [lesson] : [];
  if (when && isForNobody({ every: [...given, when] }, terms))
    sources.report({
      ...at,
      todo: "can never show: it is true of nobody who gets the lesson; correct it, or take it out",
    });
  else if (when && isForNobody({ every: [...given, { not: when }] }, terms))
    sources.report({ ...at, todo: "is shown to everybody who gets the lesson; take its marks out" });
  return when;
}

const isForNobody = (when: When, terms: WhenTerms): boolean => !canHold([when], whatCanBeAt(terms));

/** True where somebody would get no lesson at all, whatever comes. @param whens of all lessons of a course */
export const leavesSomebodyOut = (whens: readonly (When | undefined)[], terms: WhenTerms): boolean =>
  canHold(
    whens.map((when): When => ({ not: when ?? { every: [] } })),
    whatCanBeAt(terms),
  );

function readReported(sources: Sources, at: At, written: string, terms: WhenTerms): When | undefined {
  try {
    return readWhen(written, terms);
  } catch (error) {
    if (!(error instanceof WhenProblem)) throw error;
    sources.report({ ...at, todo: error.message });
    return undefined;
  }
}
