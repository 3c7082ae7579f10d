import { mailKind } from "../../domain/sending/mail-kinds.ts";
import type { Composed, Composition } from "../compose/composition.ts";
import { addressField, type Mailbox, mimeMessage } from "./mime.ts";
import { openShared } from "./shared-by-reads.ts";
import { type Addressed, findAddressed, NAMELESS, SOMEBODY, withStandIn } from "./stand-in.ts";

/*
 * The problem: to compose and encode a lesson for each reader costs more than to send it. The idea: a lesson is the same
 * mail for thousands of readers, but for one field of its head and the tokens in its addresses:
 *
 *   From: …      To: Dana <dana@…>      Reply-To: reply+k5nb…@…      =\r\n …quoted-printable… /reader/ae=\r\nb2…
 *   ─── before ──┤   this reader's   ├───────────────────────────── after ────────────────────────┤
 *                                                     ████                            ██      ██   slots
 *
 * So it is composed and encoded once, to someone invented; for each reader the bytes are copied, with their own `To`
 * between them, and their tokens are written over the invented ones. Tokens are base32 and of one length, so no line is
 * wrapped or encoded otherwise, and nothing else of the mail moves. A slot is cut in two where a soft line break cuts
 * a token.
 *
 * No list says which readers share it: the composer sees invented words in place of what has a slot, and in all else
 * that it looks at, readers must be the same (`shared-by-reads.ts`). Nor is it assumed that the slots are all the places
 * where the invented words went: the mail is composed to a second invented reader, and kept only if splicing gives the
 * same bytes.
 *
 * What was tried instead, in processor time a lesson. The first two in one process, 1,500 readers of a lesson of 32 KB,
 * medians of seven rounds; the last from docs/BENCHMARKS.md, to SES's answer.
 *
 *   this                                        0.023 ms
 *   composing and encoding for each reader      0.75 ms    alone more than the SDK's client takes to send it, 0.48 ms
 *   MJML for each reader, and nodemailer        8.52 ms    a mail of 20 KB; ours to SES's answer 0.71 ms
 */

/** Mails kept in pieces, of some 40 KB each. Readers of one lesson differ by cadence, which says when the next comes. */
const MOST_KEPT = 200;
/** A function instance has one of each, or one for each course or issue, and none is ever changed. */
const ONE_FOR_ALL = ["content", "course", "settings", "issue"] as const;

/** The bytes of the mail of a composition: spliced where that is possible, else composed. */
export type Write = (mail: Composition) => { composed: Pick<Composed, "from" | "to">; raw: Uint8Array };
type Compose = (mail: Composition) => Composed;

/** Writes mails by composing what is new and splicing what is known; keeps what it knows in this function instance. */
export function openSplicer(compose: Compose): Write {
  const shared = openShared<Composition, { pieces?: Pieces }>(MOST_KEPT, ONE_FOR_ALL);

  function spliceMail(reader: Addressed): ReturnType<Write> | undefined {
    const invented = withStandIn(SOMEBODY, reader);
    const { pieces } =
      shared.find(invented.mail) ??
      shared.make(invented.mail, (watched) => ({ pieces: cutPieces(watched, invented, compose) }));
    return pieces && splice(pieces, reader);
  }

  function alone(mail: Composition): ReturnType<Write> {
    const composed = compose(mail);
    return { composed, raw: mimeMessage(composed) };
  }

  return (mail) => {
    const reader = goesToMany(mail) ? findAddressed(mail) : undefined;
    return (reader && spliceMail(reader)) ?? alone(mail);
  };
}

/** To save work only: a mail about one reader is never the same for another, so keeping it would be in vain. */
const goesToMany = ({ dispatch, journal = [] }: Composition): boolean =>
  mailKind(dispatch.kind).isToMany && journal.length === 0;

interface Pieces {
  from: Mailbox;
  before: Buffer;
  after: Buffer;
  /** Places in `after`, and which letters of which token stand there. */
  slots: { at: number; token: number; begin: number; end: number }[];
}

const CRLF = "\r\n";
/** Stands in every spliced mail. `=_` cannot stand in quoted-printable, so no body can hold it. */
const BOUNDARY = "=_the-parts-of-this-letter";

/** The pieces of a mail to an invented reader; undefined if it cannot be spliced for another. */
function cutPieces(watched: Composition, invented: Addressed, compose: Compose): Pieces | undefined {
  const pieces = cut(compose(watched), invented.tokens);
  const other = withStandIn(NAMELESS, invented);
  const spliced = pieces && splice(pieces, other).raw;
  return spliced && Buffer.from(mimeMessage(compose(other.mail), BOUNDARY)).equals(spliced)
    ? pieces
    : undefined;
}

function cut(composed: Composed, tokens: string[]): Pieces | undefined {
  const text = Buffer.from(mimeMessage(composed, BOUNDARY)).toString("latin1");
  const field = `${CRLF}${addressField("To", composed.to)}${CRLF}`;
  const place = text.indexOf(field);
  if (place < 0) return undefined;
  const after = CRLF + text.slice(place + field.length);
  return {
    from: composed.from,
    before: Buffer.from(text.slice(0, place + CRLF.length), "latin1"),
    after: Buffer.from(after, "latin1"),
    slots: tokens.flatMap((letters, token) => listSlots(token, letters, after)),
  };
}

const SOFT_BREAK = `=${CRLF}`;

function listSlots(token: number, letters: string, text: string): Pieces["slots"] {
  const wherever = new RegExp([...letters].join(`(?:${SOFT_BREAK})?`), "g");
  return [...text.matchAll(wherever)].flatMap(({ 0: found, index: at }) => {
    let begin = 0;
    return found.split(SOFT_BREAK).map((run) => {
      const slot = { at, token, begin, end: begin + run.length };
      at += run.length + SOFT_BREAK.length;
      begin += run.length;
      return slot;
    });
  });
}

/** The mail to one more reader. */
function splice(pieces: Pieces, { mail, tokens }: Addressed): ReturnType<Write> {
  const to = { name: mail.subscriber.firstName, address: mail.subscriber.address };
  const field = Buffer.from(addressField("To", to), "latin1");
  const raw = Buffer.concat([pieces.before, field, pieces.after]);
  const shift = pieces.before.length + field.length;
  for (const { at, token, begin, end } of pieces.slots)
    raw.write((tokens[token] as string).slice(begin, end), shift + at, "latin1");
  return { composed: { from: pieces.from, to }, raw };
}
