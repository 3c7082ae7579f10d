import { describe, expect, it } from "vitest";
import { cleanForTerminal, heading, progressLine } from "../../cli/terminal.ts";

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

describe("what is printed of other people's words", () => {
  const ESC = String.fromCharCode(27);
  it("steers no terminal: escapes, controls and turned directions are visible marks", () => {
    for (const steering of [
      `${ESC}]0;title`,
      `${ESC}[2J`,
      `${ESC}[31m`,
      "\r",
      "\u0007",
      "\u009b2J",
      "\u202e",
      "\u2066",
    ])
      expect([steering, cleanForTerminal(`a${steering}b`).includes("\ufffd")]).toEqual([steering, true]);
    expect(cleanForTerminal(`${ESC}[8mhidden`)).not.toContain(ESC);
  });

  it("keeps lines, tabs, every script, and our own bold", () => {
    const text = `Größe\tحجم\n${ESC}[1mbold${ESC}[22m ${heading("plain")}`;
    expect(cleanForTerminal(text)).toBe(text);
  });
});
