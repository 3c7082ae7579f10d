import { ArgumentError } from "../../cli/arguments.ts";
import { parseKeys } from "../../functions/aws/keyring.ts";
import { holdSending } from "../../functions/deliver/breaker.ts";
import type { Watching } from "../command.ts";
import type { Deployment } from "../connect.ts";
import { countInWords } from "../shown.ts";
import { type Locked, readTransfer, type TransferCounts } from "./file.ts";
import type { Placed, StageState } from "./stage-state.ts";

/** Items that are written side by side. */
const AT_ONCE = 20;

/** What a file holds, read to its end: nothing is begun with half of one. */
export async function surveyTransfer(
  file: string,
  locked: Locked,
): Promise<TransferCounts & { from: string; at: string; keyring: string }> {
  let [from, at, keyring] = ["", "", ""];
  let counts: TransferCounts = { items: 0, mails: 0 };
  for await (const line of readTransfer(file, locked)) {
    if ("transfer" in line) ({ from, at } = line);
    if ("keyring" in line) keyring = line.keyring;
    if ("end" in line) counts = line.end;
  }
  parseKeys(keyring);
  return { ...counts, from, at, keyring };
}

/**
 * Throws an ArgumentError where a stage has readers of its own: their links and suppressions hang on its own keyring,
 * which would be replaced. The same keyring tells that an import is gone on with.
 */
export async function requireRoom(state: StageState, keyring: string): Promise<void> {
  if ((await state.keyring()) === keyring) return;
  for await (const { sk } of state.items())
    if (sk?.S === "subscriber")
      throw new ArgumentError(
        "This stage has readers of its own, whose links would die with its keyring. Import into a stage that is new.",
      );
}

/**
 * Writes a stage into another, which is held first. Done again, or gone on with after it was cut off, it leaves what is there;
 * nobody is mailed by it.
 */
export async function importStage(
  { services }: Pick<Deployment, "services">,
  state: StageState,
  file: string,
  locked: Locked & { keyring: string; most: number },
  { tell, signal }: Watching,
): Promise<string> {
  await holdSending(services);
  await state.putKeyring(locked.keyring);
  const done: Record<Placed | "mail", number> = { written: 0, same: 0, different: 0, mail: 0 };
  const count = (how: keyof typeof done): void => {
    done[how] += 1;
  };
  let waiting: Promise<void>[] = [];
  for await (const line of readTransfer(file, locked)) {
    signal.throwIfAborted();
    if ("item" in line) waiting.push(state.put(line.item).then(count));
    if ("mail" in line)
      waiting.push(state.putMail(line.mail, Buffer.from(line.raw, "base64")).then(() => count("mail")));
    if (waiting.length < AT_ONCE) continue;
    await Promise.all(waiting);
    waiting = [];
    tell("items and mails", done.written + done.same + done.different + done.mail, locked.most);
  }
  await Promise.all(waiting);
  return [
    `${countInWords(done.written, "item")} written, ${done.same} were there already, ${countInWords(done.mail, "raw mail")}.`,
    ...(done.different > 0
      ? [
          `${countInWords(done.different, "item")} stood there otherwise and were left: what happened here since goes before.`,
        ]
      : []),
  ].join("\n");
}
