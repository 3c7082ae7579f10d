import { readDate } from "./dates.ts";
import { findSenses, type Sense } from "./senses.ts";
import { fold, splitWords } from "./split-words.ts";
import { isNoMore, readState } from "./states.ts";
import { readTagsCell } from "./tags-cell.ts";

/**
 * What a column can say about whether its person may be written to.
 * `status`: a word for how they stand. `either`: the same, and a yes could mean both (`Opt-in/Opt-out`).
 * `left`: whatever stands in it but a no says that they left; `never`: that they never confirmed.
 * `agreed`, `confirmed`: only a yes, or when they said it, lets them in. `since`: when they agreed, where it is known.
 * `found`: a status by its cells alone. `mentions`: notes; only a cell that is a state and nothing else counts.
 * `tags`: a tag can be such a state.
 */
export type StandingKind =
  | "status"
  | "either"
  | "left"
  | "never"
  | "agreed"
  | "since"
  | "confirmed"
  | "found"
  | "mentions"
  | "tags";

/**
 * What a heading alone cannot tell: what stands below it decides. `perhaps`: a status, or a state of the USA.
 * `topic`: `Newsletter`, with yes and no below it or with its name. `may-…`: with words that are not known.
 * `unclear`: it is about leaving, and cannot be read. `unsaid`: by its cells. `void`: about something else.
 */
export type HeadingKind =
  | StandingKind
  | "perhaps"
  | "topic"
  | "may-agree"
  | "may-since"
  | "may-confirm"
  | "unclear"
  | "unsaid"
  | "void";

/** A column that says it. */
export interface StandingColumn {
  kind: StandingKind;
  heading: string;
  place: number;
}

/** Why a row may not be written to. */
export interface Barred {
  reason: "gone" | "unconfirmed";
  says: string;
}

const WITH_STATUS: readonly Sense[] = ["status", "list", "in", "on", "agree", "confirm"];
const OF_LISTS: readonly Sense[] = ["list", "around"];
const COUNTS =
  /^(count|num|number|total|nr|anzahl|nombre|numero|aantal|id|feedback|campaign|message|deliver|promo)/;
/** `SMS marketing` is another list; `Email and SMS marketing` is also this one. */
const BY_MAIL = /^(e?mails?|newsletter\w*|mailing\w*|correo\w*|courriel\w*|nieuwsbrie\w*)$/;
/** `Last active`: when somebody was at work, and not that they agreed. */
const WHEN_SEEN = /^(first|last|latest|letzte\w*|dernier\w*|ultim\w*|laatste?)$/;
/** `Abo bis`: it is over or not yet, and which of them the heading does not tell. */
const UNTIL = /^(until|bis|jusqu\w*|hasta|ate|fino|tot)$/;
const NOTES =
  /^(notes?|notiz|notizen|bemerkung\w*|comment\w*|kommentar\w*|remarque\w*|notas?|comentario\w*|commento|commenti|opmerking\w*)$/;

/** What a column with this heading says about its people, by the words of the heading. */
export function readHeading(heading: string): HeadingKind {
  const words = splitWords(heading);
  // `Member no` has a number.
  const senses = findSenses(words).map((sense, at) =>
    words[at] === "no" && at === words.length - 1 ? "around" : sense,
  );
  const has = (...some: Sense[]) => senses.some((sense) => sense !== undefined && some.includes(sense));
  const isKnown = senses.every((sense) => sense !== undefined);
  if (has("void") || (has("channel") && !words.some((word) => BY_MAIL.test(word)))) return "void";
  if (has("leave") || (has("away") && isKnown)) return leaving(has);
  if (has("pending")) return has("not") ? "unclear" : "never";
  if (has("not")) return isNoMore(words) ? "left" : denying(has, isKnown);
  if (has("status")) return status(words, senses);
  if (/^(subscriber|subscription) type$/.test(words.join(" "))) return "status";
  if (words.length === 1 && words[0] === "type") return "perhaps";
  if (has("confirm")) return has("origin") ? "void" : isKnown ? "confirmed" : "may-confirm";
  if (has("in", "list") && words.some((word) => UNTIL.test(word))) return "unclear";
  if (has("in", "agree")) return agreeing(has, isKnown);
  if (has("on") && words.some((word) => WHEN_SEEN.test(word))) return "unsaid";
  if (has("on")) return isKnown && !has("origin", "name") ? (has("time") ? "since" : "agreed") : "unsaid";
  if (words.some((word) => NOTES.test(word))) return "mentions";
  if (has("name", "origin")) return "void";
  const isTopic = has("list") && senses.every((sense) => sense !== undefined && OF_LISTS.includes(sense));
  return isTopic && !words.some((word) => COUNTS.test(word)) ? "topic" : "unsaid";
}

