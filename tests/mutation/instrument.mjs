import { createInstrumenter } from "@stryker-mutator/instrumenter";
import { createInjector } from "typed-inject";

const quiet = () => undefined;
const LOGGER = {
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
};
const OPTIONS = { ignorers: [], excludedMutations: [], plugins: null };

/** A source file with all its mutants in it, each behind a switch; and what each of them changes. */
export async function instrument(name, content) {
  const instrumenter = createInjector().provideValue("logger", LOGGER).injectFunction(createInstrumenter);
  const { files, mutants } = await instrumenter.instrument([{ name, content, mutate: true }], OPTIONS);
  return { code: files[0].content, mutants };
}
