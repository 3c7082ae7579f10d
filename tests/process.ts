/**
 * How the tests' processes are started. In processor time: the patterns that read replies are compiled once instead of twice
 * (`asks` and `own-words`: 26 s without, 16 s with), and what lives briefly is swept less often (as `npm run simulate` has it).
 */
export const PROCESS = ["--no-regexp-tier-up", "--max-semi-space-size=64"] as const;
