import type { Priority } from "../domain/sending/mail-kinds.ts";
import type { Instant } from "../domain/time.ts";
import { MINUTE, SECOND } from "../domain/time.ts";
import type { Governor, Services } from "../ports.ts";
import { checkBreaker } from "./breaker.ts";

/**
 * How far ahead of now a mail may book. The horizons are the priority: when slots are taken two seconds ahead,
 * lessons wait and a confirmation still goes.
 */
export const HORIZON = {
  urgent: 5 * SECOND,
  lesson: 1 * SECOND,
  bulk: 0.3 * SECOND,
} as const satisfies Record<Priority, number>;

/** A booking may reach back so far, so that a slot is not lost to the time that the write took. */
const REACH_BACK = 250;
const BOOKINGS_A_SECOND = 4;
/** A quota that SES calls exhausted is asked again after this. */
const QUOTA_REST = 10 * MINUTE;
/** Issues and lessons stop at these shares of the day's quota, so that answers and confirmations still have room. */
const STOPS_AT: Partial<Record<Priority, number>> = { bulk: 0.9, lesson: 0.97 };
/** The rate is asked for by one lane, once a minute. */
const QUOTA_STALE_AFTER = 55 * SECOND;
const MOST_TRIES = 8;

export type Slot = { at: Instant } | { refused: "closed" | "full"; again: Instant };

/** Slots of the granted rate, booked a quarter of a second at a time and handed out one by one. */
export interface Slots {
  take(): Promise<Slot>;
}

/** A source of slots at one priority. What it has booked and not handed out when it is dropped is lost. */
export function openSlots(services: Pick<Services, "store" | "clock">, priority: Priority): Slots {
  let booked: Instant[] = [];
  let booking: Promise<Slot | undefined> | undefined;

  const book = async (): Promise<Slot | undefined> => {
    const answer = await bookSlots(services, priority);
    if ("refused" in answer) return answer;
    booked = answer.slots;
    return undefined;
  };

  return {
    async take() {
      for (;;) {
        const at = booked.shift();
        if (at !== undefined) return { at };
        // All who wait share one booking.
        booking ??= book().finally(() => {
          booking = undefined;
        });
        const refusal = await booking;
        if (refusal) return refusal;
      }
    },
  };
}

type Booking = { slots: Instant[] } | { refused: "closed" | "full"; again: Instant };

async function bookSlots(
  { store, clock }: Pick<Services, "store" | "clock">,
  priority: Priority,
): Promise<Booking> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const governor = await store.governor();
    const now = clock.now();
    const closed = closedUntil(governor, priority, now);
    if (closed > now) return { refused: "closed", again: closed };
    const wanted = priority === "urgent" ? 1 : Math.ceil(governor.rate / BOOKINGS_A_SECOND);
    const base = Math.max(governor.bookedUntil, now - REACH_BACK);
    if (base > now + HORIZON[priority]) return { refused: "full", again: base - HORIZON[priority] };
    const spacing = slotSpacing(governor.rate);
    if (await store.saveGovernor({ ...governor, bookedUntil: base + wanted * spacing })) {
      return { slots: Array.from({ length: wanted }, (_, slot) => base + slot * spacing) };
    }
  }
  return { refused: "full", again: clock.now() + SECOND };
}

/**
 * SES takes as many mails at once as it grants in a second. Where that is one, a call that is a little quicker than
 * the one before would be refused, and its second lost.
 */
const slotSpacing = (rate: number): number => SECOND / rate + (rate < 2 ? SLACK : 0);
const SLACK = SECOND / 20;

/** From when on mail of this priority may book again; a moment that has passed means now. */
export function closedUntil(governor: Governor, priority: Priority, now: Instant): Instant {
  if (governor.held) return now + MINUTE;
  const share = STOPS_AT[priority];
  const spent = share !== undefined && governor.quota > 0 && governor.sent24h >= governor.quota * share;
  return spent ? Math.max(governor.closedUntil, now + MINUTE) : governor.closedUntil;
}

/** No mail leaves for ten minutes: SES said that the day's quota is used up, or that sending is paused. */
export async function closeGovernor({ store, clock, log }: Services, why: "quota" | "paused"): Promise<void> {
  // SES does not tell of every pause when it is asked (see refreshGovernor): the refusal counts as well.
  if (why === "paused") log.count("SendingPaused");
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const governor = await store.governor();
    const closedUntil = clock.now() + QUOTA_REST;
    if (governor.closedUntil >= closedUntil - MINUTE) return;
    if (await store.saveGovernor({ ...governor, closedUntil })) {
      log.warn("sending-closed", { why, minutes: QUOTA_REST / MINUTE });
      log.count("SendingClosed");
      return;
    }
  }
}

/**
 * Asks SES for the granted rate and quota, if that was not done in the last minute, and holds all mail if too much
 * of it bounces. If SES does not tell, what it told last goes on to be true.
 */
export async function refreshGovernor(services: Services): Promise<Governor> {
  const { store, mailer, clock, log } = services;
  const governor = await store.governor();
  if (clock.now() - governor.asOf < QUOTA_STALE_AFTER) return governor;
  const answer = await mailer.quota().catch((failure: Error) => {
    log.warn("quota-unknown", { why: failure.name });
    return undefined;
  });
  if (!answer) return governor;
  const { quota, sent24h } = answer;
  if (quota > 0) log.measure("QuotaUse", Math.round((100 * sent24h) / quota), "Percent");
  if (!answer.enabled) log.count("SendingPaused");
  return keepAnswer(services, governor, answer);
}

/** Lanes that book write the governor four times a second: what SES told is added to it as it is then. */
async function keepAnswer(
  services: Services,
  found: Governor,
  { rate, quota, sent24h, enabled }: Awaited<ReturnType<Services["mailer"]["quota"]>>,
): Promise<Governor> {
  const { store, clock } = services;
  const now = clock.now();
  let governor = found;
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const told = { ...governor, rate: Math.max(rate, 1), quota, sent24h, asOf: now };
    const closed = enabled ? told : { ...told, closedUntil: now + MINUTE };
    const fresh = await checkBreaker(services, closed);
    if (await store.saveGovernor(fresh)) return { ...fresh, version: fresh.version + 1 };
    governor = await store.governor();
  }
  return governor;
}
