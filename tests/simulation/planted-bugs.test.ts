import { describePlanted, SOON } from "./planted-runs.ts";

// All others, at greater length: `npm run test:long`.
describePlanted(SOON);
