import { type Content, EMAILS, PAGES, type Template } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { english } from "./words.ts";

/** Templates that say nothing: for tests about when and to whom, not about what. */
const plain: Template = () => "<p>Text</p>";

const each = <Name extends string, Value>(names: readonly Name[], value: Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>;

/** Content of the given courses, in templates that say nothing. */
export function plainContent(...courses: Course[]): Content {
  const plainly = {
    words: english,
    emails: each(EMAILS, { html: plain, text: plain }),
    pages: each(PAGES, plain),
  };
  return { courses, languages: { en: plainly } };
}
