import { BUGS } from "../simulation/planted.ts";
import { describePlanted, SOON } from "../simulation/planted-runs.ts";

// Half of them; the others stand in a file beside it, for the second core.
describePlanted(Object.keys(BUGS).filter((bug, at) => !SOON.includes(bug) && at % 2 === 0));
