import { NEWSLETTER } from "../../domain/issue.ts";
import { say } from "../../domain/words.ts";
import { lessonHeaders } from "../fields.ts";
import { composed } from "./composed.ts";
import { type Composed, type Composition, needed, wordsFor } from "./composition.ts";

/** A newsletter. It comes from its own sender, on its own list, whatever course the reader is in. */
export function composeIssue(mail: Composition): Composed {
  const issue = needed(mail.issue, "issue");
  const { newsletter, title, body } = issue;
  const course = {
    ...mail.course,
    title: newsletter.title,
    slug: NEWSLETTER,
    language: newsletter.language,
    senderName: newsletter.senderName,
  };
  const onList = { ...mail, course };
  const values = {
    newsletterTitle: newsletter.title,
    title,
    underline: "=".repeat(title.length),
    body,
    archiveUrl: mail.links.archiveUrl ?? "",
    askedFor: say(wordsFor(onList), "footer.askedForNewsletter", { title: newsletter.title }),
  };
  return composed(onList, "issue", issue, values, lessonHeaders(onList));
}
