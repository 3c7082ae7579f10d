import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readWhen } from "../../../authoring/compile/when.ts";
import { whenInWords } from "../../../authoring/compile/when-in-words.ts";
import { ROOT } from "../../../cli/root.ts";
import { findEffects } from "../../../console/plan/effects.ts";
import type { MidCourse } from "../../../console/plan/paths.ts";
import { plan } from "../../../console/plan/plan.ts";
import { readReaders } from "../../../console/plan/readers.ts";
import type { Cadence } from "../../../functions/domain/course/cadence.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { addressHash } from "../../../functions/links/links.ts";
import { type OwnersCloud, openOwnersCloud } from "../../support/console.ts";
import { aCourse, aLesson } from "../../support/course.ts";
import { Reader } from "../../support/reader.ts";

const WEEKLY: Cadence = { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" };
const NOW = Date.UTC(2026, 5, 3);
const TUESDAY = Date.UTC(2026, 5, 9, 7, 30);
const reader = (...done: string[]): MidCourse => ({
  done,
  cadence: WEEKLY,
  facts: NOTHING_KNOWN,
  nextAt: TUESDAY,
});
const atTheEnd = (...done: string[]): MidCourse => ({
  done,
  cadence: WEEKLY,
  facts: NOTHING_KNOWN,
  nextAt: undefined,
});

describe("what a change of the content does to readers in mid-course", () => {
  const before = aCourse("a", "b", "c");

  it("counts who gets an inserted lesson, and who has passed its place", () => {
    const readers = [reader(), reader("a"), reader("a", "b"), atTheEnd("a", "b", "c")];
    const { inserted, longer, tooSoon } = findEffects(before, aCourse("a", "new", "b", "c"), readers);
    expect(inserted).toEqual([{ slug: "new", title: "About new", number: 2, get: 2, not: 2 }]);
    expect({ longer, tooSoon }).toEqual({ longer: 2, tooSoon: 0 });
  });

  it("sends nothing appended to those who only wait for the completion", () => {
    const { inserted } = findEffects(before, aCourse("a", "b", "c", "d"), [
      atTheEnd("a", "b", "c"),
      reader("a", "b"),
    ]);
    expect(inserted[0]).toMatchObject({ get: 1, not: 1 });
  });

  it("counts who has finished and asked for later lessons, where one is added behind the end, and nobody else", () => {
    const asks: MidCourse = { ...reader("a", "b", "c"), wantsLater: true };
    const finished = [asks, asks, { ...asks, done: ["a", "b", "c", "d"] }];
    const longer = findEffects(before, aCourse("a", "b", "c", "d"), [...finished, reader("a")]);
    expect({ later: longer.later, readers: longer.readers }).toEqual({ later: 2, readers: 1 });
    expect(findEffects(before, aCourse("new", "a", "b", "c"), finished).later).toBe(0);
  });

  it("counts for whom a lesson is that was for others before, and loses nobody without saying so", () => {
    const managers = { answer: "role", is: ["managers"] };
    const asked = (role: string, ...done: string[]): MidCourse => ({
      ...reader(...done),
      facts: { ...NOTHING_KNOWN, answers: { role } },
    });
    const readers = [
      ...[asked("managers"), asked("sellers"), asked("sellers", "a")],
      ...[asked("sellers", "a", "b"), reader("a")],
    ];
    const narrow = {
      ...before,
      lessons: before.lessons.map((one) => (one.slug === "b" ? { ...one, when: managers } : one)),
    };
    const narrowed = findEffects(before, narrow, readers);
    expect(narrowed.whom).toEqual([
      {
        slug: "b",
        title: "About b",
        number: 2,
        get: 1,
        not: 3,
        from: undefined,
        to: managers,
        gain: 0,
        lose: 3,
      },
    ]);
    expect({ skipped: narrowed.skipped, shorter: narrowed.shorter }).toEqual({ skipped: [], shorter: 3 });
    const widened = findEffects(narrow, before, readers);
    expect(widened.whom).toMatchObject([{ from: managers, to: undefined, gain: 3, lose: 0 }]);
    expect(findEffects(narrow, narrow, readers).whom).toEqual([]);
  });

  it("says a condition as its author writes it: it is read back the same", () => {
    const terms = {
      questions: [
        { slug: "role", kind: "choice" as const, options: [{ slug: "managers" }, { slug: "sellers" }] },
      ],
      lessons: [{ slug: "a", was: [] }],
      place: 1,
    };
    for (const text of [
      "role = managers",
      "role = managers | sellers and not tag = alumni",
      'not (role = managers or tag = "two words") and rating = 1 | 2',
      "(replied or replied a) and move a = not-yet | made and silent >= 3 or state = again",
      "not (role = managers and state = newsletter)",
    ]) {
      expect(whenInWords(readWhen(text, terms))).toBe(text);
    }
    expect(whenInWords(undefined)).toBe("everybody");
  });

  it("counts who would have got a removed lesson", () => {
    const { removed, shorter } = findEffects(before, aCourse("a", "c"), [
      reader(),
      reader("a"),
      reader("a", "b"),
    ]);
    expect(removed[0]).toMatchObject({ slug: "b", get: 2 });
    expect(shorter).toBe(2);
  });

  it("counts who has a lesson ahead that waits otherwise than before, and calls none too soon that shall be", () => {
    const after = { ...before, lessons: [aLesson("a"), aLesson("b", { after: 3 }), aLesson("c")] };
    const readers = [reader(), reader("a"), reader("a", "b")];
    const { waits, tooSoon } = findEffects(before, after, readers);
    expect(waits).toEqual([
      { slug: "b", title: "About b", number: 2, get: 2, not: 0, from: undefined, to: 3 },
    ]);
    expect(tooSoon).toBe(0);
    expect(findEffects(after, after, readers).waits).toEqual([]);
  });

  it("names what is translated now or no more, and counts who chose the language and has it ahead", () => {
    const inGerman = (...slugs: string[]) => ({
      ...before,
      translations: {
        de: { lessons: Object.fromEntries(slugs.map((slug) => [slug, aLesson(slug)])), texts: {} },
      },
    });
    const german = (...done: string[]): MidCourse => ({ ...reader(...done), language: "de" });
    const readers = [german(), german("a"), german("a", "b"), german("a", "b", "c"), reader()];
    const named = (from: Course, to: Course) => findEffects(from, to, readers).translated;
    expect(named(inGerman("a"), inGerman("a", "b"))).toEqual([
      { language: "de", added: ["b"], removed: [], get: 2 },
    ]);
    expect(named(inGerman("a", "b"), inGerman("b", "c"))).toEqual([
      { language: "de", added: ["c"], removed: ["a"], get: 3 },
    ]);
    expect(named(before, inGerman("a"))).toEqual([{ language: "de", added: ["a"], removed: [], get: 1 }]);
    // A lesson under a new name has the translation that it had; a new one is named as inserted.
    const renamed = {
      ...inGerman("z", "new"),
      lessons: [aLesson("z", { was: ["a"] }), aLesson("new"), aLesson("b"), aLesson("c")],
    };
    expect(named(inGerman("a"), renamed)).toEqual([]);
    expect(named(inGerman("a"), inGerman("a"))).toEqual([]);
  });

  it("counts who waits for a day on which the course begins no more", () => {
    const starts = (...dates: string[]) => ({
      ...before,
      starts: { dates, afterTheLast: "closed" as const },
    });
    const readers = [
      { ...reader(), startsOn: "2027-01-12" },
      { ...reader(), startsOn: "2027-03-09" },
      reader("a"),
    ];
    const count = (after: typeof before) => findEffects(starts("2027-01-12"), after, readers).otherStart;
    expect(count(starts("2027-01-12"))).toBe(1);
    expect(count(starts("2027-01-12", "2027-03-09"))).toBe(0);
    expect(count(before)).toBe(2);
  });

  it("knows a renamed lesson by its `was`, and warns of one without", () => {
    const named = (more: object) => ({
      ...before,
      lessons: [aLesson("a"), { ...aLesson("x", more), body: aLesson("b").body }, aLesson("c")],
    });
    const readers = [reader("a"), reader("a", "b")];
    const known = findEffects(before, named({ was: ["b"] }), readers);
    expect(known).toMatchObject({
      renamed: [{ from: "b", to: "x" }],
      inserted: [],
      removed: [],
      looksRenamed: [],
    });
    const unknown = findEffects(before, named({}), readers);
    expect(unknown.looksRenamed).toEqual([{ from: "b", to: "x", again: 1 }]);
  });

  it("names the lessons that a new order puts behind readers who were still to get them", () => {
    const { skipped } = findEffects(before, aCourse("c", "b", "a"), [reader("a"), reader()]);
    expect(skipped.map(({ slug, not }) => [slug, not])).toEqual([
      ["c", 1],
      ["b", 1],
    ]);
  });

  it("control: finds nothing where nothing was changed", () => {
    const same = findEffects(before, aCourse("a", "b", "c"), [reader(), reader("a")]);
    expect(same).toMatchObject({
      inserted: [],
      removed: [],
      renamed: [],
      skipped: [],
      longer: 0,
      shorter: 0,
    });
  });
});

describe("npm run plan", () => {
  let folder: string;
  const COURSE = "content/courses/managing-up-leading-down/course.yaml";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-test-"));
    cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const edit = (change: (text: string) => string) =>
    writeFileSync(join(folder, COURSE), change(readFileSync(join(folder, COURSE), "utf8")));
  const swap = () =>
    edit((text) =>
      text.replace(
        "  - bring-the-example\n  - before-you-are-asked",
        "  - before-you-are-asked\n  - bring-the-example",
      ),
    );
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });

  it("compares with a folder, and says whom it asked", async () => {
    expect(await plan(["--against", ROOT], folder, NOW)).toMatch(
      /1000 a course.*\n\n.*the sequence is the same/s,
    );
    swap();
    const said = await plan(["--against", ROOT, "--readers", "13"], folder, NOW);
    expect(said).toMatch(/! 4\. before-you-are-asked: .*\n +1 reader would never get it/);
  });

  it("says whose lessons are in another language from now on", async () => {
    const lessons = join(folder, dirname(COURSE), "lessons");
    const english = readFileSync(join(lessons, "bring-the-example.md"), "utf8");
    const german = english
      .replace(/^(part|example|reckoning):.*\n( .*\n)*/gm, "")
      .replace(
        /^prompts:$/m,
        "prompts:\n  veryShort: Wann war das?\n  question: Was hast du selbst gesehen?",
      );
    writeFileSync(join(lessons, "bring-the-example.de.md"), german);
    edit((text) => text.replace(/^senderName/m, "languages: [en, de]\nsenderName"));
    expect(await plan(["--against", ROOT], folder, NOW)).toMatch(
      /~ Deutsch \(de\)\n +from now on there is bring-the-example in it\. 0 readers chose it/,
    );
  });

  it("compares with the last commit, or a branch", async () => {
    git("init", "-q", "-b", "main");
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "content");
    expect(await plan([], folder, NOW)).toContain("the sequence is the same");
    swap();
    expect(JSON.parse(await plan(["--against", "main", "--json"], folder, NOW))).toMatchObject({
      against: "main",
      effects: [{ skipped: [{ slug: "before-you-are-asked" }] }],
    });
  });

  it("says which file and line is wrong, and what cannot be compared with", async () => {
    await expect(plan(["--against", "no-such-branch"], folder, NOW)).rejects.toThrow(/neither a folder/);
    edit((text) => text.replace("  - bring-the-example", "  - bring-the-sample"));
    await expect(plan(["--against", ROOT], folder, NOW)).rejects.toThrow(
      /course\.yaml:\d+: .*bring-the-sample/s,
    );
  });
});

