import type { Content } from "../../functions/domain/content.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { DAY, SECOND } from "../../functions/domain/time.ts";
import {
  CONFIRM_LINK_LIFE,
  confirmToken,
  EVERYTHING,
  formToken,
  PERSONAL_LINK_LIFE,
  personalToken,
  READER_LINK_LIFE,
  readerToken,
  unsubscribeToken,
} from "../../functions/links/links.ts";
import type { Services } from "../../functions/ports.ts";
import { type SampleReader, sampleReflection } from "../samples.ts";
import { openSampleSite, type SampleSite } from "./sample-site.ts";

const PRESSED = { page: "yes" };

/** Every page by its name, each as one reader meets it from the first to the last. Throws what a page throws. */
export async function samplePages(content: Content, reader: SampleReader): Promise<Map<string, string>> {
  const site = await openSampleSite(content);
  try {
    const pages = new Map<string, string>();
    await beforeJoining(site, reader, pages);
    await inTheArchive(site, pages);
    await inTheCourse(site, reader, pages);
    await leaving(site, reader, pages);
    return pages;
  } finally {
    await site.close();
  }
}

async function beforeJoining(
  site: SampleSite,
  { subscriber }: SampleReader,
  pages: Map<string, string>,
): Promise<void> {
  const { services, keys } = site;
  pages.set("landing", await site.page("GET /"));
  const form = formToken(keys, services.clock.now());
  site.wait(20 * SECOND);
  const typed = { form, name: subscriber.firstName ?? "", email: subscriber.address };
  const mistaken = { ...typed, email: `${typed.email} or so`, zone: "Nowhere", newsletter: "yes" };
  pages.set("landing-with-mistakes", await site.page("POST /sign-up", {}, mistaken));
  pages.set("check-inbox", await site.page("POST /sign-up", {}, typed));
  const [first] = services.content.courses[0]?.lessons ?? [];
  pages.set("lesson", await site.page("GET /lesson/{slug}", { slug: first?.slug ?? "" }));
  pages.set("error", await site.page("GET /lesson/{slug}", { slug: "none" }));
  pages.set("privacy", await site.page("GET /privacy"));
  pages.set("own-site", await site.page("GET /form"));
}

/** As if the issues had been sent, a week apart. */
async function inTheArchive(site: SampleSite, pages: Map<string, string>): Promise<void> {
  const { services } = site;
  pages.set("archive-empty", await site.page("GET /newsletter"));
  for (const issue of services.content.issues ?? []) {
    await published(services, issue);
    site.wait(7 * DAY);
  }
  pages.set("archive", await site.page("GET /newsletter"));
  for (const [at, { slug }] of (services.content.issues ?? []).entries())
    pages.set(at === 0 ? "issue" : `issue-${slug}`, await site.page("GET /newsletter/{slug}", { slug }));
}

async function published({ broadcasts, clock }: Services, issue: Issue): Promise<void> {
  const revision = "sample";
  await broadcasts.keepWords(revision, issue);
  await broadcasts.saveBroadcast({
    ...{ kind: "broadcast", version: 0, status: "sending", audience: "everybody", gathered: true },
    ...{ slug: issue.slug, title: issue.title, preview: issue.preview, revision },
    ...{ when: { from: clock.now() }, startedAt: clock.now(), publishedAt: clock.now() },
  });
}

