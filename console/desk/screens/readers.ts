import { type Html, html } from "../../../cli/html.ts";
import { exportText } from "../../../functions/consent/export.ts";
import type { Content } from "../../../functions/domain/content.ts";
import { lessonsOffered } from "../../../functions/domain/course/branches.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { answersShown } from "../../answers.ts";
import type { Deployment } from "../../connect.ts";
import { findReaders } from "../../subscribers/find-readers.ts";
import { findReader } from "../../subscribers/reader.ts";
import { listAgenda } from "../../subscribers/show.ts";
import { place } from "../../subscribers/steer.ts";
import { STOPPED, stopInWords } from "../../subscribers/stop.ts";
import { tellStory } from "../../subscribers/story.ts";
import type { Person } from "../../table/people.ts";
import { deskMoment, inOwnersWords } from "../owners-words.ts";
import { type Act, actButton, actForm, askedFirst, type Screen, type Shown, type Visit } from "../screen.ts";
import { runTyped, type TypedFlags } from "../typed.ts";

/** Who reads: find them, see one's whole story, steer them: what `subscribers` does at the command line. */
export const READERS: Screen = {
  path: "readers",
  name: "Readers",
  async show(visit) {
    const [id, part] = visit.rest;
    if (id === undefined) return listPage(visit);
    if (part === "export") return exportReader(await visit.reach(), id);
    return part === undefined ? readerPage(visit, id) : undefined;
  },
  acts: {
    pause: steer("pause", ["course", "until"], "resume"),
    resume: steer("resume", ["course"]),
    place: steer("place", ["course", "again"]),
    tag: steer("tag", [], "untag"),
    untag: steer("untag", [], "tag"),
    "change-address": steer("change-address", ["because"]),
    unsubscribe: steer("unsubscribe", ["because"]),
    suppress: steer("suppress", ["because"]),
    unsuppress: steer("unsuppress", ["because", "though-they-complained"]),
    erase: async ({ reach, rest: [id = ""] }) => ({
      says: await runTyped(await reach(), ["subscribers", "erase", id], { yes: true }),
      to: "/readers",
    }),
  },
};

/** A verb about the reader of the page. @param undo the verb that takes it back, where one does */
function steer(verb: string, flags: readonly string[], undo?: string): Act {
  return async ({ reach, rest: [id = ""], form }) => {
    const given: TypedFlags = Object.fromEntries(
      flags.map((flag) => [flag, form.get(flag) === "yes" ? true : form.get(flag)]),
    );
    const word = form.get("word")?.trim();
    const words = ["subscribers", verb, id, ...(word ? [word] : [])];
    const deployment = await reach();
    const says = await inTheirName(
      deployment,
      id,
      await runTyped(deployment, words, { ...given, yes: true }),
    );
    // What stood before is not taken back.
    if (!undo || /nothing was changed/i.test(says)) return { says };
    const fields = { ...(word && { word }), course: form.get("course") ?? "" };
    return { says, undo: { says: "Undo", path: `/readers/${id}/${undo}`, fields } };
  };
}

/** What a command says of an id, of the person. */
async function inTheirName(deployment: Deployment, id: string, says: string): Promise<string> {
  const reader = await findReader(deployment, id);
  const name = reader?.firstName || reader?.address || "This reader";
  const plain = says.replaceAll(`${id}: `, "").replaceAll(id, name);
  return plain
    .split("\n")
    .map((line) => withCapital(inOwnersWords(line, deployment.services.content)))
    .join("\n");
}

async function listPage(visit: Visit): Promise<Shown> {
  const deployment = await visit.reach();
  const { query } = visit;
  const readChoice = (name: string) => query.get(name)?.trim() || undefined;
  const { people, before } = await findReaders(deployment, {
    part: readChoice("part"),
    status: readChoice("status") as Subscriber["status"] | undefined,
    tag: readChoice("tag"),
    course: readChoice("course"),
    courseStatus: readChoice("state") as Enrolment["status"] | undefined,
    lesson: readChoice("lesson"),
    isOnNewsletter: readChoice("newsletter") ? true : undefined,
    before: readChoice("before"),
  });
  const next = new URLSearchParams(query);
  if (before !== undefined) next.set("before", before);
  return {
    body: html`<h1>Readers</h1>
    ${searchForm(query, deployment.services.content)}
    ${people.length === 0 ? html`<p>Nobody is like that.</p>` : peopleTable(people, deployment.services)}
    ${before !== undefined && html`<p><a href="/readers?${next.toString()}">More</a></p>`}`,
  };
}

