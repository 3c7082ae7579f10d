import { inZone, localSlot } from "../../cli/time-in-words.ts";
import type { Course, Lesson } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { makeAnswer, sendBySmtp } from "../mailbox/answer.ts";
import { findLink, type Letter } from "../mailbox/letter.ts";
import { type Calendar, promisedCalendar } from "./calendar.ts";
import { letOthersRead, type OrderOwner, OtherReaders } from "./other-readers.ts";
import { listSubjects, type Road, type Traveller, Walker } from "./walker.ts";
import { readHeading } from "./web-form.ts";

/** What a traveller does or receives, as it happens. Times are virtual, epoch ms. */
export type JourneyStep = { at: number /** Where there are several. */; by?: Traveller } & (
  | { event: "signed-up"; page: string /** Each question with its answer. */; answers?: string[] }
  | { event: "confirmed"; page: string }
  | { event: "chose"; answer: string }
  | { event: "mail"; what: CourseMailKind | "issue"; number?: number; letter: Letter }
  | { event: "replied"; to: string; subject: string; words: string }
  | { event: "answered-on-page"; words: string }
  | { event: "move-made"; move: string }
  | { event: "let-others-read"; page: string }
  | { event: "issue-sent"; title: string }
  | { event: "left" | "silence" }
);
type CourseMailKind =
  | "confirmation"
  | "welcome"
  | "lesson"
  | "prompt"
  | "look-back"
  | "completion"
  | "letter";

export interface JourneyOutcome {
  mails: number;
  /** Of a newsletter without a course. */
  issues?: number;
  lessons: number;
  prompts: number;
  /** Promises that were checked and held. */
  held: number;
  virtualMs: number;
  endedAt: number;
}

/** A reply that the traveller sends, by the number of the lesson. */
export interface PlannedReply {
  lesson: number;
  /** What the course takes it for. */
  kind: "substantial" | "veryShort" | "question";
  words: string;
  /** Written into the box on the lesson's page, as by someone who cannot reply by mail. */
  isOnPage?: true;
}

/** What the prompt answers: a reply, or what was written on the page of this mail. */
interface Answered {
  messageId: string;
  subject: string;
}

/** Longest wait for a mail that is due: lanes look once a minute, and delivery takes seconds. */
const PUNCTUAL = 2 * MINUTE;
const TYPING = 20 * SECOND;
/** The reader reads at lunch. */
const UNTIL_THE_REPLY = 5 * HOUR;
const PROMPT_DELAY = 10 * MINUTE;

/**
 * One reader through the whole course, from the landing page to the completion mail, in virtual time.
 * Throws NotAsPromised at the first thing that is not as the course promises.
 */
export async function travel(
  road: Road,
  course: Course,
  traveller: Traveller,
  replies: PlannedReply[],
  tell: (step: JourneyStep) => void | Promise<void>,
  others?: { words: readonly string[]; order: OrderOwner },
): Promise<JourneyOutcome> {
  const journey = new Journey(road, course, traveller, tell, others);
  return journey.run(replies);
}

class Journey {
  readonly #road: Road;
  readonly #course: Course;
  readonly #tell: (step: JourneyStep) => void | Promise<void>;
  readonly #walker: Walker;
  /** None in a course that shows no answers of others. */
  readonly #others: OtherReaders | undefined;
  #prompts = 0;

  constructor(
    road: Road,
    course: Course,
    who: Traveller,
    tell: (step: JourneyStep) => void | Promise<void>,
    others?: { words: readonly string[]; order: OrderOwner },
  ) {
    this.#road = road;
    this.#course = course;
    this.#walker = new Walker(road, who);
    this.#tell = tell;
    if (others && course.voices !== false)
      this.#others = new OtherReaders(road, who.zone, this.#walker.expect, others.words, others.order);
  }

