import { withoutEarlierWord } from "./asked-before.ts";
import { isForATime } from "./for-a-time.ts";
import { withPlainWish } from "./grateful.ts";
import { asksToKeepOn } from "./keep-on.ts";
import { LEAVING_IDIOMS, LEAVING_IDIOMS_ALONE } from "./leaving-idioms.ts";
import { LEAVING_EAST } from "./leaving-words-east.ts";
import { LEAVING_EN_DE, type LeavingWords } from "./leaving-words-en-de.ts";
import { LEAVING_MORE } from "./leaving-words-more.ts";
import { LEAVING_NORTH } from "./leaving-words-north.ts";
import { LEAVING_ROMANCE } from "./leaving-words-romance.ts";
import { LEAVING_SK } from "./leaving-words-sk.ts";
import { LEAVING_SOUTH_EAST } from "./leaving-words-south-east.ts";
import { listUndoneSignUps } from "./mistaken-sign-up.ts";
import { missesMails } from "./nothing-comes.ts";
import { isNothingForMe } from "./nothing-for-me.ts";
import { oncePerSentence, oncePerText } from "./once-per-text.ts";
import { withoutOwnDeeds } from "./own-deeds.ts";
import { isRateLimit } from "./rate-limit.ts";
import { withoutPoliteCondition, withoutRegards } from "./regards.ts";

import { openSearch, type Search } from "./search.ts";
import { readPlainLeaving } from "./short-leaving.ts";
import { readLine, type Sentence } from "./text.ts";
import { isThoughtOfStopping } from "./thoughts.ts";
import { isTold } from "./told.ts";
import { isAskedInGeneral, isToldDeed } from "./told-deeds.ts";
import { asksForOthers, isOthersLeaving, saysTheyStay } from "./whose-leaving.ts";

export const LEAVING = {
  ...LEAVING_EN_DE,
  ...LEAVING_ROMANCE,
  ...LEAVING_NORTH,
  ...LEAVING_EAST,
  ...LEAVING_SK,
  ...LEAVING_MORE,
  ...LEAVING_SOUTH_EAST,
} satisfies Record<string, LeavingWords>;

/** What a mail says about leaving. */
export interface LeaveReading {
  /** `mentioned`: leaving is spoken of, and what is wanted is not certain. */
  says: "asked" | "mentioned" | "nothing";
  /** Everything is to be left, not only the course replied to and the newsletter. */
  isAll: boolean;
  /** The sentences that ask for it. */
  sentences: Sentence[];
}

const NOTHING: LeaveReading = { says: "nothing", isAll: false, sentences: [] };

interface CompiledLeaving {
  language: string;
  isDense: boolean;
  script: RegExp;
  asks: Search;
  alone: Search;
  short: Search;
  /** Undefined where no word stands between the parts of a sentence. */
  and: RegExp | undefined;
  /** Such a word at a part's beginning. */
  begins: RegExp;
  because: Search;
  never: Search;
  maybe: Search;
  mentions: Search;
  all: Search;
}

const SCRIPTS: Partial<Record<string, RegExp>> = {
  ru: /\p{sc=Cyrillic}/u,
  uk: /\p{sc=Cyrillic}/u,
  bg: /\p{sc=Cyrillic}/u,
  el: /\p{sc=Greek}/u,
  ja: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u,
  zh: /\p{sc=Han}|^td?$/u,
  ko: /\p{sc=Hangul}/u,
  ar: /\p{sc=Arabic}/u,
  he: /\p{sc=Hebrew}/u,
  hi: /\p{sc=Devanagari}/u,
};
const LATIN = /\p{sc=Latin}/u;
const WITHOUT_SPACES = ["ja", "zh"];

/** Compiled when the first mail is read: a function that reads none does not pay for it. */
let compiled: CompiledLeaving[] | undefined;
function languages(): CompiledLeaving[] {
  compiled ??= Object.entries(LEAVING).map(([language, words]) => {
    const { me, ours, end } = words;
    const names = { ours: ours, me: me.replaceAll("{ours}", ours), end };
    const search = (phrases: readonly string[]) => openSearch(phrases, names);
    const whole = (phrases: readonly string[]) => openSearch(phrases, names, "whole");
    return {
      language,
      isDense: WITHOUT_SPACES.includes(language),
      script: SCRIPTS[language] ?? LATIN,
      asks: search([...words.asks, ...(LEAVING_IDIOMS[language] ?? [])]),
      alone: whole(words.alone),
      short: whole([...words.short, ...(LEAVING_IDIOMS_ALONE[language] ?? [])]),
      and: words.and === "" ? undefined : new RegExp(`(?:^| )(?:${words.and}) `, "u"),
      begins: new RegExp(`^(?:${words.and}) `, "u"),
      because: whole(words.because),
      never: search(words.never),
      maybe: search(words.maybe),
      mentions: search(words.mentions),
      all: search(words.all),
    };
  });
  return compiled;
}

