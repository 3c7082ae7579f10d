import { Temporal } from "temporal-polyfill";
import type { Instant } from "../time.ts";
import { MONTHS_BEFORE_DAY, MONTHS_BY_NAME, TOMORROW, WEEKDAYS_BY_NAME } from "./calendar-words.ts";

/** What a machine wrote for someone who is away. */
export interface AwayNote {
  subject: string;
  text: string;
  receivedAt: Instant;
  /** Of the reader: on whose calendar "today" is told. */
  zone: string;
  /** Which of "4/12" and "12/4" is the fourth of December, where something tells. */
  order: DayMonthOrder | undefined;
}
type DayMonthOrder = "day-first" | "month-first";

const LONGEST_NOTE = 4_000;
/** What holds more of them is a calendar, or an attack. */
const MOST_DATES = 40;
/** A date further away than this is more likely misread than meant. */
const FURTHEST_DAYS = 183;
/** With the day after it, four weeks. */
const LONGEST_HOLD_DAYS = 27;
/** How far a word may stand from the date that it is about. */
const REACH = 60;

/**
 * The day on which someone is back, or the last day on which they are away, as `2026-11-30`; the course waits until
 * the day after. Never in the past, never more than 27 days ahead: a later one is cut to that. Undefined where no
 * date is clearly the end of an absence: then the course goes on. Linear, never throws.
 */
export function returnDate(note: AwayNote): string | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(note.receivedAt)
    .toZonedDateTimeISO(note.zone)
    .toPlainDate();
  const text = foldCase(`${note.subject}\n\n${note.text}`.slice(0, LONGEST_NOTE));
  const order = isEnglish(text) ? note.order : "day-first";
  const dates = findDates(text);
  if (dates.length > MOST_DATES) return undefined;
  const found = dates.flatMap((written, place, all) => {
    const means = readMeaning(text, written, all[place - 1]?.end ?? 0, all[place + 1]?.start ?? text.length);
    const day = means && plausible(written, today, order);
    const isAhead = means === "until" && beginsLater(text, all[place - 1], written, today, order);
    return day && !isAhead ? [{ means, day: day.toString() }] : [];
  });
  const ends = (means: Meaning) => new Set(found.filter((one) => one.means === means).map(({ day }) => day));
  const [back, until] = [ends("back"), ends("until")];
  const [day, ...others] = back.size > 0 ? back : until;
  if (day === undefined || others.length > 0) return undefined;
  const latest = today.add({ days: LONGEST_HOLD_DAYS }).toString();
  return day < latest ? day : latest;
}

const US_ZONES =
  /^(?:US\/|America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Juneau|Indiana\/|Kentucky\/|North_Dakota\/)|Pacific\/Honolulu$)/;
const UNTELLING_ZONES =
  /^(?:UTC|Etc\/|GMT|America\/(?:Toronto|Vancouver|Winnipeg|Edmonton|Halifax|Regina|St_Johns))/;

/** What a mail's language fields, else the reader's zone, tell of the order in which they write a date in figures. */
export function dayMonthOrder(languages: readonly string[], zone: string): DayMonthOrder | undefined {
  const tag = languages.map((value) => /^[a-z]{2,3}(?:-[a-z]{2})?\b/i.exec(value.trim())?.[0].toLowerCase());
  const language = tag.find((found) => found !== undefined && found !== "en");
  if (language === "en-us") return "month-first";
  if (language !== undefined && language !== "en-ca") return "day-first";
  if (US_ZONES.test(zone)) return "month-first";
  return UNTELLING_ZONES.test(zone) ? undefined : "day-first";
}

