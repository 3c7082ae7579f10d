import { createHash } from "node:crypto";
import { contentHere } from "../../authoring/content-here.ts";
import { makeSamples, SAMPLE_READERS } from "../../authoring/samples.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { type EmailName, findCourse } from "../../functions/domain/content.ts";
import { type Course, lessonBySlug } from "../../functions/domain/course/course.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import { DAY, HOUR, type Instant, iso, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { base32 } from "../../functions/links/base32.ts";
import { COMPOSE } from "../../functions/mail/compose/compose.ts";
import type { Composed } from "../../functions/mail/compose/composition.ts";
import type { Services } from "../../functions/ports.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { putPictures } from "../pictures.ts";
import { sendTestMail } from "../test-mail.ts";
import { linksOfTest, readRecipient } from "../test-mails.ts";

/** A test that waits is kept for a day. Shorter than a day, so that what was begun ends on the next one at the latest. */
const LONGEST = 20 * HOUR;
const SHORTEST_PAUSE = 10 * SECOND;
const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR };
const DAY_LETTERS = "2026-11-24".length;

/** `course test`: the course's mails, by the stage's real SES, to someone who looks at them. */
export const TEST_COURSE = verb({
  says: "mail lessons of a course to a test address; links lead to a page that does nothing",
  flags: {
    ...REACH_FLAGS,
    to: { value: "ADDRESS", says: "where they go; nothing is sent without it" },
    course: { value: "SLUG", says: "the stage's first course otherwise" },
    lesson: { value: "SLUG", says: "one lesson; the first otherwise" },
    all: { says: "the welcome, every lesson, a look-back, the completion and a letter" },
    every: { value: "1m", says: "with --all: so long between two of them, 10s to 1h; 1m otherwise" },
  },
  run: async ({ flags, reach }) => testCourse(await reach(await contentHere()), flags),
});

interface TestFlags {
  to?: string;
  course?: string;
  lesson?: string;
  all?: true;
  every?: string;
  yes?: true;
}

/**
 * Puts the mails on the owner's agenda, each once: asked for again on the same day, or while some of them still wait,
 * nothing with the same words is added to what waits or was sent. Throws an ArgumentError that says what is wrong
 * with what was asked.
 */
export async function testCourse(deployment: Deployment, asked: TestFlags): Promise<string> {
  const { services } = deployment;
  if (asked.to === undefined) throw new ArgumentError("course test needs --to ADDRESS.");
  if (asked.all && asked.lesson !== undefined)
    throw new ArgumentError("--all and --lesson exclude each other.");
  if (asked.every !== undefined && !asked.all) throw new ArgumentError("--every goes with --all.");
  const course = courseAsked(deployment, asked.course);
  const mails = mailsAsked(deployment, course, asked);
  const pause = pauseAsked(asked.every ?? "1m", mails.length);
  const what = `Mail ${mails.length === 1 ? "a test" : `${mails.length} tests`} of ${course.slug} to ${asked.to}`;
  if (!(await isAllowed(what, deployment, asked.yes))) return "Nothing was changed.";
  const to = await readRecipient(services, asked.to);
  await putPictures(
    deployment,
    mails.map(({ html }) => html),
  );
  const now = services.clock.now();
  const ids = await testIds(services, mails, to.hash, now);
  for (const [place, mail] of mails.entries()) {
    const id = ids[place];
    if (!(await sendTestMail(services, mail, to, { id, dueAt: now + place * pause })))
      return `${place} of ${mails.length} wait to be sent; too many mails wait for the owner already. Ask again later: what waits is not sent twice.`;
  }
  const last = (mails.length - 1) * pause;
  const when = last === 0 ? "now" : `over the next ${Math.ceil(last / MINUTE)} minutes`;
  return `${what}: ${when}. Their links lead to a page that does nothing, and answers come to your own mailbox.`;
}

function courseAsked({ services: { content, settings } }: Deployment, slug = settings.courses[0]): Course {
  const course = findCourse({ content }, slug);
  if (slug === undefined)
    throw new ArgumentError(
      `Stage ${settings.stage} has no course to try. Name one of the content's by --course, or try the newsletter: coursepost issue test SLUG.`,
    );
  if (!course)
    throw new ArgumentError(
      `--course: there is no "${slug}"; there are ${content.courses.map((one) => one.slug).join(", ")}.`,
    );
  return course;
}

const WHOLE: readonly EmailName[] = ["welcome", "lesson", "look-back", "completion", "letter"];

function mailsAsked({ services }: Deployment, course: Course, { lesson, all }: TestFlags): Composed[] {
  const { content, settings, webOrigin } = services;
  const slug = lesson ?? course.lessons[0]?.slug ?? "";
  if (!lessonBySlug(course, slug))
    throw new ArgumentError(
      `--lesson: ${course.slug} has no "${slug}"; it has ${course.lessons.map((one) => one.slug).join(", ")}.`,
    );
  const links = linksOfTest(settings, webOrigin);
  const samples = makeSamples({ ...content, courses: [course] }, all ? WHOLE : ["lesson"]);
  const wanted = all
    ? WHOLE.flatMap((kind) =>
        samples.filter((one) => one.kind === kind).slice(0, kind === "lesson" ? undefined : 1),
      )
    : samples.filter((one) => one.slug === lessonBySlug(course, slug)?.slug);
  return wanted.map((sample) =>
    COMPOSE[sample.kind]({ ...sample.makeComposition(SAMPLE_READERS[0]), settings, links }),
  );
}

/** Milliseconds between two mails. */
function pauseAsked(every: string, mails: number): number {
  const [, count = "", unit = ""] = /^(\d{1,4})([smh])$/.exec(every) ?? [];
  const pause = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(pause >= SHORTEST_PAUSE && pause <= HOUR))
    throw new ArgumentError(`--every ${every}: write 10s to 1h, for example 1m.`);
  if ((mails - 1) * pause > LONGEST)
    throw new ArgumentError(
      `--every ${every}: ${mails} mails would take longer than ${LONGEST / HOUR} hours.`,
    );
  return pause;
}

/** Of a day: yesterday while mails of it wait, so that midnight (UTC) begins no course anew; else today. */
async function testIds({ store }: Services, mails: Composed[], to: string, now: Instant): Promise<string[]> {
  const { agenda } = await store.owner();
  const listIds = (day: Instant) => mails.map((mail) => testId(mail, to, iso(day).slice(0, DAY_LETTERS)));
  const begun = listIds(now - DAY);
  return begun.some((id) => agenda[mailKey("test", id)]) ? begun : listIds(now);
}

/** The same for the same words to the same address on a day. */
const testId = ({ subject, text, html }: Composed, to: string, day: string): string =>
  base32(
    createHash("sha256")
      .update(JSON.stringify([subject, text, html, to, day]))
      .digest()
      .subarray(0, 10),
  );
