import type { Cloud } from "../../local/aws/cloud.ts";
import { findForm } from "../../local/demo/web-form.ts";
import { makeAnswer, sendBySmtp } from "../../local/mailbox/answer.ts";
import { findLink, type Letter, readLetter } from "../../local/mailbox/letter.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A person with a browser and a mail program, in the local cloud. */
export class Reader {
  readonly address: string;
  readonly #cloud: Cloud;
  readonly #zone: string;

  constructor(cloud: Cloud, address: string, zone = "Europe/Berlin") {
    this.#cloud = cloud;
    this.address = address;
    this.#zone = zone;
  }

  /** Fills in the landing page's form; fields given here win. Returns the answer. */
  async signUp(fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> {
    const page = await (await fetch(this.#cloud.webOrigin)).text();
    const form = findForm(page, "/sign-up");
    if (!form) throw new Error("The landing page has no form");
    await this.#cloud.advanceBy(10 * SECOND);
    const body = new URLSearchParams({ ...form.fields, email: this.address, zone: this.#zone, ...fields });
    return fetch(`${this.#cloud.webOrigin}/sign-up`, { method: "POST", body, headers });
  }

  /** Presses the button behind the newest confirmation link. */
  async confirm(): Promise<Response> {
    const link = (await this.letters()).map((letter) =>
      findLink(letter, `${this.#cloud.webOrigin}/confirm/`),
    );
    const newest = link.filter((found) => found !== undefined).at(-1);
    if (!newest) throw new Error(`No confirmation link came to ${this.address}`);
    return fetch(newest, { method: "POST" });
  }

  /** Signs up, confirms, and waits for the welcome. */
  async join(): Promise<this> {
    await this.signUp();
    await this.#cloud.advanceBy(2 * MINUTE);
    await this.confirm();
    await this.#cloud.advanceBy(2 * MINUTE);
    return this;
  }

  /** All mail that reached this person, oldest first. */
  letters(): Promise<Letter[]> {
    const mine = this.#cloud.mails().filter((mail) => mail.to.includes(this.address));
    return Promise.all(mine.map(readLetter));
  }

  async subjects(): Promise<string[]> {
    return (await this.letters()).map((letter) => letter.subject);
  }

  async newest(): Promise<Letter> {
    const letter = (await this.letters()).at(-1);
    if (!letter) throw new Error(`No mail came to ${this.address}`);
    return letter;
  }

  /** Answers a letter through the SMTP port, as a mail program does; `change` alters the mail before it leaves. */
  async reply(letter: Letter, words: string, change: Parameters<typeof sendBySmtp>[1] = {}): Promise<void> {
    const { mail } = makeAnswer(letter, words, this.#cloud.now());
    await sendBySmtp(this.#cloud.smtpPort, { ...mail, ...change });
  }
}
