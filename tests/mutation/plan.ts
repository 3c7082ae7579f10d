/** What one run of vitest is told, in a file that COURSEPOST_MUTATION names. */
export interface Plan {
  /** The source that is broken, and the text that stands for it: each mutant behind a switch. */
  file: string;
  code: string;
  /** Test files that have to notice. */
  tests: string[];
  /**
   * Which tests each mutant is shown to, by full name; undefined for all of them. Empty to look at coverage first.
   * A loop that it has made endless ends when it has come by the switch `mostHits` times.
   */
  mutants: { id: string; tests?: string[]; mostHits: number }[];
  /** Where each result is written as a line of JSON as soon as it is known. */
  results: string;
}

/** Of the run in which nothing is broken yet. */
export interface Covered {
  /** Mutants that run while files are loaded, and how often: any test may notice. */
  static: Record<string, number>;
  /** By the full name of each test, which mutants it comes by, and how often. */
  perTest: Record<string, Record<string, number>>;
  /** Full names of tests that fail although nothing is broken. */
  failing: string[];
}

/** What became of one mutant. */
export interface Verdict {
  id: string;
  outcome: "killed" | "survived";
}
