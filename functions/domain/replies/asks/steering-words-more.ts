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
    "(σταματη(?!σα)@|παυσ(?!α)@|αναστειλ(?!α)@|διακοψ(?!α)@|παγωσ(?!α)@|κρατη(?!σα)@) *({ours}|το μαθημα|τα μαθηματα|την αποστολη) ?(μεχρι|για|εως|#)",
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

const ko: SteeringWords = {
  units: { "주일?": 7, "개월|달": 28, 일: 1 },
  numbers: ["한|일|1", "두|이|2", "세|삼|3", "네|사|4", "다섯|오|5", "여섯|육|6", ...NUMBERS_FROM_SEVEN],
  until: "까지",
  vague: "(연휴|명절|휴가|방학|크리스마스|설|추석|연말)(가|이)? ?(동안|까지|지나고|끝나고|후)",
  pause: [
    "(수업|강의|레슨|메일|코스|과정)(을|를|은)? ?(잠시 |잠깐 |당분간 )?(멈춰|중단해|쉬게|정지해|보류해)",
    "(일시 ?정지|일시 ?중지|일시 ?중단) ?(해|부탁|원)",
    "(잠시|잠깐|당분간) ?(멈춰|쉬|중단|정지|보류)",
    "(쉬고 ?싶|쉬어도|쉴 수 있|쉬겠|쉬려고)",
  ],
  resume: ["(다시|이어서) ?(시작|보내|진행|받)(해|하|고|아|을)?", "(재개|계속) ?(해|부탁|하고)"],
  next: ["다음 ?(레슨|수업|강의|편|과|회)(을|를|은|도)? ?(보내|받|주세|부탁|먼저|지금)"],
  slower: ["(조금 |좀 |더 )*(천천히|느리게|덜 자주|간격을 늘려) ?(부탁|보내|해)"],
  faster: ["(조금 |좀 |더 )*(빨리|빠르게|자주|속도를 높여) ?(부탁|보내|해)"],
  journal: ["(제|내|저의)? ?(일지|일기|저널|답변|기록)(을|를)? ?(모두 |전부 )?(보내|받|주세|부탁)"],
  help: ["(사용법|명령어|도움말)(을|를|이)? ?(알려|보내|뭐|무엇|부탁)"],
  alone: {
    pause: "(일시 ?정지|일시 ?중지|휴식|쉬기)( 부탁드립니다| 해주세요|)",
    resume: "(재개|계속|다시 시작)( 부탁드립니다| 해주세요|)",
    next: "(다음|다음 레슨|다음 수업|다음 강의)( 부탁드립니다| 주세요|)",
    slower: "((조금 |좀 |더 )?천천히|느리게)( 부탁드립니다| 해주세요|)",
    faster: "((조금 |좀 |더 )?(빨리|빠르게))( 부탁드립니다| 해주세요|)",
    journal: "((제 )?(일지|일기|저널))( 부탁드립니다| 주세요|)",
    help: "(도움말|사용법|명령어|도와주세요|help)( 부탁드립니다| 알려주세요|)",
  },
  nearly: ["(쉬어야|쉴까|멈출까|중단할까).{0,20}", "(다시|한 번 더) ?보내|못 ?받"],
};

export const STEERING_MORE = { sk, hu, ro, el, ko };
