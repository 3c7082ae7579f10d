import { beforeAll, describe, expect, it } from "vitest";
import { ENTRIES, type FunctionName } from "../../infra/bundle.ts";
import { reachedActions } from "../support/reached-actions.ts";
import { ALL_FUNCTIONS, members, resources } from "./fixture.ts";

const NAMES = Object.keys(ENTRIES) as FunctionName[];

/** What Lambda itself does by a function's role: it writes the log, and empties the queue that the function is fed by. */
const OF_LAMBDA = /^logs:|^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueUrl)$/;
/** Of those that a queue feeds Lambda also asks for the queue's figures by their role; the report does so itself. */
const FED: readonly FunctionName[] = ["nudge", "receive", "feedback", "webhooks"];

/** What a role allows. A right on the table's index is another than one on the table. */
function allowedActions(name: FunctionName): string[] {
  const role = `${name[0]?.toUpperCase()}${name.slice(1)}Role`;
  const statements = resources(ALL_FUNCTIONS, "AWS::IAM::Policy")
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, policy]) => members(policy.Properties?.PolicyDocument?.Statement));
  const actions = statements.flatMap(({ Action, Resource }) => {
    const where = JSON.stringify(Resource).includes("/index/") ? " on an index" : "";
    return members(Action).map((action) => `${action}${where}`);
  });
  const own = actions.filter(
    (action) => !OF_LAMBDA.test(action) && !(FED.includes(name) && action === "sqs:GetQueueAttributes"),
  );
  return [...new Set(own)].sort();
}

/** Where a role and the code of its function differ, in words. */
const compare = (allowed: readonly string[], reached: readonly string[]): string[] => [
  ...allowed.filter((one) => !reached.includes(one)).map((one) => `${one} is allowed, and no call needs it`),
  ...reached.filter((one) => !allowed.includes(one)).map((one) => `${one} is called, and not allowed`),
];

describe("the role of each function", () => {
  let reached: Record<string, string[]>;
  beforeAll(async () => {
    const each = NAMES.map(async (name) => [name, await reachedActions(ENTRIES[name])] as const);
    reached = Object.fromEntries(await Promise.all(each));
  });

  it.each(NAMES)("allows what its code can come to call, and nothing else: %s", (name) => {
    const own = reached[name]?.filter((action) => !OF_LAMBDA.test(action)) ?? [];
    expect(compare(allowedActions(name), own)).toEqual([]);
    expect(reached[name]?.length).toBeGreaterThan(1);
  });

  it("control: a right that no call needs is found", () => {
    const allowed = [...allowedActions("unsubscribe"), "dynamodb:DeleteItem"];
    expect(compare(allowed, reached.unsubscribe ?? [])).toEqual([
      "dynamodb:DeleteItem is allowed, and no call needs it",
    ]);
  });

  it.each([
    ["a port's method", 'await services.store.removeItems("", []);', "dynamodb:BatchWriteItem"],
    ["one that is taken out of its port", "const { due } = services.store;", "dynamodb:Query on an index"],
    ["one that is handed on", "[].map(services.nudge.send);", "sqs:SendMessage"],
    ["a command of the SDK", "new Added({});", "dynamodb:Scan"],
  ])("control: a call that the role does not allow is found: %s", async (_, call, action) => {
    const change = (path: string, source: string): string =>
      path.endsWith("functions/feedback/feedback.ts")
        ? `import { ScanCommand as Added } from "@aws-sdk/client-dynamodb";
          ${source.replace(/(export async function feedback\([^{]*\{)/, "$1 await added(services);")}
          async function added(services: any) { ${call} }`
        : source;
    const before = reached.feedback ?? [];
    const after = await reachedActions(ENTRIES.feedback, change);
    expect(compare(before, after)).toEqual([`${action} is called, and not allowed`]);
  });
});
