import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../functions/deliver/deliver.ts";
import { openSlots } from "../../../functions/deliver/governor.ts";
import { withSenderQuestion } from "../../../functions/domain/people/other-senders.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import type { Awaited, Reflection } from "../../../functions/domain/replies/reflection.ts";
import { MINUTE } from "../../../functions/domain/time.ts";
import {
  OWN_REPLY_LINK_LIFE,
  ownReplyToken,
  PERSONAL_LINK_LIFE,
  personalToken,
} from "../../../functions/links/links.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const REPLY = "0123456789abcdef0123";
const WORDS = "Buy at https://cheap.example now";
let site: Site;
let id: string;
beforeEach(async () => {
  site = await openSite();
  ({ id } = await site.join("josephine@acme.example", { name: "Jo" }));
});
afterEach(() => site.stop());

const theReader = async () => (await site.services.store.subscriber(id)) as Subscriber;

/** A reply from elsewhere, whose reader is asked about it. */
async function comesFromElsewhere(awaits: Partial<Awaited>): Promise<void> {
  const { store } = site.services;
  const reflection: Reflection = {
    ...{ kind: "reflection", id: REPLY, subscriber: id, course: COURSE, run: 1, lesson: "headwinds-inside" },
    inReplyTo: `${id}_${COURSE}_1_lesson_headwinds-inside`,
    receivedAt: T0,
    replyKind: "foreign-sender",
    reason: "elsewhere",
    awaits: { replyKind: "reflection", reason: "theirs", ...awaits },
    ownWords: WORDS,
    subject: "Re: lesson",
    messageId: "<a@b.example>",
    ...{ references: [], attachments: [], raw: "raw/1" },
  };
  await store.keepReflection(reflection);
  const sender = { addressHash: "ab12", masked: "j•••@home.example", askedAt: T0, reflection: REPLY };
  await store.change(await theReader(), (current) => withSenderQuestion(current, sender));
}

/** The mails that the reader gets, and the token of the link in them. */
async function theQuestion() {
  await deliver(site.services, { subscriber: id }, openSlots(site.services, "urgent"), T0 + MINUTE);
  const mails = site.ses.sent.filter(({ dispatch }) => dispatch.includes("_notice_sender-"));
  const about = { subscriber: id, reflection: REPLY, expiresAt: T0 + OWN_REPLY_LINK_LIFE };
  return { mails, token: ownReplyToken(await site.services.keyring.keys(), about) };
}

describe("the mail and the page that ask whether a reply from elsewhere was its reader's", () => {
  it("goes to the address that we know, and to no other", async () => {
    await comesFromElsewhere({});
    const { mails } = await theQuestion();
    expect(mails.map(({ to }) => to)).toEqual(["josephine@acme.example"]);
  });

  it.each([
    [
      { replyKind: "unsubscribe", asked: [{ name: "leave", isAll: false, isExact: false }] },
      /asks to unsubscribe/,
      "left",
    ],
    [{ replyKind: "command", asked: [{ name: "pause", weeks: 2 }] }, /such as a pause/, "paused"],
    [{}, /kept as yours/, "active"],
  ] as const)(
    "say what was asked: %j; a look changes nothing, a press does it",
    async (awaits, says, status) => {
      await comesFromElsewhere(awaits as Partial<Awaited>);
      const { token } = await theQuestion();
      const page = await site.request("GET /own-reply/{token}", { token });
      expect(page.body).toMatch(says);
      expect(page.body).not.toContain("cheap");
      expect((await site.services.store.enrolment(id, COURSE))?.status).toBe("active");
      const done = await site.request("POST /own-reply/{token}", { token });
      expect(done.body).toContain("Replies from j•••@home.example count as yours now");
      expect((await site.services.store.enrolment(id, COURSE))?.status).toBe(status);
      const again = await site.request("POST /own-reply/{token}", { token });
      const withoutNonce = (body: string) => body.replaceAll(/nonce="[^"]*"/g, "");
      expect(withoutNonce(again.body)).toBe(withoutNonce(done.body));
    },
  );

  it("an address that is theirs stands on the page of their data, where they take it back", async () => {
    await comesFromElsewhere({});
    const { token } = await theQuestion();
    const key = { subscriber: id, expiresAt: T0 + PERSONAL_LINK_LIFE };
    const own = { token: personalToken(await site.services.keyring.keys(), key) };
    expect((await site.request("GET /personal/{token}", own)).body).not.toContain("j•••@home.example");
    await site.request("POST /own-reply/{token}", { token });
    const { body } = await site.request("GET /personal/{token}", own);
    expect(body).toContain("j•••@home.example");
    const form = { do: "sender", sender: "ab12" };
    const after = await site.request("POST /personal/{token}", own, { form });
    expect(after.body).not.toContain("j•••@home.example");
    expect((await theReader()).otherSenders?.[0]?.confirmedAt).toBeUndefined();
  });
});
