import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleReflection } from "../../authoring/samples.ts";
import { openSurvey } from "../../functions/aws/survey.ts";
import { erase } from "../../functions/consent/erase.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Content } from "../../functions/domain/content.ts";
import { NEWSLETTER } from "../../functions/domain/newsletter/issue.ts";
import {
  type Consent,
  newSubscriber,
  withConfirmation,
  withConsent,
} from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { COUNTED_ATTRIBUTES, lastWeek } from "../../functions/domain/report.ts";
import { OWNER_KEY } from "../../functions/domain/sending/owner.ts";
import { DAY, HOUR, iso, MINUTE } from "../../functions/domain/time.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import { summarise } from "../../functions/report/summarise.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";
import { aConsent } from "../support/consents.ts";
import { startTableInMemory } from "../support/engines.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

/** Thursday, 26 November 2026, noon in Berlin. */
const NOW = Date.UTC(2026, 10, 26, 11);
const MONDAY_HALF_PAST_SIX = Date.UTC(2026, 10, 30, 5, 30);
const MONDAY_SEVEN = MONDAY_HALF_PAST_SIX + 30 * MINUTE;

describe("the owner's Monday mail", () => {
  let content: Content;
  let world: World;
  let asked: string[];
  let count = 0;
  beforeAll(async () => {
    content = await shippedContent();
  });
  beforeEach(async () => {
    world = await startWorld(content, NOW, startTableInMemory);
    asked = [];
    world.table.middlewareStack.add(
      (next) => (args) => {
        asked.push(JSON.stringify(args.input));
        return next(args);
      },
      { step: "initialize" },
    );
  });
  afterEach(() => world.stop());

  const consent = (event: Consent["event"], changes: Partial<Consent> = {}): Consent => ({
    ...aConsent(event, "course", world.clock.now()),
    ...changes,
  });
  const person = async (...words: Consent[]) => {
    const address = `person${++count}@x.example`;
    const [first = consent("requested"), ...more] = words;
    const asks = {
      address,
      addressHash: `hash ${address}`,
      zone: "UTC",
      course: "course",
      newsletter: false,
    };
    const fresh = newSubscriber(world.services.random(10), { ...asks, consent: first }, world.clock.now());
    const all = more.reduce(withConsent, fresh.consents);
    const isConfirmed = more.some(({ event }) => event === "confirmed");
    const written = isConfirmed ? withConfirmation(fresh, consent("confirmed")) : fresh;
    const saved = await world.services.store.save({ ...written, consents: all, agenda: {} });
    return saved?.id ?? "";
  };
  const writes = async (subscriber: string, changes: Partial<Reflection> = {}) => {
    const [lesson] = theCourse(content).lessons;
    const ids = { id: `r${++count}`, subscriber, receivedAt: world.clock.now() };
    const reflection = sampleReflection(theCourse(content), lesson?.slug ?? "", { ...ids, ...changes });
    await world.services.store.keepReflection(reflection);
  };
  const counting = (at = MONDAY_HALF_PAST_SIX, deadLetters = 0) => {
    world.clock.set(at);
    const survey = openSurvey({ table: "table", deadLetterUrls: [] }, world.clock, world.table);
    return summarise({ ...world.services, survey: { ...survey, deadLetters: async () => deadLetters } });
  };
  const sending = (at = MONDAY_SEVEN) => {
    world.clock.set(at);
    return deliver(world.services, OWNER_KEY, openSlots(world.services, "urgent"), at + MINUTE);
  };
  const mails = () =>
    Promise.all(
      world.ses.sent.filter(({ to }) => to === "owner@office.example").map(({ raw }) => parseInbound(raw)),
    );
  const told = async () =>
    (await world.services.store.report("2026-11-30")) ?? expect.fail("nothing counted");

  it("comes at seven in the stage's zone, counted before, and says in one screen what the week brought", async () => {
    await person(consent("requested"), consent("confirmed"));
    await counting();
    expect(await sending(MONDAY_SEVEN - MINUTE)).toBe("idle");
    expect(await sending()).toBe("sent");
    expect(await sending(MONDAY_SEVEN + HOUR)).toBe("idle");
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe("Your week: 1 sign-up, 0 replies");
    expect(mail?.text).toContain("23 to 29 November 2026");
    expect(mail?.text).toContain("Nothing waits for you.");
    expect(mail?.text).toMatch(/no open rates here/);
    expect(mail?.text?.split("\n").length).toBeLessThan(50);
    expect(mail?.headers).toContainEqual(expect.objectContaining({ value: "auto-generated" }));
  });

  it("counts each person once, for what they did within the week", async () => {
    const before = { at: NOW - 7 * DAY };
    await person(consent("requested"));
    await person(consent("requested"), consent("requested"), consent("confirmed"));
    await person(consent("requested", before), consent("confirmed", before));
    await person(consent("confirmed", { actor: "import" }), consent("confirmed", { actor: "import" }));
    await person(consent("requested", before), consent("confirmed", before), consent("withdrawn"));
    await person(
      consent("requested", before),
      consent("confirmed", before),
      consent("confirmed", { list: "own" }),
    );
    const back = consent("withdrawn", { at: NOW - HOUR });
    // Who takes leaving back has confirmed nothing; who asks and confirms anew has, and so has who did not before.
    await person(consent("requested", before), consent("confirmed", before), back, consent("confirmed"));
    const joins = consent("confirmed", { list: NEWSLETTER });
    await person(consent("requested", before), consent("confirmed", before), joins);
    const left = consent("withdrawn", before);
    const again = [consent("requested"), consent("confirmed")];
    await person(consent("requested", before), consent("confirmed", before), left, ...again);
    await counting();
    expect(await told()).toMatchObject({ signedUp: 3, confirmed: 2, imported: 1, left: 1, bounced: 0 });
  });

  it("keeps who left apart from whose mail came back and who called it spam", async () => {
    const { store } = world.services;
    const word = { list: "everything", source: "test" };
    for (const [reason, actor] of [
      ["reader", "self"],
      ["bounce", "mail-system"],
      ["complaint", "mail-system"],
    ] as const) {
      const id = await person(consent("requested"), consent("confirmed"));
      await store.stopEverything(id, reason, consent("withdrawn", { ...word, text: reason, actor }));
    }
    await counting();
    expect(await told()).toMatchObject({ left: 1, bounced: 1, complained: 1, now: { active: 0 } });
  });

  it("says what waits: questions without an answer, parked mails, the tray, dead letters", async () => {
    const [asks, answered] = [(await addReader(world)).id, (await addReader(world, "b@x.example")).id];
    await writes(asks, { replyKind: "question" });
    await writes(asks, { replyKind: "question", receivedAt: NOW - 60 * DAY });
    await writes(answered, { replyKind: "question" });
    await writes(answered, { replyKind: "owner-answer", receivedAt: NOW + HOUR });
    await writes(asks, { replyKind: "out-of-office" });
    const { store } = world.services;
    const enrolment = await store.enrolment(asks, "course");
    if (!enrolment) expect.fail("no enrolment");
    const agenda = { welcome: { dueAt: NOW, doubts: 2, parked: true } };
    await store.save({ ...enrolment, agenda });
    await store.keepUnmatched({ messageId: "m1", receivedAt: NOW, raw: "raw", reason: "no token" });
    await counting(MONDAY_HALF_PAST_SIX, 4);
    expect(await told()).toMatchObject({
      replies: 2,
      waiting: { questions: 1, parked: 1, unmatched: 1, deadLetters: 4 },
    });
    await sending();
    const text = (await mails())[0]?.text?.replace(/\s+/g, " ");
    for (const line of [
      "1 question of the last four weeks without an answer",
      "1 email parked until you decide. http://127.0.0.1:4803/?stage=test",
      "1 email in the unmatched tray. http://127.0.0.1:4803/?stage=test",
      "4 messages that a queue has given up",
      "- Replies: http://127.0.0.1:4803/replies?stage=test",
      "while the desk runs there: npm run desk -- --stage test",
    ])
      expect(text).toContain(line);
    const links = [...(text?.matchAll(/http:\/\/127\.0\.0\.1\S+/g) ?? [])].map(([link]) => new URL(link));
    expect(links.length).toBeGreaterThan(8);
    for (const { pathname, search } of links)
      expect(`${pathname}${search}`, "no secret, nothing of a reader").toMatch(
        /^\/(replies|readers|course|newsletter|health)?\?(which=waiting&)?stage=test$/,
      );
  });

  it("says what it cost, by the mails that left in the week and dated list prices", async () => {
    const id = (await addReader(world)).id;
    const entry = (slug: string, sentAt: number) =>
      world.services.store.recordSent({
        ...{ dispatch: `${id}_course_1_lesson_${slug}`, messageId: slug, sentAt },
        ...{ state: "delivered", stateAt: sentAt },
      });
    await entry("one", NOW);
    await entry("two", NOW - 7 * DAY);
    await entry("three", MONDAY_HALF_PAST_SIX);
    await counting();
    const { mails: sent, cost } = await told();
    expect(sent).toBe(1);
    expect(cost.sending).toBeCloseTo(0.00016, 6);
    expect(cost.prices.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    await sending();
    expect((await mails())[0]?.text?.replace(/\s+/g, " ")).toMatch(
      /about \$\d+\.\d\d: less than \$0.01 for sending/,
    );
  });

  it("is made again by a second counting until it has left, and then never", async () => {
    await counting();
    await person(consent("requested", { at: NOW }));
    await counting(MONDAY_HALF_PAST_SIX + MINUTE);
    expect((await told()).signedUp).toBe(1);
    await sending();
    await counting(MONDAY_SEVEN + HOUR);
    await sending(MONDAY_SEVEN + 2 * HOUR);
    await sending(MONDAY_SEVEN + DAY);
    expect(await mails()).toHaveLength(1);
  });

  it("comes late rather than not at all, about the same week", async () => {
    await counting(MONDAY_SEVEN + 20 * HOUR);
    expect(await sending(MONDAY_SEVEN + 20 * HOUR)).toBe("sent");
    expect((await mails())[0]?.text).toContain("23 to 29 November 2026");
  });

  it("sets the week before beside it", async () => {
    await person(consent("requested"));
    await counting();
    await sending();
    await counting(MONDAY_HALF_PAST_SIX + 7 * DAY);
    await sending(MONDAY_SEVEN + 7 * DAY);
    const text = (await mails())[1]?.text;
    expect(text).toContain("30 November to 6 December 2026");
    expect(text).toContain("Signed up: 0 (the week before: 1)");
  });

  it("counts nobody who was erased, and asks the table for no address, name or word", async () => {
    const { id } = await addReader(world);
    await writes(id);
    await erase(world.services, id);
    const from = asked.length;
    await counting();
    expect(await told()).toMatchObject({ replies: 0, now: { active: 0, inCourse: 0 } });
    const scans = asked.slice(from).filter((input) => input.includes("ProjectionExpression"));
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) expect(scan).not.toMatch(/address|firstName|ownWords|subject|"raw"/);
    expect(COUNTED_ATTRIBUTES).not.toContain("address");
  });

  it("control: the same reader, not erased, is counted", async () => {
    await writes((await addReader(world)).id);
    await counting();
    expect(await told()).toMatchObject({ replies: 1, now: { active: 1, inCourse: 1 } });
  });
});

describe("a week", () => {
  it("is the same from Monday to Sunday, follows the week before without a gap, and is told at seven", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Pacific/Kiritimati", "UTC"]) {
      for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 3, 15); at += 5 * HOUR) {
        const week = lastWeek(zone, at);
        expect(week.until, `${zone} ${iso(at)}`).toBeLessThanOrEqual(at);
        expect(lastWeek(zone, week.from).until).toBe(week.from);
        expect(lastWeek(zone, week.until)).toEqual(week);
        expect(lastWeek(zone, week.until - 1).monday).not.toBe(week.monday);
        const local = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "numeric" });
        expect(local.format(week.toldAt)).toBe("Mon, 07");
      }
    }
  });
});
