import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { createConnection } from "node:net";
import { type Answer, decode, encode } from "dns-packet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DnsServer } from "../../../local/aws/dns.ts";

const host = (place: number): Answer => ({
  type: "MX",
  name: "large.example",
  data: { preference: place, exchange: `mx${place}.large.example` },
});
const LARGE = Array.from({ length: 60 }, (_, place) => host(place));

describe("the name server of this machine", () => {
  let dns: DnsServer;
  let resolver: Resolver;
  beforeEach(async () => {
    dns = new DnsServer({ "large.example": LARGE, "broken.example": "server-failure" });
    await dns.listen();
    resolver = new Resolver({ timeout: 500, tries: 1 });
    resolver.setServers([dns.address()]);
  });
  afterEach(() => dns.close());

  const problem = (question: Promise<unknown>) =>
    question.then(
      () => "answered",
      (error: NodeJS.ErrnoException) => error.code,
    );

  it("has a mail host for every domain, but for those that never exist (RFC 6761)", async () => {
    expect(await resolver.resolveMx("reader.example")).toEqual([
      { priority: 10, exchange: "mx.reader.example" },
    ]);
    expect(await problem(resolver.resolveMx("nowhere.invalid"))).toBe("ENOTFOUND");
    expect(await problem(resolver.resolve4("reader.example"))).toBe("ENODATA");
    expect(await problem(resolver.resolveMx("broken.example"))).toBe("ESERVFAIL");
  });

  it("says in a datagram that an answer is too large for it, and tells it over TCP", async () => {
    const question = encode({ type: "query", id: 7, questions: [{ type: "MX", name: "large.example" }] });
    const [address = "", port = ""] = dns.address().split(":");
    const socket = createSocket("udp4");
    const datagram = await new Promise<Buffer>((heard) => {
      socket.once("message", heard);
      socket.send(question, Number(port), address);
    });
    socket.close();
    expect(datagram.length).toBeLessThanOrEqual(512);
    expect(decode(datagram)).toMatchObject({ id: 7, flag_tc: true, answers: [] });
    expect(await resolver.resolveMx("large.example")).toHaveLength(60);
  });

  it("hears no word that is no question, in a datagram or over TCP", async () => {
    const [address = "", port = ""] = dns.address().split(":");
    const socket = createSocket("udp4");
    await new Promise<void>((sent) => socket.send("hello", Number(port), address, () => sent()));
    socket.close();
    const connection = createConnection(Number(port), address);
    await new Promise<void>((sent) => connection.write(Buffer.from([0, 3, 1, 2, 3]), () => sent()));
    connection.destroy();
    expect(await resolver.resolveMx("reader.example")).toHaveLength(1);
  });
});
