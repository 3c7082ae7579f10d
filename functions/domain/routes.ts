/** What the website answers, as method and path; in a path, `{…}` stands for what changes. */
export const PAGE_ROUTES = [
  "GET /",
  "GET /courses/{course}",
  "GET /courses/{course}/{slug}",
  "GET /subscribe",
  "POST /sign-up",
  "GET /confirm/{token}",
  "POST /confirm/{token}",
  "GET /confirm/{token}/{course}",
  "POST /confirm/{token}/{course}",
  "POST /new-link/{token}",
  "GET /reader/{token}",
  "POST /reader/{token}",
  "GET /reader/{token}/{course}",
  "GET /reader/{token}/{course}/{slug}",
  "POST /reader/{token}/{course}/{slug}",
  "GET /reader/{token}/{course}/{slug}/move.ics",
  "GET /lesson/{slug}",
  "GET /privacy",
  "GET /accessibility",
  "GET /picture.png",
  "GET /favicon.ico",
  "GET /robots.txt",
  "GET /test-mail",
  "POST /test-mail",
  "GET /form",
  "GET /form/script",
  "GET /personal/{token}",
  "POST /personal/{token}",
  "GET /no-letters/{token}",
  "POST /no-letters/{token}",
  "GET /join/{token}",
  "POST /join/{token}",
  "POST /change-address/{token}",
  "GET /new-address/{token}",
  "POST /new-address/{token}",
  "GET /old-address/{token}",
  "POST /old-address/{token}",
  "POST /undo/{token}",
  "POST /fresh-link/{token}",
  "GET /own-reply/{token}",
  "POST /own-reply/{token}",
  "GET /remove-answer/{token}",
  "POST /remove-answer/{token}",
  "GET /offer/{token}",
  "POST /offer/{token}",
  "GET /voice/{token}",
  "POST /voice/{token}",
] as const;

/** Deployed only where the owner shows the newsletter to everybody. */
export const ARCHIVE_ROUTES = [
  "GET /newsletter",
  "GET /newsletter/feed.xml",
  "GET /newsletter/{slug}",
] as const;

/** For other programs, of a function of their own: it answers as if it were not there while the stage has no key. */
export const API_ROUTES = [
  "GET /api/v1/openapi.json",
  "GET /api/v1/lists",
  "POST /api/v1/sign-ups",
  "GET /api/v1/subscribers",
  "POST /api/v1/subscribers/search",
  "GET /api/v1/subscribers/{id}",
  "PATCH /api/v1/subscribers/{id}",
  "DELETE /api/v1/subscribers/{id}",
  "GET /api/v1/subscribers/{id}/progress",
  "POST /api/v1/subscribers/{id}/leave",
  "PUT /api/v1/subscribers/{id}/tags/{tag}",
  "DELETE /api/v1/subscribers/{id}/tags/{tag}",
] as const;
/** What is below the API's path and is none of these: the same function says so, in the API's own form. */
export const OTHER_API_PATHS = "ANY /api/v1/{proxy+}";

/** Whatever no other route fits, in any method: API Gateway's own name for it. */
export const OTHER_PATHS = "$default";

/** What mail programs and people leave at the end of a link: slashes, full stops, brackets, quotation marks. */
const LOOSE_END =
  /(?:[\p{P}\p{S}\p{Z}\p{Cf}]|%(?:2[0-9a-f]|3[a-e]|5[b-e]|7[b-e]|c2%bb|e2%80%[89a][0-9a-f]))+$/iu;

/** A path, or a part of one, without that. No path of ours, no slug and no token ends so. */
export const withoutLooseEnd = (path: string): string => path.replace(LOOSE_END, "");

/** Of a function of their own. RFC 8058: mailbox providers POST here for their users. */
export const LEAVE_ROUTES = ["GET /unsubscribe/{token}", "POST /unsubscribe/{token}"] as const;

/**
 * Their answer depends on an address that anybody may name, or on a link that may be in other hands: it waits until it
 * is as late for everybody, and takes one of the account's invocations meanwhile.
 */
export const ADDRESS_ROUTES = [
  "POST /sign-up",
  "POST /new-link/{token}",
  "POST /fresh-link/{token}",
  "POST /change-address/{token}",
] as const satisfies readonly (typeof PAGE_ROUTES)[number][];

export type Route =
  | (typeof PAGE_ROUTES)[number]
  | (typeof ARCHIVE_ROUTES)[number]
  | (typeof API_ROUTES)[number]
  | typeof OTHER_API_PATHS
  | (typeof LEAVE_ROUTES)[number];
