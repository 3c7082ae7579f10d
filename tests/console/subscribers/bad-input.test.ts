import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInAudience } from "../../../console/audience.ts";
import { readAudience } from "../../../console/issue/audience.ts";
import { readListFile } from "../../../console/issue/list-file.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { COURSE, type ConsoleWorld, NOW, openConsole } from "./world.ts";

let desk: ConsoleWorld;
let folder: string;
beforeAll(async () => {
  desk = await openConsole();
  folder = mkdtempSync(join(tmpdir(), "coursepost-list-"));
  await desk.reader("ada@x.example");
  await desk.reader("bob@x.example");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await desk.stop();
});
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const ADA = "ada@x.example";
const WHY = ["--because", "asked", "--yes"];

describe("a command of the list that cannot be followed is refused in one sentence, and changes nothing", () => {
  it.each([
    [["subscribers", "dance"], /^subscribers dance\? It is one of find, show, /],
    [["subscribers", "find", "--status", "asleep"], /--status asleep\? It is one of/],
    [["subscribers", "find", "--where", "shoe=42"], /--where does not know "shoe=42"/],
    [["subscribers", "find", "--where", "silent>=many"], /silent many\? It is a number/],
    [["subscribers", "show", "nobody@x.example"], /There is no subscriber "nobody@x.example"/],
    [["subscribers", "show", "a b@x.example"], /"a b@x.example" is no address/],
    [["subscribers", "show", "../etc"], /There is no subscriber/],
    [["subscribers", "tag", ADA], /needs TAG/],
    [["subscribers", "tag", ADA, "a,b", "--yes"], /has no comma/],
    [["subscribers", "tag", ADA, " ", "--yes"], /at least one character/],
    [["subscribers", "tag", ADA, "x".repeat(61), "--yes"], /60 characters/],
    [
      ["subscribers", "tag", ADA, ...Array.from({ length: 51 }, (_, at) => `t${at}`), "--yes"],
      /more than 50 tags/,
    ],
    [["subscribers", "tag", ADA, "vip"], /There is nobody to ask here: add --yes/],
    [["subscribers", "pause", ADA, "--until", "tomorrow", "--yes"], /--until tomorrow is no day/],
    [["subscribers", "pause", ADA, "--until", "2026-02-01", "--yes"], /has begun already/],
    [["subscribers", "pause", ADA, "--course", "other", "--yes"], /is not in "other", but in course/],
    [["subscribers", "resume", "nobody@x.example", "--yes"], /There is no subscriber/],
    [["subscribers", "place", ADA, "four", "--yes"], /has no lesson "four"; it has one, two, three/],
    [["subscribers", "change-address", ADA, "new@x.example", "--yes"], /needs a reason/],
    [["subscribers", "change-address", ADA, "new@x", ...WHY], /"new@x" is no address/],
    [
      ["subscribers", "change-address", ADA, "course@Course.Example", ...WHY],
      /is an address of this course itself/,
    ],
    [
      ["subscribers", "change-address", ADA, "rehearsal+abcd2345@course.example", ...WHY],
      /of this course itself/,
    ],
    [["subscribers", "change-address", ADA, "bob@x.example", ...WHY], /is the address of/],
    [["subscribers", "unsubscribe", ADA, "--yes"], /needs a reason/],
    [["subscribers", "unsubscribe", ADA, "--list", "other", ...WHY], /is not on "other"/],
    [["subscribers", "suppress", ADA, "--because", "x".repeat(501), "--yes"], /501 characters/],
    [["subscribers", "suppress", "zzzz", ...WHY], /There is no subscriber "zzzz"/],
    [["subscribers", "unsuppress", ADA, "--yes"], /needs a reason/],
    [["subscribers", "export", ADA, "--to", "/no/such/folder/x.json"], /cannot be written/],
    [["subscribers", "erase", "nobody@x.example", "--yes"], /There is no subscriber/],
    [["ledger"], /--lesson SLUG/],
    [["ledger", "--lesson", "four"], /has no lesson "four"/],
    [["ledger", "--lesson", "one", "--course", "other"], /There is no course "other"/],
    [["suppressions", "list", "--reason", "boredom"], /--reason boredom\?/],
    [["dead-letters", "show", "letters"], /There is no queue "letters"; there are nudge, reply, feedback/],
    [["dead-letters", "redrive", "--only", "letters"], /There is no queue/],
  ])("%j", async (given, says) => {
    const before = await Promise.all(
      [ADA, "bob@x.example"].map((one) => desk.run("subscribers", "export", one)),
    );
    expect(await desk.refusal(...given)).toMatch(says);
    const after = await Promise.all(
      [ADA, "bob@x.example"].map((one) => desk.run("subscribers", "export", one)),
    );
    expect(after).toEqual(before);
  });
});

