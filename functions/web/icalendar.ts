import { type Instant, MINUTE } from "../domain/time.ts";

/** One appointment, as a calendar takes it in. */
export interface Appointment {
  /** The same for the same appointment: taken in twice, it stands there once. */
  uid: string;
  /** When this was written. */
  stampedAt: Instant;
  startsAt: Instant;
  minutes: number;
  /** Calendars of companies are seen by others: it says no more than a colleague may read. */
  summary: string;
  description: string;
}

const LINE_END = "\r\n";
/** Octets of a line, without its end (RFC 5545 §3.1). */
const LONGEST_LINE = 75;

/**
 * An iCalendar object (RFC 5545) of one appointment. Its times are in UTC, reckoned in the reader's own zone for that very day:
 * no calendar has to know the zone's rules. It has no METHOD, no organizer and nobody who attends: nobody is invited, and
 * nobody is written to.
 */
export function iCalendar(appointment: Appointment): string {
  const { uid, stampedAt, startsAt, minutes, summary, description } = appointment;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Coursepost//Moves//EN",
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${inUtc(stampedAt)}`,
    `DTSTART:${inUtc(startsAt)}`,
    `DTEND:${inUtc(startsAt + minutes * MINUTE)}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    "CLASS:PRIVATE",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => foldLine(line) + LINE_END).join("");
}

/** `20261203T160000Z`: whole seconds. */
const inUtc = (at: Instant): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");

/** A value of type TEXT (§3.3.11). Control characters have no place in one. */
const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)\p{Cc}/gu, "")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");

/** Cut into lines of at most 75 octets, never within a character; each but the first begins with a space. */
function foldLine(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST_LINE) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join(LINE_END);
}
