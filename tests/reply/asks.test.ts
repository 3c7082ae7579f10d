import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { NEWSLETTER } from "../../functions/links/links.ts";
import { receive } from "../../functions/reply/receive.ts";
import {
  aMail,
  COURSE,
  closeConversation,
  consent,
  NOW,
  openConversation,
  replyTo,
  SUBSCRIBER,
  services,
  to,
  type Writes,
} from "../support/conversation.ts";

beforeEach(openConversation);
afterEach(closeConversation);

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

  it("who is in another course too is told that it goes on", async () => {
    const one = await enrolmentNow();
    await services.store.save({ ...one, course: "second-course", version: 0 });
    await write("Please take me off your list, I changed jobs.\n\nJane");
    const { agenda } = await subscriberNow();
    expect(noticesOf(agenda)).toEqual([expect.stringMatching(/^notice_left-also-[0-9a-f]{20}$/)]);
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

  it("of the course alone keeps the newsletter", async () => {
    await services.store.change(await subscriberNow(), (now) => ({ ...now, newsletter: true }));
    await write("Please end the course, but keep sending the newsletter.", { id: "first" });
    const first = await subscriberNow();
    expect([(await enrolmentNow()).status, first.newsletter]).toEqual(["left", true]);
    expect(noticesOf(first.agenda)[0]).toMatch(/^notice_left-course-[0-9a-f]{20}$/);
  });

  it("of the newsletter alone keeps the course, also if the mail is delivered again", async () => {
    await services.store.change(await subscriberNow(), (now) => ({ ...now, newsletter: true }));
    const mail = { id: "same" };
    await write("Please stop the newsletter, I want to keep the lessons.", mail);
    await write("Please stop the newsletter, I want to keep the lessons.", mail);
    const { newsletter, agenda } = await subscriberNow();
    expect([(await enrolmentNow()).status, newsletter]).toEqual(["active", false]);
    expect(noticesOf(agenda)).toEqual([expect.stringMatching(/^notice_left-newsletter-[0-9a-f]{20}$/)]);
  });

  it("control: whoever calls the course their newsletter, and gets no other, leaves the course", async () => {
    await services.store.change(await subscriberNow(), (now) => ({ ...now, newsletter: false }));
    await write("Please stop the newsletter, I want to keep the lessons.");
    expect((await enrolmentNow()).status).toBe("left");
  });

  it("of a newsletter that they never had leaves no record of it", async () => {
    await services.store.change(await subscriberNow(), (now) => ({ ...now, newsletter: false }));
    await write("Please take me off your list.");
    const { consents } = await subscriberNow();
    expect(consents.filter(({ event }) => event === "withdrawn").map(({ list }) => list)).toEqual([COURSE]);
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
    const soon = aMail({ recipients: [answer], words: "Oh, please put me back. I pressed the wrong one." });
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
