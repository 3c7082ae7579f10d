import { oncePerText } from "./once-per-text.ts";

/**
 * What somebody did, or would do, with something else, in folded letters: "I would take it off the list", "we cancelled
 * the course". And what is the contrary of leaving: "keep me on the list".
 */

/** First person, conditional, of a thing or somebody else. */
const WOULD: readonly string[] = [
  "(?:i|we) (?:would|d|might) (?:first |just |probably |also )?(?:stop|remove|delete|drop|cancel|strike|take|cut|cross) (?:it|them|him|her|that)",
  // "Bitte hört auf, mich zu siezen": what is to stop is named behind the comma.
  "(?:auf|aufhoren|aufzuhoren) , (?:\\S+ ){0,4}?zu (?!(?:schick|send|schreib|mail|spam|belastig|kontakt|zuschick|nerv|bombardier)\\S*)\\S+",
  "(?:first thing|first) (?:that )?(?:i|we) (?:would|d)",
  "det (?:forsta|forste) (?:som )?(?:jag|jeg) (?:skulle|ville)",
  "(?:najpierw|pierwsze co|nejdriv|najprv|ensimmaisena) (?:\\S+(?:bym|abym|isin)|bych|by som)",
  "(?:ich|wir) wurden? (?:es|ihn|sie|das|den|die|ihr|ihm) (?!gern)(?:\\S+ ){0,4}?(?:streichen|loschen|entfernen|nehmen|weglassen|abbestellen|kundigen)",
  "(?:le |la |les |l )(?:supprim|retir|enlev|arret|effac|ray)(?:erais|erions)",
  "(?:lo|la|los|las) (?:quitari|borrari|eliminari|cancelari|dejari|tachari)a(?:mos)?",
  "(?:lo|la|li|le|l) (?:cancell|togli|elimin|smett|rimuov|depenn)er(?:ei|emmo)",
  "(?:apagav|apagari|tirav|tirari|cancelav|cancelari|eliminari|removeri|riscav|riscari)a(?:mos)? (?:[oa]s?|isso|isto)",
  "(?:ik|we|wij) zou(?:den)? (?:het|hem|ze|haar|die|dat|dit) (?!graag)(?:\\S+ ){0,4}?(?:halen|schrappen|stoppen|verwijderen|afzeggen)",
  "(?:jag|vi) skulle (?:ta bort|stryka|sluta|radera|slopa|stryka bort) (?:den|det|dem|honom|henne)",
  "(?:jeg|vi) ville (?:slett[ea]?t?|stryge|stryke|stroket|fjernet?|tage?|tatt|droppe|droppet) (?:den|det|dem|ham|hende|henne)",
  "(?:poistaisi|lopettaisi|perui?si|jattaisi)(?:n|mme) (?:sen|ne|hanet|niita)",
  "(?:skresl|usun|wykresl|skasow|zrezygnow|odwol)\\S*(?:bym|bysmy) (?:go|je|ja|to|ich|z tego)",
  "(?:skrt|vyskrt|vymaza|zrusi|smaza|odstrani|vyhodi)\\S* (?:bych|bychom|by som|by sme) (?:ho|ji|je|to|ju|ich)",
  "(?:l|i|le|o) as (?:sterge|scoate|elimina|anula|taia)",
  "(?:вычеркнул|убрал|удалил|отменил|выкинул|бросил)[аи]? бы (?:его|ее|их|это)",
  "(?:викреслив|викреслила|прибрав|прибрала|видалив|видалила|скасував|скасувала) би? (?:иого|іі|іх|це)",
  "(?:θα )(?:τον|την|το|τα|τις|τους) (?:εσβην|διεγραφ|εβγαζ|αφαιρουσ|σταματουσ)\\S*",
  "(?:onu|bunu|onlari) (?:\\S+ ){0,2}?(?:siler|cikarir|kaldirir|iptal eder|birakir)d(?:im|ik)",
  "(?:ساحذفه|ساحذفها|ساشطبه|سازيله|كنت ساحذف\\S*)",
  "(?:הייתי|היינו) (?:מוחק|מוחקת|מוריד|מורידה|מסיר|מסירה|מבטל|מבטלת)(?:ים)? (?:אותו|אותה|את זה|אותם)",
  "(?:इसे|उसे|उसको|उन्हें) (?:\\S+ ){0,4}?(?:हटा|निकाल|बंद कर) ?(?:देता|देती|देते|दूंगा|दूंगी)",
];

/** Past forms of a verb whose requests are found by its stem. */
const DONE: readonly string[] = [
  "(?:peruimme|peruttiin|perui|peruivat|lopetimme|lopetettiin|lopetti|lopettivat|irtisanoimme|poistimme|poistettiin)",
  "(?:odwola|anulowa|zakonczy|zrezygnowa|skresli|wykresli|skasowa|przesta|wypisa)(?:l|la|li|ly|lem|lam|lismy|lysmy)(?! (?:by|bym))",
];
/** "I would be glad if you took me off": in Polish that is a past form too. */
const WISHED = /(?:^| )(?:zebyscie|abyscie|zeby|aby|gdyby|gdybyscie|by)(?= |$)/u;

