import {
  type Content,
  findLanguage,
  firstCourse,
  isNewsletter,
  landingPath,
  type PageName,
  subscribePath,
} from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import { FEED_PATH } from "../domain/newsletter/archive.ts";
import { withPictureOrigin } from "../domain/pictures.ts";
import type { Settings } from "../domain/settings.ts";
import { thanksOrigins } from "../domain/thanks.ts";
import { say, splitParagraphs, type WordKey } from "../domain/words/words.ts";

/** What every page shows around its own part. */
export interface Site {
  content: Content;
  settings: Settings;
  /** `https://…` without a trailing slash. */
  webOrigin: string;
  /** Lower-case base32 of a number of random bytes: the page's own style and script carry it. */
  random: (bytes: number) => string;
}

export interface Page {
  name: PageName;
  /** Of the document; the course's title follows it. */
  title: string;
  /** 200 unless told. */
  status?: number;
  /** The course that the page is about, if not the first. */
  course?: Course;
  /** If it is not the course's: a page about the newsletter is in the newsletter's. */
  language?: string;
  /** Public pages may be found by search engines; all others carry or follow a token. */
  isPublic?: boolean;
  /** The same for everybody, to be kept on the way: it has no script and no nonce. */
  isCacheable?: boolean;
  /** What the page itself asks for. Templates are strict: every value they name must be there. */
  values: object;
}

interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const NONCE_BYTES = 10;
/** What stands beside a link to us where people share it. */
const PICTURE_PATH = "/picture.png";

/** A page as it is answered. Nothing on it is cached, framed, or fetched from anywhere but where the stage's pictures are. */
export function pageAnswer(site: Site, page: Page): PageAnswer {
  const nonce = page.isCacheable ? "" : site.random(NONCE_BYTES);
  const course = page.course ?? firstCourse(site);
  const { words, pages } = findLanguage(site.content, { language: page.language ?? course.language });
  const around = {
    language: words.language,
    title: page.title,
    tabTitle: page.title === course.title ? page.title : `${page.title} · ${course.title}`,
    isPublic: page.isPublic ?? false,
    feedPath: site.settings.archive ? FEED_PATH : "",
    picturePath: PICTURE_PATH,
    nonce,
    courseTitle: course.title,
    isNewsletter: isNewsletter(course),
    home: landingPath(site, course),
    alternates: [],
    subscribePath: subscribePath(site),
    owner: site.settings.ownerName,
    postalAddress: site.settings.postalAddress,
    origin: site.webOrigin,
  };
  return {
    status: page.status ?? 200,
    headers: pageHeaders(site.settings, nonce, words.language, page.isPublic ?? false),
    body: withPictureOrigin(pages[page.name]({ ...around, ...page.values }), site.settings),
  };
}

/**
 * An author's text for a page. In mails it carries its styles inline, which a page's policy forbids: here the
 * page's own style sheet dresses it.
 */
export const htmlForPage = (html: string): string => html.replaceAll(/ style="[^"]*"/g, "");

/** …and for a feed, whose readers have no style sheet of ours that hides what only narrow screens need. */
export const htmlForFeed = (html: string): string =>
  htmlForPage(html.replaceAll(/<span class="column"[^>]*>.*?<\/span>/g, ""));

/** What a page that only says something can be about. */
type PageMessage = WordKey extends infer Key
  ? Key extends `messages.${infer Name}.heading`
    ? Name
    : never
  : never;
type PlainMessage = Exclude<PageMessage, "pausedUntil" | "signUpAgain" | "never">;

/** A page that only says something: what is wrong, and what to do. */
export function messagePage(
  site: Site,
  status: number,
  message: PlainMessage,
  course: Course = firstCourse(site),
): PageAnswer {
  const { words } = findLanguage(site.content, course);
  return saying(
    site,
    status,
    course,
    say(words, `messages.${message}.heading`),
    say(words, `messages.${message}.says`),
  );
}

/** What `messagePage` answers with, where the words have slots. @param says a paragraph a line */
export const saying = (
  site: Site,
  status: number,
  course: Course,
  heading: string,
  says: string,
): PageAnswer =>
  pageAnswer(site, {
    name: "error",
    title: heading,
    status,
    course,
    values: { heading, sentences: splitParagraphs(says) },
  });

/** The one answer to every link that is not ours: it tells nothing about whose link it might have been. */
export const unknownLink = (site: Site): PageAnswer => messagePage(site, 403, "unknownLink");

/** The owner's own page, in the place of ours. @param address of the settings, and of nothing else */
export const elsewhere = (address: string): PageAnswer => ({
  status: 303,
  headers: { ...safeHeaders, location: address },
  body: "",
});

function pageHeaders(
  settings: Settings,
  nonce: string,
  language: string,
  isPublic: boolean,
): Record<string, string> {
  return {
    "content-type": "text/html; charset=utf-8",
    "content-language": language,
    "content-security-policy": securityPolicy(nonce, settings),
    ...safeHeaders,
    ...(isPublic ? {} : { "x-robots-tag": "noindex, nofollow" }),
  };
}

const safeHeaders: Record<string, string> = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** A few words without a page, for machines and for downloads. */
export function plainAnswer(status: number, body: string, headers: Record<string, string> = {}): PageAnswer {
  const own = { "content-type": "text/plain; charset=utf-8", "x-robots-tag": "noindex, nofollow" };
  return { status, headers: { ...own, ...safeHeaders, ...headers }, body };
}

function securityPolicy(nonce: string, { pictureOrigin, thanks = {} }: Settings): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src data: ${pictureOrigin}`,
    // Browsers ask it of where a form ends as well.
    ["form-action 'self'", ...thanksOrigins(thanks)].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