describe("whom an issue goes to", () => {
  it("by tag and by silence", async () => {
    const reader = await desk.reader("tagged@x.example");
    const person = { subscriber: { ...reader, newsletter: true, tags: ["vip", "press"] }, enrolments: [] };
    const isIn = (typed: string, of = person) =>
      isInAudience(readAudience(typed, undefined, [COURSE]), of, [COURSE]);
    expect(
      ["tag=vip", "tag=vip,tag=press", "tag=other", "silent<1", "silent>=1"].map((typed) => isIn(typed)),
    ).toEqual([true, true, false, true, false]);
  });

  it("by a file: those whom it names, and by line who does not count, and why", async () => {
    for (const name of ["one", "two"]) {
      const { id } = await desk.reader(`${name}@list.example`);
      const kept = await desk.services.store.subscriber(id);
      if (kept) await desk.services.store.change(kept, (current) => ({ ...current, newsletter: true }));
    }
    const list = file(
      "list.csv",
      '\ufeffName;Email\r\n"Uno";"One@list.example"\r\n;two@list.example\r\n;nobody@list.example\r\n;ada@x.example\r\n;one@list.example\r\n;a@@b\r\n',
    );
    const { ids, leftOut } = await readListFile(desk.deployment, list);
    expect(ids.size).toBe(2);
    expect(leftOut).toEqual([
      expect.stringMatching(/^4 lines of .*list\.csv do not count:$/),
      "  line 4: nobody on the list",
      "  line 5: does not get the newsletter",
      "  line 6: is in the file already",
      "  line 7: no address",
    ]);
  });

  it("by a file in whatever encoding and with whatever cells an import reads", async () => {
    const { id } = await desk.reader("uni@list.example");
    const kept = await desk.services.store.subscriber(id);
    if (kept) await desk.services.store.change(kept, (current) => ({ ...current, newsletter: true }));
    const text = '\ufeffName;Email\r\n"Jürg; ""J""\r\nB";uni@list.example\r\n';
    const utf16 = file("utf16.csv", Buffer.from(text, "utf16le"));
    expect((await readListFile(desk.deployment, utf16)).ids).toEqual(new Set([id]));
    const latin = file("latin.csv", Buffer.from(text.slice(1), "latin1"));
    expect((await readListFile(desk.deployment, latin, "windows-1252")).ids).toEqual(new Set([id]));
    await expect(readListFile(desk.deployment, latin)).rejects.toThrow(/line 2: that is not utf-8/);
  });

  it.each([
    ["no-such-file.csv", "", /There is no file/],
    ["empty.csv", "\n", /names nobody who gets the newsletter: it is empty/],
    ["strangers.csv", "x@y.example\n", /names nobody who gets the newsletter: line 1: nobody on the list/],
  ])("refuses %s", async (name, text, says) => {
    const path = text === "" ? join(folder, name) : file(name, text);
    await expect(readListFile(desk.deployment, path)).rejects.toThrow(says);
    expect(desk.clock.now()).toBe(NOW);
  });
});

describe("a rehearsal's reader", () => {
  it("gets no other address: whoever had it would be held by no limit", async () => {
    const { store } = desk.services;
    const id = "rehearsalabcdefg";
    const bob = await store.subscriber((await desk.reader("rita@x.example")).id);
    await store.save({ ...(bob as Subscriber), id, address: "rehearsal+x@course.example", version: 0 });
    expect(await desk.refusal("subscribers", "change-address", id, "new@x.example", ...WHY)).toMatch(
      /is a rehearsal's reader/,
    );
    expect((await store.subscriber(id))?.address).toBe("rehearsal+x@course.example");
  });
});
