import type { Screen } from "./screen.ts";
import { HEALTH } from "./screens/health.ts";
import { NEWSLETTER } from "./screens/newsletter.ts";
import { READERS } from "./screens/readers.ts";
import { TODAY } from "./screens/today.ts";

/** In the order of the navigation. */
export const SCREENS: readonly Screen[] = [TODAY, READERS, NEWSLETTER, HEALTH];
