import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { COURSE_STATES } from "../../console/audience.ts";
import { startBroadcast } from "../../console/issue/start-broadcast.ts";
import { erase } from "../../functions/consent/erase.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Content } from "../../functions/domain/content.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withLeft,
} from "../../functions/domain/course/enrolment.ts";
import { issueDispatch } from "../../functions/domain/newsletter/broadcast.ts";
import { NEWSLETTER } from "../../functions/domain/newsletter/issue.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import { dispatchId, readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { OWNER_KEY } from "../../functions/domain/sending/owner.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import { addressHash, links } from "../../functions/links/links.ts";
import { type InboundMail, parseInbound } from "../../functions/mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";
import { anIssue } from "../support/audience.ts";
import { aConsent } from "../support/consents.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { startWorld, type World } from "../support/services.ts";
import { PASS } from "../support/verdicts.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const JANE_ID = "abcdefgh234567ab";
const JANE = "jane@acme.example";
const OWNER = "owner@office.example";
const QUESTION = "What if the only example I have is a customer we then lost?";
const ANSWER = "Then it is the best example there is. Bring the date and the amount.";
const consent = aConsent("confirmed", "course", NOW);

let content: Content;
let world: World;
let services: Services;
let raws: Map<string, string>;
let lesson: string;
let course: string;

beforeAll(async () => {
  content = await shippedContent();
  course = theCourse(content).slug;
  lesson = theCourse(content).lessons[0]?.slug as string;
}, 60_000);

beforeEach(async () => {
  world = await startWorld(content, NOW);
  raws = new Map();
  services = {
    ...world.services,
    inbox: { read: async (key) => Buffer.from(raws.get(key) ?? ""), remove: async () => {} },
  };
  const { store } = services;
  const hash = addressHash(await services.keyring.keys(), JANE);
  await store.bindAddress(hash, JANE_ID);
  const signUp = { address: JANE, addressHash: hash, firstName: "Jane", zone: "Europe/Berlin", course };
  await store.save(
    withConfirmation(newSubscriber(JANE_ID, { ...signUp, newsletter: false, consent }, NOW), consent),
  );
  const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const { agenda: _, ...begun } = withActivation(inertEnrolment(JANE_ID, course, cadence, NOW), NOW);
  await store.save({ ...begun, agenda: {}, done: [lesson], lastLessonAt: NOW - DAY });
});
afterEach(() => world.stop());

const toLesson = async (): Promise<string> =>
  links({
    webOrigin: services.webOrigin,
    mailDomain: services.settings.mailDomain,
    keys: await services.keyring.keys(),
  }).replyAddress({ subscriber: JANE_ID, dispatch: `${JANE_ID}_${course}_1_lesson_${lesson}` });

interface Writes {
  to: string;
  from: string;
  words: string;
  headers?: string[];
  verdicts?: Partial<ReceivedMail["verdicts"]>;
}
let count = 0;
function aMail({ to, from, words, headers = [], verdicts }: Writes): ReceivedMail {
  const key = `mail-${++count}`;
  const fields = [
    `From: ${from}`,
    "Subject: Re: A lesson",
    `Message-ID: <${key}@client.example>`,
    ...headers,
  ];
  raws.set(key, `${fields.join("\r\n")}\r\n\r\n${words}\r\n`);
  return {
    ...{ sesMessageId: key, key, source: from, recipients: [to], receivedAt: world.clock.now() },
    verdicts: { ...PASS, ...verdicts },
  };
}
const comes = (writes: Writes): Promise<void> => receive(services, aMail(writes));
const asks = async (changes: Partial<Writes> = {}): Promise<void> =>
  comes({ to: await toLesson(), from: JANE, words: QUESTION, ...changes });

const relaysWaiting = async (): Promise<string[]> =>
  Object.keys((await services.store.owner()).agenda).filter((key) => key.startsWith("relay_"));

