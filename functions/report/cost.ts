import { SHOWN_METRICS } from "../domain/metrics.ts";
import type { WeekCost } from "../domain/report.ts";
import type { Settings } from "../domain/settings.ts";
import { FREE, PRICES } from "./prices.ts";

/** What a million mails cost beside SES, by `npm run cost`, which compares. */
export const AROUND_A_MILLION = 7.56;
/** What it costs to tell other tools of a million mails (`events: true`), by `npm run cost`, which compares. Webhooks are not in it. */
export const TELLING_A_MILLION = 6.52;
/** What the lanes use of the table in an hour in which nothing is due, by `npm run cost`, which compares. */
export const IDLE_HOUR = { readUnits: 810, writeUnits: 180 };
/** What the stack has of what costs by being there. A test counts them in the template. */
export const STANDING = { alarms: 12, secrets: 1, queues: 3, dashboardMetrics: SHOWN_METRICS.length };

/** What a mail of the shipped course shows, where each is opened once: its mark. A test compares. */
export const PICTURES_OF_A_MAIL = { requests: 1, bytes: 3_200 };

/** A lane that finds nothing: a round through its shards. An estimate. */
const IDLE_SECONDS = 0.1;
const GB = 0.5;
/** Lambda's own lines about each invocation: START, END, REPORT. */
const BYTES_OF_INVOCATION = 400;
/** Lambda asks each queue by five pollers, each of which waits 20 seconds for an answer. */
const POLLS_A_MINUTE = 5 * 3;
/** All that is kept about a reader in mid-course, ledger and replies included. An estimate. */
const BYTES_OF_READER = 20_000;
const BYTES_OF_GB = 1024 ** 3;
const HOURS_A_MONTH = 730;
const WEEKS_A_MONTH = 52 / 12;
const MILLION = 1_000_000;

/** One line of a month's bill. */
export interface CostLine {
  name: string;
  usd: number;
  /** With what AWS gives each account free. */
  usdWithFree: number;
  buys: string;
}

/** What a month is reckoned for. */
export interface Month {
  mails: number;
  readers: number;
  settings: Pick<Settings, "lanes" | "dashboard" | "events">;
}

/** What a month costs by list prices: what stands there first, then what mails add. The one reckoning of the project. */
export function reckonMonth({ mails, readers, settings }: Month): CostLine[] {
  const { million } = PRICES;
  return [
    ...standingLines(settings),
    line(
      "table and recovery",
      tableCost(readers),
      "each reader's items, and any second of the last 35 days again",
    ),
    same("SES", (mails / MILLION) * million.sesMessages.essentials, "the mails themselves"),
    same(
      "around the mails",
      (mails / MILLION) * AROUND_A_MILLION,
      "claim, ledger, events, logs: never twice, never lost",
    ),
    ...(settings.events
      ? [same("events out", tellingCost(mails), "other tools hear what happens to readers")]
      : []),
    line("pictures", picturesCost(mails), "what mails show, kept by a cache near the reader"),
  ];
}

/** What a month costs although nobody gets a mail. */
export function standingLines({ lanes, dashboard, events }: Month["settings"]): CostLine[] {
  const { million } = PRICES;
  const looks = lanes * HOURS_A_MONTH * 60;
  const polls = STANDING.queues * POLLS_A_MINUTE * 60 * HOURS_A_MONTH;
  return [
    line(
      "lanes, each minute",
      addPrices(
        ...priceLooks(looks),
        priceUse(HOURS_A_MONTH * IDLE_HOUR.readUnits, 0, million.readUnits / MILLION),
        priceUse(HOURS_A_MONTH * IDLE_HOUR.writeUnits, 0, million.writeUnits / MILLION),
      ),
      `a lesson leaves within the minute; ${lanes} lanes look`,
    ),
    line(
      "empty polling",
      priceUse(polls, FREE.sqsRequests, million.sqsRequests / MILLION),
      "replies and bounces are heard at once",
    ),
    line(
      "alarms of CloudWatch",
      priceUse(STANDING.alarms, FREE.alarms, PRICES.alarmAMonth),
      `${STANDING.alarms}: crashes, silence, what queues gave up, how AWS judges the account`,
    ),
    same("secret", STANDING.secrets * PRICES.secretAMonth, "the keys of every mailed link"),
    line(
      "Lambda's logs",
      priceUse((looks * BYTES_OF_INVOCATION) / BYTES_OF_GB, FREE.gbOfLogs, PRICES.gbOfLogs),
      "that each lane ran, and how long",
    ),
    ...(events
      ? [
          line(
            "events, each minute",
            addPrices(...priceLooks(HOURS_A_MONTH * 60), priceUse(1, 0, PRICES.alarmAMonth)),
            "what was told within the minute, and an alarm where a bus takes nothing",
          ),
        ]
      : []),
    ...(dashboard
      ? [
          line(
            "dashboard",
            addPrices(
              priceUse(1, FREE.dashboards, PRICES.dashboardAMonth),
              priceUse(STANDING.dashboardMetrics, FREE.metrics, PRICES.metricAMonth),
            ),
            "graphs of how sending stands",
          ),
        ]
      : []),
  ];
}

