import { parkedKeys, withUnparked } from "../functions/domain/sending/agenda.ts";
import type { AgendaKey } from "../functions/domain/sending/dispatch.ts";
import { type Holder, toHolderKey } from "../functions/domain/sending/holder.ts";
import { iso } from "../functions/domain/time.ts";
import { type Group, verb, type Watching } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";
import type { PutBackFlags } from "./dead-letters.ts";
import { countInWords } from "./shown.ts";
import { scanHolders } from "./table/scan.ts";

const FLAGS = {
  ...REACH_FLAGS,
  only: { value: "NAME", says: "one mail, by the name that the list gives it" },
} as const;

/** Mails that are not sent until a person has looked. */
export const PARKED: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "which, since when, and why",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => listParked(await reach()),
    }),
    send: verb({
      says: "send them within the minute; what SES is known to have taken is not sent again",
      flags: FLAGS,
      run: async ({ reach, flags, tell }) => sendParked(await reach(), flags, tell),
    }),
  },
};

export async function listParked(deployment: Deployment): Promise<string> {
  const found = await findParked(deployment);
  const lines = found.map(({ name, says }) => `  ${name}\n      ${says}`);
  return [`Parked mails ${found.length} (${deployment.place})`, ...lines].join("\n");
}

export async function sendParked(
  deployment: Deployment,
  { only, yes }: PutBackFlags = {},
  tell: Watching["tell"] = () => {},
): Promise<string> {
  const found = (await findParked(deployment)).filter(({ name }) => !only || name === only);
  if (found.length === 0) return only ? `Nothing is parked as "${only}".` : "Nothing is parked.";
  const what = `Send ${countInWords(found.length, "parked mail")}`;
  if (!(await isAllowed(what, deployment, yes))) return "Nothing was changed.";
  for (const [place, { holder, key }] of found.entries()) {
    await free(deployment, holder, key);
    tell("mails", place + 1, found.length);
  }
  return `${countInWords(found.length, "mail")} ${found.length === 1 ? "is" : "are"} due now; the lanes send them within a minute. Those that SES is known to have taken are not sent again.`;
}

interface Parked {
  holder: Holder;
  key: AgendaKey;
  /** By which it can be chosen. */
  name: string;
  says: string;
}

async function findParked({ services, outputs }: Deployment): Promise<Parked[]> {
  const found: Parked[] = [];
  for await (const holder of scanHolders(outputs.TableName as string, services.clock.now())) {
    for (const key of parkedKeys(holder.agenda)) found.push(describeParked(holder, key));
  }
  return found;
}

/** How the list names a parked mail, and why it is parked. */
export function describeParked(holder: Holder, key: AgendaKey): Parked {
  const entry = holder.agenda[key];
  const why = entry && entry.doubts > 1 ? "in doubt twice" : "SES rejected it";
  return {
    holder,
    key,
    name: [...Object.values(toHolderKey(holder)), key].join("/"),
    says: `due ${entry ? iso(entry.dueAt) : ""}, ${why}`,
  };
}

async function free({ services }: Deployment, holder: Holder, key: AgendaKey): Promise<void> {
  const now = services.clock.now();
  await services.store.change(holder, (current) => {
    const agenda = withUnparked(current.agenda, key, now);
    return agenda === current.agenda ? current : { ...current, agenda };
  });
}
