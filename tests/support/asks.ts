import { type Asks, type MailAsked, readAsks } from "../../functions/domain/replies/asks/asks.ts";
import type { Commands } from "../../functions/domain/words/command-phrases.ts";
import { english } from "./words.ts";

/** Many sentences look at the same mail: it is read once. */
const read = new Map<Commands, Map<string, Asks>>();

/** What a reply asks for that came on 30 November 2026, at noon in Berlin, or when it is said. */
export const asksOf = (
  ownWords: string,
  {
    commands = english.commands,
    subject,
    receivedAt = Date.UTC(2026, 10, 30, 11),
    ...mailAsked
  }: {
    commands?: Commands;
    subject?: string | undefined;
    receivedAt?: number;
  } & MailAsked = {},
): Asks => {
  const known = read.get(commands) ?? new Map<string, Asks>();
  read.set(commands, known);
  const asked = [ownWords, subject, receivedAt, mailAsked];
  const key = JSON.stringify(asked);
  const asks =
    known.get(key) ??
    readAsks({
      ownWords,
      ownSubject: subject,
      commands,
      grave: { says: [], unless: [] },
      received: { receivedAt, zone: "Europe/Berlin" },
      mailAsked,
    });
  known.set(key, asks);
  return asks;
};
