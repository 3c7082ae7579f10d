import { findSenses, type Sense } from "./senses.ts";
import { fold, splitWords } from "./split-words.ts";

/** What a word says about its person: in the list, gone from it, or never quite in it. */
export type ImportState = "in" | "gone" | "unconfirmed";

/** States of the tools that are read, and of sheets kept by hand, where the senses of their words would not tell. */
const STATES: Readonly<Record<ImportState, string>> = {
  // A cold reader of Kit's has agreed like any other, and whoever pays Buttondown's owner until the month ends gets mail.
  in: `active subscribed enabled cold regular premium gifted trialed churning past_due optedin valid delivered opened clicked subscriber abonnent abonnentin
    suscriptor suscriptora assinante abonado abonada marketing_contact
    confirmed verified granted given agreed accepted approved allowed consented express explicit express_consent consent_given
    bestatigt bestaetigt zugestimmt eingewilligt erteilt einverstanden erlaubt akzeptiert freigegeben
    confirme confirmee accepte acceptee accorde accordee autorise autorisee d_accord
    confirmado confirmada aceptado aceptada autorizado autorizada aceito aceita
    confermato confermata accettato accettata autorizzato autorizzata concesso
    bevestigd toegestaan geaccepteerd akkoord`,
  unconfirmed: `needs_approval needs_confirmation not_yet never_subscribed upcoming noch_nicht pas_encore todavia_no aun_no ainda_nao
    non_ancora nog_niet sin_confirmar confirmation_sent new_unconfirmed`,
  gone: `unsubscribe unengaged withdrawn off out`,
};
const STATE_OF = new Map<string, ImportState>(
  Object.entries(STATES).flatMap(([state, words]) =>
    words.split(/\s+/).map((word) => [word, state as ImportState] as const),
  ),
);

const LONGEST_STATE = 60;
const MOST_WORDS = 6;
/** A number, an address, or a list as programs write it. */
const NO_STATE = /^\p{N}|[@[\]{}]/u;
/** Lists have few states and many other cells: what was read once is kept for a while. */
const MOST_KEPT = 5000;
const kept = new Map<string, ImportState | undefined>();

/** What a cell says as a state, if all its words are known; undefined if it says none. A survey asks it of every cell. */
export function readState(cell: string): ImportState | undefined {
  if (cell.length > LONGEST_STATE || NO_STATE.test(cell)) return undefined;
  if (kept.has(cell)) return kept.get(cell);
  if (kept.size >= MOST_KEPT) kept.clear();
  const state = STATE_OF.get(fold(cell)) ?? stateInWords(splitWords(cell));
  kept.set(cell, state);
  return state;
}

const GONE: readonly Sense[] = ["leave", "away", "over"];
const IN: readonly Sense[] = ["in", "on", "agree", "confirm"];
const WITHIN: readonly Sense[] = ["in", "on", "list", "around"];

function stateInWords(words: readonly string[]): ImportState | undefined {
  const senses = findSenses(words);
  if (words.length > MOST_WORDS || !senses.every((sense) => sense !== undefined)) return undefined;
  const has = (...some: Sense[]) => senses.some((sense) => some.includes(sense));
  const isDenied = has("not");
  if (has(...GONE)) return isDenied ? undefined : "gone";
  if (has("pending")) return isDenied ? undefined : "unconfirmed";
  if (isDenied && has(...IN)) return isNoMore(words) ? "gone" : "unconfirmed";
  if (isDenied) return has("list") ? notOnList(words) : undefined;
  return has("in", "on") && senses.every((sense) => WITHIN.includes(sense)) ? "in" : undefined;
}

/** `No longer subscribed`: they were. */
export const isNoMore = (words: readonly string[]): boolean =>
  words.some((word) => /^(longer|more|anymore|mehr|plus|mas|mais|piu|meer)$/.test(word));

/** `Non abonné` never was in the list; `keine Mails` has had enough of it. */
const notOnList = (words: readonly string[]): ImportState =>
  words.some((word) => /^(abon|subscri|suscri|inscri|iscri|assin|member|mitglied|lid)/.test(word))
    ? "unconfirmed"
    : "gone";
