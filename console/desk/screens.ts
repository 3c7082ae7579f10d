import type { Screen } from "./screen.ts";
import { COURSE } from "./screens/course.ts";
import { HEALTH } from "./screens/health.ts";
import { IMPORT } from "./screens/import.ts";
import { NEWSLETTER } from "./screens/newsletter.ts";
import { READERS } from "./screens/readers.ts";
import { REPLIES } from "./screens/replies.ts";
import { TODAY } from "./screens/today.ts";
import { VOICES } from "./screens/voices.ts";

/** In the order of the navigation. */
export const SCREENS: readonly Screen[] = [
  TODAY,
  REPLIES,
  VOICES,
  READERS,
  COURSE,
  NEWSLETTER,
  IMPORT,
  HEALTH,
];
