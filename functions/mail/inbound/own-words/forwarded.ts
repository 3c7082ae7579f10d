import { isField } from "./header-block.ts";
import { ORIGINAL_MESSAGE } from "./header-words.ts";
import { type Line, removeMarks } from "./lines.ts";

/** What clients write above a mail that is passed on, between dashes or after "Begin". */
const FORWARDED =
  /^(?:-{2,20} ?)?(?:begin |anfang der |début du |inizio |inicio del |início da |begin |vidarebefordrat |)(?:forwarded (?:message|mail|by .{1,60})|weitergeleitete[nr]? (?:nachricht|e-?mail)|message (?:transféré|réexpédié)|(?:mensaje|correo) reenviado|mensagem (?:encaminhada|reencaminhada)|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat (?:meddelande|mejl)|videresendt (?:meddelelse|melding|besked|e-?post)|(?:välitetty|edelleenlähetetty) viesti|(?:przekazana|przesłana) (?:dalej )?wiadomość|(?:přeposlaná|předaná) zpráva|preposlaná správa|továbbított (?:üzenet|levél)|mesaj (?:redirecționat|transmis)|iletilen (?:ileti|mesaj)|пересылаемое сообщение|пересланное сообщение|переслане повідомлення|προωθημένο μήνυμα|転送メッセージ|转发的?邮件(?:信息)?|轉寄的?郵件|전달된 메시지)\s?:?(?: ?-{2,20})?$/iu;
/** How far below the mark the fields begin, and how many name the mail. */
const NEAR = 4;
const LEAST_FIELDS = 2;

/**
 * What somebody else wrote, passed on below the reader's own words. Alone it is kept: there is nothing else to read.
 * Returns where the reader may go on: behind the lines that are marked, or nowhere; undefined if none begins here.
 */
export function forwardedEnd(body: string, lines: Line[], index: number): number | undefined {
  const { plain, isQuoted } = lines[index] as Line;
  if (isQuoted || plain.length > 120 || !FORWARDED.test(plain)) return undefined;
  if (!hasWordsAbove(lines, index)) return undefined;
  const first = lines.findIndex((line, at) => at > index && !line.isBlank);
  const isMarked = lines[first]?.isQuoted === true;
  const below = lines
    .slice(index + 1)
    .filter((line) => !line.isBlank && line.isQuoted === isMarked)
    .slice(0, NEAR)
    .map((line) => (isMarked ? removeMarks(body, line).line : line));
  if (below.filter(isField).length < LEAST_FIELDS) return undefined;
  if (!isMarked) return lines.length;
  const end = lines.findIndex((line, at) => at > first && !line.isQuoted && !line.isBlank);
  return end < 0 ? lines.length : end;
}

const hasWordsAbove = (lines: Line[], index: number): boolean =>
  lines.slice(0, index).some((line) => !line.dropped && line.words !== "");

/** `-----Original Message-----` below the reader's words: a client's mark, whoever wrote what follows. */
export function isOriginalMessage(lines: Line[], index: number): boolean {
  const { plain, isQuoted } = lines[index] as Line;
  const inside = /^[*\s]*[-_]{2,20} ?(.{3,40}?) ?[-_]{2,20}[*\s]*$/.exec(plain)?.[1];
  return !isQuoted && inside !== undefined && ORIGINAL_MESSAGE.test(inside) && hasWordsAbove(lines, index);
}