/** One form of each character, lines joined as they were before they were broken, no abbreviation with a dot. */
const foldCase = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()
    .replace(/[\u200b-\u200f\u00ad]/g, "")
    .replace(/[’‘`´]/g, "'")
    .replace(/[–—−〜～~]/g, "-")
    .replace(/[^\S\n]+/g, " ")
    .replace(/(?<!\n ?) ?\n ?(?!\n)/g, " ")
    .replace(/\bt\.? ?o\.? ?m\.?(?= )/g, "till och med")
    .replace(/\b(?:einschl|inkl|incl)\./g, "inclusive");

const isEnglish = (text: string): boolean =>
  (text.match(/\b(?:the|office|back|until|return|away|will|am|i'm|out|please|email)\b/g) ?? []).length > 1;

/** An absence that is still to come: the date before, in the same sentence, lies ahead. */
function beginsLater(
  text: string,
  before: WrittenDate | undefined,
  written: WrittenDate,
  today: Temporal.PlainDate,
  order: DayMonthOrder | undefined,
): boolean {
  if (!before || firstSentence(text.slice(before.end, written.start)).length < written.start - before.end)
    return false;
  const begins = plausible(before, today, order);
  return begins !== undefined && Temporal.PlainDate.compare(begins, today.add({ days: 1 })) > 0;
}

// ---- Dates as they are written ----

interface WrittenDate {
  start: number;
  end: number;
  /** In figures with `/` or `-`, either may be the month. */
  isEitherWay: boolean;
  first?: number;
  second?: number;
  year?: number;
  /** A name of a weekday: alone, the next one; beside a date, it must fit. */
  weekday?: number;
  isTomorrow?: boolean;
}

const names = (words: Iterable<string>): string =>
  [...words].sort((one, other) => other.length - one.length).join("|");
const NOT_INSIDE = "(?<![\\p{L}\\p{N}/])";
const NOT_BEFORE = "(?![\\p{L}\\p{N}])";
const YEAR = "(?:(20\\d\\d)|'?(\\d\\d))(?![\\d:/]|\\.\\d)";

const DAY_MONTH = new RegExp(
  `(?<![\\p{L}\\p{N}:/])(\\d{1,2})(?:st|nd|rd|th|er|re|ste|de|[.º°ª])?,? ?(?:of |de |di |d')?(${names(MONTHS_BY_NAME.keys())})${NOT_BEFORE}\\.?,?(?: (?:de |del )?${YEAR})?`,
  "gu",
);
const MONTH_DAY = new RegExp(
  `${NOT_INSIDE}(${names(MONTHS_BEFORE_DAY)})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th|\\.)?(?![\\d/]|:\\d)(?:,? ${YEAR})?`,
  "gu",
);
const YEAR_FIRST = /(?<!\d)(20\d\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)/g;
const IDEOGRAPHS = /(?:(20\d\d) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]/g;
const FIGURES =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\d.,/+]|(?<![\d.)\u05d0-\u05ea])-)(\d{1,2})([./-]) ?(\d{1,2})(?:\2 ?(20\d\d|\d\d))?(?![\d:%€$])/gu;
const WEEKDAY = new RegExp(
  `(?<![\\p{L}\\p{N}])(${names(WEEKDAYS_BY_NAME.keys())})(?![\\p{Script=Latin}\\p{Script=Cyrillic}])`,
  "gu",
);
const NEXT_DAY = new RegExp(`(?<![\\p{L}\\p{N}])(${names(TOMORROW)})(?![\\p{Script=Latin}])`, "gu");

/** In the order of the text. What was read as one form of date is not read as another. */
function findDates(text: string): WrittenDate[] {
  let rest = text;
  const found: WrittenDate[] = [];
  const take = (pattern: RegExp, read: (match: RegExpMatchArray) => Omit<WrittenDate, "start" | "end">) => {
    for (const match of rest.matchAll(pattern)) {
      const start = match.index as number;
      found.push({ start, end: start + match[0].length, ...read(match) });
    }
    rest = rest.replace(pattern, (match) => "\u0000".repeat(match.length));
  };
  take(YEAR_FIRST, ([, year, month, day]) => writtenDate(day, month, year));
  take(IDEOGRAPHS, ([, year, month, day]) => writtenDate(day, month, year));
  take(DAY_MONTH, ([, day, month, year, short]) =>
    writtenDate(day, String(MONTHS_BY_NAME.get(month ?? "")), year ?? short),
  );
  take(MONTH_DAY, ([, month, day, year, short]) =>
    writtenDate(day, String(MONTHS_BY_NAME.get(month ?? "")), year ?? short),
  );
  take(FIGURES, ([, first, mark, second, year]) => ({
    ...writtenDate(first, second, year),
    isEitherWay: mark !== ".",
  }));
  take(WEEKDAY, ([, name]) => ({ isEitherWay: false, weekday: WEEKDAYS_BY_NAME.get(name ?? "") }));
  take(NEXT_DAY, () => ({ isEitherWay: false, isTomorrow: true }));
  return joinDates(
    found.sort((one, other) => one.start - other.start),
    text,
  );
}

