import { type Group, verb } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";
import { addSigningKey } from "./table/keyring-rotation.ts";

/** The keys that links and reply addresses are signed with. Their secrets are never shown. */
export const KEYS: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "the keys by their number",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => runKeys("list", await reach()),
    }),
    rotate: verb({
      says: "sign with a new key; what older ones have signed goes on working",
      flags: REACH_FLAGS,
      run: async ({ reach, flags }) => runKeys("rotate", await reach(), flags.yes),
    }),
  },
};

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
