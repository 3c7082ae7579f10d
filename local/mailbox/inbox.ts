import { inZone } from "../../cli/time-in-words.ts";
import { DAY, HOUR } from "../../functions/domain/time.ts";
import type { World } from "../aws/world.ts";
import { makeAbsenceNote, makeAnswer, sendBySmtp } from "./answer.ts";
import { type Letter, oneClickTarget, readLetter } from "./letter.ts";
import type { Deed, Jump } from "./pages.ts";

/** Longer than the inbox takes: a reply that no reader types. */
const LONGEST_REPLY = 100_000;
/** Of the machinery, on the way to a mail. */
const MOST_EVENTS = 100;
/** Of the button that answers out of office. */
const LENGTH_OF_ABSENCE = 10 * DAY;
const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY };

/** The letters and what is done to them: all that the inbox knows, without a word about HTTP. */
export class Inbox {
  readonly #world: World;
  readonly #letters = new Map<string, Promise<Letter>>();
  readonly #deeds = new Map<string, Deed[]>();
  #jumping = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** All letters, in the order in which they were left. */
  letters(): Promise<Letter[]> {
    return Promise.all(
      this.#world.mails().map((mail) => {
        const known = this.#letters.get(mail.messageId) ?? readLetter(mail);
        this.#letters.set(mail.messageId, known);
        return known;
      }),
    );
  }

  async letter(id: string): Promise<Letter | undefined> {
    return (await this.letters()).find((letter) => letter.id === id);
  }

  /** What has been done to a letter in this inbox, oldest first. */
  deeds(id: string): readonly Deed[] {
    return this.#deeds.get(id) ?? [];
  }

  /** True while a jump of the clock is running. */
  busy(): boolean {
    return this.#jumping > 0;
  }

  /** Sends the reader's answer through the SMTP port. Returns what to tell them; throws what SMTP said. */
  async reply(letter: Letter, words: string): Promise<string> {
    if (words.trim() === "") throw new Error("The reply is empty: write something first.");
    if (words.length > LONGEST_REPLY)
      throw new Error(`The reply is longer than ${LONGEST_REPLY} characters: shorten it.`);
    const answer = makeAnswer(letter, words, this.#world.now());
    await sendBySmtp(this.#world.smtpPort, answer.mail);
    this.#did(letter, `replied\n${words.trim()}`);
    return "The reply is on its way. A prompt, if there is one, comes after the owner's delay: move the clock.";
  }

  async bounce(letter: Letter): Promise<string> {
    await this.#world.bounce(letter.id);
    this.#did(letter, "bounced");
    return "Bounced: SES reports that this mailbox does not exist.";
  }

  async complain(letter: Letter): Promise<string> {
    await this.#world.complain(letter.id);
    this.#did(letter, "complained of as spam");
    return "Complained: SES reports that the reader marked it as spam.";
  }

  async outOfOffice(letter: Letter): Promise<string> {
    const now = this.#world.now();
    const lastDay = now + LENGTH_OF_ABSENCE;
    await this.#world.outOfOffice(letter.id);
    await sendBySmtp(this.#world.smtpPort, makeAbsenceNote(letter, lastDay, now));
    this.#did(letter, `answered out of office, until ${inZone(lastDay, "UTC").split(",")[0]}`);
    return "Answered out of office, by a machine that names a date: the course waits until then.";
  }

  /** RFC 8058's one-click POST, as a mail program sends it: no cookies, no redirects followed. */
  async unsubscribe(letter: Letter): Promise<string> {
    const target = oneClickTarget(letter);
    if (target === undefined) throw new Error("This mail offers no one-click unsubscribe.");
    const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    const answer = await fetch(target, { method: "POST", body, redirect: "manual" });
    if (!answer.ok) throw new Error(`The unsubscribe address answered ${answer.status}.`);
    this.#did(letter, "unsubscribed with one click");
    return "Unsubscribed with one click.";
  }

  /** Moves the clock on. Returns what to tell the person. */
  async jump(jump: Jump): Promise<string> {
    const before = this.#world.mails().length;
    this.#jumping++;
    try {
      const moved = await (jump === "next" ? this.#toTheNextEvent() : this.#on(LENGTHS[jump]));
      if (!moved) return "Nothing is waiting: the clock stays where it is.";
    } finally {
      this.#jumping--;
    }
    const came = this.#world.mails().length - before;
    if (came === 0) return "The clock has gone on. No mail came.";
    return `The clock has gone on. ${came === 1 ? "One mail" : `${came} mails`} came.`;
  }

  async #on(ms: number): Promise<true> {
    await this.#world.advanceTo(this.#world.now() + ms);
    return true;
  }

  /** What a person takes for an event is a mail: the ticks and notices on the way to it are passed. */
  async #toTheNextEvent(): Promise<boolean> {
    const before = this.#world.mails().length;
    let passed = 0;
    while (passed < MOST_EVENTS && this.#world.mails().length === before) {
      const next = this.#world.nextEventAt();
      if (next === undefined) break;
      await this.#world.advanceTo(next);
      passed++;
    }
    return passed > 0;
  }

  #did(letter: Letter, what: string): void {
    this.#deeds.set(letter.id, [...this.deeds(letter.id), { at: this.#world.now(), what }]);
  }
}
