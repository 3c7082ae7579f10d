import { beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../../../functions/domain/content.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { COMPOSE } from "../../../functions/mail/compose/compose.ts";
import type { Composition } from "../../../functions/mail/compose/composition.ts";
import { journalMarkdown } from "../../../functions/mail/compose/journal-text.ts";
import { english } from "../../support/words.ts";
import { makeComposition, reflectionOn, shippedContent, theCourse } from "../composition.ts";
import { counting, DANA, lessonTo } from "../mime/spliced.ts";

let content: Content;
let course: Course;
beforeAll(async () => {
  content = await shippedContent();
  course = theCourse(content);
});

const slugAt = (place: number): string => course.lessons[place]?.slug ?? "";
const had = (places: number[], more: Partial<Enrolment> = {}): Partial<Composition> => {
  const { enrolment } = makeComposition(content, "lesson", slugAt(3));
  return { enrolment: { ...(enrolment as Enrolment), done: places.map(slugAt), ...more } };
};
const lesson = (place: number, done: number[], more?: Partial<Enrolment>) =>
  COMPOSE.lesson(makeComposition(content, "lesson", slugAt(place), had(done, more)));
const completion = (more: Partial<Enrolment>) =>
  COMPOSE.completion(makeComposition(content, "completion", "completion", had([0, 1, 2], more)));
const hrefs = (html: string) =>
  [...html.matchAll(/href="([^"]*do&#x3D;move[^"]*)"/g)].map(([, to = ""]) => to);

describe("a lesson", () => {
  it("asks in one line what became of the move of the lesson before, with a link for each answer", () => {
    const { html, text } = lesson(3, [0, 1, 2]);
    const links = hrefs(html);
    expect(links).toHaveLength(3);
    for (const [place, outcome] of ["made", "notYet", "noMoment"].entries())
      expect(links[place]?.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&")).toMatch(
        new RegExp(`/reader/[a-z2-7]+\\?do=move&lesson=${slugAt(2)}&move=${outcome}$`),
      );
    expect(html.indexOf("do&#x3D;move")).toBeGreaterThan(html.indexOf("One line is enough"));
    expect(text).toMatch(new RegExp(`\\?do=move&lesson=${slugAt(2)}$`, "m"));
    expect(text.replace(/\s+/g, " ")).toContain(
      `Your move from “${course.lessons[2]?.title}”: reply “made it”`,
    );
  });

  it("names the lesson that this reader had, and asks nothing with their first", () => {
    expect(hrefs(lesson(3, [0, 5]).html)[0]).toContain(slugAt(5));
    for (const first of [lesson(0, []), lesson(3, [])]) {
      expect(hrefs(first.html)).toEqual([]);
      expect(first.text).not.toContain("Your move from");
    }
  });

  it("is one mail for readers who told different things of their moves, and another for who had another lesson before", () => {
    const { calls, write } = counting();
    const to = (done: number[], more?: Partial<Enrolment>) =>
      write({ ...lessonTo(content, DANA), ...had(done, more) });
    to([0, 1, 2]);
    to([0, 1, 2], { moves: { [slugAt(2)]: "made" } });
    expect(calls.count).toBe(2);
    const other = Buffer.from(to([0, 1, 4]).raw).toString();
    expect(calls.count).toBe(4);
    expect(other.replace(/=\r\n/g, "")).toContain(`lesson=3D${slugAt(4)}`);
  });
});

describe("the completion", () => {
  const moves = () => ({ [slugAt(0)]: "made", [slugAt(1)]: "notYet", [slugAt(2)]: "made" }) as const;

  it("counts the moves, lists those that were made, and asks about the last", () => {
    const { html, text } = completion({ moves: moves() });
    expect(text.replace(/\s+/g, " ")).toContain(
      "Of your moves: made 2, not yet 1, the moment did not come 0.",
    );
    expect(text).toContain(`- Lesson 1: ${course.lessons[0]?.title}`);
    expect(text).not.toContain(`- Lesson 2: ${course.lessons[1]?.title}`);
    expect(html).toContain("Moves made");
    expect(hrefs(html)[0]).toContain(slugAt(2));
  });

  it("says nothing of moves where nothing was told", () => {
    expect(completion({}).text).not.toContain("Of your moves");
  });
});

describe("the journal as a file", () => {
  it("ends with the moves that were made", () => {
    const cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" } as const;
    const reflections = [reflectionOn(course, slugAt(0), { ownWords: "Mine." })];
    const journal = { words: english, course, cadence, reflections };
    const file = journalMarkdown({ ...journal, moves: { [slugAt(1)]: "made", [slugAt(2)]: "noMoment" } });
    expect(file).toContain(`## Moves made\n\n- Lesson 2: ${course.lessons[1]?.title}: *`);
    expect(file).not.toContain("Lesson 3");
    expect(journalMarkdown(journal)).not.toContain("Moves made");
  });
});

describe("the answer to a move that was told by reply", () => {
  it("names the lesson and says what stands now, not what stood when it was asked for", () => {
    const inReplyTo = `abcdefgh234567ab_${course.slug}_1_lesson_${slugAt(3)}`;
    const reflection = reflectionOn(course, slugAt(3), {
      inReplyTo,
      replyKind: "command",
      ownWords: "not yet",
    });
    const changes = { ...had([0, 1, 2, 3], { moves: { [slugAt(2)]: "made" } }), reflection };
    const { text } = COMPOSE.notice(makeComposition(content, "notice", `move-${reflection.id}`, changes));
    const flat = text.replace(/\s+/g, " ");
    expect(flat).toContain(`your move from “${course.lessons[2]?.title}”`);
    expect(flat).toContain("It stands in your journal as: Made it.");
  });
});
