import { setFlagsFromString } from "node:v8";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IDLE_STEPS, lean } from "../../functions/aws/lean-client.ts";
import { openTable } from "../../functions/aws/table.ts";
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

const ITEM = {
  pk: "reader",
  sk: "enrolment#course",
  version: 3,
  agenda: { lesson: { dueAt: 12, doubts: 0 } },
};
const THROTTLED = JSON.stringify({
  __type: "com.amazonaws.dynamodb.v20120810#ThrottlingException",
  message: "Rate exceeded",
});

describe("the table's client, made lean", () => {
  let dynamodb: Listener;
  beforeAll(async () => {
    dynamodb = await listen();
  });
  afterAll(() => dynamodb.close());
  beforeEach(() => {
    dynamodb.calls.length = 0;
    dynamodb.answer = { status: 200, body: JSON.stringify({ Item: { pk: { S: "reader" } } }) };
  });

  const plain = (credentials: object = KEY) =>
    new DynamoDBClient({
      region: "eu-west-1",
      endpoint: dynamodb.endpoint,
      credentials: credentials as typeof KEY,
      cacheMiddleware: true,
      maxAttempts: 3,
    });
  const tableOver = (client: DynamoDBClient) => openTable("table", client);
  const put = (client: DynamoDBClient) =>
    tableOver(client).put(ITEM, { expression: "version = :version", values: { ":version": 2 } });
  /** What differs from call to call by its nature. */
  const lasting = ({ headers, body }: Call) => {
    const { authorization, "x-amz-date": _date, "amz-sdk-invocation-id": _id, ...others } = headers;
    return { others, body, signed: /SignedHeaders=[^,]+/.exec(authorization ?? "")?.[0] };
  };

  it("says on the wire what the client says as it comes, and is signed as it is", async () => {
    for (const client of [plain(), lean(plain())]) {
      expect(await put(client)).toBe(true);
      expect(await tableOver(client).get({ pk: "reader", sk: "-" })).toEqual({ pk: "reader" });
    }
    const [put1, get1, put2, get2] = dynamodb.calls as [Call, Call, Call, Call];
    expect(lasting(put2)).toEqual(lasting(put1));
    expect(lasting(get2)).toEqual(lasting(get1));
    for (const call of dynamodb.calls)
      expect(signatureOf(call)).toBe(signatureFor(call, KEY.secretAccessKey));
  });

  it("finds the steps in the client that it leaves out", () => {
    const { middlewareStack } = plain();
    expect(IDLE_STEPS.map((step) => middlewareStack.remove(step))).toEqual(IDLE_STEPS.map(() => true));
  });

  it("keeps a configuration that V8 copies quickly, which it is not as it comes", () => {
    setFlagsFromString("--allow-natives-syntax");
    const isQuick = new Function("config", "return %HasFastProperties(config)");
    expect(isQuick(plain().config)).toBe(false);
    expect(isQuick(lean(plain()).config)).toBe(true);
  });

  it("tries as often as the client does as it comes, and says what was wrong", async () => {
    dynamodb.answer = { status: 400, body: THROTTLED };
    const tries: number[] = [];
    for (const client of [plain(), lean(plain())]) {
      await expect(put(client)).rejects.toThrow("ThrottlingException: Rate exceeded");
      tries.push(dynamodb.calls.length);
    }
    expect(tries).toEqual([3, 6]);
  });

  it("is signed with the credentials of the moment, when Lambda's have changed", async () => {
    const client = lean(plain(changingKeys()));
    for (const _ of [KEY, NEXT_KEY]) await put(client);
    expect(dynamodb.calls.map(accessKeyOf)).toEqual([expect.any(String), NEXT_KEY.accessKeyId]);
    expect(signatureOf(dynamodb.calls[1] as Call)).toBe(
      signatureFor(dynamodb.calls[1] as Call, NEXT_KEY.secretAccessKey),
    );
  });
});
