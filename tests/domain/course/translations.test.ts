import { describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  acceptedLanguage,
  inLanguage,
  nameOfLanguage,
} from "../../../functions/domain/course/translations.ts";
import { shippedContent } from "../../mail/composition.ts";

const [own] = (await shippedContent()).courses;
const lesson = own?.lessons[0];
if (!own || !lesson) throw new Error("there is no course");
const translated = { ...lesson, title: "Titel", question: "Frage?" };
const course: Course = {
  ...own,
  languages: ["en", "de", "pt-BR"],
  translations: { de: { lessons: { [lesson.slug]: translated }, texts: {} } },
};

describe("a course in another of its languages", () => {
  it("says what is translated in it, and the rest in its own", () => {
    const german = inLanguage(course, "de");
    expect([german.language, german.lessons[0]?.title]).toEqual(["de", "Titel"]);
    expect(german.lessons[1]).toEqual(course.lessons[1]);
    expect(inLanguage(course, "pt-BR").lessons).toEqual(course.lessons);
  });

  it("is always the same one, so that its readers share a mail, and never another language's", () => {
    expect(inLanguage(course, "de")).toBe(inLanguage(course, "de"));
    expect(inLanguage(course, "de")).not.toBe(inLanguage(course, "pt-BR"));
    expect(inLanguage(inLanguage(course, "de"), "de").language).toBe("de");
  });

  it("is itself where no language was chosen, or one that it does not speak", () => {
    for (const language of [undefined, "en", "fr"]) expect(inLanguage(course, language)).toBe(course);
    expect(inLanguage(own, "de")).toBe(own);
  });

  it("keeps each lesson's slug, part and place", () => {
    const places = ({ lessons }: Course) =>
      lessons.map(({ slug, part, after, was }) => [slug, part, after, was]);
    expect(places(inLanguage(course, "de"))).toEqual(places(course));
  });
});

describe("the language that a browser asks for", () => {
  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["fr-FR, pt;q=0.5", "pt-BR"],
    ["en;q=0.2, DE;q=0.3", "de"],
    ["de;q=0, en", "en"],
    ["fr, nl", undefined],
    ["", undefined],
    ["*;q=0.1", undefined],
    [";;;,,,q=", undefined],
    [undefined, undefined],
  ])("%s finds %s", (accepted, language) => {
    expect(acceptedLanguage(course, accepted)).toBe(language);
  });

  it("is named as its readers name it", () => {
    expect(["de", "es", "pt-BR", "nl"].map(nameOfLanguage)).toEqual([
      "Deutsch",
      "Español",
      "Português (Brasil)",
      "Nederlands",
    ]);
  });
});
