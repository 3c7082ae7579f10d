import type { Line } from "./lines.ts";

const LONGEST_SIGNATURE_LINES = 10;
const LONGEST_FOOTER = 120;

/** RFC 3676 §4.3: `-- ` begins a signature. It ends where the reader's next answer could begin. */
export function dropSignatures(lines: Line[]): void {
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

/** From the end: only what nothing of the reader's follows. */
export function dropFooters(lines: Line[]): void {
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
