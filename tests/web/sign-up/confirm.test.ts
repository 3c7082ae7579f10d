import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { addressHash, confirmToken, EVERYTHING, unsubscribeToken } from "../../../functions/links/links.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

async function signedUp(address = "jo@acme.example"): Promise<{ id: string; token: string }> {
  await site.signUp({ email: address, zone: "America/Chicago" });
  const id = (await site.personAt(address))?.id ?? "";
  return { id, token: await site.confirmLink(id) };
}
const leaveLink = async (subscriber: string, list: string) =>
  unsubscribeToken(await site.services.keyring.keys(), { subscriber, list });
const enrolment = (id: string) => site.services.store.enrolment(id, COURSE);

describe("the link of the confirmation mail", () => {
  it("shows a button and changes nothing, because scanners follow links", async () => {
    const { id, token } = await signedUp();
    const before = await everythingAbout(site.services.store, id);
    const page = await site.request("GET /confirm/{token}", { token });
    expect(page.status).toBe(200);
    expect(page.body).toContain(`<form method="post" action="/confirm/${token}/${COURSE}">`);
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
  });

  it("pressed, starts the course: the welcome now, lesson 1 on the next working day at the reader's hour", async () => {
    const { id, token } = await signedUp();
    const confirmed = await site.request("POST /confirm/{token}", { token });
    expect([confirmed.status, confirmed.body.includes("next day on which lessons come")]).toEqual([
      200,
      true,
    ]);
    const { agenda, status, cadence } = (await enrolment(id)) ?? {};
    expect(status).toBe("active");
    expect(cadence).toEqual({ zone: "America/Chicago", weekday: 2, time: "07:30", pace: "weekly" });
    expect(agenda?.welcome?.dueAt).toBe(T0);
    expect(agenda?.lesson?.dueAt).toBe(Date.UTC(2026, 10, 25, 13, 30));
    expect(site.nudged.at(-1)).toEqual({ subscriber: id, course: COURSE, afterMs: 0 });
    const jo = await site.services.store.subscriber(id);
    expect(jo?.consents.map(({ event }) => event)).toEqual(["requested", "confirmed"]);
    expect(jo?.expiresAt).toBeUndefined();
  });

  it("pressed again, says the same and changes nothing", async () => {
    const { id, token } = await signedUp();
    await site.request("POST /confirm/{token}", { token });
    const before = await everythingAbout(site.services.store, id);
    site.clock.set(T0 + HOUR);
    const again = await site.request("POST /confirm/{token}", { token });
    expect([again.status, again.body.includes("You are in already")]).toEqual([200, true]);
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
  });

  it("opened again, says that it was confirmed; after seven days too, and where their own page is", async () => {
    const { token } = await signedUp();
    await site.request("POST /confirm/{token}", { token });
    const open = () => site.request("GET /confirm/{token}", { token });
    expect((await open()).body).toContain("There is nothing left to do");
    site.clock.set(T0 + 8 * DAY);
    const late = await open();
    expect([late.status, late.body.includes("leads to your own page")]).toEqual([410, true]);
  });

  it("finishes what a killed request began", async () => {
    const { id, token } = await signedUp();
    await site.request("POST /confirm/{token}", { token });
    const whole = await enrolment(id);
    if (!whole) throw new Error("not enrolled");
    await site.services.store.change(whole, (current) => ({ ...current, status: "inert", agenda: {} }));
    await site.request("POST /confirm/{token}", { token });
    expect((await enrolment(id))?.agenda.welcome).toBeDefined();
  });

  it("after seven days offers a new one, until the sign-up itself is forgotten after fourteen", async () => {
    const { id, token } = await signedUp();
    site.clock.set(T0 + 7 * DAY);
    const late = await site.request("POST /confirm/{token}", { token });
    expect([late.status, await enrolment(id)]).toEqual([410, undefined]);
    expect(late.body).toContain(`action="/new-link/${token}"`);
    const jo = await site.services.store.subscriber(id);
    if (jo) await site.services.store.change(jo, (current) => ({ ...current, agenda: {} }));
    expect((await site.request("POST /new-link/{token}", { token })).status).toBe(200);
    expect((await site.services.store.subscriber(id))?.requests).toBe(2);
    site.clock.set(T0 + 14 * DAY + 1);
    const forgotten = await site.request("GET /confirm/{token}", { token });
    expect(forgotten.body).toContain("is forgotten");
  });

  it("that we did not sign is answered by one constant page", async () => {
    const { id, token } = await signedUp();
    const keys = await site.services.keyring.keys();
    const foreign = { ...keys, signing: [{ id: 1, secret: new Uint8Array(32) }] };
    const forged = confirmToken(foreign, { subscriber: id, expiresAt: T0 + DAY });
    const tokens = [
      forged,
      `${token.slice(0, -8)}${token.at(-8) === "a" ? "b" : "a"}${token.slice(-7)}`,
      "",
      "%00",
      "x".repeat(500),
    ];
    const answers = await Promise.all(
      tokens.map((bad) => site.request("POST /confirm/{token}", { token: bad })),
    );
    const bodies = answers.map(({ status, body }) => `${status} ${body.replaceAll(/nonce="[^"]*"/g, "")}`);
    expect(new Set(bodies.filter((body) => body.startsWith("403"))).size).toBe(1);
    expect(bodies.filter((body) => !body.startsWith("403"))).toEqual([]);
  });
});

