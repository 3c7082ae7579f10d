import { oncePerText } from "./once-per-text.ts";

/**
 * A thought of stopping, with nothing named that would stop: "not sure whether to carry on", "maybe I stop here". All of
 * a sentence, folded as `text.ts` folds: what goes on ("carry on with the project") is about something else.
 */
const THOUGHTS: readonly string[] = [
  // English
  "(?:.* )?(?:not sure|unsure|don t know|in two minds|undecided|can t decide|wondering|wonder) (?:yet )?(?:, )?(?:if|whether) (?:i |to )(?:\\S+ ){0,3}?(?:carry on|continue|keep going|go on|stay|stick with|stop)(?: (?:with )?(?:this|it|the (?:course|lessons)|these lessons))?(?: here)?(?: , .*)?",
  "(?:.* )?(?:i (?:might|may)|(?:maybe|perhaps) i(?: should| ll| will)?|i think i(?: ll| should| will)) (?:just )?(?:stop|quit|leave|drop out|call it a day)(?: (?:here|now|this|it))?(?: , .*)?",
  "(?:i m |i am |been )?(?:thinking|think) (?:of|about) (?:quitting|stopping|leaving|dropping out|giving up)(?: (?:here|this|it|the course))?(?: , .*)?",
  ".*what (?:happens|will happen|becomes) (?:to|of|with) .{1,40} (?:if|when|once) i (?:leave|cancel|stop|unsubscribe|quit)(?: the course)?",
  "(?:.* )?(?:maybe |perhaps )?(?:that s )?enough (?:for (?:me|now)|for the moment)(?: i think)?(?: , .*)?",
  "if .{3,60} (?:i m|i am|i ll be) (?:leaving|gone|out|off)",
  "(?:i m |i am )?not (?:so )?sure (?:that )?(?:this|it) is (?:still |really )?(?:for me|my thing)(?: , .*)?",
  "(?:hmm? ?,? ?)?i (?:don t|do not) (?:know|think) (?:that |if )?i (?:really |still )?(?:need|want) (?:any )?(?:more|all)?(?: of)?(?: this| these| it| them)?(?: any ?more)?",
  "(?:.* )?(?:this|it|all this|these lessons) (?:is|are) (?:slowly |getting |becoming |starting to be )*(?:getting |becoming )?(?:a bit |a little )?too much(?: for me)?(?: right now)?",
  "(?:maybe|perhaps|probably|i guess|i fear) (?:this|it)(?: s| is) (?:just |really )?not (?:really )?for me(?: after all)?",
  // German
  "(?:.* )?(?:weiss (?:noch )?nicht|unsicher|nicht sicher|uberlege|frage mich|schwanke) ?(?:, )?ob ich (?:\\S+ ){0,2}?(?:weitermach\\S*|dabei ?bleib\\S*|aufhor\\S*|aussteig\\S*|bleib\\S*)(?: (?:soll|will|mochte|kann))?",
  "(?:vielleicht|wahrscheinlich) (?:hore|steige) ich (?:hier )?(?:auf|aus)|vielleicht sollte ich (?:hier )?(?:aufhoren|aussteigen)",
  "was (?:passiert|geschieht|wird) (?:mit|aus) .{1,40} , (?:wenn|falls) ich (?:aufhore|aussteige|gehe|kundige|mich abmelde)",
  "(?:das |es )?reicht mir (?:vielleicht|wohl|glaube ich)(?: erstmal)?",
  "(?:.* )?(?:uberlege|frage mich|schwanke|weiss nicht) ?(?:gerade |noch )?(?:, )?ob ich (?:nicht )?(?:\\S+ ){0,3}?(?:aufhor\\S*|aussteig\\S*|weitermach\\S*|lass\\S*|bleib\\S*)(?: (?:soll|sollte|will|mochte))?",
  "(?:langsam |so langsam |allmahlich )?(?:wird|ist) (?:mir )?(?:das|es) (?:mir )?(?:langsam |gerade |alles )*(?:einfach )?(?:etwas |ein bisschen )?zu viel(?: langsam)?|(?:das|es) (?:wird|ist) mir (?:langsam |gerade |alles )*zu viel",
  "(?:vielleicht|wahrscheinlich|wohl) ist (?:das|es) (?:doch |einfach )?(?:nichts fur mich|nicht das richtige)(?: fur mich)?",
  // French
  "(?:.* )?(?:ne )?(?:sais pas|suis pas sure?|me demande|hesite) (?:encore )?si je (?:vais |veux |dois |peux )?(?:continue|continuer|arrete|arreter|poursuivre|reste|rester)(?: , .*)?",
  "j hesite a (?:continuer|arreter)(?: , .*)?|je (?:pense|crois|songe) (?:a |que je vais )?(?:m )?arreter(?: la| ici)?|(?:peut etre que j arrete|j arrete peut etre)(?: la| ici)?",
  "(?:ca|cela) (?:commence a (?:faire|etre)|devient|fait|est) (?:un peu )?(?:trop|beaucoup)(?: pour moi)?|(?:peut etre que |finalement )?(?:ce n est|c est) (?:peut etre |finalement )?pas pour moi(?: finalement)?",
  // Spanish, Portuguese, Italian
  "(?:.* )?(?:no se|dudo|no estoy segur[oa]) si (?:seguir|continuar|quedarme) o (?:no|dejarlo|parar|irme)|(?:esto )?(?:empieza a ser|se me hace|es) (?:un poco )?(?:demasiado|mucho)(?: para mi)?|(?:quiza|quizas|tal vez|creo que) (?:esto )?no (?:es|sea) para mi",
  "(?:.* )?(?:nao sei|duvido) se (?:continuo|sigo|fico) ou (?:nao|paro|saio|desisto)|(?:isto |isso )?(?:esta a ser|esta sendo|comeca a ser|e) (?:um pouco )?demais(?: para mim)?|(?:talvez|se calhar) (?:isto |isso )?nao (?:seja|e) para mim",
  "(?:forse|magari) (?:e|sarebbe) meglio che (?:mi fermi|smetta|lasci)(?: qui)?(?: , .*| ci penso.*)?|(?:.* )?(?:non so|dubito) se (?:continuare|restare|andare avanti) o (?:no|smettere|lasciare)|(?:sta diventando|diventa|e) (?:un po )?troppo(?: per me)?|forse non (?:fa|e) (?:per me|adatto a me)",
  "(?:.* )?(?:no se|no estoy segur[oa](?: de)?|dudo|me pregunto) si (?:quiero |voy a |debo |deberia )?(?:seguir|sigo|continuar|continuo|parar|dejarlo)(?: , .*)?",
  "(?:estoy )?(?:pensando|pienso) (?:en )?(?:dejarlo|parar|irme|salirme)|(?:quiza|quizas|a lo mejor|tal vez) lo dejo(?: aqui)?",
  "(?:.* )?nao (?:sei|tenho certeza) se (?:quero |vou |devo )?(?:continuar|continuo|seguir|parar)(?: , .*)?",
  "(?:estou )?(?:pensando em|penso em|a pensar em) (?:sair|parar|desistir|deixar)|(?:talvez|se calhar) (?:pare|desista|saia)(?: por aqui)?",
  "(?:.* )?(?:non so|non sono sicur[oa]|mi chiedo|dubito) se (?:voglio |vado |devo )?(?:avanti|andare avanti|continuare|continuo|smettere|restare)(?: , .*)?",
  "(?:sto pensando|penso) di (?:smettere|lasciare|mollare|lasciar perdere)|forse (?:smetto|lascio|mollo|mi fermo)(?: qui)?",
  // Romanian
  "(?:.* )?nu (?:stiu|sunt sigur[a]?) daca (?:vreau sa |o sa |mai |trebuie sa )?(?:continui|continua|raman|ma opresc)(?: , .*)?|(?:poate|cred ca) ma opresc(?: aici)?",
  // Dutch
  "(?:.* )?(?:twijfel|weet (?:nog )?niet(?: zeker)?|vraag me af) of ik (?:nog )?(?:door|verder|stop|moet stoppen|ga stoppen|blijf)(?: (?:wil|ga|moet|kan|gaan|wil gaan|moet gaan))?",
  "misschien (?:stop ik(?: ermee| hier)?|moet ik (?:\\S+ ){0,2}?mee stoppen|moet ik (?:maar )?stoppen)",
  "(?:.* )?(?:twijfel|weet niet|aarzel) of ik (?:hier ?mee|ermee|met (?:dit|deze cursus)) (?:nog )?(?:door|verder) (?:wil|moet|ga)(?: gaan)?|(?:het|dit) wordt (?:me |mij )?(?:een beetje |langzaam |wat )?te veel|misschien is (?:dit|het) (?:toch )?niets? voor mij",
  // Scandinavian
  "(?:det|detta|dette) (?:bli(?:r|ver)|borjar bli|begynner a bli|begynder at blive) (?:for |lite for |litt for |lidt for )?(?:mycket|mye|meget)(?: for mig| for meg)?|(?:kanske|kanskje|maske) (?:ar|er) (?:det har|det|dette) (?:inte|ikke) (?:nagot |noe |noget )?for (?:mig|meg)",
  "(?:.* )?(?:vet inte|osaker pa|undrar) om jag (?:orkar |vill |ska |kan )?(?:fortsatta|fortsatter|sluta|slutar|hanga kvar)",
  "kanske (?:slutar jag|ska jag sluta|borde jag sluta)(?: har)?|hur gor man om man vill sluta(?: .{1,20})?|jag (?:funderar|tanker) pa att sluta",
  "(?:.* )?(?:ved ikke|vet ikke|usikker pa|overvejer|vurderer) ?(?:, )?om jeg (?:\\S+ ){0,2}?(?:fortsætte[r]?|fortsaette[r]?|fortsette[r]?|stoppe[r]?|slutte[r]?|blive|bli)",
  "(?:maske|måske|maaske|kanskje) (?:stopper|slutter) jeg(?: her)?",
  // Finnish
  "(?:en tieda|mietin|en ole varma) ?(?:, )?(?:jaksanko|haluanko|jatkanko|lopetanko|pitaisiko)(?: \\S+){0,2}|ehka (?:lopetan|lopetankin)(?: tahan)?|taidan lopettaa(?: tahan)?",
  "(?:tama )?alkaa (?:olla|kayda) (?:minulle )?liikaa|ehka tama ei (?:ole|olekaan) minua varten",
  // Polish, Czech, Slovak
  "(?:robi sie|zaczyna byc|to) (?:tego )?(?:dla mnie )?(?:troche )?za duzo|(?:chyba|moze) to (?:jednak )?nie dla mnie",
  "(?:zacina|zacinaa) (?:to|toho) (?:byt|byti|na me byt) (?:na me |na mna )?(?:moc|vela)|(?:asi|mozna|mozno) to (?:prece jen |predsa len )?(?:neni|nie je) pro? ?m[en]a?",
  "(?:.* )?nie wiem ?(?:, )?czy (?:chce |mam |bede |powinnam |powinienem )?(?:dalej |to )*(?:kontynuowac|dalej|to robic|robic|zostac|przestac)(?: to)?|(?:moze|chyba) (?:juz )?(?:skoncze|zrezygnuje|przestane)(?: juz| tutaj)?",
  "(?:.* )?(?:nevim|nejsem si jist[ya]?|premyslim) ?(?:, )?(?:jestli|zda) (?:chci |mam |budu )(?:dal )?(?:pokracovat|skoncit|zustat)(?: dal)?|(?:mozna|asi) (?:skoncim|prestanu)",
  "(?:.* )?(?:neviem|nie som si ist[ya]?|rozmyslam) ?(?:, )?ci (?:chcem |mam |budem )(?:dalej )?(?:pokracovat|skoncit|zostat)(?: dalej)?|(?:mozno|asi) (?:skoncim|prestanem)",
  // Hungarian
  "(?:.* )?nem tudom ?(?:, )?(?:folytassam e|folytatom e|abbahagyjam e|akarom e folytatni)|(?:talan|lehet hogy) abbahagyom(?: itt)?",
  // Russian, Ukrainian
  "(?:.* )?не знаю ?(?:, )?(?:хочу ли|буду ли|стоит ли|продолжать ли)(?: мне| я)?(?: продолжать| дальше| оставаться)?|(?:наверное|может быть|пожалуи) (?:я )?(?:закончу|остановлюсь|брошу)(?: на этом)?",
  "(?:.* )?не знаю ?(?:, )?чи (?:хочу|буду|варто|мені)(?: мені| я)?(?: продовжувати| далі| лишатися)?|(?:мабуть|може) (?:я )?(?:закінчу|зупинюся|кину)(?: на цьому)?",
  "(?:наверное|наверно|пожалуи|видимо|кажется) ?,? ?(?:это )?(?:все таки |все же |все таки это )?(?:не для меня|не мое|слишком много)(?: для меня)?",
  "(?:мабуть|напевно|здається) ?,? ?(?:це )?(?:все таки |все ж )?(?:не для мене|не моє|забагато)(?: для мене)?",
  // Turkish, Greek
  "(?:.* )?devam (?:etmek istiyor muyum|edeyim mi|eder miyim|etsem mi)(?: ,)?(?: (?:bilmiyorum|emin degilim))?|belki (?:burada )?birakirim",
  "(?:.* )?δεν (?:ξερω|ειμαι σιγουρ[οςη]+) αν (?:θελω |θα |πρεπει )?(?:να )?(?:συνεχισω|σταματησω|μεινω)|ισως (?:να )?σταματησω(?: εδω)?",
  // Korean
  "계속할지 (?:모르겠|고민).*",
];
/** Written without spaces. */
const DENSE =
  /^(?:(?:私は?)?(?:この(?:まま|講座を))?続けるか(?:どうか)?(?:[,、])?(?:少し|ちょっと|正直)?(?:迷って|悩んで|わから).{0,6}|(?:もう)?やめようか(?:な|と|迷).{0,8}|我?(?:有点)?(?:不确定|不知道|犹豫)(?:要不要|是否|该不该)(?:继续|坚持|学)(?:下去|学)?|要不要继续(?:下去)?)$/u;

let compiled: RegExp | undefined;
const isThought = oncePerText((text) => {
  compiled ??= new RegExp(`^(?:${THOUGHTS.join("|")})$`, "u");
  return compiled.test(text);
});

/** True for a sentence that weighs whether to go on with the course, and names nothing else. */
export function isThoughtOfStopping({ text, dense }: { text: string; dense: string }): boolean {
  return text.length < LONGEST && (isThought(text) || DENSE.test(dense));
}
const LONGEST = 160;
