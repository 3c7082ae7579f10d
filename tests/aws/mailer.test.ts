import { describe, expect, it } from "vitest";
import { sendOutcome } from "../../functions/aws/mailer.ts";

const failure = (name: string, message: string, httpStatusCode?: number, code?: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode }, ...(code && { code }) });

/** What SES answers, and what it means for the mail. */
const ANSWERS: [string, ReturnType<typeof failure>, object][] = [
  [
    "too fast",
    failure("Throttling", "Maximum sending rate exceeded.", 400),
    { outcome: "refused", why: "rate" },
  ],
  [
    "the quota is spent",
    failure("Throttling", "Daily message quota exceeded.", 400),
    { outcome: "refused", why: "quota" },
  ],
  [
    "the account is paused",
    failure("AccountSendingPausedException", "Paused.", 400),
    { outcome: "refused", why: "paused" },
  ],
  ["the mail is bad", failure("MessageRejected", "Illegal content", 400), { outcome: "rejected" }],
  ["the address is bad", failure("InvalidParameterValue", "Missing '@'", 400), { outcome: "rejected" }],
  [
    "the identity is not verified",
    failure("MessageRejected", "Email address is not verified. x", 400),
    { outcome: "refused", why: "unavailable" },
  ],
  ["we may not", failure("AccessDenied", "no", 403), { outcome: "refused", why: "unavailable" }],
  [
    "our signature is off",
    failure("IncompleteSignature", "no", 400),
    { outcome: "refused", why: "unavailable" },
  ],
  [
    "nobody listens",
    failure("Error", "refused", undefined, "ECONNREFUSED"),
    { outcome: "refused", why: "unavailable" },
  ],
  ["a failure inside SES", failure("InternalFailure", "oops", 500), { outcome: "in-doubt" }],
  ["no answer in ten seconds", failure("TimeoutError", "timeout"), { outcome: "in-doubt" }],
  ["a connection that broke", failure("Error", "reset", undefined, "ECONNRESET"), { outcome: "in-doubt" }],
];

describe("what SES's answer means for a mail", () => {
  it.each(ANSWERS)("%s", (_, error, outcome) => {
    expect(sendOutcome(error)).toMatchObject(outcome);
  });

  it("never repeats an address into the log", () => {
    expect(
      JSON.stringify(sendOutcome(failure("MessageRejected", "bad ada@reader.example", 400))),
    ).not.toContain("ada@");
  });
});
