import { describe, expect, it } from "vitest";
import { readWhen, type WhenTerms } from "../../../authoring/compile/when.ts";

const terms: WhenTerms = {
  questions: [
    { slug: "role", kind: "choice", options: [{ slug: "managers" }, { slug: "sellers" }] },
    { slug: "town", kind: "text" },
  ],
  lessons: [
    { slug: "one", was: [] },
    { slug: "two", was: ["second"] },
    { slug: "three", was: [] },
  ],
  place: 2,
};
const read = (text: string) => readWhen(text, terms);
const refused = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`"${text}" was taken`);
};
const managers = { answer: "role", is: ["managers"] };

describe("for whom, as an author writes it", () => {
  it("names answers, none of them, and any of them", () => {
    expect(read("role = managers")).toEqual(managers);
    expect(read("role = managers | sellers")).toEqual({ answer: "role", is: ["managers", "sellers"] });
    expect(read("role != managers")).toEqual({ not: managers });
    expect(read("role = any")).toEqual({ answer: "role", is: ["managers", "sellers"] });
    expect(read("role = managers | none")).toEqual({
      some: [managers, { not: { answer: "role", is: ["managers", "sellers"] } }],
    });
    expect(read("town = any")).toEqual({ answer: "town" });
  });

  it("names tags, ratings, moves, replies, silence and states", () => {
    expect(read('tag = vip | "two words"')).toEqual({ some: [{ tag: "vip" }, { tag: "two words" }] });
    expect(read('tag = "and"')).toEqual({ tag: "and" });
    expect([read("rating >= 4"), read("rating < 2"), read("rating = 1 | 5"), read("rating != 3")]).toEqual([
      ...[{ rating: [4, 5] }, { rating: [1] }, { rating: [1, 5] }, { not: { rating: [3] } }],
    ]);
    expect(read("move second = made | not-yet")).toEqual({ move: ["two", "second"], is: ["made", "notYet"] });
    expect([read("replied"), read("replied two")]).toEqual([
      { replied: "any" },
      { replied: ["two", "second"] },
    ]);
    expect([read("silent"), read("silent >= 3"), read("silent < 2")]).toEqual([
      { silent: 1 },
      { silent: 3 },
      { not: { silent: 2 } },
    ]);
    expect(read("state = again | newsletter")).toEqual({
      some: [{ state: "again" }, { state: "newsletter" }],
    });
  });

  it("joins them: not binds closest, then and, then or", () => {
    expect(read("role = managers or tag = a and not replied")).toEqual({
      some: [managers, { every: [{ tag: "a" }, { not: { replied: "any" } }] }],
    });
    expect(read("(role = managers or tag = a) and replied one")).toEqual({
      every: [{ some: [managers, { tag: "a" }] }, { replied: ["one"] }],
    });
    expect(read("not (silent)")).toEqual({ not: { silent: 1 } });
  });

  it("is refused in a sentence that says what to write instead", () => {
    const sentences: Record<string, string> = {
      "rle = managers": "nothing asks it; did you mean role",
      "company = big": "nothing asks it; there are role, town, tag",
      "role = manager": "no answer to role; did you mean managers",
      "town = Berlin": "write town = any, or town = none",
      "role > managers": "write = or !=",
      "tag = a,b": "no comma",
      [`tag = "${"x".repeat(61)}"`]: "a tag has 1 to 60 characters",
      "rating = 6": "a rating is 1 to 5",
      "rating > 2 | 3": "write rating > 2",
      "move one = done": "write = and one of made, not-yet, no-moment",
      "move thre = made": "does not have; did you mean three",
      "move three = made": "comes no earlier: nobody has told of its move by then",
      "replied three": "comes no earlier: nobody has replied to it by then",
      "silent = 3": "write silent >= 3",
      "silent >= 0": "write silent >= 3",
      "state = paused": "write one of again, newsletter",
      "(role = managers": "close it",
      "role = managers)": 'is not understood from ")" on',
      "role =": 'no value behind "role ="',
      "role = and": 'no value behind "role ="',
      role: "says nothing of role",
      "role = managers sellers": 'is not understood from "sellers" on',
      'tag = "open': "is not understood from",
      "": "says nothing",
    };
    for (const [text, says] of Object.entries(sentences)) expect(refused(text), text).toContain(says);
    expect(refused(Array(13).fill("replied").join(" or "))).toContain("more than 12 things");
  });

  it("is read to an end, whatever is written", () => {
    const words = [
      "role",
      "=",
      "managers",
      "and",
      "not",
      "(",
      ")",
      "|",
      '"',
      "silent",
      ">=",
      "3",
      "replied",
      "é",
    ];
    for (let seed = 1; seed < 3_000; seed++) {
      const text = Array.from({ length: 6 }, (_, at) => words[(seed * (at + 7) * 31 + at) % words.length]);
      try {
        read(text.join(" "));
      } catch (error) {
        expect((error as Error).constructor.name).toBe("WhenProblem");
      }
    }
  });
});
