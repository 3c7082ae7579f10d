/**
 * Steering by what is wanted instead of a word for it: a rate ("one every two weeks"), a lesson by its number, all that
 * was answered. By language, in the notation of `pattern.ts`.
 */
interface Wanted {
  help?: string[];
  slower?: string[];
  faster?: string[];
  journal?: string[];
  next?: string[];
  pause?: string[];
  resume?: string[];
}

const NOW_EN = "(now|already|today|early|a day early|right away|straight away|sooner)";

export const WANTED: Partial<Record<string, Wanted>> = {
  en: {
    slower: [
      "(could|can|may|might) ({ours}|they|these|it) (please |only |just )*(come|arrive|be sent|get sent|go out|reach me) (to me |here )?(a (little|bit) )?(less often|less frequently|every (other|second|two) weeks?|fortnightly|more slowly|slower|further apart)",
      "({ours}|they|these|it) (could |can |might |may |to |please |also )*(come|arrive|be sent|get sent|go out|reach me|land) (to me |here )?(a (little|bit) )?(less often|less frequently|at longer intervals|further apart|more slowly|more rarely|slower)",
      "(every (other|second|two|2|three|3) weeks?|once a fortnight|fortnightly) (would|is|works|suits|might|please|#)",
      "(one|a lesson|lessons?|them|it|mails?) (only )?(every (two|2|three|3|other|second) weeks?|(once )?a (fortnight|month)|once every (two|2) weeks|fortnightly)",
    ],
    faster: [
      "({ours}|they|these|it) (could |can |might |may |to |please |also )*(come|arrive|be sent|get sent|go out|reach me|land) (to me |here )?(a (little|bit) )?(more often|more frequently|at shorter intervals|closer together|more quickly|faster|sooner)",
      "(two|2|three|3) (lessons |of them |)?(a|per|each|every) week|(one|a lesson) every (two|three|2|3) days|every other day",
    ],
    journal: [
      "(send|mail|email|give|show) (me )?(the|my) (journal|diary)",
      "(all|everything|compilation|collection) (of )?(the |my )?(answers|replies|things) (i (have |ve )?|that i (have |ve )?)?(gave|given|sent|wrote|written)?( so far| to date| until now)",
    ],
    next: [`(send|get|have|give|see) (me )?(lesson|part|number) @ ${NOW_EN}`],
    pause: [
      "(i m|i am|i ll be) (stopping|pausing|taking a break|resting|off) (for )?(@ )?(weeks?|months?|days?)",
      "skip (the |my )?(next|this|coming) (week|month)( s|)",
      "(nothing|no more|none) (until|till|til|before)",
      "(skip|leave|spare) me (out )?for",
    ],
  },
  de: {
    slower: [
      "(konnen|konnten|durfen|durften|sollten|mogen) ({ours}|sie|die mails) (bitte |auch |vielleicht |etwas |ein bisschen |ein wenig )*(seltener|weniger oft|weniger haufig|langsamer|in grosseren abstanden)",
      "alle (zwei|2|drei|3|vierzehn|14) (wochen|tage)|jede zweite woche|(ein|1) ?mal im monat|14 ?tagig|zweiwochentlich|vierzehntagig|(geht|ginge) (es|das) (auch )?(etwas |ein bisschen )?langsamer",
    ],
    faster: [
      "(konnen|konnten|durfen|durften|sollten|mogen) ({ours}|sie|die mails) (bitte |auch |vielleicht |etwas |ein bisschen |ein wenig )*(ofter|haufiger|schneller|in kurzeren abstanden)",
      "(zwei|2|drei|3) (lektionen |mails )?(pro|in der|je) woche|zweimal (die|pro|in der) woche|alle (zwei|drei|2|3) tage|(geht|ginge) (es|das) (auch )?(etwas |ein bisschen )?schneller",
    ],
    journal: [
      "(schick@|send@|gib@|zeig@|mail@) (sie |ihr |du |mir |bitte |auch |noch )*(das|mein) (journal|tagebuch)",
      "(zusammenstellung|ubersicht|liste|sammlung|kopie) (von |aller |all |uber )*(meine[rn]? )?(bisherigen )?(antworten|notizen|einsendungen)|(alle|alles|samtliche) (meine |was ich )(bisherigen )?(antworten|bisher|geschrieben|geantwortet)",
    ],
    next: [
      "(schick@|send@|bekomm@|haben|kriegen|geben|gib|gebt) (sie |ihr |du |mir |ich |bitte )*lektion @ (schon |bereits |gleich |sofort )*(heute|jetzt|morgen|vorab|fruher|schicken|haben|bekommen)|lektion @ (schon|bereits|gleich) (heute|jetzt|morgen)",
    ],
    pause: [
      "(ich )?(setze|pausiere|mache) (ich )?(fur )?(@ )?(wochen?|monate?|tage) (aus|pause)",
      "(nichts|keine) (mehr )?(bis|vor) ",
      "(setzt|setz|lasst|lass|uberspring@) (mich |bitte |mal )*(fur |die nachsten )?(@ )?(wochen|monate) (aus|lang)",
    ],
    resume: [
      "(pause|urlaub) (ist )?(vorbei|zu ende|rum)",
      "(ihr |du |sie )?(konnt|kannst|konnen) (mir )?(jetzt |nun |gern |gerne )*(wieder |weiter)(schicken|senden|weitermachen|loslegen|machen)",
      "(es |das )?(kann|darf) (wieder )?(weitergehen|losgehen|weiterlaufen)",
    ],
  },
  fr: {
    slower: [
      "({ours}|elles|ils) (elles |ils )?(pourraient|peuvent|pourront) (elles |ils )?(s il vous plait )?(arriver|venir|etre envoye@|me parvenir) (un peu )?(moins (souvent|vite|frequemment)|plus espace@)",
      "(une|la) (lecon |)?(toutes les (deux|2|trois) semaines|par mois|tous les quinze jours)|un peu moins (vite|souvent)|une semaine sur deux",
    ],
    faster: [
      "({ours}|elles|ils) (elles |ils )?(pourraient|peuvent|pourront) (elles |ils )?(s il vous plait )?(arriver|venir|etre envoye@|me parvenir) (un peu )?plus (souvent|vite|frequemment)",
      "(deux|2|trois) (lecons )?par semaine|tous les (deux|trois) jours|un peu plus (vite|souvent)",
    ],
    journal: ["(toutes mes reponses|tout ce que j ai (ecrit|repondu)|l ensemble de mes reponses)"],
    next: [
      "(envoye@|avoir|recevoir) (moi |s il vous plait )*la lecon @ (maintenant|des maintenant|aujourd hui|tout de suite)",
    ],
    pause: [
      "je (m arrete|fais une pause|m absente) (@ )?(semaines?|mois|jours)",
      "(plus rien|rien) (avant|jusqu)",
    ],
    resume: [
      "(reactive@|relance@|reprenez|reprends|remettez) (moi )?(le cours|les lecons|l envoi|mon cours)|(vous pouvez|tu peux) (reprendre|recommencer|relancer)|(ma |la )?pause est (finie|terminee)",
    ],
  },
  es: {
    slower: [
      "(una|la) (leccion |)?(cada (dos|2|tres) semanas|al mes|cada quince dias)|cada quince dias|un poco mas (lento|despacio)",
    ],
    faster: [
      "mas rapido|mas seguido|mas a menudo|(dos|2|tres) por semana",
      "(dos|2|tres) (lecciones )?(por|a la|cada) semana|cada (dos|tres) dias|un poco mas (rapido|deprisa)",
    ],
    journal: [
      "(todas mis respuestas|todo lo que (he|yo) (escrito|respondido|contestado)|todo lo que escribi)",
    ],
    next: ["(envi@|mand@|recibir) (me )?(ya )?la leccion @ (ya|ahora|hoy)"],
    pause: ["(nada|ninguna) (hasta|antes)|(paro|me tomo|descanso) (@ )?(semanas|meses|dias)"],
    resume: [
      "(reactiva@|reanuda@|retoma@|retomen|reactiven) (me )?(el curso|las lecciones|los envios|mi curso)|ya (volvi|estoy de vuelta|he vuelto)|(se )?(acabo|termino) (la pausa|el descanso)",
    ],
  },
  it: {
    slower: [
      "(una|la) (lezione |)?(ogni (due|2|tre) settimane|al mese|ogni quindici giorni)|ogni due settimane|un po meno (veloce|spesso)",
    ],
    faster: ["(due|2|tre) (lezioni )?(a|alla|per) settimana|ogni (due|tre) giorni|un po piu (veloce|spesso)"],
    journal: ["(tutte le mie risposte|tutto (quello|cio) che ho (scritto|risposto))"],
    next: [
      "(avere|ricevere|mandar@|invia@) (mi )?(subito |gia |adesso |ora )(la prossima|la lezione successiva)( lezione|)",
      "(mand@|invi@|avere|ricevere) (mi )?(gia )?la lezione @ (adesso|subito|oggi|gia oggi)",
    ],
    pause: [
      "(niente|nulla|nessuna lezione) (fino|prima)|(mi fermo|faccio (una )?pausa|stacco) (di |per )?(@ )?(settimane|mesi|giorni|settimana|mese)",
    ],
    resume: [
      "(riattiv@|riprend@) (il corso|le lezioni|l invio)|sono (tornat@|di nuovo qui)|(la )?pausa (e )?(finita|terminata)",
    ],
  },
  pt: {
    slower: [
      "mais devagar|mais espacad@|(uma|um) por (quinzena|mes)|de quinze em quinze dias",
      "(uma|a) (licao |aula )?(a cada (duas|2|tres) semanas|por mes|de quinze em quinze dias)|de duas em duas semanas|um pouco mais (devagar|lento)",
    ],
    faster: [
      "(duas|2|tres) (licoes |aulas )?por semana|de (dois|tres) em (dois|tres) dias|um pouco mais (rapido|depressa)",
    ],
    journal: ["(todas as (minhas )?respostas|tudo (o )?que (eu )?(ja )?(escrevi|respondi))"],
    next: ["(envi@|mand@|receber) (me )?(ja )?a licao @ (ja|agora|hoje)"],
    pause: [
      "(nada|nenhuma) (ate|antes)|(paro|faco uma pausa de|descanso) (@ )?(semanas|meses|dias)",
      "(parar|pausar|interromper) por (um|uma|dois|duas|tres|[0-9]+) (mes|meses|semanas?|dias)",
    ],
    resume: [
      "(reativ@|retom@|reactiv@) (o curso|as licoes|o envio)|ja (voltei|estou de volta)|(a )?pausa (acabou|terminou)",
    ],
  },
  nl: {
    slower: [
      "(een|de) (les |)?(om de (twee|2|drie) weken|per maand|elke (twee|2) weken|per (twee|2) weken)|om de week|eens per (twee|2) weken|(mag|kan) (het|dat) (iets |wat |)?(langzamer|rustiger|minder vaak)",
    ],
    faster: [
      "(twee|2|drie) (lessen |)?(per|in de|elke) week|om de dag|(mag|kan) (het|dat) (iets |wat |)?(sneller|vaker)",
    ],
    journal: [
      "(overzicht|kopie|lijst) van (alles|alle antwoorden)( wat| die|) ik (@ )*(geantwoord|geschreven|gestuurd|teruggeschreven)|alles wat ik (@ )*(geantwoord|geschreven)",
      "(al mijn (eerdere )?antwoorden|alles wat ik (heb )?(geschreven|geantwoord)|alles wat ik schreef)",
    ],
    next: [
      "(stuur@|krijgen|ontvangen|hebben) (mij |me |ik )*les @ (nu|vandaag|alvast|al)|les @ (al|nu al|vandaag al)",
    ],
    pause: [
      "(even |liever )?(niets|geen lessen|geen mails) (tot|voor)|ik (stop|pauzeer|sla) (even )?(@ )?(weken|maanden|dagen|week|maand)",
    ],
    resume: [
      "(het kan|jullie mogen|je mag|u mag) (weer )?(verder|doorgaan|beginnen|weer)|(hervat|heractiveer) (de cursus|de lessen)|(mijn )?(pauze|vakantie) is (voorbij|afgelopen)",
    ],
  },
  sv: {
    slower: [
      "(en|ett) (lektion )?(varannan vecka|i manaden|var (tredje|fjortonde) (vecka|dag))|varannan vecka|(gar det|kan det) (lite )?langsammare",
    ],
    faster: [
      "(tva|2|tre) (lektioner )?(i|per) (veckan|vecka)|varannan dag|(gar det|kan det) (lite )?(snabbare|fortare|oftare)",
    ],
    journal: ["(alla mina (tidigare )?svar|allt (som )?jag (har )?(skrivit|svarat))"],
    next: ["(skicka|fa) (mig )?lektion @ (nu|redan|idag|redan nu|redan idag)"],
    resume: [
      "(ateruppta|starta|aktivera) (garna )?(kursen|lektionerna)( igen|)|jag ar tillbaka|(pausen|semestern) ar (over|slut)",
      "(klar|redo) (igen|att fortsatta) ,? ?(skicka|fortsatt|kor)|(skicka|kor) bara (vidare|pa)",
    ],
  },
  da: {
    slower: [
      "(en|et) (lektion )?(hver anden uge|hver 14 dag|om maneden)|hver anden uge|(kan|ma) det (ga )?(lidt )?langsommere",
    ],
    faster: [
      "(to|2|tre) (lektioner )?(om|i|pr) ugen|hver anden dag|(kan|ma) det (ga )?(lidt )?(hurtigere|oftere)",
    ],
    journal: ["(alle mine (tidligere )?svar|alt(,| )?(det |hvad )?jeg har (skrevet|svaret))"],
    next: ["(send|fa) (mig )?lektion @ (nu|allerede|i dag|allerede nu|allerede i dag)"],
    resume: [
      "(genoptag|genstart|aktiver|fortsaet) (gerne |bare )?(kurset|lektionerne)|(sa er )?jeg (er )?tilbage|(pausen|ferien) er (slut|forbi)",
      "(klar|parat) (igen|til at fortsaette) ,? ?(send|fortsaet|kor)|(send|kor) bare (videre|los|igen)",
    ],
  },
  nb: {
    slower: [
      "(en|ei) (leksjon )?(annenhver uke|hver 14 dag|i maneden)|annenhver uke|(kan|ma) det (ga )?(litt )?saktere",
    ],
    faster: [
      "(to|2|tre) (leksjoner )?(i|per) uka|(to|2|tre) (leksjoner )?(i|per) uken|annenhver dag|(kan|gar) det (ga )?(litt )?(fortere|raskere|oftere)",
    ],
    journal: ["(alle (de )?(tidligere )?svarene mine|alt (som )?jeg har (skrevet|svart))"],
    next: ["(send|fa) (meg )?leksjon @ (na|allerede|i dag|allerede na|allerede i dag)"],
    resume: [
      "(gjenoppta|start|aktiver) (gjerne )?(kurset|leksjonene)( igjen|)|jeg er tilbake|(pausen|ferien) er (over|slutt)",
      "(klar|parat) (igjen|til a fortsette) ,? ?(send|fortsett|kjor)|(send|kjor) bare (videre|pa|i vei)",
    ],
  },
  fi: {
    slower: ["(yksi )?(oppitunti )?(joka toinen viikko|kahden viikon valein|kerran kuussa)"],
    faster: ["(kaksi|2|kolme) (oppituntia )?viikossa|kahdesti viikossa|joka toinen paiva"],
    journal: ["(kaikki (aiemmat )?vastaukseni|kaikki mita olen (kirjoittanut|vastannut))"],
    next: ["(laheta@|saada|saisinko) (minulle )?oppitunti @ (jo )?(nyt|tanaan)"],
    resume: [
      "(jatketaan|jatkakaa|kaynnistakaa|aktivoikaa) (kurssia|kurssi|oppitunteja)( taas|)|(tauko|loma) on ohi",
    ],
  },
  pl: {
    slower: [
      "(jedna )?(lekcj@ )?(co (dwa|2|trzy) tygodnie|raz na (dwa|2) tygodnie|raz w miesiacu)|troche wolniej",
    ],
    faster: [
      "(dwie|2|trzy) (lekcje )?(w tygodniu|na tydzien|tygodniowo)|dwa razy w tygodniu|co (dwa|drugi) (dni|dzien)|troche szybciej",
    ],
    journal: ["(wszystkie moje (dotychczasowe )?odpowiedzi|wszystko(,| )co (do tej pory )?napisal@)"],
    next: ["(wyslij@|przyslij@|wyslac|dostac) (mi )?lekcje @ (juz|teraz|dzis|dzisiaj)"],
    resume: [
      "(wznow@|wznowcie|reaktywuj@|uruchom@) (prosze )?(kurs|lekcje|wysylke)|(juz )?(wrocilem|wrocilam)|(przerwa|urlop) (sie )?(skonczyla|skonczyl|dobiegl@)",
    ],
  },
  cs: {
    slower: [
      "(jednu )?(lekci )?(jednou za (dva|2|14) (tydny|dni)|kazdy druhy tyden|jednou mesicne)|trochu pomaleji",
    ],
    faster: ["(dve|2|tri) (lekce )?(tydne|za tyden)|dvakrat tydne|obden|trochu rychleji"],
    journal: [
      "(vsechny (me|moje) (dosavadni )?odpovedi|vsechno , co jsem (napsal@|odpovedel@)|vse , co jsem napsal@)",
    ],
    next: ["(posl@|poslat|dostat) (mi )?lekci @ (uz |hned )?(ted|dnes|hned)"],
    resume: [
      "(obnov@|spust@|aktivuj@) (prosim )?(kurz|lekce|zasilani)|(uz )?jsem zpatky|(pauza|dovolena) (skoncila|je u konce)",
    ],
  },
  sk: {
    slower: [
      "(jednu )?(lekciu )?(raz za (dva|2|14) (tyzdne|dni)|kazdy druhy tyzden|raz mesacne)|trochu pomalsie|(moze|mohlo by) to (ist )?pomalsie",
    ],
    faster: [
      "(dve|2|tri) (lekcie )?(tyzdenne|za tyzden)|dvakrat (do tyzdna|tyzdenne)|(posiela@|zasiela@|dostava@) (mi )?(lekcie )?(castejsie|rychlejsie)|(lekcie|maily) (castejsie|rychlejsie)",
    ],
    journal: ["(vsetky moje (doterajsie )?odpovede|vsetko , co som (napisal@|odpovedal@))"],
    next: ["(posl@|poslat|dostat) (mi )?lekciu @ (uz |hned )?(teraz|dnes|hned)"],
  },
  hu: {
    slower: ["(egy )?(lecke )?(kethetente|minden masodik heten|havonta egyszer)"],
    faster: ["(ket|2|harom) lecke(t)? (egy )?heten(te|kent)|hetente (ketszer|ket)|ketnaponta"],
    journal: ["(az )?(osszes|minden) (eddigi )?valasz(om|omat|aimat|aim)|mindent , amit (eddig )?irtam"],
    next: ["(kuld@|kaphat@|johet) (mar )?(most )?a @ lecke(t)?"],
    resume: [
      "(inditsatok|inditsak|folytassuk|folytassatok|aktival@) (ujra )?(a )?(kurzust|leckeket|tanfolyamot)|(a )?(szunet|szabadsag) (veget ert|lejart|utan vagyok)",
    ],
  },
  ro: {
    slower: [
      "(o )?(lectie )?(la (doua|2|trei) saptamani|pe luna|o data la (doua|2) saptamani)|se poate mai (rar|incet)",
    ],
    faster: [
      "(doua|2|trei) (lectii )?pe saptamana|de doua ori pe saptamana|la doua zile|se poate mai (des|repede)",
    ],
    journal: ["(toate raspunsurile mele|tot ce am (scris|raspuns))"],
    next: ["(trimite@|primi) (mi )?lectia @ (acum|azi|deja)"],
    resume: ["(reactiva@|relua@|porniti) (cursul|lectiile)|(pauza|concediul) s a (terminat|incheiat)"],
  },
  ru: {
    slower: [
      "(один|одно|по одному) ?(урок@|письм@)? ?раз в (две|2) недели|раз в (две|2) недели|раз в месяц|(можно|нельзя ли) (немного |чуть )?(помедленнее|медленнее|пореже|реже)",
    ],
    faster: [
      "(два|2|три) (урока )?в неделю|дважды в неделю|через день|(можно|нельзя ли) (немного |чуть )?(побыстрее|быстрее|почаще|чаще)",
    ],
    journal: ["(все мои (прежние )?ответы|все ,? ?что я (написал@|писал@|ответил@))"],
    next: ["(пришл@|отправ@|получить) (мне )?урок @ (уже |прямо )?(сеичас|сегодня)"],
    resume: [
      "(возобнов@|включ@|запуст@) (снова )?(курс|уроки|рассылку)|я (уже )?(вернул@)|(пауза|отпуск) (закончил@|окончен@)",
    ],
  },
  uk: {
    slower: ["раз на (два|2) тижні|раз на місяць|(можна|чи можна) (трохи |трішки )?(повільніше|рідше)"],
    faster: [
      "(два|2|три) (уроки )?на тиждень|двічі на тиждень|через день|(можна|чи можна) (трохи |трішки )?(швидше|частіше)",
    ],
    journal: ["(усі|всі) моі (попередні )?відповіді|(усе|все) ,? ?що я (написав|написала|писав|писала)"],
    next: ["(надішл@|отримати) (мені )?урок @ (вже |уже )?(зараз|сьогодні)"],
    resume: [
      "(відновіть|відновити|увімк@|запуст@) (знову )?(курс|уроки|розсилку)|я (вже )?(повернул@)|(пауза|відпустка) (закінчил@)",
    ],
  },
  tr: {
    slower: ["iki haftada bir|ayda bir|biraz daha (yavas|seyrek)"],
    faster: ["haftada (iki|2|uc) (ders|kez|kere|defa)|iki gunde bir|biraz daha (hizli|sik)"],
    journal: [
      "(butun|tum) (onceki )?(cevaplarimi|yanitlarimi)|(simdiye kadar )?yazdigim (her sey@|butun cevaplari|tum cevaplari)|yazdigim (butun|tum)",
    ],
    next: ["@ (dersi|dersini) (simdi|hemen|bugun) (gonder@|alabilir@)"],
    resume: ["(kursu|dersleri) (tekrar |yeniden )?(baslat@|aktif@|devam ettir@)|(ara|tatil) bitti"],
  },
  el: {
    slower: ["(ενα )?(μαθημα )?(καθε (δυο|2) εβδομαδες|καθε δευτερη εβδομαδα|μια φορα το μηνα)"],
    faster: ["(δυο|2|τρια) (μαθηματα )?την εβδομαδα|δυο φορες την εβδομαδα|μερα παρα μερα"],
    journal: ["(ολες τις (προηγουμενες )?απαντησεις μου|ολα οσα (εχω γραψει|εγραψα))"],
    next: ["(στειλ@) (μου )?το μαθημα @ (τωρα|σημερα|απο τωρα)"],
    resume: [
      "(επανεκκιν@|ενεργοποι@|ξεκιν@) (ξανα )?(το μαθημα|τα μαθηματα|το προγραμμα)|(το διαλειμμα|οι διακοπες) (τελειωσε|τελειωσαν)",
    ],
    help: [
      "τι μπορω να (σας |σου )?(γραψω|στειλω|απαντησω)|πως (αλλαζω|μπορω να αλλαξω) (τις |το |τον )?(ρυθμισεις|ρυθμο)",
    ],
  },
};

