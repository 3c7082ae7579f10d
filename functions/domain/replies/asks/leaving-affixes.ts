/**
 * What hangs on a word, in folded letters: a pronoun behind a Spanish or Italian verb ("mandenmelas"), an article or
 * "from" before a Hebrew or Arabic noun. Without it the word is looked up again.
 */
interface Affixes {
  before?: RegExp;
  behind?: RegExp;
  /** Of what stood behind: who is taken off. */
  mine?: RegExp;
}

const AFFIXES: Readonly<Record<string, Affixes>> = {
  es: { behind: /(?:(?:me|nos)(?:l[oa]s?)?|l[oa]s?)$/u, mine: /^(?:me|nos)/u },
  it: { behind: /(?:(?:m|c)(?:i|e(?:l[oaie]|ne))|l[oaie]|ne)$/u, mine: /^[mc]/u },
  pt: { behind: /(?:me|nos|l[oa]s?)$/u, mine: /^(?:me|nos)/u },
  he: { before: /^[והבלמשכ]{1,2}/u },
  ar: {
    before: /^(?:[وف]?(?:ال|بال|لل|ب|ل|ك)|[وف])/u,
    behind: /(?:ني|ونا|نا|كم|ها|هم|ه|ي|ك)$/u,
    mine: /^(?:ني|ي|ونا|نا)$/u,
  },
};
const SHORTEST = 2;

/** "loeschen": an umlaut written out. */
const withoutUmlaut = (word: string): string => word.replace(/[aou]e/gu, (letters) => letters[0] as string);

/** A word without what hangs on it, in each way that it may be read. */
export function listBare(language: string, token: string): { word: string; isMine: boolean }[] {
  if (language === "de") return [{ word: withoutUmlaut(token), isMine: false }];
  const affixes = AFFIXES[language];
  if (!affixes) return [];
  const { before, behind, mine } = affixes;
  const heads = before ? [token, token.replace(before, "")] : [token];
  return heads
    .flatMap((head) => {
      const tail = behind?.exec(head)?.[0] ?? "";
      const stem = head.slice(0, head.length - tail.length);
      const isMine = tail !== "" && mine?.test(tail) === true;
      // Italian leaves out the infinitive's last letter: "mandar-mi".
      const stems = language === "it" && stem.endsWith("r") ? [stem, `${stem}e`] : [stem];
      return [{ word: head, isMine: false }, ...stems.map((word) => ({ word, isMine }))];
    })
    .filter(({ word }) => word.length >= SHORTEST && word !== token);
}
