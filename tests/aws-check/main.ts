import { join } from "node:path";
import { assemble } from "../../local/assemble.ts";
import type { StackTemplate } from "../../local/aws/template.ts";
import {
  ELSEWHERE,
  enginesElsewhere,
  hasSecondEngine,
  startDynalite,
  startDynoxide,
  startTableInMemory,
} from "../support/engines.ts";
import { judgeSandbox, missEachPermission, withMistakes } from "./controls.ts";
import { type Looked, walk } from "./journey.ts";
import { meetRefusals } from "./refusals.ts";
import { rehearseInMoto } from "./rehearsal.ts";
import { listReplayable, type Replayable, replay } from "./replay.ts";
import { judgeTemplates } from "./templates.ts";
import { findTools, Missing, startMoto, type Tools } from "./tools.ts";
import { WEBHOOK } from "./webhook.ts";
import { type CheckedWorld, openWorld } from "./world.ts";

/**
 * `npm run test:aws`: the bundles that are deployed, before an AWS that others wrote. Status 0 if all of it held, 1 if
 * something did not, 3 if something that it needs is not on this machine.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const began = performance.now();
let held = 0;
let failed = 0;

function tell({ what, isTrue, found }: Looked): void {
  if (isTrue) held += 1;
  else failed += 1;
  console.log(isTrue ? `  ✓ ${what}` : `  ✗ ${what}: ${found}`);
}

async function chapter(title: string, run: () => Promise<Looked[] | undefined>): Promise<void> {
  const from = performance.now();
  console.log(`\n${title}`);
  try {
    for (const looked of (await run()) ?? []) tell(looked);
  } catch (error) {
    tell({ what: "goes through", isTrue: false, found: String((error as Error).stack ?? error) });
  }
  console.log(`  ${Math.round((performance.now() - from) / 1_000)} s`);
}

async function checkAll(tools: Tools): Promise<void> {
  // A stage that asks for every function.
  const { synthesis, remove } = await assemble(undefined, {
    settings: { events: true, webhooks: [WEBHOOK] },
  });
  const template = synthesis.template as StackTemplate;
  const functionsDir = join(synthesis.outdir, "../functions");
  const templates = judgeTemplates(tools, functionsDir, join(synthesis.outdir, "../judged")).catch(
    (error: Error): Looked[] => [{ what: "the templates are judged", isTrue: false, found: error.message }],
  );
  try {
    const recorded = await inMoto(tools, template, synthesis.outdir, async (world) => {
      await chapter("The journey in moto, each function under its own role", () =>
        walk(world, tell).then(() => denials(world)),
      );
      await chapter("Permissions", async () => [...missEachPermission(world), ...judgeSandbox(world)]);
      return { requests: listReplayable(world.recorded), table: world.table };
    });
    if (recorded)
      await chapter(`The journey's ${recorded.requests.length} requests to the table, on other engines`, () =>
        compareEngines(recorded.requests, recorded.table),
      );
    await inMoto(tools, template, synthesis.outdir, (world) =>
      chapter("Each refusal that SES is known to give", async () => [
        ...(await meetRefusals(world)),
        ...denials(world),
      ]),
    );
    await inMoto(tools, template, synthesis.outdir, (world, moto) =>
      chapter("The rehearsal in moto, each function under its own role", async () => [
        ...(await rehearseInMoto(world, moto)),
        ...denials(world),
      ]),
    );
    await chapter("The templates", () => templates);
  } finally {
    await templates;
    await remove();
  }
}

/** A fresh moto each: what one has kept must not help the other. */
async function inMoto<T>(
  tools: Tools,
  template: StackTemplate,
  outdir: string,
  run: (world: CheckedWorld, moto: string) => Promise<T>,
): Promise<T | undefined> {
  const moto = await startMoto(tools);
  let world: CheckedWorld | undefined;
  try {
    world = await openWorld(moto.url, template, outdir);
    return await run(world, moto.url);
  } catch (error) {
    tell({ what: "the stack stands in moto", isTrue: false, found: String((error as Error).stack ?? error) });
    return undefined;
  } finally {
    await world?.stop();
    moto.stop();
  }
}

const denials = ({ denied }: CheckedWorld): Looked[] => [
  { what: "no role lacks a permission", isTrue: denied.length === 0, found: [...new Set(denied)].join("; ") },
];

const TABLE = "replayed";

async function compareEngines(requests: Replayable[], table: string): Promise<Looked[]> {
  const named = requests.map((one) => ({
    ...one,
    body: one.body.replaceAll(table, TABLE),
  }));
  const starts = [
    startDynalite,
    startTableInMemory,
    ...(hasSecondEngine() ? [startDynoxide] : []),
    ...enginesElsewhere(),
  ];
  if (enginesElsewhere().length === 0)
    console.log(`  - DynamoDB Local was not asked: start it, and name its address in ${ELSEWHERE}`);
  const looked: Looked[] = [];
  for (const start of starts) {
    const engine = await start(TABLE);
    const differences = await replay(named, engine.client);
    looked.push({
      what: `${engine.name} answers as moto does`,
      isTrue: differences.length === 0,
      found: `${differences.length} differ\n      ${differences.slice(0, 3).join("\n      ")}`,
    });
    await engine.stop();
  }
  for (const [mistake, mistaken] of Object.entries(withMistakes(named))) {
    const engine = await startDynalite(TABLE);
    const differences = await replay(mistaken, engine.client);
    looked.push({
      what: `(control) ${mistake} is found`,
      isTrue: differences.length === 1,
      found: `${differences.length} differ`,
    });
    await engine.stop();
  }
  return looked;
}

try {
  await checkAll(findTools(console.log));
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(`\n${held} held, ${failed} did not, in ${seconds} s.`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  console.error(`NOT CHECKED. ${error.message}`);
  process.exitCode = 3;
}
