import { describe, expect, it } from "vitest";
import { progressLine } from "../../cli/terminal.ts";

describe("how far something has come", () => {
  it("is a bar where it is known how many it will be, and a count where it is not", () => {
    expect(progressLine("people", 0, 4)).toBe("[..............................] 0 of 4 people");
    expect(progressLine("people", 1_500, 3_000)).toBe(
      "[###############...............] 1,500 of 3,000 people",
    );
    expect(progressLine("people", 0, 0)).toBe("[##############################] 0 of 0 people");
    expect(progressLine("rows read", 12_345)).toBe("12,345 rows read");
  });
});
