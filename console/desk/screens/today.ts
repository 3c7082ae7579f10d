import { html } from "../../../cli/html.ts";
import { openDns } from "../../doctor/dns.ts";
import { examine } from "../../doctor/doctor.ts";
import type { Screen } from "../screen.ts";
import { verdict } from "./health.ts";

/** What waits for a person, and whether all is well. */
export const TODAY: Screen = {
  path: "",
  name: "Today",
  async show(visit) {
    const findings = await examine(await visit.reach(), openDns());
    return {
      body: html`<h1>Today</h1>
      <p><a href="/health">${verdict(findings)}</a></p>`,
    };
  },
};
