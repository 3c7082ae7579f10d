import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countStats, type Stats } from "../../../console/stats/count.ts";
import { runStats } from "../../../console/stats/run.ts";
import { durationInWords, tablesText } from "../../../console/stats/tables.ts";
import { Times } from "../../../console/stats/times.ts";
import type { PersonRecord } from "../../../console/table/people.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { aConsent } from "../../support/consents.ts";
import { ALONE, deploymentOf } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse, aLesson, aLetter } from "../../support/course.ts";
import { hasSecondEngine, startDynalite, startDynoxide, startTableInMemory } from "../../support/engines.ts";
import { anEnrolment, aReader, aReply, aSentLesson } from "../../support/person-records.ts";
import { startWorld, type World } from "../../support/services.ts";

/** A Wednesday; its week began on Monday the second. */
const NOW = Date.UTC(2026, 2, 4, 9);
const WEEK = 7 * DAY;
const course = {
  ...aCourse("one", "two"),
  letters: [aLetter("soon", 90), aLetter("late", 365)],
  lessons: [aLesson("one"), aLesson("two", { was: ["old-two"] })],
};

/** Three readers and two who are none: what each adds stands beside it. */
function people(): PersonRecord[] {
  const joined = NOW - 2 * WEEK;
  const one = aSentLesson("ada", "one", joined + DAY);
  const two = aSentLesson("ada", "old-two", joined + 8 * DAY);
  // As if the first letter had come already; the second is announced.
  const letter = { ...two, dispatch: two.dispatch.replace("_lesson_old-two", "_letter_soon") };
  const bounced = aSentLesson("bob", "one", joined + DAY, "bounced");
  const spam = aSentLesson("cy", "one", NOW - DAY, "complained");
  return [
    {
      // Replied to lesson 1 twice, the first time after three hours; to lesson 2, of its old name, with a command.
      subscriber: aReader("ada", joined, { newsletter: true }),
      enrolments: [
        anEnrolment("ada", joined, {
          status: "completed",
          done: ["one", "old-two"],
          completedAt: NOW - HOUR,
          ratings: { before: 2, after: 4 },
          moves: { one: "made", "old-two": "noMoment", gone: "made" },
          agenda: { letter_late: { dueAt: NOW + 300 * DAY, doubts: 0 } },
        }),
      ],
      ledger: [one, two, letter],
      reflections: [
        aReply(one, one.sentAt + 9 * HOUR),
        aReply(one, one.sentAt + 3 * HOUR),
        aReply(two, two.sentAt + MINUTE, "command"),
        aReply(letter, letter.sentAt + HOUR),
      ],
    },
    {
      // Left after lesson 1, in the week before this one.
      subscriber: aReader("bob", joined, {
        consents: [
          aConsent("requested", "course", joined),
          aConsent("confirmed", "course", joined),
          aConsent("withdrawn", "course", NOW - WEEK),
        ],
      }),
      enrolments: [anEnrolment("bob", joined, { status: "left", done: ["one"], ratings: { before: 3 } })],
      ledger: [bounced],
      reflections: [],
    },
    {
      subscriber: aReader("cy", NOW - 2 * DAY, { newsletter: false }),
      enrolments: [
        anEnrolment("cy", NOW - 2 * DAY, { status: "paused", done: ["one"], moves: { one: "notYet" } }),
      ],
      ledger: [spam],
      reflections: [aReply(spam, spam.sentAt + 5 * HOUR)],
    },
    {
      subscriber: aReader("dee", NOW - DAY, {
        status: "unconfirmed",
        consents: [aConsent("requested", "course", NOW - DAY)],
      }),
      enrolments: [],
      ledger: [],
      reflections: [],
    },
    {
      subscriber: aReader("eve", NOW - 40 * WEEK, { status: "stopped", stoppedBy: "reader" }),
      enrolments: [anEnrolment("eve", NOW - 40 * WEEK, { status: "inert" })],
      ledger: [],
      reflections: [],
    },
  ];
}

const expected: Stats = {
  asOf: "2026-03-04T09:00:00.000Z",
  people: { unconfirmed: 1, active: 3, stopped: 1, newsletter: 1 },
  weeks: [
    { from: "2026-02-16", signUps: 2, confirmations: 2, inCourse: 2, finished: 0, left: 0 },
    { from: "2026-02-23", signUps: 0, confirmations: 0, inCourse: 1, finished: 0, left: 1 },
    { from: "2026-03-02", signUps: 2, confirmations: 1, inCourse: 1, finished: 1, left: 0 },
  ],
  origins: [{ origin: "not known", confirmed: 4, active: 3 }],
  courses: [
    {
      slug: "course",
      title: "A course",
      now: { active: 0, paused: 1, completed: 1, left: 1 },
      lessons: [
        {
          slug: "one",
          title: "About one",
          sent: 3,
          delivered: 2,
          bounced: 1,
          complained: 1,
          replied: 2,
          movesMade: 1,
          movesTold: 2,
          leftAfter: 1,
          standing: 1,
          medianMinutesToReply: 240,
        },
        {
          slug: "two",
          title: "About two",
          sent: 1,
          delivered: 1,
          bounced: 0,
          complained: 0,
          replied: 0,
          movesMade: 0,
          movesTold: 1,
          leftAfter: 0,
          standing: 0,
          medianMinutesToReply: null,
        },
      ],
      letters: [
        { slug: "soon", subject: "Letter soon", waiting: 0, refused: 0, sent: 1, replied: 1 },
        { slug: "late", subject: "Letter late", waiting: 1, refused: 0, sent: 0, replied: 0 },
      ],
      lift: {
        question: "How is it?",
        n: 1,
        onlyBefore: 1,
        before: 2,
        after: 4,
        ratingsBefore: [0, 1, 0, 0, 0],
        ratingsAfter: [0, 0, 0, 1, 0],
      },
    },
  ],
};

