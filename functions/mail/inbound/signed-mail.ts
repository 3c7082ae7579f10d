/** How deep values lie in a signed mail, with room for octet strings in pieces. */
const DEEPEST = 12;
const SEQUENCE = 0x30;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const FIRST = 0xa0;

interface DerValue {
  tag: number;
  /** Of its content. */
  start: number;
  end: number;
  /** Behind it. */
  next: number;
}

/**
 * The mail inside an S/MIME signature (RFC 5652: ContentInfo, SignedData, EncapsulatedContentInfo, an octet string in
 * one piece or many). Reads no more than that, and verifies nothing: whose mail it is, SES tells. Undefined if there is none.
 */
export function signedContent(bytes: Uint8Array): Uint8Array | undefined {
  const outer = child(bytes, readValue(bytes, 0, bytes.length), [FIRST]);
  const signed = child(bytes, outer && readValue(bytes, outer.start, outer.end), [SEQUENCE]);
  const content = child(bytes, signed, [FIRST]);
  const octets = content && readValue(bytes, content.start, content.end);
  return octets && joinOctets(bytes, octets, 0);
}

/** The first value inside that has one of the tags. */
function child(bytes: Uint8Array, parent: DerValue | undefined, tags: number[]): DerValue | undefined {
  if (!parent) return undefined;
  for (let at = parent.start; at < parent.end; ) {
    const value = readValue(bytes, at, parent.end);
    if (!value || value.next <= at) return undefined;
    if (tags.includes(value.tag)) return value;
    at = value.next;
  }
  return undefined;
}

function readValue(bytes: Uint8Array, at: number, most: number, depth = 0): DerValue | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > most || depth > DEEPEST) return undefined;
  if (first === 0x80) return readOpenValue(bytes, at, most, depth);
  const count = first & 0x80 ? first & 0x7f : 0;
  if (count > 4) return undefined;
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + count;
  return start + length > most ? undefined : { tag, start, end: start + length, next: start + length };
}

/** Of indefinite length: it ends at two zero bytes. */
function readOpenValue(bytes: Uint8Array, at: number, most: number, depth: number): DerValue | undefined {
  let inside = at + 2;
  while (inside + 1 < most && (bytes[inside] !== 0 || bytes[inside + 1] !== 0)) {
    const value = readValue(bytes, inside, most, depth + 1);
    if (!value || value.next <= inside) return undefined;
    inside = value.next;
  }
  return { tag: bytes[at] as number, start: at + 2, end: inside, next: inside + 2 };
}

function joinOctets(bytes: Uint8Array, { tag, start, end }: DerValue, depth: number): Uint8Array | undefined {
  if (tag === OCTETS) return bytes.subarray(start, end);
  if (tag !== OCTETS_IN_PIECES || depth > DEEPEST) return undefined;
  const pieces: Uint8Array[] = [];
  for (let at = start; at < end; ) {
    const value = readValue(bytes, at, end);
    const piece = value && joinOctets(bytes, value, depth + 1);
    if (!value || !piece || value.next <= at) return undefined;
    pieces.push(piece);
    at = value.next;
  }
  return Buffer.concat(pieces);
}
