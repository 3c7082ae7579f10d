import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { OperationalError } from "../../../functions/errors.ts";
import { addressHash } from "../../../functions/links/links.ts";
import { findForm } from "../../../local/demo/web-form.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const confirmations = (agenda: Record<string, { dueAt: number }>) =>
  Object.entries(agenda).filter(([key]) => key.startsWith("confirmation_"));
const withoutNonce = (body: string): string => body.replaceAll(/nonce="[^"]*"/g, "");

describe("a reader who signs up", () => {
  it("is kept unconfirmed, with proof of what they agreed to, and asked to confirm at once", async () => {
    const answer = await site.signUp({ email: "Jo@Acme.example", name: "Jo", zone: "America/Chicago" });
    expect(answer.status).toBe(200);
    const jo = await site.personAt("jo@acme.example");
    expect(jo).toMatchObject({ status: "unconfirmed", address: "Jo@acme.example", zone: "America/Chicago" });
    expect(jo?.consents).toMatchObject([
      {
        event: "requested",
        at: T0,
        list: "managing-up-leading-down",
        text: "sign-up-4",
        source: "/sign-up",
        actor: "self",
        network: "192.0.2.0/24",
        userAgent: "A browser",
      },
    ]);
    expect(confirmations(jo?.agenda ?? {}).map(([, entry]) => entry.dueAt)).toEqual([T0]);
    expect(site.nudged).toEqual([{ subscriber: jo?.id, afterMs: 0 }]);
  });

  it("has the newsletter recorded as a consent of its own, only if they ticked the box", async () => {
    await site.signUp({ email: "with@acme.example", newsletter: "yes" });
    await site.signUp({ email: "without@acme.example" });
    const lists = async (address: string) => (await site.personAt(address))?.consents.map(({ list }) => list);
    expect(await lists("with@acme.example")).toEqual(["managing-up-leading-down", "newsletter"]);
    expect(await lists("without@acme.example")).toEqual(["managing-up-leading-down"]);
  });

  it.each(["Etc/Unknown", "GMT+3", "undefined", "Mars/Base", " "])(
    "has the owner's zone where their browser says %j: they did not type it",
    async (zone) => {
      expect((await site.signUp({ email: "nowhere@acme.example", zone })).status).toBe(200);
      const { defaultZone } = site.services.settings;
      expect(await site.personAt("nowhere@acme.example")).toMatchObject({ zone: defaultZone });
    },
  );

  it("finds today's names in the list of zones, and is known by a browser's old one", async () => {
    const { body } = await site.request("GET /");
    for (const [was, name] of [
      ["Asia/Calcutta", "Asia/Kolkata"],
      ["Asia/Katmandu", "Asia/Kathmandu"],
      ["Asia/Rangoon", "Asia/Yangon"],
      ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
      ["Europe/Kiev", "Europe/Kyiv"],
    ] as const) {
      expect(body, name).toMatch(new RegExp(`<option value="${name}"( data-was="${was}")?>`));
      expect(body, was).not.toContain(`value="${was}"`);
    }
    await site.signUp({ email: "old@acme.example", zone: "Asia/Calcutta" });
    expect(await site.personAt("old@acme.example")).toMatchObject({ zone: "Asia/Kolkata" });
  });

  it("gets the form back with a sentence at the field and what they typed, escaped", async () => {
    const typed = { email: "jo@@acme", name: '"><b>Jo</b>', zone: "America/Chicago", newsletter: "yes" };
    const answer = await site.signUp(typed);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('id="email-wrong">An email address has exactly one @');
    expect(answer.body).toContain('aria-invalid="true"');
    expect(answer.body).toContain('value="jo@@acme"');
    expect(answer.body).not.toContain("<b>Jo</b>");
    expect(answer.body).toContain('value="America/Chicago" selected');
    expect(answer.body).toContain('value="yes" checked');
    expect(site.nudged).toEqual([]);
  });

  it("is told which field is missing, or that the form is too large, or is none", async () => {
    const missing = await site.request("POST /sign-up", {}, { form: { name: "Jo" } });
    expect([missing.status, missing.body.includes("“email”")]).toEqual([400, true]);
    const large = await site.request("POST /sign-up", {}, { bodyProblem: "too-large" });
    expect([large.status, large.body.includes("8 KB")]).toEqual([413, true]);
    const none = await site.request("POST /sign-up", {}, { bodyProblem: "not-a-form" });
    expect(none.status).toBe(415);
  });
});

