import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeAddress } from "../../../functions/consent/change-address.ts";
import { erase } from "../../../functions/consent/erase.ts";
import { exportText } from "../../../functions/consent/export.ts";
import { leave } from "../../../functions/consent/leave.ts";
import { type Address, readAddress } from "../../../functions/domain/people/address.ts";
import { withoutAddressChanges } from "../../../functions/domain/people/address-change.ts";
import { ADDRESS, ownersRecord } from "../../../functions/domain/people/consent.ts";
import type { Consent, StopReason } from "../../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { feedback } from "../../../functions/feedback/feedback.ts";
import {
  addressHash,
  confirmToken,
  PERSONAL_LINK_LIFE,
  personalToken,
  readerToken,
} from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { webRoutes } from "../../../functions/web/routes.ts";
import { shippedContent } from "../../mail/composition.ts";
import { aConsent } from "../../support/consents.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { aRequest } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site } from "../../support/web.ts";

const OLD = "jo@acme.example";
const NEW = "jo@new.example";
const THIRD = "jo@third.example";

let site: Site;
let id: string;
beforeEach(async () => {
  site = await openSite(await shippedContent());
  ({ id } = await site.join(OLD));
  await pass(HOUR);
  site.ses.sent.length = 0;
});
afterEach(() => site.stop());

const pass = (ms: number) => deliverUntil(site.services, site.clock, id, site.clock.now() + ms);
const jo = () => site.services.store.subscriber(id);
const hashOf = async (address: string) => addressHash(await site.services.keyring.keys(), address);
const ownerOf = async (address: string) => site.services.store.findSubscriber(await hashOf(address));
/** The link of a mail that leaves now, to the address that they have now. */
const personal = async (since = site.clock.now()) =>
  personalToken(await site.services.keyring.keys(), {
    subscriber: id,
    expiresAt: since + PERSONAL_LINK_LIFE,
  });
const ask = async (email: string, token?: string) =>
  site.request(
    "POST /change-address/{token}",
    { token: token ?? (await personal()) },
    { form: { email }, ip: "192.0.2.7" },
  );
/** What has left since the test began: to whom, its text and its HTML, with the head of the mail. */
const mails = async (to?: string) => {
  await pass(MINUTE);
  const sent = site.ses.sent.filter((mail) => to === undefined || mail.to === to);
  return Promise.all(
    sent.map(async (mail) => {
      const { headers, subject, text, html } = await PostalMime.parse(mail.raw);
      const head = headers.map(({ key, value }) => `${key}: ${value}`);
      return { to: mail.to, subject, raw: [...head, text, html].join("\n") };
    }),
  );
};
const lastLink = async (to: string, path: "new-address" | "old-address") => {
  const found = (await mails(to)).map(({ raw }) => raw.match(new RegExp(`/${path}/([a-z2-7]+)`))?.[1]);
  return found.findLast((token) => token !== undefined) ?? "none";
};
const press = (path: "new-address" | "old-address", token: string, form: Record<string, string> = {}) =>
  site.request(`POST /${path}/{token}`, { token }, { form });
/** Asks, and presses the button in the mail there. */
const change = async (to: string) => {
  await ask(to);
  return press("new-address", await lastLink(to, "new-address"));
};
const record = (event: Consent["event"], list: string): Consent => aConsent(event, list, site.clock.now());

