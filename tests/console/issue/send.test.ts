import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIssue } from "../../../console/issue/issue.ts";
import type { SendFlags } from "../../../console/issue/send.ts";
import { sendIssue } from "../../../console/issue/send.ts";
import { cancelBroadcast, pauseBroadcast, startBroadcast } from "../../../console/issue/start-broadcast.ts";
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
    expect(await send({ audience: "joined>=2026-07-01T00:00Z", "dry-run": true })).toContain("0 readers.");
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
