import type { Finding } from "./finding.ts";
import { wrong } from "./lesson-shape.ts";
import { type Authored, lineNumber, type Passage } from "./passages.ts";
import { splitWords } from "./sentences.ts";

const LONGEST_INTRODUCTION = 8;

/** A number of a lesson, typed by hand: wrong as soon as a lesson is put before it. */
const TYPED_NUMBER = /\b(?:lesson|lektion)\s+\d+|\b\d+\s+(?:of|von|\/)\s*\d+\b/iu;
const NUMBERED_FIELDS = ["title", "subject", "preview"];

/** What a lesson types that the mail reckons. */
export const checkTypedNumbers = ({ fields }: Authored): Finding[] =>
  fields
    .filter(({ field = "" }) => NUMBERED_FIELDS.includes(field))
    .flatMap((passage) => {
      const typed = TYPED_NUMBER.exec(passage.text)?.[0];
      if (typed === undefined) return [];
      const says = `"${typed}" is typed by hand, and lies as soon as a lesson is put before it`;
      return [wrong(passage, "lesson-number", says, "Take it out: the mail puts the number there")];
    });

/** One voice, in English: who speaks, and of what it does not speak. @param author of the course, if there is one */
export function checkVoice(authored: Authored, author: string | undefined): Finding[] {
  const passages = [...authored.fields.filter(isSpoken), ...authored.body];
  const banned = author === undefined ? BANNED : [...BANNED, ...findViews(author)];
  return [
    ...passages.flatMap((passage) => checkPhrases(passage, banned)),
    ...passages.flatMap(checkFirstPerson),
    ...passages.filter(({ field = "" }) => !NUMBERED_FIELDS.includes(field)).flatMap(checkStandsAlone),
    ...(author === undefined ? [] : checkIntroduction(authored, author)),
  ];
}

/** What the course says; the move and the words to use are the reader's, the pull-quote its author's. */
const isSpoken = ({ field = "" }: Passage): boolean => !/^(?:move|wordsToUse|pullQuote)(?:\.|$)/.test(field);

const BANNED = [/\bthe article\b/giu, /\bthis course\b/giu, /\bthe course(?! of\b)/giu, /\blast week\b/giu];

/** "In Ada's view", "as Ada Lovelace puts it": a report on a book. */
function findViews(author: string): RegExp[] {
  const [first = author] = author.split(" ");
  const name = `(?:${escapePattern(author)}|${escapePattern(first)})`;
  return [
    new RegExp(`\\bin ${name}['’]s (?:view|opinion|words)\\b`, "giu"),
    new RegExp(`\\bas ${name} (?:puts|sees|says|tells|writes)\\b`, "giu"),
  ];
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const checkPhrases = (passage: Passage, banned: readonly RegExp[]): Finding[] =>
  banned.flatMap((phrase) =>
    [...withoutQuotations(passage.text).matchAll(phrase)].map(({ 0: found, index }) =>
      wrong(
        placeAt(passage, index),
        "banned-phrase",
        `It says "${found}"`,
        "Say the thing straight; an opinion is said to be somebody's in the sentence that states it",
      ),
    ),
  );

/** A letter of its own, also before an apostrophe; a numeral is none. */
const FIRST_PERSON = /(?<![\p{L}\p{N}'’.-])I(?![\p{L}\p{N}.-])/gu;

const checkFirstPerson = (passage: Passage): Finding[] =>
  [...withoutQuotations(passage.text).matchAll(FIRST_PERSON)].map(({ index }) =>
    wrong(
      placeAt(passage, index),
      "first-person",
      "It says I, and nobody has been introduced who could",
      "Leave the speaker out; I is the reader's, in the move",
    ),
  );

const OTHER_MAILS =
  /\b(?:previous|earlier|next|last|first|other|coming|another) (?:lesson|issue|email)s?\b|\b(?:lesson|issue) (?:before|after|on|about|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\bas (?:you|we) (?:read|saw|learned)\b/giu;

const checkStandsAlone = (passage: Passage): Finding[] =>
  [...passage.text.matchAll(OTHER_MAILS)].map(({ 0: found, index }) =>
    wrong(
      placeAt(passage, index),
      "stands-alone",
      `It speaks of what the reader may not have read: "${found}"`,
      "Say here what is needed; every mail stands alone",
    ),
  );

/** A name with what stands behind its comma: "Mark Pomerantz, forty years in print sales,". */
function checkIntroduction({ body }: Authored, author: string): Finding[] {
  const found = body.flatMap((passage) =>
    [
      ...passage.text.matchAll(
        new RegExp(`${escapePattern(author).replaceAll(" ", "\\s+")}(?:,([^,.;:?—–]*))?`, "gu"),
      ),
    ].map(({ index, 1: behind = "" }) => ({ passage: placeAt(passage, index), behind })),
  );
  const [first, ...more] = found;
  const again = more.map(({ passage }) =>
    wrong(
      passage,
      "introduction",
      `${author} is introduced a second time`,
      "Once a mail: write the first name, or leave it out",
    ),
  );
  const count = first ? splitWords(`${author} ${first.behind}`).length : 0;
  if (!first || count <= LONGEST_INTRODUCTION) return again;
  const says = `${author} is introduced in ${count} words; ${LONGEST_INTRODUCTION} are the most`;
  return [wrong(first.passage, "introduction", says, "Say who it is in few words"), ...again];
}

const placeAt = (passage: Passage, offset: number): Pick<Passage, "file" | "line"> => ({
  file: passage.file,
  line: lineNumber(passage, offset),
});

/** Words with spaces where somebody else is quoted. */
const withoutQuotations = (text: string): string =>
  text.replace(/“[^”]*”|"[^"]*"/g, (quoted) => quoted.replace(/[^\n]/g, " "));
