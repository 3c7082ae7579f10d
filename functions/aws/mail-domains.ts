import type { MxRecord } from "node:dns";
import { Resolver } from "node:dns/promises";
import { HOUR, type Instant, MINUTE, SECOND } from "../domain/time.ts";
import type { Clock, Log, MailDomains } from "../ports.ts";

/**
 * The problem: a stranger can type addresses of domains that do not exist, whose bounces would count against us. The
 * idea: DNS is asked before a domain's first mail, and refuses only what it says for certain. A resolver that is asked too
 * much says REFUSED, SERVFAIL or nothing; who signs up then must not suffer for it.
 */
type DomainVerdict = "takes-mail" | "no-mail" | "unknown";

/** For all questions about a domain together: resolvers' own time limits add up, and go on beyond what they say. */
const DEADLINE = (2 / 5) * SECOND;
/** Datagrams get lost: a question is asked again after half of that. */
const MOST_TRIES = 3;

/** How long a verdict holds. A domain may be registered, or a slip of its owner's mended, within minutes. */
const HOLDS: Record<DomainVerdict, number> = { "takes-mail": HOUR, "no-mail": 5 * MINUTE, unknown: MINUTE };
/** The oldest is forgotten first: anybody can make up names. */
const MOST_REMEMBERED = 1_000;

/** What DNS says of a name and a type of record. An empty list: the name is there, and has none of that type. */
type DnsAnswer<Entry> = readonly Entry[] | "no-such-name" | { problem: string };

/**
 * @param servers `address:port` each; this machine's own resolver if there are none
 * @param deadline milliseconds after which a domain counts as unknown
 */
export function openMailDomains(
  servers: readonly string[],
  { clock, log }: { clock: Clock; log: Log },
  deadline = DEADLINE,
): MailDomains {
  const remembered = new Map<string, { verdict: DomainVerdict; until: Instant }>();

  const remember = (domain: string, verdict: DomainVerdict): void => {
    remembered.delete(domain);
    remembered.set(domain, { verdict, until: clock.now() + HOLDS[verdict] });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  const lookUp = async (domain: string): Promise<DomainVerdict> => {
    const resolver = new Resolver({ timeout: deadline / 2, tries: MOST_TRIES });
    if (servers.length > 0) resolver.setServers(servers);
    const late = clock.sleep(deadline).then(() => {
      resolver.cancel();
      return { problem: "DEADLINE" };
    });
    const judged = await Promise.race([judge(resolver, domain), late]);
    if (typeof judged === "string") return judged;
    log.warn("mail-domain-unknown", { code: judged.problem });
    return "unknown";
  };

  return {
    async mayTakeMail(domain) {
      const known = remembered.get(domain);
      if (known && clock.now() < known.until) return known.verdict !== "no-mail";
      const verdict = await lookUp(domain);
      remember(domain, verdict);
      return verdict !== "no-mail";
    },
  };
}

/**
 * RFC 5321, §5.1: mail goes to the hosts of the MX records, and where there are none, to the domain's own address. Some
 * servers know no MX at all, and deny the name when they are asked for one: its address is looked for, too.
 */
async function judge(resolver: Resolver, domain: string): Promise<DomainVerdict | { problem: string }> {
  const hosts = await find(resolver.resolveMx(domain));
  if (hosts === "no-such-name") return judgeByAddress(resolver, domain);
  if ("problem" in hosts) return hosts;
  return isNullMx(hosts) ? "no-mail" : "takes-mail";
}

async function judgeByAddress(
  resolver: Resolver,
  domain: string,
): Promise<DomainVerdict | { problem: string }> {
  const found = await Promise.all([find(resolver.resolve4(domain)), find(resolver.resolve6(domain))]);
  const isThere = (addresses: DnsAnswer<string>) => Array.isArray(addresses);
  if (found.some(isThere)) return "takes-mail";
  return found.find((addresses) => addresses !== "no-such-name" && "problem" in addresses) ?? "no-mail";
}

/** RFC 7505, §3: one record, with no host in it, says that a domain takes no mail. */
const isNullMx = (hosts: readonly MxRecord[]): boolean =>
  hosts.length > 0 && hosts.every(({ exchange }) => exchange === "" || exchange === ".");

async function find<Entry>(answer: Promise<Entry[]>): Promise<DnsAnswer<Entry>> {
  try {
    return await answer;
  } catch (error) {
    const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
    if (code === "ENODATA") return [];
    return code === "ENOTFOUND" ? "no-such-name" : { problem: code };
  }
}
