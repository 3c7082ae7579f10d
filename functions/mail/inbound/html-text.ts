/** HTML is only read when a reply has no text part; a reply's own words stand at its beginning or between quotes. */
const MOST_HTML = 200_000;

const HIDDEN = new Set(["head", "style", "script", "title", "noscript", "template"]);
const LINES = new Set(
  "address article blockquote div dl dt dd form h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split(
    " ",
  ),
);
/** Clients put the line "On … wrote:" into an element of this class. */
const ATTRIBUTION = /\b(?:gmail_attr|moz-cite-prefix)\b/;
const VOID = new Set(["br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source"]);

/**
 * The text of an HTML mail, one line a block, what stands in a `blockquote` marked with `> ` as in plain text.
 * Reads any input in one pass and never throws; it does not make HTML safe to show.
 */
export function htmlText(html: string): string {
  const source = html.slice(0, MOST_HTML);
  const page = new Page();
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open < 0) break;
    page.text(source.slice(at, open));
    at = skipped(source, open, page);
  }
  if (at < source.length) page.text(source.slice(at));
  return page.whole();
}

/** Takes in the tag, comment or stray `<` at `open`; returns where the text goes on. */
function skipped(source: string, open: number, page: Page): number {
  if (source.startsWith("<!--", open)) return behind(source, "-->", open + 4);
  if (!/^<[/!?a-z]/i.test(source.slice(open, open + 2))) {
    page.text("<");
    return open + 1;
  }
  const next = behind(source, ">", open);
  page.tag(source.slice(open + 1, Math.min(next - 1, open + 1_000)));
  return next;
}

function behind(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

class Page {
  readonly #lines: string[] = [];
  #line = "";
  /** Open elements that quote. */
  readonly #quotes: string[] = [];
  /** How many of them quote; the others are elements inside of the same name. Counted, as a mail may open thousands. */
  #depth = 0;
  #hidden: string | undefined;
  #preformatted = 0;

  text(source: string): void {
    if (this.#hidden !== undefined || source === "") return;
    if (source === "<") {
      this.#line += source;
      return;
    }
    const decoded = decodeEntities(source);
    if (this.#preformatted === 0) this.#line += decoded.replace(/[ \t\r\n]+/g, " ");
    else for (const [index, part] of decoded.split(/\r?\n/).entries()) this.#preformattedLine(index, part);
  }

  #preformattedLine(index: number, part: string): void {
    if (index > 0) this.#end(true);
    this.#line += part;
  }

  tag(inside: string): void {
    const [, slash, written] = /^(\/?)\s{0,8}([a-z0-9:]{1,40})/i.exec(inside) ?? [];
    const name = written?.toLowerCase();
    if (name === undefined) return;
    const closes = slash === "/";
    if (this.#hidden !== undefined) {
      if (closes && name === this.#hidden) this.#hidden = undefined;
    } else if (closes) this.#close(name);
    else this.#open(name, inside);
  }

  #open(name: string, inside: string): void {
    if (HIDDEN.has(name)) this.#hidden = name;
    else if (name === "br") this.#end(true);
    else if (name === "td" || name === "th") this.#line += " ";
    if (LINES.has(name)) this.#end(false);
    if (name === "pre") this.#preformatted++;
    if (name === "blockquote" || (ATTRIBUTION.test(inside) && !VOID.has(name))) this.#quote(name);
    else if (this.#quotes.at(-1) === name) this.#quotes.push(`${name} inside`);
    else if (this.#quotes.at(-1) === `${name} inside`) this.#quotes.push(`${name} inside`);
  }

  #quote(name: string): void {
    this.#quotes.push(name);
    this.#depth++;
  }

  #close(name: string): void {
    if (LINES.has(name)) this.#end(name === "p");
    if (name === "pre") this.#preformatted = Math.max(0, this.#preformatted - 1);
    const innermost = this.#quotes.at(-1);
    if (innermost !== name && innermost !== `${name} inside`) return;
    this.#quotes.pop();
    if (innermost === name) this.#depth--;
  }

  #end(keepsEmpty: boolean): void {
    const line = this.#line.trim();
    this.#line = "";
    if (line === "" && !keepsEmpty) return;
    this.#lines.push(this.#depth > 0 ? `${">".repeat(Math.min(this.#depth, 9))} ${line}` : line);
  }

  whole(): string {
    this.#end(false);
    return this.#lines.join("\n");
  }
}

/** Latin-1's names in the order of their code points, from U+00A0 on. */
const LATIN1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...LATIN1.split(" ").map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["sbquo", "‚"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["bdquo", "„"],
  ["hellip", "…"],
  ["bull", "•"],
  ["euro", "€"],
  ["zwnj", "\u200c"],
  ["zwj", "\u200d"],
]);

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z0-9]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES.get(name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\ufffd";
  });
}
