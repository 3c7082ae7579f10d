import { resolve } from "node:path";

/** The folder of this repository, absolute: programs may be started from any folder. */
export const ROOT = resolve(import.meta.dirname, "..");
