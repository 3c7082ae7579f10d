import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../../functions/consent/erase.ts";
import { exportText } from "../../../functions/consent/export.ts";
import { FIELD_PURPOSES } from "../../../functions/consent/field-purposes.ts";
import { listOffered, voiceId } from "../../../functions/consent/voices.ts";
import { type Voice, withShowing } from "../../../functions/domain/replies/voices/voice.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import {
  OFFER_LINK_LIFE,
  offerToken,
  ownReplyToken,
  personalToken,
  VOICE_LINK_LIFE,
  voiceToken,
} from "../../../functions/links/links.ts";
import { startTableInMemory } from "../../support/engines.ts";
import { webContent } from "../../support/pages.ts";
import { addAuthor, addVoice, anAnswer } from "../../support/voices.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const LESSON = "headwinds-inside";
const ANSWER = "0123456789abcdef0123";
const WORDS = "Finance wanted a third signature on a price that we had agreed in May.";
const about = { course: COURSE, lesson: LESSON };
let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite(webContent(), startTableInMemory);
  ({ id, page } = await site.join("jo@acme.example", { name: "Josephine" }));
  await site.services.store.keepReflection(anAnswer(id, ANSWER, WORDS, about));
});
afterEach(() => site.stop());

const keys = () => site.services.keyring.keys();
const link = async (subscriber = id, expiresAt = T0 + OFFER_LINK_LIFE) =>
  offerToken(await keys(), { subscriber, reflection: ANSWER, expiresAt });
const look = async () => site.request("GET /offer/{token}", { token: await link() });
const press = async (act = "offer") =>
  site.request("POST /offer/{token}", { token: await link() }, { form: { do: act } });
const offered = () => listOffered(site.services, { id });
const theVoice = async () =>
  (await site.services.store.voice({ subscriber: id, id: voiceId({ subscriber: id, id: ANSWER }) })) as Voice;

describe("the link beneath a prompt by which others may read an answer", () => {
  it("changes nothing when it is opened, and shows none of the words", async () => {
    const { status, body } = await look();
    expect([status, await offered()]).toEqual([200, []]);
    expect(body).toContain("May others who answer this read yours, without your name?");
    expect(body).toContain("The headwind inside the building");
    expect(body).not.toContain("third signature");
    await site.request("POST /offer/{token}", { token: await link() });
    expect(await offered()).toEqual([]);
  });

  it("lets them by a press, however often it is pressed, and keeps what was agreed to", async () => {
    expect((await press()).body).toContain("Others may read your answer");
    await press();
    expect(await offered()).toMatchObject([
      { standing: "offered", original: WORDS, lesson: LESSON, language: "en" },
    ]);
    expect((await theVoice()).consents).toMatchObject([
      { event: "confirmed", list: "voice", text: "voice-1", source: "/offer", network: expect.any(String) },
    ]);
  });

  it("takes it back, and offers it once more", async () => {
    await press();
    expect((await press("take-back")).body).toContain("May others read your answer?");
    expect(await theVoice()).toMatchObject({ standing: "withdrawn", original: "", words: "" });
    await press();
    expect(await theVoice()).toMatchObject({ standing: "offered", original: WORDS });
  });

  it("is good for nothing else, and only for its time; one of another purpose opens nothing", async () => {
    const later = await link(id, T0 - 1);
    expect((await site.request("GET /offer/{token}", { token: later })).status).toBe(410);
    const other = ownReplyToken(await keys(), { subscriber: id, reflection: ANSWER, expiresAt: T0 + DAY });
    expect(
      (await site.request("POST /offer/{token}", { token: other }, { form: { do: "offer" } })).status,
    ).toBe(403);
    expect((await site.request("POST /own-reply/{token}", { token: await link() })).status).toBe(403);
    expect(await offered()).toEqual([]);
  });

  it("offers nothing of somebody who has left everything, nor of a course that has it switched off", async () => {
    const person = await site.services.store.subscriber(id);
    await site.services.store.change(
      person as never,
      (one: object) => ({ ...one, status: "stopped" }) as never,
    );
    expect((await press()).status).toBe(410);
    await site.services.store.change(
      person as never,
      (one: object) => ({ ...one, status: "active" }) as never,
    );
    const [course] = site.services.content.courses;
    site.services.content.courses[0] = { ...course, voices: false } as never;
    expect((await press()).status).toBe(410);
    expect(await offered()).toEqual([]);
  });
});

