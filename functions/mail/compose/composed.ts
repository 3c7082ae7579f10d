import { type EmailName, findLanguage, isNewsletter } from "../../domain/content.ts";
import type { Course, CourseText } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { holdToTell } from "../../domain/course/hold.ts";
import { withPictureOrigin } from "../../domain/pictures.ts";
import { mailKind } from "../../domain/sending/mail-kinds.ts";
import type { Settings } from "../../domain/settings.ts";
import { sideOfText } from "../../domain/words/direction.ts";
import { say } from "../../domain/words/words.ts";
import type { Mailbox, MailParts } from "../mime/mime.ts";
import { setPlainText } from "../mime/plain-text.ts";
import { type Composed, type Composition, chooseWords, need } from "./composition.ts";

/** Who mails come from: the course's name, at the stage's address. */
const senderAddress = (course: Course, settings: Settings): Mailbox => ({
  name: course.senderName,
  address: `${settings.senderLocalPart}@${settings.mailDomain}`,
});

interface Head {
  subject: string;
  preview: string;
}

type PartHeaders = MailParts["headers"];

/** Both parts of a mail by the templates of its kind, with what stands around every mail. */
export function composeMail(
  mail: Composition,
  name: EmailName,
  head: Head,
  values: object,
  headers: PartHeaders,
): Composed {
  const { course, settings, links, subscriber } = mail;
  const { subject, preview } = head;
  const said = { subject, heading: subject, preview, ...aroundEveryMail(mail, name), ...values };
  const all = { ...said, sides: sidesOfTitles(said) };
  const templates = findLanguage(mail.content, course).emails[name];
  return {
    from: senderAddress(course, settings),
    to: { name: subscriber.firstName, address: subscriber.address },
    replyTo: { name: course.senderName, address: links.replyAddress },
    subject,
    headers: [...headers, ["Content-Language", all.language]],
    html: withPictureOrigin(templates.html(all), settings),
    text: setPlainText(templates.text(all)),
  };
}

/** What stands by itself and can be in another direction than the mail. */
const TITLES = ["subject", "heading", "title", "newsletterTitle", "pullQuote", "move", "question"] as const;

const sidesOfTitles = (values: Partial<Record<(typeof TITLES)[number], unknown>>) =>
  Object.fromEntries(TITLES.map((name) => [name, sideOfText(String(values[name] ?? ""))]));

/** Mail to the owner is in English, as all that owners read. */
const OWNERS_LANGUAGE = "en";

function aroundEveryMail(mail: Composition, name: EmailName) {
  const { course, settings, links } = mail;
  const { to, hasUnsubscribe } = mailKind(name);
  const words = chooseWords(mail);
  return {
    language: to === "owner" ? OWNERS_LANGUAGE : words.language,
    courseTitle: course.title,
    isNewsletter: isNewsletter(course),
    logo: to === "owner" ? undefined : course.logo,
    askedFor: say(words, isNewsletter(course) ? "footer.askedForNewsletter" : "footer.askedForCourse", {
      title: course.title,
    }),
    signature: course.texts.signature,
    attributionAuthor: course.attribution.author,
    attributionUrl: course.attribution.url,
    waited: waitedInWords(mail),
    next: undefined,
    ownerName: settings.ownerName,
    postalAddress: settings.postalAddress,
    steer: undefined,
    readerUrl: hasUnsubscribe ? pageUrl(mail) : undefined,
    webUrl: mailKind(mail.dispatch.kind).isToMany ? webUrl(mail) : undefined,
    unsubscribeUrl: hasUnsubscribe ? links.unsubscribeUrl : undefined,
  };
}

/** The reader's page about the course of the mail. Where a stage has one course, its name is left out. */
export function pageUrl({ content, course, links }: Composition): string {
  const isOneOfSeveral =
    content.courses.length > 1 && content.courses.some(({ slug }) => slug === course.slug);
  return isOneOfSeveral ? `${links.readerUrl}/${course.slug}` : links.readerUrl;
}

/** The mail as a page, behind the reader's own link. */
export const webUrl = ({ links, dispatch }: Composition): string =>
  `${links.readerUrl}/${dispatch.list}/${dispatch.slug}`;

/** To the reader whose course waited while they were away: why, and how to undo it. */
function waitedInWords(mail: Composition): string | undefined {
  const { enrolment, now } = mail;
  const hold = enrolment && holdToTell(enrolment, now);
  if (!hold) return undefined;
  const words = chooseWords(mail);
  const date = dateInWords(words, enrolment.cadence, hold.until - 1);
  return say(words, enrolment.status === "paused" ? "waited.ahead" : "waited.over", { date });
}

export function mailHead(text: CourseText): Head {
  const { subject, preview } = text.fields ?? {};
  return { subject: need(subject, "a text's subject"), preview: need(preview, "a text's preview") };
}
