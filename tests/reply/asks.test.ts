import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Enrolment, inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { addressHash, links, NEWSLETTER } from "../../functions/links/links.ts";
import type { ReceivedMail, Services } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const SUBSCRIBER = "abcdefgh234567ab";
const COURSE = "course";
const JANE = "jane@acme.example";
const WORDS =
  "I want a second estimator. Last month we quoted a job on day six; the customer had ordered elsewhere.";
const consent = {
  event: "confirmed",
  at: NOW,
  list: COURSE,
  text: "confirm-1",
  source: "test",
  actor: "self",
} as const;
const PASS = { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "PASS", dmarc: "PASS" } as const;

let world: World;
let services: Services;
let mails: Map<string, string>;

beforeEach(async () => {
  world = await startWorld(plainContent(aCourse("one", "two", "three", "four")), NOW);
  mails = new Map();
  services = {
    ...world.services,
    inbox: { read: async (key) => Buffer.from(mails.get(key) ?? ""), remove: async () => {} },
  };
  await enrol();
});
afterEach(() => world.stop());

/** Jane is in the course and has had three lessons. */
async function enrol(): Promise<void> {
  const { store } = services;
  const hash = addressHash(await services.keyring.keys(), JANE);
  const signUp = {
    address: JANE,
    addressHash: hash,
    zone: "Europe/Berlin",
    course: COURSE,
    newsletter: true,
    consent,
  };
  await store.bindAddress(hash, SUBSCRIBER);
  await store.save(withConfirmation(newSubscriber(SUBSCRIBER, signUp, NOW), consent));
  const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const started = withActivation(inertEnrolment(SUBSCRIBER, COURSE, cadence, NOW), NOW);
  await store.save({ ...started, done: ["one", "two", "three", "four"], lastLessonAt: NOW - DAY });
  for (const slug of ["one", "two", "three", "four"]) await sent("lesson", slug);
}

type Sent = "lesson" | "prompt" | "look-back" | "notice";
const idOf = (kind: Sent, slug: string) =>
  dispatchId({ subscriber: SUBSCRIBER, list: COURSE, run: 1, kind, slug });

async function sent(kind: Sent, slug: string): Promise<void> {
  const at = NOW - DAY;
  await services.store.recordSent({
    dispatch: idOf(kind, slug),
    messageId: `0100-${kind}-${slug}`,
    sentAt: at,
    state: "delivered",
    stateAt: at,
  });
}

async function to() {
  return links({
    webOrigin: services.webOrigin,
    mailDomain: services.settings.mailDomain,
    keys: await services.keyring.keys(),
  });
}
const replyTo = async (slug: string, kind: Sent = "lesson") =>
  (await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch: idOf(kind, slug) });

interface Writes {
  recipients: string[];
  words?: string;
  from?: string;
  source?: string;
  headers?: string[];
  id?: string;
  verdicts?: Partial<ReceivedMail["verdicts"]>;
}

let count = 0;
/** A mail as SES hands it over. */
function aMail({
  recipients,
  words = WORDS,
  from = JANE,
  source,
  headers = [],
  id,
  verdicts,
}: Writes): ReceivedMail {
  const key = `mail-${++count}`;
  const fields = [
    `From: ${from}`,
    "Subject: Re: About one",
    `Message-ID: <${id ?? key}@acme.example>`,
    ...headers,
  ];
  mails.set(key, `${fields.join("\r\n")}\r\n\r\n${words}\r\n`);
  return {
    sesMessageId: key,
    key,
    source: source ?? from,
    recipients,
    verdicts: { ...PASS, ...verdicts },
    receivedAt: NOW,
  };
}
const subscriberNow = async () => (await services.store.subscriber(SUBSCRIBER)) as Subscriber;
const enrolmentNow = async () => (await services.store.enrolment(SUBSCRIBER, COURSE)) as Enrolment;
const noticesOf = (agenda: object) => Object.keys(agenda).filter((key) => key.startsWith("notice_"));
const toOwner = async () =>
  Object.keys((await services.store.owner()).agenda).filter((key) => key.startsWith("relay_"));
const keptAll = () => services.store.reflections(SUBSCRIBER);
const kept = async () => (await keptAll())[0];
const write = async (words: string, changes: Partial<Writes> = {}) =>
  receive(services, aMail({ recipients: [await replyTo("two")], words, ...changes }));

