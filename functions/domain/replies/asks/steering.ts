import { Temporal } from "temporal-polyfill";
import type { Instant } from "../../time.ts";
import { type Commands, PLAIN, type PlainCommand } from "../../words/command-phrases.ts";
import { dayMonthOrder, returnDate } from "../return-date.ts";
import { LEAVING } from "./leaving.ts";
import { missesMails } from "./nothing-comes.ts";
import { oncePerSentence } from "./once-per-text.ts";
import { compile } from "./pattern.ts";
import { isRateLimit } from "./rate-limit.ts";
import { openSearch, type Search } from "./search.ts";
import { isDated, readShortRequest, type ShortAsk } from "./short-request.ts";
import { MORE_NUMBERS } from "./steering-bags.ts";
import { AGREES, isTooFast, isTooSlow, MAY_IT_BE, ONLY_THEN, WANTED } from "./steering-rates.ts";
import { STEERING as STEERING_FIRST } from "./steering-words.ts";
import { STEERING_MORE } from "./steering-words-more.ts";
import { STEERING_SOUTH } from "./steering-words-south.ts";
import { STEERING_SOUTH_EAST } from "./steering-words-south-east.ts";
import { readLine, type Sentence } from "./text.ts";

/** What a reader asks of the course. A pause has a length, a last day, or no end. */
type Steer = { name: "pause"; weeks?: number; until?: string } | { name: PlainCommand };

export interface Steering {
  asks: Steer[];
  /** The sentences that ask. */
  sentences: Sentence[];
  /** It speaks of steering, and what is wanted is not certain, or nothing that a reply can do. */
  isNearly: boolean;
}

/** When a mail came, and where its reader's clock stands. */
export interface Received {
  receivedAt: Instant;
  zone: string;
}

const STEERING = { ...STEERING_FIRST, ...STEERING_MORE, ...STEERING_SOUTH, ...STEERING_SOUTH_EAST };

const NAMES = ["pause", ...PLAIN] as const;
type Name = (typeof NAMES)[number];

interface CompiledSteering {
  language: string;
  isDense: boolean;
  script: RegExp;
  asks: Record<Name, Search>;
  /** Any of `asks`: most sentences ask for nothing, and one look tells. */
  asksAny: Search;
  alone: Record<Name, Search>;
  aloneAny: Search;
  nearly: Search;
  vague: Search;
  until: Search;
  length: RegExp;
  numbers: RegExp[];
  units: { unit: RegExp; days: number }[];
  never: Search;
  maybe: Search;
  /** Undefined where no word stands between the parts of a sentence. */
  and: RegExp | undefined;
}

const SCRIPTS: Partial<Record<string, RegExp>> = {
  ru: /\p{sc=Cyrillic}/u,
  uk: /\p{sc=Cyrillic}/u,
  bg: /\p{sc=Cyrillic}/u,
  el: /\p{sc=Greek}/u,
  ja: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u,
  zh: /\p{sc=Han}/u,
  ko: /\p{sc=Hangul}/u,
  ar: /\p{sc=Arabic}/u,
  he: /\p{sc=Hebrew}/u,
  hi: /\p{sc=Devanagari}/u,
};
const LATIN = /\p{sc=Latin}/u;

let compiled: CompiledSteering[] | undefined;
function languages(): CompiledSteering[] {
  compiled ??= Object.entries(STEERING).map(([language, words]) => {
    const { me, ours, end, never, maybe, and } = LEAVING[language as keyof typeof STEERING];
    const names = { ours, me, end };
    const search = (phrases: readonly string[]) => openSearch(phrases, names);
    const wanted: Partial<Record<Name, string[]>> = WANTED[language] ?? {};
    const phrases = (name: Name) => [...words[name], ...(wanted[name] ?? [])];
    const more = MORE_NUMBERS[language];
    const numbers = words.numbers.map((forms, at) => [forms, more?.numbers[at]].filter(Boolean).join("|"));
    const units = { ...words.units, ...more?.units };
    const number = numbers.join("|");
    const unit = Object.keys(units).join("|");
    return {
      language,
      isDense: language === "ja" || language === "zh",
      script: SCRIPTS[language] ?? LATIN,
      asks: each((name) => search(phrases(name))),
      asksAny: search(NAMES.flatMap(phrases)),
      aloneAny: openSearch(
        NAMES.map((name) => words.alone[name]),
        names,
        "whole",
      ),
      alone: each((name) => openSearch([words.alone[name]], names, "whole")),
      nearly: search(words.nearly),
      vague: search([words.vague]),
      until: search([words.until]),
      length: compile([`(${number}|[0-9]{1,2}) ?(${unit})`], names, "search"),
      numbers: numbers.map((forms) => new RegExp(`^(?:${forms})$`, "u")),
      units: Object.entries(units).map(([form, days]) => ({
        unit: new RegExp(`^(?:${form})$`, "u"),
        days,
      })),
      never: search(never),
      maybe: search(maybe),
      and: and === "" ? undefined : new RegExp(` (?:${and}) `, "u"),
    };
  });
  return compiled;
}
const each = (make: (name: Name) => Search): Record<Name, Search> =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<Name, Search>;

