import { outlineHere } from "../../authoring/content-here.ts";
import { heading } from "../../cli/terminal.ts";
import { verb } from "../command.ts";
import { FLAGS, runStats } from "./run.ts";

/** What the list and its courses have come to. */
export const STATS = verb({
  onlyReads: true,
  flags: FLAGS,
  run: async ({ flags, tell, reach }) => runStats(await reach(() => outlineHere()), flags, { tell, heading }),
});
