import { describe, expect, it } from "vitest";
import {
  asksToJoin,
  type Consent,
  listsToConfirm,
  markedErased,
  newSubscriber,
  type SignUp,
  withConfirmation,
  withStop,
} from "../../../functions/domain/people/subscriber.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aConsent } from "../../support/consents.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const consent = (event: Consent["event"], list = "course") => aConsent(event, list, NOW);
const asks: SignUp = {
  address: "r@x.example",
  addressHash: "hash",
  zone: "UTC",
  course: "course",
  newsletter: false,
  consent: consent("requested"),
};

describe("a sign-up", () => {
  it("of somebody who comes back asks by a mail of its own, so the old one's ledger entry says nothing of it", () => {
    const first = newSubscriber("a".repeat(16), asks, NOW);
    const gone = withStop(
      withConfirmation(first, consent("confirmed")),
      "reader",
      consent("withdrawn", "everything"),
      NOW,
    );
    const back = asksToJoin(gone, asks, NOW + 30 * DAY, NOW + 30 * DAY);
    const confirmationsOf = ({ agenda }: typeof first) =>
      Object.keys(agenda).filter((key) => key.startsWith("confirmation_"));
    expect(confirmationsOf(back)).toHaveLength(1);
    expect(confirmationsOf(back)).not.toEqual(confirmationsOf(first));
  });

  it("that strangers repeat does not push out the proof that the reader confirmed", () => {
    let person = withConfirmation(newSubscriber("a".repeat(16), asks, NOW), consent("confirmed"));
    person = withStop(person, "reader", consent("withdrawn", "everything"), NOW);
    for (let time = 0; time < 50; time++) person = asksToJoin(person, asks, NOW, NOW);
    expect(person.consents).toHaveLength(20);
    expect(person.consents.map(({ event }) => event)).toEqual(
      expect.arrayContaining(["confirmed", "withdrawn"]),
    );
    expect(person).not.toHaveProperty("expiresAt");
  });
});

describe("what a confirmation and an erasing leave", () => {
  const said = (event: Consent["event"], at: number) => aConsent(event, "course", at);
  const signUp = (at: number, newsletter = false) => ({
    ...{ address: "a@x.example", addressHash: "h", zone: "UTC", course: "course", newsletter },
    consent: said("requested", at),
  });
  const START = Date.UTC(2026, 10, 24);
  const FORTNIGHT = 14 * DAY;

  it("gives the newsletter to who asked for it, and to nobody else", () => {
    const confirmed = (newsletter: boolean) =>
      withConfirmation(newSubscriber("a", signUp(START, newsletter), START), said("confirmed", START + 1));
    expect([confirmed(true).newsletter, confirmed(false).newsletter]).toEqual([true, false]);
  });

  it("is on the agenda once, however often it is asked for, and counts anew when a fortnight has passed", () => {
    let person = newSubscriber("a", signUp(START), START);
    expect(person.expiresAt).toBe(START + FORTNIGHT);
    const waiting = person.agenda;
    for (let time = 1; time < 5; time++)
      person = asksToJoin(person, signUp(START + time), START + time, START);
    expect([person.requests, person.agenda]).toEqual([1, waiting]);
    const again = asksToJoin({ ...person, agenda: {} }, signUp(START + 5), START + 5, START + 5);
    expect([again.requests, Object.keys(again.agenda)]).toEqual([
      2,
      [expect.stringMatching(/^confirmation_/)],
    ]);
    const later = START + 5 + FORTNIGHT;
    expect(asksToJoin({ ...again, agenda: {} }, signUp(later), later, later).requests).toBe(1);
    const lately = asksToJoin(
      newSubscriber("a", signUp(START), START),
      signUp(START + DAY),
      START + DAY,
      START,
    );
    const soon = START + FORTNIGHT;
    expect(asksToJoin({ ...lately, agenda: {} }, signUp(soon), soon, soon).requests).toBe(2);
  });

  it("is asked first for the list of the latest sign-up, whichever was asked for before", () => {
    const asked = (course: string, at: number) => ({
      ...{ ...signUp(at), course },
      consent: aConsent("requested", course, at),
    });
    const person = asksToJoin(
      newSubscriber("a", asked("course", START), START),
      asked("other", START + 1),
      START + 1,
      START,
    );
    expect(listsToConfirm(person, START + 2)).toEqual(["other", "course"]);
    const back = asksToJoin(person, asked("course", START + 3), START + 3, START);
    expect(listsToConfirm(back, START + 4)).toEqual(["course", "other"]);
  });

  it("of somebody erased: their hashes and the second erasing, no newsletter and no words", () => {
    const { newsletter, status, address, consents, otherAddressHash, agenda } = markedErased(
      { ...newSubscriber("a", signUp(START, true), START), newsletter: true, otherAddressHash: "other" },
      START,
    );
    expect({ newsletter, status, address, consents, otherAddressHash }).toEqual({
      ...{ newsletter: false, status: "stopped", address: "", consents: [], otherAddressHash: "other" },
    });
    expect(Object.keys(agenda)).toEqual(["erase-again"]);
  });
});
