import type { SteeringWords } from "./steering-words.ts";

const NUMBERS_FROM_SEVEN = ["7", "8", "9", "10", "11", "12"];

const sk: SteeringWords = {
  units: { "tyzdne|tyzden|tyzdnov|tyzdna": 7, "mesiace|mesiac|mesiacov": 28, "dni|den|dna": 1 },
  numbers: ["jeden|1", "dva|2|par", "tri|3", "styri|4", "pat|5", "sest|6", ...NUMBERS_FROM_SEVEN],
  until: "do|az do|pred|spat|od",
  vague: "(cez|na|pocas|po) (sviatky|sviatkoch|vianoc@|dovolenk@|prazdnin@|leto|velk@ noc@)",
  pause: [
    "(pozastav@|prerus@|zastav@|odloz@|pauzn@) *({ours}|kurz|lekcie|zasielanie|ma|vsetko)",
    "(prosim|chcem|chcel by som|chcela by som|potrebujem|dat si|dam si) *(o |)?(kratku |)?(pauzu|prestavku|prerusenie|pozastavenie)",
    "(pauza|prestavka) (do|na|az)",
    "(ziadne|neposiela@) *(lekcie|maily)? *do",
  ],
  resume: [
    "(obnov@|pokrac@|znovu spust@|spust@) *(prosim |v |)?(kurz|kurze|lekcie|zasielanie|moj kurz)",
    "(ukonc@|koniec) *(pauzu|pauzy|prestavku|prestavky)",
    "(som spat|uz som spat)",
  ],
  next: [
    "(posl@|poslite|dostat|chcem|prosim|prosil@) *(mi |)?(dalsiu|nasledujucu)( lekciu| cast|) ?(hned|uz|prosim|#|teraz)",
    "(dalsia|dalsiu|nasledujuca) (lekcia|lekciu|cast) *(hned|teraz|prosim|#)",
  ],
  slower: [
    "(pomalsie|menej casto|zriedkavejsie) *(prosim|dakujem|#)",
    "(spomal@|zniz@) *(tempo|frekvenc@|kurz|lekcie)",
    "(posiela@|dostava@|zasiela@) *(menej casto|pomalsie)",
  ],
  faster: [
    "(rychlejsie|castejsie|dvakrat tyzdenne) *(prosim|dakujem)",
    "(zrychl@|zvys@) *(tempo|frekvenc@|kurz|lekcie)",
    "(posiela@|dostava@|zasiela@) *(castejsie|rychlejsie)",
  ],
  journal: [
    "(posl@|poslite|dostat|chcem|prosim|vidiet) *(mi |o |)?(moj|svoj) (dennik|zapisnik)",
    "(posl@|kopiu|vsetky|vsetkych) *(moje|mojich) (odpovede|odpovedi|poznamky|uvahy)",
  ],
  help: [
    "(ake|zoznam|ake su) *(prikazy|prikazov|pokyny|instrukcie)",
    "ako (to|toto|kurz) (tu |)*funguje",
    "(posl@|poslite) *(navod|pokyny|instrukcie|pomoc)",
  ],
  alone: {
    pause: "(pauza|pauzu|prestavka|pozastavit|prerusit|pozastavte)( kurz| teraz|)",
    resume: "(pokracovat|pokracuj|pokracujte|obnovit|som spat|obnovit kurz)",
    next: "(dalsia|dalsiu|nasledujuca)( lekcia| lekciu| cast|)( teraz| hned|)",
    slower: "((trochu |o nieco )?(pomalsie|menej casto)|prilis rychlo)",
    faster: "((trochu |o nieco )?(rychlejsie|castejsie)|prilis pomaly)",
    journal: "((moj )?(dennik|zapisnik)|moje odpovede)",
    help: "(pomoc|prikazy|pokyny|navod|ako to funguje|help)",
  },
  nearly: [
    "(mozno|asi|coskoro|ako|keby|da sa|mozem) .{0,60}(prestavk@|pauz@|prerus@|pozastav@)",
    "(este raz|znovu) .{0,10}posl|ne(dostal|prisl)@",
  ],
};

