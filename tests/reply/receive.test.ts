import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../functions/consent/erase.ts";
import { type Enrolment, withLeft } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { OWNER_ID } from "../../functions/domain/sending/owner.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import { OperationalError } from "../../functions/errors.ts";
import { addressHash, EVERYTHING, NEWSLETTER } from "../../functions/links/links.ts";
import { receive } from "../../functions/reply/receive.ts";
import {
  aMail,
  COURSE,
  closeConversation,
  comes,
  consent,
  idOf,
  JANE,
  mails,
  NOW,
  openConversation,
  replyTo,
  SUBSCRIBER,
  sent,
  services,
  to,
  unmatched,
  WORDS,
  type Writes,
  world,
} from "../support/conversation.ts";

beforeEach(openConversation);
afterEach(closeConversation);

const kept = () => services.store.reflections(SUBSCRIBER);
const enrolment = async (): Promise<Enrolment> =>
  (await services.store.enrolment(SUBSCRIBER, COURSE)) as Enrolment;
const jane = async (): Promise<Subscriber> => (await services.store.subscriber(SUBSCRIBER)) as Subscriber;

/** Deeper than any mail program nests: nothing can be read of it. */
const deep = (): string[] =>
  Array.from({ length: 60 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`);

describe("a reader's reply to a lesson", () => {
  it("is kept in their own words and gets one prompt, after the owner's delay", async () => {
    await comes({ recipients: [await replyTo("one")] });
    expect(await kept()).toMatchObject([
      {
        lesson: "one",
        course: COURSE,
        run: 1,
        inReplyTo: idOf("lesson", "one"),
        replyKind: "reflection",
        ownWords: WORDS,
        subject: "Re: About one",
      },
    ]);
    const [reflection] = await kept();
    const { prompted, agenda } = await enrolment();
    expect(prompted).toEqual({ one: reflection?.id });
    expect(agenda.prompt_one).toMatchObject({ dueAt: NOW + 10 * MINUTE, answers: "substantial" });
    expect(world.nudged).toEqual([{ subscriber: SUBSCRIBER, course: COURSE, afterMs: 10 * MINUTE }]);
  });

  it("is a sign of life, as is a command and a second reply; a machine's is none", async () => {
    const quiet = async () => {
      await services.store.change(await enrolment(), (current) => ({ ...current, silent: 6 }));
    };
    const machine = ["Auto-Submitted: auto-replied"];
    for (const [writes, silent] of [
      [{}, undefined],
      [{}, undefined],
      [{ words: "next" }, undefined],
      [{ headers: machine, words: "Out of office." }, 6],
      [{ from: "somebody@else.example", words: "Please take me off." }, 6],
    ] as const) {
      await quiet();
      await comes({ recipients: [await replyTo("one")], ...(writes as Partial<Writes>) });
      expect((await enrolment()).silent, JSON.stringify(writes)).toBe(silent);
    }
  });

  it("is one reflection and one prompt, however often it is delivered and to whichever of our addresses", async () => {
    const mail = aMail({ recipients: [await replyTo("one")] });
    await receive(services, mail);
    await receive(services, mail);
    const again = { recipients: ["lessons@course.example", await replyTo("one")], id: mail.key };
    await comes(again);
    expect(await kept()).toHaveLength(1);
    expect(Object.keys((await enrolment()).prompted)).toEqual(["one"]);
  });

  it("is one reflection and one prompt, though its reader sent it to the addresses of two lessons", async () => {
    await comes({ recipients: [await replyTo("one")], id: "same" });
    await comes({ recipients: [await replyTo("two")], id: "same" });
    expect((await kept()).map(({ lesson }) => lesson)).toEqual(["one"]);
    expect(Object.keys((await enrolment()).prompted)).toEqual(["one"]);
    await comes({ recipients: [await replyTo("two")], id: "another" });
    expect(Object.keys((await enrolment()).prompted)).toEqual(["one", "two"]);
  });

  it("that its reader has taken back is not answered when it is delivered once more", async () => {
    const mail = aMail({ recipients: [await replyTo("one")] });
    const { change } = services.store;
    const dying = { ...services.store, change: () => Promise.reject(new Error("killed")) };
    await expect(receive({ ...services, store: dying }, mail)).rejects.toThrow("killed");
    await services.store.forgetReflection(SUBSCRIBER, (await kept())[0]?.id ?? "");
    await receive({ ...services, store: { ...services.store, change } }, mail);
    expect([await kept(), (await enrolment()).prompted]).toEqual([[], {}]);
  });

  it("is answered after a crash between keeping it and planning its prompt", async () => {
    const mail = aMail({ recipients: [await replyTo("one")] });
    const crash = new OperationalError("store-unavailable", "a fault");
    const change = async () => {
      throw crash;
    };
    await expect(receive({ ...services, store: { ...services.store, change } }, mail)).rejects.toBe(crash);
    expect(await kept()).toHaveLength(1);
    expect((await enrolment()).prompted).toEqual({});
    await receive(services, mail);
    expect(await kept()).toHaveLength(1);
    expect(Object.keys((await enrolment()).agenda)).toContain("prompt_one");
  });

  it("a second one in the thread is kept and not answered, nor is an answer to the prompt or a look-back", async () => {
    await comes({ recipients: [await replyTo("one")] });
    const before = await enrolment();
    await sent("prompt", "one");
    await sent("look-back", "up");
    await comes({
      recipients: [await replyTo("one")],
      words: "One more thing: the customer told me so himself.",
    });
    await comes({ recipients: [await replyTo("one", "prompt")] });
    await comes({ recipients: [await replyTo("up", "look-back")] });
    expect(await kept()).toHaveLength(4);
    expect(await enrolment()).toEqual(before);
  });

  it("to a look-back is kept beside the reflection that the look-back quoted", async () => {
    await comes({ recipients: [await replyTo("one")] });
    const [first] = await kept();
    await services.store.change(await enrolment(), (current) => ({
      ...current,
      lookedBack: { up: first?.id ?? "" },
    }));
    await sent("look-back", "up");
    await comes({
      recipients: [await replyTo("up", "look-back")],
      words: "He has hired the second estimator.",
    });
    const answer = (await kept()).find(({ lesson }) => lesson === "up");
    expect(answer?.follows).toBe(first?.id);
    expect(first?.follows).toBeUndefined();
    expect(Object.keys((await enrolment()).prompted)).toEqual(["one"]);
  });

  it("to a letter is kept beside the reflection that the letter quoted, and is never prompted", async () => {
    await comes({ recipients: [await replyTo("one")] });
    const [first] = await kept();
    await services.store.change(await enrolment(), (current) => ({
      ...{ ...current, status: "completed", agenda: {}, lookedBack: { letter_soon: first?.id ?? "" } },
    }));
    await sent("letter", "soon");
    await comes({ recipients: [await replyTo("soon", "letter")], words: "My deputy noticed it first." });
    const answer = (await kept()).find(({ lesson }) => lesson === "soon");
    expect([answer?.follows, answer?.replyKind]).toEqual([first?.id, "reflection"]);
    expect(await enrolment()).toMatchObject({ agenda: {}, prompted: { one: first?.id } });
  });

  it("“no letters” to the completion ends them, and one mail says so; to a lesson it is an answer", async () => {
    await sent("completion", "completion");
    await comes({ recipients: [await replyTo("one")], words: "no letters" });
    expect((await enrolment()).noLetters).toBeUndefined();
    await comes({ recipients: [await replyTo("completion", "completion")], words: "No letters." });
    const after = await enrolment();
    expect([after.noLetters, after.status]).toEqual([true, "active"]);
    expect(Object.keys(after.agenda).filter((key) => key.startsWith("notice_noletters-"))).toHaveLength(1);
  });

  it("“later lessons” to the completion asks for what the course gets later, and one mail says so", async () => {
    await services.store.change(await enrolment(), (current) => ({
      ...current,
      status: "completed",
      agenda: {},
    }));
    await sent("completion", "completion");
    await comes({ recipients: [await replyTo("one")], words: "later lessons" });
    expect((await enrolment()).laterLessons).toBeUndefined();
    await comes({ recipients: [await replyTo("completion", "completion")], words: "Later lessons." });
    const { laterLessons, status, agenda } = await enrolment();
    expect([laterLessons, status, "lesson" in agenda]).toEqual([true, "completed", true]);
    expect(Object.keys(agenda).filter((key) => key.startsWith("notice_later-"))).toHaveLength(1);
  });

  it("is answered three times a day at the most", async () => {
    for (const slug of ["one", "two", "three", "four"]) await comes({ recipients: [await replyTo(slug)] });
    expect(await kept()).toHaveLength(4);
    expect(Object.keys((await enrolment()).prompted)).toEqual(["one", "two", "three"]);
  });

  it.each([
    ["Was it wrong to ask twice, do you think?", "question"],
    ["A second estimator.", "very-short"],
  ])("%j is answered as what it is", async (words, kind) => {
    await comes({ recipients: [await replyTo("one")], words });
    expect((await kept())[0]?.replyKind).toBe(kind);
    expect((await enrolment()).agenda.prompt_one?.answers).toBe(kind);
  });

  it("is bound by its token though the letter case changed and the ledger entry was lost", async () => {
    const ledger = async () => [];
    const mail = aMail({ recipients: [(await replyTo("two")).toUpperCase()] });
    await receive({ ...services, store: { ...services.store, ledger } }, mail);
    expect((await kept())[0]?.lesson).toBe("two");
  });

  it.each(["In-Reply-To", "References"])("to our From address is bound by %s", async (field) => {
    const headers = [`${field}: <x@y.example> <0100-lesson-two@email.amazonses.com>`];
    await comes({ recipients: ["lessons@course.example"], headers });
    expect((await kept())[0]?.lesson).toBe("two");
    expect(unmatched).toEqual([]);
  });

  it.each(["paused", "completed"] as const)(
    "from a reader whose course is %s is answered all the same",
    async (status) => {
      await services.store.change(await enrolment(), (current) => ({ ...current, status }));
      await comes({ recipients: [await replyTo("one")] });
      expect(Object.keys((await enrolment()).prompted)).toEqual(["one"]);
    },
  );

  it("to the confirmation, by somebody who has not confirmed, is kept and neither answered nor obeyed", async () => {
    await services.store.change(await enrolment(), (current) => ({ ...current, status: "inert" as const }));
    await services.store.change(await jane(), (current) => ({ ...current, status: "unconfirmed" as const }));
    const dispatch = dispatchId({
      subscriber: SUBSCRIBER,
      list: "account",
      run: 1,
      kind: "confirmation",
      slug: "1",
    });
    await services.store.recordSent({ dispatch, messageId: "c", sentAt: NOW, state: "sent", stateAt: NOW });
    const recipients = [(await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch })];
    const before = await enrolment();
    for (const words of [WORDS, "help", "next"]) await comes({ recipients, words });
    expect(await kept()).toHaveLength(3);
    expect(await enrolment()).toEqual(before);
    expect(world.nudged).toEqual([]);
  });

  it("is never bound by its subject, nor to somebody else's mail: it waits for the owner", async () => {
    await comes({ recipients: ["lessons@course.example"] });
    const headers = ["In-Reply-To: <0100-lesson-two@email.amazonses.com>"];
    await comes({ recipients: ["lessons@course.example"], headers, from: "joan@acme.example" });
    await comes({ recipients: ["reply+aaaaaaaaaaaaaaaaaaaa@course.example"], from: "joan@acme.example" });
    expect(await kept()).toEqual([]);
    expect(unmatched).toHaveLength(3);
    const mail = aMail({ recipients: ["lessons@course.example"], id: "deep" });
    mails.set(mail.key, deep().join(""));
    await receive(services, mail);
    expect(unmatched.at(-1)?.reason).toBe("No token, and the mail cannot be read");
  });

  it("that cannot be parsed is kept by what its envelope tells, and not answered", async () => {
    const mail = aMail({ recipients: [await replyTo("one")] });
    mails.set(mail.key, deep().join(""));
    await receive(services, mail);
    expect(await kept()).toMatchObject([{ replyKind: "unparsed", ownWords: "", raw: mail.key }]);
    expect((await enrolment()).prompted).toEqual({});
  });

  it("without words is kept with that reason, and none about a charset", async () => {
    await comes({ recipients: [await replyTo("one")], words: "🙂" });
    expect(await kept()).toMatchObject([
      { replyKind: "unparsed", reason: expect.not.stringContaining("charset") },
    ]);
  });

  it("whose raw mail is not there yet is tried again", async () => {
    const missing = new OperationalError("mail-missing", "mail-1");
    const read = async () => {
      throw missing;
    };
    const mail = aMail({ recipients: [await replyTo("one")] });
    await expect(receive({ ...services, inbox: { ...services.inbox, read } }, mail)).rejects.toBe(missing);
  });

  it("is done with once its reader has erased it, though it is put back after it was set aside", async () => {
    const mail = aMail({ recipients: [await replyTo("one")] });
    const put = { ...services, inbox: { ...services.inbox, read: () => Promise.reject(MISSING) } };
    await expect(receive(put, mail)).rejects.toBe(MISSING);
    await erase(services, SUBSCRIBER);
    await receive(put, mail);
    await world.services.store.removeTombstone(SUBSCRIBER);
    await receive(put, mail);
    expect(unmatched).toEqual([]);
  });
});

const MISSING = new OperationalError("mail-missing", "mail-1");

describe("a reader who is away", () => {
  const AWAY = "I am out of the office until 2 December.";
  const machine = ["Auto-Submitted: auto-replied"];
  const note = async (more: Partial<Writes> = {}) =>
    comes({ recipients: [await replyTo("four")], words: AWAY, headers: machine, source: "", ...more });

  it("is waited for until the day after, and not answered", async () => {
    await note();
    expect(await enrolment()).toMatchObject({
      status: "paused",
      agenda: { resume: { dueAt: Date.UTC(2026, 11, 2, 23) } },
    });
    expect((await kept()).map(({ replyKind }) => replyKind)).toEqual(["out-of-office"]);
    expect(world.nudged).toEqual([]);
  });

  it("is waited for once, however often the note comes, and not again after they went on", async () => {
    await note();
    const once = await enrolment();
    await note();
    expect(await enrolment()).toEqual(once);
    await comes({ recipients: [await replyTo("one")], words: "resume" });
    await note();
    expect((await enrolment()).status).toBe("active");
  });

  it("keeps the pause that they made, if it lasts longer", async () => {
    await comes({ recipients: [await replyTo("one")], words: "pause" });
    const paused = await enrolment();
    await note();
    expect(await enrolment()).toEqual(paused);
  });

  it.each<[string, Partial<Writes>]>([
    ["another mailbox", { from: "joan@elsewhere.example" }],
    ["a forged sender", { verdicts: { dmarc: "FAIL" } }],
    ["spam", { verdicts: { spam: "FAIL" } }],
    ["a virus", { verdicts: { virus: "FAIL" } }],
    ["a person, who only says so", { headers: [], source: JANE }],
    ["a machine that says no day", { words: "I am out of the office." }],
  ])("control: is not waited for on the word of %s", async (_, more) => {
    await note(more);
    expect((await enrolment()).status).toBe("active");
    expect(await kept()).toHaveLength(1);
  });
});

describe("nobody is answered", () => {
  it.each<[string, Partial<Writes>, string]>([
    ["a machine", { headers: ["Auto-Submitted: auto-replied"] }, "auto-reply"],
    [
      "an absence note",
      { headers: ["Auto-Submitted: auto-replied"], words: "Out of office." },
      "out-of-office",
    ],
    ["a null return path", { source: "" }, "auto-reply"],
    ["a report", { headers: ["Content-Type: multipart/report; boundary=b"] }, "delivery-report"],
    ["a forged sender", { verdicts: { dmarc: "FAIL" } }, "foreign-sender"],
    ["spam", { verdicts: { spam: "FAIL" } }, "spam"],
    ["a virus", { verdicts: { virus: "FAIL" } }, "virus"],
  ])("who is %s; it is kept", async (_, writes, kind) => {
    const before = [await enrolment(), await jane()];
    await comes({ recipients: [await replyTo("one")], ...writes });
    expect((await kept()).map(({ replyKind }) => replyKind)).toEqual([kind]);
    expect([await enrolment(), await jane()]).toEqual(before);
    expect(world.nudged.filter(({ subscriber }) => subscriber !== OWNER_ID)).toEqual([]);
  });

  it.each([[WORDS], ["stop"]])(
    "who is another person with the token: only their reader is asked, %j",
    async (words) => {
      const before = [await enrolment(), await jane()];
      await comes({ recipients: [await replyTo("one")], words, from: "joan@elsewhere.example" });
      const [{ id = "", replyKind } = {}] = await kept();
      const { otherSenders, agenda, version, ...unchanged } = (await jane()) as Subscriber;
      const same = { ...unchanged, agenda: {}, version: version - 1 };
      expect([replyKind, await enrolment(), same]).toEqual(["foreign-sender", ...before]);
      expect([otherSenders?.length, Object.keys(agenda)]).toEqual([1, [`notice_sender-${id}`]]);
    },
  );

  it("control: a mail ends what “never again” asked for only where DMARC proves whose it is", async () => {
    const { store } = services;
    const hash = addressHash(await services.keyring.keys(), JANE);
    await store.stopEverything(SUBSCRIBER, "never", { ...consent, event: "withdrawn" });
    await comes({ recipients: ["lessons@course.example"], verdicts: { dmarc: "GRAY" } });
    expect((await store.suppression(hash))?.reason).toBe("never");
    await comes({ recipients: ["lessons@course.example"], from: "joan@elsewhere.example" });
    expect((await store.suppression(hash))?.reason).toBe("never");
    await comes({ recipients: ["lessons@course.example"] });
    expect(await store.suppression(hash)).toBeUndefined();
    await store.suppress(hash, "never");
    await comes({ recipients: ["lessons@course.example"], from: JANE.replace("@", "+two@") });
    expect(await store.suppression(hash)).toBeUndefined();
  });

  it("who floods a reply address that has leaked: twenty a day are kept, and the reader's own words always", async () => {
    const flood = async (times: number, writes: Partial<Writes>) => {
      for (let time = 0; time < times; time++) await comes({ recipients: [await replyTo("one")], ...writes });
    };
    await flood(15, { from: "joan@elsewhere.example" });
    await flood(15, { headers: ["Auto-Submitted: auto-replied"] });
    expect(await kept()).toHaveLength(20);
    expect(world.logged.filter((line) => line.includes('"ForeignRepliesDropped"'))).toHaveLength(10);
    await comes({ recipients: [await replyTo("one")] });
    expect((await kept()).map(({ replyKind }) => replyKind)).toContain("reflection");
    expect(await kept()).toHaveLength(21);
  });

  it("who has left the course, or everything; it is kept", async () => {
    await services.store.change(await enrolment(), withLeft);
    await comes({ recipients: [await replyTo("one")] });
    await services.store.stopEverything(SUBSCRIBER, "reader", { ...consent, event: "withdrawn" });
    await comes({ recipients: [await replyTo("two")] });
    expect(await kept()).toHaveLength(2);
    expect((await enrolment()).prompted).toEqual({});
    expect(world.nudged).toEqual([]);
  });

  it("by a run that was started again", async () => {
    await services.store.change(await enrolment(), (current) => ({ ...current, run: 2 }));
    await comes({ recipients: [await replyTo("one")] });
    expect((await kept())[0]?.run).toBe(1);
    expect((await enrolment()).prompted).toEqual({});
  });
});

describe("a reader who leaves by mail", () => {
  it("leaves the course and the newsletter by 'stop', and is not answered", async () => {
    await comes({ recipients: [await replyTo("one")], words: "Stop." });
    expect((await enrolment()).status).toBe("left");
    expect(await jane()).toMatchObject({ status: "active", newsletter: false });
    expect((await jane()).consents.slice(-2)).toMatchObject([
      { event: "withdrawn", list: COURSE, source: "reply" },
      { event: "withdrawn", list: NEWSLETTER, source: "reply" },
    ]);
    expect((await kept())[0]?.replyKind).toBe("unsubscribe");
    expect(world.nudged).toEqual([]);
  });

  it("leaves for a colleague at their company, and not for a stranger at the same large provider", async () => {
    await comes({ recipients: [await replyTo("one")], words: "stop", from: "joan@acme.example" });
    expect((await enrolment()).status).toBe("left");
    await services.store.change(await enrolment(), (current) => ({ ...current, status: "active" as const }));
    await services.store.change(await jane(), (current) => ({ ...current, address: "jane@gmail.com" }));
    await comes({ recipients: [await replyTo("one")], words: "stop", from: "joan@gmail.com" });
    expect((await enrolment()).status).toBe("active");
    expect((await kept()).map(({ replyKind }) => replyKind).sort()).toEqual([
      "foreign-sender",
      "unsubscribe",
    ]);
  });

  it("is recorded once, however often the mail comes", async () => {
    const mail = aMail({ recipients: [await replyTo("one")], words: "unsubscribe" });
    await receive(services, mail);
    const before = await jane();
    await receive(services, mail);
    expect(await jane()).toEqual(before);
  });

  it.each([
    [COURSE, { status: "active", newsletter: true }, "left"],
    [NEWSLETTER, { status: "active", newsletter: false }, "active"],
    [EVERYTHING, { status: "stopped", newsletter: false }, "left"],
    ["a-course-that-is-gone", { status: "stopped", newsletter: false }, "left"],
  ])(
    "to the unsubscribe address of %s leaves that, whatever the mail says and from any sender",
    async (list, person, status) => {
      const mailto = (await to()).unsubscribeMailto({ subscriber: SUBSCRIBER, list });
      const address = mailto.slice("mailto:".length, mailto.indexOf("?")).toUpperCase();
      await comes({
        recipients: [address],
        words: "Anything at all?",
        from: "robot@elsewhere.example",
        source: "",
      });
      expect(await jane()).toMatchObject(person);
      expect((await enrolment()).status).toBe(status);
      expect(await kept()).toEqual([]);
      expect(world.nudged).toEqual([]);
    },
  );

  it("does not by a token that was made for something else, or tampered with", async () => {
    const [token = ""] = (await replyTo("one")).slice("reply+".length).split("@");
    await comes({ recipients: [`unsubscribe+${token}@course.example`, "unsubscribe+x@course.example"] });
    expect((await enrolment()).status).toBe("active");
    expect((await jane()).status).toBe("active");
  });
});

describe("a command by reply", () => {
  const command = async (words: string, more: Partial<Writes> = {}) =>
    comes({ recipients: [await replyTo("one")], words, ...more });
  const notices = async () =>
    Object.keys((await enrolment()).agenda).filter((key) => key.startsWith("notice_"));

  it("pauses for as long as it says, and resumes; each is confirmed at once", async () => {
    await command("pause 3 weeks");
    expect(await enrolment()).toMatchObject({
      status: "paused",
      agenda: { resume: { dueAt: NOW + 21 * DAY } },
    });
    await command("Resume\n\nJane");
    expect((await enrolment()).status).toBe("active");
    expect((await kept()).map(({ replyKind }) => replyKind)).toEqual(["command", "command"]);
    const occasions = (await notices()).map((key) => key.split("-")[0]).sort();
    expect(occasions).toEqual(["notice_paused", "notice_resumed"]);
    expect(world.nudged).toEqual(Array(2).fill({ subscriber: SUBSCRIBER, course: COURSE, afterMs: 0 }));
  });

  it("is carried out once and confirmed once, however often its mail is delivered", async () => {
    const mail = aMail({ recipients: [await replyTo("one")], words: "faster" });
    for (let delivery = 0; delivery < 3; delivery++) await receive(services, mail);
    expect((await enrolment()).cadence.pace).toBe("twice-weekly");
    expect(await notices()).toHaveLength(1);
  });

  it("is carried out after a crash between keeping the mail and obeying it", async () => {
    const mail = aMail({ recipients: [await replyTo("one")], words: "faster" });
    const change = async () => {
      throw new OperationalError("store-unavailable", "a fault");
    };
    await expect(receive({ ...services, store: { ...services.store, change } }, mail)).rejects.toThrow();
    expect((await enrolment()).cadence.pace).toBe("weekly");
    await receive(services, mail);
    expect((await enrolment()).cadence.pace).toBe("twice-weekly");
    expect(await notices()).toHaveLength(1);
  });

  it("may answer the notice about another command", async () => {
    await command("pause");
    const [notice = ""] = await notices();
    const slug = notice.slice("notice_".length);
    await sent("notice", slug);
    await comes({ recipients: [await replyTo(slug, "notice")], words: "resume" });
    expect((await enrolment()).status).toBe("active");
  });

  it.each<[string, Partial<Writes>]>([
    ["another person", { from: "joan@elsewhere.example" }],
    ["a forged sender", { verdicts: { dmarc: "FAIL" } }],
    ["spam", { verdicts: { spam: "FAIL" } }],
    ["a machine", { headers: ["Auto-Submitted: auto-replied"] }],
  ])("of %s is kept and does nothing", async (_, more) => {
    const before = await enrolment();
    await command("pause", more);
    expect(await enrolment()).toEqual(before);
    expect(await kept()).toHaveLength(1);
  });

  it("of somebody who has left is kept, does nothing and is not answered", async () => {
    const gone = await services.store.change(await enrolment(), withLeft);
    await command("resume");
    await command("journal");
    expect(await enrolment()).toEqual(gone);
    await services.store.stopEverything(SUBSCRIBER, "reader", { ...consent, event: "withdrawn" });
    await command("help");
    expect(await notices()).toEqual([]);
    expect(world.nudged).toEqual([]);
  });

  it("is confirmed ten times a day at the most; more are carried out in silence", async () => {
    for (let asked = 0; asked < 10; asked++) await command("help");
    await command("pause");
    expect(await notices()).toHaveLength(10);
    expect((await enrolment()).status).toBe("paused");
  });

  it("by a bare figure is a rating in reply to a mail that asked for one, and a short reply elsewhere", async () => {
    await comes({ recipients: [await replyTo("four")], words: "4" });
    expect((await enrolment()).ratings).toEqual({ after: 4 });
    await command("3");
    expect((await enrolment()).ratings).toEqual({ after: 4 });
    expect((await kept()).map(({ replyKind }) => replyKind).sort()).toEqual(["command", "very-short"]);
  });
});

describe("the log", () => {
  it("holds no address, no name and no word of the reader's", async () => {
    await comes({ recipients: [await replyTo("one")], words: `xyzzy ${WORDS}` });
    await comes({ recipients: ["lessons@course.example"], from: "joan@xyzzy.example" });
    await comes({ recipients: [await replyTo("two")], words: "stop" });
    expect(world.logged.join("\n")).not.toMatch(/xyzzy|jane|acme|estimator/i);
    expect(world.logged.length).toBeGreaterThan(3);
  });
});
