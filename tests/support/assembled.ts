import type { TestProject } from "vitest/node";
import type { Synthesis } from "../../infra/synthesis.ts";
import { assemble } from "../../local/assemble.ts";
import { findBrowser } from "../browser/browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What is deployed, bundled and synthesized once for all files of a run. */
    synthesis: Pick<Synthesis, "template" | "outdir">;
  }
}

/** Before the files of a run share the machine: what each would make by itself, or two at once in the same place. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let assembled = await assemble();
  const provide = () => project.provide("synthesis", assembled.synthesis);
  provide();
  project.onTestsRerun(async () => {
    await assembled.remove();
    assembled = await assemble();
    provide();
  });
  // The first start unpacks it.
  const found = await findBrowser();
  if ("browser" in found) await found.browser.close();
  return () => assembled.remove();
}
