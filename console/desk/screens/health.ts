import { type Html, html } from "../../../cli/html.ts";
import { iso } from "../../../functions/domain/time.ts";
import { PRICES } from "../../../functions/report/prices.ts";
import { adviceInWords, readDmarc, sourceInWords } from "../../dmarc/dmarc.ts";
import type { DoctorFinding } from "../../doctor/check.ts";
import type { Examined } from "../../doctor/doctor.ts";
import { type KeptReport, readKeptReport } from "../../rehearsal/kept-report.ts";
import { inDollars, type StepReport } from "../../rehearsal/report.ts";
import { runSending } from "../../sending.ts";
import { findLatestReport, type MonthCost, monthInWords, reckonStage } from "../../today/month-cost.ts";
import { type Checks, findChecks, forgetChecks, verdict } from "../checks-lately.ts";
import { deskMoment } from "../owners-words.ts";
import {
  actButton,
  askedFirst,
  type Done,
  labelled,
  type Screen,
  type Shown,
  type Visit,
} from "../screen.ts";

/** Whether mail leaves and arrives, and what it costs: what `doctor`, `sending`, `rehearse` and `cost` say. */
export const HEALTH: Screen = {
  path: "health",
  name: "Health",
  show: async (visit) => (visit.rest.length === 0 ? healthPage(visit) : undefined),
  acts: {
    hold: (visit) => steer(visit, "hold"),
    resume: (visit) => steer(visit, "resume"),
    async look({ reach }) {
      forgetChecks(await reach());
      return { says: "It is looked at anew." };
    },
  },
};

async function steer({ reach }: Visit, verb: "hold" | "resume"): Promise<Done> {
  const deployment = await reach();
  const says = await runSending(verb, deployment, true);
  forgetChecks(deployment);
  return { says: says.replace(/ `sending resume` lets it go\./, " “Let mail go again” does that.") };
}

async function healthPage(visit: Visit): Promise<Shown> {
  const deployment = await visit.reach();
  const { stage, services } = deployment;
  const asked = readReaders(visit.query);
  const [sending, dmarc, month, report] = await Promise.all([
    runSending("status", deployment),
    readDmarc(deployment),
    reckonStage(deployment, asked),
    findLatestReport(deployment),
  ]);
  const zone = services.settings.defaultZone;
  return {
    title: "Health and cost",
    body: html`<h1>Health and cost</h1>
    ${checksPart(visit, findChecks(deployment))}
    <h2>Sending</h2>
    <div class="sheet">${labelled(inClock(sending, zone).split("\n"))}${steering(visit)}</div>
    <h2 id="dmarc">Who mails in your name</h2>
    <div class="sheet">${dmarcPart(dmarc)}</div>
    <h2 id="rehearsal">The last rehearsal</h2>
    <div class="sheet">${rehearsal(readKeptReport(stage), stage, zone)}</div>
    <h2 id="cost">What it costs</h2>
    <div class="sheet">
      ${report && html`<p>Last week: ${dollars(report.cost.sending + report.cost.around + report.cost.standing)} for ${report.mails} mails, by list prices.</p>`}
      <p>${monthInWords(month)}</p>
      ${costTable(month)}
      ${sizeForm(asked ?? month.readers)}
      <p class="quiet small">List prices of ${PRICES.region}, ${PRICES.date}. Your bill knows about free tiers, other regions and taxes. <code>npm run cost</code> meters it anew.</p>
    </div>`,
  };
}

/** Says at once that they are at it; the page looks again by itself, or by its link. */
const checksPart = (
  visit: Visit,
  checks: Checks | undefined,
): Html => html`<div id="checks"${!checks && html` data-live`}>
  ${
    checks
      ? html`<p>${verdict(checks.findings)}</p>
      ${actButton(visit, "/health/look", "Look again")}
      ${GROUPS.map(([state, title]) =>
        group(
          title,
          checks.findings.filter((finding) => finding.state === state),
        ),
      )}${leftOut(checks.findings.filter(({ state }) => state === "skipped"))}`
      : html`<p role="status">The checks are at it: some seconds. <a href="/health">Look now</a></p>`
  }</div>`;

const leftOut = (findings: readonly Examined[]): Html | false =>
  findings.length > 0 &&
  html`<p class="quiet">Left out here, as there is no account on this machine: ${findings.map(({ name }) => name).join(", ")}.</p>`;

const steering = (visit: Visit): Html => html`<div class="inline">
  ${askedFirst(visit, "/health/hold", "Hold all mail", ["Nothing leaves any more, to anybody, until you let it go again."])}
  ${actButton(visit, "/health/resume", "Let mail go again")}
</div>`;

const GROUPS: [state: DoctorFinding["state"], title: string][] = [
  ["stops", "Stops mail"],
  ["look", "To look at"],
  ["pass", "Well"],
];

const group = (title: string, findings: readonly Examined[]): Html | false =>
  findings.length > 0 &&
  html`<h2>${title}</h2><ul class="rows sheet">${findings.map(
    ({ name, says, doThis }) =>
      html`<li><b>${name}</b> ${says}${doThis !== undefined && html`<p class="quiet">What to do: ${doThis}</p>`}</li>`,
  )}</ul>`;

