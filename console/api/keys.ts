import { ArgumentError } from "../../cli/arguments.ts";
import { type ApiKey, isScope, makeApiKey, SCOPES, type Scope } from "../../functions/domain/api/keys.ts";
import { iso } from "../../functions/domain/time.ts";
import { type Group, verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "../connect.ts";
import { countInWords, safe } from "../shown.ts";

const LONGEST_NAME = 60;
const FLAGS = {
  ...REACH_FLAGS,
  scopes: {
    value: "SCOPE,SCOPE",
    says: `what it may do, of ${SCOPES.join(", ")}; all but erasing, unless told`,
  },
} as const;

/** Keys of the HTTP API (docs/API.md). While there is none, the API is not there. */
export const API_KEYS: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "the keys: name, scopes, when each was used last",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => listApiKeys(await reach()),
    }),
    make: verb({
      takes: ["NAME"],
      says: "a new key, named after where it is used; it is shown once",
      flags: FLAGS,
      run: async ({ words: [name = ""], flags, reach }) => addApiKey(await reach(), name, flags),
    }),
    revoke: verb({
      takes: ["KEY"],
      says: "end a key, by its name or its id: it is refused from the next request on",
      flags: REACH_FLAGS,
      run: async ({ words: [key = ""], flags, reach }) => revokeApiKey(await reach(), key, flags.yes),
    }),
  },
};

export async function listApiKeys({ services, place }: Deployment): Promise<string> {
  const keys = (await services.store.apiKeys()).sort((one, other) => one.madeAt - other.madeAt);
  if (keys.length === 0) return `There is no key (${place}), so the API answers nobody: docs/API.md.`;
  return [`${countInWords(keys.length, "key")} (${place})`, ...keys.map(inWords)].join("\n");
}

const inWords = ({ id, name, scopes, madeAt, usedAt, revokedAt }: ApiKey): string => {
  const used = usedAt === undefined ? "never used" : `used ${iso(usedAt)}`;
  const ended = revokedAt === undefined ? "" : `, revoked ${iso(revokedAt)}`;
  return `  ${id}  ${safe(name)}: ${scopes.join(", ")}; made ${iso(madeAt)}, ${used}${ended}`;
};

export async function addApiKey(
  deployment: Deployment,
  typed: string,
  { scopes: asked, yes }: { scopes?: string | undefined; yes?: true | undefined } = {},
): Promise<string> {
  const name = typed.trim();
  const { store, random, clock } = deployment.services;
  if (name === "" || [...name].length > LONGEST_NAME || safe(name) !== name)
    throw new ArgumentError(`A key's name has 1 to ${LONGEST_NAME} characters that can be seen.`);
  if ((await store.apiKeys()).some((key) => key.name === name && key.revokedAt === undefined))
    throw new ArgumentError(`There is a key named "${name}": name this one after where it is used.`);
  const scopes = readScopes(asked);
  if (!(await isAllowed(`Make a key that may ${scopes.join(", ")}`, deployment, yes)))
    return "Nothing was changed.";
  const { key, shown } = makeApiKey(random, { name, scopes, now: clock.now() });
  await store.keepApiKey(key);
  return `${shown}\nThis is the key "${name}". It is shown this once, and only a hash of it is kept: put it where it is used, and not into a repository.`;
}

const USUAL: readonly Scope[] = SCOPES.filter((scope) => scope !== "subscribers:erase");

function readScopes(asked: string | undefined): readonly Scope[] {
  if (asked === undefined) return USUAL;
  const words = asked.split(",").map((word) => word.trim());
  const strange = words.find((word) => !isScope(word));
  if (strange !== undefined)
    throw new ArgumentError(`"${strange}" is no scope; there are ${SCOPES.join(", ")}.`);
  return [...new Set(words.filter(isScope))];
}

export async function revokeApiKey(deployment: Deployment, named: string, yes?: true): Promise<string> {
  const { store, clock } = deployment.services;
  const keys = await store.apiKeys();
  const key =
    keys.find(({ id }) => id === named) ??
    keys.find(({ name, revokedAt }) => name === named && revokedAt === undefined);
  if (!key) throw new ArgumentError(`There is no key "${named}": \`console api-keys list\` has them all.`);
  if (key.revokedAt !== undefined) return `The key "${key.name}" was revoked ${iso(key.revokedAt)}.`;
  if (!(await isAllowed(`Revoke the key "${key.name}"`, deployment, yes))) return "Nothing was changed.";
  await store.keepApiKey({ ...key, revokedAt: clock.now() });
  return `The key "${key.name}" is refused from now on.`;
}
