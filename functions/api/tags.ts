import { MOST_TAGS, problemOfTag, withTag } from "../domain/people/tags.ts";
import { type ApiAnswer, type ApiServices, type Asked, operation } from "./operation.ts";
import { notFound, unprocessable } from "./problem.ts";
import { subscriberView } from "./schemas.ts";
import { changePerson, findSubscriber, viewSubscriber } from "./subscriber-view.ts";

export const PUT_TAG = operation({
  route: "PUT /api/v1/subscribers/{id}/tags/{tag}",
  id: "addTag",
  says: "Adds a tag; one that they have stays",
  scope: "subscribers:write",
  answers: { status: 200, says: "As it is now", body: subscriberView },
  mayAnswer: [404, 422],
  run: async (services, asked) => {
    const detail = problemOfTag(asked.path.tag ?? "");
    if (detail !== undefined) return unprocessable([{ field: "tag", detail }]);
    return changeTags(services, asked, (tags, tag) => withTag(tags, [tag]));
  },
});

export const DELETE_TAG = operation({
  route: "DELETE /api/v1/subscribers/{id}/tags/{tag}",
  id: "removeTag",
  says: "Takes a tag away, if they have it",
  scope: "subscribers:write",
  answers: { status: 200, says: "As it is now", body: subscriberView },
  mayAnswer: [404],
  run: (services, asked) => changeTags(services, asked, (tags, tag) => tags.filter((one) => one !== tag)),
});

/** @param change undefined: they would be more than anybody can have */
async function changeTags(
  services: ApiServices,
  { path: { id, tag: typed = "" } }: Asked,
  change: (tags: readonly string[], tag: string) => string[] | undefined,
): Promise<ApiAnswer> {
  const subscriber = await findSubscriber(services, id);
  if (!subscriber) return notFound("There is no subscriber with this id.");
  const tag = typed.trim().normalize("NFC");
  if (change(subscriber.tags ?? [], tag) === undefined)
    return unprocessable([
      { field: "tag", detail: `would be one more than ${MOST_TAGS}: take one away first` },
    ]);
  await changePerson(services, subscriber, (current) => {
    const { tags: had = [], ...others } = current;
    const tags = change(had, tag);
    if (tags === undefined || tags.join("\n") === had.join("\n")) return current;
    return tags.length > 0 ? { ...others, tags } : others;
  });
  const now = await findSubscriber(services, subscriber.id);
  return now ? { status: 200, body: await viewSubscriber(services, now) } : notFound();
}
