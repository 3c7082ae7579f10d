import { MONTHS_BY_NAME } from "../calendar-words.ts";
import { oncePerText } from "./once-per-text.ts";
import { foldLetters } from "./pattern.ts";

/** A sentence of a reader's own words, ready to be compared. */
export interface Sentence {
  /** As it was written. */
  raw: string;
  /** Folded words with one space between them; commas, brackets and dashes are ` , `. Without what is quoted. */
  text: string;
  /** Its words without courtesies, greetings and names that are greeted. */
  bare: string;
  /** `bare` without spaces, for languages that have none. */
  dense: string;
  /** It says please, or thanks. */
  isPolite: boolean;
  isQuestion: boolean;
  /** It stands alone, with a blank line below it. */
  isParagraph: boolean;
  /** Nothing but a greeting, a courtesy, a name under a mail, or a pointer to the subject. */
  isFrame: boolean;
}

const MOST_CHARACTERS = 6_000;
const LONGEST_SENTENCE = 400;
const MOST_SENTENCES = 80;
/** A line that was broken by a mail program is hardly shorter. */
const SHORTEST_BROKEN_LINE = 50;
const MOST_SIGNATURE_LINES = 15;
const MOST_SIGN_OFF_WORDS = 4;

/**
 * The sentences of a mail without greeting, signature, footer and disclaimer.
 * @param isRequest tells of a line whether it is a request by itself: such a line is never joined to the one above it
 */
export function readSentences(
  ownWords: string,
  isRequest: (line: string) => boolean = () => false,
): Sentence[] {
  const isAsking = oncePerText(isRequest);
  const half = MOST_CHARACTERS / 2;
  const short =
    ownWords.length <= MOST_CHARACTERS ? ownWords : `${ownWords.slice(0, half)}\n\n${ownWords.slice(-half)}`;
  const lines = withoutFrame(
    short
      .normalize("NFKC")
      .replace(/[\u200b-\u200f\u00ad\ufeff]/g, "")
      .split("\n"),
    isAsking,
  );
  const whole = joinLines(lines, isAsking);
  const isLowerCase = /^\P{L}*\p{Ll}/u.test(whole[0] ?? "");
  const raws = whole.flatMap((line, at) => {
    const parts = splitSentences(line, isLowerCase);
    const isParagraph = parts.length === 1 && (at === 0 || whole[at - 1] === "") && whole[at + 1] === "";
    return parts.map((raw) => ({ raw, isParagraph }));
  });
  const sentences = raws
    .slice(0, MOST_SENTENCES)
    .map(({ raw, isParagraph }) => ({ ...makeSentence(raw), isParagraph }))
    .filter(({ text }) => text !== "");
  return markNames(sentences);
}

/** One sentence out of a line, such as a subject. */
export const readLine = (line: string): Sentence => makeSentence(line.normalize("NFKC"));

// ---- Lines ----