describe("a reader's change of address", () => {
  it("is asked for behind the personal link, confirmed at the new address, and told to the old one", async () => {
    const page = await site.request("GET /personal/{token}", { token: await personal() });
    expect(page.body).toContain('action="/change-address/');
    expect((await ask(NEW)).body).toContain(`Look into the inbox of ${NEW}`);
    expect((await jo())?.address).toBe(OLD);
    const [question, ...others] = await mails();
    expect([question?.to, others]).toEqual([NEW, []]);
    expect((await jo())?.address).toBe(OLD);
    const token = await lastLink(NEW, "new-address");
    const shown = await site.request("GET /new-address/{token}", { token });
    expect(shown.body).toContain("Shall your emails come to this address?");
    expect((await jo())?.address).toBe(OLD);
    const done = await press("new-address", token);
    expect([done.status, done.body]).toEqual([200, expect.stringContaining("come to this address now")]);
    expect(await jo()).toMatchObject({ address: NEW, addressHash: await hashOf(NEW) });
    expect(await jo()).not.toHaveProperty("otherAddressHash");
    expect([await ownerOf(OLD), await ownerOf(NEW)]).toEqual([undefined, id]);
    expect((await jo())?.consents.at(-1)).toMatchObject({
      ...{ event: "changed", list: "address", source: "/new-address", text: "address-1", actor: "self" },
      confirmation: { messageId: expect.any(String) },
    });
    const told = await mails(OLD);
    expect(told.map(({ subject }) => subject)).toEqual(["Your emails go to another address now"]);
    const again = await press("new-address", token);
    expect([again.status, (await mails(OLD)).length]).toEqual([200, 1]);
  });

  it("mails to either address have no link to their page, none to leave by, and no name", async () => {
    const person = await jo();
    if (person)
      await site.services.store.change(person, (current) => ({ ...current, firstName: "Josephine" }));
    await change(NEW);
    for (const { raw } of await mails()) {
      expect(raw).not.toMatch(/\/reader\/|\/unsubscribe|\/personal\/|list-unsubscribe|Josephine/);
      expect(raw).toMatch(/\/(new|old)-address\//);
    }
    expect(await mails()).toHaveLength(2);
  });

  it("goes back by the button at the old address, for seven days, and the other address is told", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    await pass(6 * DAY);
    const shown = await site.request("GET /old-address/{token}", { token });
    expect(shown.body).toContain("Back to this address?");
    expect((await jo())?.address).toBe(NEW);
    const back = await press("old-address", token);
    expect([back.status, back.body]).toEqual([200, expect.stringContaining("to this address again")]);
    expect(await jo()).toMatchObject({ address: OLD, addressHash: await hashOf(OLD) });
    expect([await ownerOf(OLD), await ownerOf(NEW)]).toEqual([id, undefined]);
    const told = (await mails(NEW)).at(-1);
    expect(told?.subject).toBe("The change of address was taken back");
    expect(told?.raw).not.toMatch(/-address\/[a-z2-7]{20}/);
    expect((await press("old-address", token)).status).toBe(200);
    expect((await jo())?.addressesBefore).toBeUndefined();
  });

  it("cannot be taken back after seven days; then the old address is kept nowhere", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    expect(JSON.stringify(await everythingAbout(site.services.store, id))).toContain(OLD);
    await pass(7 * DAY);
    expect((await press("old-address", token)).status).toBe(410);
    expect((await jo())?.address).toBe(NEW);
    expect(JSON.stringify(await everythingAbout(site.services.store, id))).not.toContain(OLD);
  });

  it("that nobody confirms is forgotten after three days, and its button is dead", async () => {
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    await pass(3 * DAY);
    expect((await press("new-address", token)).status).toBe(410);
    expect(JSON.stringify(await everythingAbout(site.services.store, id))).not.toContain(NEW);
    expect((await jo())?.agenda).not.toHaveProperty("forget-address");
  });

  it("goes back to the first address whatever was changed after it: a second change pushes nothing out", async () => {
    await change(NEW);
    const first = await lastLink(OLD, "old-address");
    await pass(DAY);
    await change(THIRD);
    const second = await lastLink(NEW, "old-address");
    expect((await jo())?.address).toBe(THIRD);
    expect((await press("old-address", first)).status).toBe(200);
    expect((await jo())?.address).toBe(OLD);
    expect((await mails(THIRD)).at(-1)?.raw).toContain("was taken back");
    expect((await press("old-address", second)).status).toBe(410);
    expect((await jo())?.address).toBe(OLD);
    for (const address of [NEW, THIRD]) expect(await ownerOf(address)).toBeUndefined();
  });

  it("is made three times in seven days at the most, so that the first can always be taken back", async () => {
    for (const to of [NEW, THIRD, "jo@fourth.example"]) expect((await change(to)).status).toBe(200);
    const fifth = await change("jo@fifth.example");
    expect([fifth.status, (await jo())?.address]).toEqual([409, "jo@fourth.example"]);
    expect(fifth.body).toContain("three times in a week");
    await pass(7 * DAY);
    expect((await change("jo@fifth.example")).status).toBe(200);
  });

  it("that the owner makes ends what the reader had asked for, and could take back", async () => {
    await change(NEW);
    const back = await lastLink(OLD, "old-address");
    await ask(THIRD);
    const forward = await lastLink(THIRD, "new-address");
    const to = readAddress("jo@owners.example") as Address;
    const why = ownersRecord("changed", ADDRESS, "on the phone", site.clock.now());
    await changeAddress(site.services, id, { to, record: why, complete: withoutAddressChanges });
    expect([(await press("old-address", back)).status, (await press("new-address", forward)).status]).toEqual(
      [410, 410],
    );
    expect((await jo())?.address).toBe("jo@owners.example");
  });
});

