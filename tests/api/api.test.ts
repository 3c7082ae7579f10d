import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { openApi } from "../../functions/api/answer-request.ts";
import { openApiDocument } from "../../functions/api/open-api.ts";
import type { ApiAnswer, ApiRequest } from "../../functions/api/operation.ts";
import { OPERATIONS } from "../../functions/api/operations.ts";
import { makeApiKey, SCOPES, type Scope } from "../../functions/domain/api/keys.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import type { Errand } from "../../functions/domain/people/errand.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { API_ROUTES, OTHER_API_PATHS } from "../../functions/domain/routes.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { PeopleWanted } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const ROLE: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: false },
  options: [
    { slug: "managers", label: "Managers" },
    { slug: "sellers", label: "Sellers" },
  ],
};
const course: Course = { ...aCourse(), questions: [ROLE], lessons: [aLesson("one"), aLesson("two")] };

let world: World;
let reader: Subscriber;
let errands: Errand[];
let wanted: PeopleWanted[];
let ask: ReturnType<typeof openApi>;
let all: string;
beforeEach(async () => {
  world = await startWorld(plainContent(course), NOW);
  reader = await addReader(world);
  [errands, wanted] = [[], []];
  const services = {
    ...world.services,
    errands: { leave: async (errand: Errand) => void errands.push(errand) },
    mailDomains: { mayTakeMail: async (domain: string) => domain !== "nowhere.example" },
    people: {
      page: async (which: PeopleWanted) => {
        wanted.push(which);
        return { ids: [reader.id], before: `2026-06-01T09:00:00.000Z ${reader.id}` };
      },
    },
  };
  ask = openApi(services);
  all = await addKey(...SCOPES);
});
afterEach(() => world.stop());

async function addKey(...scopes: Scope[]): Promise<string> {
  const { key, shown } = makeApiKey(world.services.random, { name: scopes.join(" "), scopes, now: NOW });
  await world.services.store.keepApiKey(key);
  return shown;
}

type Given = Partial<Omit<ApiRequest, "body">> & { body?: unknown; key?: string };

/** As another program asks, with a key that may do everything. */
function request(route: string, { body, key = all, headers, ...more }: Given = {}): Promise<ApiAnswer> {
  const [method = "", rawPath = ""] = route.split(" ");
  const authorization: Record<string, string> = key === "" ? {} : { authorization: `Bearer ${key}` };
  return ask({
    ...{ route, method, rawPath, path: { id: reader.id }, query: {}, ip: "203.0.113.9" },
    headers: { "content-type": "application/json", ...authorization, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body ?? {}),
    ...more,
  });
}
type Body = Record<string, unknown> & { errors?: { field: string; detail: string }[] };
const bodyOf = ({ body }: ApiAnswer) => body as Body;
const fieldsOf = (answer: ApiAnswer) => (bodyOf(answer).errors ?? []).map(({ field }) => field);
const SIGN_UP = "POST /api/v1/sign-ups";
const ONE = "GET /api/v1/subscribers/{id}";
const PATCH = "PATCH /api/v1/subscribers/{id}";

