import { isNewsletter } from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import type { Answers } from "../domain/course/questions.ts";
import { listLanguages } from "../domain/course/translations.ts";
import { recipientDomain } from "../domain/people/address.ts";
import { consentRecord, type Origin, shown } from "../domain/people/consent.ts";
import { agreementText, agreementToList } from "../domain/people/consent-texts.ts";
import type { Errand } from "../domain/people/errand.ts";
import { maySignUp } from "../domain/people/rehearsal.ts";
import type { Instant } from "../domain/time.ts";
import type { PlainKey } from "../domain/words/words.ts";
import { NEWSLETTER } from "../links/links.ts";
import type { Needs, Services } from "../ports.ts";

/** What somebody typed who wants to be in a list, read and found right. */
export interface SignUpAsked {
  address: string;
  canonical: string;
  firstName: string | undefined;
  zone: string;
  newsletter: boolean;
  answers?: Answers;
  course: Course;
  shownAt: Instant;
  run?: string;
}

/**
 * Why nobody can have an address, if nobody can. Before anything is looked up about it: the answer tells of its domain alone.
 * An address of ours is nobody's, but for the rehearsal that the form is signed for: SES takes that one, whatever DNS says.
 * With any other address, a rehearsal's form is told what DNS says of its domain, and is refused in either case.
 */
export async function findAddressProblem(
  { settings, mailDomains, log }: Needs<unknown, "settings" | "mailDomains" | "log">,
  canonical: string,
  run: string | undefined,
): Promise<PlainKey | undefined> {
  const isAllowed = maySignUp(canonical, run, settings.mailDomain);
  if (isAllowed && run !== undefined) return undefined;
  if (!isAllowed && run === undefined) return "form.addressOurs";
  if (!(await mailDomains.mayTakeMail(recipientDomain(canonical)))) {
    log.info("sign-up-no-such-domain");
    return "form.addressNowhere";
  }
  return isAllowed ? undefined : "form.addressOurs";
}

/** What was filled in, as it is kept once this is answered. */
export function makeSignUpErrand(services: Services, asked: SignUpAsked, origin: Origin): Errand {
  const { course, ...typed } = asked;
  const at = services.clock.now();
  const agreeing = agreementToList(course);
  const words = shown(agreeing.signUp, { settings: services.settings, course }, agreeing.privacy);
  const beside = shown(agreementText(origin.locale).newsletter);
  const isBeside = asked.newsletter && !isNewsletter(course);
  return {
    ...{ does: "sign-up", at, ...typed, course: course.slug, network: origin.network },
    ...(listLanguages(course).length > 1 && { language: course.language }),
    consent: consentRecord("requested", course.slug, words, at, origin),
    ...(isBeside && { newsletterConsent: consentRecord("requested", NEWSLETTER, beside, at, origin) }),
  };
}