function searchForm(query: URLSearchParams, { courses }: Content): Html {
  const select = (
    name: string,
    label: string,
    options: readonly (readonly [value: string, says: string])[],
  ) =>
    html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">any</option>${options.map(([value, says]) => html`<option value="${value}"${value === query.get(name) && html` selected`}>${says}</option>`)}</select></div>`;
  const lessons = courses.flatMap((course) =>
    course.lessons.map(({ slug, title }) => [slug, title] as const),
  );
  return html`<form method="get" action="/readers" class="inline sheet" role="search">
    <div><label for="part">Name or address, or a part</label><input type="search" id="part" name="part" value="${query.get("part") ?? ""}"></div>
    ${select("status", "On the list", STATUSES)}
    ${
      courses.length > 1 &&
      select(
        "course",
        "Course",
        courses.map(({ slug, title }) => [slug, title] as const),
      )
    }
    ${courses.length > 0 && select("state", "In the course", COURSE_STATUSES)}
    ${courses.length > 0 && select("lesson", "Last lesson", lessons)}
    <div><label for="tag">Tag</label><input id="tag" name="tag" value="${query.get("tag") ?? ""}"></div>
    <button class="main">Find</button>
  </form>`;
}

const STATUSES = [
  ["active", "active"],
  ["unconfirmed", "not confirmed"],
  ["stopped", "stopped"],
] as const;
const COURSE_STATUSES = [
  ["active", "under way"],
  ["paused", "paused"],
  ["completed", "completed"],
  ["left", "left"],
] as const;

const withCapital = (says: string): string => says.charAt(0).toUpperCase() + says.slice(1);

const peopleTable = (
  people: readonly Person[],
  { content, settings }: Deployment["services"],
): Html => html`<div class="wide"><table>
  <thead><tr><th scope="col">Reader</th><th scope="col">Stands</th><th scope="col">Course</th><th scope="col">Tags</th><th scope="col">Since</th></tr></thead>
  <tbody>${people.map(({ subscriber, enrolments }) => {
    const { id, firstName, address, status, newsletter, tags = [], createdAt } = subscriber;
    return html`<tr><th scope="row"><a href="/readers/${id}">${firstName || address}</a>${firstName && html`<br><span class="quiet small">${address}</span>`}</th>
      <td>${status}${newsletter && html`<br><span class="quiet small">newsletter</span>`}</td>
      <td>${enrolments.length === 0 ? html`<span class="quiet">none</span>` : enrolments.map((enrolment) => html`<div>${standsAt(enrolment, content)}</div>`)}</td>
      <td>${tags.map((tag) => html`<span class="tag">${tag}</span> `)}</td><td>${deskMoment(createdAt, settings.defaultZone).split(",")[0]}</td></tr>`;
  })}</tbody></table></div>`;

function standsAt({ course: slug, status, done }: Enrolment, { courses }: Content): string {
  const course = courses.find((one) => one.slug === slug);
  const title = courses.length > 1 || !course ? `${course?.title ?? slug}: ` : "";
  return `${title}${status}, ${done.length}${course ? ` of ${lessonsOffered(course)}` : ""} had`;
}

async function readerPage(visit: Visit, id: string): Promise<Shown | undefined> {
  const deployment = await visit.reach();
  const { store, content } = deployment.services;
  const subscriber = await findReader(deployment, id);
  if (!subscriber || subscriber.erasedAt !== undefined) return undefined;
  const [enrolments, ledger, reflections, suppression] = await Promise.all([
    store.enrolments(id),
    store.ledger(id),
    store.reflections(id),
    store.suppression(subscriber.addressHash),
  ]);
  const { firstName, address, zone, status, newsletter, tags = [] } = subscriber;
  const story = tellStory({ subscriber, enrolments, ledger, reflections });
  const coming = [subscriber, ...enrolments].flatMap(listAgenda).sort((one, other) => one.at - other.at);
  return {
    title: firstName || address,
    body: html`<p><a href="/readers">Readers</a></p>
    <h1>${firstName || address}</h1>
    <div class="split"><div>
      <section class="sheet">
        <p>${address}</p>
        <p>On the list: ${status}${subscriber.status === "stopped" && `: ${stopInWords(subscriber)}`}${suppression && `; suppressed since ${deskMoment(suppression.at, zone)}: ${STOPPED[suppression.reason]}`}</p>
        <p>${newsletter ? "Gets the newsletter" : "Does not get the newsletter"}. ${zone}</p>
        ${enrolments.map((enrolment) => html`<p>${withCapital(inOwnersWords(place(deployment, subscriber, enrolment).slice(`${id}: `.length), content))}</p>`)}
        ${enrolments.map((enrolment) => answersOf(enrolment, content))}
        <p class="quiet small">${id}</p>
        ${tagsOf(visit, id, tags)}
      </section>
      ${actsAbout(visit, deployment, subscriber, enrolments)}
    </div><div>
      ${coming.length > 0 && html`<h2>What is planned</h2><ul class="rows sheet">${coming.map(({ at, says }) => html`<li><time>${deskMoment(at, zone)}</time><br>${withCapital(inOwnersWords(says, content))}</li>`)}</ul>`}
      <h2>What happened</h2>
      <ul class="rows sheet">${story
        .toReversed()
        .map(
          ({ at, says, words, reply }) =>
            html`<li><time class="small">${deskMoment(at, zone)}</time><br>${withCapital(inOwnersWords(says, content))}${reply && html` <a href="/replies/${id}/${reply}">The conversation</a>`}${words && html`<blockquote class="words theirs">${words}</blockquote>`}</li>`,
        )}</ul>
    </div></div>`,
  };
}

