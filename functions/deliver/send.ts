import { asksNewAddress } from "../domain/people/address-change.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { requestNetwork } from "../domain/people/subscriber.ts";
import type { VoiceKey } from "../domain/replies/voices/voice.ts";
import { CLAIM_LIFE, type Claim, mayCallSes } from "../domain/sending/claim.ts";
import { type AgendaKey, type Dispatch, dispatchId } from "../domain/sending/dispatch.ts";
import type { Holder } from "../domain/sending/holder.ts";
import { DAY, type Instant, MINUTE, SECOND } from "../domain/time.ts";
import type { ComposedMail, Needs, SendOutcome, Services, Store } from "../ports.ts";
import { type Departure, takeConfirmationSlot } from "./confirmation-slot.ts";
import { closeGovernor, type Slot, type Slots } from "./governor.ts";
import { countShowing, isStillShown } from "./prompt-voices.ts";

/** One dispatch on its way. */
export interface MailOnItsWay {
  holder: Holder;
  key: AgendaKey;
  dispatch: Dispatch;
  letter: ComposedMail;
}

interface Claimed {
  holder: Holder;
  claim: Claim;
}

export type SendResult =
  | ({ outcome: "sent"; sentAt: Instant } & Claimed)
  | ({ outcome: "in-doubt" | "rejected" | "postponed" | "refused" } & Claimed)
  | { outcome: "over-limit"; leave: Exclude<Departure, "now"> }
  | { outcome: "no-slot" | "lost-claim" };

/**
 * slot → limits → claim → SES → ledger. The claim comes after the slot, so that it lives for the call and not for a queue,
 * and right before the call, so that a stop counts until the last moment.
 */
export async function send(
  services: Services,
  sending: MailOnItsWay,
  slots: Slots,
  until: Instant,
): Promise<SendResult> {
  if (!(await waitForSlot(services, slots, until))) return { outcome: "no-slot" };
  const leave = await mayLeaveNow(services, sending);
  if (leave !== "now") return { outcome: "over-limit", leave };
  const claimed = await claim(services, sending);
  if (!claimed) return { outcome: "lost-claim" };
  const { answer, voice } = await callSes(services, sending, claimed.claim, slots);
  if (answer.outcome === "accepted") {
    const sentAt = services.clock.now();
    const entry = { messageId: answer.messageId, sentAt, state: "sent" as const, stateAt: sentAt };
    const shown = voice && { voice: voice.id };
    await services.store.recordSent({ dispatch: claimed.claim.dispatch, ...entry, ...shown });
    if (voice) await countShowing(services, voice);
    if (sending.dispatch.kind === "prompt" && !isRehearsal(sending.dispatch.subscriber))
      await countAnswer(services);
    services.log.info("sent", { dispatch: claimed.claim.dispatch, messageId: answer.messageId });
    return { outcome: "sent", sentAt, ...claimed };
  }
  services.log.warn(`ses-${answer.outcome}`, { dispatch: claimed.claim.dispatch, detail: answer.detail });
  services.log.count("SendNotAccepted");
  if (answer.outcome === "in-doubt" && answer.isAway)
    return { outcome: "in-doubt", ...(await noteAway(services, claimed, answer.detail)) };
  return { outcome: await consequence(services, answer), ...claimed };
}

/** More such answers in a minute are no accident: what has not been tried waits, and is in no doubt. */
const FEW_FAILURES = 5;

/** SES answers that it failed. The claim says so, and the owner hears of it; where it goes on, nothing more is tried for a minute. */
async function noteAway(services: Services, { holder, claim }: Claimed, detail: string): Promise<Claimed> {
  const { store, alarms } = services;
  const noted = await store.change(holder, (current) =>
    current.claim?.by === claim.by ? { ...current, claim: { ...current.claim, isAway: true } } : current,
  );
  await alarms.see("unreached", detail.slice(0, 160));
  const failures = { key: "ses-failures", most: FEW_FAILURES, windowMs: MINUTE };
  if ((await store.count(failures)) !== undefined) await closeGovernor(services, "away");
  return { holder: noted ?? holder, claim: { ...claim, isAway: true } };
}

