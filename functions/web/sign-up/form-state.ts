import { findLanguage, isNewsletter } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { consentText } from "../../domain/people/consent.ts";
import { agreementText, agreementToList } from "../../domain/people/consent-texts.ts";
import { formToken } from "../../links/links.ts";
import type { Services } from "../../ports.ts";
import { zoneGroups } from "./zones.ts";

/** What stands in a sign-up form: empty, or as someone typed it, with a sentence at each field that is wrong. */
export interface FormState {
  status: number;
  email: string;
  name: string;
  /** Empty: the browser fills in its own. */
  zone: string;
  newsletter: boolean;
  /** A password manager has filled the trap: the next press is a person's, and finds none. */
  isTrapSprung?: boolean;
  problems: { email?: string; name?: string; zone?: string; form?: string };
}

export const EMPTY_FORM: FormState = {
  status: 200,
  email: "",
  name: "",
  zone: "",
  newsletter: false,
  problems: {},
};

/** What the form of a page needs, whatever is asked for in it. @param version of the form, as its record names it */
export async function formValues(services: Services, course: Course, form: FormState, version: string) {
  const { settings, keyring, clock, content } = services;
  const { words } = findLanguage(content, course);
  const { signUp } = agreementToList(course.slug, course.language);
  return {
    slug: course.slug,
    form: { email: form.email, name: form.name, newsletter: form.newsletter },
    problems: { email: "", name: "", zone: "", form: "", ...form.problems },
    hasProblem: Object.keys(form.problems).length > 0,
    zoneGroups: zoneGroups(words, form.zone || settings.defaultZone),
    hasTrap: form.isTrapSprung !== true,
    fillsZone: form.zone === "",
    formToken: formToken(await keyring.keys(), clock.now()),
    version,
    consentLine: consentText(signUp, { settings, course }),
    newsletterLine: isNewsletter(course) ? "" : consentText(agreementText(course.language).newsletter),
  };
}
