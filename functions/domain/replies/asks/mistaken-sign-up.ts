import { readLine, type Sentence } from "./text.ts";

/** How a language says that a sign-up was no wish of its reader's, and that it is to be undone. Each is a whole clause, folded. */
interface Mistake {
  mistaken: readonly string[];
  undo: readonly string[];
}

const EN_HERE =
  "(?: (?:for|to|on|in|into|here|this|it|that|the|your|course|newsletter|list|lessons|form|box))*";
const DE_HERE =
  "(?: (?:hier|da|in|im|den|das|dieses|ihr|euer|formular|kurs|newsletter|verteiler|fur|zum|diesen))*";
const FR_HERE =
  "(?: (?:ici|la|dans|sur|a|au|cette|ce|votre|vos|la|le|liste|formulaire|cours|newsletter|lettre))*";
const ES_HERE = "(?: (?:aqui|en|a|al|este|esta|esto|su|la|el|lista|formulario|curso|boletin|newsletter))*";

const MISTAKES: readonly Mistake[] = [
  {
    mistaken: [
      `(?:(?:i|we) )?(?:have |had |ve |must have )?(?:signed up|registered|subscribed|enrolled|joined)${EN_HERE} (?:by (?:mistake|accident|error)|accidentally|in error|mistakenly|unintentionally)`,
      `(?:i|we) (?:have |had |ve |must have )?(?:accidentally|mistakenly|unintentionally|wrongly) (?:signed up|registered|subscribed|enrolled|joined)${EN_HERE}`,
      "(?:my|this|the) (?:sign ?up|signing up|registration|subscription|enrolment) (?:was|is) (?:a mistake|an accident|an error|unintended|not intended)",
      `(?:somebody|someone|a colleague|my (?:colleague|boss|assistant|friend|wife|husband|son|daughter)) (?:else )?(?:has |had |must have |seems to have )?(?:put|entered|typed|used|added|registered|given|gave|filled in|typed in|signed up)(?: in)? (?:my|our) (?:work )?(?:e ?mail |mail )?(?:address|name|details|e ?mail)${EN_HERE}(?: (?:by mistake|by accident|without (?:asking(?: me)?|telling me|my (?:consent|knowledge))))?`,
      `(?:somebody|someone|a colleague|my (?:colleague|boss|assistant|friend|wife|husband|son|daughter)) (?:else )?(?:has |had |must have |seems to have )?(?:signed|registered|subscribed|enrolled) me(?: up)?${EN_HERE}(?: (?:by mistake|by accident|without (?:asking(?: me)?|telling me|my (?:consent|knowledge))))?`,
    ],
    undo: [
      "(?:(?:so|then|can you|could you|would you|will you|kindly) )*(?:undo|reverse|revert|cancel|remove|delete|erase|withdraw) (?:it|this|that|me|(?:my|the) (?:address|name|entry|e ?mail|sign ?up|registration|subscription|enrolment))(?: (?:again|for me|now|from (?:it|here|there)))*",
      "(?:(?:so|then|can you|could you|would you|will you|kindly) )*(?:undo|reverse|revert)",
      "(?:(?:so|then|can you|could you|would you|will you|kindly) )*take (?:it|me|my (?:address|name|e ?mail)) (?:out|off|away)(?: (?:again|of (?:it|there)|now))*",
    ],
  },
  {
    mistaken: [
      `(?:(?:ich|wir) )?(?:habe?|hab|haben|hatte) (?:ich |wir )?(?:mich|uns)${DE_HERE} (?:aus versehen|versehentlich|irrtumlich|falschlicherweise|ungewollt|aus irrtum)${DE_HERE} (?:angemeldet|eingetragen|registriert)`,
      "(?:meine|die|diese) (?:anmeldung|eintragung|registrierung) (?:war|ist) (?:ein |aus )?(?:versehen|irrtum|fehler|versehentlich|ungewollt)(?: passiert| von mir| erfolgt)?",
      `(?:jemand|irgend ?jemand|irgendwer|ein kollege|eine kollegin|mein chef|meine chefin) (?:anderes? )?(?:hat|muss) (?:hier )?(?:meine (?:e ?mail |mail )?(?:adresse|mailadresse|daten)|meinen namen|mich)${DE_HERE}(?: (?:ohne mein wissen|ohne zu fragen|ohne mich zu fragen|aus versehen|versehentlich))* (?:eingetragen|eingegeben|angegeben|angemeldet|benutzt|verwendet)(?: haben)?`,
    ],
    undo: [
      "(?:machen sie|mach|macht|konnen sie|konnt ihr|kannst du) (?:das|es|dies|die anmeldung|sie|mich|meine adresse)(?: (?:wieder|bitte))* (?:ruckgangig|ruckgangig machen|loschen|entfernen|stornieren|austragen)",
      "(?:(?:das|es|dies|die anmeldung|sie|mich|meine adresse|meinen namen) )?(?:(?:wieder|bitte) )*(?:ruckgangig machen|loschen|entfernen|stornieren|austragen|herausnehmen|rausnehmen|streichen)",
      "(?:loschen|entfernen|stornieren|streichen|loscht|entfernt|storniert|streicht) (?:sie )?(?:sie|das|es|ihn|mich|meine adresse|meinen namen|die anmeldung)(?: wieder)?",
      "(?:nehmen sie|nehmt|nimm) (?:sie|das|es|ihn|mich|meine adresse|meinen namen) (?:wieder )?(?:heraus|raus|zuruck|weg)",
    ],
  },
  {
    mistaken: [
      `je me suis (?:inscrite?|abonnee?|enregistree?)${FR_HERE} par (?:erreur|megarde|accident|inadvertance)`,
      "(?:mon|cette|l) (?:inscription|abonnement) (?:est|etait) (?:une erreur|par erreur|involontaire)",
      `(?:quelqu un|on|un collegue|une collegue|mon collegue|ma collegue) (?:d autre )?(?:a|m a) (?:mis|saisi|entre|inscrite?|utilise|donne|indique|note|abonnee?)(?: (?:mon (?:adresse|nom|mail|e ?mail|courriel)|mes coordonnees))?${FR_HERE}(?: (?:par erreur|a mon insu|sans (?:mon accord|me (?:demander|prevenir|le dire))))*`,
    ],
    undo: [
      "(?:(?:merci|de|d|bien|vouloir|veuillez|pouvez vous|pourriez vous|l|la|le|me|m) )*(?:annuler|annulez|supprimer|supprimez|retirer|retirez|enlever|enlevez|effacer|effacez|desinscrire)(?: (?:la|le|les|moi|cela|ca|tout|mon|adresse|nom|l|cette|inscription))*",
    ],
  },
  {
    mistaken: [
      `me (?:he )?(?:inscribi|apunte|suscribi|registre|inscrito|apuntado|suscrito|registrado|inscrita|apuntada|suscrita|registrada)${ES_HERE} (?:por (?:error|equivocacion|accidente)|sin querer)`,
      "(?:mi|la|esta) (?:inscripcion|suscripcion|registro|alta) (?:fue|es|ha sido) (?:un error|por error|una equivocacion)",
      `(?:alguien|un companero|una companera|mi jefe|mi jefa) (?:mas )?(?:me )?(?:ha )?(?:puso|metio|dio|uso|introdujo|apunto|inscribio|registro|puesto|metido|dado|usado|introducido|apuntado|inscrito|registrado)(?: mi (?:direccion|correo|nombre|e ?mail)(?: de correo)?)?${ES_HERE}(?: (?:por error|sin (?:mi )?(?:permiso|preguntarme|avisar(?:me)?|consentimiento)))*`,
    ],
    undo: [
      "(?:anul|cancel|elimin|borr|quit|retir)(?:en|e|ad|a|ar)?(?:me|lo|la|nlo|nla|nme)?(?: (?:mi|la|el|esta) (?:direccion|correo|nombre|inscripcion|suscripcion|registro|alta))?(?: (?:ya|de aqui))?",
      "(?:pueden|podrian|podeis|puede|podria|puedes) (?:anular|cancelar|eliminar|borrar|quitar|deshacer)(?:me|lo|la)?(?: (?:mi|la|esta) (?:direccion|inscripcion|suscripcion))?",
      "deshag(?:an|a)lo|deshacedlo|deshazlo",
    ],
  },
];

