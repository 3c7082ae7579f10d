import { LIST_SUBSCRIBERS, SEARCH } from "./find-subscribers.ts";
import { LISTS } from "./lists.ts";
import type { Operation } from "./operation.ts";
import { SIGN_UP } from "./sign-ups.ts";
import { ERASE, GET_PROGRESS, GET_SUBSCRIBER, LEAVE, PATCH_SUBSCRIBER } from "./subscribers.ts";
import { DELETE_TAG, PUT_TAG } from "./tags.ts";

/** All that the API does, in the order in which its document names it. */
export const OPERATIONS: readonly Operation[] = [
  ...[LISTS, SIGN_UP],
  ...[LIST_SUBSCRIBERS, SEARCH, GET_SUBSCRIBER, PATCH_SUBSCRIBER, ERASE],
  ...[GET_PROGRESS, LEAVE, PUT_TAG, DELETE_TAG],
];
