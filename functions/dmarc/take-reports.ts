import { type DmarcReport, keptDmarcReport } from "../domain/sending/dmarc.ts";
import { DAY, type Instant } from "../domain/time.ts";
import type { ReportMails, Services } from "../ports.ts";
import { NoReport } from "./read-aggregate.ts";
import { readReportMail } from "./report-mail.ts";

/** Larger mails are no reports: hosts keep below what mail carries (RFC 9990 §4.2). */
const LARGEST_MAIL = 10 * 1024 * 1024;
/** So many a day are read; a course that mails the whole world gets some fifty. */
const MOST_A_RUN = 500;

/** A day's report comes within hours. One of another time is a slip, or somebody's game. */
const OLDEST = 60 * DAY;
/** Google, the busiest, mails one a day; whoever has a domain can mail any number. */
const MOST_OF_ONE = 20;

/**
 * Reads what mail hosts have reported of the stage's domain since yesterday. A report is kept under its reporter and
 * its id, so that one that comes twice, or a run that was cut off, counts once; then its mail is removed. What is no
 * report stays for 30 days, and is tried again each day.
 */
export async function takeReports(services: Services & { reports: ReportMails }): Promise<void> {
  const { reports, store, settings, clock, log } = services;
  const mails = (await reports.latest(MOST_A_RUN)).filter(({ size }) => size <= LARGEST_MAIL);
  const ofEach = new Map<string, number>();
  let taken = 0;
  for (const { key } of mails) {
    try {
      const report = await readReportMail(await reports.read(key));
      refuseStrange(report, ofEach, clock.now());
      await store.keepDmarcReport(keptDmarcReport(report, settings.mailDomain));
      await reports.remove(key);
      taken += 1;
    } catch (error) {
      if (!(error instanceof NoReport)) throw error;
      log.info("no-dmarc-report", { mail: key, because: error.message });
    }
  }
  log.info("dmarc-reports-read", { taken, others: mails.length - taken });
}

/** @param ofEach how many of each reporter in this run, which it counts */
function refuseStrange({ from, to, reporter }: DmarcReport, ofEach: Map<string, number>, now: Instant): void {
  if (from < now - OLDEST || to > now + DAY) throw new NoReport("its date_range is not of late");
  const count = (ofEach.get(reporter) ?? 0) + 1;
  ofEach.set(reporter, count);
  if (count > MOST_OF_ONE) throw new NoReport(`it is more than ${MOST_OF_ONE} of one reporter`);
}
