import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replyName } from "../../console/replies/reply-name.ts";
import { readToday } from "../../console/today/read-today.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { newOwner } from "../../functions/domain/sending/owner.ts";
import { DAY, HOUR } from "../../functions/domain/time.ts";
import { openOwnersCloud, typed } from "../support/console.ts";
import { aReader } from "../support/person-records.ts";
import { NOW, openReplies, type RepliesWorld } from "./replies/world.ts";

const JANE = "janejanejanejan2";

let desk: RepliesWorld;
beforeEach(async () => {
  desk = await openReplies();
  await desk.reader(JANE);
});
afterEach(() => desk.stop());

describe("today", () => {
  it("has all that waits for a person, the gravest first, then what has waited longest, each with what deals with it", async () => {
    const { store } = desk.services;
    const later = await desk.wrote(JANE, { replyKind: "question", receivedAt: NOW - HOUR });
    const question = await desk.wrote(JANE, { replyKind: "question", receivedAt: NOW - DAY });
    const grave = await desk.wrote(JANE, { replyKind: "grave" });
    const leaving = await desk.wrote(JANE, { replyKind: "unclear-leaving" });
    const steering = await desk.wrote(JANE, { replyKind: "unclear-command", ownWords: "Could it be later?" });
    const besides = await desk.wrote(JANE, { replyKind: "command", besides: "And what of the boss?" });
    const other = await desk.wrote(JANE, { replyKind: "foreign-sender" });
    const toIssue = await desk.wrote(JANE, {
      inReplyTo: `${JANE}_newsletter_1_issue_news`,
      course: "newsletter",
    });
    await desk.wrote(JANE, { ownWords: "A reflection that the digest tells of." });
    await desk.wrote(JANE, { replyKind: "out-of-office" });
    await store.keepUnmatched({ messageId: "<m>", receivedAt: NOW - HOUR, raw: "raw/9", reason: "No token" });
    const enrolment = (await store.enrolment(JANE, desk.course)) as Enrolment;
    const parked = { dueAt: NOW - DAY, doubts: 2, parked: true };
    await store.change(enrolment, (current) => ({ ...current, agenda: { lesson: parked } }));
    await store.change(newOwner(), (owner) => ({ ...owner, agenda: { digest_d: { ...parked, doubts: 0 } } }));
    const { waiting } = await readToday(desk.deployment);
    expect(waiting.map(({ what, act }) => [what, act])).toEqual([
      ["grave", `replies answer ${replyName(grave)}`],
      ["leaving", `replies show ${replyName(leaving)}`],
      ["question", `replies answer ${replyName(question)}`],
      ["question", `replies answer ${replyName(later)}`],
      ["besides", `replies answer ${replyName(besides)}`],
      ["wrote", `replies answer ${replyName(toIssue)}`],
      ["steering", `replies answer ${replyName(steering)}`],
      ["other-sender", `replies show ${replyName(other)}`],
      ["unmatched", "tray show raw/9"],
      ["parked", "parked send --only owner/digest_d"],
      ["parked", `parked send --only ${JANE}/${desk.course}/lesson`],
    ]);
    const said = await desk.run("today");
    expect(said).toMatch(/^Waiting for you: 11\n {2}j•••@acme.example, lesson 1 of .*: Grave news/);
    expect(said).toContain(`A question. (1 day)\n      replies answer ${replyName(question)}`);
    expect(said).not.toMatch(/Jane|Could it be later/);
  });

  it("shows that nothing waits, once everything is answered or put aside", async () => {
    const reply = await desk.wrote(JANE, { replyKind: "question" });
    expect(await desk.run("today"), "control").toContain("Waiting for you: 1");
    await desk.run("replies", "done", replyName(reply), "--yes");
    expect(await desk.run("today")).toMatch(/^Nothing waits for you\.\n/);
  });

  it("counts this week from Monday on, on the owner's clock, beside the whole of the last", async () => {
    const monday = Date.UTC(2026, 10, 22, 23);
    await desk.services.store.save(aReader("newnewnewnewnew2", monday - 6 * DAY));
    await desk.wrote(JANE, { receivedAt: monday - 1 });
    await desk.wrote(JANE, { receivedAt: monday });
    await desk.wrote(JANE, { receivedAt: NOW });
    await desk.wrote(JANE, { receivedAt: NOW, replyKind: "auto-reply" });
    await desk.wrote(JANE, { receivedAt: monday - 8 * DAY });
    const { week, lastWeek } = await readToday(desk.deployment);
    expect(week).toMatchObject({ from: monday, replies: 2, signedUp: 0 });
    expect(lastWeek).toMatchObject({ replies: 1, signedUp: 1, active: 1 });
  });

  it("says what leaves next: mails by their readers, an issue by its name", async () => {
    const { store, broadcasts } = desk.services;
    const enrolment = (await store.enrolment(JANE, desk.course)) as Enrolment;
    const agenda = { lesson: { dueAt: NOW + DAY, doubts: 0 } };
    await store.change(enrolment, (current) => ({ ...current, agenda }));
    expect((await readToday(desk.deployment)).next).toEqual([
      { at: NOW + DAY, what: "lesson", subscriber: JANE, list: desk.course },
    ]);
    await broadcasts.saveBroadcast({
      ...{ slug: "news", version: 0, title: "News", status: "sending", revision: "1" },
      ...{ audience: {}, asked: "all", when: { from: NOW + HOUR }, createdAt: NOW },
    } as unknown as Parameters<typeof broadcasts.saveBroadcast>[0]);
    const { next } = await readToday(desk.deployment);
    expect(next[0]).toEqual({ at: NOW + HOUR, what: "issue", list: "news" });
    expect(await desk.run("today")).toMatch(/issue of news\n.*lesson of \S+ for janejanejanejan2/);
  });

  it("is asked of a whole cloud, with its queues, for a handful of calls", async () => {
    const owner = await openOwnersCloud();
    try {
      const { exitCode, out, error } = await typed(await owner.reached(), "today", "--json");
      expect(error).toBe("");
      expect(exitCode).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ waiting: [], next: [] });
    } finally {
      await owner.stop();
    }
  });
});
