import { createTransport } from "nodemailer";
import { toItem } from "../../functions/aws/items.ts";
import { apiKeyKey } from "../../functions/aws/keys.ts";
import { random } from "../../functions/aws/random.ts";
import { makeApiKey, SCOPES } from "../../functions/domain/api/keys.ts";
import { testEvent } from "../../functions/domain/events/webhook.ts";
import { STAGES } from "../../infra/stages.ts";
import type { SentMail } from "../../local/aws/ses-events.ts";
import { findForm } from "../../local/demo/web-form.ts";
import { makeAnswer } from "../../local/mailbox/answer.ts";
import { findLink, type Letter, oneClickTarget, readLetter } from "../../local/mailbox/letter.ts";
import { FORMS, reportXml } from "../dmarc/sample-report.ts";
import { WEBHOOK } from "./webhook.ts";
import type { CheckedWorld } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ORIGIN = "https://course.example";
const MAIL_DOMAIN = STAGES.local.mailDomain;
const OWN_WORDS =
  "The last one was slowed by nobody being willing to decide. Three people had to sign off a price for a press upgrade.";

/** What an expectation of the journey was, and whether it held. */
export interface Looked {
  what: string;
  isTrue: boolean;
  /** What was found instead. */
  found: string;
}

/** Reads what SES has taken since the last look. */
function openMailbox(world: CheckedWorld) {
  let seen = world.mails.length;
  return async (address?: string): Promise<Letter[]> => {
    const fresh = world.mails.slice(seen);
    seen = world.mails.length;
    const mine = fresh.filter(({ destinations }) => !address || destinations.includes(address));
    return Promise.all(mine.map(toLetter));
  };
}

const toLetter = ({ messageId, at, source, destinations, raw }: SentMail): Promise<Letter> =>
  readLetter({ messageId, at, from: source, to: destinations, raw });

/** Signs someone up at the landing page, and lets the nudge bring the confirmation. */
export async function signUp(world: CheckedWorld, email: string): Promise<number> {
  const form = findForm((await world.browse("GET", "/")).page, "/sign-up");
  await world.pass(20 * SECOND);
  const fields = { ...form?.fields, email, zone: "Europe/Berlin" };
  const { status } = await world.browse("POST", "/sign-up", fields);
  await bringMail(world);
  return status;
}

/** By the nudge; where SQS delays it, which it does in real time, by the lanes a minute later. */
async function bringMail(world: CheckedWorld): Promise<void> {
  const before = world.mails.length;
  await world.drain("Nudge", "nudge");
  for (let minute = 0; minute < 6 && world.mails.length === before; minute++) {
    await world.pass(MINUTE);
    await runLane(world);
  }
}

export async function runLane(world: CheckedWorld): Promise<void> {
  await world.invoke("lane", { lane: 0 });
}

