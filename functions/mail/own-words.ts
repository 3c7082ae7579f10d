import { htmlText } from "./html-text.ts";

/** Limits that hold before any pattern runs: every pattern then sees a short line. */
const MOST_CHARACTERS = 20_000;
const MOST_LINES = 500;
const MOST_MATCHED = 2_000;

/** An attribution ("On … wrote:") is broken over this many lines at the most, and never longer than this. */
const ATTRIBUTION_LINES = 3;
const LONGEST_ATTRIBUTION = 400;
/** No client breaks a line that is shorter. */
const LEAST_WRAPPED = 60;
/** A short line may well be the reader's, even when our mail holds the same words. */
const LEAST_ALIKE = 12;
const LEAST_REPEATED = 30;
const LEAST_CONTAINED = 40;
/** A quotation without an attribution is taken for our mail's from this many lines on, when our text is unknown. */
const LEAST_QUOTED = 3;
const HEADER_BLOCK_LINES = 8;
const LONGEST_SIGNATURE_LINES = 10;
const LONGEST_FOOTER = 120;

export interface Reply {
  text: string | undefined;
  html: string | undefined;
  /** What is known about the mail that was replied to. */
  sent: {
    /** Our addresses that a client may quote: From and Reply-To. */
    addresses: readonly string[];
    /** Our display name. */
    name: string;
    subject: string;
    /** Its plain text, whole; empty if it is not known. */
    text: string;
  };
}

export interface OwnWords {
  /** The lines that were kept, in their order, without blank ones at the ends. */
  text: string;
  /** What the lines stand in: the reply's text part or its HTML as text, LF, cut at 20,000 characters and 500 lines. */
  body: string;
  /** Where the kept lines stand in `body`, in UTF-16 units, end exclusive. */
  lines: { start: number; end: number }[];
  from: "text" | "html";
  /** The body was longer than what is read. */
  wasCut: boolean;
}

/**
 * A reader's own words: a reply without quotations, attribution, signature and mobile footer. What is ours is
 * recognised in any language by our address, our name and the text that we sent; clients' marks come second.
 * Where it cannot be sure it keeps a line rather than lose it. Deterministic, linear, never throws.
 */
export function ownWords(reply: Reply): OwnWords {
  const from = isBlank(reply.text) && !isBlank(reply.html) ? "html" : "text";
  const whole = from === "html" ? htmlText(reply.html ?? "") : (reply.text ?? "");
  const { body, wasCut } = capped(whole);
  const lines = linesOf(body);
  const sent = knownText(reply.sent);
  dropQuotations(lines, sent);
  dropSignatures(lines);
  dropFooters(lines);
  const kept = trimmed(lines.filter((line) => !line.dropped));
  return {
    text: kept.map((line) => body.slice(line.start, line.end)).join("\n"),
    body,
    lines: kept.map(({ start, end }) => ({ start, end })),
    from,
    wasCut,
  };
}

interface Line {
  start: number;
  end: number;
  /** For matching: without invisible characters, trimmed, and no longer than a pattern may see. */
  plain: string;
  /** Its words in lower case, a space before, between and behind; as long as the line is. */
  words: string;
  isQuoted: boolean;
  isBlank: boolean;
  dropped: boolean;
}