const SIGN_OFF =
  /^(?!merci (?:de (?:me|ne|nous|m|bien|vouloir|la|le|les|l|tout|retirer|supprimer|cesser|stopper)|d (?:arreter|annuler|effacer|enlever|oter))(?: |$)|(?:thanks for|danke furs|gracias por|grazie per|obrigad[oa] por|bedankt voor het) (?:remov|unsub|taking me|stopp|abmeld|austrag|borrar|elimin|quitar|cancell|rimuov|remover|afmeld|verwijder))(?:(?:with )?(?:best|kind|warm|many|kindest|warmest)?(?: |e )?(?:regards|wishes|greetings)|best|all the best|cheers|(?:many )?thanks(?: (?:so much|a lot|again|in advance|and regards))?|thank you(?: [\p{L}.]+){0,2}|thx|ta(?! (?:me[gi]?|mig|oss|bort|vekk|av|ut)(?: |$))|tx|sincerely|yours(?: [\p{L}.]+){0,2}|respectfully|love|take care|br|kr|rgds|regards|(?:mit )?(?:freundlichen?|besten?|lieben?|herzlichen?|schonen?|vielen?|viele|beste|liebe|herzliche|freundliche) (?:grussen?|gruessen?|grusse|gruss|dank)(?: [\p{L}.]+){0,2}|gruss(?: [\p{L}.]+){0,2}|grusse(?: [\p{L}.]+){0,2}|gruesse|mfg|lg|vg|bg|danke(?: [\p{L}.]+){0,2}|vielen dank(?: [\p{L}.]+){0,2}|hochachtungsvoll|herzlichst|merci(?: [\p{L}.]+){0,2}|cordialement|bien (?:cordialement|a vous)|(?:sinceres |meilleures )?salutations(?: [\p{L}.]+){0,2}|bonne journee|amities|bises|un saludo|saludos(?: [\p{L}.]+){0,2}|(?:muchas )?gracias(?: [\p{L}.]+){0,2}|atentamente|un abrazo|cordiales saludos|atte|cordiali saluti|distinti saluti|saluti(?: [\p{L}.]+){0,2}|grazie(?: [\p{L}.]+){0,2}|buona giornata|un saluto|cumprimentos|(?:com os )?melhores cumprimentos|atenciosamente|abracos?|obrigad[oa](?: [\p{L}.]+){0,2}|att|beijos?|met (?:vriendelijke|hartelijke) groet(?:en)?|(?:vriendelijke|hartelijke) groet(?:en|jes)?|groet(?:en|jes)?(?: [\p{L}.]+){0,2}|mvg|gr|bedankt(?: [\p{L}.]+){0,2}|(?:med )?(?:vanliga|vanlig|venlig|vennlig|bedste|beste|basta|kaera|kaerlig) (?:halsningar?|halsning|hilsen|hilsener|hilsning)|mvh|hilsen|halsningar?|hilsner?|vh|tack(?: [\p{L}.]+){0,2}|tak(?: [\p{L}.]+){0,2}|takk(?: [\p{L}.]+){0,2}|ystavallisin terveisin|(?:parhain )?terveisin|t|terv|kiitos(?: [\p{L}.]+){0,2}|pozdrawiam(?: [\p{L}.]+){0,2}|z powazaniem|z wyrazami szacunku|serdecznie pozdrawiam|pozdrowienia|dziekuje(?: [\p{L}.]+){0,2}|s pozdravem|hezky den|zdravim|dekuji(?: [\p{L}.]+){0,2}|dekuju|diky(?: [\p{L}.]+){0,2}|udvozlettel|tisztelettel|koszonom(?: [\p{L}.]+){0,2}|koszonettel|udv|koszi|cu stima|numai bine|cu respect|multumesc(?: [\p{L}.]+){0,2}|saygilarimla|saygilar|sevgiler|tesekkurler(?: [\p{L}.]+){0,2}|tesekkur ederim|iyi calismalar|kolay gelsin|с уважением|всего доброго|спасибо(?: [\p{L}.]+){0,2}|с наилучшими пожеланиями|з повагою|дякую(?: [\p{L}.]+){0,2}|усього найкращого|με εκτιμηση|ευχαριστω(?: [\p{L}.]+){0,2}|φιλικα|χαιρετισμους|此致|敬礼|敬上|谢谢|よろしくお願い.{0,12}|敬具|以上)(?: ,)?(?: [\p{L}.]+){0,3}$/u;
