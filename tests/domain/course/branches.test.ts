import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countLessons,
  findPlace,
  foresee,
  isLast,
  lessonBefore,
  lessonsOffered,
} from "../../../functions/domain/course/branches.ts";
import {
  type Course,
  type Lesson,
  lessonPlace,
  nextLesson,
  type Path,
} from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  nextSlug,
  planNext,
  withActivation,
  withAdvance,
} from "../../../functions/domain/course/enrolment.ts";
import { progressInWords } from "../../../functions/domain/course/progress.ts";
import {
  type Facts,
  isFor,
  NOTHING_KNOWN,
  type PersonFacts,
  readFacts,
  type When,
} from "../../../functions/domain/course/whom.ts";
import { COMPLETION_KEY, LESSON_KEY } from "../../../functions/domain/sending/agenda.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aCourse, aLesson } from "../../support/course.ts";
import { english } from "../../support/words.ts";

const managers: When = { tag: "managers" };
const sellers: When = { every: [{ tag: "sellers" }, { not: managers }] };
const cadence = { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" } as const;
const START = Date.UTC(2026, 0, 5);

/** one, then a lesson for managers or one for sellers, then two. */
const forked: Course = {
  ...aCourse(),
  lessons: [
    aLesson("one"),
    aLesson("for-managers", { when: managers }),
    aLesson("for-sellers", { when: sellers }),
    aLesson("two"),
  ],
};
const tagged = (...tags: string[]): Facts => readFacts({ run: 1 }, { tags });
const next = (done: string[], facts: Facts) => nextLesson(forked, { done }, facts)?.slug;
const begun = withActivation(inertEnrolment("reader", "course", cadence, START), START);

describe("a course that branches", () => {
  it("brings each reader what is for them, and comes together again", () => {
    expect(next(["one"], tagged("managers"))).toBe("for-managers");
    expect(next(["one"], tagged("sellers"))).toBe("for-sellers");
    expect(next(["one"], NOTHING_KNOWN)).toBe("two");
    expect(next(["one", "for-managers"], tagged("managers"))).toBe("two");
    expect(next(["one", "two"], tagged("managers"))).toBeUndefined();
  });

  it("says of how many lessons where no answer can change it any more", () => {
    const of = (done: string[]) => findPlace(forked, forked.lessons[3] as Lesson, { done }).of;
    expect(findPlace(forked, forked.lessons[0] as Lesson, { done: [] })).toEqual({
      number: 1,
      of: undefined,
    });
    expect(findPlace(forked, forked.lessons[2] as Lesson, { done: ["one"] })).toEqual({ number: 2, of: 3 });
    expect([of(["one"]), of(["one", "for-managers"])]).toEqual([2, 3]);
    expect(lessonsOffered(forked)).toBe("2\u20133");
    expect(lessonsOffered(aCourse("one", "two"))).toBe("2");
  });

  it("has as many for all where one branch is the other's contrary", () => {
    const course = { ...forked, lessons: [...forked.lessons] };
    course.lessons[2] = aLesson("for-others", { when: { not: managers } });
    expect(countLessons(course, { done: [] })).toEqual({ least: 3, most: 3 });
    expect(findPlace(course, course.lessons[0] as Lesson, { done: [] })).toEqual({ number: 1, of: 3 });
  });

  it("names the next lesson only where nothing that is still open puts another in its place", () => {
    const rated: Course = { ...forked, lessons: [...forked.lessons] };
    rated.lessons[1] = aLesson("for-beginners", { when: { rating: [1, 2] } });
    const seen = (facts: Facts) => foresee(rated, { done: ["one"] }, facts);
    expect(seen(NOTHING_KNOWN)).toMatchObject({ next: { slug: "two" }, isCertain: false });
    expect(seen({ ...NOTHING_KNOWN, rating: 4 })).toMatchObject({ next: { slug: "two" }, isCertain: true });
    expect(seen({ ...NOTHING_KNOWN, rating: 1 })).toMatchObject({ next: { slug: "for-beginners" } });
    const end = { ...rated, lessons: rated.lessons.slice(0, 2) };
    expect(isLast(foresee(end, { done: ["one"] }, NOTHING_KNOWN))).toBe(false);
    expect(isLast(foresee(end, { done: ["one"] }, { ...NOTHING_KNOWN, rating: 4 }))).toBe(true);
  });

  it("names none behind a lesson that ends in a choice, which its reader may make otherwise than before", () => {
    const role: When = { answer: "role", is: ["managers"] };
    const choosing: Course = {
      ...forked,
      questions: [
        {
          ...{ slug: "role", kind: "choice", label: "Whom?", isNeeded: false, isAskedInLesson: true },
          options: ["managers", "sellers"].map((slug) => ({ slug, label: slug })),
        },
      ],
      lessons: [
        aLesson("one", { choice: "role" }),
        aLesson("for-managers", { when: role }),
        aLesson("for-others", { when: { not: role } }),
        aLesson("two"),
      ],
    };
    const answered = { ...NOTHING_KNOWN, answers: { role: "managers" } };
    const behind = (done: string[]) => foresee(choosing, { done }, answered);
    expect(behind(["one"])).toMatchObject({ next: { slug: "for-managers" }, isCertain: false });
    expect(behind(["one", "for-managers"])).toMatchObject({ next: { slug: "two" }, isCertain: true });
    expect(countLessons(choosing, { done: [] })).toEqual({ least: 3, most: 3 });
  });

  it("shows on the reader's page what is theirs, counted by what they had", () => {
    const had: Enrolment = { ...begun, done: ["one", "for-managers"], lastLessonAt: START };
    const shown = progressInWords(english, forked, had, tagged("managers"));
    expect(
      shown.parts.flatMap(({ lessons }) => lessons.map(({ slug, number }) => `${number} ${slug}`)),
    ).toEqual(["1 one", "2 for-managers", "3 two"]);
    expect(shown.sentence).toContain("You have had 2 lessons. Next: ");
    const early = progressInWords(english, forked, { ...begun, done: ["one"] }, tagged("sellers"));
    expect(early.sentence).toContain("You have had one lesson.");
    expect(early.parts[0]?.lessons.map(({ slug }) => slug)).toEqual(["one", "for-sellers", "two"]);
  });

  it("counts what came before a lesson by what its reader had", () => {
    const two = forked.lessons[3] as Lesson;
    expect(lessonBefore(forked, two, ["one", "for-managers"])?.slug).toBe("for-managers");
    expect(lessonBefore(forked, two, ["one"])?.slug).toBe("one");
    expect(lessonBefore(forked, forked.lessons[0] as Lesson, [])).toBeUndefined();
  });
});

describe("a lesson that is not for its reader", () => {
  const sent = (enrolment: Enrolment, slug: string, person: PersonFacts, course = forked) =>
    withAdvance(enrolment, LESSON_KEY, slug, course, enrolment.agenda[LESSON_KEY]?.dueAt ?? START, person);

  it("is passed over when the mail is written: the next that is theirs leaves on that day", () => {
    const planned = sent(begun, "one", { tags: ["managers"] });
    expect(nextSlug(planned, LESSON_KEY, forked, { tags: ["managers"] })).toBe("for-managers");
    expect(nextSlug(planned, LESSON_KEY, forked, { tags: [] })).toBe("two");
  });

  it("ends the course at its day where no other is left", () => {
    const end: Course = { ...forked, lessons: forked.lessons.slice(0, 2) };
    const planned = sent(begun, "one", {}, end);
    const due = planned.agenda[LESSON_KEY]?.dueAt ?? 0;
    expect(nextSlug(planned, LESSON_KEY, end, {})).toBeUndefined();
    const over = planNext(planned, end, {}, due);
    expect(over.agenda).not.toHaveProperty(LESSON_KEY);
    expect(over.agenda[COMPLETION_KEY]?.dueAt).toBe((planned.lastLessonAt ?? 0) + 7 * DAY);
  });

  it("is looked at again each day on which one could come, until the course would end", () => {
    const end: Course = { ...forked, lessons: forked.lessons.slice(0, 2) };
    const daily: Enrolment = { ...begun, cadence: { ...cadence, pace: "workdays" } };
    let waiting = sent(daily, "one", {}, end);
    const looks: number[] = [];
    while (waiting.agenda[LESSON_KEY] && looks.length < 20) {
      looks.push(waiting.agenda[LESSON_KEY].dueAt);
      waiting = planNext(waiting, end, {}, waiting.agenda[LESSON_KEY].dueAt);
    }
    expect(looks).toHaveLength(5);
    expect(waiting.agenda[COMPLETION_KEY]?.dueAt).toBe((waiting.lastLessonAt ?? 0) + 7 * DAY);
  });

  it("does not come late to whom the owner had put before it, once they have gone on", () => {
    const placed = sent({ ...begun, movedTo: "for-managers" }, "two", {});
    expect(placed).not.toHaveProperty("movedTo");
    expect(nextSlug(placed, LESSON_KEY, forked, { tags: ["managers"] })).toBeUndefined();
  });
});

// ---- Any course, any answers, any edits ----

const TAGS = ["a", "b", "c"];
const conditions = fc.letrec<{ when: When }>((tie) => ({
  when: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(...TAGS.map((tag): When => ({ tag }))),
    tie("when").map((not) => ({ not })),
    fc.array(tie("when"), { minLength: 1, maxLength: 2 }).map((some) => ({ some })),
  ),
})).when;

