import { coursesHere } from "../../authoring/content-here.ts";
import { verb } from "../command.ts";
import { FLAGS, runImport } from "./order.ts";

/** Brings a list of another tool, or one's own export, into the list. */
export const IMPORT = verb({
  takes: ["FILE"],
  flags: FLAGS,
  stopsItself: true,
  run: async ({ words: [file = ""], flags, tell, signal, reach }) =>
    runImport(file, await reach(() => coursesHere()), flags, { tell, signal }),
});
