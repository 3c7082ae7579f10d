import { html } from "../../../cli/html.ts";
import type { Screen } from "../screen.ts";

/** What waits for a person. */
export const TODAY: Screen = {
  path: "",
  name: "Today",
  async show(visit) {
    await visit.reach();
    return { body: html`<h1>Today</h1>` };
  },
};
