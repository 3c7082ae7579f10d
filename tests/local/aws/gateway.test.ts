import { once } from "node:events";
import { connect } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gateway } from "../../../local/aws/gateway.ts";
import { TokenBucket } from "../../../local/aws/token-bucket.ts";

const NOW = Date.UTC(2020, 2, 12, 19, 3, 58);

describe("the HTTP API's gateway", () => {
  let gateway: Gateway;
  let origin: string;
  let events: APIGatewayProxyEventV2[];
  let answer: unknown;

  beforeEach(async () => {
    events = [];
    answer = { statusCode: 200, body: "hello" };
    gateway = new Gateway(() => NOW);
    const invoke = async (event: APIGatewayProxyEventV2) => {
      events.push(event);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    for (const key of ["GET /", "POST /sign-up", "GET /confirm/{token}"]) gateway.add({ key, invoke });
    origin = `http://localhost:${await gateway.listen(0)}`;
  });
  afterEach(() => gateway.close());

  it("brings a request as payload 2.0 has it", async () => {
    await fetch(`${origin}/confirm/a%2Fb?x=1&y=two&x=3`, {
      headers: { "X-Two": "as it is", cookie: "a=1; b=2", "user-agent": "Reader/1" },
    });
    expect(events[0]).toMatchObject({
      version: "2.0",
      routeKey: "GET /confirm/{token}",
      rawPath: "/confirm/a%2Fb",
      rawQueryString: "x=1&y=two&x=3",
      queryStringParameters: { x: "1,3", y: "two" },
      pathParameters: { token: "a/b" },
      cookies: ["a=1", "b=2"],
      headers: { "x-two": "as it is", "user-agent": "Reader/1" },
      requestContext: {
        http: { method: "GET", path: "/confirm/a%2Fb", sourceIp: "127.0.0.1", userAgent: "Reader/1" },
        stage: "$default",
        time: "12/Mar/2020:19:03:58 +0000",
        timeEpoch: NOW,
      },
      isBase64Encoded: false,
    });
    expect(events[0]).not.toHaveProperty("body");
  });

  it("leaves out what a request does not have", async () => {
    await fetch(origin);
    for (const absent of ["body", "queryStringParameters", "pathParameters", "cookies"])
      expect(events[0]).not.toHaveProperty(absent);
    expect(events[0]?.rawQueryString).toBe("");
  });

  it.each([
    ["urlencoded", () => new URLSearchParams({ "List-Unsubscribe": "One-Click" })],
    [
      "multipart",
      () => {
        const form = new FormData();
        form.set("List-Unsubscribe", "One-Click");
        return form;
      },
    ],
  ])("brings a %s form in base64, as the real one does", async (_, body) => {
    await fetch(`${origin}/sign-up`, { method: "POST", body: body() });
    expect(events[0]?.isBase64Encoded).toBe(true);
    expect(Buffer.from(events[0]?.body ?? "", "base64").toString()).toContain("One-Click");
  });

  it("brings JSON and text as they are", async () => {
    const headers = { "content-type": "application/json" };
    await fetch(`${origin}/sign-up`, { method: "POST", body: '{"a":"ä"}', headers });
    expect(events[0]).toMatchObject({ body: '{"a":"ä"}', isBase64Encoded: false });
  });

  it("tells the network that a test says it comes from", async () => {
    await fetch(origin, { headers: { "x-forwarded-for": "203.0.113.7, 10.0.0.1" } });
    expect(events[0]?.requestContext.http.sourceIp).toBe("203.0.113.7");
  });

  it.each([
    ["GET", "/nowhere"],
    ["POST", "/"],
    ["HEAD", "/"],
    ["GET", "/confirm/"],
    ["GET", "/confirm/a/b"],
    ["GET", "//"],
  ])("answers %s %s, which is no route, as the real one does", async (method, path) => {
    const response = await fetch(origin + path, { method });
    expect(response.status).toBe(404);
    if (method !== "HEAD") expect(await response.json()).toEqual({ message: "Not Found" });
    expect(events).toEqual([]);
  });

  it("gives what fits no route to the API's route for all else, if it has one", async () => {
    gateway.add({
      key: "$default",
      invoke: async (event) => {
        events.push(event);
        return { statusCode: 404, body: "a page" };
      },
    });
    const head = await fetch(`${origin}/`, { method: "HEAD" });
    const other = await fetch(`${origin}/nowhere/at/all?x=1`);
    await fetch(`${origin}/confirm/a`);
    expect([head.status, other.status, await other.text()]).toEqual([404, 404, "a page"]);
    expect(events.map(({ routeKey, rawPath }) => [routeKey, rawPath])).toEqual([
      ["$default", "/"],
      ["$default", "/nowhere/at/all"],
      ["GET /confirm/{token}", "/confirm/a"],
    ]);
  });

  it("refuses a body over 10 MB, and takes one of 10 MB", async () => {
    const post = (size: number) =>
      fetch(`${origin}/sign-up`, { method: "POST", body: new Uint8Array(size) }).then(({ status }) => status);
    const limit = 10 * 1024 * 1024;
    expect([await post(limit), await post(limit + 1)]).toEqual([200, 413]);
  });

  it("gives back a function's answer: status, headers, cookies, bytes", async () => {
    answer = {
      statusCode: 201,
      headers: { "content-type": "text/html; charset=utf-8", "x-frame-options": "DENY" },
      cookies: ["a=1", "b=2"],
      body: Buffer.from("ä").toString("base64"),
      isBase64Encoded: true,
    };
    const response = await fetch(origin);
    expect(response.status).toBe(201);
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("ä");
  });

  it("says only that something failed when a function fails", async () => {
    answer = new Error("with a secret in it");
    const response = await fetch(origin);
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it("goes on when a client goes away in mid-sentence", async () => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST /sign-up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    await once(socket, "close");
    expect((await fetch(origin)).status).toBe(200);
  });

  it("takes a free port when the usual one is busy", async () => {
    const second = new Gateway(() => NOW);
    const port = Number(new URL(origin).port);
    const other = await second.listen(port);
    expect(other).not.toBe(port);
    await second.close();
  });

  it("refuses what is over a route's own limit, and none of another's", async () => {
    let now = NOW;
    const throttled = new Gateway(() => now);
    const invoke = async () => ({ statusCode: 200 });
    throttled.add({ key: "GET /few", invoke, throttle: new TokenBucket(1, 2) });
    throttled.add({ key: "GET /many", invoke });
    const ask = async (url: string) =>
      (await throttled.answer({ method: "GET", url, headers: {}, body: Buffer.alloc(0) })).statusCode;
    expect([await ask("/few"), await ask("/few"), await ask("/few")]).toEqual([200, 200, 429]);
    expect([await ask("/many"), await ask("/many"), await ask("/many")]).toEqual([200, 200, 200]);
    now += 1_000;
    expect([await ask("/few"), await ask("/few")]).toEqual([200, 429]);
  });

  it("gives what fits no other route to one in any method, for whatever follows", async () => {
    const invoke = async (event: APIGatewayProxyEventV2) => void events.push(event);
    for (const key of ["ANY /api/{proxy+}", "ANY /api/one", "GET /api/one", "GET /api/{name}"])
      gateway.add({ key, invoke });
    for (const [method, path] of [
      ["GET", "/api/one"],
      ["PUT", "/api/one"],
      ["GET", "/api/two"],
      ["PUT", "/api/two"],
      ["GET", "/api/two/a%2Fb"],
    ])
      await fetch(origin + path, { method: method as string });
    expect(events.map(({ routeKey, pathParameters }) => [routeKey, pathParameters ?? {}])).toEqual([
      ["GET /api/one", {}],
      ["ANY /api/one", {}],
      ["GET /api/{name}", { name: "two" }],
      ["ANY /api/{proxy+}", { proxy: "two" }],
      ["ANY /api/{proxy+}", { proxy: "two/a/b" }],
    ]);
    expect((await fetch(`${origin}/api`)).status).toBe(404);
  });

  it.each(["ANY x", "GET /{proxy+}/x"])("refuses the route %s, which it would not match", (key) => {
    expect(() => gateway.add({ key, invoke: async () => ({}) })).toThrow(key);
  });
});
