import { dateInWords } from "../course/dates-in-words.ts";
import type { Instant } from "../time.ts";
import type { Words } from "../words/words.ts";
import { type Broadcast, isPublished } from "./broadcast.ts";

/** Where everybody can read the issues of the newsletter. */
export const ARCHIVE_PATH = "/newsletter";
export const FEED_PATH = `${ARCHIVE_PATH}/feed.xml`;
export const archivePath = (slug: string): string => `${ARCHIVE_PATH}/${slug}`;

/** An issue that has begun to leave. */
export interface Published {
  slug: string;
  /** Fingerprint of the words that go out, which are the words that are shown. */
  revision: string;
  title: string;
  preview: string;
  publishedAt: Instant;
  /** Later than the other only if its words were changed while it was on its way. */
  updatedAt: Instant;
}

/** What the archive shows at a moment, latest first. Drafts and what was called back are not in it. */
export function publishedAmong(broadcasts: readonly Broadcast[], now: Instant): Published[] {
  return broadcasts
    .filter((broadcast) => isPublished(broadcast, now))
    .map(({ slug, revision, title, preview, publishedAt = 0, changedAt = 0 }) => {
      const updatedAt = Math.max(publishedAt, changedAt);
      return { slug, revision, title, preview, publishedAt, updatedAt };
    })
    .sort((one, other) => other.publishedAt - one.publishedAt || (one.slug < other.slug ? -1 : 1));
}

/** An issue between its neighbours in time. */
interface Neighbours {
  issue: Published;
  earlier?: Published;
  later?: Published;
}

/** Undefined if it is not, or not yet, to be read. */
export function issueAmong(published: readonly Published[], slug: string): Neighbours | undefined {
  const at = published.findIndex((one) => one.slug === slug);
  const issue = published[at];
  return issue && { issue, earlier: published[at + 1], later: published[at - 1] };
}

/** The day on which an issue began to leave, on the clock of the stage's default zone. */
export const publicationDate = (words: Words, { publishedAt }: Published, zone: string): string =>
  dateInWords(words, { zone, weekday: 1, time: "00:00", pace: "weekly" }, publishedAt);