/** Longer mails are not read for what was nearly asked. */
const MOST_NEARLY_WORDS = 45;
const LONGEST_PAUSE_WEEKS = 52;

/**
 * What these sentences ask of the course, in the order in which it stands there.
 * @param own how the owner lets commands be written
 */
export function readSteering(
  sentences: readonly Sentence[],
  subject: string | undefined,
  own: Commands,
  received: Received,
): Steering {
  const about = subject === undefined ? undefined : readLine(subject);
  const spoken = sentences.filter(({ isFrame }) => !isFrame);
  const read = spoken.length === 0 && about ? [about] : spoken;
  const found = read.map((sentence) => ({ sentence, asks: requests(sentence, own) }));
  const clear = found.filter(({ sentence, asks }) => asks.length > 0 && isMeant(sentence, found, own));
  const asks = mergeSteers(
    clear.flatMap(({ sentence, asks: names }) => names.map((name) => ({ name, sentence }))),
    read,
    received,
  );
  if (asks !== undefined && asks.length > 0 && isUndecided(read))
    return { asks: [], sentences: [], isNearly: true };
  if (asks === undefined || asks.length === 0)
    return { asks: [], sentences: [], isNearly: asks === undefined || isNearly(read, clear.length > 0) };
  const said = clear.map(({ sentence }) => sentence);
  return {
    asks,
    sentences: [...said, ...read.filter((one) => isLength(one) && !said.includes(one))],
    isNearly: false,
  };
}

/** "Pause? Or maybe just slower?" In a long mail such words belong to something else. */
const isUndecided = (read: readonly Sentence[]): boolean =>
  countWords(read) <= MOST_NEARLY_WORDS && read.some(({ text }) => UNDECIDED.test(text));
const UNDECIDED =
  /(?:^| )(?:oder so|or so|or maybe|or perhaps|or just|whichever|what do you think|what would you|(?:till?|until) whenever|oder vielleicht|oder doch|was meinen sie|was meinst du|ou peut etre|ou plutot|o quizas?|o tal vez|o magari|o forse|ou talvez|of misschien|eller kanske|eller maske|eller kanskje|albo moze|или может)(?= |$)/u;
const countWords = (read: readonly Sentence[]): number =>
  read.reduce((sum, { text }) => sum + text.split(" ").length, 0);

/** True for a line that is a request by itself. */
export const isSteeringLine = (line: string): boolean => bareRequest(readLine(line)).length > 0;

const form = ({ isDense }: { isDense: boolean }, { text }: Sentence): string =>
  isDense ? text.replaceAll(" ", "") : text;

interface Found {
  sentence: Sentence;
  asks: Name[];
}

/** A word alone is a request beside nothing but requests and courtesies, or if it says please. */
function isMeant(sentence: Sentence, all: Found[], own: Commands): boolean {
  const isWordAlone =
    inSentence(sentence).length === 0 &&
    (bareRequest(sentence).length > 0 || ownRequest(sentence, own).length > 0);
  const isFirst = sentence.isParagraph && sentence === all[0]?.sentence;
  const isApart = hasLength(sentence) || BY_THE_WAY.test(all[1]?.sentence.raw ?? "");
  if (!isWordAlone || sentence.isPolite || (isFirst && isApart)) return true;
  return all.every((one) => one.asks.length > 0 || isLength(one.sentence));
}

