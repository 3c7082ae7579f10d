import { ArgumentError } from "../../cli/arguments.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { MOST_TAGS, problemOfTag, withTag } from "../../functions/domain/people/tags.ts";
import { verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { requireReader } from "./reader.ts";

export const TAG = verb({
  takes: ["READER", "TAG…"],
  says: "add tags, your own words for sorting the list; the reader's export shows them",
  flags: REACH_FLAGS,
  run: async ({ words: [reader = "", ...tags], reach, flags }) => tag(await reach(), reader, tags, flags.yes),
});

export const UNTAG = verb({
  takes: ["READER", "TAG…"],
  says: "take tags away",
  flags: REACH_FLAGS,
  run: async ({ words: [reader = "", ...tags], reach, flags }) =>
    untag(await reach(), reader, tags, flags.yes),
});

export function tag(deployment: Deployment, reader: string, tags: string[], yes?: true): Promise<string> {
  for (const one of tags) {
    const problem = problemOfTag(one);
    if (problem) throw new ArgumentError(`${problem} Nothing was changed.`);
  }
  return withTags(deployment, reader, yes, `Tag them ${tags.join(", ")}`, (current) => {
    const all = withTag(current.tags, tags);
    if (!all)
      throw new ArgumentError(`${current.id} would have more than ${MOST_TAGS} tags: take one away first.`);
    return all;
  });
}

const untag = (deployment: Deployment, reader: string, tags: string[], yes?: true): Promise<string> =>
  withTags(deployment, reader, yes, `Take ${tags.join(", ")} away from them`, ({ tags: has = [] }) =>
    has.filter((one) => !tags.includes(one)),
  );

async function withTags(
  deployment: Deployment,
  reader: string,
  yes: true | undefined,
  asks: string,
  change: (current: Subscriber) => string[],
): Promise<string> {
  const subscriber = await requireReader(deployment, reader);
  const isSame = (current: Subscriber) => change(current).join("\n") === (current.tags ?? []).join("\n");
  if (isSame(subscriber)) return `${subscriber.id} ${has(subscriber)}: nothing was changed.`;
  if (!(await isAllowed(`${subscriber.id}: ${asks}`, deployment, yes))) return "Nothing was changed.";
  const after = await deployment.services.store.change(subscriber, (current) => {
    if (current.erasedAt !== undefined || isSame(current)) return current;
    const { tags: _, ...others } = current;
    const tags = change(current);
    return tags.length > 0 ? { ...others, tags } : others;
  });
  return after && after.erasedAt === undefined
    ? `${after.id} ${has(after)}.`
    : `${subscriber.id} is not there any more.`;
}

const has = ({ tags = [] }: Subscriber): string =>
  tags.length === 0 ? "has no tags" : `has the tags ${tags.join(", ")}`;
