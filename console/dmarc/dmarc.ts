import { heading } from "../../cli/terminal.ts";
import { DAY, iso } from "../../functions/domain/time.ts";
import { verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { countInWords, JSON_FLAG, safe, shownAsJson } from "../shown.ts";
import { type DmarcWeek, dmarcWeeks, isSilent, type PolicyAdvice, policyAdvice } from "./weeks.ts";

/** Reports are kept for longer; nobody looks further back. */
const LOOKED_AT = 90 * DAY;
const SOURCES_SHOWN = 10;

/** What mail hosts report of the mail domain (RFC 9990), week by week. */
export const DMARC = verb({
  flags: { ...STAGE_FLAG, ...JSON_FLAG },
  onlyReads: true,
  async *run({ flags, reach }) {
    const deployment = await reach();
    const { weeks, advice } = await readDmarc(deployment);
    if (flags.json) return yield shownAsJson({ ...advice, weeks: weeks.map(asJson) });
    yield `${adviceInWords(advice)} (${deployment.place})`;
    for (const week of weeks) yield* weekLines(week);
  },
});

export async function readDmarc({
  services: { store, clock },
}: Pick<Deployment, "services">): Promise<{ weeks: DmarcWeek[]; advice: PolicyAdvice; hasStopped: boolean }> {
  const reports = await store.dmarcReports(clock.now() - LOOKED_AT);
  const now = clock.now();
  return {
    weeks: dmarcWeeks(reports),
    advice: policyAdvice(reports, now),
    hasStopped: isSilent(reports, now),
  };
}

/** `p=quarantine is safe: of 1204 mails …`. */
export const adviceInWords = ({ policy, next, because }: PolicyAdvice): string =>
  next ? `p=${next} is safe now: ${because}` : `${policy === "" ? "DMARC" : `p=${safe(policy)}`}: ${because}`;

const asJson = ({ monday, ...week }: DmarcWeek) => ({ monday: iso(monday).slice(0, 10), ...week });

function* weekLines({ monday, reporters, mails, sources }: DmarcWeek): Generator<string> {
  yield "";
  yield heading(`Week of ${iso(monday).slice(0, 10)}`);
  yield `  yours ${mails.aligned}, forwarded ${mails.forwarded}, not yours ${mails.forged}; told by ${reporters.map(safe).join(", ")}`;
  for (const { ip, forwarded, forged } of sources.slice(0, SOURCES_SHOWN))
    yield `    ${ip.padEnd(39)} ${sourceInWords(forwarded, forged)}`;
  const more = sources.length - SOURCES_SHOWN;
  if (more > 0) yield `    and ${countInWords(more, "source")} more`;
}

export const sourceInWords = (forwarded: number, forged: number): string =>
  [forwarded > 0 && `forwarded ${forwarded}`, forged > 0 && `not yours ${forged}`].filter(Boolean).join(", ");
