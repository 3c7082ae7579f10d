import { createHash } from "node:crypto";
import { ArgumentError } from "../../cli/arguments.ts";
import { holdSending } from "../../functions/deliver/breaker.ts";
import { iso, MINUTE } from "../../functions/domain/time.ts";
import type { Watching } from "../command.ts";
import type { Deployment } from "../connect.ts";
import { countInWords } from "../shown.ts";
import { type Locked, type TransferCounts, type TransferLine, VERSION, writeTransfer } from "./file.ts";
import type { StageState, StoredItem } from "./stage-state.ts";

/** What holds when mail is held: what has been claimed leaves within its minute. */
const LEAVES_WITHIN = 2 * MINUTE;

/**
 * Holds all mail of a stage and writes it whole into a file. The stage stays held: from now on it is somebody else's to mail.
 * Throws an ArgumentError while a mail is on its way.
 */
export async function exportStage(
  deployment: Deployment,
  state: StageState,
  file: string,
  locked: Locked,
  { tell, signal }: Watching,
): Promise<string> {
  const { services, place } = deployment;
  await holdSending(services);
  const counts: TransferCounts = { items: 0, mails: 0 };
  await writeTransfer(file, stageLines(), locked);
  return [
    `${file}: ${countInWords(counts.items, "item")}, ${countInWords(counts.mails, "raw mail")} and the keyring of ${place}.`,
    "All mail is held there, and stays held: nobody is mailed twice. What readers do there from now on is not in the file, so let your domain lead to the new stage soon.",
    "“sending resume” takes it back, if you do not move after all.",
  ].join("\n");

  async function* stageLines(): AsyncGenerator<TransferLine> {
    const sum = createHash("sha256");
    for await (const line of content()) {
      signal.throwIfAborted();
      sum.update(`${JSON.stringify(line)}\n`);
      tell("items and mails", counts.items + counts.mails);
      yield line;
    }
    yield { end: counts, sha256: sum.digest("hex") };
  }

  async function* content(): AsyncGenerator<TransferLine> {
    yield { transfer: VERSION, from: deployment.stage, at: iso(services.clock.now()) };
    yield { keyring: await state.keyring() };
    for await (const item of state.items()) {
      refuseOnItsWay(item, services.clock.now());
      counts.items += 1;
      yield { item };
    }
    for await (const key of state.mailKeys()) {
      counts.mails += 1;
      yield { mail: key, raw: Buffer.from(await state.readMail(key)).toString("base64") };
    }
  }
}

/** What leaves while it is written down would be in doubt on the other side, and might be mailed twice. */
function refuseOnItsWay({ claim }: StoredItem, now: number): void {
  const until = Number(claim?.M?.until?.N ?? 0);
  if (until > now - LEAVES_WITHIN && until > 0)
    throw new ArgumentError("A mail is on its way. All mail is held now: export again in three minutes.");
}
