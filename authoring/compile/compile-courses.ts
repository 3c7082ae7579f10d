import { posix } from "node:path";
import type * as z from "zod";
import { RESERVED_SLUGS } from "../../functions/domain/content.ts";
import { WEEKDAYS, type Weekday } from "../../functions/domain/course/cadence.ts";
import type { Course, CourseText, Lesson, Passage, RichText } from "../../functions/domain/course/course.ts";
import { checkLanguage } from "./check-language.ts";
import { checkAsked, checkChoice, placeQuestions } from "./choices.ts";
import { checkLanguages, readTranslated, readTranslations } from "./compile-translations.ts";
import { leavesSomebodyOut, readLessonWhen, readPassageWhen } from "./for-whom.ts";
import {
  type CourseFile,
  courseSchema,
  type LessonFile,
  lessonSchema,
  recapSchema,
  textSchemas,
} from "./front-matter.ts";
import { type LessonText, lessonText, richText } from "./markdown.ts";
import { fieldPicture } from "./picture-fields.ts";
import { checkQuestions, compileQuestions } from "./questions.ts";
import { CONTENT, type Sources } from "./sources.ts";
import { checkTiming, checkWait, compileTiming } from "./timing.ts";
import { typographic } from "./typographic.ts";
import type { WhenTerms } from "./when.ts";
import { type Checked, findFields, readMarkdown, readYaml, splitFrontMatter } from "./yaml.ts";

/** Stands for the author's name in a text. */
const AUTHOR = "[author]";

/** Every course below `<content>/courses`, as far as its files are right. An owner of a newsletter may have none. */
export function readCourses(sources: Sources, content = CONTENT): Course[] {
  const courses = posix.join(content, "courses");
  const slugs = sources.names(courses, "");
  const hasNewsletter = sources.names(posix.join(content, "newsletter"), ".yaml").length > 0;
  if (slugs.length === 0 && !hasNewsletter)
    sources.report({ file: courses, line: 1, todo: "holds no course, and there is no newsletter; add one" });
  return slugs.flatMap((slug) => readCourse(sources, posix.join(courses, slug), slug) ?? []);
}

function readCourse(sources: Sources, folder: string, slug: string): Course | undefined {
  const file = posix.join(folder, "course.yaml");
  if (RESERVED_SLUGS.includes(slug)) {
    const todo = `lies in a folder called "${slug}", which is the name of a list of its own; give the folder another name`;
    sources.report({ file, line: 1, todo });
    return undefined;
  }
  const source = sources.required(file, "is missing; every course folder has one");
  const checked = source === undefined ? undefined : readYaml(sources, file, source, courseSchema);
  if (!checked) return undefined;
  checkCourse(sources, file, checked);
  checkLanguage(sources, file, checked);
  checkLanguages(sources, file, checked);
  checkTiming(sources, file, checked);
  checkQuestions(sources, file, checked);
  const pictures = {
    logo: fieldPicture(sources, file, checked, "logo"),
    portrait: fieldPicture(sources, file, checked, "portrait"),
  };
  const heads = checked.value.lessons.map((name) => readHead(sources, lessonFile(folder, name), name));
  const asked = placeQuestions(
    checked.value,
    heads.map(({ choice }) => choice),
  );
  const lessons = checked.value.lessons.map((name, index) => {
    const path = lessonFile(folder, name);
    if (sources.has(path)) {
      const terms = { questions: asked, lessons: heads, place: index };
      const lesson = readLesson(sources, path, name, checked, terms);
      return lesson ?? lessonPlaceholder(sources, path, name, checked.value);
    }
    const todo = `names a lesson without a file; write lessons/${name}.md, or take it out of the list`;
    sources.report({ file, line: checked.findLine("lessons", index), field: `lessons.${index}`, todo });
    return lessonPlaceholder(sources, path, name, checked.value);
  });
  reportUnlisted(sources, folder, checked.value);
  reportReusedSlugs(sources, folder, lessons);
  checkLetters(sources, file, checked, lessons);
  checkAsked(sources, file, checked, lessons);
  checkEverybodyHasOne(sources, file, checked, lessons);
  const texts = readTexts(sources, folder, checked.value);
  const schemas = listTextSchemas(checked.value);
  const translations = readTranslations(sources, folder, checked, lessons, {
    text: (path, name) => {
      const schema = schemas[name];
      return schema && readCourseText(sources, path, schema, checked.value.attribution.author);
    },
    passages: (path, text, lesson) => {
      const place = checked.value.lessons.indexOf(lesson.slug);
      return readPassages(sources, path, text, lesson.when, { questions: asked, lessons: heads, place });
    },
  });
  return {
    ...compileCourse(slug, checked.value, lessons, texts),
    ...pictures,
    ...(translations && { translations }),
  };
}

