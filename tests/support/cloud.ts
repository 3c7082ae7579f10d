import { inject } from "vitest";
import { DAY } from "../../functions/domain/time.ts";
import { STAGES } from "../../infra/stages.ts";
import { type Cloud, type CloudOptions, startCloud } from "../../local/aws/cloud.ts";

const WEEK = 7 * DAY;
/** A Wednesday morning in Europe. */
export const MORNING = Date.UTC(2026, 2, 4, 9);

/** Goes on to the next Wednesday morning, where a cloud's next reader finds what its first one did. */
export const untilWednesday = (cloud: Cloud): Promise<void> =>
  cloud.advanceTo(MORNING + Math.ceil((cloud.now() - MORNING) / WEEK) * WEEK);

/** The whole of it, as `npm start` runs it, on ports of its own. */
export const openCloud = (options: Partial<CloudOptions> = {}): Promise<Cloud> =>
  startCloud({ ...inject("synthesis"), region: STAGES.local.region, startAt: MORNING, ...options });