/** A confirmation goes to whom a stranger may have named: it has limits of its own. Nobody but the owner can name a rehearsal's. */
async function mayLeaveNow(services: Services, { holder, dispatch }: MailOnItsWay): Promise<Departure> {
  const asks = dispatch.kind === "confirmation" || asksNewAddress(dispatch);
  if (!asks || holder.kind !== "subscriber" || isRehearsal(dispatch.subscriber)) return "now";
  const { address = holder.address, network = requestNetwork(holder) } =
    (asksNewAddress(dispatch) && holder.addressAsked) || {};
  return takeConfirmationSlot(services, { address, network }, dispatch);
}

/** Under a hundred a day, answers are no loop. */
const FEWEST_ANSWERS = 100;
const SHARE_OF_ANSWERS = 0.05;

/** An automatic answer has left: the owner is told when they are too much of a day's mail. */
async function countAnswer({ store, log, alarms }: Needs<Store, "log" | "alarms">): Promise<void> {
  log.count("AnswerSent");
  const { sent24h } = await store.governor();
  const most = Math.max(FEWEST_ANSWERS, Math.round(sent24h * SHARE_OF_ANSWERS));
  if (await store.count({ key: "answer-share", most, windowMs: DAY })) await alarms.see("answers");
}

/** What follows from an answer that is not "accepted"; a spent quota or a paused account stops all sending. */
async function consequence(
  services: Services,
  answer: Exclude<SendOutcome, { outcome: "accepted" }>,
): Promise<"in-doubt" | "rejected" | "postponed" | "refused"> {
  if (answer.outcome !== "refused") return answer.outcome;
  if (answer.why === "later" || answer.why === "mend") {
    await services.alarms.see(answer.why === "mend" ? "refused" : "unreached", answer.detail.slice(0, 160));
    return "postponed";
  }
  if (answer.why !== "rate") await closeGovernor(services, answer.why);
  return "refused";
}

/**
 * Calls SES, again under the same claim while it only says "too fast" and the claim has time left. A voice in the mail is
 * read once more before each call: one that was taken back meanwhile does not leave.
 * @returns what SES answered, and the voice that the mail had in it
 */
async function callSes(
  services: Services,
  sending: MailOnItsWay,
  held: Claim,
  slots: Slots,
): Promise<{ answer: SendOutcome; voice: VoiceKey | undefined }> {
  for (;;) {
    const letter = await withVoiceAsItIs(services, sending.letter);
    const voice = letter.voice?.key;
    const answer = await services.mailer.send({
      dispatch: held.dispatch,
      from: letter.envelopeFrom,
      to: letter.to,
      raw: letter.raw,
      tags: { dispatch: held.dispatch, ...letter.tags },
    });
    const isTooFast = answer.outcome === "refused" && answer.why === "rate";
    if (!isTooFast) return { answer, voice };
    services.log.count("SendThrottled");
    await services.clock.sleep(SECOND / 4);
    const lastCall = held.until - CLAIM_LIFE / 2;
    if (!(await waitForSlot(services, slots, lastCall)) || !mayCallSes(held, services.clock.now()))
      return { answer, voice };
  }
}

/** Without a voice that may not be shown any more. */
async function withVoiceAsItIs(services: Services, letter: ComposedMail): Promise<ComposedMail> {
  const { voice } = letter;
  if (!voice || (await isStillShown(services, voice.key))) return letter;
  return voice.leaveOut();
}

/** Waits for a slot's moment. False if sending is closed, or no slot comes before `until`. */
async function waitForSlot({ clock }: Services, slots: Slots, until: Instant): Promise<boolean> {
  for (;;) {
    const slot: Slot = await slots.take();
    if ("refused" in slot && slot.refused === "closed") return false;
    const moment = "at" in slot ? slot.at : slot.again;
    if (moment > until) return false;
    if (moment > clock.now()) await clock.sleep(moment - clock.now());
    if ("at" in slot) return true;
  }
}

/** The right to send: one conditional write on the item that carries the consent. Undefined if someone was first. */
async function claim(services: Services, sending: MailOnItsWay): Promise<Claimed | undefined> {
  const right: Claim = {
    dispatch: dispatchId(sending.dispatch),
    key: sending.key,
    by: services.random(8),
    until: services.clock.now() + CLAIM_LIFE,
  };
  const holder = await services.store.save({ ...withSaid(sending), claim: right }, sending.holder);
  return holder && { holder, claim: right };
}

/** The entry of the mail, with what must be known once it has left. */
function withSaid({ holder, key, letter: { said } }: MailOnItsWay): Holder {
  const entry = holder.agenda[key];
  return said && entry ? { ...holder, agenda: { ...holder.agenda, [key]: { ...entry, ...said } } } : holder;
}
