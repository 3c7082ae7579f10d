import type { OwnerOrder } from "../../cli/owner-order.ts";
import { HOUR, MINUTE } from "../../functions/domain/time.ts";
import { makeAnswer, sendBySmtp } from "../mailbox/answer.ts";
import { findLink, type Letter } from "../mailbox/letter.ts";
import type { Expectations } from "./expectation.ts";
import { type Road, type Traveller, Walker } from "./walker.ts";

/** An owner who acts at once. */
export type OrderOwner = (order: OwnerOrder) => Promise<void>;

/** Each of a company of their own: nobody gets a colleague's answer. */
const OTHERS: readonly Omit<Traveller, "zone">[] = [
  { name: "Ben", address: "ben@mill.example" },
  { name: "Cleo", address: "cleo@labels.example" },
  { name: "Dev", address: "dev@boxes.example" },
];

/** So long after a lesson they answer it: before the reader whom the demo is about. */
const ANSWER_AFTER = HOUR;
const PROMPT_COMES_WITHIN = 15 * MINUTE;

/**
 * Three more readers, who answer the first lesson and let others read it; the owner accepts what they wrote. Then they
 * have had enough, and leave the course.
 */
export class OtherReaders {
  readonly words: readonly string[];
  readonly #road: Road;
  readonly #walkers: readonly Walker[];
  readonly #order: OrderOwner;

  constructor(road: Road, zone: string, expect: Expectations, words: readonly string[], order: OrderOwner) {
    this.words = words;
    this.#road = road;
    this.#order = order;
    this.#walkers = OTHERS.map((who) => new Walker(road, { ...who, zone }, expect));
  }

  /** They sign up and confirm, as everybody does. */
  async signUp(): Promise<void> {
    for (const walker of this.#walkers) {
      const { name, address, zone } = walker.who;
      const form = walker.readForm(await walker.get("/"), "/sign-up", "the landing page");
      await walker.pass(MINUTE);
      await walker.send(form, { email: address, name, zone });
    }
    await this.#road.advanceTo(this.#road.now() + 2 * MINUTE);
    for (const walker of this.#walkers) {
      const link = findLink(await this.#latest(walker), `${this.#road.webOrigin}/confirm/`) ?? "";
      await walker.send(walker.readForm(await walker.get(link), "/confirm/", "the page behind the link"), {});
    }
  }

  /** An hour after their first lesson: they answer it, let others read it, and the owner chooses. */
  async answer(): Promise<void> {
    await this.#road.advanceTo(this.#road.now() + ANSWER_AFTER);
    for (const [at, walker] of this.#walkers.entries()) {
      const { mail } = makeAnswer(await this.#latest(walker), this.words[at] ?? "", this.#road.now());
      await sendBySmtp(this.#road.smtpPort, mail);
    }
    await this.#road.advanceTo(this.#road.now() + PROMPT_COMES_WITHIN);
    for (const walker of this.#walkers) await letOthersRead(walker, this.#road, await this.#latest(walker));
    await this.#order({ verb: "choose-voices" });
  }

  async leave(): Promise<void> {
    for (const walker of this.#walkers) {
      const letter = this.#letters.get(walker);
      const link = letter && findLink(letter, `${this.#road.webOrigin}/unsubscribe/`);
      const page = await walker.get(link ?? "");
      await walker.send(walker.readForm(page, "/unsubscribe/", "the page to leave by"), {});
    }
  }

  readonly #letters = new Map<Walker, Letter>();

  async #latest(walker: Walker): Promise<Letter> {
    const letter = (await walker.fresh()).at(-1) ?? this.#letters.get(walker);
    walker.expect.that(`${walker.who.name} has a mail`, letter !== undefined, "there is none");
    this.#letters.set(walker, letter as Letter);
    return letter as Letter;
  }
}

/** The question beneath a prompt, answered with a press. */
export async function letOthersRead(walker: Walker, road: Road, prompt: Letter): Promise<string> {
  const link = findLink(prompt, `${road.webOrigin}/offer/`);
  walker.expect.that("the prompt asks whether others may read the answer", link !== undefined, "it does not");
  const page = await walker.get(link ?? "");
  return walker.send(walker.readForm(page, "/offer/", "the page behind the link", "offer"), {});
}
