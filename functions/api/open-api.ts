import * as z from "zod/mini";
import { SCOPES } from "../domain/api/keys.ts";
import { mayComeAgain, type Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

/** RFC 9457, as `problem.ts` writes it. */
const PROBLEM = {
  type: "object",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence that says what to do." },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "detail"],
        properties: { field: { type: "string" }, detail: { type: "string" } },
      },
    },
  },
} as const;

/** API Gateway's own words, before the function is asked. */
const OF_GATEWAY = {
  type: "object",
  required: ["message"],
  properties: { message: { type: "string" } },
} as const;
const BY_GATEWAY: readonly number[] = [413, 429, 503];

const PROBLEMS: Readonly<Record<number, string>> = {
  400: "The body is no JSON, or a header is not in its form",
  401: "No key, or one that is not good any more",
  403: "The key has not the scope",
  404: "It is not there",
  409: "The first request with this Idempotency-Key is at work",
  410: "The course takes nobody any more",
  413: "The body is larger than 16 KB",
  415: "The body is not sent as application/json",
  422: "Fields are not as they should be, or the Idempotency-Key was used for another request; nothing was changed",
  429: "The key has asked too often; `Retry-After` says for how many seconds to wait. Without it: the path is asked too often by all keys together",
  503: "It could not be done now",
};

const toSchema = (schema: z.ZodMiniType, io: "input" | "output"): object => {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io });
  return written;
};

/** The API in the form of OpenAPI 3.1. @param origin `https://…` of the stage, without a trailing slash */
export function openApiDocument(origin: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    const [method = "", path = ""] = operation.route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Coursepost",
      version: "1",
      description:
        "Sign-ups, subscribers, tags, progress and leaving. A key is made by `console api-keys make`.",
    },
    servers: [{ url: origin }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: `A key's scopes are among: ${SCOPES.join(", ")}.`,
        },
      },
      schemas: { Problem: PROBLEM, Message: OF_GATEWAY },
    },
  };
}

function describe(operation: Operation): object {
  const { route, id, says, scope, body, query, answers, mayAnswer = [] } = operation;
  const isOnce = mayComeAgain(operation);
  const statuses = [
    ...(body ? [400, 413, 415, 422] : []),
    ...(isOnce ? [400, 409, 422] : []),
    401,
    403,
    429,
    503,
  ];
  const problems = [...new Set([...statuses, ...mayAnswer])].sort((one, other) => one - other);
  return {
    operationId: id,
    summary: says,
    ...(scope && { description: `Scope: \`${scope}\`.` }),
    parameters: [...pathParameters(route), ...queryParameters(query), ...(isOnce ? [IDEMPOTENCY] : [])],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: toSchema(body, "input") } } },
    }),
    responses: {
      [answers.status]: {
        description: answers.says,
        ...(answers.body && {
          content: { "application/json": { schema: toSchema(answers.body, "output") } },
        }),
      },
      ...(id === "eraseSubscriber" && { 202: { description: "There is more: ask again" } }),
      ...Object.fromEntries(problems.map((status) => [status, describeProblem(status)])),
    },
  };
}

const describeProblem = (status: number): object => ({
  description: PROBLEMS[status],
  content: {
    "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
    ...(BY_GATEWAY.includes(status) && {
      "application/json": { schema: { $ref: "#/components/schemas/Message" } },
    }),
  },
});

const IDEMPOTENCY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "With the same one, the answer of the first request comes back, for a day.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
} as const;

const pathParameters = (route: string): object[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true, schema: { type: "string", minLength: 1 } },
  }));

function queryParameters(query: z.ZodMiniType | undefined): object[] {
  if (!query) return [];
  const { properties = {} } = toSchema(query, "input") as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}