/** What mail hosts report (RFC 9990): how much of the mail in the owner's name is theirs. */
const dmarcPart = ({
  weeks,
  advice,
}: Awaited<ReturnType<typeof readDmarc>>): Html => html`<p>${adviceInWords(advice)}.</p>
  ${
    weeks.length > 0 &&
    html`<div class="wide"><table>
  <thead><tr><th scope="col">Week from</th><th scope="col" class="number">Yours</th><th scope="col" class="number">Forwarded</th><th scope="col" class="number">Not yours</th><th scope="col">Most of it from</th><th scope="col">Told by</th></tr></thead>
  <tbody>${weeks.slice(0, WEEKS_SHOWN).map(({ monday, mails, sources, reporters }) => html`<tr><th scope="row">${iso(monday).slice(0, 10)}</th><td class="number">${mails.aligned}</td><td class="number">${mails.forwarded}</td><td class="number">${mails.forged}</td><td>${sources.slice(0, SOURCES_SHOWN).map(({ ip, forwarded, forged }) => html`${ip}: ${sourceInWords(forwarded, forged)}<br>`)}</td><td>${reporters.join(", ")}</td></tr>`)}</tbody></table></div>`
  }
  <p class="quiet small">A forwarded mail was yours and lost its signature on the way. What is not yours was forged, or left by another tool of yours that nobody has told your DNS of.</p>`;
const WEEKS_SHOWN = 5;
const SOURCES_SHOWN = 3;

/** Moments as a person reads them; where it is stands at the head of the page. */
const inClock = (says: string, zone: string): string =>
  says
    .replace(/^Where .*\n/, "")
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (moment) => deskMoment(Date.parse(moment), zone));

/** Whether a reader gets through it from the sign-up to the erasure, as it was tried on this stage itself. */
function rehearsal(kept: KeptReport | undefined, stage: string, zone: string): Html {
  const command = html`<code>npm run rehearse${stage !== "local" && ` -- --stage ${stage}`}</code>`;
  if (!kept)
    return html`<p>None was made from this machine. A rehearsal takes a reader of its own from the sign-up to the erasure, on this stage itself, in three minutes: ${command}</p>`;
  const { steps, isHeld, seconds, mails, cost, answers } = kept.report;
  const held = steps.filter(({ state }) => state === "held").length;
  return html`<p>${deskMoment(kept.at, zone)}: ${isHeld ? `all ${held} steps held` : `${held} of ${steps.length} steps held`}, in ${seconds.toFixed(0)} s, with ${mails.out} mails out and ${mails.in} in, for ${inDollars(cost)}.</p>
  <details${!isHeld && html` open`}><summary>Step by step</summary><ul class="rows">${steps.map(stepRow)}</ul></details>
  <details><summary>What only a real account can tell</summary>${answers.map(({ question, answer }) => html`<p><b>${question}</b> ${answer}</p>`)}</details>
  <p class="quiet small">Once more: ${command}</p>`;
}

const stepRow = ({ says, state, found, why, doThis }: StepReport): Html =>
  html`<li${state === "failed" && html` class="bad"`}><span class="tag">${state}</span> ${says}${found.map((line) => html`<br><span class="quiet small">${line}</span>`)}${why && html`<p>${why}</p>`}${doThis && html`<p class="quiet">What to do: ${doThis}</p>`}</li>`;

const costTable = ({ lines, usd, usdWithFree }: MonthCost): Html => html`<div class="wide"><table>
  <thead><tr><th scope="col">A month</th><th scope="col" class="number">List</th><th scope="col" class="number">With free tiers</th><th scope="col">What it buys</th></tr></thead>
  <tbody>${lines.map(({ name, usd: list, usdWithFree: free, buys }) => html`<tr><th scope="row">${name}</th><td class="number">${dollars(list)}</td><td class="number">${dollars(free)}</td><td>${buys}</td></tr>`)}
  <tr><th scope="row">all</th><td class="number"><b>${dollars(usd)}</b></td><td class="number"><b>${dollars(usdWithFree)}</b></td><td></td></tr></tbody></table></div>`;

const dollars = (usd: number): string => (usd > 0 && usd < 0.01 ? "under $0.01" : `$${usd.toFixed(2)}`);

const sizeForm = (readers: number): Html => html`<form method="get" action="/health#cost" class="inline">
  <div><label for="readers">With a weekly lesson for so many readers</label><input id="readers" name="readers" inputmode="numeric" size="10" value="${readers}"></div><button>Reckon</button></form>`;

const MOST_READERS = 10_000_000;

/** Undefined for what is no number of readers: then it is this stage's own. */
function readReaders(query: URLSearchParams): number | undefined {
  const readers = Number(query.get("readers") ?? "");
  return Number.isInteger(readers) && readers > 0 && readers <= MOST_READERS ? readers : undefined;
}
