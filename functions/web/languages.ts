import type { Course } from "../domain/course/course.ts";
import {
  acceptedLanguage,
  inLanguage,
  listLanguages,
  nameOfLanguage,
} from "../domain/course/translations.ts";
import type { WebRequest } from "../ports.ts";

/** A public page's course in the language that its address names, else in one that its reader's browser asks for. */
export function courseAsAsked(course: Course, { query, headers }: WebRequest): Course {
  const named = listLanguages(course).find((language) => language === query.language);
  return inLanguage(course, named ?? acceptedLanguage(course, headers["accept-language"]));
}

/** The same public page in each language of its course; none of a course in one. */
export function pageInLanguages(course: Course, path: string) {
  const languages = listLanguages(course);
  if (languages.length < 2) return [];
  return languages.map((language) => ({
    language,
    name: nameOfLanguage(language),
    href: pathIn(course, path, language),
    isShown: language === course.language,
  }));
}

/** A public page's address in a language, where its course speaks several. */
export const pathIn = (course: Course, path: string, language = course.language): string =>
  listLanguages(course).length < 2 ? path : `${path}?language=${language}`;
