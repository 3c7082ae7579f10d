import fc from "fast-check";
import ICAL from "ical.js";
import { sync } from "node-ical";
import { describe, expect, it } from "vitest";
import { MINUTE } from "../../functions/domain/time.ts";
import { type Appointment, iCalendar } from "../../functions/web/icalendar.ts";

const NOW = Date.UTC(2026, 10, 30, 22, 10, 7, 450);
const START = Date.UTC(2026, 11, 3, 16);
const appointment = (more: Partial<Appointment> = {}): Appointment => ({
  uid: "k7qa@learn.course.example",
  stampedAt: NOW,
  startsAt: START,
  minutes: 15,
  summary: "Before you are asked",
  description: "When I close my laptop on Thursday, I will send my boss three lines.",
  ...more,
});

/** As Thunderbird's parser reads it. */
function byIcalJs(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent") as ICAL.Component);
  return {
    uid: event.uid,
    summary: event.summary ?? "",
    description: event.description ?? "",
    startsAt: event.startDate.toJSDate().getTime(),
    endsAt: event.endDate.toJSDate().getTime(),
    hasMethod: calendar.getFirstProperty("method") !== null,
  };
}

function byNodeIcal(text: string) {
  const event = Object.values(sync.parseICS(text)).find((one) => one?.type === "VEVENT");
  if (event?.type !== "VEVENT") throw new Error("it holds no event");
  return {
    uid: event.uid,
    summary: String(event.summary),
    description: String(event.description ?? ""),
    startsAt: event.start.getTime(),
    endsAt: event.end?.getTime(),
    hasMethod: "method" in event && event.method !== undefined,
  };
}

describe("an appointment as a calendar file", () => {
  it.each([
    ["ical.js", byIcalJs],
    ["node-ical", byNodeIcal],
  ])("is read by %s as it was meant", (_, read) => {
    const summary = "Lines; commas, \\ and “Größe” 👩🏽‍💻";
    const description = `${"Ein sehr langer Satz, größer als eine Zeile; ".repeat(6)}\nund eine zweite`;
    expect(read(iCalendar(appointment({ summary, description })))).toEqual({
      ...{ uid: "k7qa@learn.course.example", summary, description },
      ...{ startsAt: START, endsAt: START + 15 * MINUTE, hasMethod: false },
    });
  });

  it("has lines of at most 75 octets that end in CR LF, whatever an author wrote, and loses none of it", () => {
    const words = fc.string({ unit: "grapheme", maxLength: 300 });
    const property = fc.property(words, words, (summary, description) => {
      const text = iCalendar(appointment({ summary, description }));
      const lines = text.split("\r\n");
      expect(lines.pop()).toBe("");
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/\p{Cc}/u);
      }
      expect(lines.filter((line) => /^BEGIN:|^END:/.test(line))).toHaveLength(4);
      const clean = (said: string) => said.replace(/\r\n?/g, "\n").replace(/(?!\n)\p{Cc}/gu, "");
      const read = byIcalJs(text);
      expect([read.summary, read.description]).toEqual([clean(summary), clean(description)]);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("cannot be made to say more by what stands in it", () => {
    const description = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:https://evil.example";
    const text = iCalendar(appointment({ description }));
    expect(text).not.toMatch(/^(?:BEGIN:VALARM|ATTACH)/m);
    expect(byIcalJs(text).description).toBe(description.replaceAll("\r\n", "\n"));
  });

  it("is a second's moment in UTC, private, and names nobody", () => {
    const text = iCalendar(appointment());
    expect(text).toContain(
      "\r\nDTSTAMP:20261130T221007Z\r\nDTSTART:20261203T160000Z\r\nDTEND:20261203T161500Z\r\n",
    );
    expect(text).toContain("\r\nCLASS:PRIVATE\r\n");
    expect(text).not.toMatch(/ORGANIZER|ATTENDEE|METHOD|URL|mailto:/i);
  });
});
