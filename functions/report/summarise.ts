import { lastWeek } from "../domain/report.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import { newOwner, ownerGets, ownersDispatch } from "../domain/sending/owner.ts";
import type { Services, Survey } from "../ports.ts";
import { reckonCost } from "./cost.ts";
import { openTally } from "./tally.ts";

/** Counting everybody takes more than the verbs have. */
type Surveying = Services & { survey: Survey };

/** A schedule says no more than that it is time. */
export const nothingMore = (): undefined => undefined;

/**
 * Counts the week that ended last and puts its report on the owner's agenda, for the lanes to send. Begun again after
 * a crash, or by a second tick of the schedule, it counts the same week and makes the same mail; one that has left is
 * in the ledger.
 */
export async function summarise({ survey, store, settings, clock, log }: Surveying): Promise<void> {
  const week = lastWeek(settings.defaultZone, clock.now());
  const mail = { kind: "report", slug: week.monday } as const;
  const key = mailKey(mail.kind, mail.slug);
  const waiting = ownerGets(newOwner(), key, { dueAt: week.toldAt });
  if (await store.ledgerEntry(dispatchId(ownersDispatch(waiting, mail)))) return;
  const tally = openTally(week);
  for await (const row of survey.rows()) tally.add(row);
  const counted = tally.counted();
  const deadLetters = await survey.deadLetters();
  await store.keepReport({
    ...counted,
    waiting: { ...counted.waiting, deadLetters },
    cost: reckonCost(counted.mails, settings),
  });
  await store.change(newOwner(), (owner) => ownerGets(owner, key, { dueAt: week.toldAt }));
  log.info("week-counted", { monday: week.monday, mails: counted.mails });
}
