import { ALSO, PLAINLY } from "../../domain/replies/command.ts";
import type { Dispatch } from "../../domain/sending/dispatch.ts";
import { answerHeaders, automaticHeaders, lessonHeaders, replySubject } from "../mime/fields.ts";
import { composeMail, pageUrl } from "./composed.ts";
import { type Composed, type Composition, chooseWords, need } from "./composition.ts";
import { composeJournal } from "./journal.ts";
import {
  answerToCommands,
  isLeftAlone,
  isMailedLink,
  isOwnReplyQuestion,
  leftNotice,
  mailedLink,
  reminder,
  returnQuestion,
  senderQuestion,
} from "./notices.ts";

/** A short mail about something that a reader asked for. The slug of its dispatch begins with the occasions. */
export function composeNotice(mail: Composition): Composed {
  const occasions = noticeOccasions(mail.dispatch);
  const [occasion = ""] = occasions;
  const words = chooseWords(mail);
  if (isMailedLink(occasion)) return composeMailedLink(mail, mailedLink(words, occasion, mail.links));
  if (isOwnReplyQuestion(occasion)) return composeOwnReplyQuestion(mail, occasion);
  if (occasions.includes("journal")) return composeJournal(mail);
  if (occasion === "silence") return composeReminder(mail);
  const reflection = need(mail.reflection, "reflection");
  const subject = replySubject(reflection.subject, mail.course.title);
  if (occasion === "left") return composeLeft(mail, subject, occasions);
  const enrolment = need(mail.enrolment, "enrolment");
  const { unsubscribeUrl } = mail.links;
  const facts = {
    words,
    course: mail.course,
    enrolment,
    reflection,
    facts: need(mail.facts, "what is known of its reader"),
    readerUrl: pageUrl(mail),
    unsubscribeUrl,
  };
  const notice = need(answerToCommands(occasions, facts), `a notice about "${occasions.join(", ")}"`);
  return composeMail(mail, "notice", { subject, preview: notice.preview }, notice, answerHeaders(reflection));
}

/** In the thread of the reply that asked for it. Who has left it all is shown the way back, and no other. */
function composeLeft(mail: Composition, subject: string, occasions: readonly string[]): Composed {
  const only = occasions.find(isLeftAlone);
  const goesOn = (occasions.includes(ALSO) && mail.goesOn) || [];
  const says = leftNotice(chooseWords(mail), { isPlain: occasions.includes(PLAINLY), only, goesOn });
  const isLast = isFarewell(mail.dispatch);
  const values = { ...says, url: pageUrl(mail), ...(isLast && { unsubscribeUrl: undefined }) };
  const reflection = need(mail.reflection, "reflection");
  return composeMail(mail, "notice", { subject, preview: says.preview }, values, answerHeaders(reflection));
}

/**
 * Asks whether a reply was its reader's. A reply from elsewhere may be a stranger's: nothing of it is quoted but how its
 * address begins and ends, and no thread is joined.
 */
function composeOwnReplyQuestion(mail: Composition, occasion: "sender" | "back"): Composed {
  const reflection = need(mail.reflection, "reflection");
  const words = chooseWords(mail);
  const url = need(mail.links.ownReplyUrl, "the link that it is about");
  if (occasion === "back") {
    const values = { ...returnQuestion(words), url, unsubscribeUrl: undefined };
    const subject = replySubject(reflection.subject, mail.course.title);
    return composeMail(mail, "notice", { ...values, subject }, values, answerHeaders(reflection));
  }
  const values = { ...senderQuestion(words, reflection, need(mail.otherAddress, "the address")), url };
  return composeMail(mail, "notice", { ...values, subject: values.heading }, values, automaticHeaders());
}

function composeMailedLink(mail: Composition, link: ReturnType<typeof mailedLink>): Composed {
  const values = { ...link, url: need(link.url, "the link that it is about") };
  return composeMail(mail, "notice", { ...link, subject: link.heading }, values, automaticHeaders());
}

/** It was not asked for, so it can be unsubscribed from like a lesson. */
function composeReminder(mail: Composition): Composed {
  const says = reminder(chooseWords(mail));
  const values = { ...says, url: `${pageUrl(mail)}?do=here` };
  return composeMail(mail, "notice", { ...says, subject: says.heading }, values, lessonHeaders(mail));
}

/** What a notice is about: all before the last hyphen of its slug. What it was asked for by stands behind it. */
export const noticeOccasions = ({ slug }: Pick<Dispatch, "slug">): string[] => slug.split("-").slice(0, -1);

/** It goes to somebody who has left everything: that they have, or whether they come back. There is nothing left to leave by a link. */
export function isFarewell({ kind, slug }: Pick<Dispatch, "kind" | "slug">): boolean {
  const occasions = kind === "notice" ? noticeOccasions({ slug }) : [];
  const goesOn = occasions.some((one) => one === ALSO || isLeftAlone(one));
  return occasions[0] === "back" || (occasions[0] === "left" && !goesOn);
}
