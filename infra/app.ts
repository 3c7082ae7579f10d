import "../cli/tell-settings-error.ts";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { FUNCTIONS_DIR } from "./bundle.ts";
import { CourseStack } from "./course-stack.ts";
import { refuseUnreadLanguages } from "./languages.ts";
import { refusePlaceholders } from "./placeholders.ts";
import { STAGES, type StageName, stageStackName } from "./stages.ts";

/** What `cdk deploy` runs: the stack of one stage, which `-c stage=<name>` chooses. */
const app = new App();

function chosenStage() {
  const name: unknown = app.node.tryGetContext("stage") ?? "dev";
  if (typeof name === "string" && Object.hasOwn(STAGES, name)) return STAGES[name as StageName];
  throw new Error(
    `There is no stage "${String(name)}"; choose one with -c stage=<${Object.keys(STAGES).join("|")}>`,
  );
}

try {
  const settings = chosenStage();
  // The command line knows an account only where it has credentials, and could deploy.
  const account = settings.account ?? process.env.CDK_DEFAULT_ACCOUNT;
  if (account) refusePlaceholders(settings);
  refuseUnreadLanguages(settings);
  const stage = { ...settings, ...(account && { account }) };
  new CourseStack(app, stageStackName(stage), { stage, functionsDir: FUNCTIONS_DIR });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (problem) {
  console.error((problem as Error).message);
  process.exitCode = 1;
}
