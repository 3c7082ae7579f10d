import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../functions/consent/erase.ts";
import { takeBackVoice } from "../../functions/consent/voices.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { promptPlanned } from "../../functions/domain/replies/reply.ts";
import { withText } from "../../functions/domain/replies/voices/voice.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import { sesEvent } from "../../functions/feedback/ses-event.ts";
import type { Services } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startTableInMemory } from "../support/engines.ts";
import { startWorld, type World } from "../support/services.ts";
import { addAuthor, addVoice, anAnswer } from "../support/voices.ts";

const T0 = Date.UTC(2026, 10, 24, 9);
const SAID = [
  "Alpha was to be our third signature that week.",
  "Bravo never called me back about the new price.",
  "Charlie held the order until the month was over.",
];
const BY_PAGE = { source: "/offer", network: "unknown", userAgent: undefined };
const course = aCourse("one", "two");
let world: World;
let services: Services;
let reader: Subscriber;
/** In whichever part of a mail. */
const says = (values: object) => JSON.stringify(values);
beforeEach(async () => {
  const content = plainContent(course);
  for (const { emails } of Object.values(content.languages)) emails.prompt = { html: says, text: says };
  world = await startWorld(content, T0, startTableInMemory);
  ({ services } = world);
  reader = await addAuthor(services, "jo@acme.example");
});
afterEach(() => world.stop());

const authors = () =>
  Promise.all(["ann", "ben", "cyd"].map((name) => addAuthor(services, `${name}@${name}.example`)));
/** Three voices of three companies, in the order in which they would be shown. */
async function threeVoices() {
  const three = await authors();
  const voices = [];
  for (const [at, author] of three.entries()) voices.push(await addVoice(services, author, SAID[at] ?? ""));
  return {
    authors: three,
    voices: voices.sort((one, other) => (one.subscriber < other.subscriber ? -1 : 1)),
  };
}

let answers = 0;
/** The reader answers a lesson: what leaves in answer to it. */
async function prompted(
  who: Subscriber = reader,
  { lesson = "one", words = "We waited nine days for one signature from finance." } = {},
) {
  const { store } = services;
  const id = `${++answers}`.padStart(20, "0");
  await store.keepReflection(anAnswer(who.id, id, words, { lesson }));
  const enrolment = (await store.enrolment(who.id, "course")) as Enrolment;
  const plan = { lesson, reflection: id, kind: "reflection" as const, dueAt: world.clock.now() };
  const { prompted: before, ...rest } = enrolment;
  const free = {
    ...rest,
    prompted: Object.fromEntries(Object.entries(before).filter(([slug]) => slug !== lesson)),
  };
  await store.change(enrolment, () => promptPlanned({ ...free, run: enrolment.run + 1 }, plan, course));
  return leaves(who);
}
async function leaves(who: Subscriber = reader) {
  const before = world.ses.sent.length;
  await deliver(
    services,
    { subscriber: who.id, course: "course" },
    openSlots(services, "urgent"),
    world.clock.now() + MINUTE,
  );
  return world.ses.sent.slice(before).map((mail) => ({ ...mail, text: decoded(mail.raw) }));
}
const decoded = (raw: Uint8Array) =>
  Buffer.from(raw)
    .toString()
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
const shownIn = (text = "") => SAID.filter((words) => text.includes(words));
const ledger = async (who: Subscriber = reader) =>
  (await services.store.ledger(who.id)).filter(({ voice }) => voice);

