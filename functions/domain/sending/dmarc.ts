import type { Instant } from "../time.ts";

/** Where the world's mail hosts report what they saw of a stage's domain (RFC 9990): `dmarc@` the mail domain. */
export const REPORTS_LOCAL_PART = "dmarc";

/** What a mail domain says of itself in its TXT record `_dmarc`, to begin with. Without `pct`, which RFC 9989 removed. */
export const dmarcRecord = (mailDomain: string): string =>
  `v=DMARC1; p=none; rua=mailto:${REPORTS_LOCAL_PART}@${mailDomain}`;

/** Mails of one source that a mail host judged alike: a `record` of an aggregate report (RFC 9990 §3.1). */
export interface DmarcRow {
  /** IP address of who handed them in. */
  source: string;
  count: number;
  /** What DMARC made of DKIM and SPF: whether one of them stands for the domain in From. */
  isAligned: boolean;
  /** `forwarded`, `mailing_list` …: why the host did not do what the policy says. */
  reasons: { type: string; comment: string }[];
  /** Each signature that was found, whoever made it. */
  signatures: { domain: string; result: string }[];
}

/** A report, read. Nothing in it is to be trusted: whoever owns a domain can mail one. */
export interface DmarcReport {
  /** The domain that mailed it. */
  reporter: string;
  id: string;
  from: Instant;
  to: Instant;
  /** `p=` of the record as the reporter saw it. */
  policy: string;
  rows: DmarcRow[];
}

/**
 * What the mails of a row are: ours; ours on a detour that broke its signature (a list, a forwarding mailbox); or not ours.
 */
export type DmarcStanding = "aligned" | "forwarded" | "forged";

function rowStanding({ isAligned, reasons, signatures }: DmarcRow, mailDomain: string): DmarcStanding {
  if (isAligned) return "aligned";
  const isCarriedOn = reasons.some(
    ({ type, comment }) =>
      ["forwarded", "trusted_forwarder", "mailing_list"].includes(type) || /\barc=pass\b/i.test(comment),
  );
  const wasSigned = signatures.some(
    ({ domain, result }) => domain === mailDomain && result !== "none" && result !== "pass",
  );
  return isCarriedOn || wasSigned ? "forwarded" : "forged";
}

/** A report as it is kept: sums, and the sources that are not simply ours. */
export interface KeptDmarcReport {
  kind: "dmarc-report";
  reporter: string;
  id: string;
  from: Instant;
  to: Instant;
  policy: string;
  mails: Record<DmarcStanding, number>;
  /** Those with most mails first; what is beyond stands in `mails` alone. */
  sources: DmarcSource[];
}

export interface DmarcSource {
  ip: string;
  forwarded: number;
  forged: number;
}

const MOST_SOURCES = 50;

export function keptDmarcReport({ rows, ...told }: DmarcReport, mailDomain: string): KeptDmarcReport {
  const mails = { aligned: 0, forwarded: 0, forged: 0 };
  const sources = new Map<string, DmarcSource>();
  for (const row of rows) {
    const standing = rowStanding(row, mailDomain);
    mails[standing] += row.count;
    if (standing === "aligned") continue;
    const source = sources.get(row.source) ?? { ip: row.source, forwarded: 0, forged: 0 };
    source[standing] += row.count;
    sources.set(row.source, source);
  }
  return { kind: "dmarc-report", ...told, mails, sources: mostFirst([...sources.values()]) };
}

const mostFirst = (sources: DmarcSource[]): DmarcSource[] =>
  sources
    .sort(
      (one, other) =>
        other.forged + other.forwarded - one.forged - one.forwarded || (one.ip < other.ip ? -1 : 1),
    )
    .slice(0, MOST_SOURCES);
