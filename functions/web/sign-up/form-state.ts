import { findLanguage, isNewsletter } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { type Answers, atSignUp } from "../../domain/course/questions.ts";
import { listLanguages } from "../../domain/course/translations.ts";
import { type Arrival, readArrival } from "../../domain/people/arrival.ts";
import { consentText } from "../../domain/people/consent.ts";
import { agreementText, agreementToList } from "../../domain/people/consent-texts.ts";
import { formToken } from "../../links/links.ts";
import type { Services, WebRequest } from "../../ports.ts";
import { type AnswerProblems, questionFields } from "./answers.ts";
import { zoneGroups } from "./zones.ts";

/** What stands in a sign-up form: empty, or as someone typed it, with a sentence at each field that is wrong. */
export interface FormState {
  status: number;
  email: string;
  name: string;
  /** Empty: the browser fills in its own. */
  zone: string;
  newsletter: boolean;
  /** As typed, to the course's questions. */
  answers: Answers;
  /** Where its reader came from: it travels with the form. */
  arrival: Arrival;
  /** A password manager has filled the trap: the next press is a person's, and finds none. */
  isTrapSprung?: boolean;
  problems: { email?: string; name?: string; form?: string; answers?: AnswerProblems };
}

export const NO_PROBLEMS = { email: "", name: "", form: "" };

const EMPTY_FORM: FormState = {
  status: 200,
  email: "",
  name: "",
  zone: "",
  newsletter: false,
  answers: {},
  arrival: {},
  problems: {},
};

/** The form as a page shows it first: by the page's address, and by what its browser tells of the page before. */
export const formAsOpened = (
  site: Pick<Services, "webOrigin">,
  { query, headers }: WebRequest,
): FormState => ({
  ...EMPTY_FORM,
  arrival: readArrival(query.from, headers.referer, ownHost(site)),
});

export const ownHost = ({ webOrigin }: Pick<Services, "webOrigin">): string => new URL(webOrigin).hostname;

/** A page of ours with the owner's word for where its reader came from: they may ask on the next page, not on this one. */
export const withOrigin = (path: string, { arrival: { from } }: FormState): string =>
  from ? `${path}?from=${encodeURIComponent(from)}` : path;

/** What the form of a page needs, whatever is asked for in it. @param version of the form, as its record names it */
export async function formValues(services: Services, course: Course, form: FormState, version: string) {
  const { settings, keyring, clock, content } = services;
  const { words } = findLanguage(content, course);
  const zone = form.zone || settings.defaultZone;
  const { signUp } = agreementToList(course);
  return {
    slug: course.slug,
    chosenLanguage: listLanguages(course).length > 1 ? course.language : "",
    arrival: { from: form.arrival.from ?? "", referrer: form.arrival.referrer ?? "" },
    form: { email: form.email, name: form.name, newsletter: form.newsletter },
    problems: { ...NO_PROBLEMS, ...form.problems },
    questions: questionFields(words, atSignUp(course), form.answers, form.problems.answers),
    hasProblem: Object.keys(form.problems).length > 0,
    zoneGroups: zoneGroups(words, zone),
    zone,
    hasTrap: form.isTrapSprung !== true,
    fillsZone: form.zone === "",
    formToken: formToken(await keyring.keys(), clock.now()),
    version,
    consentLine: consentText(signUp, { settings, course }),
    newsletterLine: isNewsletter(course) ? "" : consentText(agreementText(course.language).newsletter),
  };
}
