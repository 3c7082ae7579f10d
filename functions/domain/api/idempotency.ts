import { createHash } from "node:crypto";
import { DAY, type Instant, MINUTE } from "../time.ts";

/*
 * A caller that does not know whether its request arrived sends it again with the same `Idempotency-Key`, and gets the answer of
 * the first. What is kept is no body of theirs: only its hash, and what we answered (draft-ietf-httpapi-idempotency-key-header).
 */

/** How long an answer is kept. */
export const ANSWER_KEPT = DAY;
/** A first request that was killed holds its key no longer. */
export const IN_PROGRESS_FOR = MINUTE;

export interface Answered {
  /** Of method, path and body: another request under the same key is a mistake of the caller's. */
  request: string;
  begunAt: Instant;
  /** Absent while the first is at work. */
  answer?: { status: number; body: string };
}

const KEY = /^[\x21-\x7e]{1,255}$/;

export const isIdempotencyKey = (text: string): boolean => KEY.test(text);

/** The name of what is kept: of one caller's key. */
export const answeredName = (apiKey: string, idempotencyKey: string): string =>
  sha256(`${apiKey}\n${idempotencyKey}`);

export const fingerprint = (method: string, path: string, body: string): string =>
  sha256([method, path, body].join("\n"));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
