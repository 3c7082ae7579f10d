import { findHeader } from "../aws/mail-headers.ts";
import type { SentMail } from "../aws/ses-events.ts";
import type { ArrivingMail } from "../aws/ses-receipt.ts";
import { findLink, readLetter } from "../mailbox/letter.ts";
import type { AuthorsQuestion } from "./authors-branches.ts";
import { LANGUAGE } from "./branches-watch.ts";
import { Browser } from "./browser.ts";
import { readReplyAddress, wordsOfReply, writeReply } from "./mail-program.ts";
import type { SimulatedReply } from "./model.ts";
import type { Watched } from "./oracle.ts";
import type { Chance } from "./random.ts";
import {
  type Asking,
  chooseFarewell,
  chooseFromElsewhere,
  chooseMoveWord,
  chooseNext,
  chooseRequest,
  chooseReturn,
  chooseStop,
  type Stopping,
} from "./reply-requests.ts";
import type { Said } from "./said.ts";
import type { Pace } from "./timetable.ts";
import * as timetable from "./timetable.ts";
import { markOf } from "./voices.ts";
import { OPEN, type TimeSpan } from "./window.ts";
import type { World } from "./world.ts";
import { ZONES } from "./zones.ts";

/** What a mail of theirs is like. */
interface Sending {
  words: string;
  /** Further header fields. */
  more?: Record<string, string>;
  /** A person's words that a prompt may answer. */
  isHuman?: boolean;
  asks?: SimulatedReply["asks"] | undefined;
  /** Another address of theirs. */
  elsewhere?: string;
  verdicts?: ArrivingMail["verdicts"];
}

const PAGES = { course: "/", newsletter: "/subscribe", pasted: "/form?newsletter" } as const;
/** Most keep to what a course begins with. */
const BEGINS_WITH = 2;
/** What a form of theirs asks for. */
type List = "course" | "newsletter";

/** A mailbox has one confirmation a day and three a month, with an hour to spare for one that came late. */
const RESTS_FOR = 25;
const MOST_CONFIRMATIONS = 3;
const CONFIRMATIONS_COUNT_FOR = 31;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a reader can do, through the doors that everybody has; each act is told to what they were promised. */
export class Acts {
  /** The latest mail to them that leads to their page, and how many mails there were. */
  newest: SentMail | undefined;
  mails = 0;
  /** Their address bounced, or they complained: no mail to it, whatever is typed into the form. */
  isGoneForGood = false;
  readonly #world: World;
  readonly #watched: Watched;
  readonly #chance: Chance;
  readonly #number: number;
  readonly #browser: Browser;
  /** A request is on its way to the course. */
  #isAsking = false;
  /** What they wrote from elsewhere, once. */
  #fromElsewhere: { asking: Asking; messageId: string; at: number } | undefined;
  /** The mail with the link to their data is to be used for it. */
  #wantsToBeErased = false;
  /** Another address of theirs at which they want their mail, and when they asked for it. */
  #wantsAddress: { address: string; at: number } | undefined;
  #isChangingAddress = false;
  #addresses = 0;
  /** Whether they got lessons, and the newsletter, when they last left by a word. */
  #leftWith: { course: boolean; newsletter: boolean } | undefined;
  #paceBefore: Pace = "weekly";
  #words = 0;
  /** What they wrote on lessons' pages. */
  readonly #written = new Map<string, string>();
  readonly #voices: Chance;
  /** What they wrote, by the mail that it was in; and what others may read of it, by the prompt that asked. */
  readonly #marks = new Map<string, string>();
  readonly #offered = new Map<string, string>();
  /** What the latest sign-up asked for, and when each was sent. */
  #asksFor: List = "course";
  readonly #signedUpAt: number[] = [];
  /** What they answer on the form, each time; nothing to what they leave out. And the language that they read. */
  readonly #answersAtSignUp: Readonly<Record<string, Said>>;
  readonly #language: Said;
  readonly #answering: Chance;
  /** The button of their confirmation, which brings those answers, is pressed. */
  #isBeginning = false;
  /** Whether they tick its box when they sign up, and whether they did the last time. */
  #wantsNewsletter: boolean;
  #hasTicked = false;

  constructor(world: World, watched: Watched, chance: Chance, number: number, wantsNewsletter: boolean) {
    this.#world = world;
    this.#watched = watched;
    this.#chance = chance;
    this.#number = number;
    this.#wantsNewsletter = wantsNewsletter;
    this.#voices = chance.of("what others may read");
    this.#answering = chance.of("answers");
    const { questions, languages } = world.oracle.edition().branches;
    this.#answersAtSignUp = this.#chooseAnswers(questions.filter(({ isInLesson }) => !isInLesson));
    this.#language = languages.length > 1 ? this.#answering.one(languages) : undefined;
    this.#browser = new Browser(world, chance, number, (event, fields) => this.#tell(event, fields));
  }

  get mailbox(): string {
    return this.#world.mailboxes.current(this.#watched.address);
  }

  /** They are pressing something, or asking for something. */
  get isBusy(): boolean {
    return this.#browser.isBusy || this.#isAsking || this.#isChangingAddress;
  }

  // At the browser --------------------------------------------------------------------------------------------