/** An end makes of leaving a pause: "no lessons until January", "stop for two weeks". */
const HAS_END =
  /(?:^| )(?:until|till?(?! (?:ett|en(?! (?:dag|vecka|manad))|nytt|nya|ny|annat|annan|andra|mig|mej|meg|oss|os|min|mitt|mine|denna|denne|dette|me|my|us)(?: |$))|bis|jusqu|jusque|hasta|fino|sino|ate|tot|tills|fram till|indtil|asti|saakka|elokuuhun|(?<!(?:bu|su|o|ne) )kadar|до|ate|μεχρι|az do|pana (?:la|in)|-ig)(?= |$)|(?:^| )(?:for|fur|pour|pendant|durante|por|per|voor|i|na|for|на) (?:a |the |eine[n]? |un[ae]? |een |next |nachsten )*(?:\d+|two|three|four|five|six|few|couple of|zwei|drei|vier|paar|deux|trois|quelques|dos|tres|cuatro|unas|due|tre|quattro|alcune|duas|algumas|twee|drie|paar|week|month|woche|monat|mois|semaine|mes|settimana|mese|maand|vecka|manad) ?(?:weeks?|months?|days?|wochen?|monate?n?|tage?n?|semaines?|mois|jours?|semanas?|meses|dias?|settimane?|mesi|giorni|weken|maanden|dagen|veckor|manader|dagar|uger|dage|uker|tygodni\p{L}*|недел\p{L}*|месяц\p{L}*)?(?= |$)|まで|之前|以前/u;

/** What ends by itself is no leaving either, and is asked about where no pause is read. */
const FOR_NOW =
  /(?:^| )(?:for now|for (?:a|some|quite a) (?:while|time|bit)|(?:fur )?eine (?:weile|zeitlang)|pendant (?:un moment|quelque temps)|por un (?:tiempo|rato)|por um tempo|per un po|een (?:tijdje|poosje)|ett tag|en stund|et stykke tid|jonkin aikaa|przez jakis czas|nejakou dobu|egy ideig|o (?:vreme|perioada)|bir sure|на (?:некоторое )?время|на якийсь час|για λιγο|for the (?:moment|time being)|temporarily|meanwhile|vorlaufig|vorerst|vorubergehend|momentan|zurzeit|erst ?mal|einstweilen|(?:fur|furs) (?:s |das )?erste|pour (?:l instant|le moment)|temporairement|por (?:ahora|el momento|enquanto)|de momento|temporalmente|temporariamente|per (?:ora|il momento|adesso)|temporaneamente|voorlopig|tijdelijk|tills vidare|just nu|tillfalligt|indtil videre|midlertidigt?|forelopig|inntil videre|toistaiseksi|na razie|chwilowo|tymczasowo|zatim|docasne|egyelore|deocamdata|momentan|simdilik|gecici olarak|пока что|временно|поки що|тимчасово|προς το παρον|προσωρινα)(?= |$)|とりあえず|当面|暂时|暫時|당분간|잠시/u;

/** Which of these says leave, if any, and how surely. `subject` is what its writer wrote there, not our own. */
export function readLeaving(sentences: readonly Sentence[], subject: string | undefined): LeaveReading {
  const own = sentences.filter(({ isFrame }) => !isFrame);
  const spoken = own.length > 1 ? own.filter(({ raw }) => !isQuotation(raw)) : own;
  const found = languages()
    .map((words) => inLanguage(words, sentences, spoken, subject))
    .toSorted((a, b) => SURE.indexOf(a.says) - SURE.indexOf(b.says) || Number(b.isAll) - Number(a.isAll));
  const first = found[0] ?? NOTHING;
  const undone = first.says === "asked" || !isBrief(spoken) ? [] : listUndoneSignUps(spoken);
  return undone.length > 0 ? { says: "asked", isAll: false, sentences: undone } : first;
}
/** All of it stands in quotation marks: beside other words it is shown, not said. */
const isQuotation = (raw: string): boolean => /^\s*["“„«»「『].+["”“«»」』]\s*[.!]?\s*$/u.test(raw);
const SURE = ["asked", "mentioned", "nothing"];

/** True for a line that asks to leave, all by itself. */
export function isLeavingLine(line: string): boolean {
  const sentence = readLine(line);
  return languages().some(
    (words) => isAlone(words, sentence) || words.short.test(words.isDense ? sentence.dense : sentence.bare),
  );
}

