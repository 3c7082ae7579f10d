import { findCourseFor, findLanguage, firstCourse } from "../domain/content.ts";
import { NEWSLETTER } from "../domain/newsletter/issue.ts";
import type { OwnGraveWords } from "../domain/replies/asks/grave.ts";
import type { Commands } from "../domain/words/command-phrases.ts";
import type { Services } from "../ports.ts";
import type { Binding } from "./match-reply.ts";

/** How commands are written in the language of what was replied to: a course, or the newsletter. */
export function siteCommands(
  services: Pick<Services, "content" | "settings">,
  { dispatch, subscriber }: Binding,
): Commands {
  const { content } = services;
  const course = findCourseFor(services, dispatch.list, subscriber);
  const newsletter = dispatch.list === NEWSLETTER ? content.newsletter : undefined;
  return findLanguage(content, course ?? newsletter ?? firstCourse(services)).words.commands;
}

/** What the owner adds to the words of grave news, in all languages: people write in their own. */
export function allGraveWords({ content }: Services): OwnGraveWords {
  const all = Object.values(content.languages).map(({ words }) => words.grave);
  return { says: all.flatMap(({ says }) => says), unless: all.flatMap(({ unless }) => unless) };
}
