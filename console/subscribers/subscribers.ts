import type { Group } from "../command.ts";
import { CHANGE_ADDRESS } from "./address.ts";
import { ERASE, EXPORT_READER } from "./data.ts";
import { FIND } from "./find.ts";
import { SHOW } from "./show.ts";
import { PAUSE, PLACE, RESUME } from "./steer.ts";
import { SUPPRESS, UNSUBSCRIBE, UNSUPPRESS } from "./stop.ts";
import { TAG, UNTAG } from "./tags.ts";

/** One reader, named by their address or their id; or those that are looked for. */
export const SUBSCRIBERS: Group = {
  otherwise: "find",
  was: { "move-to": "place" },
  verbs: {
    find: FIND,
    show: SHOW,
    tag: TAG,
    untag: UNTAG,
    pause: PAUSE,
    resume: RESUME,
    place: PLACE,
    "change-address": CHANGE_ADDRESS,
    unsubscribe: UNSUBSCRIBE,
    suppress: SUPPRESS,
    unsuppress: UNSUPPRESS,
    export: EXPORT_READER,
    erase: ERASE,
  },
};
