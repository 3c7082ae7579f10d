import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleFunctions } from "../../infra/bundle.ts";

const KILOBYTE = 1024;
/**
 * What a cold start loads is what a reader waits for. The owner's index and the place of a logo in each mail took 4 of it;
 * the words to use, who reads the answer, and what became of the move took 14, in two languages; what readers let others
 * read, answers on the page, and letters, 26; a choice at a lesson's end, 4; keys of the API, which the store knows, 1; what came since, 3.
 */
const LARGEST_SENDER = 813 * KILOBYTE;

describe("the deployed bundles", () => {
  let folder: string;
  let bundles: Bundle[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "coursepost-"));
    bundles = await bundleFunctions({ outdir: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(["lane", "nudge"])(
    "keep the sender %s within 813 KB, the course and its templates included",
    (name) => {
      const bundle = bundles.find((one) => one.name === name);
      expect(bundle?.bytes).toBeLessThanOrEqual(LARGEST_SENDER);
      expect(bundle?.bytes).toBeGreaterThan(100 * KILOBYTE);
    },
  );

  it("are the same bytes when they are made again", async () => {
    const again = await bundleFunctions({ outdir: join(folder, "again") });
    expect(again.map(({ name, bytes }) => [name, bytes])).toEqual(
      bundles.map(({ name, bytes }) => [name, bytes]),
    );
  });
});
