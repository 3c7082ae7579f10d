import type { Deployment } from "../connect.ts";
import type { DoctorFinding } from "../doctor/check.ts";
import { openDns } from "../doctor/dns.ts";
import { type Examined, examine } from "../doctor/doctor.ts";

/** What the doctor has found, and when: ms of real time. */
export interface Checks {
  at: number;
  findings: Examined[];
}

/** By the people of a stage: a deployment is put together for each page. */
const KNOWN = new WeakMap<Deployment["allPeople"], { running: boolean; last?: Checks }>();
/** The checks build the functions and ask AWS twenty times: seconds, for a line of the first screen. */
const KEPT_FOR_MS = 60_000;

/**
 * What the checks have found within the last minute. Undefined while they look for the first time or once more: nobody
 * waits for them, a page looks again by itself.
 */
export function findChecks(deployment: Deployment): Checks | undefined {
  const { allPeople } = deployment;
  const known = KNOWN.get(allPeople);
  if (known?.running) return undefined;
  if (known?.last && performance.now() - known.last.at < KEPT_FOR_MS) return known.last;
  KNOWN.set(allPeople, { running: true });
  examine(deployment, openDns()).then(
    (findings) => KNOWN.set(allPeople, { running: false, last: { at: performance.now(), findings } }),
    () => KNOWN.delete(allPeople),
  );
  return undefined;
}

/** Something was changed, or an owner wants to know anew: the next page looks again. */
export const forgetChecks = ({ allPeople }: Deployment): void => void KNOWN.delete(allPeople);

/** One line, for the first screen as well. */
export function verdict(findings: readonly Examined[]): string {
  const listNames = (state: DoctorFinding["state"]) =>
    findings
      .filter((finding) => finding.state === state)
      .map(({ name }) => name)
      .join(", ");
  const [stopping, looking] = [listNames("stops"), listNames("look")];
  if (stopping) return `Something stops mail: ${stopping}.`;
  if (looking) return `Mail leaves. To look at: ${looking}.`;
  return "All is well: mail leaves, and replies arrive.";
}
