import { BUGS } from "../simulation/planted.ts";
import { describePlanted, SOON } from "../simulation/planted-runs.ts";

describePlanted(Object.keys(BUGS).filter((bug) => !SOON.includes(bug)));
