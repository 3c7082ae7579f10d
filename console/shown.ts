import { inZone, zoneName } from "../cli/time-in-words.ts";
import { steeringAsEscapes, withoutSteering } from "../functions/domain/controls.ts";
import { maskAddress } from "../functions/domain/people/address.ts";
import { type Instant, iso } from "../functions/domain/time.ts";

/** Personal data is printed where it is asked for. */
export const SHOW_FLAG = {
  "show-addresses": { says: "addresses in full; d•••@printer.example otherwise" },
} as const;
export const JSON_FLAG = { json: { says: "a line of JSON each" } } as const;

/** An address, in full only if that was asked for. */
export const addressShown = (address: string, inFull: true | undefined): string =>
  inFull ? address : maskAddress(address);

/** `Tue 31 Mar 2026, 07:30 CEST (2026-03-31T05:30Z)`: on the reader's clock, and in UTC. */
export const momentShown = (at: Instant, zone: string): string =>
  `${inZone(at, zone)} ${zoneName(at, zone)} (${iso(at).slice(0, "2026-03-31T05:30".length)}Z)`;

/** What others wrote may hold characters that steer a terminal. */
export const safe = (text: string): string => withoutSteering(text).replace(/[\t\n]/g, " ");

/** The same as JSON: nothing is lost, and nothing steers. @param indent of a whole document; a line unless told */
export const shownAsJson = (value: unknown, indent?: number): string =>
  steeringAsEscapes(JSON.stringify(value, undefined, indent));

export const countInWords = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
