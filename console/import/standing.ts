/** What a column can say about whether its person may be written to. */
export type StandingKind = "status" | "left" | "agreed" | "confirmed";

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

type ImportState = "in" | "gone" | "unconfirmed";

/** A heading or a state without case, accents and signs: `E-Mail-Adresse` is `e_mail_adresse`. */
export const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");

/** States of the tools that are read, and of sheets kept by hand in the languages of Mailchimp's exports. */
const STATES: Record<ImportState, string> = {
  // A cold reader of Kit's has agreed like any other, and whoever pays Buttondown's owner until the month ends gets mail.
  in: `active confirmed subscribed cold enabled regular premium gifted trialed churning past_due opted_in optedin
    aktiv abonniert angemeldet bestatigt actif abonne abonnee inscrit inscrite confirme confirmee
    activo activa suscrito suscrita confirmado confirmada`,
  unconfirmed: `unconfirmed pending unactivated not_confirmed unverified validating needs_approval needs_confirmation
    awaiting_confirmation nonsubscribed non_subscribed not_subscribed never_subscribed transactional upcoming
    unbestatigt nicht_bestatigt ausstehend nicht_abonniert non_confirme non_confirmee en_attente non_abonne
    no_confirmado sin_confirmar pendiente no_suscrito`,
  gone: `unsubscribed unsubscribe cancelled canceled bounced bounce hard_bounce hard_bounced soft_bounce soft_bounced
    complained complaint complaints spam spammy junk abuse blocked blocklisted blacklisted disabled removed deleted
    archived cleaned undeliverable invalid suppressed opted_out opt_out optedout inactive churned paused unpaid
    stopped left needs_attention
    abgemeldet inaktiv gekundigt geloscht bereinigt gesperrt abbestellt desabonne desabonnee desinscrit desinscrite
    inactif inactive nettoye supprime baja dado_de_baja de_baja cancelado desuscrito inactivo inactiva limpiado
    rebotado eliminado`,
};
const STATE_OF = new Map<string, ImportState>(
  Object.entries(STATES).flatMap(([state, words]) =>
    words.split(/\s+/).map((word) => [word, state as ImportState] as const),
  ),
);

const LONGEST_STATE = Math.max(...[...STATE_OF.keys()].map(({ length }) => length));

/** True for a word that says whether somebody is in a list. A survey asks it of every cell of a file. */
export const isState = (cell: string): boolean =>
  cell.length <= LONGEST_STATE && /^\D/.test(cell) && STATE_OF.has(fold(cell));
export const isBarringState = (cell: string): boolean => (STATE_OF.get(fold(cell)) ?? "in") !== "in";

const YES = ["yes", "y", "true", "1", "x"];
const NO = ["no", "n", "false", "0", "0_0", "null", "none", "nil", "never", "nein", "non", "falsch", "faux"];
/** What MySQL writes for no date. */
const NO_DATE = /^0000-00-00/;
/** Signs that stand for nothing; a tick is a sign, too, and no such one. */
const NOTHING = /^[\s\-–—./]*$/;
const isNo = (cell: string): boolean => {
  const word = fold(cell);
  return word === "" ? NOTHING.test(cell) : NO.includes(word) || NO_DATE.test(cell);
};

const STATUS_HEADING =
  /^((subscriber|subscription|email|e_mail|member|contact|list|mailing|newsletter|marketing|email_marketing|email_subscription|abo|abonnement)_)?(status|state|statut)$|^(subscriber|subscription)_type$/;