describe("whose link it is", () => {
  it("is nobody's but the one mailed to the present address, and it is dead after 30 minutes", async () => {
    const keys = await site.services.keyring.keys();
    const dated = { subscriber: id, expiresAt: site.clock.now() + DAY };
    for (const token of [readerToken(keys, dated), confirmToken(keys, dated), "forged"])
      expect((await ask(NEW, token)).status).toBe(403);
    const late = await personal();
    site.clock.set(site.clock.now() + PERSONAL_LINK_LIFE);
    expect((await ask(NEW, late)).status).toBe(410);
    expect(await mails()).toEqual([]);
    await ask(NEW);
    expect(await mails()).toHaveLength(1);
  });

  it("a link that was mailed before a change opens nothing after it: not the page, not a change, not an erasing", async () => {
    const before = await personal();
    site.clock.set(site.clock.now() + MINUTE);
    await change(NEW);
    const open = () => site.request("GET /personal/{token}", { token: before });
    expect([(await open()).status, (await ask(THIRD, before)).status]).toEqual([410, 410]);
    const form = { do: "erase", sure: "yes" };
    const erasing = await site.request("POST /personal/{token}", { token: before }, { form });
    expect([erasing.status, (await jo())?.address]).toEqual([410, NEW]);
    expect((await site.request("GET /personal/{token}", { token: await personal() })).status).toBe(200);
  });

  it("a button is good for its own address and purpose alone", async () => {
    await ask(NEW);
    const first = await lastLink(NEW, "new-address");
    expect((await press("old-address", first)).status).toBe(403);
    await ask(THIRD);
    expect((await press("new-address", first)).status).toBe(410);
    expect((await jo())?.address).toBe(OLD);
    expect((await press("new-address", await lastLink(THIRD, "new-address"))).status).toBe(200);
    expect((await press("new-address", first)).status).toBe(410);
    expect((await jo())?.address).toBe(THIRD);
  });
});

