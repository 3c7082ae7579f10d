import { expect, it } from "vitest";
import { openSite } from "../support/web.ts";

it("a reader downloads every item about them, and the texts they agreed to, in one file", async () => {
  const site = await openSite();
  try {
    const { id, page } = await site.join("jo@acme.example");
    const answer = await site.request("POST /reader/{token}", { token: page }, { form: { do: "export" } });
    expect(answer.headers?.["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers?.["content-disposition"]).toMatch(/^attachment/);
    const { items, consentTexts } = JSON.parse(answer.body) as {
      items: Record<string, unknown>[];
      consentTexts: Record<string, string>;
    };
    expect(items).toHaveLength((await site.services.store.everythingAbout(id)).length);
    expect(JSON.stringify(items)).toContain("jo@acme.example");
    expect(consentTexts["sign-up-1"]).toContain("By signing up");
  } finally {
    await site.stop();
  }
});
