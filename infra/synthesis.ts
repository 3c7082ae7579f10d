import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { z } from "zod";
import { FUNCTIONS_DIR } from "./bundle.ts";
import { CourseStack } from "./course-stack.ts";
import type { StageSettings } from "./stage-schema.ts";
import { stageStackName } from "./stages.ts";

export interface SynthesisOptions {
  /** Where the assembly goes: the template, and a folder of code a function. */
  outdir: string;
  functionsDir?: string;
  /** Validates the template and runs cdk-nag; costs a few seconds, and `npm start` has no use for it. */
  checked?: boolean;
}

export interface Synthesis {
  outdir: string;
  stackName: string;
  templatePath: string;
  /** CloudFormation's template, as JSON. A function's code is in `join(outdir, Metadata["aws:asset:path"])`. */
  template: unknown;
  /** What the checks found and is not acknowledged. Empty if unchecked. */
  findings: StackFinding[];
  /** How many rules are acknowledged with a reason. */
  acknowledged: number;
}

export interface StackFinding {
  rule: string;
  says: string;
  where: string[];
}

/** Metadata that the one-machine mode reads; the CDK command line sets the same. */
const METADATA = { "aws:cdk:enable-asset-metadata": true, "aws:cdk:enable-path-metadata": true };
/** Template errors are errors, but `synthesize` reports them instead of throwing. */
const REPORTED = {
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  "@aws-cdk/core:failSynthOnValidationErrors": false,
  "@aws-cdk/core:annotationsInValidationReport": true,
};

/** The app with one stage's stack, not synthesized yet. */
export function makeApp(
  stage: StageSettings,
  options: Partial<SynthesisOptions> = {},
): { app: App; stack: CourseStack } {
  const { outdir, functionsDir = FUNCTIONS_DIR, checked = false } = options;
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: checked,
    context: { ...METADATA, ...REPORTED },
  });
  const stack = new CourseStack(app, stageStackName(stage), { stage, functionsDir });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}

/** Synthesizes a stage in this process: offline, without Docker, without an account. */
export function synthesize(stage: StageSettings, options: SynthesisOptions): Synthesis {
  const { app, stack } = makeApp(stage, options);
  const assembly = app.synth();
  const { templateFullPath } = assembly.getStackArtifact(stack.artifactId);
  return {
    outdir: assembly.directory,
    stackName: stack.stackName,
    templatePath: templateFullPath,
    template: JSON.parse(readFileSync(templateFullPath, "utf8")),
    findings: options.checked ? readFindings(assembly.directory) : [],
    acknowledged: readAcknowledgements(stack),
  };
}

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/** Reads what the template validator, cdk-nag and CDK's own warnings have left unacknowledged in an assembly. */
export function readFindings(directory: string): StackFinding[] {
  const { pluginReports } = reportSchema.parse(
    JSON.parse(readFileSync(join(directory, "validation-report.json"), "utf8")),
  );
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(({ ruleName, description, violatingConstructs }) => ({
      rule: `${pluginName}: ${ruleName}`,
      says: description,
      where: violatingConstructs.map(({ constructPath }) => constructPath ?? "the template"),
    })),
  );
}

/** How many rules are acknowledged in a stack, each with its reason. */
const readAcknowledgements = (stack: CourseStack): number =>
  stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).length;