/** What suits somebody, what they grant, or that they will go on: a rate, a pause or a lesson beside it is asked for. */
export const AGREES =
  /(?:^| )(?:you can|you may|feel free|whenever you like|go ahead|would suit|suits me|works better|es kann|ihr konnt|du kannst|sie konnen|passt mir|passt besser|ware (?:mir )?(?:lieber|besser|ideal)|vous pouvez|tu peux|me convien\p{L}*|conviendrait|puedes|pueden|podeis|cuando quieras|cuando querais|me vendria|me viene|pode|podem|podes|quando quiser\p{L}*|seria ideal|ficaria melhor|potete|puoi|quando volete|mi andrebbe|sarebbe (?:meglio|ideale)|je mag|jullie mogen|u mag|mag weer|zou (?:mij )?(?:beter|fijn)|passar (?:mig )?battre|du kan|ni kan|det kan|gerne|garna|passer bedre|voitte|saa taas|jatketaan|sopisi|sopii paremmin|mozna|mozecie|mozesz|wolalbym|wolalabym|muzete|muze se|vyhovovalo|mozete|moze sa|vyhovovalo by|lehet|mehet|jobb lenne|puteti|se poate|mi ar conveni|mi s ar potrivi|можно|можете|мне удобнее|мені зручніше|devam edebilir\p{L}*|uygun olur|μπορειτε|με βολευει)(?= |$)|(?:^| )(?:then i (?:ll|will|m|am)|dann (?:geht|gehts|mache|lese|bin)|puis je (?:reprends|continue)|despues (?:sigo|retomo|vuelvo)|luego (?:sigo|retomo|vuelvo)|depois (?:volto|continuo|retomo)|poi (?:riprendo|continuo|torno)|daarna (?:ga|pak|lees)|sedan (?:fortsatter|kor)|derefter|deretter|sen jalkeen|potem (?:wracam|dalej)|pak (?:zase|budu)|potom (?:zase|budem)|utana (?:folytatom|megint)|apoi (?:continui|reiau)|потом продолж\p{L}*|потім продовж\p{L}*|sonra devam)(?= |$)/u;

