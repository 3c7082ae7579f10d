import { ArgumentError } from "../cli/arguments.ts";
import { iso } from "../functions/domain/time.ts";
import { OperationalError } from "../functions/errors.ts";
import { type Group, verb } from "./command.ts";
import { type Deployment, STAGE_FLAG } from "./connect.ts";

/** More of a mail is not printed; the whole stands in the inbox bucket. */
const MOST_BYTES = 1024 * 1024;

/** Mails that belong to nothing we know: kept, never guessed at, and looked at by a person. */
export const TRAY: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "what is in it, newest first, and why",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => listUnmatched(await reach()),
    }),
    show: verb({
      takes: ["KEY"],
      says: "one of them, as it came",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach, words: [key = ""] }) => showUnmatched(await reach(), key),
    }),
  },
};

/** What is in the tray, newest first, by the key that shows it. */
export async function listUnmatched({ services, place }: Deployment): Promise<string> {
  const mails = (await services.store.unmatched()).sort((one, other) => other.receivedAt - one.receivedAt);
  if (mails.length === 0) return `The unmatched tray is empty (${place}).`;
  const lines = mails.map(({ receivedAt, reason, raw }) => `${iso(receivedAt)}  ${raw}\n    ${reason}`);
  return [`${mails.length} unmatched, kept for 90 days (${place})`, ...lines].join("\n");
}

/** A mail of the tray as it came. Characters that steer a terminal are replaced. */
export async function showUnmatched({ services }: Deployment, key: string): Promise<string> {
  const isInTray = (await services.store.unmatched()).some(({ raw }) => raw === key);
  if (!isInTray) throw new ArgumentError(`There is no mail "${key}" in the tray; "tray" lists what is.`);
  try {
    const raw = Buffer.from(await services.inbox.read(key, MOST_BYTES)).toString("utf8");
    return raw.replace(/\r\n/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
  } catch (error) {
    if (error instanceof OperationalError) throw new ArgumentError(error.message);
    throw error;
  }
}