function writtenDate(first = "", second = "", year?: string): Omit<WrittenDate, "start" | "end"> {
  const full = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year);
  return { first: Number(first), second: Number(second), isEitherWay: false, ...(full && { year: full }) };
}

/** "Monday, 30 November" is one date. */
function joinDates(found: WrittenDate[], text: string): WrittenDate[] {
  const dates: WrittenDate[] = [];
  for (const written of found) {
    const before = dates.at(-1);
    const between = before && text.slice(before.end, written.start);
    const belongs =
      between !== undefined && /^[,.]? ?(?:the |den |dem |d\. |le |el |il |dia |\()?$/.test(between);
    if (belongs && before?.weekday !== undefined && before.first === undefined && written.first !== undefined)
      dates[dates.length - 1] = { ...written, start: before.start, weekday: before.weekday };
    else dates.push(written);
  }
  return dates;
}

/** The one day that is meant, if it lies from today to half a year ahead and its weekday fits. */
function plausible(
  written: WrittenDate,
  today: Temporal.PlainDate,
  order: DayMonthOrder | undefined,
): Temporal.PlainDate | undefined {
  if (written.isTomorrow) return today.add({ days: 1 });
  const { first, second, weekday } = written;
  if (first === undefined || second === undefined)
    return weekday === undefined ? undefined : today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
  const dayFirst = readDay(written, second, first, today);
  const monthFirst = written.isEitherWay ? readDay(written, first, second, today) : undefined;
  if (!dayFirst || !monthFirst || dayFirst.equals(monthFirst)) return dayFirst ?? monthFirst;
  if (order === undefined) return undefined;
  return order === "day-first" ? dayFirst : monthFirst;
}

function readDay(
  { year, weekday }: WrittenDate,
  month: number,
  day: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const furthest = today.add({ days: FURTHEST_DAYS });
  const years = year === undefined ? [today.year, today.year + 1] : [year];
  return years
    .flatMap((candidate) => validDay(candidate, month, day))
    .find(
      (candidate) =>
        Temporal.PlainDate.compare(candidate, today) >= 0 &&
        Temporal.PlainDate.compare(candidate, furthest) <= 0 &&
        (weekday === undefined || candidate.dayOfWeek === weekday),
    );
}

function validDay(year: number, month: number, day: number): Temporal.PlainDate[] {
  if (month < 1 || month > 12 || day < 1 || day > 31) return [];
  const found = Temporal.PlainDate.from({ year, month, day });
  return found.day === day ? [found] : [];
}

// ---- What a date is said to be ----

type Meaning = "back" | "until";

const whole = (...words: string[]): string => `(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`;

/** Someone is back, or at work again: the word stands before the date. */
const BACK_BEFORE = new RegExp(
  whole(
    "(?<!(?:get|getting|call|ring|phone|write|come)(?: me| us| you| him| her| them)? )back(?! to you)|return(?:ing|s)?|resum(?:e|ing)",
    "(?:available|reachable|in the office|at my desk|online|at work) (?:again )?(?:from|on|as of)",
    "zurück|wieder|rückkehr",
    "de retour|retour|reviens|reviendrai|rentre(?:rai)? le|à nouveau (?:joignable|disponible)",
    "vuelvo|volveré|regres[oaé]|regresaré|de vuelta|reincorpor\\p{L}+|disponible (?:a partir|desde)",
    "volto|voltarei|de volta|retorn[oa]|retornarei|regressarei|torno|torner[òo]|rientr[oe]|rientrer[òo]|di ritorno",
    "terug|weer|tillbaka|åter|tilbage|tilbake",
    "wracam|wrócę|powrót|ponownie|palaan|takaisin|vrátím|vracím|vraciam|návrat|zpět|вернусь|возвращаюсь|(?:снова |опять )?(?:буду|будем) (?:на (?:месте|работе|связи)|в офисе|доступ\\p{L}+)|выйду|выхожу|(?:знову )?(?:буду|будемо) (?:на (?:місці|роботі)|в офісі)|vissza\\p{L}*|revin|復帰|戻り|出社",
    "повернусь|повернуся|повертаюся|повертаюсь|връщам се|ще се върна|vraćam se|vratit ću|vračam se|vrnem se|tagasi|grįšiu|grįžtu|atgriez\\p{L}+|επιστρέφω|επιστρέψω|επιστροφή",
    "[וש]?(?:אחזור|חוזר(?:ת)?|אשוב)|[وف]?(?:سأعود|أعود|العودة)|برمی ?گردم|بازگشت|trở lại|quay lại|kembali|zpátky|späť|vrátim|dönüş",
  ),
  "gu",
);
/** The same, behind the date. */
const BACK_AFTER = new RegExp(
  `^[^.!?]{0,40}?${whole("back(?! to you)|wieder|zurück|de retour|terug|weer|tillbaka|tilbage|tilbake|отвечу|вернусь|выйду|дам ответ|вiдповiм|dönece\\p{L}*|dönüyorum|újra|vissza\\p{L}*")}` +
    "|^ ?(?:\\([^)]{1,4}\\) ?)?(?:に?(?:戻|復帰|出社)|(?:から|より)(?:通常|出社|勤務|業務|対応)|(?:起)?(?:返回|回来|回來|上班|复工|復工|恢复|恢復|回到)|(?:回|重返)(?:公司|办公室|辦公室)|(?:에|부터)[^.!?]{0,12}(?:복귀|출근))",
  "u",
);
/** They are away up to the date. */
const UNTIL_BEFORE = new RegExp(
  `${whole(
    "עד|حتى|لغاية|تا|έως|μέχρι|ως|đến hết|đến|tới|sampai|hingga|iki|līdz|kuni|fins|pana|până la|do dňa|until|till|untill|through|thru|up to|to and including|bis|jusqu'(?:au|à)|hasta|até|fino a[l]?|sino a[l]?|tot|t/m|til|tills|indtil|inntil|do|до|по|până",
  )}|fino all'|jusqu'|(?:截至|截止|直到|直至|至|到|จนถึง|ถึง(?:วันที่)?) ?$`,
  "gu",
);
const UNTIL_AFTER =
  /^ ?(?:\([^)]{1,4}\) ?)?(?:まで|迄|까지|तक)|^ ?'?(?:[a-zıüğ]{1,3} )?(?:tarihine )?(?:kadar|asti|saakka)(?!\p{L})|^-?ig(?!\p{L})/u;
