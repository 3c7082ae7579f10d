import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { type ConfigData, HtmlValidate, type ResolvedConfig, StaticConfigLoader } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../../cli/root.ts";

/** Where pictures are written for people to look at. Not kept with the sources. */
export const PICTURES = join(ROOT, "out/screenshots");

export type Scheme = "light" | "dark";

/** Shows one document after another in one tab. */
export async function showEach(
  browser: Browser,
  documents: ReadonlyMap<string, string>,
  { width, colorScheme }: { width: number; colorScheme: Scheme },
  look: (tab: Page, name: string) => Promise<void>,
): Promise<void> {
  const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  for (const [name, html] of documents) {
    await tab.setContent(html);
    await look(tab, name);
  }
  await tab.close();
}

/** What axe-core finds wrong with what is shown: the rule, and the elements that break it. */
export async function accessibilityProblems(page: Page, notAsked: string[] = []): Promise<string[]> {
  // Half a megabyte, which stays when only the content of a tab is exchanged.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  const rules = Object.fromEntries(notAsked.map((rule) => [rule, { enabled: false }]));
  const options = JSON.stringify({ resultTypes: ["violations"], rules });
  const { violations } = (await page.evaluate(`axe.run(${options})`)) as axe.AxeResults;
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(" | ")}`,
  );
}

/** Tells what html-validate finds wrong with a document, by line. */
export function markupCheck(config: ConfigData): (html: string) => Promise<string[]> {
  const validator = new HtmlValidate(new OnceLoader({ root: true, ...config }));
  return async (html) => {
    const { results } = await validator.validateString(html);
    return results.flatMap(({ messages }) =>
      messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`),
    );
  };
}

/** Its own loader merges the tables of all elements again for each document, which takes as long as to look at one. */
class OnceLoader extends StaticConfigLoader {
  #resolved?: ResolvedConfig | Promise<ResolvedConfig>;

  override getConfigFor(handle: string): ResolvedConfig | Promise<ResolvedConfig> {
    this.#resolved ??= super.getConfigFor(handle);
    return this.#resolved;
  }
}

/** Writes a picture of the whole page to out/screenshots/. A browser that is too busy to draw is asked once more. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const take = () =>
    page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: "disabled" });
  await take().catch(take);
}

/** How far the page that is shown reaches to the right, in CSS pixels. */
export const widthOf = (page: Page): Promise<number> => page.evaluate("document.documentElement.scrollWidth");

/** The lowest contrasts (WCAG 2.2 §1.4.3) of any visible text with what is behind it. */
export interface Contrasts {
  plain: Contrast;
  /** After a mail program has turned light to dark by force, as `invert(1) hue-rotate(180deg)` does. */
  inverted: Contrast;
}

interface Contrast {
  ratio: number;
  text: string;
}

export const contrastsOf = (page: Page): Promise<Contrasts> => page.evaluate(CONTRASTS);

/** The matrix of `hue-rotate(180deg)` in Filter Effects Module 1, §9.1, after every channel was inverted. */
const INVERTED = `(color) => {
  const [red, green, blue] = color.map((value) => 255 - value);
  return [
    -0.574 * red + 1.43 * green + 0.144 * blue,
    0.426 * red + 0.43 * green + 0.144 * blue,
    0.426 * red + 1.43 * green - 0.856 * blue,
  ].map((value) => Math.min(255, Math.max(0, value)));
}`;

/** Runs in the page. A translucent colour is laid over what is behind it first. */
const CONTRASTS = `(() => {
  const luminance = (color) => {
    const [red, green, blue] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const over = (color, below) => {
    const [red, green, blue, alpha = 1] = (color.match(/[\\d.]+/g) ?? []).map(Number);
    return [red, green, blue].map((value, at) => value * alpha + below[at] * (1 - alpha));
  };
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches &&
    getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [18, 18, 18] : [255, 255, 255];
  const behind = (node) => node ? over(getComputedStyle(node).backgroundColor, behind(node.parentElement)) : canvas;
  const isText = (node) => node.nodeType === 3 && /[^\\s\\u00a0]/.test(node.nodeValue);
  const isShown = (node) => node.getClientRects().length > 0 && node.getBoundingClientRect().height > 1;
  const shown = [...document.querySelectorAll("body *:not(script, style, noscript, option)")]
    .filter((node) => [...node.childNodes].some(isText) && isShown(node))
    .map((node) => {
      const below = behind(node);
      return { color: over(getComputedStyle(node).color, below), below, text: node.textContent.trim().slice(0, 60) };
    });
  const lowest = (change) => shown
    .map(({ color, below, text }) => {
      const [dark, light] = [luminance(change(color)), luminance(change(below))].sort((one, other) => one - other);
      return { ratio: (light + 0.05) / (dark + 0.05), text };
    })
    .reduce((lowest, one) => (one.ratio < lowest.ratio ? one : lowest), { ratio: 21, text: "" });
  return { plain: lowest((color) => color), inverted: lowest(${INVERTED}) };
})()`;
