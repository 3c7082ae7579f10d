import type { DispatchId } from "../domain/sending/dispatch.ts";
import {
  EVERYTHING,
  readRelayToken,
  readReplyToken,
  readUnsubscribeToken,
  type SignedLeave,
} from "../links/links.ts";
import { readWithKeyring } from "../links/read-token.ts";
import type { ReceivedMail, Services } from "../ports.ts";

/** What a mail is about, as the addresses tell that it was sent to: nothing else is read before that is known. */
export type Addressee =
  /** To `unsubscribe+<token>@`: lists to leave. None, if no token was ours. */
  | { about: "leaving"; leavings: SignedLeave[] }
  /** To `relay+<token>@`: the owner's answer to what a reader wrote. */
  | { about: "question"; subscriber: string; reflection: string }
  /** To `reply+<token>@`: a reply to one of our mails. */
  | { about: "mail"; subscriber: string; isReplyTo: (dispatch: DispatchId) => boolean }
  /** To any other address of ours. With the reason, if there was a token for an owner's answer that is not ours. */
  | { about: "nothing-known"; refused?: string };

const PREFIXES = { leaving: "unsubscribe+", question: "relay+", mail: "reply+" } as const;

/** Reads the tokens of a mail's recipients. Leaving comes before all else; an answer of the owner's before a reply. */
export async function readAddressee(services: Services, mail: ReceivedMail): Promise<Addressee> {
  const leaving = findTokens("leaving", mail.recipients);
  if (leaving.length > 0) return { about: "leaving", leavings: await readLeavings(services, mail, leaving) };
  const [question] = findTokens("question", mail.recipients);
  if (question !== undefined) return readQuestion(services, question);
  for (const token of findTokens("mail", mail.recipients)) {
    const read = await readWithKeyring(services.keyring, (keys) => readReplyToken(keys, token));
    if (!("problem" in read)) return { about: "mail", ...read };
    services.log.warn("reply-token-refused", { problem: read.problem, mail: mail.sesMessageId });
  }
  return { about: "nothing-known" };
}

/** The tokens of the addresses for a purpose, in any letter case of what stands before them. */
export function findTokens(purpose: keyof typeof PREFIXES, recipients: readonly string[]): string[] {
  const prefix = PREFIXES[purpose];
  return recipients
    .map((recipient) => recipient.slice(0, Math.max(0, recipient.lastIndexOf("@"))))
    .filter((local) => local.toLowerCase().startsWith(prefix))
    .map((local) => local.slice(prefix.length));
}

async function readLeavings(
  services: Services,
  mail: ReceivedMail,
  tokens: string[],
): Promise<SignedLeave[]> {
  const courses = services.content.courses.map((course) => course.slug);
  const read = tokens.map(async (token): Promise<SignedLeave[]> => {
    const one = await readWithKeyring(services.keyring, (keys) => readUnsubscribeToken(keys, token, courses));
    if (!("problem" in one)) return [one];
    // A list that is not offered any more can only be left with everything: asking twice would be worse.
    if (one.problem === "unknown-list" && "subscriber" in one)
      return [{ subscriber: one.subscriber, list: EVERYTHING }];
    services.log.warn("unsubscribe-token-refused", { problem: one.problem, mail: mail.sesMessageId });
    return [];
  });
  return (await Promise.all(read)).flat();
}

async function readQuestion(services: Services, token: string): Promise<Addressee> {
  const read = await readWithKeyring(services.keyring, (keys) => readRelayToken(keys, token));
  if (!("problem" in read)) return { about: "question", ...read };
  return {
    about: "nothing-known",
    refused: `The answer's address is not one of ours: ${read.problem}`,
  };
}
