import { XMLParser, XMLValidator } from "fast-xml-parser";
import { parseAtomFeed } from "feedsmith";
import { findUrl } from "../../functions/domain/url.ts";

/** A feed as a feed reader understands it. Throws what the reader throws. */
export const readFeed = (document: string) => parseAtomFeed(document);

type Element = Record<string, unknown>;

const MANY = ["author", "link", "entry"];
const READER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  isArray: (name) => MANY.includes(name),
  processEntities: true,
  parseTagValue: false,
});
/** RFC 3339, with the capital T and Z that RFC 4287 §3.3 asks for. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What RFC 4287 finds wrong with a feed, a sentence each. */
export function atomProblems(document: string): string[] {
  const wellFormed = XMLValidator.validate(document);
  if (wellFormed !== true) return [`not well-formed: ${wellFormed.err.msg}`];
  const { feed } = READER.parse(document) as { feed?: Element };
  if (!feed) return ["has no feed element (§4.1.1)"];
  const entries = (feed.entry ?? []) as Element[];
  return [
    ...(feed["@xmlns"] === "http://www.w3.org/2005/Atom" ? [] : ["is not in Atom's namespace (§2)"]),
    ...metadataProblems(feed, "feed"),
    ...(linksOf(feed, "self").length === 1 ? [] : ["feed: should have one link to itself (§4.1.1)"]),
    ...entries.flatMap((entry, at) => metadataProblems(entry, `entry ${at}`)),
    ...entries.flatMap((entry, at) => entryProblems(entry, feed, `entry ${at}`)),
    ...(new Set(entries.map(({ id }) => id)).size === entries.length ? [] : ["entries share an id (§4.1.1)"]),
  ];
}

/** What §4.1.1 and §4.1.2 ask of both. */
function metadataProblems(element: Element, where: string): string[] {
  const once = (name: string) => (typeof element[name] === "string" ? [] : [`${where}: needs one ${name}`]);
  const alternates = linksOf(element, "alternate").map((link) => `${link["@type"]} ${link["@hreflang"]}`);
  return [
    ...["id", "title", "updated"].flatMap(once),
    ...(findUrl(String(element.id)) ? [] : [`${where}: its id is no IRI (§4.2.6)`]),
    ...(DATE.test(String(element.updated)) ? [] : [`${where}: updated is no date (§3.3)`]),
    ...(new Set(alternates).size === alternates.length ? [] : [`${where}: two alternates alike`]),
    ...((element.link ?? []) as Element[])
      .filter((link) => !findUrl(String(link["@href"])))
      .map(() => `${where}: a link without an address (§4.2.7.1)`),
    ...((element.author ?? []) as Element[])
      .filter(({ name }) => typeof name !== "string" || name === "")
      .map(() => `${where}: an author without a name (§3.2.1)`),
  ];
}

function entryProblems(entry: Element, feed: Element, where: string): string[] {
  const isOf = (type: string) => (entry.content as Element | undefined)?.["@type"] === type;
  return [
    ...(entry.author || feed.author ? [] : [`${where}: nobody is its author (§4.1.2)`]),
    ...(entry.content || linksOf(entry, "alternate").length > 0
      ? []
      : [`${where}: neither content nor alternate (§4.1.2)`]),
    ...(entry.published === undefined || DATE.test(String(entry.published))
      ? []
      : [`${where}: published is no date (§3.3)`]),
    ...(entry.content && !isOf("html") && !isOf("text") && !isOf("xhtml")
      ? [`${where}: content of no type (§4.1.3.1)`]
      : []),
  ];
}

const linksOf = (element: Element, rel: string): Element[] =>
  ((element.link ?? []) as Element[]).filter((link) => (link["@rel"] ?? "alternate") === rel);