type Priced = readonly [usd: number, usdWithFree: number];

const priceUse = (amount: number, free: number, price: number): Priced => [
  amount * price,
  Math.max(0, amount - free) * price,
];

/** Of functions that a schedule starts, and that find nothing. */
const priceLooks = (looks: number): Priced[] => [
  priceUse(looks, FREE.schedulerInvocations, PRICES.million.schedulerInvocations / MILLION),
  priceUse(looks, FREE.invocations, PRICES.million.invocations / MILLION),
  priceUse(looks * IDLE_SECONDS * GB, FREE.gbSeconds, PRICES.gbSecond),
];

const tellingCost = (mails: number): number => (mails / MILLION) * TELLING_A_MILLION;

const line = (name: string, [usd, usdWithFree]: Priced, buys: string): CostLine => ({
  name,
  usd,
  usdWithFree,
  buys,
});
const same = (name: string, usd: number, buys: string): CostLine => line(name, [usd, usd], buys);
const addPrices = (...parts: Priced[]): Priced => [
  parts.reduce((sum, [usd]) => sum + usd, 0),
  parts.reduce((sum, [, usd]) => sum + usd, 0),
];

/** What CloudFront asks; the bucket behind it costs less than a cent. */
function picturesCost(mails: number): Priced {
  const requests = mails * PICTURES_OF_A_MAIL.requests;
  const gb = (mails * PICTURES_OF_A_MAIL.bytes) / BYTES_OF_GB;
  const request = PRICES.million.cloudFrontRequests / MILLION;
  return [
    requests * request + gb * PRICES.gbOfPictures,
    Math.max(0, requests - FREE.cloudFrontRequests) * request +
      Math.max(0, gb - FREE.gbOfPictures) * PRICES.gbOfPictures,
  ];
}

function tableCost(readers: number): Priced {
  const gb = (readers * BYTES_OF_READER) / BYTES_OF_GB;
  const recovery = gb * PRICES.gbOfRecoveryAMonth;
  return [
    gb * PRICES.gbOfTableAMonth + recovery,
    Math.max(0, gb - FREE.gbOfTable) * PRICES.gbOfTableAMonth + recovery,
  ];
}

export const addUp = (lines: readonly CostLine[], which: "usd" | "usdWithFree" = "usd"): number =>
  lines.reduce((sum, one) => sum + one[which], 0);

/** A month with a weekly lesson for so many readers. */
export const weeklyLessons = (readers: number): Pick<Month, "mails" | "readers"> => ({
  mails: readers * WEEKS_A_MONTH,
  readers,
});

/** What a week cost by list prices. SES's is that of new accounts; what comes in and the web's requests are cents. */
export function reckonCost(mails: number, settings: Month["settings"]): WeekCost {
  const { date, region, million } = PRICES;
  return {
    sending: (mails / MILLION) * million.sesMessages.essentials,
    around:
      (mails / MILLION) * AROUND_A_MILLION +
      picturesCost(mails)[0] +
      (settings.events ? tellingCost(mails) : 0),
    standing: addUp(standingLines(settings)) / WEEKS_A_MONTH,
    prices: { date, region },
  };
}
