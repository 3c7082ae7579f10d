import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thanksOrigins, thanksProblem } from "../../../functions/domain/thanks.ts";
import { shippedContent } from "../../mail/composition.ts";
import { openSite, type Site } from "../../support/web.ts";

const ASKED = "https://www.owner.example/almost?x=1";
const CONFIRMED = "/newsletter";

describe("the owner's own pages after the form and after the button", () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(await shippedContent());
    site.services.settings.thanks = { asked: ASKED, confirmed: CONFIRMED };
  });
  afterEach(() => site.stop());

  const press = async (address: string, more = {}) => {
    const id = (await site.personAt(address))?.id ?? "";
    return site.request("POST /confirm/{token}", { token: await site.confirmLink(id) }, more);
  };

  it("follow the form whatever the address's state, and nothing in the answer tells it", async () => {
    const first = await site.signUp({ email: "jo@acme.example" });
    expect([first.status, first.headers?.location, first.body]).toEqual([303, ASKED, ""]);
    expect(first.headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" });
    await press("jo@acme.example");
    const keys = ["jo@acme.example", "al@acme.example"];
    for (const email of keys) expect(await site.signUp({ email })).toEqual(first);
    const mistaken = await site.signUp({ email: "jo@@acme.example" });
    expect([mistaken.status, mistaken.headers?.location]).toEqual([422, undefined]);
  });

  it("follow the button once it has done what it says; pressed again, our page says where things stand", async () => {
    await site.signUp({ email: "jo@acme.example" });
    const done = await press("jo@acme.example");
    expect([done.status, done.headers?.location]).toEqual([303, CONFIRMED]);
    expect(await site.personAt("jo@acme.example")).toMatchObject({ status: "active" });
    expect((await press("jo@acme.example")).status).toBe(200);
    await site.signUp({ email: "news@acme.example", course: "newsletter" });
    expect((await press("news@acme.example")).headers?.location).toBe(CONFIRMED);
    expect(await site.personAt("news@acme.example")).toMatchObject({ newsletter: true });
  });

  it("are named by the settings alone: no field, address or header of a request leads elsewhere", async () => {
    const evil = "https://evil.example";
    const names = ["then", "next", "thanks", "asked", "redirect", "return", "url"];
    const more = {
      query: Object.fromEntries(names.map((name) => [name, evil])),
      headers: { origin: evil, referer: evil, host: "evil.example" },
    };
    const form = Object.fromEntries(names.map((name) => [name, evil]));
    const asked = await site.signUp({ email: "jo@acme.example", ...form }, more);
    expect(asked.headers?.location).toBe(ASKED);
    const { headers } = await press("jo@acme.example", { ...more, form });
    expect(headers?.location).toBe(CONFIRMED);
  });

  it("may be where a page's form ends, and no other site may", async () => {
    const { headers } = await site.request("GET /");
    const policy = headers?.["content-security-policy"];
    expect(policy).toContain("form-action 'self' https://www.owner.example;");
    site.services.settings.thanks = undefined;
    const control = await site.request("GET /");
    expect(control.headers?.["content-security-policy"]).toContain("form-action 'self';");
    expect((await site.signUp({ email: "al@acme.example" })).status).toBe(200);
  });
});

describe("what the settings may name", () => {
  it.each([
    "/",
    "/newsletter",
    "/newsletter?x=1#y",
    "https://www.owner.example",
    "https://xn--bcher-kva.example/danke?a=b",
  ])("%s is taken", (address) => {
    expect(thanksProblem(address)).toBeUndefined();
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http://www.owner.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://user:secret@evil.example",
    "https://owner.example@evil.example",
    "https://bücher.example",
    "https://оwner.example",
    "https://localhost/x",
    "/a\r\nSet-Cookie: x=1",
    "/a b",
    "",
    `/${"x".repeat(10_000)}`,
    "www.owner.example",
  ])("%j is refused with what to do", (address) => {
    expect(thanksProblem(address)).toMatch(/^must /);
  });

  it("lets a form end at each other site once", () => {
    expect(thanksOrigins({ asked: "https://a.example/x", confirmed: "https://a.example/y" })).toEqual([
      "https://a.example",
    ]);
    expect(thanksOrigins({ asked: "/x" })).toEqual([]);
  });
});
