import { type Html, html } from "../../../cli/html.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Deployment } from "../../connect.ts";
import { tellPlan } from "../../plan/plan.ts";
import { countInWords } from "../../shown.ts";
import type { CourseCount } from "../../stats/count.ts";
import type { LessonCount } from "../../stats/lessons.ts";
import { durationInWords } from "../../stats/tables.ts";
import { deskMoment } from "../owners-words.ts";
import { findRoad, forgetRoad, type RoadSoFar } from "../road-lately.ts";
import { actButton, type Screen, type Shown, type Visit } from "../screen.ts";

/** The road of all readers, lesson by lesson: what `stats` and `plan` say. */
export const COURSE: Screen = {
  path: "course",
  name: "Course",
  async show(visit) {
    const [part] = visit.rest;
    if (part === "plan") return planPage(await visit.reach());
    return part === undefined ? roadPage(visit) : undefined;
  },
  acts: {
    async count({ reach }) {
      forgetRoad(await reach());
      return { says: "It is counted anew." };
    },
  },
};

async function roadPage(visit: Visit): Promise<Shown> {
  const deployment = await visit.reach();
  const { content, settings } = deployment.services;
  const { courses } = content;
  const found = await findRoad(deployment);
  return {
    body: html`<h1>Course</h1>
    ${courses.length === 0 && html`<p>This stage has no course.</p>`}
    ${courses.length > 0 && html`<p><a class="button" href="/course/plan">What would a deploy change?</a></p>`}
    <div id="roads"${!found.road && html` data-live`}>
    ${!found.road && counting(found)}
    ${courses.map((course) => courseSection(course, found))}
    ${found.road && html`<p class="quiet small">Counted ${deskMoment(found.asOf, settings.defaultZone)}, out of all that is kept. By week, and as a file: <code>npm run console -- stats --html stats.html</code></p>${actButton(visit, "/course/count", "Count again")}`}
    </div>`,
  };
}

/** Where a large table takes its time: the page looks again by itself, or by its link. */
const counting = ({ looked, standing }: RoadSoFar): Html =>
  html`<p role="status">${standing ? "Who stands where is known. " : ""}What was sent and answered is being counted out of all that is kept${looked > 0 && `: ${countInWords(looked, "reader")} so far`}. <a href="/course">Look now</a></p>`;

function courseSection({ title, slug, lessons }: Course, { standing, road }: RoadSoFar): Html {
  const counted = road?.find((one) => one.slug === slug);
  const known = counted ?? standing?.find((one) => one.slug === slug);
  const rows = lessons.map(
    (lesson): RoadLesson => ({
      ...known?.lessons.find((one) => one.slug === lesson.slug),
      slug: lesson.slug,
      title: lesson.title,
    }),
  );
  const figure = (name: string, status: keyof CourseCount["now"]) =>
    html`<div><dt>${name}</dt><dd><a href="/readers?course=${slug}&amp;state=${status}">${known?.now[status] ?? NOT_KNOWN}</a></dd></div>`;
  return html`<section class="sheet"><h2>${title}</h2>
    <dl class="figures">${figure("under way", "active")}${figure("paused", "paused")}${figure("through", "completed")}${figure("left", "left")}</dl>
    ${roadTable(slug, rows)}
    ${counted && ratings(counted)}
  </section>`;
}

/** A lesson and what is known of it by now. */
type RoadLesson = Pick<LessonCount, "slug" | "title"> & Partial<LessonCount>;

const NOT_KNOWN = "…";

