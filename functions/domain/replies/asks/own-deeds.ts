import { oncePerSentence } from "./once-per-text.ts";
import { compile, foldLetters } from "./pattern.ts";
import { readLine, type Sentence } from "./text.ts";

/**
 * What a reader did themselves, in the past: "J'ai retiré mon nom de la liste", "Dejé de mandar correos", "I took my name
 * off it". It is told, whatever it was taken off: what asks for something stands in another clause, or nowhere. Verbs of
 * leaving, removing and stopping, in the first person of a past or a perfect; in the notation of `pattern.ts`.
 */
interface OwnDeeds {
  deeds: string[];
  /** Words between clauses. */
  and: string;
}

const DEEDS: Readonly<Record<string, OwnDeeds>> = {
  en: {
    deeds: [
      "(i|we)( ve| have| had| just| already| also| finally| once| then| even| never)* (took|taken|removed|deleted|stopped|dropped|cancelled|canceled|struck|crossed|unsubscribed|erased|discontinued|ceased|opted out|pulled) @",
      "(i|we) (left|got off) (the|a|that|my|our) (list|mailing list|rota)",
    ],
    and: "and|but|so|yet",
  },
  de: {
    deeds: [
      "((ich|wir) (hab|habe|haben|hatte|hatten)|(hab|habe|haben|hatte|hatten) (ich|wir)|^(hab|habe))(?! .*(beschlossen|entschieden|entschlossen))( .{0,80})? (gestrichen|geloscht|genommen|entfernt|ausgetragen|abgemeldet|abbestellt|aufgehort|gestoppt|storniert|rausgenommen|herausgenommen|eingestellt|(nehmen|streichen|loschen|austragen|entfernen) lassen)",
      "(ich|wir) (nahm|nahmen|strich|strichen|loschte|loschten|horte|horten|stoppte|entfernte|entfernten|bestellte|kundigte|stornierte|stornierten) @",
    ],
    and: "und|aber|also|doch",
  },
  fr: {
    deeds: [
      "(j|je|nous|on) (me |m |nous |s |l |les |la |le |en |n )*(ai|avons|a|suis|sommes|avais|avions|etais)( deja| donc| enfin| aussi| bien| vite| meme| tout)* (retir|supprim|enlev|effac|ray|arret|cess|annul|resili|desabon|desinscri|stopp|quitt)(e|es|ee|ees|i|ie|t|te|ts|tes)",
      "(je|nous) (viens|venons|venais) (de|d) (me |m )?(retirer|supprimer|enlever|effacer|rayer|arreter|cesser|annuler|resilier|desabonner|desinscrire)",
    ],
    and: "et|mais|donc|alors",
  },
  es: {
    deeds: [
      "(he|hemos|habia|habiamos)( ya| me| por fin| tambien)* (quitado|borrado|dejado|cancelado|anulado|eliminado|sacado|tachado|retirado|suprimido)",
      "me he (quitado|borrado|dado|apuntado|desapuntado)|me (di|borre|quite|desapunte|saque) (de)",
      "(dejamos|quitamos|borramos|cancelamos|anulamos|eliminamos|sacamos|tachamos|retiramos|paramos) (de|el|la|los|las|mi|nuestro|nuestra|nuestros)",
    ],
    and: "y|e|pero|asi que",
  },
  it: {
    deeds: [
      "(ho|abbiamo|avevo|avevamo)( gia| appena| anche| finalmente| poi)* (tolto|smesso|cancellato|rimosso|eliminato|disdetto|annullato|depennato|interrotto|levato)",
      "(mi sono|ci siamo|mi ero)( gia| appena)* (tolt|cancellat|disiscritt|rimoss|levat|ritirat)@",
      "(cancellai|tolsi|smisi|eliminai|rimossi|disdissi|annullai|cancellammo|togliemmo|smettemmo)",
    ],
    and: "e|ma|pero|quindi",
  },
  pt: {
    deeds: [
      "(tirei|parei|deixei|apaguei|retirei|cancelei|removi|risquei|eliminei|anulei|desinscrevi|excluí)( me|)",
      "(retiramos|tiramos|deixamos|paramos|apagamos|cancelamos|removemos|riscamos) (de|o|a|os|as|meu|nosso|nossa)",
      "(tinha|tenho|temos|tinhamos) (tirado|parado|deixado|apagado|retirado|cancelado|removido)",
    ],
    and: "e|mas|por isso|entao",
  },
  nl: {
    deeds: [
      "(ik|we|wij) (heb|hebben|had|hadden|ben|zijn|was) *(gehaald|geschrapt|verwijderd|gestopt|afgemeld|uitgeschreven|opgezegd|geannuleerd|laten halen|laten schrappen|afgezegd|gewist)",
      "(heb|hebben|had|ben) (ik|we|wij) *(gehaald|geschrapt|verwijderd|gestopt|afgemeld|uitgeschreven|opgezegd|geannuleerd|afgezegd)",
      "(ik|we|wij) (stopte|stopten|haalde|haalden|schrapte|schrapten|verwijderde|verwijderden|annuleerde|annuleerden|meldde|meldden|zegde|zegden)",
    ],
    and: "en|maar|dus|want",
  },
  sv: {
    deeds: [
      "(jag|vi)( har| hade| redan)* (tog|tagit|strok|strukit|slutade|slutat|raderade|raderat|avbokade|avbokat|avslutade|avslutat|avanmalde|avanmalt|stoppade|stoppat|avregistrerade|avregistrerat|anmalde av)( @|)",
      "(tog|strok|slutade|raderade|avbokade|avslutade|stoppade) (jag|vi)",
    ],
    and: "och|men|sa",
  },
  da: {
    deeds: [
      "(jeg|vi)( har| havde| er| allerede| selv)* (tog|taget|slettede|slettet|strog|stroget|holdt op|stoppede|stoppet|afmeldte|afmeldt|opsagde|opsagt|aflyste|aflyst|fjernede|fjernet|droppede|droppet)",
      "(jeg|vi)( har| hadde| er| allerede| selv)* (tok|tatt|slettet|strok|stroket|sluttet|stoppet|meldte|meldt|avbestilte|avbestilt|avlyste|avlyst|fjernet|droppet)",
      "(tog|tok|slettede|slettet|stoppede|stoppet|sluttet|fjernede|fjernet) (jeg|vi)",
    ],
    and: "og|men|sa",
  },
  fi: {
    deeds: [
      "(otin|otimme|lopetin|lopetimme|poistin|poistimme|peruin|peruimme|peruutin|peruutimme|irtisanoin|jatin|jatimme)",
      "(olen|olemme|olin|olimme)( jo| itse)* (lopettan|poistan|ottan|perun|peruuttan|irtisanon)(ut|eet)",
    ],
    and: "ja|mutta|joten",
  },
  pl: {
    deeds: [
      "(wykresl|usun|przesta|skoncz|wypisa|zrezygnowa|anulowa|odwola|skasowa|zakoncz|zdj|skresl|odsubskrybowa)@(lem|lam|lismy|lysmy)( sie|)",
    ],
    and: "i|a|ale|wiec",
  },
  cs: {
    deeds: [
      "(vyskrt|vyskrtn|presta|smaza|odhlasi|odstrani|zrusi|skonci|ukonci|vymaza|vyhodi|skrt|vypsa|vypisa)(l|la|li|ly) (jsem|jsme|som|sme)",
      "(jsem|jsme|som|sme) (@ )?(@ )?(vyskrt|vyskrtn|presta|smaza|odhlasi|odstrani|zrusi|skonci|ukonci|vymaza|vyhodi|skrt)(l|la|li|ly)",
    ],
    and: "a|ale|takze|tak",
  },
  hu: {
    deeds: [
      "(torolt|abbahagyt|levett|lemondt|leiratkozt|kivett|megszuntett|leallitott|kihuzt|befejezt|kilept|felmondt|kitorolt)(am|em|uk|unk)",
    ],
    and: "es|de|ezert|igy",
  },
  ro: {
    deeds: [
      "(am|m am|mi am|ne am|l am|le am|i am)( deja| si| mai)* (scos|sters|incetat|renuntat|oprit|anulat|reziliat|dezabonat|eliminat|taiat|retras|parasit)",
    ],
    and: "si|dar|deci|asa ca",
  },
  ru: {
    deeds: [
      "(убрал|перестал|удалил|вычеркнул|прекратил|отписал|отменил|отказал|бросил|исключил|выписал|остановил)(а|ся|ась|)",
      "мы (@ )?(@ )?(убрали|перестали|удалили|вычеркнули|прекратили|отписали|отменили|отказали|остановили)(сь|)",
    ],
    and: "и|но|а|поэтому",
  },
  uk: {
    deeds: [
      "(прибра|переста|видали|викресли|припини|відписа|скасува|відмови|виключи|зупини)(в|ла|вся|лася)",
      "ми (@ )?(@ )?(прибрали|перестали|видалили|викреслили|припинили|відписали|скасували|відмовили|зупинили)(ся|)",
    ],
    and: "і|й|та|але|тому",
  },
  bg: {
    deeds: ["(махна|спря|изтри|отписа|отказа|прекрати|премахна|заличи|зачеркна|извади)(х|хме)( се|)"],
    and: "и|но|а|затова",
  },
  el: {
    deeds: [
      "(εβγαλα|βγαλαμε|σταματησα|σταματησαμε|διεγραψα|διαγραψαμε|εσβησα|σβησαμε|ακυρωσα|ακυρωσαμε|αφαιρεσα|αφαιρεσαμε|διαγραφηκα|απεγγραφηκα|εκοψα|κοψαμε|διεκοψα)",
    ],
    and: "και|κι|αλλα|οποτε",
  },
  tr: {
    deeds: [
      "(cikardi|sildi|biraktı|kesti|iptal ettı|ayrıldı|durdurdu|kaldırdı|cıktı|son verdı)(m|k)|durdurdum|durdurduk",
    ],
    and: "ve|ama|fakat|o yuzden",
  },
  ar: {
    deeds: [
      "(و|ف|لقد |قد |)(حذف|توقف|ازل|شطب|الغي|اوقف|مسح)ت ?(@)",
      "(و|ف|لقد |قد |)(توقفنا|الغينا|حذفنا|شطبنا|اوقفنا|مسحنا|ازلنا) (عن|@(نا|هم|ها))",
    ],
    and: "لكن|ثم|ولكن|لذلك",
  },
  he: {
    deeds: ["(הורד|הפסק|מחק|הסר|ביטל|הוצא|עצר|פרש|עזב|יצא)(תי|נו) ?(את|מ@|ל@|עם|@)"],
    and: "אבל|ולכן|אז|אך",
  },
  hi: {
    deeds: ["(मैंने|हमने) .{0,60}(हटा|बंद कर|छोड़|निकाल|रद्द कर|मिटा) ?(दिया|लिया|दी|ली|दिए|चुका|चुकी)"],
    and: "और|लेकिन|तो|इसलिए",
  },
  vi: {
    deeds: ["(toi|minh|chung toi|em|da) (da |vua )+(tu )?(xoa|ngung|huy|rut|bo|thoi|go|cham dut)"],
    and: "va|nhung|nen",
  },
  id: {
    deeds: [
      "(saya|kami|aku) (sudah|telah|baru saja|pernah) (menghapus|membatalkan|berhenti|keluar|mencoret|mengeluarkan|menghentikan)",
      "(saya|kami|aku) berhenti (mengirim|menulis|menyurati|mengirimi)@",
    ],
    and: "dan|tapi|tetapi|jadi",
  },
};

