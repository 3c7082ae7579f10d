import { type Html, html } from "../../cli/html.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { COLUMNS } from "../../functions/mail/mime/plain-text.ts";
import { type Finding, formatFinding } from "../checks/finding.ts";
import { whenInWords } from "../compile/when-in-words.ts";
import { SAMPLE_READERS, type SampleReader } from "../samples.ts";
import type { Whom } from "./as-whom.ts";
import type { Exhibit, ForWhom, View } from "./gallery.ts";
import { whomForm } from "./whom-form.ts";
import type { Build } from "./workshop.ts";

/** What the page of the preview shows. */
export interface ShownPage {
  build: Build;
  /** Of the content that is shown; older than the build if that one is broken. */
  version: number;
  exhibits: Exhibit[];
  current: string;
  reader: SampleReader;
  /** As whom it is shown, where somebody was chosen. */
  whom: Whom | undefined;
  /** That it is about. */
  course: Course | undefined;
  /** Of a lesson. */
  forWhom: ForWhom | undefined;
  view: View | undefined;
  /** What the checks say of this mail, a line each; undefined where there is nothing to check. */
  verdict: string[] | undefined;
  /** Why it cannot be shown. */
  problem: string | undefined;
}

const WIDTHS = [640, 360];
const SCHEMES = ["light", "dark"] as const;
export type Scheme = (typeof SCHEMES)[number];

/** Tells one state of the preview from the next: a build, and the same build when it is checked. */
export const describeState = ({ number, findings }: Build): string =>
  `${number}${findings ? " checked" : ""}`;

