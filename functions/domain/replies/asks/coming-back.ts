import type { Sentence } from "./text.ts";

/**
 * How people ask to come back who were told that they have left, by language, in folded letters. Read only in replies to
 * that mail: anywhere else "put me back" may be about a desk.
 */
const WISHES: readonly string[] = [
  // English
  "(?:put|take|bring|add|sign|get|let|have|count|move) (?:me|us) (?:back|up again|in again|again)|(?:want|wish|like|love|going|decided|happy|ready|can|could|may) (?:i |we )?(?:to )?(?:be |come |get |go |join |have it )?(?:back|in again)|re ?(?:subscribe|join|enrol|enroll|instate|activate|add) (?:me|us)|(?:like|want|wish) to re ?(?:join|subscribe|enrol|enroll|start)|(?:sign|subscribe|add|enrol|enroll) me (?:up )?(?:once more|again)|(?:undo|reverse|revert) (?:that|this|it|my)|keep me (?:on|in|subscribed)",
  // German
  "(?:nehm|nimm|hol|setz|trag|bring|meld|schreib)\\S* (?:\\S+ )?mich (?:\\S+ ){0,3}?(?:wieder|zuruck|erneut)(?= |$)|mich (?:bitte )?(?:wieder|erneut) (?:\\S+ ){0,3}?(?:auf|aufnehmen|eintragen|anmelden|rein|dazu)|(?:mochte|mocht|will|wurde) (?:\\S+ ){0,4}?(?:zuruck\\S*|wieder (?:dabei|mit|ein|zum|in|an)\\S*)|wieder (?:anmelden|aufnehmen|eintragen|einsteigen|dabei sein|mitmachen)",
  // French, Spanish, Italian, Portuguese, Romanian
  "(?:remett|remets|reinscri|reintegr|reabonn|reprenez|reprends)\\S*(?: moi)?(?= |$)|(?:voudrais|veux|aimerais|souhaite|peux je|puis je) (?:\\S+ ){0,2}?(?:revenir|reinscrire|reabonner|reprendre)",
  "(?:quiero|quisiera|querria|me gustaria|puedo) (?:\\S+ ){0,2}?(?:volver|regresar|reinscrib\\S*|reengancha\\S*)|(?:vuelv\\S*|pon\\S*|apunt\\S*|inscrib\\S*|suscrib\\S*) (?:\\S+ ){0,3}?(?:poner\\S*|incluir\\S*|apuntar\\S*|otra vez|de nuevo|de vuelta)",
  "(?:vorrei|voglio|posso|potrei) (?:\\S+ ){0,2}?(?:tornare|rientrare|reiscriver\\S*|riprendere)|(?:rimett|reiscriv|reinser|riammett)\\S*",
  "(?:quero|queria|gostaria de|posso) (?:\\S+ ){0,2}?(?:voltar|regressar|reinscrever\\S*|retomar)|(?:coloqu|ponha|inscrev|adicion|inclu)\\S* (?:\\S+ ){0,2}?(?:de volta|de novo|outra vez|novamente)",
  "(?:vreau|as vrea|doresc|as dori) (?:\\S+ ){0,3}?(?:revin|intorc|inapoi|reinscriu)|reinscri\\S*|(?:pune|adauga|inscrie)\\S* ma (?:inapoi|din nou)",
  // Dutch and the north
  "(?:wil|zou|mag) (?:\\S+ ){0,4}?(?:terug\\S*|weer (?:mee\\S*|aan\\S*|in\\S*))(?= |$)|(?:zet|schrijf|meld|neem) (?:me|mij) (?:\\S+ ){0,2}?(?:weer|terug|opnieuw)",
  "(?:vill|skulle vilja|kan jag|far jag) (?:\\S+ ){0,3}?(?:tillbaka|med igen|ga med igen)|(?:satt|lagg|ta|skriv|anmal) (?:\\S+ )?mig (?:\\S+ ){0,2}?(?:igen|tillbaka)",
  "(?:vil|ville|kan jeg|ma jeg|far jeg) (?:\\S+ ){0,4}?(?:tilbage|tilbake|med igen|med igjen)|(?:saet|sett|ta|tag|meld|tilmeld|skriv) (?:mig|meg) (?:\\S+ ){0,2}?(?:igen|igjen|tilbage|tilbake)",
  "(?:haluan|haluaisin|paasenko|voinko) (?:\\S+ )?(?:palata|takaisin|uudestaan)|minut (?:takaisin|uudelleen|uudestaan)|takaisin (?:kurssille|listalle|mukaan)",
  // Polish, Czech, Slovak, Hungarian, Turkish
  "(?:chce|chcialbym|chcialabym|moge) (?:\\S+ ){0,2}?(?:wrocic|powrocic|zapisac sie (?:ponownie|znowu))|(?:przywroc|zapisz|dodaj|wpisz)\\S* (?:\\S+ )?mnie(?: \\S+)? ?(?:ponownie|znowu|z powrotem)?|(?:ponownie|z powrotem) (?:\\S+ ){0,2}?(?:zapis|dod|wpis)\\S*",
  "(?:chci|chtel\\S*|chcem|chcel\\S*|rad|rada|mohu|mozem) (?:\\S+ ){0,3}?(?:zpet|zpatky|vratit|spat)|(?:vrat|prihlas|zarad|pridej|pridaj|dejte|dajte|zapis)\\S* (?:\\S+ )?(?:me|ma|mne) (?:\\S+ )?(?:zpet|zpatky|znovu|spat|opat)",
  "(?:szeretnek|akarok|szeretnem) (?:\\S+ ){0,2}?vissza\\S*|vissza (?:szeretnek|akarok|jonnek)|(?:vegy|tegy|ir)\\S* (?:\\S+ ){0,2}?vissza(?= |$)|vissza(?:venn|tenn|irn|iratkoz)\\S*|vissza\\S{0,4}(?:vegy|tegy)\\S*",
  "geri (?:don|gel|ekle|al)\\S*|(?:tekrar|yeniden) (?:kat|kayd|ekle|abone)\\S*",
  // Cyrillic and Greek
  "(?:хочу|хотел\\S*|можно) (?:\\S+ ){0,2}?(?:вернуться|обратно|назад)|(?:верн|подпиш|запиш|добав)\\S* меня(?: \\S+)? ?(?:обратно|снова|опять|назад)?",
  "(?:хочу|хотів|хотіла|можна) (?:\\S+ ){0,2}?(?:повернутися|назад)|(?:поверн|підпиш|запиш|дода)\\S* мене(?: \\S+)? ?(?:назад|знову)?",
  "(?:θελω|θα ηθελα|μπορω) (?:\\S+ ){0,2}?(?:επιστρεψω|γυρισω|ξαναμπω|ξαναγραφτω)|βαλτε με (?:ξανα|παλι|πισω)|ξανα(?:βαλ|γραψ)\\S* με",
];
/** Dense scripts, without spaces. */
const WISHES_DENSE =
  /(?:戻り|復帰し|再開し|再登録し)(?:たい|ます|て)|(?:戻し|再開し|再登録し)てください|(?:想|要|请|請|希望).{0,6}(?:回来|回來|重新订阅|重新訂閱|恢复|恢復|重新加入)|다시 ?(?:구독|받고|등록|가입|참여)|돌아오고/u;
