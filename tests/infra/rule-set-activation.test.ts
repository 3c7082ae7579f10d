import type { ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { beforeEach, describe, expect, it } from "vitest";
import { openEndpoint } from "./custom-resource.ts";

const { handler } = createRequire(import.meta.url)("../../infra/rule-set-activation.cjs") as {
  handler: (event: object) => Promise<void>;
};

describe("the active receipt rule set", () => {
  const ses = { active: undefined as string | undefined, isRefused: false };
  beforeEach(() => void Object.assign(ses, { active: undefined, isRefused: false }));
  /** SES's query protocol, as far as it is asked here. */
  const endpoint = openEndpoint(({ body }, response) => {
    const form = new URLSearchParams(body);
    const action = form.get("Action");
    if (ses.isRefused) return refuse(response);
    if (action === "SetActiveReceiptRuleSet") ses.active = form.get("RuleSetName") ?? undefined;
    const metadata = ses.active ? `<Metadata><Name>${ses.active}</Name></Metadata>` : "";
    response.end(`<${action}Response><${action}Result>${metadata}</${action}Result></${action}Response>`);
  });

  const ask = (RequestType: string) =>
    handler({
      ...{ RequestType, StackId: "stack", RequestId: "request", LogicalResourceId: "Activation" },
      ...{ ResponseURL: `${endpoint.url}/answer`, ResourceProperties: { RuleSetName: "coursepost-dev" } },
    });

  it("is ours when the stack is made, and after each change", async () => {
    await ask("Create");
    expect(ses.active).toBe("coursepost-dev");
    ses.active = "theirs";
    await ask("Update");
    expect(ses.active).toBe("coursepost-dev");
    expect(endpoint.answers).toMatchObject([
      { Status: "SUCCESS", PhysicalResourceId: "active-coursepost-dev", RequestId: "request" },
      { Status: "SUCCESS" },
    ]);
  });

  it("is none when the stack goes, so that SES lets ours be deleted", async () => {
    await ask("Create");
    await ask("Delete");
    expect(ses.active).toBeUndefined();
  });

  it("stays another's when the stack goes and another one is active by then", async () => {
    ses.active = "theirs";
    await ask("Delete");
    expect(ses.active).toBe("theirs");
    expect(endpoint.answers).toMatchObject([{ Status: "SUCCESS" }]);
  });

  it("fails the deploy with SES's reason, instead of letting it wait for an hour", async () => {
    ses.isRefused = true;
    await ask("Create");
    expect(endpoint.answers).toMatchObject([{ Status: "FAILED", Reason: "AccessDenied: no" }]);
  });
});

function refuse(response: ServerResponse): void {
  response.writeHead(400);
  response.end(
    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
  );
}
