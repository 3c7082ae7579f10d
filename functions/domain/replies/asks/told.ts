/**
 * What somebody said to somebody at work, in folded letters: "I asked my boss not to send me mails", "le dije al equipo
 * que". Whatever was asked there is asked of others. `says` are verbs in the past, or as they stand in a story; the
 * listener stands within four words of them.
 */
interface Telling {
  says: string;
  listeners: string;
}

const TELLINGS: Record<string, Telling> = {
  en: {
    says: "asked|told|tell|begged|ordered|instructed|wrote|emailed|warned|say to|said to",
    listeners:
      "boss|manager|teams?|colleagues?|vendors?|suppliers?|clients?|customers?|assistants?|deputy|staff|reports?|director|everyone|people|them|him|her|hr|it|sales|marketing|husband|wife|partner",
  },
  de: {
    says: "gebeten|bat|sagte|gesagt|schrieb|geschrieben|befohlen|erklart|erklarte|angewiesen",
    listeners:
      "chef\\S*|team|kolleg\\S*|kund\\S*|lieferant\\S*|mitarbeit\\S*|vorgesetzt\\S*|leiter\\S*|assistent\\S*|vertrieb|ihn|ihm|leute\\S*|mann|frau",
  },
  fr: {
    says: "demande|demandais|dit|disais|dis|prie|ecrit|ordonne|explique",
    listeners:
      "chefs?|cheffe|patron\\S*|equipe|collegues?|clients?|fournisseurs?|assistant\\S*|directeur|directrice|commerciaux|mari|femme|gens",
  },
  es: {
    says: "pedi|dije|pedido|dicho|solicite|ordene|escribi",
    listeners:
      "jef[ea]s?|equipo|colegas?|companer\\S*|clientes?|proveedor\\S*|asistente|director\\S*|gente|marido|mujer",
  },
  it: {
    says: "chiesto|detto|pregato|chiesi|dissi|scritto|ordinato",
    listeners: "capo|team|squadra|colleg\\S*|client[ei]|fornitor\\S*|assistente|direttor\\S*|marito|moglie",
  },
  pt: {
    says: "pedi|disse|falei|solicitei|escrevi|mandei",
    listeners:
      "chefe|equipa|equipe|time|colegas?|clientes?|fornecedor\\S*|assistente|diretor\\S*|pessoal|marido|mulher",
  },
  nl: {
    says: "gevraagd|vroeg|gezegd|zei|geschreven|verteld",
    listeners:
      "baas|chef|team|collega\\S*|klant\\S*|leverancier\\S*|assistent\\S*|directeur|iedereen|man|vrouw|leidinggevende",
  },
  sv: {
    says: "bad|bett|sa|sade|sagt|skrev",
    listeners: "chef\\S*|team\\S*|kollega\\S*|kolleger\\S*|kund\\S*|leverantor\\S*|assistent\\S*|man|fru",
  },
  da: {
    says: "bad|ba|bedt|bedt|sagde|sa|sagt|skrev",
    listeners:
      "chef\\S*|sjef\\S*|team\\S*|kollega\\S*|kolleger\\S*|kund\\S*|leverandor\\S*|assistent\\S*|mand|kone",
  },
  fi: {
    says: "pyysin|pyysi|sanoin|sanoi|kerroin|kaskin|kirjoitin",
    listeners:
      "pomo\\S*|esimie\\S*|tiimi\\S*|kollega\\S*|tyokaver\\S*|asiakka\\S*|toimittaj\\S*|miehelle\\S*|vaimolle\\S*",
  },
  pl: {
    says: "poprosil\\S*|powiedzial\\S*|kazal\\S*|prosil\\S*|napisal\\S*|polecil\\S*",
    listeners:
      "szef\\S*|zespol\\S*|koleg\\S*|kolezank\\S*|klient\\S*|dostawc\\S*|asystent\\S*|dyrektor\\S*|meza|zone",
  },
  cs: {
    says: "pozadal\\S*|rekl\\S*|poprosil\\S*|prosil\\S*|napsal\\S*|poziadal\\S*|povedal\\S*|napisal\\S*",
    listeners:
      "sef\\S*|tym\\S*|kolegu|kolegovi|kolegy|kolegum|kolegov|kolegyn\\S*|zakazni\\S*|klient\\S*|dodavatel\\S*|asistent\\S*",
  },
  hu: {
    says: "megkert\\S*|kertem|kerte|mondt\\S*|szoltam|irtam|utasitott\\S*",
    listeners:
      "fonok\\S*|csapat\\S*|kolleg\\S*|ugyfel\\S*|beszallito\\S*|asszisztens\\S*|igazgato\\S*|mindenki\\S*|ferj\\S*|feleseg\\S*",
  },
  ro: {
    says: "cerut|spus|zis|rugat|scris",
    listeners: "sef\\S*|echip\\S*|coleg\\S*|client\\S*|furnizor\\S*|asistent\\S*|director\\S*|sot\\S*",
  },
  el: {
    says: "ζητησα|ζητησε|ειπα|ειπε|παρακαλεσα|εγραψα",
    listeners:
      "προισταμεν\\S*|αφεντικο\\S*|ομαδα\\S*|συναδελφ\\S*|πελατ\\S*|προμηθευτ\\S*|βοηθο\\S*|διευθυντ\\S*",
  },
  tr: {
    says: "rica ettim|rica ettik|soyledim|soyledik|dedim|dedik|istedim|istedik|yazdim",
    listeners:
      "mudur\\S*|patron\\S*|ekib\\S*|ekip\\S*|takim\\S*|is arkadas\\S*|meslektas\\S*|musteri\\S*|tedarikci\\S*|asistan\\S*|herkes\\S*",
  },
  ru: {
    says: "попросил\\S*|просил\\S*|сказал\\S*|велел\\S*|написал\\S*|поручил\\S*",
    listeners:
      "шеф\\S*|начальни\\S*|босс\\S*|команд\\S*|коллег\\S*|клиент\\S*|поставщик\\S*|помощни\\S*|директор\\S*|подчиненн\\S*|его|ее|их|ему|еи|им|мужа|мужу|жену|жене",
  },
  uk: {
    says: "попросив|попросила|просив|просила|сказав|сказала|звелів|звеліла|написав|написала",
    listeners:
      "шеф\\S*|керівни\\S*|начальни\\S*|команд\\S*|колег\\S*|клієнт\\S*|постачальни\\S*|помічни\\S*|директор\\S*|иого|іі|іх",
  },
};
const WITHIN = "(?: (?!,)\\S+){0,4}? ";
const TOLD = new RegExp(
  Object.values(TELLINGS)
    .map(
      ({ says, listeners }) =>
        `(?:^| )(?:(?:${says})${WITHIN}(?:${listeners})|(?:${listeners})${WITHIN}(?:${says}))(?= |$)`,
    )
    .join("|"),
  "u",
);
/** "I asked not to be written to": nobody who listens is named, and nobody is asked again. */
const ASKED_THEM =
  /(?:^| )(?:я|я ж) (?:по)?просил[аи]? (?!вас|уже|ведь|же)(?=не )|(?:^| )i (?:once )?asked (?:not |never )to be sent (?!(?:this|these|your|any more of))/u;
