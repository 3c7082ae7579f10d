import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";

export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * Before each test: AWS as far as `respond` plays it, at the address that the SDK in a custom resource's handler finds in
 * its environment. Under /answer CloudFormation waits for what became of it.
 */
export function openEndpoint(respond: (asked: Asked, response: ServerResponse) => void) {
  const endpoint = { url: "", asked: [] as Asked[], answers: [] as object[] };
  const before = { ...process.env };
  let server: Server;
  beforeEach(async () => {
    server = createServer(async (request, response) => {
      const chunks = await request.toArray();
      const { method = "", url = "", headers } = request;
      const asked = { method, url, headers, body: chunks.map(String).join("") };
      if (url === "/answer") endpoint.answers.push(JSON.parse(asked.body));
      else endpoint.asked.push(asked);
      if (url === "/answer") response.end();
      else respond(asked, response);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(endpoint, { url, asked: [], answers: [] });
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "eu-west-1" };
    Object.assign(process.env, keys, { AWS_ENDPOINT_URL: url });
  });
  afterEach(async () => {
    process.env = { ...before };
    await new Promise((closed) => server.close(closed));
  });
  return endpoint;
}