const SLUGS = Array.from({ length: 8 }, (_, at) => `lesson-${at}`);
const lessonLists = fc.subarray(SLUGS, { minLength: 2 }).chain((slugs) =>
  fc.tuple(
    fc.shuffledSubarray(slugs, { minLength: slugs.length }),
    fc.array(fc.option(conditions, { nil: undefined }), {
      minLength: slugs.length,
      maxLength: slugs.length,
    }),
  ),
);
const courses = lessonLists.map(([slugs, whens]): Course => {
  const lessons = slugs.map((slug, at) => aLesson(slug, whens[at] ? { when: whens[at] } : {}));
  return { ...aCourse(), lessons: [aLesson("first"), ...lessons] };
});
const deeds = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant("time" as const) },
    { weight: 2, arbitrary: fc.subarray(TAGS).map((tags) => ({ tags })) },
    { weight: 1, arbitrary: courses.map((course) => ({ course })) },
    { weight: 1, arbitrary: fc.constantFrom(...SLUGS).map((movedTo) => ({ movedTo })) },
  ),
  { maxLength: 24 },
);

/** What is sent of a lesson that is due. */
type Choose = (course: Course, path: Path, facts: Facts) => Lesson | undefined;

/** Lives through some deeds, and holds each lesson that leaves against what was promised. */
function live(first: Course, all: readonly ("time" | object)[], choose: Choose): void {
  let [course, person, reader, now]: [Course, PersonFacts, Enrolment, number] = [first, {}, begun, START];
  const placed = new Set<string>();
  const send = (): void => {
    const entry = reader.agenda[LESSON_KEY];
    if (!entry) return;
    now = Math.max(now, entry.dueAt);
    const lesson = choose(course, reader, readFacts(reader, person));
    if (!lesson) {
      reader = planNext(reader, course, person, now);
      return;
    }
    expect(reader.done, "at most once").not.toContain(lesson.slug);
    expect(isFor(lesson, readFacts(reader, person)), `${lesson.slug} is theirs`).toBe(true);
    const latest = reader.done.findLast((slug) => lessonPlace(course, slug) >= 0);
    const isInOrder = latest === undefined || lessonPlace(course, latest) < lessonPlace(course, lesson.slug);
    expect(isInOrder || placed.size > 0, `${lesson.slug} in order`).toBe(true);
    placed.clear();
    reader = withAdvance(reader, LESSON_KEY, lesson.slug, course, now, person);
  };
  for (const deed of all) {
    if (deed === "time") send();
    else if ("tags" in (deed as object)) person = deed as PersonFacts;
    else if ("course" in (deed as object)) course = (deed as { course: Course }).course;
    else if (reader.agenda[LESSON_KEY]) {
      const { movedTo } = deed as { movedTo: string };
      if (lessonPlace(course, movedTo) < 0 || reader.done.includes(movedTo)) continue;
      reader = { ...reader, movedTo };
      placed.add(movedTo);
    }
  }
  for (let look = 0; reader.agenda[LESSON_KEY] && look < 60; look++) send();
  // Who has had no lesson has finished nothing: an author's changes can leave somebody without one.
  if (reader.lastLessonAt === undefined) expect(reader.agenda).not.toHaveProperty(LESSON_KEY);
  else expect(reader.agenda, "the course ends").toHaveProperty(COMPLETION_KEY);
}

describe("any course, whatever its reader answers and its author changes", () => {
  it("brings each lesson at most once, in order, none that is not theirs, and ends", () => {
    fc.assert(
      fc.property(courses, deeds, (course, all) => live(course, all, nextLesson)),
      { numRuns: 400 },
    );
  });

  it("is told apart from one that judges by what was known at first, and from one that turns back", () => {
    const asAtFirst: Choose = (course, path) => nextLesson(course, path, NOTHING_KNOWN);
    const turnsBack: Choose = (course, { done }, facts) =>
      course.lessons.find((lesson) => !done.includes(lesson.slug) && isFor(lesson, facts));
    for (const wrong of [asAtFirst, turnsBack]) {
      const checked = fc.check(
        fc.property(courses, deeds, (course, all) => live(course, all, wrong)),
        { numRuns: 2_000 },
      );
      expect(checked.failed).toBe(true);
    }
  });
});