interface Sent {
  addresses: string[];
  name: string;
  subject: string;
  /** All words of the mail. */
  words: string;
  /** Each of its lines and sentences. */
  lines: Set<string>;
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === "";

function capped(whole: string): { body: string; wasCut: boolean } {
  const start = whole.slice(0, MOST_CHARACTERS * 2).replace(/\r\n?/g, "\n");
  const body = start.slice(0, MOST_CHARACTERS).split("\n").slice(0, MOST_LINES).join("\n");
  return { body, wasCut: body.length < start.length || whole.length > MOST_CHARACTERS * 2 };
}

/** Invisible characters by which clients mark direction and mailers pad previews. */
const INVISIBLE = /\u034f|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function linesOf(body: string): Line[] {
  let start = 0;
  return body.split("\n").map((text) => {
    const plain = text.slice(0, MOST_MATCHED).replace(INVISIBLE, "").replace(/\s/g, " ").trim();
    const line = {
      start,
      end: start + text.length,
      plain,
      words: wordsOf(text),
      isQuoted: plain.startsWith(">"),
      isBlank: text.trim() === "" || plain === "",
      dropped: false,
    };
    start += text.length + 1;
    return line;
  });
}

function wordsOf(text: string): string {
  const words = text
    .toLowerCase()
    .replace(INVISIBLE, "")
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  return words ? ` ${words.join(" ")} ` : "";
}

function knownText({ addresses, name, subject, text }: Reply["sent"]): Sent {
  const pieces = text.split(/\n/).flatMap((line) => [line, ...line.split(/(?<=[.?!:])\s/)]);
  return {
    addresses: addresses.map((address) => address.toLowerCase()).filter((address) => address !== ""),
    name: name.trim().toLowerCase(),
    subject: subject.trim().toLowerCase(),
    words: wordsOf(text),
    lines: new Set(pieces.map(wordsOf).filter((words) => words.length >= LEAST_ALIKE)),
  };
}

// ---- Quotations ----

/** Walks from the top: our mail begins at an attribution or a block of header fields, or is marked line by line. */
function dropQuotations(lines: Line[], sent: Sent): void {
  let index = 0;
  let isIntroduced = false;
  while (index < lines.length) {
    const line = lines[index] as Line;
    const opening = line.isBlank ? undefined : openingAt(lines, index, sent);
    if (opening) index = afterOpening(lines, index, opening, sent);
    else if (line.isQuoted) index = dropQuotedBlock(lines, index, sent, isIntroduced && sent.words === "");
    else {
      line.dropped = isRepeated(line, sent);
      index++;
    }
    isIntroduced ||= opening !== undefined;
  }
}

/** An introduction of our mail in lines `index` to `end`. */
interface Opening {
  end: number;
  isHeaderBlock: boolean;
}

function openingAt(lines: Line[], index: number, sent: Sent): Opening | undefined {
  const headerEnd = headerBlockEnd(lines, index, sent);
  if (headerEnd !== undefined) return { end: headerEnd, isHeaderBlock: true };
  const attributionEnd = attributionEndAt(lines, index, sent);
  return attributionEnd === undefined ? undefined : { end: attributionEnd, isHeaderBlock: false };
}

function afterOpening(lines: Line[], index: number, opening: Opening, sent: Sent): number {
  dropRulesAbove(lines, index);
  for (let at = index; at < opening.end; at++) (lines[at] as Line).dropped = true;
  const next = nextVisible(lines, opening.end);
  if (lines[next]?.isQuoted) return dropQuotedBlock(lines, next, sent, true);
  dropUnmarkedMail(lines.slice(opening.end), sent);
  return lines.length;
}

/** `-----Original Message-----`, `________` and the like, directly above. */
function dropRulesAbove(lines: Line[], index: number): void {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.isBlank) continue;
    if (!isRule(line.plain)) return;
    line.dropped = true;
  }
}

function isRule(plain: string): boolean {
  if (/^_{5,}$/.test(plain)) return true;
  return plain.length < 100 && /^-{2,20} ?[^-\s].{0,80}[^-] ?-{2,20}$/.test(plain);
}

function nextVisible(lines: Line[], from: number): number {
  let at = from;
  while (at < lines.length && (lines[at] as Line).isBlank) at++;
  return at;
}

/** Lines that begin with `>`, with the blank ones between them. */
function dropQuotedBlock(lines: Line[], from: number, sent: Sent, isIntroduced: boolean): number {
  let end = from;
  while (end < lines.length && (lines[end] as Line).isQuoted) end++;
  const block = lines.slice(from, end);
  if (isIntroduced || isOurs(block, sent)) for (const line of block) line.dropped = true;
  return end;
}

/** A reader may quote somebody else. It is ours if a line of it is, or names us; not knowing our text, if it is long. */
function isOurs(block: Line[], sent: Sent): boolean {
  const holdsOurs = block.some(
    (line) => (line.words !== "" && sent.words.includes(line.words)) || namesUs(squeezed(line.plain), sent),
  );
  const saysNothing = block.every((line) => line.words === "");
  return holdsOurs || saysNothing || (sent.words === "" && block.length >= LEAST_QUOTED);
}

/**
 * Our mail below an introduction, not marked line by line. Everything is taken for ours, unless most of it
 * is known to be: then what is not is an answer that the reader wrote into it or below it.
 */
function dropUnmarkedMail(rest: Line[], sent: Sent): void {
  const spoken = rest.filter((line) => line.words !== "");
  const known = spoken.filter((line) => isKnown(line, sent));
  const knowsIt = sent.words !== "" && known.length * 10 >= spoken.length * 6;
  for (const line of rest) line.dropped = !knowsIt || !isAnswer(line, sent);
  if (knowsIt) dropStrays(rest);
}

