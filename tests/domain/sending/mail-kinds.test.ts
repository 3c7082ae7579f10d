import { describe, expect, it } from "vitest";
import {
  duePlace,
  ERASE_AGAIN_KEY,
  FINISH_STOP_KEY,
  isMailKey,
  LESSON_KEY,
  mailKey,
  RESUME_KEY,
  readKey,
} from "../../../functions/domain/sending/agenda.ts";
import { ACTS, DISPATCH_KINDS, mailKind, PRIORITIES } from "../../../functions/domain/sending/mail-kinds.ts";
import {
  batchShard,
  chooseShard,
  listShards,
  shardPriority,
} from "../../../functions/domain/sending/shard.ts";

const priority = (key: string) =>
  duePlace({ [key]: { dueAt: 0, doubts: 0 } }, undefined, () => true)?.priority;
const which = (is: (kind: (typeof DISPATCH_KINDS)[number]) => boolean): string[] => DISPATCH_KINDS.filter(is);

describe("the table of the kinds of mail", () => {
  it("says no way to unsubscribe to the owner, to people on no list, nor about a change of address; all others find one", () => {
    const without = which((kind) => !mailKind(kind).hasUnsubscribe);
    expect(without).toEqual(["confirmation", "address", ...which((kind) => mailKind(kind).to === "owner")]);
  });

  it("lets answers leave in a pause, and never what the pause is about", () => {
    const inPause = which((kind) => mailKind(kind).leavesAlsoWhile.includes("paused"));
    expect(inPause.sort()).toEqual(["answer", "notice", "prompt", "welcome"]);
  });

  it("holds no kind that is named like an act", () => {
    expect(Object.keys(ACTS).filter((act) => readKey(act) !== undefined)).toEqual([]);
  });

  it("names entries of agendas so that their kind and slug can be read back", () => {
    for (const kind of DISPATCH_KINDS) {
      const key = mailKey(kind, "a-slug");
      expect(readKey(key)).toEqual({ kind, slug: "a-slug" });
      expect(which((other) => isMailKey(other, key))).toEqual([kind]);
    }
    expect(readKey(LESSON_KEY)).toEqual({ kind: "lesson", slug: "lesson" });
  });
});

describe("priorities", () => {
  it("put what a person waits for before lessons, and an issue on one reader's agenda among the lessons", () => {
    const urgent = which((kind) => priority(mailKey(kind, "x")) === "urgent");
    expect(which((kind) => !urgent.includes(kind))).toEqual([
      "lesson",
      "look-back",
      "completion",
      "letter",
      "issue",
    ]);
    expect([FINISH_STOP_KEY, RESUME_KEY, ERASE_AGAIN_KEY].map(priority)).toEqual([
      ...["urgent", "lesson", "lesson"],
    ]);
  });

  it("are read back from every shard's name, in the order in which a lane drains them", () => {
    const drained = listShards(0, 1).map(shardPriority);
    expect([...new Set(drained)]).toEqual(PRIORITIES);
    expect(drained).toEqual(
      [...drained].sort((one, other) => PRIORITIES.indexOf(one) - PRIORITIES.indexOf(other)),
    );
    expect(shardPriority(chooseShard("lesson", "k5nb2gmzq7kx4wu3"))).toBe("lesson");
    expect(shardPriority(batchShard(7))).toBe("bulk");
    expect(() => shardPriority("urgently-1")).toThrow("no shard");
  });
});
