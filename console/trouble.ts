import { SettingsError } from "../cli/settings-error.ts";
import { OperationalError } from "../functions/errors.ts";

/** Keys that AWS no longer or never knew, by the names of its Common Errors. */
const KEYS_REFUSED =
  /Credentials|^ExpiredToken|^InvalidClientTokenId|^UnrecognizedClient|^SignatureDoesNotMatch|^InvalidSignature|^RequestExpired/;
/** No answer at all: of Node's names for it, those that a machine without a network gives. */
const NO_WAY = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;
/** AWS has answered, and asks for patience. */
const TOO_MUCH = /Throttl|^ProvisionedThroughputExceeded|^RequestLimitExceeded|^TooManyRequests|^SlowDown/;

type AwsError = Error & { code?: string; $metadata?: unknown };

/** Why AWS could not be asked, in a sentence, and what to do; undefined if it is something else. */
export function whyUnreached(error: unknown): string | undefined {
  const { name, message, code = "" } = error as AwsError;
  if (NO_WAY.test(code) || name === "TimeoutError")
    return `AWS is not reached from this machine (${message}). Look at its network, and try again.`;
  if (KEYS_REFUSED.test(name))
    return `AWS does not know who you are (${message}). Sign in, or set AWS_PROFILE, and try again.`;
  if (TOO_MUCH.test(name))
    return `AWS has too much to do for this account just now (${name}). Nothing is lost: try again in a minute.`;
  return undefined;
}

/** What went wrong outside this program, in a sentence; undefined for a mistake of ours. */
export function troubleInWords(error: unknown): string | undefined {
  // The store says that DynamoDB did not answer; the cause says what to do about it.
  if (error instanceof OperationalError) return whyUnreached(error.cause ?? error) ?? error.message;
  if (error instanceof SettingsError) return error.message;
  const unreached = whyUnreached(error);
  if (unreached !== undefined) return unreached;
  // What AWS refuses: the SDK's errors carry how they came about.
  const { name, message, $metadata } = error as AwsError;
  return $metadata ? `AWS refused it: ${name}: ${message}` : undefined;
}