describe("a key of the API", () => {
  it("is asked for by every operation, and its scope by each that has one", async () => {
    expect(OPERATIONS.map(({ route }) => route).sort()).toEqual(
      API_ROUTES.filter((route) => !route.endsWith("openapi.json")).sort(),
    );
    for (const { route, scope } of OPERATIONS) {
      expect((await request(route, { key: "" })).status, route).toBe(401);
      const others = SCOPES.filter((one) => one !== scope);
      const answer = await request(route, { key: await addKey(...others) });
      expect([answer.status, bodyOf(answer).detail], route).toEqual([
        403,
        `This key may not do that: it has no scope ${scope}.`,
      ]);
    }
  });

  it("is refused that is another's, cut short, or revoked", async () => {
    const other = await addKey("subscribers:read");
    const mixed = `${all.slice(0, 12)}${other.slice(12)}`;
    for (const key of [mixed, all.slice(0, -1), `${all}a`, all.toUpperCase(), "cp_aaaaaaaa_x", "x y"])
      expect((await request(ONE, { key })).status, key).toBe(401);
    const [, id = ""] = all.split("_");
    const kept = await world.services.store.apiKey(id);
    if (kept) await world.services.store.keepApiKey({ ...kept, revokedAt: NOW });
    const { status, headers } = await request(ONE);
    expect([status, headers?.["www-authenticate"]]).toEqual([401, 'Bearer realm="coursepost"']);
  });

  it("is kept as a hash alone, with the hour of its last use", async () => {
    const [, id = "", secret = ""] = all.split("_");
    await request(ONE);
    const key = await world.services.store.apiKey(id);
    expect(JSON.stringify(key)).not.toContain(secret);
    expect(key?.usedAt).toBe(NOW);
    world.clock.set(NOW + HOUR - 1);
    await request(ONE);
    expect((await world.services.store.apiKey(id))?.usedAt).toBe(NOW);
    world.clock.set(NOW + HOUR);
    await request(ONE);
    expect((await world.services.store.apiKey(id))?.usedAt).toBe(NOW + HOUR);
  });

  it("may ask 120 times a minute; others are not kept waiting by it", async () => {
    for (let time = 0; time < 120; time++) expect((await request(ONE)).status).toBe(200);
    const { status, headers } = await request(ONE);
    expect([status, headers?.["retry-after"]]).toEqual([429, "60"]);
    expect((await request(ONE, { key: await addKey("subscribers:read") })).status).toBe(200);
    world.clock.set(NOW + MINUTE);
    expect((await request(ONE)).status).toBe(200);
  });

  it("that is not there leaves the API as if it were not there; its document, too", async () => {
    const empty = await startWorld(plainContent(course), NOW);
    const off = openApi({ ...empty.services, people: { page: async () => ({ ids: [] }) } });
    const bare = { path: {}, query: {}, headers: {}, ip: "203.0.113.9", body: "{}" };
    for (const route of [...API_ROUTES, OTHER_API_PATHS]) {
      const [method = "", rawPath = ""] = route.split(" ");
      const answer = await off({ route, method, rawPath, ...bare });
      expect([answer.status, bodyOf(answer).detail], route).toEqual([404, "There is nothing here."]);
    }
    await empty.stop();
  });
});

describe("a path of the API's that is none", () => {
  it.each<[string, string, number, string | undefined]>([
    ["PUT", "/api/v1/lists", 405, "GET"],
    ["TRACE", "/api/v1/subscribers/abc", 405, "GET, PATCH, DELETE"],
    ["GET", "/api/v1/sign-ups", 405, "POST"],
    ["OPTIONS", "/api/v1/subscribers/search", 405, "POST"],
    ["GET", "/api/v1/subscribers/abc/tags/vip", 405, "PUT, DELETE"],
    ["POST", "/api/v1/openapi.json", 405, "GET"],
    ["GET", "/api/v1/subscribers/abc/tags/", 404, undefined],
    ["GET", "/api/v1/lists/", 404, undefined],
    ["GET", "/api/v1/everything", 404, undefined],
  ])("says so as the others do: %s %s", async (method, rawPath, status, allow) => {
    const answer = await request(OTHER_API_PATHS, { method, rawPath });
    expect([answer.status, answer.headers?.allow]).toEqual([status, allow]);
    expect(answer.headers?.["content-type"]).toBe("application/problem+json");
    expect((await request(OTHER_API_PATHS, { method, rawPath, key: "" })).status).toBe(401);
  });
});

