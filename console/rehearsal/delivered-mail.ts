import PostalMime, { type Email } from "postal-mime";
import type { Settings } from "../../functions/domain/settings.ts";
import { type Judged, type TxtLookup, verifyDkim } from "./dkim.ts";
import { expectThat } from "./expectation.ts";

/** A mail as it lies in the rehearsal's bucket, read as a mail program reads it. */
export interface DeliveredMail {
  /** Its key in the bucket. */
  key: string;
  raw: Uint8Array;
  email: Email;
  /** With angle brackets. */
  messageId: string;
  text: string;
  headers: ReadonlyMap<string, string[]>;
}

export async function readDelivered(key: string, raw: Uint8Array): Promise<DeliveredMail> {
  const email = await PostalMime.parse(raw);
  const headers = new Map<string, string[]>();
  for (const { key: name, value } of email.headers) headers.set(name, [...(headers.get(name) ?? []), value]);
  return { key, raw, email, messageId: email.messageId ?? "", text: email.text ?? "", headers };
}

/** The first link of a mail whose address begins so, from its plain text. */
export const findLink = ({ text }: DeliveredMail, prefix: string): string | undefined =>
  text
    .split(/[\s<>()]+/)
    .find((word) => word.startsWith(prefix))
    ?.replace(/[.,]$/, "");

/** What of a delivered mail must hold. */
export interface Expected {
  settings: Pick<Settings, "mailDomain" | "senderLocalPart">;
  webOrigin: string;
  txt: TxtLookup;
  now: number;
  /** What SES's own Message-ID of this mail is, by the ledger; with angle brackets. */
  messageId: string;
  /** A mail of a list: it says how to leave. */
  isOfList: boolean;
}

/** Gmail cuts off what is longer, and with it the way to leave (Gmail's help, "message clipped"). */
const MOST_BYTES = 102 * 1024;
const LIST_FIELDS = ["list-unsubscribe", "list-unsubscribe-post"];
const MAIL_FROM_MENDED =
  "create the MX and TXT records of the bounce domain (npm run console -- dns), and wait until npm run doctor finds MAIL FROM well";

/** Looks at a delivered mail; returns what was found. Throws NotHeld at the first thing that does not hold. */
export async function lookAt(mail: DeliveredMail, expected: Expected): Promise<string[]> {
  const { mailDomain, senderLocalPart } = expected.settings;
  const sender = `${senderLocalPart}@${mailDomain}`;
  const from = only(mail, "from");
  expectThat(`From is ${sender}, alone`, mail.email.from?.address === sender, `it is ${from}`);
  const signature = lookAtSignature(await verifyDkim(mail.raw, expected.txt, expected.now), expected);
  lookAtAlignment(mail, mailDomain);
  const sameId = mail.messageId === expected.messageId;
  const otherId =
    "replies still find their mail by what stands before the @; set MESSAGE_ID_DOMAIN in infra/course-stack.ts";
  expectThat(`its Message-ID is ${expected.messageId}`, sameId, `it is ${mail.messageId}`, otherId);
  const isWhole = mail.text.trim() !== "" && (mail.email.html ?? "").trim() !== "";
  expectThat("it has a text and an HTML part", isWhole, "one is empty");
  const size = mail.raw.byteLength;
  expectThat(`it has at most ${MOST_BYTES} bytes`, size <= MOST_BYTES, `it has ${size}: Gmail cuts it off`);
  if (expected.isOfList) lookAtList(mail, expected);
  return [
    `“${mail.email.subject}”, ${Math.ceil(size / 1024)} KB, ${mail.messageId}`,
    `DKIM ${signature.keyBits} bit by ${signature.selector}._domainkey.${signature.domain}, over ${listCovered(signature)}`,
    `SES's own judgement: spf, dkim and dmarc pass; SPF by ${returnPathDomain(mail)}`,
  ];
}

const only = ({ headers }: DeliveredMail, name: string): string | undefined => {
  const values = headers.get(name) ?? [];
  return values.length === 1 ? values[0] : undefined;
};