/** Between the two dates of "24.–30.11.", "du 24 au 30 novembre", "from 24 to 30 November". */
const RANGE_BEFORE = new RegExp(
  `[\\d\\p{L}.)日] ?(?:-|から|至|到|${whole("to|and|bis(?: zum)?|au|a|al|ao|e|till|til|t/m|tot|do")}) ?$`,
  "u",
);
const RANGE_OPENS = new RegExp(
  `${whole("from|between|vom|von|zwischen|du|entre|del?|desde|dal|van|från|fra|od|tussen")}|(?<!\\d)\\d{1,2}\\.? ?-|から|从|自|于|於`,
  "u",
);
/** With spaces, or with a weekday in brackets. */
const LONGEST_DASH = 8;
const ENDS_A_SENTENCE = /[!?。！？;\u2022]|\n|(?<=\p{L}{3})\.\s/gu;

/** What the words around a date say of it, between the dates next to it. */
function readMeaning(
  text: string,
  { start, end }: WrittenDate,
  from: number,
  to: number,
): Meaning | undefined {
  const before = lastSentence(text.slice(Math.max(from, start - REACH), start));
  const after = firstSentence(text.slice(end, Math.min(to, end + REACH)).replace(/^[.,)]{1,3}(?= |$)/, ""));
  if (UNTIL_AFTER.test(after)) return "until";
  const until = lastMatch(UNTIL_BEFORE, before);
  const isOfNextDate = to < text.length && end + after.length >= to - 3;
  if (until < 0 && !isOfNextDate && BACK_AFTER.test(after)) return "back";
  const back = lastMatch(BACK_BEFORE, before);
  if (until > back) return "until";
  if (back >= 0) return "back";
  const all = lastSentence(text.slice(Math.max(0, start - REACH), start));
  const isBehindDate = from > 0 && start - from <= LONGEST_DASH;
  return RANGE_BEFORE.test(all) && (isBehindDate || RANGE_OPENS.test(all)) ? "until" : undefined;
}

const lastSentence = (text: string): string => text.split(ENDS_A_SENTENCE).at(-1) ?? "";
const firstSentence = (text: string): string => text.split(ENDS_A_SENTENCE)[0] ?? "";

function lastMatch(pattern: RegExp, text: string): number {
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