type Has = (...some: Sense[]) => boolean;

function leaving(has: Has): HeadingKind {
  if (has("not")) return "unclear";
  return has("in", "on", "status") ? "either" : "left";
}

function denying(has: Has, isKnown: boolean): HeadingKind {
  if (has("in", "on", "agree", "confirm")) return "never";
  return has("list") && isKnown ? "left" : "unsaid";
}

function status(words: readonly string[], senses: readonly (Sense | undefined)[]): HeadingKind {
  const telling = senses.filter((sense) => sense !== "around");
  const isOfList = telling.every((sense) => sense !== undefined && WITH_STATUS.includes(sense));
  const isBare = words.length === 1 && /^statut?s?$/.test(words[0] ?? "");
  return isBare || (isOfList && telling.length > 1) ? "status" : "perhaps";
}

function agreeing(has: Has, isKnown: boolean): HeadingKind {
  if (has("origin")) return "void";
  if (has("time")) return isKnown ? "since" : "may-since";
  return isKnown ? "agreed" : "may-agree";
}

const YES = [
  "yes",
  "y",
  "true",
  "1",
  "x",
  "on",
  "ja",
  "j",
  "oui",
  "o",
  "si",
  "s",
  "sim",
  "wahr",
  "vrai",
  "verdadero",
  "verdadeiro",
  "vero",
  "waar",
  "ok",
  "t",
];
const NO = [
  "no",
  "n",
  "false",
  "0",
  "0_0",
  "null",
  "none",
  "nil",
  "never",
  "off",
  "nein",
  "non",
  "nao",
  "nee",
  "nie",
  "falsch",
  "faux",
  "falso",
  "onwaar",
  "f",
  "aus",
  "kein",
  "keine",
  "keiner",
  "aucun",
  "aucune",
  "jamais",
  "ninguno",
  "ninguna",
  "nunca",
  "nenhum",
  "nenhuma",
  "nessuno",
  "nessuna",
  "mai",
  "geen",
  "nooit",
  "n_a",
  "na",
  "undefined",
  "nan",
];
const TICK = /^[\u2713\u2714\u2611\u2705\u{1f5f8}\u{1f44d}\s]+$/u;
const CROSS = /^[\u2715-\u2718\u274c\u2610\u00d7\u{1f44e}\s]+$/u;
/** What MySQL writes for no date. */
const NO_DATE = /^0000-00-00/;
const ZERO = /^[+-]?0+(?:[.,]0+)?\s*%?$/;
/** Signs that stand for nothing; a tick is a sign, too, and no such one. */
const NOTHING = /^[\s\-–—./]*$/;
/** A list of nothing: as programs write it. */
const NO_LIST = /^[[{]\s*[\]}]$/;

/** `yes?` is a question. */
const isSure = (cell: string): boolean => !cell.includes("?");
export const isYes = (cell: string): boolean => TICK.test(cell) || (isSure(cell) && YES.includes(fold(cell)));
export const isNo = (cell: string): boolean => {
  const word = fold(cell);
  if (word === "") return NOTHING.test(cell) || NO_LIST.test(cell);
  return (isSure(cell) && NO.includes(word)) || ZERO.test(cell) || NO_DATE.test(cell);
};

/** A day, or how long ago it was: a heading that asks for one is answered. */
const isDay = (cell: string): boolean =>
  (["dmy", "mdy"] as const).some((said) => typeof readDate(cell, { said }) === "number");

/** A reason can be as long as a letter, and somebody's own words. */
const MOST_QUOTED = 60;

/** What a word says in this file. */
export interface CellMeaning {
  /** Who never confirmed with Kit, who has left elsewhere. */
  inactive: Barred["reason"];
  /** It is as a tool exports it: a state that is empty is none. */
  isExport: boolean;
}

/**
 * What a cell says against its person; undefined if nothing does. What is not known to mean "subscribed" or "yes" counts
 * as a no: a reader who is missed can be added, and a mail to somebody who has left cannot be called back.
 */
