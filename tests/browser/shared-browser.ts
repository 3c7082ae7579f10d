import { chromium } from "playwright-core";
import { inject } from "vitest";
import type { Found } from "./browser.ts";

/** The run's one Chromium. Closing this end of it closes what was opened here, and leaves it to the others. */
export async function connectBrowser(): Promise<Found> {
  const at = inject("browser");
  return "missing" in at ? at : { browser: await chromium.connect(at.endpoint) };
}