const hu: SteeringWords = {
  units: { "het|hetre|hetig|hettel|hetet": 7, "honap|honapra|honapig": 28, "nap|napra|napig": 1 },
  numbers: ["egy|1", "ket|ketto|2", "harom|3", "negy|4", "ot|5", "hat|6", ...NUMBERS_FROM_SEVEN],
  until: "@ ?ig|elott|utan|vissza",
  vague: "(unnepek|karacsony|nyar|nyaralas|szabadsag|husvet) (alatt|idejere|vegeig|utanig)",
  pause: [
    "(szuneteltes@|fuggess@|allits@|szakits@|pihentes@) *({ours}|fel|le|meg|a kurzust|a leckek@|a tanfolyamot)",
    "(kerek|szeretnek|kerhetek|kell|tartanek) *(egy )?(kis |rovid )?(szunetet|pihenot)",
    "(szunet) (eddig|@ig|amig)",
  ],
  resume: [
    "(folytas@|indits@|kezdj@) *(ujra |tovabb |)?(a |az )?(kurzus@|tanfolyam@|leck@|kuldes@)",
    "(visszajottem|visszatertem|itt vagyok ujra)",
  ],
  next: [
    "(kuld@|kerem|kernem|johet|kaphat@|szeretnem) *(mar |most |)?(a )?kovetkezo(t| lecket| lecke| reszt| resz)",
    "(a )?kovetkezo (lecket|lecke|resz) *(most|rogton|azonnal|kerem|#)",
  ],
  slower: [
    "(lassabban|ritkabban|kevesbe gyakran) *(kerem|koszonom|#)",
    "(lassits@|csokkents@) *(a )?(tempo@|utem@|kurzus@)",
    "(kuld@) *(ritkabban|lassabban)",
  ],
  faster: [
    "(gyorsabban|gyakrabban|hetente ketszer) *(kerem|koszonom|#)",
    "(gyorsits@|novel@) *(a )?(tempo@|utem@|kurzus@)",
    "(kuld@) *(gyakrabban|gyorsabban)",
  ],
  journal: [
    "(kuld@|kerem|szeretnem|lathatnam) *(el )?(a )?naplo@",
    "(kuld@|masolat@|osszes) *(az )?(eddigi )?(valasz@im@|valaszaim@|jegyzete@)",
  ],
  help: [
    "(milyen|mik a|mely) *(parancsok|utasitasok)",
    "hogy(an)? mukodik (ez|a kurzus|a tanfolyam)",
    "(kuld@) *(segitseg@|utmutato@|utasitas@)",
  ],
  alone: {
    pause: "(szunet|szunetet|szuneteltetes|pihenot)( kerek| most|)",
    resume: "(folytatas|folytassuk|folytatom|mehet tovabb|visszajottem|ujra itt vagyok)",
    next: "((a |johet a )?kovetkezo(t|)( lecke| lecket|)( most|)|tovabb)",
    slower: "((kicsit |egy kicsit )?(lassabban|ritkabban)|tul gyors)",
    faster: "((kicsit |egy kicsit )?(gyorsabban|gyakrabban)|tul lassu)",
    journal: "((a )?naplom|naplo|valaszaim)",
    help: "(segitseg|parancsok|utmutato|help|sugo)",
  },
  nearly: [
    "(talan|lehet|esetleg|hogyan|ha) .{0,60}(szunet@|felfuggeszt@)",
    "(ujra|megegyszer) .{0,15}(kuld@)|nem (kaptam|jott)",
  ],
};

const ro: SteeringWords = {
  units: { "saptamani|saptamana": 7, "luni|luna": 28, "zile|zi": 1 },
  numbers: ["o|un|1", "doua|doi|2", "trei|3", "patru|4", "cinci|5", "sase|6", ...NUMBERS_FROM_SEVEN],
  until: "pana|inainte de|inapoi|din",
  vague: "(de|in|dupa|pana dupa|peste) (sarbatori|craciun|vacanta|concediu|vara|paste)",
  pause: [
    "(suspend@|opri@|intrerup@|puneti|pune|puneti ma|pauz@) *({ours}|cursul|lectiile|trimiterea|in pauza|pe pauza|totul)",
    "(as vrea|vreau|doresc|am nevoie|as dori|luati|iau|cer) *(de )?(o )?(mica |scurta )?pauza",
    "pauza (pana|de|pentru)",
    "(nu|nicio) *(trimite@|lectie) *pana",
  ],
  resume: [
    "(relua@|reluati|continua@|porni@|reporni@) *(cursul|lectiile|trimiterea|cu cursul)",
    "(am revenit|m am intors|sunt inapoi)",
  ],
  next: [
    "(trimite@|vreau|as vrea|pot primi|primi|doresc) *(mi |acum |)?(lectia urmatoare|urmatoarea lectie|urmatoarea)",
    "(urmatoarea lectie|lectia urmatoare) *(acum|va rog|#)",
  ],
  slower: [
    "(mai rar|mai incet|mai lent) *(va rog|multumesc|#)",
    "(incetini@|reduce@) *(ritmul|frecventa|cursul)",
    "(trimite@) *(mai rar|mai incet)",
  ],
  faster: [
    "(mai des|mai repede|mai rapid) *(va rog|multumesc|#)",
    "(accelera@|mari@|creste@) *(ritmul|frecventa)",
    "(trimite@) *(mai des|mai repede)",
  ],
  journal: [
    "(trimite@|vreau|as vrea|pot vedea|primi) *(mi |)?jurnalul( meu|)",
    "(trimite@|copie|toate) *(mi |dupa )?(raspunsurile mele|notitele mele|reflectiile mele|ce am scris)",
  ],
  help: [
    "(ce|care sunt|lista de) *(comenzi|comenzile|instructiuni)",
    "cum functioneaza (asta|cursul)",
    "(trimite@) *(mi )?(instructiuni@|ajutor|comenzi@)",
  ],
  alone: {
    pause: "((o )?pauza|pune pauza|suspenda|suspendati)( cursul| acum|)",
    resume: "(continua|continuati|reia|reluati|am revenit|m am intors|reluati cursul)",
    next: "((urmatoarea|lectia urmatoare)( lectie| acum|)|mai departe)",
    slower: "((putin |ceva )?(mai rar|mai incet)|prea repede)",
    faster: "((putin |ceva )?(mai des|mai repede)|prea incet)",
    journal: "(jurnal|jurnalul|jurnalul meu|raspunsurile mele)",
    help: "(ajutor|comenzi|instructiuni|cum functioneaza|help)",
  },
  nearly: [
    "(poate|eventual|cum|daca|pot) .{0,60}(pauza|suspend@)",
    "(din nou|inca o data) .{0,15}trimit@|nu am primit",
  ],
};

