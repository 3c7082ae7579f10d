/** One mailbox of a From field, as its grammar reads it. */
export interface AuthorMailbox {
  /** As written, without comments and space. */
  address: string;
  /** What stands before it, without quotes; empty if there is nothing. */
  phrase: string;
}

/**
 * The mailbox of a field that has exactly one (RFC 5322 §3.4: `name-addr / addr-spec`), or undefined. Commas,
 * semicolons, groups, routes and a second address outside of quotes and comments make it more than one: who checks the
 * sender, and who reads it, could take different ones. Unquoted names may hold dots and letters of all scripts, and
 * their own address once more, as mail programs write it.
 */
export function readOneMailbox(value: string): AuthorMailbox | undefined {
  const tokens = readTokens(value);
  const opens = tokens?.findIndex(({ text, kind }) => kind === "special" && text === "<") ?? -1;
  if (!tokens || tokens.length === 0) return undefined;
  if (opens < 0) return bareMailbox(tokens);
  const close = tokens.at(-1);
  if (close?.kind !== "special" || close.text !== ">") return undefined;
  const address = readAddrSpec(tokens.slice(opens + 1, -1));
  const words = tokens.slice(0, opens);
  return address !== undefined && words.every((word) => isNamePart(word, words, address))
    ? { address, phrase: phraseText(words) }
    : undefined;
}

function bareMailbox(tokens: Token[]): AuthorMailbox | undefined {
  const address = readAddrSpec(tokens);
  return address === undefined ? undefined : { address, phrase: "" };
}

interface Token {
  kind: "atom" | "quoted" | "special";
  /** A quoted string without its quotes. */
  text: string;
  /** White space or a comment stands before it. */
  isApart: boolean;
}

const SPECIALS = new Set('()<>[]:;@\\,"');

/** In one pass; comments are left out. Undefined for what does not end: a quote, a comment, a domain in brackets. */
function readTokens(value: string): Token[] | undefined {
  const tokens: Token[] = [];
  let isApart = false;
  let at = 0;
  while (at < value.length) {
    const letter = value[at] as string;
    if (isSpace(letter)) {
      isApart = true;
      at++;
    } else if (letter === "(") {
      const end = endOfComment(value, at);
      if (end < 0) return undefined;
      isApart = true;
      at = end;
    } else {
      const read = letter === '"' ? readQuoted(value, at) : readPlain(value, at);
      if (!read) return undefined;
      tokens.push({ kind: read.kind, text: read.text, isApart });
      isApart = false;
      at = read.end;
    }
  }
  return tokens;
}

const isSpace = (letter: string): boolean =>
  letter === " " || letter === "\t" || letter === "\r" || letter === "\n";

function endOfComment(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    if (value[at] === "\\") at++;
    else if (value[at] === "(") depth++;
    else if (value[at] === ")" && --depth === 0) return at + 1;
  }
  return -1;
}

interface ReadToken {
  kind: Token["kind"];
  text: string;
  end: number;
}

function readQuoted(value: string, start: number): ReadToken | undefined {
  let text = "";
  for (let at = start + 1; at < value.length; at++) {
    const letter = value[at] as string;
    if (letter === '"') return { kind: "quoted", text, end: at + 1 };
    text += letter === "\\" ? (value[++at] ?? "") : letter;
  }
  return undefined;
}

function readPlain(value: string, start: number): ReadToken {
  const first = value[start] as string;
  if (SPECIALS.has(first)) return { kind: "special", text: first, end: start + 1 };
  let end = start;
  while (end < value.length && !SPECIALS.has(value[end] as string) && !isSpace(value[end] as string)) end++;
  return { kind: "atom", text: value.slice(start, end), end };
}

/** `local@domain`, its parts without space between them; undefined for anything else. */
function readAddrSpec(tokens: Token[]): string | undefined {
  const [local, at, domain, ...more] = tokens;
  if (more.length > 0 || !local || local.kind === "special") return undefined;
  if (at?.kind !== "special" || at.text !== "@" || domain?.kind !== "atom") return undefined;
  return at.isApart || domain.isApart ? undefined : `${local.text}@${domain.text}`;
}

/** A name is words; of specials only an `@` that is its own address's. */
function isNamePart(word: Token, words: Token[], address: string): boolean {
  if (word.kind !== "special") return true;
  return word.text === "@" && sameText(phraseText(words), address);
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const phraseText = (words: Token[]): string =>
  words.map(({ text, isApart }, place) => (isApart && place > 0 ? ` ${text}` : text)).join("");
