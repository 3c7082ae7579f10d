import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";

/** A report's record, as a host writes it. */
export interface SampleRow {
  ip?: string;
  count?: number;
  dkim?: "pass" | "fail";
  spf?: "pass" | "fail";
  reason?: string;
  comment?: string;
  /** Of signatures found: domain and result. */
  signed?: [domain: string, result: string][];
}

export const OURS = "course.example";
/** A Monday, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 10, 23);
const DAY_SECONDS = 86_400;

interface SampleReport {
  id?: string;
  /** Midnight with which the day begins that it is about. */
  day?: number;
  policy?: string;
  rows?: SampleRow[];
  /** What stands at the head of the document. */
  root?: string;
}

export function reportXml({
  id = "17",
  day = MONDAY,
  policy = "none",
  rows = [{}],
  root = "",
}: SampleReport = {}): string {
  const begin = day / 1_000;
  return `<?xml version="1.0" encoding="UTF-8" ?>${root}
<feedback>
  <report_metadata><org_name>A host</org_name><email>noreply@host.example</email><report_id>${id}</report_id>
    <date_range><begin>${begin}</begin><end>${begin + DAY_SECONDS - 1}</end></date_range></report_metadata>
  <policy_published><domain>${OURS}</domain><adkim>r</adkim><aspf>r</aspf><p>${policy}</p><sp>none</sp></policy_published>
  ${rows.map(recordXml).join("\n")}
</feedback>`;
}

function recordXml({
  ip = "192.0.2.1",
  count = 1,
  dkim = "pass",
  spf = "pass",
  reason,
  comment = "",
  signed,
}: SampleRow): string {
  const signatures = signed ?? [[OURS, dkim]];
  return `<record><row><source_ip>${ip}</source_ip><count>${count}</count>
    <policy_evaluated><disposition>none</disposition><dkim>${dkim}</dkim><spf>${spf}</spf>${reason ? `<reason><type>${reason}</type><comment>${comment}</comment></reason>` : ""}</policy_evaluated></row>
    <identifiers><header_from>${OURS}</header_from></identifiers>
    <auth_results>${signatures.map(([domain, result]) => `<dkim><domain>${domain}</domain><result>${result}</result></dkim>`).join("")}<spf><domain>bounce.${OURS}</domain><result>${spf}</result></spf></auth_results></record>`;
}

/** The forms in which the large hosts send them. */
export const FORMS = {
  /** Google: the zip is the mail's whole body. */
  google: (xml: string) =>
    wholeBody(
      "google.com",
      "application/zip",
      zipSync({ "google.com!course.example!1!2.xml": Buffer.from(xml) }),
    ),
  /** Microsoft: a page of HTML, and gzip that is called so. */
  microsoft: (xml: string) =>
    withText(
      "enterprise.protection.outlook.com",
      "text/html",
      "<div>This is a DMARC aggregate report.</div>",
      "application/gzip",
      gzipSync(xml),
    ),
  /** Yahoo: text, and gzip called octet-stream. */
  yahoo: (xml: string) =>
    withText(
      "dmarc.yahoo.com",
      "text/plain",
      "This is an aggregate report from Yahoo.",
      "application/octet-stream",
      gzipSync(xml),
    ),
  /** Small hosts: as it is. */
  plain: (xml: string) => withText("host.example", "text/plain", "A report.", "text/xml", Buffer.from(xml)),
};

/** As SES writes them above a mail that it stores. */
const found = (domain: string, dmarc = "pass") =>
  `X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\nAuthentication-Results: amazonses.com; spf=pass (spfCheck: x) client-ip=192.0.2.9; dkim=pass header.i=@${domain}; dmarc=${dmarc} header.from=${domain};\r\n`;
const head = (domain: string) =>
  `From: "A host" <noreply@${domain}>\r\nTo: dmarc@${OURS}\r\nSubject: Report Domain: ${OURS}\r\nMessage-ID: <1@${domain}>\r\nMIME-Version: 1.0\r\n`;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\r\n");

const wholeBody = (domain: string, type: string, bytes: Uint8Array) =>
  Buffer.from(
    `${found(domain)}${head(domain)}Content-Type: ${type}; name="r"\r\nContent-Disposition: attachment; filename="r"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}\r\n`,
  );

export const withText = (
  domain: string,
  textType: string,
  text: string,
  type: string,
  bytes: Uint8Array,
  dmarc = "pass",
) =>
  Buffer.from(
    [
      `${found(domain, dmarc)}${head(domain)}Content-Type: multipart/mixed; boundary="b"\r\n`,
      `--b\r\nContent-Type: ${textType}; charset=utf-8\r\n\r\n${text}\r\n`,
      `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="r.xml.gz"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}\r\n--b--\r\n`,
    ].join("\r\n"),
  );
