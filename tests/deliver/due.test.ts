import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver, type Outcome, postpone } from "../../functions/deliver/deliver.ts";
import type { Slots } from "../../functions/deliver/governor.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { type Enrolment, withPause } from "../../functions/domain/course/enrolment.ts";
import type { Broadcast } from "../../functions/domain/newsletter/broadcast.ts";
import type { StopReason, Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Agenda } from "../../functions/domain/sending/agenda.ts";
import { dispatchId, readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import type { HolderKey } from "../../functions/domain/sending/holder.ts";
import { DAY, HOUR, iso, MINUTE } from "../../functions/domain/time.ts";
import type { SendOutcome, Store } from "../../functions/ports.ts";
import { anIssue } from "../support/audience.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const DUE = { dueAt: NOW, doubts: 0 };

describe("what stands on an agenda", () => {
  let world: World;
  let reader: Subscriber;
  const slots: Slots = { take: async () => ({ at: world.clock.now() }) };
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    reader = await addReader(world);
  });
  afterEach(() => world.stop());

  const inCourse = (): HolderKey => ({ subscriber: reader.id, course: "course" });
  const look = (key = inCourse(), store: Partial<Store> = {}): Promise<Outcome> =>
    deliver(
      { ...world.services, store: { ...world.services.store, ...store } },
      key,
      slots,
      world.clock.now() + MINUTE,
    );
  const lookAtReader = (store?: Partial<Store>) => look({ subscriber: reader.id }, store);
  const enrolment = async () => (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  const person = async () => (await world.services.store.subscriber(reader.id)) as Subscriber;
  const change = async (apply: (current: Enrolment) => Enrolment) =>
    world.services.store.change(await enrolment(), apply);
  const changeReader = async (apply: (current: Subscriber) => Subscriber) =>
    world.services.store.change<Subscriber>(await person(), apply);
  const only = (agenda: Agenda) => change((current) => ({ ...current, agenda }));
  const answer = (...answers: SendOutcome[]) => world.ses.answers.push(...answers);
  const sent = () => world.ses.sent.map(({ dispatch }) => readDispatchId(dispatch));
  const logged = (event: string) =>
    world.logged.map((line) => JSON.parse(line)).filter((line) => line.event === event);
  const setCourse = (course: Course) => {
    world.services.content.courses[0] = course;
  };

  it("is nothing of somebody who is gone", async () => {
    expect(await look({ subscriber: "nobody" })).toBe("idle");
    await expect(postpone(world.services, { subscriber: "nobody" })).resolves.toBeUndefined();
  });

  it("leaves at its moment, not before", async () => {
    world.clock.set(NOW - 1);
    expect(await look()).toBe("idle");
    world.clock.set(NOW);
    expect(await look()).toBe("sent");
  });

  describe("of a course that pauses", () => {
    it("goes on by itself at the end of the pause, with the lesson at its reader's hour", async () => {
      await change((current) => withPause(current, NOW + DAY));
      await look();
      world.clock.set(NOW + DAY - 1);
      expect(await look()).toBe("idle");
      world.clock.set(NOW + DAY);
      expect(await look()).toBe("moved");
      expect(await enrolment()).toMatchObject({ status: "active" });
      // Lesson 1 comes on the working day after, at half past seven.
      expect((await enrolment()).agenda).toEqual({
        lesson: { dueAt: Date.UTC(2026, 5, 3, 7, 30), doubts: 0 },
      });
    });

    it("is planned anew by nobody where its reader went on already: only the end of the pause is struck out", async () => {
      const agenda = { resume: DUE, lesson: { dueAt: NOW + 5 * DAY, doubts: 0 } };
      await only(agenda);
      expect(await look()).toBe("moved");
      expect(await enrolment()).toMatchObject({ status: "active", agenda: { lesson: agenda.lesson } });
      expect((await enrolment()).agenda).not.toHaveProperty("resume");
    });
  });

  describe("after a stop that was cut short", () => {
    const stopped = (stoppedBy: StopReason | undefined, status: Subscriber["status"] = "stopped") =>
      changeReader((current) => {
        const { stoppedBy: _, ...rest } = current;
        return { ...rest, status, ...(stoppedBy && { stoppedBy }), agenda: { "finish-stop": DUE } };
      });

    it.each([
      ["reader", "self"],
      ["never", "self"],
      ["owner", "owner"],
      ["bounce", "mail-system"],
      ["complaint", "mail-system"],
      [undefined, "self"],
    ] as const)("by %s is finished in the name of %s", async (reason, actor) => {
      await stopped(reason);
      const asked: unknown[] = [];
      const stopEverything: Store["stopEverything"] = async (id, why, consent) => {
        asked.push([id, why, consent]);
        await world.services.store.stopEverything(id, why, consent);
      };
      expect(await lookAtReader({ stopEverything })).toBe("moved");
      const consent = { event: "withdrawn", at: NOW, list: "everything", text: "stop", actor };
      const expected = { ...consent, source: "finish-stop" };
      expect(asked).toEqual([[reader.id, reason ?? "reader", expected]]);
      expect((await enrolment()).status).toBe("left");
      expect((await person()).agenda).toEqual({});
    });

    it("leaves alone who has come back since and confirmed: their course goes on", async () => {
      await stopped(undefined, "active");
      expect(await lookAtReader()).toBe("moved");
      expect((await enrolment()).status).toBe("active");
      expect(await person()).toMatchObject({ status: "active", agenda: {} });
    });
  });

  describe("an hour after an erasing", () => {
    const tombstone = () => world.services.store.holder({ subscriber: reader.id });

    it("removes what was written since, and the tombstone itself", async () => {
      await world.services.store.entomb(reader.id);
      expect(await lookAtReader()).toBe("idle");
      world.clock.set(NOW + HOUR);
      expect(await lookAtReader()).toBe("moved");
      expect(await everythingAbout(world.services.store, reader.id)).toEqual([]);
    });

    it("looks again in an hour where raw mails are left, and removes all but what names them", async () => {
      await world.services.store.keepReflection({
        ...{ kind: "reflection", id: "r1", subscriber: reader.id, course: "course", run: 1, lesson: "one" },
        ...{
          inReplyTo: "d",
          receivedAt: NOW,
          replyKind: "reflection",
          reason: "own words",
          ownWords: "Mine.",
        },
        ...{ subject: "Re:", messageId: "<a@b>", references: [], attachments: [], raw: "mail/1" },
      });
      await world.services.store.entomb(reader.id);
      world.clock.set(NOW + HOUR);
      expect(await lookAtReader()).toBe("moved");
      const left = (await everythingAbout(world.services.store, reader.id)).map(({ sk }) => sk);
      expect(left).toEqual(["reflection#r1", "subscriber"]);
      expect((await tombstone())?.agenda).toEqual({ "erase-again": { dueAt: NOW + 2 * HOUR, doubts: 0 } });
      expect(logged("erase-unfinished")).toMatchObject([{ level: "warn", subscriber: reader.id }]);
      expect(logged("EraseUnfinished")).toHaveLength(1);
    });
  });

  describe("in doubt", () => {
    const dispatch = () =>
      dispatchId({ subscriber: reader.id, list: "course", run: 1, kind: "welcome", slug: "welcome" });
    const isWritten = (at: number) =>
      world.services.store.recordSent({
        ...{ dispatch: dispatch(), messageId: "m", sentAt: at, state: "sent", stateAt: at },
      });
    /** SES's answer was lost at the beginning, and a minute later the claim was found dead. */
    const loseAnswer = async () => {
      answer({ outcome: "in-doubt", detail: "timeout" });
      expect(await look()).toBe("moved");
      world.clock.set(NOW + MINUTE - 1);
      expect(await look()).toBe("idle");
      world.clock.set(NOW + MINUTE);
      expect(await look()).toBe("moved");
      expect(await look()).toBe("idle");
    };

    it("is said once, with the moment at which it is decided", async () => {
      await loseAnswer();
      const line = { level: "warn", dispatch: dispatch(), until: NOW + 16 * MINUTE };
      expect(logged("in-doubt")).toMatchObject([line]);
      expect(logged("InDoubt")).toHaveLength(1);
    });

    it("waits a quarter of an hour for SES's word, to the moment, and only then goes once more", async () => {
      await loseAnswer();
      world.clock.set(NOW + 16 * MINUTE - 1);
      expect(await look()).toBe("idle");
      expect(sent()).toHaveLength(1);
      world.clock.set(NOW + 16 * MINUTE);
      expect(await look()).toBe("sent");
      expect(sent()).toHaveLength(2);
    });

    it("is settled by the ledger: the lane is told that something moved, and nothing is sent", async () => {
      await loseAnswer();
      await isWritten(NOW);
      world.clock.set(NOW + 16 * MINUTE);
      expect(await look()).toBe("moved");
      expect(await enrolment()).not.toHaveProperty("claim");
      expect((await enrolment()).agenda).not.toHaveProperty("welcome");
      expect(sent()).toHaveLength(1);
    });

    it("counts a doubt, and is parked at the second, which the owner is told with the reason", async () => {
      await loseAnswer();
      // No slot is given now, so that the state between the two doubts is seen.
      const closed: Slots = { take: async () => ({ refused: "closed", again: NOW + DAY }) };
      world.clock.set(NOW + 16 * MINUTE);
      expect(await deliver(world.services, inCourse(), closed, NOW + DAY)).toBe("later");
      expect((await enrolment()).agenda.welcome).toEqual({ ...DUE, doubts: 1 });
      expect(world.told).toEqual([]);
      answer({ outcome: "in-doubt", detail: "timeout" });
      await look();
      world.clock.set(NOW + 17 * MINUTE);
      await look();
      world.clock.set(NOW + 32 * MINUTE);
      expect(await look()).toBe("moved");
      expect((await enrolment()).agenda.welcome).toEqual({ ...DUE, doubts: 2, parked: true });
      expect(world.told[0]?.text).toContain("in doubt twice");
      const line = { dispatch: dispatch(), why: "in doubt twice" };
      expect(logged("dispatch-parked")).toMatchObject([line]);
    });

    describe("because SES says that it is out of service", () => {
      const away = { outcome: "in-doubt", detail: "ServiceUnavailable", isAway: true } as const;
      /** One try in vain, and what comes of it when its quarter of an hour is over. */
      const triesInVain = async (outcome: typeof away | { outcome: "in-doubt"; detail: string } = away) => {
        const now = world.clock.now();
        answer(outcome);
        expect(await look()).toBe("moved");
        world.clock.set(now + MINUTE);
        expect(await look()).toBe("moved");
        world.clock.set(now + 16 * MINUTE - 1);
        expect(await look()).toBe("idle");
        world.clock.set(now + 16 * MINUTE);
      };

      it("goes again each quarter of an hour, is parked by nobody, and leaves once when SES is back", async () => {
        for (let time = 0; time < 8; time++) await triesInVain();
        expect(await look()).toBe("sent");
        expect(sent()).toHaveLength(9);
        expect((await enrolment()).agenda).not.toHaveProperty("welcome");
        // One mail is no incident: of several the owner is told that SES is not reached.
        expect(world.told).toEqual([]);
      });

      it("has left all the same where SES's word says so", async () => {
        await triesInVain();
        await isWritten(NOW);
        expect(await look()).toBe("moved");
        expect((await enrolment()).agenda).not.toHaveProperty("welcome");
        expect(sent()).toHaveLength(1);
      });

      it("is looked up in the ledger each time, for its word may come after the quarter of an hour", async () => {
        await change((current) => ({ ...current, agenda: { welcome: { ...DUE, outages: 1 } } }));
        await isWritten(NOW);
        expect(await look()).toBe("moved");
        expect(sent()).toEqual([]);
      });

      it("is parked after a day of it, and the owner is told why", async () => {
        await change((current) => ({ ...current, agenda: { welcome: { ...DUE, outages: 89 } } }));
        await triesInVain();
        await look();
        expect((await enrolment()).agenda.welcome).toMatchObject({ outages: 90, parked: true });
        expect(world.told.at(-1)?.text).toContain("SES was away for a day");
      });

      it("control: two lost answers park it, with an outage before, between or behind them", async () => {
        const lost = { outcome: "in-doubt", detail: "timeout" } as const;
        for (const outcome of [away, lost, away, lost]) await triesInVain(outcome);
        await look();
        expect((await enrolment()).agenda.welcome).toEqual({ ...DUE, doubts: 2, outages: 2, parked: true });
      });
    });

    it("is believed to have left at the second doubt, too: what the ledger has is never parked", async () => {
      await change((current) => ({ ...current, agenda: { welcome: { ...DUE, doubts: 1 } } }));
      await loseAnswer();
      await isWritten(NOW);
      world.clock.set(NOW + 16 * MINUTE);
      expect(await look()).toBe("moved");
      expect([(await enrolment()).agenda, world.told]).toEqual([{}, []]);
    });

    it("is settled once: who comes second at its end leaves it to the other, also beside a pause", async () => {
      await loseAnswer();
      world.clock.set(NOW + 16 * MINUTE);
      expect(await look(inCourse(), { save: async () => undefined })).toBe("idle");
      await isWritten(NOW);
      let isFirst = true;
      const save: Store["save"] = async (holder) => {
        if (isFirst) await change((current) => withPause(current));
        isFirst = false;
        return world.services.store.save(holder);
      };
      expect(await look(inCourse(), { save })).toBe("moved");
      expect(await enrolment()).toMatchObject({ status: "paused" });
      expect(await enrolment()).not.toHaveProperty("claim");
    });

    it("needs no entry: a claim whose entry is gone is given back", async () => {
      await loseAnswer();
      await change((current) => ({ ...current, agenda: {} }));
      world.clock.set(NOW + 16 * MINUTE);
      expect(await look()).toBe("moved");
      expect(await enrolment()).toMatchObject({ agenda: {} });
      expect(await enrolment()).not.toHaveProperty("claim");
    });

    it("is another's to settle, who was first: nothing is said twice", async () => {
      answer({ outcome: "in-doubt", detail: "timeout" });
      await look();
      world.clock.set(NOW + MINUTE);
      expect(await look(inCourse(), { save: async () => undefined })).toBe("idle");
      expect(world.told).toEqual([]);
      expect((await enrolment()).claim).not.toHaveProperty("inDoubt");
    });

    it("does not read the ledger for a mail that nobody doubts", async () => {
      const read: string[] = [];
      const ledgerEntry: Store["ledgerEntry"] = async (id) => {
        read.push(id);
        return world.services.store.ledgerEntry(id);
      };
      await look(inCourse(), { ledgerEntry });
      expect([sent().length, read]).toEqual([1, []]);
    });
  });

  describe("that a changed course has left nothing of", () => {
    const had = (agenda: Agenda, done = ["one"]) =>
      change((current) => ({ ...current, done, lastLessonAt: NOW - DAY, agenda }));

    it("ends with the completion where the lesson that was due is gone", async () => {
      await had({ lesson: DUE });
      setCourse(aCourse("one"));
      expect(await look()).toBe("moved");
      // Seven days after the last lesson, which left on the 31st of May, at the reader's hour.
      expect((await enrolment()).agenda).toEqual({
        completion: { dueAt: Date.UTC(2026, 5, 7, 7, 30), doubts: 0 },
      });
      expect(sent()).toEqual([]);
    });

    it("goes where there was no lesson yet, and none is left", async () => {
      await only({ lesson: DUE });
      setCourse({ ...aCourse("one"), lessons: [] });
      expect(await look()).toBe("moved");
      expect((await enrolment()).agenda).toEqual({});
    });

    it("goes where it is of a kind that is not sent any more, and what stands beside it stays", async () => {
      const kept = { dueAt: NOW + DAY, doubts: 0 };
      await only({ wish_one: DUE, lesson: kept });
      expect(await look()).toBe("moved");
      expect((await enrolment()).agenda).toEqual({ lesson: kept });
      await changeReader((current) => ({ ...current, agenda: { wish_one: DUE, wish_two: kept } }));
      expect(await lookAtReader()).toBe("moved");
      expect((await person()).agenda).toEqual({ wish_two: kept });
    });

    it("goes where the words that it answers were taken back", async () => {
      const entry = { ...DUE, reflection: "gone" };
      await only({ prompt_one: entry, lesson: { dueAt: NOW + DAY, doubts: 0 } });
      expect(await look()).toBe("moved");
      expect(Object.keys((await enrolment()).agenda)).toEqual(["lesson"]);
      expect(sent()).toEqual([]);
    });

    it("control: with the lesson still there, it leaves", async () => {
      await had({ lesson: DUE });
      expect(await look()).toBe("sent");
      expect(sent()).toMatchObject([{ kind: "lesson", slug: "two" }]);
    });
  });

  it("plans the next lesson from the moment at which this one left", async () => {
    await only({ lesson: DUE });
    await look();
    const { lesson } = (await enrolment()).agenda;
    // Lesson 1 on Monday: the first Tuesday at least four days later.
    expect(iso(lesson?.dueAt ?? 0)).toBe("2026-06-09T07:30:00.000Z");
  });

  it("stands in the ledger under the list that it belongs to", async () => {
    await changeReader((current) => ({ ...current, agenda: { "notice_page-1": DUE } }));
    await lookAtReader();
    expect(sent()).toEqual([
      { subscriber: reader.id, list: "account", run: 1, kind: "notice", slug: "page-1" },
    ]);
  });

  it("has left already where the ledger says so after a doubt, and is not sent again", async () => {
    await only({ welcome: { ...DUE, doubts: 1 } });
    const named = {
      subscriber: reader.id,
      list: "course",
      run: 1,
      kind: "welcome",
      slug: "welcome",
    } as const;
    const entry = { messageId: "m", sentAt: NOW, state: "sent", stateAt: NOW } as const;
    await world.services.store.recordSent({ dispatch: dispatchId(named), ...entry });
    expect(await look()).toBe("moved");
    expect([sent(), (await enrolment()).agenda]).toEqual([[], {}]);
  });

  describe("that cannot leave now", () => {
    it.each(["later", "mend"] as const)(
      "because SES says %s, is due in five minutes and keeps its doubts",
      async (why) => {
        await only({ welcome: { ...DUE, doubts: 1 } });
        answer({ outcome: "refused", why, detail: "AccessDenied" });
        expect(await look()).toBe("moved");
        expect(await enrolment()).not.toHaveProperty("claim");
        expect((await enrolment()).agenda).toEqual({ welcome: { dueAt: NOW + 5 * MINUTE, doubts: 1 } });
      },
    );

    it("because its issue is paused, is looked at again in five minutes; the ledger has it under the newsletter", async () => {
      const { broadcasts } = world.services;
      const issue = async (status: Broadcast["status"]) => {
        const found = await broadcasts.broadcast("news");
        await broadcasts.saveBroadcast({
          ...{ kind: "broadcast", slug: "news", version: found?.version ?? 0, status, revision: "v1" },
          ...{ title: "News", preview: "What is new", audience: "everybody", when: { from: NOW } },
          ...{ startedAt: NOW, gathered: true },
        });
      };
      await broadcasts.keepWords("v1", anIssue());
      await issue("paused");
      await changeReader((current) => ({ ...current, newsletter: true, agenda: { issue_news: DUE } }));
      expect(await lookAtReader()).toBe("moved");
      expect((await person()).agenda).toEqual({ issue_news: { dueAt: NOW + 5 * MINUTE, doubts: 0 } });
      await issue("sending");
      world.clock.set(NOW + 5 * MINUTE);
      expect(await lookAtReader()).toBe("sent");
      expect(sent()).toEqual([
        { subscriber: reader.id, list: "newsletter", run: 1, kind: "issue", slug: "news" },
      ]);
    });

    describe("because its mailbox has had its confirmations", () => {
      const key = "confirmation_1-1";
      const asks = () => changeReader((current) => ({ ...current, agenda: { [key]: DUE } }));
      /** What the mailbox's day and its places for 30 days say. */
      const mailbox = (...answers: (number | undefined)[]): Partial<Store> => ({
        take: async () => (answers.length > 1 ? answers.shift() : answers[0]),
      });

      it("waits for the day after", async () => {
        await asks();
        expect(await lookAtReader(mailbox(NOW + DAY))).toBe("moved");
        expect((await person()).agenda).toEqual({ [key]: { dueAt: NOW + DAY, doubts: 0 } });
        expect(logged("confirmation-over-limit")).toMatchObject([
          { subscriber: reader.id, until: NOW + DAY },
        ]);
        expect(logged("SignUpDropped")).toEqual([]);
      });

      it("is dropped where it has had the last, and the drop is counted", async () => {
        await asks();
        expect(await lookAtReader(mailbox(undefined, NOW + DAY))).toBe("moved");
        expect((await person()).agenda).toEqual({});
        expect(logged("SignUpDropped")).toHaveLength(1);
        expect([sent(), await lookAtReader()]).toEqual([[], "idle"]);
      });

      it("is left to another who has claimed it meanwhile", async () => {
        await asks();
        const claim = { by: "another", until: NOW + MINUTE, key, dispatch: "d" };
        const take: Store["take"] = async () => {
          await changeReader((current) => ({ ...current, claim }));
          return NOW + DAY;
        };
        await lookAtReader({ take });
        expect(await person()).toMatchObject({ claim, agenda: { [key]: DUE } });
      });

      it("is not written again where it is gone meanwhile", async () => {
        await asks();
        const take: Store["take"] = async () => {
          await changeReader((current) => ({ ...current, agenda: {} }));
          return NOW + DAY;
        };
        await lookAtReader({ take });
        expect((await person()).agenda).toEqual({});
      });
    });

    it("because another has claimed it, is the other's: the lane looks again", async () => {
      expect(await look(inCourse(), { save: async () => undefined })).toBe("moved");
      expect(sent()).toEqual([]);
    });

    it("because all sending is closed by SES's answer, stays due", async () => {
      answer({ outcome: "refused", why: "quota", detail: "Daily message quota exceeded." });
      expect(await look()).toBe("later");
      expect(await enrolment()).not.toHaveProperty("claim");
      expect((await enrolment()).agenda.welcome).toEqual(DUE);
    });

    it("because SES never takes it, is parked, which the owner is told with the reason", async () => {
      answer({ outcome: "rejected", detail: "InvalidParameterValue" });
      expect(await look()).toBe("moved");
      expect((await enrolment()).agenda.welcome).toEqual({ ...DUE, parked: true });
      expect(world.told[0]?.text).toContain("rejected by SES");
    });

    it("gives a claim back only while it is the own one", async () => {
      const taken = { by: "another", until: NOW + 5 * MINUTE, key: "welcome", dispatch: "d" };
      const stealing: Partial<Store> = {
        change: async (holder, apply) => {
          await change((current) => ({ ...current, claim: taken }));
          return world.services.store.change(holder, apply);
        },
      };
      answer({ outcome: "rejected", detail: "no" });
      await look(inCourse(), stealing);
      expect(await enrolment()).toMatchObject({ claim: taken, agenda: { welcome: DUE } });
    });

    it("gives nothing back where the claim is gone", async () => {
      const { store } = world.services;
      const freeing: Partial<Store> = {
        change: async (holder, apply) => {
          await change(({ claim: _, ...current }) => current);
          return store.change(holder, apply);
        },
      };
      answer({ outcome: "rejected", detail: "no" });
      expect(await look(inCourse(), freeing)).toBe("moved");
      expect((await enrolment()).agenda.welcome).toEqual(DUE);
    });

    it("gives a claim back also where the entry is gone", async () => {
      const striking: Partial<Store> = {
        change: async (holder, apply) => {
          await change((current) => ({ ...current, agenda: {} }));
          return world.services.store.change(holder, apply);
        },
      };
      answer({ outcome: "rejected", detail: "no" });
      await look(inCourse(), striking);
      expect(await enrolment()).toMatchObject({ agenda: {} });
      expect(await enrolment()).not.toHaveProperty("claim");
    });
  });

  it("moves on beside a pause that came while SES answered, and not where another has the claim by now", async () => {
    const { store } = world.services;
    const during = (apply: (current: Enrolment) => Enrolment): Partial<Store> => ({
      recordSent: async (entry) => {
        await change(apply);
        return store.recordSent(entry);
      },
    });
    await look(
      inCourse(),
      during((current) => withPause(current)),
    );
    expect(await enrolment()).toMatchObject({ status: "paused" });
    expect((await enrolment()).agenda).not.toHaveProperty("welcome");

    await change((current) => ({ ...current, status: "active", agenda: { lesson: DUE } }));
    const taken = { by: "another", until: NOW + 5 * MINUTE, key: "lesson", dispatch: "d" };
    await look(
      inCourse(),
      during((current) => ({ ...current, claim: taken })),
    );
    expect(await enrolment()).toMatchObject({ claim: taken, agenda: { lesson: DUE } });

    await change(({ claim: _, ...current }) => current);
    await look(
      inCourse(),
      during(({ claim: _, ...current }) => current),
    );
    expect(await enrolment()).toMatchObject({ done: [], agenda: { lesson: DUE } });
  });

  it("is moved on in one write: nothing is read again where nobody wrote meanwhile", async () => {
    let read = 0;
    const noted: Store["change"] = async (holder, apply) => {
      read++;
      return world.services.store.change(holder, apply);
    };
    expect(await look(inCourse(), { change: noted })).toBe("sent");
    expect(read).toBe(0);
  });

  describe("and fails for a reason of its own", () => {
    it("is put off by five minutes: only the first, as it is", async () => {
      const agenda = { welcome: { ...DUE, doubts: 1 }, lesson: { dueAt: NOW + MINUTE, doubts: 0 } };
      await only(agenda);
      await postpone(world.services, inCourse());
      expect((await enrolment()).agenda).toEqual({
        ...agenda,
        welcome: { dueAt: NOW + 5 * MINUTE, doubts: 1 },
      });
    });

    it("is not brought nearer, nor put off while it is on its way", async () => {
      for (const dueAt of [NOW + 5 * MINUTE, NOW + DAY]) {
        await only({ welcome: { dueAt, doubts: 0 } });
        const before = await enrolment();
        await postpone(world.services, inCourse());
        expect(await enrolment()).toEqual(before);
      }
      await only({ welcome: DUE });
      const claim = { by: "me", until: NOW + MINUTE, key: "welcome", dispatch: "d" };
      await change((current) => ({ ...current, claim }));
      await postpone(world.services, inCourse());
      expect((await enrolment()).agenda).toEqual({ welcome: DUE });
      await change((current) => ({ ...current, agenda: {} }));
      await expect(postpone(world.services, inCourse())).resolves.toBeUndefined();
    });

    it("is not put off in the place of what its reader's pause keeps back", async () => {
      await only({ lesson: DUE, prompt_one: { dueAt: NOW + MINUTE, doubts: 0 } });
      await change((current) => withPause(current));
      await postpone(world.services, inCourse());
      expect((await enrolment()).agenda).toMatchObject({
        lesson: DUE,
        prompt_one: { dueAt: NOW + 5 * MINUTE },
      });
    });
  });

  it("is planned with a look-back where a part has ended, beside the next lesson", async () => {
    const lessons = [aLesson("one"), aLesson("two", { part: "down" })];
    const parts = [
      { slug: "up", title: "Up" },
      { slug: "down", title: "Down" },
    ];
    setCourse({ ...aCourse(), parts, lessons });
    await world.services.store.keepReflection({
      ...{ kind: "reflection", id: "r1", subscriber: reader.id, course: "course", run: 1, lesson: "one" },
      ...{ inReplyTo: "d", receivedAt: NOW, replyKind: "reflection", reason: "own words", ownWords: "Mine." },
      ...{ subject: "Re:", messageId: "<a@b>", references: [], attachments: [], raw: "mail/1" },
    });
    await change((current) => ({ ...current, done: ["one"], agenda: { lesson: DUE } }));
    await look();
    expect(Object.keys((await enrolment()).agenda).sort()).toEqual(["completion", "look-back_up"]);
    expect((await enrolment()).agenda["look-back_up"]).toMatchObject({ reflection: "r1" });
  });
});
