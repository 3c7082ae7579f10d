/** A sentence and its parts are a few dozen texts. */
const MOST_TEXTS = 64;

/**
 * The same function, which keeps what it answered of the last texts: a sentence is read in two dozen languages, one after
 * the other, and most of what is asked of it is the same in each. For answers that depend on the text alone.
 */
export function oncePerText<Answer>(read: (text: string) => Answer): (text: string) => Answer {
  const kept = new Map<string, Answer>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const answer = read(text);
    if (kept.size >= MOST_TEXTS) kept.clear();
    kept.set(text, answer);
    return answer;
  };
}
