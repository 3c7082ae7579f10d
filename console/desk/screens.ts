import type { Screen } from "./screen.ts";
import { TODAY } from "./screens/today.ts";

/** In the order of the navigation. */
export const SCREENS: readonly Screen[] = [TODAY];
