import type { CourseCount, Stats } from "./count.ts";
import type { WeekOfStats } from "./weeks.ts";

/** A table as a terminal and a page show it: the first column names the row, the others are numbers. */
export interface StatsTable {
  caption: string;
  head: string[];
  rows: string[][];
  /** What must be known to read it right. */
  note?: string;
}

export const number = (count: number): string => count.toLocaleString("en");

export function peopleTable({ people }: Stats): StatsTable {
  return {
    caption: "People",
    head: ["as they stand now", "people"],
    rows: [
      ["in the list", number(people.active)],
      ["of them with the newsletter", number(people.newsletter)],
      ["not confirmed yet", number(people.unconfirmed)],
      ["stopped", number(people.stopped)],
    ],
  };
}

export function weeksTable(weeks: readonly WeekOfStats[]): StatsTable {
  return {
    caption: "By week, from Monday, UTC",
    head: ["week of", "signed up", "confirmed", "in a course", "finished", "left"],
    rows: weeks.map(({ from, ...week }) => [
      from,
      ...[week.signUps, week.confirmations, week.inCourse, week.finished, week.left].map(number),
    ]),
    note: "Who was imported counts in the week in which they joined elsewhere. In a course: when the week ended, or now; when somebody paused is not kept, so those who pause are among them.",
  };
}

export function originsTable({ origins }: Stats): StatsTable {
  return {
    caption: "Where people came from",
    head: ["by the link's ?from=, else the site", "confirmed", "still in the list"],
    rows: origins.map(({ origin, confirmed, active }) => [origin, number(confirmed), number(active)]),
    note: "By the request that each confirmed first. A browser need not tell the site, and an import brings none.",
  };
}

export function courseTable({ title, now }: CourseCount): StatsTable {
  return {
    caption: title,
    head: ["enrolments now", "people"],
    rows: [
      ["active", number(now.active)],
      ["paused", number(now.paused)],
      ["finished", number(now.completed)],
      ["left", number(now.left)],
    ],
  };
}

export function lessonsTable({ title, lessons }: CourseCount): StatsTable {
  return {
    caption: `Lessons of ${title}`,
    head: [
      "lesson",
      "sent",
      "delivered",
      "bounced",
      "spam",
      "replied",
      "move made",
      "left after it",
      "median time to reply",
    ],
    rows: lessons.map((lesson, at) => [
      `${at + 1}. ${lesson.title}`,
      ...[lesson.sent, lesson.delivered, lesson.bounced, lesson.complained, lesson.replied].map(number),
      lesson.movesTold === 0 ? "–" : `${number(lesson.movesMade)} of ${number(lesson.movesTold)}`,
      number(lesson.leftAfter),
      durationInWords(lesson.medianMinutesToReply),
    ]),
    note: "Replied: how many of its mails got a reply in the reader's own words. Move made: of the readers who said what became of its move. Left after it: who left with this as their latest lesson.",
  };
}

export function lettersTable({ title, letters }: CourseCount): StatsTable {
  return {
    caption: `Letters after ${title}`,
    head: ["letter", "to come", "not wanted", "sent", "replied"],
    rows: letters.map(({ subject, waiting, refused, sent, replied }) => [
      subject,
      ...[waiting, refused, sent, replied].map(number),
    ]),
    note: "To come: announced to so many, and not left yet. Not wanted: their readers have pressed or written “no letters”.",
  };
}

export function liftTable({ lift }: CourseCount): StatsTable {
  const { n, onlyBefore, before, after, question } = lift;
  const rows = [1, 2, 3, 4, 5].map((rating, at) => [
    String(rating),
    number(lift.ratingsBefore[at] ?? 0),
    number(lift.ratingsAfter[at] ?? 0),
  ]);
  return {
    caption: `Ratings before and after: “${question}”`,
    head: ["rating", "before", "after"],
    rows: n === 0 ? [] : [...rows, ["mean", decimal(before), decimal(after)]],
    note: `${n === 0 ? "Nobody has rated both times yet" : `n = ${number(n)}, who rated both times`}; ${number(onlyBefore)} rated only before. It claims nothing: who rates twice has stayed to the end.`,
  };
}

const decimal = (mean: number | null): string => (mean === null ? "" : mean.toFixed(2));

/** `3 h 20 min`, `2.5 days`; a dash if there is none. */
export function durationInWords(minutes: number | null): string {
  if (minutes === null) return "–";
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  if (whole < 48 * 60) return `${Math.floor(whole / 60)} h ${whole % 60} min`;
  return `${(whole / (24 * 60)).toFixed(1)} days`;
}

/** All tables, in the order in which they are read. */
const makeTables = (stats: Stats): StatsTable[] => [
  peopleTable(stats),
  weeksTable(stats.weeks),
  originsTable(stats),
  ...stats.courses.flatMap((course) => [
    courseTable(course),
    lessonsTable(course),
    ...(course.letters.length > 0 ? [lettersTable(course)] : []),
    liftTable(course),
  ]),
];

/** The tables as a terminal shows them. @param heading how a caption stands out */
export function tablesText(stats: Stats, heading: (text: string) => string = (text) => text): string {
  return makeTables(stats)
    .map(({ caption, head, rows, note }) =>
      [
        heading(caption),
        ...(rows.length > 0 ? lines([head, ...rows]) : []),
        ...(note ? wrapWords(note) : []),
      ].join("\n"),
    )
    .join("\n\n");
}

const LONGEST_NAME = 44;
const WIDTH = 96;

function lines(rows: readonly string[][]): string[] {
  const cut = (text: string) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);
  const cells = rows.map(([name = "", ...rest]) => [cut(name), ...rest]);
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? "").length)));
  return cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function wrapWords(text: string): string[] {
  const out = [""];
  for (const word of text.split(" ")) {
    const last = out.at(-1) ?? "";
    if (last.length + word.length >= WIDTH) out.push(word);
    else out[out.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return out;
}
