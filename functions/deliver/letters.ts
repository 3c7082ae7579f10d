import { findCourse } from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { findLetter, lettersToAnnounce } from "../domain/course/letters.ts";
import { chooseForLetter, type Reflection } from "../domain/replies/reflection.ts";
import { type AgendaEntry, isMailKey, type SaidInMail } from "../domain/sending/agenda.ts";
import type { AgendaKey, Dispatch } from "../domain/sending/dispatch.ts";
import type { Holder } from "../domain/sending/holder.ts";
import type { Composition } from "../mail/compose/composition.ts";
import type { Services } from "../ports.ts";

/** What the letters of a mail are chosen from. */
interface LetterFacts {
  course: Course;
  enrolment: Enrolment;
  entry: AgendaEntry | undefined;
  journal: Reflection[];
}

/**
 * What a mail has to do with letters: a completion announces them, a letter quotes its reader. Undefined for a letter that the
 * course has no more, or whose reader has deleted their words.
 */
export function aboutLetters(
  { kind, slug }: Dispatch,
  { course, enrolment, entry, journal }: LetterFacts,
): Pick<Composition, "letters" | "reflection"> | undefined {
  if (kind !== "completion" && kind !== "letter") return {};
  const quoted = chooseForLetter(journal, enrolment, course);
  if (kind === "completion")
    return { letters: lettersToAnnounce(enrolment, course, quoted !== undefined, entry) };
  return quoted && findLetter(course, slug) ? { reflection: quoted } : undefined;
}

/** What is written with the claim: which letters a completion announces, and what a letter quotes. */
export function saidOfLetters({ dispatch, letters, reflection }: Composition): SaidInMail | undefined {
  if (letters) return { announces: letters.map(({ slug }) => slug) };
  return dispatch.kind === "letter" && reflection ? { reflection: reflection.id } : undefined;
}

/** A letter of a course that is not shipped any more does not leave. Other mail waits for its course. */
export const isOrphan = (services: Services, holder: Holder, key: AgendaKey): boolean =>
  holder.kind === "enrolment" && isMailKey("letter", key) && !findCourse(services, holder.course);
