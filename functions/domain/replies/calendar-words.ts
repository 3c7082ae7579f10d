/** Names of months and weekdays as people write them in mails, in lower case, with the forms that follow a day. */

const MONTH_NAMES = [
  "january januar jänner januari janvier janv enero janeiro gennaio genn stycznia styczeń tammikuuta ledna január ianuarie ocak января січня يناير ינואר בינואר ιανουαρίου януари siječnja januarja มกราคม jaanuar jaanuari sausio janvārī janvāris gener ژانویه जनवरी",
  "february februar februari feber février fevrier févr fév febrero fevereiro febbraio febbr lutego luty helmikuuta února február februarie şubat февраля лютого فبراير شباط פברואר בפברואר φεβρουαρίου февруари veljače februarja กุมภาพันธ์ veebruar veebruari vasario februārī februāris febrer فوریه फरवरी",
  "march märz maerz mrz mär maart mrt mars marzo março marco marts marca maaliskuuta března március martie mart марта березня مارس آذار מרץ במרץ μαρτίου март marta ožujka มีนาคม märts märtsi kovo martā març maret मार्च",
  "april avril avr abril aprile kwietnia huhtikuuta dubna április aprilie nisan апреля квітня أبريل ابريل نيسان אפריל באפריל απριλίου април travnja aprila เมษายน aprill aprilli balandžio aprīlī آوریل अप्रैल",
  "may mai mayo maio maggio magg mei maj maja toukokuuta května május mayıs мая травня مايو أيار מאי במאי μαΐου май svibnja พฤษภาคม gegužės maijā maig मई",
  "june juni juin junio junho giugno czerwca kesäkuuta června június iunie haziran июня червня يونيو حزيران יוני ביוני ιουνίου юни lipnja junija มิถุนายน juuni juunini birželio jūnijā juny ژوئن जून",
  "july juli juillet juil julio julho luglio lipca heinäkuuta července július iulie temmuz июля липня يوليو تموز יולי ביולי ιουλίου юли srpnja julija กรกฎาคม juuli liepos jūlijā juliol ژوئیه जुलाई",
  "august août aout agosto augustus augusti sierpnia elokuuta srpna augusztus ağustos августа серпня أغسطس اغسطس آب אוגוסט באוגוסט αυγούστου август kolovoza avgusta สิงหาคม augusti rugpjūčio augustā agost agustus اوت अगस्त",
  "september sept septembre septiembre setiembre setembro settembre sett września wrzesnia syyskuuta září szeptember septembrie eylül сентября вересня سبتمبر أيلول ספטמבר בספטמבר σεπτεμβρίου септември rujna septembra กันยายน septembri rugsėjo septembrī setembre سپتامبر सितंबर सितम्बर",
  "october oktober octobre octubre outubro ottobre października pazdziernika lokakuuta října október octombrie ekim октября жовтня أكتوبر اكتوبر אוקטובר באוקטובר οκτωβρίου октомври oktobra ตุลาคม oktoober oktoobri spalio oktobrī اکتبر अक्टूबर अक्तूबर",
  "november novembre noviembre novembro listopada listopadu marraskuuta noiembrie kasım ноября листопада نوفمبر נובמבר בנובמבר νοεμβρίου ноември studenoga studenog novembra พฤศจิกายน novembri lapkričio novembrī نوامبر नवंबर नवम्बर",
  "december dezember décembre decembre diciembre dezembro dicembre desember grudnia joulukuuta prosince decembrie aralık декабря грудня ديسمبر דצמבר בדצמבר δεκεμβρίου декември prosinca decembra ธันวาคม detsember detsembri detsembrini gruodžio decembrī desembre desember دسامبر दिसंबर दिसम्बर",
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
  "monday montag lundi lunes segunda segunda-feira lunedì lunedi maandag måndag måndagen mandag poniedziałek poniedziałku maanantaina pondělí понедельник 月曜日 月曜 понеділок понеделник ponedjeljak ponedeljek pondelok hétfő hétfőn hétfőig luni pazartesi δευτέρα الاثنين الإثنين 星期一 周一 週一 월요일 esmaspäeval pirmadienį",
  "tuesday dienstag mardi martes terça terça-feira martedì martedi dinsdag tisdag tisdagen tirsdag wtorek wtorku tiistaina úterý вторник 火曜日 火曜 вівторок utorak torek utorok kedd kedden keddig marți salı τρίτη الثلاثاء 星期二 周二 週二 화요일 teisipäeval antradienį",
  "wednesday mittwoch mercredi miércoles miercoles quarta quarta-feira mercoledì mercoledi woensdag onsdag onsdagen środa środę środy keskiviikkona středu среду среда 水曜日 水曜 середу середа сряда srijeda srijedu sredo stredu szerda szerdán szerdáig miercuri çarşamba τετάρτη الأربعاء 星期三 周三 週三 수요일 kolmapäeval trečiadienį",
  "thursday donnerstag jeudi jueves quinta quinta-feira giovedì giovedi donderdag torsdag torsdagen czwartek czwartku torstaina čtvrtek четверг 木曜日 木曜 четвер четвъртък četvrtak četrtek štvrtok csütörtök csütörtökön csütörtökig joi perşembe πέμπτη الخميس 星期四 周四 週四 목요일 neljapäeval ketvirtadienį",
  "friday freitag vendredi viernes sexta sexta-feira venerdì venerdi vrijdag fredag fredagen piątek piątku perjantaina pátek пятницу пятница 金曜日 金曜 п'ятницю п'ятниця петък petak petek piatok péntek pénteken péntekig vineri cuma παρασκευή الجمعة 星期五 周五 週五 금요일 reedel penktadienį",
  "saturday samstag sonnabend samedi sábado sabado sabato zaterdag lördag lørdag sobota sobotę soboty lauantaina sobotu субботу суббота 土曜日 土曜 суботу субота събота subota subotu soboto szombat szombaton sâmbătă cumartesi σάββατο السبت 星期六 周六 週六 토요일 laupäeval",
  "sunday sonntag dimanche domingo domenica zondag söndag søndag niedziela niedzielę niedzieli sunnuntaina neděli воскресенье 日曜日 日曜 неділю неділя неделя nedjelja nedjelju nedeljo nedeľu vasárnap duminică pazar κυριακή الأحد 星期日 周日 週日 일요일 pühapäeval",
];
const TOMORROW_NAMES =
  "tomorrow morgen demain mañana amanhã domani imorgon imorgen jutro huomenna zítra завтра 明日 明天 내일 holnap mâine yarın αύριο غدا מחר sutra jutri homme rytoj rīt besok พรุ่งนี้";

const numberNames = (...tables: string[][]): Map<string, number> =>
  new Map(
    tables.flatMap((table) =>
      table.flatMap((names, index) => calendarWords(names).map((name) => [name, index + 1] as const)),
    ),
  );
const calendarWords = (names: string): string[] => names.split(" ").filter(Boolean);

/** From a name to its number; January is 1. */
export const MONTHS_BY_NAME = numberNames(MONTH_NAMES, SHORT_MONTHS);
/** From a name to its ISO number; Monday is 1. */
export const WEEKDAYS_BY_NAME = numberNames(WEEKDAY_NAMES);
/** Names that may stand before their day ("November 30"): short ones only of English. */
export const MONTHS_BEFORE_DAY = new Set([
  ...calendarWords(MONTH_NAMES.join(" ")).filter((name) => name.length > 3),
  ...["may", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
]);
export const TOMORROW = calendarWords(TOMORROW_NAMES);
