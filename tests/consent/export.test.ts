import { expect, it } from "vitest";
import { PERSONAL_LINK_LIFE, personalToken } from "../../functions/links/links.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { openSite, T0 } from "../support/web.ts";

it("a reader downloads every item about them, what each field is for, and the texts they agreed to", async () => {
  const site = await openSite();
  try {
    const { id } = await site.join("jo@acme.example", { name: "Jo" });
    const course = site.services.content.courses[0]?.slug ?? "";
    const dispatch = `${id}_${course}_1_welcome_welcome`;
    await site.services.store.recordSent({
      dispatch,
      messageId: "m",
      sentAt: T0,
      state: "sent",
      stateAt: T0,
    });
    const expiresAt = T0 + PERSONAL_LINK_LIFE;
    const token = personalToken(await site.services.keyring.keys(), { subscriber: id, expiresAt });
    const answer = await site.request("POST /personal/{token}", { token }, { form: { do: "export" } });
    expect(answer.headers?.["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers?.["content-disposition"]).toMatch(/^attachment/);
    const { items, consentTexts, fields, consentFields } = JSON.parse(answer.body) as {
      items: Record<string, unknown>[];
      consentTexts: Record<string, string>;
      fields: Record<string, string>;
      consentFields: Record<string, string>;
    };
    expect(items).toHaveLength((await everythingAbout(site.services.store, id)).length);
    expect(JSON.stringify(items)).toContain("jo@acme.example");
    for (const item of items)
      for (const field of Object.keys(item)) expect(fields[field], field).toMatch(/\w{3}/);
    const consents = items.flatMap((item) => (item.consents ?? []) as object[]);
    expect(consents.length).toBeGreaterThan(1);
    for (const record of consents)
      for (const field of Object.keys(record)) expect(consentFields[field], field).toMatch(/\w{3}/);
    expect(consentTexts["sign-up-1"]).toContain("By signing up");
  } finally {
    await site.stop();
  }
});
