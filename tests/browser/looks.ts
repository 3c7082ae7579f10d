import type { ConfigData } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import {
  accessibilityProblems,
  type Contrasts,
  contrastsOf,
  markupCheck,
  type Scheme,
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
  /** What else is looked at while a document is shown in light, on 640 pixels and on 320. */
  alsoWide?: Look;
  alsoNarrow?: Look;
}
type Look = (tab: Page, name: string) => Promise<void>;

/** What is seen of a document in a browser. */
interface Seen {
  /** Those of axe-core; none where it was spared. */
  problems: string[];
  contrasts: Record<Scheme, Contrasts>;
  /** How far it reaches on 320 pixels. */
  width: number;
}

/** A document with one fault for each of the checks. */
const FAULTY = `<!doctype html><html lang="en"><head><title>Faults</title></head><body><main><h1>Faults</h1>
<p style="color:#bbb;background:#fff">pale</p><p style="width:400px">wide</p><img src="data:,"><p>open</b></main></body></html>`;

/** The tests that every mail and every page has to pass. Each is loaded once for all that is seen of it. */
export function testLooks(browser: Browser, looks: Looks): void {
  const { documents, markup, differsInWords = () => false } = looks;
  const ofAKind = () => new Map([...documents].filter(([name]) => !differsInWords(name)));
  let seen: ReadonlyMap<string, Seen>;

  beforeAll(async () => {
    seen = await seeEach(browser, looks);
  });

  it("is there to be looked at", () => {
    expect([...ofAKind().keys()]).toEqual(expect.arrayContaining([...looks.among]));
    expect([...seen.keys()]).toEqual([...documents.keys()]);
  });

  it("control: each of these checks finds its fault", async () => {
    const { notAsked = [] } = looks;
    const faulty = await seeEach(browser, { documents: new Map([["faulty", FAULTY]]), notAsked });
    const { problems, contrasts, width } = faulty.get("faulty") as Seen;
    expect(problems).toContainEqual(expect.stringMatching(/^image-alt: /));
    expect(width).toBeGreaterThan(320);
    expect(contrasts.light.plain.text).toBe("pale");
    for (const scheme of ["light", "dark"] as const) {
      expect(contrasts[scheme].plain.ratio).toBeLessThan(4.5);
      expect(contrasts[scheme].inverted.ratio).toBeLessThan(4.5);
    }
    expect(await markupCheck(markup)(FAULTY)).toContainEqual(expect.stringContaining("close-order"));
  });

  it("is free of what axe-core finds wrong", () => {
    for (const [name, { problems }] of seen) expect.soft(problems, name).toEqual([]);
  });

  it("is never scrolled sideways on 320 pixels", () => {
    for (const [name, { width }] of seen) expect.soft(width, name).toBeLessThanOrEqual(320);
  });

  it.each(["light", "dark"] as const)(
    "can be read by weak eyes in %s, also where the colours are inverted by force",
    (scheme) => {
      for (const [name, { contrasts }] of seen) {
        const { plain, inverted } = contrasts[scheme];
        expect.soft(plain.ratio, `${name}: ${plain.text}`).toBeGreaterThanOrEqual(4.5);
        expect.soft(inverted.ratio, `${name}, inverted: ${inverted.text}`).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it("is valid HTML", async () => {
    const check = markupCheck(markup);
    for (const [name, html] of ofAKind()) expect.soft(await check(html), name).toEqual([]);
  });
}

async function seeEach(
  browser: Browser,
  {
    documents,
    notAsked = [],
    differsInWords = () => false,
    alsoWide,
    alsoNarrow,
  }: Omit<Looks, "markup" | "among">,
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  // Contrast is looked at beside it, of all text and in both shades, and is half of axe-core's time.
  const notAskedHere = [...notAsked, "color-contrast"];
  await showEach(browser, documents, { width: 640, colorScheme: "light" }, async (tab, name) => {
    const light = await contrastsOf(tab);
    const problems = differsInWords(name) ? [] : await accessibilityProblems(tab, notAskedHere);
    await alsoWide?.(tab, name);
    await tab.emulateMedia({ colorScheme: "dark" });
    const dark = await contrastsOf(tab);
    await tab.emulateMedia({ colorScheme: "light" });
    await tab.setViewportSize({ width: 320, height: 800 });
    seen.set(name, { problems, contrasts: { light, dark }, width: await widthOf(tab) });
    await alsoNarrow?.(tab, name);
    await tab.setViewportSize({ width: 640, height: 800 });
  });
  return seen;
}
