import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { SESClient } from "@aws-sdk/client-ses";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openMailer, sesClient } from "../../functions/aws/mailer.ts";

interface Call {
  headers: IncomingMessage["headers"];
  body: string;
}

const KEY = { accessKeyId: "AKIDFIRST", secretAccessKey: "first secret" };
const ACCEPTED =
  "<SendRawEmailResponse><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>";
const refusal = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("a raw mail on its way to SES", () => {
  let server: Server;
  let endpoint = "";
  let answer = { status: 200, body: ACCEPTED };
  const calls: Call[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString("latin1") });
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    calls.length = 0;
    answer = { status: 200, body: ACCEPTED };
  });

  const at = (credentials: object = KEY) => ({ region: "eu-west-1", endpoint, credentials }) as never;
  const mailOf = (raw: Uint8Array, dispatch = "d-1") => ({
    dispatch,
    from: "lessons@course.example",
    to: "ada+list@reader.example",
    raw,
    tags: { dispatch, "ses:feedback-id-a": "a course" },
  });
  const formOf = ({ body }: Call) => [...new URLSearchParams(body)].sort();

  it("says in its form what the SDK's own says, whatever its bytes are, and is signed as it is", async () => {
    const ours = openMailer("set", sesClient(at()));
    const theirs = openMailer("set", new SESClient({ ...(at() as object), maxAttempts: 1 }));
    const property = fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (raw) => {
      calls.length = 0;
      expect(await ours.send(mailOf(raw))).toEqual({ outcome: "accepted", messageId: "m-1" });
      await theirs.send(mailOf(raw));
      const [mine, other] = calls as [Call, Call];
      expect(formOf(mine)).toEqual(formOf(other));
      expect(mine.headers["content-type"]).toBe(other.headers["content-type"]);
      expect(Number(mine.headers["content-length"])).toBe(mine.body.length);
      expect(signatureOf(mine)).toBe(signatureFor(mine, KEY.secretAccessKey));
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it("control: a byte more in the body, and the signature does not fit", async () => {
    await openMailer("set", sesClient(at())).send(mailOf(Buffer.from("mail")));
    const [call] = calls as [Call];
    const changed = { ...call, body: `${call.body}A` };
    expect(signatureOf(changed)).not.toBe(signatureFor(changed, KEY.secretAccessKey));
  });

  it("keeps its readers apart when many leave at once through one client", async () => {
    const mailer = openMailer("set", sesClient(at()));
    const names = Array.from({ length: 40 }, (_, place) => `reader-${place}`);
    await Promise.all(names.map((name) => mailer.send(mailOf(Buffer.from(`To: ${name}`), name))));
    const sent = calls.map(({ body }) => {
      const form = new URLSearchParams(body);
      return [form.get("Tags.member.1.Value"), atob(form.get("RawMessage.Data") ?? "")];
    });
    expect(sent.sort()).toEqual(names.map((name) => [name, `To: ${name}`]).sort());
  });

  it("is signed with the credentials of the moment, when Lambda's have changed", async () => {
    const valid = [KEY, { accessKeyId: "AKIDSECOND", secretAccessKey: "second secret" }];
    let asked = 0;
    const rotating = async () => ({ ...valid[Math.min(asked++, 1)], expiration: new Date(Date.now() - 1) });
    const mailer = openMailer("set", sesClient(at(rotating as never)));
    for (const name of ["one", "two"]) await mailer.send(mailOf(Buffer.from(name)));
    const keys = calls.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? "")?.[1]);
    expect(keys[0]).not.toBe(undefined);
    expect(keys[1]).toBe("AKIDSECOND");
    expect(signatureOf(calls[1] as Call)).toBe(signatureFor(calls[1] as Call, "second secret"));
  });

  it.each([
    [400, refusal("Throttling", "Maximum sending rate exceeded."), { outcome: "refused", why: "rate" }],
    [400, refusal("MessageRejected", "Illegal content"), { outcome: "rejected" }],
    [500, refusal("InternalFailure", "oops"), { outcome: "in-doubt" }],
    [503, "", { outcome: "in-doubt" }],
    [200, "", { outcome: "in-doubt" }],
  ])("is tried once where SES answers %i", async (status, body, outcome) => {
    answer = { status, body };
    expect(await openMailer("set", sesClient(at())).send(mailOf(Buffer.from("x")))).toMatchObject(outcome);
    expect(calls).toHaveLength(1);
  });
});

const signatureOf = ({ headers }: Call): string | undefined =>
  /Signature=([0-9a-f]+)/.exec(headers.authorization ?? "")?.[1];

/** Signature Version 4 by its description in AWS's documentation, over what arrived. */
function signatureFor({ headers, body }: Call, secret: string): string {
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
