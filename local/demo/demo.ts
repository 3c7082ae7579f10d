import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ContentError } from "../../authoring/compile/sources.ts";
import { ArgumentError, readArguments, readMoment, usage } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { STAGES } from "../../infra/stages.ts";
import { assemble, type Instead, NotAssembled, startAssembled } from "../assemble.ts";
import { sampleReplies, stagedCourse } from "./demo-course.ts";
import { NotAsPromised } from "./expectation.ts";
import { type JourneyStep, type Traveller, travel } from "./journey.ts";
import { type Transcript, tellStory, toJson } from "./transcript.ts";

/** `npm run demo`: one reader through the whole course in virtual time, without a browser. */

const FLAGS = {
  out: { value: "FOLDER", says: "where each mail goes as .eml and .html (out/demo)" },
  course: {
    value: "COURSE",
    says: "a slug of content/courses, or a course's folder; the stage's first otherwise",
  },
  json: { says: "one JSON line an event, for scripts" },
  "start-at": { value: "MOMENT", says: "when the reader signs up, for example 2026-03-06T17:00Z" },
  help: { says: "this" },
};

const READER: Traveller = { name: "Ada", address: "ada@reader.example", zone: "Europe/Berlin" };
/** A Friday evening, three weeks before Europe's clocks change. */
const FRIDAY_EVENING = "2026-03-06T17:00Z";

async function main(): Promise<number> {
  const given = readArguments("npm run demo", FLAGS, process.argv.slice(2));
  if (given.help) {
    console.log(usage("npm run demo", FLAGS));
    return 0;
  }
  const startAt = readMoment("start-at", given["start-at"] ?? FRIDAY_EVENING);
  const transcript = (given.json ? toJson : tellStory)(READER, (line) => console.log(line));
  const out = resolve(given.out ?? join(ROOT, "out", "demo"));
  const instead = given.course === undefined ? undefined : await stagedCourse(given.course);
  return demonstrate(startAt, transcript, out, instead);
}

async function demonstrate(
  startAt: number,
  transcript: Transcript,
  out: string,
  instead: Instead | undefined,
): Promise<number> {
  const began = performance.now();
  const [assembled, course] = await Promise.all([assemble(undefined, instead), chooseCourse(instead)]);
  const world = await startAssembled(assembled, { startAt });
  try {
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    transcript.begin(world.now());
    const file = fileMails(out);
    const outcome = await travel(world, course, READER, sampleReplies(course), async (step) => {
      transcript.tell(step);
      await file(step);
    });
    const lost = world.deadLetters();
    if (lost.length > 0)
      throw new NotAsPromised(`expected no dead letters; there are ${lost.length}: ${lost[0]?.text}`);
    transcript.end(outcome, performance.now() - began);
    return 0;
  } catch (error) {
    if (!(error instanceof NotAsPromised)) throw error;
    transcript.fail(world.now(), error.message);
    return 1;
  } finally {
    await world.stop();
    await assembled.remove();
  }
}

/** Keeps each mail beside the others, in their order: `04-lesson-1.eml` and the same as `.html`. */
function fileMails(folder: string): (step: JourneyStep) => Promise<void> {
  let count = 0;
  return async (step) => {
    if (step.event !== "mail") return;
    const name = [String(++count).padStart(2, "0"), step.what, ...(step.number ? [step.number] : [])].join(
      "-",
    );
    await writeFile(join(folder, `${name}.eml`), step.letter.raw);
    await writeFile(join(folder, `${name}.html`), step.letter.html ?? "");
  };
}

/**
 * The course that has the front door. The compiler is loaded when needed: it imports MJML, which takes a third of a
 * second. What is wrong with the content, the bundling tells.
 */
async function chooseCourse(instead: Instead | undefined): Promise<Course> {
  const compiler = await import("../../authoring/compile/compile.ts");
  const [slug] = instead?.courses ?? STAGES.local.courses;
  const { courses } = await compiler.loadContent(ROOT, instead?.folder).catch((error: unknown) => {
    throw error instanceof ContentError ? new NotAssembled(error.message) : error;
  });
  const course = courses.find((one) => one.slug === slug);
  if (!course) throw new NotAssembled(`content/courses has no ${slug}: coursepost.config.ts names it`);
  return course;
}

// A reader of the transcript through `head` has seen enough; the demo still ends with its own status.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const isForAuthor = error instanceof ArgumentError || error instanceof NotAssembled;
    console.error(isForAuthor ? error.message : error);
    process.exitCode = 1;
  },
);
