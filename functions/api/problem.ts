import type { ApiAnswer, FieldProblem } from "./operation.ts";

/** What a caller is told of a request that was not carried out, by its status. */
const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  503: "Service Unavailable",
} as const;

export type ProblemStatus = keyof typeof TITLES;

/** An answer in the form of RFC 9457. @param detail a sentence that says what to do; no address, and no word of a reader's */
export function problem(
  status: ProblemStatus,
  detail: string,
  { errors, headers }: { errors?: readonly FieldProblem[]; headers?: Record<string, string> } = {},
): ApiAnswer {
  return {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: { type: "about:blank", title: TITLES[status], status, detail, ...(errors && { errors }) },
  };
}

export const notFound = (detail = "There is nothing here."): ApiAnswer => problem(404, detail);

export const unprocessable = (errors: readonly FieldProblem[]): ApiAnswer =>
  problem(422, "Some fields are not as they should be; nothing was changed.", { errors });
