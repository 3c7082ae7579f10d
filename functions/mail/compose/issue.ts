import { type Issue, NEWSLETTER } from "../../domain/newsletter/issue.ts";
import { say } from "../../domain/words/words.ts";
import { lessonHeaders } from "../mime/fields.ts";
import { composeMail } from "./composed.ts";
import { type Composed, type Composition, chooseWords, need } from "./composition.ts";

/** The same mail on the newsletter's list: its title, its sender and its language stand for the course's. */
export function onNewsletter(mail: Composition, { newsletter }: Issue) {
  const course = {
    ...mail.course,
    title: newsletter.title,
    slug: NEWSLETTER,
    language: newsletter.language,
    senderName: newsletter.senderName,
    logo: newsletter.logo,
  };
  const onList = { ...mail, course };
  const askedFor = say(chooseWords(onList), "footer.askedForNewsletter", { title: newsletter.title });
  return { onList, askedFor };
}

/** A newsletter. It comes from its own sender, on its own list, whatever course the reader is in. */
export function composeIssue(mail: Composition): Composed {
  const issue = need(mail.issue, "issue");
  const { newsletter, title, body } = issue;
  const { onList, askedFor } = onNewsletter(mail, issue);
  const values = {
    newsletterTitle: newsletter.title,
    title,
    underline: "=".repeat(title.length),
    body,
    archiveUrl: mail.links.archiveUrl ?? "",
    askedFor,
  };
  return composeMail(onList, "issue", issue, values, lessonHeaders(onList));
}