/** What begins so has nothing to do with what stands above it. */
const BY_THE_WAY =
  /^\s*(?:by the way|btw|p\.? ?s\b|one more thing|also[,:]|unrelated|übrigens|nebenbei|ach ja|außerdem|ps\b|au fait|par ailleurs|por cierto|a propósito|a proposito|tra l['’]altro|trouwens|förresten|for øvrigt|forresten|muuten|nawiasem|przy okazji|mimochodem|mimochodom|egyébként|apropo|bu arada|кстати|до речі|παρεμπιπτόντως)/iu;

/** "Take me off hold": the word names what ends. */
const ENDS_PAUSE =
  /(?:^| )(?:end|off|lift|stop|cancel|finish|over|remove) (?:of )?(?:(?:the|my|this) )?(?:pause|break|hold)(?= |$)|pause (?:\S+ ){0,3}(?:beend\p{L}*|aufheb\p{L}*|vorbei|zu ende)/u;

const requests = (sentence: Sentence, own: Commands): Name[] => {
  const found = allRequests(sentence, own);
  return ENDS_PAUSE.test(sentence.text) ? found.filter((name) => name !== "pause") : found;
};

const allRequests = (sentence: Sentence, own: Commands): Name[] => {
  const whole = [...ownRequest(sentence, own), ...bareRequest(sentence)];
  return whole.length > 0 ? whole.slice(0, 1) : unique([...inSentence(sentence), ...inParts(sentence, own)]);
};

/** "Journal and help, please", "resume, and slower than before". */
function inParts(sentence: Sentence, own: Commands): Name[] {
  if (!sentence.isPolite && inSentence(sentence).length === 0 && !isAllRequests(sentence, own)) return [];
  if (isStory(sentence) || CONDITION.test(sentence.text)) return [];
  return sentence.text
    .split(
      / , | and | und | et | y | e | en | och | og | ja | i | a | ve | и | та | but | aber | mais | maar | then | dann /u,
    )
    .flatMap((part) => {
      const piece = readLine(
        part.replace(
          /^(?:(?:and|und|et|y|e|en|och|og|ja|i|a|ve|и|та|but|aber|mais|maar|then|dann|also|auch|noch|vorher|davor|danach|first|before that|after that|afterwards|puis|ensuite|luego|poi|depois|daarna|sen|sitten) )+/u,
          "",
        ),
      );
      return [...ownRequest(piece, own), ...bareRequest(piece)].slice(0, 1);
    });
}

/** "If you hear nothing from me, pause": nobody can tell yet. */
const CONDITION =
  /^(?:if|unless|falls|sofern|wenn|si|se|als|om|hvis|jos|jesli|pokud|если|якщо) (?!possible|moglich|es (?:geht|moglich)|you (?:can|could|don t mind)|vous|tu |possibile|possivel|mogelijk|mojligt|muligt|that s|it s)/u;

/** "I'm back, carry on": each part is a request by itself. */
function isAllRequests(sentence: Sentence, own: Commands): boolean {
  const parts = sentence.text.split(" , ").map((part) => readLine(part));
  return (
    parts.length > 1 && parts.every((part) => [...ownRequest(part, own), ...bareRequest(part)].length > 0)
  );
}

const unique = (names: Name[]): Name[] => [...new Set(names)];

function ownRequest({ bare, text }: Sentence, own: Commands): Name[] {
  const plain = NAMES.filter((name) => own[name].some((phrase) => phrase === bare || phrase === text));
  const isLong = own.pauseWeeks.some(
    (phrase) => isPhraseWithWeeks(text, phrase) || isPhraseWithWeeks(bare, phrase),
  );
  return isLong ? ["pause"] : plain;
}

function isPhraseWithWeeks(text: string, phrase: string): boolean {
  const [before = "", after = ""] = phrase.split("{weeks}");
  const count = text.slice(before.length, text.length - after.length);
  return /^[1-9]\d?$/.test(count) && text === before + count + after;
}

function bareRequest(sentence: Sentence): Name[] {
  if (sentence.text.length > LONGEST_BARE) return [];
  for (const words of languages()) {
    if (!words.script.test(sentence.text)) continue;
    const text = withoutLength(words, sentence);
    const found = words.aloneAny.test(text) ? NAMES.find((name) => words.alone[name].test(text)) : undefined;
    if (found) return [found];
  }
  return [];
}
const LONGEST_BARE = 80;

/** "Pause two weeks", "two weeks' pause": the rest is the word. */
function withoutLength(words: CompiledSteering, { bare, dense }: Sentence): string {
  const text = words.isDense ? dense : bare;
  return text
    .replace(words.length, " ")
    .replace(/ (?:for|fur|pour|por|per|voor|i|na|for|von|lang|durante|pendant|de|di) *$/u, "")
    .replace(/^ *(?:for|fur|pour) /u, "")
    .replace(/ +/g, " ")
    .trim();
}

function inSentence(sentence: Sentence): Name[] {
  if (missesMails(sentence)) return [];
  const found = languages().flatMap((words) => {
    const text = form(words, sentence);
    const bare = words.isDense ? sentence.dense : sentence.bare;
    if (
      !words.script.test(text) ||
      !(words.asksAny.test(text) || (bare !== text && words.asksAny.test(bare)))
    )
      return [];
    return NAMES.filter(
      (name) => (words.asks[name].test(text) || words.asks[name].test(bare)) && isWish(words, sentence, name),
    );
  });
  const names =
    found.length === 0 || isStory(sentence) ? rateLimit(sentence) : withCorrectRate(unique(found), sentence);
  return names.length > 0 ? names : shortRequests(sentence);
}

/** A short sentence of nothing but the words that such requests are made of, or clauses that are so. */
function shortRequests(sentence: Sentence): Name[] {
  if (isStory(sentence) || CONDITION.test(sentence.text)) return [];
  const asked = listShort(sentence).filter(
    (name): name is Exclude<ShortAsk, "sometime"> =>
      name !== "sometime" && !(name === "resume" && THEN_ON.test(sentence.text)),
  );
  return unique(asked);
}

/** Of the whole sentence, or of its clauses. */
function listShort(sentence: Sentence): ShortAsk[] {
  const whole = shortRequest(sentence, (words) => [sentence.text].filter((text) => words.script.test(text)));
  return whole.length > 0 ? whole : shortRequest(sentence, clausesOf);
}

const clausesOf = ({ and }: CompiledSteering, text: string): string[] =>
  text.split(" , ").flatMap((part) => (and ? part.split(and) : [part]));

function shortRequest(
  sentence: Sentence,
  split: (words: CompiledSteering, text: string) => string[],
): ShortAsk[] {
  const { text } = sentence;
  for (const words of languages()) {
    if (words.isDense || !words.script.test(text) || isOnlyWeighed(words, sentence)) continue;
    const asked = split(words, text).flatMap(
      (clause) =>
        readShortRequest(words.language, clause.trim(), {
          isAsking: sentence.isPolite || sentence.isQuestion,
          length: words.length,
        }) ?? [],
    );
    if (asked.length > 0) return asked;
  }
  return [];
}

const isOnlyWeighed = ({ maybe }: CompiledSteering, { text }: Sentence): boolean =>
  maybe.test(text.replace(IF_YOU_PLEASE, " ")) && !ASKS_FOR.test(text);

/** "No more than one lesson in two weeks" asks for it in any words. */
const rateLimit = ({ text }: Sentence): Name[] => (isRateLimit(text) ? ["slower"] : []);

/** "One a week is too slow" names the rate that is not wanted; "send again only then" is the end of a pause. */
function withCorrectRate(found: Name[], { text }: Sentence): Name[] {
  const isRate = found.some((name) => name === "slower" || name === "faster");
  if (isRate && isTooSlow(text)) return ["faster"];
  if (isRate && isTooFast(text)) return ["slower"];
  return ONLY_THEN.test(text) && found.includes("resume") ? ["pause"] : found;
}

const WISH =
  /(?:^| )(?:szeretnek|kernek|kerek|vreau|as vrea|as dori|chcem|chcel|chcela|prosim|θελω|θα ηθελα|χρειαζομαι|μπορειτε|ready for|i d love|i would love|i d be|i would be|we d be|grateful|appreciate|hatte (?:\S+ ){0,3}gern\p{L}?|ma gerne|mogen weer|mag weer|can you|could you|can we|could we|can i|could i|may i|would you|will you|would it be possible|would like|i d like|want|need|wish|let s|let us|mochte|mocht|will|brauche|bitte|hatte gern|hatte gerne|gern|gerne|kann ich|konnte ich|konnen sie|konnt ihr|kannst du|konntest du|konnten sie|konntet ihr|wurde gern|ware|voudrais|aimerais|souhaite|pourriez|pouvez|peux tu|puis je|quiero|quisiera|querria|puedo|puede[ns]?|podeis|podria[ns]?|necesito|vorrei|voglio|posso|potrei|potremmo|potete|potreste|puoi|puo|quero|queria|gostaria|pode[ms]?|poderia[m]?|posso|poderiamos|wil|wilt|kan|kunt|kun je|zou|mag ik|kunnen|vill|kan|skulle|vil|kunne|ma jeg|far jeg|haluaisin|haluan|voisitte?ko|voisitko|voisinko|voitteko|saisinko|saanko|chce|chcialbym|chcialabym|moge|mozecie|moglibyscie|czy|poprosze|chci|chtel|chtela|mohl|mohli|muzete|misiniz|misin|musunuz|istiyorum|rica|ederim|хочу|хотел|хотела|можно|можете|могли|прошу|хотів|хотіла|можете|dajcie|daite|skicka|send|schick\p{L}*|envoye[rz]?|envoie|manda\p{L}*|envia\p{L}*|stuur|wysl\p{L}*|posl\p{L}*|пришли\p{L}*|надішл\p{L}*|laheta\p{L}*|gonder\p{L}*|اريد|اود|ارغب|احتاج|ارجو|ممكن|هل يمكن\S*|ابعث\S*|ارسل\S*|اوقف\S*|علقوا?|استانف\S*|تابعوا?|واصلوا?|اجلوا?|אפשר|רוצה|אשמח|צריך|צריכה|מבקש|מבקשת|אבקש|תוכלו|תשהו|השהו|תעצרו|עצרו|תקפיאו|הקפיאו|שלחו|תשלחו|תמשיכו|המשיכו|תאטו|תאיצו|תדחו|חזרתי|चाहिए|चाहता|चाहती|दें|दीजिए|भेजें|भेजिए|भेजो|करें|कीजिए|करो|रखें|सकते|싶어요?|싶습니다|싶은데요?)(?= |$)/u;
const IMPERATIVE =
  /^(?:(?:\d+|i m back|you can|you may|go ahead|feel free|after that|afterwards|later|first|second|finally|danach|anschliessend|zuerst|vorher|puis|ensuite|despues|luego|poi|dopo|depois|daarna|darefter|trotzdem|and|und|et|y|e|en|och|og|so|then|now|also|just|dann|also|one thing|but|aber) ?,? ?)*(?:pause|put|hold|suspend|freeze|stop|halt|no|skip|don t|do not|resume|continue|restart|unpause|reactivate|end|take|start|pick|send|give|get|next|slow|slower|speed|go|make|faster|mail|email|show|reduce|increase|fewer|less|more|which|what|how|list|keep|until|bis|pause|pausier\p{L}*|halt\p{L}*|setz\p{L}*|leg\p{L}*|keine|nichts|kurs|die pause|auf eis|ab sofort|wieder|schick\p{L}*|nachste|tempo|drossel\p{L}*|erhoh\p{L}*|welche|wie|mein\p{L}*|alles|anleitung)(?= |$)/u;

/** A request is polite, a wish or a demand, and none that is only weighed. */
function isWish(words: CompiledSteering, sentence: Sentence, name: Name): boolean {
  if (words.isDense) return name === "help" || sentence.isPolite || IMPERATIVE_DENSE.test(sentence.dense);
  if (name === "help") return true;
  const said = sentence.text.replace(IF_YOU_PLEASE, " ");
  const mayItBe = sentence.isQuestion && MAY_IT_BE.test(sentence.text);
  if (words.maybe.test(said) && !ASKS_FOR.test(sentence.text) && !mayItBe) return false;
  return (
    sentence.isPolite ||
    mayItBe ||
    WISH.test(sentence.text) ||
    (sentence.isQuestion && ASKS_FOR.test(sentence.text)) ||
    AGREES.test(sentence.text) ||
    IMPERATIVE.test(sentence.text) ||
    IMPERATIVES_ELSEWHERE.test(sentence.text)
  );
}
/** Courtesies that begin as a condition does. */
const IF_YOU_PLEASE =
  /(?:^| , | )(?:if (?:that s|that is|it s|it is|that works|possible|you can|you could|you don t mind|i may)(?: (?:ok|okay|alright|all right|possible|fine|ok with you|fine with you))?|(?:grateful|glad|happy|thankful|great|good|nice|kind|lovely|appreciate it|thankful) if|wenn (?:es geht|moglich|das geht|es moglich ist|das ok ist)|falls moglich|si possible|si c est possible|si es posible|se possibile|se possivel|als het kan|indien mogelijk|om (?:det ar )?mojligt|hvis (?:det er )?mulig[t]?)(?= |$)/u;
const IMPERATIVE_DENSE =
  /^(?:请|請|暂停|恢复|继续|下一|发|把|从|在|我想|我要|能|可以|我需要)|(?:たい|ほしい|希望|送って)/u;
const ASKS_FOR =
  /^(?!how|what|when|where|wie|wann|was|wo)(?:.* )?(?:can|could|would|may|might) (?:you|i|we|they|these|it)(?= )|(?:될까요|되나요|있을까요|있나요|주실래요|주시겠어요|주실 수)|(?:^| )(?:darf|durfen|durfte|mag|mogen) (?:ich|wir|ik|we)(?= )|\S+[ae]bilir (?:misiniz|miyim|miyiz|misin)(?= |$)|(?:^| )(?:konn\p{L}*|kann\p{L}*|konnt\p{L}*) (?:sie|ihr|du|ich|wir|mir)(?= )|would it be possible|^(?:puis je|pourriez vous|pouvez vous|peux tu|pourrais tu|puedo|podria\p{L}*|puede[ns]?|posso|potrei|potremmo|potete|potreste|puoi|kan ik|kunnen jullie|kunt u|kun je|kan jag|kan ni|kan du|kan jeg|kan i|kan dere|ma jeg|far jeg|saanko|voisitteko|voisitko|voimmeko|voinko|czy|moge|mozemy|muzete|muzeme|mohu|muzu|mozeme|mozem|pot|putem|puteti|можно|можем|можна|можемо|podemos|possiamo|kunnen we|kan vi|peut on|pouvons nous|est ce qu on peut|lehet|μπορω|μπορουμε)(?= )/u;
const IMPERATIVES_ELSEWHERE =
  /^(?:johet|kuld\S*|folytas\S*|szuneteltes\S*|kerem|trimite\S*|relua\S*|continua\S*|suspend\S*|opri\S*|posli|poslite|obnov\S*|pozastav\S*|pokracuj\S*|zrychl\S*|spomal\S*|στειλ\S*|συνεχισ\S*|σταματη\S*|ξεκινη\S*|μειωσ\S*|pause|pausez|pausad|pausa|pausar|mettez|mets|suspend\p{L}*|reprenez|reprends|envoyez|envoie|ralentissez|accelerez|reanud\p{L}*|envi\p{L}*|mand\p{L}*|riprend\p{L}*|sospend\p{L}*|invia\p{L}*|retom\p{L}*|paus\p{L}*|onderbreek|hervat\p{L}*|stuur|volgende|pauzeer|pausa|fortsatt|fortsaet|skicka|nasta|neste|send|mijn|keskeyt\p{L}*|jatka\p{L}*|laheta\p{L}*|seuraava|wstrzym\p{L}*|wznow\p{L}*|wysl\p{L}*|nastepna|pozastav\p{L}*|obnov\p{L}*|posl\p{L}*|dalsi|приостанов\p{L}*|возобнов\p{L}*|пришл\p{L}*|следующ\p{L}*|призупин\p{L}*|надішл\p{L}*|наступн\p{L}*|bir sonraki|sonraki|kursu|dersleri|proxim\p{L}*|siguiente|prochaine|suivante)(?= |$)/u;

const isStory: (sentence: Sentence) => boolean = oncePerSentence(
  (sentence) =>
    languages().some(
      (words) => words.script.test(sentence.text) && words.never.test(form(words, sentence)),
    ) || STORY.test(sentence.text),
);
const STORY =
  /(?:^| )(?:stop|hold|suspend) me (?:if|when|before|to|from)(?= )|(?:^| )(?:no need|no reason|not necessary|needn t|don t need) (?:to |for |you to )*(?:pause|stop|slow|speed|hurry|resume)(?= |$)|(?:^| )(?:don t|do not|never|please not) (?:send|go|make|speed|slow|give|let|put|change|mail|hurry)(?: \S+){0,3} (?:faster|slower|more often|less often|down|up|on hold|the pace|sooner|early|quicker)(?= |$)|(?:^| )(?:don t|do not) (?:pause|slow|speed|resume|suspend)(?= |$)|(?:^| )(?:slow|speed)(?:ing)? (?:down|up) (?:the|your|my|our|his|her|their) (?!course|lessons?|e ?mails?|mails?|pace|tempo|sending|series|program|programme|frequency|delivery|schedule|rhythm|newsletters?)|(?:^| )if i could (?:only )?(?:press )?(?:pause|stop|slow)(?= )|press pause on (?!the|these|my|this|it)|(?:^| )(?:not|nicht) (?:slow\p{L}*|langsamer|schneller|faster|pause|pausieren)(?= |$)|(?:^| )(?:my|our|his|her|their|the) (?:boss|manager|team|client|customer|colleague|assistant|rep|reps|deputy|wife|husband|daughter|son)(?= )|(?:^| )(?:they|he|she) (?:want|wants|need|needs|asked|said)(?= )/u;

// ---- Lengths and days ----

/** It tells how long: "pause 2 weeks". */
const hasLength = (sentence: Sentence): boolean =>
  languages().some((words) => words.length.test(words.isDense ? sentence.dense : sentence.text));

function isLength(sentence: Sentence): boolean {
  return languages().some((words) => {
    const text = words.isDense ? sentence.dense : sentence.bare;
    return words.length.test(text) && text.replace(words.length, "").replace(JUST, " ").trim().length <= 5;
  });
}

/** "Just the one week". */
const JUST =
  /(?:^| )(?:just|only|the|that|nur|bloss|die|diese|seulement|juste|les|la|solo|solamente|so|apenas|soltanto|alleen|slechts|bara|endast|kun|bare|vain|tylko|jen|pouze|csak|doar|sadece|только|лише|μονο)(?= |$)/gu;

function mergeSteers(
  found: { name: Name; sentence: Sentence }[],
  all: readonly Sentence[],
  received: Received,
): Steer[] | undefined {
  const isPause = ({ name }: { name: Name }) => name === "pause";
  const pausing = found.filter((one) => isPause(one) && THEN_ON.test(one.sentence.text));
  const meant = found.filter(
    ({ name, sentence }) => name !== "resume" || !pausing.some((one) => one.sentence === sentence),
  );
  const names = unique(meant.map(({ name }) => name));
  const steers: Steer[] = [];
  for (const name of names) {
    if (name !== "pause") steers.push({ name });
    else {
      const asked = found.filter((one) => one.name === "pause").map(({ sentence }) => sentence);
      const pause = readPause(asked, all, received);
      if (pause === undefined) return undefined;
      steers.push(pause);
    }
  }
  return steers;
}

/** "Pause for a month and then go on": what a pause's end brings by itself. */
const THEN_ON =
  /(?:^| )(?:then|afterwards|after that|dann|danach|anschliessend|ensuite|puis|apres|despues|luego|depois|dopo|poi|daarna|dan|sedan|derefter|deretter|etter det|sitten|sen jalkeen|potem|nastepnie|pak|potom|utana|azutan|apoi|dupa aceea|потом|затем|потім|sonra|μετα|επειτα)(?= |$)/u;

/** Undefined where an end is meant and not told. */
function readPause(asked: Sentence[], all: readonly Sentence[], received: Received): Steer | undefined {
  const text = asked.map(({ text: one }) => one).join(" , ");
  const raw = asked.map(({ raw: one }) => one).join("\n");
  if (UNCERTAIN.test(raw)) return undefined;
  const day = readEnd(raw, received) ?? readEnd(raw.replace(BEFORE, " until "), received);
  if (day !== undefined) return { name: "pause", until: day };
  const length =
    readLength(text) ??
    readLength(
      all
        .filter(isLength)
        .map(({ bare }) => bare)
        .join(" , "),
    );
  if (length !== undefined)
    return length % 7 === 0
      ? { name: "pause", weeks: Math.min(length / 7, LONGEST_PAUSE_WEEKS) }
      : { name: "pause", until: addDays(received, length) };
  if (NEXT_WEEK.test(text)) return { name: "pause", weeks: 1 };
  const back = all
    .map(({ raw: one }) => one)
    .filter((one) => BACK.test(one))
    .map((one) => readEnd(one, received))
    .find((one) => one !== undefined);
  if (back !== undefined) return { name: "pause", until: back };
  if (/(?<!\d)(?:0|\d{3,}) (?:weeks?|wochen?|days?|months?|tage|monate)/u.test(text)) return undefined;
  if (isDated(text)) return undefined;
  const isOpen = OPEN.test(text);
  const isVague = languages().some(
    (words) =>
      words.script.test(text) &&
      (words.vague.test(words.isDense ? text.replaceAll(" ", "") : text) || hasEnd(words, text)),
  );
  return isVague && !isOpen ? undefined : { name: "pause" };
}
/** "Skip next week's" is a week, where no length is named. */
const NEXT_WEEK =
  /(?:^| )(?:skip|miss|leave out|drop) (?:the |my )?(?:next|this|coming) week(?: s)?(?= |$)|(?:nachste|kommende|diese) woche (?:\S+ )?(?:aus|uberspring\p{L}*|auslassen|aussetzen)(?= |$)|(?:saute\p{L}*|passe\p{L}*) la semaine prochaine|(?:salta\p{L}*|sal?te\p{L}*|pula\p{L}*) (?:la proxima semana|a proxima semana|la settimana prossima|la prossima settimana)|(?:sla|slaat) volgende week over|(?:hoppa over|spring) (?:nasta vecka|naeste uge|neste uke)/u;
const BACK =
  /back|return|until|till|again|zurück|wieder|bis|retour|vuelvo|torno|volto|terug|tillbaka|tilbage|tilbake|takaisin|wracam|zpět|zpátky|döneceğim|верн/iu;
const OPEN =
  /(?:^| )(?:further notice|for now|vorlaufig|for the time being|for the moment|auf weiteres|fur s erste|furs erste|vorerst|nouvel ordre|nuevo aviso|nuovo ordine|novo aviso|nader order|vidare|videre|toistaiseksi|odwolania|odvolani|дальнеиш\p{L}*)(?= |$)|write when|melde mich/u;
/** "Nothing before 11 January" is until then. */
const BEFORE =
  /(?<=^|\s)(?:before|not before|avant(?: le)?|vor(?: dem)?|antes del?|prima del?(?: giorno)?|antes de|v[oó]{1,2}r|före(?: den)?|før(?: den)?|innan|inden|ennen|przed|před|pred|înainte de|до|перед|πριν(?: από| τις)?|(?:erst )?(?:wieder )?ab(?: dem)?|again (?:on|from)|from|starting(?: on)?|à partir du|a partir del?|dal|desde el|a partire dal|vanaf|från(?: den)?|fra(?: den)?|od|с|з)\s+(?=(?:the |den |le |el |il |o )?(?:\p{L}+ )?\d)/giu;
const UNCERTAIN =
  /(?:until|till?|through|by|before|from)\s+(?:the\s+)?(0?[1-9]|1[0-2])\/(?!\1\b)(?:0?[1-9]|1[0-2])(?:\/\d{2,4})?(?![\d/])|(?:paus\w*|pauz\w*)\b.{0,20}\b(?:from|starting|ab dem|ab|dès|a partir del?|desde|dal|vanaf|från|fra)\s+(?:the |dem |le |el |al )?\d{1,2}(?!.*(?:until|till|\bto\b|through|bis|jusqu|hasta|fino|\bal?\b|tot|\btil|for|für|weeks?|wochen?|[-–]))|\d\s?[-–/]\s?\d+ (?:weeks|wochen|semaines|semanas|settimane|weken|veckor|uger|uker|tygodni|týdn|недел)|(?:two|zwei|deux|dos|due|dois|twee|två|to|dwa|dva|две) ?(?:or|oder|ou|o|of|eller|lub|nebo|или|,) ?(?:three|drei|trois|tres|tre|três|drie|trzy|tři|три)|depends|kommt (?:drauf|darauf) an/iu;

const hasEnd = (words: CompiledSteering, text: string): boolean =>
  /(?:^| )(?:until|till|bis|jusqu|hasta|fino|ate|tot|tills|indtil|asti|saakka|kadar)(?= |$)/u.test(text) &&
  words.until.test(text);

/** Days of the first length in a text. */
function readLength(text: string): number | undefined {
  for (const words of languages()) {
    const isJoined = words.isDense || words.language === "ko";
    const match = words.length.exec(words.isDense ? text.replaceAll(" ", "") : text);
    if (!match) continue;
    const unit = words.units.find(
      (one) =>
        match[0]
          .trim()
          .split(" ")
          .some((part) => one.unit.test(part)) ||
        (isJoined && new RegExp(one.unit.source.slice(1), "u").test(match[0])),
    );
    const count = readNumber(words, match[0]);
    if (unit && count !== undefined) return count * unit.days;
  }
  return undefined;
}

function readNumber(words: CompiledSteering, length: string): number | undefined {
  const digits = /\d{1,2}/.exec(length)?.[0];
  if (digits !== undefined) return Number(digits) || undefined;
  const at = words.numbers.findIndex(
    (number) =>
      length
        .trim()
        .split(" ")
        .some(
          (_, place, all) =>
            number.test(all[place] as string) || number.test(all.slice(0, place + 1).join(" ")),
        ) ||
      ((words.isDense || words.language === "ko") &&
        new RegExp(number.source.slice(1, -1), "u").test(length)),
  );
  return at < 0 ? undefined : at + 1;
}

const addDays = ({ receivedAt, zone }: Received, days: number): string =>
  Temporal.Instant.fromEpochMilliseconds(receivedAt)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days })
    .toString();