describe("the readers of a deployment", () => {
  let owners: OwnersCloud;
  beforeAll(async () => {
    owners = await openOwnersCloud();
  });
  afterAll(() => owners.stop());

  it("are those in the middle of a course, with what they have had", async () => {
    const { cloud } = owners;
    await new Reader(cloud, "ada@reader.example").join();
    await new Reader(cloud, "unconfirmed@reader.example").signUp();
    await cloud.advanceBy(10 * 86_400_000);
    const readers = await readReaders(await owners.reached());
    expect([...readers.values()].flat()).toEqual([
      expect.objectContaining({ done: ["headwinds-inside", "where-your-boss-came-from"] }),
    ]);
  });

  it("and with what they have answered: who holds an option that is gone is counted", async () => {
    const reached = await owners.reached();
    const { store, keyring } = reached.services;
    const id = await store.findSubscriber(addressHash(await keyring.keys(), "ada@reader.example"));
    const [enrolment] = await store.enrolments(id ?? "");
    if (!enrolment) return expect.fail("Ada is in no course");
    await store.change(enrolment, (current) => ({ ...current, answers: { role: "sellers" } }));
    const readers = [...(await readReaders(reached)).values()].flat();
    const asks = (...slugs: string[]): Course => ({
      ...aCourse("a"),
      questions: [
        {
          ...{ slug: "role", label: "Whom do you lead?", kind: "choice", isNeeded: false },
          options: slugs.map((slug) => ({ slug, label: `I lead ${slug}` })),
        },
      ],
    });
    const { changed } = findEffects(
      asks("managers", "sellers"),
      asks("managers", "coaches"),
      readers,
    ).questions;
    expect(changed.map(({ removed }) => removed)).toEqual([
      [{ slug: "sellers", label: "I lead sellers", hold: 1 }],
    ]);
  });
});
