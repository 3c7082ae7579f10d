import { withoutFigures } from "./grave-figures.ts";
import { GRAVE } from "./grave-words.ts";
import { compile } from "./pattern.ts";
import { openSearch, PhraseIndex, type Search } from "./search.ts";
import type { Sentence } from "./text.ts";

/** What the owner adds to the words of grave news: plain words and phrases. */
export interface OwnGraveWords {
  says: readonly string[];
  unless: readonly string[];
}

interface CompiledGrave {
  isDense: boolean;
  says: Search;
  /** Compiled where something was heard. */
  unless: () => RegExp;
}

let compiled: CompiledGrave[] | undefined;
function languages(): CompiledGrave[] {
  compiled ??= Object.entries(GRAVE).map(([language, { says, unless }]) => ({
    isDense: language === "ja" || language === "zh",
    says: openSearch(says, {}),
    unless: lazily(() => everywhere(compile(unless, {}, "search"))),
  }));
  return compiled;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
const everywhere = ({ source }: RegExp): RegExp => new RegExp(source, "gu");

/** True where a reader's words speak of death, illness, dismissal, harm or a crisis: no automatic answer may leave. */
export function isGrave(sentences: readonly Sentence[], own: OwnGraveWords): boolean {
  const owners = {
    isDense: false,
    says: openSearch(own.says, {}, "search", new PhraseIndex()),
    unless: lazily(() => everywhere(compile(own.unless, {}, "search"))),
  };
  const all = [...languages(), owners];
  return sentences.some((sentence) => isGraveSentence(all, sentence));
}

/** Not between two Latin words, which would become another: "a particular advice" holds neither ICU nor DV. */
const SPACE_IN_DENSE = /(?<![a-z0-9]) | (?![a-z0-9])/g;

/**
 * What a figure of speech takes is taken from its sentence alone: what else stands there is heard. Languages share words:
 * what one of them knows to be a figure is none in another.
 */
function isGraveSentence(all: readonly CompiledGrave[], { text }: Sentence): boolean {
  const dense = text.replace(SPACE_IN_DENSE, "");
  const isHeard = (plain: string, withoutSpaces: string) =>
    all.some(({ isDense, says }) => says.test(isDense ? withoutSpaces : plain));
  if (!isHeard(text, dense)) return false;
  const meant = withoutUnless(all, text, false);
  if (meant !== text && BUSINESS.test(text) && !KIN.test(text)) return false;
  return isHeard(withoutFigures(meant), withoutUnless(all, dense, true));
}

/** Hospitals, cancer and accidents that are somebody's trade: there every word of the sentence is. */
const BUSINESS =
  /(?:^| )(?:clients?|customers?|markets?|sells?|selling|sold|software|insur\S*|vendors?|kund\S*|markt|verkauf\S*|\S*versicher\S*|clientes?|marche|vend\S*|logiciel|assur\S*|mercado|segur\S*|client[ei]|mercato|assicur\S*|klant\S*|verkop\S*|verzeker\S*|marknad\S*|salj\S*|saelg\S*|selger|forsikr\S*|forsakr\S*|asiakk\S*|markkin\S*|myy\S*|klient\S*|ryn\S*|sprzeda\S*|zakazn\S*|trh\S*|prodav\S*|ugyfel\S*|piac\S*|musteri\S*|pazar\S*|satiyoruz|клиент\S*|рын\S*|прода\S*|клієнт\S*|рин\S*|πελατ\S*|αγορα\S*)(?= |$)/u;
const KIN =
  /(?:^| )(?:mum|mom|mother|dad|father|wife|husband|son|daughter|brother|sister|child|baby|mutter|vater|mama|papa|frau|mann|sohn|tochter|bruder|schwester|kind|mere|pere|fils|fille|mari|femme|frere|soeur|madre|padre|hij[oa]|marido|mujer|herman[oa]|figli[oa]|moglie|marito|fratello|sorella|pai|mae|filh[oa]|mulher|irma\S*|moeder|vader|zoon|dochter|vrouw|broer|zus|mor|far|mamma|pappa|dotter|datter|aiti\S*|vaimo\S*|mies\S*|matka|ojciec|mama|tata|maz|zona|syn|corka|otec|manzel\S*|anyam|apam|ferjem|felesegem|annem|babam|esim|мама|папа|мать|отец|муж|жена|сын|дочь|мати|батько|чоловік|дружина|μητερα|πατερας|αντρας|γυναικα)(?= |$)/u;

const withoutUnless = (all: readonly CompiledGrave[], text: string, isDense: boolean): string =>
  all
    .filter((words) => words.isDense === isDense)
    .reduce((said, { unless }) => said.replace(unless(), " "), text);
