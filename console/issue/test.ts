import { sampleComposition } from "../../authoring/samples.ts";
import { firstCourse } from "../../functions/domain/content.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { composeIssue } from "../../functions/mail/compose/issue.ts";
import { type Deployment, isAllowed } from "../connect.ts";
import { putPictures } from "../pictures.ts";
import { sendTestMail } from "../test-mail.ts";
import { linksOfTest, readRecipient } from "../test-mails.ts";

/** Mails an issue to the owner, or to an address that the owner names. All its links lead to a page that does nothing. */
export async function testIssue(
  issue: Issue,
  deployment: Deployment,
  { to, yes }: { to?: string; yes?: boolean },
): Promise<string> {
  const { services } = deployment;
  if (to !== undefined && !(await isAllowed(`Mail a test of ${issue.slug} to ${to}`, deployment, yes)))
    return "Nothing was changed.";
  const recipient = to === undefined ? undefined : await readRecipient(services, to);
  const mail = makeTest(issue, deployment);
  await putPictures(deployment, [mail.html]);
  const dispatch = await sendTestMail(services, mail, recipient);
  if (!dispatch) return "Too many mails wait for the owner already; look at `sending status`.";
  return `A test of ${issue.slug} goes to ${to ?? "the owner's mailbox"}. Its links lead to a page that does nothing.`;
}

function makeTest(issue: Issue, { services: { content, settings, webOrigin } }: Deployment) {
  const onTheWeb = linksOfTest(settings, webOrigin);
  const links = issue.archive === "private" ? { ...onTheWeb, archiveUrl: undefined } : onTheWeb;
  const course = firstCourse({ content, settings });
  return composeIssue(sampleComposition(content, course, "issue", issue.slug, { issue, settings, links }));
}