const CONTACT = /[@|•]|https?:|www\.|\+?\d[\d\s()/.-]{6,}|\b(?:tel|mob|phone|fon|fax|t:|m:)\b/iu;
const RULE = /^(?:--\s*|[-_=—–*]{2,}\s*)$/u;
const DISCLAIMER =
  /\b(?:confidential|privileged|intended (?:solely|only|recipient)|disclaimer|vertraulich|confidentiel|confidencial|riservat|vertrouwelijk|konfidentiell?|fortrolig|luottamuksel|poufn[aey]|duvern|конфиденциал|конфіденц|bizalmas|confidențial|gizli|εμπιστευτικ|consider the environment|virus-free|scanned by|registered (?:office|in england)|amtsgericht|handelsregister|geschäftsführer|registergericht|if you no longer wish|if you (?:would )?(?:prefer|wish) not to receive|sollten sie keine (?:weiteren|mehr)|wenn sie keine weiteren|si vous ne souhaitez plus|si no desea recibir|se non desidera|click here to unsubscribe|^(?:to|if you (?:want|wish|would like) to) (?:unsubscribe|opt[- ]out|stop receiving)\b.{0,90}\b(?:reply|click|send|visit|e-?mail|text|write|use|follow)\b|^(?:reply|text) ['"“]?stop\b.{0,12}\b(?:to|if)\b|^(?:um|zum|wenn sie) .{0,70}(?:abmeld|abzumeld).{0,90}(?:klicken|antworten|schreiben|senden)|^pour (?:vous|se) d[ée]s.{0,90}(?:cliquez|répondez|envoyez|écrivez)|^para (?:darse|darte) de baja.{0,90}(?:responda|haga|envíe|escriba|pulse)|^per (?:cancellarsi|disiscriversi|annullare).{0,90}(?:clicc|rispond|invi|scriv)|^om (?:u|je|zich) .{0,30}(?:af te melden|uit te schrijven).{0,90}(?:klik|antwoord|stuur|mail)|to unsubscribe from our)/iu;
const MOBILE =
  /(?:^|(?<=[.!?] ))(?:sent (?:from|with|via|using)|get outlook|gesendet (?:mit|von|über)|von (?:meinem|unterwegs).{0,30}(?:gesendet|verschickt)|diese nachricht wurde von meinem|envoyé (?:de|depuis|à partir|avec)|obtenir outlook|télécharger outlook|enviado (?:desde|do|de|a partir|com)|obtener outlook|inviato da|scarica outlook|verzonden (?:vanaf|met|via)|outlook voor|skickat från|hämta outlook|sendt fra|hent outlook|hentet fra|lähetetty|hanki outlook|wysłane (?:z|za)|pobierz|odesláno z|získat|отправлено (?:с|из|от)|надіслано (?:з|зі|із)|στάλθηκε από|αποστολή από|elküldve|küldve|trimis (?:de pe|din|de la|cu)|iphone.{0,12}gönderildi|.{0,15}dan gönderildi|.{0,15}iphone['’]?umdan|iphoneから|(?:my |我的)?iphone(?:から送信|发送)|发自我的|从我的|来自我的|나의 iphone|iphone에서).{0,60}$/iu;

/** Without what stands around a mail: footers of programs, disclaimers, a signature. */
function withoutFrame(all: string[], isRequest: (line: string) => boolean): string[] {
  const lines = all.map((line) => line.trim().replace(MOBILE, "").trim());
  const disclaimer = lines.findIndex((line, at) => at > 0 && DISCLAIMER.test(line));
  const kept = disclaimer < 0 ? lines : lines.slice(0, disclaimer);
  const from = Math.max(1, signatureStart(kept));
  const end = kept.findIndex((line, at) => at >= from && !isRequest(line) && isEnd(line, kept.slice(at + 1)));
  return end < 0 ? kept : kept.slice(0, end);
}

/** Above it more lines follow than a signature has. */
function signatureStart(lines: string[]): number {
  let below = 0;
  return lines.findLastIndex((line) => line !== "" && ++below > MOST_SIGNATURE_LINES);
}

function isEnd(line: string, below: string[]): boolean {
  const rest = below.filter((one) => one !== "");
  if (RULE.test(line)) return rest.every((one) => !/^p\.? ?s\b/iu.test(one));
  return SIGN_OFF.test(foldWords(line).replaceAll(" ,", "")) && rest.every(isSignatureLine);
}

const isSignatureLine = (line: string): boolean =>
  CONTACT.test(line) ||
  (line.length <= 60 && !/[.!?。！？]\s*$/u.test(line)) ||
  /^[\p{Lu}]\.?$|(?:inc|ltd|co|jr|dr|llc|corp|gmbh|bv|sa)\.$/iu.test(line);

/** A line that a mail program broke goes on in the next one. Blank lines stay, one between two paragraphs. */
function joinLines(lines: string[], isRequest: (line: string) => boolean): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1) ?? "";
    const isBroken =
      last !== "" &&
      (last.length >= SHORTEST_BROKEN_LINE || /^\p{Ll}/u.test(line)) &&
      !/[.!?:。！？]$/u.test(last.slice(-1)) &&
      !/^[-*•]\s/u.test(line) &&
      !isRequest(line);
    if (line !== "" && isBroken) joined[joined.length - 1] = `${last} ${line}`;
    else if (line !== "" || last !== "") joined.push(line);
  }
  return joined;
}

const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|st|hr|fr|prof|ca|bzw|inkl|vgl|nr|tel|vs|e\.g|i\.e|z\.b|d\.h|p\.s|\p{Lu})\.$/iu;