function inLanguage(
  words: CompiledLeaving,
  sentences: readonly Sentence[],
  spoken: Sentence[],
  subject: string | undefined,
): LeaveReading {
  const about = subject === undefined ? undefined : readLine(subject);
  const all = about ? [...spoken, about] : spoken;
  if (!all.some(({ text }) => words.script.test(text))) return NOTHING;
  const isShort = isBrief(spoken);
  const clear = spoken.filter((one) => isClear(words, one, isShort));
  const inSubject =
    about && (isClear(words, about, isShort) || isAlone(words, about)) && isUnopposed(words, spoken)
      ? [about]
      : [];
  const short = clear.length > 0 || inSubject.length > 0 ? [] : shortRequests(words, spoken, about);
  const asked = [...clear, ...inSubject, ...short];
  if (asked.length > 0 && asksForOthers(asked, all))
    return { says: "mentioned", isAll: false, sentences: asked };
  if (asked.length > 0) {
    const isAll = [...spoken, ...asked].some((one) => words.all.test(form(words, one)));
    return { says: "asked", isAll, sentences: asked.filter((one) => sentences.includes(one)) };
  }
  if (all.some(({ text }) => saysTheyStay(text))) return NOTHING;
  const mentions = all.filter((one) => isMention(words, one) || (isShort && isThought(one)));
  return mentions.length > 0 ? { says: "mentioned", isAll: false, sentences: mentions } : NOTHING;
}

/** Without spaces where the language has none. */
const form = ({ isDense }: Pick<CompiledLeaving, "isDense">, { text }: Pick<Sentence, "text">): string =>
  isDense ? text.replaceAll(" ", "") : text;

const hasEnd = oncePerText((text) => HAS_END.test(text));
const hasEndOfItself = oncePerText(
  (text) => hasEnd(text) || FOR_NOW.test(text) || isForATime(text) || isRateLimit(text),
);
const endsByItself = ({ text }: Sentence): boolean => hasEndOfItself(text);
const isGeneral: (sentence: Sentence) => boolean = oncePerSentence(isAskedInGeneral);

/** "I don't want to live any more" asks for nobody's list. */
const LIFE =
  /(?:^| )(?:live|living|alive|leben|vivre|vivir|viviendo|vivere|viver|leven|leva|leve|elaa|zyc|zit|elni|traiesc|sa traiesc|trai|ζω|ζησω|yasamak|жить|жити)(?= |$)|生き|活|살고|살기/u;

function isClear(words: CompiledLeaving, sentence: Sentence, isShort: boolean): boolean {
  const again = withoutEarlier(sentence.text);
  if (again !== sentence.text) return isClear(words, { ...readLine(again), isPolite: true }, isShort);
  const untold = withoutOwnDeeds(sentence);
  if (untold !== sentence.text) return untold !== "" && isClear(words, beside(sentence, untold), isShort);
  const asking = withoutPoliteWords(sentence.text);
  if (asking !== sentence.text) return isClear(words, beside(sentence, asking), isShort);
  if (endsByItself(sentence) || isGeneral(sentence) || LIFE.test(form(words, sentence))) return false;
  if (isShort && !sentence.isQuestion && endsWithKeyword(sentence) && !isGuessed(words, sentence))
    return !isStory(words, sentence);
  if (isShort && isNothingForMe(sentence)) return true;
  if (isOnlySupposed(words, sentence)) return false;
  if (isAlone(words, sentence) || readPlain(words, sentence, isShort) === "asked") return true;
  if (!isAsked(words, form(words, sentence))) return false;
  return isClearRequest(words, sentence) || isClearAtFirst(words, sentence);
}

const withoutEarlier: (text: string) => string = oncePerText(withoutEarlierWord);
const withoutPoliteWords: (text: string) => string = oncePerText((text) =>
  withoutPoliteCondition(withoutRegards(text)),
);

/** "If I cancelled the newsletter, would I lose the course?": what is supposed is not asked for. */
function isOnlySupposed(words: CompiledLeaving, { text, isQuestion, isPolite }: Sentence): boolean {
  const [, ...behind] = text.split(" , ");
  if (!isQuestion || isPolite || behind.length === 0 || !SUPPOSED.test(text)) return false;
  return !behind.some((clause) => isAsked(words, clause));
}
const SUPPOSED =
  /^(?:und |and |y |et |e |en |och |og )?(?:if i|if we|wenn ich|wenn wir|falls ich|si je|si nous|si|se|als ik|als we|om jag|hvis jeg|jos|jesli|pokud|kdybych|keby|ak|ha|daca|eger|если я|если|якщо я|якщо|αν|اذا|אם|ако|neu toi|jika saya|kalau saya)(?= )/u;