describe("a prompt", () => {
  it("shows one answer of another reader, once the owner has chosen three", async () => {
    const [ann, ben, cyd] = await authors();
    await addVoice(services, ann as Subscriber, SAID[0] ?? "");
    await addVoice(services, ben as Subscriber, SAID[1] ?? "");
    const third = await addVoice(services, cyd as Subscriber, SAID[2] ?? "", { standing: "offered" });
    expect(shownIn((await prompted())[0]?.text)).toEqual([]);
    await services.store.changeVoice(third, (voice) => ({ ...voice, standing: "accepted" }));
    expect(shownIn((await prompted())[0]?.text)).toHaveLength(1);
  });

  it("has its answers of others in an index where they are never due: idle time passes beside them", async () => {
    await threeVoices();
    await addVoice(services, reader, "Delta was to wait for the owner to choose it at all.", {
      standing: "offered",
    });
    const { Items = [] } = await world.table.send(new ScanCommand({ TableName: "table", IndexName: "due" }));
    const shelved = Items.filter(({ shard }) => shard?.S?.startsWith("voices"));
    expect(shelved.length).toBe(4);
    for (const { dueAt } of shelved) expect(Number(dueAt?.N)).toBeGreaterThan(Date.UTC(9999, 0, 1));
  });

  it("asks whether others may read the answer, where it is more than a few words", async () => {
    expect((await prompted())[0]?.text).toContain("https://web.example/offer/");
    expect(
      (await prompted(reader, { words: "Finance, three weeks, nobody decided." }))[0]?.text,
    ).not.toContain("/offer/");
  });

  it("neither asks nor shows in a course that has switched it off", async () => {
    await threeVoices();
    services.content.courses[0] = { ...course, voices: false };
    const [mail] = await prompted();
    expect([shownIn(mail?.text), mail?.text.includes("/offer/")]).toEqual([[], false]);
  });

  it("shows each reader none twice, and to all the one that was not shown for the longest time", async () => {
    const { voices } = await threeVoices();
    const shown: string[] = [];
    for (let time = 0; time < 4; time++) {
      world.clock.set(world.clock.now() + MINUTE);
      shown.push(...shownIn((await prompted())[0]?.text));
    }
    expect(shown.sort()).toEqual(SAID);
    const other = await addAuthor(services, "kim@kim.example");
    const [first] = (await ledger()).sort((one, another) => one.sentAt - another.sentAt);
    await prompted(other);
    expect((await ledger(other))[0]?.voice).toBe(first?.voice);
    expect((await services.store.voice(voices.find(({ id }) => id === first?.voice) as never))?.shown).toBe(
      2,
    );
  });

  it("shows neither one's own nor a colleague's", async () => {
    const { authors: three } = await threeVoices();
    const [ann] = three as [Subscriber, ...Subscriber[]];
    const colleague = await addAuthor(services, "kit@mail.ann.example");
    for (let time = 0; time < 3; time++) {
      expect((await prompted(ann))[0]?.text).not.toContain(SAID[0]);
      expect((await prompted(colleague))[0]?.text).not.toContain(SAID[0]);
    }
    expect(await ledger(colleague)).toHaveLength(2);
  });

  it("says in the ledger which it showed by its own id alone, and counts with its author", async () => {
    const { voices } = await threeVoices();
    await prompted();
    const [entry] = await ledger();
    const voice = voices.find(({ id }) => id === entry?.voice);
    expect(voice?.id).toMatch(/^[a-z2-7]{16}$/);
    expect(JSON.stringify(entry)).not.toContain(voice?.subscriber);
    expect(JSON.stringify(entry)).not.toContain(voice?.reflection);
    const shown = await services.store.voice(voice as never);
    expect(shown).toMatchObject({ shown: 1, shownAt: world.clock.now() });
    expect(JSON.stringify(shown)).not.toContain(reader.id);
  });

  it("shows the words as the owner has shortened them", async () => {
    const { voices } = await threeVoices();
    for (const voice of voices)
      await services.store.changeVoice(voice, (kept) =>
        withText(kept, kept.original.replace(/ \S+\.$/, " …")),
      );
    const [mail] = await prompted();
    expect(shownIn(mail?.text)).toEqual([]);
    expect(mail?.text).toMatch(/third signature that|back about the|until the month was/);
  });
});

describe("a voice that is taken back", () => {
  it("is in no mail any more, also where the mail was written before it", async () => {
    await threeVoices();
    // Between the writing of the mail and the call to SES there is the claim.
    const { save } = services.store;
    let taken = 0;
    services.store.save = async (holder) => {
      if (holder.claim)
        for (const voice of await allVoices())
          taken += (await takeBackVoice(services, voice, BY_PAGE)) ? 1 : 0;
      return save(holder);
    };
    const [mail] = await prompted();
    services.store.save = save;
    expect(taken).toBe(3);
    expect(mail?.text).toContain("And then?");
    expect(shownIn(mail?.text)).toEqual([]);
    expect(mail?.tags.voice).toBeUndefined();
    expect(await ledger()).toEqual([]);
    expect((await allVoices()).map(({ shown }) => shown)).toEqual([0, 0, 0]);
  });

  it("control: where nobody takes it back, the same mail shows it", async () => {
    await threeVoices();
    const [mail] = await prompted();
    expect(shownIn(mail?.text)).toHaveLength(1);
    expect(mail?.tags.voice).toBe((await ledger())[0]?.voice);
  });

  it("is gone as well when its author erases everything, or leaves everything", async () => {
    const { authors: three } = await threeVoices();
    const [ann, ben] = three as [Subscriber, Subscriber];
    const { save } = services.store;
    services.store.save = async (holder) => {
      if (holder.claim) await erase(services, ann.id);
      if (holder.claim) await services.store.change(ben, (one) => ({ ...one, status: "stopped" }));
      return save(holder);
    };
    const [mail] = await prompted();
    services.store.save = save;
    expect(shownIn(mail?.text)).not.toContain(SAID[0]);
    expect(shownIn(mail?.text)).not.toContain(SAID[1]);
  });

  const allVoices = async () =>
    (await Promise.all(["ann", "ben", "cyd"].map((name) => voicesOf(`${name}@${name}.example`)))).flat();
  const voicesOf = async (address: string) => {
    const { addressHash } = await import("../../functions/links/links.ts");
    const id = await services.store.findSubscriber(addressHash(await services.keyring.keys(), address));
    return id === undefined ? [] : services.store.voices(id);
  };
});

describe("a mail of which only SES knows that it left", () => {
  it("is written into the ledger with the voice that it showed", async () => {
    await threeVoices();
    world.ses.answers.push({ outcome: "in-doubt", detail: "lost" });
    const [mail] = await prompted();
    expect(await ledger()).toEqual([]);
    const tags = Object.fromEntries(
      Object.entries({ dispatch: mail?.dispatch, ...mail?.tags }).map(([name, value]) => [name, [value]]),
    );
    const timestamp = new Date(T0).toISOString();
    const event = sesEvent(JSON.stringify({ eventType: "Send", mail: { messageId: "m", timestamp, tags } }));
    if (!event) throw new Error("no event");
    await feedback(services, event);
    expect((await ledger())[0]?.voice).toBe(mail?.tags.voice);
    expect(mail?.tags.voice).toMatch(/^[a-z2-7]{16}$/);
  });
});
