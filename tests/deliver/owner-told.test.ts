import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAlarms } from "../../functions/aws/alarms.ts";
import { openLog } from "../../functions/aws/log.ts";
import { openTable } from "../../functions/aws/table.ts";
import { erase } from "../../functions/consent/erase.ts";
import { holdSending, resumeSending } from "../../functions/deliver/breaker.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots, refreshGovernor } from "../../functions/deliver/governor.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { send } from "../../functions/deliver/send.ts";
import { CONCERNS, type ConcernName } from "../../functions/domain/incidents.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { SendOutcome, Services } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);

const aReflection = (subscriber: string): Reflection => ({
  ...{ kind: "reflection", id: "r1", subscriber, course: "course", run: 1, lesson: "one", inReplyTo: "d" },
  ...{ receivedAt: NOW, replyKind: "reflection", reason: "own words", ownWords: "Mine.", subject: "Re: one" },
  ...{ messageId: "<a@b>", references: [], attachments: [], raw: "mail/1" },
});

describe("what the functions see, the owner is told", () => {
  let world: World;
  let reader: Subscriber;
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    reader = await addReader(world);
  });
  afterEach(() => world.stop());

  const subjects = () => world.told.map(({ subject }) => subject.replace("Coursepost test: ", ""));
  const title = (name: ConcernName): string => CONCERNS[name].title;
  const wait = (ms: number) => world.clock.set(world.clock.now() + ms);
  const look = (services: Services = world.services, id = reader.id) =>
    deliver(
      services,
      { subscriber: id, course: "course" },
      openSlots(services, "urgent"),
      world.clock.now() + MINUTE,
    );
  const answer = (...answers: SendOutcome[]) => world.ses.answers.push(...answers);
  const refused = (why: "mend" | "later" | "paused" | "quota"): SendOutcome => ({
    outcome: "refused",
    why,
    detail: "AccessDenied: not allowed",
  });
  const withQuota = (told: Partial<Awaited<ReturnType<Services["mailer"]["quota"]>>>): Services => ({
    ...world.services,
    mailer: {
      ...world.services.mailer,
      quota: async () => ({ rate: 100, quota: 1_000, sent24h: 0, enabled: true, ...told }),
    },
  });
  const tick = async (services: Services = world.services) => {
    for (let lane = 0; lane < 4; lane++) await runLane(services, { lane });
  };

  it("of nothing, where all goes as it should", async () => {
    for (let day = 0; day < 9; day++) {
      await tick();
      wait(DAY);
    }
    expect(world.ses.sent.length).toBeGreaterThan(1);
    expect(world.told).toEqual([]);
  });

  it("of a refusal that only they can mend, once, with its code, and of its end when mail leaves again", async () => {
    for (let turn = 0; turn < 5; turn++) {
      answer(refused("mend"));
      await look();
      wait(5 * MINUTE);
    }
    expect(subjects()).toEqual([title("refused")]);
    expect(world.told[0]?.text).toContain("AccessDenied");
    wait(21 * MINUTE);
    await world.services.alarms.settle(false);
    expect(subjects()).toEqual([title("refused")]);
    await tick();
    expect(subjects()).toEqual([title("refused"), `over: ${title("refused")}`]);
  });

  it("of its end when it has not been seen for long enough, although the mail left in another minute before", async () => {
    const { alarms } = world.services;
    const seenAndSent = async () => {
      await alarms.see("refused");
      wait(5 * MINUTE);
      await alarms.settle(true);
    };
    await seenAndSent();
    await alarms.see("refused");
    wait(21 * MINUTE);
    await alarms.settle(false);
    expect(subjects()).toEqual([title("refused")]);
    await alarms.settle(true);
    world.told.length = 0;
    await seenAndSent();
    wait(16 * MINUTE);
    await alarms.settle(false);
    expect(subjects()).toEqual([title("refused"), `over: ${title("refused")}`]);
  });

  it("of SES that is not reached for a while, not of one broken connection", async () => {
    for (let turn = 0; turn < 5; turn++) {
      answer(refused("later"));
      await look();
      expect(subjects()).toEqual(turn < 4 ? [] : [title("unreached")]);
      wait(5 * MINUTE);
    }
  });

  it("of a pause that SES tells by refusing, or by saying so when it is asked", async () => {
    answer(refused("paused"));
    await look();
    expect(subjects()).toEqual([title("paused")]);
    world.told.length = 0;
    wait(HOUR);
    await world.services.alarms.settle(true);
    await refreshGovernor(withQuota({ enabled: false }));
    expect(subjects()).toEqual([`over: ${title("paused")}`, title("paused")]);
  });

  it("not of a spent quota as of a pause", async () => {
    answer(refused("quota"));
    await look();
    expect(world.told).toEqual([]);
  });

  it("of a mail that is set aside, because SES never takes it or it was in doubt twice", async () => {
    answer({ outcome: "rejected", detail: "InvalidParameterValue: Missing final '@domain'" });
    await look();
    expect(subjects()).toEqual([title("parked")]);
    expect(world.told[0]?.text).toContain("rejected by SES");
  });

  it("of several mails in doubt within five minutes, not of one", async () => {
    const readers = [reader];
    for (let place = 0; place < 5; place++) readers.push(await addReader(world, `r${place}@x.example`));
    for (const { id } of readers) {
      answer({ outcome: "in-doubt", detail: "timeout" });
      await look(world.services, id);
    }
    wait(2 * MINUTE);
    for (const [place, { id }] of readers.entries()) {
      await look(world.services, id);
      expect(subjects()).toEqual(place < 4 ? [] : [title("in-doubt")]);
    }
  });

  it("of mail that has been due for a quarter of an hour, seen for five minutes, and of its end", async () => {
    const { store } = world.services;
    const closed = async () => {
      const governor = await store.governor();
      await store.saveGovernor({ ...governor, bookedUntil: world.clock.now() + HOUR });
    };
    wait(16 * MINUTE);
    for (let minute = 0; minute < 6; minute++) {
      await closed();
      await tick();
      wait(MINUTE);
    }
    expect(subjects()).toEqual([title("late")]);
    await store.saveGovernor({ ...(await store.governor()), bookedUntil: 0 });
    await tick();
    wait(16 * MINUTE);
    await tick();
    expect(subjects()).toEqual([title("late"), `over: ${title("late")}`]);
  });

  it("of mail that they hold themselves, and of its end", async () => {
    await holdSending(world.services);
    await tick();
    wait(2 * MINUTE);
    await tick();
    expect(subjects()).toEqual([title("held")]);
    await resumeSending(world.services);
    wait(6 * MINUTE);
    await tick();
    expect(subjects()).toEqual([title("held"), `over: ${title("held")}`]);
  });

  it("of confirmations that are held, and of twenty sign-ups that were dropped, not of one", async () => {
    const { store, alarms } = world.services;
    for (let bounced = 0; bounced < 20; bounced++) await store.noteTrouble("bounces", "confirmations");
    wait(MINUTE);
    await refreshGovernor(withQuota({ sent24h: 100 }));
    expect(subjects()).toEqual([title("confirmations-held")]);
    for (let dropped = 0; dropped < 19; dropped++) await alarms.see("sign-ups-dropped");
    expect(subjects()).toEqual([title("confirmations-held")]);
    await alarms.see("sign-ups-dropped");
    expect(subjects()).toEqual([title("confirmations-held"), title("sign-ups-dropped")]);
  });

  it("of the quota when four fifths of it are used, and not before", async () => {
    wait(MINUTE);
    await refreshGovernor(withQuota({ sent24h: 799 }));
    expect(await world.services.store.governor()).toMatchObject({ sent24h: 799 });
    expect(world.told).toEqual([]);
    wait(MINUTE);
    await refreshGovernor(withQuota({ sent24h: 800 }));
    expect(subjects()).toEqual([title("quota")]);
    expect(world.told[0]?.text).toContain("800 of 1000");
  });

  it("of mails that cannot be made, with the code", async () => {
    const { store } = world.services;
    const broken = { ...world.services, content: { ...world.services.content, courses: [] } };
    expect(await store.enrolment(reader.id, "course")).toBeDefined();
    await tick(broken);
    expect(subjects()).toEqual([title("delivery-failed")]);
    expect(world.told[0]?.text).toContain("course-unknown");
  });

  it("of answers that are more than a twentieth of a day's mail, not of a hundred", async () => {
    const { store } = world.services;
    const letter = { envelopeFrom: "a@x.example", to: "b@x.example", raw: new Uint8Array(), tags: {} };
    const sendPrompt = async () => {
      const holder = await store.enrolment(reader.id, "course");
      if (!holder) throw new Error("no enrolment");
      const { claim: _, ...free } = holder;
      const dispatch = {
        subscriber: reader.id,
        list: "course",
        run: 1,
        kind: "prompt",
        slug: "one",
      } as const;
      const sending = { holder: free, key: mailKey("prompt", "one"), dispatch, letter };
      const sent = await send(world.services, sending, openSlots(world.services, "urgent"), NOW + DAY);
      expect(sent.outcome).toBe("sent");
    };
    for (let answers = 0; answers < 99; answers++)
      await store.count({ key: "answer-share", most: 100, windowMs: DAY });
    await sendPrompt();
    expect(world.told).toEqual([]);
    await sendPrompt();
    expect(subjects()).toEqual([title("answers")]);
  });

  it("of an erasing that left raw mails, not of one that is whole", async () => {
    const { store } = world.services;
    const gone = await addReader(world, "whole@x.example");
    await store.keepReflection(aReflection(reader.id));
    for (const id of [gone.id, reader.id]) {
      await store.entomb(id);
      if (id === gone.id) await erase(world.services, id);
    }
    wait(HOUR);
    for (const { id, times } of [
      { id: gone.id, times: 0 },
      { id: reader.id, times: 1 },
    ]) {
      await deliver(
        world.services,
        { subscriber: id },
        openSlots(world.services, "urgent"),
        world.clock.now() + MINUTE,
      );
      expect(subjects()).toEqual(times === 0 ? [] : [title("erase-unfinished")]);
    }
  });

  it("by one of many who see the same at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => world.services.alarms.see("parked")));
    expect(subjects()).toEqual([title("parked")]);
  });

  it("a minute later by a lane, if the topic did not take it at first", async () => {
    const { clock, log } = world.services;
    let isDown = true;
    const topic = async (notice: { subject: string; text: string }) => {
      if (isDown) throw new Error("no topic");
      world.told.push(notice);
    };
    const alarms = openAlarms(openTable("table", world.table), { clock, log, stage: "test", topic });
    await alarms.see("parked");
    expect(world.told).toEqual([]);
    isDown = false;
    wait(2 * MINUTE);
    await alarms.settle(false);
    await alarms.settle(false);
    expect(subjects()).toEqual([title("parked")]);
  });

  it("of an end too, if the topic did not take it at first; and of the others' ends in any case", async () => {
    const { clock, log } = world.services;
    let refuses = "SES";
    const topic = async (notice: { subject: string; text: string }) => {
      if (notice.subject.includes(`over: ${refuses}`)) throw new Error("no topic");
      world.told.push(notice);
    };
    const alarms = openAlarms(openTable("table", world.table), { clock, log, stage: "test", topic });
    await alarms.see("paused");
    await alarms.see("held");
    world.told.length = 0;
    wait(HOUR);
    await alarms.settle(true);
    expect(subjects()).toEqual([`over: ${title("held")}`]);
    refuses = "nothing";
    await alarms.settle(true);
    await alarms.settle(true);
    expect(subjects()).toEqual([`over: ${title("held")}`, `over: ${title("paused")}`]);
  });

  it("of what stays although no more of it came: it is not said to be over", async () => {
    for (const name of ["parked", "unmatched", "erase-unfinished"] as const) {
      await world.services.alarms.see(name);
      world.told.length = 0;
      wait(2 * DAY);
      await world.services.alarms.settle(false);
      expect(subjects()).toEqual([`no more: ${title(name)}`]);
      expect(world.told[0]?.text).toMatch(/console -- parked list|console -- tray|subscribers erase/);
    }
  });

  it("never at the price of a mail: a table that does not answer fails no delivery", async () => {
    const { clock } = world.services;
    const lines: string[] = [];
    const log = openLog(clock, { stage: "test", hasMetrics: false }, (line) => lines.push(line));
    const down = {
      get: () => Promise.reject(new Error("down")),
      put: () => Promise.reject(new Error("down")),
    };
    const alarms = openAlarms(down, { clock, log, stage: "test", topic: async () => {} });
    await alarms.see("parked");
    await alarms.settle(true);
    expect(lines.filter((line) => line.includes("owner-not-told"))).toHaveLength(2);
  });
});

describe("a notice to the owner", () => {
  it("has a subject that SNS takes, and says who is hurt and where to look", () => {
    for (const [name, { title, hurts }] of Object.entries(CONCERNS)) {
      expect(`Coursepost production: over: ${title}`.length, name).toBeLessThanOrEqual(100);
      expect(title, name).toMatch(/^[ -~]+$/);
      expect(hurts.length, name).toBeGreaterThan(60);
    }
  });
});