describe("a sign-up with a domain that takes no mail", () => {
  const typed = { email: "jo@acme.invalid", name: "Jo" };

  it("is kept nowhere and mailed nothing: the page says so at the field, with what was typed", async () => {
    const answer = await site.signUp(typed);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('id="email-wrong">There is no such domain, or it takes no mail');
    expect(answer.body).toContain('value="jo@acme.invalid"');
    expect(await site.personAt("jo@acme.invalid")).toBeUndefined();
    expect(site.nudged).toEqual([]);
    expect(site.logged.join()).not.toContain("acme.invalid");
  });

  it("is answered alike whether its address is known or not, and before anything is read about it", async () => {
    site.services.mailDomains = { mayTakeMail: async () => true };
    await site.signUp(typed);
    expect(await site.personAt("jo@acme.invalid")).toBeDefined();
    site.services.mailDomains = { mayTakeMail: async () => false };
    const { store } = site.services;
    const read: string[] = [];
    site.services.store = new Proxy(store, {
      get: (target, name: keyof typeof store) => {
        read.push(name);
        return target[name];
      },
    });
    const known = await site.signUp(typed);
    const unknown = await site.signUp({ ...typed, email: "al@acme.invalid" });
    expect(withoutNonce(known.body).replaceAll("jo@", "")).toBe(
      withoutNonce(unknown.body).replaceAll("al@", ""),
    );
    expect(read).toEqual([]);
  });

  it("uses up nothing of anybody's limits", async () => {
    for (let count = 0; count < 25; count++) await site.signUp({ email: `jo${count}@acme.invalid` });
    await site.signUp({ email: "jo@acme.example" });
    expect(await site.personAt("jo@acme.example")).toMatchObject({ status: "unconfirmed" });
  });
});

describe("a form that no person filled in", () => {
  it.each(["leave-empty", "website"])(
    "with the hidden field %s filled is kept nowhere, and whoever has a password manager presses once more",
    async (trap) => {
      const typed = { email: "jo@acme.example", name: "Jo", zone: "America/Chicago", newsletter: "yes" };
      const answer = await site.signUp({ ...typed, [trap]: "https://spam.example" });
      expect(answer.body).toContain("One more press");
      expect(await site.personAt("jo@acme.example")).toBeUndefined();
      const again = findForm(answer.body, "/sign-up");
      expect(again?.fields).toMatchObject({ email: "jo@acme.example", name: "Jo" });
      expect(Object.keys(again?.fields ?? {})).not.toContain(trap);
      site.clock.set(site.clock.now() + 3_000);
      const form = { ...typed, form: again?.fields.form ?? "" };
      expect((await site.request("POST /sign-up", {}, { form })).body).toContain("in your inbox");
      expect(await site.personAt("jo@acme.example")).toMatchObject({
        firstName: "Jo",
        asksFor: { newsletter: true },
      });
    },
  );

  it("is told to password managers as a field of none", async () => {
    const { body } = await site.request("GET /");
    expect(body).toMatch(
      /<input id="leave-empty"[^>]* autocomplete="off" data-1p-ignore data-lpignore="true" data-bwignore/,
    );
    expect(body).not.toContain('name="website"');
  });

  it("sent within two seconds, after a day, or without its time is refused with a fresh form", async () => {
    const shown = find((await site.request("GET /")).body, /name="form" value="([^"]+)"/);
    const send = (form: string) =>
      site.request("POST /sign-up", {}, { form: { form, email: "jo@acme.example" } });
    site.clock.set(T0 + 1_900);
    expect((await send(shown)).body).toContain("faster than a person types");
    site.clock.set(T0 + DAY + 1);
    expect((await send(shown)).body).toContain("open for more than a day");
    expect((await send("abcdefgh")).status).toBe(400);
    expect(await site.personAt("jo@acme.example")).toBeUndefined();
    site.clock.set(T0 + 2_000);
    expect((await send(shown)).status).toBe(200);
    expect(await site.personAt("jo@acme.example")).toBeDefined();
  });
});

describe("a form that is sent twice", () => {
  it("because its button was pressed again or its answer was lost, asks for one confirmation", async () => {
    const shown = find((await site.request("GET /")).body, /name="form" value="([^"]+)"/);
    const send = (more: Record<string, string> = {}) =>
      site.request("POST /sign-up", {}, { form: { form: shown, email: "jo@acme.example", ...more } });
    site.clock.set(T0 + 3_000);
    expect((await send()).status).toBe(200);
    const kept = await site.personAt("jo@acme.example");
    site.clock.set(T0 + 60_000);
    expect((await send()).status).toBe(200);
    expect(await site.personAt("jo@acme.example")).toEqual(kept);
    // Controls: with another word in it, or shown anew, it is another request.
    await send({ newsletter: "yes" });
    const ticked = await site.personAt("jo@acme.example");
    expect(ticked?.asksFor.newsletter).toBe(true);
    site.clock.set(T0 + HOUR);
    await site.signUp({ email: "jo@acme.example", newsletter: "yes" });
    expect((await site.personAt("jo@acme.example"))?.version).toBeGreaterThan(ticked?.version ?? 0);
  });
});

