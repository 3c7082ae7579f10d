/** A mail has at most 80 sentences, and each some clauses. */
const MOST_TEXTS = 512;

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

/** The same for what depends on more of a sentence: kept as long as the sentence is. */
export function oncePerSentence<Sentence extends object, Answer>(
  read: (sentence: Sentence) => Answer,
): (sentence: Sentence) => Answer {
  const kept = new WeakMap<Sentence, Answer>();
  return (sentence) => {
    const known = kept.get(sentence);
    if (known !== undefined) return known;
    const answer = read(sentence);
    kept.set(sentence, answer);
    return answer;
  };
}
