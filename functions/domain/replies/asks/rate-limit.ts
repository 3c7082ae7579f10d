/**
 * "No more than one lesson every two weeks", in folded letters: a comparison, a no, and an interval. It asks for fewer
 * mails, and not for none.
 */
const MORE =
  /(?:^| )(?:more(?: often)? than|mehr als|ofter als|haufiger als|plus (?:de|d|qu|que|souvent que)|mas (?:de|que|a menudo que)|mais (?:de|que|do que)|piu (?:di|che)|meer dan|vaker dan|mer an|oftare an|mere end|oftere end|mer enn|oftere enn|enempaa kuin|enempaa|useammin kuin|wiecej niz|czesciej niz|vice nez|casteji nez|viac (?:ako|nez)|castejsie ako|\S+(?:nal|nel) tobb\S*|tobb\S* mint|gyakrabban|mai mult de|mai des de|(?:больше|чаще|более)(?: чем)?|(?:більше|частіше)(?: ніж)?|den fazla|dan fazla|ten fazla|tan fazla|περισσοτερ\S+ απο|πιο συχνα απο)(?= |$)|以上|超过|多于/u;
const INTERVAL =
  /(?:^| )(?:weeks?|fortnight|months?|wochen?|monat\S*|14 tage|semaines?|mois|quinzaine|quinze jours|semanas?|mes|quincena|quince dias|quinzena|settiman[ae]|mese|weken|maand|veckan?|varannan vecka|manaden?|uger?|uke[nr]?|maned\S*|viiko\S*|viikko\S*|kuukau\S*|tygodn\S*|tydzien|miesi\S*|tydn\S*|tyden|mesic\S*|tyzdn\S*|tyzden|mesiac\S*|\S*hete\S*|hetente|havonta|saptamani?|saptamana|luna|lunar|haftada|ayda|недел\S*|месяц|тиждень|тижні|місяць|εβδομαδ\S*|μηνα)(?= |$)|週|周|か月|个月/u;
const NO =
  /(?:^| )(?:no|not|don t|never|nicht|nie|kein\S*|pas|non|jamais|nao|niet|nooit|inte|ikke|ei|alkaa|ala|nie|ne|ne\S{4,}|nu|не|ні|degil|\S+(?:meyin|mayin)|δεν|μη|μην)(?= |$)|ない|不|别|勿/u;

/** "Last week": when something was asked, and no interval. */
const LAST =
  /(?:^| )(?:last|letzten?|letzter|vorigen?|voriger|vergangenen?|vorige|afgelopen|forra|sidste|forrige|viime|zeszlym|ubieglym|minuly|minulom|mult|прошло[ий]|прошлом|минулого|минулому) (?:week|month|woche|monat|maand|veckan|manaden|uge|maned|uke|viikolla|kuussa|tygodniu|miesiacu|tyden|mesic|tyzden|heten|недел\p{L}*|месяц\p{L}*|тижня|тижні|місяця)|(?:^| )(?:la semaine derniere|le mois dernier|la semana pasada|el mes pasado|la settimana scorsa|il mese scorso|na semana passada|no mes passado|saptamana trecuta|luna trecuta|gecen hafta|gecen ay|την περασμενη εβδομαδα|τον περασμενο μηνα|mult heten)(?= |$)/gu;

export function isRateLimit(text: string): boolean {
  const said = text.replace(LAST, " ");
  return MORE.test(said) && INTERVAL.test(said) && NO.test(said);
}
