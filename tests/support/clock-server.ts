import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers with the virtual time, as the inbox of `npm start` does for the console. */
export async function clockServer(now: () => number): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => response.end(String(now())));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
