import type { Group } from "../command.ts";
import { NEW_COURSE } from "./new.ts";
import { TEST_COURSE } from "./test.ts";

/** The owner's own courses. */
export const COURSE: Group = {
  says: "begin a course of your own, or mail one to a test address",
  verbs: { new: NEW_COURSE, test: TEST_COURSE },
};