  async run(replies: PlannedReply[]): Promise<JourneyOutcome> {
    const began = this.#road.now();
    await this.#signUp();
    await this.#confirm(await this.#nextMail("confirmation", this.#road.now()));
    const calendar = promisedCalendar(this.#road.now(), this.#walker.who.zone, this.#course);
    await this.#nextMail("welcome", this.#road.now());
    await this.#others?.signUp();
    await this.#lessons(calendar, replies);
    await this.#completion(calendar, replies);
    await this.#silence();
    if (replies.length > 0) await this.#letters(calendar, replies);
    return {
      mails: this.#walker.seen,
      lessons: this.#course.lessons.length,
      prompts: this.#prompts,
      held: this.#walker.expect.held(),
      virtualMs: this.#road.now() - began,
      endedAt: this.#road.now(),
    };
  }

  async #signUp(): Promise<void> {
    const page = await this.#walker.get("/");
    const form = this.#walker.readForm(page, "/sign-up", "the landing page");
    await this.#walker.pass(TYPING);
    const { name, address, zone } = this.#walker.who;
    const asked = this.#course.questions.filter(({ isAskedInLesson }) => !isAskedInLesson);
    const answers = Object.fromEntries(
      asked.map(({ slug }) => [`answer-${slug}`, this.#answerTo(slug) ?? ""] as const),
    );
    const answer = await this.#walker.send(form, { email: address, name, zone, ...answers });
    await this.#tell({
      ...{ event: "signed-up", at: this.#road.now(), page: readHeading(answer) },
      answers: asked.flatMap((question) => this.#inWords(question) ?? []),
    });
  }

  #answerTo(question: string): string | undefined {
    return this.#walker.who.answers?.[question];
  }

  /** A question with their answer; undefined where they leave it out. */
  #inWords({ slug, label, options = [] }: Question): string | undefined {
    const answer = this.#answerTo(slug);
    return answer && `${label} ${options.find((option) => option.slug === answer)?.label ?? answer}`;
  }

