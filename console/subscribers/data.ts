import { writeFileSync } from "node:fs";
import { ArgumentError } from "../../cli/arguments.ts";
import { erase } from "../../functions/consent/erase.ts";
import { makeExport } from "../../functions/consent/export.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "../connect.ts";
import { findId, findReader, requireReader } from "./reader.ts";

export const EXPORT_READER = verb({
  takes: ["READER"],
  says: "all that is kept about one reader, as their own page hands it out",
  flags: {
    ...STAGE_FLAG,
    to: { value: "FILE", says: "write it there, readable by you alone; printed otherwise" },
  },
  run: async ({ words: [reader = ""], reach, flags }) => exportReader(await reach(), reader, flags.to),
});

export const ERASE = verb({
  takes: ["READER"],
  says: "erase everything about one reader; cut short, the same command finishes it",
  flags: REACH_FLAGS,
  run: async ({ words: [reader = ""], reach, flags }) => eraseReader(await reach(), reader, flags.yes),
});

async function exportReader(deployment: Deployment, word: string, to?: string): Promise<string> {
  const { id } = await requireReader(deployment, word);
  const text = JSON.stringify(await makeExport(deployment.services, id), undefined, 2);
  if (to === undefined) return text;
  try {
    writeFileSync(to, `${text}\n`, { mode: 0o600 });
  } catch (error) {
    throw new ArgumentError(
      `${to} cannot be written: ${(error as Error).message}. Name another file with --to.`,
    );
  }
  return `Everything about ${id} is in ${to}.`;
}

/** A tombstone counts as absent: an erasing that was cut short is found by the random id, or by the address's own item. */
async function eraseReader(deployment: Deployment, word: string, yes?: true): Promise<string> {
  const { services } = deployment;
  const reader = await findReader(deployment, word);
  const id = reader?.id ?? (await unfinished(deployment, word));
  const asks = `Erase everything about ${id}, for good,`;
  if (!(await isAllowed(asks, deployment, yes))) return "Nothing was changed.";
  await erase(services, id);
  return `${id} is erased. In an hour a lane does it once more, for what was on its way. What stays: a suppression, if there was one, and the least proof of consent, under a keyed hash.`;
}

async function unfinished(deployment: Deployment, word: string): Promise<string> {
  const { store } = deployment.services;
  const id = await findId(deployment, word);
  const holder = id === undefined ? undefined : await store.holder({ subscriber: id });
  if (holder?.kind === "subscriber" && holder.erasedAt !== undefined) return holder.id;
  return (await requireReader(deployment, word)).id;
}
