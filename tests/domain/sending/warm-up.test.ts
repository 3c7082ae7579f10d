import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRIORITIES } from "../../../functions/domain/sending/mail-kinds.ts";
import {
  grantedToday,
  type Ramped,
  rampAllowance,
  rampBooking,
  rampReaches,
  rampRoom,
  withRampBooked,
  withRampDay,
} from "../../../functions/domain/sending/warm-up.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";

const MONDAY = Date.UTC(2026, 5, 1);
const SETTINGS = { warmUp: { from: 100, factor: 1.5 }, mailDomain: "mail.young.example" };
type Kept = Ramped & { quota: number };
const FRESH: Kept = { quota: 50_000 };
const on = (at: number, booked = 0, settings: Parameters<typeof withRampDay>[1] = SETTINGS): Kept =>
  withRampBooked(withRampDay(withRampDay(FRESH, settings, MONDAY), settings, at), booked);

describe("the ramp of a young domain", () => {
  it("lets a factor more leave each day, whole mails", () => {
    const days = [0, 1, 2, 3, 4].map((day) => on(MONDAY + day * DAY).warmUp?.most);
    expect(days).toEqual([100, 150, 225, 337, 506]);
    expect(rampAllowance({ from: 100_000, factor: 3 }, 10_000)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("counts a UTC day's mails together, and begins the next at none", () => {
    const used = on(MONDAY, 70);
    expect(withRampDay(used, SETTINGS, MONDAY + DAY - 1).warmUp).toMatchObject({ booked: 70, most: 100 });
    expect(withRampDay(used, SETTINGS, MONDAY + DAY).warmUp).toMatchObject({ booked: 0, most: 150 });
  });

  it("goes on with the day that another clock has begun already", () => {
    const ahead = withRampBooked(on(MONDAY + DAY), 30);
    expect(withRampDay(ahead, SETTINGS, MONDAY + DAY - 2_000).warmUp).toEqual(ahead.warmUp);
  });

  it("begins anew for another mail domain", () => {
    const later = on(MONDAY + 5 * DAY, 20);
    const moved = withRampDay(later, { ...SETTINGS, mailDomain: "mail.other.example" }, MONDAY + 5 * DAY);
    expect(moved.warmUp).toMatchObject({ booked: 0, most: 100 });
  });

  it("lets all leave where the settings have none, and goes on where they have it again", () => {
    const { warmUp: _, ...without } = SETTINGS;
    expect(withRampDay(FRESH, without, MONDAY)).toBe(FRESH);
    const off = withRampDay(on(MONDAY + 5 * DAY, 20), without, MONDAY + 5 * DAY);
    expect(rampRoom({ ...off, quota: -1 }, "bulk", MONDAY)).toBeGreaterThan(1e9);
    expect(withRampDay(off, SETTINGS, MONDAY + 5 * DAY)).toEqual(on(MONDAY + 5 * DAY, 20));
  });

  it("has issues wait before lessons, and lessons before what a person waits for", () => {
    const rooms = (booked: number, at = MONDAY) =>
      Object.fromEntries(PRIORITIES.map((one) => [one, rampRoom(on(at, booked), one, at)]));
    expect(rooms(0)).toEqual({ bulk: 50, lesson: 95, urgent: 100 });
    expect(rooms(50)).toEqual({ bulk: 0, lesson: 45, urgent: 50 });
    expect(rooms(95)).toEqual({ bulk: 0, lesson: 0, urgent: 5 });
    expect(rooms(100)).toEqual({ bulk: 0, lesson: 0, urgent: 0 });
  });

  it("gives issues what the day leaves, as it goes on", () => {
    const room = (hours: number) => rampRoom(on(MONDAY + hours * HOUR), "bulk", MONDAY + hours * HOUR);
    expect([0, 12, 18, 23.9].map(room)).toEqual([50, 50, 75, 90]);
  });

  it("ends where it has grown to what SES grants: then the quota has its own shares", () => {
    const grown = { ...on(MONDAY), quota: 100 };
    expect(rampRoom(grown, "bulk", MONDAY)).toBe(100);
    expect(rampRoom({ ...grown, quota: 101 }, "bulk", MONDAY)).toBe(50);
    expect(rampReaches(on(MONDAY), SETTINGS.warmUp, 50_000)).toBe(MONDAY + 16 * DAY);
    expect(rampAllowance(SETTINGS.warmUp, 15)).toBeLessThan(50_000);
    expect(rampAllowance(SETTINGS.warmUp, 16)).toBeGreaterThanOrEqual(50_000);
    expect(rampReaches(on(MONDAY), SETTINGS.warmUp, 50)).toBe(MONDAY);
    expect(rampReaches(on(MONDAY), SETTINGS.warmUp, -1)).toBeUndefined();
  });

  it("is what is granted, where it is less than SES's quota", () => {
    expect(grantedToday(on(MONDAY))).toBe(100);
    expect(grantedToday({ ...on(MONDAY), quota: -1 })).toBe(100);
    expect(grantedToday({ ...on(MONDAY), quota: 60 })).toBe(60);
    expect(grantedToday(FRESH)).toBe(50_000);
  });

  it("books slot by slot where little is left, and as ever where there is much", () => {
    expect([1, 100, 250, 40_000, Number.POSITIVE_INFINITY].map((room) => rampBooking(4, room))).toEqual([
      1, 1, 2, 4, 4,
    ]);
  });

  it("never books above a day's mails, whoever books when", () => {
    const booking = fc.tuple(
      fc.constantFrom(...PRIORITIES),
      fc.integer({ min: 0, max: 2 * HOUR }),
      fc.nat(50),
    );
    fc.assert(
      fc.property(
        fc.array(booking, { maxLength: 200 }),
        fc.integer({ min: 10, max: 60 }),
        fc.double({ min: 1.05, max: 3, noNaN: true }),
        fc.constantFrom(-1, 1, 200, 50_000),
        (bookings, from, factor, quota) => {
          const settings = { ...SETTINGS, warmUp: { from, factor } };
          const booked = new Map<number, number>();
          let governor: Kept = { quota };
          let now = MONDAY;
          for (const [priority, later, rate] of bookings) {
            now += later;
            governor = withRampDay(governor, settings, now);
            const room = rampRoom(governor, priority, now);
            if (room === 0) continue;
            const slots = rampBooking(rate + 1, room);
            governor = withRampBooked(governor, slots);
            const day = Math.floor((now - MONDAY) / DAY);
            booked.set(day, (booked.get(day) ?? 0) + slots);
            expect(booked.get(day)).toBeLessThanOrEqual(
              rampAllowance(settings.warmUp, day - firstOf(booked)),
            );
          }
        },
      ),
    );
  });
});

const firstOf = (days: ReadonlyMap<number, number>): number => Math.min(...days.keys());
