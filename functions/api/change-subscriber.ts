import { findCourse } from "../domain/content.ts";
import { readAnswer, withAnswer } from "../domain/course/answers.ts";
import type { Course } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { findQuestion } from "../domain/course/questions.ts";
import { listLanguages } from "../domain/course/translations.ts";
import { readFirstName } from "../domain/people/address.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { problemOfTag, readTags } from "../domain/people/tags.ts";
import type { ApiAnswer, ApiServices, FieldProblem } from "./operation.ts";
import { notFound, unprocessable } from "./problem.ts";
import type { patchBody } from "./schemas.ts";
import { changePerson, findSubscriber, viewSubscriber } from "./subscriber-view.ts";

type Patch = typeof patchBody._zod.output;

/** All of what is named, or nothing: each field is read before anything is written. */
export async function changeSubscriber(
  services: ApiServices,
  subscriber: Subscriber,
  patch: Patch,
): Promise<ApiAnswer> {
  const enrolments = await services.store.enrolments(subscriber.id);
  const errors = [...findProblems(services, patch), ...findAnswerProblems(services, enrolments, patch)];
  if (errors.length > 0) return unprocessable(errors);
  await changePerson(services, subscriber, (current) => withPatch(current, patch));
  for (const enrolment of enrolments) {
    const answers = patch.answers?.[enrolment.course];
    const course = findCourse(services, enrolment.course);
    if (answers && course)
      await services.store.change(enrolment, (current) => withAnswersOf(current, course, answers));
  }
  const now = await findSubscriber(services, subscriber.id);
  return now ? { status: 200, body: await viewSubscriber(services, now) } : notFound();
}

function findProblems({ content }: ApiServices, { firstName, language, tags = [] }: Patch): FieldProblem[] {
  const name = readFirstName(firstName ?? "");
  const spoken = new Set(content.courses.flatMap((course) => listLanguages(course)));
  const wrong = tags.flatMap((tag, place) => {
    const detail = problemOfTag(tag);
    return detail === undefined ? [] : [{ field: `tags.${place}`, detail }];
  });
  return [
    ...("problem" in name
      ? [{ field: "firstName", detail: "is no name: it holds a link, or is too long" }]
      : []),
    ...(language !== undefined && !spoken.has(language)
      ? [{ field: "language", detail: `is none of ${[...spoken].join(", ")}` }]
      : []),
    ...wrong,
  ];
}

function findAnswerProblems(
  services: ApiServices,
  enrolments: readonly Enrolment[],
  { answers = {} }: Patch,
): FieldProblem[] {
  return Object.entries(answers).flatMap(([slug, given]) => {
    const course = findCourse(services, slug);
    if (!course || !enrolments.some((enrolment) => enrolment.course === slug))
      return [{ field: `answers.${slug}`, detail: "is no course of theirs" }];
    return Object.entries(given).flatMap(([name, value]): FieldProblem[] => {
      const field = `answers.${slug}.${name}`;
      const question = findQuestion(course, name);
      if (!question) return [{ field, detail: "is no question of the course" }];
      return "problem" in readAnswer(question, value ?? "")
        ? [{ field, detail: question.isNeeded && !value ? "is needed" : "is no answer to it" }]
        : [];
    });
  });
}

function withPatch(current: Subscriber, { firstName, language, tags }: Patch): Subscriber {
  const { firstName: name, tags: had, ...others } = current;
  const read = firstName === undefined ? undefined : readFirstName(firstName ?? "");
  const nowName = read && !("problem" in read) ? read.firstName : name;
  const nowTags = tags === undefined ? had : readTags(tags);
  const changed: Subscriber = {
    ...others,
    ...(nowName !== undefined && { firstName: nowName }),
    ...(nowTags !== undefined && nowTags.length > 0 && { tags: nowTags }),
    ...(language !== undefined && { language }),
  };
  const isSame =
    name === nowName &&
    (had ?? []).join("\n") === (nowTags ?? []).join("\n") &&
    (language === undefined || language === current.language);
  return isSame ? current : changed;
}

const withAnswersOf = (
  enrolment: Enrolment,
  course: Course,
  answers: Readonly<Record<string, string | null>>,
): Enrolment =>
  Object.entries(answers).reduce((current, [name, value]) => {
    const question = findQuestion(course, name);
    return question ? withAnswer(current, question, value ?? undefined) : current;
  }, enrolment);
