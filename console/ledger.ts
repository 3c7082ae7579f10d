import { outlineHere } from "../authoring/content-here.ts";
import { ArgumentError, type Given } from "../cli/arguments.ts";
import { heading } from "../cli/terminal.ts";
import { type Course, type Lesson, lessonBySlug } from "../functions/domain/course/course.ts";
import type { DispatchId, LedgerEntry } from "../functions/domain/sending/dispatch.ts";
import { iso } from "../functions/domain/time.ts";
import { verb, type Watching } from "./command.ts";
import { type Deployment, STAGE_FLAG } from "./connect.ts";
import {
  type LessonStanding,
  type LessonStandingKind,
  lessonDispatches,
  lessonStanding,
  STANDINGS,
  wasReceived,
} from "./lesson-standing.ts";
import { addressShown, countInWords, JSON_FLAG, momentShown, SHOW_FLAG } from "./shown.ts";
import { requireCourse } from "./subscribers/reader.ts";
import type { AllPeople, Person } from "./table/people.ts";

const FLAGS = {
  ...STAGE_FLAG,
  lesson: { value: "SLUG", says: "which lesson" },
  course: { value: "SLUG", says: "of which course; the stage's only one otherwise" },
  "not-received": { says: "only who has not got it, with the reason" },
  counts: { says: "only the counts" },
  ...SHOW_FLAG,
  ...JSON_FLAG,
} as const;

/** “Who did not get lesson 4, and why?” */
export const LEDGER = verb({
  onlyReads: true,
  flags: FLAGS,
  async *run({ flags, reach, tell }) {
    if (flags.lesson === undefined) throw new ArgumentError(await whichLesson(flags.course));
    const deployment = await reach(() => outlineHere());
    yield* readLedger(deployment, findLesson(deployment, flags.course, flags.lesson), flags, tell);
  },
});

/** Named from what stands here: a stage is not reached for it. */
async function whichLesson(course: string | undefined): Promise<string> {
  const { courses } = await outlineHere();
  const asked = courses.filter(({ slug }) => course === undefined || slug === course);
  const all = asked.map(({ slug, lessons }) => `${slug} has ${lessons.map((one) => one.slug).join(", ")}`);
  return `ledger needs the lesson: --lesson SLUG. ${all.join("; ")}.`;
}

interface LessonAsked {
  course: Course;
  lesson: Lesson;
}

function findLesson(deployment: Deployment, course: string | undefined, lesson: string): LessonAsked {
  const { content, settings } = deployment.services;
  const slugs = content.courses.map(({ slug }) => slug).filter((slug) => settings.courses.includes(slug));
  if (course === undefined && slugs.length > 1)
    throw new ArgumentError(`The stage has ${slugs.join(", ")}: choose one with --course.`);
  const found = requireCourse(deployment, course ?? slugs[0] ?? "");
  const one = lessonBySlug(found, lesson);
  if (!one) {
    const all = found.lessons.map(({ slug }) => slug).join(", ");
    throw new ArgumentError(`${found.slug} has no lesson "${lesson}"; it has ${all}.`);
  }
  return { course: found, lesson: one };
}

/** A line each as they are found, then the counts by what became of it. In bounded memory. */
async function* readLedger(
  { allPeople, place }: Deployment,
  asked: LessonAsked,
  flags: Given<typeof FLAGS>,
  tell: Watching["tell"] = () => {},
): AsyncGenerator<string> {
  const { course, lesson } = asked;
  if (!flags.json) yield heading(`${lesson.slug}: ${lesson.title} (${course.slug}, ${place})`);
  const counts = new Map<LessonStandingKind, number>();
  let looked = 0;
  for await (const { person, standing } of standings(allPeople, asked)) {
    looked++;
    tell("readers", looked);
    if (flags["not-received"] && wasReceived(standing)) continue;
    counts.set(standing.is, (counts.get(standing.is) ?? 0) + 1);
    if (!flags.counts) yield flags.json ? asJson(person, standing, flags) : asLine(person, standing, flags);
  }
  if (flags.json && !flags.counts) return;
  yield* flags.json ? [JSON.stringify(Object.fromEntries(counts))] : asCounts(counts, flags);
}

/** For how many people the ledger is asked at once. */
const AT_ONCE = 50;

async function* standings(
  allPeople: AllPeople,
  { course, lesson }: LessonAsked,
): AsyncGenerator<{ person: Person; standing: LessonStanding }> {
  for await (const people of batches(allPeople.people(), AT_ONCE)) {
    const dispatches = people.map((person) => lessonDispatches(person, course, lesson));
    const entries = await allPeople.ledgerEntries(dispatches.flat());
    for (const [at, person] of people.entries()) {
      // A tombstone counts as absent.
      if (person.subscriber.erasedAt !== undefined) continue;
      const standing = lessonStanding(person, course, lesson, known(entries, dispatches[at] ?? []));
      if (standing) yield { person, standing };
    }
  }
}

const known = (entries: Map<DispatchId, LedgerEntry>, dispatches: DispatchId[]): LedgerEntry[] =>
  dispatches.map((dispatch) => entries.get(dispatch)).filter((entry) => entry !== undefined);

async function* batches<T>(all: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < most) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type Showing = Given<typeof FLAGS>;

function asLine({ subscriber }: Person, { is, at }: LessonStanding, flags: Showing): string {
  const address = addressShown(subscriber.address, flags["show-addresses"]);
  const when = at === undefined ? "" : `, ${WHEN[is] ?? ""}${momentShown(at, subscriber.zone)}`;
  return `${subscriber.id}  ${address}  ${STANDINGS[is]}${when}`;
}

const WHEN: Partial<Record<LessonStandingKind, string>> = { paused: "until ", ahead: "about " };

const asJson = ({ subscriber }: Person, { is, at }: LessonStanding, flags: Showing): string =>
  JSON.stringify({
    subscriber: subscriber.id,
    address: addressShown(subscriber.address, flags["show-addresses"]),
    standing: is,
    ...(at !== undefined && { at: iso(at) }),
  });

function asCounts(counts: ReadonlyMap<LessonStandingKind, number>, flags: Showing): string[] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const who = countInWords(all, "reader");
  const title = flags["not-received"] ? `${who} ${all === 1 ? "has" : "have"} not got it:` : `${who}:`;
  const rows = Object.entries(STANDINGS).filter(([is]) => counts.has(is as LessonStandingKind));
  const lines = rows.map(
    ([is, says]) => `${String(counts.get(is as LessonStandingKind)).padStart(7)}  ${says}`,
  );
  if (all === 0)
    return [flags["not-received"] ? "Everybody in the course has got it." : "Nobody is in the course."];
  return ["", heading(title), ...lines];
}