describe("a reader who asks to leave in their own words", () => {
  it("leaves, and is told once, with a way back", async () => {
    await write("I loved it, but I changed jobs. Please take me off your list.\n\nJane");
    expect((await enrolmentNow()).status).toBe("left");
    const { agenda, newsletter } = await subscriberNow();
    expect(newsletter).toBe(false);
    expect(noticesOf(agenda)).toHaveLength(1);
    expect(noticesOf(agenda)[0]).toMatch(/^notice_left-[0-9a-f]{20}$/);
  });

  it("by a word alone leaves in silence, whatever name stands below it", async () => {
    await write("Stop\n\nJane");
    expect((await enrolmentNow()).status).toBe("left");
    expect(noticesOf((await subscriberNow()).agenda)).toEqual([]);
  });

  it("leaves everything where they say so, and is told all the same", async () => {
    await write("Please delete all my data and stop all emails. Thank you.");
    const { status, agenda } = await subscriberNow();
    expect(status).toBe("stopped");
    expect(noticesOf(agenda)).toHaveLength(1);
  });

  it("comes back by a reply to that mail, for 30 days", async () => {
    const agreed = { ...consent, list: NEWSLETTER, at: NOW - DAY };
    await services.store.change(await subscriberNow(), (now) => ({
      ...now,
      consents: [agreed, ...now.consents],
    }));
    await write("Please take me off your list.");
    const [key = ""] = noticesOf((await subscriberNow()).agenda);
    const dispatch = dispatchId({
      ...{ subscriber: SUBSCRIBER, list: "account", run: 1 },
      ...{ kind: "notice", slug: key.slice("notice_".length) },
    });
    const sentAt = NOW;
    await services.store.recordSent({
      dispatch,
      messageId: "0100-left",
      sentAt,
      state: "delivered",
      stateAt: sentAt,
    });
    const answer = (await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch });
    const late = aMail({ recipients: [answer], words: "back" });
    await receive(services, { ...late, receivedAt: NOW + 31 * DAY });
    expect((await enrolmentNow()).status).toBe("left");
    const soon = aMail({ recipients: [answer], words: "back, please" });
    await receive(services, { ...soon, receivedAt: NOW + 29 * DAY });
    expect((await enrolmentNow()).status).toBe("active");
    expect((await subscriberNow()).newsletter).toBe(true);
  });

  it("is asked, where it is not clear, by one mail with the button; the owner hears at once", async () => {
    await write("Maybe I should unsubscribe.");
    const { status, agenda, prompted } = await enrolmentNow();
    expect([status, prompted, noticesOf(agenda).length, (await toOwner()).length]).toEqual([
      "active",
      {},
      1,
      1,
    ]);
    expect(noticesOf(agenda)[0]).toMatch(/^notice_unsure-/);
  });
});

describe("words beside a request", () => {
  it("are read by a person: the request acts, one mail names it, and the rest is in the journal", async () => {
    await write("pause 2 weeks\n\nCould you write to me about the January workshop?");
    const { status, agenda, prompted } = await enrolmentNow();
    expect([status, noticesOf(agenda).length, prompted]).toEqual(["paused", 1, {}]);
    expect((await toOwner()).length).toBe(1);
    expect(await kept()).toMatchObject({ besides: "Could you write to me about the January workshop?" });
  });

  it("control: a request with nothing beside it stands in no journal and reaches nobody", async () => {
    await write("pause 2 weeks");
    expect([(await kept())?.besides, await toOwner()]).toEqual([undefined, []]);
  });

  it("two requests are done in one mail, in their order", async () => {
    await write("resume, and slower please");
    expect(noticesOf((await enrolmentNow()).agenda)).toHaveLength(1);
  });
});

describe("grave news", () => {
  it("is never answered by a machine; the owner hears at once", async () => {
    await write("My father died on Sunday. I have not read your lesson.");
    const { agenda, prompted } = await enrolmentNow();
    expect([noticesOf(agenda), prompted, (await toOwner()).length]).toEqual([[], {}, 1]);
    expect(await kept()).toMatchObject({ replyKind: "grave" });
  });

  it("beside a request, the request is done and said in one line", async () => {
    await write("Please pause until 10 January, I am in hospital.");
    const { status, agenda } = await enrolmentNow();
    expect([status, (await toOwner()).length]).toEqual(["paused", 1]);
    expect(noticesOf(agenda)[0]).toMatch(/^notice_paused-plainly-/);
  });
});

describe("who the reader is", () => {
  it("is told by another spelling of their mailbox, with the token and unless DMARC failed", async () => {
    await write("pause", { from: "jane+course@acme.example" });
    expect((await enrolmentNow()).status).toBe("paused");
  });

  it("control: a stranger with the token changes nothing, nor does a twin whose DMARC failed", async () => {
    await write("pause", { from: "eve@elsewhere.example" });
    await write("pause", { from: "jane+course@acme.example", verdicts: { dmarc: "FAIL" } });
    expect((await enrolmentNow()).status).toBe("active");
    expect((await keptAll()).map(({ replyKind }) => replyKind)).toEqual(["foreign-sender", "foreign-sender"]);
  });

  it("without DMARC's pass, what can be undone is done; the next lesson takes a press", async () => {
    await write("slower please", { verdicts: { dmarc: "GRAY" } });
    expect((await kept())?.reason).toContain("not proven");
    await write("next lesson please", { verdicts: { dmarc: "GRAY" } });
    expect(noticesOf((await enrolmentNow()).agenda).some((key) => key.startsWith("notice_confirm-"))).toBe(
      true,
    );
  });
});
