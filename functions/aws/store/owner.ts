import type { DigestEntry } from "../../domain/replies/digest.ts";
import type { WeekReport } from "../../domain/report.ts";
import type { KeptDmarcReport } from "../../domain/sending/dmarc.ts";
import { newOwner, OWNER_ID, OWNER_KEY, type Owner, type TestMail } from "../../domain/sending/owner.ts";
import { DAY } from "../../domain/time.ts";
import type { Clock, OwnerStore, UnmatchedMail } from "../../ports.ts";
import { fromHolderItem, fromItem, toItem } from "../items.ts";
import {
  DIGEST,
  digestEntryKey,
  dmarcPrefix,
  dmarcReportKey,
  holderKey,
  personKey,
  reportKey,
  testMailKey,
  unmatchedKey,
} from "../keys.ts";
import type { Table } from "../table.ts";

const UNMATCHED_KEPT_FOR = 90 * DAY;
/** Longer than a digest can be late: one that could not leave for a week still tells of its day. */
const NOTED_FOR_DIGEST_FOR = 8 * DAY;
const TEST_MAIL_KEPT_FOR = DAY;
/** A quarter, and a month more. */
const DMARC_KEPT_FOR = 120 * DAY;
/** A year, for comparison with the same week, and a month more. */
const REPORT_KEPT_FOR = 400 * DAY;

/** What waits for the owner. Each fades by itself. */
export function openOwner(table: Table, clock: Clock): OwnerStore {
  async function listAll<T>(pk: string): Promise<T[]> {
    const items = await table.partition(pk);
    return items.map((item) => fromItem<T>(item, clock.now())).filter((found) => found !== undefined);
  }

  return {
    async owner() {
      return fromHolderItem<Owner>(await table.get(holderKey(OWNER_KEY)), clock.now()) ?? newOwner();
    },

    async keepUnmatched(mail) {
      await table.put(toItem(unmatchedKey(mail.messageId), mail, mail.receivedAt + UNMATCHED_KEPT_FOR));
    },
    unmatched: () => listAll<UnmatchedMail>(unmatchedKey("").pk),

    async noteForDigest(entry) {
      await table.put(toItem(digestEntryKey(entry), entry, entry.receivedAt + NOTED_FOR_DIGEST_FOR));
    },
    notedForDigest: () => listAll<DigestEntry>(DIGEST),

    async keepTestMail(mail) {
      await table.put(toItem(testMailKey(mail.id), mail, mail.askedAt + TEST_MAIL_KEPT_FOR));
    },
    async testMail(id) {
      return fromItem<TestMail>(await table.get(testMailKey(id)), clock.now());
    },

    async keepReport(report) {
      await table.put(toItem(reportKey(report.monday), report, Date.parse(report.monday) + REPORT_KEPT_FOR));
    },
    async report(monday) {
      return fromItem<WeekReport>(await table.get(reportKey(monday)), clock.now());
    },

    async keepDmarcReport(report) {
      await table.put(toItem(dmarcReportKey(report), report, report.from + DMARC_KEPT_FOR));
    },
    async dmarcReports(since) {
      const items = await table.partition(personKey(OWNER_ID), dmarcPrefix);
      return items
        .flatMap((item) => fromItem<KeptDmarcReport>(item, clock.now()) ?? [])
        .filter(({ from }) => from >= since);
    },
  };
}
