import { foldLetters } from "./pattern.ts";

/**
 * Things that die, fall ill and are buried only in speech: "the server died", "nous avons enterré le projet". And who
 * works where others are ill. What such a figure takes is taken from its sentence alone: what else stands there is heard.
 */
interface Figures {
  /** What is not alive. Whole words: a project manager is somebody. */
  things: string;
  /** What is said of it. */
  dies: string;
  /** Words that must not stand between: then it is somebody's. */
  people: string;
  /** Work in a place of grave news. */
  works: string;
}

const FIGURES: Record<string, Figures> = {
  en: {
    things:
      "projects?|budgets?|pipelines?|builds?|servers?|laptops?|computers?|phones?|batter(?:y|ies)|codebases?|code|systems?|process(?:es)?|deals?|ideas?|meetings?|tickets?|features?|products?|plans?|proposals?|reports?|interfaces?|databases?|printers?|screens?|spreadsheets?|decks?|slides?|figures?|numbers?|facts?|news|points?|paragraphs?|chapters?|data|details?|message|mistakes?|campaigns?|tools?|platforms?|contracts?|initiatives?|websites?|apps?|projectors?|conversations?|rooms?|chats?|threads?|erp|crm|mountain bike|pitch|offers?|tenders?|quarter|chances?|myth|jokes?|habit",
    dies: "died|dead|dying|passed away|on life support|life support|divorc\\w+|funeral|buried|bury|sick|ill|rip|killed|in a coma|coma|terminal|bombed|paraly[sz]ed|heart attack|cremated|mourning|mourn|car crash|train crash|train wreck|car wreck|accident|bloodbath|to rest",
    people:
      "he|she|who|whom|i|me|us|his|her|mother|father|mum|mom|dad|son|daughter|wife|husband|brother|sister|friend|child|baby|kids?|managers?|leads?|leaders?|owners?|members?|partners?|boss|colleagues?|customers?|clients?|founders?|man|woman|people|person|somebody|someone|everyone|when|while|because|after|since|before",
    works:
      "(?:work|works|worked|working|job|nurse|doctor|manager|admin|consultant) (?:in|at|for) (?:a |an |the |our |my )?(?:\\S+ ){0,2}?(?:hospital|hospitals|hospice|clinic|icu|ward|emergency room)",
  },
  de: {
    things:
      "projekte?|budget|server|rechner|laptop|computer|handy|akku|system|prozess|deal|idee|plan|tickets?|schnittstellen?|funktion|produkt|bericht|datenbank|drucker|software|crm|erp|sap|tool|vertrag|anbieter|lieferant(?:en)?|code|termin|meeting|sitzung|raum|leitung|auftrag|angebot|geschaft|witz|thema",
    dies: "tot|gestorben|stirbt|starb|begraben|beerdigt|beerdigung|scheidung|trennung|trennen uns|getrennt|krank|koma|verstorben|entschlafen|trauer|todgeweiht",
    people:
      "er|wir|ich|mein\\w*|sein\\w*|mutter|vater|mama|papa|sohn|tochter|kind|frau|mann|bruder|schwester|freund\\w*|chef\\w*|kolleg\\w*|leiter\\w*|mitarbeiter\\w*|kund\\w+|weil|nachdem|seit|als|wahrend",
    works:
      "(?:arbeite|arbeitet|arbeiten|tatig|beschaftigt|angestellt|job|pfleger|arztin|arzt) (?:\\S+ ){0,2}?(?:im|in einem|in einer|in der|am|an einem|an einer) (?:\\S+ )?(?:krankenhaus|klinik|klinikum|spital|hospiz|psychiatrie|notaufnahme)|(?:im|in einem|in einer|am) (?:\\S+ )?(?:krankenhaus|klinik|klinikum|spital|hospiz) (?:\\S+ ){0,3}?(?:arbeite|arbeitet|tatig|angestellt|beschaftigt)",
  },
  fr: {
    things:
      "projets?|budget|serveur|ordinateur|portable|telephone|batterie|systeme|processus|idee|plan|ticket|interface|produit|rapport|reunion|contrat|logiciel|outil|crm|code|dossier|affaire",
    dies: "mort[es]?|enterr\\w+|decede\\w*|meurt|divorce|funerailles|obseques|deuil|malade|coma|rendu l ame",
    people:
      "il|elle|mon|ma|mes|son|sa|mere|pere|fils|fille|femme|mari|frere|soeur|ami|amie|chef|cheffe|collegue|client|parce|apres|quand|depuis",
    works:
      "(?:travaille|travaillons|bosse|infirmiere?|medecin|cadre) (?:\\S+ )?(?:dans un|dans une|a l|au|en|d un) (?:\\S+ )?(?:hopital|clinique|hospice|urgences)",
  },
  es: {
    things:
      "proyectos?|presupuesto|servidor|ordenador|computadora|portatil|movil|telefono|bateria|sistema|proceso|idea|plan|ticket|producto|informe|reunion|contrato|software|crm|codigo|negocio|trato",
    dies: "se murio|murio|muert[oa]|enterr\\w+|fallecio|divorci\\w+|funeral|entierro|luto|enferm[oa]|coma",
    people:
      "el me|ella|mi|mis|su|madre|padre|hijo|hija|mujer|marido|hermano|hermana|amigo|amiga|jefe|jefa|companer[oa]|cliente|porque|cuando|desde|despues",
    works:
      "(?:trabajo|trabajamos|trabaja|enfermer[oa]|medic[oa]) en (?:un|una|el|la) (?:\\S+ )?(?:hospital|clinica|urgencias)",
  },
  it: {
    things:
      "progett[oi]|budget|server|computer|portatile|telefono|batteria|sistema|processo|idea|piano|ticket|prodotto|rapporto|riunione|contratto|software|crm|codice|affare|trattativa",
    dies: "mort[oa]|muore|sepolt[oa]|deced\\w+|divorzi\\w*|funerale|lutto|malat[oa]|coma",
    people:
      "lui|lei|mio|mia|suo|sua|madre|padre|figlio|figlia|moglie|marito|fratello|sorella|amico|amica|capo|collega|cliente|perche|quando|dopo",
    works:
      "(?:lavoro|lavoriamo|lavora|infermier[ea]|medico) in (?:un|una)? ?(?:\\S+ )?(?:ospedale|clinica|pronto soccorso)",
  },
  pt: {
    things:
      "projetos?|orcamento|servidor|computador|portatil|telemovel|celular|bateria|sistema|processo|ideia|plano|ticket|produto|relatorio|reuniao|contrato|software|crm|codigo|negocio|acordo",
    dies: "morreu|mort[oa]|enterr\\w+|faleceu|divorci\\w+|funeral|enterro|luto|doente|coma",
    people:
      "ele|ela|meu|minha|seu|sua|mae|pai|filho|filha|mulher|marido|irmao|irma|amigo|amiga|chefe|colega|cliente|porque|quando|depois",
    works:
      "(?:trabalho|trabalhamos|trabalha|enfermeir[oa]|medic[oa]) (?:num|numa|em um|em uma|no|na) (?:\\S+ )?(?:hospital|clinica)",
  },
  nl: {
    things:
      "project(?:en)?|budget|server|laptop|computer|telefoon|accu|batterij|systeem|proces|deal|idee|plan|ticket|product|rapport|vergadering|contract|software|crm|code|printer|opdracht|offerte",
    dies: "dood|gestorven|overleden|begraven|begrafenis|scheiding|gescheiden|ziek|coma|stierf",
    people:
      "hij|zij|mijn|zijn vrouw|haar|moeder|vader|zoon|dochter|vrouw|man|broer|zus|vriend|vriendin|baas|chef|collega|klant|omdat|toen|sinds|nadat",
    works:
      "(?:werk|werkt|werken|verpleegkundige|arts) (?:\\S+ )?(?:in|bij|op) (?:een|het|de) (?:\\S+ )?(?:ziekenhuis|kliniek|hospice)",
  },
  sv: {
    things:
      "projekt(?:et)?|budget(?:en)?|server(?:n)?|dator(?:n)?|laptop(?:en)?|telefon(?:en)?|batteri(?:et)?|system(?:et)?|process(?:en)?|ide(?:n)?|plan(?:en)?|arende(?:t)?|produkt(?:en)?|rapport(?:en)?|mote(?:t)?|avtal(?:et)?|affar(?:en)?|kod(?:en)?|crm",
    dies: "dog|dod|dott|doda|begrav\\w+|begravning|skilsmassa|skilda|sjuk|sjukt|koma",
    people:
      "han|hon|min|mitt|mina|hans|hennes|mamma|pappa|son|dotter|fru|man|bror|syster|van|chef|kollega|kund|for att|nar|efter|sedan",
    works:
      "(?:jobbar|arbetar|sjukskoterska|lakare) (?:\\S+ )?(?:pa|inom|vid) (?:ett |en )?(?:\\S+ )?(?:sjukhus|sjukhuset|klinik|kliniken|akuten)",
  },
  da: {
    things:
      "projekt(?:et)?|prosjekt(?:et)?|budget(?:tet)?|budsjett(?:et)?|server(?:en)?|computer(?:en)?|pc en|laptop(?:en)?|telefon(?:en)?|batteri(?:et)?|system(?:et)?|proces(?:sen)?|prosess(?:en)?|ide(?:en)?|plan(?:en)?|sag(?:en)?|produkt(?:et)?|rapport(?:en)?|mode(?:t)?|mote(?:t)?|kontrakt(?:en)?|kode(?:n)?|handel(?:en)?|crm",
    dies: "(?:er )?(?:dode|dod|dodt|begrav\\w+|gravlagt|begravelse|skilsmisse|syg|sygt|syk|sykt|koma)",
    people:
      "han|hun|min|mit|mitt|mine|hans|hendes|hennes|mor|far|mamma|pappa|son|datter|kone|mand|mann|bror|soster|ven|venn|chef|sjef|kollega|kunde|fordi|da|etter|efter|siden",
    works:
      "(?:arbejder|jobber|arbeider|sygeplejerske|sykepleier|laege|lege) (?:\\S+ )?(?:pa|ved|i) (?:et |en |et )?(?:\\S+ )?(?:hospital|hospitalet|sygehus|sygehuset|sykehus|sykehuset|klinik|klinikk)",
  },
  fi: {
    things:
      "projekti|projektin|budjetti|palvelin|kone|tietokone|lapparini|lappari|puhelin|akku|jarjestelma|prosessi|idea|suunnitelma|tiketti|tuote|raportti|palaveri|kokous|sopimus|kauppa|koodi|crm",
    dies: "kuoli|kuollut|haudattiin|haudattu|hautajaiset|avioero|sairas|koomassa",
    people:
      "han|minun|hanen|aitini|isani|poikani|tyttareni|vaimoni|mieheni|veljeni|siskoni|ystavani|pomo|kollega|asiakas|koska|kun|jalkeen",
    works:
      "(?:tyoskentelen|tyoskentelee|olen toissa|sairaanhoitaja|laakari) (?:\\S+ )?(?:sairaalassa|klinikalla)",
  },
  pl: {
    things:
      "projekty?|budzet|serwer|laptop|komputer|telefon|bateria|system|proces|pomysl|plan|ticket|produkt|raport|zebranie|spotkanie|umowa|transakcja|kod|crm",
    dies: "umarl\\w*|zmarl\\w*|martwy|martwa|pogrzeb\\w*|pochowa\\w+|rozwod|chory|spiaczce",
    people:
      "on|ona|moj|moja|moje|jego|jej|mama|tata|matka|ojciec|syn|corka|zona|maz|brat|siostra|przyjaciel|szef|szefowa|kolega|klient|bo|kiedy|gdy|po",
    works: "(?:pracuje|pracujemy|pielegniarka|lekarz) w (?:\\S+ )?(?:szpitalu|klinice|hospicjum)",
  },
  cs: {
    things:
      "projekty?|rozpocet|server|notebook|pocitac|telefon|baterie|bateria|system|proces|napad|plan|tiket|produkt|report|schuzka|porada|smlouva|zmluva|obchod|kod|crm",
    dies: "umrel[ao]?|zemrel[ao]?|zomrel[ao]?|mrtvy|mrtva|mrtvi|mrtve|mŕtvy|mrtvola|pohreb|pohrbili|pochovali|rozvod|nemocny|chory|komatu",
    people:
      "on|ona|muj|moje|moj|jeho|jeji|jej|mama|tata|otec|matka|syn|dcera|dcera|zena|manzel|bratr|brat|sestra|kamarad|sef|kolega|klient|protoze|lebo|kdyz|ked|po",
    works:
      "(?:pracuji|pracuju|pracujem|sestra|lekar|lekarka) (?:\\S+ )?(?:v|na) (?:\\S+ )?(?:nemocnici|klinice|klinike)",
  },
  hu: {
    things:
      "projekt|koltsegvetes|szerver|laptop|laptopom|szamitogep|telefon|akku|rendszer|folyamat|otlet|terv|jegy|termek|jelentes|megbeszeles|szerzodes|uzlet|kod|crm",
    dies: "meghalt|halott|elhunyt|eltemet\\w+|temetes|valas|beteg|komaban",
    people:
      "anyam|apam|fiam|lanyom|felesegem|ferjem|batyam|novere?m|baratom|fonokom|kollegam|ugyfelem|mert|amikor|ota|utan",
    works: "(?:dolgozom|dolgozunk) (?:\\S+ ){0,2}?(?:korhazban|klinikan)|(?:korhazban|klinikan) dolgoz\\w+",
  },
  ro: {
    things:
      "proiect(?:ul|e)?|buget(?:ul)?|server(?:ul)?|laptop(?:ul)?|calculator(?:ul)?|telefon(?:ul)?|bateria|sistem(?:ul)?|proces(?:ul)?|ideea|plan(?:ul)?|tichet(?:ul)?|produs(?:ul)?|raport(?:ul)?|sedinta|contract(?:ul)?|cod(?:ul)?|afacerea|crm",
    dies: "a murit|murit|mort|moarta|ingropat\\w*|decedat|divort\\w*|inmormantare|bolnav\\w*|coma",
    people:
      "el|ea|mama|tata|fiul|fiica|sotia|sotul|fratele|sora|prietenul|seful|sefa|colegul|colega|clientul|pentru|cand|dupa",
    works:
      "(?:lucrez|lucram|asistenta|medic) (?:intr un|intr o|la un|la o|la|in) (?:\\S+ )?(?:spital|clinica)",
  },
  ru: {
    things:
      "проект|проекты|бюджет|сервер|ноутбук|компьютер|телефон|батарея|система|процесс|идея|план|тикет|продукт|отчет|встреча|совещание|договор|сделка|код",
    dies: "умер[а-я]*|мертв[а-я]*|похорон[а-я]*|скончал[а-я]*|развод[а-я]*|болен|больна|в коме",
    people:
      "он|она|мои|моя|моего|его|ее|мама|папа|мать|отец|сын|дочь|жена|муж|брат|сестра|друг|начальник|коллега|клиент|потому|когда|после",
    works: "(?:работаю|работаем|работает|медсестра|врач) в (?:\\S+ )?(?:больнице|клинике|госпитале|хосписе)",
  },
  uk: {
    things:
      "проєкт|проект|бюджет|сервер|ноутбук|комп ютер|телефон|батарея|система|процес|ідея|план|тікет|продукт|звіт|зустріч|нарада|договір|угода|код",
    dies: "помер[а-яі]*|мертв[а-яі]*|похова[а-яі]*|похорон[а-яі]*|розлучен[а-яі]*|хвор[а-яі]*|в комі",
    people:
      "він|вона|міи|моя|мого|иого|іі|мама|тато|мати|батько|син|донька|дружина|чоловік|брат|сестра|друг|керівник|колега|клієнт|бо|коли|після",
    works: "(?:працюю|працюємо|працює|медсестра|лікар) (?:у|в) (?:\\S+ )?(?:лікарні|клініці|шпиталі)",
  },
  tr: {
    things:
      "proje|butce|sunucu|laptop|laptopum|bilgisayar|bilgisayarim|telefon|batarya|pil|sistem|surec|fikir|plan|urun|rapor|toplanti|sozlesme|anlasma|kod|crm",
    dies: "oldu|olmus|olu|vefat etti|gomduk|gomuldu|cenaze|bosan\\w*|hasta|komada",
    people:
      "o|annem|babam|oglum|kizim|esim|kardesim|abim|ablam|arkadasim|patronum|mudurum|meslektasim|musterim|cunku|sonra",
    works: "(?:hastanede|klinikte) (?:\\S+ ){0,2}?calis\\w+",
  },
  el: {
    things:
      "εργο|προιον|προυπολογισμος|σερβερ|υπολογιστης|λαπτοπ|τηλεφωνο|μπαταρια|συστημα|διαδικασια|ιδεα|σχεδιο|αναφορα|συσκεψη|συμβολαιο|συμφωνια|κωδικας",
    dies: "πεθαν\\S*|νεκρ\\S*|θαψαμε|κηδεια|διαζυγιο|αρρωστ\\S*",
    people:
      "μητερα|πατερας|μαμα|μπαμπας|γιος|κορη|γυναικα|αντρας|αδερφ\\S*|φιλ\\S*|προισταμεν\\S*|συναδελφ\\S*|πελατ\\S*|επειδη|οταν|μετα",
    works:
      "(?:δουλευω|δουλευουμε|εργαζομαι|νοσοκομα|νοσηλευτης) (?:\\S+ )?σε (?:\\S+ )?(?:νοσοκομειο|κλινικη)",
  },
};

