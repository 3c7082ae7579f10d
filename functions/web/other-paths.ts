import { ARCHIVE_ROUTES, LEAVE_ROUTES, OTHER_PATHS, PAGE_ROUTES, withoutLooseEnd } from "../domain/routes.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { messagePage, plainAnswer } from "./page.ts";
import type { Routes } from "./routes.ts";

const SEVERAL_SLASHES = /\/{2,}/g;

/** The same routes, and what answers where none of them fits. */
export const withOtherPaths = (routes: Routes): Routes => ({
  ...routes,
  [OTHER_PATHS]: (services, request) => answerElsewhere(routes, services, request),
});

/**
 * A request that fits no route: HEAD is its GET without the body (RFC 9110 §9.3.2), a path with a loose end leads to the
 * right one, the answer to a form that is opened again leads to the form, and all else is a page that says so.
 */
async function answerElsewhere(
  routes: Routes,
  services: Services,
  request: WebRequest,
): Promise<WebResponse> {
  const { method, rawPath } = request;
  if (method !== "GET" && method !== "HEAD") return notHere(services, rawPath);
  const response = await answerGet(routes, services, request);
  return method === "HEAD" ? { ...response, body: "", isBase64: false } : response;
}

async function answerGet(routes: Routes, services: Services, request: WebRequest): Promise<WebResponse> {
  const found = findRoute(services, "GET", request.rawPath);
  if (!found) return otherPage(services, request);
  const answer = routes[found.route];
  // A route that another function answers is there as well.
  return answer ? answer(services, { ...request, method: "GET", ...found }) : { status: 200, body: "" };
}

function otherPage(services: Services, request: WebRequest): WebResponse {
  const tidy = withoutLooseEnd(request.rawPath.replace(SEVERAL_SLASHES, "/")) || "/";
  if (tidy !== request.rawPath && findRoute(services, "GET", tidy)) return leadTo(tidy, request.query);
  if (tidy === "/sign-up") return leadTo("/", request.query);
  if (findRoute(services, "POST", tidy)) return messagePage(services, 404, "answeredOnce");
  return messagePage(services, 404, "nothingHere");
}

/** To be asked again each time: what is not there today may be there tomorrow, and a path may hold a token. */
const leadTo = (path: string, query: Record<string, string>): WebResponse => {
  const asked = new URLSearchParams(query).toString();
  return plainAnswer(302, "", { location: asked ? `${path}?${asked}` : path });
};

function notHere(services: Services, path: string): WebResponse {
  const isPage = findRoute(services, "GET", path) !== undefined;
  const isForm = findRoute(services, "POST", path) !== undefined;
  if (!isPage && !isForm) return messagePage(services, 404, "nothingHere");
  const allow = [...(isPage ? ["GET", "HEAD"] : []), ...(isForm ? ["POST"] : [])].join(", ");
  const answer = messagePage(services, 405, "nothingHere");
  return { ...answer, headers: { ...answer.headers, allow } };
}

/** The route of a path on this stage, and what stands in the places of its variables. */
function findRoute(
  { settings }: Services,
  method: "GET" | "POST",
  path: string,
): Pick<WebRequest, "route" | "path"> | undefined {
  const routes = [...PAGE_ROUTES, ...LEAVE_ROUTES, ...(settings.archive ? ARCHIVE_ROUTES : [])];
  const matched = routes
    .filter((route) => route.startsWith(`${method} `))
    .map((route) => ({ route, path: matchPath(route.slice(method.length + 1), path) }))
    .filter(
      (match): match is { route: (typeof routes)[number]; path: Record<string, string> } =>
        match.path !== undefined,
    );
  // The most specific route wins, as in the API.
  return matched.sort((one, other) => Object.keys(one.path).length - Object.keys(other.path).length)[0];
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const parts = path.split("/");
  if (wanted.length !== parts.length) return undefined;
  const variables: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const part = parts[at] ?? "";
    if (name.startsWith("{") && part !== "") variables[name.slice(1, -1)] = withoutLooseEnd(part);
    else if (name !== part) return undefined;
  }
  return variables;
}
