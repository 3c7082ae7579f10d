/**
 * Steering by what is wanted instead of a word for it: a rate ("one every two weeks"), a lesson by its number, all that
 * was answered. By language, in the notation of `pattern.ts`.
 */
interface Wanted {
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
      "(one|a lesson|lessons?|them|it|mails?) (only )?(every (two|2|three|3|other|second) weeks?|(once )?a (fortnight|month)|once every (two|2) weeks|fortnightly)",
    ],
    faster: [
      "(two|2|three|3) (lessons |of them |)?(a|per|each|every) week|(one|a lesson) every (two|three|2|3) days|every other day",
    ],
    journal: [
      "(all|everything|compilation|collection) (of )?(the |my )?(answers|replies|things) (i (have |ve )?|that i (have |ve )?)?(gave|given|sent|wrote|written)?( so far| to date| until now)",
    ],
    next: [`(send|get|have|give|see) (me )?(lesson|part|number) @ ${NOW_EN}`],
    pause: ["(skip|leave|spare) me (out )?for"],
  },
  de: {
    slower: [
      "alle (zwei|2|drei|3|vierzehn|14) (wochen|tage)|jede zweite woche|(ein|1) ?mal im monat|14 ?tagig|zweiwochentlich|vierzehntagig|(geht|ginge) (es|das) (auch )?(etwas |ein bisschen )?langsamer",
    ],
    faster: [
      "(zwei|2|drei|3) (lektionen |mails )?(pro|in der|je) woche|zweimal (die|pro|in der) woche|alle (zwei|drei|2|3) tage|(geht|ginge) (es|das) (auch )?(etwas |ein bisschen )?schneller",
    ],
    journal: [
      "(zusammenstellung|ubersicht|liste|sammlung|kopie) (von |aller |all |uber )*(meine[rn]? )?(bisherigen )?(antworten|notizen|einsendungen)|(alle|alles|samtliche) (meine |was ich )(bisherigen )?(antworten|bisher|geschrieben|geantwortet)",
    ],
    next: [
      "(schick@|send@|bekomm@|haben|kriegen|geben|gib|gebt) (sie |ihr |du |mir |ich |bitte )*lektion @ (schon |bereits |gleich |sofort )*(heute|jetzt|morgen|vorab|fruher|schicken|haben|bekommen)|lektion @ (schon|bereits|gleich) (heute|jetzt|morgen)",
    ],
    pause: [
      "(setzt|setz|lasst|lass|uberspring@) (mich |bitte |mal )*(fur |die nachsten )?(@ )?(wochen|monate) (aus|lang)",
    ],
  },
  fr: {
    slower: [
      "(une|la) (lecon |)?(toutes les (deux|2|trois) semaines|par mois|tous les quinze jours)|un peu moins (vite|souvent)|une semaine sur deux",
    ],
    faster: ["(deux|2|trois) (lecons )?par semaine|tous les (deux|trois) jours|un peu plus (vite|souvent)"],
    journal: ["(toutes mes reponses|tout ce que j ai (ecrit|repondu)|l ensemble de mes reponses)"],
    next: [
      "(envoye@|avoir|recevoir) (moi |s il vous plait )*la lecon @ (maintenant|des maintenant|aujourd hui|tout de suite)",
    ],
  },
  es: {
    slower: [
      "(una|la) (leccion |)?(cada (dos|2|tres) semanas|al mes|cada quince dias)|cada quince dias|un poco mas (lento|despacio)",
    ],
    faster: [
      "(dos|2|tres) (lecciones )?(por|a la|cada) semana|cada (dos|tres) dias|un poco mas (rapido|deprisa)",
    ],
    journal: [
      "(todas mis respuestas|todo lo que (he|yo) (escrito|respondido|contestado)|todo lo que escribi)",
    ],
    next: ["(envi@|mand@|recibir) (me )?(ya )?la leccion @ (ya|ahora|hoy)"],
  },
  it: {
    slower: [
      "(una|la) (lezione |)?(ogni (due|2|tre) settimane|al mese|ogni quindici giorni)|ogni due settimane|un po meno (veloce|spesso)",
    ],
    faster: ["(due|2|tre) (lezioni )?(a|alla|per) settimana|ogni (due|tre) giorni|un po piu (veloce|spesso)"],
    journal: ["(tutte le mie risposte|tutto (quello|cio) che ho (scritto|risposto))"],
    next: ["(mand@|invi@|avere|ricevere) (mi )?(gia )?la lezione @ (adesso|subito|oggi|gia oggi)"],
  },
  pt: {
    slower: [
      "(uma|a) (licao |aula )?(a cada (duas|2|tres) semanas|por mes|de quinze em quinze dias)|de duas em duas semanas|um pouco mais (devagar|lento)",
    ],
    faster: [
      "(duas|2|tres) (licoes |aulas )?por semana|de (dois|tres) em (dois|tres) dias|um pouco mais (rapido|depressa)",
    ],
    journal: ["(todas as (minhas )?respostas|tudo (o )?que (eu )?(ja )?(escrevi|respondi))"],
    next: ["(envi@|mand@|receber) (me )?(ja )?a licao @ (ja|agora|hoje)"],
    pause: ["(parar|pausar|interromper) por (um|uma|dois|duas|tres|[0-9]+) (mes|meses|semanas?|dias)"],
  },
  nl: {
    slower: [
      "(een|de) (les |)?(om de (twee|2|drie) weken|per maand|elke (twee|2) weken|per (twee|2) weken)|om de week|eens per (twee|2) weken|(mag|kan) (het|dat) (iets |wat |)?(langzamer|rustiger|minder vaak)",
    ],
    faster: [
      "(twee|2|drie) (lessen |)?(per|in de|elke) week|om de dag|(mag|kan) (het|dat) (iets |wat |)?(sneller|vaker)",
    ],
    journal: [
      "(al mijn (eerdere )?antwoorden|alles wat ik (heb )?(geschreven|geantwoord)|alles wat ik schreef)",
    ],
    next: [
      "(stuur@|krijgen|ontvangen|hebben) (mij |me |ik )*les @ (nu|vandaag|alvast|al)|les @ (al|nu al|vandaag al)",
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
    resume: ["(klar|redo) (igen|att fortsatta) ,? ?(skicka|fortsatt|kor)|(skicka|kor) bara (vidare|pa)"],
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
      "(klar|parat) (igjen|til a fortsette) ,? ?(send|fortsett|kjor)|(send|kjor) bare (videre|pa|i vei)",
    ],
  },
  fi: {
    slower: ["(yksi )?(oppitunti )?(joka toinen viikko|kahden viikon valein|kerran kuussa)"],
    faster: ["(kaksi|2|kolme) (oppituntia )?viikossa|kahdesti viikossa|joka toinen paiva"],
    journal: ["(kaikki (aiemmat )?vastaukseni|kaikki mita olen (kirjoittanut|vastannut))"],
    next: ["(laheta@|saada|saisinko) (minulle )?oppitunti @ (jo )?(nyt|tanaan)"],
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
  },
  uk: {
    slower: ["раз на (два|2) тижні|раз на місяць|(можна|чи можна) (трохи |трішки )?(повільніше|рідше)"],
    faster: [
      "(два|2|три) (уроки )?на тиждень|двічі на тиждень|через день|(можна|чи можна) (трохи |трішки )?(швидше|частіше)",
    ],
    journal: ["(усі|всі) моі (попередні )?відповіді|(усе|все) ,? ?що я (написав|написала|писав|писала)"],
    next: ["(надішл@|отримати) (мені )?урок @ (вже |уже )?(зараз|сьогодні)"],
  },
  tr: {
    slower: ["iki haftada bir|ayda bir|biraz daha (yavas|seyrek)"],
    faster: ["haftada (iki|2|uc) (ders|kez|kere|defa)|iki gunde bir|biraz daha (hizli|sik)"],
    journal: [
      "(butun|tum) (onceki )?(cevaplarimi|yanitlarimi)|(simdiye kadar )?yazdigim (her sey@|butun cevaplari|tum cevaplari)|yazdigim (butun|tum)",
    ],
    next: ["@ (dersi|dersini) (simdi|hemen|bugun) (gonder@|alabilir@)"],
  },
  el: {
    slower: ["(ενα )?(μαθημα )?(καθε (δυο|2) εβδομαδες|καθε δευτερη εβδομαδα|μια φορα το μηνα)"],
    faster: ["(δυο|2|τρια) (μαθηματα )?την εβδομαδα|δυο φορες την εβδομαδα|μερα παρα μερα"],
    journal: ["(ολες τις (προηγουμενες )?απαντησεις μου|ολα οσα (εχω γραψει|εγραψα))"],
    next: ["(στειλ@) (μου )?το μαθημα @ (τωρα|σημερα|απο τωρα)"],
  },
};

/** How it is asked whether something may be: a request, where a rate or a lesson follows. */
export const MAY_IT_BE =
  /(?:^| )(?:geht (?:es|das)|ginge (?:es|das)|gibt es|mag het|kan het|kan det|gar det|ma det|si puo|se poate|es posible|e possivel|pode[ms]?|podeis|puede[ns]?|mozete|mozes|muzete|mozno|lehet(?:ne)?|johet|mogtok|mozecie|da sie|можно|можна|можете|voiko|onko mahdollista|saisiko|misiniz|musunuz|olur mu|mumkun mu|μπορειτε|γινεται|as vrea|ar fi|would be|ware|wäre|var det)(?= |$)/u;
