import { expect, it } from "vitest";
import { isOvertaken } from "../../../functions/domain/people/errand.ts";
import type { Consent } from "../../../functions/domain/people/subscriber.ts";
import { aConsent } from "../../support/consents.ts";

const ASKED_AT = Date.UTC(2026, 5, 1, 9);
const said = (event: Consent["event"], list: string, at: number): { consents: Consent[] } => ({
  consents: [aConsent(event, list, at)],
});
const isTooLate = (...word: Parameters<typeof said>) => isOvertaken(said(...word), "course", ASKED_AT);

it("an errand is overtaken by who has left or changed its list since, or has left everything", () => {
  expect(isTooLate("withdrawn", "course", ASKED_AT + 1)).toBe(true);
  expect(isTooLate("changed", "course", ASKED_AT + 1)).toBe(true);
  expect(isTooLate("withdrawn", "everything", ASKED_AT + 1)).toBe(true);
});

it("controls: not by what was said before it, of another list, or as another wish for the same", () => {
  expect(isTooLate("withdrawn", "course", ASKED_AT)).toBe(false);
  expect(isTooLate("withdrawn", "newsletter", ASKED_AT + 1)).toBe(false);
  expect(isTooLate("requested", "course", ASKED_AT + 1)).toBe(false);
});
