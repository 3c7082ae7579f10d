import {
  findLanguage,
  firstCourse,
  isNewsletter,
  newsletterAsCourse,
  offeredCourse,
  offeredCourses,
} from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { atSignUp } from "../../domain/course/questions.ts";
import { consentText, OWN_SITE_FORM } from "../../domain/people/consent.ts";
import { agreementText, agreementToList } from "../../domain/people/consent-texts.ts";
import { say } from "../../domain/words/words.ts";
import { formToken } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, plainAnswer } from "../page.ts";
import { questionFields } from "./answers.ts";
import { noSuchCourse } from "./landing.ts";

/** `GET /form?course=…` or `?newsletter`: the sign-up form as text, for the owner to paste into a page of their own site. */
export async function formForOwnSite(services: Services, { query }: WebRequest): Promise<WebResponse> {
  const course = findAskedCourse(services, query);
  if (!course) return noSuchCourse(services);
  const { fields = {} } = course.texts.landing ?? {};
  const { words, pages } = findLanguage(services.content, course);
  const form = pages["own-site-form"]({
    origin: services.webOrigin,
    addressHint: isNewsletter(course) ? say(words, "subscribe.hint") : (fields.addressHint ?? ""),
    button: fields.button ?? say(words, isNewsletter(course) ? "subscribe.button" : "form.button"),
    version: OWN_SITE_FORM,
    slug: course.slug,
    questions: questionFields(words, atSignUp(course), {}),
    ...agreement(services, course),
  });
  return pageAnswer(services, {
    name: "own-site",
    title: say(words, "ownSite.heading"),
    course,
    values: { form: form.trim() },
  });
}

function findAskedCourse(services: Services, query: WebRequest["query"]): Course | undefined {
  if (query.newsletter !== undefined) return newsletterAsCourse(services.content);
  return query.course ? offeredCourse(services, query.course) : firstCourse(services);
}

/**
 * `GET /form/script`: completes that form on whatever site it stands. It brings what a page that was written once
 * cannot know: when the form was shown, the browser's time zone, and the very words that the consent record will
 * name. Without it the form leads to the landing page, which asks for one more press.
 */
export async function formScript(services: Services, _request: WebRequest): Promise<WebResponse> {
  const keys = await services.keyring.keys();
  const newsletter = newsletterAsCourse(services.content);
  const offered = [...offeredCourses(services), ...(newsletter ? [newsletter] : [])];
  const first = agreement(services, firstCourse(services));
  const brings = {
    action: `${services.webOrigin}/sign-up`,
    form: formToken(keys, services.clock.now()),
    consentLines: Object.fromEntries(
      offered.map((course) => [course.slug, agreement(services, course).consentLine]),
    ),
    ...first,
  };
  return plainAnswer(200, `(${COMPLETE})(${JSON.stringify(brings)});\n`, {
    "content-type": "text/javascript; charset=utf-8",
    "cross-origin-resource-policy": "cross-origin",
  });
}

function agreement({ settings }: Services, course: Course): { consentLine: string; newsletterLine: string } {
  const asking = { settings, course };
  const { signUp } = agreementToList(course);
  const { newsletter } = agreementText(course.language);
  return {
    consentLine: consentText(signUp, asking),
    newsletterLine: isNewsletter(course) ? "" : consentText(newsletter),
  };
}

/** Runs in the owner's page, in any browser: it fills in our forms there, and touches nothing else. */
const COMPLETE = `function (brings) {
  function complete(form) {
    if (form.action !== brings.action) return;
    var fill = function (name, value) {
      var field = form.querySelector("input[type=hidden][name=" + name + "]");
      if (field) field.value = value;
    };
    var say = function (mark, words) {
      var place = form.querySelector("[data-" + mark + "]");
      if (!place) place = form.insertBefore(document.createElement("p"), form.lastElementChild);
      place.textContent = words;
    };
    fill("form", brings.form);
    var named = /[?&]from=([^&#]*)/.exec(location.search);
    try { if (named) fill("from", decodeURIComponent(named[1].replace(/\\+/g, " ")).slice(0, 100)); } catch (odd) {}
    var before = /^https?:\\/\\/([^\\/?#]+)/.exec(document.referrer);
    if (before && before[1] !== location.host) fill("referrer", before[1]);
    try { fill("zone", Intl.DateTimeFormat().resolvedOptions().timeZone || ""); } catch (unknown) {}
    var course = form.querySelector("input[type=hidden][name=course]");
    say("consent", (course && brings.consentLines[course.value]) || brings.consentLine);
    if (form.querySelector("[name=newsletter]")) say("newsletter", brings.newsletterLine);
  }
  function completeAll() { Array.prototype.forEach.call(document.forms, complete); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", completeAll);
  else completeAll();
}`;
