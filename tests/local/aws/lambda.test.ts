import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/aws/clock.ts";
import { Wire } from "../../../local/aws/endpoint.ts";
import { Lambda } from "../../../local/aws/lambda.ts";

const START = Date.UTC(2026, 2, 4, 9);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What every fixture may use: a sleep by the global timer, and one request over the wire. */
const PRELUDE = `
import http from "node:http";
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ask = (timeout) => new Promise((resolve, reject) => {
  const authorization = "AWS4-HMAC-SHA256 Credential=x/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=x";
  const request = http.request(process.env.WIRE, { method: "POST", headers: { authorization, "x-amz-target": "AmazonSQS.Ask" } });
  request.on("response", (response) => { response.resume().on("end", () => resolve(response.statusCode)); });
  request.on("error", reject);
  if (timeout) setTimeout(() => request.destroy(new Error("gave up")), timeout);
  request.end();
});
`;

describe("a function's instances", () => {
  let folder: string;
  let clock: VirtualClock;
  let wire: Wire;
  let lambda: Lambda;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "coursepost-lambda-"));
    clock = new VirtualClock(START);
    wire = new Wire(clock);
    await wire.listen();
    lambda = new Lambda(clock, wire, { patience: 50 });
  });
  afterEach(async () => {
    await lambda.stop();
    await wire.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function deploy(name: string, source: string, timeoutSeconds = 60): void {
    const code = join(folder, name);
    mkdirSync(code, { recursive: true });
    writeFileSync(join(code, "index.mjs"), PRELUDE + source);
    const environment = { WIRE: wire.endpoint(), COLOUR: "green" };
    lambda.deploy({ name, code, handler: "index.handler", environment, timeoutSeconds });
  }
  const advance = (ms: number) => clock.advanceUntil(clock.now() + ms, () => lambda.quiet());
  /** Settled, so that a rejection is never unhandled while the clock moves. */
  const begin = (name: string, event: unknown = {}) =>
    lambda.invoke(name, event).then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    );

  describe("and the clock", () => {
    it("see virtual time, however it is asked for", async () => {
      deploy(
        "times",
        "export const handler = async () => [Date.now(), +new Date(), new Date().toISOString()];",
      );
      expect(await lambda.invoke("times", {})).toEqual([START, START, new Date(START).toISOString()]);
      await advance(HOUR);
      expect(await lambda.invoke("times", {})).toEqual([
        START + HOUR,
        START + HOUR,
        new Date(START + HOUR).toISOString(),
      ]);
    });

    it("sleep for virtual time, in order, and wake at the very millisecond", async () => {
      deploy(
        "sleeper",
        `export const handler = async () => {
          const woke = [];
          await Promise.all([300, 100, 200].map(async (ms) => { await sleep(ms); woke.push([ms, Date.now()]); }));
          return woke;
        };`,
      );
      const sleeping = begin("sleeper");
      await advance(SECOND);
      expect(await sleeping).toEqual({ value: [100, 200, 300].map((ms) => [ms, START + ms]) });
    });

    it("run intervals until they are cleared, and no timer that was cleared", async () => {
      deploy(
        "ticker",
        `export const handler = async () => {
          const ticks = [];
          clearTimeout(setTimeout(() => ticks.push("never"), 10));
          const interval = setInterval(() => ticks.push(Date.now() - ${START}), 100);
          await sleep(350);
          clearInterval(interval);
          await sleep(500);
          return ticks;
        };`,
      );
      const ticking = begin("ticker");
      await advance(SECOND);
      expect(await ticking).toEqual({ value: [100, 200, 300] });
    });

    it("hold it still while a request of theirs is out", async () => {
      let answers = 0;
      wire.serve("sqs", {
        async handle() {
          for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
          answers++;
          return { status: 200 };
        },
      });
      deploy(
        "asker",
        "export const handler = async () => { const seen = []; for (let i = 0; i < 5; i++) { await ask(); seen.push(Date.now()); await sleep(1000); } return seen; };",
      );
      const asking = begin("asker");
      await advance(HOUR);
      expect(await asking).toEqual({ value: [0, 1, 2, 3, 4].map((n) => START + n * SECOND) });
      expect(answers).toBe(5);
    });

    it("hold it still while they load, however long that takes", async () => {
      deploy(
        "heavy",
        `import { pbkdf2 } from "node:crypto";
        await new Promise((loaded) => pbkdf2("a", "b", 300_000, 64, "sha512", loaded));
        export const handler = async () => Date.now();`,
      );
      const loading = begin("heavy");
      await advance(HOUR);
      expect(await loading).toEqual({ value: START });
    });

    it("do not hold it up while a fault delays their request, not even for a moment", async () => {
      lambda = new Lambda(clock, wire, { patience: HOUR });
      wire.serve("sqs", { handle: () => ({ status: 200 }) });
      wire.faults.inject({ service: "sqs" }, { kind: "delay", ms: 5 * SECOND });
      deploy("patient", "export const handler = async () => { await ask(); return Date.now(); };");
      const asking = begin("patient");
      await advance(10 * SECOND);
      expect(await asking).toEqual({ value: START + 5 * SECOND });
    });

    it("give up by their own clock when an answer never comes", async () => {
      wire.serve("sqs", { handle: () => ({ status: 200 }) });
      wire.faults.inject({ service: "sqs" }, { kind: "lose-answer", how: "silence" });
      deploy(
        "hasty",
        "export const handler = () => ask(10_000).catch((error) => [error.message, Date.now()]);",
      );
      const asking = begin("hasty");
      await advance(HOUR);
      expect(await asking).toEqual({ value: ["gave up", START + 10 * SECOND] });
    });

    it("tell the time that an invocation has left", async () => {
      deploy(
        "counting",
        "export const handler = async (_, context) => { await sleep(2500); return context.getRemainingTimeInMillis(); };",
        60,
      );
      const counting = begin("counting");
      await advance(HOUR);
      expect(await counting).toEqual({ value: 57_500 });
    });
  });

  describe("and their invocations", () => {
    const COUNTER =
      "let count = 0; export const handler = async () => { await sleep(1000); return ++count; };";

    it("keep what they have loaded from one invocation to the next", async () => {
      deploy("counter", COUNTER);
      for (const expected of [1, 2, 3]) {
        const counted = begin("counter");
        await advance(2 * SECOND);
        expect(await counted).toEqual({ value: expected });
      }
    });

    it("take one at a time: more at once are more instances", async () => {
      deploy("counter", COUNTER);
      const counted = [begin("counter"), begin("counter"), begin("counter")];
      await advance(2 * SECOND);
      expect(await Promise.all(counted)).toEqual([{ value: 1 }, { value: 1 }, { value: 1 }]);
    });

    it("make the ninth wait until one of eight is free", async () => {
      deploy("counter", COUNTER);
      const counted = Array.from({ length: 9 }, () => begin("counter"));
      await advance(SECOND);
      await advance(SECOND);
      const values = (await Promise.all(counted)).map((settled) =>
        "value" in settled ? settled.value : settled,
      );
      expect(values.sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2]);
    });

    it("end when their time is up, by the virtual clock, and begin afresh", async () => {
      deploy(
        "slow",
        "let count = 0; export const handler = async ({ ms }) => { count++; await sleep(ms); return count; };",
        3,
      );
      const tooLong = begin("slow", { ms: HOUR });
      await advance(2 * HOUR);
      expect(await tooLong).toEqual({ error: "slow timed out after 3 s" });
      const inTime = begin("slow", { ms: 10 });
      await advance(SECOND);
      expect(await inTime).toEqual({ value: 1 });
    });

    it("run out of time when they wait for what never comes", async () => {
      deploy("waiting", "export const handler = () => new Promise(() => {});", 3);
      const waiting = begin("waiting");
      await advance(HOUR);
      expect(await waiting).toEqual({ error: "waiting timed out after 3 s" });
    });

    it("are gone when they are killed in mid-invocation", async () => {
      deploy("victim", "export const handler = async () => { await sleep(1000); console.log('survived'); };");
      const doomed = begin("victim");
      clock.at(START + 500, "kill", () => void lambda.kill("victim"));
      await advance(HOUR);
      expect(await doomed).toEqual({ error: "victim was killed" });
      expect(lambda.logs.map(({ text }) => text)).not.toContain("survived");
    });

    it.each([
      ["throws", "export const handler = async () => { throw new TypeError('wrong kind'); };", "wrong kind"],
      [
        "cannot be loaded",
        "import './absent.mjs'; export const handler = async () => 1;",
        "Cannot find module",
      ],
      ["has no handler", "export const other = async () => 1;", 'exports no "handler"'],
      [
        "crashes on the side",
        "export const handler = () => { setImmediate(() => { throw new Error('aside'); }); return new Promise(() => {}); };",
        "crashed: aside",
      ],
      ["ends its process", "export const handler = () => process.exit(3);", "ended with exit code 3"],
    ])("fail and say why in the log when the code %s", async (_, source, why) => {
      deploy("broken", source);
      const settled = await begin("broken");
      expect(settled).toEqual({ error: expect.stringContaining(why) });
      expect(lambda.logs).toEqual([
        { at: START, where: "broken", text: expect.stringContaining(why.split('"')[0] ?? "") },
      ]);
    });
  });

  it("see the environment of their template and nothing of this machine's", async () => {
    deploy(
      "curious",
      "export const handler = async () => [process.env.COLOUR, process.env.PATH, Object.keys(process.env).length];",
    );
    expect(await lambda.invoke("curious", {})).toEqual(["green", null, 2]);
  });

  it("have every line they print kept, with the moment", async () => {
    deploy(
      "talker",
      `export const handler = async () => { console.log('{"event":"a"}'); await sleep(10); console.error("b", 2); };`,
    );
    const talking = begin("talker");
    await advance(SECOND);
    await talking;
    expect(lambda.logs).toEqual([
      { at: START, where: "talker", text: '{"event":"a"}' },
      { at: START + 10, where: "talker", text: "b 2" },
    ]);
  });
});