  signUp(list: List = "course") {
    const { promises } = this.#watched;
    const isNewsletter = list === "newsletter";
    const isIn = isNewsletter
      ? promises.newsletter.isOn
      : promises.course === "active" || promises.course === "paused";
    if (isIn || this.#isAsking || !this.#mayAskAgain()) return;
    this.#signedUpAt.push(this.#world.now());
    this.#asksFor = list;
    if (isNewsletter) this.#wantsNewsletter = true;
    this.#hasTicked = !isNewsletter && this.#wantsNewsletter;
    const { zone } = promises.wishes;
    const typed = {
      email: this.mailbox,
      name: `Reader ${this.#number}`,
      zone,
      ...(this.#hasTicked && { newsletter: "yes" }),
      ...(!isNewsletter && asFields(this.#answersAtSignUp)),
    };
    const isPasted = isNewsletter && this.#number % 3 === 0;
    const isBarred = promises.account === "stopped" && this.isGoneForGood;
    if (this.#wantsToBeErased && isBarred) return;
    void this.#browser.press({
      what: isNewsletter ? "asks for the newsletter" : "signs up",
      path: async () => (isNewsletter ? PAGES[isPasted ? "pasted" : list] : this.#landingPage()),
      action: "/sign-up",
      typed,
      noteSpan: (from, to) => {
        if (!isNewsletter) this.#asksIn(from, to);
        const isRefused = !isNewsletter && this.#world.isClosed(from);
        if (!isBarred && !this.isGoneForGood && !isRefused) promises.asks({ from, to });
        if (to !== OPEN) this.#world.counts.count(isNewsletter ? "asked-for-newsletter" : "signed-up");
      },
      ...(isPasted && { isPasted }),
    });
  }

  #landingPage(): string {
    return this.#language === undefined ? PAGES.course : `${PAGES.course}?language=${this.#language}`;
  }

  /** In which language they sign up: it is theirs at once, if nothing was before, and from their confirming on at the latest. */
  #asksIn(from: number, to: number) {
    const { account, said } = this.#watched.promises;
    if (this.#language === undefined || to !== OPEN) return;
    said.says(LANGUAGE, this.#language, { from, to: account === "stranger" ? from : OPEN });
  }

  /** As they please: what is not needed may be left out. */
  #chooseAnswers(questions: readonly AuthorsQuestion[]): Record<string, Said> {
    const chance = this.#answering;
    const chosen = questions.map(({ slug, isNeeded, options }) => {
      const answer =
        options.length > 0 ? chance.one(options).slug : `a thing of reader ${this.#number}'s own`;
      return [slug, isNeeded || chance.happens(0.6) ? answer : undefined] as const;
    });
    return Object.fromEntries(chosen);
  }

  /** What their sign-up brought counts once they begin; who is in the course already stays as they are. */
  #begins(from: number, to: number) {
    const { promises } = this.#watched;
    if (to === OPEN) this.#isBeginning = promises.course !== "active" && promises.course !== "paused";
    if (this.#language !== undefined && to !== OPEN)
      promises.said.says(LANGUAGE, this.#language, { from, to });
    if (!this.#isBeginning) return;
    const given = Object.entries(this.#answersAtSignUp).filter(([, answer]) => answer !== undefined);
    promises.isSaid(Object.fromEntries(given), { from, to });
    if (to !== OPEN && given.length > 0) this.#world.counts.count("answered-at-sign-up");
  }

  /** On their own page: other answers, or none where none is needed. */
  changeAnswers() {
    const { promises } = this.#watched;
    const { branches, lessons } = this.#world.oracle.edition();
    const asked = new Set(
      lessons.filter(({ slug }) => promises.had.includes(slug)).map(({ choice }) => choice),
    );
    const questions = branches.questions.filter(({ slug, isInLesson }) => !isInLesson || asked.has(slug));
    const isIn = ["active", "paused", "completed"].includes(promises.course);
    if (questions.length === 0 || this.#isAsking || !isIn) return;
    const about = questions.filter(() => this.#answering.happens(0.6));
    const answers = this.#chooseAnswers(about);
    const away = about.filter(({ slug, options }) => options.length === 0 && answers[slug] === undefined);
    const typed = {
      ...{ do: "answers", ...asFields(answers, "none") },
      ...Object.fromEntries(away.map(({ slug }) => [`no-answer-${slug}`, "yes"])),
      ...Object.fromEntries(away.map(({ slug }) => [`answer-${slug}`, ""])),
    };
    this.#onOwnPage("changes answers", typed, (from, to) => {
      promises.isSaid(answers, { from, to });
      if (to !== OPEN) this.#world.counts.count("changed-answers");
    });
  }

  /** What a lesson asks at its end: by one of its links and a press, or by a reply of the option's words. */
  async choose(mail: SentMail): Promise<void> {
    const { promises } = this.#watched;
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/reader/`, "do=choose");
    const isIn = promises.course === "active" || promises.course === "paused";
    if (!link || !isIn || promises.account !== "in" || this.isBusy) return;
    const { pathname, searchParams } = new URL(link);
    const slug = searchParams.get("question") ?? "";
    const asked = this.#world.oracle.edition().branches.questions.find((question) => question.slug === slug);
    if (!asked) return;
    const option = this.#answering.one(asked.options);
    const chooses = (from: number, to: number) => {
      promises.isSaid({ [slug]: option.slug }, { from, to });
      if (to !== OPEN) this.#world.counts.count("choices");
    };
    if (this.#answering.happens(0.3)) return this.#chooseByReply(mail, option.label, chooses);
    const path = async () => `${pathname}?do=choose&question=${slug}&answer=${option.slug}`;
    const typed = { do: "choose", question: slug, answer: option.slug };
    void this.#browser.press({ what: "chooses", path, action: "/reader/", typed, noteSpan: chooses });
  }

  #chooseByReply(mail: SentMail, words: string, chooses: (from: number, to: number) => void) {
    const from = this.#world.now();
    this.#isAsking = true;
    chooses(from, OPEN);
    this.#sendReply(mail, { words, asks: "request" }, (reply, { to }) => {
      this.#isAsking = false;
      this.#watched.promises.isAsked(reply, { from, to });
      chooses(from, to);
    });
  }

  chooseLanguage() {
    const { promises } = this.#watched;
    const { languages } = this.#world.oracle.edition().branches;
    if (languages.length < 2 || this.#isAsking) return;
    const language = this.#answering.one(languages);
    this.#onOwnPage("chooses a language", { do: "language", language }, (from, to) => {
      promises.said.says(LANGUAGE, language, { from, to });
      if (to !== OPEN) this.#world.counts.count("chose-language");
    });
  }

  /** They know that their mailbox gets no more than that. */
  #mayAskAgain(): boolean {
    const now = this.#world.now();
    const recent = this.#signedUpAt.filter((at) => now - at < CONFIRMATIONS_COUNT_FOR * DAY);
    return now - (recent.at(-1) ?? 0) >= RESTS_FOR * HOUR && recent.length < MOST_CONFIRMATIONS;
  }

  confirm(mail: SentMail) {
    const { promises } = this.#watched;
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/confirm/`);
      return new URL(link as string).pathname;
    };
    if (promises.account === "stopped" || this.#hasLeftSinceAsking()) return;
    if (this.#isAsking) return this.#at(this.#world.now() + HOUR, () => this.confirm(mail));
    const noteSpan = (from: number, to: number) => {
      if (promises.account === "stopped") return;
      if (this.#asksFor !== "newsletter") this.#begins(from, to);
      if (this.#asksFor === "newsletter") promises.confirmsNewsletter({ from, to });
      else promises.confirms({ from, to });
      if (this.#hasTicked) promises.newsletter.joins({ from, to });
      if (to !== OPEN) this.#world.counts.count("confirmed");
    };
    void this.#browser.press({ what: "confirms", path, action: "/confirm/", typed: {}, noteSpan });
  }

  /** The button is for what was asked for, and is gone once that was left. */
  #hasLeftSinceAsking(): boolean {
    const { newsletter, course, closedAt } = this.#watched.promises;
    const askedAt = this.#signedUpAt.at(-1) ?? 0;
    return this.#asksFor === "newsletter"
      ? newsletter.isOn || newsletter.closedAt > askedAt
      : course === "left" && closedAt > askedAt;
  }

  /** The newsletter's welcome: it leads to the latest issue that everybody may read. */
  async readWelcome(mail: SentMail): Promise<void> {
    const { origin, oracle } = this.#world;
    const link = findLink(await this.#letter(mail), `${origin}/newsletter/`);
    oracle.judgeLatestIssue(this.#watched, link?.slice(`${origin}/newsletter/`.length), mail.at);
  }

  #onOwnPage(what: string, typed: Record<string, string>, tells: (from: number, to: number) => void) {
    const mail = this.newest;
    const { promises } = this.#watched;
    if (!mail || promises.account !== "in") return;
    const path = async () => {
      // The web copy of a lesson stands behind the same link, and comes first in the mail.
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/reader/`)?.replace(
        /(\/reader\/[^/]+)\/.*$/,
        "$1",
      );
      return new URL(link as string).pathname;
    };
    const noteSpan = (from: number, to: number) => {
      if (promises.account === "in") tells(from, to);
    };
    void this.#browser.press({ what, path, action: "/reader/", typed, noteSpan });
  }

  /** What became of the move that a lesson asks about: by its link and a press, or by a reply of a word. */
  async tellMove(mail: SentMail): Promise<void> {
    const { promises } = this.#watched;
    const { words, outcome } = chooseMoveWord(this.#chance);
    const isByReply = this.#chance.happens(0.3);
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/reader/`, "do=move");
    const isIn = promises.course === "active" || promises.course === "paused";
    if (!link || !isIn || promises.account !== "in" || this.isBusy) return;
    const { pathname, search, searchParams } = new URL(link);
    const lesson = searchParams.get("lesson") ?? "";
    promises.moves.add(`${this.#world.editions.originalOf(lesson)} ${outcome}`);
    // A deploy may take the lesson away that it would be about: then the word is a reader's answer.
    if (isByReply && lesson !== this.#world.editions.removed) return this.#tellMoveByReply(mail, words);
    void this.#browser.press({
      what: "tells of a move",
      path: async () => pathname + search,
      action: "/reader/",
      typed: { do: "move", lesson, move: outcome },
      noteSpan: (_, to) => {
        if (to !== OPEN) this.#hasToldMove();
      },
    });
  }

  #tellMoveByReply(mail: SentMail, words: string) {
    const from = this.#world.now();
    this.#isAsking = true;
    this.#sendReply(mail, { words, asks: "request" }, (reply, { to }) => {
      this.#isAsking = false;
      this.#watched.promises.isAsked(reply, { from, to });
      this.#hasToldMove();
    });
  }

  #hasToldMove() {
    this.#world.counts.count("moves-told");
    this.#world.checkMoves(this.#watched);
  }

  wantFirstLesson() {
    const { promises } = this.#watched;
    if (this.#isAsking || promises.course !== "active" || promises.had.length > 0) return;
    this.#onOwnPage("wants lesson 1 now", { do: "next-lesson" }, (from, to) =>
      promises.wantsFirstNow({ from, to }),
    );
  }

  chooseHours() {
    const { promises } = this.#watched;
    if (this.#isAsking || (promises.course !== "active" && promises.course !== "paused")) return;
    const chance = this.#chance;
    const time = `${String(chance.between(5, 21)).padStart(2, "0")}:${chance.one(["00", "15", "30", "45"])}`;
    const { paces, begins, week } = this.#world.oracle.edition().calendar;
    const pace = chance.one([...Array.from({ length: BEGINS_WITH }, () => begins.pace), ...paces]);
    const zone = chance.happens(0.2) ? chance.one(ZONES) : promises.wishes.zone;
    const wishes = { zone, weekday: chance.one(week), time, pace, week };
    const typed = { do: "settings", zone, time, pace, weekday: String(wishes.weekday) };
    this.#onOwnPage("chooses hours", typed, (from, to) => {
      promises.chooses({ from, to }, wishes);
      if (to !== OPEN) this.#world.counts.count("chose-pace");
    });
  }

  pause() {
    const { promises } = this.#watched;
    if (this.#isAsking || promises.course !== "active") return;
    const weeks = this.#chance.one([1, 2, 4]);
    this.#onOwnPage("pauses", { do: "pause", weeks: String(weeks) }, (from, to) => {
      if (to === OPEN) return;
      promises.pauses({ from, to }, weeks);
      this.#world.counts.count("paused");
    });
    this.#at(this.#world.now() + this.#chance.between(2 * DAY, 20 * DAY), () => this.#resume());
  }

  #resume() {
    const { promises } = this.#watched;
    if (this.#isAsking || promises.course !== "paused") return;
    this.#onOwnPage("resumes", { do: "resume" }, (from, to) => {
      promises.resumes({ from, to });
      if (to !== OPEN) this.#world.counts.count("resumed");
    });
  }

