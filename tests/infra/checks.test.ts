import { CfnResource } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { beforeAll, describe, expect, it } from "vitest";
import type { CourseStack } from "../../infra/course-stack.ts";
import type { DeployedFunction } from "../../infra/function.ts";
import { STAGES } from "../../infra/stages.ts";
import { describeStack } from "../../infra/synth.ts";
import { makeApp, readFindings, synthesize } from "../../infra/synthesis.ts";
import { emptyFolder, functionsDir, stageWith } from "./fixture.ts";

/** The rules that a mistake in the stack is found by. */
function foundAfter(mistake: (stack: CourseStack) => void): string {
  const outdir = emptyFolder();
  const { app, stack } = makeApp(STAGES.dev, { outdir, functionsDir, checked: true });
  mistake(stack);
  app.synth();
  return readFindings(outdir)
    .map(({ rule, where }) => `${rule} at ${where.join(", ")}`)
    .join("\n");
}

describe("The checks of the stack", () => {
  const stages = {
    ...STAGES,
    "that takes the account's mail": stageWith({ activateRuleSet: true }),
    "that joins an active rule set": stageWith({ joinRuleSet: "theirs" }),
  };
  it.each(Object.entries(stages))("find nothing that is not acknowledged in the stage %s", (_, stage) => {
    const synthesis = synthesize(stage, { outdir: emptyFolder(), functionsDir, checked: true });
    expect(synthesis.findings).toEqual([]);
    expect(describeStack(synthesis)[0]).toContain("no findings");
  });

  describe("(control) find what is wrong in a stack with three mistakes", () => {
    let found: string;
    beforeAll(() => {
      found = foundAfter((stack) => {
        new CfnResource(stack, "Bad", { type: "AWS::SQS::Queue", properties: { Delay: 1 } });
        new Topic(stack, "Clear");
        const nudge = stack.node.findChild("Nudge") as DeployedFunction;
        nudge.role.addToPolicy(new PolicyStatement({ actions: ["ses:*"], resources: ["*"] }));
      });
    });

    it("a property that CloudFormation does not know", () =>
      expect(found).toMatch(/CloudFormation Validate: F3002 at coursepost-dev\/Bad/));

    it("a topic that may be spoken to in the clear", () =>
      expect(found).toMatch(/AwsSolutions-SNS3 at coursepost-dev\/Clear/));

    it("a function that may do anything", () => {
      expect(found).toMatch(/AwsSolutions-IAM5\[Action::ses:\*\] at coursepost-dev\/Nudge/);
      expect(found).toMatch(/AwsSolutions-IAM5\[Resource::\*\] at coursepost-dev\/Nudge/);
    });
  });

  it("say for each finding what and where", () => {
    const finding = { rule: "AwsSolutions: S1", says: "It has no log.", where: ["coursepost-dev/Bucket"] };
    const synthesis = {
      outdir: "",
      stackName: "coursepost-dev",
      templatePath: "t.json",
      template: {},
      acknowledged: 0,
    };
    expect(describeStack({ ...synthesis, findings: [finding] }).join("\n")).toMatch(
      /coursepost-dev: 1 unacknowledged findings[\s\S]*AwsSolutions: S1: It has no log\.\n +at coursepost-dev\/Bucket/,
    );
  });
});
