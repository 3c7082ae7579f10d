import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { readCourses } from "../../authoring/compile/compile-courses.ts";
import { inLook, readLook } from "../../authoring/compile/look.ts";
import { openSources } from "../../authoring/compile/sources.ts";
import { ON_PAGES, withWords } from "../../authoring/compile/words-in-templates.ts";
import { ROOT } from "../../cli/root.ts";
import { type Content, type Language, PAGES, type Template } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { WebRequest } from "../../functions/ports.ts";
import { plainContent } from "./content.ts";
import { wordsFileOf } from "./words.ts";

const FOLDER = join(ROOT, "templates/pages");

/** The pages that ship, as strict as the build makes them; once for all tests of a process, since nobody changes them. */
let compiledOnce: Language["pages"] | undefined;
function shippedPages(): Language["pages"] {
  compiledOnce ??= compilePages();
  return { ...compiledOnce };
}

function compilePages(): Language["pages"] {
  const handlebars = Handlebars.create();
  const words = wordsFileOf("en");
  const look = readLook(openSources(ROOT));
  const compiled = (file: string) => {
    const source = inLook(readFileSync(join(FOLDER, file), "utf8"), look);
    return handlebars.compile(withWords(source, words, ON_PAGES), { strict: true });
  };
  for (const file of readdirSync(join(FOLDER, "partials"))) {
    handlebars.registerPartial(file.replace(/\.hbs$/, ""), compiled(`partials/${file}`));
  }
  return Object.fromEntries(
    PAGES.map((name) => [name, compiled(`${name}.hbs`) as Template]),
  ) as Language["pages"];
}

let readOnce: Course[] | undefined;

/** The courses that ship, read once; each test has a copy of its own to change. */
function shippedCourses(): Course[] {
  readOnce ??= readCourses(openSources(ROOT));
  return structuredClone(readOnce);
}

/** The course and the pages that ship; the mails say nothing. */
export function webContent(courses: Course[] = shippedCourses()): Content {
  const content = plainContent(...courses);
  for (const language of Object.values(content.languages)) language.pages = shippedPages();
  return content;
}

/** A request as the HTTP API brings it. */
export function aRequest(
  route: string,
  path: Record<string, string> = {},
  more: Partial<WebRequest> = {},
): WebRequest {
  return {
    method: route.startsWith("POST") ? "POST" : "GET",
    route,
    rawPath: "/",
    path,
    query: {},
    form: {},
    headers: { "user-agent": "A browser" },
    ip: "192.0.2.77",
    ...more,
  };
}

/** The first thing that an expression finds in a page. Throws, showing the page's text, if there is none. */
export function find(body: string, expression: RegExp): string {
  const found = expression.exec(body)?.[1];
  if (found === undefined) throw new Error(`${expression} is not in: ${body.slice(-3_000)}`);
  return found;
}