/** "Send again only then": what is asked is to wait. */
export const ONLY_THEN =
  /(?:^| )(?:erst (?:dann|danach|ab|wieder ab|am|wieder am|im)|only (?:then|after that|afterwards)|not before (?:then|that)|seulement (?:apres|ensuite|a ce moment)|pas avant|solo (?:entonces|despues)|so depois|solo (?:dopo|allora)|pas dan|daarna pas|forst da|forst sedan|vasta sitten|dopiero (?:wtedy|potem)|az potom|az pak|csak utana|abia (?:atunci|dupa)|только потом|тільки потім|ancak o zaman|μονο τοτε)(?= |$)/u;

const TOO_SLOW =
  /(?:^| )(?:too (?:slow|rare|little|few)|not (?:often|fast) enough|zu (?:langsam|selten|wenig)|trop (?:lent\p{L}*|peu|rare)|demasiado (?:lento|poco)|muy (?:lento|poco)|muito (?:lento|pouco|devagar)|troppo (?:lent\p{L}|poco)|te (?:langzaam|weinig)|for (?:langsamt|sallan|sjaeldent|sjelden|lite|sakte)|liian (?:hidasta|harvoin|vahan)|za (?:wolno|rzadko|malo)|prilis (?:pomal\p{L}*|malo)|prilis zriedka|tul (?:lassu|ritka|keves)|prea (?:incet|rar|putin)|слишком (?:медленно|редко|мало)|занадто (?:повільно|рідко|мало)|cok (?:yavas|seyrek|az)|πολυ (?:αργ\p{L}*|σπανια|λιγο))(?= |$)|遅すぎ|少なすぎ|太慢|太少/u;
