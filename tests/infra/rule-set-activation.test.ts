import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const { handler } = createRequire(import.meta.url)("../../infra/rule-set-activation.cjs") as {
  handler: (event: object) => Promise<void>;
};

/** SES's query protocol, as far as it is asked here, and the place where CloudFormation waits for an answer. */
async function startPlace() {
  const place = { active: undefined as string | undefined, isRefused: false, answers: [] as Answer[] };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      if (request.method === "PUT") place.answers.push(JSON.parse(body));
      const form = new URLSearchParams(body);
      const action = form.get("Action");
      if (place.isRefused && action) return refuse(response);
      if (action === "SetActiveReceiptRuleSet") place.active = form.get("RuleSetName") ?? undefined;
      const metadata = place.active ? `<Metadata><Name>${place.active}</Name></Metadata>` : "";
      response.end(`<${action}Response><${action}Result>${metadata}</${action}Result></${action}Response>`);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { place, url, stop: () => new Promise((closed) => server.close(closed)) };
}

function refuse(response: { writeHead(status: number): void; end(body: string): void }): void {
  response.writeHead(400);
  response.end(
    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
  );
}

interface Answer {
  Status: string;
  Reason?: string;
  PhysicalResourceId: string;
  RequestId: string;
}

describe("the active receipt rule set", () => {
  let started: Awaited<ReturnType<typeof startPlace>>;
  const before = { ...process.env };

  beforeEach(async () => {
    started = await startPlace();
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "eu-west-1" };
    Object.assign(process.env, keys, { AWS_ENDPOINT_URL: started.url });
  });
  afterEach(async () => {
    process.env = { ...before };
    await started.stop();
  });

  const ask = (RequestType: string) =>
    handler({
      ...{ RequestType, StackId: "stack", RequestId: "request", LogicalResourceId: "Activation" },
      ...{ ResponseURL: `${started.url}/answer`, ResourceProperties: { RuleSetName: "coursepost-dev" } },
    });

  it("is ours when the stack is made, and after each change", async () => {
    await ask("Create");
    expect(started.place.active).toBe("coursepost-dev");
    started.place.active = "theirs";
    await ask("Update");
    expect(started.place.active).toBe("coursepost-dev");
    expect(started.place.answers).toMatchObject([
      { Status: "SUCCESS", PhysicalResourceId: "active-coursepost-dev", RequestId: "request" },
      { Status: "SUCCESS" },
    ]);
  });

  it("is none when the stack goes, so that SES lets ours be deleted", async () => {
    await ask("Create");
    await ask("Delete");
    expect(started.place.active).toBeUndefined();
  });

  it("stays another's when the stack goes and another one is active by then", async () => {
    started.place.active = "theirs";
    await ask("Delete");
    expect(started.place.active).toBe("theirs");
    expect(started.place.answers).toMatchObject([{ Status: "SUCCESS" }]);
  });

  it("fails the deploy with SES's reason, instead of letting it wait for an hour", async () => {
    started.place.isRefused = true;
    await ask("Create");
    expect(started.place.answers).toMatchObject([{ Status: "FAILED", Reason: "AccessDenied: no" }]);
  });
});
