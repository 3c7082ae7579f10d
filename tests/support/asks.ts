import { type Asks, readAsks } from "../../functions/domain/replies/asks/asks.ts";
import type { ChoiceAsked } from "../../functions/domain/replies/asks/exact-choice.ts";
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
    isToFarewell = false,
    asksForMove = false,
    isAboutLetters = false,
    choiceAsked,
  }: {
    commands?: Commands;
    subject?: string | undefined;
    receivedAt?: number;
    isToFarewell?: boolean;
    asksForMove?: boolean;
    isAboutLetters?: boolean;
    choiceAsked?: ChoiceAsked;
  } = {},
): Asks => {
  const known = read.get(commands) ?? new Map<string, Asks>();
  read.set(commands, known);
  const asked = [ownWords, subject, receivedAt, isToFarewell, asksForMove, isAboutLetters, choiceAsked];
  const key = JSON.stringify(asked);
  const asks =
    known.get(key) ??
    readAsks({
      ownWords,
      ownSubject: subject,
      commands,
      grave: { says: [], unless: [] },
      received: { receivedAt, zone: "Europe/Berlin" },
      isToFarewell,
      asksForMove,
      isAboutLetters,
      choiceAsked,
    });
  known.set(key, asks);
  return asks;
};
