import { judge, type Known } from "./authors-branches.ts";
import type { AuthorsCalendar } from "./authors-calendar.ts";
import type { EditedLesson, Edition } from "./editions.ts";
import { type Said, Sayings } from "./said.ts";
import { Subscription } from "./subscription.ts";
import type { Wishes } from "./timetable.ts";
import * as timetable from "./timetable.ts";
import { OPEN, type Owed, type TimeSpan } from "./window.ts";

export interface SimulatedReply {
  messageId: string;
  /** Of the lesson, as at the beginning of the course. */
  lesson: string;
  run: number;
  deliveredAt: number;
  length: number;
  isHuman: boolean;
  /** It was written on the lesson's page: its answer is in the thread of the lesson's own mail. */
  isFromPage?: true;
  /** It asks for something, or tells what no machine may answer. */
  asks?: "request" | "leaving" | "grave" | "elsewhere";
  processedAt?: number;
}

const MINUTE = 60_000;
/** The newsletter among the lists, which are courses but for it. */
export const NEWSLETTER = "newsletter";
const PROMPT_DELAY = 10 * MINUTE;
/** What was sent is written down so soon, and what comes next is planned then. */
const PLANNED_WITHIN = 20 * MINUTE;
/** A week, the days on which no lessons come, and the way to the reader's hour. */
const LOOKED_WITHIN = 11 * 24 * 60 * MINUTE;
/** Longer ago than this is another day on any clock. */
const ABOUT_A_DAY = 26 * 60 * MINUTE;

/** Whether a lesson comes: where an answer is on its way, or more than answers counts, it may or may not. */
type Outlook = "goes-on" | "ends" | "either";

/** The lessons that may come next, in their order; only after the last of them may the course be at its end instead. */
interface Ahead {
  names: string[];
  mayEnd: boolean;
}

/**
 * What one reader was promised and what they got, told from outside: by what the person did, and by the mails that
 * SES took for them. It shares nothing with the code that it measures.
 */
export class Promises {
  wishes: Wishes;
  account: "stranger" | "asked" | "in" | "stopped" = "stranger";
  course: "none" | "active" | "paused" | "left" | "completed" = "none";
  run = 0;
  /** Lessons of this run by their names at the beginning, in the order in which they came. */
  had: string[] = [];
  lastLessonAt: number | undefined;
  /** What is settled of the lesson that comes next: each way that it may be, where two deploys or days meet. */
  #settled: timetable.Settled[] = [{}];
  readonly owed = new Map<string, Owed>();
  /** What they have said of themselves: answers, by their questions, and their language. */
  readonly said = new Sayings();
  readonly replies: SimulatedReply[] = [];
  /** Answers by the reply that they answer. */
  readonly answers = new Map<string, number>();
  resumesAt: TimeSpan | undefined;
  /** When leaving, stopping or pausing was last answered: what was claimed before may still come. */
  closedAt = 0;
  /** A dispatch was set aside for the owner: nothing of the course is owed until they look at it. */
  isHeld = false;
  /** When the owner last put back what was set aside: nothing is late before. */
  putBackAt = 0;
  struckDays = new Set<string>();
  readonly newsletter = new Subscription();
  /** Strangers write on their page, which takes no more of anybody for a day: until when. */
  pageIsFullUntil = 0;
  /** When it was answered that they want no letters, or they left with the course complete. */
  lettersEndedAt = OPEN;
  /** They want the lessons that the course gets after its end: since they began to ask for it. */
  wantsLaterSince: number | undefined;
  /** When they last chose hours or a zone. */
  chosenAt = 0;
  /** What was owed when they left: it comes when they take that back. */
  #leftWith = new Map<string, Owed>();
  #isComingBack = false;
  /** They press the button of their confirmation. */
  #isBeginning = false;
  /** Answers that they have removed: each had its lesson's one prompt, or was none. */
  readonly #removed: SimulatedReply[] = [];
  /** When the course was last begun, paused, resumed, left or ended. */
  #changedAt = 0;
  readonly #originalOf: (slug: string) => string;
  /** What they have said became of moves, ever: the lesson by its first name, and what. */
  readonly moves = new Set<string>();
  /** Between which they have asked to be changed. */
  readonly addresses = new Set<string>();
  readonly #edition: () => Edition;

