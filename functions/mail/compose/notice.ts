import type { Dispatch } from "../../domain/sending/dispatch.ts";
import { answerHeaders, automaticHeaders, lessonHeaders, replySubject } from "../mime/fields.ts";
import { composed, pageUrl } from "./composed.ts";
import { type Composed, type Composition, chooseWords, needed } from "./composition.ts";
import { composeJournal } from "./journal.ts";
import { answerToCommand, isMailedLink, mailedLink, reminder } from "./notices.ts";

/** A short mail about something that a reader asked for. The slug of its dispatch begins with the occasion. */
export function composeNotice(mail: Composition): Composed {
  const occasion = noticeOccasion(mail.dispatch);
  const words = chooseWords(mail);
  if (isMailedLink(occasion)) return composeMailedLink(mail, mailedLink(words, occasion, mail.links));
  if (occasion === "journal") return composeJournal(mail);
  if (occasion === "silence") return composeReminder(mail);
  const reflection = needed(mail.reflection, "reflection");
  const subject = replySubject(reflection.subject, mail.course.title);
  const enrolment = needed(mail.enrolment, "enrolment");
  const facts = { words, course: mail.course, enrolment, readerUrl: pageUrl(mail) };
  const notice = needed(answerToCommand(occasion, facts), `a notice about "${occasion}"`);
  return composed(mail, "notice", { subject, preview: notice.preview }, notice, answerHeaders(reflection));
}

function composeMailedLink(mail: Composition, link: ReturnType<typeof mailedLink>): Composed {
  const values = { ...link, url: needed(link.url, "the link that it is about") };
  return composed(mail, "notice", { ...link, subject: link.heading }, values, automaticHeaders());
}

/** It was not asked for, so it can be unsubscribed from like a lesson. */
function composeReminder(mail: Composition): Composed {
  const says = reminder(chooseWords(mail));
  const values = { ...says, url: `${pageUrl(mail)}?do=here` };
  return composed(mail, "notice", { ...says, subject: says.heading }, values, lessonHeaders(mail));
}

export const noticeOccasion = ({ slug }: Dispatch): string => slug.split("-")[0] ?? "";
