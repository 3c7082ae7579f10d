import type { Course, Lesson, Letter } from "../../functions/domain/course/course.ts";

const rich = (text: string) => ({ html: `<p>${text}</p>`, text });

const TEXTS = ["confirmation", "welcome", "prompt", "look-back", "completion", "signature"];
const FIELDS = { subject: "Subject", preview: "Preview", substantial: "Kept. Another minute:" };

/** A lesson that says no more than its name. */
export function aLesson(slug: string, more: Partial<Lesson> = {}): Lesson {
  return {
    slug,
    was: [],
    part: "up",
    title: `About ${slug}`,
    subject: `About ${slug}`,
    preview: "Lesson",
    pullQuote: "short",
    question: "What happened?",
    move: "When it happens, I will write it down.",
    wordsToUse: [],
    prompts: { substantial: "And then?", veryShort: "Who?", question: "Meanwhile?" },
    lookBack: "What came of it?",
    body: rich(`All about ${slug}.`),
    ...more,
  };
}

/** A letter so many days after the course. */
export const aLetter = (slug: string, days: number): Letter => ({
  ...{ slug, days, subject: `Letter ${slug}`, preview: "A letter", question: "What has become of it?" },
});

/** A course of the given lessons, otherwise as plain as can be. */
export function aCourse(...slugs: string[]): Course {
  return {
    slug: "course",
    title: "A course",
    language: "en",
    senderName: "A course",
    defaults: { weekday: 2, time: "07:30", pace: "weekly" },
    attribution: { author: "An author", text: "By an author.", restsOn: "article" },
    answersQuestions: true,
    ratingQuestion: "How is it?",
    ratingScale: { "1": "bad", "3": "fair", "5": "good" },
    questions: [],
    parts: [{ slug: "up", title: "Up" }],
    lessons: slugs.map((slug) => aLesson(slug)),
    texts: Object.fromEntries(TEXTS.map((name) => [name, { ...rich(name), fields: FIELDS }])),
  };
}