describe("an address's secrets", () => {
  it("are not told: new, waiting, active and suppressed addresses get the same answer", async () => {
    const first = await site.signUp({ email: "jo@acme.example" });
    const again = await site.signUp({ email: "jo@acme.example" });
    await site.join("in@acme.example");
    const active = await site.signUp({ email: "in@acme.example" });
    const { id } = await site.join("bounced@acme.example");
    const consent = {
      event: "withdrawn",
      at: T0,
      list: "everything",
      text: "bounce",
      source: "ses",
      actor: "self",
    } as const;
    await site.services.store.stopEverything(id, "bounce", consent);
    const bounced = await site.signUp({ email: "bounced@acme.example" });
    const bodies = [first, again, active, bounced].map(
      ({ status, body }) => `${status} ${withoutNonce(body)}`,
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it("nothing is sent to an active reader, nor to an address that bounced or complained", async () => {
    const { id } = await site.join("in@acme.example");
    const before = await site.services.store.subscriber(id);
    await site.signUp({ email: "in@acme.example", name: "Somebody else" });
    expect(await site.services.store.subscriber(id)).toEqual(before);
    const consent = {
      event: "withdrawn",
      at: T0,
      list: "everything",
      text: "x",
      source: "ses",
      actor: "self",
    } as const;
    await site.services.store.stopEverything(id, "complaint", consent);
    await site.signUp({ email: "in@acme.example" });
    expect((await site.services.store.subscriber(id))?.status).toBe("stopped");
  });
});

describe("a sign-up over a limit", () => {
  it("is dropped with a count, and answered like any other", async () => {
    const first = await site.signUp({ email: "jo0@gmail.com" });
    for (let n = 1; n < 20; n++) await site.signUp({ email: `jo${n}@gmail.com` });
    const over = await site.signUp({ email: "jo20@gmail.com" });
    expect([over.status, withoutNonce(over.body)]).toEqual([first.status, withoutNonce(first.body)]);
    expect(await site.personAt("jo19@gmail.com")).toBeDefined();
    expect(await site.personAt("jo20@gmail.com")).toBeUndefined();
    expect(site.logged.filter((line) => line.includes("SignUpDropped"))).toHaveLength(1);
  });

  it("does not wait when the first try failed and kept nothing", async () => {
    const { store } = site.services;
    const bindAddress = store.bindAddress;
    store.bindAddress = () => Promise.reject(new OperationalError("store-unavailable", "a throttle"));
    await expect(site.signUp({ email: "jo@acme.example" })).rejects.toThrow("store-unavailable");
    store.bindAddress = bindAddress;
    await site.signUp({ email: "jo@acme.example" });
    const jo = await site.personAt("jo@acme.example");
    expect(confirmations(jo?.agenda ?? {}).map(([, { dueAt }]) => dueAt)).toEqual([T0]);
  });

  it("is admitted however often its form was sent in vain; other forms use up the mailbox's three", async () => {
    const { store } = site.services;
    const bindAddress = store.bindAddress;
    const inVain = async (email: string) => {
      store.bindAddress = () => Promise.reject(new OperationalError("store-unavailable", "a throttle"));
      await expect(site.signUp({ email })).rejects.toThrow("store-unavailable");
      store.bindAddress = bindAddress;
    };
    for (let time = 0; time < 5; time++) await inVain("jo@acme.example");
    await site.signUp({ email: "jo@acme.example" });
    expect(await site.personAt("jo@acme.example")).toBeDefined();
    // Control: each of these is another form.
    for (let time = 1; time <= 3; time++) {
      site.clock.set(T0 + time * HOUR);
      await inVain("kim@acme.example");
    }
    site.clock.set(T0 + 4 * HOUR);
    await site.signUp({ email: "kim@acme.example" });
    expect(await site.personAt("kim@acme.example")).toBeUndefined();
  });

  it("counts a mailbox's spellings one by one, though one form brings them all", async () => {
    for (let tag = 0; tag < 6; tag++) await site.signUp({ email: `vic+${tag}@acme.example` });
    const known = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((tag) => site.personAt(`vic+${tag}@acme.example`)),
    );
    expect(known.filter((person) => person !== undefined)).toHaveLength(3);
  });

  it("tells whom to write to, if nothing comes within an hour", async () => {
    const { body } = await site.signUp({ email: "jo@acme.example" });
    expect(body).toContain("If nothing comes within an hour, write to");
    expect(body).toContain('href="mailto:owner@office.example"');
  });

  it("three times unconfirmed makes the address hear nothing more", async () => {
    for (let day = 0; day < 5; day++) {
      site.clock.set(T0 + day * (DAY + HOUR));
      await site.signUp({ email: "jo@acme.example" });
      const jo = await site.personAt("jo@acme.example");
      const asked = confirmations(jo?.agenda ?? {}).length;
      expect(asked).toBe(day < 3 ? 1 : 0);
      if (jo) await site.services.store.change(jo, (current) => ({ ...current, agenda: {} }));
    }
  });
});

describe("what the log and the limits hold", () => {
  it("names no address", async () => {
    await site.signUp({ email: "secret.person@acme.example", name: "Josephine" });
    expect(site.logged.join("\n")).not.toMatch(/secret|acme|josephine|192\.0\.2/i);
  });

  it("an address is found by its keyed hash only", async () => {
    await site.signUp({ email: "JO@acme.example" });
    const keys = await site.services.keyring.keys();
    expect(await site.services.store.findSubscriber(addressHash(keys, "jo@acme.example"))).toBeDefined();
    expect(await site.services.store.findSubscriber("jo@acme.example")).toBeUndefined();
  });
});