  /** Following the link changes nothing, as mail scanners follow links too; pressing its button does. */
  async #confirm(letter: Letter): Promise<void> {
    const link = findLink(letter, `${this.#road.webOrigin}/confirm/`);
    this.#walker.expect.that(
      "the confirmation mail holds a link to the button",
      link !== undefined,
      "it holds none",
    );
    await this.#walker.pass(MINUTE);
    const page = await this.#walker.get(link as string);
    await this.#walker.pass(2 * MINUTE);
    await this.#nothingCame("following the link alone starts nothing");
    const answer = await this.#walker.send(
      this.#walker.readForm(page, "/confirm/", "the page behind the link"),
      {},
    );
    await this.#tell({ event: "confirmed", at: this.#road.now(), page: readHeading(answer) });
  }

  async #lessons(calendar: Calendar, replies: PlannedReply[]): Promise<void> {
    for (const [at, lesson] of this.#course.lessons.entries()) {
      const due = calendar.lessons[at] as number;
      await this.#road.advanceTo(due - SECOND);
      await this.#nothingCame(`nothing comes before lesson ${at + 1} is due`);
      const letter = await this.#nextMail("lesson", due, at + 1);
      this.#walker.expect.same(`lesson ${at + 1} has its subject`, letter.subject, lesson.subject);
      this.#walker.expect.same(
        `lesson ${at + 1} comes at the reader's hour`,
        localSlot(letter.at, this.#walker.who.zone).time,
        this.#course.defaults.time,
      );
      const reply = replies.find((planned) => planned.lesson === at + 1);
      if (lesson.choice !== undefined) await this.#choose(letter, lesson.choice);
      if (at === 1) await this.#makeMove(letter, this.#course.lessons[0] as Lesson);
      if (reply) await this.#reply(letter, lesson, reply);
    }
  }

  /** The lesson ends in a choice. Its links choose; the press on the page keeps. */
  async #choose(letter: Letter, slug: string): Promise<void> {
    const question = this.#course.questions.find((one) => one.slug === slug);
    const answer = this.#answerTo(slug);
    const link = findLink(letter, `${this.#road.webOrigin}/reader/`, `question=${slug}`);
    this.#walker.expect.that("the lesson ends in its choice", link !== undefined, "it has no link");
    if (!question || answer === undefined) return;
    const page = await this.#walker.get((link as string).replace(/answer=[^&]*/, `answer=${answer}`));
    const form = this.#walker.readForm(page, "/reader/", "the page behind the link", "choose");
    this.#walker.expect.same("the link has chosen", form.fields.answer, answer);
    await this.#walker.send(form, {});
    await this.#tell({ event: "chose", at: this.#road.now(), answer: this.#inWords(question) ?? answer });
  }

  /** The second lesson asks what became of the first one's move. Its link chooses; the press on the page keeps. */
  async #makeMove(letter: Letter, { move }: Lesson): Promise<void> {
    const link = findLink(letter, `${this.#road.webOrigin}/reader/`, "do=move");
    this.#walker.expect.that(
      "lesson 2 asks about the move of lesson 1",
      link !== undefined,
      "it has no link",
    );
    const page = await this.#walker.get(`${link}&move=made`);
    const form = this.#walker.readForm(page, "/reader/", "the page behind the link", "move");
    this.#walker.expect.same("the link has chosen", form.fields.move, "made");
    await this.#walker.send(form, {});
    await this.#tell({ event: "move-made", at: this.#road.now(), move });
  }

  async #reply(letter: Letter, lesson: Lesson, planned: PlannedReply): Promise<void> {
    const { kind, lesson: number } = planned;
    if (number === 1) await this.#others?.answer();
    await this.#road.advanceTo(letter.at + UNTIL_THE_REPLY);
    const answered = planned.isOnPage
      ? await this.#answerOnPage(letter, lesson, planned)
      : await this.#replyByMail(letter, planned);
    const sentAt = this.#road.now();
    await this.#road.advanceTo(sentAt + PROMPT_DELAY - SECOND);
    await this.#nothingCame("no prompt comes before the owner's delay");
    const prompt = await this.#nextMail("prompt", sentAt + PROMPT_DELAY, number);
    this.#prompts++;
    this.#inThread(prompt, answered.messageId, letter, answered.subject);
    const asks = lesson.prompts[kind];
    this.#walker.expect.that(
      `the prompt is the one for a ${kind} reply`,
      squeezeBlanks(prompt.text).includes(squeezeBlanks(asks)),
      "its words are others",
    );
    if (number === 1 && this.#others) await this.#voices(prompt, this.#others);
  }

  /** The prompt shows what one of the others wrote, and asks whether they may read this reader's answer. */
  async #voices(prompt: Letter, others: OtherReaders): Promise<void> {
    const text = squeezeBlanks(prompt.text.replace(/^> ?/gm, ""));
    const shown = others.words.filter((words) => text.includes(squeezeBlanks(words).slice(0, SEEN_OF_WORDS)));
    this.#walker.expect.same("the prompt shows one answer of another reader", shown.length, 1);
    const page = await letOthersRead(this.#walker, this.#road, prompt);
    await this.#tell({ event: "let-others-read", at: this.#road.now(), page: readHeading(page) });
    await others.leave();
  }

  async #replyByMail(letter: Letter, { words }: PlannedReply): Promise<Answered> {
    const { mail, messageId } = makeAnswer(letter, words, this.#road.now());
    await sendBySmtp(this.#road.smtpPort, mail);
    const subject = String(mail.subject);
    const step = {
      event: "replied",
      at: this.#road.now(),
      to: letter.replyTo.address,
      subject,
      words,
    } as const;
    await this.#tell(step);
    return { messageId, subject };
  }

  /** The lesson's copy on the web has a box below its question. What was written is not shown there; its answer comes by mail. */
  async #answerOnPage(letter: Letter, { slug }: Lesson, { words }: PlannedReply): Promise<Answered> {
    const { expect } = this.#walker;
    const path = `/${this.#course.slug}/${slug}`;
    const copy = findLink(letter, `${this.#road.webOrigin}/reader/`, path)?.replace(/\/move\.ics$/, "");
    expect.that("the lesson leads to its page", copy !== undefined, "it has no link");
    const page = await this.#walker.get(copy as string);
    const taken = await this.#walker.send(this.#walker.readForm(page, "/reader/", "the lesson's page"), {
      answer: words,
    });
    const again = await this.#walker.get(copy as string);
    const isShown = [taken, again].some((shown) => shown.includes(words));
    expect.that("the page does not show what was written", !isShown, "it does");
    await this.#tell({ event: "answered-on-page", at: this.#road.now(), words });
    return { messageId: letter.messageId, subject: `Re: ${letter.subject}` };
  }

  #inThread(prompt: Letter, reply: string, lesson: Letter, subject: string): void {
    this.#walker.expect.same(
      "the prompt answers the reply (In-Reply-To)",
      prompt.headers.get("in-reply-to"),
      reply,
    );
    const threaded = prompt.references.includes(lesson.messageId) && prompt.references.at(-1) === reply;
    this.#walker.expect.that(
      "the prompt is in the thread (References)",
      threaded,
      `they are ${prompt.references.join(" ")}`,
    );
    this.#walker.expect.same("the prompt keeps the thread's subject", prompt.subject, subject);
    this.#walker.expect.same(
      "the prompt says that it is automatic",
      prompt.headers.get("auto-submitted"),
      "auto-replied",
    );
  }

  async #completion(calendar: Calendar, replies: PlannedReply[]): Promise<void> {
    await this.#road.advanceTo(calendar.completion - SECOND);
    await this.#nothingCame("nothing comes before the completion is due");
    const letter = await this.#nextMail("completion", calendar.completion);
    const journal = squeezeBlanks(letter.text.replace(/^> ?/gm, ""));
    for (const { words, lesson } of replies)
      this.#walker.expect.that(
        `the journal holds the reply to lesson ${lesson}`,
        journal.includes(squeezeBlanks(words)),
        "it does not",
      );
    const [first] = this.#course.lessons;
    if (first && this.#course.lessons.length > 1)
      this.#walker.expect.that(
        "the completion lists the move that was made",
        squeezeBlanks(letter.text).includes(squeezeBlanks(first.move)),
        "it does not",
      );
  }

  async #silence(): Promise<void> {
    await this.#walker.waitLong();
    await this.#nothingCame("nothing comes after the completion");
    await this.#tell({ event: "silence", at: this.#road.now() });
  }

  /** Long after: each brings the longest of their own words back, or those about the last lesson. */
  async #letters({ letters }: Calendar, replies: PlannedReply[]): Promise<void> {
    const { lessons } = this.#course;
    const longest = [...replies].sort((one, other) => other.words.length - one.words.length)[0];
    const quoted = replies.find(({ lesson }) => lesson === lessons.length) ?? longest;
    for (const [at, { subject, question }] of (this.#course.letters ?? []).entries()) {
      const due = letters[at] as number;
      await this.#road.advanceTo(due - SECOND);
      await this.#nothingCame("nothing comes before the letter is due");
      const letter = await this.#nextMail("letter", due);
      this.#walker.expect.same("the letter has its subject", letter.subject, subject);
      const text = squeezeBlanks(letter.text.replace(/^> ?/gm, ""));
      for (const said of [quoted?.words ?? "", question])
        this.#walker.expect.that(
          `the letter says “${said}”`,
          text.includes(squeezeBlanks(said)),
          "it does not",
        );
    }
  }

  /** Waits until a mail that is due at `due` must have come; exactly one, and of the kind it should be. */
  async #nextMail(what: CourseMailKind, due: number, number?: number): Promise<Letter> {
    const named =
      number === undefined
        ? `the ${what}`
        : `the ${what} ${what === "lesson" ? number : `to lesson ${number}`}`;
    const [when, until] = [due, due + PUNCTUAL].map((moment) => inZone(moment, this.#walker.who.zone));
    await this.#road.advanceTo(due + PUNCTUAL);
    const fresh = await this.#withoutLookBacks(await this.#walker.fresh());
    const saw =
      fresh.length === 0 ? `nothing came by ${until}` : `${fresh.length} mails came: ${listSubjects(fresh)}`;
    this.#walker.expect.that(`${named} comes at ${when}, once`, fresh.length === 1, saw);
    const letter = fresh[0] as Letter;
    this.#walker.expect.that(
      `${named} does not come early`,
      letter.at >= due,
      `it came at ${inZone(letter.at, this.#walker.who.zone)}`,
    );
    const subject = this.#course.texts[what]?.fields?.subject;
    if (subject) this.#walker.expect.same(`${named} has its subject`, letter.subject, subject);
    await this.#tell({ event: "mail", at: letter.at, what, letter, ...(number !== undefined && { number }) });
    return letter;
  }

  async #nothingCame(expected: string): Promise<void> {
    const others = await this.#withoutLookBacks(await this.#walker.fresh());
    this.#walker.expect.that(
      expected,
      others.length === 0,
      `${others.length} mails came: ${listSubjects(others)}`,
    );
  }

  /** Look-backs come on Thursdays, whatever else comes. */
  async #withoutLookBacks(fresh: Letter[]): Promise<Letter[]> {
    for (const letter of fresh.filter((each) => this.#isLookBack(each))) {
      this.#walker.expect.same(
        "a look-back comes on a Thursday",
        localSlot(letter.at, this.#walker.who.zone).weekday,
        "Thursday",
      );
      await this.#tell({ event: "mail", at: letter.at, what: "look-back", letter });
    }
    return fresh.filter((each) => !this.#isLookBack(each));
  }

  #isLookBack = (letter: Letter): boolean =>
    letter.subject === this.#course.texts["look-back"]?.fields?.subject;
}

/** An owner may have cut off what is longer. */
const SEEN_OF_WORDS = 40;

/** Wrapping and spaces aside. */
const squeezeBlanks = (text: string): string => text.replace(/\s+/g, " ").trim();
