import { type Html, html } from "../../../cli/html.ts";
import type { Deployment } from "../../connect.ts";
import { tellPlan } from "../../plan/plan.ts";
import { type CourseCount, countStats } from "../../stats/count.ts";
import type { LessonCount } from "../../stats/lessons.ts";
import { durationInWords } from "../../stats/tables.ts";
import { deskMoment } from "../owners-words.ts";
import type { Screen, Shown } from "../screen.ts";

/** The road of all readers, lesson by lesson: what `stats` and `plan` say. */
export const COURSE: Screen = {
  path: "course",
  name: "Course",
  async show({ reach, rest: [part] }) {
    const deployment = await reach();
    if (part === "plan") return planPage(deployment);
    return part === undefined ? roadPage(deployment) : undefined;
  },
};

/** The weeks are the statistics page's; here they are not shown. */
const WEEKS = 1;

async function roadPage(deployment: Deployment): Promise<Shown> {
  const { content, clock, settings } = deployment.services;
  const { courses } = content;
  const now = clock.now();
  const stats = await countStats(deployment.allPeople, courses, { weeks: WEEKS, now });
  return {
    body: html`<h1>Course</h1>
    ${courses.length === 0 && html`<p>This stage has no course.</p>`}
    ${courses.length > 0 && html`<p><a class="button" href="/course/plan">What would a deploy change?</a></p>`}
    ${stats.courses.map(courseSection)}
    <p class="quiet small">Counted ${deskMoment(now, settings.defaultZone)}, out of all that is kept. By week, and as a file: <code>npm run console -- stats --html stats.html</code></p>`,
  };
}

const courseSection = (course: CourseCount): Html => {
  const { title, slug, now } = course;
  const standing = (name: string, status: string, count: number) =>
    html`<div><dt>${name}</dt><dd><a href="/readers?course=${slug}&amp;state=${status}">${count}</a></dd></div>`;
  return html`<section class="sheet"><h2>${title}</h2>
    <dl class="figures">${standing("under way", "active", now.active)}${standing("paused", "paused", now.paused)}${standing("through", "completed", now.completed)}${standing("left", "left", now.left)}</dl>
    ${road(course)}
    ${ratings(course)}
  </section>`;
};

/** A bar a lesson: as wide as it was sent, filled as far as it was answered. */
function road({ slug: course, lessons }: CourseCount): Html {
  const most = Math.max(1, ...lessons.map(({ sent }) => sent));
  return html`<h3>The road</h3>
  <p class="key small"><span class="answered">answered</span> <span class="silent">silent</span> <span class="gone">left after it</span></p>
  <div class="wide"><table class="road">
    <thead><tr><th scope="col">Lesson</th><th scope="col"><span class="unseen">As a bar</span></th><th scope="col" class="number">Sent</th><th scope="col" class="number">Answered</th><th scope="col" class="number">Silent</th><th scope="col" class="number">Left</th><th scope="col" class="number">Stand here</th><th scope="col" class="number">Median time to answer</th></tr></thead>
    <tbody>${lessons.map((lesson, at) => roadRow(course, lesson, at + 1, most))}</tbody></table></div>
  <p class="quiet small">Answered: it got a reply in the reader's own words. Silent: it was delivered, and got none. Stand here: it is the lesson that they had last.</p>`;
}

function roadRow(course: string, lesson: LessonCount, place: number, most: number): Html {
  const { slug, title, sent, delivered, replied, leftAfter, standing, medianMinutesToReply } = lesson;
  const silent = Math.max(0, delivered - replied);
  return html`<tr><th scope="row">${place}. ${title}</th><td>${bar({ sent, replied, leftAfter }, most)}</td>
    <td class="number">${sent}</td><td class="number">${replied}</td><td class="number">${silent}</td><td class="number">${leftAfter}</td>
    <td class="number">${standing === 0 ? "0" : html`<a href="/readers?course=${course}&amp;lesson=${slug}">${standing}</a>`}</td><td class="number">${durationInWords(medianMinutesToReply)}</td></tr>`;
}

const FULL = 100;
const BAR = { width: 160, height: 14, leftHeight: 4 };

/** The figures beside it say the same. */
function bar(
  { sent, replied, leftAfter }: Pick<LessonCount, "sent" | "replied" | "leftAfter">,
  most: number,
): Html {
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
