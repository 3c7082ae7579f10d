import { expect, it } from "vitest";
import { whyMissing } from "./browser.ts";

const FAILURE = new Error("no shared library\nand its trace");

it("a browser that does not start is told in one line and its tests are skipped; where a change is decided on, it is a failure", () => {
  expect(whyMissing(FAILURE, false)).toBe(
    "Skipped in a real browser: no Chromium starts here (no shared library)",
  );
  expect(() => whyMissing(FAILURE, true)).toThrow(FAILURE);
});
