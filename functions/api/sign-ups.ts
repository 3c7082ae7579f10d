import { isIP } from "node:net";
import { findAddressProblem, makeSignUpErrand } from "../consent/ask-to-join.ts";
import { findLanguage, firstCourse, isNewsletter, offeredList } from "../domain/content.ts";
import { withoutControls } from "../domain/controls.ts";
import { readAnswer } from "../domain/course/answers.ts";
import { isClosed } from "../domain/course/cohort.ts";
import type { Course } from "../domain/course/course.ts";
import { type Answers, atSignUp } from "../domain/course/questions.ts";
import { inLanguage, listLanguages } from "../domain/course/translations.ts";
import { canonicalZone } from "../domain/course/zones.ts";
import { readAddress, readFirstName } from "../domain/people/address.ts";
import { readOrigin } from "../domain/people/consent.ts";
import { say } from "../domain/words/words.ts";
import { type ApiServices, type Asked, type FieldProblem, operation } from "./operation.ts";
import { problem, unprocessable } from "./problem.ts";
import { askedView, signUpBody } from "./schemas.ts";

type Body = typeof signUpBody._zod.output;

const LONGEST_SOURCE = 100;

/** As a form's: asked for, and in no list before the button of the confirmation is pressed. */
export const SIGN_UP = operation<Body, unknown>({
  route: "POST /api/v1/sign-ups",
  id: "signUp",
  says: "Asks for a list in somebody's name: they get a confirmation, and nothing more before they press its button",
  scope: "sign-ups:write",
  body: signUpBody,
  answers: {
    status: 202,
    says: "Taken: the same for every address, whatever is known of it",
    body: askedView,
  },
  mayAnswer: [410, 422],
  run: signUp,
});

async function signUp(services: ApiServices, asked: Asked<Body>): Promise<ReturnType<typeof problem>> {
  const { body, request, caller } = asked;
  const list = body.list === undefined ? firstCourse(services) : offeredList(services, body.list);
  if (!list) return unprocessable([{ field: "list", detail: "is none of the lists: see GET /api/v1/lists" }]);
  if (body.language !== undefined && !listLanguages(list).includes(body.language))
    return unprocessable([{ field: "language", detail: `is none of ${listLanguages(list).join(", ")}` }]);
  const course = inLanguage(list, body.language);
  const now = services.clock.now();
  if (isClosed(course, services.settings.defaultZone, now))
    return problem(410, "This course has begun on its last day, and takes nobody any more.");
  const read = readBody(services, course, body);
  if ("errors" in read) return unprocessable(read.errors);
  const nowhere = await findAddressProblem(services, read.canonical, undefined);
  const { words } = findLanguage(services.content, course);
  if (nowhere) return unprocessable([{ field: "email", detail: say(words, nowhere) }]);
  const from = { ip: body.network ?? request.ip, headers: {} };
  const origin = readOrigin(from, describeSource(caller, body.source), course);
  await services.errands.leave(makeSignUpErrand(services, { ...read, course, shownAt: now }, origin));
  return { status: 202, body: { status: "asked" } };
}

/** For the record of consent: by which key, and where they were asked. */
function describeSource(caller: string, source = ""): string {
  const said = withoutControls(source).trim().slice(0, LONGEST_SOURCE);
  return said === "" ? `API, ${caller}` : `API, ${caller}: ${said}`;
}

type ReadBody = Omit<Parameters<typeof makeSignUpErrand>[1], "course" | "shownAt" | "run">;

function readBody(
  { settings, content }: ApiServices,
  course: Course,
  body: Body,
): ReadBody | { errors: FieldProblem[] } {
  const { words } = findLanguage(content, course);
  const address = readAddress(body.email);
  const name = readFirstName(body.firstName ?? "");
  const zone = body.zone === undefined ? settings.defaultZone : canonicalZone(body.zone);
  const answers = readAnswers(course, body.answers ?? {}, (key) => say(words, key));
  const isNetwork = body.network === undefined || isIP(body.network) !== 0;
  const errors: FieldProblem[] = [
    ...("problem" in address ? [{ field: "email", detail: say(words, address.problem) }] : []),
    ...("problem" in name ? [{ field: "firstName", detail: say(words, name.problem) }] : []),
    ...(zone === undefined ? [{ field: "zone", detail: "is no time zone, such as Europe/Berlin" }] : []),
    ...(isNetwork ? [] : [{ field: "network", detail: "is no IPv4 or IPv6 address" }]),
    ...answers.errors,
  ];
  if (errors.length > 0 || "problem" in address || "problem" in name || zone === undefined) return { errors };
  return {
    ...{ address: address.entered, canonical: address.canonical, firstName: name.firstName, zone },
    newsletter: isNewsletter(course) || body.newsletter === true,
    ...(Object.keys(answers.answers).length > 0 && { answers: answers.answers }),
  };
}

function readAnswers(
  course: Course,
  given: Readonly<Record<string, string>>,
  inWords: (key: Parameters<typeof say>[1]) => string,
): { answers: Answers; errors: FieldProblem[] } {
  const { questions } = atSignUp(course);
  const answers: Record<string, string> = {};
  const errors: FieldProblem[] = Object.keys(given)
    .filter((slug) => !questions.some((question) => question.slug === slug))
    .map((slug) => ({ field: `answers.${slug}`, detail: "is no question of the list" }));
  for (const question of questions) {
    const read = readAnswer(
      question,
      Object.hasOwn(given, question.slug) ? (given[question.slug] ?? "") : "",
    );
    if ("problem" in read) errors.push({ field: `answers.${question.slug}`, detail: inWords(read.problem) });
    else if (read.answer !== undefined) answers[question.slug] = read.answer;
  }
  return { answers, errors };
}
