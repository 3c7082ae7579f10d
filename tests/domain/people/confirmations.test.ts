import { expect, it } from "vitest";
import { isAnswerToRequest } from "../../../functions/domain/people/confirmations.ts";
import type { Consent } from "../../../functions/domain/people/subscriber.ts";
import { aConsent } from "../../support/consents.ts";

const said = (event: Consent["event"], at: number, changes: Partial<Consent> = {}): Consent => ({
  ...aConsent(event, "course", at),
  ...changes,
});
const isAnswer = (...consents: Consent[]) => isAnswerToRequest(consents, consents.at(-1) as Consent);

it("a request is answered by who asked, for the list that was asked for or with the newsletter in it, once", () => {
  expect(isAnswer(said("requested", 1), said("confirmed", 2))).toBe(true);
  expect(isAnswer(said("requested", 1), said("confirmed", 2, { list: "newsletter" }))).toBe(true);
  expect(isAnswer(said("requested", 1), said("confirmed", 2), said("confirmed", 3))).toBe(false);
});

it("controls: not by the owner, for another course, or by what was confirmed before it was asked", () => {
  expect(isAnswer(said("requested", 1), said("confirmed", 2, { actor: "owner" }))).toBe(false);
  expect(isAnswer(said("requested", 1), said("confirmed", 2, { list: "another-course" }))).toBe(false);
  expect(isAnswer(said("requested", 3), said("confirmed", 2))).toBe(false);
});
