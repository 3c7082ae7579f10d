import type { Group } from "../command.ts";
import { NEW_COURSE } from "./new.ts";
import { OWN_NEWSLETTER } from "./newsletter.ts";
import { TEST_COURSE } from "./test.ts";

/** The owner's own courses. */
export const COURSE: Group = {
  verbs: { new: NEW_COURSE, newsletter: OWN_NEWSLETTER, test: TEST_COURSE },
};
