/** What companies, lists and virus scanners put under or above a mail. */

/** Of this mail itself: without it, "confidential" and "by mistake" are a reader's words. */
const ITSELF =
  /(?:this|the) (?:e-?mail|message|communication|transmission|correspondence)|diese[rsn]? (?:e-?mail|nachricht|mail|mitteilung)|(?:ce|cet|le présent) (?:message|courriel|e-?mail|mail)|est[ea] (?:mensaje|correo|mensagem|e-?mail|comunicaci[óo]n)|(?:questo|il presente|la presente) (?:messaggio|e-?mail|comunicazione)|dit (?:bericht|e-?mail)|deze (?:e-?mail|mail)|det(?:ta|te|här) (?:mejl|meddelande|e-?post|mail)|denne (?:e-?mail|e-?post|mail|meddelelse|melding)|tämä (?:viesti|sähköposti)|(?:ta|tej|tę|niniejsza|niniejszej|niniejszą) (?:wiadomoś\p{L}+|korespondencj\p{L}+)|t(?:ato|éto|uto) (?:zpráv\p{L}|e-?mail)|táto správa|tento e-?mail|(?:это|этого|данное|данного|настоящее) (?:сообщени\p{L}|письм\p{L}|электронное \p{L}+)|це повідомлення|bu (?:e-?posta|mesaj|ileti)|ez az? (?:üzenet|e-?mail|levél)|acest (?:mesaj|e-?mail)|αυτό το (?:μήνυμα|e-?mail)|(?:本|この|当)(?:邮件|郵件|電子郵件|メール|Eメール)|此(?:邮件|郵件|電子郵件)|이 (?:메일|이메일)|본 (?:메일|이메일)|הודעה זו|هذه الرسالة|این (?:پیام|ایمیل)|email ini|thư này|อีเมล|(?:contenu|inhalt) (?:de cet|dieser) e-?mail|le informazioni contenute|the (?:contents|information contained)|the above (?:message|information)/iu;

/** What such a text says: one sign each. */
const SIGNS = [
  /confiden[tcz]|vertraulich|vertrouwelijk|konfident|fortrolig|luottamuksell|poufn|důvěrn|dôvern|конфиденциал|конфіденц|gizli|bizalmas|riservat|εμπιστευτικ|机密|機密|保密|秘密|기밀|비밀|חסוי|סודי|سري|محرمانه|rahasia|bảo mật|ความลับ/i,
  /recipient|addressee|adressat|empfänger|destinat[aá]ri|geadresseerde|ontvanger|mottagare|modtager|mottaker|vastaanottaja|adresat|odbiorc|příjem|príjem|получател|адресат|одержувач|alıcı|címzett|παραλήπτ|收件人|収信者|宛先|受信者|수신자|수신인|נמען|المستلم|المرسل إليه|گیرنده|penerima|người nhận|ผู้รับ/i,
  /in error|by mistake|inadvertent|irrtümlich|versehentlich|par erreur|por error|por engano|per errore|per abuis|abusievelijk|ten onrechte|av misstag|ved en fejl|ved en feil|vahingossa|erehdyksess|omyłkow|przez pomyłkę|omylem|ошибк|помилк|yanlışlıkla|tévedés|din greșeală|κατά λάθος|误|誤|錯誤|잘못|בטעות|بالخطأ|اشتباه|kesalahan|nhầm|ผิดพลาด/i,
  /delete|destroy|vernichten|löschen|détrui|supprime|elimin|borr|bórr|apag|cancell|distrugg|verwijder|vernietig|radera|slet|poista|usun|smaž|vymaž|удалит|знищ|видал|siliniz|silin|törölj|șterge|διαγρά|删除|刪除|削除|破棄|삭제|למחוק|מחק|حذف|hapus|xóa|xoá|ลบ/i,
  /unauthori[sz]ed|prohibit|strictly|disclos|disseminat|privileged|unbefugt|untersagt|nicht gestattet|rechtlich geschützt|interdit|prohibid|proibid|vietat|privilegiad|secreto profesional|verboden|förbjud|forbudt|kielletty|zabronion|zakázán|запрещ|заборон|yasak|tilos|interzis|απαγορεύ|严禁|嚴禁|禁止|금지|אסור|يحظر|ممنوع|dilarang|nghiêm cấm|ห้าม/i,
  /(?:intended|meant) (?:solely|only|exclusively)|solely (?:for|intended)|ausschließlich für|exclusivement|esclusivamente|uitsluitend bestemd|wyłącznie dla/i,
  /liab|haftung|responsabilit|virus|viren|aansprakelijk|gdpr|2016\/679|d\. ?lgs|dsgvo|rgpd|registered (?:in|office)|handelsregister|amtsgericht/i,
];
/** A heading alone makes it one with a single sign. */
const HEADING =
  /^\W{0,6}(?:(?:legal |confidentiality |important |privacy )?(?:notice|disclaimer)|confidential(?:ity)?(?: notice)?|haftungsausschluss|rechtlicher hinweis|vertraulichkeitshinweis|wichtiger hinweis|avis (?:de confidentialité|juridique)|aviso (?:legal|de confidencialidad|de confidencialidade)|avviso(?: di riservatezza)?|nota de confidencialidad|nota di riservatezza|zastrzeżenie|klauzula poufności|upozornění|免责声明|免責聲明|免責事項)\s?[:：.-]/i;
