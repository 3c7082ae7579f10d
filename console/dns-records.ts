import { ArgumentError } from "../cli/arguments.ts";
import { verb } from "./command.ts";
import { STAGE_FLAG } from "./connect.ts";

const FLAGS = {
  ...STAGE_FLAG,
  zone: {
    value: "DOMAIN",
    says: "the domain at your DNS host; what follows it in the mail domain otherwise",
  },
  as: {
    value: "form|zone-file",
    says: "as most DNS hosts ask for it in a form, or as a zone file (RFC 1035)",
  },
} as const;
const TTL_SECONDS = 3600;

/** The DNS records of a stage, as DNS hosts want them. */
export const DNS_RECORDS = verb({
  onlyReads: true,
  flags: FLAGS,
  async run({ flags: { zone, as = "form" }, reach }) {
    if (as !== "form" && as !== "zone-file") throw new ArgumentError(`--as ${as}? It is form or zone-file.`);
    const { dnsRecords } = await reach();
    if (dnsRecords.length === 0)
      throw new ArgumentError(
        "There are no DNS records on this machine: choose a deployed stage with --stage.",
      );
    const records = dnsRecords.map(readRecord);
    const domain = zone ?? parentDomain(records);
    const outside = records.filter(({ name }) => name !== domain && !name.endsWith(`.${domain}`));
    if (outside.length > 0)
      throw new ArgumentError(`${outside[0]?.name} is not in the zone ${domain}; name yours with --zone.`);
    return as === "form" ? asForm(records, domain) : asZoneFile(records, domain);
  },
});

interface DnsRecord {
  /** Without a dot at its end. */
  name: string;
  type: "CNAME" | "MX" | "TXT";
  /** MX only. */
  priority?: number;
  /** Without quotation marks. */
  value: string;
}

/** Reads `name type value` as the stack prints it. */
export function readRecord(line: string): DnsRecord {
  const [name = "", type = "", ...rest] = line.split(" ");
  const value = rest.join(" ");
  if (type === "MX") {
    const [priority = "", host = ""] = rest;
    return { name, type, priority: Number(priority), value: host };
  }
  if (type !== "CNAME" && type !== "TXT") throw new Error(`"${line}" is no record that we know`);
  return { name, type, value: value.replace(/^"|"$/g, "") };
}

/** The longest domain that all names end in: an owner who has the zone of a subdomain says so. */
function parentDomain(records: DnsRecord[]): string {
  const [first = [], ...others] = records.map(({ name }) => name.split(".").reverse());
  let length = 0;
  while (length < first.length - 1 && others.every((labels) => labels[length] === first[length])) length++;
  return first.slice(0, length).reverse().join(".");
}

const relativeHost = (name: string, domain: string): string =>
  name === domain ? "@" : name.slice(0, name.length - domain.length - 1);

/** For hosts that add the domain themselves, as most do. */
export function asForm(records: DnsRecord[], domain: string): string {
  const rows = records.map(({ name, type, priority, value }) => [
    relativeHost(name, domain),
    type,
    priority === undefined ? "" : String(priority),
    value,
  ]);
  const table = [["Host", "Type", "Priority", "Value"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`At the DNS host of ${domain}, which adds ".${domain}" to each host itself:`, "", ...lines].join(
    "\n",
  );
}

/** For hosts that import one; TXT values over 255 octets would have to be split, and ours are not. */
export function asZoneFile(records: DnsRecord[], domain: string): string {
  const lines = records.map(({ name, type, priority, value }) => {
    const told = type === "TXT" ? `"${value}"` : `${priority === undefined ? "" : `${priority} `}${value}.`;
    return `${relativeHost(name, domain)} ${TTL_SECONDS} IN ${type} ${told}`;
  });
  return [`$ORIGIN ${domain}.`, ...lines].join("\n");
}
