import type { AgendaKey } from "../domain/agenda.ts";
import type { Dispatch } from "../domain/dispatch.ts";
import type { Owner } from "../domain/owner.ts";
import { type MailParts, mimeMessage } from "../mail/mime.ts";
import type { Services } from "../ports.ts";
import type { Letter } from "./letter.ts";

/** Writes a mail to the owner's mailbox. What it was about may be gone: a reader erased, a test mail expired. */
export async function ownersLetter(
  services: Services,
  owner: Owner,
  key: AgendaKey,
  dispatch: Dispatch,
): Promise<Letter | "nothing"> {
  const mail = await WRITE[dispatch.kind]?.(services, owner, key, dispatch);
  if (!mail) return "nothing";
  return {
    envelopeFrom: mail.from.address,
    to: mail.to.address,
    raw: mimeMessage(mail),
    tags: { "ses:feedback-id-a": dispatch.list, "ses:feedback-id-b": dispatch.kind },
  };
}

type Write = (
  services: Services,
  owner: Owner,
  key: AgendaKey,
  dispatch: Dispatch,
) => Promise<MailParts | undefined>;

const WRITE: Partial<Record<Dispatch["kind"], Write>> = {
  test: testMail,
};

async function testMail(
  { store, settings }: Services,
  _owner: Owner,
  _key: AgendaKey,
  { slug }: Dispatch,
): Promise<MailParts | undefined> {
  const kept = await store.testMail(slug);
  if (!kept) return undefined;
  const { fromName, subject, headers, text, html } = kept;
  const from = {
    ...(fromName && { name: fromName }),
    address: `${settings.senderLocalPart}@${settings.mailDomain}`,
  };
  const to = { name: settings.ownerName, address: settings.ownerMailbox };
  return { from, to, replyTo: to, subject: `[Test] ${subject}`, headers, text, html };
}
