import { leave } from "../consent/leave.ts";
import { EVERYTHING, readUnsubscribeToken } from "../links/links.ts";
import { readWithKeyring } from "../links/read-token.ts";
import type { ReceivedMail, Services } from "../ports.ts";
import { findTokens } from "./match-reply.ts";

const UNSUBSCRIBE_PREFIX = "unsubscribe+";

/**
 * Mail to `unsubscribe+<token>@` leaves the token's list, whatever the mail says and whoever sent it: the token is
 * the proof (RFC 2369 §3.2). True if there was such a recipient.
 */
export async function leaveByAddress(services: Services, mail: ReceivedMail): Promise<boolean> {
  const tokens = findTokens(UNSUBSCRIBE_PREFIX, mail.recipients);
  for (const token of tokens) await leaveByToken(services, token, mail);
  return tokens.length > 0;
}

async function leaveByToken(services: Services, token: string, mail: ReceivedMail): Promise<void> {
  const courses = services.content.courses.map((course) => course.slug);
  const read = await readWithKeyring(services.keyring, (keys) => readUnsubscribeToken(keys, token, courses));
  if ("problem" in read && read.problem !== "unknown-list") {
    services.log.warn("unsubscribe-token-refused", { problem: read.problem, mail: mail.sesMessageId });
    return;
  }
  // A list that is not offered any more can only be left with everything: asking twice would be worse.
  if ("subscriber" in read) {
    const list = "list" in read ? read.list : EVERYTHING;
    await leave(services, read.subscriber, list === EVERYTHING ? EVERYTHING : [list], mail.receivedAt);
    if ("isFrom" in read && read.isFrom)
      await services.store.noteOnEntry(read.subscriber, read.isFrom, "leftAt", mail.receivedAt);
  }
}
