import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECOND } from "../../../functions/domain/time.ts";
import { findForm, formOfOwnSite } from "../../../local/demo/web-form.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const ADDRESS = "ada@reader.example";
const OWN_SITE = { origin: "https://www.owner.example" };
const pasted = async (): Promise<string> => formOfOwnSite((await site.request("GET /form")).body) ?? "";
const signUp = (form: Record<string, string>, headers: Record<string, string> = OWN_SITE) =>
  site.request("POST /sign-up", {}, { form, headers });
/** What the script puts into the form's hidden fields. */
const brought = async (): Promise<Record<string, string>> => {
  const { body } = await site.request("GET /form/script");
  return JSON.parse(find(body, /\((\{"action".*\})\);\n$/));
};

describe("the form for the owner's own site", () => {
  it("posts to the course, with the trap, the consent in its words, and the newsletter unticked", async () => {
    const form = await pasted();
    expect(findForm(form, "https://web.example/sign-up")).toEqual({
      method: "post",
      action: "https://web.example/sign-up",
      fields: {
        email: "",
        from: "",
        referrer: "",
        name: "",
        "leave-empty": "",
        zone: "",
        form: "",
        version: "own-site-4",
        course: "managing-up-leading-down",
      },
    });
    expect(form).toContain("By signing up you ask The owner to email you this course");
    expect(form).toContain('<script src="https://web.example/form/script" async></script>');
  });

  it("is not found by search engines, and its script may run on any site but is kept by none", async () => {
    const page = await site.request("GET /form");
    expect(page.headers?.["x-robots-tag"]).toBe("noindex, nofollow");
    const { headers } = await site.request("GET /form/script");
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(headers?.["access-control-allow-origin"]).toBeUndefined();
  });

  it("completed by the script, signs somebody up, and the record of consent names the site", async () => {
    const { form = "" } = await brought();
    site.clock.set(T0 + 10 * SECOND);
    const answer = await signUp({ email: ADDRESS, zone: "America/Chicago", website: "", form });
    expect(answer.body).toContain("One more step, in your inbox");
    const ada = await site.personAt(ADDRESS);
    expect(ada?.zone).toBe("America/Chicago");
    expect(ada?.consents[0]).toMatchObject({
      text: "sign-up-4",
      source: "/sign-up on https://www.owner.example",
    });
  });

  it.each([
    [
      "?x=1&from=Spring+mail%20%C3%BC",
      "https://news.example/jane",
      { from: "Spring mail ü", referrer: "news.example" },
    ],
    ["?from=%", "https://owner.example/other", { from: "", referrer: "" }],
    ["", "", { from: "", referrer: "" }],
  ])("tells where its reader came from: %s, %s", async (search, referrer, told) => {
    const { body } = await site.request("GET /form/script");
    const fields: Record<string, { value: string }> = { from: { value: "" }, referrer: { value: "" } };
    const querySelector = (selector: string) =>
      fields[/name=(\w+)/.exec(selector)?.[1] ?? ""] ?? { textContent: "" };
    const form = { action: "https://web.example/sign-up", querySelector };
    const document = { forms: [form], readyState: "complete", referrer };
    runInNewContext(body, { document, location: { search, host: "owner.example" } });
    expect({ from: fields.from?.value, referrer: fields.referrer?.value }).toEqual(told);
  });

  it("without the script leads to the landing page, filled in, which takes one more press", async () => {
    const answer = await signUp({ email: ADDRESS, name: "Ada", newsletter: "yes", zone: "", form: "" });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("One more press: please look the form over");
    expect(answer.body).toMatch(/name="newsletter" value="yes" checked>/);
    expect(await site.personAt(ADDRESS)).toBeUndefined();
    const { fields } = findForm(answer.body, "/sign-up") ?? { fields: {} };
    site.clock.set(T0 + 10 * SECOND);
    await signUp(fields, { origin: "null" });
    expect(await site.personAt(ADDRESS)).toMatchObject({ firstName: "Ada" });
    expect((await site.personAt(ADDRESS))?.consents[0]?.source).toBe("/sign-up");
  });

  it("is refused by the trap and by the clock as ours is", async () => {
    const { form = "" } = await brought();
    await signUp({ email: ADDRESS, website: "https://spam.example", form });
    expect((await signUp({ email: ADDRESS, form })).body).toContain("faster than a person types");
    expect(await site.personAt(ADDRESS)).toBeUndefined();
  });

  it.each([
    ["a header that is no origin", "https://evil.example/<script>"],
    ["an endless one", `https://${"a".repeat(200)}.example`],
    ["our own", "https://web.example"],
  ])("keeps no site in the record for %s", async (_, origin) => {
    const { form = "" } = await brought();
    site.clock.set(T0 + 10 * SECOND);
    await signUp({ email: ADDRESS, form }, { origin });
    expect((await site.personAt(ADDRESS))?.consents[0]?.source).toBe("/sign-up");
  });
});