const isKnown = (line: Line, sent: Sent): boolean => sent.words.includes(line.words) || hasLink(line.plain);
const hasLink = (plain: string): boolean => /https?:|www\.|mailto:|cid:/i.test(plain);

/** Something is said in the line, and it is not ours. */
function isAnswer(line: Line, sent: Sent): boolean {
  return (
    line.words !== "" && !isKnown(line, sent) && !namesUs(squeezed(line.plain), sent) && !isBanner(line.plain)
  );
}

const isBanner = (plain: string): boolean =>
  /^\W{0,5}(?:caution|warning|external|achtung|attention|vorsicht|externe)\b/i.test(plain);

/** A few known words in a new order ("Hi Jane,") are our mail as another client shows it. */
function dropStrays(rest: Line[]): void {
  for (const line of rest) {
    if (!line.dropped && line.words.length < LEAST_ALIKE && /[,:：]$/.test(line.plain)) line.dropped = true;
  }
}

/** A line of ours that the reader kept outside any quotation. */
function isRepeated(line: Line, sent: Sent): boolean {
  if (line.words.length < LEAST_REPEATED) return false;
  return (
    sent.lines.has(line.words) || (line.words.length >= LEAST_CONTAINED && sent.words.includes(line.words))
  );
}

// ---- "On Tuesday, Managing Up wrote:" in any language ----

function attributionEndAt(lines: Line[], index: number, sent: Sent): number | undefined {
  let joined = "";
  for (let end = index; end < Math.min(lines.length, index + ATTRIBUTION_LINES); end++) {
    const line = lines[end] as Line;
    if (line.isBlank || line.isQuoted) return undefined;
    joined += `${joined === "" ? "" : " "}${line.plain}`;
    if (joined.length > LONGEST_ATTRIBUTION) return undefined;
    if (isAttribution(joined, lines, end + 1, sent))
      return beginsLater(lines, index, end + 1, sent) ? undefined : end + 1;
  }
  return undefined;
}

/** Where no blank line stands above the attribution, the lines before it are the reader's and not a part of it. */
function beginsLater(lines: Line[], index: number, end: number, sent: Sent): boolean {
  const plain = lines.slice(index, end).map((line) => line.plain);
  for (let at = 1; at < plain.length; at++) {
    const [above, below] = [plain.slice(0, at).join(" "), plain.slice(at).join(" ")];
    const isWhole = isUnbroken(below, sent) && isAttribution(below, lines, end, sent);
    if (isWhole && !goesOn(above, plain[at - 1] ?? "", below, sent)) return true;
  }
  return false;
}

/** It has a date and names us, and is not the rest of a line that was broken inside an address. */
function isUnbroken(text: string, sent: Sent): boolean {
  const isInsideAddress = text.startsWith("<") || text.split("<").length < text.split(">").length;
  return (
    !isInsideAddress && namesUs(squeezed(text), sent) && hasDate(text.replace(/\S{1,200}@\S{1,200}/g, " "))
  );
}

