import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../authoring/compile/markdown.ts";
import { composeIssue } from "../../functions/mail/compose/issue.ts";
import { makeComposition, shippedContent } from "../mail/composition.ts";
import type { Documents } from "./documents.ts";
import { showEach, widthOf } from "./inspection.ts";
import { connectBrowser } from "./shared-browser.ts";

const LONG =
  "npm run console -- import list.csv --newsletter --source 'the form' --words 'Yes, every week, please'";
const WHOLE = "https://example.com/".padEnd(160, "a-very-long-path");

/** What may be wider than a telephone, if nothing breaks it. */
const WIDE: Record<string, string> = {
  "a block of code": `\`\`\`\n${LONG}\n\`\`\``,
  "code that is indented": `    ${LONG.replaceAll(" ", "_")}`,
  "code within a line": `Run \`${LONG.replaceAll(" ", "_")}\` now.`,
  "an address": `<${WHOLE}>`,
  "a word in a table": `| a | b | c |\n|-|-|-|\n| x | ${"y".repeat(90)} | z |`,
  "code in a list in a quotation": `> - one\n>\n>   \`\`\`\n>   ${LONG}\n>   \`\`\``,
  "right to left": `מילה ${"א".repeat(80)}`,
};

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("an issue on a telephone", () => {
  const { browser } = found as { browser: Browser };
  const mails: Documents = new Map();

  beforeAll(async () => {
    const content = await shippedContent();
    const [issue] = content.issues ?? [];
    for (const [name, source] of Object.entries(WIDE)) {
      const changed = issue && { ...issue, body: renderMarkdown(source) };
      const { html } = composeIssue(makeComposition(content, "issue", "wide", { issue: changed }));
      mails.set(name, html);
      mails.set(`${name}, where the style block is dropped`, html.replace(/<style[\s\S]*?<\/style>/g, ""));
    }
  });
  afterAll(() => browser.close());

  it("is as wide as its screen, whatever is in it", async () => {
    let looked = 0;
    await showEach(browser, mails, { width: 375, colorScheme: "light" }, async (tab, name) => {
      looked++;
      expect.soft(await widthOf(tab), name).toBeLessThanOrEqual(375);
    });
    expect(looked).toBe(2 * Object.keys(WIDE).length);
  });
});