/** The main road: sign-up, confirmation, welcome, lesson 1, a reply and its prompt, SES's events, goodbye, erasing. */
export async function walk(world: CheckedWorld, tell: (looked: Looked) => void): Promise<void> {
  const see = (what: string, isTrue: boolean, found: unknown = "") =>
    tell({ what, isTrue, found: typeof found === "string" ? found : JSON.stringify(found) });
  const ada = "ada@reader.example";
  const mailbox = openMailbox(world);
  const only = (letters: Letter[]): Letter => {
    const [letter] = letters;
    if (letters.length !== 1 || !letter) throw new Error(`${letters.length} mails came instead of one`);
    return letter;
  };
  const press = async (letter: Letter, path: string, wanted?: string) => {
    const link = findLink(letter, `${ORIGIN}${path}`) ?? "";
    const { page } = await world.browse("GET", link);
    const form = findForm(page, "", wanted);
    return world.browse("POST", form?.action || link, { ...form?.fields, ...(wanted && { do: wanted }) });
  };

  const setUp = await world.drain("Reply", "receive");
  see(
    "the mail that SES writes when the rule is made is no reply",
    setUp.taken === 1 && setUp.failed === 0,
    setUp,
  );
  see("sign-up is answered", (await signUp(world, ada)) === 200);
  const confirmation = only(await mailbox(ada));
  see("the confirmation asks to confirm", /confirm/i.test(confirmation.subject), confirmation.subject);
  await world.pass(5 * MINUTE);
  see("confirming is answered", (await press(confirmation, "/confirm/")).status === 200);
  await bringMail(world);
  const welcome = only(await mailbox(ada));
  await runLane(world);
  see("nothing leaves before its day", (await mailbox(ada)).length === 0);

  let lesson: Letter | undefined;
  for (let day = 0; day < 10 && !lesson; day++) {
    await world.pass(DAY);
    await runLane(world);
    lesson = (await mailbox(ada))[0];
  }
  if (!lesson) throw new Error("Lesson 1 did not leave in ten days");
  const sent = world.mails.find(({ messageId }) => messageId === lesson.id) as SentMail;
  await world.tell(sent, "Send");
  await world.tell(sent, "Delivery");
  const heard = await world.drain("Feedback", "feedback");
  see("SES's events are heard", heard.taken === 2 && heard.failed === 0, heard);
  await world.tell(sent, "Delivery");
  const again = await world.drain("Feedback", "feedback");
  see("an event that comes twice is heard twice", again.taken === 1 && again.failed === 0, again);
  const states = (await world.items())
    .filter(({ sk }) => String(sk).includes("lesson"))
    .map(({ state }) => state);
  see("the ledger knows that lesson 1 was delivered", states.includes("delivered"), states);

  await world.pass(5 * HOUR);
  const raw = await rawAnswer(lesson, world.clock.now());
  const inbound = { source: ada, recipients: [lesson.replyTo.address], raw };
  await world.receive(inbound);
  const kept = await world.drain("Reply", "receive");
  see("the reply is kept", kept.taken === 1 && kept.failed === 0, kept);
  see("its nudge waits for the owner's ten minutes", (await world.delayed("Nudge")) === 1);
  await world.pass(11 * MINUTE);
  await runLane(world);
  const prompt = only(await mailbox(ada));
  see("the prompt stands in the reply's thread", /^Re: /.test(prompt.subject), prompt.subject);
  await world.receive(inbound);
  await world.drain("Reply", "receive");
  await world.pass(11 * MINUTE);
  await runLane(world);
  see("the same reply again brings no second prompt", (await mailbox(ada)).length === 0);

  const target = oneClickTarget(lesson) ?? "";
  const left = await world.browse("POST", target, { "List-Unsubscribe": "One-Click" });
  see("one click unsubscribes", left.status === 200, left.status);
  for (let week = 0; week < 2; week++) {
    await world.pass(7 * DAY);
    await runLane(world);
  }
  see("nothing comes after that", (await mailbox(ada)).length === 0);

  for (const [who, eventType] of [
    ["bo@reader.example", "Bounce"],
    ["cy@reader.example", "Complaint"],
  ] as const) {
    await signUp(world, who);
    const letter = only(await mailbox(who));
    await world.tell(world.mails.find(({ messageId }) => messageId === letter.id) as SentMail, eventType);
  }
  await signUp(world, "di@reader.example");
  const lost = only(await mailbox("di@reader.example"));
  const tagless = world.mails.find(({ messageId }) => messageId === lost.id) as SentMail;
  await world.tell({ ...tagless, tags: {} }, "Bounce");
  const told = await world.drain("Feedback", "feedback");
  see("a bounce that has lost its tags is heard", told.taken === 3 && told.failed === 0, told);
  const suppressed = (await world.items()).filter(({ pk }) => String(pk).startsWith("suppression#"));
  see("who bounced or complained is suppressed", suppressed.length === 3, suppressed.length);

  await askAsProgram(world, see);
  await tellEvents(world, see);
  await press(welcome, "/reader/", "personal");
  await bringMail(world);
  const personal = await mailbox(ada);
  const link = findLink(only(personal), `${ORIGIN}/personal/`) ?? "";
  const own = await world.browse("GET", link);
  see("the personal page opens", own.status === 200, own.status);
  const erase = findForm(own.page, "/personal/", "erase") ?? findForm(own.page, "", "erase");
  const erased = await world.browse("POST", link, { ...erase?.fields, do: "erase", sure: "yes" });
  see("erasing is answered", erased.status === 200, erased.status);
  await world.pass(2 * HOUR);
  await runLane(world);
  const text = JSON.stringify(await world.items());
  see("nothing of the reader is left", !text.includes(ada) && !text.includes(OWN_WORDS.slice(0, 30)));
  await world.invoke("report", {});
  const reports = (await world.items()).filter(({ sk }) => String(sk).startsWith("report"));
  see("the week is counted", reports.length > 0, reports.length);
  await takeReport(world, see);
}

