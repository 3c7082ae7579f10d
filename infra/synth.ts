import "../cli/tell-settings-error.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../cli/root.ts";
import { bundleFunctions, inKilobytes } from "./bundle.ts";
import { refuseUnreadLanguages } from "./languages.ts";
import { STAGES } from "./stages.ts";
import { type Synthesis, synthesize } from "./synthesis.ts";

export { type Synthesis, type SynthesisOptions, synthesize } from "./synthesis.ts";

const OUTDIR = join(ROOT, "out", "synth");

/**
 * `npm run synth`: bundles the functions, synthesizes every stage and checks the templates, without a network.
 * True if nothing was found that is not acknowledged.
 */
async function synthesizeAll(print: (line: string) => void = console.log): Promise<boolean> {
  print(inKilobytes(await bundleFunctions()));
  let findings = 0;
  for (const stage of Object.values(STAGES)) {
    refuseUnreadLanguages(stage);
    const synthesis = synthesize(stage, { outdir: join(OUTDIR, stage.stage), checked: true });
    findings += synthesis.findings.length;
    for (const line of describeStack(synthesis)) print(line);
  }
  return findings === 0;
}

/** What the checks say about a stage: one line, and one more for each finding. */
export function describeStack({ stackName, findings, acknowledged, templatePath }: Synthesis): string[] {
  const found = findings.length === 0 ? "no findings" : `${findings.length} unacknowledged findings`;
  return [
    `${stackName}: ${found}, ${acknowledged} acknowledged with a reason (${templatePath})`,
    ...findings.map(({ rule, says, where }) => `  ${rule}: ${says}\n    at ${where.join(", ")}`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (!(await synthesizeAll())) process.exitCode = 1;
  } catch (problem) {
    console.error((problem as Error).message);
    process.exitCode = 1;
  }
}
