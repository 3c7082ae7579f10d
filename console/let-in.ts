import { ArgumentError, readMoment } from "../cli/arguments.ts";
import { maskAddress, toNetwork } from "../functions/domain/people/address.ts";
import { hashLetInEntry, isLetInEntry, type LetIn } from "../functions/domain/people/limits.ts";
import { DAY, iso } from "../functions/domain/time.ts";
import { addressHash } from "../functions/links/links.ts";
import { type Group, verb } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";

const USUAL_DAYS = 7;
/** Who signs up together does so on a day, or in a season. What lasts belongs in coursepost.config.ts, where it is seen. */
const MOST_DAYS = 90;

/** An office or a conference that signs up together has more sign-ups than a stranger may. */
export const LET_IN: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "who is let in, and until when; by coursepost.config.ts, too",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: ({ reach }) => listLetIn(reach),
    }),
    add: verb({
      takes: ["ENTRY"],
      says: "let in 203.0.113.0/24, an IP number's network, acme.example or one address",
      flags: {
        ...REACH_FLAGS,
        until: { value: "DATE", says: `${USUAL_DAYS} days from now unless told, ${MOST_DAYS} at the most` },
      },
      run: async ({ words: [entry = ""], flags, reach }) => addLetIn(await reach(), entry, flags),
    }),
    remove: verb({
      takes: ["ENTRY"],
      says: "the usual limits hold again",
      flags: REACH_FLAGS,
      run: async ({ words: [entry = ""], flags, reach }) => removeLetIn(await reach(), entry, flags.yes),
    }),
  },
};

async function* listLetIn(reach: () => Promise<Deployment>): AsyncGenerator<string> {
  const { services, place } = await reach();
  const { settings, store } = services;
  const isAddress = (entry: string) => entry.includes("@");
  for (const entry of settings.letIn)
    yield `${isAddress(entry) ? maskAddress(entry) : entry}  always, by coursepost.config.ts`;
  const now = await store.letIn();
  for (const { shown, until } of now) yield `${shown}  until ${iso(until)}`;
  if (settings.letIn.length + now.length === 0) yield `Nobody is let in (${place}).`;
}

async function addLetIn(
  deployment: Deployment,
  typed: string,
  flags: { until?: string; yes?: true },
): Promise<string> {
  const { services } = deployment;
  const now = services.clock.now();
  const until = flags.until === undefined ? now + USUAL_DAYS * DAY : readMoment("until", flags.until);
  if (until <= now || until > now + MOST_DAYS * DAY)
    throw new ArgumentError(
      `--until ${iso(until)} is not within the next ${MOST_DAYS} days. Who is let in for longer belongs in letIn in coursepost.config.ts.`,
    );
  const letIn = { ...(await readEntry(deployment, typed)), until };
  const asks = `Let ${letIn.shown} in until ${iso(until)}`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  await services.store.keepLetIn(letIn);
  const mailbox = typed.includes("@")
    ? "Its mailbox has its three confirmations anew, whatever strangers have used up; one in 24 hours"
    : "Each mailbox still gets one confirmation in 24 hours";
  return `${letIn.shown} is let in until ${iso(until)}. ${mailbox}, and the day's share holds. What was dropped before is not kept: ask them to sign up again.`;
}

async function removeLetIn(deployment: Deployment, typed: string, yes?: true): Promise<string> {
  const { entry, shown } = await readEntry(deployment, typed);
  if (!(await isAllowed(`No longer let ${shown} in`, deployment, yes))) return "Nothing was changed.";
  if (await deployment.services.store.endLetIn(entry)) return `${shown} has the usual limits again.`;
  return `${shown} was not let in by this command. What coursepost.config.ts names is taken out there.`;
}

/** As it is kept: networks by the size that sign-ups are counted by, addresses by their hash. */
async function readEntry({ services }: Deployment, typed: string): Promise<Omit<LetIn, "until">> {
  const entry = typed.trim().toLowerCase();
  if (!isLetInEntry(entry))
    throw new ArgumentError(
      `"${typed}" cannot be let in. Name a network (203.0.113.0/24, 2001:db8:1::/48), an IP number, a domain or an address.`,
    );
  if (entry.includes("@")) {
    const keys = await services.keyring.keys();
    return { entry: hashLetInEntry(entry, (text) => addressHash(keys, text)), shown: maskAddress(entry) };
  }
  const network = toNetwork(entry.split("/", 1)[0] ?? "");
  const kept = network === "unknown" ? entry : network;
  return { entry: kept, shown: kept };
}
