import { posix } from "node:path";
import { type Content, findLanguage } from "../../functions/domain/content.ts";
import { choiceWords, findChoice } from "../../functions/domain/course/choices.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { inLanguage, listLanguages } from "../../functions/domain/course/translations.ts";
import { readAsks } from "../../functions/domain/replies/asks/asks.ts";
import type { Commands } from "../../functions/domain/words/command-phrases.ts";
import type { Sources } from "../compile/sources.ts";
import { findFields } from "../compile/yaml.ts";
import type { Finding } from "./finding.ts";

/**
 * A reply that is an option of a lesson's choice, and nothing else, chooses it. An option whose words ask for something else,
 * to leave or to steer the course, cannot be chosen by reply: that is heard first.
 */
export function findMisheardChoices(sources: Sources, content: Content, folder: string): Finding[] {
  return content.courses.flatMap((course) =>
    listLanguages(course).flatMap((language) => {
      const spoken = inLanguage(course, language);
      const { commands } = findLanguage(content, spoken).words;
      return misheardIn(spoken, commands).map(({ question, option, label }): Finding => {
        const file = posix.join(folder, "courses", course.slug, "course.yaml");
        return {
          ...{
            file,
            line: lineOf(sources, file, question, option),
            rule: "misheard-choice",
            severity: "error",
          },
          says: `"${label}" is an option of a lesson's choice, and a reply that says so asks for something else: to leave, or to steer the course`,
          doThis: "Say the option in other words",
        };
      });
    }),
  );
}

const misheardIn = (course: Course, commands: Commands) =>
  course.lessons.flatMap((lesson) => {
    const question = findChoice(course, lesson);
    if (!question) return [];
    return choiceWords(question, course.language).flatMap(({ slug, label }) =>
      asksForSomething(label, commands) ? [{ question: question.slug, option: slug, label }] : [],
    );
  });

function asksForSomething(ownWords: string, commands: Commands): boolean {
  const {
    leave,
    commands: asked,
    unclear,
  } = readAsks({
    ...{ ownWords, ownSubject: undefined, commands, grave: { says: [], unless: [] } },
    ...{ received: { receivedAt: 0, zone: "UTC" }, mailAsked: { asksForMove: true } },
  });
  return leave !== undefined || asked.length > 0 || unclear !== undefined;
}

interface Named {
  slug?: unknown;
  options?: Named[];
}

function lineOf(sources: Sources, file: string, question: string, option: string): number {
  const fields = findFields(sources.text(file) ?? "");
  const questions = (fields?.value.questions ?? []) as Named[];
  const index = questions.findIndex(({ slug }) => slug === question);
  const at = (questions[index]?.options ?? []).findIndex(({ slug }) => slug === option);
  return fields?.findLine("questions", index, "options", at, "label") ?? 1;
}
