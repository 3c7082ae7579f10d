/** A moment, in milliseconds since the Unix epoch, UTC. The only way this code writes a moment down. */
export type Instant = number;

/** Lengths of time, in milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-11-24T07:30:00.000Z`: for people, logs and exports. */
export const iso = (at: Instant): string => new Date(at).toISOString();
