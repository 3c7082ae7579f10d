import { oncePerText } from "./once-per-text.ts";

/**
 * "I would be grateful if you removed me": a request, with its verb in the form that a condition takes. What stands here
 * is read as "please" and the verb, so that neither the condition nor the form hides it. In folded letters.
 */
const FRAMES: readonly [RegExp, string][] = [
  [
    /(?:^| )(?:it (?:s|is|would be|might be|d be)|would be|(?:i|we) (?:d|would)(?= rather)) (?:much |probably |perhaps |maybe )?(?:better|best|easier|easiest|simpler|simplest|wiser|rather)(?: (?:for me|for us))? (?:if you|you|to)(?= )/gu,
    " please ",
  ],
  [
    /(?:^| )(?:es |das )?(?:ist|ware) (?:wohl |vielleicht |sicher )?(?:besser|am besten|einfacher)(?: fur mich)? (?:, )?wenn (?:sie|ihr|du)(?= )/gu,
    " bitte ",
  ],
  [/(?:^| )(?:maar |het )?(?:is )?(?:beter|het beste) (?:als (?:jullie|je|u) )?(?=\p{L})/gu, " "],
  [/(?:^| )(?:det (?:ar|er) )?(?:battre|bedre|bast|best) (?:om|hvis) (?:ni|du|i|dere)(?= )/gu, " "],
  [/(?:^| )(?:je |j )?(?:prefere|prefererais|vaut mieux) que (?:vous|tu)(?= )/gu, " merci de "],
  [
    /(?:^| )(?:(?:i|we|it) (?:d|would|ll|will|might) )?(?:really |very much |greatly |also )*(?:be |would be |appreciate |like |love )(?:very |really |most |so |just )*(?:glad|happy|grateful|thankful|delighted|obliged|pleased|nice|great|good|kind|lovely|best|helpful|wonderful|fine)? ?(?:of you )?(?:it )?if (?:you|someone|somebody)(?: all)? (?:(?:could|would|can|will|might|just|please|kindly) )*/gu,
    " please ",
  ],
  [
    /(?:^| )(?:i|we|it) (?:d|would|should|might) be (?:very |most |so |much )*(?:obliged|grateful|glad|thankful|pleased|happy|nice|good|kind) if (?=(?:my|our|this) )/gu,
    " please ",
  ],
  [/(?:^| )(?:would |i d |we d )?appreciate (?:it )?(?:being|to be) /gu, " i want to be "],
  [
    /(?:^| )(?:ich |wir )?(?:ware|waren|wurde|wurden|fande|fanden|es ware|das ware)?(?: (?:ich|wir|es|mich|uns|ihnen|euch|dir))*(?: (?:sehr|ganz|echt|wirklich))* (?:dankbar|froh|nett|schon|lieb|freuen|toll|super|gut|verbunden|prima|hilfreich|freundlich)(?: von (?:ihnen|euch|dir))? (?:, )?wenn (?:sie|ihr|du|man)(?= )/gu,
    " bitte ",
  ],
  [
    /(?:^| )(?:je |nous )?(?:vous |te )?(?:serais?|serions|saurais) (?:tres |fort |infiniment )?(?:reconnaissante?s?|gre|heureu\S+|ravie?s?|gentil|aimable) (?:de (?:bien vouloir )?|si (?:vous|tu) (?:pouviez |pourriez |vouliez bien )?)/gu,
    " merci de ",
  ],
  [
    /(?:^| )(?:(?:le|les|te|os|me) )?(?:agradec\S+|encantaria|gustaria|seria (?:muy )?(?:amable|bueno|ideal|estupendo))(?: mucho| enormemente)?(?: si| que)(?: (?:usted|ustedes|pudiera\S*|pudieseis|puede[ns]?))*(?= )/gu,
    " por favor ",
  ],
  [
    /(?:^| )(?:(?:le|vi|ti) )?(?:sarei|saremmo|sarebbe) (?:molto |davvero )?(?:grat[oaie]|riconoscente|content[oa]|felice|gentile|bello) (?:se|che)(?: (?:potesse|poteste|potessi))?(?= )/gu,
    " per favore ",
  ],
  [
    /(?:^| )(?:agradec\S+|ficaria\S*(?: (?:grat[oa]|agradecid[oa]|feliz))?|gostaria|seria (?:bom|otimo))(?: muito)?(?: se| que)(?: (?:me )?(?:pudesse\S*))?(?= )/gu,
    " por favor ",
  ],
  [
    /(?:^| )(?:ik zou|zou|het zou|dat zou)(?: (?:het|ik|u|jullie|fijn|prettig|mooi|op prijs|zijn|vinden|erg|heel|dankbaar|stellen|waarderen|blij))+ (?:, )?als (?:u|jullie|je|men)(?= )/gu,
    " graag ",
  ],
  [
    /(?:^| )(?:jag |det )?(?:vore|skulle vara|skulle bli|blir)(?: (?:mycket|jag|sa|vara))* (?:tacksam|glad|snallt|bra|fint) om (?:ni|du)(?: (?:kunde|ville|kan))?(?= )/gu,
    " snalla ",
  ],
  [
    /(?:^| )(?:jeg |det )?(?:ville vaere|ville blive|vil vaere|ville sette pris pa|vaere|hadde vaert)(?: (?:meget|veldig|jeg))* ?(?:taknemmelig|takknemlig|glad|dejligt|fint|snilt|rart)? (?:hvis|om) (?:i|du|dere|de)(?: (?:kunne|ville|vil|kan))?(?= )/gu,
    " venligst ",
  ],
  [/(?:^| )olisin (?:hyvin )?(?:kiitollinen|iloinen) (?:, )?jos(?= )/gu, " kiitos "],
  [
    /(?:^| )(?:bede|byl\S+|bylo by) (?:bardzo )?(?:wdzieczn\S+|rad\S*|mil\S+) (?:, )?(?:jesli|gdyby|jezeli)(?: (?:panstwo|pan|pani))?(?= )/gu,
    " prosze ",
  ],
  [
    /(?:^| )(?:byl[a]? (?:by|bych)(?: (?:jsem|som|vam))?|bol[a]? by som|ocenil[a]? (?:bych|by som))(?: (?:moc|velmi|vam|velmi))* ?(?:rad[a]?|vdec\S+|vdac\S+)? (?:, )?(?:kdyby\S*|keby\S*|pokud|ak)(?= )/gu,
    " prosim ",
  ],
  [/(?:^| )(?:halas|orul\S+|boldog) (?:lennek|volnek)? ?(?:, )?ha(?= )/gu, " kerem "],
  [
    /(?:^| )(?:v |va |ti )?(?:as fi|am fi|as aprecia)(?: (?:foarte|tare))* ?(?:recunoscator|recunoscatoare|multumit[a]?|bucuros|bucuroasa)? daca(?= )/gu,
    " va rog ",
  ],
  [
    /(?:^| )(?:θα (?:σας )?(?:ημουν|το εκτιμουσα|ηταν))(?: (?:πολυ|ευγνωμων|υποχρεος|υποχρεωμενος|καλο|χαρουμενος))* αν(?= )/gu,
    " παρακαλω ",
  ],
  [
    /(?:^| )(?:буду|была бы|был бы)(?: (?:очень|вам|крайне))* (?:благодар\S+|признател\S+|рад[а]?) (?:, )?если(?: (?:бы|вы|ты))*(?= )/gu,
    " пожалуиста ",
  ],
  [
    /(?:^| )(?:буду|був би|була б)(?: (?:дуже|вам))* (?:вдячн\S+|рад\S*) (?:, )?якщо(?: (?:б|би|ви|ти))*(?= )/gu,
    " будь ласка ",
  ],
];

