import type * as z from "zod/mini";
import type { Scope } from "../domain/api/keys.ts";
import type { API_ROUTES } from "../domain/routes.ts";
import type { PeopleIndex, Services } from "../ports.ts";

/** What the API's function has besides what every verb may ask for. */
export type ApiServices = Services & { people: PeopleIndex };

type ApiRoute = (typeof API_ROUTES)[number];

/** A request as it came: its body is not read yet. */
export interface ApiRequest {
  route: string;
  method: string;
  rawPath: string;
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Of the caller's machine. */
  ip: string;
  /** Undefined: larger than any body that the API takes. */
  body: string | undefined;
}

export interface ApiAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Written as JSON; left out of an answer without a body. */
  body?: object;
}

/** What is wrong with a field, by its name; `body` is all of it. */
export interface FieldProblem {
  field: string;
  detail: string;
}

/** Read, and found to be in the form that the operation asks for. */
export interface Asked<Body = unknown, Query = unknown> {
  path: Readonly<Record<string, string>>;
  body: Body;
  query: Query;
  request: ApiRequest;
  /** The owner's word for the key: it stands in the records of what was done with it. */
  caller: string;
}

type Schema<Value> = z.ZodMiniType<Value>;

/** One thing that the API does. The OpenAPI document is made from these. */
export interface Operation<Body = unknown, Query = unknown> {
  route: ApiRoute;
  id: string;
  says: string;
  /** Undefined: any key will do. */
  scope?: Scope;
  /** A POST that changes nothing, and so needs no answer to be kept for when it comes again. */
  onlyReads?: true;
  body?: Schema<Body>;
  query?: Schema<Query>;
  /** What it answers where all is well. */
  answers: { status: number; says: string; body?: z.ZodMiniType };
  /** Others that may be expected, besides those of every operation. */
  mayAnswer?: readonly (404 | 409 | 410 | 422)[];
  run(services: ApiServices, asked: Asked<Body, Query>): Promise<ApiAnswer>;
}

/** Whether it heeds an `Idempotency-Key`. What only reads does not: its answer names a person, and would be kept under nobody. */
export const mayComeAgain = ({ route, onlyReads }: Operation): boolean =>
  route.startsWith("POST ") && !onlyReads;

/** Keeps the types of body and query together; the table of all operations forgets them. */
export const operation = <Body, Query>(one: Operation<Body, Query>): Operation => one as Operation;
