import { renameSync } from "node:fs";
import { erase } from "../../functions/consent/erase.ts";
import { exportText } from "../../functions/consent/export.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "../connect.ts";
import { openOutFile } from "../out-file.ts";
import { findId, findReader, requireReader } from "./reader.ts";

export const EXPORT_READER = verb({
  takes: ["READER"],
  says: "all that is kept about one reader, as their own page hands it out",
  flags: {
    ...STAGE_FLAG,
    to: { value: "FILE", says: "write it there, readable by you alone; printed otherwise" },
  },
  run: ({ words: [reader = ""], reach, flags }) => exportReader(reach, reader, flags.to),
});

export const ERASE = verb({
  takes: ["READER"],
  says: "erase everything about one reader; cut short, the same command finishes it",
  flags: REACH_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) => eraseReader(await reach(), reader, flags.yes),
});

/** A piece at a time, so that it does not matter how much is kept. */
async function* exportReader(
  reach: () => Promise<Deployment>,
  word: string,
  to?: string,
): AsyncGenerator<string> {
  const deployment = await reach();
  const { id } = await requireReader(deployment, word);
  const pieces = exportText(deployment.services, id);
  if (to === undefined) return yield* pieces;
  const file = openOutFile(`${to}.part`);
  for await (const piece of pieces) await file.write(piece);
  await file.close();
  // What was cut off must not look like everything.
  renameSync(`${to}.part`, to);
  yield `Everything about ${id} is in ${to}.`;
}

/** A tombstone counts as absent: an erasing that was cut short is found by the random id, or by the address's own item. */
async function eraseReader(deployment: Deployment, word: string, yes?: true): Promise<string> {
  const { services } = deployment;
  const reader = await findReader(deployment, word);
  const id = reader?.id ?? (await findUnfinishedErasure(deployment, word));
  const asks = `Erase everything about ${id}, for good,`;
  if (!(await isAllowed(asks, deployment, yes))) return "Nothing was changed.";
  await erase(services, id);
  return `${id} is erased. In an hour a lane does it once more, for what was on its way. What stays: a suppression, if there was one, and the least proof of consent, under a keyed hash.`;
}

async function findUnfinishedErasure(deployment: Deployment, word: string): Promise<string> {
  const { store } = deployment.services;
  const id = await findId(deployment, word);
  const holder = id === undefined ? undefined : await store.holder({ subscriber: id });
  if (holder?.kind === "subscriber" && holder.erasedAt !== undefined) return holder.id;
  return (await requireReader(deployment, word)).id;
}