/** What else a sentence says, as it was said. */
const beside = ({ isPolite, isQuestion }: Sentence, rest: string): Sentence => ({
  ...readLine(rest),
  isPolite,
  isQuestion,
});

/** "Not for me, unsub": a word that means nothing else, as a clause of its own in a few words. */
const endsWithKeyword = ({ text }: Sentence): boolean => {
  const parts = text.split(" , ");
  return (
    parts.length > 1 && [parts[0], parts.at(-1)].some((part) => UNMISTAKABLE.has(readLine(part ?? "").bare))
  );
};

/** What its clauses of known words say, where nothing beside them takes it back. */
function readPlain(
  words: CompiledLeaving,
  sentence: Sentence,
  isShort = false,
): "asked" | "mentioned" | undefined {
  const wish = withPlainWish(sentence.text);
  const isPolite = sentence.isPolite || wish !== sentence.text;
  const about = { ...sentence, isPolite, isBrief: isShort && !isGuessed(words, sentence) };
  const clauses = plainClauses(wish);
  const shorter = words.and ? clauses.flatMap((part) => part.split(words.and as RegExp)) : clauses;
  const begun = words.and ? clauses.map((part) => part.replace(words.begins, "")) : [];
  const whole = wish === sentence.text ? sentence.bare : readLine(wish).bare;
  const parts = [...new Set([whole.replace(TO_THE_END, ""), ...clauses, ...begun, ...shorter])];
  const said = parts.map((part) => readPlainLeaving(words.language, readLine(part).bare, about));
  const at = said.findIndex((one) => one !== undefined);
  if (at < 0) return undefined;
  const isWhole = at === 0;
  const asked = parts[at] as string;
  const others = parts.filter((part) => !part.includes(asked) && !asked.includes(part));
  const isOpposed =
    !isWhole &&
    (isOthersSpeech(others.join(" , ")) || isBent(parts.slice(at + 1)) || words.maybe.test(sentence.text));
  return isOpposed || isStory(words, sentence) ? undefined : said[at];
}

const plainClauses: (text: string) => string[] = oncePerText((text) =>
  text
    .replace(TO_THE_END, "")
    .replace(NOT_FOR_ME, " , ")
    .split(/(?: ,)+ /),
);

/** So far somebody reads: nothing is ended. */
const TO_THE_END =
  / (?:(?:right )?to the (?:very )?end|till the end|until the end|bis zum (?:schluss|ende)|jusqu (?:a la fin|au bout)|hasta el final|fino alla fine|ate ao? fim|tot (?:het|aan het) einde?|till slutet|til slutningen|til slutten|loppuun asti|do konca|do konce|az vegeig|pana la (?:final|sfarsit|capat)|μεχρι το τελος|sonuna kadar|до конца|до кінця|до края)(?= |$)/gu;

/** A reason that stands beside a request without a comma: "no more mails please not for me". */
const NOT_FOR_ME =
  / ?(?:^| )(?:(?:it s|its|it is|this is|this isn t|this aint|that s|sorry) )?(?:just )?(?:not (?:really )?(?:for me|my thing)|(?:das |es )?(?:is |ist )?(?:einfach )?(?:nix|nichts) fur mich|(?:c est |c )?pas (?:pour moi|mon truc)|no es (?:para mi|lo mio)|non (?:fa|e) per me|nao e (?:para|pra) mim|(?:is )?(?:niks|niets) voor mij|(?:ar )?inget for mig|(?:er )?ikke noget for mig|(?:er )?ikke noe for meg|(?:to )?nie (?:jest )?dla mnie|(?:neni )?(?:to )?(?:nic )?pro me|nem nekem valo|nu e pentru mine|δεν ειναι για μενα|bana gore degil|(?:это )?не для меня|(?:це )?не для мене)(?= |$)/gu;

/** Of a sentence that tells of speech, of work or of a condition no word is left unread. */
const isGuessed = (words: CompiledLeaving, sentence: Sentence): boolean =>
  isGuessedInAny(sentence) || words.maybe.test(sentence.text);
const isGuessedInAny: (sentence: Sentence) => boolean = oncePerSentence(
  ({ text }) => SPEECH.test(text) || WORK.test(text) || PAUSE.test(text) || CONDITION.test(text),
);
/** What is ended or left may be a pause. */
const PAUSE =
  /(?:^| )(?:pau[sz]\S*|breaks?|holidays?|vacations?|ferien|urlaub|vacances|vacaciones|vacanz\S*|ferias|vakanti\S*|semester\S*|ferie\S*|tau[ok]\S*|przerw\S*|prestav\S*|szunet\S*|ara|tatil\S*|пауз\S*|перерыв\S*|перерв\S*|διακοπες|διαλειμμα\S*|почивк\S*|ваканци\S*|jeda|istirahat|libur\S*|cuti|tam dung|nghi|توقف مؤقت|استراحه|הפסקה|विराम|छुट्टी)(?= |$)/u;