describe("what the page tells about the other address", () => {
  const shape = async (email: string) => {
    const { status, body } = await ask(email);
    return [
      status,
      body
        .replaceAll(email, "ADDRESS")
        .replaceAll(/nonce="[^"]*"/g, "")
        .replaceAll(/-address\/[a-z2-7]+|\/personal\/[a-z2-7]+/g, ""),
    ];
  };

  it("is the same for a stranger's, a reader's, an unconfirmed one's and one that must not be mailed", async () => {
    await site.join("reader@taken.example");
    await site.signUp({ email: "waits@taken.example" });
    for (const reason of ["bounce", "complaint", "never", "owner", "reader"] as const)
      await site.services.store.suppress(await hashOf(`${reason}@barred.example`), reason);
    const stranger = await shape("nobody@else.example");
    const others = ["reader@taken.example", "waits@taken.example", "never@barred.example"];
    for (const address of others) expect(await shape(address)).toEqual(stranger);
    const control = await shape("no address");
    expect(control).not.toEqual(stranger);
  });

  it("no mail goes to an address that must not be mailed, but to one whose own wish it was, which a press ends", async () => {
    const reasons: StopReason[] = ["bounce", "complaint", "never", "owner"];
    for (const reason of reasons) {
      await site.services.store.suppress(await hashOf(`${reason}@barred.example`), reason);
      await ask(`${reason}@barred.example`);
    }
    expect(await mails()).toEqual([]);
    site.clock.set(site.clock.now() + DAY);
    await site.services.store.suppress(await hashOf(NEW), "reader");
    expect((await change(NEW)).status).toBe(200);
    expect([(await jo())?.address, await site.services.store.suppression(await hashOf(NEW))]).toEqual([
      NEW,
      undefined,
    ]);
  });

  it("one that is barred between the question and the press is not taken", async () => {
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    await site.services.store.suppress(await hashOf(NEW), "complaint");
    expect([(await press("new-address", token)).status, (await jo())?.address]).toEqual([409, OLD]);
    expect(await ownerOf(NEW)).toBeUndefined();
  });

  it("a reader's own is theirs: only who reads mail there learns it, by the press, and both stay as they are", async () => {
    const other = await site.join(NEW);
    site.clock.set(site.clock.now() + 2 * DAY);
    site.ses.sent.length = 0;
    const answer = await change(NEW);
    expect([answer.status, answer.body]).toEqual([409, expect.stringContaining("emails of its own")]);
    expect([await ownerOf(OLD), await ownerOf(NEW)]).toEqual([id, other.id]);
    expect(await jo()).toMatchObject({ address: OLD });
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    await press("new-address", token, { do: "refuse" });
    expect(await site.services.store.suppression(await hashOf(NEW))).toBeUndefined();
  });

  it("a sign-up that nobody confirmed gives way to the press", async () => {
    await site.signUp({ email: NEW });
    const waiting = await ownerOf(NEW);
    const token = await site.confirmLink(waiting ?? "");
    site.clock.set(site.clock.now() + 2 * DAY);
    expect((await change(NEW)).status).toBe(200);
    expect(await ownerOf(NEW)).toBe(id);
    expect((await site.request("POST /confirm/{token}", { token })).status).toBe(410);
    expect(await ownerOf(NEW)).toBe(id);
  });

  it("a stranger's sign-up of the old address does not keep its reader from taking the change back", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    await site.signUp({ email: OLD });
    expect(await ownerOf(OLD)).not.toBe(id);
    expect((await press("old-address", token)).status).toBe(200);
    expect([await ownerOf(OLD), (await jo())?.address]).toEqual([id, OLD]);
  });

  it("who has confirmed a sign-up at the old address meanwhile has it", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    const other = await site.join(OLD);
    expect([(await press("old-address", token)).status, await ownerOf(OLD)]).toEqual([409, other.id]);
    expect((await jo())?.address).toBe(NEW);
  });

  it("who has the address can say that it is never to be asked again", async () => {
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    const said = await press("new-address", token, { do: "refuse" });
    expect(said.body).toContain("Nothing more comes to this address");
    expect(await site.services.store.suppression(await hashOf(NEW))).toMatchObject({ reason: "never" });
    expect((await press("new-address", token)).status).toBe(410);
    expect(await jo()).toMatchObject({ address: OLD, status: "active" });
  });
});

describe("what is typed", () => {
  it.each([
    ["jo@new.example\r\nBcc: all@victims.example", "an address cannot"],
    ["<script>alert(1)</script>@new.example", ""],
    [`${"x".repeat(10_000)}@new.example`, ""],
    ["jo@course.example", ""],
    ["", ""],
    ["jo@@new.example", ""],
    ["jo@new.example, other@new.example", ""],
  ])("is refused with a sentence, and mails nobody: %j", async (email) => {
    const { status, body } = await ask(email);
    expect([status, body.match(/role="alert"/g)?.length]).toEqual([200, 1]);
    expect(body).not.toContain("<script>alert");
    expect(await mails()).toEqual([]);
    expect((await jo())?.addressAsked).toBeUndefined();
  });

  it("control: is taken as it was typed, its domain in ASCII", async () => {
    expect((await ask("Jo.Doe+list@BÜCHER.example")).body).toContain("Jo.Doe+list@xn--bcher-kva.example");
    expect((await mails()).map(({ to }) => to)).toEqual(["Jo.Doe+list@xn--bcher-kva.example"]);
  });

  it("their own address is told at once; another spelling of it changes no more than the spelling", async () => {
    expect((await ask(OLD)).body).toContain("come to this address already");
    site.clock.set(site.clock.now() + DAY);
    await ask("Jo@Acme.example");
    expect((await press("new-address", await lastLink("Jo@acme.example", "new-address"))).status).toBe(200);
    expect(await jo()).toMatchObject({ address: "Jo@acme.example", addressHash: await hashOf(OLD) });
    expect(await ownerOf(OLD)).toBe(id);
    expect((await jo())?.addressesBefore).toBeUndefined();
  });

  it("may be asked for five addresses a day, and mails a mailbox once a day", async () => {
    for (let count = 1; count <= 5; count++)
      expect((await ask(`jo+${count}@acme.example`)).body).toContain("Look into the inbox");
    expect((await ask(THIRD)).body).toContain("five times today");
    expect(await mails()).toHaveLength(1);
    site.clock.set(site.clock.now() + DAY);
    expect((await ask(THIRD)).body).toContain("Look into the inbox");
  });

  it("counts the same one once, however often it was cut off; but nobody tries without end", async () => {
    const token = await personal();
    const { leave } = site.services.errands;
    site.services.errands.leave = () => Promise.reject(new Error("killed"));
    for (let count = 0; count < 7; count++) await ask(NEW, token).catch(() => undefined);
    site.services.errands.leave = leave;
    for (let count = 7; count < 20; count++)
      expect((await ask(NEW, token)).body).toContain("Look into the inbox");
    expect((await ask(NEW, token)).body).toContain("five times today");
    expect(await mails(NEW)).toHaveLength(1);
  });
});

