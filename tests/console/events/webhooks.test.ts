import { describe, expect, it } from "vitest";
import { testWebhook } from "../../../console/events/webhooks.ts";
import { EVENT_SCHEMAS, type ReaderEvent } from "../../../functions/domain/events/reader-event.ts";
import { OperationalError } from "../../../functions/errors.ts";

const hook = { url: "https://hooks.example.org/a-secret", events: [], secretName: "hook" };

describe("console webhooks test", () => {
  it.each([
    ["✓ hooks.example.org answered 204", { status: 204 }],
    ["✗ hooks.example.org answered 302", { status: 302 }],
    ["✗ hooks.example.org did not answer: ECONNREFUSED", { failed: "ECONNREFUSED" }],
  ])("says what the receiver made of it, and never its whole address: %s", async (says, answer) => {
    const called: ReaderEvent[] = [];
    const call = async (_: unknown, event: ReaderEvent) => {
      called.push(event);
      return answer;
    };
    expect(await testWebhook({ call }, hook, "abc", 0)).toBe(says);
    expect(EVENT_SCHEMAS["webhook.test"].safeParse(called[0]).success).toBe(true);
  });

  it("says so where the secret is not there", async () => {
    const call = async () => {
      throw new OperationalError("webhook-secret-unreadable", "hook: ResourceNotFoundException");
    };
    expect(await testWebhook({ call }, hook, "abc", 0)).toContain(
      "was not called: webhook-secret-unreadable",
    );
  });
});