/** Headings that have another sense as well (a state of the USA, a type of customer): what stands below them decides. */
const AMBIGUOUS_HEADING = /^(state|type|etat|estado|stato|situacion|zustand)$/;
const LEFT_HEADING = new RegExp(
  `^(is_|has_)?(${[
    "unsub\\w*",
    "opt(ed)?_?out\\w*",
    "email_(disabled|opt_?out|unsubscribed|bounced|blocked|suppressed)",
    "hard_?bounced?\\w*",
    "bounced(_\\w+)?",
    "bounce(_(at|on|date|time|reason|type))?",
    "complain(ed|t|ts)?(_\\w+)?",
    "spam(_\\w+)?",
    "clean(ed)?(_\\w+)?",
    "(blocked|block_?listed|black_?listed|disabled|removed|deleted|archived|cancell?ed|cancell?ation)(_(at|on|date|time|reason))?",
    "suppress(ed|ion)(_\\w+)?",
    "undeliverab\\w*",
    "left(_(at|on|date))?",
    "do_not_(email|mail|contact)",
    "junk",
    "abgemeldet(_am)?",
    "abmelde\\w*",
    "abbestellt(_am)?",
    "gekundigt(_am)?",
    "desabonn\\w*",
    "desinscri\\w*",
    "(fecha_de_)?baja",
    "dado_de_baja",
  ].join("|")})$`,
);
const AGREED_HEADING =
  /^(is_)?(subscribed|subscribed_to_(emails?|newsletters?)|active|enabled|opt(ed)?_?in|email_(enabled|opt_?in|marketing|marketing_consent)|accepts(_email)?_marketing|marketing_consent|newsletter|abonniert|angemeldet|abonne(_?e)?|inscrit(_?e)?|suscrito|suscrita|suscrito_a)$/;
const CONFIRMED_HEADING =
  /^(is_)?((email_)?(confirmed|verified)(_(at|on|date|time))?|confirm(ation)?_(time|date)|double_opt_?in(_(at|date|time))?|bestatigt(_am)?)$/;
/** A link that everybody has, and what a column about money says, tell nothing about the list. */
const NO_STANDING = /(url|link|token|hash|page)$|plan|tier|payment|stripe|order|purchase|membership/;

/** What a column with this heading says about its people; undefined if its heading does not tell. */
export function standingKind(heading: string): StandingKind | "perhaps" | undefined {
  const name = fold(heading);
  if (NO_STANDING.test(name)) return undefined;
  if (AMBIGUOUS_HEADING.test(name)) return "perhaps";
  if (STATUS_HEADING.test(name)) return "status";
  if (LEFT_HEADING.test(name)) return "left";
  if (AGREED_HEADING.test(name)) return "agreed";
  return CONFIRMED_HEADING.test(name) ? "confirmed" : undefined;
}

/** Money has states of its own: what stands below such a heading says nothing about the list. */
export const mayHoldStates = (heading: string): boolean => !NO_STANDING.test(fold(heading));

/** A reason can be as long as a letter, and somebody's own words. */
const MOST_QUOTED = 60;

/**
 * What a cell says against its person; undefined if nothing does. What is not known to mean "subscribed" counts as
 * gone: a reader who is missed can be added, and a mail to somebody who has left cannot be called back.
 * @param inactive what this word says: who never confirmed with Kit, who has left elsewhere
 */
export function findBar(
  { kind, heading }: StandingColumn,
  cell: string,
  { inactive, isExport }: { inactive: Barred["reason"]; isExport: boolean },
): Barred | undefined {
  const quoted = cell.slice(0, MOST_QUOTED);
  switch (kind) {
    case "status": {
      if (cell === "")
        return isExport ? { reason: "unconfirmed", says: `its ${heading} is empty there` } : undefined;
      const word = fold(cell);
      if (YES.includes(word)) return undefined;
      const state = word === "inactive" ? inactive : STATE_OF.get(word);
      if (state === "in") return undefined;
      if (state) return { reason: state, says: `it is ${quoted.toLowerCase()} there` };
      return {
        reason: "gone",
        says: `its ${heading} is "${quoted}" there, which is not known to mean subscribed; write "active" if it does`,
      };
    }
    case "left":
      return isNo(cell) ? undefined : { reason: "gone", says: `its ${heading} there is "${quoted}"` };
    case "agreed":
      if (cell === "") return { reason: "unconfirmed", says: `its ${heading} is empty there` };
      return isNo(cell) || isBarringState(cell)
        ? { reason: "gone", says: `its ${heading} there is "${quoted}"` }
        : undefined;
    case "confirmed":
      return isNo(cell) || isBarringState(cell)
        ? {
            reason: "unconfirmed",
            says: `its ${heading} is ${quoted === "" ? "empty" : `"${quoted}"`} there`,
          }
        : undefined;
  }
}
