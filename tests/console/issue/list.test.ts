import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ArgumentError } from "../../../cli/arguments.ts";
import { ROOT } from "../../../cli/root.ts";
import { listIssues } from "../../../console/issue/list.ts";
import { sendIssue } from "../../../console/issue/send.ts";
import { cancelBroadcast, pauseBroadcast } from "../../../console/issue/start-broadcast.ts";
import { runLane } from "../../../functions/deliver/lane.ts";
import { addNewsletterReader, anIssue } from "../../support/audience.ts";
import { deploymentOf } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { startWorld, type World } from "../../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 10);

describe("the list of issues", () => {
  let world: World;
  let root = "";
  let listed = "";
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "coursepost-list-"));
    for (const name of ["content", "templates"])
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
    writeFileSync(
      join(root, "content/newsletter/unreadable.md"),
      Buffer.from("---\ntitle: Café\n", "latin1"),
    );
    writeFileSync(
      join(root, "content/newsletter/unfinished.md"),
      '---\ntitle: Soon\nsubject: "Soon: more"\npreview:\n---\n\nText.\n',
    );
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    await addNewsletterReader(world.services, "ann@x.example");
    for (const slug of ["later", "called-off", "held"]) await send(slug, "2026-06-13T08:00");
    await send("gone-out");
    await send("for-few", undefined, "private");
    for (let lane = 0; lane < 4; lane++) await runLane(world.services, { lane });
    await send("on-its-way");
    await cancelBroadcast(world.services.broadcasts, "called-off");
    await pauseBroadcast(world.services.broadcasts, "held");
    listed = await list();
  }, 60_000);
  afterAll(async () => {
    rmSync(root, { recursive: true, force: true });
    await world.stop();
  });

  const send = (slug: string, at?: string, archive?: string) =>
    sendIssue(
      anIssue(slug),
      deploymentOf(world),
      { yes: true, ...(at !== undefined && { at }), ...(archive && { archive }) },
      () => {},
    );
  const list = (reach = async () => deploymentOf(world), isStageNamed = false) =>
    listIssues(root, reach, isStageNamed);
  const lineOf = (slug: string) => listed.split("\n").find((line) => line.startsWith(`${slug} `));

  it.each([
    ["unreadable", "draft"],
    ["unfinished", "draft", "Soon: more"],
    ["declining-a-number-with-grace", "checked", "Declining a number with grace"],
    ["later", "scheduled", "Sat 13 Jun 2026, 08:00 CEST"],
    ["on-its-way", "sending", "Mon 1 Jun 2026, 12:00 CEST"],
    ["held", "paused", "Sat 13 Jun 2026, 08:00 CEST"],
    ["gone-out", "sent", "Mon 1 Jun 2026, 12:00 CEST"],
    ["called-off", "cancelled", "Sat 13 Jun 2026, 08:00 CEST"],
    ["for-few", "sent", "News (private)"],
  ])("says of %s that it is %s, and when it leaves by the stage's clock", (slug, state, more = "") => {
    expect(lineOf(slug)).toMatch(new RegExp(`^${slug} +${state}(?: |$)`));
    expect(lineOf(slug)).toContain(more);
  });

  it("marks what is kept out of the archive, and nothing else", () => {
    expect(listed.split("\n").filter((line) => line.includes("(private)"))).toHaveLength(1);
  });

  it("names the clock", () => {
    expect(listed).toMatch(/\nMoments by the clock of Europe\/Berlin \(this machine\)\.$/);
  });

  it("is told from the files alone where nothing runs, and says what is not known", async () => {
    const nowhere = async (): Promise<never> => {
      throw new ArgumentError("Nothing runs on this machine.");
    };
    const said = await list(nowhere);
    expect(said).toMatch(/^unreadable +draft$/m);
    expect(said).toMatch(
      /\nWhat was sent or is scheduled is not known here\. Nothing runs on this machine\.$/,
    );
    await expect(list(nowhere, true)).rejects.toThrow("Nothing runs on this machine.");
  });
});
