import { coursesHere } from "../../../authoring/content-here.ts";
import { ArgumentError } from "../../../cli/arguments.ts";
import { type Html, html } from "../../../cli/html.ts";
import type { Deployment } from "../../connect.ts";
import { REASONS, type Reject } from "../../import/candidate.ts";
import { MAPPABLE } from "../../import/columns.ts";
import { decodeFile, ENCODINGS } from "../../import/decode.ts";
import { type ImportFlags, importFile } from "../../import/order.ts";
import { readCsv } from "../../import/read-csv.ts";
import { rejectsInMemory } from "../../import/rejects.ts";
import { fileInMemory, type TextFile } from "../../import/text-file.ts";
import { troubleInWords } from "../../trouble.ts";
import type { Session } from "../door.ts";
import { withoutUtc } from "../owners-words.ts";
import { actForm, labelled, type Screen, type Shown, type Visit } from "../screen.ts";

/** People out of another tool's file: what `import` does, and first what it would do. */
export const IMPORT: Screen = {
  path: "import",
  name: "Import",
  async show(visit) {
    if (visit.rest.length > 0) return undefined;
    const upload = UPLOADS.get(visit.session);
    if (upload?.running) return runningPage(visit, upload);
    return upload ? foreseenPage(visit, upload) : formPage(visit, new URLSearchParams());
  },
  acts: {
    async look({ session, file, form }) {
      const before = UPLOADS.get(session);
      refuseWhileAdding(before);
      const chosen = file ? fileInMemory(file.name, file.bytes) : before?.file;
      if (!chosen) throw new ArgumentError("Choose the file first.");
      UPLOADS.set(session, { look: `${++looks}`, file: chosen, form });
      return { says: `${chosen.name} was looked at. Nothing has been changed.` };
    },
    async forget({ session }) {
      refuseWhileAdding(UPLOADS.get(session));
      UPLOADS.delete(session);
      return { says: "The file is forgotten." };
    },
    async add({ session, reach, form }) {
      const upload = UPLOADS.get(session);
      if (!upload) throw new ArgumentError("Choose the file first.");
      if (form.get("look") !== upload.look)
        throw new ArgumentError(
          `Nothing was added: ${upload.file.name} was looked at meanwhile, as it stands here now.`,
        );
      // A second press follows the first.
      upload.running ??= run(await withCourses(await reach()), upload);
      return { says: "It goes on by itself." };
    },
  },
};

/** A file that was dropped on the desk: in memory, until it is forgotten or the desk ends. */
interface Upload {
  /** Which look at it this is: a press in another tab is about what stood there. */
  look: string;
  file: TextFile;
  /** What was said about it. */
  form: URLSearchParams;
  running?: Running;
}

interface Running {
  what: string;
  done: number;
  of?: number;
  /** What it says in the end. */
  says?: string;
}

const UPLOADS = new WeakMap<Session, Upload>();
let looks = 0;

function refuseWhileAdding(upload: Upload | undefined): void {
  if (upload?.running && upload.running.says === undefined)
    throw new ArgumentError(`${upload.file.name} is being added: wait until it is through.`);
}
const MOST_REJECTS = 500;

/** The verb needs the courses' own words; one that cannot be read is told there. */
async function withCourses(deployment: Deployment): Promise<Deployment> {
  const content = await coursesHere(undefined, () => {});
  return { ...deployment, services: { ...deployment.services, content } };
}

function run(deployment: Deployment, { file, form }: Upload): Running {
  const running: Running = { what: "rows read", done: 0 };
  const rejects = rejectsInMemory(0);
  importFile(
    { file: () => file, rejects: () => rejects },
    deployment,
    { ...readFlags(form), yes: true },
    {
      tell: (what, done, of) => Object.assign(running, { what, done, of }),
      signal: new AbortController().signal,
    },
  ).then(
    (says) => {
      running.says = says;
    },
    (error: unknown) => {
      running.says =
        error instanceof ArgumentError ? error.message : (troubleInWords(error) ?? String(error));
    },
  );
  return running;
}

