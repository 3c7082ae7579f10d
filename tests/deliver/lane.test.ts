import { describe, expect, it } from "vitest";
import { runLane } from "../../functions/deliver/lane.ts";
import { newSubscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { confirmationsDuring } from "../bench/issue-and-confirmations.ts";
import { throughputAt } from "../bench/throughput.ts";
import { aConsent } from "../support/consents.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { idOf, openSendingWorld, type SendingWorld } from "../support/sending-world.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const content = plainContent(aCourse("one", "two"));

/** The longest time between two mails, in ms. */
const longestSilence = (accepted: { at: number }[]): number =>
  accepted.reduce((longest, { at }, place) => Math.max(longest, at - (accepted[place - 1]?.at ?? at)), 0);

/** Someone signs up now, and the nudge that asks for their confirmation is lost. Returns whose it is. */
function askToConfirm({ services, clock }: SendingWorld): string {
  const id = idOf(1_000_000);
  const consent = aConsent("requested", "course", NOW);
  const asks = {
    address: "new@x.example",
    addressHash: "h",
    zone: "UTC",
    course: "course",
    newsletter: false,
  };
  const waiting = {
    ...newSubscriber(id, { ...asks, consent }, NOW),
    agenda: { "confirmation_1-1": { dueAt: clock.now(), doubts: 0 } },
  };
  void services.store.save(waiting);
  return id;
}

describe("a lane", () => {
  it("uses all of the rate that SES grants, is refused nothing, loses nothing, and sends nothing twice", async () => {
    for (const [rate, seconds] of [
      [14, 20],
      [200, 8],
    ] as const) {
      const seen = await throughputAt(rate, seconds);
      expect(seen.share).toBeGreaterThan(0.99);
      expect(seen).toMatchObject({ rate, mails: rate * seconds, refusedShare: 0, lost: 0, twice: 0 });
    }
  });

  it("is followed without a pause by who came in its last 75 seconds, when its ten minutes end", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 700, rate: 1 });
    await world.run(NOW + 14 * MINUTE);
    expect(world.accepted).toHaveLength(700);
    expect(longestSilence(world.accepted)).toBeLessThan(3 * SECOND);
  });

  it("control: who comes sooner is not needed and returns, and with nobody waiting the mail stops", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 700, rate: 1 });
    void runLane(world.services, { lane: 0 });
    await world.advanceTo(NOW + 8 * MINUTE);
    let hasReturned = false;
    void runLane(world.services, { lane: 0 }).then(() => {
      hasReturned = true;
    });
    await world.advanceTo(NOW + 8 * MINUTE + SECOND);
    expect(hasReturned).toBe(true);
    await world.advanceTo(NOW + 14 * MINUTE);
    expect(world.accepted.at(-1)?.at).toBeLessThan(NOW + 10 * MINUTE + 5 * SECOND);
    expect(world.accepted.length).toBeLessThan(700);
  });

  it("two who wait for the same end become one: a lane never runs twice", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 700, rate: 1 });
    void runLane(world.services, { lane: 0 });
    await world.advanceTo(NOW + 9 * MINUTE);
    const ended: number[] = [];
    for (let waiting = 0; waiting < 2; waiting++)
      void runLane(world.services, { lane: 0 }).then(() => ended.push(world.clock.now()));
    await world.advanceTo(NOW + 11 * MINUTE);
    expect(ended).toHaveLength(1);
    await world.advanceTo(NOW + 30 * MINUTE);
    expect(ended).toHaveLength(2);
    expect(world.accepted).toHaveLength(700);
  });

  it("takes over from one that was killed when its lease has run out", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 100, rate: 10 });
    const lease = { by: "killed", until: NOW + 20 * SECOND, endsAt: NOW + 60 * SECOND };
    const taken = world.services.store.leaseLane(0, lease);
    await world.advanceTo(NOW + 2 * SECOND);
    expect(await taken).toBeUndefined();
    await world.run(NOW + 2 * MINUTE);
    expect(world.accepted).toHaveLength(100);
  });

  it("looks at what somebody waits for while it is in the midst of a long shard", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 600, rate: 10 });
    const running = world.run(NOW + 30 * SECOND);
    await running;
    const id = askToConfirm(world);
    await world.advanceTo(NOW + 40 * SECOND);
    const confirmation = world.accepted.findIndex(({ dispatch }) => dispatch.startsWith(id));
    expect(confirmation).toBeGreaterThan(0);
    expect(confirmation).toBeLessThan(world.accepted.length - 1);
  });

  it("lets a confirmation through within a second while an issue takes all of the rate", async () => {
    const seen = await confirmationsDuring(14, 2_000, true);
    expect(seen).toMatchObject({ lost: 0, refused: 0 });
    expect(seen.worst).toBeLessThan(SECOND);
    expect(seen.issue).toBeGreaterThan(500);
    expect(seen.issue).toBeLessThan(2_000);
  });

  it("control: where the nudge is lost, the lanes find who waits, and it takes them seconds", async () => {
    const seen = await confirmationsDuring(14, 2_000, false);
    expect(seen).toMatchObject({ lost: 0, refused: 0 });
    expect(seen.worst).toBeGreaterThan(2 * SECOND);
    expect(seen.worst).toBeLessThan(10 * SECOND);
  });

  it("does not leave somebody who waits to the next minute while its last lessons leave", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 60, rate: 14 });
    const began = world.clock.now();
    await world.run(began + 2 * SECOND);
    const id = askToConfirm(world);
    await world.advanceTo(began + 20 * SECOND);
    const confirmation = world.accepted.find(({ dispatch }) => dispatch.startsWith(id));
    expect(world.accepted).toHaveLength(61);
    expect(confirmation?.at).toBeLessThan(began + 6 * SECOND);
  });

  it("waits while the day's quota is spent, and sends the rest when SES counts a new day", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 500, rate: 50, quota: 300 });
    await world.run(NOW + 2 * HOUR);
    expect(world.accepted.length).toBeLessThanOrEqual(300);
    expect(world.accepted.length).toBeGreaterThan(280);
    const before = world.refused;
    await world.run(NOW + 20 * HOUR);
    expect(world.refused - before).toBe(0);
    await world.run(NOW + DAY + HOUR);
    expect(new Set(world.accepted.map(({ dispatch }) => dispatch)).size).toBe(500);
    expect(world.accepted).toHaveLength(500);
  });

  it("works on no more than fifty at once, however long the backlog is", async () => {
    const world = await openSendingWorld({ content, now: NOW, backlog: 5_000, rate: 500 });
    await world.run(NOW + 2 * SECOND);
    expect(world.accepted.length).toBeGreaterThan(500);
    expect(world.mostAtOnce).toBeLessThanOrEqual(4 * 50);
  });
});