/** The whole page. The parts that a save changes have ids, and the script exchanges them. */
export function previewPage(shown: ShownPage): Html {
  const { current, reader, build } = shown;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${current || "Preview"} · Preview</title>
<link rel="stylesheet" href="/style.css">
<script src="/script.js" defer></script>
</head>
<body data-build="${describeState(build)}">
<a class="skip" href="#view">Skip to the preview</a>
<nav id="list" aria-label="Mails and pages" data-live>${groups(shown)}</nav>
<main id="view" tabindex="-1">
<div id="problems" data-live role="status">${problems(build, shown.version)}</div>
<header id="head" data-live>
<h1>${current || "Nothing to show yet"}</h1>
<p class="readers" aria-label="Sample readers">${SAMPLE_READERS.map((one) => readerLink(one, shown))}</p>
${facts(shown)}
</header>
<div id="whom" data-live>${whomForm({ ...shown, clear: viewAddress(current, { reader, whom: undefined }) })}</div>
<div id="frames" data-live>${shown.view ? frames(shown) : html``}</div>
</main>
</body>
</html>`;
}

function groups(shown: ShownPage): Html[] {
  const { exhibits, current } = shown;
  const names = [...new Set(exhibits.map(({ group }) => group))];
  return names.map((group) => {
    const links = exhibits
      .filter((exhibit) => exhibit.group === group)
      .map(
        ({ id, name, isForOthers }) =>
          html`<li><a data-exhibit href="${viewAddress(id, shown)}"${id === current ? html` aria-current="page"` : ""}>${name}${isForOthers ? html` <span class="others">for others</span>` : ""}</a></li>`,
      );
    return html`<h2>${group}</h2><ul>${links}</ul>`;
  });
}

const readerLink = (one: SampleReader, { current, reader, whom }: ShownPage): Html =>
  html`<a href="${viewAddress(current, { reader: one, whom })}"${one.name === reader.name ? html` aria-current="true"` : ""}>${one.name}</a> `;

function problems({ problems: found, leftOut, ms, findings }: Build, version: number): Html {
  const last = version > 0 ? "The last good version is shown below." : "There was no good version yet.";
  if (found.length > 0) return showBroken(found, last);
  if (leftOut.length > 0)
    return html`${showBroken(leftOut, "It is left out; all else is shown as it is written.")}${checks(findings)}`;
  return html`<p class="fine">Compiled in ${ms.toFixed(0)} ms.</p>${checks(findings)}`;
}

const showBroken = (lines: readonly string[], says: string): Html =>
  html`<div class="broken"><h2>This does not compile</h2><ul>${lines.map((line) => html`<li><code>${line}</code></li>`)}</ul><p>${says}</p></div>`;

/** Of the whole content. */
function checks(findings: Finding[] | undefined): Html {
  if (!findings) return html`<p class="soft">The checks are running.</p>`;
  if (findings.length === 0) return html`<p class="fine">The checks find nothing to mend anywhere.</p>`;
  const lines = findings.map((finding) => html`<li><code>${formatFinding(finding)}</code></li>`);
  return html`<details><summary>To mend in all: ${findings.length}</summary><ul>${lines}</ul></details>`;
}

function facts({ view, verdict, problem, build, forWhom, whom }: ShownPage): Html {
  if (problem !== undefined) return html`<div class="broken"><p><code>${problem}</code></p></div>`;
  if (!view) return html``;
  const { subject, text } = view;
  return html`<dl class="facts">
${subject === undefined ? "" : html`<div><dt>Subject</dt><dd>${subject} <span class="soft">(${[...subject].length} characters)</span></dd></div>`}
<div><dt>Size</dt><dd>${kilobytes(view.html)} KB of HTML${text === undefined ? "" : `, ${kilobytes(text)} KB of text`}</dd></div>
${forWhom === undefined || (forWhom.says === EVERYBODY && forWhom.passages.length === 0) ? "" : html`<div><dt>For</dt><dd id="for-whom">${whomInWords(forWhom, whom !== undefined)}</dd></div>`}
${verdict === undefined ? "" : html`<div><dt>Checks</dt><dd id="verdict">${build.problems.length > 0 ? OLDER : verdict.length === 0 ? html`<span class="fine">Nothing to mend</span>` : html`<ul>${verdict.map((line) => html`<li>${line}</li>`)}</ul>`}</dd></div>`}
</dl>`;
}

const EVERYBODY = whenInWords(undefined);

/** @param isChosen whether it is shown as somebody whom the author has chosen */
function whomInWords({ says, isTheirs, passages }: ForWhom, isChosen: boolean): Html {
  const lesson = html`<code>${says}</code>${isTheirs ? "" : html` <span class="wrong">Not this reader: it is shown as somebody gets it whom it is for</span>`}`;
  const who = isChosen && isTheirs ? "this reader" : "somebody whom it is for";
  const lines = passages.map(
    (passage) =>
      html`<li><code>${passage.says}</code>: ${passage.isShown ? "shown" : html`<span class="soft">not shown</span>`}</li>`,
  );
  return passages.length === 0 ? lesson : html`${lesson}. Its passages, to ${who}:<ul>${lines}</ul>`;
}

/** While the content does not compile, nothing good is said of what is shown. */
const OLDER = html`<span class="wrong">What is written now does not compile; this is the last version that did</span>`;

function frames(shown: ShownPage): Html {
  const { current, version, view } = shown;
  const rows = SCHEMES.map(
    (scheme) =>
      html`<section class="row ${scheme}" aria-label="${scheme}">${WIDTHS.map(
        (width) =>
          html`<figure><figcaption>${width} px, ${scheme}</figcaption><iframe title="${current}, ${width} px, ${scheme}" width="${width}" src="/frame/${scheme}/${current}?${query(shown)}&version=${version}"></iframe></figure>`,
      )}</section>`,
  );
  const text = view?.text;
  const twin =
    text === undefined
      ? ""
      : html`<section aria-label="Plain text"><figure><figcaption>Plain text, ${COLUMNS} columns</figcaption><pre tabindex="0">${text}</pre></figure></section>`;
  return html`${rows}${twin}`;
}

const kilobytes = (text: string): string => (Buffer.byteLength(text) / 1024).toFixed(1);
type Onlooker = Pick<ShownPage, "reader" | "whom">;
const query = ({ reader, whom }: Onlooker): string =>
  `reader=${encodeURIComponent(reader.name)}${whom?.query ?? ""}`;
const viewAddress = (id: string, onlooker: Onlooker): string => `/${id}?${query(onlooker)}`;

/** A document as a reader sees it whose device is set to light or to dark, whatever this one's is. */
export function inScheme(document: string, scheme: Scheme): string {
  const never = "(max-width: 0px)";
  const always = "(min-width: 0px)";
  return document
    .replaceAll("(prefers-color-scheme: dark)", scheme === "dark" ? always : never)
    .replaceAll("(prefers-color-scheme: light)", scheme === "light" ? always : never)
    .replaceAll(/color-scheme: ?light dark/g, `color-scheme: ${scheme}`);
}