  constructor(wishes: Wishes, originalOf: (slug: string) => string, edition: () => Edition) {
    this.wishes = wishes;
    this.#originalOf = originalOf;
    this.#edition = edition;
  }

  // What the person does. Each is told when it begins (`to` open) and again when it was answered.

  asks(span: TimeSpan): void {
    if (this.account !== "in") this.account = "asked";
    // It may come before the answer does.
    if (span.to !== OPEN && !this.owed.has("confirmation")) return;
    this.#owe("confirmation", span);
  }

  confirms(span: TimeSpan): void {
    this.account = "in";
    this.owed.delete("confirmation");
    this.#awaitsStart(span);
    this.begins(span);
  }

  /** Lesson 1 of this run comes on a day that the course begins on. */
  waitsForStart(): boolean {
    return this.had.length === 0 && this.#settled.some(({ start }) => start !== undefined);
  }

  /** Who confirms as a cohort's first lesson leaves may be of that one, or of the next. */
  #awaitsStart({ from, to }: TimeSpan): void {
    const isIn = this.course === "active" || this.course === "paused";
    const goesOn = this.course === "left" && this.had.length > 0;
    if (goesOn || (isIn && !(this.#isBeginning && this.had.length === 0))) return;
    this.#isBeginning = to === OPEN;
    const moments = to === OPEN ? [from] : [from, to];
    const { starts } = this.#calendar();
    const found = moments.map((moment) => timetable.startFor(starts, this.wishes, moment));
    this.#settled = [...new Set(found)].map((start) => ({ start }));
  }

  /** The button of a confirmation that asked about the newsletter alone. */
  confirmsNewsletter(span: TimeSpan): void {
    this.account = "in";
    this.owed.delete("confirmation");
    this.newsletter.joinsAlone(span);
  }

  /** The course begins, goes on where it was left, or begins anew. */
  begins({ from, to }: TimeSpan): void {
    this.#changedAt = to;
    if (this.course === "active" || this.course === "paused") {
      const lesson = this.owed.get("lesson");
      const welcome = this.owed.get("welcome");
      if (welcome?.by === OPEN) welcome.by = to;
      if (lesson?.by === OPEN && to !== OPEN) {
        lesson.from = Math.min(lesson.from, ...this.#lessonTimes(to));
        lesson.by = Math.max(...this.#lessonTimes(to));
      }
      return;
    }
    const goesOn = this.course === "left" && this.had.length > 0;
    this.course = "active";
    if (!goesOn) this.#newRun({ from, to });
    this.#oweLesson({ from, to });
  }

  /** Once more from lesson 1, in the midst of a run: nothing is owed of that any more. */
  startsAgain(span: TimeSpan): void {
    if (span.to === OPEN) this.course = "completed";
    this.begins(span);
  }

  pauses(span: TimeSpan, weeks: number): void {
    if (this.course !== "active" && this.course !== "paused") return;
    this.course = "paused";
    this.#changedAt = span.to;
    this.closedAt = span.to;
    const later = weeks * 7 * 24 * 60 * MINUTE;
    this.resumesAt = weeks > 0 ? { from: span.from + later, to: span.to + later } : undefined;
  }

  resumes(span: TimeSpan): void {
    if (this.course !== "paused" && !(this.course === "active" && this.owed.get("lesson")?.by === OPEN))
      return;
    this.course = "active";
    this.#changedAt = span.to;
    this.resumesAt = undefined;
    if (this.owed.has("lesson")) this.#oweLesson(span);
    // What fell due in the pause, and is no lesson, comes as soon as it is over.
    for (const [what, owed] of this.owed) if (what !== "lesson") owed.by = Math.max(owed.by, span.to);
  }

  /** A pause with an end is over, some time after it, without a sign. `slack`: how long that may take. */
  passes(now: number, slack: number): void {
    if (this.course !== "paused" || !this.resumesAt || now < this.resumesAt.from) return;
    this.resumes({ from: this.resumesAt.from, to: this.resumesAt.to + slack });
  }

  chooses(span: TimeSpan, wishes: Wishes): void {
    this.wishes = wishes;
    this.chosenAt = span.to;
    if (this.owed.has("lesson")) this.#oweLesson(span);
  }

  wantsFirstNow({ from, to }: TimeSpan): void {
    const lesson = this.owed.get("lesson");
    if (this.course !== "active" || this.had.length > 0 || !lesson || this.waitsForStart()) return;
    lesson.from = Math.min(lesson.from, from);
    if (to !== OPEN) lesson.by = Math.min(lesson.by, to);
  }

  leaves(at: number): void {
    if (this.course === "active" || this.course === "paused") this.course = "left";
    if (this.course === "completed") this.lettersEndedAt = Math.min(this.lettersEndedAt, at);
    this.wantsLaterSince = undefined;
    this.#changedAt = at;
    this.closedAt = at;
    this.#leftWith = new Map(this.owed);
    for (const what of this.owed.keys()) if (what !== "confirmation") this.owed.delete(what);
    this.resumesAt = undefined;
  }

  /** They take back that they left: all is as it was, and what became due meanwhile is sent. */
  comesBack(span: TimeSpan): void {
    if (this.course !== "left" && !this.#isComingBack) return;
    this.#isComingBack = span.to === OPEN;
    this.course = "active";
    this.#changedAt = span.to;
    for (const [what, owed] of this.#leftWith)
      if (what !== "lesson" && what !== "completion") this.owed.set(what, { ...owed, by: OPEN });
    // The completion that stood stays, whatever was added since.
    if (this.#leftWith.has("completion")) this.#oweCompletion(span);
    else this.#oweLesson(span);
    for (const what of ["lesson", "completion"]) {
      const owed = this.owed.get(what);
      if (owed) owed.from = Math.min(owed.from, this.#leftWith.get(what)?.from ?? OPEN, span.from);
    }
  }

  /** By a word: the next lesson now, or tomorrow where one came today. */
  wantsNextNow({ from, to }: TimeSpan): void {
    const lesson = this.owed.get("lesson");
    if (this.course !== "active" || !lesson || this.waitsForStart()) return;
    lesson.from = Math.min(lesson.from, from);
    const isToday = this.lastLessonAt !== undefined && to - this.lastLessonAt < ABOUT_A_DAY;
    if (to !== OPEN && !isToday) lesson.by = Math.min(lesson.by, to);
  }

  stops(at: number): void {
    this.leaves(at);
    this.account = "stopped";
    this.owed.clear();
    this.newsletter.leaves(at);
  }

  /** They answer questions, or take answers back: told when they begin to (`to` open), and again when it was answered. */
  isSaid(answers: Readonly<Record<string, Said>>, span: TimeSpan): void {
    for (const [question, answer] of Object.entries(answers)) this.said.says(question, answer, span);
    this.#isKnownOtherwise(span);
  }

  /** What is planned keeps its day; whether a lesson comes at all may be otherwise now. */
  #isKnownOtherwise({ from, to }: TimeSpan): void {
    const edition = this.#edition();
    if (edition.lessons.every(({ when }) => when === undefined)) return;
    const outlook = this.#outlook(edition, from, to);
    const [lesson, completion] = [this.owed.get("lesson"), this.owed.get("completion")];
    if (this.lastLessonAt !== undefined && from - this.lastLessonAt < PLANNED_WITHIN)
      this.#settled = [...this.#settled, ...this.#waitsAhead(edition, from, to)];
    if (lesson && outlook !== "goes-on") this.#mayEndInstead(lesson);
    if (completion && outlook !== "ends") {
      completion.by = OPEN;
      this.owed.set("lesson", { from, by: OPEN });
    }
    this.#oweLater({ from, to });
  }

  #mayEndInstead(lesson: Owed): void {
    lesson.by = OPEN;
    if (this.lastLessonAt === undefined || this.course === "completed") return;
    this.owed.set("completion", { from: timetable.completion(this.wishes, this.lastLessonAt), by: OPEN });
  }

  /** The course has stood as it is since then, and no pause is about to end. */
  isSettledSince(moment: number): boolean {
    return this.#changedAt < moment && this.resumesAt === undefined;
  }

  /** The course has kept a reply, somewhere in the span. */
  isHeard(reply: SimulatedReply, span: TimeSpan): void {
    reply.processedAt ??= span.to;
    // What was answered was kept, also by a function that was cut off before it said so.
    const isKept = ({ processedAt, messageId }: SimulatedReply) =>
      processedAt !== undefined || this.answers.has(messageId);
    const isFirst = ![...this.replies, ...this.#removed].some(
      (other) => other !== reply && isKept(other) && isSameLesson(other, reply) && other.isHuman,
    );
    const isHere = this.account === "in" && ["active", "paused", "completed"].includes(this.course);
    if (!reply.isHuman || !isFirst || !isHere || reply.run !== this.run) return;
    if (this.answers.has(reply.messageId) || !this.#hasLesson(reply.lesson)) return;
    this.#owe(
      `prompt ${reply.messageId}`,
      {
        from: reply.deliveredAt + PROMPT_DELAY,
        to: span.to + PROMPT_DELAY,
      },
      reply.lesson,
    );
  }

  /** They have removed an answer: it is neither answered nor quoted, as far as that has not left. */
  removes(reply: SimulatedReply): void {
    this.owed.delete(`prompt ${reply.messageId}`);
    this.replies.splice(this.replies.indexOf(reply), 1);
    this.#removed.push(reply);
    // Another answer of theirs may be quoted in its place, or none.
    for (const [what, owed] of this.owed)
      if (owed.about === reply.lesson || what.startsWith("letter "))
        this.owed.set(what, { ...owed, from: 0, by: OPEN });
  }

  /** A request was heard: one mail tells what was done. */
  isAsked(reply: SimulatedReply, span: TimeSpan): void {
    if (this.answers.has(reply.messageId) || !this.isOpen("notice")) return;
    this.#owe(`notice ${reply.messageId}`, { from: reply.deliveredAt, to: span.to });
  }

  /** What was set aside, and what waited behind it, is due; or may come, while the owner is at it (`at` open). */
  isPutBack(at: number): void {
    this.isHeld = false;
    this.putBackAt = at;
  }

  /** A deploy has removed lessons: what asks about them is not owed any more. */
  isTaughtOtherwise(at: number) {
    for (const [what, { about }] of this.owed)
      if (about !== undefined && !this.#hasLesson(about)) this.owed.delete(what);
    this.#isAtItsEnd(at);
    this.#oweLater({ from: at, to: at });
  }

  /** Lessons that are added after the end: told when they begin to ask (`to` open), and again when it was answered. */
  wantsLater(span: TimeSpan): void {
    if (this.course !== "completed") return;
    this.wantsLaterSince ??= span.from;
    this.#oweLater(span);
  }

  /** Once a week it is looked whether there is one. */
  #oweLater({ from, to }: TimeSpan): void {
    const isOn = this.course === "completed" && this.wantsLaterSince !== undefined;
    const outlook = isOn ? this.#outlook(this.#edition(), from, to) : "ends";
    if (outlook === "ends") return;
    this.#owe("lesson", { from, to: outlook === "either" ? OPEN : to + LOOKED_WITHIN });
  }

  /** The lesson that they wait for was the last, and is gone: when it would have come, the completion is planned. */
  #isAtItsEnd(at: number) {
    const lesson = this.owed.get("lesson");
    const isOver = this.lastLessonAt !== undefined && this.#outlook(this.#edition(), at) === "ends";
    if (!lesson || !isOver || this.lastLessonAt === undefined) return;
    const due = timetable.completion(this.wishes, this.lastLessonAt);
    this.owed.set("completion", { from: Math.max(due, lesson.from), by: Math.max(due, lesson.by) });
    // An instance that is still at work with the edition before may send it.
    lesson.by = OPEN;
  }

  #hasLesson(name: string): boolean {
    return this.#edition().lessons.some(({ slug }) => this.#originalOf(slug) === name);
  }

  // What SES took for them.

  /** What is known of them in a span. */
  knownBetween({ branches }: Edition, from: number, to = from): Known {
    const answers = branches.questions.map(({ slug }) => [slug, this.said.between(slug, from, to)] as const);
    return { answers: Object.fromEntries(answers), isAgain: this.run > 1 };
  }

  /** Behind the latest that they had, what they have not had. */
  lessonsBehind({ lessons }: Edition): EditedLesson[] {
    const names = lessons.map(({ slug }) => this.#originalOf(slug));
    const latest = this.had.findLast((name) => names.includes(name));
    const from = latest === undefined ? 0 : names.indexOf(latest) + 1;
    return lessons.slice(from).filter(({ slug }) => !this.had.includes(this.#originalOf(slug)));
  }

  /** The lessons that may come next by this edition: the first behind that is theirs, and before it each that may be. */
  ahead(edition: Edition, from: number, to = from): Ahead {
    const known = this.knownBetween(edition, from, to);
    const names: string[] = [];
    for (const { slug, when } of this.lessonsBehind(edition)) {
      const verdict = judge(when, known);
      if (verdict !== "no") names.push(this.#originalOf(slug));
      if (verdict === "yes") return { names, mayEnd: false };
    }
    return { names, mayEnd: true };
  }

  #outlook(edition: Edition, from: number, to = from): Outlook {
    const { names, mayEnd } = this.ahead(edition, from, to);
    if (names.length === 0) return "ends";
    return mayEnd ? "either" : "goes-on";
  }

  /** @param living the editions that may have planned the next one, if a deploy is young */
  hasLesson(name: string, at: number, edition: Edition, living: readonly Edition[]): void {
    this.had.push(name);
    this.lastLessonAt = at;
    this.owed.delete("lesson");
    this.owed.delete("completion");
    this.#oweLookBack(this.#hasPartEnded(name, edition), at, edition);
    const outlook = this.#outlook(edition, at);
    const isOver = this.course === "completed" && outlook === "ends";
    if (isOver || !["active", "paused", "completed"].includes(this.course)) return;
    if (outlook === "either" || living.some((one) => this.#outlook(one, at) !== outlook)) {
      this.#mayBeAtTheEnd(at);
    } else if (outlook === "goes-on") {
      this.#settled = [edition, ...living].flatMap((one) => this.#waitsAhead(one, at));
      const dues = this.#settled.map(({ after }) => timetable.followingLesson(this.wishes, at, after));
      this.owed.set("lesson", { from: Math.min(...dues), by: Math.max(...dues) });
    } else {
      this.#settled = [{}];
      this.owed.set("completion", this.#completionBehind(edition, at));
    }
  }

  /** A week after the last; where lessons are ahead that are for others, not before one could have come. */
  #completionBehind(edition: Edition, at: number): Owed {
    const due = timetable.completion(this.wishes, at);
    const hasOthers = this.lessonsBehind(edition).length > 0;
    return { from: due, by: hasOthers ? Math.max(due, timetable.followingLesson(this.wishes, at)) : due };
  }

  #waitsAhead(edition: Edition, from: number, to = from): timetable.Settled[] {
    return this.ahead(edition, from, to).names.map((name) => ({ after: this.#waitOf(name, edition) }));
  }

  /** By one of two editions the course is over, by the other it goes on: which of them plans is not known. */
  #mayBeAtTheEnd(at: number) {
    this.owed.set("lesson", { from: at, by: OPEN });
    if (this.course !== "completed") this.owed.set("completion", { from: at, by: OPEN });
  }

  /** @param tellsOfLetters whether the mail announced those of the course */
  isCompleted(at: number, edition: Edition, tellsOfLetters: boolean): void {
    this.owed.delete("completion");
    this.owed.delete("lesson");
    this.#changedAt = at;
    if (this.course !== "left") this.course = "completed";
    this.#oweLookBack(edition.lessons.findLast((lesson) => this.#isOwn(lesson))?.part, at, edition);
    this.#oweLater({ from: at, to: at });
    for (const { slug, days } of tellsOfLetters ? edition.letters : []) {
      const due = timetable.letter(this.wishes, at, days);
      this.owed.set(`letter ${slug}`, { from: due, by: due });
    }
  }

  /** They want none: told when it begins (`to` open), and again when it was answered. */
  refusesLetters({ to }: TimeSpan): void {
    for (const [what, owed] of this.owed)
      if (what.startsWith("letter ")) {
        if (to === OPEN) owed.by = OPEN;
        else this.owed.delete(what);
      }
    if (to !== OPEN) this.lettersEndedAt = Math.min(this.lettersEndedAt, to);
  }

  /** They wrote something in this run that can be quoted. */
  hasWritten(): boolean {
    return this.replies.some((reply) => reply.isHuman && reply.run === this.run);
  }

  /** May something of this kind come at all, as things stand? `list`: a course, the newsletter, or the account. */
  isOpen(kind: string, list = ""): boolean {
    if (kind === "issue") return this.account === "in" && this.newsletter.isOn;
    if (kind === "welcome" && list === NEWSLETTER) return this.account === "in" && this.newsletter.isOn;
    if (kind === "confirmation") return this.account !== "stopped";
    if (this.account !== "in") return false;
    if (kind === "notice" && list === "account") return true;
    if (kind === "prompt" || kind === "notice")
      return ["active", "paused", "completed"].includes(this.course);
    if (kind === "welcome") return this.course === "active" || this.course === "paused";
    if (kind === "letter") return this.course === "completed" && this.lettersEndedAt === OPEN;
    // Who did not ask for one is judged apart.
    if (kind === "lesson" && this.course === "completed") return true;
    if (kind === "look-back") return this.course === "active" || this.course === "completed";
    return this.course === "active";
  }

  #newRun(span: TimeSpan): void {
    this.run++;
    this.had = [];
    this.lastLessonAt = undefined;
    this.owed.clear();
    this.#owe("welcome", span);
  }

  #oweLesson({ from, to }: TimeSpan): void {
    const due = (moment: number) => (moment === OPEN ? OPEN : Math.max(...this.#lessonTimes(moment)));
    const soonest = (moment: number) => Math.min(...this.#lessonTimes(moment));
    const outlook = this.#outlook(this.#edition(), from, to);
    if (this.lastLessonAt !== undefined && outlook === "ends") {
      this.#oweCompletion({ from, to });
      return;
    }
    const stood = this.owed.get("lesson");
    const earliest = stood && to === OPEN ? Math.min(stood.from, soonest(from)) : soonest(from);
    const lesson = { from: earliest, by: due(to) };
    this.owed.set("lesson", lesson);
    if (outlook !== "goes-on") this.#mayEndInstead(lesson);
  }

  #oweCompletion({ to }: TimeSpan): void {
    if (this.lastLessonAt === undefined) return;
    const planned = timetable.completion(this.wishes, this.lastLessonAt);
    const by = to === OPEN ? OPEN : Math.max(...this.#lessonTimes(to));
    this.owed.set("completion", { from: planned, by: Math.max(planned, by) });
  }

  /** When the next lesson comes, for someone who changes something at a moment. */
  #lessonTimes(moment: number): number[] {
    return this.#settled.map((settled) =>
      timetable.nextLessonTime(this.wishes, this.lastLessonAt, moment, settled),
    );
  }

  #waitOf(name: string | undefined, { lessons, calendar }: Edition): number | undefined {
    const lesson = lessons.find(({ slug }) => this.#originalOf(slug) === name);
    return lesson && calendar.waits[lesson.slug];
  }

  #calendar(): AuthorsCalendar {
    return this.#edition().calendar;
  }

  #owe(what: string, { from, to }: TimeSpan, about?: string): void {
    const stood = this.owed.get(what);
    this.owed.set(what, { from: Math.min(from, stood?.from ?? OPEN), by: to, ...(about && { about }) });
  }

  /** By the lesson before it, of those for everybody and those that they had. */
  #hasPartEnded(name: string, { lessons }: Edition): string | undefined {
    const place = lessons.findIndex(({ slug }) => this.#originalOf(slug) === name);
    const before = lessons.slice(0, Math.max(place, 0)).findLast((one) => this.#isOwn(one));
    const lesson = lessons[place];
    return before && lesson && before.part !== lesson.part ? before.part : undefined;
  }

  #isOwn({ slug, when }: EditedLesson): boolean {
    return when === undefined || this.had.includes(this.#originalOf(slug));
  }

  /** Their longest words of the part, on a Thursday two weeks after they wrote them. */
  #oweLookBack(part: string | undefined, at: number, { lessons }: Edition): void {
    if (part === undefined) return;
    const names = lessons.filter((lesson) => lesson.part === part).map(({ slug }) => this.#originalOf(slug));
    const written = this.replies.filter(
      (reply) => reply.isHuman && reply.run === this.run && names.includes(reply.lesson),
    );
    if (written.length === 0) return;
    const dues = written.map(({ deliveredAt }) => timetable.lookBack(this.wishes, deliveredAt, at));
    // One that is still on its way may count or not.
    const isSure = written.every(({ processedAt }) => processedAt !== undefined && processedAt < at - MINUTE);
    const longest = written.reduce((one, other) => (other.length > one.length ? other : one));
    const by = isSure ? timetable.lookBack(this.wishes, longest.deliveredAt, at) : OPEN;
    this.owed.set(`look-back ${part}`, { from: isSure ? by : Math.min(...dues), by, about: longest.lesson });
  }
}

const isSameLesson = (one: SimulatedReply, other: SimulatedReply): boolean =>
  one.lesson === other.lesson && one.run === other.run;
