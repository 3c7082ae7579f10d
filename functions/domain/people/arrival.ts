import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { findUrl } from "../url.ts";
import type { Consent } from "./subscriber.ts";

/** Where somebody came from when they asked for something: the owner's word in the link, and the site that it stood on. */
export type Arrival = Pick<Consent, "from" | "referrer">;

const LONGEST_WORD = 40;
const LONGEST_HOST = 100;
/** So much of what somebody sends is looked at. */
const MOST_READ = 300;

/**
 * Anybody can write anything there, so little is kept of it: a short word and the name of a host.
 * @param from `?from=` of the page, or the form's field of that name
 * @param referrer the address of the page that led there, or only its host
 * @param own host of our own site, which tells nothing
 */
export function readArrival(from: string | undefined, referrer: string | undefined, own: string): Arrival {
  const word = originWord(from ?? "");
  const host = refererHost(referrer ?? "", own);
  return { ...(word && { from: word }), ...(host && { referrer: host }) };
}

/** `Spring Mail!` is `spring-mail`. What holds an @ may be somebody's address, and is not kept. */
function originWord(typed: string): string {
  const text = typed.slice(0, MOST_READ).normalize("NFKC");
  if (text.includes("@")) return "";
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.join("-")].slice(0, LONGEST_WORD).join("").replace(/-$/, "");
}

/** The name of the host alone; none where it is a number, our own, or on a private network. */
function refererHost(typed: string, own: string): string {
  const text = typed.slice(0, MOST_READ);
  const address = text.includes("/") ? text : `https://${text}`;
  const url = findUrl(address);
  if (!url || !["http:", "https:"].includes(url.protocol)) return "";
  const host = domainToASCII(url.hostname).replace(/^www\./, "");
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(host) && isIP(host) === 0;
  return isName && host.length <= LONGEST_HOST && host !== own.replace(/^www\./, "") ? host : "";
}

/**
 * Where a person came from: by the request that they confirmed first, since anybody can type their address into a form
 * later. Of who has confirmed nothing, by the latest.
 */
export function findArrival({ consents }: { consents: readonly Consent[] }): Arrival {
  const first = consents.findIndex(({ event }) => event === "confirmed");
  const before = first < 0 ? consents : consents.slice(0, first);
  const list = consents[first]?.list;
  const isAsked = ({ event, list: asked }: Consent) => event === "requested" && (!list || asked === list);
  const { from, referrer } = before.findLast(isAsked) ?? {};
  return { ...(from && { from }), ...(referrer && { referrer }) };
}

/** `podcast (news.example)`; empty where nothing is known. */
export const originInWords = ({ from, referrer }: Arrival): string =>
  from && referrer ? `${from} (${referrer})` : (from ?? referrer ?? "");
