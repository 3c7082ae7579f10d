import { COLOURS, drawPlot, escapeHtml, type Plot } from "./charts.ts";
import type { CourseCount, Stats } from "./count.ts";
import {
  courseTable,
  durationInWords,
  lessonsTable,
  lettersTable,
  liftTable,
  number,
  originsTable,
  peopleTable,
  type StatsTable,
  weeksTable,
} from "./tables.ts";
import type { WeekOfStats } from "./weeks.ts";

const MINUTES_IN_AN_HOUR = 60;

/** The counts as one page: plots with their tables, light and dark, without a script or anything from elsewhere. */
export function statsPage(stats: Stats, place: string): string {
  const body = [
    `<h1>How the list is doing</h1>`,
    `<p class="as-of">${escapeHtml(place)}, as of ${stats.asOf.slice(0, 16).replace("T", " ")} UTC. Nobody is named here.</p>`,
    tiles(stats),
    "<h2>By week</h2>",
    figure("sign-ups", signUpsPlot(stats.weeks), "latest"),
    figure("courses", coursesPlot(stats.weeks), "latest"),
    figure("ends", endsPlot(stats.weeks), "latest"),
    htmlTable(weeksTable(stats.weeks)),
    htmlTable(originsTable(stats)),
    ...stats.courses.flatMap(courseSection),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>How the list is doing</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
}

/** A course's figures as markup. */
function courseSection(course: CourseCount, at: number): string[] {
  const id = `course-${at + 1}`;
  return [
    `<h2>${escapeHtml(course.title)}</h2>`,
    htmlTable({ ...courseTable(course), caption: "Enrolments as they stand now" }),
    figure(`${id}-lessons`, lessonsPlot(course)),
    figure(`${id}-leaving`, leavingPlot(course)),
    figure(`${id}-times`, timesPlot(course)),
    htmlTable({ ...lessonsTable(course), caption: "Lessons" }),
    ...(course.lift.n > 0 ? [figure(`${id}-ratings`, ratingsPlot(course))] : []),
    ...(course.letters.length > 0 ? [htmlTable(lettersTable(course))] : []),
    htmlTable(liftTable(course)),
  ];
}

function signUpsPlot(weeks: readonly WeekOfStats[]): Plot {
  return {
    ...ofWeeks(weeks),
    title: "Sign-ups and confirmations by week",
    description: `${sumColumn(weeks, "signUps")} sign-ups and ${sumColumn(weeks, "confirmations")} confirmations in ${weeks.length} weeks.`,
    series: [
      { name: "signed up", as: "bar", values: weeks.map(({ signUps }) => signUps) },
      { name: "confirmed", as: "bar", values: weeks.map(({ confirmations }) => confirmations) },
    ],
  };
}

function coursesPlot(weeks: readonly WeekOfStats[]): Plot {
  const [first, last] = [weeks[0], weeks.at(-1)];
  return {
    ...ofWeeks(weeks),
    title: "In a course when the week ended",
    description: `From ${number(first?.inCourse ?? 0)} to ${number(last?.inCourse ?? 0)} people in ${weeks.length} weeks.`,
    series: [{ name: "in a course", as: "line", values: weeks.map(({ inCourse }) => inCourse) }],
  };
}

function endsPlot(weeks: readonly WeekOfStats[]): Plot {
  return {
    ...ofWeeks(weeks),
    title: "Finished and left by week",
    description: `${sumColumn(weeks, "finished")} finished and ${sumColumn(weeks, "left")} left in ${weeks.length} weeks.`,
    series: [
      { name: "finished", as: "bar", values: weeks.map(({ finished }) => finished) },
      { name: "left", as: "bar", values: weeks.map(({ left }) => left) },
    ],
  };
}

const ofWeeks = (weeks: readonly WeekOfStats[]) => ({
  categories: weeks.map(({ from }) => from.slice("2026-".length)),
  categoryName: "week of",
  valueName: "people",
});

const sumColumn = (weeks: readonly WeekOfStats[], what: Exclude<keyof WeekOfStats, "from">): string =>
  number(weeks.reduce((sum, week) => sum + week[what], 0));

function lessonsPlot({ title, lessons }: CourseCount): Plot {
  const counts = lessons.map(({ delivered, replied }, at) => `lesson ${at + 1}: ${delivered}, ${replied}`);
  return {
    ...ofLessons(lessons.length),
    title: `Lessons of ${title}: delivered and replied to`,
    description: `How many were delivered, and how many of them replied to. ${counts.join("; ")}.`,
    valueName: "mails",
    series: [
      { name: "delivered", as: "bar", values: lessons.map(({ delivered }) => delivered) },
      { name: "replied to", as: "bar", values: lessons.map(({ replied }) => replied) },
    ],
  };
}

function leavingPlot({ title, lessons }: CourseCount): Plot {
  return {
    ...ofLessons(lessons.length),
    title: `Left after which lesson of ${title}`,
    description: `${lessons.map(({ leftAfter }, at) => `lesson ${at + 1}: ${leftAfter}`).join("; ")}.`,
    valueName: "people",
    series: [{ name: "left after it", as: "bar", values: lessons.map(({ leftAfter }) => leftAfter) }],
  };
}

function timesPlot({ title, lessons }: CourseCount): Plot {
  const hours = (minutes: number | null) =>
    minutes === null ? null : Math.round((minutes / MINUTES_IN_AN_HOUR) * 10) / 10;
  const times = lessons.map(
    ({ medianMinutesToReply: minutes }, at) => `lesson ${at + 1}: ${durationInWords(minutes)}`,
  );
  return {
    ...ofLessons(lessons.length),
    title: `Median time to the first reply, by lesson of ${title}`,
    description: `${times.join("; ")}.`,
    valueName: "hours",
    series: [
      {
        name: "median time to the first reply",
        as: "bar",
        values: lessons.map(({ medianMinutesToReply }) => hours(medianMinutesToReply)),
      },
    ],
  };
}

const ofLessons = (count: number) => ({
  categories: Array.from({ length: count }, (_, at) => String(at + 1)),
  categoryName: "lesson",
});

function ratingsPlot({ lift }: CourseCount): Plot {
  return {
    title: `Ratings before and after, n = ${lift.n}`,
    description: `Of ${lift.n} who rated both times: before ${lift.ratingsBefore.join(", ")} and after ${lift.ratingsAfter.join(", ")} gave 1, 2, 3, 4 and 5.`,
    categories: ["1", "2", "3", "4", "5"],
    categoryName: "rating",
    valueName: "people",
    series: [
      { name: "before", as: "bar", values: lift.ratingsBefore },
      { name: "after", as: "bar", values: lift.ratingsAfter },
    ],
  };
}

function tiles(stats: Stats): string {
  const items = peopleTable(stats).rows.map(
    ([name = "", count = ""]) => `<div><dt>${escapeHtml(name)}</dt><dd>${count}</dd></div>`,
  );
  return `<dl class="tiles">${items.join("")}</dl>`;
}

/** Wider than a telephone: it can be moved sideways there, by keyboard as well. */
/** @param begins where a screen that is too narrow begins to show it: of weeks, the latest */
const figure = (id: string, plot: Plot, begins: "first" | "latest" = "first"): string =>
  `<figure><figcaption>${escapeHtml(plot.title)}</figcaption><div class="wide ${begins}" tabindex="0" role="group" aria-label="${escapeHtml(plot.title)}">${drawPlot(plot, id)}</div></figure>`;

function htmlTable({ caption, head, rows, note }: StatsTable): string {
  const headings = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const lines = rows.map(([name = "", ...cells]) => {
    const numbers = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(name)}</th>${numbers}</tr>`;
  });
  const table = `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${headings}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
  const text = note ? `<p class="note">${escapeHtml(note)}</p>` : "";
  if (rows.length === 0) return `<p><b>${escapeHtml(caption)}</b></p>${text}`;
  return `<div class="wide" tabindex="0" role="group" aria-label="${escapeHtml(caption)}">${table}</div>${text}`;
}

/** Colours of the plots where the screen is dark, in the order of those they take the place of. */
const DARK = ["#f2f2f4", "#4a4a50", "#7ab8ff", "#ffab66", "#5fd0a5"];
/** What a page needs in its style where the screen is dark. */
const inTheDark = [COLOURS.ink, COLOURS.faint, ...COLOURS.series]
  .map((colour, at) => `svg [fill="${colour}"]{fill:${DARK[at]}}svg [stroke="${colour}"]{stroke:${DARK[at]}}`)
  .join("");

const STYLE = `
:root{color-scheme:light dark;--ink:#1d1d1f;--quiet:#55555c;--paper:#fbfbfa;--card:#fff;--line:#dedee2}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:0}
h2{font-size:1.35rem;margin:3rem 0 1rem;padding-top:1.5rem;border-top:1px solid var(--line)}
.as-of,.note{color:var(--quiet);margin:.4rem 0 1.5rem}
.note{font-size:.9rem;max-width:44rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:0}
.tiles div{display:flex;flex-direction:column-reverse;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}
.tiles dt{color:var(--quiet);font-size:.9rem}
.tiles dd{margin:0;font-size:1.75rem;font-variant-numeric:tabular-nums}
figure{margin:0 0 1.25rem;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
figcaption{font-weight:600;margin-bottom:.75rem}
.wide{overflow-x:auto}
.latest{direction:rtl}
.latest>svg{direction:ltr}
svg{display:block;width:100%;min-width:36rem;height:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin-bottom:.5rem}
caption{text-align:left;font-weight:600;padding:.75rem 0 .5rem}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:bottom}
th:first-child{text-align:left;padding-left:0}
thead th{font-weight:600;font-size:.85rem;color:var(--quiet)}
tbody th{font-weight:400;min-width:9rem}
@media (prefers-color-scheme:dark){:root{--ink:#f2f2f4;--quiet:#b4b4bb;--paper:#161618;--card:#1f1f22;--line:#3a3a40}${inTheDark}}
@media print{.wide{overflow:visible}figure{break-inside:avoid}}
`;
