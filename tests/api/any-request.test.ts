import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApi } from "../../functions/api/answer-request.ts";
import { openApiDocument } from "../../functions/api/open-api.ts";
import type { ApiAnswer, Operation } from "../../functions/api/operation.ts";
import { OPERATIONS } from "../../functions/api/operations.ts";
import { makeApiKey, SCOPES } from "../../functions/domain/api/keys.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Errand } from "../../functions/domain/people/errand.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const course: Course = {
  ...aCourse(),
  questions: [{ slug: "team", kind: "text", label: "Which team?", isNeeded: false }],
  lessons: [aLesson("one"), aLesson("two")],
};

let world: World;
let id: string;
let key: string;
let errands: Errand[];
let ask: ReturnType<typeof openApi>;
beforeEach(async () => {
  world = await startWorld(plainContent(course), NOW);
  ({ id } = await addReader(world));
  errands = [];
  const made = makeApiKey(world.services.random, { name: "fuzz", scopes: SCOPES, now: NOW });
  await world.services.store.keepApiKey(made.key);
  key = made.shown;
  ask = openApi({
    ...world.services,
    errands: { leave: async (errand) => void errands.push(errand) },
    people: { page: async () => ({ ids: [id] }) },
  });
});
afterEach(() => world.stop());

/** What a caller may send in a field: texts of all kinds, halves of characters, names that objects have of themselves. */
const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "toString",
    "\ud800",
    "a\0b",
    "a\r\nb",
    "course",
    "newsletter",
  ),
  fc.constantFrom("everything", "ann@acme.example", "Europe/Berlin", "en", "203.0.113.9", "team", "vip", "5"),
);
const values = fc.oneof(
  texts,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(null),
  fc.array(texts, { maxLength: 60 }),
);
const NAMES = [
  "email",
  "list",
  "firstName",
  "zone",
  "language",
  "newsletter",
  "answers",
  "network",
  "source",
  "tags",
];
const fields = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), texts), values, { maxKeys: 6 });
const answersOf = fc.dictionary(
  fc.constantFrom("course", "__proto__"),
  fc.dictionary(texts, values, { maxKeys: 3 }),
);
const bodies = fc.oneof(
  { weight: 3, arbitrary: fc.constant('{"email":"ann@acme.example"}') },
  fields.map((body) => JSON.stringify(body)),
  fc
    .record({ email: fc.constant("ann@acme.example"), more: fields })
    .map(({ email, more }) => JSON.stringify({ email, ...more })),
  answersOf.map((answers) => JSON.stringify({ answers })),
  fc.json(),
  texts,
  fc.integer({ min: 1, max: 8_000 }).map((deep) => "[".repeat(deep) + "]".repeat(deep)),
  fc.constant(undefined),
);
const queries = fc.dictionary(fc.oneof(fc.constantFrom("limit", "cursor", "status", "tag"), texts), texts, {
  maxKeys: 3,
});
const headers = fc.record(
  {
    "content-type": fc.oneof(fc.constant("application/json"), texts),
    "idempotency-key": fc.oneof(fc.constantFrom("one", "two"), texts),
    "x-http-method-override": fc.constant("DELETE"),
  },
  { requiredKeys: [] },
);
// Erasing has a test of its own: it would leave the others nobody to ask about.
const routes = OPERATIONS.map(({ route }) => route).filter(
  (one) => one !== "DELETE /api/v1/subscribers/{id}",
);
const findOperation = (wanted: string) => OPERATIONS.find(({ route }) => route === wanted) as Operation;
const asked = fc.record({
  route: fc.constantFrom(...routes),
  isTheirs: fc.boolean(),
  other: texts,
  // As it stands in a path, which holds no half of a character.
  tag: texts.map((tag) => Buffer.from(tag).toString()),
  body: bodies,
  query: queries,
  headers,
});

type Responses = Record<string, { content?: Record<string, unknown> }>;
const documented = (document: object, { route }: Operation): Responses => {
  const [method = "", path = ""] = route.split(" ");
  const { paths } = document as { paths: Record<string, Record<string, { responses: Responses }>> };
  return paths[path]?.[method.toLowerCase()]?.responses ?? {};
};

/** Why an answer is none that the document promises; undefined if it is one. */
function findFault(document: object, operation: Operation, { status, headers: sent = {}, body }: ApiAnswer) {
  const response = documented(document, operation)[status];
  if (!response) return `${status} stands in no answer of the document`;
  const type = body === undefined ? undefined : (sent["content-type"] ?? "application/json");
  if (type !== undefined && !response.content?.[type]) return `${status} comes as ${type}`;
  const isMeant = status === operation.answers.status;
  if (isMeant && operation.answers.body && !operation.answers.body.safeParse(body).success)
    return `${JSON.stringify(body)} is not of the document's form`;
  const text = Object.values(sent).join("");
  return /[^\x20-\x7e]/.test(text) ? `a header holds ${JSON.stringify(text)}` : undefined;
}

/** As JSON writes half of a character. */
const HALVES = /\\ud[89a-f]/;

/** What is written about the reader and in the queue: the same text as long as nothing was changed. */
async function readState(): Promise<string> {
  const { store } = world.services;
  return JSON.stringify([await store.subscriber(id), await store.enrolments(id), errands]);
}

describe("whatever a program asks", () => {
  it("is answered as the document says, changes nothing unless it is taken, and leaves no broken text", async () => {
    const document = openApiDocument("https://web.example");
    const seen: Record<number, number> = {};
    await fc.assert(
      fc.asyncProperty(asked, async ({ route, isTheirs, other, tag, body, query, headers: given }) => {
        const [method = "", rawPath = ""] = route.split(" ");
        const operation = findOperation(route);
        const before = await readState();
        world.clock.set(world.clock.now() + 1_000);
        const answer = await ask({
          ...{ route, method, rawPath, query, body, ip: "198.51.100.7" },
          path: { id: isTheirs ? id : other, tag },
          headers: { "content-type": "application/json", ...given, authorization: `Bearer ${key}` },
        });
        seen[answer.status] = (seen[answer.status] ?? 0) + 1;
        expect(findFault(document, operation, answer)).toBeUndefined();
        const after = await readState();
        if (answer.status >= 300) expect(after).toBe(before);
        // Half a character is no text: DynamoDB refuses it.
        expect(HALVES.test(after)).toBe(HALVES.test(before));
      }),
      { numRuns: 600 },
    );
    expect(world.logged.filter((line) => line.includes("crashed"))).toEqual([]);
    for (const status of [200, 202, 404, 413, 415, 422])
      expect(seen[status] ?? 0, `${status}`).toBeGreaterThan(0);
  }, 60_000);

  it("control: another answer than the document's is found", () => {
    const document = openApiDocument("https://web.example");
    const one = findOperation("GET /api/v1/subscribers/{id}");
    const found = (answer: ApiAnswer) => findFault(document, one, answer);
    expect(found({ status: 418 })).toContain("418 stands in no answer");
    expect(found({ status: 200, body: { id: 1 } })).toContain("is not of the document's form");
    expect(found({ status: 404, body: {} })).toContain("comes as application/json");
  });
});
