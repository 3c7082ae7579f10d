/** Something in the content that a reader should not get, or an owner should know. */
export interface Finding {
  file: string;
  /** Counted from 1. */
  line: number;
  /** A name for scripts, of a-z and -, for example `long-sentence`. */
  rule: string;
  /** What is wrong, as a sentence without its full stop. */
  says: string;
  /** What to do about it, likewise. */
  doThis: string;
  /** An error fails the check; a warning is only printed. */
  severity: "error" | "warning";
}

/** `file:line: error rule: what is wrong. What to do.` */
export const formatFinding = ({ file, line, severity, rule, says, doThis }: Finding): string =>
  `${file}:${line}: ${severity} ${rule}: ${says}. ${doThis}.`;

/** By file and line, each once. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...unique.values()].sort(
    (one, other) =>
      compare(one.file, other.file) ||
      one.line - other.line ||
      compare(formatFinding(one), formatFinding(other)),
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
