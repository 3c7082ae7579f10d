import { withBlank } from "./cut-and-blanked.ts";

/** Something in a reader's words by which others could know whom or what they write of. */
export interface Proposal {
  /** As it stands in the words. */
  piece: string;
  is: "name" | "company" | "figure" | "address";
}

/** More would blank out the whole. */
const MOST = 40;

const ADDRESSES = /(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** `GmbH`, `Inc.`: with up to three names before it. */
const COMPANIES =
  /(?:[\p{Lu}\p{N}][\p{L}\p{N}&.'’-]*\s+(?:&\s+)?){1,3}(?:GmbH(?:\s*&\s*Co\.?\s*KG)?|AG|SE|KG|Inc|Ltd|LLC|LLP|Corp|plc|PLC|SA|SAS|SpA|BV|NV|AB|ApS|Oy|Pty|Group|Holding)\b\.?/gu;
/** What is introduced as somebody: `Mr. Hill`, `Frau Dr. Meier`. */
const TITLED =
  /\b(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau)\.?\s+(?:(?:Dr|Prof)\.?\s+)?(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?)/gu;
/** An amount of money, a share, a figure of three digits and more. */
const FIGURES =
  /(?:[€$£¥]\s?\d[\d.,'’\u00a0]*|\d[\d.,'’\u00a0]*\s?(?:%|[€$£¥]|(?:percent|Prozent|EUR|USD|GBP|CHF|[kKmM]|million|Mio|Millionen|tons?|Tonnen)\b)|\d[\d.,'’\u00a0]{2,}|\d{3,})/gu;
/** In the midst of a sentence: where a language writes no other words with a capital. */
const CAPITALISED =
  /(?<=[\p{Ll}\p{N},;:–—]['"”’]?\s)\p{Lu}\p{Ll}[\p{L}'’-]*(?:[^\S\n]+\p{Lu}\p{Ll}[\p{L}'’-]*)*/gu;
/** In German every noun has one, so nothing is told by it. */
const NOUNS_HAVE_CAPITALS = ["de", "lb"];
const NO_NAMES = new Set(
  "mr mrs ms dr prof monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english german french spanish christmas easter excel".split(
    " ",
  ),
);

/** What simple rules would blank out of a reader's words. They find too much rather than too little; the owner decides. */
export function listProposals(words: string, language: string, known: readonly string[] = []): Proposal[] {
  const hasNames = !NOUNS_HAVE_CAPITALS.includes(language.split("-")[0] ?? "");
  const found: Proposal[] = [
    ...matches(words, ADDRESSES, "address"),
    ...known
      .filter((piece) => withBlank(words, piece, "") !== words)
      .map((piece) => ({ piece, is: "name" as const })),
    ...matches(words, COMPANIES, "company"),
    ...[...words.matchAll(TITLED)].map(([, name = ""]) => ({ piece: name, is: "name" as const })),
    ...(hasNames
      ? matches(words, CAPITALISED, "name").filter(({ piece }) => !NO_NAMES.has(piece.toLowerCase()))
      : []),
    ...matches(words, FIGURES, "figure"),
  ];
  const isFirst = ({ piece }: Proposal, at: number) => found.findIndex((one) => one.piece === piece) === at;
  return found.filter(isFirst).slice(0, MOST);
}

function matches(words: string, pattern: RegExp, is: Proposal["is"]): Proposal[] {
  return [...words.matchAll(pattern)].map(([piece]) => ({
    piece: piece.trim().replace(/[.,;:]+$/u, ""),
    is,
  }));
}

/** What of a reader's own name and company may stand in their words: their first name, and the parts of their address. */
export function knownNames({
  firstName,
  address,
}: {
  firstName?: string | undefined;
  address: string;
}): string[] {
  const [local = "", domain = ""] = address.split("@");
  const parts = [...local.split(/[._+\d-]+/u), domain.split(".").at(-2) ?? ""];
  const names = parts.filter((part) => part.length >= SHORTEST_NAME);
  const all = [...(firstName ? [firstName] : []), ...names];
  return [...new Set(all.flatMap((name) => [name, capitalised(name), name.toUpperCase()]))];
}
const SHORTEST_NAME = 3;
const capitalised = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** The words with all that is proposed blanked out, each as what it is. The longest first: a company holds its name. */
export function withProposals(words: string, proposals: readonly Proposal[], language: string): string {
  const longest = proposals.toSorted((one, other) => other.piece.length - one.piece.length);
  return longest.reduce((text, { piece, is }) => withBlank(text, piece, blankFor(is, language)), words);
}

const ENGLISH = { name: "[name]", company: "[company]", figure: "[figure]", address: "▢" } as const;
const BLANKS: Readonly<Record<string, Record<Proposal["is"], string>>> = {
  en: ENGLISH,
  de: { name: "[Name]", company: "[Firma]", figure: "[Zahl]", address: "▢" },
  es: { name: "[nombre]", company: "[empresa]", figure: "[cifra]", address: "▢" },
  fr: { name: "[nom]", company: "[entreprise]", figure: "[chiffre]", address: "▢" },
  nl: { name: "[naam]", company: "[bedrijf]", figure: "[cijfer]", address: "▢" },
  pt: { name: "[nome]", company: "[empresa]", figure: "[número]", address: "▢" },
};

/** The mark of a blank in the language of the course. */
const blankFor = (is: Proposal["is"], language: string): string =>
  (BLANKS[language.split("-")[0] ?? ""] ?? ENGLISH)[is];

/** True for words that name a mail or web address: nobody is led from one reader's mail to somewhere else. */
export const namesAddress = (words: string): boolean => words.search(ADDRESSES) >= 0;
