import { isUtf8 } from "node:buffer";
import PostalMime from "postal-mime";
import { OperationalError } from "../../errors.ts";
import { type Budget, counter, textDecoder } from "./body-decoders.ts";
import { withWindows1252 } from "./charsets.ts";

/** Of all text parts together: what is longer is a file, and the reader's words stand at its beginning. */
const MOST_TEXT_BYTES = 1024 * 1024;
const MOST_PARTS = 100;
const MOST_NESTING = 30;
const MOST_HEADER_BYTES = 128 * 1024;
/** Lines that begin like a boundary: behind so many of them none is looked for any more. */
const MOST_DASHED_LINES = 50_000;

/** A part of a mail: `content` of a leaf that is text is its decoded bytes. */
export interface MimePart {
  headers: { key: string; value: string }[];
  contentType: { parsed: { value: string; params: Record<string, string> }; multipart: string | false };
  contentTransferEncoding: { encoding: string };
  contentDisposition: { parsed: { value: string; params: Record<string, string> } };
  childNodes: MimePart[];
  content: ArrayBuffer | null;
  /** Of a part that is only listed: the bytes that it has, decoded. */
  size?: number;
}

interface MimeTree {
  root: MimePart;
  /** Not all of its text was read. */
  wasCut: boolean;
}

/**
 * The parts of a mail, by postal-mime's own rules of headers, parts and boundaries, driven here so that a body is
 * taken in one piece instead of a line at a time: only text is decoded, in one buffer a part; all else is counted. One pass over
 * the bytes, of any size. Throws `mail-unreadable` on more than 100 parts, 30 levels or 128 KB of headers.
 */
export async function readMimeTree(raw: Uint8Array): Promise<MimeTree> {
  const parser = new PostalMime({
    maxNestingDepth: MOST_NESTING,
    maxHeadersSize: MOST_HEADER_BYTES,
  }) as unknown as Parser;
  const walk = new Walk(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), parser);
  try {
    await walk.run();
  } catch (error) {
    if (error instanceof OperationalError) throw error;
    throw new OperationalError("mail-unreadable", "MIME structure", error);
  }
  return { root: parser.root, wasCut: walk.budget.wasCut };
}

/** What postal-mime 4 has at run time and does not declare. A test compares what it reads with its own `parse`. */
interface TreeNode extends MimePart {
  state: "header" | "body" | "finished";
  contentDecoder: { update(bytes: Uint8Array): void } | null;
  setupContentDecoder(encoding: string): void;
}
interface Parser {
  root: TreeNode;
  currentNode: TreeNode;
  boundaries: { value: Uint8Array }[];
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>;
  finalize(): Promise<void>;
}

class Walk {
  readonly budget: Budget = { left: MOST_TEXT_BYTES, wasCut: false };
  readonly #raw: Buffer;
  readonly #parser: Parser;
  #at = 0;
  #parts = 0;
  #dashed = 0;

  constructor(raw: Buffer, parser: Parser) {
    this.#raw = raw;
    this.#parser = parser;
  }

  async run(): Promise<void> {
    this.#adopt(this.#parser.root);
    while (this.#at < this.#raw.length) {
      if (this.#parser.currentNode.state === "header") await this.#line();
      else await this.#body();
    }
    await this.#parser.finalize();
  }

  /** A header line, or one that begins like a boundary. */
  async #line(): Promise<void> {
    const { line, next } = this.#readLine();
    const before = this.#parser.currentNode;
    const isHeader = before.state === "header";
    this.#at = next;
    await this.#parser.processLine(isHeader ? readable(line) : line, false);
    const { currentNode } = this.#parser;
    if (currentNode !== before && currentNode.state === "header") this.#adopt(currentNode);
    else if (!isHeader && before.state === "body" && currentNode === before)
      before.contentDecoder?.update(NEW_LINE);
  }

  #readLine(): { line: Buffer; next: number } {
    const found = this.#raw.indexOf(0x0a, this.#at);
    const next = found < 0 ? this.#raw.length : found + 1;
    let end = found < 0 ? this.#raw.length : found;
    while (end > this.#at && this.#raw[end - 1] === 0x0d) end--;
    return { line: this.#raw.subarray(this.#at, end), next };
  }

  /** Up to the next line that could be a boundary, in one piece; then that line. */
  async #body(): Promise<void> {
    const end = this.#nextBoundary();
    const node = this.#parser.currentNode;
    if (end > this.#at && node.state === "body")
      node.contentDecoder?.update(this.#raw.subarray(this.#at, end));
    this.#at = end;
    if (end < this.#raw.length) await this.#line();
  }

  #nextBoundary(): number {
    if (this.#parser.boundaries.length === 0) return this.#raw.length;
    for (let at = this.#at; ; ) {
      if (this.#mayBeBoundary(at) && this.#hasRoom()) return at;
      const found = this.#raw.indexOf("\n--", at, "latin1");
      if (found < 0 || !this.#hasRoom()) return this.#raw.length;
      at = found + 1;
    }
  }

  /** For one more line that begins like a boundary. */
  #hasRoom(): boolean {
    this.budget.wasCut ||= ++this.#dashed > MOST_DASHED_LINES;
    return this.#dashed <= MOST_DASHED_LINES;
  }

  #mayBeBoundary(at: number): boolean {
    if (this.#raw[at] !== 0x2d || this.#raw[at + 1] !== 0x2d) return false;
    return this.#parser.boundaries.some(
      ({ value }) =>
        value.length <= this.#raw.length - at - 2 &&
        this.#raw.compare(value, 0, value.length, at + 2, at + 2 + value.length) === 0,
    );
  }

  /** A part that begins: its body goes into a decoder of ours. */
  #adopt(node: TreeNode): void {
    if (++this.#parts > MOST_PARTS + 1) throw new OperationalError("mail-unreadable", "more than 100 parts");
    node.setupContentDecoder = (encoding) => {
      node.contentDecoder = isRead(node)
        ? textDecoder(encoding, this.budget)
        : counter(encoding, (size) => {
            node.size = size;
          });
    };
  }
}

const NEW_LINE = Buffer.from("\n");

/** Old clients write eight bits into headers and name no charset. */
const readable = (line: Buffer): Buffer =>
  isUtf8(line) ? line : Buffer.from(withWindows1252(line.toString("latin1")), "utf8");

/** Text that stands in the mail itself; a signed mail holds it, in one piece. */
function isRead(node: TreeNode): boolean {
  return isText(node) || isSignedMail(node);
}

export const isText = ({ contentType, contentDisposition }: MimePart): boolean =>
  contentDisposition.parsed.value !== "attachment" &&
  (contentType.parsed.value === "text/plain" || contentType.parsed.value === "text/html");

/** RFC 8551 §3.5.2: the whole mail, signed, in one part that is no text. */
export const isSignedMail = ({ contentType }: MimePart): boolean =>
  /^application\/(?:x-)?pkcs7-mime$/.test(contentType.parsed.value) &&
  (contentType.parsed.params["smime-type"] ?? "signed-data").toLowerCase() === "signed-data";
