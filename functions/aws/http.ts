import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { withoutLooseEnd } from "../domain/routes.ts";
import type { WebRequest, WebResponse } from "../ports.ts";

/** A sign-up is a few hundred bytes, and five answers of a hundred characters at most. What is larger is not read. */
const MOST_FORM_BYTES = 8_192;
/** Where a reader may change what they wrote. */
const LARGE_FORMS: Record<string, number> = {
  "POST /personal/{token}": 200_000,
  // 20,000 characters, of three bytes each, of three characters each in a form.
  "POST /reader/{token}/{course}/{slug}": 200_000,
};

/** The HTTP API's payload 2.0, decoded. Form bodies come base64-encoded. */
export async function webRequest(event: APIGatewayProxyEventV2): Promise<WebRequest> {
  const { method, sourceIp } = event.requestContext.http;
  return {
    method,
    route: event.routeKey,
    rawPath: event.rawPath,
    path: withoutLooseEnds(withoutUndefined(event.pathParameters)),
    query: withoutUndefined(event.queryStringParameters),
    headers: withoutUndefined(event.headers),
    ip: sourceIp,
    form: {},
    ...(method === "POST" && (await readForm(event))),
  };
}

async function readForm(event: APIGatewayProxyEventV2): Promise<Pick<WebRequest, "form" | "bodyProblem">> {
  const encoded = event.body ?? "";
  const most = LARGE_FORMS[event.routeKey] ?? MOST_FORM_BYTES;
  if (encoded.length > most * 2) return { form: {}, bodyProblem: "too-large" };
  const body = Buffer.from(encoded, event.isBase64Encoded ? "base64" : "utf8");
  if (body.length > most) return { form: {}, bodyProblem: "too-large" };
  if (body.length === 0) return { form: {} };
  try {
    const type = event.headers["content-type"] ?? "";
    // The platform's own parser takes both encodings that RFC 8058 allows.
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    return {
      form: Object.fromEntries(
        [...form].filter((field): field is [string, string] => typeof field[1] === "string"),
      ),
    };
  } catch {
    return { form: {}, bodyProblem: "not-a-form" };
  }
}

export const withoutUndefined = (
  map: Record<string, string | undefined> | undefined,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(map ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const withoutLooseEnds = (path: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(path).map(([name, value]) => [name, withoutLooseEnd(value)]));

/** On every answer. */
export const ALWAYS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // Two years, for this host alone: what else the owner has below the domain is theirs to decide.
  "strict-transport-security": "max-age=63072000",
};

export function webResult(response: WebResponse): APIGatewayProxyStructuredResultV2 {
  const { status, headers, body, isBase64 } = response;
  return {
    statusCode: status,
    headers: { ...ALWAYS, ...headers },
    body,
    ...(isBase64 && { isBase64Encoded: true }),
  };
}
