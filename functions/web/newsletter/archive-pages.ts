import { findLanguage, firstCourse, subscribePath } from "../../domain/content.ts";
import {
  ARCHIVE_PATH,
  archivePath,
  FEED_PATH,
  issueAmong,
  type Published,
  publicationDate,
  publishedAmong,
} from "../../domain/newsletter/archive.ts";
import type { Issue, Newsletter } from "../../domain/newsletter/issue.ts";
import { withPictureOrigin } from "../../domain/pictures.ts";
import { iso } from "../../domain/time.ts";
import { say, type Words } from "../../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { htmlForFeed, htmlForPage, messagePage, pageAnswer } from "../page.ts";
import { atomFeed } from "./atom.ts";
import { cachedAnswer } from "./cached.ts";

/** Readers of feeds have seen what is older. */
const MOST_IN_FEED = 20;
/** An id and a moment before the first issue: a feed must have both. */
const NEVER = 0;

/** `GET /newsletter`: the issues that have begun to leave, latest first. */
export async function archiveIndex(services: Services, request: WebRequest): Promise<WebResponse> {
  if (!services.settings.archive) return nothingHere(services);
  const published = await publishedNow(services);
  const { language, title } = await requireNewsletter(services, published);
  const { words } = findLanguage(services.content, { language });
  const page = pageAnswer(services, {
    name: "archive",
    title,
    language,
    isPublic: true,
    isCacheable: true,
    values: {
      path: ARCHIVE_PATH,
      description: say(words, "archive.description", { title }),
      feedPath: FEED_PATH,
      issues: published.map((one) => listEntry(services, words, one)),
    },
  });
  return cachedAnswer(services, request, page);
}

/** `GET /newsletter/{slug}`: one issue, in the words that went out. It knows nothing of any reader. */
export async function archivedIssue(services: Services, request: WebRequest): Promise<WebResponse> {
  if (!services.settings.archive) return nothingHere(services);
  const found = issueAmong(await publishedNow(services), request.path.slug ?? "");
  const issue = await findIssue(services, found?.issue);
  if (!found || !issue) return nothingHere(services);
  const { language } = issue.newsletter;
  const { words } = findLanguage(services.content, { language });
  const shown = (one: Published) => listEntry(services, words, one);
  const page = pageAnswer(services, {
    name: "issue",
    title: issue.title,
    language,
    isPublic: true,
    isCacheable: true,
    values: {
      path: archivePath(issue.slug),
      description: issue.preview,
      newsletterTitle: issue.newsletter.title,
      archivePath: ARCHIVE_PATH,
      ...shown(found.issue),
      body: htmlForPage(issue.body.html),
      earlier: found.earlier && shown(found.earlier),
      later: found.later && shown(found.later),
    },
  });
  return cachedAnswer(services, request, page);
}

/** `GET /newsletter/feed.xml`: the same for feed readers, whole (RFC 4287). */
export async function archiveFeed(services: Services, request: WebRequest): Promise<WebResponse> {
  if (!services.settings.archive) return nothingHere(services);
  const { webOrigin } = services;
  const published = (await publishedNow(services)).slice(0, MOST_IN_FEED);
  const newsletter = await requireNewsletter(services, published);
  const read = await Promise.all(
    published.map(async (one) => ({ one, issue: await findIssue(services, one) })),
  );
  const shown = read.flatMap(({ one, issue }) => (issue ? [{ one, issue }] : []));
  const feed = atomFeed({
    url: webOrigin + ARCHIVE_PATH,
    selfUrl: webOrigin + FEED_PATH,
    language: newsletter.language,
    title: newsletter.title,
    subtitle: say(findLanguage(services.content, newsletter).words, "archive.byEmail", {
      url: webOrigin + subscribePath(services),
    }),
    author: newsletter.senderName,
    updatedAt: Math.max(NEVER, ...shown.map(({ one }) => one.updatedAt)),
    entries: shown.map(({ one, issue }) => ({
      url: webOrigin + archivePath(one.slug),
      title: issue.title,
      summary: issue.preview,
      author: issue.newsletter.senderName,
      publishedAt: one.publishedAt,
      updatedAt: one.updatedAt,
      html: htmlForFeed(withPictureOrigin(issue.body.html, services.settings)),
    })),
  });
  return cachedAnswer(services, request, {
    status: 200,
    headers: { "content-type": "application/atom+xml; charset=utf-8" },
    body: feed,
  });
}

const publishedNow = async ({ broadcasts, clock }: Services): Promise<Published[]> =>
  publishedAmong(await broadcasts.broadcasts(), clock.now());

/** The words that go out of it. */
const findIssue = async ({ broadcasts }: Services, one: Published | undefined): Promise<Issue | undefined> =>
  one && broadcasts.words(one.slug, one.revision);

/** What the latest issue says of the newsletter; before the first, what the site says. */
async function requireNewsletter(services: Services, [latest]: Published[]): Promise<Newsletter> {
  const course = firstCourse(services);
  const { words } = findLanguage(services.content, course);
  const { language } = words;
  const unnamed = { title: say(words, "archive.title"), language, senderName: services.settings.ownerName };
  return (await findIssue(services, latest))?.newsletter ?? unnamed;
}

/** As a list shows it. */
const listEntry = ({ settings }: Services, words: Words, one: Published) => ({
  href: archivePath(one.slug),
  title: one.title,
  preview: one.preview,
  date: publicationDate(words, one, settings.defaultZone),
  instant: iso(one.publishedAt),
});

const nothingHere = (services: Services): WebResponse => messagePage(services, 404, "unknownIssue");
