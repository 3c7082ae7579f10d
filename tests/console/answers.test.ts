import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isSelected } from "../../console/audience.ts";
import { runExport } from "../../console/export/export.ts";
import { readColumns } from "../../console/import/columns.ts";
import { type ImportFlags, runImport } from "../../console/import/order.ts";
import { readSelection } from "../../console/issue/audience.ts";
import type { Person } from "../../console/table/people.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { inertEnrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { addressHash, CONFIRM_LINK_LIFE, confirmToken } from "../../functions/links/links.ts";
import { webRoutes } from "../../functions/web/routes.ts";
import { ALONE, deploymentOf, typed } from "../support/console.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { aRequest } from "../support/pages.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 2, 4, 9);
const EVIDENCE = {
  source: "the form on old.example",
  date: "2024-05-01",
  words: "Yes, the course.",
} as const;
const course: Course = {
  ...aCourse("one", "two"),
  questions: [
    {
      ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: true },
      options: [
        { slug: "managers", label: "Managers", labels: { de: "Führungskräfte" } },
        { slug: "sellers", label: "Sellers" },
      ],
    },
    { slug: "not-yet", kind: "text", label: "What should be different?", isNeeded: false },
  ],
};

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld(plainContent(course), NOW);
  folder = mkdtempSync(join(tmpdir(), "answers-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.stop();
});

