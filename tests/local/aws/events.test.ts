import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBus } from "../../../functions/aws/bus.ts";
import type { ReaderEvent } from "../../../functions/domain/events/reader-event.ts";
import { VirtualClock } from "../../../local/aws/clock.ts";
import { Wire } from "../../../local/aws/endpoint.ts";
import { EventBuses } from "../../../local/aws/events.ts";
import { inProcess } from "../../../local/aws/in-process.ts";
import type { WireRequest } from "../../../local/aws/request.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const anEvent = (number: number, reader = `reader${number}`): ReaderEvent => ({
  id: `evt_${number}`,
  type: "reader.erased",
  timestamp: new Date(NOW).toISOString(),
  data: { reader },
});
const events = (count: number): ReaderEvent[] =>
  Array.from({ length: count }, (_, number) => anEvent(number));

let buses: EventBuses;
let wire: Wire;
let queued: string[];
let calls: WireRequest[];
let warned: string[];
beforeEach(() => {
  queued = [];
  calls = [];
  warned = [];
  const clock = new VirtualClock(NOW);
  wire = new Wire(clock);
  const place = { region: "eu-west-1", account: "111111111111" };
  buses = new EventBuses({ clock, place, deliver: (queue, body) => void queued.push(`${queue} ${body}`) });
  buses.createBus("coursepost-test");
  wire.serve("events", buses);
  wire.watch((request) => void calls.push(request));
});
afterEach(() => wire.close());

const bus = (name = "coursepost-test") =>
  openBus(
    name,
    { info() {}, count() {}, measure() {}, warn: (_, { why } = {}) => void warned.push(String(why)) },
    new EventBridgeClient({
      ...{ region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" }, maxAttempts: 1 },
      requestHandler: inProcess(wire),
      endpoint: "http://127.0.0.1:1",
    }),
  );

describe("The bus on the wire", () => {
  it("gets ten events a call, as rules and tools see them", async () => {
    buses.addRule("coursepost-test", { pattern: { source: ["coursepost"] }, queue: "all" });
    const taken = await bus().put(events(23));
    expect(taken.size).toBe(23);
    expect(calls).toHaveLength(3);
    const [first = ""] = queued;
    expect(JSON.parse(first.slice("all ".length))).toMatchObject({
      ...{ version: "0", source: "coursepost", "detail-type": "reader.erased", time: "2026-06-01T09:00:00Z" },
      detail: anEvent(0),
    });
  });

  it("gets no more than 256 KB a call", async () => {
    const large = Array.from({ length: 9 }, (_, number) => anEvent(number, "x".repeat(60_000)));
    expect((await bus().put(large)).size).toBe(9);
    expect(calls).toHaveLength(3);
  });

  it("says which of some it refused, and only those are told again", async () => {
    buses.refuses = ({ detail }) => (detail.includes("evt_3") ? "ThrottlingException" : undefined);
    const all = events(5);
    const taken = await bus().put(all);
    expect(all.filter((event) => !taken.has(event))).toEqual([anEvent(3)]);
    expect(warned).toEqual(["ThrottlingException"]);
  });

  it.each([
    ["is too busy", { kind: "throttle" as const }],
    ["is away", { kind: "reject" as const, code: "InternalFailure", message: "away", status: 500 }],
    ["does not answer", { kind: "lose-answer" as const }],
  ])("takes nothing that is known where it %s, and the others' calls go on", async (_, fault) => {
    wire.faults.inject({ service: "events" }, fault);
    const all = events(15);
    expect((await bus().put(all)).size).toBe(5);
    expect(warned).toHaveLength(1);
  });

  it("takes none where there is no such bus", async () => {
    expect((await bus("another").put(events(1))).size).toBe(0);
  });

  it("leads by its rules to those who asked for some types, as they want it", async () => {
    buses.addRule("coursepost-test", {
      pattern: { source: ["coursepost"], "detail-type": ["reader.left"] },
      queue: "left",
    });
    buses.addRule("coursepost-test", {
      pattern: { source: ["coursepost"], "detail-type": ["reader.erased"] },
      queue: "erased",
      input: { InputPathsMap: { event: "$.detail" }, InputTemplate: '{"to":"crm","event":<event>}' },
    });
    await bus().put(events(1));
    expect(queued).toEqual([`erased ${JSON.stringify({ to: "crm", event: anEvent(0) })}`]);
  });
});
