import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type MailHeader, readMail } from "./mail-headers.ts";

/** What SES signs with for a domain (Easy DKIM), and what the DNS answers about it. */
export interface DkimSigner {
  /** The mail with SES's signatures above it: the domain's, and SES's own. @param at epoch milliseconds */
  sign(raw: Buffer, domain: string, at: number): Buffer;
  /** TXT records of the keys, by name. The owner's DNS leads there by CNAMEs. */
  records(domain: string): Record<string, string>;
}

/**
 * The fields that SES's signatures name, in the spelling and about in the order of mails that were captured (2020 to
 * 2026): those that a mail has. Feedback-ID stands in SES's own signature only.
 */
const SIGNED = [
  ...["From", "To", "Reply-To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"],
  ...["List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "Date"],
];
const SES = "amazonses.com";
const SELECTOR_LETTERS = 32;
const LINE = 72;

/** One pair of keys a process: making one takes a tenth of a second, and only a mail needs it. */
let pair: KeyObject | undefined;
const privateKey = (): KeyObject => {
  pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return pair;
};

export const openDkimSigner = (): DkimSigner => ({
  sign(raw, domain, at) {
    const own = signature(raw, domain, SIGNED, at);
    const ses = signature(raw, SES, [...SIGNED, "Feedback-ID"], at);
    return Buffer.concat([Buffer.from(own + ses, "latin1"), raw]);
  },
  records(domain) {
    const key = createPublicKey(privateKey()).export({ type: "spki", format: "der" }).toString("base64");
    const record = `p=${key}`;
    return Object.fromEntries([domain, SES].map((each) => [`${selector(each)}._domainkey.${each}`, record]));
  },
});

/** Thirty-two letters, as SES's tokens are. */
const selector = (domain: string): string =>
  createHash("sha256")
    .update(`dkim ${domain}`)
    .digest("hex")
    .replace(/[01]/g, "x")
    .slice(0, SELECTOR_LETTERS);

/** A field as SES writes it: relaxed for the head, simple for the body (RFC 6376 §3.4). */
function signature(raw: Buffer, domain: string, names: readonly string[], at: number): string {
  const { headers, body } = readMail(raw);
  const present = names.filter((name) => findLast(headers, name) !== undefined);
  const bodyHash = createHash("sha256").update(simpleBody(body)).digest("base64");
  const tags = [
    `v=1; a=rsa-sha256; q=dns/txt; c=relaxed/simple;\r\n\ts=${selector(domain)};`,
    `\td=${domain}; t=${Math.floor(at / 1_000)};`,
    `\th=${present.join(":")};`,
    `\tbh=${bodyHash};`,
    "\tb=",
  ].join("\r\n");
  const lines = present.map((name) => relaxHeader(name, findLast(headers, name) ?? ""));
  const unsigned = [...lines, relaxHeader("DKIM-Signature", tags)].join("\r\n");
  const value = sign("sha256", Buffer.from(unsigned, "latin1"), privateKey()).toString("base64");
  const folded = value.match(new RegExp(`.{1,${LINE}}`, "g"))?.join("\r\n\t") ?? "";
  return `DKIM-Signature: ${tags}${folded}\r\n`;
}

const findLast = (headers: MailHeader[], name: string): string | undefined =>
  headers.findLast((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

const relaxHeader = (name: string, value: string): string =>
  `${name.toLowerCase()}:${value.replace(/[ \t\r\n]+/g, " ").trim()}`;

/** Empty lines at the end are one line end; an empty body is one, too. */
const simpleBody = (body: Buffer): Buffer =>
  Buffer.from(`${body.toString("latin1").replace(/(?:\r\n)*$/, "")}\r\n`, "latin1");
