import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

/*
 * Verifies the DKIM signatures of a mail (RFC 6376), as a receiving server does: rsa-sha256, either canonicalization.
 * Written apart from the emulator's signer, so that a mistake of one is not confirmed by the other.
 */

/** What a signature says of itself, and whether it is true. */
export interface Judged {
  /** d= and s=. */
  domain: string;
  selector: string;
  /** The names in h=, in lower case. */
  covers: string[];
  /** Undefined if it verifies. */
  problem?: string;
  keyBits?: number;
}

/** TXT records at a name; none if it is not there. Throws if no server answers. */
export type TxtLookup = (name: string) => Promise<string[]>;

const LEAST_BITS = 1024;

/** Judges each signature of a mail, in the order in which they stand. @param now epoch milliseconds */
export async function verifyDkim(raw: Uint8Array, txt: TxtLookup, now: number): Promise<Judged[]> {
  const { fields, body } = cutMail(raw);
  const signatures = fields.filter((field) => readName(field) === "dkim-signature");
  return Promise.all(signatures.map((field) => judge(field, fields, body, txt, now)));
}

/** Latin-1, so that a character is a byte. */
function cutMail(raw: Uint8Array): { fields: string[]; body: string } {
  const text = Buffer.from(raw).toString("latin1");
  const gap = text.indexOf("\r\n\r\n");
  const head = gap < 0 ? text : text.slice(0, gap);
  return { fields: head.split(/\r\n(?![ \t])/), body: gap < 0 ? "" : text.slice(gap + 4) };
}

const readName = (field: string): string => field.slice(0, field.indexOf(":")).trim().toLowerCase();

type Tags = Record<string, string>;

/** `a=b; c=d` (§3.2). White space within values counts for nothing where it is read. */
function readTags(text: string): Tags {
  const pairs = text.split(";").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}

const withoutBlanks = (text = ""): string => text.replace(/[ \t\r\n]+/g, "");

async function judge(
  field: string,
  fields: string[],
  body: string,
  txt: TxtLookup,
  now: number,
): Promise<Judged> {
  const tags = readTags(field.slice(field.indexOf(":") + 1));
  const domain = withoutBlanks(tags.d).toLowerCase();
  const selector = withoutBlanks(tags.s);
  const covers = withoutBlanks(tags.h).toLowerCase().split(":");
  const judged = { domain, selector, covers };
  const malformed = problemOfTags(tags, judged, now);
  if (malformed) return { ...judged, problem: malformed };
  const [heads = "simple", bodies = "simple"] = withoutBlanks(tags.c || "simple/simple").split("/");
  const bodyHash = createHash("sha256").update(canonicalBody(body, bodies), "latin1").digest("base64");
  if (bodyHash !== withoutBlanks(tags.bh)) return { ...judged, problem: "the body is not what was signed" };
  const key = await readKey(`${selector}._domainkey.${domain}`, txt);
  if ("problem" in key) return { ...judged, problem: key.problem };
  const signed = signedHead(field, fields, covers, heads);
  const isTrue = verify(
    "sha256",
    Buffer.from(signed, "latin1"),
    key.key,
    Buffer.from(withoutBlanks(tags.b), "base64"),
  );
  const keyBits = key.key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (!isTrue) return { ...judged, keyBits, problem: "the header fields are not what was signed" };
  return keyBits < LEAST_BITS
    ? { ...judged, keyBits, problem: `the key has ${keyBits} bits` }
    : { ...judged, keyBits };
}

function problemOfTags(tags: Tags, { domain, selector, covers }: Judged, now: number): string | undefined {
  if (withoutBlanks(tags.v) !== "1") return "v= is not 1";
  if (withoutBlanks(tags.a) !== "rsa-sha256") return `a=${withoutBlanks(tags.a)} is not rsa-sha256`;
  if (domain === "" || selector === "" || !tags.bh || !tags.b) return "d=, s=, bh= or b= is missing";
  if (!covers.includes("from")) return "h= does not name From";
  // What is appended to the body would count as signed.
  if (tags.l !== undefined) return "l= signs only a part of the body";
  if (tags.x !== undefined && Number(tags.x) * 1_000 < now) return "x= has passed";
  const agent = withoutBlanks(tags.i).toLowerCase().split("@").at(-1) || domain;
  return agent === domain || agent.endsWith(`.${domain}`) ? undefined : "i= is no part of d=";
}

/** §3.4.3, §3.4.4: empty lines at the end count for nothing. */
function canonicalBody(body: string, how: string): string {
  if (how !== "relaxed") return `${body.replace(/(?:\r\n)*$/, "")}\r\n`;
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  const text = lines.join("\r\n").replace(/(?:\r\n)*$/, "");
  return text === "" ? "" : `${text}\r\n`;
}

/** §3.4.1, §3.4.2. */
function canonicalField(field: string, how: string): string {
  if (how !== "relaxed") return field;
  const value = field.slice(field.indexOf(":") + 1);
  return `${readName(field)}:${value.replace(/[ \t\r\n]+/g, " ").trim()}`;
}

/** The fields that h= names, each from the bottom up (§5.4.2), then the signature without its b= (§3.7). */
function signedHead(signature: string, fields: string[], covers: string[], how: string): string {
  const left = fields.filter((field) => field !== signature);
  const chosen = covers.flatMap((name) => {
    const at = left.findLastIndex((field) => readName(field) === name);
    return at < 0 ? [] : left.splice(at, 1);
  });
  const unsigned = signature.replace(/([;:][ \t\r\n]*b[ \t\r\n]*=)[^;]*/, "$1");
  return [...chosen, unsigned].map((field) => canonicalField(field, how)).join("\r\n");
}

async function readKey(name: string, txt: TxtLookup): Promise<{ key: KeyObject } | { problem: string }> {
  const records = (await txt(name)).map(readTags).filter(({ p }) => p !== undefined);
  const [record, ...others] = records;
  if (!record) return { problem: `no key at ${name}` };
  if (others.length > 0) return { problem: `${records.length} keys at ${name}` };
  if (record.v !== undefined && record.v !== "DKIM1") return { problem: `v=${record.v} at ${name}` };
  if ((record.k ?? "rsa") !== "rsa") return { problem: `k=${record.k} at ${name}` };
  if (withoutBlanks(record.p) === "") return { problem: `the key at ${name} is revoked` };
  try {
    const der = Buffer.from(withoutBlanks(record.p), "base64");
    return { key: createPublicKey({ key: der, format: "der", type: "spki" }) };
  } catch {
    return { problem: `what stands at ${name} is no key` };
  }
}
