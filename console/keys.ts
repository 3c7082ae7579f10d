import { addSigningKey } from "../functions/aws/keyring-rotation.ts";
import { ArgumentError, readArguments, usage } from "../local/arguments.ts";
import type { Command } from "./commands.ts";
import { connect, type Deployment, isAllowed, REACH_FLAGS } from "./connect.ts";

const NAME = "npm run console -- keys [rotate]";
const FLAGS = { ...REACH_FLAGS, help: { says: "this" } } as const;

/** The keys that links and reply addresses are signed with. Their secrets are never shown. */
export const KEYS: Command = {
  takes: "[rotate] [--stage NAME] [--yes]",
  says: "which keys sign links; sign with a new one from now on, while older links go on working",
  run: keys,
};

async function keys(given: string[]): Promise<string> {
  const [verb = "list", ...flags] = given[0]?.startsWith("--") ? ["list", ...given] : given;
  const { stage, yes, help } = readArguments(NAME, FLAGS, flags);
  if (help) return usage(NAME, FLAGS);
  if (verb !== "list" && verb !== "rotate") throw new ArgumentError(`keys ${verb}? It is list or rotate.`);
  return runKeys(verb, await connect(stage), yes);
}

/** What the verb says that it found, or did. */
export async function runKeys(verb: "list" | "rotate", deployment: Deployment, yes?: true): Promise<string> {
  const { signing } = await deployment.services.keyring.keys();
  if (verb === "list") {
    const ids = signing.map(({ id }) => id);
    return `Links are signed with key ${ids[0]}. These verify: ${ids.join(", ")}.`;
  }
  if (!(await isAllowed("Sign with a new key", deployment, yes))) return "Nothing was changed.";
  const id = await addSigningKey(deployment.outputs.KeyringSecret as string, deployment.services.random);
  return `Key ${id} is in the keyring. Functions that have read it already go on signing with key ${signing[0]?.id} until they start anew; what either has signed works.`;
}
