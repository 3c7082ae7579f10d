/** A tail that ends two of a reader's replies alike: a signature, a sign-off, a company's disclaimer. */
type Signatures = ReadonlySet<string>;

const MOST_LINES = 15;
const LONGEST = 3_000;
/** Of a person's replies: later ones do not teach more. */
const MOST_REPLIES = 200;

/**
 * What a reader's replies teach of their signature. A tail counts only where words stand above it, and the same text
 * sent twice teaches nothing. Linear in the replies; their stored words keep everything.
 */
export function learnSignatures(replies: Iterable<string>): Signatures {
  const seen = new Set<string>();
  const learned = new Set<string>();
  for (const reply of [...new Set(replies)].slice(-MOST_REPLIES)) {
    for (const { text } of listTails(reply)) {
      if (seen.has(text)) learned.add(text);
      seen.add(text);
    }
  }
  return learned;
}

/** The words without the longest signature that they end in. Always a beginning of the words, and never nothing. */
export function withoutSignature(words: string, signatures: Signatures): string {
  const signature = listTails(words).findLast(({ text }) => signatures.has(text));
  return signature ? words.slice(0, signature.start).trimEnd() : words;
}

interface Tail {
  start: number;
  /** Its lines, without what differs from client to client: blank lines, and spaces beside a word. */
  text: string;
}

/** The last line, the last two, and so on, as long as something stands above them. */
function listTails(words: string): Tail[] {
  const lines = splitLines(words);
  const tails: Tail[] = [];
  let text = "";
  for (let from = lines.length - 1; from > 0 && tails.length < MOST_LINES; from--) {
    const { start, plain } = lines[from] as { start: number; plain: string };
    text = text === "" ? plain : `${plain}\n${text}`;
    if (text.length > LONGEST) break;
    tails.push({ start, text });
  }
  return tails;
}

function splitLines(words: string): { start: number; plain: string }[] {
  let start = 0;
  return words.split("\n").flatMap((line) => {
    const place = { start, plain: line.replace(/\s+/g, " ").trim() };
    start += line.length + 1;
    return place.plain === "" ? [] : [place];
  });
}