const HOLD_DAYS = 27;
const DAY_MS = 86_400_000;
const MOST_STEPS = 14;

/** The day that a pause is to end on. The reader of absence notes looks four weeks ahead: it is asked again from there. */
function readEnd(raw: string, received: Received): string | undefined {
  return readDate(raw, received) ?? readDayOfMonth(raw, received);
}

/** "Until the 21st": the next one. */
function readDayOfMonth(raw: string, { receivedAt, zone }: Received): string | undefined {
  const day = Number(DAY_OF_MONTH.exec(raw)?.[1]);
  if (!(day >= 1 && day <= 31)) return undefined;
  const today = Temporal.Instant.fromEpochMilliseconds(receivedAt).toZonedDateTimeISO(zone).toPlainDate();
  return [0, 1, 2]
    .map((months) => today.with({ day: 1 }).add({ months }))
    .filter((month) => day <= month.daysInMonth)
    .map((month) => month.with({ day }))
    .find((date) => Temporal.PlainDate.compare(date, today) > 0)
    ?.toString();
}
const DAY_OF_MONTH =
  /(?:(?:until|till|til) the|bis zum|jusqu['’]au|hasta el|fino al|até (?:ao )?dia|tot de|till den|til den)\s+(\d{1,2})(?:st|nd|rd|th|e|:e|º)?\.?(?=\s*(?:$|[,;!?)\n]|please|bitte|svp))/iu;

function readDate(raw: string, { receivedAt, zone }: Received): string | undefined {
  const order = dayMonthOrder([], zone);
  for (let step = 0, from = receivedAt; step < MOST_STEPS; step++, from += HOLD_DAYS * DAY_MS) {
    const day = returnDate({ subject: "", text: raw, receivedAt: from, zone, order });
    if (day === undefined) return undefined;
    if (day !== addDays({ receivedAt: from, zone }, HOLD_DAYS)) return day;
  }
  return undefined;
}

function isNearly(spoken: readonly Sentence[], wasAsked: boolean): boolean {
  if (wasAsked || countWords(spoken) > MOST_NEARLY_WORDS) return false;
  return spoken.some(
    (sentence) =>
      !isStory(sentence) &&
      (listShort(sentence).includes("sometime") ||
        languages().some(
          (words) => words.script.test(sentence.text) && words.nearly.test(form(words, sentence)),
        )),
  );
}