  comeBack() {
    const { promises } = this.#watched;
    if (promises.course === "none") return this.signUp("newsletter");
    if (promises.course !== "left" && promises.course !== "completed") return;
    // Who has left signs up again; who has completed the course may also start again on their own page.
    if (promises.course === "left" || this.#chance.happens(0.5)) return this.signUp();
    this.#onOwnPage("starts again", { do: "again" }, (from, to) => {
      promises.begins({ from, to });
      if (to !== OPEN) this.#world.counts.count("returned");
    });
  }

  /** In the midst of the course: they meet its questions once more. */
  startAgain() {
    const { promises } = this.#watched;
    if (this.#isAsking || promises.course !== "active" || promises.had.length === 0) return;
    this.#onOwnPage("starts again", { do: "again" }, (from, to) => promises.startsAgain({ from, to }));
  }

  /** The button beside the sender's name: its address stands in a header. */
  async #unsubscribe(
    mail: SentMail,
    what: string,
    fields: Record<string, string>,
    done: (at: number) => void,
  ): Promise<boolean> {
    const target = /<(https?:\/\/[^>\s]+)>/.exec(findHeader(mail.headers, "list-unsubscribe") ?? "")?.[1];
    return target !== undefined && this.#browser.oneClick(what, target, fields, done);
  }

  async leaveCourse(mail: SentMail): Promise<void> {
    if (await this.#unsubscribe(mail, "leaves the course", {}, (at) => this.#watched.promises.leaves(at)))
      this.#mayReturn();
  }

  async leaveEverything(mail: SentMail): Promise<void> {
    const stopped = (at: number) => {
      this.#watched.promises.stops(at);
      this.#world.checkStopped(this.#watched.address);
    };
    if (await this.#unsubscribe(mail, "leaves everything", { scope: "everything" }, stopped))
      this.#mayReturn();
  }

  #mayReturn() {
    this.#world.counts.count("left");
    if (this.#chance.happens(0.6))
      this.#at(this.#world.now() + this.#chance.between(2 * DAY, 14 * DAY), () => this.comeBack());
  }

  async leaveNewsletter(mail: SentMail): Promise<void> {
    this.#wantsNewsletter = false;
    const { newsletter } = this.#watched.promises;
    // What their reply says that they keep is what they have then.
    if (this.#isAsking) return;
    if (await this.#unsubscribe(mail, "leaves the newsletter", {}, (at) => newsletter.leaves(at)))
      this.#world.counts.count("left-newsletter");
  }

  chooseNewsletter() {
    const { newsletter } = this.#watched.promises;
    if (this.#isAsking) return;
    const wants = !newsletter.isOn;
    this.#wantsNewsletter = wants;
    const typed = { do: "newsletter", newsletter: wants ? "yes" : "no" };
    this.#onOwnPage(`wants ${wants ? "the" : "no"} newsletter`, typed, (_, to) => {
      // Joining takes one more press, of the button that is mailed to them.
      if (wants || to === OPEN) return;
      newsletter.leaves(to);
      this.#world.counts.count("left-newsletter");
    });
  }

  /** First the link to their data, which is mailed. */
  askForErasing() {
    if (this.#isAsking) return;
    this.#wantsToBeErased = true;
    this.#onOwnPage("asks for their data", { do: "personal" }, () => undefined);
  }

  /** First the link to their data, which is mailed; the address before can be taken back for a week. */
  askForAddressChange() {
    const { promises } = this.#watched;
    const isSoon = this.#wantsAddress && this.#world.now() - this.#wantsAddress.at < 8 * DAY;
    if (this.isBusy || isSoon || this.isGoneForGood || promises.account !== "in") return;
    const address = `reader${this.#number}@other${++this.#addresses}-${this.#number}.example`;
    this.#wantsAddress = { address, at: this.#world.now() };
    this.#world.mailboxes.has(this.#watched.address, address);
    this.#onOwnPage("asks for their data, to change their address", { do: "personal" }, () => undefined);
  }

  /** The mail with the link to their data is there. */
  useTheirData(mail: SentMail) {
    if (this.#wantsToBeErased) this.#eraseEverything(mail);
    else this.#changeAddress(mail);
  }

  #changeAddress(mail: SentMail) {
    const { promises } = this.#watched;
    const wanted = this.#wantsAddress;
    if (!wanted || promises.addresses.has(wanted.address) || promises.account !== "in" || this.isBusy) return;
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/personal/`);
      return new URL(link as string).pathname;
    };
    promises.addresses.add(this.mailbox).add(wanted.address);
    const typed = { email: wanted.address };
    const noteSpan = () => undefined;
    void this.#browser.press({
      what: "asks for another address",
      path,
      action: "/change-address/",
      typed,
      noteSpan,
    });
  }

  /** The button in the mail to the new address. */
  confirmAddress(mail: SentMail) {
    const wanted = this.#wantsAddress;
    if (!wanted || mail.destinations[0] !== wanted.address) return;
    this.#pressAboutAddress(mail, "new-address", wanted.address, wanted.at + 2 * DAY, "changed-address");
  }

  /** The button in the mail to the address before. */
  takeAddressBack(mail: SentMail) {
    const former = mail.destinations[0] as string;
    this.#pressAboutAddress(mail, "old-address", former, mail.at + 6 * DAY, "took-address-back");
  }

  /** Not while anything of theirs is on its way, which comes from the address that they had. */
  #pressAboutAddress(
    mail: SentMail,
    page: string,
    address: string,
    until: number,
    count: "changed-address" | "took-address-back",
  ) {
    const { promises, address: reader } = this.#watched;
    const now = this.#world.now();
    if (now > until || promises.account !== "in" || this.isGoneForGood) return;
    const isOnItsWay = promises.replies.some(({ processedAt }) => processedAt === undefined);
    if (this.isBusy || isOnItsWay)
      return this.#at(now + HOUR, () => this.#pressAboutAddress(mail, page, address, until, count));
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/${page}/`);
      return new URL(link as string).pathname;
    };
    this.#isChangingAddress = true;
    const noteSpan = (from: number, to: number) => {
      this.#world.mailboxes.changes(reader, address, { from, to });
      if (to === OPEN) return;
      this.#isChangingAddress = false;
      this.#world.counts.count(count);
      this.#world.checkAddress(this.#watched);
    };
    const before = this.mailbox;
    const press = { what: count.replace("-", " "), path, action: `/${page}/`, typed: {}, noteSpan };
    void this.#browser.press(press).then(() => this.#isRefused(before, count));
  }

  /** There was no button to press: only who has left meanwhile, or is barred, finds none. */
  #isRefused(before: string, count: string) {
    if (!this.#isChangingAddress) return;
    const { promises, address } = this.#watched;
    const now = this.#world.now();
    this.#isChangingAddress = false;
    this.#world.mailboxes.changes(address, before, { from: now, to: now });
    if (promises.account === "in" && !this.isGoneForGood)
      this.#world.oracle.breaks("request-not-done", address, `${count}: there was no button`);
  }

  #eraseEverything(mail: SentMail) {
    const { promises, address } = this.#watched;
    const person = this.#world.sight.findPerson(address);
    if (!this.#wantsToBeErased || promises.account !== "in" || this.#isAsking || !person) return;
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/personal/`);
      return new URL(link as string).pathname;
    };
    const typed = { do: "erase", sure: "yes" };
    const noteSpan = (_: number, to: number) => {
      if (to === OPEN) return;
      promises.stops(to);
      this.isGoneForGood = true;
      this.#world.counts.count("erased");
      this.#world.oracle.voices.erases(this.#number, to);
      this.#at(to + DAY, () => this.#world.checkErased(address, person));
    };
    void this.#browser.press({ what: "erases everything", path, action: "/personal/", typed, noteSpan });
  }

  /** The button in the mail that asks whether the newsletter shall come. */
  joinNewsletter(mail: SentMail) {
    const { promises } = this.#watched;
    if (!this.#wantsNewsletter || promises.account !== "in") return;
    if (this.#isAsking) return this.#at(this.#world.now() + HOUR, () => this.joinNewsletter(mail));
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/join/`);
      return new URL(link as string).pathname;
    };
    const noteSpan = (from: number, to: number) => {
      if (promises.account !== "in") return;
      promises.newsletter.joins({ from, to });
      if (to !== OPEN) this.#world.counts.count("joined-newsletter");
    };
    void this.#browser.press({ what: "joins the newsletter", path, action: "/join/", typed: {}, noteSpan });
  }

  /** By the link of the mail that announces them or of a letter, or by two words. */
  async refuseLetters(mail: SentMail, isByReply: boolean): Promise<void> {
    const { promises } = this.#watched;
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/no-letters/`);
    if (!link || promises.account !== "in" || promises.course !== "completed" || this.isBusy) return;
    const refuses = (from: number, to: number) => {
      promises.refusesLetters({ from, to });
      if (to !== OPEN) this.#world.counts.count("refused-letters");
    };
    if (isByReply) return this.#refuseLettersByReply(mail, refuses);
    const path = async () => new URL(link).pathname;
    const press = { what: "wants no letters", path, action: "/no-letters/", typed: {}, noteSpan: refuses };
    void this.#browser.press(press);
  }

  #refuseLettersByReply(mail: SentMail, refuses: (from: number, to: number) => void) {
    const from = this.#world.now();
    this.#isAsking = true;
    refuses(from, OPEN);
    this.#sendReply(mail, { words: "No letters.", asks: "request" }, (reply, { to }) => {
      this.#isAsking = false;
      this.#watched.promises.isAsked(reply, { from, to });
      refuses(from, to);
    });
  }

  /** By the link in the last mail of the course and a press, or by its two words. */
  async askForLater(mail: SentMail, isByReply: boolean): Promise<void> {
    const { promises } = this.#watched;
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/reader/`, "do=later");
    if (!link || promises.account !== "in" || promises.course !== "completed" || this.isBusy) return;
    const asks = (from: number, to: number) => {
      promises.wantsLater({ from, to });
      if (to !== OPEN) this.#world.counts.count("asked-for-later");
    };
    if (isByReply) return this.#askForLaterByReply(mail, asks);
    const { pathname, search } = new URL(link);
    const press = { what: "asks for later lessons", path: async () => pathname + search, action: "/reader/" };
    void this.#browser.press({ ...press, typed: { do: "later", later: "yes" }, noteSpan: asks });
  }

  #askForLaterByReply(mail: SentMail, asks: (from: number, to: number) => void) {
    const from = this.#world.now();
    this.#isAsking = true;
    asks(from, OPEN);
    this.#sendReply(mail, { words: "Later lessons, please.", asks: "request" }, (reply, { to }) => {
      this.#isAsking = false;
      this.#watched.promises.isAsked(reply, { from, to });
      asks(from, to);
    });
  }

  // What others may read -----------------------------------------------------------------------------------------

  /** By the link of the prompt, or by a word in reply to it. */
  async letOthersRead(mail: SentMail): Promise<void> {
    const { oracle, counts } = this.#world;
    const mark = this.#markAnswered(mail);
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/offer/`);
    if (!link || mark === undefined || !this.#maySpeakOf(mail)) return;
    const offers = (span: TimeSpan) => {
      oracle.voices.offers(mark, span);
      if (span.to === OPEN) return;
      this.#offered.set(mail.messageId, mark);
      counts.count("voices-offered");
    };
    if (this.#voices.happens(0.4)) return this.#sayOfVoice(mail, "yes", offers);
    const noteSpan = (from: number, to: number) => offers({ from, to });
    this.#pressOffer("lets others read", link, "offer", noteSpan);
  }

  /** The same ways. What was never offered is not taken back. */
  async takeBack(mail: SentMail): Promise<void> {
    const mark = this.#offered.get(mail.messageId);
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/offer/`);
    if (!link || mark === undefined || !this.#maySpeakOf(mail)) return;
    const taken = ({ to }: TimeSpan) => {
      if (to === OPEN) return;
      this.#offered.delete(mail.messageId);
      this.#world.oracle.voices.takesBack(mark, to);
      this.#world.counts.count("voices-taken-back");
    };
    if (this.#voices.happens(0.4)) return this.#sayOfVoice(mail, "Take it back", taken);
    this.#pressOffer("takes it back", link, "take-back", (from, to) => taken({ from, to }));
  }

  /** The mark of what the prompt answers. */
  #markAnswered(mail: SentMail): string | undefined {
    return this.#marks.get(findHeader(mail.headers, "in-reply-to") ?? "");
  }

  /** Of a run that goes on, about a lesson that a deploy leaves in the course: else a word of theirs is words. */
  #maySpeakOf(mail: SentMail): boolean {
    const { promises } = this.#watched;
    const [, , run, , slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    const isIn = ["active", "paused", "completed"].includes(promises.course) && promises.account === "in";
    return isIn && Number(run) === promises.run && slug !== this.#world.editions.removed && !this.isBusy;
  }

  #pressOffer(what: string, link: string, act: string, noteSpan: (from: number, to: number) => void) {
    const path = async () => new URL(link).pathname;
    void this.#browser.press({ what, path, action: "/offer/", typed: { do: act }, noteSpan });
  }

  #sayOfVoice(mail: SentMail, words: string, said: (span: TimeSpan) => void) {
    const from = this.#world.now();
    this.#isAsking = true;
    said({ from, to: OPEN });
    this.#sendReply(mail, { words, asks: "request" }, (reply, { to }) => {
      this.#isAsking = false;
      said({ from, to });
      this.#watched.promises.isAsked(reply, { from, to });
    });
  }

  // At the mail program ---------------------------------------------------------------------------------------

  reply(mail: SentMail) {
    if (this.#isChangingAddress) return;
    const text = wordsOfReply(this.#chance, ++this.#words);
    const mark = markOf(this.#number, this.#words);
    this.#world.oracle.voices.writes(this.#number, this.#words);
    const messageId = this.#sendReply(mail, { words: `${mark} ${text}`, isHuman: true });
    if (messageId !== undefined) this.#marks.set(messageId, mark);
  }

  /** Into the box on the lesson's page, by the link to its copy on the web. Some find later that they did not mean it. */
  async answerOnPage(mail: SentMail): Promise<void> {
    const { promises, address } = this.#watched;
    const [, , run, , slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    const letter = await this.#letter(mail);
    const copy = findLink(letter, `${this.#world.origin}/reader/`, `/${slug}`)?.replace(/\/move\.ics$/, "");
    const lesson = this.#world.editions.originalOf(slug);
    const isWritten = promises.replies.some((reply) => reply.isFromPage && reply.lesson === lesson);
    const isIn = promises.course === "active" && promises.run === Number(run);
    const isFull = promises.pageIsFullUntil > this.#world.now();
    const isGone = lesson === this.#world.editions.removed;
    if (!copy || !isIn || isWritten || isFull || isGone || this.isBusy) return;
    const words = `${wordsOfReply(this.#chance, ++this.#words)} (${address}, ${this.#words})`;
    const messageId = `written ${lesson} ${run}`;
    const reply: SimulatedReply = {
      ...{ messageId, lesson, run: Number(run), deliveredAt: this.#world.now() },
      ...{ length: words.length, isHuman: true, isFromPage: true },
    };
    // It may be heard before the page's answer comes.
    const keep = () => {
      if (!promises.replies.includes(reply)) promises.replies.push(reply);
    };
    const noteSpan = (from: number, to: number) => {
      if (to !== OPEN) {
        keep();
        this.#isAsking = reply.processedAt === undefined;
        return;
      }
      reply.deliveredAt = from;
      this.#world.onWritten(words, (span) => {
        this.#isAsking = false;
        keep();
        promises.isHeard(reply, span);
        this.#world.counts.count("answered-on-page");
      });
    };
    const path = async () => new URL(copy).pathname;
    const press = {
      what: "answers on the page",
      path,
      action: "/reader/",
      typed: { answer: words },
      noteSpan,
    };
    this.#written.set(messageId, words);
    void this.#browser.press(press);
  }

  /** The link in the mail that answered it: "Was this not you?" */
  async removeAnswer(mail: SentMail): Promise<void> {
    const { promises } = this.#watched;
    const link = findLink(await this.#letter(mail), `${this.#world.origin}/remove-answer/`);
    const [, , run, , slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    const messageId = `written ${this.#world.editions.originalOf(slug)} ${run}`;
    const reply = promises.replies.find((each) => each.messageId === messageId);
    const words = this.#written.get(messageId);
    if (!link || !reply || words === undefined || promises.account !== "in" || this.isBusy) return;
    void this.#browser.press({
      what: "removes an answer",
      path: async () => new URL(link).pathname,
      action: "/remove-answer/",
      typed: {},
      noteSpan: (_, to) => {
        if (to === OPEN) return promises.removes(reply);
        this.#world.counts.count("removed-answers");
        this.#world.checkRemoved(this.#watched, words);
      },
    });
  }

  /** The help says: the course and the newsletter. In reply to a lesson some keep one of them; some leave everything. */
  askToStop(mail: SentMail) {
    const { promises } = this.#watched;
    const isLesson = mail.tags.dispatch?.[0]?.split("_")[3] === "lesson";
    const hasBoth = promises.course === "active" && promises.newsletter.isOn;
    if (this.isBusy) return;
    const { words, isExact, leaves } = chooseStop(this.#chance, isLesson && hasBoth);
    this.#isAsking = true;
    this.#sendReply(mail, { words, asks: isExact ? undefined : "leaving" }, () => {
      this.#isAsking = false;
      this.#leftWith = { course: promises.course === "active", newsletter: promises.newsletter.isOn };
      this.#hasLeft(leaves);
    });
  }

  #hasLeft(leaves: Stopping["leaves"]) {
    const { promises } = this.#watched;
    const now = this.#world.now();
    this.#world.counts.count("left-by-reply");
    if (leaves !== "newsletter") promises.leaves(now);
    if (leaves !== "course") promises.newsletter.leaves(now);
    if (leaves === "everything") promises.stops(now);
    this.#world.checkLeft(this.#watched, leaves);
  }

  /** To the mail that says that they have left: some take it back, some say goodbye. */
  answerFarewell(mail: SentMail) {
    const { promises } = this.#watched;
    if (this.isBusy || promises.account !== "in" || promises.course !== "left") return;
    if (this.#chance.happens(0.4)) return this.#sendReply(mail, { words: chooseFarewell(this.#chance) });
    if (!this.#leftWith?.course || promises.newsletter.isOn) return;
    const { newsletter } = this.#leftWith;
    const from = this.#world.now();
    this.#isAsking = true;
    const returns = (span: TimeSpan) => {
      promises.comesBack(span);
      if (newsletter) promises.newsletter.joins(span);
    };
    returns({ from, to: OPEN });
    this.#sendReply(mail, { words: chooseReturn(this.#chance) }, (_, { to }) => {
      this.#isAsking = false;
      returns({ from, to });
      this.#world.counts.count("returned-by-reply");
    });
  }

  /** Nothing comes of it before they have said, at the address that is known, that it was them. */
  writeFromElsewhere(mail: SentMail, heard: () => void) {
    if (this.#fromElsewhere || this.#isAsking || this.#watched.promises.course !== "active") return;
    const asking = chooseFromElsewhere(this.#chance);
    const elsewhere = `me@elsewhere${this.#number}.example`;
    const at = this.#world.now();
    this.#world.counts.count("wrote-from-elsewhere");
    const messageId = this.#sendReply(mail, { words: asking.words, asks: "elsewhere", elsewhere }, heard);
    if (messageId !== undefined) this.#fromElsewhere = { asking, messageId, at };
  }

  /** The button of the mail that asks whether a reply was theirs. What strangers wrote was not. */
  sayThatItWasTheirs(mail: SentMail) {
    const { promises } = this.#watched;
    const written = this.#fromElsewhere;
    if (!written || findHeader(mail.headers, "in-reply-to") !== written.messageId) return;
    if (this.#isAsking) return this.#at(this.#world.now() + HOUR, () => this.sayThatItWasTheirs(mail));
    if (promises.account !== "in" || promises.course !== "active") return;
    const { asking, at } = written;
    const path = async () => {
      const link = findLink(await this.#letter(mail), `${this.#world.origin}/own-reply/`);
      return new URL(link as string).pathname;
    };
    const noteSpan = (from: number, to: number) => {
      this.#promised(asking, { from, to });
      if (to === OPEN) return;
      const ends = at + (asking.weeks ?? 0) * 7 * DAY;
      if (asking.weeks) promises.resumesAt = { from: ends, to: ends + HOUR };
      this.#world.checkDone(this.#watched, asking.does);
    };
    void this.#browser.press({
      what: "says that it was theirs",
      path,
      action: "/own-reply/",
      typed: {},
      noteSpan,
    });
  }

  /** The first lesson, before their cohort begins: they are told when it does, and it comes no sooner. */
  askForFirst(mail: SentMail, chance: Chance) {
    if (this.#watched.promises.waitsForStart()) this.ask(mail, chooseNext(chance));
  }

  /** In their own words. One thing at a time: while it is on its way they press nothing that it could cross. */
  ask(mail: SentMail, asking?: Asking) {
    const { promises } = this.#watched;
    const { course } = promises;
    if (this.isBusy || (course !== "active" && course !== "paused")) return;
    // Where From is not proven, what they can undo is done all the same; a lesson is not sent at once.
    const isProven = asking !== undefined || !this.#chance.happens(0.2);
    this.#asks(mail, asking ?? chooseRequest(this.#chance, course), isProven);
  }

  #asks(mail: SentMail, chosen: Asking, isProven: boolean) {
    const { promises } = this.#watched;
    const asking = isProven ? chosen : { ...chosen, does: chosen.does.filter((what) => what !== "next") };
    const verdicts = isProven ? {} : ({ dmarc: "GRAY" } as const);
    const from = this.#world.now();
    this.#isAsking = true;
    this.#world.counts.count(asking.isGrave ? "grave-news" : "asked-by-reply");
    this.#promised(asking, { from, to: OPEN });
    const asks = asking.isGrave ? "grave" : "request";
    this.#sendReply(mail, { words: asking.words, asks, verdicts }, (reply, { to }) => {
      this.#isAsking = false;
      this.#promised(asking, { from, to });
      if (!asking.isGrave) promises.isAsked(reply, { from, to });
      this.#world.checkDone(this.#watched, asking.does);
    });
  }

  /** What is promised by a request that is on its way (`to` open), or that was heard. */
  #promised({ does, weeks }: Asking, span: TimeSpan) {
    const { promises } = this.#watched;
    const isHeard = span.to !== OPEN;
    if (promises.course !== "active" && promises.course !== "paused") return;
    for (const what of does) {
      if (what === "resume") promises.resumes(span);
      if (what === "pause" && isHeard) promises.pauses(span, weeks ?? 0);
      if (what === "next") promises.wantsNextNow(span);
      if (what === "slower" || what === "faster") this.#changesPace(what, span);
    }
  }

  #changesPace(to: "slower" | "faster", span: TimeSpan) {
    const { promises } = this.#watched;
    if (span.to === OPEN) this.#paceBefore = promises.wishes.pace;
    const { paces } = this.#world.oracle.edition().calendar;
    const before = { ...promises.wishes, pace: this.#paceBefore };
    promises.chooses(span, { ...before, pace: timetable.paceBeside(paces, before, to) });
  }

  replyAsMachine(mail: SentMail) {
    this.#world.cloud.ses.outOfOffice(mail.messageId);
    this.#world.counts.count("machine-replies");
    const headers = { "Auto-Submitted": "auto-replied", Precedence: "bulk", "X-Autoreply": "yes" };
    const words = "I am out of the office and will read your mail when I am back.";
    this.#sendReply(mail, { words, more: headers });
  }

  #sendReply(
    mail: SentMail,
    { words, more = {}, isHuman = false, asks, elsewhere, verdicts }: Sending,
    heard?: (reply: SimulatedReply, span: TimeSpan) => void,
  ): string | undefined {
    const to = readReplyAddress(mail);
    const [, , run, kind, slug = ""] = (mail.tags.dispatch?.[0] ?? "").split("_");
    if (!to) return undefined;
    const { promises } = this.#watched;
    const address = elsewhere ?? this.mailbox;
    const now = this.#world.now();
    const messageId = `<${now.toString(36)}.${this.mails}.${more.Precedence ?? "me"}@mail${this.#number}.example>`;
    const from = `Reader ${this.#number} <${address}>`;
    const raw = writeReply(mail, { from, to, messageId, at: now, words, more });
    const isAnswerable = isHuman && kind === "lesson";
    const reply = {
      lesson: this.#world.editions.originalOf(slug),
      run: Number(run),
      deliveredAt: now,
      length: words.length,
      isHuman: isAnswerable,
      ...(asks && { asks }),
    };
    promises.replies.push({ messageId, ...reply });
    this.#tell(isHuman ? "replies" : "a machine or a word", { messageId });
    if (isHuman) this.#world.counts.count("replies");
    this.#world.onMailed(address, to, raw);
    const isHeard = (span: TimeSpan) => {
      const found = promises.replies.find((each) => each.messageId === messageId);
      this.#tell("reply heard");
      if (found) promises.isHeard(found, span);
      if (found) heard?.(found, span);
    };
    this.#world.deliver(address, to, raw, isHeard, verdicts);
    return messageId;
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
    this.#world.trace.tell(this.#watched.address, event, fields);
  }

  #at(moment: number, what: () => void) {
    this.#world.at(moment, what);
  }
}

/** Their answers in the form's fields. @param none what stands where one is left out */
const asFields = (answers: Readonly<Record<string, Said>>, none = ""): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).map(([slug, answer = none]) => [`answer-${slug}`, answer]));