const el: SteeringWords = {
  units: { "εβδομαδες|εβδομαδα|βδομαδες|βδομαδα": 7, "μηνες|μηνα|μηνας": 28, "μερες|μερα|ημερες|ημερα": 1 },
  numbers: [
    "μια|ενα|εναν|1",
    "δυο|2",
    "τρεις|τρια|3",
    "τεσσερις|τεσσερα|4",
    "πεντε|5",
    "εξι|6",
    ...NUMBERS_FROM_SEVEN,
  ],
  until: "μεχρι|εως|ως|πριν",
  vague: "(στις|τα|μετα τις|μετα τα|για τις) (διακοπες|γιορτες|χριστουγεννα|καλοκαιρι|πασχα)",
  pause: [
    "(σταματη@|παυσ@|αναστειλ@|διακοψ@|παγωσ@|κρατη@) *({ours}|το μαθημα|τα μαθηματα|την αποστολη) ?(μεχρι|για|εως|#)",
    "(θελω|θα ηθελα|χρειαζομαι|κανω|να κανω) *(ενα |μια )?(μικρο |μικρη )?(διαλειμμα|παυση)",
    "(παυση|διαλειμμα) (μεχρι|για|εως)",
    "(μη|μην) (μου )?(στελν@|στειλ@) *μεχρι",
  ],
  resume: [
    "(συνεχισ@|ξεκινη@|ξαναρχισ@|επαναφερ@) *(παλι |ξανα |)?(το μαθημα|τα μαθηματα|την αποστολη|με τα μαθηματα)",
    "(επεστρεψα|γυρισα|ειμαι πισω)",
  ],
  next: [
    "(στειλ@|θελω|θα ηθελα|μπορω να εχω) *(μου )?(το επομενο|επομενο)( μαθημα|)",
    "(το )?επομενο μαθημα *(τωρα|παρακαλω|#)",
  ],
  slower: [
    "(πιο (αργα|αραια|σπανια)|λιγοτερο συχνα) *(παρακαλω|ευχαριστω|#)",
    "(μειωσ@|επιβραδυν@) *(το ρυθμο|τον ρυθμο|τη συχνοτητα)",
  ],
  faster: [
    "(πιο (γρηγορα|συχνα)) *(παρακαλω|ευχαριστω|#)",
    "(αυξησ@|επιταχυν@) *(το ρυθμο|τον ρυθμο|τη συχνοτητα)",
  ],
  journal: [
    "(στειλ@|θελω|θα ηθελα|να δω) *(μου )?(το ημερολογιο)",
    "(στειλ@|αντιγραφο|ολες) *(μου )?(τις |των )?(απαντησεις|απαντησεων|σημειωσεις) μου",
  ],
  help: ["(ποιες|τι) *(εντολες|οδηγιες)", "πως λειτουργει", "(στειλ@) *(μου )?(οδηγιες|βοηθεια)"],
  alone: {
    pause: "(παυση|διαλειμμα|ενα διαλειμμα)( τωρα|)",
    resume: "(συνεχεια|συνεχιστε|συνεχισε|επεστρεψα|γυρισα|ειμαι πισω)",
    next: "((το )?επομενο( μαθημα| τωρα|))",
    slower: "((λιγο )?(πιο αργα|πιο αραια|λιγοτερο συχνα)|πολυ γρηγορα)",
    faster: "((λιγο )?(πιο γρηγορα|πιο συχνα)|πολυ αργα)",
    journal: "((το )?ημερολογιο( μου|)|οι απαντησεις μου)",
    help: "(βοηθεια|εντολες|οδηγιες|πως λειτουργει|help)",
  },
  nearly: [
    "(ισως|μηπως|πως|αν|μπορω) .{0,60}(παυση|διαλειμμα)",
    "(ξανα|παλι) .{0,15}στειλ@|δεν (ελαβα|ηρθε)",
  ],
};

export const STEERING_MORE = { sk, hu, ro, el };
