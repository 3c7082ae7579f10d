import { sendTestMail, testRecipient } from "../../functions/deliver/test-mail.ts";
import type { Course } from "../../functions/domain/course.ts";
import type { Issue } from "../../functions/domain/issue.ts";
import { TESTS_TO_OTHERS } from "../../functions/domain/limits.ts";
import { composeIssue } from "../../functions/mail/compose/issue.ts";
import { ArgumentError } from "../../local/arguments.ts";
import { type Deployment, isAllowed } from "../connect.ts";
import { sampleComposition } from "../samples.ts";

const REFUSED = {
  malformed: (to: string) => `--to ${to} is not an email address.`,
  suppressed: (to: string) =>
    `${to} must not be mailed: it left everything, bounced or complained. See: npm run console -- suppressions list`,
  "too-many": () =>
    `${TESTS_TO_OTHERS.most} test mails went to others today; that is the most. Without --to it goes to your own mailbox.`,
};

/** Mails an issue to the owner, or to an address that the owner names. All its links lead to a page that does nothing. */
export async function testIssue(
  issue: Issue,
  deployment: Deployment,
  { to, yes }: { to?: string; yes?: boolean },
): Promise<string> {
  const { services } = deployment;
  if (to !== undefined && !(await isAllowed(`Mail a test of ${issue.slug} to ${to}`, deployment, yes)))
    return "Nothing was changed.";
  const recipient = to === undefined ? undefined : await testRecipient(services, to);
  if (recipient && "refused" in recipient) throw new ArgumentError(REFUSED[recipient.refused](to ?? ""));
  const dispatch = await sendTestMail(services, testOf(issue, deployment), recipient);
  if (!dispatch) return "Too many mails wait for the owner already; look at `sending status`.";
  return `A test of ${issue.slug} goes to ${to ?? "the owner's mailbox"}. Its links lead to a page that does nothing.`;
}

function testOf(issue: Issue, { services: { content, settings, webOrigin } }: Deployment) {
  const page = `${webOrigin}/test-mail`;
  const links = {
    // What is appended to it stays a question.
    readerUrl: `${page}?page=`,
    unsubscribeUrl: page,
    unsubscribeMailto: `mailto:unsubscribe+test@${settings.mailDomain}?subject=unsubscribe`,
    replyAddress: settings.ownerMailbox,
    archiveUrl: settings.archive ? page : undefined,
  };
  const course = content.courses[0] as Course;
  return composeIssue(sampleComposition(content, course, "issue", issue.slug, { issue, settings, links }));
}
