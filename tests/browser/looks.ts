import type { ConfigData } from "html-validate";
import type { Browser } from "playwright-core";
import { expect, it } from "vitest";
import {
  accessibilityProblems,
  invalidMarkup,
  lowestContrast,
  lowestContrastInverted,
  showEach,
  widthOf,
} from "./inspection.ts";

/** What is asked of documents that people look at. */
export interface Looks {
  /** By their names; complete when the first test begins. */
  documents: ReadonlyMap<string, string>;
  markup: ConfigData;
  /** Rules of axe-core that do not mean such documents. */
  notAsked?: string[];
  /** Those that differ from another in their words only are spared what takes long. */
  differsInWords?: (name: string) => boolean;
  /** Names of some that are looked at, one of each group. */
  among: readonly string[];
}

/** A document with one fault for each of the checks. */
const FAULTY = `<!doctype html><html lang="en"><head><title>Faults</title></head><body><main><h1>Faults</h1>
<p style="color:#bbb;background:#fff">pale</p><p style="width:400px">wide</p><img src="data:,"><p>open</b></main></body></html>`;

/** The tests that every mail and every page has to pass. */
export function testLooks(browser: Browser, looks: Looks): void {
  const { documents, markup, notAsked, differsInWords = () => false } = looks;
  const ofAKind = () => new Map([...documents].filter(([name]) => !differsInWords(name)));

  it("is there to be looked at", () => {
    expect([...ofAKind().keys()]).toEqual(expect.arrayContaining([...looks.among]));
  });

  it("control: each of these checks finds its fault", async () => {
    const faulty = new Map([["faulty", FAULTY]]);
    await showEach(browser, faulty, { width: 320, colorScheme: "light" }, async (tab) => {
      expect(await accessibilityProblems(tab, notAsked)).toContainEqual(
        expect.stringMatching(/^image-alt: /),
      );
      expect(await widthOf(tab)).toBeGreaterThan(320);
      expect((await lowestContrast(tab)).text).toBe("pale");
      expect((await lowestContrast(tab)).ratio).toBeLessThan(4.5);
      expect((await lowestContrastInverted(tab)).ratio).toBeLessThan(4.5);
    });
    expect(await invalidMarkup(FAULTY, markup)).toContainEqual(expect.stringContaining("close-order"));
  });

  it("is free of what axe-core finds wrong", async () => {
    await showEach(browser, ofAKind(), { width: 640, colorScheme: "light" }, async (tab, name) => {
      expect.soft(await accessibilityProblems(tab, notAsked), name).toEqual([]);
    });
  });

  it("is never scrolled sideways on 320 pixels", async () => {
    await showEach(browser, documents, { width: 320, colorScheme: "light" }, async (tab, name) => {
      expect.soft(await widthOf(tab), name).toBeLessThanOrEqual(320);
    });
  });

  it.each(["light", "dark"] as const)(
    "can be read by weak eyes in %s, also where the colours are inverted by force",
    async (colorScheme) => {
      await showEach(browser, documents, { width: 640, colorScheme }, async (tab, name) => {
        const { ratio, text } = await lowestContrast(tab);
        expect.soft(ratio, `${name}: ${text}`).toBeGreaterThanOrEqual(4.5);
        const inverted = await lowestContrastInverted(tab);
        expect.soft(inverted.ratio, `${name}, inverted: ${inverted.text}`).toBeGreaterThanOrEqual(4.5);
      });
    },
  );

  it("is valid HTML", async () => {
    for (const [name, html] of ofAKind()) expect.soft(await invalidMarkup(html, markup), name).toEqual([]);
  });
}
