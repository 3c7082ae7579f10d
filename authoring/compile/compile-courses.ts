import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type * as z from "zod";
import { WEEKDAYS, type Weekday } from "../../functions/domain/course/cadence.ts";
import type { Course, CourseText, Lesson, RichText } from "../../functions/domain/course/course.ts";
import { checkLanguage } from "./check-language.ts";
import { accepted, CONTENT, listNames, readText } from "./files.ts";
import { richText, typographic } from "./markdown.ts";
import {
  type Checked,
  type CourseFile,
  courseSchema,
  type LessonFile,
  lessonSchema,
  type Problem,
  readYaml,
  recapSchema,
  splitFrontMatter,
  textSchemas,
} from "./schema.ts";

/** Stands for the author's name in a text. */
const AUTHOR = "[author]";

/** Every course below `<content>/courses`, as far as its files are right; what is wrong is added to `problems`. */
export function readCourses(root: string, problems: Problem[], content = CONTENT): Course[] {
  const courses = posix.join(content, "courses");
  const slugs = listNames(root, courses, "");
  if (slugs.length === 0) problems.push({ file: courses, line: 1, todo: "holds no course; add one" });
  return slugs.flatMap((slug) => readCourse(root, posix.join(courses, slug), slug, problems) ?? []);
}

function readCourse(root: string, folder: string, slug: string, problems: Problem[]): Course | undefined {
  const file = posix.join(folder, "course.yaml");
  const source = readText(root, file, problems, "is missing; every course folder has one");
  const checked = source === undefined ? undefined : accepted(readYaml(file, source, courseSchema), problems);
  if (!checked) return undefined;
  checkCourse(file, checked, problems);
  checkLanguage(root, file, checked, problems);
  const lessons = checked.value.lessons.flatMap((name, index) => {
    const path = posix.join(folder, "lessons", `${name}.md`);
    if (existsSync(join(root, path))) return readLesson(root, path, name, checked, problems) ?? [];
    const todo = `names a lesson without a file; write lessons/${name}.md, or take it out of the list`;
    problems.push({ file, line: checked.lineOf("lessons", index), field: `lessons.${index}`, todo });
    return [];
  });
  reportUnlisted(root, folder, checked.value, problems);
  reportReusedSlugs(folder, lessons, problems);
  return compileCourse(slug, checked.value, lessons, readTexts(root, folder, checked.value, problems));
}

function compileCourse(
  slug: string,
  { rating, defaults, lessons: _, prompts: __, ...file }: CourseFile,
  lessons: Lesson[],
  texts: Course["texts"],
): Course {
  const weekday = (WEEKDAYS.indexOf(defaults.weekday) + 1) as Weekday;
  const ratings = { ratingQuestion: rating.question, ratingScale: rating.scale };
  return { slug, ...file, defaults: { ...defaults, weekday }, ...ratings, lessons, texts };
}

function readLesson(
  root: string,
  file: string,
  slug: string,
  course: Checked<CourseFile>,
  problems: Problem[],
): Lesson | undefined {
  const split = splitFrontMatter(readText(root, file, problems, "is missing") ?? "");
  if (!split) {
    problems.push({
      file,
      line: 1,
      todo: "has no front matter; begin the file with --- and end it with ---",
    });
    return undefined;
  }
  const checked = accepted(readYaml(file, split.yaml, lessonSchema, 2), problems);
  const body = richText(file, split.body, split.bodyLine, problems);
  if (!checked || !body) return undefined;
  const { parts, prompts } = course.value;
  if (!parts.some((part) => part.slug === checked.value.part)) {
    const known = parts.map((part) => part.slug).join(", ");
    const todo = `is not a part of the course; course.yaml names ${known}`;
    problems.push({ file, line: checked.lineOf("part"), field: "part", todo });
  }
  return compileLesson(slug, checked.value, prompts, body);
}

function compileLesson(
  slug: string,
  file: LessonFile,
  defaults: CourseFile["prompts"],
  body: RichText,
): Lesson {
  return {
    slug,
    was: file.was ?? [],
    part: file.part,
    title: typographic(file.title),
    subject: file.subject,
    preview: file.preview,
    pullQuote: typographic(file.pullQuote),
    question: typographic(file.question),
    move: typographic(file.move),
    prompts: {
      substantial: typographic(file.prompts.substantial),
      veryShort: typographic(file.prompts.veryShort ?? defaults.veryShort),
      question: typographic(file.prompts.question ?? defaults.question),
    },
    lookBack: typographic(file.lookBack),
    body,
  };
}

function checkCourse(file: string, { value, lineOf }: Checked<CourseFile>, problems: Problem[]): void {
  const lists = { lessons: value.lessons, parts: value.parts.map((part) => part.slug) };
  for (const [field, slugs] of Object.entries(lists)) {
    slugs.forEach((slug, index) => {
      if (slugs.indexOf(slug) === index) return;
      const todo = `names ${slug} a second time; take one of them out`;
      problems.push({ file, line: lineOf(field, index), field: `${field}.${index}`, todo });
    });
  }
}

function reportUnlisted(root: string, folder: string, course: CourseFile, problems: Problem[]): void {
  for (const name of listNames(root, posix.join(folder, "lessons"), ".md")) {
    if (course.lessons.includes(name)) continue;
    const file = posix.join(folder, "lessons", `${name}.md`);
    problems.push({
      file,
      line: 1,
      todo: "is not in the list `lessons` of course.yaml; add it there, or remove it",
    });
  }
}

/** A slug stands for one lesson for ever: readers' progress is kept by it. */
function reportReusedSlugs(folder: string, lessons: Lesson[], problems: Problem[]): void {
  const taken = new Map(lessons.map(({ slug }) => [slug, slug]));
  for (const lesson of lessons) {
    for (const old of lesson.was) {
      const file = posix.join(folder, "lessons", `${lesson.slug}.md`);
      const todo = `names ${old}, which the lesson ${taken.get(old)} has; a slug stands for one lesson only`;
      if (taken.has(old)) problems.push({ file, line: 1, field: "was", todo });
      taken.set(old, lesson.slug);
    }
  }
}

function readTexts(root: string, folder: string, course: CourseFile, problems: Problem[]): Course["texts"] {
  const recaps = course.parts.map((part) => [`recap-${part.slug}`, recapSchema] as const);
  const schemas = { ...textSchemas, ...Object.fromEntries(recaps) };
  const present = listNames(root, posix.join(folder, "texts"), ".md");
  const texts: Course["texts"] = {};
  for (const name of new Set([...Object.keys(textSchemas), ...present])) {
    const file = posix.join(folder, "texts", `${name}.md`);
    const schema = schemas[name];
    const known = Object.keys(schemas).join(", ");
    if (!schema) problems.push({ file, line: 1, todo: `is not a text of a course; there are ${known}` });
    const text = schema && readCourseText(root, file, schema, course.attribution.author, problems);
    if (text) texts[name] = text;
  }
  return texts;
}

function readCourseText(
  root: string,
  file: string,
  schema: z.ZodType<Record<string, string>>,
  author: string,
  problems: Problem[],
): CourseText | undefined {
  const source = readText(root, file, problems, "is missing; write it")?.replaceAll(AUTHOR, author);
  if (source === undefined) return undefined;
  const { yaml, body, bodyLine } = splitFrontMatter(source) ?? { yaml: "", body: source, bodyLine: 1 };
  const checked = accepted(readYaml(file, yaml, schema, bodyLine > 1 ? 2 : 1), problems);
  const text = richText(file, body, bodyLine, problems);
  return checked && text && { ...text, fields: checked.value };
}
