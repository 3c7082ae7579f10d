import { STAGES } from "../../infra/stages.ts";
import { findHeader } from "../aws/mail-headers.ts";
import type { SentMail } from "../aws/ses-events.ts";
import { BranchesWatch, type SeenMail } from "./branches-watch.ts";
import type { CountedEvent, Counts, Violation } from "./counts.ts";
import { ago, Once, withoutPerson } from "./duplicates.ts";
import type { Edition, Editions } from "./editions.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { Mailings } from "./mailings.ts";
import { NEWSLETTER, Promises, type SimulatedReply } from "./model.ts";
import type { Observer } from "./observer.ts";
import { GRAVE_WORDS } from "./reply-requests.ts";
import { StrangersLimits } from "./strangers/limits.ts";
import type { Wishes } from "./timetable.ts";
import * as timetable from "./timetable.ts";
import type { Trace } from "./trace.ts";
import { firstAddress, VoicesWatch } from "./voices.ts";
import { OPEN, type Owed } from "./window.ts";

const OWNER = STAGES.local.ownerMailbox;
/** Of a mail of ours; or in its place, where the ledger has lost which. */
const OUR_MESSAGE_ID = /@(?:eu-west-1\.amazonses\.com|page\.invalid)>$/;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Two minutes of virtual time, whatever else is going on. */
const PATIENCE = 2 * MINUTE;
/** What THREATS.md says that no confirmation waits longer than because of a hold. */
const LONGEST_HELD = 48 * HOUR;
/** A claim lives for a minute: what was claimed before someone left may still leave within it. */
const CLAIM_LIFE = MINUTE;
/** An instance at work when a new edition is deployed ends its run with the old one. */
const OLD_EDITION_LIVES = 12 * MINUTE;

interface OracleOptions {
  now: () => number;
  editions: Editions;
  counts: Counts;
  trace: Trace;
  sight: Observer;
  mailboxes: Mailboxes;
  /** The most that two clocks may differ. */
  skew: number;
  rate: () => number;
}

type SeenTrouble = "bounces" | "complaints";

/** Someone who was promised something. */
export interface Watched {
  /** Their first one, whatever they change it to: `Mailboxes` knows where they get their mail. */
  address: string;
  name: string;
  /** Of the simulated readers. */
  number: number;
  promises: Promises;
}

/**
 * Holds every mail against what its reader was promised. It knows the people's acts and SES's answers; of the
 * product's own writings it reads only what excuses a fault needs: claims, ledger entries, and what is parked.
 */
