import { type Html, html } from "../../cli/html.ts";
import { inDeskWords } from "./desk-words.ts";
import type { Notice } from "./door.ts";
import { actForm, type Screen, type Shown, type Visit } from "./screen.ts";

/** What stands around each screen. */
export interface ScreenSurroundings {
  screens: readonly Screen[];
  current: Screen;
  /** "this machine", or the stage and its account. */
  place: string;
}

/** A whole page: where one is, what the last act did, and the screen. */
export function makePage(
  visit: Visit,
  { screens, current, place }: ScreenSurroundings,
  { title = current.name, body }: Shown,
): Html {
  // A page that looks again by itself takes no word away from the one that its owner looks at.
  const notice = visit.query.has("live") ? undefined : visit.session.notice;
  if (notice) delete visit.session.notice;
  return page(
    title,
    html`
    <header>
      <a class="skip" href="#screen">To the screen</a>
      <nav aria-label="Screens">${screens.map((screen) => navigationLink(screen, current))}</nav>
      <p class="place">${place}</p>
    </header>
    <main id="screen" tabindex="-1">
      ${notice && noticeBox(visit, notice)}
      ${body}
    </main>`,
  );
}

const navigationLink = (screen: Screen, current: Screen): Html =>
  html`<a href="/${screen.path}"${screen === current && html` aria-current="page"`}>${screen.name}</a>`;

const noticeBox = (visit: Visit, { says, bad, undo }: Notice): Html =>
  html`<div class="notice${bad && " bad"}" role="${bad ? "alert" : "status"}">
    ${inDeskWords(says)
      .split("\n")
      .map((line) => html`<p>${line}</p>`)}
    ${undo && actForm(visit, undo.path, undo.fields, html`<button>${undo.says}</button>`)}
  </div>`;

/** For who has followed the one-time link: the press that its own page makes. @param token of the link */
export const openingPage = (token: string): Html =>
  page(
    "Open the desk",
    html`<main class="door"><h1>The desk</h1>
    <form method="post" action="/open" data-open><input type="hidden" name="link" value="${token}"><button class="main">Open the desk</button></form>
    </main>`,
  );

/** For who has no session: how to come in, and to the page that was asked for. */
export function closedPage({ pathname, searchParams }: URL): Html {
  const query = new URLSearchParams(searchParams);
  query.delete(SHOWN);
  const to = pathname.startsWith("/open") ? "/" : `${pathname}${query.size > 0 ? `?${query}` : ""}`;
  return page(
    "The desk is closed",
    html`<main class="door" data-closed><h1>The desk is closed</h1>
    ${
      searchParams.has(SHOWN)
        ? html`<p role="status">A link stands in the window in which the desk runs. Open that one: it works once.</p>`
        : html`<p>It opens by a link that works once. The window in which it runs has shown it; if that one has been used, let it show a new one, and open that.</p>`
    }
    <form method="post" action="/link"><input type="hidden" name="to" value="${to}"><button class="main">Show a new link in that window</button></form>
    </main>`,
  );
}

const SHOWN = "link-shown";
/** The closed desk's page at a path, once a link was shown. */
export const asShown = (to: string): string => `${to}${to.includes("?") ? "&" : "?"}${SHOWN}`;

/** For a press on a page of a session that has ended: nothing was done, and what was written is given back. */
export function strandedPage(form: URLSearchParams): Html {
  const words = form.get("words") ?? "";
  return page(
    "Nothing was done",
    html`<main class="door"><h1>Nothing was done</h1>
    <p>The page on which you pressed is older than the desk as it runs now. <a href="/">Open the desk</a>, and do it again there.</p>
    ${words && html`<p><label for="words">What you wrote, to be copied</label></p><textarea id="words" readonly>${words}</textarea>`}
    </main>`,
  );
}

/** A screen that only says something. */
export const sayingShown = (title: string, says: readonly string[]): Shown => ({
  title,
  body: html`<h1>${title}</h1>${says.map((line) => html`<p>${line}</p>`)}`,
});

const page = (title: string, content: Html): Html => html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>${title} · Coursepost</title>
  <link rel="stylesheet" href="/style.css">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <script src="/script.js" defer></script>
</head>
<body>
${content}
</body>
</html>
`;
