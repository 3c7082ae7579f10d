import { ArgumentError } from "../cli/arguments.ts";
import { TESTS_TO_OTHERS } from "../functions/domain/people/limits.ts";
import type { TestMail } from "../functions/domain/sending/owner.ts";
import type { Settings } from "../functions/domain/settings.ts";
import type { MailLinks } from "../functions/mail/compose/composition.ts";
import type { Services } from "../functions/ports.ts";
import { testRecipient } from "./test-mail.ts";

const REFUSED = {
  malformed: (to: string) => `--to ${to} is not an email address.`,
  ours: (to: string) => `--to ${to} is an address of this course itself: the mail would come back to it.`,
  suppressed: (to: string) =>
    `${to} must not be mailed: it left everything, bounced or complained. See: npm run console -- suppressions list`,
  "too-many": () =>
    `Tests to others were asked for ${TESTS_TO_OTHERS.most} times within a day; that is the most. Ask again tomorrow.`,
};

/** Whom a test goes to, if not to the owner. Throws an ArgumentError that says why it must not. */
export async function readRecipient(services: Services, to: string): Promise<NonNullable<TestMail["to"]>> {
  const recipient = await testRecipient(services, to);
  if ("refused" in recipient) throw new ArgumentError(REFUSED[recipient.refused](to));
  return recipient;
}

/** Every link of a test mail leads to a page that does nothing. */
export function linksOfTest(settings: Settings, webOrigin: string): MailLinks {
  const page = `${webOrigin}/test-mail`;
  return {
    // What is appended to it stays a question.
    readerUrl: `${page}?page=`,
    unsubscribeUrl: page,
    unsubscribeMailto: `mailto:unsubscribe+test@${settings.mailDomain}?subject=unsubscribe`,
    replyAddress: settings.ownerMailbox,
    confirmUrl: page,
    personalUrl: page,
    noLettersUrl: page,
    archiveUrl: settings.archive ? page : undefined,
  };
}
