import { DAY } from "../../functions/domain/time.ts";
import type { World } from "../aws/world.ts";
import { type Letter, readLetter } from "../mailbox/letter.ts";
import { Expectations } from "./expectation.ts";
import { findForm, readHeading, type WebForm } from "./web-form.ts";

/** What of the running cloud a journey needs: the web, SMTP, the mails left, and the clock. */
export type Road = Pick<World, "now" | "webOrigin" | "smtpPort" | "mails" | "advanceTo">;

export interface Traveller {
  name: string;
  address: string;
  /** IANA time zone. */
  zone: string;
  /** What they answer to a course's questions, by the questions' slugs. */
  answers?: Readonly<Record<string, string>>;
}

/** Longer than anything of a journey's could be late. */
const AFTERWARDS = 3 * 7 * DAY;

/** A reader with a browser and a mailbox, and what they find as promised or not. */
export class Walker {
  readonly who: Traveller;
  readonly expect: Expectations;
  readonly #road: Road;
  /** How many of the mails to them have been looked at. */
  #seen = 0;

  constructor(road: Road, who: Traveller, expect = new Expectations()) {
    this.#road = road;
    this.who = who;
    this.expect = expect;
  }

  get seen(): number {
    return this.#seen;
  }

  /** Mails that have come since they last looked. */
  async fresh(): Promise<Letter[]> {
    const mine = this.#road.mails().filter((mail) => mail.to.includes(this.who.address));
    const fresh = mine.slice(this.#seen);
    this.#seen = mine.length;
    return Promise.all(fresh.map(readLetter));
  }

  pass = (ms: number): Promise<void> => this.#road.advanceTo(this.#road.now() + ms);

  waitLong = (): Promise<void> => this.pass(AFTERWARDS);

  async get(path: string): Promise<string> {
    const response = await fetch(new URL(path, this.#road.webOrigin));
    this.expect.same(`${withoutToken(path)} opens`, response.status, 200);
    return response.text();
  }

  readForm(page: string, action: string, where: string, wanted?: string): WebForm {
    const form = findForm(page, action, wanted);
    this.expect.that(`${where} has a form for ${action}`, form !== undefined, "it has none");
    return form as WebForm;
  }

  async send(form: WebForm, typed: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ ...form.fields, ...typed });
    const response = await fetch(new URL(form.action, this.#road.webOrigin), { method: "POST", body });
    const page = await response.text();
    this.expect.that(
      `the form for ${withoutToken(form.action)} is taken`,
      response.ok,
      `it answered ${response.status}: ${readHeading(page)}`,
    );
    return page;
  }
}

const withoutToken = (path: string): string => path.replace(/(confirm|unsubscribe|reader)\/.*/, "$1/…");

export const listSubjects = (letters: readonly Letter[]): string =>
  letters.map(({ subject }) => `“${subject}”`).join(", ");
