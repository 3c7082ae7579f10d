import { holdToTell } from "../domain/hold.ts";
import { silenceToTell } from "../domain/silence.ts";
import { MINUTE } from "../domain/time.ts";
import type { Composed, Composition, MailLinks } from "./compose/composition.ts";
import { addressField, type Mailbox, mimeMessage } from "./mime.ts";

/*
 * A lesson is the same mail for thousands of readers, but for one field of its head and the tokens in its addresses:
 *
 *   From: …      To: Dana <dana@…>      Reply-To: reply+k5nb…@…      =\r\n …quoted-printable… /reader/ae=\r\nb2…
 *   ─── before ──┤   this reader's   ├───────────────────────────── after ────────────────────────┤
 *                                                     ████                            ██      ██   slots
 *
 * So it is composed and encoded once; for each further reader the bytes are copied, with their own `To` between them,
 * and their tokens are written over the first reader's. Tokens are base32 and of one length, so no line is wrapped or
 * encoded otherwise, and nothing else of the mail moves. A slot is cut in two where a soft line break cuts a token.
 *
 * That a mail is like this is not believed: each is composed for a second, invented reader as well, and only if
 * splicing gives exactly the same bytes is it spliced for others.
 */

/** Kinds of mail that go to many; all others are about one reader. */
const FOR_MANY: ReadonlySet<string> = new Set(["lesson", "issue"]);
/** Mails kept in pieces, of some 40 KB each. Readers of one lesson differ by cadence, which says when the next comes. */
const MOST_KEPT = 200;

/** The bytes of the mail of a composition: spliced where that is possible, else composed. */
export type Write = (mail: Composition) => { composed: Pick<Composed, "from" | "to">; raw: Uint8Array };

/** Writes mails by composing what is new and splicing what is known; keeps what it knows in this function instance. */
export function openSplicer(compose: (mail: Composition) => Composed): Write {
  const known = new Map<string, Pieces | "single">();
  return (mail) => {
    const key = FOR_MANY.has(mail.dispatch.kind) && !isPersonal(mail) && keyOf(mail);
    const pieces = key ? known.get(key) : undefined;
    const spliced = pieces && pieces !== "single" ? splice(pieces, mail) : undefined;
    if (spliced) return spliced;
    const composed = compose(mail);
    const raw = mimeMessage(composed);
    if (key && !pieces) {
      if (known.size >= MOST_KEPT) known.delete(known.keys().next().value as string);
      known.set(key, piecesOf(mail, composed, compose) ?? "single");
    }
    return { composed, raw };
  };
}

/**
 * True where a composer has something of this reader's before it that no other must ever read: what they wrote, what
 * they were answered, that they were away. Such a mail is composed for them alone.
 */
function isPersonal({ journal = [], reflection, answer, enrolment, now }: Composition): boolean {
  if (journal.length > 0 || reflection || answer) return true;
  return enrolment !== undefined && holdToTell(enrolment, now) !== undefined;
}

/**
 * All that a composer sees of a mail that is not personal, but who the reader is. Of the moment, the minute counts: what a mail says of time changes
 * with the reader's day. A composer that looks at more than this would be found out by the invented reader.
 */
function keyOf({ course, settings, dispatch, enrolment, entry, revision, now }: Composition): string {
  const { kind, list, slug } = dispatch;
  const { status, run, cadence, done, ratings } = enrolment ?? {};
  const asks = {
    course: course.slug,
    kind,
    list,
    slug,
    revision,
    status,
    run,
    cadence,
    done,
    ratings,
    answers: entry?.answers,
    silence: enrolment && silenceToTell(enrolment, settings),
  };
  return JSON.stringify({ ...asks, minute: Math.floor(now / MINUTE) });
}

interface Pieces {
  from: Mailbox;
  before: Buffer;
  after: Buffer;
  /** Places in `after`, and which letters of which token stand there. */
  slots: { at: number; token: number; begin: number; end: number }[];
  /** Of each token. */
  lengths: number[];
}