describe("a reader who stopped", () => {
  it("is not brought back by an old button", async () => {
    const { id, token } = await signedUp();
    await site.request("POST /confirm/{token}", { token });
    await site.request("POST /unsubscribe/{token}", { token: await leaveLink(id, EVERYTHING) });
    expect((await site.request("POST /confirm/{token}", { token })).status).toBe(410);
    expect((await enrolment(id))?.status).toBe("left");
  });

  it("stays suppressed while a new sign-up is not confirmed, and comes back when it is", async () => {
    const { id } = await site.join("jo@acme.example");
    const hash = (await site.services.store.subscriber(id))?.addressHash ?? "";
    await site.request("POST /unsubscribe/{token}", { token: await leaveLink(id, EVERYTHING) });
    site.clock.set(T0 + 2 * DAY);
    await site.signUp({ email: "jo@acme.example" });
    expect((await site.services.store.suppression(hash))?.reason).toBe("reader");
    expect((await site.services.store.subscriber(id))?.status).toBe("unconfirmed");
    await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
    expect(await site.services.store.suppression(hash)).toBeUndefined();
    expect((await enrolment(id))?.status).toBe("active");
  });

  it("is not forgotten because somebody typed their address into the form", async () => {
    const { id } = await site.join("jo@acme.example");
    await site.request("POST /unsubscribe/{token}", { token: await leaveLink(id, EVERYTHING) });
    site.clock.set(T0 + 2 * DAY);
    await site.signUp({ email: "jo@acme.example" });
    site.clock.set(T0 + 60 * DAY);
    const kept = await site.services.store.subscriber(id);
    expect(kept?.consents.map(({ event }) => event)).toEqual([
      "requested",
      "confirmed",
      "withdrawn",
      "requested",
    ]);
  });

  it("of the course only is asked to confirm, and goes on where they were", async () => {
    const { id } = await site.join("jo@acme.example", { newsletter: "yes" });
    const joined = await enrolment(id);
    if (!joined) throw new Error("not enrolled");
    await site.services.store.change(joined, (current) => ({
      ...current,
      done: ["headwinds-inside"],
      lastLessonAt: T0,
    }));
    const left = await leaveLink(id, COURSE);
    await site.request("POST /unsubscribe/{token}", { token: left });
    expect((await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) })).status).toBe(
      200,
    );
    expect((await enrolment(id))?.status).toBe("left");
    site.clock.set(T0 + 2 * DAY);
    await site.signUp({ email: "jo@acme.example" });
    const waiting = await site.services.store.subscriber(id);
    expect([waiting?.status, waiting?.newsletter]).toEqual(["active", true]);
    expect(Object.keys(waiting?.agenda ?? {})).toHaveLength(1);
    await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
    expect(await enrolment(id)).toMatchObject({ status: "active", done: ["headwinds-inside"] });
  });
});

describe("whose address a stranger has typed", () => {
  it("can say “never again” on the confirmation's page: no sign-up writes to it any more", async () => {
    await site.signUp({ email: "victim@acme.example" });
    const victim = await site.personAt("victim@acme.example");
    const token = await site.confirmLink(victim?.id ?? "");
    expect((await site.request("GET /confirm/{token}", { token })).body).toContain(
      "Never again to this address",
    );
    const { status, body } = await site.request(
      "POST /confirm/{token}",
      { token },
      { form: { do: "never" } },
    );
    expect([status, body.includes("lessons@course.example")]).toEqual([200, true]);
    site.clock.set(site.clock.now() + 40 * DAY);
    await site.signUp({ email: "victim@acme.example" });
    expect((await site.services.store.subscriber(victim?.id ?? ""))?.status ?? "gone").not.toBe(
      "unconfirmed",
    );
    const keys = await site.services.keyring.keys();
    const hash = addressHash(keys, "victim@acme.example");
    expect(await site.services.store.suppression(hash)).toMatchObject({ reason: "never" });
    // The owner, or a mail from that address, ends it: then a sign-up is one again.
    await site.services.store.liftSuppression(hash, "never");
    await site.signUp({ email: "victim@acme.example" });
    expect((await site.personAt("victim@acme.example"))?.status).toBe("unconfirmed");
  });

  it("says “never again” for every spelling of the mailbox, whichever was typed", async () => {
    const status = async (address: string) => (await site.personAt(address))?.status;
    await site.signUp({ email: "vic.tim+one@gmail.com" });
    const { id = "" } = (await site.personAt("vic.tim+one@gmail.com")) ?? {};
    await site.request(
      "POST /confirm/{token}",
      { token: await site.confirmLink(id) },
      { form: { do: "never" } },
    );
    site.clock.set(site.clock.now() + 40 * DAY);
    for (const twin of ["victim+two@gmail.com", "v.ictim@googlemail.com", "victim@gmail.com"]) {
      await site.signUp({ email: twin });
      expect(await status(twin), twin).toBeUndefined();
    }
    // Control: a neighbour is somebody else.
    await site.signUp({ email: "victim2@gmail.com" });
    expect(await status("victim2@gmail.com")).toBe("unconfirmed");
  });

  it("control: a reader who is in the course is not put out by such a link", async () => {
    const { id } = await site.join("jo@acme.example");
    const token = await site.confirmLink(id);
    const { status } = await site.request("POST /confirm/{token}", { token }, { form: { do: "never" } });
    expect([status, (await site.services.store.subscriber(id))?.status]).toEqual([410, "active"]);
  });
});
