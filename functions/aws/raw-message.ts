import type { SESClient } from "@aws-sdk/client-ses";

/*
 * SES's query protocol carries a mail as a field of a form, encoded twice:
 *
 *   the mail's bytes ──base64──▶ PGgxPk5ldmVy…Pz4= ──percent-encoding──▶ RawMessage.Data=PGgxPk5ldmVy…Pz4%3D
 *
 * The SDK looks at each of the 43,000 characters for the second step, which is an eighth of its work on a mail. Of
 * base64, only `+`, `/` and `=` are written otherwise in a form. So the mail is taken out of what the SDK writes as a
 * form, and put behind it. All else stays the SDK's: the other fields, the signature over the whole, the socket, the
 * answer.
 */

/** Base64 as the value of a form's field. `=` stands at its end only, where it is known. */
function inForm(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  const padding = (3 - (bytes.byteLength % 3)) % 3;
  const letters = base64.slice(0, base64.length - padding);
  return letters.replaceAll("+", "%2B").replaceAll("/", "%2F") + "%3D".repeat(padding);
}

interface SdkStep {
  input: { RawMessage?: { Data?: Uint8Array } };
  mail?: Uint8Array;
  request?: { body: string | Uint8Array };
}
type NextStep = <Output>(step: SdkStep) => Promise<Output>;

/** The mail goes past the serializer in the call itself: the context is one for all calls (`cacheMiddleware`). */
const takeMailOut =
  (next: NextStep) =>
  ({ input, ...step }: SdkStep) => {
    const mail = input.RawMessage?.Data;
    return mail
      ? next({ ...step, input: { ...input, RawMessage: undefined }, mail })
      : next({ ...step, input });
  };

/** The body becomes bytes here, once: else it would for the signature and for the socket. */
const appendMail = (next: NextStep) => (step: SdkStep) => {
  const { mail, request } = step;
  if (mail && request)
    request.body = Buffer.from(`${request.body}&RawMessage.Data=${inForm(mail)}`, "latin1");
  return next(step);
};

/** Makes a client write raw mails in this way. Before its first call, because it keeps its steps. */
export function writeRawMessages(client: SESClient): void {
  // The SDK's types know no field beside its own that goes from step to step.
  const steps = client.middlewareStack as unknown as { addRelativeTo(step: unknown, place: object): void };
  const serializer = { toMiddleware: "serializerMiddleware" };
  steps.addRelativeTo(takeMailOut, { ...serializer, relation: "before", name: "takeMailOut" });
  steps.addRelativeTo(appendMail, { ...serializer, relation: "after", name: "putMailBehind" });
}
