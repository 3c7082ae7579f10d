import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import {
  CONFIRM_LINK_LIFE,
  confirmToken,
  joinToken,
  personalToken,
  readerToken,
} from "../../../functions/links/links.ts";
import { aConsent } from "../../support/consents.ts";
import { find } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site } from "../../support/web.ts";

let site: Site;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  ({ id, page } = await site.join("jo@acme.example"));
  await deliverUntil(site.services, site.clock, id, site.clock.now() + HOUR);
  site.ses.sent.length = 0;
});
afterEach(() => site.stop());

const press = (form: Record<string, string>) =>
  site.request("POST /reader/{token}", { token: page }, { form });
const wants = () => press({ do: "newsletter", newsletter: "yes" });
const jo = () => site.services.store.subscriber(id);
const mails = async () => {
  const now = site.clock.now();
  await deliverUntil(site.services, site.clock, id, now + HOUR);
  return site.ses.sent
    .map(({ raw }) => Buffer.from(raw).toString())
    .filter((raw) => raw.includes("Subject: Shall the newsletter come to you?"));
};
/** The link of a mail that leaves now. */
const link = async () => {
  const expiresAt = site.clock.now() + CONFIRM_LINK_LIFE;
  return joinToken(await site.services.keyring.keys(), { subscriber: id, expiresAt });
};

describe("the newsletter, asked for on a reader's page", () => {
  it("comes once the button in the reader's own mailbox was pressed, and the record names that mail", async () => {
    expect((await wants()).body).toContain("An email with a button is on its way to you");
    expect((await jo())?.newsletter).toBe(false);
    const token = await link();
    expect(await mails()).toHaveLength(1);
    const shown = await site.request("GET /join/{token}", { token });
    expect(shown.body).toContain("Shall the newsletter come to you?");
    expect((await jo())?.newsletter).toBe(false);
    const joined = await site.request("POST /join/{token}", { token });
    expect(joined.body).toContain("You will get the newsletter");
    const after = await jo();
    expect(after?.newsletter).toBe(true);
    expect(after?.consents.at(-1)).toMatchObject({
      event: "confirmed",
      list: "newsletter",
      source: "/join",
      confirmation: { messageId: "id-1" },
    });
    const again = await site.request("POST /join/{token}", { token });
    expect(again.body).toContain("You will get the newsletter");
    expect((await jo())?.version).toBe(after?.version);
    expect((await wants()).body).toContain("You will get the newsletter");
    expect(await mails()).toHaveLength(1);
  });

  it("is mailed about once while that mail waits, and three times a day at the most", async () => {
    for (let count = 0; count < 2; count++) await wants();
    expect(await mails()).toHaveLength(1);
    await wants();
    expect(await mails()).toHaveLength(2);
    expect((await wants()).body).toContain("tomorrow");
    expect(await mails()).toHaveLength(2);
    site.clock.set(site.clock.now() + DAY);
    await wants();
    expect(await mails()).toHaveLength(3);
  });

  it("is not joined by any other of their links, nor by one that is forged or older than seven days", async () => {
    const keys = await site.services.keyring.keys();
    const dated = { subscriber: id, expiresAt: site.clock.now() + DAY };
    const others = [readerToken, personalToken, confirmToken].map((sign) => sign(keys, dated));
    for (const token of [...others, page, "forged"])
      expect((await site.request("POST /join/{token}", { token })).status).toBe(403);
    const old = joinToken(keys, { subscriber: id, expiresAt: site.clock.now() });
    const late = await site.request("POST /join/{token}", { token: old });
    expect([late.status, late.body.includes("too old")]).toEqual([410, true]);
    expect((await jo())?.newsletter).toBe(false);
    const control = await link();
    expect((await site.request("POST /join/{token}", { token: control })).status).toBe(200);
    expect((await jo())?.newsletter).toBe(true);
  });

  it("does not come to who has left everything, whatever button they still have", async () => {
    const token = await link();
    await site.services.store.stopEverything(
      id,
      "reader",
      aConsent("withdrawn", "everything", site.clock.now()),
    );
    expect((await site.request("POST /join/{token}", { token })).status).toBe(410);
    expect((await jo())?.newsletter).toBe(false);
    expect((await wants()).body).toContain("unsubscribed from everything");
  });

  it("is left by one press, which can be undone; who never had it gets no undo that joins", async () => {
    const never = await press({ do: "newsletter", newsletter: "no" });
    expect(never.body).toContain("You will not get the newsletter");
    expect(never.body).not.toContain('name="undo"');
    await site.request("POST /join/{token}", { token: await link() });
    const left = await press({ do: "newsletter", newsletter: "no" });
    expect((await jo())?.consents.at(-1)).toMatchObject({ event: "withdrawn", list: "newsletter" });
    await press({ do: "undo", undo: find(left.body, /name="undo" value="([^"]+)"/) });
    expect((await jo())?.newsletter).toBe(true);
  });
});