/** What may stand before: an excuse, or a doubt about how it came. */
const LEAD =
  "(?:(?:sorry|oh|oops|hi|hello|apologies|unfortunately|apparently|i think|i fear|i m afraid|i believe|it seems|it looks like|looks like|leider|offenbar|anscheinend|ich glaube|ich furchte|entschuldigung|desolee?|apparemment|je crois|je crains que|perdon|lo siento|parece que|creo que|me temo que) )*";
const BETWEEN = / , | (?:and|so|und|also|et|donc|alors|y|e|asi que) /u;

let compiled: { mistaken: RegExp; undo: RegExp }[] | undefined;
function mistakes(): { mistaken: RegExp; undo: RegExp }[] {
  compiled ??= MISTAKES.map(({ mistaken, undo }) => ({
    mistaken: new RegExp(`^${LEAD}(?:${mistaken.join("|")})$`, "u"),
    undo: new RegExp(`^(?:${undo.join("|")})$`, "u"),
  }));
  return compiled;
}

/**
 * The sentences of "I signed up by mistake. Please undo it": each says little by itself, and both together ask to leave.
 * Empty if one of the two is missing.
 */
export function listUndoneSignUps(spoken: readonly Sentence[]): Sentence[] {
  const parts = spoken.flatMap((sentence) =>
    sentence.text.split(BETWEEN).map((part) => ({ sentence, part, bare: readLine(part).bare })),
  );
  for (const { mistaken, undo } of mistakes()) {
    const reason = parts.find(({ part, bare }) => mistaken.test(part) || mistaken.test(bare));
    const asking = reason && parts.find((one) => one !== reason && isRequest(undo, one));
    if (reason && asking) return [...new Set([reason.sentence, asking.sentence])];
  }
  return [];
}

/** A question that asks to do something: "Könnt ihr das rückgängig machen?" */
const ASKING =
  /^(?:(?:so|and|also|und|et|y) )?(?:can|could|would|will|konnt|konnen|konntet|konnten|kannst|konntest|pouvez|pourriez|peux|pueden|podrian|podeis|puede|podria|puedes) /u;

const isRequest = (
  undo: RegExp,
  { sentence, part, bare }: { sentence: Sentence; part: string; bare: string },
): boolean =>
  (!sentence.isQuestion || sentence.isPolite || ASKING.test(part)) && (undo.test(bare) || undo.test(part));
