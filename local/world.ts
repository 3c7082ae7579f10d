import { mkdirSync } from "node:fs";
import { STAGES } from "../infra/stages.ts";
import type { Assembled } from "./assemble.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { Snapshot } from "./snapshot.ts";

/** The cloud as `npm start` and `npm run demo` run it. */
export type RunningWorld = Cloud;

export interface WorldOptions {
  /** Virtual time, epoch milliseconds; without it, where the kept state stopped, else now. */
  startAt?: number | undefined;
  /** Where state is kept between runs. */
  folder?: string | undefined;
  /** The ports a person expects, unless they are busy; or any free ones. */
  ports: "usual" | "free";
}

const USUAL_WEB_PORT = 4800;
const USUAL_SMTP_PORT = 2525;

/** Starts what was assembled. */
export async function startWorld(
  { synthesis }: Assembled,
  { startAt, folder, ports }: WorldOptions,
): Promise<RunningWorld> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const kept = new Snapshot<{ now: number }>(folder, "clock");
  const cloud = await startCloud({
    template: synthesis.template,
    outdir: synthesis.outdir,
    region: STAGES.local.region,
    startAt: startAt ?? kept.read()?.now ?? Date.now(),
    ...(folder !== undefined && { stateFolder: folder }),
    ...(ports === "usual" && { webPort: USUAL_WEB_PORT, smtpPort: USUAL_SMTP_PORT }),
  });
  return {
    ...cloud,
    async stop() {
      await cloud.stop();
      kept.write({ now: cloud.now() });
    },
  };
}
