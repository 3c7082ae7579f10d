import { iso } from "../functions/domain/time.ts";
import { OperationalError } from "../functions/errors.ts";
import { ArgumentError, readArguments, usage } from "../local/arguments.ts";
import type { Command } from "./commands.ts";
import { connect, type Deployment, REACH_FLAGS } from "./connect.ts";

const NAME = "npm run console -- tray [show KEY]";
const FLAGS = { stage: REACH_FLAGS.stage, help: { says: "this" } } as const;
/** More of a mail is not printed; the whole stands in the inbox bucket. */
const MOST_BYTES = 1024 * 1024;

/** Mails that belong to nothing we know: kept, never guessed at, and looked at by a person. */
export const TRAY: Command = {
  takes: "[show KEY] [--stage NAME]",
  says: "the unmatched tray: mails that belong to nobody we know; show one as it came",
  run: tray,
};

async function tray(given: string[]): Promise<string> {
  const words = given.findIndex((word) => word.startsWith("-"));
  const [verb = "list", key, ...more] = words < 0 ? given : given.slice(0, words);
  const { stage, help } = readArguments(NAME, FLAGS, words < 0 ? [] : given.slice(words));
  if (help) return usage(NAME, FLAGS);
  const isList = verb === "list" && key === undefined;
  const isShow = verb === "show" && key !== undefined && more.length === 0;
  if (!isList && !isShow) throw new ArgumentError(`Write it like: ${NAME}`);
  const deployment = await connect(stage);
  return isShow ? showUnmatched(deployment, key as string) : listUnmatched(deployment);
}

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
