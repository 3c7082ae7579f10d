import { type Asks, readAsks } from "../../functions/domain/replies/asks/asks.ts";
import type { Commands } from "../../functions/domain/words/command-phrases.ts";
import { english } from "./words.ts";

/** What a reply asks for that came on 30 November 2026, at noon in Berlin. */
export const asksOf = (
  ownWords: string,
  { commands = english.commands, subject }: { commands?: Commands; subject?: string | undefined } = {},
): Asks =>
  readAsks({
    ownWords,
    ownSubject: subject,
    commands,
    grave: { says: [], unless: [] },
    received: { receivedAt: Date.UTC(2026, 10, 30, 11), zone: "Europe/Berlin" },
  });
