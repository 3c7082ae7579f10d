import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Course, nextLesson, wasHad } from "../../../functions/domain/course/course.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { aCourse, aLesson } from "../../support/course.ts";

const next = (course: Course, ...done: string[]) => nextLesson(course, { done }, NOTHING_KNOWN)?.slug;

/** All that a reader gets from here on, if the course stays as it is. */
function rest(course: Course, done: string[]): string[] {
  const had = [...done];
  for (let slug = next(course, ...had); slug !== undefined; slug = next(course, ...had)) had.push(slug);
  return had.slice(done.length);
}

describe("the next lesson", () => {
  it("is the one after the latest that the reader has had", () => {
    expect(next(aCourse("a", "b", "c"))).toBe("a");
    expect(next(aCourse("a", "b", "c"), "a", "b")).toBe("c");
    expect(next(aCourse("a", "b", "c"), "a", "b", "c")).toBeUndefined();
  });

  it("is an inserted one only for those who have not passed its place", () => {
    const longer = aCourse("a", "new", "b", "c");
    expect(rest(longer, ["a"])).toEqual(["new", "b", "c"]);
    expect(rest(longer, ["a", "b"])).toEqual(["c"]);
  });

  it("is not disturbed by a lesson that was taken out, or has another name", () => {
    expect(rest(aCourse("a", "c"), ["a", "b"])).toEqual(["c"]);
    const renamed = {
      ...aCourse("a", "b", "c"),
      lessons: [aLesson("a"), aLesson("x", { was: ["b"] }), aLesson("c")],
    };
    expect(rest(renamed, ["a", "b"])).toEqual(["c"]);
    expect(rest(renamed, ["a"])).toEqual(["x", "c"]);
  });

  it("goes on when a lesson of long ago is moved to the end, and does not repeat it", () => {
    expect(rest(aCourse("b", "c", "d", "a"), ["a", "b"])).toEqual(["c", "d"]);
  });

  it("is never one that the reader has had, and the course ends, whatever is changed in mid-course", () => {
    const slugs = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 });
    fc.assert(
      fc.property(slugs, slugs, fc.nat(8), (before, after, had) => {
        const done = before.slice(0, had);
        const course = aCourse(...after);
        const ahead = rest(course, done);
        expect(new Set(ahead).size).toBe(ahead.length);
        for (const slug of ahead) expect(wasHad(aLesson(slug), done)).toBe(false);
      }),
    );
  });

  it("is the same as before for everybody, if what was changed is behind them", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(["p", "q", "r"]), (behind) => {
        const course = aCourse(...behind, "latest", "x", "y");
        expect(rest(course, ["p", "q", "latest"])).toEqual(["x", "y"]);
      }),
    );
  });
});