function compileCourse(
  slug: string,
  {
    rating,
    defaults,
    lessons: _,
    prompts: __,
    logo: ___,
    portrait: ____,
    checks: _____,
    letters,
    questions,
    week,
    paces,
    starts,
    afterTheLast,
    ...file
  }: CourseFile,
  lessons: Lesson[],
  texts: Course["texts"],
): Course {
  const weekday = readWeekday(defaults.weekday);
  const ratings = { ratingQuestion: rating.question, ratingScale: rating.scale };
  const timing = compileTiming({ defaults: { ...defaults, weekday }, week, paces, starts, afterTheLast });
  return {
    ...{ slug, ...file, ...timing, ...ratings, lessons, texts },
    questions: compileQuestions(file.language, questions),
    ...(letters && {
      letters: letters.map(({ question, ...letter }) => ({ ...letter, question: typographic(question) })),
    }),
  };
}

const lessonFile = (folder: string, slug: string): string => posix.join(folder, "lessons", `${slug}.md`);

/** What other lessons can name of one: its name, those that it had, and its choice, as far as they can be made out. */
interface Head {
  slug: string;
  was: string[];
  choice: string | undefined;
}

function readHead(sources: Sources, file: string, slug: string): Head {
  const { was, choice } = findFields(splitFrontMatter(sources.text(file) ?? "")?.yaml ?? "")?.value ?? {};
  return {
    slug,
    was: Array.isArray(was) ? was.map(String) : [],
    choice: typeof choice === "string" ? choice : undefined,
  };
}

function readLesson(
  sources: Sources,
  file: string,
  slug: string,
  course: Checked<CourseFile>,
  terms: WhenTerms,
): Lesson | undefined {
  const written = readMarkdown(sources, file, lessonSchema);
  const text = written && lessonText(sources, file, written);
  if (!written?.fields || !text) return undefined;
  const { value, findLine } = written.fields;
  const { parts, prompts } = course.value;
  if (!parts.some((part) => part.slug === value.part)) {
    const known = parts.map((part) => part.slug).join(", ");
    const todo = `is not a part of the course; course.yaml names ${known}`;
    sources.report({ file, line: findLine("part"), field: "part", todo });
  }
  checkWait(sources, file, { isFirst: course.value.lessons[0] === slug, ...written.fields });
  checkChoice(sources, file, written.fields, course.value.questions ?? []);
  const at = { file, line: findLine("when"), field: "when" };
  const when = readLessonWhen(sources, at, value.when, terms);
  const passages = readPassages(sources, file, text, when, terms);
  return {
    ...compileLesson(slug, value, prompts, text.body),
    ...(when && { when }),
    ...(passages.length > 0 && { passages }),
  };
}

/** What of a lesson, or of a translation of it, is for some readers. @param when for whom the lesson is */
const readPassages = (
  sources: Sources,
  file: string,
  { passages }: LessonText,
  when: Lesson["when"],
  terms: WhenTerms,
): Passage[] =>
  passages.flatMap(({ line, when: said, ...passage }) => {
    const whom = readPassageWhen(sources, { file, line }, said, when, terms);
    return whom ? [{ ...passage, when: whom }] : [];
  });

/**
 * Keeps the place of a lesson that cannot be read, for those who only count lessons: no build takes it. Its old names and
 * its part are as far as they can be made out.
 */
function lessonPlaceholder(sources: Sources, file: string, slug: string, course: CourseFile): Lesson {
  const split = splitFrontMatter(sources.text(file) ?? "");
  const { part } = findFields(split?.yaml ?? "")?.value ?? {};
  const isPart = course.parts.some((one) => one.slug === part);
  return {
    ...{ slug, title: slug, subject: slug, preview: "", pullQuote: "", question: "", move: "", lookBack: "" },
    wordsToUse: [],
    was: readHead(sources, file, slug).was,
    part: isPart ? String(part) : (course.parts[0]?.slug ?? ""),
    prompts: { substantial: "", veryShort: "", question: "" },
    body: { html: "", text: "" },
  };
}

const readWeekday = (name: (typeof WEEKDAYS)[number]): Weekday => (WEEKDAYS.indexOf(name) + 1) as Weekday;

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
    ...(file.choice !== undefined && { choice: file.choice }),
    ...(file.after !== undefined && { after: file.after }),
    title: typographic(file.title),
    subject: file.subject,
    preview: file.preview,
    pullQuote: typographic(file.pullQuote ?? ""),
    question: typographic(file.question),
    move: typographic(file.move),
    ...(file.moment && { moment: { ...file.moment, weekday: readWeekday(file.moment.weekday) } }),
    wordsToUse: (file.wordsToUse ?? []).map(typographic),
    prompts: {
      substantial: typographic(file.prompts.substantial),
      veryShort: typographic(file.prompts.veryShort ?? defaults.veryShort),
      question: typographic(file.prompts.question ?? defaults.question),
    },
    lookBack: typographic(file.lookBack),
    body,
  };
}