/** Another program of the owner's signs somebody up, looks, changes, and erases: each request of the HTTP API once. */
async function askAsProgram(
  world: CheckedWorld,
  see: (what: string, isTrue: boolean, found?: unknown) => void,
) {
  const off = await world.ask("GET", "/lists");
  see("the API is not there before there is a key", off.status === 404, off.status);
  const named = { name: "aws-check", scopes: SCOPES, now: world.clock.now() };
  const { key, shown } = makeApiKey(random, named);
  await world.keep(toItem(apiKeyKey(key.id), key));
  const ask = (method: string, path: string, body?: object) => world.ask(method, path, body, shown);
  const email = "eve@reader.example";
  const asked = await ask("POST", "/sign-ups", { email, network: "198.51.100.9" });
  await bringMail(world);
  const isMailed = world.mails.some(({ destinations }) => destinations.includes(email));
  see(
    "a sign-up by the API is answered, and its confirmation leaves",
    asked.status === 202 && isMailed,
    asked,
  );
  const { body } = await ask("POST", "/subscribers/search", { email });
  const { id } = JSON.parse(body) as { id: string };
  const requests: [string, string, object?][] = [
    ["GET", "/lists"],
    ["GET", "/subscribers?status=unconfirmed&limit=1"],
    ["GET", `/subscribers/${id}`],
    ["PATCH", `/subscribers/${id}`, { firstName: "Eve" }],
    ["PUT", `/subscribers/${id}/tags/vip`],
    ["DELETE", `/subscribers/${id}/tags/vip`],
    ["GET", `/subscribers/${id}/progress`],
    ["POST", `/subscribers/${id}/leave`, { list: "everything" }],
    ["DELETE", `/subscribers/${id}`],
    ["GET", `/subscribers/${id}`],
  ];
  const statuses: number[] = [];
  for (const [method, path, given] of requests) statuses.push((await ask(method, path, given)).status);
  const wanted = [200, 200, 200, 200, 200, 200, 200, 204, 204, 404];
  see(
    "each request of the API is carried out, and who was erased is gone",
    `${statuses}` === `${wanted}`,
    statuses,
  );
  // Whether there is a key is asked once a minute.
  await world.pass(MINUTE);
  const forged = await world.ask(
    "GET",
    "/lists",
    undefined,
    `${shown.slice(0, -1)}${shown.endsWith("a") ? "b" : "a"}`,
  );
  see("another key's secret is refused", forged.status === 401, forged.status);
}

/** What has happened to readers goes onto the bus, and off their items. */
async function tellEvents(
  world: CheckedWorld,
  see: (what: string, isTrue: boolean, found?: unknown) => void,
) {
  const untold = async () => (await world.items()).filter((item) => item.untold !== undefined).length;
  const before = await untold();
  await world.invoke("events", {});
  const calls = world.recorded.filter(({ request }) => request.action === "PutEvents");
  const answers = calls.map(({ answer }) => JSON.parse(String(answer.body)) as { FailedEntryCount: number });
  const failed = answers.reduce((sum, { FailedEntryCount }) => sum + FailedEntryCount, 0);
  see("what happened to readers is on their items", before > 3, before);
  see("the bus takes it", calls.length > 0 && failed === 0, answers);
  const after = await untold();
  see("it is off the items then", after === 0, after);
  await callWebhook(world, see);
}

/** What a rule of the bus leads to a webhook is called for, and put off where nobody answers. */
async function callWebhook(
  world: CheckedWorld,
  see: (what: string, isTrue: boolean, found?: unknown) => void,
) {
  await world.queue("BusWebhook", { webhook: WEBHOOK.url, event: testEvent("aws", world.clock.now()) });
  const { taken, failed } = await world.drain("BusWebhook", "webhooks");
  const putOff = world.recorded.some(({ request }) => request.action === "ChangeMessageVisibility");
  see("a webhook that nobody answers is put off", taken === 1 && failed === 1 && putOff, {
    taken,
    failed,
    putOff,
  });
}

/** A mail host reports of yesterday; the function that reads it in the morning keeps its sums. */
async function takeReport(
  world: CheckedWorld,
  see: (what: string, isTrue: boolean, found?: unknown) => void,
) {
  const yesterday = Math.floor(world.clock.now() / DAY) * DAY - DAY;
  const raw = FORMS.google(reportXml({ day: yesterday, rows: [{ count: 40 }] }));
  await world.receive({ source: "noreply@google.com", recipients: [`dmarc@${MAIL_DOMAIN}`], raw });
  await world.invoke("dmarc", {});
  const kept = (await world.items()).filter(({ sk }) => String(sk).startsWith("dmarc#"));
  see("a mail host's report is kept", kept.length === 1, kept.length);
  await world.invoke("dmarc", {});
  const again = (await world.items()).filter(({ sk }) => String(sk).startsWith("dmarc#"));
  see("a day without reports changes nothing", again.length === 1, again.length);
}

async function rawAnswer(letter: Letter, now: number): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await transport.sendMail(makeAnswer(letter, OWN_WORDS, now).mail);
  return message as Buffer;
}