/** Dense scripts, without spaces. */
const TOLD_DENSE =
  /(?:上司|チーム|同僚|部下|社長|先輩|部長|課長|取引先|お客)(?:様|さん)?(?:に|へ|には).{0,40}(?:頼|伝え|言|お願いし(?:た|まし)|話)|(?:让|請|请|叫|跟|对|對|告诉|告訴|要求|和)(?:我的|我们|我們)?(?:老板|老闆|团队|團隊|同事|上司|领导|領導|经理|經理|主管|下属|员工|员工们|客户|供应商|部门|组里|大家|他们|他們)/u;
const TOLD_KOREAN =
  /(?:팀장|상사|부장|팀|동료|직원|고객|사장|대표)(?:님|원|들)*(?:에게|께|한테|이|을|를).{0,40}(?:부탁|요청|말했|말씀드렸|말을 했|라고 했|하라고)/u;
/** Then they ask of us. */
const OF_US =
  /(?:^| )(?:you|your|euch|euer\S*|ihnen|ihr(?:e[nmr]?)? (?:newsletter|kurs)|vous|votre|usted\S*|vosotros|vuestr\S*|voi|vostr\S*|jullie|uw|twice|already|again|bereits|schon|mehrfach|deja|ya|gia|ja|juz|uz|mar|deja|уже|вас|вам|вже)(?= |$)/u;

/** True for a sentence that tells what was asked of somebody else. `text` is folded as `text.ts` folds. */
export function isTold(text: string, dense: string): boolean {
  if (TOLD_DENSE.test(dense) || TOLD_KOREAN.test(text)) return true;
  return (TOLD.test(text) || ASKED_THEM.test(text)) && !OF_US.test(text);
}