let compiled: RegExp | undefined;

/** Without what is said of things only. */
export function withoutFigures(text: string): string {
  compiled ??= new RegExp(Object.values(FIGURES).map(expression).join("|"), "gu");
  return text.replace(compiled, " ");
}

/** Languages share words: who is somebody in one of them is so beside the words of another. */
const PEOPLE = Object.values(FIGURES)
  .map(({ people }) => people)
  .join("|");
const WHERE =
  "in|at|on|during|under|by|im|bei|wahrend|am|dans|en|au|aux|a|nel|nella|durante|no|na|w|v|ve|pa|i|под|в|на|у|with|mit|avec|con|com|med";
/** "Chef de projet", "beim Meeting": the thing belongs to somebody, or is where it happened. */
const NOBODYS = `(?<! (?:of the|of our|of my|von dem|de|du|d|del|della|di|do|da|of|des|vom|beim|zum|(?:${WHERE})(?: (?:the|an?|his|her|my|our|der|dem|einem|einer|meinem|une?|una|la|il|el|le|het|ett|et))?) )`;

/** "Dead and buried". */
const AND = "and|und|et|y|e|ed|en|och|og|ja|i|a|es|si|ve|и|та|και";

/** What is done to things as to the dead: a thing may follow. What one dies of or in may not. */
const BURIALS =
  "buried|bury|burying|divorc(?:ed|ing)|divorce from|mourn\\w*|beerdigt|begraben|trennen uns von|scheidung von|enterr\\w+|sepolto|sepolta|pochowa\\w+|pohrbili|pochovali|begrav\\w+|gravlagt|ingropat|eltemet\\w+|haudattiin|haudattu|похорон[а-я]+|похова[а-яі]+|gomduk|θαψαμε";
function expression({ things, dies, works }: Figures): string {
  const between = `(?: (?!(?:,|${PEOPLE})(?= |$))\\S+){0,5}?`;
  const directly = `(?: (?!(?:,|him|them|${WHERE}|${PEOPLE})(?= |$))\\S+){0,3}?`;
  const thing = `${NOBODYS}(?:${things})${between} (?:${dies})(?: (?:${AND}) (?:${dies}|${BURIALS}))*`;
  return foldLetters(`(?<=^| )(?:${thing}|(?:${BURIALS})${directly} (?:${things})|${works})(?= |$)`).replace(
    /\\s(?=[+*])/g,
    "\\S",
  );
}
