import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

/** What arrived of one call of an AWS client. */
export interface Call {
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Listener {
  endpoint: string;
  /** All so far, in the order in which they came. */
  calls: Call[];
  /** What is answered next. */
  answer: { status: number; body: string };
  close(): void;
}

/** Stands where AWS would, and keeps what it is told. */
export async function listen(): Promise<Listener> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString("latin1") });
      response.writeHead(listener.answer.status).end(listener.answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const listener: Listener = {
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    calls,
    answer: { status: 200, body: "" },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return listener;
}

export const KEY = { accessKeyId: "AKIDFIRST", secretAccessKey: "first secret" };
export const NEXT_KEY = { accessKeyId: "AKIDSECOND", secretAccessKey: "second secret" };

/** Credentials as a function has them: they end, and others follow. */
export function changingKeys() {
  let asked = 0;
  return async () => ({ ...(asked++ === 0 ? KEY : NEXT_KEY), expiration: new Date(Date.now() - 1) });
}

export const accessKeyOf = ({ headers }: Call): string | undefined =>
  /Credential=([^/]+)/.exec(headers.authorization ?? "")?.[1];

export const signatureOf = ({ headers }: Call): string | undefined =>
  /Signature=([0-9a-f]+)/.exec(headers.authorization ?? "")?.[1];

/** Signature Version 4 by its description in AWS's documentation, over what arrived. */
export function signatureFor({ headers, body }: Call, secret: string): string {
  const [, scope = "", names = ""] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(headers.authorization ?? "") ?? [];
  const signed = names.split(";").map((name) => `${name}:${headers[name]}\n`);
  const request = ["POST", "/", "", signed.join(""), names, sha256(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(request)].join("\n");
  const hmac = (key: string | Buffer, part: string) => createHmac("sha256", key).update(part).digest();
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString("hex");
}

const sha256 = (text: string): string => createHash("sha256").update(text, "latin1").digest("hex");
