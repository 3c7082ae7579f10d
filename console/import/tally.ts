import { momentShown } from "../shown.ts";
import { REASONS, type Reason } from "./candidate.ts";
import { type Columns, quoteNames } from "./columns.ts";
import type { ImportTerms, Sorted } from "./sort-out.ts";
import { ANY_TOOL } from "./tools.ts";

/** What the rows of a file come to. */
export interface ImportTally {
  rows: number;
  new: number;
  before: number;
  /** Of the new, those who are kept as stopped. */
  stopped: number;
  /** Of the new, those who get issues. */
  newsletter: number;
  /** Of the new, those without a zone that is known. */
  zoneless: number;
  /** Of the new, those whose row names a language that no course speaks. */
  unspoken: number;
  rejected: Partial<Record<Reason, number>>;
}

export const emptyTally = (): ImportTally => ({
  rows: 0,
  new: 0,
  before: 0,
  stopped: 0,
  newsletter: 0,
  zoneless: 0,
  unspoken: 0,
  rejected: {},
});

/** Counts one more row. */
export function count(tally: ImportTally, sorted: Sorted): void {
  tally.rows++;
  if (sorted.is === "rejected") {
    const { reason } = sorted.reject;
    tally.rejected[reason] = (tally.rejected[reason] ?? 0) + 1;
    return;
  }
  tally[sorted.is]++;
  if (sorted.is === "before") return;
  if (sorted.person.stoppedBy) tally.stopped++;
  else if (sorted.person.newsletter) tally.newsletter++;
  if (sorted.candidate.zone === undefined) tally.zoneless++;
  if (sorted.candidate.language !== undefined && sorted.person.language === undefined) tally.unspoken++;
}

/** What a dry run says. */
export function forecast(
  tally: ImportTally,
  terms: ImportTerms,
  around: { file: string; place: string; rejects: string | undefined; mail: string },
): string {
  const { columns, evidence, date, defaultZone } = terms;
  const rejected = Object.values(tally.rejected).reduce((sum, by) => sum + by, 0);
  return [
    `File         ${around.file}, ${formInWords(columns)}: ${number(tally.rows)} rows`,
    `Goes to      ${around.place}`,
    `Evidence     “${evidence.words}”, ${evidence.source}, ${momentShown(date, defaultZone)} where a row has no date`,
    `New          ${number(tally.new)}${newOnes(tally)}`,
    ...(tally.before > 0
      ? [`Before       ${number(tally.before)} were added by an earlier run of this import`]
      : []),
    `Rejected     ${number(rejected)}${around.rejects ? `, listed with line and reason in ${around.rejects}` : ""}`,
    ...Object.entries(tally.rejected).map(
      ([reason, by]) => `  ${REASONS[reason as Reason].padEnd(34)} ${number(by)}`,
    ),
    ...(tally.zoneless > 0
      ? [`Zones        ${number(tally.zoneless)} rows name none that is known: they get ${defaultZone}`]
      : []),
    ...(tally.unspoken > 0
      ? [
          `Languages    ${number(tally.unspoken)} rows name one that no course here speaks: they get each course in its own`,
        ]
      : []),
    ...(columns.unread.length > 0 ? [`Not taken    the columns ${quoteNames(columns.unread)}`] : []),
    `Mail         ${around.mail}`,
  ].join("\n");
}

function formInWords({ form }: Columns): string {
  if (form === "mapped") return "its columns as mapped";
  return form === ANY_TOOL.name ? "as its headings say" : `as ${form} exports it`;
}

const newOnes = ({ new: all, newsletter, stopped }: ImportTally): string => {
  if (all === 0) return "";
  const kept = stopped > 0 ? `; ${number(stopped)} are kept as stopped` : "";
  return `; ${number(newsletter)} get the newsletter${kept}`;
};

export const number = (count: number): string => count.toLocaleString("en");
