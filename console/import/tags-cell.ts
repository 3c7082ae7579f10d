/** What would be read as something else than a part of the tag. */
const NEEDS_QUOTES = /[",]|^[[{]/;

/** Tags in one cell, with commas between; those that hold a comma or a quote stand in quotes. */
export const tagsCell = (tags: readonly string[]): string =>
  tags.map((tag) => (NEEDS_QUOTES.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(",");

/**
 * The tags of a cell: `VIP, customer` as Kit has them, `"VIP","customer"` as Mailchimp has, `["VIP", "customer"]`
 * as programs write lists. A quote that nothing closes, or that does not end its tag, is a part of it.
 */
export function readTagsCell(cell: string): string[] {
  const text = cell.trim();
  const [, inner] = /^\[(.*)\]$/s.exec(text) ?? /^\{([^:]*)\}$/s.exec(text) ?? [];
  if (inner === undefined) return splitTags(text);
  return readJsonList(text) ?? splitTags(inner.replace(/'((?:[^'\\]|\\.)*)'/g, quoteAgain));
}

/** `'it\'s'`, as Python writes it, with the quotes of the other lists. */
const quoteAgain = (_: string, within: string): string =>
  `"${within.replace(/\\(.)/g, "$1").replaceAll('"', '""')}"`;

function readJsonList(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(tagInWords) : undefined;
  } catch {
    return undefined;
  }
}

/** A tag of a list can be a thing with a name. */
function tagInWords(tag: unknown): string {
  if (typeof tag === "string") return tag;
  const { name } = (tag ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : JSON.stringify(tag);
}

/** A tag in quotes, with its comma or the end; else whatever stands before the next comma. */
const TAG = /\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)/y;

function splitTags(text: string): string[] {
  const tags: string[] = [];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < text.length) {
    const [, quoted, bare = ""] = TAG.exec(text) ?? [];
    tags.push(quoted?.replaceAll('""', '"') ?? bare.trim());
  }
  return tags;
}