const importLines = (lines: readonly string[], flags: ImportFlags) => {
  const file = join(folder, "list.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return runImport(file, deploymentOf(world), { ...EVIDENCE, yes: true, ...flags }, ALONE);
};
const rejects = () => readFileSync(join(folder, "list.rejects.csv"), "utf8").trim().split("\r\n").slice(1);
const personAt = async (address: string): Promise<Subscriber | undefined> => {
  const id = await world.services.store.findSubscriber(
    addressHash(await world.services.keyring.keys(), address),
  );
  return id === undefined ? undefined : world.services.store.subscriber(id);
};
const answersAt = async (address: string) =>
  (await world.services.store.enrolment((await personAt(address))?.id ?? "", course.slug))?.answers;

describe("answers in a file that is imported", () => {
  const KIT = "email,first_name,state,created_at,answers.role,Goal,answers.shoe-size";

  it("are read by their column, an option by its name or its words; what is no answer is refused by its line", async () => {
    const lines = [
      KIT,
      "ada@x.example,Ada,active,2023-01-27,managers,Fewer calls,43",
      "bo@x.example,Bo,active,2023-01-27,führungskräfte,,",
      "cy@x.example,Cy,active,2023-01-27,,,",
      "di@x.example,Di,active,2023-01-27,owners,,",
    ];
    await importLines(lines, { "start-course": true });
    expect(await answersAt("ada@x.example")).toEqual({ role: "managers" });
    expect(await answersAt("bo@x.example")).toEqual({ role: "managers" });
    expect(await personAt("cy@x.example")).toMatchObject({ status: "active" });
    expect(await answersAt("cy@x.example")).toBeUndefined();
    expect(rejects()).toEqual([
      '"5","di@x.example","malformed","its answers.role ""owners"": it is one of managers, sellers"',
    ]);
  });

  it("are where the owner says that they are; a question that is not asked is an error before anything is read", async () => {
    const map = "email=email,first-name=first_name,answers.not-yet=Goal";
    const lines = [
      KIT,
      "ed@x.example,Ed,active,2023-01-27,sellers,Calmer weeks,",
      "fy@x.example,Fy,active,,,https://x.example,",
    ];
    await importLines(lines, { "start-course": true, map });
    expect(await answersAt("ed@x.example")).toEqual({ "not-yet": "Calmer weeks" });
    expect(rejects()).toEqual([
      expect.stringContaining('"3","fy@x.example","malformed","its answers.not-yet'),
    ]);
    expect(() =>
      readColumns(
        "f",
        KIT.split(","),
        "email=email,answers.size=Goal",
        undefined,
        undefined,
        course.questions,
      ),
    ).toThrow(
      "--map answers.size=Goal: the course asks nothing of that name. It takes answers.role=COLUMN,answers.not-yet=COLUMN.",
    );
    expect(() =>
      readColumns(
        "f",
        KIT.split(","),
        "email=email,answers.role=Size",
        undefined,
        undefined,
        course.questions,
      ),
    ).toThrow('f has no column "Size"');
  });

  it("are named among what nothing is taken of, where the course does not ask", () => {
    const { unread } = readColumns("f", KIT.split(","), undefined, [], undefined, course.questions);
    expect(unread).toContain("answers.shoe-size");
    expect(unread).not.toContain("answers.role");
  });

  it("do not hide that somebody has left: a column with a heading that says so still does", () => {
    const headings = ["email", "unsubscribed", "answers.role"];
    const { standings } = readColumns(
      "f",
      headings,
      "email=email,answers.role=unsubscribed",
      undefined,
      undefined,
      course.questions,
    );
    expect(standings.map(({ heading }) => heading)).toContain("unsubscribed");
  });

  it("wait for the button of who is asked first", async () => {
    await importLines([KIT, "gil@x.example,Gil,active,2023-01-27,sellers,,"], { confirm: true });
    const gil = await personAt("gil@x.example");
    expect(gil?.answersWaiting).toEqual({ course: { role: "sellers" } });
    const keys = await world.services.keyring.keys();
    const token = confirmToken(keys, { subscriber: gil?.id ?? "", expiresAt: NOW + CONFIRM_LINK_LIFE });
    await webRoutes["POST /confirm/{token}"]?.(world.services, aRequest("POST /confirm/{token}", { token }));
    expect(await answersAt("gil@x.example")).toEqual({ role: "sellers" });
  });
});

describe("answers in the owner's export", () => {
  it("have a column for each question, and come back by an import", async () => {
    const file = join(folder, "out.csv");
    await runExport(deploymentOf(world), "csv", file, { ...ALONE, isForced: true });
    const [heading = "", ...rows] = readFileSync(file, "utf8").trim().split("\r\n");
    expect(heading).toMatch(/"answers\.role","answers\.not-yet"$/);
    expect(rows.find((row) => row.includes("ada@x.example"))).toMatch(/"managers",""$/);
    expect(rows.find((row) => row.includes("ed@x.example"))).toMatch(/"","Calmer weeks"$/);
    const { answers, form } = readColumns(
      "f",
      heading.replace("\ufeff", "").replaceAll('"', "").split(","),
      undefined,
      undefined,
      undefined,
      course.questions,
    );
    expect([form, answers.map(({ question }) => question.slug)]).toEqual(["Coursepost", ["role", "not-yet"]]);
  });
});

describe("answers at the console", () => {
  it("show what was chosen; what was written only by --words", async () => {
    const show = async (address: string, ...flags: string[]) =>
      (await typed(deploymentOf(world), "subscribers", "show", (await personAt(address))?.id ?? "", ...flags))
        .out;
    expect(await show("ada@x.example")).toMatch(/^Answer +Whom do you lead\? Managers$/m);
    expect(await show("ed@x.example")).toMatch(
      /^Answer +What should be different\? \(written; --words shows it\)$/m,
    );
    expect(await show("ed@x.example", "--words")).toContain("What should be different? Calmer weeks");
  });
});

describe("a segment by answers", () => {
  const enrolled = (answers?: Record<string, string>): Person => ({
    subscriber: {
      id: "s1",
      status: "active",
      zone: "UTC",
      createdAt: NOW,
      consents: [],
    } as unknown as Subscriber,
    enrolments: [
      {
        ...inertEnrolment("s1", course.slug, { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" }, NOW),
        ...(answers && { answers }),
      },
    ],
  });
  const people = {
    managers: enrolled({ role: "managers" }),
    sellers: enrolled({ role: "sellers", "not-yet": "Fewer Calls" }),
    nothing: enrolled(),
  };

  it.each<[string, string[]]>([
    ["role=managers", ["managers"]],
    ["role=managers|sellers", ["managers", "sellers"]],
    ["role=none", ["nothing"]],
    ["not role=managers", ["sellers", "nothing"]],
    ['not-yet="fewer calls" and role=sellers', ["sellers"]],
    ["not-yet=fewer calls or role=managers", ["managers", "sellers"]],
    ["role=sellers and not not-yet=none", ["sellers"]],
  ])("%s", (asked, gets) => {
    const selection = readSelection("where", asked, [course]);
    expect(
      Object.entries(people).flatMap(([name, one]) => (isSelected(selection, one, [course]) ? name : [])),
    ).toEqual(gets);
  });

  it.each([
    ["role=owners", "--where role=owners? It is one of managers, sellers, none."],
    ["size=many", '--where does not know "size=many"'],
    ["role>=managers", '--where does not know "role>=managers"'],
  ])("that cannot be is refused: %s", (asked, says) => {
    expect(() => readSelection("where", asked, [course])).toThrow(says);
  });
});
