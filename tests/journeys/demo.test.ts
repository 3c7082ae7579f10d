import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../authoring/compile/compile.ts";
import { ROOT } from "../../cli/root.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import type { LeftMail } from "../../local/aws/world.ts";
import { travel } from "../../local/demo/journey.ts";
import { runDemo } from "../../local/demo/run-demo.ts";
import type { Road, Traveller } from "../../local/demo/walker.ts";
import { inThisThread, openCloud } from "../support/cloud.ts";

const run = promisify(execFile);
const NEWSLETTER = "tests/fixtures/newsletter-only";

describe("the demo", () => {
  let folder: string;
  let lines: Record<string, unknown>[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "demo-test-"));
    const told: Record<string, unknown>[] = [];
    const print = (text: string) => void told.push(JSON.parse(text));
    expect(await runDemo(["--json", "--out", join(folder, "mails")], print, inThisThread())).toBe(0);
    lines = told;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const mails = (kind: string) => lines.filter((line) => line.event === "mail" && line.kind === kind);

  it("brings one reader through the whole course, each mail once", () => {
    expect(lines.at(-1)).toMatchObject({ event: "finished", mails: 20, lessons: 12, prompts: 2 });
    expect(mails("lesson").map((line) => line.lesson)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(["confirmation", "welcome", "completion", "look-back"].map((kind) => mails(kind).length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it("goes on for a year, in which two letters bring the reader's own words back", () => {
    expect(mails("letter").map(({ local }) => String(local))).toEqual([
      ...["Mon 31 Aug 2026, 07:30", "Wed 2 Jun 2027, 07:30"],
    ]);
  });

  it("keeps the reader's hour when the clocks change", () => {
    const hours = mails("lesson").map((line) => String(line.at).slice(11, 16));
    expect(new Set(hours)).toEqual(new Set(["06:30", "05:30"]));
    expect(mails("lesson").every((line) => String(line.local).endsWith("07:30"))).toBe(true);
  });

  it("leaves each mail as .eml and .html in the folder", async () => {
    const files = await readdir(join(folder, "mails"));
    expect(files).toHaveLength(40);
    expect(files).toContain("03-lesson-1.eml");
    expect(await readFile(join(folder, "mails", "18-completion.html"), "utf8")).toContain("<html");
  });

  it("of a stage without a course has two readers of its newsletter, each mail once, as a program of its own", async () => {
    const line = ["--json", "--out", join(folder, "letters"), "--newsletter", NEWSLETTER];
    const program = ["--import", "tsx", "local/demo/demo.ts", ...line];
    const { stdout } = await run(process.execPath, program, { cwd: ROOT });
    const told: Record<string, unknown>[] = stdout
      .trim()
      .split("\n")
      .map((event) => JSON.parse(event));
    const came = told.filter(({ event }) => event === "mail").map(({ kind }) => kind);
    expect(came).toEqual(["confirmation", "welcome", "issue", "confirmation", "welcome"]);
    expect(told.at(-1)).toMatchObject({ event: "finished", mails: 5, issues: 1 });
    expect(told.at(-1)?.held).toBeGreaterThan(25);
  });

  it("ends with another status, and a word about it, when it is asked for what it does not know", async () => {
    const failed = await run(process.execPath, ["--import", "tsx", "local/demo/demo.ts", "--jsn"], {
      cwd: ROOT,
    }).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("Did you mean --json?") });
  });
});

describe("the demo fails when the course does not keep its promises, for it would also if", () => {
  let cloud: Cloud;

  beforeAll(async () => {
    cloud = await openCloud({ startAt: Date.parse("2026-03-06T17:00Z") });
  });
  afterAll(() => cloud?.stop());

  /** A reader of this world, whose mails pass through `tampered` before they are looked at. */
  async function journeyOf(name: string, tampered: (mails: readonly LeftMail[]) => readonly LeftMail[]) {
    const [course] = (await loadContent(ROOT)).courses;
    if (!course) throw new Error("there is a course");
    const reader: Traveller = {
      name,
      address: `${name.toLowerCase()}@reader.example`,
      zone: "America/New_York",
    };
    const road: Road = {
      webOrigin: cloud.webOrigin,
      smtpPort: cloud.smtpPort,
      now: cloud.now,
      advanceTo: cloud.advanceTo,
      mails: () => tampered(cloud.mails()),
    };
    // To this journey the course has two lessons; the one that is running has twelve.
    const short = { ...course, lessons: course.lessons.slice(0, 2) };
    return travel(road, short, reader, [], () => undefined);
  }

  const isLesson = (mail: LeftMail) => Buffer.from(mail.raw).includes("Subject: Where your hardest headwind");

  it("a lesson got lost", async () => {
    const journey = journeyOf("Bea", (mails) => mails.filter((mail) => !isLesson(mail)));
    await expect(journey).rejects.toThrow(/lesson 1 comes at Mon 9 Mar 2026, 07:30, once; nothing came by/);
  });

  it("a lesson came twice", async () => {
    const journey = journeyOf("Cem", (mails) =>
      mails.flatMap((mail) => (isLesson(mail) ? [mail, mail] : [mail])),
    );
    await expect(journey).rejects.toThrow(/lesson 1 comes at .*, once; 2 mails came/);
  });

  it("a lesson came early", async () => {
    const early = (mail: LeftMail) => (isLesson(mail) ? { ...mail, at: mail.at - MINUTE } : mail);
    const journey = journeyOf("Dan", (mails) => mails.map(early));
    await expect(journey).rejects.toThrow(/lesson 1 does not come early/);
  });

  it("a lesson came with another subject", async () => {
    const other = (mail: LeftMail) =>
      isLesson(mail)
        ? {
            ...mail,
            raw: Buffer.from(Buffer.from(mail.raw).toString().replace("hardest headwind", "mildest breeze")),
          }
        : mail;
    const journey = journeyOf("Eve", (mails) => mails.map(other));
    await expect(journey).rejects.toThrow(/lesson 1 has its subject/);
  });

  it("a lesson came where the completion was due", async () => {
    await expect(journeyOf("Flo", (mails) => mails)).rejects.toThrow(
      /the completion has its subject; it was "Managing up without the drama"/,
    );
  });
});
