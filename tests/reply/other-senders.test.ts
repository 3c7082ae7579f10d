import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeAddress } from "../../functions/consent/change-address.ts";
import { erase } from "../../functions/consent/erase.ts";
import { exportText } from "../../functions/consent/export.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { maskAddress } from "../../functions/domain/people/address.ts";
import { ADDRESS, ownersRecord } from "../../functions/domain/people/consent.ts";
import { withoutSender } from "../../functions/domain/people/other-senders.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { NEWSLETTER, OWN_REPLY_LINK_LIFE, ownReplyToken } from "../../functions/links/links.ts";
import { receive } from "../../functions/reply/receive.ts";
import { webRoutes } from "../../functions/web/routes.ts";
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
  world,
} from "../support/conversation.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { aRequest } from "../support/pages.ts";

beforeEach(openConversation);
afterEach(closeConversation);

const ELSEWHERE = "jane.doe@home.example";
const jane = async () => (await services.store.subscriber(SUBSCRIBER)) as Subscriber;
const course = async () => (await services.store.enrolment(SUBSCRIBER, COURSE)) as Enrolment;
const keptAll = () => services.store.reflections(SUBSCRIBER);
const questions = async () =>
  Object.keys((await jane()).agenda).filter((key) => key.startsWith("notice_sender-"));
const noticesOfCourse = async () =>
  Object.keys((await course()).agenda).filter((key) => key.startsWith("notice_"));
const toOwner = async () =>
  Object.keys((await services.store.owner()).agenda).filter((key) => key.startsWith("relay_"));
const write = async (words: string, changes: Partial<Writes> = {}) =>
  receive(services, aMail({ recipients: [await replyTo("two")], words, ...changes }));
const fromElsewhere = (words: string, changes: Partial<Writes> = {}) =>
  write(words, { from: ELSEWHERE, ...changes });

async function onPage(method: "GET" | "POST", reflection?: string) {
  const id = reflection ?? (await keptAll())[0]?.id ?? "";
  const about = { subscriber: SUBSCRIBER, reflection: id, expiresAt: NOW + OWN_REPLY_LINK_LIFE };
  const token = ownReplyToken(await services.keyring.keys(), about);
  const route = `${method} /own-reply/{token}` as const;
  const answer = webRoutes[route];
  if (!answer) throw new Error(`no such route: ${route}`);
  return answer(services, aRequest(route, { token }));
}
const press = (reflection?: string) => onPage("POST", reflection);

