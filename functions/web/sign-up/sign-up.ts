import { findAddressProblem, makeSignUpErrand, type SignUpAsked } from "../../consent/ask-to-join.ts";
import { findLanguage, firstCourse, isNewsletter, offeredList } from "../../domain/content.ts";
import { isClosed } from "../../domain/course/cohort.ts";
import type { Course } from "../../domain/course/course.ts";
import { atSignUp } from "../../domain/course/questions.ts";
import { inLanguage } from "../../domain/course/translations.ts";
import { canonicalZone } from "../../domain/course/zones.ts";
import { readAddress, readFirstName } from "../../domain/people/address.ts";
import { readArrival } from "../../domain/people/arrival.ts";
import { formVersion, readOrigin, sourceOfForm } from "../../domain/people/consent.ts";
import { HOUR, type Instant, SECOND } from "../../domain/time.ts";
import { type PlainKey, say } from "../../domain/words/words.ts";
import { readFormToken, readRehearsalFormToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { elsewhere, messagePage, pageAnswer } from "../page.ts";
import { echoAnswers, readAnswers } from "./answers.ts";
import { type FormState, ownHost } from "./form-state.ts";
import { landingPage, noSuchCourse } from "./landing.ts";

/** Nobody fills in a form in less; what comes later was left open for a day, or is replayed. */
const FASTEST_FORM = 2 * SECOND;
const OLDEST_FORM = 24 * HOUR;
const OLDEST_REHEARSAL_FORM = HOUR;
/**
 * Fields that no person sees. A machine fills them and goes; a password manager fills them, too, whose owner gets the
 * form once more. `website` stands in forms that were taken over by owners' sites before it had a name that no
 * manager knows.
 */
const TRAPS = ["leave-empty", "website"];

/** `POST /sign-up`. Its answer is the same whatever the address's state, so it does not tell who is in the course. */
export async function signUp(services: Services, request: WebRequest): Promise<WebResponse> {
  const { form } = request;
  const unreadable = bodyProblem(services, request);
  if (unreadable) return unreadable;
  // A form on the owner's own site may be older than the second course.
  const offered = form.course ? offeredList(services, form.course) : firstCourse(services);
  if (!offered) return noSuchCourse(services);
  const course = inLanguage(offered, form.language);
  const { words } = findLanguage(services.content, course);
  const arrival = readArrival(form.from, form.referrer, ownHost(services));
  if (TRAPS.some((name) => form[name])) {
    services.log.info("sign-up-honeypot");
    return landingPage(services, course, {
      ...echoForm(course, form),
      arrival,
      status: 200,
      isTrapSprung: true,
      problems: { form: say(words, "form.pressAgain") },
    });
  }
  const again = (status: number, problems: FormState["problems"]) =>
    landingPage(services, course, { ...echoForm(course, form), arrival, status, problems });
  if (isClosed(course, services.settings.defaultZone, services.clock.now())) return again(410, {});
  const time = await formTime(services, form);
  if ("problem" in time) return again(400, { form: say(words, time.problem) });
  const read = readForm(services, course, form, time.run);
  if ("problems" in read) return again(422, read.problems);
  const problem = await findAddressProblem(services, read.canonical, time.run);
  if (problem) return again(422, { email: say(words, problem) });
  const origin = readOrigin(request, sourceOfForm("/sign-up", request, services.webOrigin), course);
  const asked = { ...origin, ...arrival, form: formVersion(form.version) };
  await services.errands.leave(makeSignUpErrand(services, { ...read, course, ...time }, asked));
  const { asked: own } = services.settings.thanks ?? {};
  return own === undefined ? checkInbox(services, course) : elsewhere(own);
}

/** What every sign-up is answered with, and every wish for a fresh link. */
export const checkInbox = (services: Services, course: Course): WebResponse => {
  const title = say(findLanguage(services.content, course).words, "checkInbox.heading");
  const { ownerMailbox: contact } = services.settings;
  return pageAnswer(services, { name: "check-inbox", title, course, values: { contact } });
};

function bodyProblem(services: Services, { bodyProblem, form }: WebRequest): WebResponse | undefined {
  if (bodyProblem === "too-large") return messagePage(services, 413, "formTooLarge");
  if (bodyProblem === "not-a-form") return messagePage(services, 415, "notAForm");
  if (form.email === undefined) return messagePage(services, 400, "formWithoutAddress");
  return undefined;
}

/** When a form was shown, and the rehearsal that it is for, if it is for one. */
interface ShownForm {
  shownAt: Instant;
  run?: string;
}

/** When the form was shown, or why it is not taken. */
async function formTime(
  services: Services,
  { form: token = "", rehearsal }: FormFields,
): Promise<ShownForm | { problem: PlainKey }> {
  if (rehearsal !== undefined) return rehearsalForm(services, rehearsal);
  if (token === "") return { problem: "form.pressAgain" };
  const reading = await readWithKeyring(services.keyring, (keys) => readFormToken(keys, token));
  if ("problem" in reading) return { problem: "form.notComplete" };
  const age = services.clock.now() - reading.shownAt;
  if (age > OLDEST_FORM) return { problem: "form.tooOld" };
  if (age < FASTEST_FORM) return { problem: "form.tooFast" };
  return { shownAt: reading.shownAt };
}

/** The console signs a rehearsal's form and sends it at once; nobody fills it in. */
async function rehearsalForm(services: Services, token: string): Promise<ShownForm | { problem: PlainKey }> {
  const reading = await readWithKeyring(services.keyring, (keys) => readRehearsalFormToken(keys, token));
  if ("problem" in reading) return { problem: "form.notComplete" };
  if (services.clock.now() - reading.shownAt > OLDEST_REHEARSAL_FORM) return { problem: "form.tooOld" };
  return reading;
}

type FormFields = Record<string, string>;

const MOST_ECHOED = 300;

function echoForm(course: Course, form: FormFields): Omit<FormState, "status" | "problems" | "arrival"> {
  const echo = (name: string) => (form[name] ?? "").slice(0, MOST_ECHOED);
  return {
    email: echo("email"),
    name: echo("name"),
    zone: canonicalZone(echo("zone")) ?? "",
    newsletter: isNewsletterTicked(form),
    answers: echoAnswers(atSignUp(course), form),
  };
}

const isNewsletterTicked = (form: FormFields): boolean => form.newsletter === "yes";

function readForm(
  { settings, content }: Services,
  course: Course,
  form: FormFields,
  run: string | undefined,
): Omit<SignUpAsked, "course" | "shownAt"> | { problems: FormState["problems"] } {
  const { words } = findLanguage(content, course);
  const address = readAddress(form.email ?? "");
  const name = readFirstName(form.name ?? "");
  // Nobody types it: a browser that does not know its own zone says `Etc/Unknown`, and the page can change it later.
  const zone = canonicalZone(form.zone ?? "") ?? settings.defaultZone;
  const problems: FormState["problems"] = {};
  if ("problem" in address) problems.email = say(words, address.problem);
  if ("problem" in name) problems.name = say(words, name.problem);
  // A rehearsal is nobody, of whom nothing is asked.
  const asked = run === undefined ? readAnswers(words, atSignUp(course), form) : { answers: {} };
  if ("problems" in asked) problems.answers = asked.problems;
  if ("problem" in address || "problem" in name || "problems" in asked) return { problems };
  const { entered, canonical } = address;
  const newsletter = isNewsletter(course) || isNewsletterTicked(form);
  const { answers } = asked;
  const isAnswered = Object.keys(answers).length > 0;
  return {
    ...{ address: entered, canonical, firstName: name.firstName, zone, newsletter },
    ...(isAnswered && { answers }),
  };
}