describe("what else goes on while the address is changed", () => {
  it("two presses at once are one change; a question about another address meanwhile wins or waits", async () => {
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    const [one, other] = await Promise.all([press("new-address", token), press("new-address", token)]);
    expect([one.status, other.status].toSorted()[0]).toBe(200);
    expect(await ownerOf(NEW)).toBe(id);
    const next = await ask(THIRD).then(() => lastLink(THIRD, "new-address"));
    await Promise.all([press("new-address", next), ask("jo@fourth.example")]);
    const { address, addressHash: hash } = (await jo()) ?? { address: "", addressHash: "" };
    expect([NEW, THIRD]).toContain(address);
    const all = await Promise.all(
      [OLD, NEW, THIRD].map(async (one) => ((await ownerOf(one)) === id ? one : "")),
    );
    expect([all.filter(Boolean), hash]).toEqual([[address], await hashOf(address)]);
  });

  it("is finished by the next press, wherever the first was cut short", async () => {
    for (const survived of [0, 1, 2, 3, 4]) {
      const to = `jo@cut-${survived}.example`;
      const before = (await jo())?.address ?? "";
      await ask(to);
      const token = await lastLink(to, "new-address");
      const cut = dyingAfter(site.services, survived);
      const route = "POST /new-address/{token}" as const;
      await expect(webRoutes[route](cut, aRequest(route, { token }))).rejects.toThrow("killed");
      for (const owner of [await ownerOf(before), await ownerOf(to)])
        expect([id, undefined]).toContain(owner);
      expect((await press("new-address", token)).status).toBe(200);
      expect([await ownerOf(before), await ownerOf(to)]).toEqual([undefined, id]);
      expect(await jo()).not.toHaveProperty("otherAddressHash");
      const person = await jo();
      if (person) await site.services.store.change(person, withoutAddressChanges);
    }
  });

  it("who has left everything, or was erased, changes nothing by a button they still have", async () => {
    await ask(NEW);
    const token = await lastLink(NEW, "new-address");
    await leave(site.services, id, record("withdrawn", "everything"));
    expect([(await press("new-address", token)).status, (await jo())?.address]).toEqual([410, OLD]);
    expect((await ask(THIRD)).body).toContain("unsubscribed from everything");
    await erase(site.services, id);
    expect((await press("new-address", token)).status).toBe(410);
    expect([await ownerOf(OLD), await ownerOf(NEW)]).toEqual([undefined, undefined]);
  });

  it("erased after a change, nothing of either address is left, and no button brings anything back", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    await erase(site.services, id);
    expect((await press("old-address", token)).status).toBe(410);
    const left = JSON.stringify(await everythingAbout(site.services.store, id));
    expect(left).not.toMatch(/acme|new\.example/);
    expect([await ownerOf(OLD), await ownerOf(NEW)]).toEqual([undefined, undefined]);
  });

  it("who left everything at the other address gets their own back by the button, and signs up again", async () => {
    await change(NEW);
    const token = await lastLink(OLD, "old-address");
    await leave(site.services, id, record("withdrawn", "everything"));
    expect((await press("old-address", token)).status).toBe(200);
    expect(await jo()).toMatchObject({ address: OLD, status: "stopped" });
    await site.signUp({ email: OLD });
    expect(await site.personAt(OLD)).toMatchObject({ id, status: "unconfirmed" });
  });

  it("a pause stays, and lessons go to the new address when it is over", async () => {
    const course = site.services.content.courses[0]?.slug ?? "";
    const enrolment = await site.services.store.enrolment(id, course);
    if (enrolment)
      await site.services.store.change(enrolment, (current) => ({ ...current, status: "paused" as const }));
    await change(NEW);
    expect(await site.services.store.enrolment(id, course)).toMatchObject({ status: "paused" });
    const paused = await site.services.store.enrolment(id, course);
    if (paused)
      await site.services.store.change(paused, (current) => ({ ...current, status: "active" as const }));
    await mails();
    site.ses.sent.length = 0;
    await pass(6 * DAY);
    const lessons = site.ses.sent.map(({ to }) => to);
    expect(lessons.length).toBeGreaterThan(0);
    expect([...new Set(lessons)]).toEqual([NEW]);
  });

  it("who has only the newsletter changes it as well, and issues' holder stays the same person", async () => {
    await site.signUp({ email: "news@acme.example", course: "newsletter" });
    const person = await site.personAt("news@acme.example");
    id = person?.id ?? "";
    await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
    await pass(HOUR);
    site.ses.sent.length = 0;
    expect((await change("news@new.example")).status).toBe(200);
    expect(await jo()).toMatchObject({ address: "news@new.example", newsletter: true });
    const [question] = await mails("news@new.example");
    expect(question?.raw).toContain("Shall your emails come to this address?");
  });

  it("a mail on its way still goes to the address before, and what comes of it is about that address alone", async () => {
    const person = await jo();
    const dispatch = `${id}_account_1_notice_page-1`;
    const claim = { dispatch, key: "notice_page-1", by: "lane", until: site.clock.now() + MINUTE };
    if (person) await site.services.store.change(person, (current) => ({ ...current, claim }));
    await ask(NEW);
    const fresh = await jo();
    if (fresh)
      await site.services.store.change(fresh, (current) => {
        const { claim: held, ...free } = current;
        expect(held).toEqual(claim);
        return free;
      });
    const token = await lastLink(NEW, "new-address");
    const claimed = await jo();
    if (claimed) await site.services.store.change(claimed, (current) => ({ ...current, claim }));
    await press("new-address", token);
    expect(await jo()).toMatchObject({ address: NEW, claim });
    const bounce = { type: "Permanent", subType: "General" };
    const event = { type: "Bounce", messageId: "m", at: site.clock.now(), dispatch, bounce };
    await feedback(site.services, { ...event, sentTo: OLD, addresses: [OLD] });
    expect((await jo())?.status).toBe("active");
    expect(await site.services.store.suppression(await hashOf(OLD))).toMatchObject({ reason: "bounce" });
    expect(await site.services.store.suppression(await hashOf(NEW))).toBeUndefined();
    await feedback(site.services, { ...event, sentTo: NEW, addresses: ["behind@forwarding.example"] });
    expect((await jo())?.status).toBe("stopped");
  });

  it("a question that bounces, or is called spam, bars that address and stops no reader", async () => {
    await ask(NEW);
    await mails();
    const dispatch = Object.values(await site.services.store.ledger(id)).find((one) =>
      one.dispatch.includes("_address_"),
    )?.dispatch;
    const at = site.clock.now();
    const complaint = { feedbackType: "abuse" };
    await feedback(site.services, {
      type: "Complaint",
      messageId: "m",
      at,
      dispatch,
      complaint,
      sentTo: NEW,
    });
    await feedback(site.services, { type: "Complaint", messageId: "m", at, dispatch, complaint });
    expect(await jo()).toMatchObject({ status: "active", address: OLD });
    expect(await site.services.store.suppression(await hashOf(NEW))).toMatchObject({ reason: "complaint" });
  });

  it("stands in the export with what each field is for, until its time is over", async () => {
    await change(NEW);
    await ask(THIRD);
    let text = "";
    for await (const piece of exportText(site.services, id)) text += piece;
    const { items, fields } = JSON.parse(text) as {
      items: Record<string, unknown>[];
      fields: Record<string, string>;
    };
    const [person] = items.filter(({ sk }) => sk === "subscriber");
    expect(person).toMatchObject({ addressAsked: { address: THIRD }, addressesBefore: [{ address: OLD }] });
    expect(fields).toMatchObject({ addressAsked: expect.any(String), addressesBefore: expect.any(String) });
  });
});

/** A site whose function is killed after this many writes. */
function dyingAfter(services: Services, survived: number): Services {
  let writes = 0;
  const { store } = services;
  const orKilled =
    <Given extends unknown[], Result>(write: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      if (writes++ >= survived) throw new Error("killed");
      return write(...given);
    };
  return {
    ...services,
    store: {
      ...store,
      change: orKilled(store.change) as Services["store"]["change"],
      bindAddress: orKilled(store.bindAddress),
      freeAddress: orKilled(store.freeAddress),
    },
  };
}
