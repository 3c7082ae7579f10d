import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { courseSchema, lessonSchema } from "../../../authoring/compile/front-matter.ts";
import type { Problem } from "../../../authoring/compile/sources.ts";
import { checkTiming, checkWait, compileTiming, readDays } from "../../../authoring/compile/timing.ts";
import { readYaml, splitFrontMatter } from "../../../authoring/compile/yaml.ts";
import { ROOT } from "../../../cli/root.ts";
import { rhythmName, WEEKDAYS, type Weekday } from "../../../functions/domain/course/cadence.ts";
import { collectProblems } from "../../support/problems.ts";

const FOLDER = "content/courses/managing-up-leading-down";
const FILE = join(FOLDER, "course.yaml");
const yaml = readFileSync(join(ROOT, FILE), "utf8");
const lesson = splitFrontMatter(readFileSync(join(ROOT, FOLDER, "lessons/bring-the-example.md"), "utf8"));

/** The course that ships, with more lines at its beginning. */
function read(lines: string, from = yaml) {
  const { sources, problems } = collectProblems();
  const checked = readYaml(sources, FILE, `${lines}\n${from}`, courseSchema);
  if (checked) checkTiming(sources, FILE, checked);
  return { checked, problems };
}

function compile(lines: string, from = yaml) {
  const { checked, problems } = read(lines, from);
  if (!checked || problems.length > 0) throw new Error(problems.map(({ todo }) => todo).join("\n"));
  const { defaults } = checked.value;
  const weekday = (WEEKDAYS.indexOf(defaults.weekday) + 1) as Weekday;
  return compileTiming({ ...checked.value, defaults: { ...defaults, weekday } });
}

const inOneLine = ({ line, field, todo }: Problem) => `${line} ${field}: ${todo}`;

describe("the calendar of a course", () => {
  it("says no more than its author does: one that names no pace is weekly", () => {
    expect(compile("")).toEqual({ defaults: { weekday: 2, time: "07:30", pace: "weekly" } });
  });

  it("has its week, the paces that it allows, and the first of them where weekly is none", () => {
    const timing = compile(
      'week: Sunday to Thursday\npaces: [every-two-weeks, "Tuesday, Thursday, Sunday", Sunday to Thursday]',
    );
    expect(timing.defaults).toEqual({
      ...{ weekday: 2, time: "07:30", pace: "weekly", weeks: 2, week: [7, 1, 2, 3, 4] },
    });
    expect(timing.paces?.map(rhythmName)).toEqual(["every-two-weeks", "days-247", "workdays"]);
    expect(timing.paces?.[1]?.days).toEqual([7, 2, 4]);
  });

  it("has the days on which it begins, one or several, and what happens after the last", () => {
    expect(compile("starts: 2027-01-12\nafterTheLast: closed").starts).toEqual({
      dates: ["2027-01-12"],
      afterTheLast: "closed",
    });
    const several = compile("starts: [2027-01-12, 2027-03-09]\nafterTheLast: starts at once").starts;
    expect(several?.dates).toEqual(["2027-01-12", "2027-03-09"]);
  });

  it.each([
    ["Sunday to Thursday", [7, 1, 2, 3, 4]],
    ["Monday, Wednesday, Friday", [1, 3, 5]],
    ["Monday,Monday", undefined],
    ["Mon to Fri", undefined],
    ["", undefined],
  ])("reads “%s” as days", (text, days) => {
    expect(readDays(text)).toEqual(days);
  });
});

describe("a mistake in it", () => {
  it.each([
    ["paces: [fortnightly]", "1 paces.0: is not a pace; write one of every-two-weeks, weekly"],
    ["paces: [Monday]", "1 paces.0: is not a pace;"],
    ["paces: weekly", "1 paces: is not a list of paces;"],
    ["paces: []", "1 paces: is empty;"],
    ["paces:\n  - weekly\n  - weekly", "3 paces.1: names a pace a second time, weekly;"],
    [
      'paces: [weekly, "Friday, Saturday"]',
      "1 paces.1: names Saturday, on which the course sends no lessons;",
    ],
    ["week: weekdays", "1 week: is not a week; write two days or more"],
    [
      "week: Wednesday to Sunday",
      "field defaults.weekday: is not a day of the course's week, Wednesday to Sunday;",
    ],
    ["starts: 2027-02-30\nafterTheLast: closed", "1 starts.0: is not a day; write for example 2027-01-12"],
    ["starts: soon\nafterTheLast: closed", "1 starts.0: is not a day;"],
    ["starts: 2027-01-12", "1 starts: says nothing of who signs up after the last day;"],
    ["afterTheLast: closed", "1 afterTheLast: is said of no day;"],
    ["starts: 2027-01-12\nafterTheLast: maybe", "2 afterTheLast: is not known;"],
    [
      "starts: 2027-01-16\nafterTheLast: closed",
      "1 starts.0: is a Saturday, on which the course sends no lessons;",
    ],
    [
      "starts:\n  - 2027-03-09\n  - 2027-01-12\nafterTheLast: closed",
      "3 starts.1: is no later than the day before it in the list;",
    ],
    [
      "week: Monday to Tuesday\npaces: [twice-weekly]",
      "2 paces.0: does not fit into the week Monday to Tuesday",
    ],
  ])("%s is refused with its line", (lines, says) => {
    const said = read(lines).problems.map(inOneLine).join("\n");
    expect(said).toContain(says.replace(/^field /, ""));
  });

  it("is a pace to begin with that the course does not allow", () => {
    const from = yaml.replace('time: "07:30"', 'time: "07:30"\n  pace: workdays');
    const [problem] = read("paces: [weekly]", from).problems;
    expect(problem).toMatchObject({ field: "defaults.pace" });
    expect(problem?.todo).toContain("is not among the course's paces, workdays");
    expect(from.split("\n")[(problem?.line ?? 0) - 2]).toContain("pace: workdays");
  });
});

describe("what a lesson waits", () => {
  const readLesson = (after: string, isFirst = false) => {
    const { sources, problems } = collectProblems();
    const checked = readYaml(sources, "lesson.md", `${lesson?.yaml}\nafter: ${after}`, lessonSchema);
    if (checked) checkWait(sources, "lesson.md", { ...checked, isFirst });
    return { after: checked?.value.after, said: problems.map(({ todo }) => todo).join("\n") };
  };

  it("is days or weeks", () => {
    expect(readLesson("3 days").after).toBe(3);
    expect(readLesson("1 day").after).toBe(1);
    expect(readLesson("2 weeks").after).toBe(14);
  });

  it.each([
    ["3", "is not a wait; write for example 3 days"],
    ["soon", "is not a wait"],
    ["0 days", "two lessons never come on one day"],
    ["90 days", "is longer than 60 days"],
  ])("is not %s", (after, says) => {
    expect(readLesson(after).said).toContain(says);
  });

  it("is nothing for the first lesson", () => {
    expect(readLesson("3 days", true).said).toContain("is in the first lesson");
  });
});