const CONDITION =
  /(?:^| )(?:if|unless|when|once|before|after|until|while|wenn|falls|sobald|bevor|nachdem|quand|lorsque|avant|apres|cuando|antes|despues|quando|prima|dopo|depois|als|wanneer|voordat|nadat|om|nar|innan|hvis|efter|jos|kun|ennen|jesli|kiedy|gdy|pokud|kdyz|ked|ak|ha|mikor|amikor|daca|cand|eger|если|когда|якщо|коли|αν|οταν|ако|когато|преди|след|jika|kalau|bila|ketika|sebelum|setelah|neu|khi|truoc|اذا|عندما|אם|כאשר|अगर|जब|agar|jab)(?= |$)/u;

const isClearRequest = (words: CompiledLeaving, sentence: Sentence): boolean =>
  isAsked(words, form(words, { text: withoutWork(sentence) })) &&
  !isWeighed(words, sentence) &&
  !isStory(words, sentence);

/** What stands behind a request is its reason, and may tell of anything but of somebody who said it. */
const REASON =
  / , | (?:because|since|denn|weil|da|car|parce qu\S*|puisqu\S*|porque|pues|perche|siccome|want|omdat|eftersom|fordi|koska|bo|poniewaz|protoze|pretoze|mert|mivel|pentru ca|потому что|так как|поскольку|бо|тому що|cunku|γιατι|επειδη|διοτι) /u;
const SPEECH =
  /(?:^| )(?:said|says|say|saying|told|tells|asked|asks|wrote|writes|replied|shouted|yelled|thought|was|were|is what|that s what|quote|sagt\S*|fragt\S*|rief|meint\S*|schrieb|schreib\S*|dacht\S*|so mein\S*|dit|disait|demand\S*|repond\S*|ecri\S*|dijo|dice|pidi\S*|pide|decia|contest\S*|escrib\S*|disse|diz|ha detto|diceva|chiese|scrisse|scriv\S*|pediu|respondeu|escreveu|zei|zegt|vroeg|schreef|riep|sa(?! (?:ni|du|dere|i|att|at|jag|jeg|vi)(?: |$))|sade|fragade|sager|skrev|sagde|spurgte|siger|spurte|sier|sanoi|kysyi|kirjoitti|powiedzial\S*|mowi\S*|zapytal\S*|napisal\S*|rekl\S*|rika\S*|napsal\S*|povedal\S*|vravi\S*|mondta|mondja|kerdezte|irta|spus|zis|spune|zice|intrebat|scris|dedi|diyor|diye|yazdi|сказал\S*|говор\S*|спросил\S*|написал\S*|пишет|сказав|каже|запитав|написав|пише|ειπε|λεει|ρωτησε|εγραψε|казва\S*|каза|казах|попита\S*|помоли\S*|написа|писа|kata|katanya|bilang|berkata|menjawab|bertanya|noi|hoi|bao rang|(?:hat|haben) (?:er|sie|man|mein\S* \S+|der \S+|die \S+) (?:gesagt|gemeint|gefragt|geschrieben|gerufen)|(?:heeft|heb) (?:hij|ze|zij|mijn \S+) (?:gezegd|gevraagd|geschreven)|har (?:han|hon|hun) (?:sagt|fragat|spurgt|spurt|skrivit|skrevet))(?= |$)/u;
/** Who wrote it to us before writes it again: "I already asked you last week: send me nothing more". */
const OWN_WORD =
  /(?:^| )(?:already|twice|times|before|you|schon|bereits|mehrfach|mehrmals|euch|ihnen|deja|vous|ya|veces|les|os|gia|volte|vi|ve|ja|vezes|vos|lhes|al|eerder|keer|jullie|u|redan|er|tidigare|allerede|jer|dere|jo|aiemmin|teille|juz|wam|raz|razy|uz|vam|krat|mar|onoknek|nektek|v|ori|ηδη|σας|zaten|size|kez|уже|вам|раз|вже)(?= |$)/u;
const isOthersSpeech = (text: string): boolean =>
  SPEECH.test(text) && !(AS_I_SAID.test(text) && OWN_WORD.test(text));