/** "Remove me and the team still runs": what would be, not what is asked. */
const IF_GONE: readonly string[] = [
  "^(?:remove|take|delete|cut|leave|cancel|stop) (?:me|us|him|her|it|one of us|this|that) (?:out |away |off )?(?:(?:of|from|off) (?:\\S+ ){1,3}?)?and (?:the|my|our|nobody|everything|they|it|people|no one|we)",
  "^(?:nehmt|nimm|streicht?|lasst?|loscht?) (?:mich|uns|ihn|sie|das|es) (?:weg |raus )?und (?:das|der|die|mein\\S*|unser\\S*|alles|niemand|keiner|nichts)",
  "^(?:enlevez|retirez|supprimez|otez) (?:moi|nous|le|la|ca) et (?:l|le|la|les|mon|tout|personne|rien)",
  "^(?:quit|sac|elimin|borr)\\S* (?:me )?y (?:el|la|los|mi|todo|nadie|nada)",
  "^(?:toglie|elimina|leva)\\S* e (?:il|la|i|tutto|nessuno|niente)",
  "^(?:haal|neem|schrap) (?:mij|me|ons|dit|het) (?:weg |eruit )?en (?:het|de|mijn|alles|niemand|niets)",
];

/** To stay on it, or to be put on it. */
const STAY_ON: readonly string[] = [
  "(?:keep|leave|have|put|add|sign|get|count) (?:me|us|my (?:name|address|e ?mail)) (?:up |back |in |down )?(?:on|in|to|onto|for)(?! (?:hold|pause))",
  "(?:lass\\S*|behalt\\S*|nehm\\S*|nimm|setz\\S*|trag\\S*) (?:sie |ihr |du )?(?:mich|uns|meine \\S+) (?:bitte |weiter(?:hin)? |doch |ruhig |gern |noch )*(?:auf|in|im|drauf|drin|dabei|ein)",
  "(?:gardez|laissez|garde|laisse|mettez|mets|inscrivez|ajoutez) (?:moi|nous|mon \\S+) (?:bien |aussi |donc |svp |sur|dans|a|en)",
  "(?:dej\\S*|manten\\S*|pon\\S*|apunt\\S*|inclu\\S*|agreg\\S*|anad\\S*) (?:a mi \\S+ |mi \\S+ )?(?:en|a|al) (?:la|el|su|vuestra|esta|lista|curso|boletin)",
  "(?:lascia|tenete|tiene|mette|inseri|iscrive|aggiung)\\S* (?:pure |anche )?(?:in|nel|nella|nell|sulla|al|alla) (?:lista|corso|newsletter|elenco|mailing)",
  "(?:mant\\S*|deix\\S*|coloqu\\S*|ponh\\S*|inclu\\S*|adicion\\S*|inscrev\\S*) (?:me )?(?:por favor )?(?:na|no|em|a lista|ao)",
  "(?:hou|houd|laat|zet|plaats|schrijf|voeg) (?:mij|me|ons) (?:maar |gerust |graag |aub |alsjeblieft |ook )*(?:op|in|aan|toe|erop|erin)",
  "(?:behall|lat|satt|skriv|lagg|ha) (?:mig|mej|oss) (?:sta |garna |vara |kvar )*(?:pa|i|kvar|upp|till|in)",
  "(?:behold|lad|saet|sat|skriv|tilfoj|hold|la|sett|legg|ha) (?:mig|meg|os|oss) (?:gerne |sta |vaere |være |vare |bli |blive )*(?:pa|i|op|opp|til|inn|med pa)",
  "(?:pitakaa|pida|jattakaa|jata|lisatkaa|lisaa|laittakaa) (?:minut|meidat) (?:\\S+ )?(?:listal|listoil|kurssil|mukan|jakelu|postitus)\\S*",
  "(?:zostawcie|zostaw|trzymajcie|dopiszcie|dopisz|wpiszcie|zapiszcie|dodajcie|zachowajcie) (?:mnie|nas|moj adres)",
  "(?:nechte|nech|nechajte|nechaj|ponechte|pridejte|pridajte|zapiste|zapiste|dejte|dajte) (?:me|mne|ma|nas) (?:prosim |tam |dal )*(?:na|v|do|mezi|medzi)",
  "(?:hagyj\\S*|tarts\\S*|vegyenek fel|vegyetek fel|irjanak fel|tegyenek) (?:meg |rajta |fel )?(?:engem |nyugodtan )?(?:a list\\S*|rajta|a tanfolyam\\S*|fel)",
  "(?:lasati|pastrati|tineti|puneti|adaugati|inscrieti|treceti) (?:ma|ne) (?:va rog |te rog )?(?:pe|in|la)",
  "(?:αφηστε|κρατηστε|βαλτε|προσθεστε|γραψτε) (?:με|μας) (?:\\S+ )?(?:στη|στην|στο|στα|σε)",
  "(?:beni|adimi) (?:\\S+ )?(?:listede|listeye|kursta|kursa|bultende) (?:\\S+ )?(?:tut|birak|ekle|yaz|kals|kay)\\S*",
  "(?:оставьте|оставь|держите|добавьте|запишите|впишите|включите) (?:меня|нас|мои адрес) (?:\\S+ )?(?:в|на|к)",
  "(?:залиште|тримаите|додаите|запишіть|включіть) (?:мене|нас|мою адресу) (?:\\S+ )?(?:в|у|на|до)",
  "(?:ابقوني|ابقني|اتركوني|اضيفوني|اضفني|سجلوني|ضعوني) (?:في|على|الى)",
  "(?:תשאירו|השאירו|תוסיפו|הוסיפו|תרשמו|רשמו) אותי",
  "मुझे (?:\\S+ )?(?:सूची|लिस्ट|कोर्स) (?:में|पर) (?:\\S+ )?(?:रख|रहने|जोड|शामिल)\\S*",
  "(?:mujhe|mujhko) (?:\\S+ )?(?:list|course) (?:mein|me|par) (?:\\S+ )?(?:rakh|rehne|jod|add)\\S*",
];

