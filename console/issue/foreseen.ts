import { isZone } from "../../functions/domain/course/schedule.ts";
import { readerMoment, type When } from "../../functions/domain/newsletter/broadcast.ts";
import { maskAddress } from "../../functions/domain/people/address.ts";
import { rampIssues, withRampDay } from "../../functions/domain/sending/warm-up.ts";
import { DAY, type Instant, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { Governor } from "../../functions/ports.ts";
import { type Audience, isInAudience, type LeftOut, whyLeftOut } from "../audience.ts";
import type { Deployment } from "../connect.ts";
import { countInWords, momentShown } from "../shown.ts";

interface Forecast {
  count: number;
  /** For people, a line each. */
  says: string[];
  /** Of them, who is named and gets nothing, and why. */
  leftOut: string[];
}

/** Ten of those it goes to, masked, how many they are, how long it takes at the granted rate, and what it costs. */
export async function forecast(
  { services, allPeople }: Deployment,
  { audience, when, manner: { perDay } }: { audience: Audience; when: When; manner: { perDay?: number } },
): Promise<Forecast> {
  const samples: string[] = [];
  const zones = new Set<string>();
  const leftOut = new Map<LeftOut, number>();
  let [count, learning] = [0, 0];
  for await (const person of allPeople.people()) {
    const why = whyLeftOut(audience, person, services.content.courses);
    if (why) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    learning += person.enrolments.filter(({ status }) => status === "active").length;
    if (!isInAudience(audience, person, services.content.courses)) continue;
    count++;
    zones.add(person.subscriber.zone);
    if (samples.length < MOST_SAMPLES)
      samples.push(`  ${maskAddress(person.subscriber.address)}  ${person.subscriber.zone}`);
  }
  const leftOutSays = leftOutInWords(leftOut);
  if (count === 0)
    return { count, says: ["0 readers. Nothing would be sent.", ...leftOutSays], leftOut: leftOutSays };
  // A stage that has nothing to send has not asked SES lately.
  const kept = await services.store.governor();
  const { rate, quota, sent24h } = await services.mailer.quota().catch(() => kept);
  const minutes = Math.ceil((count / rate) * (SECOND / MINUTE));
  const room = quota < 0 ? Number.POSITIVE_INFINITY : Math.floor(quota * 0.9) - sent24h;
  const last = Math.max(
    ...[...zones].map((zone) => readerMoment(isZone(zone) ? zone : services.settings.defaultZone, when)),
    when.from,
  );
  const shown = (at: Instant): string => momentShown(at, services.settings.defaultZone);
  const says = [
    `${countInWords(count, "reader")}${count > samples.length ? `, ${samples.length} of them:` : ":"}`,
    ...samples,
    ...leftOutSays,
    `Leaves       from ${shown(when.from)}${when.local ? `, the last zone at ${shown(last)}` : ""}`,
    ...(perDay === undefined && !services.settings.warmUp
      ? [
          `Takes        ${minutes < 2 ? "about a minute" : `about ${minutes} minutes`} at ${rate} mails a second`,
        ]
      : []),
    ...endInWords(services, { count, perDay, quota, lessons: Math.ceil(learning / DAYS_A_WEEK) }, kept, last),
    ...(count > room
      ? [`Quota        has room for ${Math.max(0, room)} of them today: the others leave as it frees`]
      : []),
    `Costs        ${costs(count)} at SES, by the plan of the account (prices of ${SES_PRICE_DATE})`,
  ];
  return { count, says, leftOut: leftOutSays };
}

const DAYS_A_WEEK = 7;
/** What is not over by then is told so. */
const MOST_DAYS = 3_650;

/** The day on which the last of it leaves, where it is sent in portions of a day: by the owner, the ramp or the quota. */
function endInWords(
  { settings, clock }: Deployment["services"],
  {
    count,
    perDay,
    quota,
    lessons,
  }: { count: number; perDay: number | undefined; quota: number; lessons: number },
  kept: Governor,
  last: Instant,
): string[] {
  const { warmUp: ramp, defaultZone } = settings;
  if (perDay === undefined && !ramp) return [];
  const governor = withRampDay(kept, settings, clock.now());
  const firstDay = Math.floor(Math.max(last, clock.now()) / DAY);
  const byQuota = quota < 0 ? Number.POSITIVE_INFINITY : Math.floor(quota * 0.9);
  const mostInDay = (day: number): number => {
    const rampDay = firstDay + day - (governor.warmUp?.firstDay ?? firstDay);
    const byRamp = ramp ? rampIssues(ramp, rampDay, lessons) : Number.POSITIVE_INFINITY;
    return Math.min(perDay ?? Number.POSITIVE_INFINITY, byRamp, byQuota);
  };
  let [left, day] = [count - mostInDay(0), 0];
  while (left > 0 && day < MOST_DAYS) left -= mostInDay(++day);
  const portions = [
    ...(perDay === undefined ? [] : [`${perDay} in 24 hours`]),
    ...(ramp ? [`the ramp (${mostInDay(0)} of it on its first day)`] : []),
  ];
  if (left > 0) return [`Ends         not within ten years, by ${portions.join(" and ")}`];
  const end = momentShown(Math.max(last, clock.now()) + day * DAY, defaultZone).split(",")[0];
  return [`Ends         it ends on ${end}, by ${portions.join(" and ")}`];
}

const LEFT_OUT: Record<LeftOut, string> = {
  "mid-course": "in mid-course (--include mid-course)",
  "not asked for": "who did not ask for the newsletter",
  unconfirmed: "who have not confirmed",
  stopped: "who left everything, bounced or complained",
};

function leftOutInWords(counts: ReadonlyMap<LeftOut, number>): string[] {
  const reasons = (Object.keys(LEFT_OUT) as LeftOut[]).flatMap((why) => {
    const count = counts.get(why);
    return count ? [`${count} ${LEFT_OUT[why]}`] : [];
  });
  return reasons.length === 0 ? [] : [`Left out     ${reasons.join(", ")}`];
}

const MOST_SAMPLES = 10;
/** US dollars for 1,000 mails: SES's price without a plan, and in the plan that newer accounts begin with. */
const SES_PER_1000 = [0.1, 0.16];
const SES_PRICE_DATE = "22 July 2026";

function costs(mails: number): string {
  const dollars = SES_PER_1000.map((price) => (mails * price) / 1000);
  if (Math.max(...dollars) < 0.01) return "less than a cent";
  return `about ${dollars.map((each) => `$${each.toFixed(2)}`).join(" or ")}`;
}
