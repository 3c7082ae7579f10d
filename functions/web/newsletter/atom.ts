import { type Instant, iso } from "../../domain/time.ts";

/** A feed as RFC 4287 wants it: each of these has its element. */
export interface Feed {
  /** Of the page that lists the same. It is the feed's id too: an address that is never given up. */
  url: string;
  selfUrl: string;
  /** BCP 47. */
  language: string;
  title: string;
  /** How to get the same by email. */
  subtitle: string;
  author: string;
  updatedAt: Instant;
  entries: FeedEntry[];
}

interface FeedEntry {
  /** Of its page, and its id. */
  url: string;
  title: string;
  summary: string;
  author: string;
  publishedAt: Instant;
  updatedAt: Instant;
  html: string;
}

/** The feed as a document. Text is escaped, and what XML 1.0 has no place for is left out. */
export function atomFeed({
  url,
  selfUrl,
  language,
  title,
  subtitle,
  author,
  updatedAt,
  entries,
}: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(language)}">`,
    ...[element("id", url), element("title", title), element("subtitle", subtitle)],
    element("updated", iso(updatedAt)),
    `<author>${element("name", author)}</author>`,
    link("self", selfUrl, "application/atom+xml"),
    link("alternate", url, "text/html"),
    ...entries.map(entryElement),
    "</feed>\n",
  ].join("\n");
}

function entryElement(entry: FeedEntry): string {
  const { url, title, summary, author, publishedAt, updatedAt, html } = entry;
  return [
    "<entry>",
    ...[element("id", url), element("title", title)],
    link("alternate", url, "text/html"),
    ...[element("published", iso(publishedAt)), element("updated", iso(updatedAt))],
    `<author>${element("name", author)}</author>`,
    element("summary", summary),
    `<content type="html">${escapeXml(html)}</content>`,
    "</entry>",
  ].join("\n");
}

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

const link = (rel: string, href: string, type: string): string =>
  `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`;

/** Controls, lone halves of a pair, and the two code points that XML 1.0 §2.2 leaves out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escapeXml = (text: string): string =>
  text
    .replace(NO_XML, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