async function inTheCourse(
  site: SampleSite,
  reader: SampleReader,
  pages: Map<string, string>,
): Promise<void> {
  const { services, keys } = site;
  const { store, clock } = services;
  const subscriber = await site.idOf(reader.subscriber.address);
  const expired = { token: confirmToken(keys, { subscriber, expiresAt: clock.now() - DAY }) };
  pages.set("link-expired", await site.page("GET /confirm/{token}", expired));
  const token = confirmToken(keys, { subscriber, expiresAt: clock.now() + CONFIRM_LINK_LIFE });
  for (const moment of ["", "-again"]) {
    pages.set(`confirm${moment}`, await site.page("GET /confirm/{token}", { token }));
    pages.set(`confirmed${moment}`, await site.page("POST /confirm/{token}", { token }));
  }
  pages.set("confirm-long-ago", await site.page("GET /confirm/{token}", expired));
  pages.set("unknown-link", await site.page("GET /confirm/{token}", { token: "forged" }));

  const own = { token: readerToken(keys, { subscriber, expiresAt: clock.now() + READER_LINK_LIFE }) };
  const course = services.content.courses[0];
  if (!course) throw new Error("There is no course, so there are no pages of it");
  const look = async (name: string, form?: Record<string, string>, query?: Record<string, string>) => {
    pages.set(name, await site.page(`${form ? "POST" : "GET"} /reader/{token}`, own, form, query));
  };
  await look("reader");
  const old = { token: readerToken(keys, { subscriber, expiresAt: clock.now() - DAY }) };
  pages.set("link-too-old", await site.page("GET /reader/{token}", old));
  pages.set("fresh-link", await site.page("POST /fresh-link/{token}", old));
  const personal = {
    token: personalToken(keys, { subscriber, expiresAt: clock.now() + PERSONAL_LINK_LIFE }),
  };
  pages.set("personal-empty", await site.page("GET /personal/{token}", personal));
  for (const { slug } of course.lessons.slice(0, 3))
    await store.keepReflection(sampleReflection(course, slug, { subscriber }));
  pages.set("personal", await site.page("GET /personal/{token}", personal));
  await had(site, subscriber, course.slug, 4);
  await look("reader-in-mid-course");
  const [lesson] = course.lessons;
  const copy = { ...own, course: course.slug, slug: lesson?.slug ?? "" };
  pages.set("copy", await site.page("GET /reader/{token}/{course}/{slug}", copy));
  pages.set(
    "copy-not-sent",
    await site.page("GET /reader/{token}/{course}/{slug}", { ...copy, slug: "none" }),
  );
  await look("reader-asked-for-sign-of-life", undefined, { do: "here" });
  await look("reader-paused", { do: "pause", weeks: "2" });
  await look("reader-resumed", { do: "resume" });
  await look("reader-asked-for-link", { do: "personal" });
  await look("reader-with-mistake", { do: "settings", weekday: "7" });
  await had(site, subscriber, course.slug, course.lessons.length);
  await look("reader-after-the-last-lesson");
}

/** As if so many lessons had been sent. */
async function had(site: SampleSite, subscriber: string, slug: string, lessons: number): Promise<void> {
  const { store, content } = site.services;
  const course = content.courses.find((one) => one.slug === slug);
  const enrolment = await store.enrolment(subscriber, slug);
  if (!course || !enrolment) return;
  const done = course.lessons.slice(0, lessons).map((lesson) => lesson.slug);
  await store.change<Enrolment>(enrolment, (current) => ({ ...current, done }));
}

async function leaving(
  site: SampleSite,
  { subscriber: { address } }: SampleReader,
  pages: Map<string, string>,
): Promise<void> {
  const { services, keys } = site;
  const subscriber = await site.idOf(address);
  const expiresAt = services.clock.now() + PERSONAL_LINK_LIFE;
  const own = { token: readerToken(keys, { subscriber, expiresAt }) };
  const lists = { "": services.settings.courses[0] ?? "", "-everything": EVERYTHING };
  for (const [suffix, list] of Object.entries(lists)) {
    const link = { token: unsubscribeToken(keys, { subscriber, list }) };
    pages.set(`unsubscribe${suffix}`, await site.page("GET /unsubscribe/{token}", link));
    if (list !== EVERYTHING) await pauseInstead(site, link, pages);
    pages.set(`left${suffix}`, await site.page("POST /unsubscribe/{token}", link, PRESSED));
    pages.set(`reader-who-left${suffix}`, await site.page("GET /reader/{token}", own));
  }
  const personal = { token: personalToken(keys, { subscriber, expiresAt }) };
  pages.set("erased", await site.page("POST /personal/{token}", personal, { do: "erase", sure: "yes" }));
  pages.set("reader-erased", await site.page("GET /reader/{token}", own));
}

async function pauseInstead(
  site: SampleSite,
  link: { token: string },
  pages: Map<string, string>,
): Promise<void> {
  pages.set(
    "paused-instead",
    await site.page("POST /unsubscribe/{token}", link, { ...PRESSED, instead: "pause" }),
  );
}