function checkCourse(sources: Sources, file: string, { value, findLine }: Checked<CourseFile>): void {
  const lists = { lessons: value.lessons, parts: value.parts.map((part) => part.slug) };
  for (const [field, slugs] of Object.entries(lists)) {
    slugs.forEach((slug, index) => {
      if (slugs.indexOf(slug) === index) return;
      const todo = `names ${slug} a second time; take one of them out`;
      sources.report({ file, line: findLine(field, index), field: `${field}.${index}`, todo });
    });
  }
}

/** Whoever is in a course gets a lesson of it, whatever is known of them. */
function checkEverybodyHasOne(
  sources: Sources,
  file: string,
  { value, findLine }: Checked<CourseFile>,
  lessons: readonly Lesson[],
): void {
  const terms = { questions: value.questions ?? [], lessons: [], place: 0 };
  if (
    lessons.length === 0 ||
    !leavesSomebodyOut(
      lessons.map(({ when }) => when),
      terms,
    )
  )
    return;
  const todo =
    "leaves somebody without any lesson: each is for some only; let one be for everybody, or for all others";
  sources.report({ file, line: findLine("lessons"), field: "lessons", todo });
}

/** Letters come one after the other, and their names are no other's: what answers one is kept by it. */
function checkLetters(
  sources: Sources,
  file: string,
  { value: { letters = [], parts }, findLine }: Checked<CourseFile>,
  lessons: readonly Lesson[],
): void {
  const taken = new Set(
    [...parts, ...lessons].map(({ slug }) => slug).concat(lessons.flatMap(({ was }) => was)),
  );
  for (const [index, { slug, days }] of letters.entries()) {
    const report = (name: "slug" | "days", todo: string) =>
      sources.report({
        ...{ file, line: findLine("letters", index, name), field: `letters.${index}.${name}`, todo },
      });
    if (taken.has(slug))
      report("slug", `is the name of something else of the course, ${slug}; choose another`);
    taken.add(slug);
    const before = letters[index - 1]?.days ?? 0;
    if (days <= before) report("days", `is no later than the letter before, ${before}; put them in order`);
  }
}

function reportUnlisted(sources: Sources, folder: string, course: CourseFile): void {
  for (const name of sources.names(posix.join(folder, "lessons"), ".md")) {
    if (course.lessons.includes(name) || readTranslated(name)) continue;
    const file = posix.join(folder, "lessons", `${name}.md`);
    const todo = "is not in the list `lessons` of course.yaml; add it there, or remove it";
    sources.report({ file, line: 1, todo });
  }
}

/** A slug stands for one lesson for ever: readers' progress is kept by it. */
function reportReusedSlugs(sources: Sources, folder: string, lessons: Lesson[]): void {
  const taken = new Map(lessons.map(({ slug }) => [slug, slug]));
  for (const lesson of lessons) {
    for (const old of lesson.was) {
      const file = posix.join(folder, "lessons", `${lesson.slug}.md`);
      const todo = `names ${old}, which the lesson ${taken.get(old)} has; a slug stands for one lesson only`;
      if (taken.has(old)) sources.report({ file, line: 1, field: "was", todo });
      taken.set(old, lesson.slug);
    }
  }
}

/** What can stand in a course's `texts`, each with the fields of its head. */
function listTextSchemas({ parts }: CourseFile): Record<string, z.ZodType<Record<string, string>>> {
  const recaps = parts.map((part) => [`recap-${part.slug}`, recapSchema] as const);
  return { ...textSchemas, ...Object.fromEntries(recaps) };
}

function readTexts(sources: Sources, folder: string, course: CourseFile): Course["texts"] {
  const schemas = listTextSchemas(course);
  const present = sources.names(posix.join(folder, "texts"), ".md").filter((name) => !readTranslated(name));
  const texts: Course["texts"] = {};
  for (const name of new Set([...Object.keys(textSchemas), ...present])) {
    const file = posix.join(folder, "texts", `${name}.md`);
    const schema = schemas[name];
    const known = Object.keys(schemas).join(", ");
    if (!schema) sources.report({ file, line: 1, todo: `is not a text of a course; there are ${known}` });
    const text = schema && readCourseText(sources, file, schema, course.attribution.author);
    if (text) texts[name] = text;
  }
  return texts;
}

function readCourseText(
  sources: Sources,
  file: string,
  schema: z.ZodType<Record<string, string>>,
  author: string,
): CourseText | undefined {
  const source = sources.required(file, "is missing; write it")?.replaceAll(AUTHOR, author);
  if (source === undefined) return undefined;
  const { yaml, body, bodyLine } = splitFrontMatter(source) ?? { yaml: "", body: source, bodyLine: 1 };
  const checked = readYaml(sources, file, yaml, schema, bodyLine > 1 ? 2 : 1);
  const text = richText(sources, file, { body, bodyLine });
  return checked && text && { ...text, fields: checked.value };
}
