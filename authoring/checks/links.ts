import { ARCHIVE_ROUTES, LEAVE_ROUTES, PAGE_ROUTES } from "../../functions/domain/routes.ts";
import { findUrl } from "../../functions/domain/url.ts";
import type { Sources } from "../compile/sources.ts";
import type { Finding } from "./finding.ts";
import { type Authored, withoutCode } from "./passages.ts";

/** A link and where it was written. */
export interface WrittenLink {
  file: string;
  line: number;
  href: string;
}

const ROUTES = [...PAGE_ROUTES, ...ARCHIVE_ROUTES, ...LEAVE_ROUTES].map((route) => {
  const [method, path = ""] = route.split(" ");
  return { method, path: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`) };
});

/** Whether the website answers at a path, without its query. */
export const isRoute = (path: string, method?: "GET"): boolean =>
  ROUTES.some((route) => (!method || route.method === method) && route.path.test(path));

/** A picture's address is a file's, which the compiler looks for; what stands around it may be a link. */
const PICTURE = /!\[[^\]\n]*\]\([^)\n]*\)/g;

/** The links in what an author wrote. */
export function findLinks({ file, source }: Pick<Authored, "file" | "source">): WrittenLink[] {
  return withoutCode(source)
    .replace(PICTURE, "")
    .split("\n")
    .flatMap((text, place) =>
      [
        ...text.matchAll(/\]\(([^)\s]*)[^)]*\)|<((?:https?:|mailto:)[^>\s]*)>|^\s*url:\s*["']?([^"'\s]+)/g),
      ].map(([, inBrackets, bare, field]) => ({
        file,
        line: place + 1,
        href: inBrackets ?? bare ?? field ?? "",
      })),
    );
}

/** Links that lead nowhere by the look of them. */
export function checkWrittenLink(link: WrittenLink): Finding[] {
  const todo = whatToDo(link.href);
  return todo === undefined ? [] : [deadLink(link, `The link ${link.href || "(empty)"} leads nowhere`, todo)];
}

function whatToDo(href: string): string | undefined {
  if (href.startsWith("mailto:"))
    return /^mailto:[^@\s]+@[^@\s]+\.[^@\s]+$/.test(href) ? undefined : "Write mailto: and one whole address";
  const url = findUrl(href);
  if (!url) return "Write the whole address, beginning with https://";
  if (url.protocol !== "https:") return "Write an address that begins with https://";
  return url.hostname.includes(".") ? undefined : "Write a host that others can reach";
}

const deadLink = ({ file, line }: WrittenLink, says: string, doThis: string): Finding => ({
  file,
  line,
  rule: "dead-link",
  says,
  doThis,
  severity: "error",
});

const PAGES = "templates/pages";

/** Anchors and paths in the pages' templates: an anchor must be on the page, and a path a route of the website. */
export function checkPageLinks(sources: Sources): Finding[] {
  const partials = sources.names(`${PAGES}/partials`, ".hbs").map((name) => `${PAGES}/partials/${name}.hbs`);
  const shared = partials.map((file) => linkText(sources, file)).join("\n");
  const pages = sources.names(PAGES, ".hbs").map((name) => `${PAGES}/${name}.hbs`);
  return [...pages, ...partials].flatMap((file) => {
    const source = linkText(sources, file);
    // What a partial links to may stand on the page around it.
    const around = partials.includes(file) ? pages.map((page) => linkText(sources, page)).join("\n") : source;
    return findHrefs(file, source).flatMap((link) => checkPageLink(link, around + shared));
  });
}

const linkText = (sources: Sources, file: string): string => sources.text(file) ?? "";

/** A link is written out, or stands in a word to which the template tells where it leads: `home="/"`. */
const HREF = /(?:href|action)="([^"]*)"|(?<=\{\{words\.[^{}]*\w=)"(\/[^"]*)"/g;

function findHrefs(file: string, source: string): WrittenLink[] {
  return source.split("\n").flatMap((text, place) =>
    [...text.matchAll(HREF)].map(([, href, inWords = ""]) => ({
      file,
      line: place + 1,
      href: href ?? inWords,
    })),
  );
}

function checkPageLink(link: WrittenLink, page: string): Finding[] {
  const { href } = link;
  if (href.startsWith("#")) {
    if (page.includes(`id="${href.slice(1)}"`)) return [];
    return [deadLink(link, `The anchor ${href} is not on the page`, `Give an element id="${href.slice(1)}"`)];
  }
  if (!href.startsWith("/")) return [];
  const path = href.replace(/\{\{[^}]*\}\}/g, "x").replace(/[?#].*$/, "");
  if (isRoute(path)) return [];
  return [deadLink(link, `The website answers nothing at ${href}`, "Link to a route of the website")];
}

const PATIENCE_MS = 10_000;

/** Asks for every external address once, and tells which did not answer with a page. Needs the network. */
export async function checkReachable(links: readonly WrittenLink[]): Promise<Finding[]> {
  const external = links.filter(({ href }) => href.startsWith("https://"));
  const addresses = [...new Set(external.map(({ href }) => href))];
  const answers = new Map(
    await Promise.all(addresses.map(async (href) => [href, await findProblem(href)] as const)),
  );
  return external.flatMap((link) => {
    const problem = answers.get(link.href);
    return problem ? [deadLink(link, `${link.href} ${problem}`, "Correct the link, or take it out")] : [];
  });
}

async function findProblem(href: string): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(href, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok ? undefined : `answers ${status}`;
  } catch (error) {
    return `does not answer (${error instanceof Error ? error.message : String(error)})`;
  }
}