/** "Dejé" tells, "deje" asks: folded they are one. */
const ACCENTED_ES = /(?<!\p{L})(?:dej|quit|borr|cancel|anul|elimin|sac|saqu|tach)é(?!\p{L})/iu;
const FOLDED_ES = compile(["(deje|quite|borre|cancele|anule|elimine|saque|tache)"], {}, "search");

/** "If I could, I would have", "so that somebody took me off": wished for, not done. */
const WISHED = compile(
  [
    "(would|could|if|wish|чтобы|бы|щоб|би|zeby|aby|gdyby|bych|kdyby|keby|wenn|falls|ob|hvis|jos|daca|если|якщо|ако|eger|אם|अगर|neu|jika|kalau|hiermit)",
  ],
  {},
  "search",
);

/** Without spaces between words. */
const DENSE =
  /(?:外し|削除し|やめ|退会し|止め|消し|解除し|解約し|停止し|抜け|キャンセルし)(?:まし)?た(?![いらりく方ほ])|^我们?(?!.*(?:要|想|请|請|希望|能|可以|需|不))(?:.*(?:删除|删掉|取消|退出|停止|去掉|移除|刪除|刪掉)).{0,12}了/u;
const KOREAN = /(?:뺐|그만뒀|그만두었|삭제했|해지했|중단했|지웠|취소했|탈퇴했|끊었|멈췄)(?!으면|었으면)/u;

