import { findForm, formOfOwnSite, type WebForm } from "../demo/web-form.ts";
import type { Chance } from "./random.ts";
import { OPEN } from "./window.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
/** How often a person who gets no answer tries again. */
const MOST_TRIES = 60;

/** Told when a request begins (`to` open), and when it was answered. */
type Spanned = (from: number, to: number) => void;

type TellEvent = (event: string, fields?: Record<string, string | number>) => void;

export interface Press {
  /** For the trace. */
  what: string;
  /** The page with the form. */
  path: () => Promise<string>;
  /** How the form's action begins. */
  action: string;
  typed: Record<string, string>;
  noteSpan: Spanned;
  /** The form stands on a page of the owner's own site, as they pasted it there. */
  isPasted?: true;
}

/** Someone's browser. One thing at a time: who waits for a page presses nothing else. */
export class Browser {
  readonly #world: World;
  readonly #chance: Chance;
  readonly #headers: Record<string, string>;
  readonly #tell: TellEvent;
  #isBusy = false;

  get isBusy(): boolean {
    return this.#isBusy;
  }

  constructor(world: World, chance: Chance, number: number, tell: TellEvent) {
    this.#world = world;
    this.#chance = chance;
    this.#headers = { "x-forwarded-for": `10.${(number >> 8) & 255}.${number & 255}.7` };
    this.#tell = tell;
  }

  /** Loads a page, finds its form, types for a while and presses the button. */
  async press(press: Press): Promise<void> {
    await this.#alone(press.what, async () => {
      const from = this.#world.now();
      press.noteSpan(from, OPEN);
      const form = await this.#load(press);
      if (!form) return;
      await this.#world.pass(this.#chance.between(5 * SECOND, 40 * SECOND));
      const path = new URL(form.action, this.#world.origin).pathname;
      await this.#post(press.what, path, { ...form.fields, ...press.typed }, (to) =>
        press.noteSpan(from, to),
      );
    });
  }

  /** The button of a mail program: one POST, no page (RFC 8058). True if it was pressed. */
  async oneClick(
    what: string,
    target: string,
    fields: Record<string, string>,
    done: (at: number) => void,
  ): Promise<boolean> {
    return this.#alone(what, () =>
      this.#post(what, new URL(target).pathname, { "List-Unsubscribe": "One-Click", ...fields }, done),
    );
  }

  async #alone(what: string, act: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#tell(`${what}…`);
    await act();
    this.#isBusy = false;
    return true;
  }

  /** The page's form; undefined if the page says that there is nothing to press. */
  async #load(press: Press): Promise<ReturnType<typeof findForm>> {
    const { what, path } = press;
    const target = await path();
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const page = await this.#world.ask("GET", target, this.#headers);
      const form = page.status === 200 ? await this.#findForm(press, page.body) : undefined;
      if (form) return form;
      if (page.status < 500) {
        this.#tell(`${what}: no form`, { status: page.status });
        return undefined;
      }
      await this.#waits();
    }
    return undefined;
  }

  async #findForm({ action, typed, isPasted }: Press, page: string): Promise<ReturnType<typeof findForm>> {
    if (!isPasted) return findForm(page, action, typed.do);
    const form = findForm(formOfOwnSite(page) ?? "", this.#world.origin + action);
    return form && this.#complete(form);
  }

  /** What the script that is pasted with it brings: when the form was shown. */
  async #complete(form: WebForm): Promise<WebForm | undefined> {
    const script = await this.#world.ask("GET", "/form/script", this.#headers);
    const [, shown] = /"form":"([^"]+)"/.exec(script.body) ?? [];
    return shown === undefined ? undefined : { ...form, fields: { ...form.fields, form: shown } };
  }

  /** Sends a form; where no answer comes, the same form again, as a browser does when it is reloaded. */
  async #post(
    what: string,
    path: string,
    fields: Record<string, string>,
    done: (at: number) => void,
  ): Promise<void> {
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const { status } = await this.#world.ask("POST", path, this.#headers, fields);
      if (status < 500) {
        done(this.#world.now());
        return this.#tell(what, { status });
      }
      await this.#waits();
    }
  }

  #waits(): Promise<void> {
    return this.#world.pass(this.#chance.between(20 * SECOND, 90 * SECOND));
  }
}