export function findBar(
  { kind, heading }: StandingColumn,
  cell: string,
  meaning: CellMeaning,
): Barred | undefined {
  const quoted = cell.slice(0, MOST_QUOTED);
  const its = `its ${heading} ${cell === "" ? "is empty there" : `there is "${quoted}"`}`;
  const state = stateHere(cell, meaning);
  switch (kind) {
    case "status":
    case "either":
    case "found": {
      if (cell === "")
        return meaning.isExport && kind !== "found" ? { reason: "unconfirmed", says: its } : undefined;
      if (kind !== "either" && isYes(cell)) return undefined;
      if (kind === "either" && isNothing(cell)) return undefined;
      return state === "in"
        ? undefined
        : makeBarred(state, cell, `its ${heading} is "${quoted}" there`, "subscribed");
    }
    case "left":
      return isNo(cell) || isSubscribed(cell) ? undefined : { reason: "gone", says: its };
    case "never":
      return isNo(cell) ? undefined : { reason: "unconfirmed", says: its };
    case "agreed":
      if (cell === "") return { reason: "unconfirmed", says: its };
      return isYes(cell) || state === "in" || isDay(cell) ? undefined : makeDenied("gone", state, cell, its);
    case "since":
      if (cell === "" || isYes(cell) || state === "in") return undefined;
      return !isNo(cell) && /\p{N}/u.test(cell) ? undefined : makeDenied("gone", state, cell, its);
    case "confirmed":
      if (cell === "") return { reason: "unconfirmed", says: its };
      return isYes(cell) || state === "in" || isDay(cell)
        ? undefined
        : makeDenied("unconfirmed", state, cell, its);
    case "mentions":
      return state === "gone" || state === "unconfirmed" ? { reason: state, says: its } : undefined;
    case "tags": {
      const tag = readTagsCell(cell).find((one) => readState(one) === "gone");
      return tag === undefined
        ? undefined
        : { reason: "gone", says: `it has the tag "${tag.slice(0, MOST_QUOTED)}" there` };
    }
  }
}

const stateHere = (cell: string, { inactive }: CellMeaning) =>
  fold(cell) === "inactive" ? inactive : readState(cell);

/** An answer to "has left" that says "has not", and nothing else: `subscribed`, but not `confirmed`. */
const isSubscribed = (cell: string): boolean =>
  readState(cell) === "in" && findSenses(splitWords(cell)).some((sense) => sense === "in");

const isNothing = (cell: string): boolean => NOTHING.test(cell) || NO_LIST.test(cell);

function makeBarred(
  state: "gone" | "unconfirmed" | undefined,
  cell: string,
  its: string,
  sought: string,
): Barred {
  if (state) return { reason: state, says: `it is ${cell.slice(0, MOST_QUOTED).toLowerCase()} there` };
  return { reason: "gone", says: `${its}, which is not known to mean ${sought}; write "active" if it does` };
}

function makeDenied(
  reason: Barred["reason"],
  state: ReturnType<typeof readState>,
  cell: string,
  its: string,
): Barred {
  if (state === "gone" || state === "unconfirmed") return { reason: state, says: its };
  if (isNo(cell) || CROSS.test(cell)) return { reason, says: its };
  return { reason, says: `${its}, which is not known to mean yes; write "yes" if it does` };
}

/** Names and values of a list as programs write them: JSON, Python's, a database's. */
const PAIR = /["']?([\p{L}\p{N}_ -]+)["']?\s*(?::|=>?)\s*(?:"([^"]*)"|'([^']*)'|([^\s,"'}\]]+))/gu;
const NESTED = /^\s*[[{]/;
const MOST_NESTED = 20_000;

/**
 * What is said within a cell that holds a list of its own, as listmonk's `lists` does: who left one of them has left;
 * who confirmed one of them has confirmed.
 */
export function findNestedBar(cell: string, heading: string): Barred | undefined {
  if (!NESTED.test(cell)) return undefined;
  let unconfirmed: Barred | undefined;
  let isIn = false;
  for (const [, name = "", ...values] of cell.slice(0, MOST_NESTED).matchAll(PAIR)) {
    const value = values.find((one) => one !== undefined) ?? "";
    const kind = readHeading(name);
    const says = `within its ${heading}, ${name} is "${value.slice(0, MOST_QUOTED)}" there`;
    if (kind === "left" && !isNo(value)) return { reason: "gone", says };
    if (!NESTED_KINDS.includes(kind)) continue;
    const state = readState(value);
    if (state === "gone" || (kind === "agreed" && isNo(value))) return { reason: "gone", says };
    if (state === "unconfirmed" || (kind === "confirmed" && isNo(value)))
      unconfirmed ??= { reason: "unconfirmed", says };
    if (state === "in" && kind !== "perhaps") isIn = true;
  }
  return isIn ? undefined : unconfirmed;
}
const NESTED_KINDS: readonly HeadingKind[] = ["status", "either", "perhaps", "agreed", "confirmed"];
