import { type Assembled, assemble, startAssembled } from "../../local/assemble.ts";
import type { Cloud, CloudOptions } from "../../local/cloud.ts";

let assembled: Promise<Assembled> | undefined;

/** A Wednesday morning in Europe. */
export const MORNING = Date.UTC(2026, 2, 4, 9);

/** The whole of it, as `npm start` runs it, on ports of its own. The functions are bundled once a test file. */
export async function openCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  assembled ??= assemble();
  return startAssembled(await assembled, { startAt: MORNING, ...options });
}

/** At the end of a test file. */
export async function removeAssembled(): Promise<void> {
  await (await assembled)?.remove();
  assembled = undefined;
}
