/**
 * AWS's list prices in USD, region us-east-1, as known on 2026-11-24, without free tiers. SES: price list of
 * 2026-07-22 (the plan of new accounts, and the one of accounts that sent before 2025-06). The others are the
 * services' pricing pages as commonly cited; check them before you decide by them.
 */
export const PRICES = {
  region: "us-east-1",
  date: "2026-11-24",
  million: {
    readUnits: 0.125,
    writeUnits: 0.625,
    snsPublishes: 0.5,
    sqsRequests: 0.4,
    invocations: 0.2,
    schedulerInvocations: 1,
    s3Puts: 5,
    s3Gets: 0.4,
    secretReads: 5,
    sesMessages: { essentials: 160, aLaCarte: 100 },
  },
  /** arm64. */
  gbSecond: 0.0000133334,
  gbOfLogs: 0.5,
  gbOfTableAMonth: 0.25,
  secretAMonth: 0.4,
  alarmAMonth: 0.1,
} as const;
