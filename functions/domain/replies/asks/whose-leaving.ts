/**
 * Whose leaving a sentence tells of, in folded letters: a client who wants to cancel, somebody of the team who wants out.
 * Such a sentence asks for nothing, unless it names what we send.
 */
const CLIENTS =
  "clients?|customers?|accounts?|buyers?|prospects?|kunde|kundin|kunden|auftraggeber\\S*|clientes?|acheteurs?|comprador\\S*|clienti|klant|klanten|kund\\S*|kjop\\S*|asiakas|asiakkaa\\S*|ostaja|klient\\S*|nabywca|zakaznik\\S*|odberatel|ugyfel\\S*|vevo\\S*|client(?:ul|a|ii)|musteri\\S*|клиент\\S*|заказчик\\S*|клієнт\\S*|замовник\\S*|πελατ\\S*";
const TEAM =
  "colleagues?|someone|somebody|the boss|the c[eft]o|der chef|die chefin|la cheffe|le patron|el jefe|la jefa|il capo|o chefe|a chefe|de baas|chefen|sjefen|pomo|a fonok|seful|шеф|начальник|half (?:of )?(?:the|my) team|(?:one|two|three|some|half) of (?:my|our) \\S+|(?:my|our) (?:boss|manager|director|deputy|assistant|report|reps?|engineer|developer|designer)|jemand|kolleg\\S*|einer|eine aus|mein(?:e|er)? (?:chef\\S*|mitarbeiter\\S*|stellvertreter\\S*)|quelqu un|un collegue|une collegue|mon chef|ma cheffe|alguien|un companero|una companera|mi jef[ea]|alguem|um colega|uma colega|qualcuno|un collega|una collega|il mio capo|iemand|een collega|mijn collega|mijn (?:baas|leidinggevende|medewerker)|nagon|en kollega|min chef|nogen|noen|en kollega|min sjef|joku|kollegani|tyokaverini|esimieheni|ktos|kolega|kolezanka|moj szef|nekdo|kolegyne|muj sef|niekto|kolegyna|moj sef|valaki|egy kollegam|a fonokom|cineva|un coleg|o colega|seful meu|biri|is arkadasim|mudurum|кто то|коллега|мои начальник|хтось|колега|мій начальник|καποιος|ενας συναδελφος|ο διευθυντης μου";
const COLLEAGUES =
  "colleg(?:a|o|he|hi)|collegues?|kolleg\\S*|kollega\\S*|companer[oa]s?|colegas?|collega\\S*|kolega|kolegyne|kolezanka|tyokaveri\\S*|coleg[aă]?|συναδελφ\\S*|arkadasim|коллег\\S*|колег\\S*|dong nghiep|rekan\\S*|זמיל\\S*|עמית\\S*|زميل\\S*|सहकर्मी";
const WISHES =
  "wants?|wanted|threatens?|threatened|threatening|about to|plans?|planning|asks?|asked|would like|d like|intends?|will|mochte|wollte|bittet|bat|droht|drohte|plant|uberlegt|veut|veulent|voulait|menace|menacait|demande|demandent|demandait|souhaite|envisage|quiere|queria|amenaza|amenazo|piensa|desea|pide|quer|ameaca|ameacou|pretende|pensa|vuole|voleva|minaccia|intende|wil|wilde|vraagt|vroeg|dreigt|overweegt|vill|ville|ber|beder|hotar|overvager|vil|truer|overvejer|vurderer|haluaa|halusi|pyytaa|pyysi|uhkaa|aikoo|harkitsee|chce|chcial\\S*|prosi|prosil\\S*|zada|zadal\\S*|grozi|zamierza|planuje|chtel\\S*|hrozi|zvazuje|chcel\\S*|planuje|akar\\S*|keri|kerte|szeretne|fenyeget\\S*|vrea|voia|cere|ameninta|istiyor|tehdit|хочет|просит|просил\\S*|хотел\\S*|грозится|грозит|угрожает|собирается|думает|хоче|хотів|хотіла|погрожує|збирається|θελει|ηθελε|απειλει|σκεφτεται";
/** What we send: then somebody asks in another's name. */
const SENT =
  /(?:^| )(?:\p{L}*(?:news ?letter|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|hirlevel|bulten|mailing|verteiler|lektion|lesson|lecon|leccion|lezion|licao|licoes|lekcj|lekc|lectie|oppitun|leksjon|kurs|course|corso|curso|tanfolyam|рассыл|розсил|курс|урок|μαθημα)\p{L}*|e ?mails?|mails|cours)(?= |$)/u;
const OTHERS = new RegExp(`(?:^| )(?:${CLIENTS}|${TEAM})(?: (?!,)\\S+){0,5}? (?:${WISHES})(?= |$)`, "u");

export const isOthersLeaving = (text: string): boolean => OTHERS.test(text) && !SENT.test(text);

/** Who says that they stay asks for nothing where leaving is spoken of besides. */
const STAYS =
  /(?:^| )(?:(?:i (?:want|wish|d like|would like|intend|plan) to|i m|i am|i ll|i will|happy to|glad i) (?:stay|staying|stayed|stick with it|keep going|remain)|(?:drangeblieben|dabeigeblieben|dabei geblieben|geblieben)|ich (?:bleibe|mochte bleiben|will bleiben|bleibe dabei)|(?:moi )?je continue (?:avec|a|le|les|bien)|moi je continue|je reste|je veux rester|je suis reste\p{L}*|me quedo|quiero (?:seguir|quedarme)|fico|quero (?:ficar|continuar)|rimango|resto|voglio (?:restare|rimanere)|ik blijf|wil blijven|ben gebleven|jag (?:stannar|ar kvar|vill vara kvar)|jeg (?:bliver|blir|er glad for at jeg blev)|jaan|jain|zostaje|zostalem|zostalam|zustavam|zustal\p{L}*|ostavam|ostal som|maradok|maradtam|raman|am ramas|kaliyorum|я остаюсь|осталс\p{L}|осталась|я залишаюс\p{L}|μενω|εμεινα)(?= |$)|続けます|続けたい|我会继续|我想留/u;

/** "I don't know whether I want to stay". */
const WHETHER = / (?:if|whether|ob|si|se|of|om|jos|czy|jestli|zda|ci|hogy|daca|ли|чи|αν) |か/u;

export const saysTheyStay = (text: string): boolean => STAYS.test(text) && !WHETHER.test(text);

/** Somebody else is to be taken off: "pouvez-vous l'enlever". */
const HIM_OR_HER =
  /(?:^| )(?:him|her|ihn|ihm|l|le|la|lo|hem|haar|honom|henne|ham|hende|hanet|go|jego|ja|ho|ji|ju|ot|o|il|ii|τον|την|onu|его|ее|иого|іі|го|я|anh ay|co ay|dia)(?= )/u;

/** "My colleague has left, can you take him off? I go on with pleasure": it is not who writes that leaves. */
export const asksForOthers = (
  asked: readonly { text: string }[],
  all: readonly { text: string }[],
): boolean =>
  all.some((one) => !asked.includes(one) && saysTheyStay(one.text)) &&
  asked.every(({ text }) => COLLEAGUE.test(text) && HIM_OR_HER.test(text));
const COLLEAGUE = new RegExp(`(?:^| )(?:${TEAM}|${COLLEAGUES})(?= |$)`, "u");
