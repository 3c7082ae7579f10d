import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR } from "../../functions/domain/time.ts";
import type { ReceivedMail } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import {
  aMail,
  COURSE,
  closeConversation,
  mails,
  NOW,
  openConversation,
  replyTo,
  SUBSCRIBER,
  services,
  to,
  world,
} from "../support/conversation.ts";

beforeEach(openConversation);
afterEach(closeConversation);

const status = async () => (await services.store.enrolment(SUBSCRIBER, COURSE))?.status;
const pace = async () => (await services.store.enrolment(SUBSCRIBER, COURSE))?.cadence.pace;

/** A mail of Jane's, as it comes at a moment. */
async function comesAt(at: number, words: string, recipient?: string): Promise<ReceivedMail> {
  world.clock.set(at);
  const mail = { ...aMail({ words, recipients: [recipient ?? (await replyTo("one"))] }), receivedAt: at };
  await receive(services, mail);
  return mail;
}

/** The very bytes once more, from whoever has them: the signature is as good as it was. */
async function replayedAt(at: number, { key, ...mail }: ReceivedMail): Promise<void> {
  world.clock.set(at);
  const again = `${key}-at-${at}`;
  mails.set(again, mails.get(key) ?? "");
  await receive(services, { ...mail, key: again, sesMessageId: again, receivedAt: at });
}

/** Where the mail that says that Jane has left can be replied to. */
async function replyToLastNotice(at: number): Promise<string> {
  const agenda = (await services.store.subscriber(SUBSCRIBER))?.agenda ?? {};
  const slug = Object.keys(agenda)
    .findLast((key) => key.startsWith("notice_left"))
    ?.slice("notice_".length);
  const dispatch = dispatchId({
    ...{ subscriber: SUBSCRIBER, list: "account", run: 1, kind: "notice", slug: slug ?? "" },
  });
  await services.store.recordSent({
    ...{ dispatch, messageId: "0100-left", sentAt: at, state: "delivered", stateAt: at },
  });
  return (await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch });
}

const DATED = "Date: Tue, 24 Nov 2026 08:00:00 +0000";
const LEAVES = "I changed jobs. Please take me off your list.";

/** Left, back by a reply, and left once more: the mail that brought her back. */
async function backAndGone(between: number): Promise<ReceivedMail> {
  await comesAt(NOW, LEAVES);
  const back = await comesAt(NOW + HOUR, "back", await replyToLastNotice(NOW));
  expect(await status()).toBe("active");
  await comesAt(NOW + HOUR + between, LEAVES);
  expect(await status()).toBe("left");
  return back;
}

