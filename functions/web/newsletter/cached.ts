import { createHash } from "node:crypto";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";

/** How long a browser or a cache may show a public page without asking, in seconds. */
const FRESH_FOR = 300;
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

/**
 * A public answer that may be kept, by everybody. It is the same for all, so it can hold no random nonce: its policy
 * names its style by hash. A browser that has the page already is told so.
 */
export function cachedAnswer(
  { settings }: Pick<Services, "settings">,
  request: WebRequest,
  { status, headers = {}, body }: WebResponse,
): WebResponse {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const kept = { "cache-control": `public, max-age=${FRESH_FOR}`, etag };
  if (isKnown(request.headers["if-none-match"], etag))
    return { status: 304, headers: { ...kept, "content-type": contentType(headers) }, body: "" };
  return {
    status,
    headers: { ...headers, ...kept, "content-security-policy": cachePolicy(body, settings) },
    body,
  };
}

const contentType = (headers: Record<string, string>): string => headers["content-type"] ?? "text/html";

/** RFC 9110 §13.1.2: a list of tags, weak ones too, because what stands between may have compressed the answer. */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === "*");

function cachePolicy(body: string, { pictureOrigin }: Services["settings"]): string {
  const styles = [...body.matchAll(STYLE)].map(
    ([, style = ""]) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    ...(styles.length > 0 ? [`style-src ${styles.join(" ")}`] : []),
    `img-src data: ${pictureOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