/** Sends what is due for the owner and for Jane. */
async function deliverDue(): Promise<void> {
  for (const key of [OWNER_KEY, { subscriber: JANE_ID, course }])
    await deliver(services, key, openSlots(services, "urgent"), world.clock.now() + MINUTE);
}
interface Seen extends InboundMail {
  kind: string | undefined;
  raw: string;
  replyTo: string;
}
/** What has reached an address, as its mail client reads it. */
async function inboxOf(address: string): Promise<Seen[]> {
  const mails = world.ses.sent.filter(({ to }) => to === address);
  return Promise.all(
    mails.map(async ({ raw, dispatch }) => {
      const parsed = await parseInbound(raw);
      const text = Buffer.from(raw).toString();
      const replyTo = /^Reply-To:[^<]*(?:\r\n )?[^<]*<([^>]+)>/m.exec(text)?.[1] ?? "";
      return { ...parsed, kind: readDispatchId(dispatch)?.kind, raw: text, replyTo };
    }),
  );
}
const relayed = async (): Promise<Seen> => (await inboxOf(OWNER)).at(-1) as Seen;
const enrolment = async () => (await services.store.enrolment(JANE_ID, course)) as Enrolment;
const answers = async (changes: Partial<Writes> = {}): Promise<void> =>
  comes({ to: (await relayed()).replyTo, from: OWNER, words: ANSWER, ...changes });

