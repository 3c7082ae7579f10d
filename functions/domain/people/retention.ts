import type { Settings } from "../settings.ts";
import { say, type Words } from "../words/words.ts";

/** What is kept about people. One list: the page at /privacy shows it, and docs/PRIVACY.md is held to it by a test. */
export interface RetentionRow {
  item: string;
  howLong: string;
  why: string;
  erased: string;
}

type Retention = Settings["retention"];

/** In the order of the page. */
const ITEMS = [
  "signUp",
  "reader",
  "addresses",
  "reflections",
  "voices",
  "inbox",
  "ledger",
  "consents",
  "suppression",
  "limits",
  "refusals",
  "digest",
  "forgotten",
  "unmatched",
  "queues",
  "logs",
  "backup",
] as const;
type ItemName = (typeof ITEMS)[number];

/** How long these are kept, the stage's settings say. */
const DAYS = {
  signUp: "unconfirmedDays",
  inbox: "inboxDays",
  unmatched: "inboxDays",
  logs: "logDays",
} as const satisfies Partial<Record<ItemName, keyof Retention>>;

/** All that a stage keeps, with its own numbers of days. */
export const whatIsKept = (words: Words, retention: Retention): RetentionRow[] =>
  ITEMS.map((item) => ({
    item: say(words, `kept.${item}.item`),
    howLong: howLong(words, item, retention),
    why: say(words, `kept.${item}.why`),
    erased: say(words, `kept.${item}.erased`),
  }));

/** How long the stage keeps what it sets itself, in words: "30 days". */
export const daysKept = (words: Words, retention: Retention) => ({
  unconfirmed: howLong(words, "signUp", retention),
  inbox: howLong(words, "inbox", retention),
  logs: howLong(words, "logs", retention),
});

const isSet = (item: ItemName): item is keyof typeof DAYS => Object.hasOwn(DAYS, item);

const howLong = (words: Words, item: ItemName, retention: Retention): string =>
  isSet(item)
    ? say(words, `kept.${item}.howLong`, { count: retention[DAYS[item]] })
    : say(words, `kept.${item}.howLong`);
