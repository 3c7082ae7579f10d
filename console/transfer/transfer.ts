import { readFileSync } from "node:fs";
import { ArgumentError } from "../../cli/arguments.ts";
import { type Group, verb } from "../command.ts";
import { isAllowed, REACH_FLAGS } from "../connect.ts";
import { exportStage } from "./export.ts";
import { requirePassphrase } from "./file.ts";
import { importStage, requireRoom, surveyTransfer } from "./import.ts";
import { openStageState } from "./stage-state.ts";

const FLAGS = {
  ...REACH_FLAGS,
  passphrase: { value: "FILE", says: "a file whose first line is the passphrase, 16 letters or more" },
} as const;

/** A stage moves: to another account, or between this machine and one. */
export const TRANSFER: Group = {
  verbs: {
    export: verb({
      takes: ["FILE"],
      says: "hold all mail, and write the whole stage into an encrypted file: people, progress, journals, raw mails, keyring",
      flags: FLAGS,
      async run({ words: [file = ""], flags, reach, tell, signal }) {
        const passphrase = readPassphrase(flags.passphrase);
        const deployment = await reach();
        if (!(await isAllowed("Hold all mail and export", deployment, flags.yes)))
          return "Nothing was changed.";
        return exportStage(deployment, openStageState(deployment), file, { passphrase }, { tell, signal });
      },
    }),
    import: verb({
      takes: ["FILE"],
      says: "write an exported stage into a new one, which stays held; nobody is mailed by it",
      flags: FLAGS,
      async run({ words: [file = ""], flags, reach, tell, signal }) {
        const passphrase = readPassphrase(flags.passphrase);
        const { from, at, keyring, items, mails } = await surveyTransfer(file, { passphrase });
        const deployment = await reach();
        const state = openStageState(deployment);
        await requireRoom(state, keyring);
        const asks = `Import ${items} items and ${mails} raw mails of ${from}, written ${at}`;
        if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
        const locked = { passphrase, keyring, most: items + mails };
        const says = await importStage(deployment, state, file, locked, { tell, signal });
        return `${says}\nMail is held here. ${deployment.stage === "local" ? "Stop npm start and start it again" : "Deploy once more"}, so that every function reads the new keyring; then “sending resume”.`;
      },
    }),
  },
};

function readPassphrase(file: string | undefined): string {
  if (file === undefined)
    throw new ArgumentError(
      "The file holds everybody's words and the keys: name a file with --passphrase FILE.",
    );
  try {
    return requirePassphrase(readFileSync(file, "utf8").split("\n")[0] ?? "");
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    throw new ArgumentError(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
