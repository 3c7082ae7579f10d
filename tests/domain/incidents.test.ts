import { expect, it } from "vitest";
import { type Incidents, withSighting } from "../../functions/domain/incidents.ts";
import { MINUTE } from "../../functions/domain/time.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
/** What is known after mail was seen late at these minutes. */
const seenLate = (minutes: readonly number[]): Incidents["late"] =>
  minutes.reduce<Incidents>((known, minute) => withSighting(known, "late", NOW + minute * MINUTE), {}).late;

it("late mail is an incident when it is seen five times within ten minutes, and not sooner", () => {
  expect(seenLate([0, 1, 2, 3])).toEqual({ firstAt: NOW, lastAt: NOW + 3 * MINUTE, times: 4 });
  expect(seenLate([0, 1, 2, 3, 4])).toMatchObject({ times: 5, openedAt: NOW + 4 * MINUTE });
});

it("what is seen after the ten minutes is counted anew, until an incident is open", () => {
  expect(seenLate([0, 1, 2, 3, 10])).toEqual({
    firstAt: NOW + 10 * MINUTE,
    lastAt: NOW + 10 * MINUTE,
    times: 1,
  });
  expect(seenLate([0, 1, 2, 3, 4, 30])).toMatchObject({ firstAt: NOW, times: 6, openedAt: NOW + 4 * MINUTE });
});
