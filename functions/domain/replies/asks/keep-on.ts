/**
 * "Don't stop writing to me", in folded letters: a verb of stopping that is refused asks for more of the same. Where a
 * question refuses it ("kan ni inte sluta") it is a request, and so is a condition ("if you don't stop").
 */
const REFUSED: readonly string[] = [
  "(?<!you )(?:do not|don t|never) (?:ever |you |you dare )*(?:stop|quit|end|cease)",
  "(?:don t|do not|never|wouldn t) want (?:this|it|these|them|that|(?:the|your|this|these) \\S+) to (?:ever )?(?:stop|end|finish)",
  "(?:hort|horen|hor|stoppt|stoppen|stopp) (?:sie |ihr |bitte |bloss |ja |damit )*(?:nicht|nie|niemals)",
  "(?<!(?:konnen|konnten|konnt|wollen) (?:sie|ihr) )(?:nicht|nie) (?:aufhoren|stoppen|enden)",
  "(?:n |ne )?(?:arret|cess|stopp)\\S* (?:surtout )?(?:pas|jamais)",
  "no (?:paren|pare|pares|dejen de|deje de|dejes de|cesen|cese)",
  "non (?:smett|ferm|interromp)\\S*",
  "nao (?:parem|pare|para|pares|deixem de|deixe de|cessem)",
  "(?:stop|hou|houd|stopt) (?:\\S+ )?(?:niet|nooit)",
  "(?<!(?:kunnen|kunt|kun|willen) (?:jullie|u|je) )(?:niet|nooit) (?:stoppen|ophouden)",
  "(?:sluta|stoppa|avsluta|slutt|stopp|stop|slut|hold) (?:\\S+ )?(?:inte|ikke|aldrig|aldri)",
  "(?<!(?:kan|kunde|kunne|vill|vil|ville|skulle|gidder|gider) (?:ni|du|dere|i|de) )(?:inte|ikke) (?:a |at |att )?(?:sluta|stoppa|slutte?|stoppe?|holde? op)",
  "(?:alkaa|ala) (?:\\S+ )?lopet\\S*",
  "nie (?:przestaw|przestan|koncz|zatrzym)\\S*",
  "ne ?(?:prestav|prestan|konc|zastav)\\S*",
  "ne (?:hagyja|hagyja[kt]|hagyd|fejezz|szuntess|allits|alljanak|alljon)\\S*",
  "nu (?:va |te |mai )*(?:opr|incet)\\S*",
  "μην? (?:σταματ|παψ|παυ|διακοπ|διακοψ)\\S*",
  "(?:durma|durdurma|birakma|kesme|vazgecme)(?:yin|yiniz)?",
  "не (?:прекращ|перестав|останавл|бросаите)\\S*",
  "не (?:припиня|переставаи|зупиня|кидаите)\\S*",
  "אל (?:תפסיק|תעצר|תעצור|תחדל)\\S*",
  "لا (?:تتوقف|توقف|تكف|تقطع)\\S*",
  "(?:बंद|रोक)\\S* (?:मत|न)|(?:मत|न) (?:रोक|बंद)\\S*",
  "(?:band|stop) (?:mat|na)|(?:mat|na) (?:roko|band)",
];
const KEEP_ON = new RegExp(`(?:^| )(?:${REFUSED.join("|")})(?= |$)`, "u");
const KEEP_ON_DENSE =
  /(?:止め|やめ|辞め|停止し|中止し)ない(?:で|ように)|(?:不要|别|別|不想让|千万别)(?:停|终止|中断)|(?:멈추|중단하|그만두|끊)지 ?(?:마|말)/u;
const CONDITION =
  /^(?:\S+ )?(?:if|unless|wenn|falls|si|se|als|om|hvis|jos|jesli|jezeli|pokud|jestli|ak|ha|daca|если|якщо|eger|αν|اذا|אם|अगर|agar)(?= )/u;

/** True where what is refused is the stopping. `text` is folded as `text.ts` folds, `dense` is without its spaces. */
export const asksToKeepOn = (text: string, dense: string): boolean =>
  (KEEP_ON.test(text) && !CONDITION.test(text)) || KEEP_ON_DENSE.test(dense);
