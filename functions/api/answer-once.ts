import { answeredName, fingerprint, isIdempotencyKey } from "../domain/api/idempotency.ts";
import type { ApiKey } from "../domain/api/keys.ts";
import type { ApiAnswer, ApiRequest, ApiServices } from "./operation.ts";
import { problem } from "./problem.ts";

const FIRST_REFUSAL = 300;

/**
 * Carries out a request that may come again, once: with the same `Idempotency-Key` the answer of the first comes back, for a day.
 * One that was refused has changed nothing and is forgotten: what it was refused for may hold what somebody typed. One that failed
 * on our side may be tried again a minute later.
 */
export async function answerOnce(
  services: ApiServices,
  key: ApiKey,
  request: ApiRequest,
  run: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const { "idempotency-key": given } = request.headers;
  if (given === undefined) return run();
  if (!isIdempotencyKey(given))
    return problem(400, "Idempotency-Key is 1 to 255 characters that can be seen, without spaces.");
  const { store } = services;
  const name = answeredName(key.id, given);
  const print = fingerprint(request.method, request.rawPath, request.body ?? "");
  const before = await store.beginAnswer(name, print);
  if (before && before.request !== print)
    return problem(422, "This Idempotency-Key was used for another request: use a new one for each.");
  if (before?.answer)
    return {
      ...readAnswer(before.answer),
      headers: { ...readAnswer(before.answer).headers, "idempotency-replayed": "true" },
    };
  if (before)
    return problem(409, "The first request with this Idempotency-Key is at work: ask again in a minute.", {
      headers: { "retry-after": "60" },
    });
  const answer = await run();
  if (answer.status < FIRST_REFUSAL) await store.keepAnswer(name, print, writeAnswer(answer));
  else await store.forgetAnswer(name);
  return answer;
}

/** Nothing that is answered to a POST that changes something names a person. */
const writeAnswer = ({ status, headers = {}, body }: ApiAnswer) => ({
  status,
  body: JSON.stringify({ headers, body }),
});

function readAnswer({ status, body }: { status: number; body: string }): ApiAnswer {
  const { headers, body: written } = JSON.parse(body) as Pick<ApiAnswer, "headers" | "body">;
  return { status, ...(headers && { headers }), ...(written && { body: written }) };
}
