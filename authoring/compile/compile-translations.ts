import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type {
  CourseText,
  Lesson,
  LessonTranslation,
  Passage,
  Translation,
} from "../../functions/domain/course/course.ts";
import { checkLanguage } from "./check-language.ts";
import { type CourseFile, translationSchema } from "./front-matter.ts";
import { type LessonText, lessonText } from "./markdown.ts";
import type { Sources } from "./sources.ts";
import { typographic } from "./typographic.ts";
import { type Checked, readMarkdown } from "./yaml.ts";

/** A file of a course's folder that is in another language: `bring-the-example.de`. */
interface Translated {
  name: string;
  language: string;
}

/** Slugs have no dots, so what stands behind the first is a language. */
export function readTranslated(file: string): Translated | undefined {
  const dot = file.indexOf(".");
  return dot < 0 ? undefined : { name: file.slice(0, dot), language: file.slice(dot + 1) };
}

type Course = Checked<CourseFile>;

/** What is read as it is in the files of the course's own language. */
interface ReadAlike {
  text(file: string, name: string): CourseText | undefined;
  passages(file: string, text: LessonText, lesson: Lesson): Passage[];
}

/** The languages that a course names are ones that there are words of, and its own is among them. */
export function checkLanguages(sources: Sources, file: string, { value, findLine }: Course): void {
  const { language, languages = [] } = value;
  languages.forEach((tag, index) => {
    const line = findLine("languages", index);
    const field = `languages.${index}`;
    if (languages.indexOf(tag) !== index)
      sources.report({ file, line, field, todo: `names ${tag} a second time; take one of them out` });
    checkLanguage(sources, file, { value: { language: tag }, findLine: () => line });
  });
  if (languages.length > 0 && !languages.includes(language))
    sources.report({
      ...{ file, line: findLine("languages"), field: "languages" },
      todo: `leaves out ${language}, the course's own; write it first`,
    });
}

/** All that is translated of a course, by language; undefined of a course in one. */
export function readTranslations(
  sources: Sources,
  folder: string,
  course: Course,
  lessons: readonly Lesson[],
  read: ReadAlike,
): Readonly<Record<string, Translation>> | undefined {
  const files = {
    lessons: listTranslated(sources, folder, "lessons", course.value, course.value.lessons),
    texts: listTranslated(sources, folder, "texts", course.value),
  };
  const { language: own, languages = [] } = course.value;
  const others = languages.filter((language) => language !== own);
  if (others.length === 0) return undefined;
  const translations = others.map((language) => {
    const isIn = (one: Translated) => one.language === language;
    const inLessons = files.lessons.filter(isIn).flatMap(({ name }) => {
      const file = posix.join(folder, "lessons", `${name}.${language}.md`);
      const lesson = lessons.find(({ slug }) => slug === name);
      const translation = lesson && readLesson(sources, file, lesson, read);
      return translation ? [[name, translation] as const] : [];
    });
    const inTexts = files.texts.filter(isIn).flatMap(({ name }) => {
      const text = read.text(posix.join(folder, "texts", `${name}.${language}.md`), name);
      return text ? [[name, text] as const] : [];
    });
    return [
      language,
      { lessons: Object.fromEntries(inLessons), texts: Object.fromEntries(inTexts) },
    ] as const;
  });
  return Object.fromEntries(translations);
}

/** Those of a folder. What is in a language that the course does not speak, or of nothing that it has, is reported. */
function listTranslated(
  sources: Sources,
  folder: string,
  within: "lessons" | "texts",
  { language: own, languages = [own] }: CourseFile,
  originals: readonly string[] = sources.names(posix.join(folder, within), ".md"),
): Translated[] {
  return sources.names(posix.join(folder, within), ".md").flatMap((file) => {
    const translated = readTranslated(file);
    if (!translated) return [];
    const { name, language } = translated;
    const report = (todo: string) =>
      sources.report({ file: posix.join(folder, within, `${file}.md`), line: 1, todo });
    if (language === own) report(`is in ${own}, the course's own language; call it ${name}.md`);
    else if (!languages.includes(language))
      report(
        `is in "${language}", which the course does not speak; write languages: [${[...languages, language].join(", ")}] in course.yaml, or correct its name`,
      );
    else if (!originals.includes(name))
      report(
        `translates ${within}/${name}.md, which the course does not have; correct its name, or take it out`,
      );
    else return [translated];
    return [];
  });
}

function readLesson(
  sources: Sources,
  file: string,
  lesson: Lesson,
  read: ReadAlike,
): LessonTranslation | undefined {
  const written = readMarkdown(sources, file, translationSchema);
  const text = written && lessonText(sources, file, written);
  if (!written?.fields || !text) return undefined;
  const passages = read.passages(file, text, lesson);
  checkPassages(sources, file, lesson, passages, text);
  const { value, findLine } = written.fields;
  const { wordsToUse = [], pullQuote = "", prompts } = value;
  const has = (lines: number) => (lines === 0 ? "none" : String(lines));
  if ((wordsToUse.length === 0) !== (lesson.wordsToUse.length === 0))
    sources.report({
      ...{ file, line: findLine("wordsToUse"), field: "wordsToUse" },
      todo: `has ${has(wordsToUse.length)} lines where the lesson itself has ${has(lesson.wordsToUse.length)}; translate them, or take both out`,
    });
  return {
    title: typographic(value.title),
    subject: value.subject,
    preview: value.preview,
    pullQuote: typographic(pullQuote),
    question: typographic(value.question),
    move: typographic(value.move),
    wordsToUse: wordsToUse.map(typographic),
    prompts: {
      substantial: typographic(prompts.substantial),
      veryShort: typographic(prompts.veryShort),
      question: typographic(prompts.question),
    },
    lookBack: typographic(value.lookBack),
    body: text.body,
    ...(passages.length > 0 && { passages }),
  };
}

/** What is for some readers is for the same ones, in the same order, in each language. */
function checkPassages(
  sources: Sources,
  file: string,
  { passages: own = [] }: Lesson,
  passages: readonly Passage[],
  text: LessonText,
): void {
  if (text.passages.length !== passages.length) return;
  const differing = passages.findIndex(({ when }, at) => !isDeepStrictEqual(when, own[at]?.when));
  const isFewer = passages.length < own.length;
  if (differing < 0 && !isFewer) return;
  const { line = 1 } = text.passages[differing] ?? {};
  const todo = isFewer
    ? `has ${passages.length} passages for some readers where the lesson itself has ${own.length}; translate all of them`
    : "is for other readers than that passage of the lesson itself; write the same after `when`";
  sources.report({ file, line, todo });
}