describe("a sign-up by the API", () => {
  const person = { email: "Ann@Acme.example", list: "course", firstName: "Ann", zone: "Europe/Berlin" };

  it("asks as a form does: the same answer for each address, and nothing before the confirmation", async () => {
    const answers = [
      await request(SIGN_UP, { body: { ...person, answers: { role: "sellers" }, network: "198.51.100.7" } }),
      await request(SIGN_UP, { body: { ...person, email: reader.address } }),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([202, { status: "asked" }]);
    expect(errands[0]).toMatchObject({
      ...{ does: "sign-up", canonical: "ann@acme.example", course: "course", firstName: "Ann" },
      ...{ answers: { role: "sellers" }, network: "198.51.100.0/24", zone: "Europe/Berlin" },
      consent: { event: "requested", actor: "self", source: expect.stringMatching(/^API, /) },
    });
    expect(errands[1]).toMatchObject({ network: "203.0.113.0/24" });
  });

  it.each<[string, object, string[]]>([
    ["an address that nobody can have", { email: "ann@" }, ["email"]],
    ["a domain that takes no mail", { email: "ann@nowhere.example" }, ["email"]],
    ["no address", { email: undefined }, ["email"]],
    ["a name that holds a link", { firstName: "https://x.example" }, ["firstName"]],
    ["a list that is not there", { list: "nowhere" }, ["list"]],
    ["a zone that is none", { zone: "Mars/Base" }, ["zone"]],
    ["a language that the list does not speak", { language: "tlh" }, ["language"]],
    ["no network", { network: "everywhere" }, ["network"]],
    ["an answer that is no option", { answers: { role: "owners" } }, ["answers.role"]],
    ["an answer to nothing", { answers: { rule: "x" } }, ["answers.rule"]],
    ["a field that there is not", { mail: "x@y.example" }, ["mail"]],
    ["what is no object", [] as unknown as object, ["email"]],
  ])("is refused by the names of its fields, and nothing is asked: %s", async (_, changes, fields) => {
    const answer = await request(SIGN_UP, { body: { ...person, ...changes } });
    if (Array.isArray(changes)) expect((await request(SIGN_UP, { body: [] })).status).toBe(422);
    else expect([answer.status, fieldsOf(answer)]).toEqual([422, fields]);
    if (!Array.isArray(changes)) expect(errands).toEqual([]);
  });

  it.each<[number, Given & { tooLarge?: true }]>([
    [400, { body: "{" }],
    [400, { body: "" }],
    [413, { body: undefined, tooLarge: true }],
    [415, { body: {}, headers: { "content-type": "text/plain" } }],
    [422, { body: '{"__proto__":{"email":"a@b.example"}}' }],
    [422, { body: "null" }],
  ])("answers %i to a body that is none", async (status, { tooLarge, ...given }) => {
    const [method = "", rawPath = ""] = SIGN_UP.split(" ");
    const headers = { authorization: `Bearer ${all}`, "content-type": "application/json" };
    const bare = { route: SIGN_UP, method, rawPath, path: {}, query: {}, ip: "203.0.113.9", headers };
    const answer = tooLarge ? await ask({ ...bare, body: undefined }) : await request(SIGN_UP, given);
    expect(answer.status).toBe(status);
    expect(answer.headers?.["content-type"]).toBe("application/problem+json");
    expect(errands).toEqual([]);
  });

  it("sent again under its Idempotency-Key is one, for a day; another under that key is refused", async () => {
    const headers = { "idempotency-key": "order-7" };
    await request(SIGN_UP, { body: person, headers });
    const again = await request(SIGN_UP, { body: person, headers });
    expect([again.status, again.headers?.["idempotency-replayed"]]).toEqual([202, "true"]);
    expect(errands).toHaveLength(1);
    const other = await request(SIGN_UP, { body: { ...person, email: "bob@acme.example" }, headers });
    expect(other.status).toBe(422);
    await request(SIGN_UP, { body: person, headers, key: await addKey("sign-ups:write") });
    expect(errands, "another key's is another").toHaveLength(2);
    world.clock.set(NOW + DAY + MINUTE);
    await request(SIGN_UP, { body: person, headers });
    expect(errands).toHaveLength(3);
  });

  it("that is at work is not done twice; one that was killed may be tried again a minute later", async () => {
    const { store } = world.services;
    const [, id = ""] = all.split("_");
    const { answeredName, fingerprint } = await import("../../functions/domain/api/idempotency.ts");
    const print = fingerprint("POST", "/api/v1/sign-ups", JSON.stringify(person));
    await store.beginAnswer(answeredName(id, "order-8"), print);
    const headers = { "idempotency-key": "order-8" };
    expect((await request(SIGN_UP, { body: person, headers })).status).toBe(409);
    world.clock.set(NOW + MINUTE + 1);
    expect((await request(SIGN_UP, { body: person, headers })).status).toBe(202);
    expect(errands).toHaveLength(1);
  });
});

describe("an Idempotency-Key", () => {
  const headers = { "idempotency-key": "order-9" };
  const kept = async () =>
    ((await world.table.send(new ScanCommand({ TableName: "table" }))).Items ?? []).filter(({ pk }) =>
      pk?.S?.startsWith("answered#"),
    );

  it("keeps nothing of what was refused: mended, it is taken under the same one", async () => {
    const refused = await request(SIGN_UP, { body: { "ann@acme.example": 1 }, headers });
    expect([refused.status, await kept()]).toEqual([422, []]);
    expect((await request(SIGN_UP, { body: { email: "ann@acme.example" }, headers })).status).toBe(202);
    expect(JSON.stringify(await kept())).not.toContain("ann@");
    expect(await kept()).toHaveLength(1);
  });

  it("is nothing to what only reads: no answer that names a person is kept", async () => {
    const { store, keyring } = world.services;
    await store.bindAddress(addressHash(await keyring.keys(), reader.address), reader.id);
    const search = { body: { email: reader.address }, headers };
    expect((await request("POST /api/v1/subscribers/search", search)).status).toBe(200);
    expect(await kept()).toEqual([]);
  });
});

describe("half a character", () => {
  it.each<[string, string, string]>([
    [SIGN_UP, '{"email":"ann@acme.example","source":"\\ud83d"}', "source"],
    [SIGN_UP, '{"email":"ann@acme.example","answers":{"\\ud83d":"x"}}', "answers.\ud83d"],
    [PATCH, '{"firstName":"\\udc00"}', "firstName"],
    [PATCH, '{"tags":["vip","\\ud83d"]}', "tags.1"],
  ])("is no text, and what holds one is refused: %s %s", async (route, body, field) => {
    const answer = await request(route, { body });
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
    expect(errands).toEqual([]);
  });
});

describe("a subscriber in the API", () => {
  it("is shown with their courses, and nothing that they wrote", async () => {
    expect(bodyOf(await request(ONE))).toMatchObject({
      ...{ id: reader.id, email: reader.address, status: "active", tags: [], stoppedBy: null },
      courses: [{ course: "course", run: 1, lessonsHad: 0, answers: {} }],
    });
  });

  it.each(["nobody", "owner", "../x", "", "a".repeat(80)])("is nobody under the id %j", async (id) => {
    expect((await request(ONE, { path: { id } })).status).toBe(404);
  });

  it("is found by the address, which stands in no path", async () => {
    const search = "POST /api/v1/subscribers/search";
    const { store, keyring } = world.services;
    await store.bindAddress(addressHash(await keyring.keys(), reader.address), reader.id);
    const found = await request(search, { body: { email: reader.address.toUpperCase() } });
    expect(bodyOf(found).id).toBe(reader.id);
    expect((await request(search, { body: { email: "x@acme.example" } })).status).toBe(404);
  });

  it("stands on a page, and the cursor leads to the next one", async () => {
    const list = "GET /api/v1/subscribers";
    const { subscribers, next } = bodyOf(await request(list, { query: { status: "active", tag: " vip " } }));
    expect((subscribers as Body[]).map(({ id }) => id)).toEqual([reader.id]);
    await request(list, { query: { cursor: String(next), limit: "50" } });
    expect(wanted).toEqual([
      { status: "active", tag: "vip", before: undefined },
      { status: undefined, tag: undefined, before: `2026-06-01T09:00:00.000Z ${reader.id}` },
    ]);
    const wrong: Record<string, string>[] = [
      { cursor: "x" },
      { limit: "0" },
      { limit: "51" },
      { limit: "1e1" },
      { status: "gone" },
    ];
    for (const query of wrong)
      expect((await request(list, { query })).status, JSON.stringify(query)).toBe(422);
  });

  it("is changed by what is named, all of it or nothing", async () => {
    const body = {
      ...{ firstName: "Jo", tags: ["vip", "vip", "spring"], language: "en" },
      answers: { course: { role: "managers" } },
    };
    expect(bodyOf(await request(PATCH, { body }))).toMatchObject({
      ...{ firstName: "Jo", tags: ["vip", "spring"], language: "en" },
      courses: [{ answers: { role: "managers" } }],
    });
    const wrong = { firstName: null, answers: { course: { role: "owners" }, other: {} }, tags: ["a,b"] };
    const answer = await request(PATCH, { body: wrong });
    expect([answer.status, fieldsOf(answer)]).toEqual([
      422,
      ["tags.0", "answers.course.role", "answers.other"],
    ]);
    expect(bodyOf(await request(ONE))).toMatchObject({ firstName: "Jo", tags: ["vip", "spring"] });
    const { version } = (await world.services.store.subscriber(reader.id)) as Subscriber;
    await request(PATCH, { body: { tags: ["vip", "spring"] } });
    expect((await world.services.store.subscriber(reader.id))?.version, "no write for nothing").toBe(version);
    await request(PATCH, { body: { firstName: null, answers: { course: { role: null } } } });
    expect(bodyOf(await request(ONE))).toMatchObject({ firstName: null, courses: [{ answers: {} }] });
  });

  it("gets a tag, and loses it", async () => {
    const [put, remove] = ["PUT", "DELETE"].map((method) => `${method} /api/v1/subscribers/{id}/tags/{tag}`);
    const path = { id: reader.id, tag: "vip" };
    await request(put as string, { path });
    expect(bodyOf(await request(put as string, { path })).tags).toEqual(["vip"]);
    expect((await request(put as string, { path: { ...path, tag: "a,b" } })).status).toBe(422);
    expect(bodyOf(await request(remove as string, { path })).tags).toEqual([]);
    expect(bodyOf(await request(remove as string, { path })).tags).toEqual([]);
  });

  it("is taken off a list of theirs by a record that names the key, and told nothing", async () => {
    const leave = "POST /api/v1/subscribers/{id}/leave";
    expect((await request(leave, { body: { list: "course" } })).status).toBe(204);
    expect((await request(leave, { body: { list: "another" } })).status).toBe(422);
    const { consents, agenda } = (await world.services.store.subscriber(reader.id)) as Subscriber;
    expect(consents.at(-1)).toMatchObject({
      event: "withdrawn",
      list: "course",
      source: "api",
      actor: "owner",
    });
    expect(Object.keys(agenda).filter((key) => key.startsWith("notice_"))).toEqual([]);
    expect(bodyOf(await request(ONE))).toMatchObject({ courses: [{ status: "left" }] });
    await request(leave, { body: { list: "everything" } });
    expect(bodyOf(await request(ONE))).toMatchObject({ status: "stopped", stoppedBy: "reader" });
  });

  it("is erased by a key that may, and asked again, still is", async () => {
    const erase = "DELETE /api/v1/subscribers/{id}";
    expect((await request(erase)).status).toBe(204);
    expect((await request(ONE)).status).toBe(404);
    expect((await request(erase)).status).toBe(204);
    expect((await request(erase, { path: { id: "abcdefgh234567zz" } })).status).toBe(404);
  });

  it.each<[string, Given]>([
    [PATCH, { body: { firstName: "Eve", tags: ["vip"] } }],
    ["PUT /api/v1/subscribers/{id}/tags/{tag}", { path: { id: "", tag: "vip" } }],
  ])("who is erased while they are changed leaves nothing on their tombstone: %s", async (route, given) => {
    const { store } = world.services;
    ask = openApi({
      ...world.services,
      people: { page: async () => ({ ids: [] }) },
      store: {
        ...store,
        async subscriber(id) {
          const found = await store.subscriber(id);
          await store.entomb(id);
          return found;
        },
      },
    });
    const path = { ...given.path, id: reader.id };
    expect((await request(route, { ...given, path })).status).toBe(404);
    const tombstone = (await store.holder({ subscriber: reader.id })) as Subscriber;
    expect(tombstone.erasedAt).toBe(NOW);
    expect([tombstone.firstName, tombstone.tags]).toEqual([undefined, undefined]);
  });

  it("has a place in each course: what was had, what comes, of how many", async () => {
    expect(bodyOf(await request("GET /api/v1/subscribers/{id}/progress"))).toEqual({
      courses: [
        {
          ...{ course: "course", status: "active", run: 1, had: [], of: 2 },
          next: { slug: "one", title: expect.any(String), dueAt: expect.any(String) },
        },
      ],
    });
  });
});

describe("the lists of the API", () => {
  it("say what can be signed up for, what is asked, and what is agreed to", async () => {
    const { lists } = bodyOf(await request("GET /api/v1/lists"));
    expect((lists as Body[])[0]).toMatchObject({
      list: "course",
      agreement: expect.stringContaining("By signing up"),
      questions: [{ slug: "role", options: [{ slug: "managers", label: "Managers" }, { slug: "sellers" }] }],
    });
  });
});

describe("the API's document", () => {
  it("stands in docs/openapi.yaml as a stage serves it: `npx vitest run tests/api -u` writes it anew", async () => {
    const document = openApiDocument("https://course.example");
    const text = stringify(document, { aliasDuplicateObjects: false });
    await expect(text).toMatchFileSnapshot("../../docs/openapi.yaml");
  });

  it("names every operation, its scope, its body and what it answers", async () => {
    const document = bodyOf(await request("GET /api/v1/openapi.json", { key: "" }));
    const paths = document.paths as Record<string, Record<string, { responses: object }>>;
    const named = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(named.sort()).toEqual(OPERATIONS.map(({ route }) => route).sort());
    expect(paths["/api/v1/subscribers"]?.get).toMatchObject({
      parameters: expect.arrayContaining([
        { name: "limit", in: "query", required: false, schema: expect.objectContaining({ type: "integer" }) },
      ]),
    });
    for (const methods of Object.values(paths))
      for (const { responses } of Object.values(methods)) expect(Object.keys(responses)).toContain("401");
  });
});
