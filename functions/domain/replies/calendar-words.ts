/** Names of months and weekdays as people write them in mails, in lower case, with the forms that follow a day. */

const MONTH_NAMES = [
  "january januar jänner januari janvier janv enero janeiro gennaio genn stycznia styczeń tammikuuta ledna január ianuarie ocak января січня",
  "february februar februari feber février fevrier févr fév febrero fevereiro febbraio febbr lutego luty helmikuuta února február februarie şubat февраля лютого",
  "march märz maerz mrz mär maart mrt mars marzo março marco marts marca maaliskuuta března március martie mart марта березня",
  "april avril avr abril aprile kwietnia huhtikuuta dubna április aprilie nisan апреля квітня",
  "may mai mayo maio maggio magg mei maj maja toukokuuta května május mayıs мая травня",
  "june juni juin junio junho giugno czerwca kesäkuuta června június iunie haziran июня червня",
  "july juli juillet juil julio julho luglio lipca heinäkuuta července július iulie temmuz июля липня",
  "august août aout agosto augustus augusti sierpnia elokuuta srpna augusztus ağustos августа серпня",
  "september sept septembre septiembre setiembre setembro settembre sett września wrzesnia syyskuuta září szeptember septembrie eylül сентября вересня",
  "october oktober octobre octubre outubro ottobre października pazdziernika lokakuuta října október octombrie ekim октября жовтня",
  "november novembre noviembre novembro listopada listopadu marraskuuta noiembrie kasım ноября листопада",
  "december dezember décembre decembre diciembre dezembro dicembre desember grudnia joulukuuta prosince decembrie aralık декабря грудня",
];
/** Three letters that are a word in another language ("out", "set") are left out. */
const SHORT_MONTHS = [
  "jan ene gen sty",
  "feb fev",
  "mar",
  "apr abr kwi",
  "",
  "jun giu cze",
  "jul lug lip",
  "aug ago sie",
  "sep wrz",
  "oct okt ott paź",
  "nov lis",
  "dec dez dic déc des gru",
];
const WEEKDAY_NAMES = [
  "monday montag lundi lunes segunda segunda-feira lunedì lunedi maandag måndag måndagen mandag poniedziałek poniedziałku maanantaina pondělí понедельник 月曜日 月曜",
  "tuesday dienstag mardi martes terça terça-feira martedì martedi dinsdag tisdag tisdagen tirsdag wtorek wtorku tiistaina úterý вторник 火曜日 火曜",
  "wednesday mittwoch mercredi miércoles miercoles quarta quarta-feira mercoledì mercoledi woensdag onsdag onsdagen środa środę środy keskiviikkona středu среду среда 水曜日 水曜",
  "thursday donnerstag jeudi jueves quinta quinta-feira giovedì giovedi donderdag torsdag torsdagen czwartek czwartku torstaina čtvrtek четверг 木曜日 木曜",
  "friday freitag vendredi viernes sexta sexta-feira venerdì venerdi vrijdag fredag fredagen piątek piątku perjantaina pátek пятницу пятница 金曜日 金曜",
  "saturday samstag sonnabend samedi sábado sabado sabato zaterdag lördag lørdag sobota sobotę soboty lauantaina sobotu субботу суббота 土曜日 土曜",
  "sunday sonntag dimanche domingo domenica zondag söndag søndag niedziela niedzielę niedzieli sunnuntaina neděli воскресенье 日曜日 日曜",
];
const TOMORROW_NAMES =
  "tomorrow morgen demain mañana amanhã domani imorgon imorgen jutro huomenna zítra завтра 明日";

const numbered = (...tables: string[][]): Map<string, number> =>
  new Map(
    tables.flatMap((table) =>
      table.flatMap((names, index) => calendarWords(names).map((name) => [name, index + 1] as const)),
    ),
  );
const calendarWords = (names: string): string[] => names.split(" ").filter(Boolean);

/** From a name to its number; January is 1. */
export const MONTHS_BY_NAME = numbered(MONTH_NAMES, SHORT_MONTHS);
/** From a name to its ISO number; Monday is 1. */
export const WEEKDAYS_BY_NAME = numbered(WEEKDAY_NAMES);
/** Names that may stand before their day ("November 30"): short ones only of English. */
export const MONTHS_BEFORE_DAY = new Set([
  ...calendarWords(MONTH_NAMES.join(" ")).filter((name) => name.length > 3),
  ...["may", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
]);
export const TOMORROW = calendarWords(TOMORROW_NAMES);