export class Oracle {
  readonly #options: OracleOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #once: Once;
  /** To whom SES has rejected a mail since the owner last put any back. */
  readonly #parked = new Set<Watched>();
  readonly mailings = new Mailings(() => this.#promises());
  readonly strangers = new StrangersLimits();
  readonly voices: VoicesWatch;
  readonly #branches: BranchesWatch;
  /** When SES took each mail to a reader, and to whom only strangers named. */
  readonly #times: number[] = [];
  readonly #strangersTimes: number[] = [];
  /** When readers gave the account reason to stop, by other mails than confirmations. */
  readonly #troubles: Record<SeenTrouble, number[]> = { bounces: [], complaints: [] };
  readonly #editions: { from: number; edition: Edition }[];

  constructor(options: OracleOptions) {
    this.#options = options;
    this.#editions = [{ from: 0, edition: options.editions.before }];
    this.#once = new Once(options);
    const { counts, skew, mailboxes } = options;
    this.#branches = new BranchesWatch({
      breaks: (violation, address, how) => this.breaks(violation, address, how),
      counts: (event) => counts.count(event),
      originalOf: options.editions.originalOf,
    });
    this.voices = new VoicesWatch({
      breaks: (violation, address, how) => this.breaks(violation, address, how),
      shows: () => counts.count("voices-shown"),
      addressOf: (reader) => mailboxes.current(firstAddress(reader)),
      skew,
    });
  }

  watch(address: string, number: number, zone: string): Watched {
    const { begins, week } = this.edition().calendar;
    const wishes: Wishes = { ...begins, zone, week };
    const { originalOf } = this.#options.editions;
    const promises = new Promises(wishes, originalOf, () => this.edition());
    const watched = { address, name: `reader ${number}`, number, promises };
    this.#watched.set(address, watched);
    return watched;
  }

  edition(): Edition {
    return (this.#editions.at(-1) as { edition: Edition }).edition;
  }

  deployed(edition: Edition) {
    this.#editions.push({ from: this.#options.now(), edition });
    for (const { promises } of this.readers()) promises.isTaughtOtherwise(this.#options.now());
  }

  readers(): Iterable<Watched> {
    return this.#watched.values();
  }

  *#promises(): Iterable<Promises> {
    for (const { promises } of this.#watched.values()) yield promises;
  }

  // Mails -----------------------------------------------------------------------------------------------------

  /** SES has taken a mail. */
  sends(mail: SentMail) {
    const { now, counts, trace, mailboxes } = this.#options;
    const destination = mail.destinations[0] as string;
    const address = mailboxes.findReader(destination);
    const id = mail.tags.dispatch?.[0] ?? "";
    const reader = this.#watched.get(address);
    trace.tell(address, "mail", { dispatch: withoutPerson(id), messageId: mail.messageId.slice(-24) });
    counts.count("mails");
    if (this.strangers.isTyped(address) && !reader) return this.#sendsToStranger(id, mail);
    this.#times.push(mail.at);
    if (address === OWNER && !reader) return this.#tellsOwner(id, mail);
    if (!reader) return this.breaks("unaccounted", address, `a mail to somebody who never signed up: ${id}`);
    const [, , , kind = "", slug = ""] = id.split("_");
    this.#passPauses(reader, now());
    if (!this.#isFirst(this.#sameMail(reader, id), id, mail)) return;
    if (kind === "address") return this.#judgeAddressMail(reader, slug, destination);
    const objection = mailboxes.objection(address, destination, now());
    if (objection) this.breaks("to-another-address", address, `${kind}: ${objection}`);
    if (kind === "notice") return this.#judgeNotice(reader, slug, mail, id);
    this.#isWanted(reader, id, kind);
    this.#judge(reader, kind, slug, mail, id);
  }

  /** What asks at a new address, and what tells the one before: each to an address of its reader's, who has asked for a change. */
  #judgeAddressMail({ address, promises }: Watched, slug: string, destination: string) {
    this.#options.counts.count("told-of-address");
    if (!promises.addresses.has(destination))
      this.breaks("somebody-elses-word", address, `${slug} about a change that they did not ask for`);
    const isAsking = slug.startsWith("new-");
    if (isAsking && promises.account !== "in" && promises.closedAt + CLAIM_LIFE < this.#options.now())
      this.breaks("mailed-after-leaving", address, `${slug} after they left`);
  }

  /** Somebody typed the address: they are asked once whether it was them, within the limits, and get nothing else. */
  #sendsToStranger(id: string, mail: SentMail) {
    const address = mail.destinations[0] as string;
    this.#strangersTimes.push(mail.at);
    this.#options.counts.count("mailed-to-strangers");
    if (!this.#isFirst(id, id, mail)) return;
    const kind = id.split("_")[3];
    if (kind !== "confirmation") return this.breaks("somebody-elses-word", address, `${kind} to a stranger`);
    this.#isAbove(address, this.strangers.confirms(mail));
  }

  #isAbove(address: string, how: string | undefined) {
    if (how !== undefined) this.breaks("mailed-above-a-limit", address, how);
  }

  /** A reader's mail bounced for good, or they complained about it. */
  isTroubled(trouble: SeenTrouble) {
    this.#troubles[trouble].push(this.#options.now());
  }

  /** Whether readers gave reason to hold all mail: after a hold, a quarter of the usual number is enough. */
  mayHold(now: number): boolean {
    const { bounces, complaints } = this.#troubles;
    const since = now - 25 * HOUR;
    return countSince(complaints, since) >= 1 || countSince(bounces, since) >= 10;
  }

  /** A reader's question, or the day's digest, passed on to the owner: once, as everything. */
  #tellsOwner(id: string, mail: SentMail) {
    this.#options.counts.count("relayed");
    this.#isFirst(id, id, mail);
  }

  #isFirst(key: string, id: string, mail: SentMail): boolean {
    const twice = this.#once.meets(key, id, mail);
    if (typeof twice === "string") this.breaks("duplicated", mail.destinations[0] as string, twice);
    return twice === false;
  }

  /** The same lesson under its new name is the same mail. */
  #sameMail({ address }: Watched, id: string): string {
    const [, list, run, kind, slug = ""] = id.split("_");
    return [address, list, run, kind, this.#options.editions.originalOf(slug)].join(" ");
  }

  #isWanted(reader: Watched, id: string, kind: string) {
    const { now, sight } = this.#options;
    const { promises } = reader;
    const [, list = ""] = id.split("_");
    // What was said of letters is judged by itself.
    const isOfLetters = kind === "letter" && promises.account === "in" && promises.course === "completed";
    if (promises.isOpen(kind, list) || isOfLetters) return;
    const isOfNewsletter = kind === "issue" || list === NEWSLETTER;
    const { closedAt } = isOfNewsletter ? promises.newsletter : promises;
    const claimedAt = sight.claimTime(id);
    const isInTime = claimedAt !== undefined && claimedAt <= closedAt && now() <= closedAt + CLAIM_LIFE;
    const isAnswering = closedAt > now();
    if (isInTime || isAnswering) return;
    const state = isOfNewsletter ? "the newsletter is off" : `the course is ${promises.course}`;
    const how = `${kind}, ${state}, the account is ${promises.account}`;
    this.breaks(
      !isOfNewsletter && promises.course === "paused" && promises.account === "in"
        ? "early"
        : "mailed-after-leaving",
      reader.address,
      how,
    );
  }

  #judge(reader: Watched, kind: string, slug: string, mail: SentMail, id: string) {
    const { counts } = this.#options;
    this.#branches.judgeLanguage(reader, kind, id.split("_")[1] ?? "", this.#look(mail, id), this.edition());
    switch (kind) {
      case "lesson":
        counts.count("lessons");
        return this.#judgeLesson(reader, slug, this.#look(mail, id), id);
      case "prompt":
        counts.count("answers");
        this.voices.judge(mail, reader.number);
        return this.#judgePrompt(reader, mail, slug);
      case "look-back":
        counts.count("look-backs");
        return this.#judgeOwed(reader, `look-back ${slug}`, mail.at);
      case "issue":
        counts.count("issues");
        return this.#judgeIssue(reader, slug, mail.at);
      case "completion":
        counts.count("completed");
        this.#branches.judgeEnd(reader, mail.at, this.#livingEditions(mail.at, reader.promises.lastLessonAt));
        this.#judgeOwed(reader, "completion", mail.at);
        return this.#judgeEnd(reader, mail);
      case "letter":
        counts.count("letters");
        return this.#judgeLetter(reader, slug, mail);
      case "answer":
        return this.breaks("somebody-elses-word", reader.address, "an answer of the owner's, who wrote none");
      case "welcome":
        if (id.split("_")[1] === NEWSLETTER) return this.#judgeNewslettersWelcome(reader, mail.at);
        return this.#judgeOwed(reader, kind, mail.at);
      case "confirmation":
        return this.#judgeOwed(reader, kind, mail.at);
      default:
        return;
    }
  }

  /** It may announce letters, to who has written something and has not said that they want none. */
  #judgeEnd({ promises, address }: Watched, mail: SentMail) {
    const tells = readText(mail).includes("/no-letters/");
    if (tells) this.#options.counts.count("letters-announced");
    if (tells && !promises.hasWritten())
      this.breaks("unaccounted", address, "letters were announced to who wrote nothing");
    if (tells && promises.lettersEndedAt < mail.at - CLAIM_LIFE)
      this.breaks("letter-after-no", address, "letters were announced to who wants none");
    promises.isCompleted(mail.at, this.edition(), tells);
  }

  /** Only to who was told, never after they said no, and never with grave words. */
  #judgeLetter(reader: Watched, slug: string, mail: SentMail) {
    const { promises, address } = reader;
    const text = readText(mail).replace(/\s+/g, " ");
    if (GRAVE_WORDS.some((words) => text.includes(words)))
      this.breaks("letter-with-grave-news", address, slug);
    if (promises.lettersEndedAt < mail.at - CLAIM_LIFE) return this.breaks("letter-after-no", address, slug);
    const what = `letter ${slug}`;
    if (!promises.owed.has(what) && promises.lettersEndedAt === OPEN)
      return this.breaks("letter-to-the-untold", address, slug);
    this.#judgeOwed(reader, what, mail.at);
  }

  /** Editions that an instance at work may have had in a span. */
  #livingEditions(at: number, from = at): Edition[] {
    const since = Math.min(at, from) - OLD_EDITION_LIVES;
    return this.#editions
      .filter((_, place) => (this.#editions[place + 1]?.from ?? at) >= since)
      .map(({ edition }) => edition);
  }

  /** It was composed as its reader was when it was claimed: any change in between makes the claim fail. */
  #look(mail: SentMail, id: string): SeenMail {
    const { sight, skew } = this.#options;
    const claimedAt = Math.min(mail.at, sight.claimTime(id) ?? mail.at - CLAIM_LIFE);
    return { mail, from: claimedAt - skew, to: mail.at };
  }

  #judgeLesson(reader: Watched, slug: string, seen: SeenMail, id: string) {
    const { at } = seen.mail;
    const { promises } = reader;
    const { sight, editions } = this.#options;
    const name = editions.originalOf(slug);
    const living = this.#livingEditions(at, sight.claimTime(id));
    const edition = living.findLast((each) => promises.ahead(each, seen.from, seen.to).names.includes(name));
    if (!edition) this.#branches.judgeOther(reader, slug, seen, living);
    this.#judgeLater(reader, slug, at);
    this.#judgeOwed(reader, "lesson", at);
    promises.hasLesson(name, at, edition ?? this.edition(), living);
    if (edition) this.#branches.judgeLesson(reader, slug, seen, edition);
    this.#countTiming(reader, name, at);
  }

  /** Behind the end a lesson comes only to who has asked for it. */
  #judgeLater({ promises, address }: Watched, slug: string, at: number) {
    if (promises.course !== "completed") return;
    this.#options.counts.count("later-lessons");
    if (promises.wantsLaterSince === undefined && promises.closedAt < at - CLAIM_LIFE)
      this.breaks("later-to-who-did-not-ask", address, slug);
  }

  /** Lessons that came on a cohort's day, or waited by their author's word. */
  #countTiming({ promises }: Watched, name: string, at: number) {
    const { counts } = this.#options;
    const { starts, waits } = this.edition().calendar;
    const isFirst = promises.had.length === 1;
    if (
      isFirst &&
      starts.some(
        (date) =>
          at - timetable.onDate(date, promises.wishes) < HOUR &&
          at >= timetable.onDate(date, promises.wishes) - MINUTE,
      )
    )
      counts.count("began-with-cohort");
    if (waits[name] !== undefined) counts.count("lessons-that-waited");
  }

  #judgePrompt(reader: Watched, mail: SentMail, slug: string) {
    const { promises, address } = reader;
    const named = findHeader(mail.headers, "in-reply-to") ?? "";
    const answers = this.#findWritten(reader, named, slug) ?? named;
    const reply = promises.replies.find(({ messageId }) => messageId === answers);
    if (!reply)
      return this.breaks("unaccounted", address, `an answer to a mail that nobody wrote: ${answers}`);
    if (reply.asks === "grave") this.breaks("answered-grave-news", address, answers);
    else if (reply.asks) this.breaks("prompted-a-request", address, answers);
    else if (!reply.isHuman) this.breaks("answered-a-machine", address, answers);
    const before = promises.answers.get(answers) ?? 0;
    if (before > 0) this.breaks("second-answer", address, answers);
    promises.answers.set(answers, before + 1);
    const key = `prompt ${answers}`;
    // Answered before the course had said that it was done with the reply.
    if (!promises.owed.has(key)) {
      const earliest = reply.deliveredAt + 10 * MINUTE - this.#options.skew;
      if (mail.at < earliest) this.breaks("early", address, `answered ${ago(earliest - mail.at)} too early`);
      return;
    }
    this.#judgeOwed(reader, key, mail.at);
  }

  /** What was written on a lesson's page is no mail: the answer to it names the lesson's own. */
  #findWritten({ promises }: Watched, named: string, slug: string): string | undefined {
    if (!OUR_MESSAGE_ID.test(named)) return undefined;
    const lesson = this.#options.editions.originalOf(slug);
    const isMeant = (reply: SimulatedReply) => reply.isFromPage === true && reply.lesson === lesson;
    return promises.replies.find((reply) => isMeant(reply) && reply.run === promises.run)?.messageId;
  }

  /** What answers a request: once, in its thread, and never after grave news. Who has left is told so once. */
  #judgeNotice(reader: Watched, slug: string, mail: SentMail, id: string) {
    const { promises, address } = reader;
    const answers = findHeader(mail.headers, "in-reply-to");
    // A link that was asked for on a page answers no mail.
    if (answers === undefined) {
      this.#isAbove(address, this.strangers.notifies(address, slug, mail.at));
      return this.#isWanted(reader, id, "notice");
    }
    if (this.strangers.isTheirs(answers)) return this.#judgeQuestion(reader, slug, id);
    const reply = promises.replies.find(({ messageId }) => messageId === answers);
    if (reply?.asks === "elsewhere") return this.#judgeQuestion(reader, slug, id);
    const isFarewell = slug.startsWith("left-");
    if (!reply?.asks || isFarewell !== (reply.asks === "leaving"))
      return this.breaks("unaccounted", address, `${slug} answers what nobody asked: ${answers}`);
    if (!isFarewell) this.#isWanted(reader, id, "notice");
    if (reply.asks === "grave") this.breaks("answered-grave-news", address, answers);
    if (promises.answers.has(answers)) this.breaks("second-answer", address, answers);
    promises.answers.set(answers, 1);
    this.#options.counts.count("told");
    if (promises.owed.has(`notice ${answers}`)) this.#judgeOwed(reader, `notice ${answers}`, mail.at);
  }

  /** To what came in their name they are asked whether it was theirs; no more comes of it. */
  #judgeQuestion(reader: Watched, slug: string, id: string) {
    this.#isWanted(reader, id, "notice");
    const { now } = this.#options;
    if (!/^(sender|confirm)-/.test(slug))
      return this.breaks("somebody-elses-word", reader.address, `${slug} tells what somebody else asked for`);
    this.#isAbove(reader.address, this.strangers.notifies(reader.address, slug, now()));
  }

  #judgeIssue(reader: Watched, slug: string, at: number) {
    const { newsletter } = reader.promises;
    const isAbovePortion = this.mailings.hasLeft(slug, at, this.#options.skew);
    if (isAbovePortion) this.breaks("sent-above-portion", reader.address, isAbovePortion);
    const objection = this.mailings.objection(slug, at, CLAIM_LIFE + this.#options.skew);
    if (objection) this.breaks("mailed-after-leaving", reader.address, `${slug}: ${objection}`);
    // Who asks for the newsletter while the audience is gathered may be in it or not.
    if (this.mailings.isGathering(slug) && !newsletter.owed.has(slug)) return;
    const owed = newsletter.owed.get(slug);
    newsletter.owed.delete(slug);
    this.#judgeDebt(reader, slug, at, owed && this.mailings.heldBack(slug, owed), newsletter.closedAt);
  }

  #judgeNewslettersWelcome(reader: Watched, at: number) {
    const { newsletter } = reader.promises;
    const owed = newsletter.welcome;
    newsletter.welcome = undefined;
    this.#options.counts.count("welcomed-to-newsletter");
    this.#judgeDebt(reader, "the newsletter's welcome", at, owed, newsletter.closedAt);
  }

  /** Where the newsletter's welcome leads: to the latest issue that everybody may read, or to none. */
  judgeLatestIssue({ address }: Watched, slug: string | undefined, at: number) {
    const objection = this.mailings.objectionAsLatest(slug, at);
    if (objection) this.breaks("welcomed-elsewhere", address, objection);
  }

  #judgeOwed(reader: Watched, what: string, at: number) {
    const { owed: debts, closedAt } = reader.promises;
    const owed = debts.get(what);
    debts.delete(what);
    this.#judgeDebt(reader, what, at, owed, closedAt);
  }

  #judgeDebt(reader: Watched, what: string, at: number, owed: Owed | undefined, closedAt: number) {
    const { promises, address } = reader;
    if (!owed)
      return closedAt >= at - CLAIM_LIFE
        ? undefined
        : this.breaks("unaccounted", address, `${what}: nobody was owed it now`);
    if (at < owed.from - this.#options.skew)
      this.breaks("early", address, `${what}: ${ago(owed.from - at)} before ${iso(owed.from)}`);
    const late = at - this.#latest(reader, what, owed, at);
    if (late <= 0 || promises.isHeld) return;
    const violation = this.#isByStrangers(what, owed.by, at, late) ? "late-by-strangers" : "late";
    this.breaks(
      this.#isHeldTooLong(what, owed.by, at) ? "held-too-long" : violation,
      address,
      `${what}: due ${iso(owed.by)}, ${ago(late)} beyond all that excuses it`,
    );
  }

  #isHeldTooLong(what: string, by: number, now: number): boolean {
    return what === "confirmation" && this.#options.sight.hasMetHold(by, now);
  }

  /** The latest moment for what is due: behind the mails that left meanwhile, and the waits that faults called for. */
  #latest({ address, promises }: Watched, what: string, owed: Owed, now: number): number {
    const { sight, rate } = this.#options;
    const by = Math.max(owed.by, promises.putBackAt);
    const ahead = countSince(this.#times, by);
    const held = what === "confirmation" && sight.hasMetHold(by, now) ? LONGEST_HELD : 0;
    return by + (ahead / rate()) * SECOND + PATIENCE + sight.excuse(address, by, now) + held;
  }

  /**
   * Without what strangers brought about, it would have come in time: a hold that is theirs, or their own mails. A hold
   * excuses confirmations already.
   */
  #isByStrangers(what: string, by: number, now: number, late: number): boolean {
    const { sight, rate } = this.#options;
    const ahead = countSince(this.#strangersTimes, by);
    const held = what === "confirmation" ? 0 : sight.confirmationsHeld(by, now);
    return late <= held + (ahead / rate()) * SECOND;
  }

  // What did not happen ---------------------------------------------------------------------------------------

  /** Looks for mails that are owed and have not come. */
  sweep(now: number) {
    for (const reader of this.#watched.values()) {
      this.#passPauses(reader, now);
      const { promises } = reader;
      if (promises.isHeld) continue;
      for (const [what, owed] of promises.owed) {
        const kind = what.split(" ")[0] as string;
        if (!promises.isOpen(kind) || !this.#isOverdue(reader, what, owed, now)) continue;
        promises.owed.delete(what);
        if (kind === "lesson") promises.isHeld = true;
        this.#loses(reader, what, owed);
      }
      const { welcome } = promises.newsletter;
      if (welcome && this.#isOverdue(reader, "welcome", welcome, now)) {
        promises.newsletter.welcome = undefined;
        this.#loses(reader, "the newsletter's welcome", welcome);
      }
      for (const [slug, owed] of promises.newsletter.owed) {
        const held = this.mailings.heldBack(slug, owed);
        if (!promises.isOpen("issue") || !this.#isOverdue(reader, "issue", held, now)) continue;
        promises.newsletter.owed.delete(slug);
        this.#loses(reader, `issue ${slug}`, owed);
      }
    }
  }

  #isOverdue(reader: Watched, what: string, owed: Owed, now: number): boolean {
    return now > this.#latest(reader, what, owed, now) + 10 * MINUTE;
  }

  #loses(reader: Watched, what: string, owed: Owed) {
    const { address } = reader;
    const { by } = owed;
    const now = this.#options.now();
    const late = now - this.#latest(reader, what, owed, now);
    const isHeld = what !== "confirmation" && this.#isByStrangers(what, by, now, late);
    const violation = what.startsWith("notice ") ? "request-not-told" : "lost";
    const isLate = isHeld ? "late-by-strangers" : violation;
    this.breaks(
      this.#isHeldTooLong(what, by, now) ? "held-too-long" : isLate,
      address,
      `${what}: due ${iso(by)}, and it has not come`,
    );
  }

  /** A dispatch was set aside. It needs two injected doubts, or a rejection. */
  parks(address: string, id: string) {
    const { sight } = this.#options;
    const reader = this.#watched.get(address);
    if (!reader || reader.promises.isHeld) return;
    const why: CountedEvent | undefined = sight.wasRejected(id)
      ? "parked-by-rejection"
      : sight.countDoubts(address) >= 2
        ? "parked-by-two-doubts"
        : undefined;
    reader.promises.isHeld = true;
    if (why === "parked-by-rejection") this.#parked.add(reader);
    if (why) this.#options.counts.count(why);
    else this.breaks("lost", address, `${withoutPerson(id)} was parked, and no fault was injected twice`);
  }

  hasParked(): boolean {
    return this.#parked.size > 0;
  }

  /**
   * The owner puts back what was parked: told at the beginning (`at` open) and at the end. What SES rejected is due
   * again; what was in doubt twice is not judged.
   */
  putsBack(at: number) {
    for (const { promises } of this.#parked) promises.isPutBack(at);
    if (at !== OPEN) this.#parked.clear();
  }

  #passPauses({ promises, address }: Watched, now: number) {
    const until = promises.resumesAt?.from;
    if (until === undefined) return;
    promises.passes(now, PATIENCE + this.#options.sight.excuse(address, until, now));
  }

  /** A promise was broken. */
  breaks(violation: Violation, address: string, how: string) {
    this.#options.counts.violations[violation]++;
    this.#options.trace.breaks(violation, address, how);
  }
}

/** Both parts, without the ends of lines that quoted-printable makes. */
const readText = ({ raw }: SentMail): string =>
  Buffer.from(raw)
    .toString("utf8")
    .replace(/=\r?\n/g, "");

/** How many of ascending times are not before `since`. */
function countSince(times: number[], since: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < since) low = middle + 1;
    else high = middle;
  }
  return times.length - low;
}

const iso = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString() : "an open request");