/** All that is kept about them, as their own page hands it out. */
async function exportReader(deployment: Deployment, id: string): Promise<Shown | undefined> {
  const subscriber = await findReader(deployment, id);
  if (!subscriber || subscriber.erasedAt !== undefined) return undefined;
  let json = "";
  for await (const piece of exportText(deployment.services, subscriber.id)) json += piece;
  return { body: html``, download: { name: `${subscriber.id}.json`, json } };
}

function answersOf(enrolment: Enrolment, { courses }: Content): Html {
  const shown = answersShown(courses, enrolment);
  return html`${shown.length > 0 && html`<dl>${shown.map(({ question, answer }) => html`<dt class="quiet small">${question}</dt><dd>${answer}</dd>`)}</dl>`}`;
}

const tagsOf = (visit: Visit, id: string, tags: readonly string[]): Html => html`<div class="inline">
  ${tags.map((tag) => actForm(visit, `/readers/${id}/untag`, { word: tag }, html`<button title="Take this tag away" aria-label="Take the tag ${tag} away"><span>${tag}</span> ×</button>`))}
  ${actForm(visit, `/readers/${id}/tag`, {}, html`<span class="inline"><input name="word" aria-label="A tag to add" size="12" required><button>Add tag</button></span>`)}
</div>`;

/** What can be done about them, each with what it does said before. */
const actsAbout = (
  visit: Visit,
  { services }: Deployment,
  { id, status }: Subscriber,
  enrolments: readonly Enrolment[],
): Html => html`<h2>Steer</h2><div class="acts">
    ${enrolments.map((enrolment) => courseActs(visit, services.content, enrolment, enrolments.length > 1))}
    ${ACTS.filter(({ isFor }) => isFor === undefined || isFor.includes(status)).map(
      ({ act, says, does, more }) => askedFirst(visit, `/readers/${id}/${act}`, says, [does], {}, more),
    )}
    <a class="button" href="/readers/${id}/export" download>All that is kept about them, as a file</a>
  </div>`;

function courseActs(
  visit: Visit,
  { courses }: Content,
  { subscriber, course, status }: Enrolment,
  isOneOfMany: boolean,
): Html {
  const path = `/readers/${subscriber}`;
  const name = isOneOfMany ? ` (${course})` : "";
  if (status === "paused") return actButton(visit, `${path}/resume`, `Resume${name}`, { course });
  if (status !== "active") return html``;
  const lessons = courses.find(({ slug }) => slug === course)?.lessons ?? [];
  return html`${askedFirst(
    visit,
    `${path}/pause`,
    `Pause${name}`,
    ["No lessons and no look-backs until you, they or the day resumes; answers to replies still leave."],
    { course },
    html`<p><label>Until (open if empty) <input type="date" name="until"></label></p>`,
  )}
  ${askedFirst(
    visit,
    `${path}/place`,
    `Place in the course${name}`,
    ["This lesson comes next. What they have had is not sent again, unless you say so."],
    { course },
    html`<p><label>Lesson <select name="word">${lessons.map(({ slug, title }) => html`<option value="${slug}">${title}</option>`)}</select></label></p>
    <p><label><input type="checkbox" name="again" value="yes"> send what they have had from there on once more</label></p>`,
  )}`;
}

const REASON = html`<p><label>Why, for the record <input name="because" required maxlength="200" placeholder="asked on the phone, 3 March"></label></p>`;

interface ActAboutReader {
  act: string;
  says: string;
  does: string;
  isFor?: Subscriber["status"][];
  more?: Html;
}

const ACTS: readonly ActAboutReader[] = [
  {
    act: "change-address",
    says: "Change the address",
    does: "Mail goes to the new address from now on, because they asked you; a mail there says so.",
    more: html`<p><label>New address <input type="email" name="word" required></label></p>${REASON}`,
  },
  {
    act: "unsubscribe",
    says: "Unsubscribe",
    does: "They get nothing any more: what their own link does. They can come back by signing up.",
    isFor: ["active"],
    more: REASON,
  },
  {
    act: "suppress",
    says: "Never mail again",
    does: "This address is never mailed again; a sign-up does not bring it back.",
    isFor: ["active", "unconfirmed"],
    more: REASON,
  },
  {
    act: "unsuppress",
    says: "Lift the stop",
    does: "What a bounce or you have stopped is lifted; they come back by signing up.",
    isFor: ["stopped"],
    more: html`${REASON}<p><label class="choice"><input type="checkbox" name="though-they-complained" value="yes"> they called a mail spam, and have asked me to lift it</label></p>`,
  },
  {
    act: "erase",
    says: "Erase",
    does: "Everything about them is erased, their words too. This cannot be undone.",
  },
];
