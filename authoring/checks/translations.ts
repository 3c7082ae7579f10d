import { posix } from "node:path";
import type { Content } from "../../functions/domain/content.ts";
import type { Finding } from "./finding.ts";

/** What who chose another language of a course gets in the course's own, each course and language once. */
export const findUntranslated = ({ courses }: Content, folder: string): Finding[] =>
  courses.flatMap(({ slug, language: own, lessons, translations = {} }) =>
    Object.entries(translations).flatMap(([language, { lessons: translated }]) => {
      const left = lessons.map((lesson) => lesson.slug).filter((name) => !Object.hasOwn(translated, name));
      if (left.length === 0) return [];
      return {
        file: posix.join(folder, "courses", slug, "course.yaml"),
        line: 1,
        rule: "untranslated",
        says: `Who chose "${language}" gets ${left.length} of ${lessons.length} lessons in "${own}": ${left.join(", ")}`,
        doThis: `Write lessons/${left[0]}.${language}.md beside the lesson, or leave it`,
        severity: "warning" as const,
      };
    }),
  );
