import { foldLetters } from "./pattern.ts";

/** The words of one language by what they do in a request. */
export interface BagWords<Kind extends string> {
  exact: ReadonlyMap<string, readonly Kind[]>;
  /** By their first letters. */
  stems: ReadonlyMap<string, readonly { stem: string; kind: Kind }[]>;
}

/** Words with a space between them, by kind; `-` ends a stem. */
export function readBag<Kind extends string>(bag: Record<Kind, string>): BagWords<Kind> {
  const exact = new Map<string, Kind[]>();
  const stems = new Map<string, { stem: string; kind: Kind }[]>();
  for (const kind of Object.keys(bag) as Kind[])
    for (const word of foldLetters(bag[kind]).split(" "))
      if (word.endsWith("-"))
        stems.set(word.charAt(0), [...(stems.get(word.charAt(0)) ?? []), { stem: word.slice(0, -1), kind }]);
      else exact.set(word, [...(exact.get(word) ?? []), kind]);
  return { exact, stems };
}

export function kindsOf<Kind extends string>({ exact, stems }: BagWords<Kind>, token: string): Kind[] {
  const kinds = [...(exact.get(token) ?? [])];
  for (const { stem, kind } of stems.get(token.charAt(0)) ?? []) if (token.startsWith(stem)) kinds.push(kind);
  return kinds;
}