/** The first part of an attribution whose date stands in the second: it names us, and was broken for its length. */
function goesOn(above: string, lastLine: string, below: string, sent: Sent): boolean {
  if (/[.!?。！？…]["'”’»)\]]?$/.test(above)) return false;
  const wasBroken = lastLine.length + below.split(" ", 1).join("").length >= LEAST_WRAPPED;
  return wasBroken && namesUs(squeezed(above), sent);
}

function isAttribution(joined: string, lines: Line[], after: number, sent: Sent): boolean {
  if (!/\d/.test(joined)) return false;
  const compact = squeezed(joined);
  const endsLikeOne = /[:：]\*?$/.test(compact);
  const isQuotedBelow = lines[nextVisible(lines, after)]?.isQuoted === true;
  const isOursBelow = () => startsOurMail(lines, nextVisible(lines, after), sent);
  if (namesOurAddress(compact, sent)) return endsLikeOne ? hasDate(joined) || isQuotedBelow : isQuotedBelow;
  if (!endsLikeOne || !hasDate(joined)) return false;
  if (namesUs(compact, sent))
    return isQuotedBelow || isOursBelow() || nextVisible(lines, after) >= lines.length;
  return isQuotedBelow && isOurs([lines[nextVisible(lines, after)] as Line], sent);
}

/** A time of day, a year, or a date in figures. */
const hasDate = (text: string): boolean =>
  /\d{1,2}[:.h]\d{2}|\b20\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d年|\d년/.test(text);

/** One of the first two lines below is ours, and not marked as a quotation. */
function startsOurMail(lines: Line[], from: number, sent: Sent): boolean {
  const first = lines.slice(from, from + 6).filter((line) => !line.isBlank);
  return first.slice(0, 2).some((line) => !line.isQuoted && sent.lines.has(line.words));
}

/** Clients break addresses over lines: spaces do not count. */
const squeezed = (text: string): string => text.replace(/\s/g, "").toLowerCase();
const namesOurAddress = (compact: string, sent: Sent): boolean =>
  sent.addresses.some((address) => compact.includes(address));
const namesUs = (compact: string, sent: Sent): boolean =>
  namesOurAddress(compact, sent) || (sent.name !== "" && compact.includes(squeezed(sent.name)));

// ---- Blocks of header fields, as Outlook and many phones write them ----

const FIELDS: Record<"from" | "date" | "to" | "subject", string> = {
  from: "from|von|de|da|van|från|fra|lähettäjä|od|от|kimden|gönderen|差出人|发件人|寄件者|보낸 사람|보낸사람|발신|발신자|מאת|من|feladó|de la|από|від",
  date: "sent|date|gesendet|datum|envoyé|enviado|enviado el|fecha|data|inviato|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|отправлено|дата|gönderildi|gönderme tarihi|tarih|送信日時|送信日|日付|日期|发送时间|寄件日期|보낸 날짜|날짜|נשלח|תאריך|تاريخ|elküldve|dátum|trimis|odoslané|надіслано|στάλθηκε|ημερομηνία",
  to: "to|an|à|a|para|aan|till|til|vastaanottaja|do|komu|кому|kime|alıcı|宛先|收件人|받는 사람|받는사람|받은 사람|수신|수신자|אל|إلى|címzett|către|προς|cc|kopie|копия|抄送|참조",
  subject:
    "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|konu|件名|主题|主旨|제목|נושא|الموضوع|tárgy|subiect|θέμα",
};
type Field = keyof typeof FIELDS;
const FIELD_PATTERNS = Object.entries(FIELDS).map(([field, words]): [Field, RegExp] => [
  field as Field,
  new RegExp(`^[*_]{0,2}(?:${words}) ?[*_]{0,2} ?[:：]`, "iu"),
]);

/**
 * Where a block of header fields that is about our mail ends, if one begins at `index`. A reader who writes
 * "From: …, To: …" of their own names neither us nor our subject.
 */
function headerBlockEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const first = lines[index] as Line;
  if (first.isQuoted || fieldsOf(first.plain).length === 0) return undefined;
  const found = new Set<Field>();
  let names = false;
  let end = index;
  for (let at = index; at < Math.min(lines.length, index + HEADER_BLOCK_LINES); at++) {
    const line = lines[at] as Line;
    if (line.isBlank) continue;
    const fields = fieldsOf(line.plain);
    if (fields.length === 0 && !continuesField(line.plain)) break;
    for (const field of fields) found.add(field);
    const compact = squeezed(line.plain);
    names ||= namesUs(compact, sent) || (sent.subject !== "" && compact.includes(squeezed(sent.subject)));
    end = at + 1;
  }
  const isComplete = found.has("from") && (found.has("date") || found.has("subject"));
  return isComplete && names ? end : undefined;
}

/** "an" and "a" mean "to" in one language and something else in another: a line may be several fields. */
const fieldsOf = (plain: string): Field[] =>
  FIELD_PATTERNS.filter(([, pattern]) => pattern.test(plain.slice(0, 60))).map(([field]) => field);

const continuesField = (plain: string): boolean => /^<?[^\s<>]{1,100}@[^\s<>]{1,200}>?$/.test(plain);

// ---- Signatures and footers ----

/** RFC 3676 §4.3: `-- ` begins a signature. It ends where the reader's next answer could begin. */
function dropSignatures(lines: Line[]): void {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.plain !== "--" || line.dropped || !hasWordsAbove(lines, index)) continue;
    const end = segmentEnd(lines, index);
    const below = lines.slice(index + 1, end).filter((each) => !each.isBlank);
    const isShort = below.length <= LONGEST_SIGNATURE_LINES && below.every((each) => each.plain.length < 100);
    if (!isShort) continue;
    for (let at = index; at < end; at++) (lines[at] as Line).dropped = true;
  }
}

