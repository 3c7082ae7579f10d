import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../../../functions/domain/content.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { type Facts, NOTHING_KNOWN, type When } from "../../../functions/domain/course/whom.ts";
import type { Composed, Composition } from "../../../functions/mail/compose/composition.ts";
import { composeIssue } from "../../../functions/mail/compose/issue.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { mimeMessage } from "../../../functions/mail/mime/mime.ts";
import type { Write } from "../../../functions/mail/mime/splice.ts";
import { makeComposition, shippedContent, TUESDAY, theCourse } from "../composition.ts";
import { bytes, counting, lessonTo, type Who } from "./spliced.ts";

/** Facts of a reader that no lesson looks at today; the last does not even exist. */
const UNREAD = [
  "enrolment.lookedBack.first-part",
  "enrolment.prompted.the-first-lesson",
  "enrolment.lastForm.undo",
  "enrolment.earlier.status",
  "subscriber.tags.0",
  "relay.name",
  "entry.answer",
  "dispatch.subscriber",
  "whatever.comes.later",
];

const factOf = (mail: object, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], mail);

function withFact<Target extends object>(target: Target, [key, ...rest]: string[], words: string): Target {
  const inner = (target as Record<string, object | undefined>)[key as string];
  return { ...target, [key as string]: rest.length > 0 ? withFact(inner ?? {}, rest, words) : words };
}

type Compose = (mail: Composition) => Composed;

