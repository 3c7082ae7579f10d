import { html } from "../../../cli/html.ts";
import type { Deployment } from "../../connect.ts";
import type { DoctorFinding } from "../../doctor/check.ts";
import { openDns } from "../../doctor/dns.ts";
import { type Examined, examine } from "../../doctor/doctor.ts";
import { runSending } from "../../sending.ts";
import { actButton, askedFirst, type Done, labelled, type Screen, type Visit } from "../screen.ts";

/** Whether mail leaves and arrives, and what to do where it does not: what `doctor` and `sending` say. */
export const HEALTH: Screen = {
  path: "health",
  name: "Health",
  async show(visit) {
    if (visit.rest.length > 0) return undefined;
    const deployment = await visit.reach();
    const [findings, sending] = await Promise.all([
      examine(deployment, openDns()),
      runSending("status", deployment),
    ]);
    return {
      body: html`<h1>Health</h1>
      <p>${verdict(findings)}</p>
      ${GROUPS.map(([state, title]) =>
        group(
          title,
          findings.filter((finding) => finding.state === state),
        ),
      )}
      <h2>Sending</h2>
      <div class="sheet">${labelled(sending.split("\n"))}${steering(visit)}</div>
      <h2>In a terminal</h2>
      <div class="sheet"><p>Whether a reader gets through it from the sign-up to the erasure, tried on this stage itself: <code>npm run rehearse${deployment.stage !== "local" && ` -- --stage ${deployment.stage}`}</code></p>
      <p>What so many readers cost: <code>npm run cost -- --subscribers 2000</code></p></div>`,
    };
  },
  acts: { hold: (visit) => steer(visit, "hold"), resume: (visit) => steer(visit, "resume") },
};

async function steer({ reach }: Visit, verb: "hold" | "resume"): Promise<Done> {
  const deployment = await reach();
  const says = await runSending(verb, deployment, true);
  EXAMINED.delete(deployment.allPeople);
  return { says };
}

/** By the people of a stage: a deployment is put together for each page. */
const EXAMINED = new WeakMap<Deployment["allPeople"], { at: number; findings?: Examined[] }>();
/** The checks build the functions and ask AWS twenty times: seconds, for a line of the first screen. */
const EXAMINED_FOR_MS = 60_000;

/** What the checks have found within the last minute; undefined while they are at it. Real time. */
export function findingsLately(deployment: Deployment): Examined[] | undefined {
  const { allPeople } = deployment;
  const known = EXAMINED.get(allPeople);
  const now = performance.now();
  if (known && (!known.findings || now - known.at < EXAMINED_FOR_MS)) return known.findings;
  const begun: { at: number; findings?: Examined[] } = { at: now };
  EXAMINED.set(allPeople, begun);
  examine(deployment, openDns()).then(
    (findings) => Object.assign(begun, { findings, at: performance.now() }),
    () => EXAMINED.delete(allPeople),
  );
  return undefined;
}

const steering = (visit: Visit) => html`<div class="inline">
  ${askedFirst(visit, "/health/hold", "Hold all mail", ["Nothing leaves any more, to anybody, until you let it go again."])}
  ${actButton(visit, "/health/resume", "Let mail go again")}
</div>`;

const GROUPS: [state: DoctorFinding["state"], title: string][] = [
  ["stops", "Stops mail"],
  ["look", "To look at"],
  ["pass", "Well"],
  ["skipped", "Left out here"],
];

const group = (title: string, findings: readonly Examined[]) =>
  findings.length > 0 &&
  html`<h2>${title}</h2><ul class="rows sheet">${findings.map(
    ({ name, says, doThis }) =>
      html`<li><b>${name}</b> ${says}${doThis !== undefined && html`<p class="quiet">What to do: ${doThis}</p>`}</li>`,
  )}</ul>`;

/** One line, for the first screen as well. */
export function verdict(findings: readonly Examined[]): string {
  const named = (state: DoctorFinding["state"]) =>
    findings
      .filter((finding) => finding.state === state)
      .map(({ name }) => name)
      .join(", ");
  const [stopping, looking] = [named("stops"), named("look")];
  if (stopping) return `Something stops mail: ${stopping}.`;
  if (looking) return `Mail leaves. To look at: ${looking}.`;
  return "All is well: mail leaves, and replies arrive.";
}
