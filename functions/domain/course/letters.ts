import { type AgendaEntry, isMailKey, mailKey, wasTried, withoutEntry } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import type { Course, Letter } from "./course.ts";
import type { Enrolment } from "./enrolment.ts";

/*
 * Long after its end a course may write to its readers again: their own words, and one question. Only to those whose
 * completion announced it. What was announced is planned on the agenda of the enrolment, as any mail is, and rests while the
 * reader wants no letters.
 */

export const findLetter = ({ letters = [] }: Pick<Course, "letters">, slug: string): Letter | undefined =>
  letters.find((letter) => letter.slug === slug);

/**
 * The letters that a completion announces: none to who wants none, or wrote nothing that could be quoted. One that was
 * tried before, and may have left, announces no more than it did then.
 * @param entry of the completion
 */
export function lettersToAnnounce(
  { noLetters }: Pick<Enrolment, "noLetters">,
  { letters = [] }: Pick<Course, "letters">,
  hasWords: boolean,
  entry: AgendaEntry | undefined,
): Letter[] {
  if (noLetters || !hasWords) return [];
  const before = entry && wasTried(entry) ? (entry.announces ?? []) : undefined;
  return letters.filter(({ slug }) => before === undefined || before.includes(slug));
}

/** A letter that is planned. */
export interface PlannedLetter {
  letter: Letter;
  dueAt: Instant;
}

/** The letters that are planned, the earliest first, whether or not their reader wants them. */
export function plannedLetters(
  { agenda, status }: Pick<Enrolment, "agenda" | "status">,
  { letters = [] }: Pick<Course, "letters">,
): PlannedLetter[] {
  if (status !== "completed") return [];
  const planned = letters.flatMap((letter): PlannedLetter[] => {
    const entry = agenda[mailKey("letter", letter.slug)];
    return entry ? [{ letter, dueAt: entry.dueAt }] : [];
  });
  return planned.sort((one, other) => one.dueAt - other.dueAt);
}

/** None come from now on, whatever was or will be announced. */
export const withoutLetters = (enrolment: Enrolment): Enrolment =>
  enrolment.noLetters ? enrolment : { ...enrolment, noLetters: true };

/** They come after all. @param since what should have come before does not come late */
export function withLettersAgain(enrolment: Enrolment, since: Instant): Enrolment {
  const { noLetters, ...rest } = enrolment;
  if (!noLetters) return enrolment;
  const isPast = (key: string): boolean =>
    isMailKey("letter", key) && (enrolment.agenda[key]?.dueAt ?? since) < since;
  return { ...rest, agenda: withoutEntry(enrolment.agenda, isPast) };
}
