import type { SentMail } from "../aws/ses-events.ts";
import { Acts } from "./acts.ts";
import { NEWSLETTER } from "./model.ts";
import type { Watched } from "./oracle.ts";
import type { Chance } from "./random.ts";
import { firstAddress } from "./voices.ts";
import { OPEN, type TimeSpan } from "./window.ts";
import type { World } from "./world.ts";
import { ZONES } from "./zones.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Longer than anything of theirs takes to be heard. */
const QUIET = 2 * HOUR;

/** What someone is like. Each is drawn once; the rest is drawn as it happens. */
interface Nature {
  confirms: boolean;
  /** How often they let others read what they wrote, and how often they take that back. */
  lets: number;
  takesBack: number;
  replies: number;
  goesAway: boolean;
  /** Which of the mails to them comes back for good, or is reported as spam; 0: none. */
  bounces: number;
  complains: number;
  /** From which mail on their mailbox is full for two mails. */
  isFull: number;
}

/** What somebody comes for at first. */
export type ComesFor = "course" | "newsletter" | "import";

interface Habits {
  /** How many times as often as usual they change their mind. */
  restlessness: number;
  comesFor: ComesFor;
  /** They answer each lesson, nearly always let others read it, and meet some questions twice. */
  talkative?: boolean | undefined;
}

/** One reader, and their habits: which mail moves them to do what. */
export class Person {
  readonly watched: Watched;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #voices: Chance;
  readonly #nature: Nature;
  readonly #restlessness: number;
  /** Some time after an answer, now and then. */
  readonly #startsAgain: boolean;
  readonly #acts: Acts;
  /** Of its own, so that who was before them is who they were. */
  readonly #lettersChance: Chance;
  readonly #cohorts: Chance;
  readonly #afterTheEnd: Chance;
  readonly #saying: Chance;
  readonly #comesFor: ComesFor;

