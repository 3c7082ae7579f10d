import { erase } from "../../functions/consent/erase.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import {
  REHEARSAL_LOCAL_PART,
  REHEARSAL_PARTS,
  type RehearsalPart,
  rehearsalAddress,
} from "../../functions/domain/people/rehearsal.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { isHeld } from "../../functions/domain/sending/hold-on-mail.ts";
import type { DispatchKind } from "../../functions/domain/sending/mail-kinds.ts";
import { DAY, HOUR, iso, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { addressHash, rehearsalFormToken } from "../../functions/links/links.ts";
import { mimeMessage } from "../../functions/mail/mime/mime.ts";
import type { Clock } from "../../functions/ports.ts";
import type { Deployment } from "../connect.ts";
import type { Dns } from "../doctor/check.ts";
import type { Examined } from "../doctor/doctor.ts";
import type { Leftovers } from "../table/leftovers.ts";
import { type DeliveredMail, findLink, lookAt, oneClickTarget } from "./delivered-mail.ts";
import { expectThat } from "./expectation.ts";
import type { RehearsalMailbox } from "./mailbox.ts";
import { findFieldProblem, listForms, type PageForm } from "./page.ts";
import type { RehearsalAnswer } from "./report.ts";

/** A stage, as a rehearsal reaches it. */
export interface RehearsalStage {
  deployment: Deployment;
  clock: Clock;
  mailbox: RehearsalMailbox;
  leftovers: Leftovers;
  txt: Dns["txt"];
  /** To the stage's pages. */
  http: typeof fetch;
  /** What of the doctor's checks stops mail. */
  examine(): Promise<Examined[]>;
  /** Aborted by Ctrl-C: the rehearsal then only takes away what it has made. */
  signal: AbortSignal;
}

/** Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** A mail leaves at once, or a lane finds it within the minute; SES takes seconds more. */
const MAIL_COMES_WITHIN = 2.5 * MINUTE;
/** SES's simulator complains after a while. */
const EVENT_COMES_WITHIN = 5 * MINUTE;
/** Each lane has come round, and SES has delivered what it sent. */
const NOTHING_COMES_FOR = 75 * SECOND;
const EVENTS_SETTLE_FOR = 8 * SECOND;
const LOOKS_EVERY = SECOND;
/** A person takes longer to fill in a form than the page allows. */
const FILLS_IN_FOR = 3 * SECOND;
/** What a rehearsal began before this has left is taken away: no rehearsal takes so long. */
const CUT_OFF_BEFORE = HOUR;
const PAUSE = 14 * DAY;
const OWN_WORDS =
  "The last decision was slowed by nobody being willing to take it; three people had to sign off one price for a press.";

/** One step: what must hold, and what to do if it does not. */
export interface RehearsalStep {
  name: string;
  says: string;
  doThis: string;
  run(rehearsal: Rehearsal): Promise<string[]>;
}

/** In their order. The last one, which takes everything away, is run whatever became of the others. */
export const STEPS: RehearsalStep[] = [
  {
    name: "ready",
    says: "The stage can send and receive, and what earlier rehearsals left is gone",
    doThis: "npm run doctor says what keeps mail from leaving or arriving",
    run: (rehearsal) => rehearsal.getReady(),
  },
  {
    name: "strangers",
    says: "Nobody else can be a rehearsal's reader: all refusals are given, and a domain that is nowhere is found out",
    doThis:
      "do not let readers in: the deployed version is not the one that stands here; npm run doctor, Version",
    run: (rehearsal) => rehearsal.tryStrangers(),
  },
  {
    name: "confirmation",
    says: "A sign-up by the signed form brings its confirmation, authentic",
    doThis: "look into the log of the nudge and the lane function, and npm run doctor",
    run: (rehearsal) => rehearsal.signUp(),
  },
  {
    name: "welcome",
    says: "Following the link changes nothing; pressing its button brings the welcome, with the way to leave",
    doThis: "look into the log of the web function",
    run: (rehearsal) => rehearsal.confirm(),
  },
  {
    name: "lesson",
    says: "“Send lesson 1 now” brings lesson 1: signed, aligned, with List-Unsubscribe and List-Unsubscribe-Post under DKIM",
    doThis: "look into the log of the nudge and the lane function",
    run: (rehearsal) => rehearsal.askForLesson(),
  },
  {
    name: "reply",
    says: "A reply comes in through SES, and its prompt comes in the thread",
    doThis: "npm run doctor, Receipt rules, MX and Queues; then the log of the receive function",
    run: (rehearsal) => rehearsal.reply(),
  },
  {
    name: "pause",
    says: "“pause 2 weeks” pauses the course for two weeks, and says so",
    doThis: "look into the log of the receive function",
    run: (rehearsal) => rehearsal.pause(),
  },
  {
    name: "unsubscribe",
    says: "One click unsubscribes, as Gmail presses it",
    doThis: "look into the log of the unsubscribe function",
    run: (rehearsal) => rehearsal.unsubscribe(),
  },
  {
    name: "silence",
    says: "Nothing more comes, though it is asked for",
    doThis: "hold sending (npm run console -- sending hold): somebody who has left would be mailed",
    run: (rehearsal) => rehearsal.hearNothing(),
  },
  {
    name: "bounce",
    says: "A bounce is heard, and stops its reader",
    doThis: "npm run doctor, Queues and Dead letters; then the log of the feedback function",
    run: (rehearsal) => rehearsal.simulate("bounce", "Bounce Permanent", "bounce"),
  },
  {
    name: "complaint",
    says: "A complaint is heard, and stops its reader",
    doThis: "npm run doctor, Queues and Dead letters; then the log of the feedback function",
    run: (rehearsal) => rehearsal.simulate("complaint", "Complaint", "complaint"),
  },
  {
    name: "out-of-office",
    says: "An absence note is heard, and stops nobody",
    doThis: "npm run doctor, Queues and Dead letters; then the log of the feedback function",
    run: (rehearsal) => rehearsal.simulate("ooto", "Bounce Transient General", undefined),
  },
  {
    name: "quota",
    says: "SES tells its rate and its quota",
    doThis: "these credentials may not ask SES: npm run doctor, Quota",
    run: (rehearsal) => rehearsal.readQuota(),
  },
];

export const LAST_STEP: RehearsalStep = {
  name: "nothing-left",
  says: "Nothing of it is left: no reader, no mail, no proof of consent, no suppression",
  doThis: "npm run rehearse takes away what is older than an hour before it begins",
  run: (rehearsal) => rehearsal.takeAway(),
};

/** What a stage does to its own readers in one run. */
export class Rehearsal {
  readonly run: string;
  readonly mails = { out: 0, in: 0 };
  readonly answers: RehearsalAnswer[] = [];
  readonly #stage: RehearsalStage;
  readonly #ids = new Map<RehearsalPart, string>();
  #confirmation: DeliveredMail | undefined;
  #lesson: DeliveredMail | undefined;
  #next: PageForm | undefined;

  constructor(stage: RehearsalStage, run: string) {
    this.#stage = stage;
    this.run = run;
  }

  async getReady(): Promise<string[]> {
    const { services } = this.#stage.deployment;
    const quota = await services.mailer.quota();
    const paused = "answer AWS's message, or resume sending in SES's console";
    expectThat("SES sends for this account", quota.enabled, "it says that sending is paused", paused);
    const governor = await services.store.governor();
    const now = this.#stage.clock.now();
    const held = "npm run console -- sending status says why; sending resume goes on";
    expectThat(
      "sending is not held",
      !isHeld(governor, now),
      `it is held since ${iso(governor.held?.since ?? now)}`,
      held,
    );
    const stops = (await this.#stage.examine()).filter(({ state }) => state === "stops");
    const [first] = stops;
    const saw = stops.map(({ name, says }) => `${name}: ${says}`).join("; ");
    expectThat("the doctor finds nothing that stops mail", first === undefined, saw, first?.doThis);
    const left = await this.#stage.leftovers.readers(now - CUT_OFF_BEFORE);
    for (const id of left) await this.#eraseReader(id);
    this.#answer(
      "Does GetAccountSendingEnabled show a pause by AWS?",
      "It says that sending is enabled, and mail left: no pause was there to be seen.",
    );
    return [
      `${quota.rate} mails a second, ${quota.quota < 0 ? "any number" : quota.quota} a day, ${quota.sent24h} sent`,
      ...(left.length > 0 ? [`${left.length} readers of rehearsals that were cut off are gone`] : []),
    ];
  }

  /** The exemption from the other side: without the signed form, and with it for another address. */
  async tryStrangers(): Promise<string[]> {
    const landing = await this.#get("/");
    const form = listForms(landing).find(({ action }) => action.endsWith("/sign-up"));
    expectThat("the landing page has a form", form !== undefined, "it has none");
    await this.#pause(FILLS_IN_FOR);
    const typed = { ...form.fields, "leave-empty": "", email: this.#addressOf("reader") };
    expectRefused("a rehearsal's address, typed into the landing page", await this.#post("/sign-up", typed));
    // The owner's mailbox and a domain that there cannot be (RFC 2606): nobody would be harmed if they were taken.
    const { ownerMailbox } = this.#stage.deployment.services.settings;
    const somewhere = await this.#refusedWithForm(ownerMailbox);
    const nowhere = await this.#refusedWithForm(`${REHEARSAL_LOCAL_PART}@${this.run}.invalid`);
    expectThat(
      "the pages look a domain up: one that cannot exist is refused in other words than one that does",
      nowhere !== somewhere,
      "both are refused alike",
      "look into the log of the web function for mail-domain-unknown: its code is what DNS answered there",
    );
    this.#answer(
      "Does the look-up of domains work from a function?",
      "Yes: a domain that cannot exist was found out at the form.",
    );
    return [];
  }

  /** What stands at the field of an address that the signed form must not take. */
  async #refusedWithForm(email: string): Promise<string> {
    const answer = await this.#post("/sign-up", { rehearsal: await this.#token(), email });
    expectRefused("another address, with the signed form", answer);
    return findFieldProblem(await answer.text(), "email");
  }

  async signUp(): Promise<string[]> {
    await this.#join("reader");
    const mail = await this.#nextMail("confirmation");
    this.#confirmation = mail;
    const found = await this.#look(mail, "confirmation", false);
    this.#answer(
      "Do DNS and certificates stand?",
      `${this.#origin} answers, and the key of the signature stands in the DNS.`,
    );
    this.#answer(
      "What is on Lambda's arm64?",
      "web, nudge or lane, receive and feedback ran, as the steps show.",
    );
    return found;
  }

  async confirm(): Promise<string[]> {
    const link = findLink(this.#requireMail(this.#confirmation), `${this.#origin}/confirm/`);
    expectThat("the confirmation holds a link to the button", link !== undefined, "it holds none");
    const page = await this.#get(link);
    const status = async () => (await this.#subscriber("reader")).status;
    expectThat(
      "the link alone confirms nothing",
      (await status()) === "unconfirmed",
      `it made them ${await status()}`,
    );
    const form = listForms(page).find(({ action }) => action.includes("/confirm/"));
    expectThat("the page behind the link has a button", form !== undefined, "it has none");
    await this.#submit(form.action, form.fields);
    expectThat("the button confirms", (await status()) === "active", `they are ${await status()}`);
    const welcome = await this.#nextMail("welcome");
    const found = await this.#look(welcome, "welcome", true);
    const reader = findLink(welcome, `${this.#origin}/reader/`);
    expectThat("the welcome leads to the reader's page", reader !== undefined, "it does not");
    const forms = listForms(await this.#get(reader));
    this.#next = forms.find(({ fields }) => fields.do === "next-lesson");
    return found;
  }

  async askForLesson(): Promise<string[]> {
    const form = this.#next;
    expectThat("the reader's page has a button for the next lesson", form !== undefined, "it has none");
    await this.#submit(form.action, form.fields);
    const lesson = await this.#nextMail("lesson");
    this.#lesson = lesson;
    const found = await this.#look(lesson, "lesson", true);
    this.#answer(
      "Does SES sign List-Unsubscribe-Post?",
      "Yes: the signature of the delivered lesson covers it.",
    );
    return found;
  }

  async reply(): Promise<string[]> {
    const lesson = this.#requireMail(this.#lesson);
    const reply = await this.#write(lesson, OWN_WORDS);
    const prompt = await this.#nextMail("prompt");
    const found = await this.#look(prompt, "prompt", false);
    const answers = prompt.headers.get("in-reply-to")?.[0] ?? "nothing";
    expectThat(
      "the prompt answers the reply (In-Reply-To)",
      answers === reply,
      `it answers ${answers}, not ${reply}`,
    );
    const thread = prompt.headers.get("references")?.[0] ?? "";
    const isThread = thread.includes(lesson.messageId) && thread.endsWith(reply);
    expectThat(
      "the prompt stands in the lesson's thread (References)",
      isThread,
      `they are ${thread || "missing"}`,
    );
    const said = prompt.headers.get("auto-submitted")?.[0];
    expectThat(
      "the prompt says that a machine wrote it",
      said === "auto-replied",
      `Auto-Submitted is ${said}`,
    );
    this.#answer(
      "Does the topic's exact aws:SourceArn pass SES's test?",
      "Yes: the rule was made, and the reply's notification came through the topic.",
    );
    return found;
  }

  async pause(): Promise<string[]> {
    await this.#write(this.#requireMail(this.#lesson), "pause 2 weeks");
    const notice = await this.#nextMail("notice");
    const { status, agenda } = await this.#enrolment();
    expectThat("the course is paused", status === "paused", `it is ${status}`);
    const ends = agenda.resume?.dueAt ?? 0;
    const isTwoWeeks = Math.abs(ends - this.#stage.clock.now() - PAUSE) < 2 * DAY;
    expectThat("it goes on in two weeks", isTwoWeeks, `it goes on at ${ends === 0 ? "no time" : iso(ends)}`);
    return [`“${notice.email.subject}”; it would go on at ${iso(ends)}`];
  }

  async unsubscribe(): Promise<string[]> {
    const target = oneClickTarget(this.#requireMail(this.#lesson));
    expectThat("the lesson offers one click", target !== undefined, "it offers none");
    const answer = await this.#stage.http(target, {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      redirect: "manual",
    });
    const isTaken = answer.status === 200 || answer.status === 202;
    expectThat("it is answered 200, without a redirect", isTaken, `it is answered ${answer.status}`);
    const { status } = await this.#enrolment();
    expectThat("the course is left when it is answered", status === "left", `it is ${status}`);
    return [];
  }

  async hearNothing(): Promise<string[]> {
    const form = this.#next;
    if (form) await this.#post(form.action, { ...form.fields, once: "again" });
    await this.#pause(NOTHING_COMES_FOR);
    const fresh = await this.#stage.mailbox.fresh(this.#addressOf("reader"));
    this.mails.in += fresh.length;
    const saw = `${fresh.length} mails came: ${fresh.map(({ email }) => `“${email.subject}”`).join(", ")}`;
    expectThat("nothing comes any more", fresh.length === 0, saw);
    return [`for ${NOTHING_COMES_FOR / SECOND} s, in which every lane came round`];
  }

  /**
   * A reader whose mail SES's mailbox simulator answers.
   * @param event how what feedback hears begins
   * @param stoppedBy what the reader is stopped by; undefined: by nothing
   */
  async simulate(part: RehearsalPart, event: string, stoppedBy: Subscriber["stoppedBy"]): Promise<string[]> {
    const id = await this.#join(part);
    this.mails.out += 1;
    const heard = await this.#until(EVENT_COMES_WITHIN, async () => {
      const events = Object.values(await this.#store.heardEvents(id)).flat();
      return events.some((one) => one.startsWith(event)) ? events : undefined;
    });
    const entry = (await this.#store.ledger(id))[0];
    const saw = entry
      ? `SES took the mail (${entry.messageId}) and told nothing of the kind`
      : "the mail did not leave";
    expectThat(`SES tells ${event} within ${EVENT_COMES_WITHIN / MINUTE} minutes`, heard !== undefined, saw);
    const is = await this.#untilStopped(part, stoppedBy);
    expectThat(
      `the reader is stopped by ${stoppedBy ?? "nothing"}`,
      is === stoppedBy,
      `they are stopped by ${is ?? "nothing"}`,
    );
    return [`heard: ${heard.sort().join(", ")}`];
  }

  async readQuota(): Promise<string[]> {
    const { rate, quota, sent24h } = await this.#stage.deployment.services.mailer.quota();
    expectThat("the rate is a mail a second or more", rate >= 1, `it is ${rate}`);
    const sandbox = quota > 0 && quota <= 200 ? " (the sandbox: ask for production access)" : "";
    await this.#askTwoMailboxes();
    await this.#askSetUpMail();
    return [
      `${rate} mails a second, ${quota < 0 ? "any number" : `${sent24h} of ${quota}`} in 24 hours${sandbox}`,
    ];
  }

  /** Erases the readers, twice, so that what SES told meanwhile goes too; then looks for all marks of them. */
  async takeAway(): Promise<string[]> {
    const { mailbox, leftovers, clock } = this.#stage;
    const keys = await this.#stage.deployment.services.keyring.keys();
    const addresses = REHEARSAL_PARTS.map((part) => this.#addressOf(part));
    const hashes = addresses.map((address) => addressHash(keys, address.toLowerCase()));
    const ids = (await Promise.all(hashes.map((hash) => this.#store.findSubscriber(hash)))).filter(isThere);
    for (const id of ids) await erase(this.#stage.deployment.services, id);
    await clock.sleep(EVENTS_SETTLE_FOR);
    for (const id of ids) await this.#eraseReader(id);
    const mails = await mailbox.empty(this.#addressOf("reader"));
    await clock.sleep(EVENTS_SETTLE_FOR);
    const stillThere = [
      ...(await leftovers.holding([this.run, ...hashes, ...this.#ids.values()])),
      ...(await mailbox.keys(this.#addressOf("reader"))).map((key) => `the mail ${key}`),
    ];
    const saw = `${stillThere.length} are there: ${stillThere.slice(0, 3).join(", ")}`;
    expectThat("a scan of the whole table and of the bucket finds nothing", stillThere.length === 0, saw);
    return [
      `${ids.length} of its readers and ${mails} mails are gone; a scan of the whole table found nothing`,
    ];
  }

  get #store() {
    return this.#stage.deployment.services.store;
  }

  get #origin(): string {
    return this.#stage.deployment.services.webOrigin;
  }

  #addressOf = (part: RehearsalPart): string =>
    rehearsalAddress(part, this.run, this.#stage.deployment.services.settings.mailDomain);

  #answer(question: string, answer: string): void {
    this.answers.push({ question, answer });
  }

  async #token(): Promise<string> {
    const keys = await this.#stage.deployment.services.keyring.keys();
    return rehearsalFormToken(keys, { shownAt: this.#stage.clock.now(), run: this.run });
  }

  /** Signs a reader up by HTTP, and returns their id. */
  async #join(part: RehearsalPart): Promise<string> {
    const { settings, keyring } = this.#stage.deployment.services;
    const email = this.#addressOf(part);
    await this.#submit("/sign-up", { rehearsal: await this.#token(), email, zone: settings.defaultZone });
    const hash = addressHash(await keyring.keys(), email.toLowerCase());
    // The page answers before anything is written: an errand in a queue does it.
    const id = await this.#until(MAIL_COMES_WITHIN, () => this.#store.findSubscriber(hash));
    expectThat("the sign-up is kept", id !== undefined, "its address is nobody's");
    this.#ids.set(part, id);
    return id;
  }

  async #subscriber(part: RehearsalPart): Promise<Subscriber> {
    const found = await this.#store.subscriber(this.#ids.get(part) ?? "");
    expectThat("the reader is there", found !== undefined, "they are gone");
    return found;
  }

  async #enrolment(): Promise<Enrolment> {
    const { settings } = this.#stage.deployment.services;
    const found = await this.#store.enrolment(this.#ids.get("reader") ?? "", settings.courses[0] ?? "");
    expectThat("the reader is in the course", found !== undefined, "they are not");
    return found;
  }

  /** A complaint is told before its reader is stopped. */
  async #untilStopped(
    part: RehearsalPart,
    stoppedBy: Subscriber["stoppedBy"],
  ): Promise<Subscriber["stoppedBy"]> {
    if (stoppedBy === undefined) return (await this.#subscriber(part)).stoppedBy;
    return this.#until(MAIL_COMES_WITHIN, async () => (await this.#subscriber(part)).stoppedBy);
  }

  #requireMail(mail: DeliveredMail | undefined): DeliveredMail {
    expectThat("the mail came", mail !== undefined, "it did not");
    return mail;
  }

  /** Waits for the one mail that is to come. */
  async #nextMail(what: DispatchKind): Promise<DeliveredMail> {
    this.mails.out += 1;
    const within = `${MAIL_COMES_WITHIN / SECOND} s`;
    const fresh = await this.#until(MAIL_COMES_WITHIN, async () => {
      const came = await this.#stage.mailbox.fresh(this.#addressOf("reader"));
      return came.length > 0 ? came : undefined;
    });
    const [mail, ...others] = fresh ?? [];
    this.mails.in += fresh?.length ?? 0;
    expectThat(`the ${what} comes within ${within}`, mail !== undefined, await this.#whyNothing(what));
    const saw = `${others.length + 1} came: ${fresh?.map(({ email }) => `“${email.subject}”`).join(", ")}`;
    expectThat(`the ${what} comes alone`, others.length === 0, saw);
    return mail;
  }

  /** How far a mail came that did not arrive. */
  async #whyNothing(what: DispatchKind): Promise<string> {
    const entry = await this.#findLastEntry(what);
    if (entry)
      return `SES has taken it (${entry.messageId}, ${entry.state}), and no receipt rule has stored it`;
    return "nothing has left: the ledger has no such mail";
  }

  async #findLastEntry(what: DispatchKind) {
    const ledger = await this.#store.ledger(this.#ids.get("reader") ?? "");
    const those = ledger.filter(({ dispatch }) => readDispatchId(dispatch)?.kind === what);
    return those.sort((one, other) => one.sentAt - other.sentAt).at(-1);
  }

  async #look(mail: DeliveredMail, what: DispatchKind, isOfList: boolean): Promise<string[]> {
    const { settings, messageIdDomain } = this.#stage.deployment.services;
    const entry = await this.#findLastEntry(what);
    expectThat(`the ledger knows the ${what}`, entry !== undefined, "it does not");
    const messageId = `<${entry.messageId}@${messageIdDomain}>`;
    const { txt, clock } = this.#stage;
    return lookAt(mail, { settings, webOrigin: this.#origin, txt, now: clock.now(), messageId, isOfList });
  }

  /** A reply as a mail program writes it, sent by SES; returns the Message-ID that SES gave it. */
  async #write(to: DeliveredMail, words: string): Promise<string> {
    const { mailer, messageIdDomain } = this.#stage.deployment.services;
    const from = this.#addressOf("reader");
    const recipient = to.email.replyTo?.[0]?.address ?? "";
    const quoted = to.text.split("\n").slice(0, 12);
    const raw = mimeMessage({
      from: { address: from },
      to: { address: recipient },
      replyTo: { address: from },
      subject: `Re: ${to.email.subject ?? ""}`,
      headers: [
        ["In-Reply-To", to.messageId],
        ["References", to.messageId],
      ],
      text: [
        words,
        "",
        `On ${to.email.date ?? ""}, ${to.email.from?.address} wrote:`,
        ...quoted.map((line) => `> ${line}`),
      ].join("\n"),
      html: `<div dir="ltr">${words}</div>`,
    });
    const answer = await mailer.send({
      dispatch: "",
      from,
      to: recipient,
      raw,
      tags: { rehearsal: this.run },
    });
    const saw = `it answers ${answer.outcome}${"detail" in answer ? `: ${answer.detail}` : ""}`;
    expectThat("SES takes the reply", answer.outcome === "accepted", saw);
    this.mails.out += 1;
    this.mails.in += 1;
    return `<${answer.messageId}@${messageIdDomain}>`;
  }

  /** What no step needs, and no document tells: asked once, and never a reason to fail. */
  async #askTwoMailboxes(): Promise<void> {
    const { mailer, settings } = this.#stage.deployment.services;
    const question = "What does SES's inbound say of a From with two mailboxes?";
    const [to, sender] = [this.#addressOf("reader"), `${settings.senderLocalPart}@${settings.mailDomain}`];
    const head = [
      `From: ${sender}, ${to}`,
      `Sender: ${sender}`,
      `To: ${to}`,
      "Subject: Two mailboxes",
      "MIME-Version: 1.0",
    ];
    const raw = Buffer.from([...head, "Content-Type: text/plain", "", "Who wrote this?", ""].join("\r\n"));
    const answer = await mailer.send({ dispatch: "", from: sender, to, raw, tags: { rehearsal: this.run } });
    if (answer.outcome !== "accepted")
      return this.#answer(question, `SES does not send it: ${answer.detail}`);
    this.mails.out += 1;
    const [mail] = (await this.#until(MAIL_COMES_WITHIN, () => this.#freshOrNone())) ?? [];
    if (!mail) return this.#answer(question, "SES took it, and it did not come.");
    const results = mail.headers.get("authentication-results")?.[0] ?? "";
    const dmarc = /\bdmarc=([^;]*)/.exec(results)?.[1]?.trim();
    this.#answer(question, dmarc ? `dmarc=${dmarc}` : "Its Authentication-Results name no dmarc.");
  }

  async #freshOrNone(): Promise<DeliveredMail[] | undefined> {
    const fresh = await this.#stage.mailbox.fresh(this.#addressOf("reader"));
    this.mails.in += fresh.length;
    return fresh.length > 0 ? fresh : undefined;
  }

  async #askSetUpMail(): Promise<void> {
    const mail = await this.#stage.mailbox.setUpMail();
    const to = mail?.email.to?.[0]?.address ?? "nobody";
    this.#answer(
      "What does SES write when a rule is made?",
      mail
        ? `“${mail.email.subject}” from ${mail.email.from?.address} to ${to}.`
        : "It is gone already: rehearse on the day of the first deploy to see it.",
    );
  }

  /** All of a reader, and the tombstone: nobody will ask for it. */
  async #eraseReader(id: string): Promise<void> {
    await erase(this.#stage.deployment.services, id);
    await this.#store.removeTombstone(id);
  }

  /** Looks again and again; undefined if nothing was found in time. Throws Interrupted. */
  async #until<T>(limit: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
    const ends = this.#stage.clock.now() + limit;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (this.#stage.clock.now() >= ends) return undefined;
      await this.#pause(LOOKS_EVERY);
    }
  }

  async #pause(ms: number): Promise<void> {
    const ends = this.#stage.clock.now() + ms;
    while (this.#stage.clock.now() < ends) {
      if (this.#stage.signal.aborted) throw new Interrupted();
      await this.#stage.clock.sleep(Math.min(LOOKS_EVERY, ends - this.#stage.clock.now()));
    }
  }

  async #get(path: string): Promise<string> {
    const answer = await this.#stage.http(new URL(path, this.#origin), { redirect: "manual" });
    expectThat("the page opens", answer.status === 200, `${withoutToken(path)} is answered ${answer.status}`);
    return answer.text();
  }

  #post(path: string, fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams(fields);
    return this.#stage.http(new URL(path, this.#origin), { method: "POST", body, redirect: "manual" });
  }

  async #submit(path: string, fields: Record<string, string>): Promise<void> {
    const answer = await this.#post(path, fields);
    expectThat(
      "the form is taken",
      answer.status === 200,
      `${withoutToken(path)} is answered ${answer.status}`,
    );
  }
}

const isThere = <T>(found: T | undefined): found is T => found !== undefined;

/** Tokens are bearer secrets. */
const withoutToken = (path: string): string => path.replace(/[a-z2-7]{30,}/g, "…");

function expectRefused(what: string, answer: Response): void {
  expectThat(`${what}, is refused`, answer.status === 422, `it is answered ${answer.status}`);
}
