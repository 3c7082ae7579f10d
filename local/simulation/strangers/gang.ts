import type { ArrivingMail } from "../../aws/ses-receipt.ts";
import { findForm } from "../../demo/web-form.ts";
import type { Person } from "../people.ts";
import type { Chance } from "../random.ts";
import type { World } from "../world.ts";
import type { StrangerName } from "./kinds.ts";
import { STRANGERS_DOMAIN } from "./limits.ts";
import type { Loot } from "./loot.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What an answer told a stranger, and after how long, in ms. */
export interface Answer {
  status: number;
  body: string;
  took: number;
}

/** A mail of a stranger's. */
interface Forgery {
  from: string;
  to: string;
  words: string;
  /** Further header fields. */
  more?: Record<string, string>;
  verdicts?: ArrivingMail["verdicts"];
}

/** What strangers of one kind share: the doors that everybody has, and what came into their hands. */
export class Gang {
  readonly world: World;
  readonly chance: Chance;
  readonly loot: Loot;
  readonly people: readonly Person[];
  readonly #kind: StrangerName;
  #count = 0;

  constructor(world: World, kind: StrangerName, { loot, people }: { loot: Loot; people: readonly Person[] }) {
    this.world = world;
    this.#kind = kind;
    this.loot = loot;
    this.people = people;
    this.chance = world.chance.of(`strangers: ${kind}`);
  }

  /** Something no other stranger has: for names. */
  next(): number {
    return ++this.#count;
  }

  network(): string {
    const { chance } = this;
    return `${chance.between(100, 180)}.${chance.between(0, 255)}.${chance.between(0, 255)}.9`;
  }

  acts(what: string): void {
    this.world.counts.acted(this.#kind);
    this.world.trace.tell(this.#kind, what);
  }

  pause(most = MINUTE): Promise<void> {
    return this.world.pass(this.chance.between(3 * SECOND, most));
  }

  async ask(method: string, path: string, network: string, form?: Record<string, string>): Promise<Answer> {
    const began = this.world.now();
    const answer = await this.world.ask(method, path, { "x-forwarded-for": network }, form);
    return { ...answer, took: this.world.now() - began };
  }

  /** The form of the front page, which is good for a day; undefined if the page fails. */
  async form(): Promise<Record<string, string> | undefined> {
    const { status, body } = await this.ask("GET", "/", this.network());
    const form = status === 200 ? findForm(body, "/sign-up") : undefined;
    await this.pause();
    return form?.fields;
  }

  signUp(fields: Record<string, string>, email: string, network: string): Promise<Answer> {
    this.acts("signs somebody up");
    return this.ask("POST", "/sign-up", network, { ...fields, email, zone: "Europe/Paris" });
  }

  /** Resolves when the course is done with the mail, or at once where it is refused. */
  write({ from, to, words, more = {}, verdicts }: Forgery): Promise<void> {
    const messageId = `<${this.#kind}.${this.next()}@${STRANGERS_DOMAIN}>`;
    const head = { From: from, To: `<${to}>`, Subject: "Re: the course", "Message-ID": messageId, ...more };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
    return this.post(from, to, `${lines.join("\r\n")}\r\n\r\n${words}\r\n`, verdicts);
  }

  post(from: string, to: string, raw: string, verdicts?: ArrivingMail["verdicts"]): Promise<void> {
    this.acts("writes");
    return new Promise((heard) => {
      const source = /[^\s<,]+@[^\s>,]+/.exec(from)?.[0] ?? "";
      if (!this.world.deliver(source, to, raw, () => heard(), verdicts)) heard();
    });
  }
}