describe("a mail of the reader's that somebody else has, and sends again", () => {
  it.each([
    ["an hour", HOUR],
    ["a week", 7 * DAY],
  ])("does not bring back who has left once more, %s later", async (_, later) => {
    const back = await backAndGone(HOUR);
    await replayedAt(NOW + 2 * HOUR + later, back);
    expect(await status()).toBe("left");
  });

  it("does not take out who has come back", async () => {
    const leaving = await comesAt(NOW, LEAVES);
    await comesAt(NOW + HOUR, "back", await replyToLastNotice(NOW));
    await replayedAt(NOW + 2 * HOUR, leaving);
    await replayedAt(NOW + 60 * DAY, leaving);
    expect(await status()).toBe("active");
  });

  it("steers nothing, however many commands have come since", async () => {
    const pausing = await comesAt(NOW, "pause");
    expect(await status()).toBe("paused");
    for (let day = 1; day <= 24; day++) await comesAt(NOW + day * DAY, day % 2 ? "resume" : "pause");
    await comesAt(NOW + 25 * DAY, "resume");
    await replayedAt(NOW + 26 * DAY, pausing);
    expect(await status()).toBe("active");
  });

  it("steers nothing under a Message-ID of its own, soon or late: it was written in the same second, in the same words", async () => {
    const comesDated = async (at: number, id: string, date = DATED) => {
      world.clock.set(at);
      const recipients = [await replyTo("one")];
      const mail = aMail({ words: "pause", recipients, id, headers: [date] });
      await receive(services, { ...mail, receivedAt: at });
      return { ...mail, receivedAt: at };
    };
    await comesDated(NOW, "hers");
    for (const later of [HOUR, 3 * DAY]) {
      await comesAt(NOW + later - 1, "resume");
      const again = await comesDated(NOW + later, `theirs-${later}`);
      // Ours that is tried again is no other.
      await receive(services, again);
      expect(await status()).toBe("active");
    }
    // Control: she writes the same once more.
    await comesDated(NOW + 4 * DAY, "hers-2", DATED.replace("24", "28"));
    expect(await status()).toBe("paused");
  });

  it("steers nothing at the reply address of another mail, which its envelope alone names", async () => {
    const comesTo = async (at: number, id: string, recipient: string) => {
      world.clock.set(at);
      const mail = aMail({ words: "pause", recipients: [recipient], id, headers: [DATED] });
      await receive(services, { ...mail, receivedAt: at });
    };
    await comesTo(NOW, "hers", await replyTo("one"));
    await comesAt(NOW + HOUR, "resume");
    await comesTo(NOW + 2 * HOUR, "theirs", await replyTo("two"));
    expect(await status()).toBe("active");
  });

  it("is neither answered nor passed on under a Message-ID of its own", async () => {
    const comes = async (at: number, id: string, words: string, headers = [DATED]) => {
      world.clock.set(at);
      const mail = aMail({ words, recipients: [await replyTo("one")], id, headers });
      await receive(services, { ...mail, receivedAt: at });
    };
    const waiting = async () => {
      const enrolment = await services.store.enrolment(SUBSCRIBER, COURSE);
      const owner = Object.keys((await services.store.owner()).agenda).filter((key) =>
        key.startsWith("relay"),
      );
      return [owner.length, enrolment?.prompted.one !== undefined];
    };
    const asks = "Who decides which of the two offers is the better one?";
    await comesAt(NOW, LEAVES);
    await comes(NOW + HOUR, "hers", asks);
    await comesAt(NOW + 2 * HOUR, "back", await replyToLastNotice(NOW));
    expect(await waiting()).toEqual([1, false]);
    await comes(NOW + 3 * HOUR, "theirs", asks);
    expect(await waiting()).toEqual([1, false]);
    // Control: she asks the same once more.
    await comes(NOW + 4 * HOUR, "hers-2", asks, [DATED.replace("08:00", "12:00")]);
    expect(await waiting()).toEqual([2, true]);
  });

  it("asks nobody back a second time under a Message-ID of its own", async () => {
    const notices = async () =>
      Object.keys((await services.store.enrolment(SUBSCRIBER, COURSE))?.agenda ?? {}).filter((key) =>
        key.startsWith("notice"),
      );
    const comes = async (at: number, id: string, day: number) => {
      world.clock.set(at);
      const headers = [`Date: Tue, ${day} Nov 2026 08:00:00 +0000`];
      const mail = aMail({
        words: "Can we pause over the holidays?",
        recipients: [await replyTo("one")],
        id,
        headers,
      });
      await receive(services, { ...mail, receivedAt: at });
    };
    await comes(NOW, "hers", 24);
    const [once] = await notices();
    expect(once).toBeDefined();
    await comes(NOW + 2 * DAY, "theirs", 24);
    expect(await notices()).toEqual([once]);
    // Control: she writes the same once more.
    await comes(NOW + 4 * DAY, "hers-2", 28);
    expect(await notices()).toHaveLength(2);
  });

  it("control: a new mail of hers steers, and so does ours that is tried again", async () => {
    const slower = await comesAt(NOW, "every two weeks");
    const before = await pace();
    await receive(services, { ...slower, receivedAt: NOW });
    expect(await pace()).toBe(before);
    await comesAt(NOW + 26 * DAY, "pause");
    expect(await status()).toBe("paused");
  });
});
