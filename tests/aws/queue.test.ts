import type { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { openErrands, openWritten } from "../../functions/aws/queue.ts";

/** SendMessage takes the characters of XML: none that is half a pair, and not these two. */
const isTaken = (body: string): boolean => !/[\ufffe\uffff\p{Cs}]/u.test(body);
const TYPED = `Jo \ufffe\uffff\ud800 \u0000\t\u{10ffff} "and" 日本`;

/** A queue that keeps the bodies of its messages. */
function openKept(bodies: string[]): SQSClient {
  const send = async ({ input }: { input: { MessageBody: string } }) => void bodies.push(input.MessageBody);
  return { send } as unknown as SQSClient;
}

describe("what people type", () => {
  it("comes through the queue as it was, in characters that SQS takes", async () => {
    const bodies: string[] = [];
    const message = { words: TYPED, address: TYPED } as never;
    await openWritten("https://queue.example", openKept(bodies)).handOver(message);
    await openErrands("https://queue.example", openKept(bodies)).leave(message);
    for (const body of bodies) {
      expect(isTaken(body)).toBe(true);
      expect(JSON.parse(body)).toEqual(message);
    }
    // Control: as plain JSON it is refused.
    expect(isTaken(JSON.stringify(message))).toBe(false);
    expect(bodies.length).toBe(2);
  });
});
