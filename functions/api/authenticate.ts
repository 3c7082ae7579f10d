import { type ApiKey, isKeys, readApiKey } from "../domain/api/keys.ts";
import { DAY, type Instant, MINUTE, SECOND } from "../domain/time.ts";
import type { ApiAnswer, ApiRequest, ApiServices } from "./operation.ts";
import { notFound, problem } from "./problem.ts";

/** Of one key: a tool that syncs a list asks often, one that is broken asks without end. */
const LIMITS = [
  { name: "minute", most: 120, windowMs: MINUTE },
  { name: "day", most: 50_000, windowMs: DAY },
] as const;

/** How long an instance believes what it has read of whether there is a key. */
const BELIEVED_FOR = MINUTE;

/** Whether the API is on, which it is as long as there is a key: what strangers ask costs a read a minute. */
export function openDoor({ store, clock }: Pick<ApiServices, "store" | "clock">): () => Promise<boolean> {
  let known: { isOn: boolean; at: Instant } | undefined;
  return async () => {
    if (known && clock.now() - known.at < BELIEVED_FOR) return known.isOn;
    const isOn = (await store.apiKeys()).some(({ revokedAt }) => revokedAt === undefined);
    known = { isOn, at: clock.now() };
    return isOn;
  };
}

/** Whose key a request carries; or why it is not taken. Without any key the API is not there. */
export async function authenticate(
  services: ApiServices,
  isOn: () => Promise<boolean>,
  { headers }: ApiRequest,
): Promise<ApiKey | ApiAnswer> {
  const given = readApiKey(headers.authorization);
  const key = given && (await services.store.apiKey(given.id));
  if (given && key && isKeys(key, given.secret)) {
    const until = await usedUpUntil(services, key);
    if (until !== undefined) return tooMany(until - services.clock.now());
    await services.store.noteApiKeyUse(key);
    return key;
  }
  if (!(await isOn())) return notFound();
  return problem(401, "Send a key of this stage as `Authorization: Bearer …`; it may have been revoked.", {
    headers: { "www-authenticate": 'Bearer realm="coursepost"' },
  });
}

async function usedUpUntil({ store }: ApiServices, { id }: ApiKey): Promise<Instant | undefined> {
  for (const { name, most, windowMs } of LIMITS) {
    const until = await store.count({ key: `api ${id} ${name}`, most, windowMs });
    if (until !== undefined) return until;
  }
  return undefined;
}

const tooMany = (ms: number): ApiAnswer =>
  problem(429, `This key may ask ${LIMITS[0].most} times a minute, and ${LIMITS[1].most} times a day.`, {
    headers: { "retry-after": String(Math.max(1, Math.ceil(ms / SECOND))) },
  });
