import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { parseKeys } from "../../functions/aws/keyring.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { Random } from "../../functions/ports.ts";

/** A key's id is one byte of a token. */
const HIGHEST_ID = 255;
const SECRET_BYTES = 48;

/**
 * Adds a signing key to the keyring, in front: links are signed with it from now on, and the older ones go on
 * verifying what was mailed before. The key of address hashes stays as it is. Returns the new key's id.
 * Throws `keyring-unreadable`.
 */
export async function addSigningKey(
  secretId: string,
  random: Random,
  client = new SecretsManagerClient({}),
): Promise<number> {
  const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const { signing } = parseKeys(SecretString);
  const id = Math.max(...signing.map((key) => key.id)) + 1;
  if (id > HIGHEST_ID)
    throw new OperationalError("keyring-unreadable", `it has used all ${HIGHEST_ID} ids of signing keys`);
  const keyring = JSON.parse(SecretString) as { signing?: object[] };
  const added = { id, secret: random(SECRET_BYTES) };
  const next = { ...keyring, signing: [added, ...(keyring.signing ?? [])] };
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(next) }));
  return id;
}
