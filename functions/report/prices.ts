/**
 * AWS's list prices in USD, region us-east-1, as known on 2026-11-24. SES: price list of 2026-07-22 (the plan of new
 * accounts, and the one of accounts that sent before 2025-06). The others are the services' pricing pages as commonly
 * cited; check them before you decide by them.
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
    /** Put on a bus of one's own, 64 KB each. */
    busEvents: 1,
    s3Puts: 5,
    s3Gets: 0.4,
    /** HTTPS, North America; Europe is a fifth dearer. */
    cloudFrontRequests: 1,
    secretReads: 5,
    sesMessages: { essentials: 160, aLaCarte: 100 },
  },
  /** arm64. */
  gbSecond: 0.0000133334,
  gbOfLogs: 0.5,
  /** From CloudFront to readers, North America and Europe. */
  gbOfPictures: 0.085,
  gbOfTableAMonth: 0.25,
  gbOfRecoveryAMonth: 0.2,
  secretAMonth: 0.4,
  /** Of one metric each, in standard resolution. */
  alarmAMonth: 0.1,
  metricAMonth: 0.3,
  dashboardAMonth: 3,
} as const;

/** What AWS gives each account free, every month and for ever, shared by all that runs in it. As of the same day. */
export const FREE = {
  invocations: 1_000_000,
  gbSeconds: 400_000,
  schedulerInvocations: 14_000_000,
  sqsRequests: 1_000_000,
  gbOfLogs: 5,
  cloudFrontRequests: 10_000_000,
  gbOfPictures: 1024,
  gbOfTable: 25,
  alarms: 10,
  metrics: 10,
  dashboards: 3,
} as const;