/** "She said: I quit." Who writes "I said: take me off" asks again. */
function isSpoken({ raw }: Sentence): boolean {
  const speaker = /^([^:：]{2,60})[:：]\s*\S/u.exec(raw)?.[1];
  if (speaker === undefined) return false;
  const { text } = readLine(speaker);
  return SPEECH.test(text) && !AS_I_SAID.test(text);
}
const AS_I_SAID =
  /(?:^| )(?:i|we|ich|wir|je|j|nous|yo|nosotros|io|noi|eu|nos|ik|wij|jag|vi|jeg|mina|as|wie|comme|como|come|zoals|som|kuten|jak|ako|ahogy|cum|как|як|οπως|ben|я)(?= |$)/u;

function isClearAtFirst(words: CompiledLeaving, sentence: Sentence): boolean {
  const [first = "", ...behind] = sentence.text.split(REASON);
  if (behind.length === 0 || words.isDense || SPEECH.test(behind.join(" , ")) || isBent(behind)) return false;
  const request = { ...readLine(first), isQuestion: false };
  return isAsked(words, request.text) && !endsByItself(request) && isClearRequest(words, request);
}

/** "If it goes on", "not yet", "but only after the next lesson": what follows takes back, or puts off. */
const isBent = (behind: readonly string[]): boolean =>
  behind.some((clause) => BENT.test(clause) || hasEnd(clause));
const BENT =
  /^(?:(?:but|aber|mais|pero|ma|mas|maar|men|mutta|ale|de|dar|но|але|ama|αλλα) )?(?:if|unless|when|once|after|not|only|just kidding|or|wenn|falls|sobald|nicht|nur|oder|si|quand|pas|ou|seulement|cuando|no(?! (?:tengo|tenemos|me (?:interesa|sirve|da tiempo)|estoy|soy|es para|voy))|solo|o|se|quando|non(?! (?:ho|abbiamo|mi (?:interessa|serve)|sono|fa per|e per))|nao(?! (?:tenho|temos|me interessa|estou|sou|e para))|als|niet|alleen|of|om|nar|inte|bara|eller|hvis|ikke|kun|bare|jos|ei|vain|vai|jesli|nie|tylko|albo|pokud|az|ne|jen|nebo|ak|len|alebo|ha|nem|csak|vagy|daca|nu|doar|sau|eger|если|не|только|или|якщо|тільки|або|αν|δεν|μονο|η)(?= |$)/u;

/** "Delete therefore my address": the word says that something was said before. */
const SO =
  / (?:, )?(?:therefore|so|deshalb|darum|daher|deswegen|also|donc|alors|du coup|por eso|por lo tanto|por isso|portanto|quindi|percio|dus|daarom|darfor|därför|derfor|siis|siksi|wiec|dlatego|zatem|proto|tedy|preto|teda|ezert|tehat|deci|asadar|поэтому|следовательно|тому|отже|bu yuzden|bu nedenle|οποτε|λοιπον)(?: ,)?(?= |$)/gu;

const isAsked = (words: CompiledLeaving, text: string): boolean =>
  words.asks.test(text) ||
  (!words.isDense && (words.asks.test(withoutSo(text)) || words.asks.test(withPlainWish(text))));
const withoutSo: (text: string) => string = oncePerText((text) => text.replace(SO, ""));

/** What is left, cancelled or wanted no more at work, in any language. */
const WORK =
  /(?:^| )(?:meetings?|projects?|departments?|slides?|besprechung\p{L}*|sitzung\p{L}*|projekt\p{L}*|abteilung\p{L}*|reunion\p{L}*|projets?|proyectos?|reunia\p{L}*|reunio\p{L}*|projetos?|departament\p{L}*|riunion\p{L}*|progett\p{L}*|vergadering\p{L}*|overleg\p{L}*|mote[rtn]?\p{L}*|moder\p{L}*|prosjekt\p{L}*|kokou\p{L}*|projekti\p{L}*|spotka\p{L}*|zebran\p{L}*|porad\p{L}*|schuzk\p{L}*|megbeszel\p{L}*|ertekezlet\p{L}*|sedint\p{L}*|proiect\p{L}*|toplanti\p{L}*|proje\p{L}*|встреч\p{L}*|совещан\p{L}*|проект\p{L}*|зустріч\p{L}*|нарад\p{L}*|συναντησ\p{L}*|συσκεψ\p{L}*|decide|decidir|decidere|decider|entscheiden|beslissen|bestamma|beslutte|paatta\p{L}*|decydowac|rozhodovat|donteni|решать|вирішувати)(?= |$)|会议|會議|会議|회의/u;