describe("a reader's page", () => {
  const readerPage = () => site.request("GET /reader/{token}", { token: page });
  const act = (form: Record<string, string>) =>
    site.request("POST /reader/{token}", { token: page }, { form });

  it("lists what others may read, by its lesson and without the words, and takes it back by a press", async () => {
    expect((await readerPage()).body).not.toContain("Answers that others may read");
    await press();
    const { body } = await readerPage();
    expect(body).toContain("Answers that others may read");
    expect(body).toContain("not chosen yet");
    expect(body).not.toContain("third signature");
    const said = await act({ do: "take-back", voice: (await theVoice()).id });
    expect(said.body).toContain("Nobody reads it any more");
    expect(await offered()).toEqual([]);
    expect((await act({ do: "take-back", voice: (await theVoice()).id })).body).toContain(
      "taken back already",
    );
  });

  it("says how often it was shown", async () => {
    await press();
    await site.services.store.changeVoice(await theVoice(), (voice) =>
      withShowing({ ...voice, standing: "accepted" }, T0),
    );
    expect((await readerPage()).body).toContain("shown once so far");
  });

  it("takes back nothing of anybody else's", async () => {
    const other = await addAuthor(site.services, "ann@ann.example", COURSE);
    const voice = await addVoice(site.services, other, WORDS, about);
    await act({ do: "take-back", voice: voice.id });
    expect(await site.services.store.voice(voice)).toMatchObject({ standing: "accepted" });
  });

  it("lists them for who has left everything as well", async () => {
    await press();
    const person = await site.services.store.subscriber(id);
    await site.services.store.change(
      person as never,
      (one: object) => ({ ...one, status: "stopped", stoppedBy: "reader" }) as never,
    );
    expect((await readerPage()).body).toContain("Answers that others may read");
    await act({ do: "take-back", voice: (await theVoice()).id });
    expect(await offered()).toEqual([]);
  });

  it("that changes or deletes an answer takes it back", async () => {
    const own = async (form: Record<string, string>) => {
      const token = personalToken(await keys(), { subscriber: id, expiresAt: site.clock.now() + MINUTE });
      return site.request("POST /personal/{token}", { token }, { form: { reflection: ANSWER, ...form } });
    };
    await press();
    await own({ do: "words", words: "It was not like that at all, I think by now." });
    expect(await theVoice()).toMatchObject({ standing: "withdrawn", original: "" });
    await press();
    expect((await theVoice()).original).toContain("not like that");
    await own({ do: "forget", sure: "yes" });
    expect(await theVoice()).toMatchObject({ standing: "withdrawn", original: "" });
  });
});

