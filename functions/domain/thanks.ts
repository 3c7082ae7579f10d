import { domainToASCII } from "node:url";
import { findUrl } from "./url.ts";

/**
 * A page of the owner's own that takes the place of ours. Only the settings name one, and no request can: a link to us that
 * led elsewhere would lend our name to whoever wrote it.
 */

const LONGEST = 500;
/** Printable ASCII without spaces and backslashes, which browsers read as slashes. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

/** A path of this site, or a whole https address: why it is neither; undefined if it is one of them. */
export function thanksProblem(address: string): string | undefined {
  if (address.length > LONGEST) return `must be at most ${LONGEST} letters`;
  if (!PLAIN.test(address))
    return "must be a path such as /newsletter or an https address, in ASCII (a host's name as xn--…), without spaces and backslashes";
  if (address.startsWith("/"))
    return address.startsWith("//") ? "must begin with one slash: two lead to another site" : undefined;
  const url = /^https:\/\/[^/]/.test(address) ? findUrl(address) : undefined;
  if (!url) return "must be a path such as /newsletter, or begin with https:// and a host";
  const { username, password, hostname } = url;
  if (username !== "" || password !== "") return "must hold no name or password before the host";
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domainToASCII(hostname))
    ? undefined
    : "must name its host in full, such as www.yourdomain.org";
}

/** The other sites that they are on: a page's policy must let its form end there. */
export const thanksOrigins = (thanks: Partial<Record<string, string | undefined>>): string[] => [
  ...new Set(
    Object.values(thanks).flatMap((address) =>
      address === undefined || address.startsWith("/") ? [] : new URL(address).origin,
    ),
  ),
];
