import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIssue } from "../../../console/issue/issue.ts";
import type { SendFlags } from "../../../console/issue/send.ts";
import { sendIssue } from "../../../console/issue/send.ts";
import {
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
  startBroadcast,
} from "../../../console/issue/start-broadcast.ts";
import type { AllPeople } from "../../../console/table/people.ts";
import { runLane } from "../../../functions/deliver/lane.ts";
import { inertEnrolment, withActivation } from "../../../functions/domain/course/enrolment.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { addNewsletterReader, anIssue } from "../../support/audience.ts";
import { deploymentOf } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { CADENCE, startWorld, type World } from "../../support/services.ts";

/** Noon of a summer's Monday in Berlin, where the stage of these tests is. */
const NOW = Date.UTC(2026, 5, 1, 10);
const READERS = ["ann", "bo", "cy", "di"];

describe("an owner who sends an issue", () => {
  let world: World;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "send-"));
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    for (const name of READERS)
      await addNewsletterReader(world.services, `${name}@x.example`, {
        tags: name < "c" ? ["vip"] : [],
      });
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  });

  const send = async (flags: SendFlags = {}, issue = anIssue()) => {
    const { says } = await sendIssue(issue, deploymentOf(world), { yes: true, ...flags }, () => {});
    return says.join("\n");
  };
  const lanes = async () => {
    for (let lane = 0; lane < 4; lane++) await runLane(world.services, { lane });
  };
  const at = async (moment: string) => {
    world.clock.set(Date.parse(moment));
    await lanes();
    await lanes();
  };
  const mailed = () => world.ses.sent.map(({ to }) => to.split("@")[0]).sort();
  const status = () => runIssue("status", "news", deploymentOf(world));
  const found = () => world.services.broadcasts.broadcast("news");

  it("can name another day as long as nobody was mailed, and it leaves on that day only", async () => {
    await send({ at: "2026-06-13T08:00" });
    await send({ at: "2026-06-14T09:30" });
    await at("2026-06-13T12:00Z");
    expect(mailed()).toEqual([]);
    await at("2026-06-14T07:31Z");
    expect(mailed()).toEqual(READERS);
    await at("2026-06-15T12:00Z");
    expect(mailed()).toEqual(READERS);
  });

  it.each([
    ["everybody's issue is public", {}, undefined, undefined],
    ["a segment's is private", { audience: "tag=vip" }, undefined, true],
    ["who is in mid-course is no segment", { include: "mid-course" }, undefined, undefined],
    ["everybody by name is no segment", { audience: "everybody" }, undefined, undefined],
    [
      "a segment's is public where the owner says so",
      { audience: "tag=vip", archive: "public" },
      undefined,
      undefined,
    ],
    ["a segment's is public where its file says so", { audience: "tag=vip" }, "public", undefined],
    ["everybody's is private where its file says so", {}, "private", true],
    ["the owner's word counts before the file's", { archive: "public" }, "private", undefined],
    ["everybody's is private where the owner says so", { archive: "private" }, undefined, true],
  ] as const)("in the archive, %s", async (_, flags, archive, isPrivate) => {
    await send(flags, { ...anIssue(), archive });
    expect((await found())?.isPrivate || undefined).toBe(isPrivate);
  });

  it("says that a segment's issue is private, and how to show it; nothing where there is no archive", async () => {
    expect(await send({ audience: "tag=vip", "dry-run": true })).toMatch(
      /^Archive +private: it goes to a segment; --archive public shows it to everybody$/m,
    );
    expect(await send({ "dry-run": true })).not.toContain("Archive");
    world.services.settings = { ...world.services.settings, archive: false };
    expect(await send({ audience: "tag=vip", "dry-run": true })).not.toContain("Archive");
  });

  it("keeps an issue private while nothing else is said, and shows it when the owner does", async () => {
    await send({ audience: "tag=vip" });
    await send();
    expect((await found())?.isPrivate).toBe(true);
    await send({ archive: "public" });
    expect(await found()).toMatchObject({ isPrivate: false, audience: "tag=vip" });
  });

  it("is sent in portions: so many in 24 hours, the others at the same hour of the days after", async () => {
    await send({ "per-day": "2" });
    await at("2026-06-01T10:01Z");
    expect(mailed()).toHaveLength(2);
    await at("2026-06-02T09:59Z");
    expect(mailed()).toHaveLength(2);
    await at("2026-06-02T10:02Z");
    expect(mailed()).toEqual(READERS);
  });

  it("sends a portion by each reader's clock, and the next one by the same clock", async () => {
    await send({ local: "13:00", "per-day": "3" });
    await at("2026-06-01T13:01Z");
    expect(mailed()).toHaveLength(3);
    await at("2026-06-02T12:59Z");
    expect(mailed()).toHaveLength(3);
    // The portion began a minute after one o'clock; the next begins at one o'clock after its 24 hours.
    await at("2026-06-03T13:00Z");
    expect(mailed()).toEqual(READERS);
  });

  it("sends no more than a portion after a pause of days", async () => {
    await send({ "per-day": "1" });
    await at("2026-06-01T10:01Z");
    await pauseBroadcast(world.services.broadcasts, "news");
    await at("2026-06-09T10:00Z");
    expect(mailed()).toHaveLength(1);
    await resumeBroadcast(world.services.broadcasts, "news");
    await at("2026-06-09T10:10Z");
    expect(mailed()).toHaveLength(2);
  });

  it("can make the portions larger and smaller on the way: what has left today counts", async () => {
    await send({ "per-day": "1" });
    await at("2026-06-01T10:01Z");
    await send({ "per-day": "3" });
    expect((await found())?.portion?.left).toBe(2);
    await send({ "per-day": "1" });
    expect((await found())?.portion?.left).toBe(0);
    expect(await status()).toMatch(/^Portions +1 in 24 hours; 0 more until Tue 2 Jun 2026, 12:01 CEST/m);
  });

  it.each(["0", "-1", "many", "1.5", "10000000", ""])("refuses portions of %j, by name", async (typed) => {
    await expect(send({ "per-day": typed })).rejects.toThrow(`--per-day ${typed} is not a number of readers`);
    expect(await found()).toBeUndefined();
  });

  it("refuses an archive that is neither, by name", async () => {
    await expect(send({ archive: "hidden" })).rejects.toThrow(
      "--archive hidden? It takes public or private.",
    );
  });

  it.each([
    [{ "per-day": "1" }, undefined, "Thu 4 Jun 2026", "1 in 24 hours"],
    [{ "per-day": "3" }, undefined, "Tue 2 Jun 2026", "3 in 24 hours"],
    [{ "per-day": "4" }, undefined, "Mon 1 Jun 2026", "4 in 24 hours"],
    [{}, { from: 2, factor: 2 }, "Tue 2 Jun 2026", "the ramp (1 of it on its first day)"],
    [
      { "per-day": "1" },
      { from: 99, factor: 2 },
      "Thu 4 Jun 2026",
      "1 in 24 hours and the ramp (1 of it on its first day)",
    ],
  ])("says before it is sent on which day it ends: %j, %j", async (flags, warmUp, day, by) => {
    if (warmUp) world.services.settings = { ...world.services.settings, warmUp };
    const says = await send({ ...flags, "dry-run": true });
    expect(says).toContain(`Ends         it ends on ${day}, by ${by}`);
    expect(says).not.toContain("Takes");
  });

  it("can name an earlier day", async () => {
    await send({ at: "2026-06-13T08:00" });
    await send({ at: "2026-06-02T08:00" });
    await at("2026-06-02T06:01Z");
    expect(mailed()).toEqual(READERS);
    await at("2026-06-13T12:00Z");
    expect(mailed()).toEqual(READERS);
  });

  it("can send it at once after all", async () => {
    await send({ at: "2026-06-13T08:00" });
    await send({ at: "2026-06-01T12:00" });
    await at("2026-06-01T10:01Z");
    expect(mailed()).toEqual(READERS);
  });

  it("keeps the audience where only the day is changed, and the day where only the audience is", async () => {
    await send({ at: "2026-06-13T08:00", audience: "tag=vip" });
    await send({ at: "2026-06-14T08:00" });
    expect(await found()).toMatchObject({ audience: "tag=vip", plan: 1 });
    await send({ audience: "not tag=vip" });
    expect(await found()).toMatchObject({
      audience: "not tag=vip",
      when: { from: Date.UTC(2026, 5, 14, 6) },
    });
    await at("2026-06-14T06:01Z");
    expect(mailed()).toEqual(["cy", "di"]);
  });

  it("can widen it to everybody again", async () => {
    await send({ at: "2026-06-13T08:00", audience: "tag=vip" });
    await send({ audience: "everybody" });
    await at("2026-06-13T06:01Z");
    expect(mailed()).toEqual(READERS);
  });

  it("keeps whom a list named, also where the file is gone", async () => {
    const list = join(folder, "friends.csv");
    // The readers of these tests are found by id: the addresses' hashes are made up.
    const ids: string[] = [];
    for await (const { subscriber } of world.allPeople.people())
      if (/^(bo|di)@/.test(subscriber.address)) ids.push(subscriber.id);
    writeFileSync(list, `${ids.join("\n")}\n`);
    await send({ at: "2026-06-13T08:00", list });
    rmSync(list);
    await send({ at: "2026-06-14T08:00" });
    await at("2026-06-14T06:01Z");
    expect(mailed()).toEqual(["bo", "di"]);
  });

  it("changes nothing by saying the same twice, also once its moment is over", async () => {
    await send({ at: "2026-06-13T08:00", audience: "tag=vip" });
    await send({ at: "2026-06-13T08:00", audience: "tag=vip" });
    expect((await found())?.plan).toBeUndefined();
    await at("2026-06-13T06:01Z");
    await send({ at: "2026-06-13T08:00" });
    await lanes();
    expect(mailed()).toEqual(["ann", "bo"]);
  });

  it("cannot plan it anew when some have it, and is told so", async () => {
    await send({ local: "13:00" });
    await at("2026-06-01T13:01Z");
    expect(mailed()).toEqual(READERS);
    await expect(send({ at: "2026-06-14T08:00" })).rejects.toThrow(
      "has been mailed to some already, so its plan stands: everybody, from Mon 1 Jun 2026, 12:00 CEST",
    );
    await expect(send({ audience: "tag=vip" })).rejects.toThrow("has been mailed to some already");
  });

  it("cannot plan it anew while a mail of it is in doubt", async () => {
    await send({});
    world.ses.answers = READERS.map(() => ({ outcome: "in-doubt", detail: "lost" }));
    await at("2026-06-01T10:01Z");
    await pauseBroadcast(world.services.broadcasts, "news");
    await expect(send({ at: "2026-06-14T08:00" })).rejects.toThrow("has been mailed to some already");
  });

  it("can send it after a cancel that mailed nobody, with the words as they are now", async () => {
    await send({ at: "2026-06-13T08:00" });
    await cancelBroadcast(world.services.broadcasts, "news");
    await lanes();
    await send({ at: "2026-06-14T08:00" }, anIssue("news", "Other words."));
    await at("2026-06-13T12:00Z");
    expect(mailed()).toEqual([]);
    await at("2026-06-14T06:01Z");
    expect(mailed()).toEqual(READERS);
    expect((await found())?.status).toBe("sending");
  });

  it("forgets the audience of what was cancelled", async () => {
    await send({ at: "2026-06-13T08:00", audience: "tag=vip" });
    await cancelBroadcast(world.services.broadcasts, "news");
    await send();
    await lanes();
    expect(mailed()).toEqual(READERS);
  });

  it("is told to take another slug after a cancel that came too late, whatever the file says now", async () => {
    await send();
    await lanes();
    await cancelBroadcast(world.services.broadcasts, "news");
    const again = send({}, anIssue("news", "Other words."));
    await expect(again).rejects.toThrow("Give it another slug");
    await expect(again).rejects.not.toThrow("--changed");
  });

  it("mails nobody twice whom a lane was mailing when the day was changed", async () => {
    await send();
    let isFirst = true;
    const { mailer } = world.services;
    world.services.mailer = {
      ...mailer,
      async send(mail) {
        if (isFirst) {
          isFirst = false;
          await send({ at: "2026-06-14T08:00" }).catch(() => {});
        }
        return mailer.send(mail);
      },
    };
    await lanes();
    await at("2026-06-14T06:01Z");
    await at("2026-06-14T06:30Z");
    expect(mailed()).toEqual(READERS);
  });

  it("can go on with a start that was cut off, and it reaches the audience of that start", async () => {
    const cutOff: AllPeople = {
      ...world.allPeople,
      // biome-ignore lint/correctness/useYield: it is killed before it has read anybody
      async *people() {
        throw new Error("killed");
      },
    };
    const asked = { asked: "tag=vip", asks: { audience: "tag=vip" }, when: { from: NOW } };
    const audience = { tags: ["vip"] };
    const killed = startBroadcast(
      { ...world.services, allPeople: cutOff },
      { issue: anIssue(), audience, ...asked },
    );
    await expect(killed).rejects.toThrow("killed");
    await send();
    await lanes();
    expect(mailed()).toEqual(["ann", "bo"]);
  });

  it("is told how a moment without a zone was understood, with and without a question", async () => {
    const says =
      "By the clock of Europe/Berlin, 2026-06-13T08:00 is Sat 13 Jun 2026, 08:00 CEST (2026-06-13T06:00Z).";
    expect(await send({ at: "2026-06-13T08:00", "dry-run": true })).toContain(says);
    expect(await send({ at: "2026-06-13T08:00" })).toContain(says);
    // Control: one that names its zone needs no word.
    expect(await send({ at: "2026-06-13T06:00Z" })).not.toContain("By the clock");
    expect((await found())?.when.from).toBe(Date.UTC(2026, 5, 13, 6));
  });

  it("is always told who is left out and why: before, without a question, and where nobody is left", async () => {
    const busy = await addNewsletterReader(world.services, "busy@x.example", { tags: ["vip"] });
    await world.services.store.save(
      withActivation(inertEnrolment(busy.id, "course", CADENCE, NOW - 9 * DAY), NOW + DAY),
    );
    await addNewsletterReader(world.services, "gone@x.example", { tags: ["vip"], status: "stopped" });
    const says =
      "Left out     1 in mid-course (--include mid-course), 1 who left everything, bounced or complained";
    expect(await send({ audience: "tag=vip", "dry-run": true })).toContain(says);
    expect(await send({ audience: "tag=vip" })).toContain(says);
    await expect(send({ audience: "tag=vip and tag=other" }, anIssue("other"))).rejects.toThrow("Nobody on");
    await addNewsletterReader(world.services, "left@x.example", { tags: ["old"], status: "stopped" });
    await expect(send({ audience: "tag=old" }, anIssue("other"))).rejects.toThrow(
      /so other was not sent\.\nLeft out {5}1 who left everything, bounced or complained$/,
    );
  });

  it("reads the day of a condition by the stage's clock", async () => {
    world.clock.set(Date.UTC(2026, 5, 30, 22, 30));
    await addNewsletterReader(world.services, "july@x.example");
    expect(await send({ audience: "joined>=2026-07-01", "dry-run": true })).toContain("1 reader:");
    const nobody = await send({ audience: "joined>=2026-07-01T00:00Z", "dry-run": true });
    expect(nobody).toContain("0 readers. Nothing would be sent.");
    expect(nobody).not.toMatch(/Leaves|Takes|Costs/);
  });

  it("sees where it stands, with moments on the stage's clock", async () => {
    await send({ at: "2026-06-13T08:00" });
    const status = () => runIssue("status", "news", deploymentOf(world));
    expect(await status()).toMatch(
      /^Issue {8}news: scheduled\nStarted {6}Mon 1 Jun 2026, 12:00 CEST.*\nLeaves {7}Sat 13 Jun 2026, 08:00 CEST/,
    );
    await at("2026-06-13T06:01Z");
    expect(await status()).toMatch(/^Issue {8}news: sent$/m);
    expect(await status()).toMatch(/^hour \(Europe\/Berlin\) +sent\n2026-06-13 08:00 +4 {2}#+$/m);
  });
});