let compiled: { deeds: RegExp; done: RegExp; stay: RegExp } | undefined;
function expressions() {
  const words = (phrases: readonly string[]) => new RegExp(`(?:^| )(?:${phrases.join("|")})(?= |$)`, "u");
  compiled ??= {
    deeds: new RegExp(`(?:^| )(?:${WOULD.join("|")})(?= |$)|(?:${IF_GONE.join("|")})(?= |$)`, "u"),
    done: words(DONE),
    stay: words(STAY_ON),
  };
  return compiled;
}
/** "Leave me on the newsletter, but remove me from the course" asks for both; "do not keep me on it" asks to leave. */
const BUT =
  /(?:^| )(?:but|aber|mais|pero|ma|mas|maar|men|mutta|ale|avsak|hanem|viszont|dar|но|але|αλλα|ama|لكن|אבל|लेकिन|lekin)(?= |$)/u;
const NOT =
  /(?:^| )(?:not|don t|never|nicht|nie|ne|pas|no|non|nao|niet|geen|inte|ikke|alkaa|ala|nie|nem|nu|μη|μην|не|لا|אל|לא|मत|नहीं|mat|nahi)(?= |$)/u;
/** Written without spaces. */
const DENSE =
  /(?:リスト|名簿|予定|計画)から外し(?:ます|まし|た)|(?:把|将)(?:我|咱)?(?:留|保留|加|放)(?:在|到|进)|リストに(?:残|入れ|加え|追加)|(?:명단|목록|리스트)에 ?(?:남|넣|추가|올려)/u;

/** It tells of a deed, or asks to stay. `text` is folded as `text.ts` folds, `dense` is without its spaces. */
export const isToldDeed = (text: string, dense: string): boolean => isToldInWords(text) || DENSE.test(dense);

const isToldInWords = oncePerText((text) => {
  const { deeds, done, stay } = expressions();
  const isStaying = stay.test(text) && !BUT.test(text) && !NOT.test(text);
  return deeds.test(text) || (done.test(text) && !WISHED.test(text)) || isStaying;
});

/** "Can one leave at any time?": who asks in general wants to know. */
const GENERALLY =
  /(?:^| )(?:any ?time|at any (?:time|moment|point)|whenever|midway|half ?way|in general|one day|theoretically|jederzeit|wann (?:man|ich|immer)|zwischendurch|mittendrin|irgendwann|theoretisch|a tout moment|n importe quand|quand (?:on|je) veu\S*|en cours de route|un jour|en cualquier momento|cuando (?:uno )?quiera|cuando quiero|a mitad|algun dia|in qualsiasi momento|in ogni momento|quando (?:si |uno )?(?:vuole|voglio)|a meta|un giorno|a qualquer (?:momento|hora|altura)|quando (?:eu )?quiser|a meio|um dia|op elk moment|wanneer (?:je|ik|men) wil|tussentijds|ooit|nar som helst|en dag|undervejs|underveis|milloin (?:tahansa|vain|vaan)|kesken|joskus|w kazdej chwili|w dowolnym momencie|kiedy (?:chce|sie chce)|w trakcie|kiedys|kdykoli\S*|v prubehu|nekdy|kedykolvek|v priebehu|niekedy|barmikor|menet kozben|kozben|valamikor|oricand|pe parcurs|vreodata|οποτε θελ\S+|οποιαδηποτε στιγμη|ενδιαμεσως|καποτε|istedig\S+ zaman|her an|ara vermeden|bir gun|в любо[ие] (?:момент|время)|когда угодно|когда нибудь|будь коли|в будь якии (?:момент|час)|колись|في اي وقت|متى ما|متى شئت|יום אחד|בכל (?:רגע|זמן|עת)|מתי ש\S+|कभी भी|जब चाह\S+|बीच में)(?= |$)|随时|隨時|いつでも|途中で|아무 ?때나|언제든|중간에/u;

export const isAskedInGeneral = ({ text, isQuestion }: { text: string; isQuestion: boolean }): boolean =>
  isQuestion && GENERALLY.test(text);
