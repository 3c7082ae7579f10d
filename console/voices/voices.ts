import type { Group } from "../command.ts";
import { ACCEPT, BLANK, REFUSE, SHORTEN } from "./acts.ts";
import { LIST_VOICES, SHOW_VOICE } from "./look.ts";

/** What readers let others read: the owner chooses. */
export const VOICES: Group = {
  otherwise: "list",
  verbs: {
    list: LIST_VOICES,
    show: SHOW_VOICE,
    accept: ACCEPT,
    shorten: SHORTEN,
    blank: BLANK,
    refuse: REFUSE,
  },
};