/** "No. 4" is a number; "No. Take me off." says no. */
const isNumbered = (before: string, after: string): boolean =>
  /(?:^|[\s(])no\.$/iu.test(before) && /^\s+\d/u.test(after);

/** "1. Februar", "4.12. asti": the sentence does not end there. */
function continuesDate(after: string): boolean {
  const next = /^\s+(\p{L}+)/u.exec(after)?.[1];
  return /^\s+[\p{Ll}\d]/u.test(after) || (next !== undefined && MONTHS_BY_NAME.has(next.toLowerCase()));
}

function splitSentences(line: string, isLowerCase: boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of line.matchAll(/[.!?…;।॥]+["'”’»)\]]*(?=\s|$)|[。！？；]+["'”’」』)]*/gu)) {
    const end = match.index + match[0].length;
    const before = line.slice(from, end);
    const isNumber =
      match[0] === "." &&
      /\d\.$/u.test(before) &&
      (continuesDate(line.slice(end)) ||
        /\b(?:der|dem|am|den|die|vom|zum|im|des|das)\s\d{1,2}\.$/iu.test(before));
    const goesOn = !isLowerCase && /[!?…]/u.test(match[0]) && /^\s+\p{Ll}/u.test(line.slice(end));
    if (isNumber || goesOn || ABBREVIATION.test(before) || isNumbered(before, line.slice(end))) continue;
    parts.push(before);
    from = end;
  }
  parts.push(line.slice(from));
  return parts.map((part) => part.trim().slice(0, LONGEST_SENTENCE)).filter((part) => part !== "");
}

// ---- Sentences ----

/** Speech that is quoted: it is not the reader who says it. */
const QUOTED =
  /[“„][^“”„]{1,300}[”“]|"[^"]{1,300}"|«[^«»]{1,300}»|»[^«»]{1,300}«|「[^「」]{1,200}」|『[^『』]{1,200}』|(?<=^|[\s:(])[‘'][^‘’']{0,200}\s[^‘’']{0,200}[’'](?=[\s.,;:!?)]|$)/gu;

const foldWords = (text: string): string =>
  foldLetters(text.normalize("NFKC"))
    .replace(/ [-–—] |[–—]|[,;:()、，：،؛/]/gu, " , ")
    .replace(/[^\p{L}\p{N}\p{M},]+/gu, " ")
    .replace(/(?: ?,)+ ?/g, " , ")
    .replace(DUAL, (_, unit: string) => `2 ${PLURALS[unit]}`)
    .replace(FOR_ONE, (_, hebrew?: string, arabic?: string) => `1 ${hebrew ?? arabic}`)
    .replace(/(?<![\p{L}\p{M}])ל(?=(?:שלוש|ארבע|חמי?ש|שי?ש)ה? )/gu, "")
    .trim()
    .replace(/^, | ,$/g, "");

/** "Two weeks" is one word in Hebrew and Arabic, and "for" hangs on it. */
const DUAL = /(?<![\p{L}\p{M}])[لל]?(שבועיים|חודשיים|יומיים|اسبوعين|شهرين|يومين)(?![\p{L}\p{M}])/gu;
const PLURALS: Readonly<Record<string, string>> = {
  שבועיים: "שבועות",
  חודשיים: "חודשים",
  יומיים: "ימים",
  اسبوعين: "اسابيع",
  شهرين: "شهور",
  يومين: "ايام",
};
const FOR_ONE = /(?<![\p{L}\p{M}])(?:ל(שבוע|חודש|יום)|ل(اسبوع|شهر|يوم))(?![\p{L}\p{M}])/gu;

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern|hallo|hej|hei|moin|servus|liebe[rs]?|guten (?:tag|morgen|abend)|sehr geehrte[rs]?(?: damen und herren)?|gruezi|bonjour|bonsoir|salut|cher|chere|madame|monsieur|hola|buenos dias|buenas(?: tardes)?|estimad[oa]s?(?: senores)?|ciao|buongiorno|buonasera|salve|gentile|spettabile|spett le|egregio|ola|oi|bom dia|boa (?:tarde|noite)|car[oa]s?(?: senhores)?|prezad[oa]s?(?: senhores)?|exmos?(?: senhores)?|caros senhores|hoi|beste|geachte(?: heer mevrouw| heer , mevrouw)?|goedemorgen|goedemiddag|goedendag|dag|kaere|kjaere|kare|hyva|moi|terve|paivaa|dzien dobry|czesc|witam|szanown[iay](?: panstwo| panie| pani)?|dobry den|ahoj|vazen[iay]|cau|jo napot(?: kivanok)?|szia|kedves|tisztelt(?: cim| uram| holgyem)?|buna(?: ziua)?|stimat[ae]?|salutare|merhaba(?:lar)?|selam|sayin|iyi gunler|здравствуите|добрыи день|привет|уважаем[а-я]+|доброе утро|добрыи вечер|доброго дня|добрии день|вітаю|привіт|шановн[а-яі]+|γεια(?: σας| σου)?|καλησπερα|καλημερα|αγαπητ[εηοι]+|αξιοτιμοι(?: κυριοι)?|您好|你好|尊敬的.{0,8}|こんにちは|お世話になって(?:おります|います)|はじめまして|안녕하세요)\b(?: (?!,)\p{L}+){0,3}?(?: ,|$)/u;
const GREETING_DENSE =
  /^(?:您好|你好|尊敬的.{0,8}|こんにちは|お世話になって(?:おります|います)|はじめまして|拝啓)$/u;
