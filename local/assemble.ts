import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { StageSettings } from "../infra/stage-schema.ts";
import { STAGES } from "../infra/stages.ts";
import type { Synthesis } from "../infra/synthesis.ts";
import { type Cloud, type CloudOptions, startCloud } from "./aws/cloud.ts";
import { keptOrMade } from "./kept-assembly.ts";

/** What is deployed, assembled for this machine in a folder of its own. */
export interface Assembled {
  synthesis: Synthesis;
  /** Holds a folder for each bundle. */
  functionsDir: string;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** The sources cannot be assembled. The message is what the bundler or the synthesis found, for their author. */
export class NotAssembled extends Error {
  override readonly name = "NotAssembled";
}

/** What runs instead of the working tree's own content and the stage's own courses. */
export interface Instead {
  /** Stands in for `content/`, as a path from the root. */
  folder?: string;
  courses?: StageSettings["courses"];
  /** Other settings of the stage. */
  settings?: Partial<StageSettings>;
  /** Programs that are bundled beside the deployed functions, by the names of their folders. */
  beside?: Record<string, string>;
}

/** Tells of a step that is done, and how long it took (ms). */
export type TellProgress = (what: string, ms: number) => void;

/**
 * Bundles the functions and synthesizes the stage `local`, both in this process, or takes what was made of the same
 * sources before. A folder for each run, so that two of them do not disturb each other. Throws NotAssembled with what the
 * bundler or the synthesis found wrong, file by file.
 */
export async function assemble(
  progress: TellProgress = () => undefined,
  instead: Instead = {},
): Promise<Assembled> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { courses = STAGES.local.courses, settings, folder: content = "content" } = instead;
    const stage = { ...STAGES.local, courses, ...settings };
    const began = performance.now();
    let isMade = false;
    const { synthesis } = await keptOrMade({
      given: ["assembly", stage, instead],
      more: [content],
      folder,
      make: () => {
        isMade = true;
        return make(folder, stage, instead, progress);
      },
    });
    if (!isMade) progress("Bundles and stack are kept", performance.now() - began);
    return {
      synthesis: { ...synthesis, ...placesIn(folder, synthesis) },
      functionsDir: join(folder, FUNCTIONS),
      remove,
    };
  } catch (error) {
    await remove();
    throw new NotAssembled(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

const FUNCTIONS = "functions";
const ASSEMBLY = "assembly";

/** Bundler and CDK are loaded where they are needed: they take a second and a half. */
async function make(folder: string, stage: StageSettings, instead: Instead, progress: TellProgress) {
  const { bundleFunctions, contentCompiler, ENTRIES } = await import("../infra/bundle.ts");
  const functionsDir = join(folder, FUNCTIONS);
  const content = contentCompiler(instead.folder);
  await time(progress, "The functions are bundled", () =>
    bundleFunctions({ entries: { ...ENTRIES, ...instead.beside }, outdir: functionsDir, content }),
  );
  const synthesis = await time(progress, "The stack is synthesized", async () => {
    const { synthesize } = await import("../infra/synthesis.ts");
    return synthesize(stage, { outdir: join(folder, ASSEMBLY), functionsDir });
  });
  return { synthesis };
}

/** Paths of a synthesis that lies in this folder. */
const placesIn = (folder: string, { templatePath }: Synthesis) => ({
  outdir: join(folder, ASSEMBLY),
  templatePath: join(folder, ASSEMBLY, basename(templatePath)),
});

/** Starts the local cloud from what was assembled. */
export function startAssembled(
  { synthesis }: Assembled,
  options: Omit<CloudOptions, "template" | "outdir" | "region">,
): Promise<Cloud> {
  const { template, outdir } = synthesis;
  return startCloud({ ...options, template, outdir, region: STAGES.local.region });
}

/** Does something and tells how long it took. */
export async function time<T>(progress: TellProgress, what: string, run: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await run();
  progress(what, performance.now() - began);
  return result;
}