const hasWordsAbove = (lines: Line[], index: number): boolean =>
  lines.slice(0, index).some((line) => !line.dropped && line.words !== "");

function segmentEnd(lines: Line[], from: number): number {
  let end = from;
  while (end < lines.length && !(lines[end] as Line).dropped) end++;
  return end;
}

/** What phones and apps write under a mail, as a line of its own at the end of what is kept. */
const FOOTERS = [
  /^(?:sent|send|written|typed) (?:from|via|with|using|on) (?:my |the |a |an )?(?:\w+ ){0,2}(?:iphone|ipad|ipod|mac|watch|galaxy|android|samsung|phone|mobile|smartphone|tablet|blackberry|pixel|huawei|xiaomi|oneplus|nokia|sony|motorola|outlook|mail|yahoo|gmail|proton|protonmail|spark|gmx|web\.de|aol|hey|superhuman|fastmail|windows|workspace|device|handheld)\b.{0,60}$/i,
  /^get (?:the )?(?:outlook|bluemail|spark|aol|yahoo) .{0,80}$/i,
  /^(?:von meine[mr]|gesendet (?:von|mit|über|aus)|diese nachricht wurde von meinem) .{0,80}$/i,
  /^outlook (?:für|pour|para|per|voor|för|til|dla|для) .{0,80}$/i,
  /^(?:envoyé (?:de|depuis|à partir de|avec)|télécharge[rz]? outlook|obtenir outlook|obtenez outlook) .{0,80}$/i,
  /^(?:enviado (?:desde|do|a partir do|de|com) (?:mi|meu|o |el |la |iphone|ipad|outlook|yahoo|android|samsung|correo)|obtener outlook|obter o outlook|descarga[r]? outlook).{0,80}$/i,
  /^(?:inviato (?:da|dal|con) (?:il |mio |iphone|ipad|outlook|yahoo|android|samsung|libero)|ottieni outlook|scarica outlook).{0,80}$/i,
  /^(?:verstuurd|verzonden|gestuurd) (?:vanaf|met|via|vanuit) .{0,80}$/i,
  /^(?:skickat|sendt|send) (?:från|fra|med) (?:min |mi[nt]e? |outlook|yahoo|iphone|ipad|android|samsung|proton).{0,80}$/i,
  /^lähetetty (?:iphone|ipad|android|outlook|samsung|puhelim).{0,80}$/i,
  /^(?:wysłan[eoy]|wysłano) (?:z|ze) (?:mojego |iphone|ipad|telefon|smartfon|outlook|urządzenia|program|poczty).{0,80}$/i,
  /^(?:odesláno|odoslané) z (?:mého |môjho |iphon|ipad|mobil|outlook|telefon|zařízení).{0,80}$/i,
  /^(?:отправлено|надіслано) (?:с|из|з|від) (?:моего |мого |iphone|ipad|outlook|мобильн|samsung|андроид|android|почты|яндекс|mail).{0,80}$/i,
  /^(?:iphone|ipad|android|galaxy).{0,20}(?:gönderildi|から送信|에서 보냄|kaldırıldı|kwam|küldve).{0,10}$/i,
  /^iphone['’]?um?dan gönderildi\.?$/i,
  /^(?:发自|發自|从我的|從我的|來自).{0,40}$/,
  /^(?:나의 |내 )?(?:iphone|ipad|galaxy|android).{0,10}(?:에서|보냄).{0,10}$/i,
  /^(?:elküldve|trimis de pe|στάλθηκε από|نُ?شلح|أُ?رسلت? من|تم الإرسال من|נשלח מ).{0,60}$/i,
];

function dropFooters(lines: Line[]): void {
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] as Line;
    if (line.dropped || line.isBlank) continue;
    const endsSegment = lines.slice(index + 1).find((next) => !next.isBlank)?.dropped !== false;
    const withoutLink = line.plain.replace(/<[^<>]{0,300}>/g, "").trim();
    const isFooter =
      withoutLink.length < LONGEST_FOOTER && FOOTERS.some((footer) => footer.test(withoutLink));
    if (endsSegment && isFooter) line.dropped = true;
  }
}

function trimmed(lines: Line[]): Line[] {
  const first = lines.findIndex((line) => !line.isBlank);
  if (first < 0) return [];
  let end = lines.length;
  while ((lines[end - 1] as Line).isBlank) end--;
  return lines.slice(first, end);
}