describe("a composed lesson", () => {
  let content: Content;
  beforeAll(async () => {
    content = await shippedContent();
  });

  const someone = (place: number): Who => ({
    name: `Reader ${place}`,
    local: `reader-${place}`,
    reader: String.fromCharCode(97 + (place % 26)).repeat(52),
    leave: String.fromCharCode(97 + (place % 25)).repeat(52),
    reply: String.fromCharCode(97 + (place % 23)).repeat(52),
  });

  describe("that tells its reader something of theirs", () => {
    const telling = (path: string) => (mail: Composition) => ({
      ...composeLesson(mail),
      subject: `You once wrote: ${factOf(mail, path)}`,
    });
    const written = fc.oneof(fc.constantFrom("a", "b"), fc.string({ unit: "grapheme" }));
    const subjectOf = (raw: Uint8Array): string =>
      /^Subject: .*(?:\r\n .*)*/m.exec(Buffer.from(raw).toString("latin1"))?.[0] ?? "";
    /** Readers who differ in nothing that a lesson looks at; some have written the same. */
    const everybodyReadsTheirOwn = (path: string, open: (compose: Compose) => Write) =>
      fc.property(fc.array(written, { minLength: 2, maxLength: 6 }), (all) => {
        const compose = telling(path);
        const write = open(compose);
        for (const [place, words] of all.entries()) {
          const mail = withFact(lessonTo(content, someone(place)), path.split("."), words);
          expect(subjectOf(write(mail).raw)).toBe(subjectOf(mimeMessage(compose(mail))));
        }
      });

    it.each(UNREAD)("tells it nobody else, though nobody listed it: %s", (path) => {
      fc.assert(
        everybodyReadsTheirOwn(path, (compose) => counting(compose).write),
        { numRuns: 8 },
      );
    });

    it.each(UNREAD)("control: a list of what a lesson looks at, kept by hand, gives it away: %s", (path) => {
      const found = fc.check(everybodyReadsTheirOwn(path, sharedByList), { numRuns: 8, endOnFailure: true });
      expect(found.failed).toBe(true);
    });
  });

  it("is composed once for all who want the next at the same hour, however they differ otherwise", () => {
    const { calls, write } = counting();
    for (let place = 0; place < 300; place++) write(lessonToAnother(place));
    expect(calls.count).toBe(1 + CHECK);
  });

  it("is composed once for each hour, day, pace and zone that readers want the next at", () => {
    const { calls, write } = counting();
    const zones = ["Europe/Berlin", "Asia/Tokyo"];
    for (let place = 0; place < 60; place++) {
      const mail = lessonToAnother(place);
      const enrolment = mail.enrolment as Enrolment;
      const cadence = {
        ...enrolment.cadence,
        zone: zones[place % 2] as string,
        time: `0${7 + (place % 3)}:30`,
      };
      write({ ...mail, enrolment: { ...enrolment, cadence } });
    }
    expect(calls.count).toBe(6 * (1 + CHECK));
  });

  it("with passages for some is shared by those alone of whom all that was looked at is the same", () => {
    const shipped = theCourse(content);
    const passage = (when: When, words: string) => ({
      ...{ when, before: 2, body: { html: `<p>${words}</p>`, text: words } },
    });
    const passages = [
      passage({ answer: "role", is: ["managers"] }, "Words for managers."),
      passage({ every: [{ tag: "vip" }, { replied: "any" }] }, "Words for guests."),
    ];
    const lessons = shipped.lessons.map((one, at) => (at === 3 ? { ...one, passages } : one));
    const branching = { ...content, courses: [{ ...shipped, lessons }] };
    const { calls, write } = counting();
    for (let place = 0; place < 60; place++) {
      const role = ["managers", "sellers", undefined][place % 3];
      const facts: Facts = {
        ...NOTHING_KNOWN,
        answers: { town: `town ${place}`, ...(role && { role }) },
        tags: { [`tag ${place}`]: true, ...(place % 2 === 0 && { vip: true as const }) },
        ...{ replied: { [`lesson-${place}`]: true }, hasReplied: place % 4 === 0, silent: place },
      };
      const mail = { ...lessonToAnother(place), content: branching, course: branching.courses[0] as Course };
      const letter = Buffer.from(write({ ...mail, facts }).raw).toString("latin1");
      expect(letter.includes("Words for managers."), `${place}`).toBe(role === "managers");
      expect(letter.includes("Words for guests."), `${place}`).toBe(place % 4 === 0);
    }
    // Three answers; no tag, or a tag with a reply or without.
    expect(calls.count).toBe(3 * 3 * (1 + CHECK));
  });

  describe("with passages for some, whatever they ask and whatever is known of its readers", () => {
    const conditions = fc.constantFrom<When>(
      ...[{ answer: "role", is: ["managers"] }, { answer: "role" }, { tag: "vip" }, { rating: [1, 2] }],
      ...[{ move: ["one"], is: ["made"] }, { replied: ["one"] }, { replied: "any" as const }, { silent: 2 }],
      ...[{ state: "again" as const }, { state: "newsletter" as const }],
    );
    const whens: fc.Arbitrary<When> = fc.oneof(
      conditions,
      conditions.map((not) => ({ not })),
      fc.array(conditions, { minLength: 2, maxLength: 3 }).map((every) => ({ every })),
      fc.array(conditions, { minLength: 2, maxLength: 3 }).map((some) => ({ some })),
    );
    const known: fc.Arbitrary<Facts> = fc.record({
      answers: fc.constantFrom<Facts["answers"]>(
        {},
        { role: "managers" },
        { role: "sellers" },
        { town: "Ulm" },
      ),
      tags: fc.constantFrom<Facts["tags"]>({}, { vip: true }, { vip: true, alumni: true }),
      rating: fc.constantFrom(undefined, 1, 2, 3),
      moves: fc.constantFrom<Facts["moves"]>({}, { one: "made" }, { one: "notYet" }),
      replied: fc.constantFrom<Facts["replied"]>({}, { one: true }, { two: true }),
      ...{ hasReplied: fc.boolean(), silent: fc.nat(3), isAgain: fc.boolean(), newsletter: fc.boolean() },
    });
    /** The reader's own mail, as it is made for them alone. */
    const everybodyGetsTheirs = (open: (compose: Compose) => Write) =>
      fc.property(
        fc.array(whens, { minLength: 1, maxLength: 3 }),
        fc.array(known, { minLength: 2, maxLength: 8 }),
        (asked, readers) => {
          const shipped = theCourse(content);
          const passages = asked.map((when, at) => ({
            ...{ when, before: at, body: { html: `<p>Passage ${at}.</p>`, text: `Passage ${at}.` } },
          }));
          const lessons = shipped.lessons.map((one, at) => (at === 3 ? { ...one, passages } : one));
          const course: Course = { ...shipped, lessons };
          const write = open(composeLesson);
          for (const facts of readers) {
            const mail = {
              ...lessonTo(content, someone(0)),
              content: { ...content, courses: [course] },
              course,
              facts,
            };
            expect(bytes(write(mail).raw)).toBe(bytes(mimeMessage(composeLesson(mail))));
          }
        },
      );

    it("is each reader's own", () => {
      fc.assert(
        everybodyGetsTheirs((compose) => counting(compose).write),
        { numRuns: 15 },
      );
    });

    it("control: is another's where what is shared by is a list that knows of no passages", () => {
      const found = fc.check(everybodyGetsTheirs(sharedByList), { numRuns: 60, endOnFailure: true });
      expect(found.failed).toBe(true);
    });
  });

  it("of an issue is one for all readers of one minute", () => {
    const { calls, write } = counting(composeIssue);
    for (let place = 0; place < 50; place++) {
      const { links, subscriber, entry } = lessonToAnother(place);
      const now = TUESDAY + place * 1_000;
      const mail = { ...makeComposition(content, "issue", "an-issue"), links, subscriber, entry, now };
      write({ ...mail, enrolment: undefined, journal: undefined });
    }
    expect(calls.count).toBe(1 + CHECK);
  });

  /** The second invented reader. */
  const CHECK = 1;

  /** Everything about them is another's but where they are in the course and when they want the next. */
  function lessonToAnother(place: number): Composition {
    const mail = lessonTo(content, someone(place));
    const enrolment = {
      ...mail.enrolment,
      subscriber: `reader${place}`,
      version: place,
      startedAt: place,
      lastLessonAt: place,
      prompted: { first: `r${place}` },
      ratings: { before: ((place % 5) + 1) as 1 },
      run: 1 + (place % 3),
      silent: place % 5,
      agenda: { lesson: { dueAt: place, doubts: place % 2 } },
    } as Enrolment;
    const dispatch = { ...mail.dispatch, subscriber: `reader${place}`, run: enrolment.run };
    const entry = { dueAt: place, doubts: 0 };
    return { ...mail, enrolment, dispatch, entry, now: TUESDAY + (place % 60) * 1_000 };
  }
});

/** Readers who agree in what the list names are taken for the same. */
function sharedByList(compose: Compose): Write {
  const known = new Map<string, ReturnType<Write>>();
  return (mail) => {
    const { course, dispatch, enrolment, entry, silence, revision, now } = mail;
    const { kind, list, slug } = dispatch;
    const { status, run, cadence, done, ratings } = enrolment ?? {};
    const ofReader = { status, run, cadence, done, ratings, silence, answers: entry?.answers };
    const key = JSON.stringify({ course: course.slug, kind, list, slug, revision, ...ofReader, now });
    const composed = compose(mail);
    const made = known.get(key) ?? { composed, raw: mimeMessage(composed) };
    known.set(key, made);
    return made;
  };
}
