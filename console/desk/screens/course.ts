import { Html, html } from "../../../cli/html.ts";
import type { Deployment } from "../../connect.ts";
import { tellPlan } from "../../plan/plan.ts";
import { countStats, type Stats } from "../../stats/count.ts";
import { courseSection } from "../../stats/page.ts";
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

const WEEKS = 12;

async function roadPage(deployment: Deployment): Promise<Shown> {
  const { content, clock } = deployment.services;
  const { courses } = content;
  const stats = await countStats(deployment.allPeople, courses, { weeks: WEEKS, now: clock.now() });
  return {
    body: html`<h1>Course</h1>
    ${courses.length === 0 && html`<p>This stage has no course.</p>`}
    <p class="quiet">Counted at ${stats.asOf.slice(0, 16).replace("T", " ")} UTC, out of all that is kept.</p>
    ${courses.length > 0 && html`<p><a class="button" href="/course/plan">What would a deploy change?</a></p>`}
    <div class="stats">${sections(stats)}</div>`,
  };
}

/** The markup is the statistics page's own, with each name in it escaped there; the desk's style dresses it. */
const sections = ({ courses }: Stats): Html =>
  new Html(
    courses
      .flatMap(courseSection)
      .join("\n")
      .replaceAll(/ style="[^"]*"/g, ""),
  );

const planPage = async (deployment: Deployment): Promise<Shown> => ({
  title: "What a deploy would change",
  body: html`<p><a href="/course">Course</a></p><h1>What a deploy would change</h1>
  <p>What the lessons as they stand in your folder would do to the readers of ${deployment.place}, beside the last commit.</p>
  <pre class="wrap">${await tellPlan(deployment)}</pre>`,
});
