import { createHmac } from "node:crypto";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { MINUTE } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Clock, Keyring, Keys } from "../ports.ts";

/**
 * The secret: one generated root, from which the address-hash key and signing key 1 are derived (Secrets Manager
 * generates one value only), and the signing keys that the owner has added since, newest first.
 */
const secretSchema = z.object({
  root: z.string().check(z.minLength(32)),
  signing: z.optional(
    z.array(z.object({ id: z.int().check(z.gte(2), z.lte(255)), secret: z.string().check(z.minLength(32)) })),
  ),
});

/** Reads the keyring once, and again when a token names a key that it does not know, at most once a minute. */
export function openKeyring(secretId: string, clock: Clock, client = new SecretsManagerClient({})): Keyring {
  let held: { keys: Promise<Keys>; at: number } | undefined;

  const fetchAgain = (): Promise<Keys> => {
    const keys = readSecret(client, secretId);
    held = { keys, at: clock.now() };
    keys.catch(() => {
      held = undefined;
    });
    return keys;
  };

  return {
    keys: () => held?.keys ?? fetchAgain(),
    async findKeys(keyId) {
      const keys = await (held?.keys ?? fetchAgain());
      const known = keys.signing.some((key) => key.id === keyId);
      return known || !held || clock.now() - held.at < MINUTE ? keys : fetchAgain();
    },
  };
}

async function readSecret(client: SecretsManagerClient, secretId: string): Promise<Keys> {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parseKeys(answer.SecretString ?? "");
  } catch (cause) {
    if (cause instanceof OperationalError) throw cause;
    throw new OperationalError("keyring-unreadable", (cause as Error).name, cause);
  }
}

/** The keys in a keyring's secret. Throws `keyring-unreadable`; never with the secret in the message. */
export function parseKeys(secretString: string): Keys {
  let parsed: unknown;
  try {
    parsed = JSON.parse(secretString);
  } catch {
    throw new OperationalError("keyring-unreadable", "it is not JSON");
  }
  const result = secretSchema.safeParse(parsed);
  if (!result.success)
    throw new OperationalError("keyring-unreadable", `field ${result.error.issues[0]?.path.join(".")}`);
  const deriveKey = (purpose: string) => createHmac("sha256", result.data.root).update(purpose).digest();
  const added = (result.data.signing ?? []).map((key) => ({
    id: key.id,
    secret: Buffer.from(key.secret, "utf8"),
  }));
  return {
    signing: [...added, { id: 1, secret: deriveKey("signing-1") }],
    addressHash: deriveKey("address-hash"),
  };
}