const OURS =
  /(?:^| )(?:\p{L}*(?:mail|news ?letter|list|kurs|cours|lektion|lesson|lecon|leccion|lezion|licao|licoes|abo\b|subscri|abmeld|austrag|verteiler|desinscri|desabon|suscri|disiscri|descadastr|inscri|uitschrij|afmeld|nieuwsbrief|prenumer|nyhetsbrev|nyhedsbrev|tilau|uutiskirje|wypis|odhlas|odber|leirat|hirlevel|dezabon|abonel|bulten|рассыл|розсил|отпис|відпис|курс|εγγραφ)\p{L}*|baja|correos?)(?= |$)|退订|退訂|订阅|邮件|配信|購読|구독|메일/u;

/** Without the clauses that speak of work and of nothing that we send. */
const withoutWork: (sentence: Sentence) => string = oncePerSentence(({ text }) =>
  WORK.test(text)
    ? text
        .split(" , ")
        .filter((clause) => !WORK.test(clause) || OURS.test(clause))
        .join(" , ")
    : text,
);

/** Languages that share their letters: what one of them hears is asked once for all of them. */
interface NeighbourSentences {
  /** Of one that hears a request, and that it is only weighed. */
  weighs: (sentence: Sentence) => boolean;
  /** Of one that hears what makes a story of it. */
  tells: (sentence: Sentence) => boolean;
}

const neighbours = new Map<string, NeighbourSentences>();
function findNeighbours({ script: { source } }: CompiledLeaving): NeighbourSentences {
  const known = neighbours.get(source);
  if (known) return known;
  const all = languages().filter(({ script }) => script.source === source);
  const weighs = oncePerSentence((sentence: Sentence) =>
    all.some((other) => {
      const text = withPlainWish(form(other, sentence));
      return other.maybe.test(text) && other.asks.test(text);
    }),
  );
  const tells = oncePerSentence((sentence: Sentence) =>
    all.some((other) => other.never.test(form(other, sentence))),
  );
  neighbours.set(source, { weighs, tells });
  return { weighs, tells };
}

const isWeighed = (words: CompiledLeaving, sentence: Sentence): boolean =>
  findNeighbours(words).weighs(sentence);

/** What we might do one day, and must not: "if you ever cancel this course", "don't you dare". */
const OF_US =
  /^(?:if you (?:ever|should ever|dare)|wenn (?:du|ihr|sie) (?:\S+ ){0,3}?(?:jemals|je)|falls (?:du|ihr|sie) (?:\S+ ){0,3}?jemals|si jamais vous|si jamais tu|si (?:algun dia|alguna vez)|se (?:mai|un giorno|um dia|alguma vez|algum dia)|als (?:jullie|je|u) (?:\S+ ){0,2}?ooit|om (?:ni|du) (?:\S+ )?nagonsin|hvis (?:i|du|dere|de) (?:\S+ )?(?:nogensinde|noensinne|noen gang)|jesli (?:kiedys|kiedykolwiek)|jos (?:ikina|joskus|koskaan)|pokud (?:nekdy|jednou)|jestli (?:nekdy|jednou)|ak (?:niekedy|raz)|ha (?:valaha|egyszer)|daca (?:vreodata|candva)|если (?:вы |ты )?когда нибудь|якщо (?:ви |ти )?колись|(?:eger )?bir gun|αν ποτε)(?= |$)(?!.{0,20} (?:can|could|konn\S*|pouvez|peux|pourriez|podeis|pueden|puedes|possibile|potete|puoi|podem|kunnen|kan|kunt|mozecie|voitte|muzete|mozete|tud\S*|puteti|можете|μπορειτε) )|(?:^| )(?:don t|do not) you dare|^(?:wehe|wage es nicht|wagt es nicht|untersteht euch|n osez pas|ni se os ocurra|ni se te ocurra|guai a voi|guai se|waag het niet|vaga inte|vov pa ikke|nie wazcie sie|opovazte se|neopovazte sa|не вздумаите|не смеите)(?= |$)/u;

/** A phrase of one language may be found in another: what makes a story of it is looked for in all that share its letters. */
const isStory = (words: CompiledLeaving, sentence: Sentence): boolean =>
  isStoryInAny(sentence) || findNeighbours(words).tells(sentence);
const isStoryInAny: (sentence: Sentence) => boolean = oncePerSentence(
  (sentence) =>
    OF_US.test(sentence.text) ||
    asksToKeepOn(sentence.text, sentence.dense) ||
    missesMails(sentence) ||
    isOthersLeaving(sentence.text) ||
    isTold(sentence.text, sentence.dense) ||
    isToldDeed(sentence.text, sentence.dense) ||
    isSpoken(sentence),
);

/** "Unsubscribe?" is a question, unless it says please. */
const isUnasked = ({ isQuestion, isPolite }: Sentence): boolean => !isQuestion || isPolite;

const isAlone = (words: CompiledLeaving, sentence: Sentence): boolean =>
  isUnasked(sentence) &&
  (words.alone.test(words.isDense ? sentence.dense : sentence.bare) || isMistypedAlone(sentence));
