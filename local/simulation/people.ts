import { headerOf } from "../headers.ts";
import { linkTo, readLetter } from "../mailbox/letter.ts";
import type { SentMail } from "../ses.ts";
import { Browser } from "./browser.ts";
import type { Chance } from "./chance.ts";
import { replyAddressOf, replyTo, wordsOfReply } from "./mail-program.ts";
import type { Watched } from "./oracle.ts";
import { OPEN, type Span } from "./span.ts";
import type { Wishes } from "./timetable.ts";
import type { World } from "./world.ts";
import { ZONES } from "./zones.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What somebody is like. Each is drawn once; the rest is drawn as it happens. */
interface Nature {
  confirms: boolean;
  replies: number;
  goesAway: boolean;
  /** Which of the mails to them comes back for good, or is reported as spam; 0: none. */
  bounces: number;
  complains: number;
  /** From which mail on their mailbox is full for two mails. */
  isFull: number;
  /** Whether they tick its box when they sign up. */
  wantsNewsletter: boolean;
}

/** One reader: a browser, a mail program, and habits. All that they do goes through the real doors. */
export class Person {
  readonly watched: Watched;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #number: number;
  readonly #nature: Nature;
  readonly #restlessness: number;
  #newest: SentMail | undefined;
  #mails = 0;
  #words = 0;
  #signedUpAt = 0;
  /** The newsletter's box, when they last signed up. */
  #hasTicked = false;
  readonly #browser: Browser;

