import { A_PIECE, erase } from "../consent/erase.ts";
import { leave } from "../consent/leave.ts";
import { ownersRecord } from "../domain/people/consent.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import { type ApiAnswer, type ApiServices, type Asked, operation } from "./operation.ts";
import { notFound, unprocessable } from "./problem.ts";
import { viewProgress } from "./progress.ts";
import { leaveBody, patchBody, progressView, subscriberView } from "./schemas.ts";
import { findSubscriber, isSubscriberId, viewSubscriber } from "./subscriber-view.ts";

const NOBODY = "There is no subscriber with this id.";

/** Goes on with the person whose id stands in the path. */
const withSubscriber =
  <Body, Query>(
    go: (services: ApiServices, subscriber: Subscriber, asked: Asked<Body, Query>) => Promise<ApiAnswer>,
  ) =>
  async (services: ApiServices, asked: Asked<Body, Query>): Promise<ApiAnswer> => {
    const subscriber = await findSubscriber(services, asked.path.id);
    return subscriber ? go(services, subscriber, asked) : notFound(NOBODY);
  };

export const GET_SUBSCRIBER = operation({
  route: "GET /api/v1/subscribers/{id}",
  id: "getSubscriber",
  says: "One subscriber",
  scope: "subscribers:read",
  answers: { status: 200, says: "The subscriber", body: subscriberView },
  mayAnswer: [404],
  run: withSubscriber(async (services, subscriber) => ({
    status: 200,
    body: await viewSubscriber(services, subscriber),
  })),
});

export const GET_PROGRESS = operation({
  route: "GET /api/v1/subscribers/{id}/progress",
  id: "getProgress",
  says: "How far they are in their courses: which lessons left when, and what comes next",
  scope: "subscribers:read",
  answers: { status: 200, says: "By course", body: progressView },
  mayAnswer: [404],
  run: withSubscriber(async (services, subscriber) => ({
    status: 200,
    body: { courses: await viewProgress(services, subscriber) },
  })),
});

export const PATCH_SUBSCRIBER = operation<typeof patchBody._zod.output, unknown>({
  route: "PATCH /api/v1/subscribers/{id}",
  id: "changeSubscriber",
  says: "Changes what is named, and nothing else",
  scope: "subscribers:write",
  body: patchBody,
  answers: { status: 200, says: "As it is now", body: subscriberView },
  mayAnswer: [404, 422],
  run: withSubscriber((services, subscriber, { body }) => changeSubscriber(services, subscriber, body)),
});

/** As the owner's console takes somebody off a list: no mail tells them, and they may come back. */
export const LEAVE = operation<typeof leaveBody._zod.output, unknown>({
  route: "POST /api/v1/subscribers/{id}/leave",
  id: "leave",
  says: "Takes them off a list, or off everything. Nothing more is sent to them for it; doing it again changes nothing",
  scope: "subscribers:write",
  body: leaveBody,
  answers: { status: 204, says: "They are off it" },
  mayAnswer: [404, 422],
  run: withSubscriber(async (services, { id }, { body: { list }, caller }) => {
    const enrolments = await services.store.enrolments(id);
    const lists = [...enrolments.map(({ course }) => course), NEWSLETTER, EVERYTHING];
    if (!lists.includes(list))
      return unprocessable([{ field: "list", detail: `is no list of theirs: ${lists.join(", ")}` }]);
    const record = ownersRecord("withdrawn", list, `API key ${caller}`, services.clock.now());
    await leave(services, id, { ...record, source: "api" });
    return { status: 204 };
  }),
});

/** Asked again until it says that nothing is left: a person with very much takes several requests. */
export const ERASE = operation({
  route: "DELETE /api/v1/subscribers/{id}",
  id: "eraseSubscriber",
  says: "Erases all that is kept about them. It cannot be undone",
  scope: "subscribers:erase",
  answers: {
    status: 204,
    says: "Nothing is left but the least proof of consent, under a keyed hash. 202: there is more; ask again",
  },
  mayAnswer: [404],
  run: async (services, { path: { id = "" } }) => {
    // Of who is half erased a tombstone is there, which counts as nobody.
    const found = isSubscriberId(id) ? await services.store.holder({ subscriber: id }) : undefined;
    if (!found) return notFound(NOBODY);
    const isGone = await erase(services, id, services.clock.now() + A_PIECE);
    return { status: isGone ? 204 : 202 };
  },
});
