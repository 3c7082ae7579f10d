import PostalMime, { type Attachment, type Email } from "postal-mime";
import type { DmarcReport } from "../domain/sending/dmarc.ts";
import { NoReport, readAggregate } from "./read-aggregate.ts";
import { unpackXml } from "./unpack.ts";

/** Hosts send a report a mail (RFC 9990 §4.2); the first that is one counts. */
const MOST_ATTACHMENTS = 5;
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 131_072 };

/**
 * The report in a mail, as SES put it into the bucket. Throws a NoReport for any other mail.
 * RFC 9990 §4.2: an attachment, zipped or not; some hosts send it as the body itself.
 */
export async function readReportMail(raw: Uint8Array): Promise<DmarcReport> {
  const email = await parse(raw);
  const reporter = provenReporter(email);
  const candidates = email.attachments.slice(0, MOST_ATTACHMENTS);
  let why = new NoReport("nothing is attached to it");
  for (const attachment of candidates) {
    try {
      return readAggregate(unpackXml(bytesOf(attachment)), reporter);
    } catch (error) {
      if (!(error instanceof NoReport)) throw error;
      why = error;
    }
  }
  throw why;
}

async function parse(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw, { ...LIMITS, attachmentEncoding: "arraybuffer" });
  } catch {
    throw new NoReport("it cannot be read as a mail");
  }
}

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);

/**
 * The domain in From, if the mail is its: a report of anybody could say that a forger's mail was ours, or that ours is
 * forged. SES writes its findings above all other lines; whatever stands below may be the sender's own.
 */
function provenReporter({ from, headers }: Email): string {
  const domain = from?.address?.split("@")[1]?.toLowerCase() ?? "";
  const found = headers.find(({ key }) => key === "authentication-results")?.value ?? "";
  const virus = headers.find(({ key }) => key === "x-ses-virus-verdict")?.value ?? "";
  if (domain === "") throw new NoReport("it has no sender");
  if (virus.trim() === "FAIL") throw new NoReport("it holds a virus");
  const isProven = /^\s*amazonses\.com\s*;/.test(found) && /(?:^|[;\s])dmarc=pass\b/.test(found);
  if (!isProven) throw new NoReport("it is not proven to be of the domain in From");
  return domain;
}
