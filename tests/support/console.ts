import type { CommandOutcome, Watching } from "../../console/command.ts";
import { runConsole } from "../../console/commands.ts";
import { connect, type Deployment } from "../../console/connect.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Cloud, CloudOptions } from "../../local/aws/cloud.ts";
import { clockServer } from "./clock-server.ts";
import { openCloud } from "./cloud.ts";
import type { World } from "./services.ts";

/** Nobody looks on. */
export const ALONE: Watching = { tell: () => {}, signal: new AbortController().signal };

/** A world as a command of the console reaches it. */
export const deploymentOf = ({
  services,
  allPeople,
  ownerIndex,
  indexFilling,
}: Pick<World, "services" | "allPeople" | "ownerIndex" | "indexFilling">): Deployment => ({
  stage: "local",
  place: "this machine",
  services,
  allPeople,
  ownerIndex,
  indexFilling,
  outputs: {},
  dnsRecords: [],
  renewClock: async () => {},
});

/** What `npm start` runs, and the console beside it. */
export interface OwnersCloud {
  cloud: Cloud;
  /** As the console reaches it now, at its own time. */
  reached(content?: Content): Promise<Deployment>;
  stop(): Promise<void>;
}

export async function openOwnersCloud(options: Partial<CloudOptions> = {}): Promise<OwnersCloud> {
  const cloud = await openCloud(options);
  const clock = await clockServer(() => cloud.now());
  return {
    cloud,
    reached: (content) =>
      connect("local", content, () => ({ ...cloud.deployment, pid: process.pid, clockUrl: clock.url })),
    async stop() {
      clock.close();
      await cloud.stop();
    },
  };
}

/** A command line as an owner types it, at a deployment. */
export const typed = (deployment: Deployment, ...given: string[]): Promise<CommandOutcome> =>
  runConsole(given, { reach: async () => deployment });

/** What is printed line by line, as one text. */
export async function printed(lines: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all.join("\n");
}