const TEXTS = ["source", "date", "words", "date-format", "per-hour", "course", "encoding"] as const;

function readFlags(form: URLSearchParams): ImportFlags {
  const texts = TEXTS.flatMap((name) => {
    const value = form.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  const aim = form.get("aim");
  const map = MAPPABLE.flatMap((field) => {
    const column = form.get(`map-${field}`);
    return column ? [`${field}=${column}`] : [];
  }).join(",");
  return {
    ...Object.fromEntries(texts),
    ...(map !== "" && { map }),
    ...(form.get("newsletter") && { newsletter: true }),
    ...(aim === "confirm" && { confirm: true }),
    ...(aim === "start-course" && { "start-course": true }),
  };
}

async function foreseenPage(visit: Visit, { look, file, form }: Upload): Promise<Shown> {
  const headings = await readHeadings(file);
  const { says, rejects, isAllowed } = await foresee(await withCourses(await visit.reach()), file, form);
  return {
    title: `Import ${file.name}`,
    body: html`<h1>${file.name}</h1>
    <section class="sheet"><h2>${isAllowed ? "What would happen" : "Not yet"}</h2>
      ${labelled(withoutUtc(says).split("\n"))}
      ${isAllowed && actForm(visit, "/import/add", { look }, html`<button class="main">Add them</button>`)}
      ${actForm(visit, "/import/forget", {}, html`<button>Forget this file</button>`)}
    </section>
    ${rejects.length > 0 && rejectsTable(rejects)}
    <h2>${isAllowed ? "Say it otherwise" : "Say what is missing"}</h2>
    ${importForm(visit, form, headings)}`,
  };
}

/** What its first line calls the columns; none where it cannot be read, which is told beside it. */
async function readHeadings(file: TextFile): Promise<string[]> {
  try {
    const heading = await readCsv(file.name, decodeFile(file)).next();
    const cells = heading.done ? [] : heading.value.cells;
    return [...new Set(cells.map((cell) => cell.trim()))].filter((cell) => cell !== "");
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return [];
  }
}

async function foresee(
  deployment: Deployment,
  file: TextFile,
  form: URLSearchParams,
): Promise<{ says: string; rejects: readonly Reject[]; isAllowed: boolean }> {
  const rejects = rejectsInMemory(MOST_REJECTS);
  try {
    const says = await importFile(
      { file: () => file, rejects: () => rejects },
      deployment,
      { ...readFlags(form), "dry-run": true },
      { tell: () => {}, signal: new AbortController().signal },
    );
    return { says, rejects: rejects.list, isAllowed: true };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return { says: error.message, rejects: rejects.list, isAllowed: false };
  }
}

const rejectsTable = (rejects: readonly Reject[]): Html => html`<h2>Not added</h2>
  <div class="wide"><table><thead><tr><th scope="col">Line</th><th scope="col">What stands there</th><th scope="col">Why not</th></tr></thead>
  <tbody>${rejects.map(({ line, given, reason, says }) => html`<tr><td class="number">${line}</td><td>${given}</td><td>${REASONS[reason]}: ${says}</td></tr>`)}</tbody></table></div>
  ${rejects.length === MOST_REJECTS && html`<p class="quiet">The first ${MOST_REJECTS}. The command <code>import</code> writes all of them to a file.</p>`}`;

const runningPage = (visit: Visit, { file, running }: Upload): Shown => {
  const { what = "", done = 0, of, says } = running ?? {};
  return {
    title: `Import ${file.name}`,
    body: html`<h1>${file.name}</h1><section class="sheet" id="running"${says === undefined && html` data-live`}>
    ${
      says === undefined
        ? html`<p>${done}${of !== undefined && ` of ${of}`} ${what}</p><progress${of !== undefined && html` max="${of}" value="${done}"`} aria-label="${what}"></progress><p class="quiet">It goes on if you leave this page, not if the desk ends; then the same file goes on from there.</p>`
        : html`${labelled(withoutUtc(says).split("\n"))}${actForm(visit, "/import/forget", {}, html`<button>Another file</button>`)}`
    }</section>`,
  };
};

const formPage = (visit: Visit, form: URLSearchParams): Shown => ({
  body: html`<h1>Import</h1>
    <p>A CSV file of Kit, Mailchimp, Substack, Ghost, your own export, or any other. First you see what would happen to whom: nothing is changed before you say so. Who has left, bounced, complained or never confirmed is never added.</p>
    <p class="quiet">Choose the file, or drop it on the field “The file”. It is read into the desk's memory, never written to disk.</p>
    ${importForm(visit, form, undefined)}`,
});

const FIELDS: Record<(typeof MAPPABLE)[number], string> = {
  email: "Address",
  "first-name": "First name",
  zone: "Time zone",
  language: "Language",
  tags: "Tags",
  joined: "When they joined",
  newsletter: "Gets the newsletter",
  course: "Course",
  status: "Status",
  left: "Has left",
};

/** Which of its columns tells what, where the headings do not. */
const columnFields = (form: URLSearchParams, headings: readonly string[]): Html =>
  html`<div class="inline">${MAPPABLE.map((field) => html`<div class="field"><label for="map-${field}">${FIELDS[field]}</label><select id="map-${field}" name="map-${field}"><option value="">by its heading</option>${headings.map((heading) => html`<option${heading === form.get(`map-${field}`) && html` selected`}>${heading}</option>`)}</select></div>`)}</div>
  <p class="quiet small">Whoever chooses one column chooses all that count: what is not chosen then is not read, but for what says that somebody has left.</p>`;

/** @param headings of the file that was chosen; undefined before one is */
function importForm(visit: Visit, form: URLSearchParams, headings: readonly string[] | undefined): Html {
  const isChosen = headings !== undefined;
  const isMapped = MAPPABLE.some((field) => form.get(`map-${field}`));
  const text = (name: string, label: string, hint: string, type = "text") =>
    html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" value="${form.get(name) ?? ""}" size="50" aria-describedby="${name}-hint"><p class="quiet small" id="${name}-hint">${hint}</p></div>`;
  const aim = form.get("aim") ?? "list";
  const choice = (value: string, says: string) =>
    html`<p><label class="choice"><input type="radio" name="aim" value="${value}"${value === aim && html` checked`}> ${says}</label></p>`;
  return html`<form method="post" action="/import/look" enctype="multipart/form-data" class="sheet">
    <input type="hidden" name="token" value="${visit.session.formToken}"><input type="hidden" name="back" value="/import">
    <div class="field"><label for="file">${isChosen ? "Another file" : "The file"}</label><input id="file" name="file" type="file" accept=".csv,.txt,text/csv"${!isChosen && html` required`}></div>
    ${text("source", "Where they agreed", "For example: the form on example.com. It stands in each reader's record.")}
    ${text("date", "When, where a row does not say", "The day on which they agreed.", "date")}
    ${text("words", "To which words", "What stood beside the box they ticked, word for word.")}
    <fieldset><legend>What happens</legend>
      ${choice("list", "They are on the list")}
      ${choice("confirm", "Each is asked by mail whether they want the course")}
      ${choice("start-course", "The course begins at once: the words cover it")}
      <p><label class="choice"><input type="checkbox" name="newsletter" value="yes"${form.get("newsletter") !== null && html` checked`}> The words cover the newsletter: they get its issues</label></p>
    </fieldset>
    <details${isMapped && html` open`}><summary>${isChosen && "Which column is which, and "}how dates and letters are written</summary>
      ${headings && headings.length > 0 && columnFields(form, headings)}
      ${text("date-format", "What comes first in dates", "DMY, MDY or YMD, where the file does not tell")}
      <div class="field"><label for="encoding">Encoding</label><select id="encoding" name="encoding"><option value="">read from the file</option>${ENCODINGS.map((name) => html`<option${name === form.get("encoding") && html` selected`}>${name}</option>`)}</select></div>
      ${text("per-hour", "Confirmations an hour", "250 otherwise")}
    </details>
    <button class="main">${isChosen ? "Look again" : "See what would happen"}</button>
  </form>`;
}
