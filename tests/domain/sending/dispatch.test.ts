import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterEvent,
  DELIVERY_STATES,
  dispatchId,
  type LedgerEntry,
  readDispatchId,
} from "../../../functions/domain/sending/dispatch.ts";
import { DISPATCH_KINDS } from "../../../functions/domain/sending/mail-kinds.ts";

const slugs = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/);
const dispatches = fc.record({
  subscriber: slugs,
  list: slugs,
  run: fc.integer({ min: 1, max: 999 }),
  kind: fc.constantFrom(...DISPATCH_KINDS),
  slug: slugs,
});

describe("a dispatch id", () => {
  it("carries the whole dispatch in characters that SES takes in a tag", () => {
    fc.assert(
      fc.property(dispatches, (dispatch) => {
        const id = dispatchId(dispatch);
        expect(id).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
        expect(readDispatchId(id)).toEqual(dispatch);
      }),
    );
  });

  it("is not read out of anything else", () => {
    for (const other of [
      "",
      "a_b_1_lesson",
      "a_b_0_lesson_c",
      "a_b_1_poem_c",
      "a_b_1_lesson_c_d",
      "A_b_1_lesson_c",
    ]) {
      expect(readDispatchId(other)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (text) => void readDispatchId(text)));
  });
});

describe("the ledger", () => {
  const entry: LedgerEntry = { dispatch: "d", messageId: "m", sentAt: 1, state: "sent", stateAt: 1 };

  it("says the same in the end, in whatever order and however often events come", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...DELIVERY_STATES), { minLength: 1 }), (events) => {
        const told = (order: typeof events) =>
          order.reduce((current, state, at) => afterEvent(current, state, at), entry).state;
        const furthest = [...events, entry.state].sort(
          (one, other) => DELIVERY_STATES.indexOf(other) - DELIVERY_STATES.indexOf(one),
        )[0];
        expect(told(events)).toBe(furthest);
        expect(told([...events].reverse())).toBe(furthest);
        expect(told([...events, ...events])).toBe(furthest);
      }),
    );
  });

  it("is not written again for an event that tells nothing new", () => {
    expect(afterEvent(entry, "sent", 2)).toBe(entry);
  });
});

describe("an id that is not ours", () => {
  it.each([
    "s_course_1_lesson_Aone",
    "s_course_1_lesson_oneA",
    "s_course_1_lesson_",
    "s_course_0_lesson_one",
    "s_course_x1_lesson_one",
    "s_course_1x_lesson_one",
    "s_course_1_epistle_one",
    "s_course_1_lesson",
    `s_course_1_lesson_${"a".repeat(61)}`,
  ])("is read as none: %s", (id) => {
    expect(readDispatchId(id)).toBeUndefined();
  });

  it("is never written: a slug that could not be read back is refused with its words", () => {
    const dispatch = { subscriber: "s", list: "course", run: 1, kind: "lesson", slug: "Not a slug" } as const;
    expect(() => dispatchId(dispatch)).toThrow(
      '"Not a slug" cannot stand in a dispatch id: a-z, 0-9 and - only',
    );
  });
});
