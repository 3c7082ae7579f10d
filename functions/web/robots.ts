import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { cachedAnswer } from "./newsletter/cached.ts";

/**
 * `GET /robots.txt` (RFC 9309). All may be fetched: what must not be found says so itself (`x-robots-tag`), and a crawler
 * that is kept from a page does not see that.
 */
export const robots = async (services: Services, request: WebRequest): Promise<WebResponse> =>
  cachedAnswer(services, request, {
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: "User-agent: *\nDisallow:\n",
  });