const COURTESY =
  /(?<![\p{L}\p{N}])(?:моля|благодаря|мерси|поздрави|vui long|lam on|xin(?: hay)?|cam on(?: ban)?|tran trong|tolong|mohon|harap|terima kasih|makasih|salam|(?:thank you|many thanks|thanks|thx|tx|ty)(?: (?:very much|so much|a lot|again|in advance|kindly|anyway))?|please|pls|plz|kindly|cheers|ta(?! (?:meg|mig|mej|oss|bort|vekk|av|ut)(?: |$))|sorry|hi|hello|hey|dear|(?:kind |best |warm )?regards|bye|bitte|(?:vielen |schonen |lieben |herzlichen )?dank|danke(?: schon| sehr| dir| euch| ihnen)?|hallo|gern|gerne|(?:mit )?(?:freundlichen?|liebe|viele|beste) gruss(?:en|e)|mfg|lg|vg|s il (?:vous|te) plait|svp|stp|merci(?: beaucoup| d avance| bien)?|bonjour|cordialement|por favor|porfa|(?:muchas )?gracias|hola|un saludo|saludos|per favore|per piacere|(?:mille )?grazie(?: mille)?|ciao|(?:cordiali )?saluti|(?:muito )?obrigad[oa]|se faz favor|faz favor|ola|oi|pfv|pf|aub|a u b|alsjeblieft|alstublieft|graag|bedankt|dank (?:je|u)(?: wel)?|hoi|(?:vriendelijke )?groet(?:en)?|(?:tusen )?tack(?: sa mycket| pa forhand)?|snalla|garna|hej|(?:mange |tusen )?tak|venligst|(?:mange |tusen )?takk|vennligst|vaer sa snill|var sa snill|hei|mvh|kiitos|kiitti|pliis|ystavallisesti|(?:uprzejmie |bardzo )?prosze|(?:bardzo )?dziekuje|dzieki|prosim(?: vas)?|dekuji|dekuju|diky|ahoj|kerem|koszonom(?: szepen)?|koszi|koszonettel|udv|(?:va|te) rog(?: frumos)?|(?:va )?multumesc|mersi|buna(?: ziua)?|lutfen|tesekkur(?:ler| ederim)|sagolun?|merhaba|пожалуиста|(?:большое )?спасибо(?: большое)?|здравствуите|привет|плиз|будь ласка|(?:дуже )?дякую|παρακαλω|ευχαριστω(?: πολυ)?|γεια(?: σας| σου)?|请|請|谢谢|謝謝|您好|你好|부탁드립니다|감사합니다|בבקשה|תודה(?: רבה)?|שלום|شكرا(?: جزيلا)?|من فضلكم?|رجاء|لو سمحتم?|مرحبا|कृपया|धन्यवाद|शुक्रिया|नमस्ते)(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?:\p{L}+ )?(?:gruss|grusse|gruesse|greetings|cheers|saludos|salutations|groet(?:en|jes)?|saluti|halsning(?:ar)?|hilsen(?:er)?|terveisi\p{L}+|pozdrowienia|pozdrav\p{L}?|cumprimentos|abracos?|udvozlet|salutari|selamlar|привет|χαιρετισμους) (?:aus|from|desde|de|du|uit|da|fran|fra|z|ze|din|из|з|απο) (?:\p{L}+ ){0,2}?\p{L}+$/gu;
