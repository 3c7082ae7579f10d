import { allowContention, CONFLICT, retryConflict } from "../conflict.ts";
import { allowanceAfterHold, isHeld } from "../domain/sending/hold-on-mail.ts";
import type { Priority } from "../domain/sending/mail-kinds.ts";
import { rampBooking, rampRoom, withRampBooked, withRampDay } from "../domain/sending/warm-up.ts";
import type { Instant } from "../domain/time.ts";
import { MINUTE, SECOND } from "../domain/time.ts";
import type { Governor, GovernorStore, Mailer, Needs } from "../ports.ts";
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

/** How far back a booking may reach (ms), so that a slot is not lost to the time that the write took. */
const REACH_BACK = 250;
const BOOKINGS_A_SECOND = 4;
/** How soon it is tried again: what SES calls exhausted or paused is so for a while, an outage may end at any moment. */
const REST = { quota: 10 * MINUTE, paused: 10 * MINUTE, away: MINUTE } as const;
/** Issues and lessons stop at these shares of the day's quota, so that answers and confirmations still have room. */
const STOPS_AT: Partial<Record<Priority, number>> = { bulk: 0.9, lesson: 0.97 };
/** The owner is told when so much of the quota is used. */
const NEARLY_USED = 0.8;
/** The rate is asked for by one lane, once a minute. */
const QUOTA_STALE_AFTER = 55 * SECOND;

export type Slot = { at: Instant } | { refused: "closed" | "full"; again: Instant };

/** Slots of the granted rate, booked a quarter of a second at a time and handed out one by one. */
export interface Slots {
  take(): Promise<Slot>;
}

/** A source of slots at one priority. What it has booked and not handed out when it is dropped is lost. */
export function openSlots(services: Needs<GovernorStore, "clock" | "settings">, priority: Priority): Slots {
  let booked: Instant[] = [];
  let booking: Promise<Slot | undefined> | undefined;

  const book = async (): Promise<Slot | undefined> => {
    // Other senders were first each time: they have the slots of this moment.
    const full = (): Booking => ({ refused: "full", again: services.clock.now() + SECOND });
    const answer = await allowContention(bookSlots(services, priority), full);
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

function bookSlots(
  { store, clock, settings }: Needs<GovernorStore, "clock" | "settings">,
  priority: Priority,
): Promise<Booking> {
  return retryConflict<Booking>("governor", async () => {
    const now = clock.now();
    const governor = withRampDay(await store.governor(), settings, now);
    const closed = closedUntil(governor, priority, now);
    if (closed > now) return { refused: "closed", again: closed };
    const atRate = priority === "urgent" ? 1 : Math.ceil(governor.rate / BOOKINGS_A_SECOND);
    const wanted = rampBooking(atRate, rampRoom(governor, priority, now));
    const base = Math.max(governor.bookedUntil, now - REACH_BACK);
    if (base > now + HORIZON[priority]) return { refused: "full", again: base - HORIZON[priority] };
    const spacing = slotSpacing(governor.rate);
    const isBooked = await store.saveGovernor({
      ...withRampBooked(governor, wanted),
      bookedUntil: base + wanted * spacing,
    });
    return isBooked
      ? { slots: Array.from({ length: wanted }, (_, slot) => base + slot * spacing) }
      : CONFLICT;
  });
}

/**
 * SES takes as many mails at once as it grants in a second. Where that is one, a call that is a little quicker than
 * the one before would be refused, and its second lost.
 */
const slotSpacing = (rate: number): number => SECOND / rate + (rate < 2 ? SLACK : 0);
const SLACK = SECOND / 20;

/**
 * From when on mail of this priority may book again; a moment that has passed means now.
 * @param governor with the ramp as it stands now
 */
export function closedUntil(governor: Governor, priority: Priority, now: Instant): Instant {
  if (isHeld(governor, now)) return now + MINUTE;
  const share = STOPS_AT[priority];
  const most = share !== undefined && share * governor.quota * allowanceAfterHold(governor, now);
  const isQuotaSpent = most !== false && governor.quota > 0 && governor.sent24h >= most;
  const isSpent = isQuotaSpent || rampRoom(governor, priority, now) === 0;
  return isSpent ? Math.max(governor.closedUntil, now + MINUTE) : governor.closedUntil;
}

/**
 * No mail leaves for ten minutes: SES said that the day's quota is used up, or that sending is paused; for one, where SES is away. Where other
 * writers are first each time, the next mail that SES refuses closes it.
 */
export async function closeGovernor(
  { store, clock, log, alarms }: Needs<GovernorStore, "clock" | "log" | "alarms">,
  why: "quota" | "paused" | "away",
): Promise<void> {
  // SES does not tell of every pause when it is asked (see refreshGovernor): the refusal counts as well.
  if (why === "paused") {
    log.count("SendingPaused");
    await alarms.see("paused");
  }
  const rest = REST[why];
  const closing = store.changeGovernor((governor) => {
    const closedUntil = clock.now() + rest;
    return governor.closedUntil >= closedUntil - MINUTE ? governor : { ...governor, closedUntil };
  });
  if (!(await allowContention(closing, () => false))) return;
  log.warn("sending-closed", { why, minutes: rest / MINUTE });
  log.count("SendingClosed");
}

/**
 * Asks SES for the granted rate and quota, if that was not done in the last minute, and holds all mail if too much
 * of it bounces. If SES does not tell, or other writers are first each time, what it told last goes on to be true.
 */
export async function refreshGovernor(
  services: Needs<GovernorStore, "mailer" | "clock" | "log" | "alarms">,
): Promise<Governor> {
  const { store, mailer, clock, log, alarms } = services;
  const governor = await store.governor();
  if (clock.now() - governor.asOf < QUOTA_STALE_AFTER) return governor;
  const answer = await mailer.quota().catch((failure: Error) => {
    log.warn("quota-unknown", { why: failure.name });
    return undefined;
  });
  if (!answer) return governor;
  const { quota, sent24h } = answer;
  if (quota > 0) log.measure("QuotaUse", Math.round((100 * sent24h) / quota));
  if (quota > 0 && sent24h >= quota * NEARLY_USED) await alarms.see("quota", `${sent24h} of ${quota}`);
  if (!answer.enabled) {
    log.count("SendingPaused");
    await alarms.see("paused");
  }
  return allowContention(keepAnswer(services, governor, answer), () => governor);
}

/** Lanes that book write the governor four times a second: what SES told is added to it as it is then. */
function keepAnswer(
  services: Needs<GovernorStore, "clock" | "log" | "alarms">,
  found: Governor,
  { rate, quota, sent24h, enabled }: Awaited<ReturnType<Mailer["quota"]>>,
): Promise<Governor> {
  const { store, clock } = services;
  const now = clock.now();
  let governor = found;
  return retryConflict<Governor>("governor", async () => {
    const told = { ...governor, rate: Math.max(rate, 1), quota, sent24h, asOf: now };
    const closed = enabled ? told : { ...told, closedUntil: now + MINUTE };
    const fresh = await checkBreaker(services, closed);
    if (await store.saveGovernor(fresh)) return { ...fresh, version: fresh.version + 1 };
    governor = await store.governor();
    return CONFLICT;
  });
}
