import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RECEIVING_REGIONS } from "../../infra/receiving-regions.ts";
import type { StageSettings } from "../../infra/stage-schema.ts";
import { STAGES } from "../../infra/stages.ts";
import { synthesize } from "../../infra/synthesis.ts";
import type { Looked } from "./journey.ts";
import type { Tools } from "./tools.ts";
import { WEBHOOK } from "./webhook.ts";

/** The stages as they are, and one in which every setting that adds something to the stack is on. */
const JUDGED: Record<string, StageSettings> = {
  ...STAGES,
  everything: {
    ...STAGES.production,
    stage: "everything",
    activateRuleSet: true,
    archive: true,
    events: true,
    eventsWithAddresses: true,
    webhooks: [WEBHOOK],
  },
};

/** cfn-lint over each stage's template, for every region where SES receives mail; and over one that has a mistake in it. */
export async function judgeTemplates(tools: Tools, functionsDir: string, folder: string): Promise<Looked[]> {
  const files = Object.entries(JUDGED).map(([name, stage]) => {
    const { template } = synthesize(stage, { outdir: join(folder, name), functionsDir });
    return { name, file: written(folder, name, template) };
  });
  const looked: Looked[] = [];
  for (const { name, file } of files) {
    const found = await lint(tools, file, RECEIVING_REGIONS);
    looked.push({
      what: `cfn-lint finds nothing in ${name}, in ${RECEIVING_REGIONS.length} regions`,
      isTrue: found === "",
      found,
    });
  }
  const mistaken = { Resources: { Bad: { Type: "AWS::SQS::Queue", Properties: { Delay: 1 } } } };
  const found = await lint(tools, written(folder, "mistaken", mistaken), ["eu-west-1"]);
  looked.push({
    what: "(control) cfn-lint finds a property that is none",
    isTrue: /E3002/.test(found),
    found,
  });
  return looked;
}

function written(folder: string, name: string, template: unknown): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(template));
  return file;
}

/** CDK writes a dependency down that a reference has already: harmless, and not ours to change. */
const NOT_ASKED = "W3005";

/** What cfn-lint finds, a line each; nothing if all is well. */
function lint(tools: Tools, file: string, regions: readonly string[]): Promise<string> {
  const given = ["--regions", ...regions, "--ignore-checks", NOT_ASKED, "--format", "parseable", "--", file];
  return new Promise((resolve, reject) => {
    const child = spawn(tools.program("cfn-lint"), given);
    let out = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        out += String(chunk);
      });
    child.on("error", reject);
    child.on("close", () => resolve(out.trim()));
  });
}