const PAPER =
  /(?:consider|think of|think about) (?:the |our )?(?:environment|planet|trees)|(?:denken|achten) sie (?:bitte )?an die umwelt|umwelt.{0,40}(?:drucken|ausdrucken)|pens(?:ez|er|ons) à (?:l['’]environnement|la planète)|(?:piense|piensa|antes de imprimir).{0,40}(?:medio ?ambiente|imprimir)|(?:pense|antes de imprimir).{0,40}meio ambiente|(?:pensa|pensare|rispetta).{0,30}(?:ambiente|prima di stampare)|denk aan het milieu|tänk på miljön|tænk på miljøet|tenk på miljøet|ajattele ympäristöä|środowisk.{0,30}(?:drukuj|wydruk)|mysli na (?:životní|přírodu)|окружающ.{0,30}печат|保护环境|保護環境|環境保護/i;
const LIST_FOOTER =
  /^(?:to unsubscribe from this (?:group|list)|you received this message because you are subscribed)\b/i;

const LONGEST_DISCLAIMER = 6_000;

/** Above a disclaimer, in a paragraph of its own. */
export const isDisclaimersHeading = (line: string): boolean => line.length < 60 && HEADING.test(`${line}:`);

/** Says something that a disclaimer says: its beginning may be a line of its own. */
export const soundsLikeDisclaimer = (line: string): boolean =>
  ITSELF.test(line) || HEADING.test(line) || SIGNS.some((sign) => sign.test(line));

/** A paragraph that a company puts under each mail. */
export function isDisclaimer(text: string): boolean {
  const read = text.slice(0, LONGEST_DISCLAIMER);
  if (isImprint(read)) return true;
  if (LIST_FOOTER.test(read) || (read.length < 250 && PAPER.test(read))) return true;
  if (read.length < 600 && SCANNER.test(read) && SCANNED.test(read) && ITSELF.test(read)) return true;
  const signs = SIGNS.filter((sign) => sign.test(read)).length;
  if (HEADING.test(read)) return signs >= 2 || (signs >= 1 && ITSELF.test(read));
  return ITSELF.test(read) && signs >= 3;
}

/** What the law asks companies to put under a mail: its form, its register, its seat, its tax number. */
const IMPRINT = [
  /\b(?:gmbh|mbh|ag|kg|ohg|ug|se|ltd|limited|plc|llp|llc|inc|sarl|sas|s\.a\.?s?|s\.r\.l|s\.p\.a|b\.v|n\.v|ab|a\/s|aps|oy|oyj|sp\. z o\.o|s\.r\.o|a\.s|kft|zrt|s\.l|lda)\b/i,
  /\b(?:hr[ab]|siren|siret|rcs|kvk|krs|cvr|org\.? ?(?:nr|nummer)|y-tunnus|cif|company (?:no|number|reg\p{L}*))\b[ .:]*(?:\p{L}+ ){0,2}[\d-]{4,}|\b(?:nip|ičo|ico|dič|vat|ust-?id(?:-?nr)?|p\. ?iva|tva|btw|moms)\b[ .:]*[\p{L}\d]*\d{5,}|registered in .{2,40}\b(?:no|number)\b/iu,
  /sitz der gesellschaft|registergericht|amtsgericht|handelsregister|geschäftsführ(?:er|ung)[: ]|vorstand[: ]|aufsichtsrat|registered (?:office|address)|siège social|au capital de|sede (?:legale|social)|capitale sociale|statutair|handelsregister|styrelsens säte|siedziba|kapitał zakładowy|sídlo|székhely/i,
];
const LONGEST_IMPRINT = 500;

/** A paragraph that says who a company is, with a number of its register, and nothing else. */
const isImprint = (text: string): boolean =>
  text.length < LONGEST_IMPRINT &&
  /\d{3}/.test(text) &&
  /[,;:·|–]|- /.test(text) &&
  IMPRINT.filter((sign) => sign.test(text)).length >= 2 &&
  !/\b(?:i|we|he|she|they|my|our|ich|wir|er|sie|mein\p{L}*|unser\p{L}*|je|nous|mon|yo|mi|io|mio|jeg|jag|ik|mijn)\b/iu.test(
    text,
  );

const SCANNER =
  /(?:avast|avg|norton|mcafee|eset|kaspersky|bitdefender|sophos|mimecast|barracuda|trend micro|mailscanner|symantec|messagelabs|proofpoint|trustwave|fortimail|clamav|f-secure|panda security|g data|spamassassin)/i;
const SCANNED =
  /virus|viren|scann|checked|geprüft|vérifié|analizad|verificad|controllat|gecontroleerd|kontroller|sprawdzon|zkontrolov|провер/i;

/** A virus scanner's lines: each is a link, or names the scanner and what it did. */
export const isScanner = (lines: readonly string[]): boolean =>
  lines.some((line) => SCANNER.test(line) || GATEWAY.test(line)) && lines.every(isScannersLine);

/** What a company's mail gateway says of itself, in one long line. */
const GATEWAY = /^this e-?mail (?:has been|was) (?:automatically )?(?:scanned|checked) (?:for|by) .{3,600}$/i;

export const isScannersLine = (line: string): boolean =>
  /^<?(?:#|https?:|www\.)\S{1,400}>?$/.test(line) ||
  (line.length < 600 && GATEWAY.test(line)) ||
  (line.length < 160 && SCANNER.test(line) && (SCANNED.test(line) || line.split(" ").length < 4));
const OUTSIDE =
  /extern|spoza|outside|extérieur|fuera de|fora da|esterno|buiten|utanför|udefra|ulkopuol|zewn[ąę]t|z poza|извън|внешн|зовніш|kurum dışı|dışarıdan|外部|외부|חיצוני|خارج/i;
/** "External e-mail", "expéditeur externe": the two words beside each other. */
const OUTSIDE_MAIL =
  /(?:extern\p{L}*|estern\p{L}*|zewnętrzn\p{L}*|внешн\p{L}*|外部) ?(?:e-?mail|mail|sender|message|absender|nachricht|courriel|expéditeur|mensaje|correo|mensagem|messaggio|afzender|bericht|avsändare|mejl|邮件|郵件|メール)|(?:expéditeur|remitente|remetente|mittente|avsändare|nadawc\p{L}*|отправител\p{L}*) (?:extern|estern|zewn|внешн)|e-?mail extern/iu;
const LEARN_WHY =
  /don['’]t often get e-?mail from|learn why this is important|sie erhalten nicht (?:oft|häufig) (?:eine )?(?:e-?mails?|nachrichten?) von|warum dies wichtig ist|vous (?:n['’]obtenez|ne recevez) pas souvent|no suele recibir correo|você não costuma receber|non si ricevono spesso|u ontvangt niet vaak|du får inte ofta e-?post|du får ikke ofte mail|nie otrzymujesz często/i;
const CARE =
  /caution|warning|attention|achtung|vorsicht|warnung|atención|precaución|atenção|cuidado|attenzione|let op|waarschuwing|varning|observera|advarsel|obs|varoitus|huomio|uwaga|upozornění|pozor|внимание|увага|dikkat|警告|注意|주의|경고|זהירות|תנו לב|تنبيه|تحذير|external/i;

/** "CAUTION: this mail came from outside": all of the paragraph is the mail server's. */
export function isBanner(text: string): boolean {
  if (text.length > 600) return false;
  if (LEARN_WHY.test(text) || TAG.exec(text)?.[0].length === text.length) return true;
  const isWarning = CARE.test(text.slice(0, 40)) && OUTSIDE.test(text);
  const isNote = ITSELF.test(text.slice(0, 60)) && OUTSIDE.test(text) && FROM_OUTSIDE.test(text);
  return isNote || (isWarning && (ITSELF.test(text) || OUTSIDE_MAIL.test(text)));
}

/** How a note without a warning says it. */
const FROM_OUTSIDE =
  /(?:sent|came|comes|originated|is) from (?:an? )?(?:outside|external)|(?:stammt|kommt) von (?:extern|außerhalb|einem extern)|provient de l['’]extérieur|external sender/i;

/** "[EXTERNAL]" before someone's words. */
export const TAG =
  /^\W{0,4}[[*(【]{1,3}\s?(?:external|extern|externe|externo|externa|esterno|ext|caution|外部)(?: ?[- ]?(?:sender|e-?mail|mail|message|absender|nachricht|expéditeur|remitente|邮件|メール))?\s?[\])*】][\s:–-]*/iu;
