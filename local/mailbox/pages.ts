import { type Html, html } from "../../cli/html.ts";
import { inZone, lengthInWords, zoneName } from "../../cli/time-in-words.ts";
import type { Happening, ToldEvent } from "../aws/world.ts";
import { type Letter, oneClickTarget } from "./letter.ts";
import { readLogLine } from "./log-line.ts";

/** How a letter is looked at. */
export const VIEWS = { html: "HTML", text: "Plain text", source: "Source" } as const;
export type ViewName = keyof typeof VIEWS;

/** What the clock bar's buttons do. */
export const JUMPS = { hour: "+1 hour", day: "+1 day", week: "+1 week", next: "To the next event" } as const;
export type Jump = keyof typeof JUMPS;

/** What has been done to a letter here, for the line under it. */
export interface Deed {
  at: number;
  what: string;
}

/** What every page shows. */
export interface PageSurroundings {
  /** Of the world when this was read: a page refreshes its parts when it is another. */
  revision: string;
  now: number;
  nextEventAt: number | undefined;
  zone: string;
  webOrigin: string;
  /** Where a POST goes back to. */
  here: string;
  deadLetters: number;
  /** The stage tells other tools what happens to readers. */
  tells: boolean;
  notice: { text: string; bad: boolean } | undefined;
  letters: readonly Letter[];
  /** Show only this mailbox. */
  mailbox: string | undefined;
}

interface OpenLetter {
  letter: Letter;
  view: ViewName;
  deeds: readonly Deed[];
}

/** The inbox: the letters, newest first, and the one that is open. */
export function inboxPage(around: PageSurroundings, open: OpenLetter | undefined): Html {
  const title = open ? open.letter.subject : "Inbox";
  return page(
    around,
    title,
    "inbox",
    html`
    <main class="mail ${open ? "reading" : ""}">
      ${letterList(around, open?.letter.id)}
      ${open ? reader(around, open) : nothingOpen(around)}
    </main>`,
  );
}

/** What the functions said, and what no function could take. */
export function happeningsPage(
  around: PageSurroundings,
  logs: readonly Happening[],
  deadLetters: readonly Happening[],
): Html {
  return page(
    around,
    "What happened",
    "log",
    html`
    <main class="log">
      <section id="dead-letters" data-live>
        <h1>What could not be worked on</h1>
        ${
          deadLetters.length === 0
            ? html`<p class="quiet">Nothing. A message that a function fails on again and again is kept here (a dead letter).</p>`
            : deadLetterTable(deadLetters)
        }
      </section>
      <section id="lines" data-live>
        <h1>What happened, newest first</h1>
        ${logs.length === 0 ? html`<p class="quiet">Nothing yet.</p>` : logTable(around, logs)}
      </section>
    </main>`,
  );
}

/** What other tools were told of readers, and what webhooks made of it. */
export function eventsPage(
  around: PageSurroundings,
  told: readonly ToldEvent[],
  logs: readonly Happening[],
): Html {
  const calls = logs.filter(({ text }) => text.includes('"event":"webhook-'));
  return page(
    around,
    "What was told",
    "events",
    html`
    <main class="log">
      <section id="calls" data-live>
        <h1>Webhooks, newest first</h1>
        ${calls.length === 0 ? html`<p class="quiet">None was called. Name some in coursepost.config.ts: docs/EVENTS.md says how.</p>` : logTable(around, calls)}
      </section>
      <section id="told" data-live>
        <h1>On the bus, newest first</h1>
        ${told.length === 0 ? html`<p class="quiet">Nothing yet.</p>` : toldTable(around, told)}
      </section>
    </main>`,
  );
}

function toldTable(around: PageSurroundings, told: readonly ToldEvent[]): Html {
  return html`<table><thead><tr><th>When it happened</th><th>What</th><th>As tools get it</th></tr></thead><tbody>
      ${[...told].reverse().map(
        ({ type, timestamp, data }) => html`<tr>
        <td><time datetime="${timestamp}">${inZone(Date.parse(timestamp), around.zone)}</time></td>
        <td><b>${type}</b></td>
        <td><code>${JSON.stringify(data)}</code></td></tr>`,
      )}
    </tbody></table>`;
}

export function problemPage(around: PageSurroundings, says: string): Html {
  return page(
    around,
    "Not done",
    "inbox",
    html`
    <main class="log"><section><h1>That did not work</h1><p>${says}</p>
    <p><a href="/">Back to the inbox</a></p></section></main>`,
  );
}

/** A mail's HTML for the frame: links open beside the inbox. Scripts are kept out by the response's CSP. */
export function frameDocument(letter: Letter): string {
  const base = '<base target="_blank">';
  const markup = letter.html ?? "";
  return /<head[^>]*>/i.test(markup) ? markup.replace(/<head[^>]*>/i, (head) => head + base) : base + markup;
}

const MOST_LINES = 1_000;

