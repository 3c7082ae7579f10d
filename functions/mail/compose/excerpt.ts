/** Behind a sentence's last mark: a space follows, or the mark is one of a script that writes none. */
const SENTENCE_END = /[.!?…]["'”’»)\]]{0,3}(?=\s)|[。！？]["'”’»)\]」』]{0,3}/gu;
const MARK = " …";

/**
 * The beginning of a text, cut behind a sentence if it is longer; behind a word where no sentence ends early enough.
 * @param most UTF-16 units, the mark that something is missing included
 */
export function excerpt(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = most - MARK.length;
  const end = endOfLastSentence(text, room) ?? endOfLastWord(text.slice(0, room));
  return `${text.slice(0, end).trimEnd()}${MARK}`;
}

/** The sentences of a text; line ends inside a paragraph do not end one. */
export function splitSentences(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const joined = paragraph.replace(/\s+/g, " ").trim();
    const ends = [...joined.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
    return [...ends, joined.length]
      .map((end, place) => joined.slice(place === 0 ? 0 : ends[place - 1], end).trim())
      .filter((sentence) => sentence !== "");
  });
}

/** What follows a mark is seen too, so that "3.5" does not end a sentence. */
function endOfLastSentence(text: string, room: number): number | undefined {
  const ends = [...text.slice(0, room + 1).matchAll(SENTENCE_END)].map(
    ({ index, 0: mark }) => index + mark.length,
  );
  return ends.findLast((end) => end <= room);
}

function endOfLastWord(room: string): number {
  const space = room.search(/\s\S*$/);
  if (space > 0) return space;
  return /[\ud800-\udbff]$/.test(room) ? room.length - 1 : room.length;
}
