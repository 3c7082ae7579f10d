/**
 * What a word in a list's heading or cell is about. A heading and a state are read by the same words, so that a
 * heading that nobody has seen before (`Date unsubscribed`, `Kündigungsdatum`, `contact_marked_as_spam_at`) is
 * understood by what it says.
 */
export type Sense =
  /** Somebody left, bounced or complained. */
  | "leave"
  /** The same, where nothing else is said: `Date left`; but `Days left` is something else. */
  | "away"
  /** It says that of a state; as a heading it can be about much else: `Expired`, `Paused until`. */
  | "over"
  | "pending"
  | "not"
  /** In the list, and nothing but that: `subscribed`, `opted in`. */
  | "in"
  /** In the list, or at work in another way: `active`, `enabled`. */
  | "on"
  | "agree"
  | "confirm"
  | "status"
  /** Mail, the list, and being in it. */
  | "list"
  | "time"
  /** Why, how often, where from: words that change nothing about who has left. */
  | "around"
  /** How somebody came: it says nothing about who is in. */
  | "origin"
  /** A link that everybody has, money, and what is sent otherwise than by mail. */
  | "void"
  | "channel"
  /** Names and places: words of any kind stand below them. */
  | "name";

/** In English, German, French, Spanish, Portuguese, Italian and Dutch. A star stands for more letters. */
const WORDS: Readonly<Record<Sense, string>> = {
  void: `url urls uri link links href token hash page key uuid guid secret
    plan plans tier tiers payment* paid stripe order orders purchas* membership* invoice* billing revenue price amount trial
    bestell* rechnung* zahlung* kauf* commande* paiement* achat* pedido* pago* compra* fatura* pagamento* acquist* ordine*
    betaling* factuur*`,
  channel: `sms mms phone* telephone telefon* tel call calls fax mobile mobil handy push whatsapp telegram appel* llamada*
    ligac* chiamat* bellen`,
  leave: `unsub* optout* bounc* *bounce* complain* complaint* spam* junk* abus* blocked blocking blocklist* blacklist* denylist*
    suppress* disabl* deactivat* remov* delet* archiv* cancel* churn* undeliv* invalid* clean cleaned cleaning clean* stop
    stopped stops withdr* revok* declin* denied deny denies reject* refus* exclu* quarantin* dnc dne donotmail inactiv* ban
    banned fail* unable nomail unfollow* fbl npai recus* retrait*
    *abgemeld* *abmeld* *abbestell* *kundig* *kuendig* ausgetrag* austrag* *austritt* ausgetret* gelosch* geloesch* losch*
    loesch* gesperrt* sperr* inaktiv* deaktiv* *widerruf* widersp* *unzustellbar* *beschwer* bereinigt entfernt* storn*
    abgelehnt* ablehn* verweiger* beend* ungultig* ungueltig* rucklauf* ruecklauf* aboende
    *desabon* *desinscri* *resili* plainte* rebond* supprim* suppression* bloqu* annul* inactif* nettoy* retire* opposition*
    oppose* invalide* indesirable* radie radiee exclu* refuse*
    baja bajas *desuscri* *desuscr* rebot* queja* elimin* limpiad* borrad* anulad* rechaz* revoc* retirad* desactiv* cancelac*
    descadastr* *desassin* reclama* devolvid* removid* inativ* desativ* rejeit* rejeic* denuncia* revogad*
    *disiscri* cancella* annulla* rimbalz* reclam* segnala* blocc* rimoss* disattiv* inattiv* respint* rifiut* revocat*
    *afgemeld* *afmeld* *uitgeschr* *uitschr* opgezegd* *opzeg* klacht* geweiger* weiger* verwijder* geblokkeer* blokk*
    teruggestuurd* onbestelb* inactief* gestopt* ongeldig* ingetrokken* geannuleer*`,
  away: `raus abgesprungen left leave leaver leavers leaves leaving exit exited departed gone quit quits parti partie depart depart* salida
    salio uscita uscito saida saiu vertrokken ausgestieg* ausstieg* ended`,
  over: `expired lapsed dropped dead dormant paused unpaid unusable out off archived terminated abgelaufen expire caducado
    scaduto expirado verlopen unreachable unengaged`,
  pending: `unconfirm* pending unactivat* nonactivat* unverif* validating await* waiting wait waits nonsubscri* nonconfirm*
    transactional upcoming
    unbestat* unbestaet* ausstehend* offen wartend* wartet warten
    attente nonabonn* noninscri* pendiente* pendente* attesa sospes* afwachting onbevestig* wachtend*`,
  not: `not non no none never without nicht kein* nie niemals ohne pas sans jamais sin nunca nao sem senza mai niet geen nooit
    cannot dont nee nein nichts ne`,
  in: `subscribed subscribes optin* abonniert* angemeldet* eingetragen* abonne abonnee abonnes abonnees inscrit inscrite
    inscrits inscrites suscrito suscrita suscritos suscrito* iscritto iscritta iscritti inscrito inscrita ingeschreven
    aangemeld geabonneerd`,
  on: `active actives activated activate enabled enable aktiv* freigegeben actif active actifs activo activa activos attivo
    attiva attivi ativo ativa ativos actief ingeschakeld habilitado habilitada active`,
  agree: `consent* permission* permit* agree* accept* approv* allow* granted grant einwillig* eingewilligt* zustimm* zugestimmt*
    erlaub* einverstand* erteilt* akzeptier* accord accords accorde accordee autoris* autoriz* consentement* acept* consentimiento*
    aceit* consentimento* acconsent* consens* accett* toestemm* akkoord geaccepteerd express explicit
    want wants wanted wish wishes receive receives gets mailable contactable can may erhalt bekommt bekommen moechte* mochte* will wunscht
    souhait* recevoir recoit veut veulent recibe recibir quiere* recebe receber quer quieren riceve ricevere vuole ontvangt ontvangen wil`,
  confirm: `confirm* verif* validated valide validee doi doubleoptin *bestatig* *bestaetig* conferm* bevestig* geverifieerd`,
  status: `status state statut etat estado situacao situacion stato zustand toestand`,
  list: `email emails mail mails emailed mailing mailings mailinglist* newsletter* list liste listen lista listas lists lijst lijsten
    notification* updates marketing subscriber* subscription* subscribe contact contacts contacto* contatto contatti contato*
    contactpersoon member members mitglied* membre* miembro* membro* lid leden audience audiences abo abos abonnent* abonnement*
    abonent* abonee* inscription* suscripcion* suscriptor* iscrizion* iscritti assinatura* assinante* inscricao inscricoes inscrev*
    inschrijv* aanmeld* anmeld* eintrag* registration registrierung* correo* courriel* infolettre* lettre bulletin* boletin*
    nieuwsbrief* nieuwsbriev* verteiler* rundbrief* kontakt* reader* leser* recipient* empfanger* empfaenger* destinataire*
    destinatario* ontvanger* campaign* kampagne* campagne* campana* campanha* abonnee* transmission* message* delivery delivered
    senden schicken send anschreiben kontaktieren envoyer enviar envio inviare versturen werbe* werbung commercial* promo*`,
  time: `at on date dates time timestamp when day since am um datum fecha fechas data date* zeit zeitpunkt uhrzeit op le jour
    heure il em dia hora giorno ora tag seit depuis desde dal updated utc gmt *datum *datums *zeitpunkt *date *time`,
  origin: `ip ips source* quelle* herkunft text texts wording wortlaut form forms formular* formulaire* formulario* method*
    methode* metodo* country land location region version referrer referer browser agent device sent channel kanal lists
    where how`,
  name: `name names nachname* vorname* surname lastname firstname apellido* nom noms prenom* cognome achternaam voornaam company
    firma* empresa* azienda societe organi* city stadt ville ciudad citta plaats street strasse rue address adresse* direccion
    indirizzo language sprache langue idioma lingua taal title titel job beruf website`,
  around: `is has the a an of to for in from by and or as with any all global hard soft temporary permanent first last
    latest manual manually automatic reason* grund grunde motif* motivo* reden* cause* why category type types count* number num
    total nr anzahl* nombre* numero* numer* aantal quantidade qty flag value current currently my our own their this your user
    users user customer* client* person people kunde kunden* gebruiker* utente* usuario* usuaria* profile account accounts
    marked reported report reports being already yet bitte please longer more mehr plus mas mais piu meer to noch en au de la el los las lo un une des du der die das den dem ein eine einer vom von
    zum zur aus fur bei per mit als ist hat wurde les l d s n qu et y e und oder ou o u di del della dello dei da do dos das em het
    een van voor aan uit bij wegen por para pour par sur est a ete esta ha si e foi id comment comments feedback detail*
    manuell doppelt double simple single manual titulo me via ses mes mis suoi i gli ai alla al aux au`,
};

/** In this order: what bars somebody is found first. */
const ORDER: readonly Sense[] = [
  "leave",
  "pending",
  "away",
  "over",
  "not",
  "in",
  "on",
  "agree",
  "confirm",
  "status",
  "void",
  "channel",
  "list",
  "name",
  "origin",
  "around",
  "time",
];

const makePattern = (words: string): RegExp =>
  new RegExp(`^(?:${words.trim().split(/\s+/).join("|").replaceAll("*", "\\p{L}*")})$`, "u");
const PATTERNS = ORDER.map((sense) => [sense, makePattern(WORDS[sense])] as const);

/** Tells nothing itself, and is no unknown word: `Bounces (30)`. */
const NUMBER = /^\d+$/;

/** What each word is about; undefined for one that is not known. */
export const findSenses = (words: readonly string[]): (Sense | undefined)[] =>
  words.map((word) =>
    NUMBER.test(word) ? "around" : PATTERNS.find(([, pattern]) => pattern.test(word))?.[0],
  );
