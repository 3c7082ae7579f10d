import type { Line } from "./lines.ts";
import { namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";

const HEADER_BLOCK_LINES = 8;

/** As Outlook and many phones write them. */
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
export function headerBlockEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const first = lines[index] as Line;
  if (first.isQuoted || listFields(first.plain).length === 0) return undefined;
  const found = new Set<Field>();
  let names = false;
  let end = index;
  for (let at = index; at < Math.min(lines.length, index + HEADER_BLOCK_LINES); at++) {
    const line = lines[at] as Line;
    if (line.isBlank) continue;
    const fields = listFields(line.plain);
    if (fields.length === 0 && !continuesField(line.plain)) break;
    for (const field of fields) found.add(field);
    const compact = withoutSpaces(line.plain);
    names ||=
      namesUs(compact, sent) || (sent.subject !== "" && compact.includes(withoutSpaces(sent.subject)));
    end = at + 1;
  }
  const isComplete = found.has("from") && (found.has("date") || found.has("subject"));
  return isComplete && names ? end : undefined;
}

/** "an" and "a" mean "to" in one language and something else in another: a line may be several fields. */
const listFields = (plain: string): Field[] =>
  FIELD_PATTERNS.filter(([, pattern]) => pattern.test(plain.slice(0, 60))).map(([field]) => field);

const continuesField = (plain: string): boolean => /^<?[^\s<>]{1,100}@[^\s<>]{1,200}>?$/.test(plain);