function page(
  around: PageSurroundings,
  title: string,
  section: "inbox" | "log" | "events",
  content: Html,
): Html {
  const current = (name: string) => (name === section ? html`aria-current="page"` : "");
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Coursepost on this machine</title>
  <link rel="stylesheet" href="/style.css">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <script src="/script.js" defer></script>
</head>
<body data-revision="${around.revision}">
  <header>
    <nav class="pages" aria-label="Pages">
      <a class="brand" href="/">Coursepost</a>
      <a href="/" ${current("inbox")}>Inbox</a>
      <a href="/log" ${current("log")}>What happened${deadLetterCount(around)}</a>
      ${around.tells && html`<a href="/events" ${current("events")}>What was told</a>`}
      <a href="${around.webOrigin}/" target="_blank" rel="noopener">Landing page ↗</a>
    </nav>
    ${clockBar(around)}
  </header>
  ${around.notice && html`<p class="notice ${around.notice.bad ? "bad" : ""}" role="status">${around.notice.text}</p>`}
  ${content}
</body>
</html>`;
}

const deadLetterCount = ({ deadLetters }: PageSurroundings): Html =>
  html`<span id="dead-count" data-live>${deadLetters > 0 && html` <b class="count">${deadLetters}</b>`}</span>`;

function clockBar(around: PageSurroundings): Html {
  const { now, zone, nextEventAt, here } = around;
  const next =
    nextEventAt === undefined
      ? "Nothing is waiting"
      : `${inZone(nextEventAt, zone)}, in ${lengthInWords(nextEventAt - now)}`;
  const button = (jump: Jump) =>
    html`<button name="jump" value="${jump}" ${jump === "next" ? html`title="${next}"` : ""}>${JUMPS[jump]}</button>`;
  return html`<section class="clock" id="clock" aria-label="The clock" data-now="${now}">
      <div class="times" id="times" data-live>
        <time class="local" datetime="${new Date(now).toISOString()}">${inZone(now, zone)}</time>
        <span class="quiet">${zone === "UTC" ? "UTC" : html`${zoneName(now, zone)} · ${inZone(now, "UTC").slice(-5)} UTC`}</span>
      </div>
      <form method="post" action="/clock" class="jumps">
        <input type="hidden" name="back" value="${here}">
        ${(Object.keys(JUMPS) as Jump[]).map(button)}
      </form>
      <form method="post" action="/zone" class="zone">
        <input type="hidden" name="back" value="${here}">
        <label for="zone" class="unseen">Time zone to show</label>
        <input id="zone" name="zone" value="${zone}" list="zones" spellcheck="false" autocomplete="off">
        <datalist id="zones"></datalist>
        <button class="unseen">Show this zone</button>
      </form>
    </section>`;
}

function letterList(around: PageSurroundings, open: string | undefined): Html {
  const mailboxes = [...new Set(around.letters.map((letter) => letter.mailbox))].sort();
  const shown = around.letters.filter((letter) => !around.mailbox || letter.mailbox === around.mailbox);
  const query = around.mailbox ? `?of=${encodeURIComponent(around.mailbox)}` : "";
  return html`<nav class="letters" id="letters" aria-label="Letters" data-live>
      ${mailboxes.length > 1 && mailboxPicker(mailboxes, around.mailbox)}
      ${shown.length === 0 && html`<p class="quiet empty">No mail yet.</p>`}
      ${around.letters.length === 0 && html`<div class="first">${firstSteps(around)}</div>`}
      <ol>${[...shown].reverse().map((letter) => listLetter(around, letter, open, query))}</ol>
    </nav>`;
}

function mailboxPicker(mailboxes: string[], chosen: string | undefined): Html {
  const choice = (mailbox: string | undefined, label: string) =>
    html`<a ${
      mailbox === chosen ? html`aria-current="true"` : ""
    } href="/${mailbox ? `?of=${encodeURIComponent(mailbox)}` : ""}">${label}</a>`;
  return html`<p class="mailboxes">${choice(undefined, "Everybody")}${mailboxes.map((each) => choice(each, each))}</p>`;
}

function listLetter(around: PageSurroundings, letter: Letter, open: string | undefined, query: string): Html {
  return html`<li><a class="listed" href="/mail/${letter.id}${query}" data-letter="${letter.id}" ${letter.id === open ? html`aria-current="true"` : ""}>
      <span class="from">${letter.from.name || letter.from.address}</span>
      <time datetime="${new Date(letter.at).toISOString()}">${inZone(letter.at, around.zone)}</time>
      <span class="subject">${letter.subject}</span>
      <span class="beginning">${letter.beginning}</span>
      <span class="to">to ${letter.mailbox}</span>
    </a></li>`;
}

function nothingOpen(around: PageSurroundings): Html {
  if (around.letters.length > 0)
    return html`<article class="nothing"><p>Choose a letter.</p><p class="quiet"><kbd>j</kbd> and <kbd>k</kbd> go through them,
      <kbd>r</kbd> replies, <kbd>n</kbd> takes the clock to the next event.</p></article>`;
  return html`<article class="nothing">${firstSteps(around)}</article>`;
}

const firstSteps = ({ webOrigin }: PageSurroundings): Html =>
  html`<p>Mail to anybody arrives here.</p>
      <p><a href="${webOrigin}/" target="_blank" rel="noopener">Sign up on the landing page</a> with any address, then come back.</p>`;

function reader(around: PageSurroundings, { letter, view, deeds }: OpenLetter): Html {
  const query = around.mailbox ? `&of=${encodeURIComponent(around.mailbox)}` : "";
  const tab = (name: ViewName) =>
    html`<a href="/mail/${letter.id}?view=${name}${query}" data-view="${name}" ${
      name === view ? html`aria-current="true"` : ""
    }>${VIEWS[name]}</a>`;
  return html`<article class="letter" aria-labelledby="subject">
      <header>
        <a class="back" href="/${around.mailbox ? `?of=${encodeURIComponent(around.mailbox)}` : ""}">‹ All letters</a>
        <h1 id="subject">${letter.subject}</h1>
        <dl>
          <dt>From</dt><dd>${letter.from.name && html`<b>${letter.from.name}</b> `}<span class="quiet">${letter.from.address}</span></dd>
          <dt>To</dt><dd>${letter.mailbox}</dd>
          <dt>Left</dt><dd>${inZone(letter.at, around.zone)} <span class="quiet">${zoneName(letter.at, around.zone)}</span></dd>
        </dl>
      </header>
      <nav class="tabs" aria-label="How to look at it">${(Object.keys(VIEWS) as ViewName[]).map(tab)}</nav>
      ${mailBody(letter, view)}
      ${deeds.length > 0 && html`<ul class="deeds">${deeds.map((deed) => html`<li>${inZone(deed.at, around.zone)}: ${deed.what}</li>`)}</ul>`}
      ${replyBox(around, letter)}
      ${deedButtons(around, letter)}
    </article>`;
}

function mailBody(letter: Letter, view: ViewName): Html {
  if (view === "source") return html`<pre class="source" tabindex="0">${letter.source}</pre>`;
  if (view === "text" || letter.html === undefined)
    return html`<pre class="text" tabindex="0">${letter.text}</pre>`;
  return html`<iframe class="body" title="The mail as its reader sees it" src="/mail/${letter.id}/body"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function replyBox(around: PageSurroundings, letter: Letter): Html {
  return html`<form class="reply" method="post" action="/mail/${letter.id}/reply">
      <input type="hidden" name="back" value="${around.here}">
      <label for="words">Reply as ${letter.mailbox}</label>
      <textarea id="words" name="words" rows="5" required placeholder="Write as you would in your mail program; the letter is quoted below."></textarea>
      <p><button class="main">Send the reply</button><span class="quiet">to ${letter.replyTo.address}</span></p>
    </form>`;
}

function deedButtons(around: PageSurroundings, letter: Letter): Html {
  return html`<form class="does" method="post">
      <input type="hidden" name="back" value="${around.here}">
      <button formaction="/mail/${letter.id}/bounce" title="The mailbox does not exist: a permanent bounce">Bounce it</button>
      <button formaction="/mail/${letter.id}/complain" title="The reader pressed “this is spam”">Complain</button>
      <button formaction="/mail/${letter.id}/out-of-office" title="An automatic answer comes back that names a date: the course waits until then">Out of office</button>
      ${
        oneClickTarget(letter) !== undefined &&
        html`<button formaction="/mail/${letter.id}/unsubscribe" title="What a mail program's own Unsubscribe button does (RFC 8058)">Unsubscribe</button>`
      }
    </form>`;
}

/** Newest first, without the metrics. */
function logTable(around: PageSurroundings, logs: readonly Happening[]): Html {
  const entries = logs
    .slice(-MOST_LINES)
    .reverse()
    .flatMap((line) => readLogLine(line) ?? []);
  return html`<table><thead><tr><th>When</th><th>What</th><th>In the log</th></tr></thead><tbody>
      ${entries.map(
        (entry) => html`<tr class="${entry.level}">
        <td><time datetime="${new Date(entry.at).toISOString()}">${inZone(entry.at, around.zone)}</time></td>
        <td><b>${entry.says}</b></td>
        <td><code>${[entry.where, ...(entry.event ? [entry.event] : []), ...entry.details].join(" · ")}</code></td></tr>`,
      )}
    </tbody></table>`;
}

function deadLetterTable(letters: readonly Happening[]): Html {
  return html`<table><thead><tr><th>Queue</th><th>Message</th></tr></thead><tbody>
      ${letters.map(({ where, text }) => html`<tr class="error"><td>${where}</td><td><code>${text}</code></td></tr>`)}
    </tbody></table>`;
}
