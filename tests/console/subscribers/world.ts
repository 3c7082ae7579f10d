import type { Deployment } from "../../../console/connect.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { addressHash } from "../../../functions/links/links.ts";
import { deploymentOf, typed } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { addReader, startWorld, type World } from "../../support/services.ts";

/** A Monday. */
export const NOW = Date.UTC(2026, 2, 2, 9);
export const COURSE = aCourse("one", "two", "three");

export interface ConsoleWorld extends World {
  deployment: Deployment;
  /** Types a command and says yes; returns what it printed. Throws what was refused. */
  run(...given: string[]): Promise<string>;
  /** As run, for what must be refused: the sentence. */
  refusal(...given: string[]): Promise<string>;
  /** A reader in the course, found by their address as well. */
  reader(address: string): Promise<Subscriber>;
}

/** The owner at the console, over an engine. */
export async function openConsole(engine?: Parameters<typeof startWorld>[2]): Promise<ConsoleWorld> {
  const world = await startWorld(plainContent(COURSE), NOW, engine);
  const deployment = deploymentOf(world);
  const { store, keyring } = world.services;
  return {
    ...world,
    deployment,
    async run(...given) {
      const { exitCode, out, error } = await typed(deployment, ...given);
      if (exitCode !== 0) throw new Error(error);
      return out;
    },
    async refusal(...given) {
      const { exitCode, out, error } = await typed(deployment, ...given);
      if (exitCode !== 2 || out !== "" || error.includes("\n"))
        throw new Error(`Not a refusal: ${exitCode} ${out} ${error}`);
      return error;
    },
    async reader(address) {
      const added = await addReader(world, address);
      const hash = addressHash(await keyring.keys(), address);
      await store.bindAddress(hash, added.id);
      return (await store.save({ ...added, addressHash: hash })) as Subscriber;
    },
  };
}