describe("the links beneath another reader's answer", () => {
  let voice: Voice;
  beforeEach(async () => {
    const other = await addAuthor(site.services, "ann@ann.example", COURSE);
    voice = await addVoice(site.services, other, WORDS, about);
    const dispatch = `${id}_${COURSE}_1_prompt_${LESSON}`;
    const entry = {
      dispatch,
      messageId: "m",
      sentAt: T0,
      state: "sent",
      stateAt: T0,
      voice: voice.id,
    } as const;
    await site.services.store.recordSent(entry);
  });
  const token = async (of = voice.id) =>
    voiceToken(await keys(), { subscriber: id, voice: of, expiresAt: T0 + VOICE_LINK_LIFE });
  const judge = async (verdict: string) =>
    site.request("POST /voice/{token}", { token: await token() }, { form: { do: verdict } });
  const now = () => site.services.store.voice(voice);

  it("change nothing when they are opened, and never show the answer", async () => {
    const { status, body } = await site.request(
      "GET /voice/{token}",
      { token: await token() },
      { query: { say: "should-not-be" } },
    );
    expect(status).toBe(200);
    expect(body).not.toContain("third signature");
    expect(body.indexOf("should-not-be")).toBeLessThan(body.indexOf("not-useful"));
    expect(await now()).toMatchObject({ standing: "accepted", notUseful: 0, objections: 0 });
    expect(site.told).toEqual([]);
  });

  it("count that it was not useful, once for each reader", async () => {
    await judge("not-useful");
    await judge("not-useful");
    expect(await now()).toMatchObject({ standing: "accepted", notUseful: 1 });
    expect(site.told).toEqual([]);
  });

  it("tell the owner at once what should not be there, and it is shown to nobody more", async () => {
    await judge("not-useful");
    expect((await judge("should-not-be")).body).toContain("shown to nobody more");
    await judge("should-not-be");
    expect(await now()).toMatchObject({ standing: "offered", objections: 1, notUseful: 1, objectedAt: T0 });
    expect(site.told.map(({ subject }) => subject)).toEqual([
      "Coursepost test: somebody says that an answer should not be there",
    ]);
    expect(JSON.stringify(await now())).not.toContain(id);
    expect(JSON.stringify(site.told)).not.toContain("third signature");
  });

  it("judge nothing that was not shown to this reader", async () => {
    const other = await addAuthor(site.services, "ben@ben.example", COURSE);
    const unseen = await addVoice(site.services, other, WORDS, about);
    await site.request(
      "POST /voice/{token}",
      { token: await token(unseen.id) },
      { form: { do: "should-not-be" } },
    );
    expect(await site.services.store.voice(unseen)).toMatchObject({ standing: "accepted", objections: 0 });
    expect(site.told).toEqual([]);
  });
});

describe("what is kept of an answer that others may read", () => {
  let reader: string;
  beforeEach(async () => {
    await press();
    await site.services.store.changeVoice(await theVoice(), (voice) =>
      withShowing({ ...voice, standing: "accepted" }, T0),
    );
    reader = (await addAuthor(site.services, "kim@kim.example", COURSE)).id;
    const dispatch = `${reader}_${COURSE}_1_prompt_${LESSON}`;
    const voice = (await theVoice()).id;
    await site.services.store.recordSent({
      dispatch,
      messageId: "m",
      sentAt: T0,
      state: "sent",
      stateAt: T0,
      voice,
    });
  });
  const exported = async (subscriber: string) => {
    let text = "";
    for await (const piece of exportText(site.services, subscriber)) text += piece;
    return text;
  };
  const traces = async (of: string[]) => {
    const { Items = [] } = await site.table.send(
      new ScanCommand({ TableName: "table", ConsistentRead: true }),
    );
    return Items.map((item) => JSON.stringify(item)).filter((item) =>
      of.some((trace) => item.includes(trace)),
    );
  };

  it("is exported to its author: which words were shown, how often, never to whom", async () => {
    const text = await exported(id);
    const item = (JSON.parse(text).items as Record<string, unknown>[]).find(({ kind }) => kind === "voice");
    expect(item).toMatchObject({ words: WORDS, shown: 1, standing: "accepted" });
    for (const field of Object.keys(item ?? {})) expect(FIELD_PURPOSES[field], field).toMatch(/\w{3}/);
    expect(text).not.toContain(reader);
    expect(text).toContain("May others who answer this read yours");
  });

  it("leads from who got it to nobody", async () => {
    const text = await exported(reader);
    expect(text).toContain((await theVoice()).id);
    for (const trace of [id, ANSWER, "third signature"]) expect(text).not.toContain(trace);
    expect(FIELD_PURPOSES.verdict).toMatch(/\w{3}/);
  });

  it("is gone with its author, of whom nothing stays with who got it", async () => {
    const voice = (await theVoice()).id;
    expect((await traces([id, "third signature"])).length).toBeGreaterThan(3);
    await erase(site.services, id);
    const left = await traces([id, "third signature", ANSWER, "jo@acme"]);
    // The tombstone stays for an hour.
    expect(left).toHaveLength(1);
    expect(await traces([voice])).toHaveLength(1);
  });

  it("keeps nothing of who got it, once they are erased", async () => {
    await erase(site.services, reader);
    expect(await traces([reader, "kim@kim"])).toHaveLength(1);
    expect(await theVoice()).toMatchObject({ standing: "accepted", shown: 1 });
  });
});
