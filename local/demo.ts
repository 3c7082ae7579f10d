import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ROOT } from "../infra/bundle.ts";
import { ArgumentError, readArguments, readMoment, usage } from "./arguments.ts";
import { assemble, NotAssembled, startAssembled } from "./assemble.ts";
import { NotAsPromised } from "./expectation.ts";
import { type PlannedReply, type Step, type Traveller, travel } from "./journey.ts";
import { jsonOf, storyOf, type Transcript } from "./transcript.ts";

/** `npm run demo`: one reader through the whole course in virtual time, without a browser. */

const FLAGS = {
  out: { value: "FOLDER", says: "where each mail goes as .eml and .html (out/demo)" },
  json: { says: "one JSON line an event, for scripts" },
  "start-at": { value: "MOMENT", says: "when the reader signs up, for example 2026-03-06T17:00Z" },
  help: { says: "this" },
};

const READER: Traveller = { name: "Ada", address: "ada@reader.example", zone: "Europe/Berlin" };
/** A Friday evening, three weeks before Europe's clocks change. */
const FRIDAY_EVENING = "2026-03-06T17:00Z";

const REPLIES: PlannedReply[] = [
  {
    lesson: 1,
    kind: "substantial",
    words:
      "The last one was slowed by nobody being willing to decide. Three people had to sign off a price for a press upgrade, each waited for the other two, and the customer signed elsewhere after nine days.",
  },
  {
    lesson: 4,
    kind: "veryShort",
    words: "A second operator. The Lyon order, last May.",
  },
];

async function main(): Promise<number> {
  const given = readArguments("npm run demo", FLAGS, process.argv.slice(2));
  if (given.help) {
    console.log(usage("npm run demo", FLAGS));
    return 0;
  }
  const startAt = readMoment("start-at", given["start-at"] ?? FRIDAY_EVENING);
  const transcript = (given.json ? jsonOf : storyOf)(READER, (line) => console.log(line));
  const out = resolve(given.out ?? join(ROOT, "out", "demo"));
  return demonstrate(startAt, transcript, out);
}

async function demonstrate(startAt: number, transcript: Transcript, out: string): Promise<number> {
  const began = performance.now();
  const [assembled, content] = await Promise.all([assemble(), loadContent()]);
  const world = await startAssembled(assembled, { startAt });
  try {
    const [course] = content.courses;
    if (!course) throw new Error("The stage ships no course: name one in coursepost.config.ts");
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    transcript.begin(world.now());
    const file = fileMails(out);
    const outcome = await travel(world, course, READER, REPLIES, async (step) => {
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
function fileMails(folder: string): (step: Step) => Promise<void> {
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

/** Loaded when needed: the compiler imports MJML, which takes a third of a second. */
async function loadContent() {
  const compiler = await import("../functions/mail/compile.ts");
  return compiler.loadContent(ROOT);
}

// Whoever reads the transcript through `head` has seen enough; the demo still ends with its own status.
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