  constructor(
    world: World,
    number: number,
    chance: Chance,
    { restlessness, comesFor, talkative = false }: Habits,
  ) {
    const voices = chance.of("voices");
    this.#voices = voices;
    this.#restlessness = restlessness;
    this.#comesFor = comesFor;
    this.#world = world;
    this.#chance = chance;
    const zone = ZONES[number % ZONES.length] as string;
    this.watched = world.oracle.watch(firstAddress(number), number, zone);
    this.#nature = {
      confirms: !chance.happens(0.06),
      replies: chance.one([0, 0.1, 0.3, 0.6]),
      lets: talkative ? 0.9 : voices.one([0, 0.5, 0.9]),
      takesBack: voices.one([0, 0.3, 0.6]),
      goesAway: chance.happens(0.1),
      bounces: chance.happens(0.03) ? chance.between(1, 14) : 0,
      complains: chance.happens(0.02) ? chance.between(2, 14) : 0,
      isFull: chance.happens(0.05) ? chance.between(2, 12) : 0,
    };
    if (talkative) this.#nature.replies = 1;
    this.#startsAgain = talkative;
    const wantsNewsletter = chance.happens(0.6);
    this.#lettersChance = chance.of("letters");
    this.#cohorts = chance.of("cohorts");
    this.#afterTheEnd = chance.of("after the end");
    this.#saying = chance.of("what they say of themselves");
    this.#acts = new Acts(world, this.watched, chance, number, wantsNewsletter);
  }

  /** Where they get their mail now. */
  get mailbox(): string {
    return this.#world.mailboxes.current(this.watched.address);
  }

  /** Comes to the landing page at a moment, or to that of the newsletter. */
  arrival(moment: number) {
    this.#world.at(moment, () =>
      this.#acts.signUp(this.#comesFor === "newsletter" ? "newsletter" : "course"),
    );
  }

  /** The owner brings them from elsewhere, as a reader of the newsletter alone. */
  isListed(span: TimeSpan) {
    const { promises } = this.watched;
    promises.account = "in";
    promises.newsletter.joins(span);
  }

  /** Their address bounced, or they complained. */
  isBarred() {
    this.#acts.isGoneForGood = true;
  }

  /** In the course, and nothing of theirs is on its way that changes it, nor was for a while. */
  isQuietlyIn(): boolean {
    const { promises } = this.watched;
    const before = this.#world.now() - QUIET;
    const isAnswered = promises.replies.every(({ processedAt = OPEN }) => processedAt < before);
    const isSettled = promises.isSettledSince(before) && promises.chosenAt < before;
    return (
      promises.account === "in" &&
      promises.course === "active" &&
      !promises.isHeld &&
      !this.#acts.isBusy &&
      isAnswered &&
      isSettled
    );
  }

  /** Looks whether somebody else has changed anything, where it can be told from what they did themselves. */
  checkUntouched(how: string) {
    if (this.isQuietlyIn() && !this.#mayBeStopped()) this.#world.checkUntouched(this.watched, how);
  }

  /** A mail to them has come back, or was complained of: the event may be on its way for hours, and stops them when it is heard. */
  #mayBeStopped(): boolean {
    const { bounces, complains, isFull } = this.#nature;
    return [bounces, complains, isFull].some((mail) => mail > 0 && this.#acts.mails >= mail);
  }

  /** What SES does with a mail to them: it arrives, or comes back. */
  gets(mail: SentMail) {
    const acts = this.#acts;
    if (mailKind(mail) === "address") return this.#reactToAddressMail(mail);
    acts.mails++;
    const { bounces, complains, isFull } = this.#nature;
    const { ses } = this.#world.cloud;
    // What is never looked at again would fill the memory: only what waits for its button may lie for a day.
    const isConfirmation = mailKind(mail) === "confirmation";
    if (acts.newest && !isConfirmation && !waitsForItsButton(acts.newest)) acts.newest.raw = NO_MAIL;
    // A confirmation leads to no page of theirs.
    if (!isConfirmation) acts.newest = mail;
    // There may be thousands who were imported, and who open no page of theirs.
    if (mailKind(mail) === "issue" && this.#comesFor === "import") mail.raw = NO_MAIL;
    const later = (ms: number, what: () => void) => this.#world.at(this.#world.now() + ms, what);
    const { oracle } = this.#world;
    if (acts.mails === bounces)
      return later(2 * SECOND, () => {
        ses.bounce(mail.messageId);
        if (!isConfirmation) oracle.isTroubled("bounces");
      });
    if (acts.mails === complains)
      later(this.#chance.between(MINUTE, DAY), () => {
        ses.complaint(mail.messageId);
        if (!isConfirmation) oracle.isTroubled("complaints");
      });
    if (isFull > 0 && acts.mails >= isFull && acts.mails < isFull + 2)
      later(5 * SECOND, () => ses.bounce(mail.messageId, FULL));
    this.#react(mail, later);
  }

  /** Some want to hear of lessons that are added later. */
  #reactToTheEnd(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#afterTheEnd;
    const [whim, soon] = [chance.fraction(), chance.between(MINUTE, 3 * DAY)];
    if (whim < 0.6) later(soon, () => void this.#acts.askForLater(mail, whim < 0.2));
  }

  /** Who wants no letters says so, to the mail that announces them or to the first of them; some write back. */
  #reactToLetters(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#lettersChance;
    const [whim, soon] = [chance.fraction(), chance.between(MINUTE, 5 * DAY)];
    if (whim < 0.2) later(soon, () => void this.#acts.refuseLetters(mail, false));
    else if (whim < 0.3) later(soon, () => void this.#acts.refuseLetters(mail, true));
    else if (whim < 0.7 && mailKind(mail) === "letter") later(soon, () => this.#acts.reply(mail));
  }

  #react(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const kind = mailKind(mail);
    const chance = this.#chance;
    if (kind === "confirmation" && this.#nature.confirms)
      later(chance.between(MINUTE, 30 * HOUR), () => this.#acts.confirm(mail));
    if (kind === "notice") this.#reactToNotice(mail, later);
    if (asksToJoin(mail)) later(chance.between(MINUTE, 30 * HOUR), () => this.#acts.joinNewsletter(mail));
    if (kind === "lesson") this.#reactToLesson(mail, later);
    if (kind === "lesson" || kind === "welcome") this.#sayOfThemselves(mail, later);
    if (kind === "prompt" && chance.happens(0.15))
      later(chance.between(MINUTE, 2 * DAY), () => void this.#acts.removeAnswer(mail));
    if (kind === "completion") this.#reactToTheEnd(mail, later);
    if (kind === "completion" || kind === "letter") this.#reactToLetters(mail, later);
    if (kind === "prompt") this.#reactToPrompt(mail, later);
    if (kind === "issue") this.#reactToIssue(mail, later);
    if (isNewslettersWelcome(mail)) return this.#reactToNewslettersWelcome(mail, later);
    if (kind === "welcome" && chance.happens(0.1))
      later(chance.between(MINUTE, HOUR), () => this.#acts.wantFirstLesson());
    if (kind === "welcome" && this.#cohorts.happens(0.4))
      later(this.#cohorts.between(MINUTE, 9 * DAY), () => this.#acts.askForFirst(mail, this.#cohorts));
    if (kind === "welcome" && chance.happens(0.2))
      later(chance.between(MINUTE, HOUR), () => this.#acts.chooseHours());
    if (kind === "completion" && chance.happens(0.1))
      later(chance.between(DAY, 5 * DAY), () => this.#acts.comeBack());
    if (this.#nature.goesAway && chance.happens(0.15))
      later(3 * SECOND, () => this.#acts.replyAsMachine(mail));
  }

  /** Some change what they have said when they signed up. */
  #sayOfThemselves(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#saying;
    if (chance.happens(0.7)) later(chance.between(MINUTE, 30 * HOUR), () => void this.#acts.choose(mail));
    const isWhim = (often: number) => chance.fraction() / this.#restlessness < often;
    const soon = chance.between(MINUTE, 3 * DAY);
    if (isWhim(0.25)) later(soon, () => this.#acts.changeAnswers());
    if (isWhim(0.12)) later(soon + HOUR, () => this.#acts.chooseLanguage());
  }

  /** What a week brings: at most one of these. */
  #reactToLesson(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    if (chance.happens(this.#nature.replies))
      later(chance.between(MINUTE, 40 * HOUR), () => this.#acts.reply(mail));
    if (chance.happens(0.15)) later(chance.between(MINUTE, 30 * HOUR), () => void this.#acts.tellMove(mail));
    if (chance.happens(this.#nature.replies / 4))
      later(chance.between(MINUTE, 40 * HOUR), () => void this.#acts.answerOnPage(mail));
    const whim = chance.fraction() / this.#restlessness;
    const soon = chance.between(MINUTE, 2 * DAY);
    if (chance.happens(0.12)) return later(soon, () => this.#acts.ask(mail));
    if (whim < 0.02) later(soon, () => this.#acts.pause());
    else if (whim < 0.03) later(soon, () => this.#acts.chooseHours());
    else if (whim < 0.042) later(soon, () => void this.#acts.leaveCourse(mail));
    else if (whim < 0.05) later(soon, () => void this.#acts.leaveEverything(mail));
    else if (whim < 0.054) later(soon, () => this.#acts.askToStop(mail));
    else if (whim < 0.07) later(soon, () => this.#acts.chooseNewsletter());
    else if (whim < 0.08) later(soon, () => this.#acts.signUp("newsletter"));
    else if (whim < 0.095) later(soon, () => this.#acts.askToStop(mail));
    else if (whim < 0.105) later(soon, () => this.#acts.askForErasing());
    else if (whim < 0.12) later(soon, () => this.#acts.askForAddressChange());
    else if (whim < 0.15) later(soon, () => this.#writeFromElsewhere(mail, later));
  }

  /** It asks whether others may read what they wrote; some take back later that they may. */
  #reactToPrompt(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const voices = this.#voices;
    const kept = { ...mail };
    if (this.#startsAgain && voices.happens(0.4))
      later(voices.between(DAY, 3 * DAY), () => {
        if (this.isQuietlyIn()) this.#acts.startAgain();
      });
    if (!voices.happens(this.#nature.lets)) return;
    const after = voices.between(MINUTE, 12 * HOUR);
    later(after, () => void this.#acts.letOthersRead(kept));
    if (voices.happens(this.#nature.takesBack))
      later(after + voices.between(2 * HOUR, 6 * DAY), () => void this.#acts.takeBack(kept));
  }

  #writeFromElsewhere(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const look = () => later(QUIET + HOUR, () => this.checkUntouched("a word from elsewhere"));
    this.#acts.writeFromElsewhere(mail, look);
  }

  #reactToIssue(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    const whim = chance.fraction() / this.#restlessness;
    const soon = chance.between(10 * SECOND, HOUR);
    if (whim < 0.03) later(soon, () => void this.#acts.leaveNewsletter(mail));
    else if (whim < 0.04) later(soon, () => void this.#acts.leaveEverything(mail));
    else if (whim < 0.1) later(soon, () => this.#acts.reply(mail));
    else if (this.#comesFor === "newsletter") this.#reactAsNewslettersReader(mail, later);
  }

  #reactToNotice(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    const occasion = readOccasion(mail);
    if (occasion === "left" && chance.happens(0.7))
      later(chance.between(HOUR, 20 * DAY), () => this.#acts.answerFarewell(mail));
    if (occasion === "sender" && chance.happens(0.6))
      later(chance.between(MINUTE, 2 * DAY), () => this.#acts.sayThatItWasTheirs(mail));
    if (occasion === "personal")
      later(chance.between(MINUTE, 15 * MINUTE), () => this.#acts.useTheirData(mail));
  }

  /** It comes to another address than theirs: the one that they asked for, or the one before. */
  #reactToAddressMail(mail: SentMail) {
    const occasion = mail.tags.dispatch?.[0]?.split("_")[4]?.split("-")[0];
    const later = (most: number, what: () => void) =>
      this.#world.at(this.#world.now() + this.#chance.between(MINUTE, most), what);
    if (occasion === "new") later(12 * HOUR, () => this.#acts.confirmAddress(mail));
    if (occasion === "old" && this.#chance.happens(0.3))
      later(5 * DAY, () => this.#acts.takeAddressBack(mail));
  }

  #reactToNewslettersWelcome(mail: SentMail, later: (ms: number, what: () => void) => void) {
    void this.#acts.readWelcome(mail);
    this.#reactAsNewslettersReader(mail, later);
  }

  /** Who came for the newsletter alone: some take the course later, some have had enough, or change their minds about it. */
  #reactAsNewslettersReader(mail: SentMail, later: (ms: number, what: () => void) => void) {
    const chance = this.#chance;
    const whim = chance.fraction() / this.#restlessness;
    const soon = chance.between(HOUR, 2 * DAY);
    if (whim < 0.2) later(chance.between(DAY, 5 * DAY), () => this.#acts.signUp("course"));
    else if (whim < 0.25) later(soon, () => this.#acts.askToStop(mail));
    else if (whim < 0.3) later(soon, () => void this.#acts.leaveNewsletter(mail));
    else if (whim < 0.33) later(soon, () => void this.#acts.leaveEverything(mail));
    else if (whim < 0.45) later(soon, () => this.#acts.chooseNewsletter());
  }
}

const NO_MAIL = new Uint8Array();
/** What a notice is about. */
const readOccasion = (mail: SentMail): string | undefined => {
  const [, , , kind, slug] = mail.tags.dispatch?.[0]?.split("_") ?? [];
  return kind === "notice" ? slug?.split("-")[0] : undefined;
};
const asksToJoin = (mail: SentMail): boolean => readOccasion(mail) === "join";
const waitsForItsButton = (mail: SentMail): boolean =>
  ["join", "sender", "personal"].includes(readOccasion(mail) ?? "");
const isNewslettersWelcome = (mail: SentMail): boolean =>
  mailKind(mail) === "welcome" && mail.tags.dispatch?.[0]?.split("_")[1] === NEWSLETTER;
const mailKind = (mail: SentMail): string | undefined => mail.tags.dispatch?.[0]?.split("_")[3];

const FULL = {
  bounceType: "Transient",
  bounceSubType: "MailboxFull",
  action: "failed",
  status: "4.2.2",
  diagnosticCode: "smtp; 452 4.2.2 mailbox full",
} as const;
