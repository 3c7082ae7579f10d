import { isField } from "./header-block.ts";
import type { Line } from "./lines.ts";

/** What clients write above a mail that is passed on, between dashes or after "Begin". */
const FORWARDED =
  /^(?:-{2,20} ?)?(?:begin |anfang der |début du |inizio |inicio del |início da |begin |vidarebefordrat |)(?:forwarded (?:message|mail|by .{1,60})|weitergeleitete[nr]? (?:nachricht|e-?mail)|message (?:transféré|réexpédié)|(?:mensaje|correo) reenviado|mensagem (?:encaminhada|reencaminhada)|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat (?:meddelande|mejl)|videresendt (?:meddelelse|melding|besked|e-?post)|(?:välitetty|edelleenlähetetty) viesti|(?:przekazana|przesłana) (?:dalej )?wiadomość|(?:přeposlaná|předaná) zpráva|preposlaná správa|továbbított (?:üzenet|levél)|mesaj (?:redirecționat|transmis)|iletilen (?:ileti|mesaj)|пересылаемое сообщение|пересланное сообщение|переслане повідомлення|προωθημένο μήνυμα|転送メッセージ|转发的?邮件(?:信息)?|轉寄的?郵件|전달된 메시지)\s?:?(?: ?-{2,20})?$/iu;
/** How far below the mark the fields begin, and how many name the mail. */
const NEAR = 4;
const LEAST_FIELDS = 2;

/** What somebody else wrote, passed on below the reader's own words. Alone it is kept: there is nothing else to read. */
export function dropForwarded(lines: Line[], index: number): boolean {
  const { plain, isQuoted } = lines[index] as Line;
  if (isQuoted || plain.length > 120 || !FORWARDED.test(plain)) return false;
  if (!lines.slice(0, index).some((line) => !line.dropped && line.words !== "")) return false;
  const below = lines.slice(index + 1).filter((line) => !line.isBlank);
  if (below.slice(0, NEAR).filter(isField).length < LEAST_FIELDS) return false;
  for (const line of lines.slice(index)) line.dropped = true;
  return true;
}
