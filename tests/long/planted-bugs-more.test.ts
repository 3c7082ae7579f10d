import { BUGS } from "../simulation/planted.ts";
import { describePlanted, SOON } from "../simulation/planted-runs.ts";

describePlanted(Object.keys(BUGS).filter((bug, at) => !SOON.includes(bug) && at % 2 === 1));
