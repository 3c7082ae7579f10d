import type { When } from "../functions/domain/newsletter/broadcast.ts";
import type { Issue } from "../functions/domain/newsletter/issue.ts";

/** What the simulation's owner asks of the console's bundle: all that passes between the two. */
export type OwnerOrder =
  | { verb: "send"; issue: Issue; when: When; isToMidCourse: boolean; perDay?: number }
  | { verb: "pause" | "resume" | "cancel"; slug: string }
  | { verb: "import"; people: { address: string; zone: string }[]; joinedAt: number }
  | { verb: "put-back" }
  | { verb: "choose-voices" };
