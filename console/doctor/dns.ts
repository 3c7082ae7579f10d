import { Resolver } from "node:dns/promises";
import { dmarcRecord, REPORTS_LOCAL_PART } from "../../functions/domain/sending/dmarc.ts";
import { type Check, type Dns, look, pass, readAccount, stops } from "./check.ts";

const NOT_THERE = new Set(["ENODATA", "ENOTFOUND"]);
/** A look-up that is not answered is tried again once. */
const PATIENCE = { timeout: 3_000, tries: 2 };

/** Real look-ups, by the machine's own resolver or the given servers (`address:port`). */
export function openDns(servers?: string[]): Dns {
  const resolver = new Resolver(PATIENCE);
  if (servers) resolver.setServers(servers);
  const orNone = async <T>(answer: Promise<T[]>): Promise<T[]> =>
    answer.catch((error: NodeJS.ErrnoException) => {
      if (NOT_THERE.has(error.code ?? "")) return [];
      throw error;
    });
  return {
    mx: (name) => orNone(resolver.resolveMx(name)),
    txt: async (name) => (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join("")),
    cname: (name) => orNone(resolver.resolveCname(name)),
    leads: async (name) => (await orNone(resolver.resolve4(name))).length > 0,
  };
}

/** What strangers' mail servers look up before they take a mail, or bring a reply. */
export const DNS: Check[] = [
  {
    name: "MX (replies)",
    inAccount: true,
    async run(patient) {
      const { mailDomain, region } = patient.settings;
      const wanted = `inbound-smtp.${region}.amazonaws.com`;
      const found = await readAccount(patient).dns.mx(mailDomain);
      const hosts = found.map(({ exchange }) => exchange.toLowerCase());
      const record = `${mailDomain} MX 10 ${wanted}`;
      if (hosts.length === 0)
        return stops("no server takes readers' replies", `create in the DNS:\n${record}`);
      if (!hosts.includes(wanted))
        return stops(
          `replies go to ${hosts.join(", ")}`,
          `the mail domain must be one that nothing else uses; then replace it by:\n${record}`,
        );
      return hosts.length === 1
        ? pass(`replies reach SES in ${region}`)
        : look(
            `besides SES, replies go to ${hosts.filter((host) => host !== wanted).join(", ")}`,
            "remove these MX records, or replies are lost at random",
          );
    },
  },
  {
    name: "MAIL FROM MX",
    inAccount: true,
    async run(patient) {
      const { mailDomain, region } = patient.settings;
      const wanted = `feedback-smtp.${region}.amazonses.com`;
      const found = await readAccount(patient).dns.mx(`bounce.${mailDomain}`);
      const hosts = found.map(({ exchange }) => exchange.toLowerCase());
      return hosts.length === 1 && hosts[0] === wanted
        ? pass("bounces find their way")
        : look(
            `bounce.${mailDomain} has ${hosts.length === 0 ? "no MX" : hosts.join(", ")}; SES demands exactly its own`,
            `create in the DNS:\nbounce.${mailDomain} MX 10 ${wanted}`,
          );
    },
  },
  {
    name: "SPF",
    inAccount: true,
    async run(patient) {
      const name = `bounce.${patient.settings.mailDomain}`;
      const records = (await readAccount(patient).dns.txt(name)).filter((text) => /^v=spf1\b/i.test(text));
      const record = `create in the DNS:\n${name} TXT "v=spf1 include:amazonses.com ~all"`;
      if (records.length > 1)
        return look(`${name} has ${records.length} SPF records; receivers then take none`, "leave one");
      if (!records[0]?.includes("include:amazonses.com"))
        return look(`${name} does not name SES as its sender`, record);
      return pass("SES may send for the bounce domain");
    },
  },
  {
    name: "DMARC",
    inAccount: true,
    async run(patient) {
      const { mailDomain } = patient.settings;
      const found = await dmarcPolicy(readAccount(patient).dns, mailDomain);
      if (!found)
        return look(
          "no DMARC policy: Gmail and Yahoo ask one of everybody who sends much",
          `create in the DNS:\n_dmarc.${mailDomain} TXT "${dmarcRecord(mailDomain)}"`,
        );
      const policy = /;\s*p=(\w+)/i.exec(found.record)?.[1]?.toLowerCase();
      if (policy === undefined)
        return look(`the policy at ${found.name} says no p=`, `write it like: ${dmarcRecord(mailDomain)}`);
      const reports = `mailto:${REPORTS_LOCAL_PART}@${mailDomain}`;
      if (found.name === `_dmarc.${mailDomain}` && !found.record.toLowerCase().includes(reports))
        return look(
          `p=${policy}, and nobody is asked for reports to this stage`,
          `put ${reports} into its rua=, so that “dmarc” can say when a stricter policy is safe`,
        );
      return pass(`p=${policy}, at ${found.name}`);
    },
  },
  {
    name: "Web domain",
    inAccount: true,
    async run(patient) {
      const { webDomain } = patient.settings;
      if (webDomain === undefined) return pass("links lead to the API's own address");
      return (await readAccount(patient).dns.leads(webDomain))
        ? pass(`${webDomain} leads somewhere`)
        : stops(
            `${webDomain} leads nowhere, and with it every link in every mail`,
            "create the CNAME that the deploy printed as DnsWeb",
          );
    },
  },
];

/** The policy of the domain itself, else of the nearest domain above it that has one (RFC 9989's tree walk). */
async function dmarcPolicy(dns: Dns, domain: string): Promise<{ name: string; record: string } | undefined> {
  const labels = domain.split(".");
  for (let from = 0; from <= labels.length - 2; from++) {
    const name = `_dmarc.${labels.slice(from).join(".")}`;
    const record = (await dns.txt(name)).find((text) => /^v=DMARC1\b/.test(text));
    if (record !== undefined) return { name, record };
  }
  return undefined;
}
