import { PRICES } from "../../functions/report/prices.ts";

/** What became of a step. */
export interface StepReport {
  name: string;
  /** What must hold, in a sentence. */
  says: string;
  state: "held" | "failed" | "not tried";
  seconds: number;
  /** What was seen, a line each. */
  found: string[];
  /** What did not hold, and what to do. */
  why?: string;
  doThis?: string;
}

/** Something that only a real account can tell, and what this run was told. */
export interface RehearsalAnswer {
  question: string;
  answer: string;
}

/** A whole rehearsal. */
export interface RehearsalReport {
  stage: string;
  place: string;
  run: string;
  isHeld: boolean;
  seconds: number;
  steps: StepReport[];
  answers: RehearsalAnswer[];
  mails: { out: number; in: number };
  /** US dollars, by list prices. */
  cost: number;
}

/**
 * By list prices of us-east-1, free tiers left out: a mail out on the plan of new accounts, a mail in with one chunk of
 * 256 KB (AWS's price list of July 2026, as a third party read it). What the functions and the table do for it is less.
 */
const A_MAIL_OUT = 0.000_16;
const A_MAIL_IN = 0.000_1 + 0.000_09;
export const rehearsalCost = (mails: RehearsalReport["mails"]): number =>
  mails.out * A_MAIL_OUT + mails.in * A_MAIL_IN;

/** DynamoDB reads half a unit for 4 KB, and a whole one where it must not miss what has just been written. */
const UNITS_OF_A_GB = (2 ** 30 / 4_096) * (0.5 + 1);
/** US dollars for a gigabyte of the table: what was left is looked for before and after. */
export const A_GB_OF_TABLE = (UNITS_OF_A_GB / 1_000_000) * PRICES.million.readUnits;

export const inDollars = (cost: number): string => `$${cost.toFixed(4)}`;

const MARKS: Record<StepReport["state"], string> = { held: "✓", failed: "✗", "not tried": "-" };
const MARGIN = " ".repeat(12);

/** A step as the transcript shows it. */
export function stepInWords({ says, state, seconds, found, why, doThis }: StepReport): string {
  const time = state === "not tried" ? "" : `${seconds.toFixed(1)} s`;
  return [
    `${MARKS[state]} ${time.padStart(8)}  ${says}`,
    ...found.map((line) => `${MARGIN}${line}`),
    ...(why ? [`${MARGIN}✗ ${why}`] : []),
    ...(doThis ? [`${MARGIN}> ${doThis}`] : []),
  ].join("\n");
}

export function endInWords({ steps, answers, isHeld, seconds, mails, cost, stage }: RehearsalReport): string {
  const held = steps.filter(({ state }) => state === "held").length;
  const told = answers.flatMap(({ question, answer }) => [`  ${question}`, `      ${answer}`]);
  return [
    stage === "local"
      ? "What only a real account can tell; here the emulators answered:"
      : "What only a real account can tell:",
    ...told,
    "",
    `${mails.out} mails out, ${mails.in} in: ${inDollars(cost)} by list prices.`,
    isHeld
      ? `All ${held} steps held, in ${seconds.toFixed(0)} s.`
      : `${held} of ${steps.length} steps held. Mend the first ✗, and try again: npm run rehearse -- --stage ${stage}`,
  ].join("\n");
}
