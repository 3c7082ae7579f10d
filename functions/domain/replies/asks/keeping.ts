import type { Sentence } from "./text.ts";

/** A course and a newsletter are two lists: who leaves one may keep the other. */
export type Kept = "course" | "newsletter";

/** In folded letters, as sentences are compared. */
const NAMES: Record<Kept, RegExp> = {
  newsletter:
    /(?:^| )(?:news ?letter|rundbrief|boletin|bulletin|infolettre|lettre d info|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|biuletyn|zpravodaj|hirlevel|buletin|bulten|рассылк|розсилк|ενημερωτικ)|ニュースレター|メルマガ|电子报|電子報|简报|通讯|通訊|뉴스레터/u,
  course:
    /(?:^| )(?:course|lesson|kurs|lektion|cours(?: |$)|lecon|curso|leccion|corso|lezion|curs|licao|licoes|les(?:sen)?(?: |$)|leksjon|oppitun|lekcj|kurz|lekc|tanfolyam|lecke|lecti|ders|курс|урок|μαθημα)|コース|レッスン|课程|課程|강좌|코스|강의/u,
};
const OTHER: Record<Kept, Kept> = { course: "newsletter", newsletter: "course" };

const KEEPS =
  /(?:^| )(?:keep|keeping|stays?|remain|retain|continue|continuing|carry on|go on|still (?:want|like|enjoy)|(?:would|d) still|leave me on|behalt\p{L}*|weiter\p{L}*|bleib\p{L}*|gard\p{L}*|conserv\p{L}*|continu\p{L}*|rest(?:e|er|ez)|mante\p{L}*|segui\p{L}*|sigo|sigan|sigue|tener\p{L}*|tengo|ficar|hou(?:d|den)|behoud\p{L}*|blij(?:f|ft|ven)|behall\p{L}*|behold\p{L}*|fortsat\p{L}*|fortsett\p{L}*|ha kvar|sailyt\p{L}*|jatk\p{L}*|zachow\p{L}*|zostaw\p{L}*|zosta[cn]\p{L}*|nadal|ponech\p{L}*|nadale|megtart\p{L}*|marad\p{L}*|tovabbra|pastr\p{L}*|raman\p{L}*|kals\p{L}*|devam|остав\p{L}*|продолж\p{L}*|залиш\p{L}*|продовж\p{L}*|κρατ\p{L}*|συνεχ\p{L}*)(?= |$)|続け|残し|保留|继续|繼續|계속|유지/u;
const ONLY =
  "only|just|nur|bloss|lediglich|seulement|uniquement|solo|solamente|unicamente|soltanto|apenas|somente|alleen|bara|endast|bare|kun|vain|tylko|pouze|jen|csak|doar|numai|sadece|только|лише|тільки|μονο";
/** Directly before the name, or behind it. */
const ALONE: Record<Kept, RegExp> = {
  newsletter: only(NAMES.newsletter),
  course: only(NAMES.course),
};
function only(name: RegExp): RegExp {
  const word = name.source.slice("(?:^| )".length);
  return new RegExp(
    `(?:^| )(?:${ONLY})(?: \\S{1,6}){0,2} (?:${word})|(?:^| )(?:${word})\\p{L}* (?:${ONLY})(?= |$)|(?:${word})(?:だけ|のみ|만)|(?:只|仅)\\p{L}{0,3}(?:${word})`,
    "u",
  );
}
const NEGATED =
  /(?:^| )(?:not|don t|dont|never|neither|nor|no|without|nicht|kein\p{L}*|nie|pas|jamais|non|nunca|ni|tampoco|nao|nem|niet|geen|nooit|inte|ikke|ei|en|nie|zadn\p{L}*|nechci|ne|nu|degil|не|ни|ані|δεν|μη|either|auch)(?= |$)|ない|ません|不|別|않|안 /u;
const NOT_FROM =
  /(?:^| )(?:not|nicht|pas|no|non|nao|niet|inte|ikke|nie|ne|nu|не)(?: (?:from|off|the|vom|von|aus|dem|den|der|de|du|del|della|dalla|dal|la|el|da|do|van|fran|fra|z|ze|от|с|від|my|our|your|auch|aber)){0,3} (?=\p{L})/u;
const BETWEEN =
  / , | (?:but|and|though|yet|aber|und|jedoch|sondern|mais|et|pero|y|sino|ma|pero|e|mas|maar|en|men|och|og|mutta|ja|ale|i|si|dar|ama|ve|но|а|и|але|та|αλλα|και) /u;

/** What a mail that asks to leave says of keeping one of the two, and the sentences that say it. */
export interface Keeping {
  /** Undefined where it does not say so: then both are left. */
  keeps: Kept | undefined;
  sentences: Sentence[];
}

/**
 * "End the course, but I keep the newsletter", "only the course, please".
 * @param asking those of the sentences that ask to leave
 * @param isRequest tells of a clause whether it asks to leave
 */
export function readKeeping(
  sentences: readonly Sentence[],
  asking: readonly Sentence[],
  isRequest: (clause: string) => boolean,
): Keeping {
  const spoken = sentences.filter(({ isFrame }) => !isFrame);
  const names = (kept: Kept) => spoken.some(({ text }) => NAMES[kept].test(text));
  const says = (kept: Kept): Sentence[] =>
    spoken.filter(({ text }) =>
      text.split(BETWEEN).some((clause) => isKept(clause, kept) && !isRequest(clause)),
    );
  const isLeftAlone = (kept: Kept): boolean =>
    !names(kept) && asking.some(({ text }) => ALONE[OTHER[kept]].test(text));
  const [course, newsletter] = [says("course"), says("newsletter")];
  const keepsCourse = course.length > 0 || isLeftAlone("course");
  const keepsNewsletter = newsletter.length > 0 || isLeftAlone("newsletter");
  if (keepsCourse === keepsNewsletter) return { keeps: undefined, sentences: [] };
  return keepsCourse
    ? { keeps: "course", sentences: course }
    : { keeps: "newsletter", sentences: newsletter };
}

/** "I keep the newsletter", "not from the newsletter". */
function isKept(clause: string, kept: Kept): boolean {
  const name = NAMES[kept].exec(clause)?.index;
  if (name === undefined) return false;
  const spared = NOT_FROM.exec(clause);
  const isSpared = spared !== null && Math.abs(spared.index + spared[0].length - name) <= 1;
  return isSpared || (KEEPS.test(clause) && !NEGATED.test(clause));
}
