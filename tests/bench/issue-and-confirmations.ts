import { startBroadcast } from "../../console/issue/start-broadcast.ts";
import type { AllPeople } from "../../console/table/people.ts";
import { deliverNudged } from "../../functions/deliver/nudge.ts";
import { newSubscriber, type Subscriber } from "../../functions/domain/people/subscriber.ts";
import { SECOND } from "../../functions/domain/time.ts";

import { anIssue } from "../support/audience.ts";
import { aConsent } from "../support/consents.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { idOf, openSendingWorld, type SendingWorld } from "../support/sending-world.ts";

/** How long those waited who asked for a confirmation while an issue was leaving. */
interface Waited {
  rate: number;
  /** Mails of the issue that had left by the end, and its readers. */
  issue: number;
  readers: number;
  asked: number;
  /** Confirmations that had not left by the end. */
  lost: number;
  /** ms, from the sign-up's write to SES's taking the mail. */
  worst: number;
  median: number;
  refused: number;
}

const NOW = Date.UTC(2026, 5, 1, 9);
const ASKED = 24;
/** Not a divisor of the lanes' five seconds, so that the sign-ups meet every part of their round. */
const EVERY = 1.37 * SECOND;
/** By then the lanes have booked as far ahead as they may. */
const SETTLED = 10 * SECOND;
/** A person who has not been mailed this long after the last sign-up counts as lost. */
const PATIENCE = 20 * SECOND;

/**
 * Sign-ups in the midst of an issue, in virtual time.
 * @param isNudged false: each nudge is lost, and the lanes have to find who waits
 */
export async function confirmationsDuring(rate: number, readers: number, isNudged: boolean): Promise<Waited> {
  const content = plainContent(aCourse("one", "two"));
  const world = await openSendingWorld({ content, now: NOW, backlog: readers, rate, newsletter: true });
  await startIssue(world, readers);
  const begun = world.clock.now();
  const signUps = Array.from({ length: ASKED }, (_, place) => ({
    id: idOf(readers + place),
    at: begun + SETTLED + place * EVERY,
  }));
  for (const { id, at } of signUps)
    world.clock.at(Math.ceil(at), "sign-up", () => void signUp(world, id, isNudged));
  await world.run(begun + SETTLED + ASKED * EVERY + PATIENCE);
  const waits = signUps.flatMap(({ id, at }) => {
    const mail = world.accepted.find(({ dispatch }) => dispatch.startsWith(id));
    return mail ? [mail.at - at] : [];
  });
  waits.sort((one, other) => one - other);
  return {
    rate,
    issue: world.accepted.length - waits.length,
    readers,
    asked: ASKED,
    lost: ASKED - waits.length,
    worst: waits.at(-1) ?? Number.NaN,
    median: waits[Math.floor(waits.length / 2)] ?? Number.NaN,
    refused: world.refused,
  };
}

/** The console's own start of an issue, to everybody. */
async function startIssue({ services, advanceTo, clock }: SendingWorld, readers: number): Promise<void> {
  const places = new Map(Array.from({ length: readers }, (_, place) => [idOf(place), place]));
  const people: AllPeople["people"] = async function* (after) {
    const from = after === undefined ? 0 : (places.get(after) as number) + 1;
    for (let place = from; place < readers; place++) {
      const subscriber = await services.store.subscriber(idOf(place));
      yield { subscriber: subscriber as Subscriber, enrolments: [] };
    }
  };
  const desk = { ...services, allPeople: { people } as AllPeople };
  let isStarted = false;
  const start = { issue: anIssue(), audience: {}, asked: "everybody", when: { from: NOW } };
  const starting = startBroadcast(desk, start).finally(() => {
    isStarted = true;
  });
  while (!isStarted) await advanceTo(clock.now() + 10 * SECOND);
  await starting;
}

/** What the page of a sign-up does: the waiting is written, then nudged. */
async function signUp({ services }: SendingWorld, id: string, isNudged: boolean): Promise<void> {
  const now = services.clock.now();
  const consent = aConsent("requested", "course", now);
  const asks = {
    address: `${id}@x.example`,
    addressHash: id,
    zone: "UTC",
    course: "course",
    newsletter: false,
  };
  const agenda = { "confirmation_1-1": { dueAt: now, doubts: 0 } };
  await services.store.save({ ...newSubscriber(id, { ...asks, consent }, now), agenda });
  if (isNudged) await deliverNudged(services, { subscriber: id });
}
