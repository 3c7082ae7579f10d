import { SECOND } from "../../functions/domain/time.ts";
import { NotHeld } from "./expectation.ts";
import {
  Interrupted,
  LAST_STEP,
  Rehearsal,
  type RehearsalStage,
  type RehearsalStep,
  STEPS,
} from "./rehearsal.ts";
import { type RehearsalReport, rehearsalCost, type StepReport } from "./report.ts";

/**
 * Goes through the steps until one does not hold, then takes away what was made, whatever happened.
 * @param run eight letters of base32, new for each rehearsal
 * @param tell of each step as it ends
 */
export async function runRehearsal(
  stage: RehearsalStage,
  run: string,
  tell: (step: StepReport) => void | Promise<void>,
): Promise<RehearsalReport> {
  const rehearsal = new Rehearsal(stage, run);
  const began = stage.clock.now();
  const reports: StepReport[] = [];
  for (const step of [...STEPS, LAST_STEP]) {
    const isBroken = reports.some(({ state }) => state === "failed");
    const isTried = !isBroken || step === LAST_STEP;
    const report = isTried ? await tryStep(stage, step, rehearsal) : notTried(step);
    reports.push(report);
    await tell(report);
  }
  const { stage: name, place } = stage.deployment;
  return {
    ...{ stage: name, place, run },
    isHeld: reports.every(({ state }) => state === "held"),
    seconds: (stage.clock.now() - began) / SECOND,
    steps: reports,
    answers: rehearsal.answers,
    mails: rehearsal.mails,
    cost: rehearsalCost(rehearsal.mails),
  };
}

const notTried = ({ name, says }: RehearsalStep): StepReport => ({
  name,
  says,
  state: "not tried",
  seconds: 0,
  found: [],
});

async function tryStep(
  { clock }: RehearsalStage,
  step: RehearsalStep,
  rehearsal: Rehearsal,
): Promise<StepReport> {
  const began = clock.now();
  const { name, says, doThis } = step;
  const describeEnd = () => ({ name, says, seconds: (clock.now() - began) / SECOND });
  try {
    const found = await step.run(rehearsal);
    return { ...describeEnd(), state: "held", found };
  } catch (error) {
    return { ...describeEnd(), state: "failed", found: [], ...failure(error as Error, doThis) };
  }
}

/** What AWS or the network refuses is a step that did not hold, too. */
function failure(error: Error, doThis: string): Pick<StepReport, "why" | "doThis"> {
  if (error instanceof Interrupted) return { why: "interrupted" };
  if (error instanceof NotHeld) return { why: error.message, doThis: error.doThis ?? doThis };
  return { why: `${error.name}: ${error.message}`, doThis };
}
