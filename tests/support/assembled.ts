import type { TestProject } from "vitest/node";
import type { Synthesis } from "../../infra/synthesis.ts";
import { type Assembled, assemble } from "../../local/assemble.ts";
import { findBrowserServer } from "../browser/browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What is deployed, bundled and synthesized once for all files of a run. */
    synthesis: Pick<Synthesis, "template" | "outdir">;
    /** Where the run's one Chromium listens, or one line that says why there is none. */
    browser: { endpoint: string } | { missing: string };
  }
}

/** Before the files of a run share the machine: what each would make by itself, or two at once in the same place. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let assembled: Assembled | undefined;
  const provide = async () => {
    assembled = await assemble();
    project.provide("synthesis", assembled.synthesis);
  };
  // Where simulations are part of the run, they have made it.
  if (!("synthesis" in project.getProvidedContext())) {
    await provide();
    project.onTestsRerun(async () => {
      await assembled?.remove();
      await provide();
    });
  }
  const found = await findBrowserServer();
  project.provide("browser", "server" in found ? { endpoint: found.server.wsEndpoint() } : found);
  return async () => {
    if ("server" in found) await found.server.close();
    await assembled?.remove();
  };
}
