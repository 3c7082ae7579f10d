import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPrivate, openWebhookCaller } from "../../functions/aws/webhook-caller.ts";
import { testEvent } from "../../functions/domain/events/webhook.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const event = testEvent("abc", 0);
let asked: IncomingMessage[];
let answer: RequestListener;
let server: ReturnType<typeof createServer>;
let read: number;
let secret: string;
beforeEach(async () => {
  asked = [];
  read = 0;
  secret = SECRET;
  answer = (_, response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const secrets = {
  send: async () => {
    read += 1;
    return { SecretString: secret };
  },
} as unknown as SecretsManagerClient;
let now = 0;
const clock = { now: () => now, sleep: async () => {} };
const caller = (isOnThisMachine = true) => openWebhookCaller(clock, isOnThisMachine, secrets);
const call = (url: string, by = caller()) => by.call({ url, events: [], secretName: "hook" }, event);
const here = (path = "/") => `http://localhost:${(server.address() as AddressInfo).port}${path}`;

describe("A call of a webhook", () => {
  it("posts the event as JSON, signed, and reads the secret once in five minutes", async () => {
    const by = caller();
    expect(await call(here("/hook?k=1"), by)).toEqual({ status: 204 });
    expect(await call(here(), by)).toEqual({ status: 204 });
    expect(read).toBe(1);
    now += 6 * 60_000;
    await call(here(), by);
    expect(read).toBe(2);
    const [first] = asked;
    expect([first?.method, first?.url]).toEqual(["POST", "/hook?k=1"]);
    expect(first?.headers).toMatchObject({ "content-type": "application/json", "webhook-id": event.id });
    expect(first?.headers["webhook-signature"]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  });

  it("follows no redirect", async () => {
    answer = (_, response) => response.writeHead(302, { location: here("/elsewhere") }).end();
    expect(await call(here())).toEqual({ status: 302 });
    expect(asked.map(({ url }) => url)).toEqual(["/"]);
  });

  it("waits for no body, however long it is", async () => {
    answer = (_, response) => {
      response.writeHead(200);
      response.write("x".repeat(1_000));
    };
    expect(await call(here())).toEqual({ status: 200 });
  });

  it("takes more headers than eight kilobytes for no answer", async () => {
    answer = (_, response) => response.writeHead(200, { "x-much": "x".repeat(10_000) }).end();
    expect(await call(here())).toEqual({ failed: "HPE_HEADER_OVERFLOW" });
  });

  it("says why nobody answered", async () => {
    const url = here();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect(await call(url)).toEqual({ failed: "ECONNREFUSED" });
  });

  it.each([
    ["without TLS", () => here(), "not https"],
    ["a name of this machine", () => here().replace("http:", "https:"), "a private address"],
    ["a private network's address", () => "https://10.1.2.3/", "a private address"],
    [
      "the address at which AWS tells secrets",
      () => "https://169.254.169.254/latest/meta-data",
      "a private address",
    ],
    ["an address in other digits", () => "https://0x7f000001/", "a private address"],
    ["one of IPv6", () => "https://[::1]/", "a private address"],
    ["one of IPv4 in IPv6", () => "https://[::ffff:10.0.0.1]/", "a private address"],
  ])("reaches nothing inside, deployed: %s", async (_, url, failed) => {
    expect(await call(url(), caller(false))).toEqual({ failed });
    expect(asked).toEqual([]);
  });

  it("names a secret that is none, and calls nobody", async () => {
    secret = "hunter2";
    await expect(call(here())).rejects.toThrow(/webhook-secret-unreadable.*hook: not whsec_/);
    expect(asked).toEqual([]);
  });

  it("control: public addresses are none of a private network's", () => {
    for (const address of ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "example.org"])
      expect(isPrivate(address), address).toBe(false);
    for (const address of [
      "172.16.0.1",
      "100.64.0.1",
      "fd00::1",
      "fe80::1",
      "64:ff9b::a00:1",
      "2002:a00:1::",
    ])
      expect(isPrivate(address), address).toBe(true);
  });
});
