import type { Group } from "../command.ts";
import { ANSWER } from "./answer.ts";
import { DONE } from "./done.ts";
import { LIST_REPLIES } from "./list.ts";
import { SHOW_REPLY } from "./show.ts";

/** What readers wrote, and the owner's answers. */
export const REPLIES: Group = {
  otherwise: "list",
  verbs: { list: LIST_REPLIES, show: SHOW_REPLY, answer: ANSWER, done: DONE },
};
