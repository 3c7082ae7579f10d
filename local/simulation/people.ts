import { headerOf } from "../headers.ts";
import { linkTo, readLetter } from "../mailbox/letter.ts";
import type { SentMail } from "../ses.ts";
import { formIn } from "../web-form.ts";
import type { Chance } from "./chance.ts";
import type { Watched } from "./oracle.ts";
import type { Wishes } from "./timetable.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OPEN = Number.POSITIVE_INFINITY;

export const ZONES = [
  ...["Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago"],
  ...["America/New_York", "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "Atlantic/Azores"],
  ...["Europe/London", "Europe/Berlin", "Europe/Athens", "Africa/Nairobi", "Asia/Tehran", "Asia/Dubai"],
  ...["Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok"],
  ...["Asia/Shanghai", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland"],
  ...["Pacific/Chatham", "Pacific/Kiritimati", "Africa/Lagos"],
] as const;

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
}

const WORDS =
  "the order was late because nobody had said who may decide and so we waited for a call that never came until the customer asked again and we had no answer ready for them".split(
    " ",
  );

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
  #isBusy = false;
  #signedUpAt = 0;

  /** `restlessness`: how many times as often as usual they change their mind. */
  constructor(world: World, number: number, chance: Chance, restlessness: number) {
    this.#restlessness = restlessness;
    this.#world = world;
    this.#number = number;
    this.#chance = chance;
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
    };
  }

  /** Comes to the landing page at a moment. */
  comesAt(moment: number) {
    this.#at(moment, () => this.#signUp());
  }

  /** What SES does with a mail to them: it arrives, or comes back. */
  gets(mail: SentMail) {
    this.#mails++;
    const { bounces, complains, isFull } = this.#nature;
    const { ses } = this.#world.cloud;
    // What is never looked at again would fill the memory: only a confirmation may lie for a day.
    if (this.#newest && kindOf(this.#newest) !== "confirmation") this.#newest.raw = NO_MAIL;
    this.#newest = mail;
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
    else if (whim < 0.042) later(soon, () => this.#leaveCourse(mail));
    else if (whim < 0.05) later(soon, () => this.#leaveEverything(mail));
    else if (whim < 0.054) later(soon, () => this.#askToStop(mail));
  }

  // At the browser --------------------------------------------------------------------------------------------

  /** Loads a page, finds its form, types for a while and presses the button: again until it is taken. */
  async #press(
    what: string,
    path: () => Promise<string>,
    action: string,
    typed: Record<string, string>,
    span: (from: number, to: number) => void,
  ): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const from = this.#world.now();
    span(from, OPEN);
    this.#tell(`${what}…`);
    const target = await path();
    for (let tried = 0; tried < 60; tried++) {
      const page = await this.#world.ask("GET", target, this.#network());
      const form = page.status === 200 ? formIn(page.body, action, typed.do) : undefined;
      if (form) {
        await this.#world.pass(this.#chance.between(5 * SECOND, 40 * SECOND));
        const answer = await this.#world.ask(
          "POST",
          new URL(form.action, this.#world.origin).pathname,
          this.#network(),
          {
            ...form.fields,
            ...typed,
          },
        );
        if (answer.status < 500) {
          span(from, this.#world.now());
          this.#tell(what, { status: answer.status });
          break;
        }
      } else if (page.status < 500) {
        // The page says that there is nothing to press any more.
        this.#tell(`${what}: no form`, { status: page.status });
        break;
      }
      await this.#world.pass(this.#chance.between(20 * SECOND, 90 * SECOND));
    }
    this.#isBusy = false;
  }

  #network = () => ({ "x-forwarded-for": `10.${(this.#number >> 8) & 255}.${this.#number & 255}.7` });

  #signUp() {
    const { promises } = this.watched;
    if (this.#world.now() - this.#signedUpAt < 25 * HOUR) return;
    if (promises.account === "in" && promises.course !== "left" && promises.course !== "completed") return;
    this.#signedUpAt = this.#world.now();
    const { zone } = promises.wishes;
    const typed = { email: this.watched.address, name: `Reader ${this.#number}`, zone };
    const isBarred = promises.account === "stopped" && this.#isGoneForGood;
    void this.#press(
      "signs up",
      async () => "/",
      "/sign-up",
      typed,
      (from, to) => {
        if (!isBarred && !this.#isGoneForGood) promises.asks({ from, to });
        if (to !== OPEN) this.#world.counts.count("signed-up");
      },
    );
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
    void this.#press("confirms", path, "/confirm/", {}, (from, to) => {
      if (promises.account === "stopped") return;
      promises.confirms({ from, to });
      if (to !== OPEN) this.#world.counts.count("confirmed");
    });
  }

  #onOwnPage(what: string, typed: Record<string, string>, span: (from: number, to: number) => void) {
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
    void this.#press(what, path, "/reader/", typed, (from, to) => {
      if (promises.account === "in") span(from, to);
    });
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

  /** The button of a mail program: one POST, no page (RFC 8058). */
  async #unsubscribe(
    mail: SentMail,
    what: string,
    fields: Record<string, string>,
    done: (at: number) => void,
  ): Promise<void> {
    const target = /<(https?:\/\/[^>\s]+)>/.exec(headerOf(mail.headers, "list-unsubscribe") ?? "")?.[1];
    if (!target || this.#isBusy) return;
    this.#isBusy = true;
    this.#tell(`${what}…`);
    for (let tried = 0; tried < 60; tried++) {
      const path = new URL(target).pathname;
      const answer = await this.#world.ask("POST", path, this.#network(), {
        "List-Unsubscribe": "One-Click",
        ...fields,
      });
      if (answer.status < 500) {
        done(this.#world.now());
        this.#tell(what, { status: answer.status });
        break;
      }
      await this.#world.pass(30 * SECOND);
    }
    this.#isBusy = false;
    this.#world.counts.count("left");
    if (this.#chance.happens(0.6))
      this.#at(this.#world.now() + this.#chance.between(2 * DAY, 14 * DAY), () => this.#return());
  }

  #leaveCourse(mail: SentMail) {
    void this.#unsubscribe(mail, "leaves the course", {}, (at) => this.watched.promises.leaves(at));
  }

  #leaveEverything(mail: SentMail) {
    void this.#unsubscribe(mail, "leaves everything", { scope: "everything" }, (at) => {
      this.watched.promises.stops(at);
      this.#world.checkStopped(this.watched.address);
    });
  }

  // At the mail program ---------------------------------------------------------------------------------------

  #reply(mail: SentMail) {
    const chance = this.#chance;
    const count = chance.one([4, 9, 22, 35, 60]);
    const start = chance.below(WORDS.length);
    const words = Array.from({ length: count }, (_, at) => WORDS[(start + at) % WORDS.length]);
    // No two replies of one person are of one length, so that "the longest" means one of them.
    const text =
      `${words.join(" ")} ${"again ".repeat(++this.#words)}`.trim() + (chance.happens(0.2) ? "?" : ".");
    this.#sendReply(mail, text, {}, true);
  }

  #askToStop(mail: SentMail) {
    this.#sendReply(mail, "Stop", {}, false, () => this.watched.promises.leaves(this.#world.now()));
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
    const { headers } = mail;
    const to =
      /<([^>]+)>\s*$/.exec(headerOf(headers, "reply-to") ?? "")?.[1] ?? headerOf(headers, "reply-to");
    const [, , run, kind, slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    if (!to) return;
    const { address, promises } = this.watched;
    const messageId = `<${this.#world.now().toString(36)}.${this.#mails}.${more.Precedence ?? "me"}@mail${this.#number}.example>`;
    const raw = [
      `From: Reader ${this.#number} <${address}>`,
      `To: <${to}>`,
      `Subject: Re: ${headerOf(headers, "subject")}`,
      `Message-ID: ${messageId}`,
      `In-Reply-To: <${mail.messageId}@eu-west-1.amazonses.com>`,
      `Date: ${new Date(this.#world.now()).toUTCString()}`,
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
      "",
      words,
      "",
    ].join("\r\n");
    const isAnswerable = isHuman && kind === "lesson";
    const reply = {
      lesson: this.#world.editions.originalOf(slug),
      run: Number(run),
      deliveredAt: this.#world.now(),
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
