import { readAddress } from "../domain/people/address.ts";
import { addressHash } from "../links/links.ts";
import { operation } from "./operation.ts";
import { notFound, unprocessable } from "./problem.ts";
import { listQuery, searchBody, subscribersView, subscriberView } from "./schemas.ts";
import { findSubscriber, viewSubscriber } from "./subscriber-view.ts";

const PAGE = 20;
/** A place in the owner's index: a moment in ISO's form, and whose it is. */
const PLACE = /^[0-9T:.Z-]{20,30} [a-z2-7]{8,64}$/;

/** Opaque to its holder: where a page ended. */
const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

function readCursor(cursor: string): string | undefined {
  const place = Buffer.from(cursor, "base64url").toString();
  return PLACE.test(place) ? place : undefined;
}

export const LIST_SUBSCRIBERS = operation<unknown, typeof listQuery._zod.output>({
  route: "GET /api/v1/subscribers",
  id: "listSubscribers",
  says: "Subscribers, newest first, a page at a time",
  scope: "subscribers:read",
  query: listQuery,
  answers: { status: 200, says: "A page", body: subscribersView },
  mayAnswer: [422],
  async run(services, { query: { limit, cursor, status, tag } }) {
    const before = cursor === undefined ? undefined : readCursor(cursor);
    if (cursor !== undefined && before === undefined)
      return unprocessable([{ field: "cursor", detail: "is not `next` of a page" }]);
    const page = await services.people.page(
      { status, tag: tag?.trim().normalize("NFC"), before },
      Number(limit ?? PAGE),
    );
    const found = await Promise.all(page.ids.map((id) => findSubscriber(services, id)));
    const present = found.filter((one) => one !== undefined);
    const subscribers = await Promise.all(present.map((one) => viewSubscriber(services, one)));
    return {
      status: 200,
      body: { subscribers, next: page.before === undefined ? null : toCursor(page.before) },
    };
  },
});

/** By POST, so that no address stands in a path, which others log. */
export const SEARCH = operation<typeof searchBody._zod.output, unknown>({
  route: "POST /api/v1/subscribers/search",
  id: "findSubscriber",
  says: "The subscriber whose address it is",
  scope: "subscribers:read",
  onlyReads: true,
  body: searchBody,
  answers: { status: 200, says: "The subscriber", body: subscriberView },
  mayAnswer: [404, 422],
  async run(services, { body: { email } }) {
    const address = readAddress(email);
    if ("problem" in address)
      return unprocessable([{ field: "email", detail: "is no address that anybody can have" }]);
    const id = await services.store.findSubscriber(
      addressHash(await services.keyring.keys(), address.canonical),
    );
    const found = await findSubscriber(services, id);
    return found
      ? { status: 200, body: await viewSubscriber(services, found) }
      : notFound("No subscriber has this address.");
  },
});
