import {
  AROUND_A_MILLION,
  addUp,
  type CostLine,
  IDLE_HOUR,
  type Month,
  reckonMonth,
  standingLines,
  TELLING_A_MILLION,
  weeklyLessons,
} from "../../functions/report/cost.ts";
import { PRICES } from "../../functions/report/prices.ts";
import type { MeasuredUse } from "./measure.ts";

/** One line of the bill: what is counted a million lessons, at which price, and what it buys. */
interface CostPart {
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

/** What a million lessons cost beside SES, two events a mail included; GB-seconds are an estimate, all else is metered. */
function costParts({ readers, lesson }: MeasuredUse): CostPart[] {
  const { million } = PRICES;
  const each = (count: number) => (count / readers) * MILLION;
  const invoked = Object.values(lesson.invocations).reduce((sum, count) => sum + count, 0);
  const seconds =
    LANE_CPU_MS / SHARE_OF_CORE / 1_000 +
    (FEEDBACK_MS.event * lesson.records + FEEDBACK_MS.invocation * invoked) / readers / 1_000;
  const part: MeteredPart = (name, count, price, unit, buys) => ({
    name,
    perMillion: each(count),
    unit,
    usd: (each(count) / MILLION) * price,
    buys,
  });
  return [
    ...writeParts(lesson, part),
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

type MeteredPart = (name: string, count: number, price: number, unit: string, buys: string) => CostPart;

/** A write of an item that stands in an index is a write of the index too. */
function writeParts({ writeUnits, indexWriteUnits }: MeasuredUse["lesson"], part: MeteredPart): CostPart[] {
  const { due = 0, desk = 0 } = indexWriteUnits;
  const { million } = PRICES;
  return [
    part(
      "DynamoDB writes, items",
      writeUnits - due - desk,
      million.writeUnits,
      "units",
      "claim, ledger, advance, delivered",
    ),
    part(
      "DynamoDB writes, due",
      due,
      million.writeUnits,
      "units",
      "out of this week's place, into next week's",
    ),
    part(
      "DynamoDB writes, desk",
      desk,
      million.writeUnits,
      "units",
      "the owner sees at once who had which lesson",
    ),
  ];
}

/** What `npm run cost` prints. */
export function inWords(measured: MeasuredUse, readers: number, settings: Month["settings"]): string {
  const parts = costParts(measured);
  const usd = parts.reduce((sum, part) => sum + part.usd, 0);
  const { essentials, aLaCarte } = PRICES.million.sesMessages;
  const line = (name: string, count: string, cost: number, note: string) =>
    `  ${name.padEnd(26)}${count.padStart(20)}${`$${cost.toFixed(2)}`.padStart(10)}  ${note}`;
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
    ...month("A month in which nobody gets a mail", standingLines(settings)),
    "",
    ...month(
      `A month, ${readers.toLocaleString("en")} readers, a lesson a week`,
      reckonMonth({ ...weeklyLessons(readers), settings }),
    ),
    ...tellIfStrayed("a million mails beside SES", usd, AROUND_A_MILLION),
    ...tellIfStrayed(
      "the units that idle lanes read in an hour",
      measured.idleHour.readUnits,
      IDLE_HOUR.readUnits,
    ),
    ...tellIfStrayed("the units that they write", measured.idleHour.writeUnits, IDLE_HOUR.writeUnits),
  ].join("\n");
}

/** What it costs beside that to tell other tools of it, by what the same lessons took in a stage with `events: true`. */
export function eventsInWords(silent: MeasuredUse, telling: MeasuredUse): string[] {
  const { million } = PRICES;
  const more = (name: "writeUnits" | "readUnits") =>
    telling.lesson[name] / telling.readers - silent.lesson[name] / silent.readers;
  const told = telling.told / telling.readers;
  const index = (telling.lesson.indexWriteUnits.outbox ?? 0) / telling.readers;
  const row = (name: string, each: number, unit: string, price: number) => ({
    name,
    each,
    unit,
    usd: each * price,
  });
  const rows = [
    row("DynamoDB writes, items", more("writeUnits") - index, "units", million.writeUnits),
    row("DynamoDB writes, outbox", index, "units", million.writeUnits),
    row("DynamoDB reads", more("readUnits"), "units", million.readUnits),
    row("EventBridge", told, "events", million.busEvents),
    row("SQS, what tail shows", told, "requests", million.sqsRequests),
  ];
  const all = rows.reduce((sum, { usd }) => sum + usd, 0);
  const line = (name: string, count: string, usd: number) =>
    `  ${name.padEnd(26)}${count.padStart(20)}${`$${usd.toFixed(2)}`.padStart(10)}`;
  const count = (each: number, unit: string) => `${Math.round(each * MILLION).toLocaleString("en")} ${unit}`;
  return [
    "With events: true a million lessons cost besides (nothing without it):",
    ...rows.map(({ name, each, unit, usd }) => line(name, count(each, unit), usd)),
    line("all", "", all),
    ...tellIfStrayed("telling other tools of a million mails", all, TELLING_A_MILLION),
  ];
}

/** A month's lines, and what they come to: by list prices, and with what AWS gives each account free. */
function month(title: string, lines: readonly CostLine[]): string[] {
  const row = (name: string, usd: number, free: number, note: string) =>
    `  ${name.padEnd(26)}${`$${usd.toFixed(2)}`.padStart(10)}${`$${free.toFixed(2)}`.padStart(12)}  ${note}`;
  return [
    `${title}:`,
    `  ${"".padEnd(26)}${"list".padStart(10)}${"free tiers".padStart(12)}  what it buys`,
    ...lines.map(({ name, usd, usdWithFree, buys }) => row(name, usd, usdWithFree, buys)),
    row("all", addUp(lines), addUp(lines, "usdWithFree"), ""),
  ];
}

const MAY_STRAY_BY = 0.1;

/** The one reckoning uses figures that were measured once: says so if they are not true any more. */
function tellIfStrayed(what: string, measured: number, told: number): string[] {
  if (Math.abs(measured - told) <= told * MAY_STRAY_BY) return [];
  return [
    "",
    `The reckoning has ${told} for ${what}, and it is ${measured}: correct functions/report/cost.ts.`,
  ];
}
