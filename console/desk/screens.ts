import type { Screen } from "./screen.ts";
import { HEALTH } from "./screens/health.ts";
import { NEWSLETTER } from "./screens/newsletter.ts";
import { TODAY } from "./screens/today.ts";

/** In the order of the navigation. */
export const SCREENS: readonly Screen[] = [TODAY, NEWSLETTER, HEALTH];