const CRLF = "\r\n";
const PLACES = ["readerUrl", "unsubscribeUrl", "unsubscribeMailto", "replyAddress"] as const;
/** What stands for the reader in an address: behind the last `/` of a link, or the `+` of a mailbox. */
const TOKEN = /[/+]([a-z2-7]{20,})(?=$|@)/;

const tokensOf = (links: MailLinks): string[] => PLACES.map((place) => TOKEN.exec(links[place])?.[1] ?? "");

/** The pieces of a mail that was composed for one reader; undefined if it cannot be spliced for another. */
function piecesOf(
  mail: Composition,
  composed: Composed,
  compose: (mail: Composition) => Composed,
): Pieces | undefined {
  const boundary = BOUNDARY;
  const pieces = cut(mimeMessage(composed, boundary), mail, composed);
  if (!pieces) return undefined;
  const other = inventedReader(mail);
  const spliced = splice(pieces, other)?.raw;
  return spliced && Buffer.from(mimeMessage(compose(other), boundary)).equals(spliced) ? pieces : undefined;
}

/** Stands in every spliced mail. `=_` cannot stand in quoted-printable, so no body can hold it. */
const BOUNDARY = "=_the-parts-of-this-letter";

function cut(raw: Uint8Array, { links }: Composition, { from, to }: Composed): Pieces | undefined {
  const text = Buffer.from(raw).toString("latin1");
  const field = `${CRLF}${addressField("To", to)}${CRLF}`;
  const place = text.indexOf(field);
  const tokens = tokensOf(links);
  if (place < 0 || tokens.includes("")) return undefined;
  const after = text.slice(place + field.length);
  return {
    from,
    before: Buffer.from(text.slice(0, place + CRLF.length), "latin1"),
    after: Buffer.from(CRLF + after, "latin1"),
    slots: slotsIn(CRLF + after, tokens),
    lengths: tokens.map((token) => token.length),
  };
}

const SOFT_BREAK = `=${CRLF}`;

/** The first of two equal tokens has the slot: both are always the same. */
function slotsIn(text: string, tokens: string[]): Pieces["slots"] {
  return [...new Set(tokens)].flatMap((letters) => {
    const token = tokens.indexOf(letters);
    const wherever = new RegExp([...letters].join(`(?:${SOFT_BREAK})?`), "g");
    return [...text.matchAll(wherever)].flatMap(([found, ..._], place, all) => {
      let at = all[place]?.index ?? 0;
      let begin = 0;
      return found.split(SOFT_BREAK).map((run) => {
        const slot = { at, token, begin, end: begin + run.length };
        at += run.length + SOFT_BREAK.length;
        begin += run.length;
        return slot;
      });
    });
  });
}

/** The mail for another reader; undefined if their tokens are not like those of the first. */
function splice(pieces: Pieces, { subscriber, links }: Composition): ReturnType<Write> | undefined {
  const tokens = tokensOf(links);
  if (tokens.some((token, place) => token.length !== pieces.lengths[place])) return undefined;
  const to = { name: subscriber.firstName, address: subscriber.address };
  const field = Buffer.from(addressField("To", to), "latin1");
  const raw = Buffer.concat([pieces.before, field, pieces.after]);
  const shift = pieces.before.length + field.length;
  for (const { at, token, begin, end } of pieces.slots)
    raw.write((tokens[token] as string).slice(begin, end), shift + at, "latin1");
  return { composed: { from: pieces.from, to }, raw };
}

/** Another name, another address, other tokens of the same length; all else is the same. */
function inventedReader(mail: Composition): Composition {
  const links = { ...mail.links };
  const swap = (letters: string): string =>
    letters.replace(/[a-z2-7]/g, (letter) => SWAPPED[letter] ?? letter);
  for (const place of PLACES)
    links[place] = links[place].replace(TOKEN, (whole, token: string) => whole.replace(token, swap(token)));
  const subscriber = {
    ...mail.subscriber,
    firstName: "Å, the “invented” reader",
    address: "another@reader.invalid",
  };
  return { ...mail, links, subscriber };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const SWAPPED: Record<string, string> = Object.fromEntries(
  [...LETTERS].map((letter, place) => [letter, LETTERS[(place + 7) % LETTERS.length] as string]),
);
