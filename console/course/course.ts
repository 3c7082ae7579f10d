import type { Group } from "../command.ts";
import { NEW_COURSE } from "./new.ts";

/** The owner's own courses. */
export const COURSE: Group = {
  says: "begin a course of your own",
  verbs: { new: NEW_COURSE },
};
