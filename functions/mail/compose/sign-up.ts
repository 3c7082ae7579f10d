import { isNewsletter } from "../../domain/content.ts";
import { startAwaited } from "../../domain/course/cohort.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import type { Instant } from "../../domain/time.ts";
import { say, splitParagraphs } from "../../domain/words/words.ts";
import { automaticHeaders, welcomeHeaders } from "../mime/fields.ts";
import { composeMail, mailHead, pageUrl } from "./composed.ts";
import { type Composed, type Composition, chooseWords, courseText, need } from "./composition.ts";
import { inWords, ratingValues } from "./lesson.ts";

/** Echoes nothing that was typed into the form but the address it goes to: anybody can type anything there. */
export function composeConfirmation(mail: Composition): Composed {
  const { head, ...says } = isNewsletter(mail.course) ? newsletterQuestion(mail) : courseQuestion(mail);
  const values = {
    ...says,
    confirmUrl: need(mail.links.confirmUrl, "links.confirmUrl"),
    others: mail.alsoAsked ?? [],
  };
  const to = { address: mail.subscriber.address };
  return { ...composeMail(mail, "confirmation", head, values, automaticHeaders()), to };
}

function courseQuestion(mail: Composition) {
  const text = courseText(mail, "confirmation");
  const words = chooseWords(mail);
  const [heading, button] = [say(words, "confirmation.heading"), say(words, "confirmation.button")];
  return { head: mailHead(text), heading, button, text, paragraphs: [] };
}

function newsletterQuestion(mail: Composition) {
  const words = chooseWords(mail);
  const { title } = mail.course;
  const subject = say(words, "newsletterAlone.confirm.subject");
  return {
    head: { subject, preview: say(words, "newsletterAlone.confirm.preview") },
    heading: say(words, "newsletterAlone.confirm.heading"),
    button: say(words, "newsletterAlone.confirm.button"),
    text: undefined,
    paragraphs: splitParagraphs(say(words, "newsletterAlone.confirm.says", { title })),
  };
}

/** How the course works, the first rating, and a button for those who do not want to wait. */
export function composeWelcome(mail: Composition): Composed {
  if (isNewsletter(mail.course)) return composeNewsletterWelcome(mail);
  const { enrolment } = mail;
  const text = courseText(mail, "welcome");
  const { agenda, done } = need(enrolment, "enrolment");
  const first = done.length === 0 ? agenda.lesson : undefined;
  const starts = first && startAwaited({ agenda });
  const values = {
    text,
    firstName: mail.subscriber.firstName,
    starts: starts && { date: dateOnClock(mail, starts), when: inWords(mail, starts) },
    firstLesson: starts === undefined && first && inWords(mail, first.dueAt),
    firstLessonUrl: `${pageUrl(mail)}?do=next-lesson`,
    ...ratingValues(mail),
  };
  return composeMail(mail, "welcome", mailHead(text), values, welcomeHeaders(mail));
}

const dateOnClock = (mail: Composition, at: Instant): string =>
  dateInWords(chooseWords(mail), need(mail.enrolment, "enrolment").cadence, at);

/** The one mail to who asked for the newsletter alone, with the latest issue that everybody may read. */
function composeNewsletterWelcome(mail: Composition): Composed {
  const words = chooseWords(mail);
  const { course, latestIssue } = mail;
  const { title } = course;
  const heading = say(words, "newsletterAlone.welcome.heading");
  const head = { subject: heading, preview: say(words, "newsletterAlone.welcome.preview") };
  const latest = latestIssue && say(words, "newsletterAlone.welcome.latest", { issue: latestIssue.title });
  const says = splitParagraphs(say(words, "newsletterAlone.welcome.says", { title }));
  const values = {
    paragraphs: [...says, ...(latest ? [latest] : [])],
    button: say(words, `newsletterAlone.welcome.${latestIssue ? "read" : "page"}`),
    url: latestIssue?.url ?? mail.links.readerUrl,
    askedFor: say(words, "footer.askedForNewsletter", { title }),
  };
  return composeMail(mail, "notice", head, values, welcomeHeaders(mail));
}
