import { inject } from "vitest";
import { STAGES } from "../../infra/stages.ts";
import { type Cloud, type CloudOptions, startCloud } from "../../local/cloud.ts";

/** A Wednesday morning in Europe. */
export const MORNING = Date.UTC(2026, 2, 4, 9);

/** The whole of it, as `npm start` runs it, on ports of its own. */
export const openCloud = (options: Partial<CloudOptions> = {}): Promise<Cloud> =>
  startCloud({ ...inject("synthesis"), region: STAGES.local.region, startAt: MORNING, ...options });
