import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { VIOLATIONS } from "../../local/simulation/counts.ts";
import { BUGS, type Change, SHOWS } from "./planted.ts";

/** How often the source holds the place that a change is for. */
const count = async ({ file, find }: Pick<Change, "file" | "find">): Promise<number> =>
  (await readFile(join(ROOT, file), "utf8")).split(find).length - 1;

describe("a planted bug", () => {
  it.each(Object.entries(BUGS))("finds its place in the sources, once: %s", async (_, changes) => {
    for (const change of changes)
      expect(await count(change), `${change.file} has changed: correct tests/simulation/planted.ts`).toBe(1);
  });

  it("shows by a count of its own choice, and every count has one", () => {
    expect(Object.keys(SHOWS).sort()).toEqual(Object.keys(BUGS).sort());
    expect([...new Set(Object.values(SHOWS).flat())].sort()).toEqual([...VIOLATIONS].sort());
  });

  it("control: a place that is not there is not found", async () => {
    expect(await count({ file: "functions/domain/sending/claim.ts", find: "GRACE = 99" })).toBe(0);
  });
});
