import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSurvey } from "../../../functions/aws/survey.ts";
import { erase } from "../../../functions/consent/erase.ts";
import { deliver } from "../../../functions/deliver/deliver.ts";
import { openSlots } from "../../../functions/deliver/governor.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import {
  isRehearsal,
  makeRehearsalId,
  makeSubscriberId,
  type RehearsalPart,
  rehearsalAddress,
} from "../../../functions/domain/people/rehearsal.ts";
import { dispatchId } from "../../../functions/domain/sending/dispatch.ts";
import { HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { feedback } from "../../../functions/feedback/feedback.ts";
import { addressHash, formToken, links, rehearsalFormToken } from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { receive } from "../../../functions/reply/receive.ts";
import { PASS } from "../../support/verdicts.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const RUN = "abcd2345";
const OTHER_RUN = "bcde3456";
const COURSE = "managing-up-leading-down";
const WORDS =
  "The last one was slowed by nobody being willing to decide; three people had to sign off a price.";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const domain = () => site.services.settings.mailDomain;
const addressOf = (part: RehearsalPart, run = RUN) => rehearsalAddress(part, run, domain());
const keys = () => site.services.keyring.keys();
const signed = async (run = RUN, shownAt = T0) => rehearsalFormToken(await keys(), { shownAt, run });
const post = (form: Record<string, string>) => site.request("POST /sign-up", {}, { form });
const items = async () =>
  ((await site.table.send(new ScanCommand({ TableName: "table" }))).Items ?? []).map((item) =>
    unmarshall(item),
  );
const startsWith = async (pk: string) => (await items()).filter((item) => String(item.pk).startsWith(pk));

/** Signs up: a rehearsal's reader with the signed form, anybody else with the landing page's. */
async function joined(who: "rehearsal" | "other", address: string): Promise<string> {
  if (who === "rehearsal") await post({ rehearsal: await signed(), email: address });
  else await site.signUp({ email: address });
  const person = await site.personAt(address);
  if (!person) throw new Error(`${address} was not signed up`);
  return person.id;
}

async function inCourse(id: string): Promise<Enrolment> {
  await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
  const { store } = site.services;
  const enrolment = (await store.enrolment(id, COURSE)) as Enrolment;
  const lesson = site.services.content.courses[0]?.lessons[0]?.slug ?? "";
  await store.recordSent({ dispatch: lessonOf(id), messageId: "m", sentAt: T0, state: "sent", stateAt: T0 });
  return (await store.change(enrolment, (one) => ({ ...one, done: [lesson] }))) as Enrolment;
}

const lessonOf = (subscriber: string) =>
  dispatchId({
    ...{ subscriber, list: COURSE, run: 1, kind: "lesson" },
    slug: site.services.content.courses[0]?.lessons[0]?.slug ?? "",
  });

async function count(found: AsyncIterable<unknown>): Promise<number> {
  let number = 0;
  for await (const _ of found) number += 1;
  return number;
}

/** A reply to lesson 1 comes in, from an address at the mail domain. */
async function replied(id: string, from: string, to?: string): Promise<void> {
  const { services } = site;
  const { replyAddress } = links({ webOrigin: "", mailDomain: domain(), keys: await keys() });
  const raw = `From: ${from}\r\nSubject: Re: x\r\nMessage-ID: <r@ses>\r\nIn-Reply-To: <m@ses>\r\n\r\n${WORDS}\r\n`;
  const inbox: Services["inbox"] = { read: async () => Buffer.from(raw), remove: async () => {} };
  await receive(
    { ...services, inbox },
    {
      ...{ sesMessageId: "r", key: "r", source: `0100-x@bounce.${domain()}`, verdicts: PASS, receivedAt: T0 },
      recipients: [to ?? replyAddress({ subscriber: id, dispatch: lessonOf(id) })],
    },
  );
}

describe("only a form that the keyring has signed for its run", () => {
  it("makes a rehearsal's reader, of each of its four addresses", async () => {
    for (const part of ["reader", "bounce", "complaint", "ooto"] as const) {
      const answer = await post({ rehearsal: await signed(), email: addressOf(part) });
      expect(answer.status).toBe(200);
      const reader = await site.personAt(addressOf(part));
      expect(isRehearsal(reader?.id ?? "")).toBe(true);
      expect(site.nudged.at(-1)).toEqual({ subscriber: reader?.id, afterMs: 0 });
    }
  });

  it.each([
    [
      "another run's address",
      async () => ({ rehearsal: await signed(OTHER_RUN), email: addressOf("reader") }),
    ],
    ["a person's address", async () => ({ rehearsal: await signed(), email: "jo@acme.example" })],
    ["the sender's address", async () => ({ rehearsal: await signed(), email: `lessons@${domain()}` })],
    ["the landing page's form", async () => ({ ...(await landing()), email: addressOf("reader") })],
    ["capitals", async () => ({ ...(await landing()), email: `Rehearsal+X@${domain().toUpperCase()}` })],
    ["any address of ours", async () => ({ ...(await landing()), email: `course@${domain()}` })],
  ])("is refused with %s, in a sentence at the field", async (_, form) => {
    const answer = await post(await form());
    expect(answer.status).toBe(422);
    expect(answer.body).toContain("That address is one of this course itself");
    expect(await startsWith("S#")).toEqual([]);
  });
  const landing = async () => ({ form: formToken(await keys(), T0 - MINUTE) });

  it.each([
    ["the landing page's token", async () => formToken(await keys(), T0 - MINUTE)],
    ["a forged one", async () => `${(await signed()).slice(0, -4)}aaaa`],
    ["none", async () => ""],
    ["one that is older than an hour", () => signed(RUN, T0 - HOUR - 1)],
  ])("is refused as incomplete with %s", async (_, token) => {
    const answer = await post({ ...(await landing()), rehearsal: await token(), email: addressOf("reader") });
    expect(answer.status).toBe(400);
    expect(await startsWith("S#")).toEqual([]);
  });

  it("takes its own addresses whatever DNS says of their domains: SES delivers there", async () => {
    site.services.mailDomains = { mayTakeMail: async () => false };
    for (const part of ["reader", "bounce"] as const) {
      expect((await post({ rehearsal: await signed(), email: addressOf(part) })).status).toBe(200);
    }
  });

  it("tells with another address what DNS says of its domain, and makes nobody", async () => {
    const told = async (email: string) => (await post({ rehearsal: await signed(), email })).body;
    expect(await told(`rehearsal@${RUN}.invalid`)).toContain("There is no such domain, or it takes no mail");
    expect(await told("author@owner.example")).toContain("That address is one of this course itself");
    expect(await startsWith("S#")).toEqual([]);
  });

  it("does not make anybody else one: a simulator's address from the landing page is anybody's", async () => {
    const id = await joined("other", "bounce+abcd2345@simulator.amazonses.com");
    expect(isRehearsal(id)).toBe(false);
  });

  it("and no id that is drawn at random is taken for one", () => {
    const drawn = ["rehearsalabcdefg", "abcdefghijklmnop"];
    expect(makeSubscriberId(() => drawn.shift() ?? "")).toBe("abcdefghijklmnop");
    expect(makeRehearsalId(() => "abcdefghijklmnop")).toBe("rehearsaljklmnop");
    expect(isRehearsal("rehearsa2aaaaaaa")).toBe(false);
  });
});

describe.each([
  ["rehearsal", true],
  ["other", false],
] as const)("a reader (%s)", (who, isExempt) => {
  const own = () => (isExempt ? addressOf("reader") : "jo@acme.example");

  it(`${isExempt ? "uses up no limit" : "uses up limits"}, from sign-up to confirmation`, async () => {
    const id = await joined(who, own());
    const slots = openSlots(site.services, "urgent");
    expect(await deliver(site.services, { subscriber: id }, slots, T0 + HOUR)).toBe("sent");
    expect((await startsWith("limit#")).length === 0).toBe(isExempt);
  });

  it(`is told ${isExempt ? "the prompt at once, and the owner nothing" : "the prompt in ten minutes, and the owner in the digest"}`, async () => {
    const id = await joined(who, own());
    await inCourse(id);
    await replied(id, own());
    const enrolment = await site.services.store.enrolment(id, COURSE);
    const prompt = Object.entries(enrolment?.agenda ?? {}).find(([key]) => key.startsWith("prompt"))?.[1];
    expect((prompt?.dueAt ?? 0) - T0).toBe(isExempt ? 0 : 10 * MINUTE);
    expect(await site.services.store.notedForDigest()).toHaveLength(isExempt ? 0 : 1);
    expect((await startsWith("limit#answers")).length).toBe(isExempt ? 0 : 1);
  });

  it(`${isExempt ? "is" : "is not"} heard from an address of ours; others never are`, async () => {
    const id = await joined(who, own());
    await inCourse(id);
    const kinds = async () => (await site.services.store.reflections(id)).map(({ replyKind }) => replyKind);
    await replied(id, isExempt ? own() : `lessons@${domain()}`);
    expect(await kinds()).toEqual([isExempt ? "reflection" : "loop"]);
  });

  it(`who bounces is stopped, and ${isExempt ? "leaves neither a suppression nor a count" : "suppressed and counted"}`, async () => {
    const id = await joined(who, isExempt ? addressOf("bounce") : own());
    const bounce = { type: "Permanent", subType: "General", status: "5.1.1" };
    const told = { type: "Bounce", messageId: "b", at: T0, dispatch: lessonOf(id), bounce };
    await feedback(site.services, told);
    expect(await site.services.store.subscriber(id)).toMatchObject({
      status: "stopped",
      stoppedBy: "bounce",
    });
    expect(await startsWith("suppression#")).toHaveLength(isExempt ? 0 : 1);
    expect((await site.services.store.troubles(0)).others.bounces).toBe(isExempt ? 0 : 1);
    expect(await site.services.store.heardEvents(id)).toEqual(
      isExempt ? { [lessonOf(id)]: ["Bounce Permanent General 5.1.1"] } : {},
    );
  });

  it(`is ${isExempt ? "left out of" : "in"} the week, the stats and the export`, async () => {
    const id = await joined(who, own());
    await inCourse(id);
    const survey = openSurvey({ table: "table", deadLetterUrls: [] }, site.clock, site.table);
    const { allPeople } = site;
    const counts = await Promise.all(
      [survey.rows(), allPeople.people(), allPeople.personRecords()].map(count),
    );
    const [rows = 0, people, records] = counts;
    expect([rows > 0, people, records]).toEqual(isExempt ? [false, 0, 0] : [true, 1, 1]);
  });

  it(`leaves ${isExempt ? "nothing" : "the least proof"} when erased`, async () => {
    const id = await joined(who, own());
    await inCourse(id);
    await erase(site.services, id);
    await site.services.store.removeTombstone(id);
    const hash = addressHash(await keys(), own());
    const left = (await items()).filter((item) => JSON.stringify(item).match(`${id}|${hash}|${RUN}`));
    expect(left.map(({ pk }) => String(pk).split("#")[0])).toEqual(isExempt ? [] : ["proof"]);
  });
});

describe("a rehearsal's exemption from the rule against loops", () => {
  it("holds for its own address and its own token only", async () => {
    const id = await joined("rehearsal", addressOf("reader"));
    await inCourse(id);
    await replied(id, `lessons@${domain()}`);
    const reflections = async () =>
      (await site.services.store.reflections(id)).map(({ replyKind }) => replyKind);
    expect(await reflections()).toEqual(["loop"]);
  });

  it("does not hold for a mail that is bound by its thread alone", async () => {
    const id = await joined("rehearsal", addressOf("reader"));
    await inCourse(id);
    await replied(id, addressOf("reader"), `lessons@${domain()}`);
    const [reflection] = await site.services.store.reflections(id);
    expect(reflection?.replyKind).toBe("loop");
  });
});
