import type * as z from "zod/mini";
import type { ApiKey } from "../domain/api/keys.ts";
import { API_ROUTES } from "../domain/routes.ts";
import { forLog, OperationalError } from "../errors.ts";
import { answerOnce } from "./answer-once.ts";
import { authenticate, openDoor } from "./authenticate.ts";
import { openApiDocument } from "./open-api.ts";
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiServices,
  type FieldProblem,
  mayComeAgain,
  type Operation,
} from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { notFound, problem, unprocessable } from "./problem.ts";

const DOCUMENT = "GET /api/v1/openapi.json";
const byRoute = new Map<string, Operation>(OPERATIONS.map((one) => [one.route, one]));

/** Answers requests one after the other, and remembers between them whether there is a key. */
export function openApi(services: ApiServices): (request: ApiRequest) => Promise<ApiAnswer> {
  const isOn = openDoor(services);
  return async (request) => {
    try {
      if (request.route === DOCUMENT)
        return (await isOn()) ? { status: 200, body: openApiDocument(services.webOrigin) } : notFound();
      return await answer(services, isOn, request);
    } catch (error) {
      const isOperational = error instanceof OperationalError;
      services.log.warn(isOperational ? "failed" : "crashed", { route: request.route, ...forLog(error) });
      return problem(503, "It could not be done now; ask again in a minute.", {
        headers: { "retry-after": "60" },
      });
    }
  };
}

async function answer(
  services: ApiServices,
  isOn: () => Promise<boolean>,
  request: ApiRequest,
): Promise<ApiAnswer> {
  const key = await authenticate(services, isOn, request);
  if ("status" in key) return key;
  const operation = byRoute.get(request.route);
  if (!operation) return answerElsewhere(request);
  if (operation.scope && !key.scopes.includes(operation.scope))
    return problem(403, `This key may not do that: it has no scope ${operation.scope}.`);
  const run = () => carryOut(services, operation, key, request);
  const done = await (mayComeAgain(operation) ? answerOnce(services, key, request, run) : run());
  services.log.info("api", { key: key.id, operation: operation.id, status: done.status });
  return done;
}

/** A path of the API's in a method that it has not: which it has. Any other is not there. */
function answerElsewhere({ rawPath }: ApiRequest): ApiAnswer {
  const given = rawPath.split("/");
  const isIt = (wanted: string[]) =>
    wanted.length === given.length &&
    wanted.every((name, at) => (name.startsWith("{") ? given[at] !== "" : name === given[at]));
  const paths = API_ROUTES.map((route) => route.split(" ")[1] ?? "").filter((path) => isIt(path.split("/")));
  // `/subscribers/search` is no subscriber's id.
  const path = paths.find((one) => one === rawPath) ?? paths[0];
  if (path === undefined) return notFound();
  const ofPath = API_ROUTES.filter((route) => route.endsWith(` ${path}`));
  const allow = ofPath.map((route) => route.split(" ")[0]).join(", ");
  return problem(405, `This path takes ${allow}.`, { headers: { allow } });
}

async function carryOut(
  services: ApiServices,
  { body: bodySchema, query: querySchema, run }: Operation,
  { name: caller }: ApiKey,
  request: ApiRequest,
): Promise<ApiAnswer> {
  const body = bodySchema ? readBody(request, bodySchema) : { value: undefined };
  if ("status" in body) return body;
  const query = querySchema ? readBySchema(querySchema, request.query) : { value: undefined };
  if ("status" in query) return query;
  return run(services, { path: request.path, body: body.value, query: query.value, request, caller });
}

type Read = { value: unknown } | ApiAnswer;

function readBody({ body, headers }: ApiRequest, schema: z.ZodMiniType): Read {
  if (body === undefined) return problem(413, "The body is larger than 16 KB.");
  const type = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) return problem(415, "Send the body as application/json.");
  try {
    return readBySchema(schema, JSON.parse(body));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return problem(400, "The body is no JSON.");
  }
}

function readBySchema(schema: z.ZodMiniType, given: unknown): Read {
  const read = schema.safeParse(given);
  return read.success ? { value: read.data } : unprocessable(read.error.issues.flatMap(toProblems));
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [{ field: at || "body", detail: issue.message }];
  return issue.keys.map((name) => ({
    field: at ? `${at}.${name}` : name,
    detail: "is no field of this request",
  }));
}
