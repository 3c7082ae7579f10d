import type { Course } from "./course.ts";

/** One for each language of a course: what is shared among readers is told by the course that it is made of. */
const spoken = new WeakMap<Course, Map<string, Course>>();

/**
 * The course as it is for who chose a language: its words, and all that is translated; what is not is the course's own.
 * The course itself where it does not speak that language, or none was chosen.
 */
export function inLanguage(course: Course, language: string | undefined): Course {
  if (language === undefined || language === course.language || !listLanguages(course).includes(language))
    return course;
  const known = spoken.get(course) ?? new Map<string, Course>();
  const found = known.get(language) ?? translate(course, language);
  spoken.set(course, known.set(language, found));
  return found;
}

function translate(course: Course, language: string): Course {
  const { lessons = {}, texts = {} } = course.translations?.[language] ?? {};
  return {
    ...course,
    language,
    lessons: course.lessons.map((lesson) => ({ ...lesson, ...lessons[lesson.slug] })),
    texts: { ...course.texts, ...texts },
  };
}

/** All languages of a course, the one first in which it was written. */
export const listLanguages = ({ language, languages = [] }: Course): readonly string[] =>
  languages.length > 0 ? languages : [language];

/**
 * The language of a course that a reader's browser would have, by its order of `Accept-Language`; undefined for none.
 * "pt" finds "pt-BR", and "de-AT" finds "de".
 */
export function acceptedLanguage(course: Course, accepted: string | undefined): string | undefined {
  const wanted = (accepted ?? "")
    .slice(0, LONGEST_HEADER)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((one) => one.startsWith("q="))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  const has = listLanguages(course);
  for (const { tag } of wanted) {
    const found =
      has.find((one) => one.toLowerCase() === tag) ??
      has.find((one) => one.toLowerCase().split("-")[0] === tag.split("-")[0]);
    if (found) return found;
  }
  return undefined;
}
const LONGEST_HEADER = 200;

/** A language by its own name, as its readers look for it: "Deutsch". */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}