/** What follows "if you" in English, as it is said after "please". */
const PLAIN: Readonly<Record<string, string>> = {
  took: "take",
  removed: "remove",
  dropped: "drop",
  deleted: "delete",
  struck: "strike",
  stopped: "stop",
  ceased: "cease",
  left: "leave",
  cancelled: "cancel",
  canceled: "cancel",
  unsubscribed: "unsubscribe",
  ended: "end",
  erased: "erase",
  kept: "keep",
  got: "get",
  quit: "quit",
  discontinued: "discontinue",
  didn: "do",
  pulled: "pull",
  crossed: "cross",
  signed: "sign",
  opted: "opt",
  withdrew: "withdraw",
  scratched: "scratch",
  excluded: "exclude",
  purged: "purge",
};
const AFTER_PLEASE = / please (\p{L}+)(?= )/u;

/** The text with such a frame read as "please"; the same text where none stands. */
export const withPlainWish = oncePerText((text: string): string => {
  const plain = FRAMES.reduce((said, [frame, please]) => said.replace(frame, please), text);
  if (plain === text) return text;
  return plain
    .replace(AFTER_PLEASE, (whole, verb: string) => (PLAIN[verb] ? ` please ${PLAIN[verb]}` : whole))
    .replace(/ +/g, " ")
    .trim();
});