const listCovered = ({ covers }: Judged): string =>
  ["from", ...LIST_FIELDS].filter((name) => covers.includes(name)).join(", ");

/** A signature of the mail domain itself, so that it aligns with From (RFC 9989, DMARC). */
function lookAtSignature(judged: Judged[], { settings, isOfList }: Expected): Judged {
  const own = judged.filter(({ domain }) => domain === settings.mailDomain);
  const found = own.find(({ problem }) => problem === undefined);
  const saw =
    own[0]?.problem ?? `it is signed by ${judged.map(({ domain }) => domain).join(", ") || "nobody"}`;
  const doThis =
    "npm run doctor looks at the DKIM records; after they are made, SES takes up to 72 hours to see them";
  expectThat(`a signature of ${settings.mailDomain} verifies`, found !== undefined, saw, doThis);
  const missing = ["from", ...(isOfList ? LIST_FIELDS : [])].filter((name) => !found.covers.includes(name));
  const notCovered = "Gmail and Yahoo take no one-click unsubscribe that is not signed: ask AWS's support";
  expectThat(
    "the signature covers From and the way to leave",
    missing.length === 0,
    `not ${missing.join(", ")}`,
    notCovered,
  );
  return found;
}

/** SES's inbound says what a stranger's server would. */
function lookAtAlignment(mail: DeliveredMail, mailDomain: string): void {
  const results = (mail.headers.get("authentication-results") ?? []).join("; ");
  for (const method of ["spf", "dkim", "dmarc"]) {
    const said = new RegExp(`\\b${method}=(\\w+)`).exec(results)?.[1] ?? "nothing";
    const doThis = method === "spf" ? MAIL_FROM_MENDED : "npm run doctor says which DNS record is missing";
    expectThat(`SES's inbound says ${method}=pass`, said === "pass", `it says ${said}`, doThis);
  }
  const domain = returnPathDomain(mail);
  const isAligned = domain === mailDomain || domain.endsWith(`.${mailDomain}`);
  expectThat("SPF aligns with From", isAligned, `the envelope's sender is at ${domain}`, MAIL_FROM_MENDED);
}

const returnPathDomain = ({ headers }: DeliveredMail): string =>
  (headers.get("return-path")?.[0] ?? "").replace(/^.*@|>.*$/g, "").toLowerCase();

/** RFC 8058, RFC 2369 and RFC 2919, as Gmail and Yahoo ask for them. */
function lookAtList(mail: DeliveredMail, { settings: { mailDomain }, webOrigin }: Expected): void {
  const leave = only(mail, "list-unsubscribe") ?? "";
  const targets = [...leave.matchAll(/<([^>]+)>/g)].map(([, target = ""]) => target);
  const byWeb = targets.filter((target) => target.startsWith(`${webOrigin}/unsubscribe/`));
  const byMail = targets.filter((target) => target.startsWith("mailto:unsubscribe+"));
  const saw = leave === "" ? "it is missing, or there are several" : `it is ${leave}`;
  expectThat(
    "List-Unsubscribe has one web address of ours and one to mail",
    byWeb.length === 1 && byMail.length === 1,
    saw,
  );
  const post = only(mail, "list-unsubscribe-post");
  const isOneClick = post === "List-Unsubscribe=One-Click";
  expectThat("List-Unsubscribe-Post is List-Unsubscribe=One-Click", isOneClick, `it is ${post ?? "missing"}`);
  const id = only(mail, "list-id") ?? "";
  expectThat("List-Id names the list", id.endsWith(`.${mailDomain}>`), `it is ${id || "missing"}`);
  expectThat(
    "List-Post is NO",
    only(mail, "list-post") === "NO",
    `it is ${only(mail, "list-post") ?? "missing"}`,
  );
}

/** Where the one-click POST goes. */
export const oneClickTarget = (mail: DeliveredMail): string | undefined =>
  /<(https?:[^>]+)>/.exec(only(mail, "list-unsubscribe") ?? "")?.[1];
