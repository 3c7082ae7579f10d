import { findLanguage, isNewsletter, newsletterAsCourse, offeredCourses } from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import { atSignUp, labelIn } from "../domain/course/questions.ts";
import { listLanguages } from "../domain/course/translations.ts";
import { consentText } from "../domain/people/consent.ts";
import { agreementText, agreementToList } from "../domain/people/consent-texts.ts";
import { type ApiServices, operation } from "./operation.ts";
import { listsView } from "./schemas.ts";

export const LISTS = operation({
  route: "GET /api/v1/lists",
  id: "listLists",
  says: "What can be signed up for, what is asked, and the words that are agreed to",
  scope: "sign-ups:write",
  answers: { status: 200, says: "All lists that the stage offers", body: listsView },
  async run(services) {
    const newsletter = newsletterAsCourse(services.content);
    const all = [...offeredCourses(services), ...(newsletter ? [newsletter] : [])];
    return { status: 200, body: { lists: all.map((course) => viewList(services, course)) } };
  },
});

function viewList(services: ApiServices, course: Course) {
  const { words } = findLanguage(services.content, course);
  const asker = { settings: services.settings, course };
  const { newsletter } = agreementText(course.language);
  return {
    list: course.slug,
    title: course.title,
    languages: [...listLanguages(course)],
    agreement: consentText(agreementToList(course).signUp, asker),
    newsletterAgreement:
      isNewsletter(course) || !services.content.newsletter ? null : consentText(newsletter, asker),
    questions: atSignUp(course).questions.map((question) => ({
      slug: question.slug,
      label: labelIn(question, words.language),
      kind: question.kind,
      isNeeded: question.isNeeded,
      options: (question.options ?? []).map((option) => ({
        slug: option.slug,
        label: labelIn(option, words.language),
      })),
    })),
  };
}