/** What is said with a request, in any language: it tells a request from a word at a sentence's beginning. */
const POLITE =
  /(?:^| )(?:please|pls|plz|kindly|thanks|thank you|thx|cheers|моля|благодаря|vui long|lam on|xin|cam on|tolong|mohon|harap|terima kasih|bitte|danke|s il vous plait|svp|stp|merci|por favor|gracias|per favore|grazie|obrigad[oa]|pf|pfv|aub|a u b|alsjeblieft|alstublieft|graag|bedankt|tack|snalla|tak|takk|venligst|vennligst|kiitos|pliis|prosze|dziekuje|dzieki|prosim|dekuji|diky|kerem|koszonom|va rog|te rog|multumesc|lutfen|tesekkur\p{L}*|пожалуиста|спасибо|будь ласка|дякую|παρακαλω|ευχαριστω|בבקשה|נא|תודה|شكرا|من فضلكم?|رجاء|الرجاء|يرجى|لو سمحتم?|कृपया|धन्यवाद|शुक्रिया|kripya)(?= |$)/u;
const POLITE_DENSE = /请|請|谢谢|謝謝|ください|下さい|お願い|ありがとう|頂け|いただけ|부탁|주세요/u;
const SEE_SUBJECT =
  /^(?:(?:please )?see (?:the )?(?:subject(?: line| above)?|title|above)|siehe oben|voir (?:ci dessus|plus haut)|zie boven|ver arriba|vedi sopra|ver acima|as per(?: my| the)? subject(?: line)?|s(?:iehe)? betreff(?:zeile)?(?: oben)?|wie im betreff|voir (?:l )?objet|cf objet|ver asunto|vedi oggetto|ver assunto|zie onderwerp|se (?:amne|amnesraden|emne|emnefeltet)|ks otsikko|patrz temat|viz predmet|lasd a? ?targy(?:at)?|vezi subiectul|konuya bakiniz|см тему|див тему|βλ θεμα|subject says it all|gem betreff)$/u;