describe("a reader's question", () => {
  beforeEach(async () => {
    await asks();
    await deliverDue();
  });

  it("reaches the owner with name, lesson and words, and without the reader's address", async () => {
    const [mail, ...more] = await inboxOf(OWNER);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe("Jane (j•••@acme.example) wrote to you");
    for (const part of [mail?.text, mail?.html]) {
      expect(part?.replace(/\s+/g, " ")).toContain("customer we then lost?");
      expect(part).toContain("An automatic answer goes to them");
    }
    expect(mail?.raw).not.toContain(JANE);
    expect(mail?.raw).not.toMatch(/unsubscribe\+|\/reader\//);
    expect(mail?.replyTo).toMatch(/^relay\+[a-z2-7]+@course\.example$/);
    expect(mail?.replyTo.split("@")[0]?.length).toBeLessThanOrEqual(64);
  });

  it("comes in one thread with all that the owner got about this reader, and in another than anybody else's", async () => {
    await asks({ words: "And what if she says no?" });
    await deliverDue();
    const [first, second] = await inboxOf(OWNER);
    expect(first?.inReplyTo).toEqual([]);
    expect(second?.inReplyTo).toEqual(["<id-1@email.amazonses.com>"]);
    expect(second?.references).toEqual(["<id-1@email.amazonses.com>"]);
    expect(second?.subject).toBe(first?.subject);
    await asks({ words: "And if he does not?" });
    await deliverDue();
    const third = await relayed();
    expect(third.references).toHaveLength(2);
    expect(third.inReplyTo).toEqual([third.references[1]]);
  });

  it("is one mail to the owner, however often it is delivered", async () => {
    const mail = aMail({ to: await toLesson(), from: JANE, words: "And who decides?" });
    for (let time = 0; time < 3; time++) {
      await receive(services, mail);
      await deliverDue();
    }
    expect(await inboxOf(OWNER)).toHaveLength(2);
  });

  it("is answered by the owner's plain reply, in the reader's thread, and neither sees the other's address", async () => {
    await answers({
      words: `${ANSWER}\r\n\r\nOn Tue, 24 Nov 2026, Course <lessons@course.example> wrote:\r\n> ${QUESTION}`,
    });
    await deliverDue();
    const [mail, ...more] = await inboxOf(JANE);
    expect(more).toEqual([]);
    const kept = await services.store.reflections(JANE_ID);
    const question = kept.find(({ replyKind }) => replyKind === "question");
    expect(mail?.inReplyTo).toEqual([question?.messageId]);
    expect(mail?.references).toContain(question?.messageId);
    expect(mail?.text).toContain(ANSWER);
    expect(mail?.text).not.toContain(QUESTION);
    expect(mail?.html).toContain("the best example there is");
    expect(mail?.raw).not.toContain(OWNER);
    expect(mail?.raw).not.toMatch(/^Auto-Submitted/m);
    expect(mail?.replyTo).toMatch(/^reply\+/);
  });

  it("counts as answered from then on, and waits for the owner no more", async () => {
    expect((await world.ownerIndex.waiting(5)).rows).toHaveLength(1);
    await answers();
    expect((await world.ownerIndex.waiting(5)).rows).toEqual([]);
    const kept = await services.store.reflections(JANE_ID);
    const answered = kept.filter(({ answeredAt }) => answeredAt !== undefined);
    expect(answered.map(({ replyKind, answeredAt }) => [replyKind, answeredAt])).toEqual([["question", NOW]]);
  });

  it("gets no automatic answer once the owner has answered", async () => {
    expect((await enrolment()).agenda).toHaveProperty(`prompt_${lesson}`);
    await answers();
    await deliverDue();
    world.clock.set(NOW + DAY);
    await deliverDue();
    expect((await inboxOf(JANE)).map(({ kind }) => kind)).toEqual(["answer"]);
  });

  it("control: gets the automatic one where the owner is silent", async () => {
    world.clock.set(NOW + 11 * MINUTE);
    await deliverDue();
    const [mail] = await inboxOf(JANE);
    expect(mail?.kind).toBe("prompt");
    expect(mail?.text?.replace(/\s+/g, " ")).toContain(
      "Your question has gone to Mark, who answers himself.",
    );
  });

  it("is answered once, however often the owner's mail is delivered", async () => {
    const mail = aMail({ to: (await relayed()).replyTo, from: OWNER, words: ANSWER });
    for (let time = 0; time < 3; time++) {
      await receive(services, mail);
      await deliverDue();
    }
    expect(await inboxOf(JANE)).toHaveLength(1);
  });

  it("is answered after a crash between keeping the answer and planning it", async () => {
    const mail = aMail({ to: (await relayed()).replyTo, from: OWNER, words: ANSWER });
    const change = () => Promise.reject(new Error("killed"));
    const dying = { ...services, store: { ...services.store, change } };
    await expect(receive(dying, mail)).rejects.toThrow("killed");
    await receive(services, mail);
    await deliverDue();
    expect(await inboxOf(JANE)).toHaveLength(1);
  });

  it("comes back to the owner when the reader writes on, whatever they write", async () => {
    await answers();
    await deliverDue();
    const [mail] = await inboxOf(JANE);
    await comes({ to: mail?.replyTo ?? "", from: JANE, words: "Thank you, that helps." });
    await deliverDue();
    expect((await relayed()).subject).toBe("Jane (j•••@acme.example) wrote to you");
    expect(await inboxOf(OWNER)).toHaveLength(2);
    await answers({ words: "Good. Tell me how it went." });
    await deliverDue();
    expect((await inboxOf(JANE)).at(-1)?.text).toContain("Tell me how it went.");
  });

  it.each([
    ["somebody else's address", { from: "mallory@office.example" }],
    ["a mail that fails DMARC", { verdicts: { dmarc: "FAIL" as const } }],
    ["a mail of a domain without DMARC", { verdicts: { dmarc: "GRAY" as const } }],
    ["spam", { verdicts: { spam: "FAIL" as const } }],
    ["two authors", { from: `${OWNER}, mallory@office.example`, source: OWNER }],
  ])("takes no answer from %s, keeps it in the tray, and sends the reader nothing", async (_, changes) => {
    await answers(changes);
    await deliverDue();
    expect(await inboxOf(JANE)).toEqual([]);
    expect(world.logged.join()).toContain("reply-unmatched");
    expect(world.told.map(({ subject }) => subject)).toEqual([
      "Coursepost test: a mail belongs to nobody we know",
    ]);
  });

  it.each(["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"])(
    "is not answered by the owner's absence note (%s)",
    async (header) => {
      await answers({ headers: [header], words: "I am out of the office until Monday." });
      await deliverDue();
      expect(await inboxOf(JANE)).toEqual([]);
      expect(await inboxOf(OWNER)).toHaveLength(1);
    },
  );

  it("tells the owner where the reader has left meanwhile, and sends the reader nothing", async () => {
    await services.store.change(await enrolment(), withLeft);
    await answers();
    await deliverDue();
    expect(await inboxOf(JANE)).toEqual([]);
    const told = await relayed();
    expect(told.subject).toContain("Your answer was not sent");
    expect(told.text).toContain("The reader has left.");
    expect(told.replyTo).toBe(OWNER);
  });

  it("tells the owner when their mail holds nothing but the quotation", async () => {
    await answers({ words: `> ${QUESTION}` });
    await deliverDue();
    expect(await inboxOf(JANE)).toEqual([]);
    expect((await relayed()).text?.replace(/\s+/g, " ")).toContain("No words of yours were found");
  });

  it("keeps question, relay and answer with the reader: exported with them, and erased with them", async () => {
    await answers();
    await deliverDue();
    const about = JSON.stringify(await everythingAbout(services.store, JANE_ID));
    for (const words of [QUESTION, ANSWER, "_relay_", "_answer_"]) expect(about).toContain(words);
    await erase(services, JANE_ID);
    await answers();
    expect(await everythingAbout(services.store, JANE_ID)).toMatchObject([{ kind: "subscriber" }]);
    expect(JSON.stringify(await everythingAbout(services.store, JANE_ID))).not.toContain("customer");
  });

  it("is not told to the owner any more once its reader is erased", async () => {
    await asks({ words: "And what then?" });
    await erase(services, JANE_ID);
    await deliverDue();
    expect(await inboxOf(OWNER)).toHaveLength(1);
    expect(await relaysWaiting()).toEqual([]);
  });
});

describe("other mail for the owner", () => {
  it.each([
    ["a reply from another address", QUESTION],
    ["a request to leave from elsewhere", "unsubscribe"],
  ])("is %s, which is not answered by anybody", async (_, words) => {
    await asks({ from: "assistant@elsewhere.example", words });
    await deliverDue();
    const mail = await relayed();
    expect(mail.subject).toContain("A reply from another address");
    expect(mail.text).toContain(words.split(" ").slice(0, 3).join(" "));
    expect(mail.replyTo).toBe(OWNER);
    expect((await enrolment()).agenda).toEqual({});
    expect((await enrolment()).status).toBe("active");
  });

  it("is a question in a second reply, which gets no second prompt", async () => {
    await asks({
      words: "I want a second estimator. Last month we quoted a job on day six, and lost it to others.",
    });
    const prompted = (await enrolment()).prompted;
    await asks();
    await deliverDue();
    expect((await inboxOf(OWNER)).map(({ subject }) => subject.split(" ")[0])).toEqual(["Jane"]);
    expect((await relayed()).text?.replace(/\s+/g, " ")).toContain("Nothing was answered automatically.");
    expect((await enrolment()).prompted).toEqual(prompted);
  });

  it("is not a reflection that asks nothing, nor a machine's mail", async () => {
    await asks({
      words: "I want a second estimator. Last month we quoted a job on day six, and lost it to others.",
    });
    await asks({ headers: ["Auto-Submitted: auto-replied"] });
    await deliverDue();
    expect(await inboxOf(OWNER)).toEqual([]);
  });

  it("is at most twenty mails a day about one reader; the rest is kept, and counted", async () => {
    for (let asked = 0; asked < 22; asked++) await asks({ words: `Number ${asked}?` });
    expect(await relaysWaiting()).toHaveLength(20);
    expect(await services.store.reflections(JANE_ID)).toHaveLength(22);
    expect(world.logged.join()).toContain("RelaysLimited");
  }, 30_000);
});

describe("automatic answers", () => {
  const prompted = async () => Object.keys((await enrolment()).prompted);

  it("stop for everybody when all readers together had too many in a day; replies are still kept and relayed", async () => {
    const count: Services["store"]["count"] = async (limit) =>
      limit.key === "answers" ? world.clock.now() + DAY : services.store.count(limit);
    const held = { ...services, store: { ...services.store, count } };
    await receive(held, aMail({ to: await toLesson(), from: JANE, words: QUESTION }));
    await deliverDue();
    expect(await prompted()).toEqual([]);
    expect(await inboxOf(OWNER)).toHaveLength(1);
    expect(world.logged.join()).toContain("AnswersHeld");
    expect(world.told.map(({ subject }) => subject)).toEqual(["Coursepost test: automatic answers are held"]);
  });

  it("are not used up by tries that failed", async () => {
    const mail = aMail({ to: await toLesson(), from: JANE, words: QUESTION });
    const change = () => Promise.reject(new Error("killed"));
    const dying = { ...services, store: { ...services.store, change } };
    for (let tried = 0; tried < 5; tried++) await expect(receive(dying, mail)).rejects.toThrow("killed");
    await receive(services, mail);
    expect(await prompted()).toEqual([lesson]);
  });
});

describe("a reply to an issue of the newsletter", () => {
  const issue = { ...anIssue("news", "What did you learn from a loss?") };
  const toIssue = async (): Promise<string> =>
    links({
      webOrigin: services.webOrigin,
      mailDomain: services.settings.mailDomain,
      keys: await services.keyring.keys(),
    }).replyAddress({ subscriber: JANE_ID, dispatch: issueDispatch(JANE_ID, issue.slug) });
  const deliverToJane = () =>
    deliver(services, { subscriber: JANE_ID }, openSlots(services, "urgent"), world.clock.now() + MINUTE);

  beforeEach(async () => {
    const { store } = services;
    const jane = await store.subscriber(JANE_ID);
    if (jane) await store.save({ ...jane, newsletter: true });
    const started = { issue, audience: { states: [...COURSE_STATES] }, asked: "all", when: { from: NOW } };
    await startBroadcast({ ...services, allPeople: world.allPeople }, started);
    const sent = { messageId: "m1", sentAt: NOW, state: "sent" as const, stateAt: NOW };
    await store.recordSent({ dispatch: issueDispatch(JANE_ID, issue.slug), ...sent });
  });

  it("reaches the owner with the issue's title, and is answered by no prompt", async () => {
    await asks({ to: await toIssue(), words: "We lost one in May, and it taught us to ask sooner." });
    await deliverDue();
    await deliverToJane();
    const mail = await relayed();
    expect(mail.subject).toBe("Jane (j•••@acme.example) wrote to you");
    expect(mail.text).toContain("The newsletter · News");
    expect(mail.text).toContain("Nothing was answered automatically");
    expect(Object.keys((await enrolment()).agenda)).toEqual([]);
    expect(await inboxOf(JANE)).toEqual([]);
  });

  it("leaves out what it quotes of the issue", async () => {
    await asks({
      to: await toIssue(),
      words:
        "To ask sooner.\r\n\r\nOn Tue, 24 Nov 2026, The owner <lessons@course.example> wrote:\r\n> What did you learn from a loss?",
    });
    const [kept] = await services.store.reflections(JANE_ID);
    expect(kept).toMatchObject({ course: "newsletter", lesson: "news", ownWords: "To ask sooner." });
    const entry = await services.store.ledgerEntry(issueDispatch(JANE_ID, issue.slug));
    expect(entry).toMatchObject({ repliedAt: NOW });
    expect(entry).not.toHaveProperty("leftAt");
  });

  it("leaves the newsletter where it says so, and is noted as that", async () => {
    await asks({ to: await toIssue(), words: "unsubscribe" });
    expect((await services.store.subscriber(JANE_ID))?.newsletter).toBe(false);
    const entry = await services.store.ledgerEntry(issueDispatch(JANE_ID, issue.slug));
    expect(entry).toMatchObject({ leftAt: NOW });
    expect(entry).not.toHaveProperty("repliedAt");
  });

  it("is answered by the owner in its thread, also where its reader is in no course, and once", async () => {
    await services.store.change(await enrolment(), withLeft);
    await asks({ to: await toIssue() });
    await deliverDue();
    const mail = aMail({ to: (await relayed()).replyTo, from: OWNER, words: ANSWER });
    for (let time = 0; time < 3; time++) {
      await receive(services, mail);
      await deliverToJane();
    }
    const [answer, ...more] = await inboxOf(JANE);
    expect(more).toEqual([]);
    expect(answer?.kind).toBe("answer");
    expect(answer?.text).toContain(ANSWER);
    expect(answer?.html?.replace(/\s+/g, " ")).toContain(
      "because you asked for the newsletter The newsletter",
    );
    const questions = (await services.store.reflections(JANE_ID)).filter(({ raw }) => raw !== mail.key);
    expect(answer?.inReplyTo).toEqual(questions.map(({ messageId }) => messageId));
    expect(answer?.raw).not.toContain(OWNER);
  });

  it("so does one to its welcome, which names no issue, and the owner's answer reaches its reader", async () => {
    const welcome = {
      subscriber: JANE_ID,
      list: NEWSLETTER,
      run: 1,
      kind: "welcome",
      slug: String(NOW),
    } as const;
    const { newsletter } = services.content;
    services.content.newsletter = issue.newsletter;
    const sent = { messageId: "m2", sentAt: NOW, state: "sent" as const, stateAt: NOW };
    await services.store.recordSent({ dispatch: dispatchId(welcome), ...sent });
    const { replyAddress } = links({
      webOrigin: services.webOrigin,
      mailDomain: services.settings.mailDomain,
      keys: await services.keyring.keys(),
    });
    const to = replyAddress({ subscriber: JANE_ID, dispatch: dispatchId(welcome) });
    await asks({ to, words: "Glad to be here. I sell paper machines in Ulm." });
    await deliverDue();
    const mail = await relayed();
    expect([mail.subject, mail.text]).toEqual([
      expect.stringContaining("Jane (j•••@acme.example) wrote to you"),
      expect.stringContaining("I sell paper machines in Ulm."),
    ]);
    expect(mail.text).toContain("The newsletter");
    await receive(services, aMail({ to: mail.replyTo, from: OWNER, words: ANSWER }));
    await deliverToJane();
    expect((await inboxOf(JANE)).map(({ text }) => text?.includes(ANSWER))).toEqual([true]);
    if (newsletter) services.content.newsletter = newsletter;
    else delete services.content.newsletter;
  });

  it("is answered to nobody who has stopped everything since: the owner is told", async () => {
    await asks({ to: await toIssue() });
    await deliverDue();
    const to = (await relayed()).replyTo;
    await services.store.stopEverything(JANE_ID, "reader", { ...consent, event: "withdrawn" });
    await comes({ to, from: OWNER, words: ANSWER });
    await deliverToJane();
    await deliverDue();
    expect(await inboxOf(JANE)).toEqual([]);
    expect((await relayed()).subject).toContain("Your answer was not sent");
  });
});

describe("a reply of the owner's to an address that leads to nobody", () => {
  const toDigest = (more: Partial<Writes> = {}): Promise<void> =>
    comes({ to: "lessons@course.example", from: OWNER, words: "Tell Jane that I agree.", ...more });

  it("is answered with how to reach a reader, once for each mail, and does not fill the tray", async () => {
    const before = (await inboxOf(OWNER)).length;
    const mail = aMail({ to: "lessons@course.example", from: OWNER, words: "Tell Jane that I agree." });
    await receive(services, mail);
    await receive(services, mail);
    await deliverDue();
    await receive(services, mail);
    await deliverDue();
    const told = (await inboxOf(OWNER)).slice(before);
    expect(told.map(({ subject }) => subject)).toEqual(["Your email reached nobody: how to answer a reader"]);
    expect(told[0]?.text).toContain("replies list --stage test");
    expect(await services.store.unmatched()).toEqual([]);
    expect(world.told).toEqual([]);
  });

  it("is not answered where a machine wrote it, where From may be forged, or four times a day", async () => {
    const before = (await inboxOf(OWNER)).length;
    await toDigest({ headers: ["Auto-Submitted: auto-replied"] });
    await toDigest({ verdicts: { dmarc: "FAIL" } });
    await toDigest({ from: "someone@else.example" });
    await deliverDue();
    expect(await inboxOf(OWNER)).toHaveLength(before);
    expect(await services.store.unmatched()).toHaveLength(2);
    for (let mail = 0; mail < 5; mail++) await toDigest();
    for (let mail = 0; mail < 5; mail++) await deliverDue();
    expect((await inboxOf(OWNER)).length - before).toBe(3);
  });
});

describe("the address below a reflection in the digest", () => {
  it("carries the owner's words into that reader's thread", async () => {
    await asks({ words: "We lost a trial because three people had to sign, and nobody told the customer." });
    world.clock.set(NOW + DAY);
    await deliverDue();
    const digest = (await inboxOf(OWNER)).find(({ kind }) => kind === "digest");
    const addresses = [...(digest?.html ?? "").matchAll(/mailto:(relay\+[^?]+)\?/g)].map(([, to = ""]) => to);
    expect(addresses.length).toBeGreaterThan(0);
    await comes({ to: addresses.at(-1) as string, from: OWNER, words: ANSWER });
    await deliverDue();
    const [mail] = (await inboxOf(JANE)).filter(({ kind }) => kind === "answer");
    expect(mail?.text).toContain("Bring the date");
    expect(mail?.raw).not.toContain(OWNER);
    const kept = await services.store.reflections(JANE_ID);
    expect(kept.filter(({ answeredAt }) => answeredAt !== undefined)).toHaveLength(1);
  });
});
