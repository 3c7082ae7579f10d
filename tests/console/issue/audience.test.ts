import { describe, expect, it } from "vitest";
import { readMoment } from "../../../cli/arguments.ts";
import { isInAudience, whyLeftOut } from "../../../console/audience.ts";
import { readAudience } from "../../../console/issue/audience.ts";
import type { Person } from "../../../console/table/people.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
} from "../../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";

const NOW = Date.UTC(2026, 2, 24);
const COURSES = [
  { slug: "course", questions: [], parts: [{ slug: "up", title: "Up" }], lessons: [] },
] as unknown as Course[];

function person(tags: string[], changes: Partial<Subscriber> = {}, enrolments: Enrolment[] = []): Person {
  const subscriber = {
    id: "reader",
    status: "active",
    newsletter: true,
    zone: "Europe/Berlin",
    createdAt: NOW,
    tags,
  };
  return { subscriber: { ...subscriber, ...changes } as Subscriber, enrolments };
}
const enrolled = withActivation(
  inertEnrolment("reader", "course", { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" }, NOW),
  NOW,
);
const isIn = (typed: string, of: Person): boolean =>
  isInAudience(readAudience(typed, undefined, COURSES), of, COURSES);

describe("an audience by choice", () => {
  it.each<[typed: string, gets: string[]]>([
    ["tag=vip or tag=customer", ["vip", "customer", "both"]],
    ["tag=vip and tag=customer", ["both"]],
    ["tag=vip, tag=customer", ["both"]],
    ["tag=vip and not tag=customer", ["vip"]],
    ["not (tag=vip or tag=customer)", ["neither", "words"]],
    ["tag=vip OR tag=customer, zone=Europe/*", ["vip", "customer", "both"]],
    ["tag=vip or tag=customer and zone=Asia/*", ["vip", "both"]],
    ["(tag=vip or tag=customer) and zone=Asia/*", []],
    ['tag="two words"', ["words"]],
    ["tag=two words", ["words"]],
    ["tag=two words or tag=vip", ["vip", "both", "words"]],
    ["", ["vip", "customer", "both", "neither", "words"]],
  ])("%s", (typed, gets) => {
    const people = {
      vip: ["vip"],
      customer: ["customer"],
      both: ["vip", "customer"],
      neither: ["other"],
      words: ["two words"],
    };
    const found = Object.entries(people).filter(([, tags]) => isIn(typed, person(tags)));
    expect(found.map(([name]) => name)).toEqual(gets);
  });

  it.each([
    "tag=vip & tag=customer",
    "tag=vip && tag=customer",
    "tag=vip tag=customer",
    "tag=vip or",
    "or tag=vip",
    "(tag=vip",
    "tag=vip)",
    "tag",
    "tag=",
    "tag>vip",
    "colour=red",
    "not",
    "tag=vip | tag=customer=x",
  ])("that is of another form is refused, and shown the right one: %s", (typed) => {
    expect(() => readAudience(typed, undefined, COURSES)).toThrow(
      /(?:does not know "[^"]*.*|bracket.*|no "\(" opens)\. It takes: state=/,
    );
  });

  it("leaves out those in mid-course, unless a condition or a flag names them, and says so", () => {
    const busy = person(["vip"], {}, [enrolled]);
    expect(isIn("tag=vip", busy)).toBe(false);
    expect(isIn("not state=left", busy)).toBe(false);
    expect(isIn("tag=vip or state=mid-course", busy)).toBe(true);
    expect(isInAudience(readAudience("tag=vip", "mid-course", COURSES), busy, COURSES)).toBe(true);
  });

  it.each([
    ["mid-course", person(["vip"], {}, [enrolled])],
    ["not asked for", person(["vip"], { newsletter: false })],
    ["unconfirmed", person(["vip"], { status: "unconfirmed" })],
    ["stopped", person(["vip"], { status: "stopped" })],
    [undefined, person(["vip"])],
    [undefined, person(["other"], { status: "stopped" })],
  ] as const)("tells of who is named and gets nothing: %s", (why, of) => {
    expect(whyLeftOut(readAudience("tag=vip", undefined, COURSES), of, COURSES)).toBe(why);
  });
});

describe("a zone in an audience", () => {
  it.each([
    ["zone=europe/berlin", true],
    ["zone=Europe/Berlin\u200b", true],
    ["zone=EUROPE / BERLIN", true],
    ["zone=europe/*", true],
    ["zone=Asia/Tokyo|europe/berlin", true],
    ["zone=US/Pacific", false],
  ])("is meant by whatever name it has: %s", (typed, is) => {
    expect(isIn(typed, person([]))).toBe(is);
  });

  it("is found by the name it had when it was written down", () => {
    expect(isIn("zone=US/Pacific", person([], { zone: "America/Los_Angeles" }))).toBe(true);
    expect(isIn("zone=Asia/Kolkata", person([], { zone: "Asia/Calcutta" }))).toBe(true);
    expect(isIn("zone=America/Argentina/*", person([], { zone: "America/Buenos_Aires" }))).toBe(true);
    expect(isIn("zone=UTC", person([], { zone: "Etc/UTC" }))).toBe(true);
  });

  it.each([
    ["zone=Mars/X", "There is no such zone. It is a name like Europe/Zurich, or a region: Africa/*"],
    ["zone=Zurich", "Did you mean zone=Europe/Zurich?"],
    ["zone=Europe/Zürich", "Did you mean zone=Europe/Zurich?"],
    ["zone=UTC|Europe/Berln", "Did you mean zone=Europe/Berlin?"],
    ["zone=Eurpe/*", "Did you mean zone=Europe/*?"],
    ["zone=*", "There is no such zone"],
    ["zone=+02:00", "There is no such zone"],
  ])("that is none is refused, with the one that is near: %s", (typed, says) => {
    expect(() => readAudience(typed, undefined, COURSES)).toThrow(says);
  });
});

describe("words of an audience that mean something else than they say", () => {
  it.each([
    [
      "tag=not vip",
      'has "not" where the value of "tag=" belongs. Write not tag=vip, or in quotes what is called so: tag="not vip"',
    ],
    ["tag=vip and tag=or", 'has "or" where the value of "tag=" belongs'],
    ["zone=not UTC", "Write not zone=UTC"],
    ["silent<0", "That is nobody. silent<1 are"],
    ["(tag=a or (tag=b)", 'opens a bracket behind "(" and does not close it'],
    ["tag=a and (tag=b", 'opens a bracket behind "tag=a and (" and does not close it'],
    ["tag=a)", 'has a ")" that no "(" opens'],
    ["()", "has brackets with nothing in them"],
  ])("are refused with what to write: %s", (typed, says) => {
    expect(() => readAudience(typed, undefined, COURSES)).toThrow(says);
  });

  it.each([
    "tag=\u201cnot vip\u201d",
    "tag=\u201enot vip\u201c",
    "tag=\u00abnot vip\u00bb",
    "tag='not vip'",
    "tag=\u2018not vip\u2019",
    'tag="not vip"',
  ])("are a value in quotes of whatever form: %s", (typed) => {
    expect(isIn(typed, person(["not vip"]))).toBe(true);
    expect(isIn(`not ${typed}`, person(["not vip"]))).toBe(false);
  });

  it("keep their own signs within straight quotes, and an apostrophe anywhere", () => {
    expect(isIn('tag="the \u201cbest\u201d"', person(["the \u201cbest\u201d"]))).toBe(true);
    expect(isIn("tag=o'neil or tag=x", person(["o'neil"]))).toBe(true);
  });
});

describe("a moment without a zone", () => {
  it("is meant by the clock of the stage's zone", () => {
    const berlin = (text: string) => new Date(readMoment("at", text, "Europe/Berlin")).toISOString();
    expect(berlin("2026-03-24T07:30")).toBe("2026-03-24T06:30:00.000Z");
    expect(berlin("2026-07-24T07:30")).toBe("2026-07-24T05:30:00.000Z");
    expect(berlin("2026-03-24")).toBe("2026-03-23T23:00:00.000Z");
    expect(berlin("2026-03-24T07:30Z")).toBe("2026-03-24T07:30:00.000Z");
    expect(() => berlin("2026-02-30T07:30")).toThrow("is not a moment");
    expect(() => berlin("2026-02-30T07:30Z")).toThrow("is not a moment");
  });
});