describe("a reply from another address than the mail went to", () => {
  it("changes nothing, goes to the owner, and its reader is asked once, at the address that we know", async () => {
    await fromElsewhere("pause 2 weeks");
    expect((await course()).status).toBe("active");
    expect([await questions(), await toOwner()]).toMatchObject([{ length: 1 }, { length: 1 }]);
    await fromElsewhere("I meant it.");
    expect(await questions()).toHaveLength(1);
    expect((await keptAll()).map(({ replyKind }) => replyKind)).toEqual(["foreign-sender", "foreign-sender"]);
  });

  it("is taken for theirs by a press, and by nothing less", async () => {
    await fromElsewhere("pause 2 weeks");
    const before = [await jane(), await course(), await keptAll()];
    expect((await onPage("GET")).status).toBe(200);
    expect([await jane(), await course(), await keptAll()]).toEqual(before);
    expect((await press()).status).toBe(200);
    expect((await course()).status).toBe("paused");
    expect(await noticesOfCourse()).toEqual([]);
    expect((await keptAll())[0]).toMatchObject({ replyKind: "command" });
    expect((await keptAll())[0]?.awaits).toBeUndefined();
  });

  it("asks for nothing more once it is theirs: what comes from there is the reader's", async () => {
    await fromElsewhere("A second estimator.");
    await press();
    expect((await keptAll())[0]?.replyKind).toBe("very-short");
    await fromElsewhere("slower");
    expect((await course()).agenda).toHaveProperty(
      (await noticesOfCourse()).find((key) => key.startsWith("notice_slowest-")) ?? "none",
    );
    expect(await questions()).toHaveLength(1);
  });

  it("gets no prompt when it is taken: the question was its answer", async () => {
    await fromElsewhere("I want a second estimator, and told them so.");
    await press();
    expect((await course()).prompted).toEqual({});
  });

  it("is one that comes from the address before a change: its reader is asked at the one that they have now", async () => {
    const { address } = await jane();
    const canonical = "jane@moved.example";
    const record = ownersRecord("changed", ADDRESS, "asked", NOW);
    const change = {
      to: { entered: canonical, canonical },
      record,
      complete: (changed: Subscriber) => changed,
    };
    await changeAddress(services, SUBSCRIBER, change);
    await write("pause 2 weeks", { from: address });
    expect([(await course()).status, await questions()]).toMatchObject(["active", { length: 1 }]);
    expect((await jane()).otherSenders).toMatchObject([{ masked: maskAddress(address) }]);
    await write("pause 2 weeks", { from: canonical });
    expect((await course()).status).toBe("paused");
  });

  it("that asks to leave leaves by the press", async () => {
    await fromElsewhere("Please unsubscribe me.");
    expect((await course()).status).toBe("active");
    await press();
    expect((await course()).status).toBe("left");
  });

  it("is accepted once, however often the button is pressed", async () => {
    await fromElsewhere("pause 2 weeks");
    await press();
    await write("resume");
    expect((await press()).status).toBe(200);
    expect((await course()).status).toBe("active");
  });

  it("that is delivered again asks once", async () => {
    for (let times = 0; times < 3; times++) await fromElsewhere("pause", { id: "same" });
    expect([await questions(), await keptAll()]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  it.each([
    ["whose DMARC failed", "pause", { verdicts: { dmarc: "FAIL" as const } }],
    ["that SES takes for spam", "pause", { verdicts: { spam: "FAIL" as const } }],
    ["of a machine", "I am away.", { headers: ["Auto-Submitted: auto-replied"] }],
    ["that brings grave news", "My father died on Sunday.", {}],
  ])("%s asks nobody", async (_, words, changes) => {
    await fromElsewhere(words, changes);
    expect([await questions(), (await jane()).otherSenders]).toEqual([[], undefined]);
  });

  it("asks nobody who has left everything", async () => {
    await write("Please delete all my data and stop all emails. Thank you.");
    await fromElsewhere("pause");
    expect(await questions()).toEqual([]);
  });

  it("asks three times in thirty days at the most, from however many addresses it comes", async () => {
    for (let number = 0; number < 6; number++)
      await write("pause", { from: `jane${number}@home${number}.example` });
    expect(await questions()).toHaveLength(3);
  });

  it("may be taken back by its reader, who is not asked again", async () => {
    await fromElsewhere("pause 2 weeks");
    await press();
    const hash = (await jane()).otherSenders?.[0]?.addressHash ?? "";
    await services.store.change(await jane(), (current) => withoutSender(current, hash));
    await fromElsewhere("resume");
    expect([(await course()).status, await questions()]).toMatchObject(["paused", { length: 1 }]);
  });

  it("has its address in the export, scrambled and masked, and erasing takes it", async () => {
    await fromElsewhere("pause");
    await press();
    let text = "";
    for await (const piece of exportText(services, SUBSCRIBER)) text += piece;
    expect(text).toContain("j•••@home.example");
    expect(text).not.toContain(ELSEWHERE);
    expect(text).toContain("other addresses from which replies");
    await erase(services, SUBSCRIBER);
    expect(JSON.stringify(await everythingAbout(services.store, SUBSCRIBER))).not.toContain("home.example");
  });

  it("control: a link that is not ours, or older than 30 days, takes nothing", async () => {
    await fromElsewhere("pause");
    const route = "POST /own-reply/{token}" as const;
    const forged = await webRoutes[route]?.(services, aRequest(route, { token: "a".repeat(60) }));
    expect(forged?.status).toBe(403);
    world.clock.set(NOW + OWN_REPLY_LINK_LIFE);
    expect((await press()).status).toBe(410);
    expect((await course()).status).toBe("active");
  });
});

describe("without DMARC's pass", () => {
  const gray = { verdicts: { dmarc: "GRAY" as const } };
  const failed = { verdicts: { dmarc: "FAIL" as const } };

  it.each([
    ["the address that we know", {}],
    ["another spelling of it", { from: "jane+course@acme.example" }],
  ])("what a reader can undo is done, from %s; the journal says that it is not proven", async (_, from) => {
    await write("pause 2 weeks\n\nCould you write to me about the January workshop?", { ...gray, ...from });
    expect((await course()).status).toBe("paused");
    expect((await keptAll())[0]).toMatchObject({ isUnproven: true });
  });

  it("leaving is done, also where DMARC failed, and by another spelling of the address", async () => {
    await write("Please unsubscribe me.", { ...failed, from: "jane+course@acme.example" });
    expect((await course()).status).toBe("left");
  });

  it("leaving is told three times in thirty days at the most, however it is said; what is proven always", async () => {
    const told = async () =>
      Object.keys((await jane()).agenda).filter((key) => key.startsWith("notice_left")).length;
    for (let time = 1; time <= 6; time++)
      await write(`${"Hello. ".repeat(time)}\n\nPlease take me off your list.`, failed);
    expect([(await course()).status, await told()]).toEqual(["left", 3]);
    world.clock.set(NOW + 29 * DAY);
    await write("Please take me off your list.", failed);
    expect(await told()).toBe(3);
    await write("Please take me off your list.");
    expect(await told()).toBe(4);
  });

  it("control: nothing else is done where DMARC failed", async () => {
    for (const words of ["pause", "slower", "next", "journal", "I want a second estimator."])
      await write(words, failed);
    const { status, agenda, prompted } = await course();
    const noticed = Object.keys(agenda).filter((key) => key.startsWith("notice_"));
    expect([status, noticed, prompted, await questions()]).toEqual(["active", [], {}, []]);
  });

  it("who writes back to the mail after leaving is asked once more, and comes back by a press", async () => {
    const agreed = { ...consent, list: NEWSLETTER, at: NOW - DAY };
    await services.store.change(await jane(), (now) => ({ ...now, consents: [agreed, ...now.consents] }));
    await write("Please take me off your list.");
    const key = Object.keys((await jane()).agenda).find((one) => one.startsWith("notice_left-")) ?? "";
    const dispatch = dispatchId({
      ...{ subscriber: SUBSCRIBER, list: "account", run: 1 },
      ...{ kind: "notice", slug: key.slice("notice_".length) },
    });
    const [sentAt, state] = [NOW, "delivered" as const];
    await services.store.recordSent({ dispatch, messageId: "0100-left", sentAt, state, stateAt: sentAt });
    const answer = (await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch });
    await receive(services, aMail({ recipients: [answer], words: "back", id: "back", ...gray }));
    expect((await course()).status).toBe("left");
    expect(Object.keys((await jane()).agenda).some((one) => one.startsWith("notice_back-"))).toBe(true);
    const id = (await keptAll()).find(({ awaits }) => awaits)?.id;
    await onPage("GET", id);
    expect((await course()).status).toBe("left");
    await press(id);
    expect([(await course()).status, (await jane()).newsletter]).toEqual(["active", true]);
  });
});
