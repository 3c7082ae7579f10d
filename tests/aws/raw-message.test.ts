import { SESClient } from "@aws-sdk/client-ses";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openMailer, sesClient } from "../../functions/aws/mailer.ts";
import {
  accessKeyOf,
  type Call,
  changingKeys,
  KEY,
  type Listener,
  listen,
  NEXT_KEY,
  signatureFor,
  signatureOf,
} from "../support/calls.ts";

const ACCEPTED =
  "<SendRawEmailResponse><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>";
const refusal = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("a raw mail on its way to SES", () => {
  let ses: Listener;
  beforeAll(async () => {
    ses = await listen();
  });
  afterAll(() => ses.close());
  beforeEach(() => {
    ses.calls.length = 0;
    ses.answer = { status: 200, body: ACCEPTED };
  });

  const at = (credentials: object = KEY) =>
    ({ region: "eu-west-1", endpoint: ses.endpoint, credentials }) as never;
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
      ses.calls.length = 0;
      expect(await ours.send(mailOf(raw))).toEqual({ outcome: "accepted", messageId: "m-1" });
      await theirs.send(mailOf(raw));
      const [mine, other] = ses.calls as [Call, Call];
      expect(formOf(mine)).toEqual(formOf(other));
      expect(mine.headers["content-type"]).toBe(other.headers["content-type"]);
      expect(Number(mine.headers["content-length"])).toBe(mine.body.length);
      expect(signatureOf(mine)).toBe(signatureFor(mine, KEY.secretAccessKey));
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it("control: a byte more in the body, and the signature does not fit", async () => {
    await openMailer("set", sesClient(at())).send(mailOf(Buffer.from("mail")));
    const [call] = ses.calls as [Call];
    const changed = { ...call, body: `${call.body}A` };
    expect(signatureOf(changed)).not.toBe(signatureFor(changed, KEY.secretAccessKey));
  });

  it("keeps its readers apart when many leave at once through one client", async () => {
    const mailer = openMailer("set", sesClient(at()));
    const names = Array.from({ length: 40 }, (_, place) => `reader-${place}`);
    await Promise.all(names.map((name) => mailer.send(mailOf(Buffer.from(`To: ${name}`), name))));
    const sent = ses.calls.map(({ body }) => {
      const form = new URLSearchParams(body);
      return [form.get("Tags.member.1.Value"), atob(form.get("RawMessage.Data") ?? "")];
    });
    expect(sent.sort()).toEqual(names.map((name) => [name, `To: ${name}`]).sort());
  });

  it("is signed with the credentials of the moment, when Lambda's have changed", async () => {
    const mailer = openMailer("set", sesClient(at(changingKeys())));
    for (const name of ["one", "two"]) await mailer.send(mailOf(Buffer.from(name)));
    const keys = ses.calls.map(accessKeyOf);
    expect(keys[0]).not.toBe(undefined);
    expect(keys[1]).toBe(NEXT_KEY.accessKeyId);
    expect(signatureOf(ses.calls[1] as Call)).toBe(
      signatureFor(ses.calls[1] as Call, NEXT_KEY.secretAccessKey),
    );
  });

  it.each([
    [400, refusal("Throttling", "Maximum sending rate exceeded."), { outcome: "refused", why: "rate" }],
    [400, refusal("InvalidParameterValue", "Missing final '@domain'"), { outcome: "rejected" }],
    [500, refusal("InternalFailure", "oops"), { outcome: "in-doubt" }],
    [503, "", { outcome: "in-doubt" }],
    [200, "", { outcome: "in-doubt" }],
  ])("is tried once where SES answers %i", async (status, body, outcome) => {
    ses.answer = { status, body };
    expect(await openMailer("set", sesClient(at())).send(mailOf(Buffer.from("x")))).toMatchObject(outcome);
    expect(ses.calls).toHaveLength(1);
  });
});