const isMistypedAlone: (sentence: Sentence) => boolean = oncePerSentence(({ bare }) => isMistyped(bare));

const KEYWORDS = [
  "unsubscribe",
  "abmelden",
  "abmeldung",
  "abbestellen",
  "austragen",
  "desinscription",
  "desabonnement",
  "desabonner",
  "desinscrire",
  "desuscribirme",
  "cancellami",
  "disiscrizione",
  "descadastrar",
  "uitschrijven",
  "afmelden",
  "avregistrera",
  "avprenumerera",
  "afmelding",
  "avmelding",
  "leiratkozas",
  "dezabonare",
];
const UNMISTAKABLE = new Set([...KEYWORDS, "unsub", "unsubscribe me", "отписка", "отпишите", "відписка"]);
const LONGEST_MISTYPED = 3;

/** A keyword with a letter missing, doubled or swapped, and hardly anything beside it. */
function isMistyped(bare: string): boolean {
  const [word = "", ...others] = bare.split(" ");
  if (others.length > 1 || word.length < 7 || others.some((other) => other.length > LONGEST_MISTYPED))
    return false;
  return KEYWORDS.some(
    (keyword) => distance(word, keyword) <= (keyword.length > 9 ? 2 : 1) || isJumbled(word, keyword),
  );
}

/** The same letters in another order, and the same first two. */
const isJumbled = (word: string, keyword: string): boolean =>
  word.slice(0, 2) === keyword.slice(0, 2) && [...word].sort().join("") === [...keyword].sort().join("");

/** Letters to insert, leave out or change to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next[j] = Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[other.length] as number;
}

/** Nothing in the body takes back what the subject asks for. */
const isUnopposed = (words: CompiledLeaving, spoken: Sentence[]): boolean =>
  !spoken.some((one) => isStory(words, one));

/** Words that are a request only where nothing stands beside them but reasons for it. */
function shortRequests(words: CompiledLeaving, spoken: Sentence[], about: Sentence | undefined): Sentence[] {
  const asking = spoken.filter(
    (one) =>
      isUnasked(one) &&
      withoutOwnDeeds(one) === one.text &&
      clauses(words, one).some((clause) => words.short.test(clause)),
  );
  const inSubject =
    about &&
    isUnasked(about) &&
    spoken.length === 0 &&
    words.short.test(words.isDense ? about.dense : about.bare)
      ? [about]
      : [];
  if (asking.length === 0) return inSubject;
  const isPolite = asking.some((one) => one.isPolite) && isBrief(spoken) && isUnopposed(words, spoken);
  const isExplained =
    isPolite ||
    spoken.every(
      (one) =>
        !hasEnd(one.text) &&
        !isForATime(one.text) &&
        clauses(words, one).every(
          (clause) => clause === "" || words.short.test(clause) || words.because.test(clause),
        ),
    );
  return isExplained ? asking : [];
}

/** The parts of a sentence that may each be a request or its reason. */
function clauses(words: CompiledLeaving, sentence: Sentence): string[] {
  const whole = words.isDense ? sentence.dense : sentence.bare;
  if (words.short.test(whole)) return [whole];
  const parts = sentence.text.split(" , ").flatMap((part) => (words.and ? part.split(words.and) : [part]));
  const bare = parts.map((part) => readLine(part)).map(({ bare, dense }) => (words.isDense ? dense : bare));
  const isReason = words.because.test(whole) || words.because.test(form(words, sentence));
  return isReason && !bare.some((part) => words.short.test(part)) ? [whole] : bare;
}

/** A few words: someone who says please in them asks for something. */
const isBrief = (spoken: readonly Sentence[]): boolean =>
  spoken.reduce((count, { text }) => count + text.split(" ").length, 0) <= BRIEF_WORDS;
const BRIEF_WORDS = 30;

const isThought: (sentence: Sentence) => boolean = oncePerSentence(
  (sentence) => !WORK.test(sentence.text) && isThoughtOfStopping(sentence),
);

function isMention(words: CompiledLeaving, sentence: Sentence): boolean {
  const text = form(words, { text: withoutWork(sentence) });
  if (isStory(words, sentence) || hasEnd(sentence.text)) return false;
  return (
    words.mentions.test(text) ||
    readPlain(words, sentence) === "mentioned" ||
    (words.asks.test(text) &&
      (isGeneral(sentence) ||
        isWeighed(words, sentence) ||
        FOR_NOW.test(sentence.text) ||
        isForATime(sentence.text))) ||
    (sentence.isQuestion && words.alone.test(words.isDense ? sentence.dense : sentence.bare))
  );
}
