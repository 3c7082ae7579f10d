import { AROUND_A_MILLION, IDLE_MONTH } from "../../functions/report/cost.ts";
import { PRICES } from "../../functions/report/prices-2026-11.ts";
import type { Measured } from "./measure.ts";

/** One line of the bill: what is counted a million lessons, at which price, and what it buys. */
interface Part {
  name: string;
  perMillion: number;
  unit: string;
  usd: number;
  buys: string;
}

/** What a lane needs of a mail: CPU by `npm run bench`, on 512 MB, which is 0.29 of a core. */
const LANE_CPU_MS = 5;
const SHARE_OF_CORE = 0.29;
const GB = 0.5;
/** A feedback invocation: two round trips to the table for each event, and its own beginning. */
const FEEDBACK_MS = { event: 12, invocation: 5 };
const MILLION = 1_000_000;
const BYTES_OF_GB = 1024 ** 3;
const HOURS_A_MONTH = 730;
const LESSONS_A_MONTH = 52 / 12;

/** What a million lessons cost beside SES, two events a mail included; GB-seconds are an estimate, all else is metered. */
function costParts({ readers, lesson }: Measured): Part[] {
  const { million } = PRICES;
  const each = (count: number) => (count / readers) * MILLION;
  const invoked = Object.values(lesson.invocations).reduce((sum, count) => sum + count, 0);
  const seconds =
    LANE_CPU_MS / SHARE_OF_CORE / 1_000 +
    (FEEDBACK_MS.event * lesson.records + FEEDBACK_MS.invocation * invoked) / readers / 1_000;
  const part = (name: string, count: number, price: number, unit: string, buys: string): Part => ({
    name,
    perMillion: each(count),
    unit,
    usd: (each(count) / MILLION) * price,
    buys,
  });
  const { writeUnits, indexWriteUnits } = lesson;
  return [
    part(
      "DynamoDB writes, items",
      writeUnits - indexWriteUnits,
      million.writeUnits,
      "units",
      "claim, ledger, advance, delivered",
    ),
    part(
      "DynamoDB writes, index",
      indexWriteUnits,
      million.writeUnits,
      "units",
      "out of this week's place, into next week's",
    ),
    part(
      "DynamoDB reads",
      lesson.readUnits,
      million.readUnits,
      "units",
      "the consent, read at the last moment",
    ),
    part(
      "SNS",
      lesson.snsPublishes,
      million.snsPublishes,
      "events",
      "SES's Send and Delivery: never twice rests on them",
    ),
    part("SQS", lesson.sqsRequests, million.sqsRequests, "requests", "no event is lost while we are down"),
    part("Lambda, invocations", invoked, million.invocations, "calls", "feedback, in batches"),
    {
      name: "Lambda, GB-seconds",
      perMillion: seconds * GB * MILLION,
      unit: "GB-s",
      usd: seconds * GB * MILLION * PRICES.gbSecond,
      buys: "lanes and feedback (an estimate)",
    },
    {
      name: "CloudWatch Logs",
      perMillion: each(lesson.logBytes) / BYTES_OF_GB,
      unit: "GB",
      usd: (each(lesson.logBytes) / BYTES_OF_GB) * PRICES.gbOfLogs,
      buys: "a line a mail: what left, when, with which id",
    },
    part(
      "S3",
      lesson.s3Puts + lesson.s3Gets,
      million.s3Puts,
      "requests",
      "nothing: only replies are kept there",
    ),
  ];
}

/** What a month without mail costs: schedules, lanes that look, the secret. */
function idleMonth({ idleHour }: Measured): number {
  const { million } = PRICES;
  const invoked = Object.values(idleHour.invocations).reduce((sum, count) => sum + count, 0);
  const hour =
    idleHour.readUnits * million.readUnits +
    idleHour.writeUnits * million.writeUnits +
    invoked *
      (million.invocations + million.schedulerInvocations + IDLE_SECONDS * GB * PRICES.gbSecond * MILLION);
  return (hour / MILLION) * HOURS_A_MONTH + PRICES.secretAMonth;
}

/** A lane that finds nothing: a round through its shards. */
const IDLE_SECONDS = 0.1;

/** The table that `npm run cost` prints. */
export function inWords(measured: Measured, subscribers: number): string {
  const parts = costParts(measured);
  const usd = parts.reduce((sum, part) => sum + part.usd, 0);
  const share = subscribers / MILLION;
  const { essentials, aLaCarte } = PRICES.million.sesMessages;
  const line = (name: string, count: string, cost: number, note: string) =>
    `  ${name.padEnd(26)}${count.padStart(20)}${`$${cost.toFixed(2)}`.padStart(10)}  ${note}`;
  const month = LESSONS_A_MONTH * share;
  return [
    `Prices: ${PRICES.region}, ${PRICES.date}, without free tiers. Metered on ${measured.readers} lessons by the bundles that are deployed.`,
    "",
    "A million lessons, two events each:",
    ...parts.map(({ name, perMillion, unit, usd: cost, buys }) => {
      const count = perMillion >= 1_000 ? Math.round(perMillion).toLocaleString("en") : perMillion.toFixed(2);
      return line(name, `${count} ${unit}`, cost, buys);
    }),
    line("everything but SES", "", usd, ""),
    line(
      "SES, Essentials",
      "1,000,000 mails",
      essentials,
      `$${aLaCarte} for accounts that sent before June 2025`,
    ),
    "",
    `${subscribers.toLocaleString("en")} subscribers, a lesson a week:`,
    line("a lesson, but SES", "", usd * share, ""),
    line("a lesson, SES", "", essentials * share, ""),
    line(
      "a month, but SES",
      "",
      usd * month + idleMonth(measured),
      `$${idleMonth(measured).toFixed(2)} of it although nobody gets a mail`,
    ),
    line("a month, SES", "", essentials * month, ""),
    ...strayed("a million mails beside SES", usd, AROUND_A_MILLION),
    ...strayed("a month in which nobody gets a mail", idleMonth(measured), IDLE_MONTH),
  ].join("\n");
}

const MAY_STRAY_BY = 0.1;

/** The Monday mail reckons with figures that were measured once: says so if they are not true any more. */
function strayed(what: string, measured: number, told: number): string[] {
  if (Math.abs(measured - told) <= told * MAY_STRAY_BY) return [];
  return [
    "",
    `The owner's Monday mail reckons with $${told.toFixed(2)} for ${what}, and it is $${measured.toFixed(2)}: correct functions/report/cost.ts.`,
  ];
}
