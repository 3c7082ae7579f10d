/** A length, a month or a week that is named makes of "no lessons" a pause: "no lessons in December", "nothing for two weeks". */
const UNITS =
  "weeks?|months?|days?|wochen?|monate?n?|tage?n?|semaines?|mois|jours?|semanas?|mes(?:es|i|e)?|dias?|settiman[ae]|giorn[oi]|weken|maanden|dagen|veckor|manader|dagar|uger|uker|maneder|dage|dager|viikko\\S*|viiko\\S*|kuukau\\S*|paiva\\S*|tygodn\\S*|miesi\\S*|dni|tydn\\S*|mesic\\S*|tyzdn\\S*|mesiac\\S*|het(?:re|ig)?|honap\\S*|nap(?:ra|ig)|saptamani|luni|zile|hafta\\S*|ay(?:ligina)?|gun|недел\\S*|месяц\\S*|дн\\S*|тижн\\S*|місяц\\S*|днів|εβδομαδες|μηνες|μερες|ημερες";
const NUMBERS =
  "\\d{1,2}|two|three|four|five|six|few|couple of|next|zwei|drei|vier|funf|sechs|paar|nachsten|deux|trois|quatre|cinq|six|quelques|dos|tres|cuatro|cinco|seis|unas|unos|due|tre|quattro|cinque|sei|alcune|alcuni|prossim[ei]|dois|duas|quatro|algumas|proximas|twee|drie|vijf|zes|paar|tva|fyra|fem|nagra|to|fire|seks|noen|nogle|kaksi|kahden?|kahdeksi|kolme\\S*|nelja\\S*|dwa|dwoch|trzy|cztery|kilka|dva|dve|tri|ctyri|styri|nekolik|ket|ketto|harom|negy|ot|doua|trei|patru|cateva|iki|uc|dort|bes|birkac|два|две|три|четыре|пару|несколько|дві|чотири|кілька|δυο|τρεις|τεσσερις|λιγες";
const MONTHS =
  "jan(?:uar\\S*|vier)?|feb(?:ruar\\S*)?|fevrier|marz|march|mars|maart|marzo|marco|abril|april\\S*|avril|aprile|ma[iy]o?|maggio|maj|mei|juni?|june|juin|junio|giugno|junho|juli?|july|juillet|julio|luglio|julho|august\\S*|aout|agosto|augustus|sept?(?:ember)?|septembre|septiembre|setembro|settembre|okt(?:ober)?|october|octobre|octubre|outubro|ottobre|nov(?:ember)?|novembre|noviembre|novembro|dez(?:ember)?|dec(?:ember)?|decembre|diciembre|dezembro|dicembre|desember|december|styczni[ua]|lutym|marcu|kwietniu|maju|czerwcu|lipcu|sierpniu|wrzesniu|pazdzierniku|listopadu|listopadzie|grudniu|lednu|unoru|breznu|dubnu|kvetnu|cervnu|cervenci|srpnu|zari|rijnu|prosinci|januari|januaru|februari|decembri|novembri|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie|январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре|січні|лютому|березні|квітні|травні|червні|липні|серпні|вересні|жовтні|листопаді|грудні";
const FOR_A_TIME = new RegExp(
  [
    `(?:^| )(?:${NUMBERS}) (?:${UNITS})(?= |$)(?! (?:ago|fa|geleden|sedan|siden|sitten|temu|atras|once|назад|тому|πριν))`,
    `(?:^| )(?:in|im|en|em|a|ad|au mois de|no mes de|nel mese di|w|we|v|ve|в|у|i|la|during|throughout|over|all) (?:${MONTHS})(?= |$)`,
    "(?:^| )\\S{3,9}kuu(?:ssa|n ajan)(?= |$)|(?:^| )(?:januar|februar|marcius|aprilis|majus|junius|julius|augusztus|szeptember|oktober|november|december)(?:ban|ben)(?= |$)|(?:^| )(?:ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik)(?:ta|te|da|de)(?= |$)|(?:^| )το[ν]? (?:ιανουαριο|φεβρουαριο|μαρτιο|απριλιο|μαιο|ιουνιο|ιουλιο|αυγουστο|σεπτεμβριο|οκτωβριο|νοεμβριο|δεκεμβριο)(?= |$)",
    "(?:^| )(?:this|next) (?:week|month)(?= |$)|(?:^| )(?:diese woche|diesen monat|nachste woche|nachsten monat|cette semaine|ce mois|la semaine prochaine|le mois prochain|esta semana|este mes|la proxima semana|questa settimana|questo mese|esta semana|proxima semana|deze week|deze maand|volgende week|den har veckan|den har manaden|nasta vecka|denne uge|denne maned|naeste uge|denne uka|neste uke|tassa kuussa|talla viikolla|w tym tygodniu|w tym miesiacu|tento tyden|tento mesic|tento tyzden|tento mesiac|ezen a heten|ebben a honapban|saptamana asta|luna asta|bu hafta|bu ay|на этои неделе|в этом месяце|цього тижня|цього місяця|αυτη την εβδομαδα|αυτον τον μηνα)(?= |$)",
    "[0-9一二三四五六七八九十两幾几数]+ ?(?:週間|か月|ヶ月|カ月|ヵ月|日間|周|个月|個月|天|个星期|星期|주|개월)|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月|(?:이번|다음) ?(?:주|달)|今週|今月|来週|来月|这周|本周|这个月|本月|下周|下个月",
  ].join("|"),
  "u",
);
/** Whoever is to be taken off, deleted or cancelled leaves for good, whatever time the sentence names. */
const FOR_GOOD =
  /un ?subscri|unenrol|remove|delete|cancel|opt out|abmeld|abbestell|austrag|losch|streich|kundig|desinscri|desabon|supprim|retire|baja|borr[ae]|elimin|rimuov|togli|disiscri|disdi|descadastr|remov[ae]|apagu?|tirem|uitschrij|afmeld|verwijder|opzeg|avregistr|avanmal|avsluta|avmeld|slett?[te ]|fjern|ta bort|poist[ae]|perun?[ua]|wypis|usun|skresl|rezygn|odhlas|vymaz|vyskrt|zrus|torol|leirat|lemond|dezabon|sterge|scoate|renunt|отпис|отпиш|удал|исключ|відпис|відпиш|видал|διαγρα|cikar|sil(?:in|er)|iptal|退会|解除|解約|退订|退訂|删除|取消/u;

/** It ends by itself. `text` is folded as `text.ts` folds it. */
export const isForATime = (text: string): boolean => FOR_A_TIME.test(text) && !FOR_GOOD.test(text);
