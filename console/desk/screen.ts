import { type Html, html } from "../../cli/html.ts";
import type { Deployment } from "../connect.ts";
import { inDeskWords } from "./desk-words.ts";
import type { Notice, Session } from "./door.ts";

/** A place of the desk: pages, and the acts that their forms ask for. */
export interface Screen {
  /** The first part of its paths; the first screen is found at "/" as well. */
  path: string;
  /** As the navigation calls it. */
  name: string;
  /** The page at `visit.rest`; undefined where there is none. */
  show(visit: Visit): Promise<Shown | undefined>;
  /** By the last part of the path that a form posts to. */
  acts?: Readonly<Record<string, Act>>;
}

/** Does what a form asks, by the same function as the console's verb. Throws an ArgumentError that says why not. */
export type Act = (visit: Visit) => Promise<Done>;

export interface Done extends Notice {
  /** Where to go instead of back. */
  to?: string;
}

export interface Shown {
  /** Of the page; the screen's name if it has none. */
  title?: string;
  body: Html;
  /** A whole document of somebody else's words instead, for a frame: nothing in it runs. */
  document?: string;
  /** A file instead, for the browser to keep. @param name of letters, digits, dots and dashes alone */
  download?: { name: string; json: string };
}

/** A request of which everything has been looked at once. */
export interface Visit {
  /** Reaches the stage, or says in one sentence why it cannot be. */
  reach(): Promise<Deployment>;
  session: Session;
  /** The path behind the screen's own part. */
  rest: readonly string[];
  query: URLSearchParams;
  form: URLSearchParams;
  /** A file that was sent with the form. */
  file?: { name: string; bytes: Buffer };
  /** Where this page is, for its forms to come back to. */
  here: string;
}

/** A form that changes something: only with the session's token, and back to the page where it stands. */
export function actForm(
  visit: Pick<Visit, "session" | "here">,
  action: string,
  fields: Readonly<Record<string, string>>,
  content: Html,
): Html {
  const hidden = Object.entries({ token: visit.session.formToken, back: visit.here, ...fields });
  return html`<form method="post" action="${action}">
    ${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    ${content}
  </form>`;
}

/** One press. @param says what is on the button */
export const actButton = (
  visit: Pick<Visit, "session" | "here">,
  action: string,
  says: string,
  fields: Readonly<Record<string, string>> = {},
): Html => actForm(visit, action, fields, html`<button>${says}</button>`);

/** A press that says first what it does. @param consequences a sentence each */
export const askedFirst = (
  visit: Pick<Visit, "session" | "here">,
  action: string,
  says: string,
  consequences: readonly string[],
  fields: Readonly<Record<string, string>> = {},
  more: Html = html``,
): Html => html`<details class="asked"><summary>${says}</summary>
  ${consequences.map((line) => html`<p>${line}</p>`)}
  ${actForm(visit, action, fields, html`${more}<button class="main">${says}</button>`)}
</details>`;

/** What a command prints as `Name         says` lines, as a list of names; other lines as they stand. */
export function labelled(lines: readonly string[]): Html {
  const said = lines.map(inDeskWords);
  const rows = said.map((line) => /^(\S[^:]*?) {2,}(\S.*)$/.exec(line));
  return html`<div class="labelled">${said.map((line, at) => {
    const [, name, says] = rows[at] ?? [];
    return name ? html`<p><b>${name}</b> ${says}</p>` : html`<p>${line.trim()}</p>`;
  })}</div>`;
}