/** Nobody means to have left. */
const REGRETS =
  /(?:^| )(?:changed my mind|by (?:mistake|accident)|a mistake|accidentally|didn t mean to|did not mean to|anders uberlegt|aus versehen|versehentlich|ein (?:irrtum|versehen)|change d avis|par erreur|une erreur|cambi\S* de (?:opinion|idea)|por error|un error|sin querer|cambiato idea|per (?:errore|sbaglio)|mudei de (?:ideia|opiniao)|por (?:engano|erro)|van gedachten veranderd|me bedacht|per (?:ongeluk|abuis)|een vergissing|angrat mig|andrat mig|av misstag|fortrudt|angret|ombestemt|ved en (?:fejl|feil)|ved et uheld|muutin mieleni|vahingossa|zmienil\S* zdanie|rozmyslil\S*|przez pomylke|omylkowo|rozmyslel\S*|omyl(?:em|om)|meggondoltam magam|veletlenul|razgandit|din greseala|fikrimi degistirdim|vazgectim|yanlislikla|передумал\S*|по ошибке|помилково|αλλαξα γνωμη|κατα λαθος)(?= |$)|間違|気が変わ|误操作|点错|改变主意|改變主意|실수|마음이 바뀌/u;
const MOST_WORDS_OF_REGRET = 25;
/** Not now, or not at all. */
const NOT =
  /(?:^| )(?:not|don t|won t|never|maybe|perhaps|might|one day|some ?day|later|if|nicht|nie|kein\S*|vielleicht|irgendwann|eines tages|spater|wenn|falls|ne|pas|jamais|peut etre|un jour|plus tard|si|no|nunca|quizas?|tal vez|algun dia|mas adelante|non|mai|forse|un giorno|nao|talvez|um dia|niet|nooit|misschien|ooit|inte|aldrig|kanske|nagon gang|ikke|aldri|maske|kanskje|en|ehka|joskus|nie|nigdy|moze|kiedys|nechci|nechcem|mozna|mozno|jednou|nem|talan|egyszer|nu|niciodata|poate|belki|bir gun|не|может|когда нибудь|ні|може|колись|δεν|μη|ισως)(?= |$)|ない|不|也许|아마|안 /u;

let compiled: RegExp | undefined;

/** The sentences that ask to come back, in a reply to the mail after leaving; none where somebody says no to it. */
export function listReturnWishes(sentences: readonly Sentence[]): Sentence[] {
  compiled ??= new RegExp(`(?:^| )(?:${WISHES.join("|")})`, "u");
  const wish = compiled;
  const count = sentences.reduce((sum, { text }) => sum + text.split(" ").length, 0);
  return sentences.filter(({ text, dense }) => {
    if (REGRETS.test(text) && count <= MOST_WORDS_OF_REGRET) return true;
    return (wish.test(text) || WISHES_DENSE.test(dense)) && !NOT.test(text.replace(NO_MATTER, " "));
  });
}
/** "Why not", "if possible": no no. */
const NO_MATTER =
  /(?:^| )(?:if (?:possible|i (?:may|can)|that s (?:ok|okay|possible)|you (?:don t mind|can))|why not|wenn (?:moglich|es geht|das geht)|falls moglich|s(?:i|') il vous plait|si possible|si es posible|se possibile|se possivel)(?= |$)/gu;
