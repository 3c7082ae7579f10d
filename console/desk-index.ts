import { ArgumentError } from "../cli/arguments.ts";
import { type Group, verb, type Watching } from "./command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "./connect.ts";
import { countInWords } from "./shown.ts";
import type { OwnerIndex } from "./table/owner-index.ts";

/** The index that the desk, `today`, `replies` and `subscribers find` ask. */
export const DESK_INDEX: Group = {
  otherwise: "show",
  verbs: {
    show: verb({
      says: "whether it is filled",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) => showIndex(await reach()),
    }),
    fill: verb({
      says: "read the table once, and give each person and reply its place; cut short, it goes on from there",
      flags: REACH_FLAGS,
      run: async ({ reach, flags, tell }) => fillIndex(await reach(), flags.yes, tell),
    }),
  },
};

type WithIndex = Pick<Deployment, "ownerIndex" | "indexFilling" | "stage">;

/** Whether the index holds everybody. A small table is filled at once: a new stage, and this machine. */
export async function isIndexReady({ indexFilling }: Pick<WithIndex, "indexFilling">): Promise<boolean> {
  if (await indexFilling.isFilled()) return true;
  if (!(await indexFilling.isSmall())) return false;
  await indexFilling.fill();
  return true;
}

/**
 * The index, filled. Throws an ArgumentError that says what to do where it is not: one that lacks people must not be taken
 * for all of them.
 */
export async function requireOwnerIndex(deployment: WithIndex): Promise<OwnerIndex> {
  if (await isIndexReady(deployment)) return deployment.ownerIndex;
  throw new ArgumentError(
    `The owner's index of this stage is not filled yet. Fill it once: npm run console -- desk-index fill --stage ${deployment.stage}`,
  );
}

async function showIndex({ indexFilling, place }: Deployment): Promise<string> {
  return (await indexFilling.isFilled())
    ? `The owner's index is filled (${place}).`
    : `The owner's index is not filled yet (${place}): "desk-index fill" does it.`;
}

async function fillIndex(
  deployment: Deployment,
  yes: true | undefined,
  tell: Watching["tell"],
): Promise<string> {
  const { indexFilling } = deployment;
  if (await indexFilling.isFilled()) return showIndex(deployment);
  const asks = "Read the whole table once, and write a place to what has none";
  if (!(await isAllowed(asks, deployment, yes))) return "Nothing was changed.";
  const placed = await indexFilling.fill((looked) => tell("items looked at", looked));
  return `${countInWords(placed, "item")} got a place. The owner's index is filled (${deployment.place}).`;
}
