import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CONTENT, ContentError } from "../../authoring/compile/sources.ts";
import { ArgumentError, readArguments, readMoment, usage } from "../../cli/arguments.ts";
import type { OwnerOrder } from "../../cli/owner-order.ts";
import { ROOT } from "../../cli/root.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { STAGES } from "../../infra/stages.ts";
import { assemble, type Instead, NotAssembled, startAssembled } from "../assemble.ts";
import type { Cloud, CloudOptions } from "../aws/cloud.ts";
import {
  chooseAnswers,
  coursesOwn,
  othersAnswers,
  removeStaged,
  sampleReplies,
  stagedCourse,
  stagedNewsletter,
} from "./demo-course.ts";
import { NotAsPromised } from "./expectation.ts";
import { type JourneyOutcome, type JourneyStep, travel } from "./journey.ts";
import { travelNewsletter } from "./newsletter-journey.ts";
import { type Transcript, tellStory, toJson } from "./transcript.ts";
import type { Traveller } from "./walker.ts";

const FLAGS = {
  out: { value: "FOLDER", says: "where each mail goes as .eml and .html (out/demo)" },
  course: {
    value: "COURSE",
    says: "a slug of content/courses, or a course's folder; the stage's first otherwise",
  },
  answers: {
    value: "LIST",
    says: "what the reader answers, for example role=sellers,goal=Fewer calls; each first option otherwise",
  },
  newsletter: {
    value: "FOLDER",
    says: "the newsletter alone, without a course: a folder with a newsletter.yaml, such as content/newsletter",
  },
  json: { says: "one JSON line an event, for scripts" },
  "start-at": { value: "MOMENT", says: "when the reader signs up, for example 2026-03-06T17:00Z" },
  help: { says: "this" },
};

const READER: Traveller = { name: "Ada", address: "ada@reader.example", zone: "Europe/Berlin" };
/** Of the newsletter alone: comes when an issue has left. */
const SECOND_READER: Traveller = { name: "Ben", address: "ben@reader.example", zone: "Europe/Berlin" };
/** A Friday evening, three weeks before Europe's clocks change. */
const FRIDAY_EVENING = "2026-03-06T17:00Z";

/**
 * One reader through the whole course; on a stage without a course, two readers of the newsletter. Returns the status that
 * the program ends with. Throws an ArgumentError, or NotAssembled with what is wrong with the content.
 * @param machinery what the cloud is made of, if not of threads and the embedded database
 */
export async function runDemo(
  line: readonly string[],
  print: (text: string) => void,
  machinery: Pick<CloudOptions, "table" | "runtime"> = {},
): Promise<number> {
  const given = readArguments("npm run demo", FLAGS, [...line]);
  if (given.help) {
    print(usage("npm run demo", FLAGS));
    return 0;
  }
  const startAt = readMoment("start-at", given["start-at"] ?? FRIDAY_EVENING);
  const out = resolve(given.out ?? join(ROOT, "out", "demo"));
  const instead = await stagedInstead(given);
  const isNewsletter = listCourses(instead).length === 0;
  const about = isNewsletter ? "Two readers, the newsletter alone." : undefined;
  const transcript = given.json ? toJson(READER, print) : tellStory(READER, print, about);
  try {
    return await demonstrate({ startAt, ...machinery }, transcript, out, { instead, answers: given.answers });
  } finally {
    await removeStaged();
  }
}

function stagedInstead({ course, newsletter }: { course?: string; newsletter?: string }) {
  if (course !== undefined && newsletter !== undefined)
    throw new ArgumentError("--course and --newsletter: a demo is of one or of the other.");
  if (newsletter !== undefined) return stagedNewsletter(newsletter);
  return course === undefined ? undefined : stagedCourse(course);
}

const listCourses = (instead: Instead | undefined): readonly string[] =>
  instead?.courses ?? STAGES.local.courses;

/** What the demo is of. */
interface Shown {
  instead: Instead | undefined;
  /** As they were typed. */
  answers: string | undefined;
}

async function demonstrate(
  options: Pick<CloudOptions, "startAt" | "table" | "runtime">,
  transcript: Transcript,
  out: string,
  { instead, answers }: Shown,
): Promise<number> {
  const began = performance.now();
  const [assembled, content] = await Promise.all([
    assemble(undefined, { ...instead, beside: { [OWNER]: "console/owner.handler.ts" } }),
    readContent(instead),
  ]);
  const world = await startAssembled(assembled, options);
  try {
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    transcript.begin(world.now());
    const file = fileMails(out);
    const slug = listCourses(instead)[0];
    const owner = join(assembled.functionsDir, OWNER);
    const tell = async (step: JourneyStep) => {
      transcript.tell(step);
      await file(step);
    };
    const course = slug === undefined ? undefined : findCourse(content, slug);
    const own = course && (await personal(course, instead?.folder, answers));
    const outcome = await go({ world, owner }, content, own, tell);
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

/** The owner's console, bundled beside the deployed functions: its folder, and its name among them. */
const OWNER = "owner";

/** A course as it is for one reader. */
interface Personal {
  course: Course;
  reader: Traveller;
}

function findCourse({ courses }: Content, slug: string): Course {
  const course = courses.find((one) => one.slug === slug);
  if (!course) throw new NotAssembled(`content/courses has no ${slug}: coursepost.config.ts names it`);
  return course;
}

async function personal(course: Course, folder = CONTENT, wanted?: string): Promise<Personal> {
  const answers = chooseAnswers(course, wanted);
  return { course: await coursesOwn(course, folder, answers), reader: { ...READER, answers } };
}

/** Through the course that has the front door; without one, of the newsletter. */
async function go(
  { world, owner }: { world: Cloud; owner: string },
  { issues = [] }: Content,
  own: Personal | undefined,
  tell: (step: JourneyStep) => Promise<void>,
): Promise<JourneyOutcome> {
  world.lambda.deployBeside(OWNER, "Lane", { code: owner });
  const order = async (what: OwnerOrder) => void (await world.lambda.invoke(OWNER, what));
  if (!own) return travelNewsletter({ ...world, order }, issues, [READER, SECOND_READER], tell);
  const { course, reader } = own;
  return travel(world, course, reader, sampleReplies(course), tell, { words: othersAnswers(course), order });
}

/** The compiler is loaded when needed: it imports MJML, which takes a third of a second. What is wrong, the bundling tells. */
async function readContent(instead: Instead | undefined): Promise<Content> {
  const compiler = await import("../../authoring/compile/compile.ts");
  return compiler.loadContent(ROOT, instead?.folder).catch((error: unknown) => {
    throw error instanceof ContentError ? new NotAssembled(error.message) : error;
  });
}
