import type { DmarcSource, DmarcStanding, KeptDmarcReport } from "../../functions/domain/sending/dmarc.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";

/** What was reported of one week, from its Monday (UTC). */
export interface DmarcWeek {
  monday: Instant;
  /** The domains that reported. */
  reporters: string[];
  mails: Record<DmarcStanding, number>;
  /** Who handed in mail that is not simply ours; most mails first. */
  sources: DmarcSource[];
}

const WEEK = 7 * DAY;
/** 1 January 1970 was a Thursday. */
const FIRST_MONDAY = 4 * DAY;
const mondayBefore = (at: Instant): Instant => Math.floor((at - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;

/** By the week in which each report's span begins, the latest first. */
export function dmarcWeeks(reports: readonly KeptDmarcReport[]): DmarcWeek[] {
  const mondays = [...new Set(reports.map(({ from }) => mondayBefore(from)))].sort(
    (one, other) => other - one,
  );
  return mondays.map((monday) =>
    oneWeek(
      monday,
      reports.filter(({ from }) => mondayBefore(from) === monday),
    ),
  );
}

function oneWeek(monday: Instant, reports: readonly KeptDmarcReport[]): DmarcWeek {
  const sum = (standing: DmarcStanding) => reports.reduce((all, { mails }) => all + mails[standing], 0);
  return {
    monday,
    reporters: [...new Set(reports.map(({ reporter }) => reporter))].sort(),
    mails: { aligned: sum("aligned"), forwarded: sum("forwarded"), forged: sum("forged") },
    sources: addedUp(reports.flatMap(({ sources }) => sources)),
  };
}

function addedUp(sources: readonly DmarcSource[]): DmarcSource[] {
  const byIp = new Map<string, DmarcSource>();
  for (const { ip, forwarded, forged } of sources) {
    const had = byIp.get(ip) ?? { ip, forwarded: 0, forged: 0 };
    byIp.set(ip, { ip, forwarded: had.forwarded + forwarded, forged: had.forged + forged });
  }
  const mails = ({ forwarded, forged }: DmarcSource) => forwarded + forged;
  return [...byIp.values()].sort((one, other) => mails(other) - mails(one) || (one.ip < other.ip ? -1 : 1));
}

/** The next step of a policy, and whether it is safe. */
export interface PolicyAdvice {
  /** As most reporters saw it of late: `none`, `quarantine`, `reject`; empty where nobody has. */
  policy: string;
  /** What may be written in its place. Undefined where nothing should be changed. */
  next?: "quarantine" | "reject";
  because: string;
}

/** Google, Yahoo and Microsoft report each day on which they got a mail. */
const LATE_AFTER = 10 * DAY;

/** Whether hosts that have reported are silent: nobody mails them, the record has changed, or nothing is read. */
export function isSilent(reports: readonly KeptDmarcReport[], now: Instant): boolean {
  const latest = Math.max(0, ...reports.map(({ to }) => to));
  return latest > 0 && now - latest > LATE_AFTER;
}

/** Of our own mail so much must stand for itself: forwarding breaks a little everywhere. */
const ALIGNED_ENOUGH = 0.98;
/** Fewer prove nothing. */
const FEWEST_MAILS = 100;
/** Each step is looked at for so long; RFC 7489 §6.3 and its successors leave it to the owner. */
const DAYS_BEFORE = { quarantine: 14, reject: 28 };

/**
 * When `p=quarantine` or `reject` is safe: for two or four weeks, of a hundred mails of ours or more, 98 in 100 stood
 * for themselves. Forged mails do not count against it: the step is against them.
 * @param reports what is kept, in any order
 */
export function policyAdvice(reports: readonly KeptDmarcReport[], now: Instant): PolicyAdvice {
  const latest = [...reports].sort((one, other) => other.to - one.to)[0];
  if (!latest)
    return { policy: "", because: "no host has reported yet; the first come a day after the first mail" };
  const { policy } = latest;
  if (policy === "reject") return { policy, because: "it is as strict as it can be" };
  const next = policy === "quarantine" ? "reject" : "quarantine";
  const days = DAYS_BEFORE[next];
  const oldest = Math.min(...reports.map(({ from }) => from));
  if (now - oldest < days * DAY)
    return {
      policy,
      because: `p=${next} needs ${days} days of reports; there are ${Math.floor((now - oldest) / DAY)}`,
    };
  const looked = reports.filter(({ from, policy: seen }) => from >= now - days * DAY && seen === policy);
  const sum = (standing: DmarcStanding) => looked.reduce((all, { mails }) => all + mails[standing], 0);
  const [aligned, ours] = [sum("aligned"), sum("aligned") + sum("forwarded")];
  const in100 = ours === 0 ? 0 : Math.floor((aligned / ours) * 1_000) / 10;
  const found = `of ${ours} mails of yours in ${days} days ${in100} in 100 stood for themselves`;
  if (ours < FEWEST_MAILS) return { policy, because: `p=${next} needs ${FEWEST_MAILS} mails; ${found}` };
  if (aligned / ours < ALIGNED_ENOUGH) return { policy, because: `p=${next} needs 98 in 100; ${found}` };
  return { policy, next, because: found };
}
