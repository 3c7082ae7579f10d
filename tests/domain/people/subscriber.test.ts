import { describe, expect, it } from "vitest";
import {
  asksToJoin,
  newSubscriber,
  type SignUp,
  withConfirmation,
  withStop,
} from "../../../functions/domain/people/subscriber.ts";
import { DAY } from "../../../functions/domain/time.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const consent = (event: "requested" | "confirmed" | "withdrawn", list = "course") => ({
  event,
  at: NOW,
  list,
  text: "v1",
  source: "test",
  actor: "self" as const,
});
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
