import { Tokenizer } from "htmlparser2";

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

/** What is read of one: its beginning and its end, as an answer may stand below a long thread. */
const MOST_HTML = 500_000;
const MOST_HTML_OF_END = 100_000;
/** Deeper quotations than this are all shown at this depth. */
const DEEPEST_MARK = 9;
const LONGEST_ATTRIBUTE = 1_000;

const HIDDEN = new Set(["head", "style", "script", "title", "noscript", "template", "textarea", "select"]);
const LINES = new Set(
  "address article aside blockquote center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tr ul".split(
    " ",
  ),
);
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
/** Clients put the line "On … wrote:" into an element of this class. */
const ATTRIBUTION = /\b(?:gmail_attr|moz-cite-prefix)\b/;
/** Gmail's button for indenting makes a `blockquote` as well: it is no quotation. */
const INDENTED = /margin:\s*0(?:px)? 0(?:px)? 0(?:px)? 40px/;
const INVISIBLE = /display:\s*none|mso-hide:\s*all/i;

/**
 * The text of an HTML mail, one line a block, what stands in a `blockquote` marked with `> ` as in plain text.
 * Tags and character references are read by htmlparser2's tokenizer, which keeps no tree: any input is read in one
 * pass, in bounded memory, and it never throws. It does not make HTML safe to show.
 */
export function htmlText(html: string): string {
  const source =
    html.length <= MOST_HTML
      ? html
      : `${html.slice(0, MOST_HTML - MOST_HTML_OF_END)}\n${html.slice(-MOST_HTML_OF_END)}`;
  const page = new Page();
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks(source, page));
  tokenizer.write(source);
  tokenizer.end();
  return page.whole();
}

/** The tokenizer tells places; a tag is told when all of its attributes are known. */
function callbacks(source: string, page: Page): Callbacks {
  let name = "";
  let attribute = "";
  let attributes: Record<string, string> = {};
  const open = () => page.open(name, attributes);
  const nothing = () => undefined;
  return {
    ontext: (start, end) => page.text(source.slice(start, end)),
    ontextentity: (code) => page.text(String.fromCodePoint(code)),
    oncdata: (start, end, offset) => page.text(source.slice(start, end - offset)),
    onopentagname(start, end) {
      name = source.slice(start, Math.min(end, start + 40)).toLowerCase();
      attributes = {};
    },
    onattribname(start, end) {
      attribute = source.slice(start, Math.min(end, start + 40)).toLowerCase();
    },
    onattribdata(start, end) {
      if (attribute !== "class" && attribute !== "style") return;
      const value = source.slice(start, Math.min(end, start + LONGEST_ATTRIBUTE));
      attributes[attribute] = `${attributes[attribute] ?? ""}${value}`.slice(0, LONGEST_ATTRIBUTE);
    },
    onopentagend: open,
    onselfclosingtag: open,
    onclosetag: (start, end) => page.close(source.slice(start, Math.min(end, start + 40)).toLowerCase()),
    onattribentity: nothing,
    onattribend: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onprocessinginstruction: nothing,
    onend: nothing,
  };
}

class Page {
  readonly #lines: string[] = [];
  #line: string[] = [];
  /** Open elements that quote. */
  readonly #quotes: string[] = [];
  /** How many of them quote; the others are elements inside of the same name. Counted, as a mail may open thousands. */
  #depth = 0;
  /** The hidden element, and how many of its name are open inside. */
  #hidden: string | undefined;
  #hiddenInside = 0;
  #preformatted = 0;

  text(source: string): void {
    if (this.#hidden !== undefined) return;
    if (this.#preformatted === 0) this.#line.push(source);
    else
      for (const [index, part] of source.split(/\r?\n/).entries()) {
        if (index > 0) this.#end(true);
        this.#line.push(part);
      }
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#hidden !== undefined) {
      if (name === this.#hidden) this.#hiddenInside++;
      return;
    }
    if (this.#hides(name, attributes)) this.#hidden = name;
    else if (name === "br") this.#end(true);
    else if (name === "td" || name === "th") this.#line.push(" ");
    if (LINES.has(name)) this.#end(false);
    if (name === "pre") this.#preformatted++;
    if (quotes(name, attributes)) this.#quote(name);
    else if (this.#innermost === name || this.#innermost === `${name} inside`)
      this.#quotes.push(`${name} inside`);
  }

  #hides(name: string, { style }: Readonly<Record<string, string>>): boolean {
    return HIDDEN.has(name) || (style !== undefined && INVISIBLE.test(style) && !VOID.has(name));
  }

  get #innermost(): string | undefined {
    return this.#quotes.at(-1);
  }

  #quote(name: string): void {
    this.#quotes.push(name);
    this.#depth++;
  }

  close(name: string): void {
    if (this.#hidden !== undefined) {
      if (name === this.#hidden && this.#hiddenInside-- === 0) this.#show();
      return;
    }
    if (LINES.has(name)) this.#end(name === "p");
    if (name === "br") this.#end(true);
    if (name === "pre") this.#preformatted = Math.max(0, this.#preformatted - 1);
    const innermost = this.#innermost;
    if (innermost !== name && innermost !== `${name} inside`) return;
    this.#quotes.pop();
    if (innermost === name) this.#depth--;
  }

  #show(): void {
    this.#hidden = undefined;
    this.#hiddenInside = 0;
  }

  /** `-- ` keeps its space: it is a signature's mark. */
  #end(keepsEmpty: boolean): void {
    const whole = this.#line.join("");
    const text = this.#preformatted > 0 ? whole.trim() : whole.replace(/[ \t\r\n]+/g, " ").trim();
    const line = text === "--" && /--[ \u00a0]\s*$/.test(whole.slice(-20)) ? "-- " : text;
    this.#line = [];
    if (line === "" && !keepsEmpty) return;
    const mark = this.#depth > 0 ? `${">".repeat(Math.min(this.#depth, DEEPEST_MARK))} ` : "";
    this.#lines.push(`${mark}${line}`);
  }

  whole(): string {
    this.#end(false);
    return this.#lines.join("\n");
  }
}

function quotes(
  name: string,
  { class: classes = "", style = "" }: Readonly<Record<string, string>>,
): boolean {
  if (VOID.has(name)) return false;
  return name === "blockquote" ? !INDENTED.test(style) : ATTRIBUTION.test(classes);
}