/** A bar a lesson: as wide as it was sent, filled as far as it was answered. */
function roadTable(course: string, lessons: readonly RoadLesson[]): Html {
  const most = Math.max(1, ...lessons.map(({ sent = 0 }) => sent));
  return html`<h3>The road</h3>
  <p class="key small"><span class="answered">answered</span> <span class="silent">silent</span> <span class="gone">left after it</span></p>
  <div class="wide"><table class="road">
    <thead><tr><th scope="col">Lesson</th><th scope="col"><span class="unseen">As a bar</span></th><th scope="col" class="number">Sent</th><th scope="col" class="number">Answered</th><th scope="col" class="number">Silent</th><th scope="col" class="number">Left</th><th scope="col" class="number">Stand here</th><th scope="col" class="number">Median time to answer</th></tr></thead>
    <tbody>${lessons.map((lesson, at) => roadRow(course, lesson, at + 1, most))}</tbody></table></div>
  <p class="quiet small">Answered: it got a reply in the reader's own words. Silent: it was delivered, and got none. Stand here: it is the lesson that they had last.</p>`;
}

function roadRow(course: string, lesson: RoadLesson, place: number, most: number): Html {
  const { slug, title, sent, delivered, replied, leftAfter, standing, medianMinutesToReply } = lesson;
  const silent =
    delivered === undefined || replied === undefined ? undefined : Math.max(0, delivered - replied);
  const number = (figure: Html | string | number = NOT_KNOWN) => html`<td class="number">${figure}</td>`;
  const stand = standing
    ? html`<a href="/readers?course=${course}&amp;lesson=${slug}">${standing}</a>`
    : standing;
  const median = medianMinutesToReply === undefined ? undefined : durationInWords(medianMinutesToReply);
  return html`<tr><th scope="row">${place}. ${title}</th><td>${bar(lesson, most)}</td>
    ${number(sent)}${number(replied)}${number(silent)}${number(leftAfter)}${number(stand)}${number(median)}</tr>`;
}

const FULL = 100;
const BAR = { width: 160, height: 14, leftHeight: 4 };

/** The figures beside it say the same. */
function bar({ sent = 0, replied = 0, leftAfter = 0 }: RoadLesson, most: number): Html {
  const part = (count: number) => ((FULL * count) / most).toFixed(1);
  return html`<svg width="${BAR.width}" height="${BAR.height}" viewBox="0 0 ${FULL} ${BAR.height}" preserveAspectRatio="none" aria-hidden="true"><rect class="silent" width="${part(sent)}" height="${BAR.height}"/><rect class="answered" width="${part(replied)}" height="${BAR.height}"/><rect class="gone" y="${BAR.height - BAR.leftHeight}" width="${part(leftAfter)}" height="${BAR.leftHeight}"/></svg>`;
}

function ratings({ lift }: CourseCount): Html {
  const { question, n, onlyBefore, before, after, ratingsBefore, ratingsAfter } = lift;
  const mean = (of: number | null) => (of === null ? "–" : of.toFixed(1));
  return html`<h3>Before and after: “${question}”</h3>
  ${
    n === 0
      ? html`<p>Nobody has rated both times yet. Only before: ${onlyBefore}.</p>`
      : html`<dl class="figures"><div><dt>before</dt><dd>${mean(before)}</dd></div><div><dt>after</dt><dd>${mean(after)}</dd></div><div><dt>readers</dt><dd>${n}</dd></div></dl>
      <div class="wide"><table><thead><tr><th scope="col">Rating</th><th scope="col" class="number">Before</th><th scope="col" class="number">After</th></tr></thead>
      <tbody>${ratingsBefore.map((count, at) => html`<tr><th scope="row">${at + 1}</th><td class="number">${count}</td><td class="number">${ratingsAfter[at] ?? 0}</td></tr>`)}</tbody></table></div>`
  }
  <p class="quiet small">It claims nothing: who rates twice has stayed to the end.</p>`;
}

const planPage = async (deployment: Deployment): Promise<Shown> => ({
  title: "What a deploy would change",
  body: html`<p><a href="/course">Course</a></p><h1>What a deploy would change</h1>
  <p>What the lessons as they stand in your folder would do to the readers of ${deployment.place}, beside the last commit.</p>
  <pre class="wrap">${await tellPlan(deployment)}</pre>`,
});
