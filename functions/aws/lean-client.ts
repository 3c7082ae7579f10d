import type { SESClient } from "@aws-sdk/client-ses";

/*
 * The problem: the SDK's client is 68 % of what a lesson costs in processor time. What was tried, in processor time a call
 * (docs/BENCHMARKS.md, a mail of 32 KB):
 *
 *                                                             SES        DynamoDB (read and write)
 *   the client as it comes                                    1.18 ms
 *   its middleware kept between calls (`cacheMiddleware`)                0.41 ms, again 0.46
 *   this: kept, idle steps out, one signer, configuration
 *   laid out; and the mail written by `raw-message.ts`        0.48 ms    0.30 ms, again 0.34
 *
 * `tests/aws/lean-client.test.ts` holds that what goes over the wire is what the client sends as it comes.
 */

/** What of the SDK's clients is touched here. */
interface Client {
  config: object;
  middlewareStack: { remove(step: string): boolean };
}
type Signing = Pick<SESClient["config"], "signer">;

/**
 * Takes out of a client of the SDK what costs a good part of each call and gives us nothing; what it says on the wire
 * stays the same. To be done before its first call, because it keeps its steps (`cacheMiddleware`).
 */
export function lean<C extends Client>(client: C): C {
  leaveOutIdleSteps(client);
  keepSigner(client.config as Signing);
  layOut(client.config);
  return client;
}

/**
 * Steps that do nothing here: one copies each call and answer, field by field, for a logger that there is none of; one
 * looks for Lambda's trace to pass on to services that call functions.
 */
export const IDLE_STEPS = ["loggerMiddleware", "recursionDetectionMiddleware"];

function leaveOutIdleSteps({ middlewareStack }: Client): void {
  for (const step of IDLE_STEPS) middlewareStack.remove(step);
}

/**
 * The SDK makes a signer for each call, out of a copy of its whole configuration. A signer asks for the credentials and
 * the region each time that it signs, so one does for all calls: a client has one region and one service.
 */
function keepSigner(config: Signing): void {
  const make = config.signer;
  let kept: ReturnType<typeof make> | undefined;
  config.signer = (scheme) => {
    kept ??= make(scheme).catch((failure: Error) => {
      kept = undefined;
      throw failure;
    });
    return kept;
  };
}

/**
 * The SDK copies a client's configuration three times a call. It has grown property by property, so V8 keeps it as a
 * hash table, which takes 14 µs to copy. What another object inherits from, V8 lays out in order: 1.5 µs.
 */
function layOut(config: object): void {
  for (const _ in Object.create(config)) return;
}