  /** `restlessness`: how many times as often as usual they change their mind. */
  constructor(world: World, number: number, chance: Chance, restlessness: number) {
    this.#restlessness = restlessness;
    this.#world = world;
    this.#number = number;
    this.#chance = chance;
    this.#browser = new Browser(world, chance, number, (event, fields) => this.#tell(event, fields));
    const zone = ZONES[number % ZONES.length] as string;
    const wishes: Wishes = { zone, weekday: 2, time: "07:30", pace: "weekly" };
    this.watched = world.oracle.watch(`reader${number}@mail${number}.example`, `reader ${number}`, wishes);
    this.#nature = {
      confirms: !chance.happens(0.06),
      replies: chance.one([0, 0.1, 0.3, 0.6]),
      goesAway: chance.happens(0.1),
      bounces: chance.happens(0.03) ? chance.between(1, 14) : 0,
      complains: chance.happens(0.02) ? chance.between(2, 14) : 0,
      isFull: chance.happens(0.05) ? chance.between(2, 12) : 0,
      wantsNewsletter: chance.happens(0.6),
    };
  }

  /** Comes to the landing page at a moment. */
  comesAt(moment: number) {
    this.#at(moment, () => this.#signUp());
  }

  /** The owner brings them from elsewhere, as a reader of the newsletter alone. */
  isListed(span: Span) {
    const { promises } = this.watched;
    promises.account = "in";
    promises.newsletter.joins(span);
  }

  /** What SES does with a mail to them: it arrives, or comes back. */
  gets(mail: SentMail) {
    this.#mails++;
    const { bounces, complains, isFull } = this.#nature;
    const { ses } = this.#world.cloud;
    // What is never looked at again would fill the memory: only a confirmation may lie for a day.
    if (this.#newest && kindOf(this.#newest) !== "confirmation") this.#newest.raw = NO_MAIL;
    this.#newest = mail;
    // Who is in no course opens no page of theirs.
    if (kindOf(mail) === "issue" && this.watched.promises.course === "none") mail.raw = NO_MAIL;
    const later = (ms: number, what: () => void) => this.#at(this.#world.now() + ms, what);
    if (this.#mails === bounces) return later(2 * SECOND, () => ses.bounce(mail.messageId));
    if (this.#mails === complains)
      later(this.#chance.between(MINUTE, DAY), () => ses.complaint(mail.messageId));
    if (isFull > 0 && this.#mails >= isFull && this.#mails < isFull + 2)
      later(5 * SECOND, () => ses.bounce(mail.messageId, FULL));
    this.#reactTo(mail, later);
  }

  #reactTo(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const kind = kindOf(mail);
    const chance = this.#chance;
    if (kind === "confirmation" && this.#nature.confirms)
      later(chance.between(MINUTE, 30 * HOUR), () => this.#confirm(mail));
    if (kind === "lesson") this.#reactToLesson(mail, later);
    if (kind === "issue") this.#reactToIssue(mail, later);
    if (kind === "welcome" && chance.happens(0.1))
      later(chance.between(MINUTE, HOUR), () => this.#wantFirstLesson());
    if (kind === "welcome" && chance.happens(0.2))
      later(chance.between(MINUTE, HOUR), () => this.#chooseHours());
    if (kind === "completion" && chance.happens(0.1))
      later(chance.between(DAY, 5 * DAY), () => this.#return());
    if (this.#nature.goesAway && chance.happens(0.15)) later(3 * SECOND, () => this.#isAway(mail));
  }

  /** What a week brings: at most one of these. */
  #reactToLesson(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    if (chance.happens(this.#nature.replies))
      later(chance.between(MINUTE, 40 * HOUR), () => this.#reply(mail));
    const whim = chance.fraction() / this.#restlessness;
    const soon = chance.between(MINUTE, 2 * DAY);
    if (whim < 0.02) later(soon, () => this.#pause());
    else if (whim < 0.03) later(soon, () => this.#chooseHours());
    else if (whim < 0.042) later(soon, () => void this.#leaveCourse(mail));
    else if (whim < 0.05) later(soon, () => void this.#leaveEverything(mail));
    else if (whim < 0.054) later(soon, () => this.#askToStop(mail));
    else if (whim < 0.07) later(soon, () => this.#chooseNewsletter());
  }

  #reactToIssue(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    const whim = chance.fraction() / this.#restlessness;
    const soon = chance.between(10 * SECOND, HOUR);
    if (whim < 0.03) later(soon, () => void this.#leaveNewsletter(mail));
    else if (whim < 0.04) later(soon, () => void this.#leaveEverything(mail));
    else if (whim < 0.1) later(soon, () => this.#reply(mail));
  }

  // At the browser --------------------------------------------------------------------------------------------

  #signUp() {
    const { promises } = this.watched;
    if (this.#world.now() - this.#signedUpAt < 25 * HOUR) return;
    if (promises.account === "in" && promises.course !== "left" && promises.course !== "completed") return;
    this.#signedUpAt = this.#world.now();
    const { zone } = promises.wishes;
    const typed = {
      email: this.watched.address,
      name: `Reader ${this.#number}`,
      zone,
      ...(this.#nature.wantsNewsletter && { newsletter: "yes" }),
    };
    this.#hasTicked = this.#nature.wantsNewsletter;
    const isBarred = promises.account === "stopped" && this.#isGoneForGood;
    void this.#browser.press({
      what: "signs up",
      path: async () => "/",
      action: "/sign-up",
      typed,
      spanned: (from, to) => {
        if (!isBarred && !this.#isGoneForGood) promises.asks({ from, to });
        if (to !== OPEN) this.#world.counts.count("signed-up");
      },
    });
  }

  /** Their address bounced, or they complained: no mail to it, whatever is typed into the form. */
  #isGoneForGood = false;
  isBarred() {
    this.#isGoneForGood = true;
  }

  #confirm(mail: SentMail) {
    const { promises } = this.watched;
    const path = async () => {
      const link = linkTo(await this.#letter(mail), `${this.#world.origin}/confirm/`);
      return new URL(link as string).pathname;
    };
    if (promises.account === "stopped") return;
    const spanned = (from: number, to: number) => {
      if (promises.account === "stopped") return;
      promises.confirms({ from, to });
      if (this.#hasTicked) promises.newsletter.joins({ from, to });
      if (to !== OPEN) this.#world.counts.count("confirmed");
    };
    void this.#browser.press({ what: "confirms", path, action: "/confirm/", typed: {}, spanned });
  }

  #onOwnPage(what: string, typed: Record<string, string>, tells: (from: number, to: number) => void) {
    const mail = this.#newest;
    const { promises } = this.watched;
    if (!mail || promises.account !== "in") return;
    const path = async () => {
      // The web copy of a lesson stands behind the same link, and comes first in the mail.
      const link = linkTo(await this.#letter(mail), `${this.#world.origin}/reader/`)?.replace(
        /(\/reader\/[^/]+)\/.*$/,
        "$1",
      );
      return new URL(link as string).pathname;
    };
    const spanned = (from: number, to: number) => {
      if (promises.account === "in") tells(from, to);
    };
    void this.#browser.press({ what, path, action: "/reader/", typed, spanned });
  }

  #wantFirstLesson() {
    const { promises } = this.watched;
    if (promises.course !== "active" || promises.had.length > 0) return;
    this.#onOwnPage("wants lesson 1 now", { do: "next-lesson" }, (from, to) =>
      promises.wantsFirstNow({ from, to }),
    );
  }

  #chooseHours() {
    const { promises } = this.watched;
    if (promises.course !== "active" && promises.course !== "paused") return;
    const chance = this.#chance;
    const time = `${String(chance.between(5, 21)).padStart(2, "0")}:${chance.one(["00", "15", "30", "45"])}`;
    const pace = chance.one(["weekly", "weekly", "weekly", "twice-weekly", "workdays"] as const);
    const zone = chance.happens(0.2) ? chance.one(ZONES) : promises.wishes.zone;
    const wishes = { zone, weekday: chance.between(1, 5), time, pace };
    const typed = { do: "settings", zone, time, pace, weekday: String(wishes.weekday) };
    this.#onOwnPage("chooses hours", typed, (from, to) => promises.chooses({ from, to }, wishes));
  }

  #pause() {
    const { promises } = this.watched;
    if (promises.course !== "active") return;
    const weeks = this.#chance.one([1, 2, 4]);
    this.#onOwnPage("pauses", { do: "pause", weeks: String(weeks) }, (from, to) => {
      if (to === OPEN) return;
      promises.pauses({ from, to }, weeks);
      this.#world.counts.count("paused");
    });
    this.#at(this.#world.now() + this.#chance.between(2 * DAY, 20 * DAY), () => this.#resume());
  }

  #resume() {
    const { promises } = this.watched;
    if (promises.course !== "paused") return;
    this.#onOwnPage("resumes", { do: "resume" }, (from, to) => {
      promises.resumes({ from, to });
      if (to !== OPEN) this.#world.counts.count("resumed");
    });
  }

  #return() {
    const { promises } = this.watched;
    if (promises.course !== "left" && promises.course !== "completed") return;
    // Who has left signs up again; who has completed the course may also start again on their own page.
    if (promises.course === "left" || this.#chance.happens(0.5)) return this.#signUp();
    this.#onOwnPage("starts again", { do: "again" }, (from, to) => {
      promises.begins({ from, to });
      if (to !== OPEN) this.#world.counts.count("returned");
    });
  }

  /** The button beside the sender's name: its address stands in a header. */
  async #unsubscribe(
    mail: SentMail,
    what: string,
    fields: Record<string, string>,
    done: (at: number) => void,
  ): Promise<boolean> {
    const target = /<(https?:\/\/[^>\s]+)>/.exec(headerOf(mail.headers, "list-unsubscribe") ?? "")?.[1];
    return target !== undefined && this.#browser.oneClick(what, target, fields, done);
  }

  async #leaveCourse(mail: SentMail): Promise<void> {
    if (await this.#unsubscribe(mail, "leaves the course", {}, (at) => this.watched.promises.leaves(at)))
      this.#mayReturn();
  }

  async #leaveEverything(mail: SentMail): Promise<void> {
    const stopped = (at: number) => {
      this.watched.promises.stops(at);
      this.#world.checkStopped(this.watched.address);
    };
    if (await this.#unsubscribe(mail, "leaves everything", { scope: "everything" }, stopped))
      this.#mayReturn();
  }

  #mayReturn() {
    this.#world.counts.count("left");
    if (this.#chance.happens(0.6))
      this.#at(this.#world.now() + this.#chance.between(2 * DAY, 14 * DAY), () => this.#return());
  }

  async #leaveNewsletter(mail: SentMail): Promise<void> {
    this.#nature.wantsNewsletter = false;
    const { newsletter } = this.watched.promises;
    if (await this.#unsubscribe(mail, "leaves the newsletter", {}, (at) => newsletter.leaves(at)))
      this.#world.counts.count("left-newsletter");
  }

  #chooseNewsletter() {
    const { newsletter } = this.watched.promises;
    const wants = !newsletter.isOn;
    this.#nature.wantsNewsletter = wants;
    const typed = { do: "newsletter", newsletter: wants ? "yes" : "no" };
    this.#onOwnPage(`wants ${wants ? "the" : "no"} newsletter`, typed, (from, to) => {
      if (wants) newsletter.joins({ from, to });
      else if (to !== OPEN) newsletter.leaves(to);
      if (to !== OPEN) this.#world.counts.count(wants ? "joined-newsletter" : "left-newsletter");
    });
  }

  // At the mail program ---------------------------------------------------------------------------------------

  #reply(mail: SentMail) {
    const text = wordsOfReply(this.#chance, ++this.#words);
    this.#sendReply(mail, text, {}, true);
  }

  /** The help says: the course and the newsletter. */
  #askToStop(mail: SentMail) {
    const { promises } = this.watched;
    this.#sendReply(mail, "Stop", {}, false, () => {
      promises.leaves(this.#world.now());
      promises.newsletter.leaves(this.#world.now());
    });
  }

  #isAway(mail: SentMail) {
    this.#world.cloud.ses.outOfOffice(mail.messageId);
    this.#world.counts.count("machine-replies");
    const headers = { "Auto-Submitted": "auto-replied", Precedence: "bulk", "X-Autoreply": "yes" };
    this.#sendReply(mail, "I am out of the office and will read your mail when I am back.", headers, false);
  }

  #sendReply(
    mail: SentMail,
    words: string,
    more: Record<string, string>,
    isHuman: boolean,
    heard?: () => void,
  ) {
    const to = replyAddressOf(mail);
    const [, , run, kind, slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    if (!to) return;
    const { address, promises } = this.watched;
    const now = this.#world.now();
    const messageId = `<${now.toString(36)}.${this.#mails}.${more.Precedence ?? "me"}@mail${this.#number}.example>`;
    const from = `Reader ${this.#number} <${address}>`;
    const raw = replyTo(mail, { from, to, messageId, at: now, words, more });
    const isAnswerable = isHuman && kind === "lesson";
    const reply = {
      lesson: this.#world.editions.originalOf(slug),
      run: Number(run),
      deliveredAt: now,
      length: words.length,
      isHuman: isAnswerable,
    };
    promises.replies.push({ messageId, ...reply });
    this.#tell(isHuman ? "replies" : "a machine or a word", { messageId });
    if (isHuman) this.#world.counts.count("replies");
    this.#world.deliver(address, to, raw, (span) => {
      const found = promises.replies.find((each) => each.messageId === messageId);
      this.#tell("reply heard");
      if (found) promises.isHeard(found, span);
      heard?.();
    });
  }

  #letter(mail: SentMail) {
    return readLetter({
      messageId: mail.messageId,
      at: mail.at,
      from: mail.source,
      to: mail.destinations,
      raw: mail.raw,
    });
  }

  #tell(event: string, fields: Record<string, string | number> = {}) {
    this.#world.trace.tell(this.watched.address, event, fields);
  }

  #at(moment: number, what: () => void) {
    this.#world.at(moment, what);
  }
}

const NO_MAIL = new Uint8Array();
const kindOf = (mail: SentMail): string | undefined => mail.tags.dispatch?.[0]?.split("_")[3];

const FULL = {
  bounceType: "Transient",
  bounceSubType: "MailboxFull",
  action: "failed",
  status: "4.2.2",
  diagnosticCode: "smtp; 452 4.2.2 mailbox full",
} as const;