const TOO_FAST =
  /(?:^| )(?:too (?:fast|often|frequent|many|much)|zu (?:schnell|oft|haufig|viele?)|trop (?:vite|rapide\p{L}*|souvent|nombreu\p{L}*)|demasiad[oa]s? (?:rapido|seguido|frecuente|lecciones)|muito (?:rapido|frequente)|troppo (?:veloc\p{L}*|spesso|frequent\p{L}*)|te (?:snel|vaak|veel)|for (?:fort|snabbt|ofta|ofte|raskt|hurtigt|mange|manga)|liian (?:nopeasti|usein|monta)|za (?:szybko|czesto|duzo)|prilis (?:rychl\p{L}*|cast\p{L}*|moc|vela)|tul (?:gyors\p{L}*|suru\p{L}*|gyakran|sok)|prea (?:repede|des|mult\p{L}*)|слишком (?:быстро|часто|много)|занадто (?:швидко|часто|багато)|cok (?:hizli|sik|fazla)|πολυ (?:γρηγορ\p{L}*|συχν\p{L}*))(?= |$)|速すぎ|多すぎ|太快|太多/u;

/** A complaint about the rate that the sentence names. */
export const isTooSlow = (text: string): boolean => TOO_SLOW.test(text);
export const isTooFast = (text: string): boolean => TOO_FAST.test(text);

/** How it is asked whether something may be: a request, where a rate or a lesson follows. */
export const MAY_IT_BE =
  /(?:^| )(?:geht (?:es|das)|ginge (?:es|das)|gibt es|mag het|kan het|kan det|gar det|ma det|si puo|se poate|es posible|e possivel|pode[ms]?|podeis|puede[ns]?|mozete|mozes|muzete|mozno|lehet(?:ne)?|johet|mogtok|mozecie|da sie|можно|можна|можете|voiko|onko mahdollista|saisiko|misiniz|musunuz|olur mu|mumkun mu|μπορειτε|γινεται|as vrea|ar fi|would be|ware|wäre|var det)(?= |$)/u;