const engines = [startDynalite, startTableInMemory, ...(hasSecondEngine() ? [startDynoxide] : [])];

describe.each(engines)("the numbers of a list over %o", (engine) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "stats-"));
    world = await startWorld(plainContent(course), NOW, engine);
    const { store } = world.services;
    for (const { subscriber, enrolments, ledger, reflections } of people()) {
      await store.save(subscriber);
      for (const enrolment of enrolments) await store.save(enrolment);
      for (const entry of ledger) await store.recordSent(entry);
      for (const reflection of reflections) await store.keepReflection(reflection);
    }
    // What is kept about nobody, or about someone who is being erased, counts for nothing.
    await store.change(await store.owner(), (owner) => ({
      ...owner,
      agenda: { "digest_2026-03-04": { dueAt: NOW, doubts: 0 } },
    }));
    await store.save(aReader("fay", NOW));
    await store.entomb("fay");
  });
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true });
  });

  it("are counted by week, by lesson and by rating, and name nobody", async () => {
    const said = await runStats(deploymentOf(world), { json: true, weeks: "3" }, ALONE);
    expect(JSON.parse(said)).toEqual(expected);
    expect(said).not.toMatch(/ada|x\.example|My words/);
  });

  it("are what a parallel scan brings: everybody once, with all that is theirs", async () => {
    const found: PersonRecord[] = [];
    for await (const personRecord of world.allPeople.personRecords()) found.push(personRecord);
    const shapeOf = (all: PersonRecord[]) =>
      all
        .map(
          ({ subscriber, enrolments, ledger, reflections }) =>
            `${subscriber.id} ${enrolments.length} ${ledger.length} ${reflections.length}`,
        )
        .sort();
    expect(shapeOf(found)).toEqual(shapeOf(people()));
  });

  it("can be read as tables, and as a page that needs no script", async () => {
    const said = await runStats(deploymentOf(world), { weeks: "3" }, ALONE);
    expect(said).toMatch(/^2026-02-23 +0 +0 +1 +0 +1$/m);
    expect(said).toMatch(/^1\. About one +3 +2 +1 +1 +2 +1 of 2 +1 +4 h 0 min$/m);
    expect(said).toContain("n = 1, who rated both times; 1 rated only before. It claims nothing");
    const file = join(folder, "stats.html");
    expect(await runStats(deploymentOf(world), { html: file }, ALONE)).toContain(file);
    const page = readFileSync(file, "utf8");
    expect(page).not.toMatch(/<script|ecmeta|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<svg role="img"/g)).toHaveLength(7);
  });
});

describe("the command for them", () => {
  const refused = (flags: Parameters<typeof runStats>[1]) =>
    runStats({} as Parameters<typeof runStats>[0], flags, ALONE);

  it("refuses what cannot be meant, before it reads anything", async () => {
    await expect(refused({ weeks: "0" })).rejects.toThrow("--weeks 0? It is a number from 1 to 260");
    await expect(refused({ weeks: "many" })).rejects.toThrow("--weeks many?");
    await expect(refused({ html: "content/course.yaml" })).rejects.toThrow("name a file that ends in .html");
    await expect(refused({ html: "a.html", json: true })).rejects.toThrow("give one of them");
  });

  it("says of an empty list that it is empty", async () => {
    const nobody = { personRecords: async function* (): AsyncGenerator<PersonRecord> {} };
    const stats = await countStats(nobody, [course], { weeks: 1, now: NOW });
    expect(stats.weeks).toEqual([
      { from: "2026-03-02", signUps: 0, confirmations: 0, inCourse: 0, finished: 0, left: 0 },
    ]);
    expect(tablesText(stats)).toContain("Nobody has rated both times yet");
  });
});

describe("a week", () => {
  it("counts who signed up and confirmed as the owner's mail of that week does: by requests, not by undone leaving", async () => {
    const [first, again] = [NOW - 2 * WEEK, NOW - DAY];
    const subscriber = aReader("fay", first, {
      consents: [
        aConsent("requested", "course", first),
        aConsent("confirmed", "course", first + HOUR),
        aConsent("withdrawn", "course", NOW - WEEK),
        aConsent("confirmed", "course", NOW - WEEK + MINUTE),
        aConsent("withdrawn", "course", NOW - WEEK + HOUR),
        aConsent("requested", "course", again),
        aConsent("confirmed", "course", again + MINUTE),
      ],
    });
    const person: PersonRecord = { subscriber, enrolments: [], ledger: [], reflections: [] };
    const all = {
      personRecords: async function* () {
        yield person;
      },
    };
    const { weeks } = await countStats(all, [course], { weeks: 3, now: NOW });
    expect(weeks.map(({ signUps, confirmations }) => [signUps, confirmations])).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
  });
});

describe("a median of times", () => {
  it("is that of the sorted minutes, however many there are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 60 }),
        (minutes) => {
          const times = new Times();
          for (const minute of minutes) times.add(minute * MINUTE);
          const sorted = [...minutes].sort((one, other) => one - other);
          const middle = (sorted.length - 1) / 2;
          const both = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]] as [number, number];
          expect(times.median()).toBe((both[0] + both[1]) / 2);
        },
      ),
    );
    expect(new Times().median()).toBeUndefined();
  });

  it("is told in words", () => {
    expect([null, 5, 65.5, 47 * 60, 3 * 24 * 60].map(durationInWords)).toEqual([
      "–",
      "5 min",
      "1 h 6 min",
      "47 h 0 min",
      "3.0 days",
    ]);
  });
});
