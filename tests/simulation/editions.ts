import type { TestProject } from "vitest/node";
import { type EditionsOnDisk, editionsOnDisk, makeEditions } from "../../local/simulation/editions.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What simulations run, made once for all files of a run. */
    editions: EditionsOnDisk;
  }
}

/** Before the files of a run: what each would make by itself, in six seconds of a processor. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let made = await makeEditions();
  const provide = () => {
    const onDisk = editionsOnDisk(made);
    project.provide("editions", onDisk);
    // For the other files of the run, too: see `tests/support/assembled.ts`.
    project.vitest.provide("synthesis", onDisk.synthesis);
  };
  provide();
  project.onTestsRerun(async () => {
    await made.remove();
    made = await makeEditions();
    provide();
  });
  return () => made.remove();
}