const CLOSING_DENSE =
  /^(?:此致|敬礼|敬上|谢谢|謝謝|多谢|感谢|敬具|以上|よろしくお願い.{0,12}|宜しくお願い.{0,12}|ありがとうございま(?:す|した)|どうも)$/u;

/** Written to the word before it. */
const THANKS_DENSE = /(?<=.)(?:谢谢|謝謝|多谢|多謝|感谢|感謝)[您你]?[了啦]?$/u;

/** A Greek question ends with what is a semicolon elsewhere. */
const endsAsking = (raw: string): boolean =>
  (/\p{sc=Greek}/u.test(raw) ? /[?؟？;]\s*["'”’»)]*$/u : /[?؟？]\s*["'”’»)]*$/u).test(raw);

const makeSentence = oncePerText((raw: string): Sentence => {
  const unquoted = raw.replace(QUOTED, " ");
  const isAllQuoted = !/[\p{L}\p{N}]/u.test(unquoted);
  const greeted = foldWords(isAllQuoted ? raw : unquoted);
  const text = greeted
    .replace(GREETING, "")
    .replace(/^ ?, ?/, "")
    .trim();
  const bare = text.replace(COURTESY, " ").replaceAll(",", " ").replace(/ +/g, " ").trim();
  const dense = bare.replaceAll(" ", "").replace(THANKS_DENSE, "");
  const isSignOff =
    greeted.split(" ").length <= MOST_SIGN_OFF_WORDS && SIGN_OFF.test(greeted.replaceAll(" ,", ""));
  return {
    raw,
    text: text === "" ? greeted : text,
    bare,
    dense,
    isPolite: POLITE.test(greeted) || POLITE_DENSE.test(greeted),
    isParagraph: false,
    isQuestion: endsAsking(raw),
    isFrame:
      bare === "" ||
      text === "" ||
      SEE_SUBJECT.test(text) ||
      GREETING_DENSE.test(dense) ||
      CLOSING_DENSE.test(dense) ||
      isSignOff,
  };
});

const NAME =
  /^[-–—/~]*\s*(?:\p{Lu}[\p{L}'’-]*|\p{Lu}\.|(?:Dr|Mr|Mrs|Ms|St|Prof)\.|von|van|de|der|la)(?:\s+(?:\p{Lu}[\p{L}'’-]*|\p{Lu}\.|von|van|de|der|la)){0,3}$/u;
const DENSE_NAME =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{2,5}(?:[ \u3000][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{1,4})?$/u;
const MOST_NAME_LINES = 6;
const MOST_SHOUTED_WORDS = 2;

/** Names and contact lines at a mail's end frame it; never its first sentence. */
function markNames(sentences: Sentence[]): Sentence[] {
  let isTail = true;
  // Where all is in capitals they tell no name: "STOP EMAILING ME".
  const isShouted = !sentences.some(({ raw }) => /\p{Ll}/u.test(raw));
  const marked = sentences.toReversed().map((sentence, fromEnd) => {
    const isFirst = fromEnd === sentences.length - 1;
    const isName =
      (NAME.test(sentence.raw) && !(isShouted && sentence.raw.split(" ").length > MOST_SHOUTED_WORDS)) ||
      DENSE_NAME.test(sentence.raw) ||
      (CONTACT.test(sentence.raw) && sentence.raw.length < 90);
    isTail &&= !isFirst && fromEnd < MOST_NAME_LINES && (sentence.isFrame || isName);
    return isTail ? { ...sentence, isFrame: true } : sentence;
  });
  return marked.reverse();
}
