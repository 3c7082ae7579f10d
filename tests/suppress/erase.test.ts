import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "../../functions/domain/time.ts";
import { eraseToken } from "../../functions/mail/links.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

let site: Site;
let id: string;
let token: string;
beforeEach(async () => {
  site = await openSite();
  ({ id } = await site.join("jo@acme.example"));
  const keys = await site.services.keyring.keys();
  token = eraseToken(keys, { subscriber: id, expiresAt: T0 + HOUR });
});
afterEach(() => site.stop());

const everything = () => site.services.store.everythingAbout(id);

describe("a reader who erases everything", () => {
  it("is shown a button first; following the link erases nothing", async () => {
    const before = await everything();
    expect((await site.request("GET /erase/{token}", { token })).status).toBe(200);
    expect(await everything()).toEqual(before);
  });

  it("leaves nothing behind but the keyed hash that keeps mail away", async () => {
    const hash = (await site.services.store.subscriber(id))?.addressHash ?? "";
    expect((await site.request("POST /erase/{token}", { token })).status).toBe(200);
    expect(await everything()).toEqual([]);
    expect(await site.personAt("jo@acme.example")).toBeUndefined();
    expect((await site.services.store.suppression(hash))?.reason).toBe("reader");
    expect((await site.request("POST /erase/{token}", { token })).status).toBe(200);
  });

  it("has their raw mails removed, too", async () => {
    const removed: string[] = [];
    site.services.inbox = { ...site.services.inbox, remove: async (keys) => void removed.push(...keys) };
    await site.services.store.keepReflection({
      kind: "reflection",
      id: "r1",
      subscriber: id,
      course: "c",
      run: 1,
      lesson: "l",
      inReplyTo: "x",
      receivedAt: T0,
      replyKind: "reflection",
      reason: "",
      ownWords: "mine",
      subject: "",
      messageId: "<a@b.example>",
      references: [],
      attachments: [],
      raw: "raw/1",
    });
    await site.request("POST /erase/{token}", { token });
    expect(removed).toEqual(["raw/1"]);
  });

  it("can sign up anew", async () => {
    await site.request("POST /erase/{token}", { token });
    site.clock.set(T0 + 25 * HOUR);
    const again = await site.join("jo@acme.example");
    expect(again.id).not.toBe(id);
    expect((await site.services.store.subscriber(again.id))?.status).toBe("active");
  });

  it("cannot with a link that is an hour old, or that we did not sign", async () => {
    site.clock.set(T0 + HOUR);
    expect((await site.request("POST /erase/{token}", { token })).status).toBe(410);
    const other = await site.confirmLink(id);
    expect((await site.request("POST /erase/{token}", { token: other })).status).toBe(404);
    expect(await everything()).not.toEqual([]);
  });
});
