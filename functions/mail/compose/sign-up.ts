import { automaticHeaders, welcomeHeaders } from "../mime/fields.ts";
import { composed, mailHead, pageUrl } from "./composed.ts";
import { type Composed, type Composition, courseText, needed } from "./composition.ts";
import { inWords, ratingValues } from "./lesson.ts";

/** Echoes nothing that was typed into the form but the address it goes to: anybody can type anything there. */
export function composeConfirmation(mail: Composition): Composed {
  const text = courseText(mail, "confirmation");
  const values = { text, confirmUrl: needed(mail.links.confirmUrl, "links.confirmUrl") };
  const to = { address: mail.subscriber.address };
  return { ...composed(mail, "confirmation", mailHead(text), values, automaticHeaders()), to };
}

/** How the course works, the first rating, and a button for those who do not want to wait. */
export function composeWelcome(mail: Composition): Composed {
  const { enrolment } = mail;
  const text = courseText(mail, "welcome");
  const { agenda, done } = needed(enrolment, "enrolment");
  const first = done.length === 0 ? agenda.lesson : undefined;
  const values = {
    text,
    firstName: mail.subscriber.firstName,
    firstLesson: first && inWords(mail, first.dueAt),
    firstLessonUrl: `${pageUrl(mail)}?do=next-lesson`,
    ...ratingValues(mail),
  };
  return composed(mail, "welcome", mailHead(text), values, welcomeHeaders(mail));
}
