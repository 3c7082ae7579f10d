import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { ROOT } from "../../../cli/root.ts";
import { testCourse } from "../../../console/course/test.ts";
import { TESTS_TO_OTHERS } from "../../../functions/domain/people/limits.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../functions/domain/time.ts";
import { addressHash } from "../../../functions/links/links.ts";
import type { Letter } from "../../../local/mailbox/letter.ts";
import { type OwnersCloud, openOwnersCloud, typed } from "../../support/console.ts";
import { Reader } from "../../support/reader.ts";

const TO = "test@owner.example";

describe("console course test", () => {
  let owners: OwnersCloud;
  let inbox: Reader;

  beforeAll(async () => {
    owners = await openOwnersCloud();
    inbox = new Reader(owners.cloud, TO);
  });
  afterAll(() => owners.stop());

  const deployment = async () => owners.reached(await loadContent(ROOT));
  const letters = (): Promise<Letter[]> => inbox.letters();

  it("mails a lesson to the address, marked as a test, and every link leads to a page that does nothing", async () => {
    const said = await testCourse(await deployment(), { to: TO, lesson: "bring-the-example", yes: true });
    expect(said).toMatch(/^Mail a test of managing-up-leading-down to test@owner\.example: now\./);
    await owners.cloud.advanceBy(2 * MINUTE);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.subject).toBe("[Test] Never ask without an example");
    const links = [...(letter?.html ?? "").matchAll(/href="(http:\/\/localhost[^"]*)"/g)].map(
      ([, url]) => url,
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(link).toContain("/test-mail");
  });

  it("asked for again with the same words, adds nothing", async () => {
    await testCourse(await deployment(), { to: TO, lesson: "bring-the-example", yes: true });
    await owners.cloud.advanceBy(5 * MINUTE);
    expect(await letters()).toHaveLength(1);
  });

  it("mails the whole course, one after another, and once though it is asked for twice meanwhile", async () => {
    const before = (await letters()).length;
    const asked = { to: TO, all: true, every: "10s", yes: true } as const;
    await testCourse(await deployment(), asked);
    await owners.cloud.advanceBy(30 * SECOND);
    expect((await letters()).length - before).toBeLessThan(8);
    await testCourse(await deployment(), asked);
    await owners.cloud.advanceBy(10 * MINUTE);
    const subjects = (await letters()).map(({ subject }) => subject);
    // The lesson that was mailed above stands for itself: its words are the same.
    expect(subjects).toHaveLength(before + 15);
    expect(new Set(subjects).size).toBe(16);
    expect(subjects).toContain("[Test] Your course, and how it works");
    expect(subjects).toContain("[Test] Two weeks on");
    expect(subjects.slice(-2)).toEqual([
      "[Test] Twelve lessons, in your own words",
      "[Test] Ninety days later",
    ]);
  });

  it("is not begun anew by midnight while mails of it wait; the day after, it may be", async () => {
    const reader = new Reader(owners.cloud, "midnight@owner.example");
    const asked = { to: reader.address, all: true, every: "1m", yes: true } as const;
    await owners.cloud.advanceBy(DAY - (owners.cloud.now() % DAY) - 5 * MINUTE);
    await testCourse(await deployment(), asked);
    await owners.cloud.advanceBy(7 * MINUTE);
    const meanwhile = (await reader.letters()).length;
    expect(meanwhile).toBeGreaterThan(0);
    expect(meanwhile).toBeLessThan(16);
    await testCourse(await deployment(), asked);
    await owners.cloud.advanceBy(HOUR);
    const subjects = await reader.subjects();
    expect(subjects).toHaveLength(16);
    expect(new Set(subjects).size).toBe(16);
    await testCourse(await deployment(), { to: reader.address, yes: true });
    await owners.cloud.advanceBy(2 * MINUTE);
    expect(await reader.subjects()).toHaveLength(17);
  });

  it("gets nothing more to an address that is suppressed while mails wait, and is refused for it then", async () => {
    const reader = new Reader(owners.cloud, "bounced@owner.example");
    const { services } = await deployment();
    await testCourse(await deployment(), { to: reader.address, all: true, every: "5m", yes: true });
    await owners.cloud.advanceBy(8 * MINUTE);
    // Well between two mails: none is on its way.
    expect(await reader.letters()).toHaveLength(2);
    await services.store.suppress(addressHash(await services.keyring.keys(), reader.address), "bounce");
    await owners.cloud.advanceBy(80 * MINUTE);
    expect(await reader.letters()).toHaveLength(2);
    const refused = await typed(await deployment(), "course", "test", "--to", reader.address, "--yes");
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.error).toMatch(/^bounced@owner\.example must not be mailed/);
  });

  it.each([
    [["--yes"], /course test needs --to ADDRESS/],
    [["--to", "nobody", "--yes"], /--to nobody is not an email address/],
    [
      ["--to", TO, "--lesson", "none", "--yes"],
      /--lesson: managing-up-leading-down has no "none"; it has headwinds-inside/,
    ],
    [["--to", TO, "--course", "none", "--yes"], /--course: there is no "none"; there are managing-up/],
    [["--to", TO, "--all", "--lesson", "who-is-in", "--yes"], /--all and --lesson exclude each other/],
    [["--to", TO, "--every", "1m", "--yes"], /--every goes with --all/],
    [["--to", TO, "--all", "--every", "1s", "--yes"], /--every 1s: write 10s to 1h/],
    [["--to", TO, "--all", "--every", "soon", "--yes"], /--every soon: write 10s to 1h/],
    [["--to", TO], /There is nobody to ask here: add --yes/],
  ])("refuses %j with status 2 and one sentence", async (given, why) => {
    const outcome = await typed(await deployment(), "course", "test", ...given);
    expect(outcome).toMatchObject({ exitCode: 2, out: "" });
    expect(outcome.error).toMatch(why);
  });

  it("is refused on a stage without a course, and mails one of the content's by its name", async () => {
    const reached = await deployment();
    const { services } = reached;
    const newsletterOnly = {
      ...reached,
      services: { ...services, settings: { ...services.settings, courses: [] } },
    };
    const refused = await typed(newsletterOnly, "course", "test", "--to", TO, "--yes");
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.error).toMatch(/^Stage local has no course to try\. .* coursepost issue test SLUG\.\n?$/);
    const named = await typed(
      newsletterOnly,
      ...[
        "course",
        "test",
        "--to",
        TO,
        "--course",
        "managing-up-leading-down",
        "--lesson",
        "who-is-in",
        "--yes",
      ],
    );
    expect(named, "control").toMatchObject({ exitCode: 0 });
  });

  it("is refused when tests to others were asked for twenty times within a day", async () => {
    const reached = await deployment();
    for (let times = 0; times < TESTS_TO_OTHERS.most; times++)
      await reached.services.store.count(TESTS_TO_OTHERS);
    const outcome = await typed(reached, "course", "test", "--to", TO, "--yes");
    expect(outcome).toMatchObject({ exitCode: 2, out: "" });
    expect(outcome.error).toMatch(
      /asked for 20 times within a day; that is the most\. Ask again tomorrow\.$/,
    );
  });
});