let compiled: { deed: RegExp; and: RegExp }[] | undefined;
function languages() {
  compiled ??= Object.values(DEEDS).map(({ deeds, and }) => ({
    deed: compile(deeds, {}, "search"),
    and: new RegExp(` (?:${foldLetters(and)}) `, "u"),
  }));
  return compiled;
}

/** The clauses that tell nothing of the kind, in one text; the same text where none does. */
export const withoutOwnDeeds: (sentence: Sentence) => string = oncePerSentence(findRest);

function findRest({ text, dense, raw }: Sentence): string {
  if (DENSE.test(dense) || KOREAN.test(text)) {
    const rest = text.split(" , ").filter((part) => !DENSE.test(readLine(part).dense) && !KOREAN.test(part));
    return rest.join(" , ");
  }
  const isAccented = ACCENTED_ES.test(raw);
  const told = languages().find(({ deed }) => deed.test(text) && hasDeed(text, deed));
  if (told) return withoutClauses(text, told.and, (clause) => hasDeed(clause, told.deed));
  return isAccented && FOLDED_ES.test(text) ? withoutClauses(text, / (?:y|e|pero) /u, isSpanishDeed) : text;
}

const isSpanishDeed = (clause: string): boolean => FOLDED_ES.test(clause);

const hasDeed = (clause: string, deed: RegExp): boolean => deed.test(clause) && !WISHED.test(clause);

const withoutClauses = (text: string, and: RegExp, isTold: (clause: string) => boolean): string =>
  text
    .split(" , ")
    .flatMap((part) => part.split(and))
    .filter((clause) => !isTold(clause))
    .join(" , ");
