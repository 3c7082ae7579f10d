import { describe, expect, it } from "vitest";
import { inertEnrolment, withActivation } from "../../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import {
  COMPLETION_KEY,
  duePlace,
  ERASE_AGAIN_KEY,
  earliest,
  FINISH_STOP_KEY,
  isMailKey,
  LESSON_KEY,
  parkedKeys,
  RESUME_KEY,
  WELCOME_KEY,
  withUnparked,
} from "../../../functions/domain/sending/agenda.ts";
import { type Claim, doubtEnds, isAlive, mayCallSes } from "../../../functions/domain/sending/claim.ts";
import { toHolderKey } from "../../../functions/domain/sending/holder.ts";
import {
  newOwner,
  OWNER_KEY,
  ownerDue,
  ownerGets,
  ownersDispatch,
} from "../../../functions/domain/sending/owner.ts";
import { lanesInUse, listShards } from "../../../functions/domain/sending/shard.ts";
import { MINUTE, SECOND } from "../../../functions/domain/time.ts";

const NOW = Date.UTC(2026, 10, 24);
const at = (dueAt: number) => ({ dueAt, doubts: 0 });
const claim = { key: "lesson", by: "me", until: NOW + MINUTE } as Claim;

describe("a claim", () => {
  it("lives until its minute is over, and begins no call to SES in its last 20 seconds", () => {
    expect([NOW, NOW + MINUTE - 1, NOW + MINUTE].map((now) => isAlive(claim, now))).toEqual([
      true,
      true,
      false,
    ]);
    const closing = NOW + 40 * SECOND;
    expect([NOW, closing - 1, closing, NOW + MINUTE].map((now) => mayCallSes(claim, now))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
  });
});

describe("a claim that died", () => {
  it("is in doubt for a quarter of an hour, in which SES may still tell that the mail left", () => {
    expect(doubtEnds(claim)).toBe(NOW + 16 * MINUTE);
  });
});

describe("an agenda", () => {
  it("is led by its earliest entry that is not parked; of two at one moment by the smaller key", () => {
    expect(earliest({ lesson: at(2), welcome: at(1) })?.key).toBe("welcome");
    expect(earliest({ welcome: at(1), lesson: at(2) })?.key).toBe("welcome");
    expect(earliest({ welcome: at(1), lesson: at(1) })?.key).toBe("lesson");
    expect(earliest({ lesson: at(1), welcome: at(1) })?.key).toBe("lesson");
    expect(earliest({ lesson: { ...at(1), parked: true }, welcome: at(2) })?.key).toBe("welcome");
    expect(earliest({})).toBeUndefined();
  });

  it("puts what somebody waits for before lessons, and a lesson before what is done unseen", () => {
    const priority = (key: string) => duePlace({ [key]: at(1) }, undefined, () => true)?.priority;
    expect(["welcome", "prompt_one", "lesson", "completion"].map(priority)).toEqual([
      ...["urgent", "urgent"],
      ...["lesson", "lesson"],
    ]);
    expect(priority("no-kind-of-mail")).toBe("lesson");
  });

  it("calls what it holds by names that stand in the table, and must not change", () => {
    expect([RESUME_KEY, FINISH_STOP_KEY, ERASE_AGAIN_KEY]).toEqual(["resume", "finish-stop", "erase-again"]);
    expect([LESSON_KEY, WELCOME_KEY, COMPLETION_KEY]).toEqual(["lesson", "welcome", "completion"]);
  });

  it("stands where it stood while it is claimed, and at the end of the doubt once it is in doubt", () => {
    const agenda = { lesson: at(NOW - 1), welcome: at(NOW - 2) };
    const place = (held: Claim, one = agenda) => duePlace(one, held, () => true);
    expect(place(claim)).toEqual({ priority: "lesson", dueAt: NOW - 1 });
    expect(place({ ...claim, key: "welcome" })).toEqual({ priority: "urgent", dueAt: NOW - 2 });
    expect(place({ ...claim, inDoubt: true })).toEqual({ priority: "lesson", dueAt: NOW + 16 * MINUTE });
    // The entry was struck out meanwhile: the claim is looked at when it is dead.
    expect(duePlace({}, claim, () => true)).toEqual({ priority: "lesson", dueAt: NOW + MINUTE });
  });

  it("names what is parked, and puts it back when a person has looked at it", () => {
    const agenda = { lesson: { ...at(1), parked: true, doubts: 2 }, welcome: at(1) };
    expect(parkedKeys(agenda)).toEqual(["lesson"]);
    expect(withUnparked(agenda, "lesson", NOW)).toEqual({
      lesson: { dueAt: NOW, doubts: 2 },
      welcome: at(1),
    });
    for (const key of ["welcome", "gone"]) expect(withUnparked(agenda, key, NOW)).toBe(agenda);
  });

  it("knows a mail's key by its kind, and by the beginning of its slug", () => {
    expect(isMailKey("notice", "notice_help-1")).toBe(true);
    expect(isMailKey("notice", "notice_help-1", "help")).toBe(true);
    expect(isMailKey("notice", "notice_help-1", "silence")).toBe(false);
    expect(isMailKey("lesson", "notice_help-1")).toBe(false);
  });
});

describe("who holds a consent", () => {
  it("is found again: the owner, a person, a person in a course", () => {
    const cadence = { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" } as const;
    const enrolment = withActivation(inertEnrolment("ada", "course", cadence, NOW), NOW);
    expect(toHolderKey(newOwner())).toEqual(OWNER_KEY);
    expect(toHolderKey(enrolment)).toEqual({ subscriber: "ada", course: "course" });
    const person = { kind: "subscriber", id: "ada" } as Subscriber;
    expect(toHolderKey(person)).toEqual({ subscriber: "ada" });
  });
});

describe("what waits for the owner", () => {
  it("waits once, and no more than 500 mails do", () => {
    const one = ownerGets(newOwner(), "digest_1", { dueAt: NOW });
    expect(one.agenda).toEqual({ digest_1: at(NOW) });
    expect(ownerGets(one, "digest_1", { dueAt: NOW + 1 })).toBe(one);
    const waiting = (count: number) => ({
      ...newOwner(),
      agenda: Object.fromEntries(Array.from({ length: count }, (_, place) => [`relay_${place}`, at(NOW)])),
    });
    expect(Object.keys(ownerGets(waiting(499), "digest_1", { dueAt: NOW }).agenda)).toHaveLength(500);
    const full = waiting(500);
    expect(ownerGets(full, "digest_1", { dueAt: NOW })).toBe(full);
  });

  it("has its place in the ledger with the reader whom it is about", () => {
    const about = { subscriber: "ada", list: "course", run: 2 };
    const owner = ownerGets(newOwner(), "relay_r1", { dueAt: NOW, about });
    expect(ownersDispatch(owner, { kind: "relay", slug: "r1" })).toEqual({
      ...about,
      kind: "relay",
      slug: "r1",
    });
    expect(ownersDispatch(owner, { kind: "digest", slug: "1" })).toMatchObject({
      subscriber: "owner",
      list: "account",
      run: 1,
    });
  });

  it("leaves before any lesson: whatever its kind, the earliest first", () => {
    const owner = ownerGets(ownerGets(newOwner(), "digest_1", { dueAt: NOW }), "report_1", {
      dueAt: NOW - 1,
    });
    expect(ownerDue(owner)).toEqual({ priority: "urgent", dueAt: NOW - 1 });
    expect(ownerDue(newOwner())).toBeUndefined();
  });
});

describe("lanes", () => {
  it("are as many as the rate asks for: one for 150 mails a second, and never more than are deployed", () => {
    expect([0, 1, 150, 151, 500, 9_999].map((rate) => lanesInUse(rate, 4))).toEqual([1, 1, 1, 2, 4, 4]);
    expect(lanesInUse(500, 2)).toBe(2);
  });

  it("share the shards without a gap: urgent ones first, bulk last", () => {
    const all = [0, 1, 2].flatMap((lane) => listShards(lane, 3));
    expect(new Set(all).size).toBe(all.length);
    expect([...all].sort()).toEqual([...listShards(0, 1)].sort());
    expect(listShards(1, 3)).toEqual(["lesson-1", "lesson-4", "lesson-7", "bulk-1"]);
    expect(listShards(0, 1)).toHaveLength(13);
  });
});
