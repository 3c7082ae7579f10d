import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENTRIES } from "./bundle.ts";

/** Of the functions' code and content, as they were bundled: the same sources make the same version. */
export function readVersion(functionsDir: string): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(ENTRIES).sort())
    hash.update(`${name}\0`).update(readFileSync(join(functionsDir, name, "index.mjs")));
  return hash.digest("hex").slice(0, 16);
}
